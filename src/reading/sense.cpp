// Phrases of a sentence against each other: what one of them forbids another may take back.
//
//   "does not restrict commercial use"   ->  no term, unrestricted
//   "commercial use is not permitted"    ->  a term, non-commercial

#include "reading/sense.h"

#include <algorithm>

namespace howopen::reading {
namespace {

bool overlaps(const Hit& a, const Hit& b) {
  return a.begin < b.end && b.begin < a.end;
}

// A word that turns what follows round stands closely before it.
bool denied(const Hit& h, std::span<const Token> words, const Lexicon& lexicon) {
  const std::uint32_t from = h.begin > 3 ? h.begin - 3 : 0;
  for (std::uint32_t i = from; i < h.begin; ++i) {
    if (lexicon.negates(words[i].word)) return true;
  }
  return false;
}

bool takes_back(Cue c) {
  return c == Cue::permits || c == Cue::unrestricted || c == Cue::aside;
}

// Hits of some cues, to be asked for those that overlap another.
class Near {
 public:
  template <class Of>
  Near(const std::vector<Hit>& hits, Of of) {
    for (const Hit& h : hits) {
      if (!of(h.cue)) continue;
      hits_.push_back(&h);
      longest_ = std::max(longest_, h.end - h.begin);
    }
    std::stable_sort(hits_.begin(), hits_.end(),
                     [](const Hit* a, const Hit* b) { return a->begin < b->begin; });
  }

  template <class Is>
  bool any(const Hit& h, Is is) const {
    const std::uint32_t from = h.begin > longest_ ? h.begin - longest_ : 0;
    auto at = std::lower_bound(hits_.begin(), hits_.end(), from,
                               [](const Hit* o, std::uint32_t begin) { return o->begin < begin; });
    for (; at != hits_.end() && (*at)->begin < h.end; ++at) {
      if (overlaps(**at, h) && is(**at)) return true;
    }
    return false;
  }

 private:
  std::vector<const Hit*> hits_;
  std::uint32_t longest_ = 0;
};

}  // namespace

bool Sense::within(Cue c, std::size_t from, std::size_t to) const {
  return has(c) && std::any_of(hits.begin(), hits.end(), [&](const Hit& h) {
           return h.cue == c && begin_of(h) >= from && end_of(h) <= to;
         });
}

Sense understand(std::span<const Token> words, std::string_view text, const Lexicon& lexicon) {
  Sense out;
  out.words = words;
  out.hits = lexicon.find(words, text);
  // "Not free for commercial use" permits nothing.
  // Nor does "commercial use is, alas, not allowed", where it stands within.
  const std::vector<Hit> all = out.hits;
  const Near denying(all, [](Cue c) { return c == Cue::denied; });
  // Nor does "research purposes only and restricted from commercial use", which forbids within.
  const Near forbidding(all, [](Cue c) { return c == Cue::prohibition; });
  std::erase_if(out.hits, [&](const Hit& h) {
    if (h.cue != Cue::permits) return false;
    const auto within = [&](const Hit& o) { return o.begin > h.begin && o.end <= h.end; };
    // "Não pode ser usado": right before it, too.
    Hit with_before = h;
    with_before.begin -= std::min<std::uint32_t>(h.begin, 1);
    const bool denies = denying.any(with_before, [](const Hit&) { return true; });
    return denies || denied(h, words, lexicon) || forbidding.any(h, within);
  });
  // Hits stand in order of their first words, and none is longer than a sentence may be: what overlaps one
  // stands near it.
  const Near asides(out.hits, [](Cue c) { return c == Cue::aside || c == Cue::unrestricted; });
  for (const Hit& h : out.hits) {
    // "May not use this file except in compliance with the License" forbids nothing that the license allows,
    // nor does "not restricted to research".
    const bool aside = h.cue == Cue::prohibition && asides.any(h, [](const Hit&) { return true; });
    if (!is_term(h.cue) && h.cue != Cue::binding && !aside) out.cues.add(h.cue);
  }
  const Near takers(out.hits, takes_back);
  for (const Hit& h : out.hits) {
    if (!is_term(h.cue) && h.cue != Cue::binding) continue;
    // A short sentence may be of several languages: what one forbids another does not take back.
    // "Free of charge" within "free of charge for research" takes nothing of it back.
    const bool void_ = takers.any(h, [&](const Hit& o) {
      const bool part = o.begin >= h.begin && o.end <= h.end && o.end - o.begin < h.end - h.begin;
      return o.foreign == h.foreign && !(part && o.cue == Cue::permits);
    });
    if (void_) continue;
    if (is_term(h.cue)) out.terms.push_back(h);
    out.cues.add(h.cue);
  }
  return out;
}

}  // namespace howopen::reading
