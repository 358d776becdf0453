// Four words in a row name the references they may be of; the references that most of them agree on are
// aligned, and the one that explains most is taken, wherever it occurs; then the rest of the text is looked
// at in the same way.
//
//   Apache-2.0's text, then MIT's  ->  Apache-2.0 at words 0 to 1,581, then MIT at 1,582 to 1,745

#include "license/search.h"

#include <algorithm>
#include <span>

namespace howopen::license {
namespace {

constexpr std::size_t kCandidates = 16;
constexpr std::uint32_t kAhead = 12;        // grams that are fetched before they are looked up
constexpr int kRounds = 24;                 // different references in one text
constexpr double kLeastShare = 0.3;         // of a reference, to be called a part of it …
constexpr std::uint32_t kLeastWords = 250;  // … or so many words of it
constexpr std::uint32_t kAround = 128;      // words beyond it that a reference with insertions may reach
constexpr std::size_t kOneText = 6'000;     // words: what is longer holds many licenses
constexpr std::uint32_t kFragment = 60;     // words that are no quotation
constexpr std::uint32_t kPhrase = 40;       // words of a reference that is a phrase rather than a text

struct Candidate {
  std::size_t reference = 0;
  double score = 0;
  double words = 0;  // of it that are there, by the grams that are
};

class Searcher {
 public:
  Searcher(const Input& input, const Index& index, const Lexicon& lexicon)
      : in_(input), index_(index), lexicon_(lexicon) {
    out_.covered.assign(in_.ids.size(), false);
    rejected_.assign(index.references().size(), false);
    for (std::uint32_t at = 0; at + Index::kGram <= in_.ids.size(); ++at) {
      if (at + kAhead + Index::kGram <= in_.ids.size())
        index.expect(Index::gram(in_.ids.data() + at + kAhead));
      const std::uint32_t number = index.find(Index::gram(in_.ids.data() + at));
      if (number < index.grams()) grams_.push_back({at, number});
    }
  }

  Occurrences run() {
    for (int round = 0; round < kRounds && take_best(); ++round) {
    }
    std::sort(out_.found.begin(), out_.found.end(),
              [](const Occurrence& a, const Occurrence& b) { return a.alignment.begin < b.alignment.begin; });
    drop_fragments();
    return std::move(out_);
  }

 private:
  struct Gram {
    std::uint32_t at = 0;
    std::uint32_t number = 0;  // within the index
  };

  // References by the grams they share with what is not covered yet: many of theirs, and much of them.
  std::vector<Candidate> candidates() const {
    if (std::all_of(grams_.begin(), grams_.end(), [&](const Gram& g) { return out_.covered[g.at]; }))
      return {};
    std::vector<std::uint32_t> counts(index_.references().size(), 0);
    std::vector<bool> seen(index_.grams(), false);  // what stands in a text a thousand times counts once
    for (const Gram& g : grams_) {
      if (out_.covered[g.at] || seen[g.number]) continue;
      seen[g.number] = true;
      std::uint32_t last = ~0U;
      for (const Place& p : index_.places(g.number)) {
        if (p.reference != last) ++counts[p.reference];
        last = p.reference;
      }
    }
    std::vector<Candidate> out;
    for (std::size_t r = 0; r < counts.size(); ++r) {
      if (counts[r] == 0 || rejected_[r]) continue;
      const double share = static_cast<double>(counts[r]) / index_.grams_of(r);
      // Of long references, the grams are a sample: what counts are the words they stand for.
      const auto size = static_cast<double>(index_.references()[r].words.size());
      if (share < kLeastShare / 2 && share * size < kLeastWords / 2) continue;
      out.push_back({r, size * share * share, size * share});
    }
    const auto first = [](const Candidate& a, const Candidate& b) {
      return a.score != b.score ? a.score > b.score : a.reference < b.reference;
    };
    const std::size_t most = std::min(out.size(), kCandidates);
    std::partial_sort(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(most), out.end(), first);
    out.resize(most);
    return out;
  }

  // Where the references have grams that are not covered, for all of them in one pass.
  std::vector<std::vector<Anchor>> anchors_of(std::span<const Candidate> candidates) const {
    constexpr std::uint8_t kNone = 255;
    std::vector<std::uint8_t> numbers(index_.references().size(), kNone);
    for (std::size_t i = 0; i < candidates.size(); ++i)
      numbers[candidates[i].reference] = static_cast<std::uint8_t>(i);
    std::vector<std::vector<Anchor>> out(candidates.size());
    for (const Gram& g : grams_) {
      if (out_.covered[g.at]) continue;
      for (const Place& p : index_.places(g.number)) {
        if (numbers[p.reference] != kNone) out[numbers[p.reference]].push_back({g.at, p.at});
      }
    }
    return out;
  }

  Occurrence occurrence(std::size_t reference, const Run& run) const {
    const Reference& r = index_.references()[reference];
    // The words around a run that are not covered, as far as the reference could reach: none reaches into
    // another.
    std::uint32_t from = run.anchors.front().text;
    std::uint32_t to = run.anchors.back().text;
    const std::uint32_t before = run.anchors.front().reference + kAround;
    const auto behind = static_cast<std::uint32_t>(r.words.size()) - run.anchors.back().reference + kAround;
    for (std::uint32_t n = 0; n < before && from > 0 && !out_.covered[from - 1]; ++n) --from;
    for (std::uint32_t n = 0; n < behind && to < out_.covered.size() && !out_.covered[to]; ++n) ++to;
    Occurrence out;
    out.reference = reference;
    out.alignment = align(in_.ids, from, to, r.words, run);
    set_free(r, out.alignment);
    out.explanation = explain(in_, r, out.alignment, lexicon_, index_);
    return out;
  }

  // Who holds the rights is different in every copy: what agrees by chance is no part of the license.
  static void set_free(const Reference& r, Alignment& a) {
    bool any = false;
    for (const Group& g : r.groups) {
      if (g.kind != Group::Kind::copyright) continue;
      const std::span<std::int32_t> at(a.at.data() + g.begin, g.end - g.begin);
      if (std::none_of(at.begin(), at.end(), [](std::int32_t t) { return t < 0; })) continue;
      std::fill(at.begin(), at.end(), Alignment::kMissing);
      any = true;
    }
    if (any) a.measure();
  }

  // Words explained, less what is wrong with them.
  static double worth(const Occurrence& o) {
    return static_cast<double>(o.explanation.matched) - 0.5 * o.explanation.missing -
           1.0 * o.explanation.inserted;
  }

  bool enough(const Occurrence& o) const {
    // A short text has to be there, or it is a phrase that everybody uses.
    if (index_.references()[o.reference].words.size() < kPhrase) return o.clean() || o.share() > 0.9;
    return o.share() >= kLeastShare || (o.alignment.matched >= kLeastWords && o.share() > kLeastShare / 3);
  }

  // What explains more; of two that explain the same, the one whose name is there as well.
  bool better(const Occurrence& a, const Occurrence& b) const {
    if (a.clean() != b.clean()) {
      const Occurrence& clean = a.clean() ? a : b;
      const Occurrence& other = a.clean() ? b : a;
      if (clean.alignment.matched >= other.alignment.matched) return &clean == &a;
    }
    const double x = worth(a);
    const double y = worth(b);
    if (x != y) return x > y;
    if (a.alignment.matched != b.alignment.matched) return a.alignment.matched > b.alignment.matched;
    const Reference& r = index_.references()[a.reference];
    const Reference& s = index_.references()[b.reference];
    if (r.preference != s.preference) return r.preference > s.preference;
    return r.id.size() != s.id.size() ? r.id.size() < s.id.size() : a.reference < b.reference;
  }

  // Whether it may explain more than what was found. Around a name and where an alternative was taken grams
  // are lost though the words are there; in a text that somebody worked on, everywhere.
  bool promising(const Candidate& c, const Occurrence& best) const {
    const Reference& r = index_.references()[c.reference];
    const auto size = static_cast<double>(r.words.size());
    const double lost = 4.0 * static_cast<double>(r.groups.size() + 2) + 0.03 * size;
    const double most = best.clean() ? c.words + lost : 1.3 * c.words + 0.05 * size;
    return std::min(size, most) >= worth(best);
  }

  bool take_best() {
    bool rejected = false;
    Occurrence best;
    bool any = false;
    const std::vector<Candidate> all = candidates();
    // Most texts are one license, and the first candidate is it: the others are looked for only if that is
    // not so.
    auto anchors = anchors_of(std::span(all).first(std::min<std::size_t>(all.size(), 1)));
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (any && !promising(all[i], best)) continue;
      if (i >= anchors.size()) anchors = anchors_of(all);
      const auto runs = runs_of(anchors[i]);
      if (runs.empty()) continue;
      Occurrence o = occurrence(all[i].reference, runs.front());
      if (!enough(o)) {
        rejected_[o.reference] = rejected = true;
      } else if (!any || better(o, best)) {
        best = std::move(o);
        any = true;
      }
    }
    if (!any) return rejected;  // with those out of the way, others may be looked at
    const Candidate again{best.reference, 0, 0};
    take(std::move(best));
    // The same reference elsewhere in the text. Where it does not quite fit, another may fit better: each is
    // then looked for in a round of its own, for which a text must not be a library.
    for (const Run& run : runs_of(anchors_of({&again, 1}).front())) {
      if (run.anchors.size() * 4 < index_.grams_of(again.reference)) break;
      if (out_.covered[run.anchors.front().text]) continue;
      Occurrence o = occurrence(again.reference, run);
      if (o.clean() || (in_.ids.size() > kOneText && enough(o))) take(std::move(o));
    }
    return true;
  }

  void take(Occurrence o) {
    std::fill(out_.covered.begin() + o.alignment.begin, out_.covered.begin() + o.alignment.end, true);
    out_.found.push_back(std::move(o));
  }

  // The rights stand at the beginning, what is not promised at the end.
  static bool has_beginning(const Alignment& a) {
    const std::size_t third = a.at.size() / 3;
    const auto there = std::count_if(a.at.begin(), a.at.begin() + static_cast<std::ptrdiff_t>(third),
                                     [](std::int32_t t) { return t != Alignment::kMissing; });
    return static_cast<std::size_t>(there) * 4 > third * 3;
  }

  // A license that is there in passing (a clause quoted in another text) says nothing beside a whole one;
  // one that merely lacks its end does.
  void drop_fragments() {
    const bool whole = std::any_of(out_.found.begin(), out_.found.end(),
                                   [](const Occurrence& o) { return o.share() > 0.9; });
    if (!whole) return;
    std::erase_if(out_.found, [&](const Occurrence& o) {
      if (o.share() > 0.8 || (o.share() > 0.6 && o.alignment.matched >= kLeastWords)) return false;
      if (o.explanation.inserted == 0 && o.alignment.matched >= kFragment && has_beginning(o.alignment))
        return false;
      std::fill(out_.covered.begin() + o.alignment.begin, out_.covered.begin() + o.alignment.end, false);
      return true;
    });
  }

  const Input& in_;
  const Index& index_;
  const Lexicon& lexicon_;
  std::vector<Gram> grams_;
  std::vector<bool> rejected_;
  Occurrences out_;
};

}  // namespace

double Occurrence::share() const {
  const std::uint32_t required = std::max(1U, explanation.required);
  return 1.0 - static_cast<double>(explanation.missing) / required;
}

Occurrences search(const Input& input, const Index& index, const Lexicon& lexicon) {
  return Searcher(input, index, lexicon).run();
}

}  // namespace howopen::license
