// A license is for what is named before it, or right behind it; a term is of what its clause is of.
//
//   "Apache 2.0 (code), CC BY-NC 4.0 (weights)"       ->  "(code)" behind the first
//   "the 70B, which is non-commercial, and the 7B"    ->  "which" before the term

#include "reading/license_terms.h"

#include <algorithm>

namespace howopen::reading {

std::size_t object_behind(const Sense& s, std::string_view lower, std::size_t behind, std::size_t next) {
  // In brackets, closed before the next license.
  const std::size_t open = lower.find_first_not_of(' ', behind);
  if (open < next && lower[open] == '(') {
    const std::size_t close = lower.find(')', open);
    if (close < next && (s.within(Cue::weights, open, close) || s.within(Cue::code, open, close) ||
                         s.within(Cue::data, open, close)))
      return close;
  }
  for (const Hit& h : s.hits) {
    if (h.cue != Cue::covers || s.begin_of(h) < behind || s.begin_of(h) > behind + 12 || s.end_of(h) > next)
      continue;
    std::size_t stop = next;
    for (const std::string_view sign : {",", ";", " and ", " but "}) {
      const std::size_t at = lower.find(sign, s.end_of(h));
      if (at < stop) stop = at;
    }
    return std::max(stop, behind);
  }
  return behind;
}

bool asks_for_a_license(const Sense& s, const Hit& term) {
  return std::any_of(s.hits.begin(), s.hits.end(), [&](const Hit& o) {
    return o.cue == Cue::talk && o.begin < term.end && term.begin < o.end;
  });
}

bool denies(const Sense& s, const Hit& term, const Lexicon& lexicon) {
  return std::any_of(s.words.begin() + term.begin, s.words.begin() + term.end,
                     [&](const Token& t) { return lexicon.negates(t.word); });
}

bool names_data_behind(const Sense& s, const Hit& term) {
  return std::any_of(s.hits.begin(), s.hits.end(), [&](const Hit& o) {
    return (o.cue == Cue::data || o.cue == Cue::others) && o.begin >= term.end && o.begin <= term.end + 1;
  });
}

std::size_t relative_before(const Sense& s, std::string_view lower, std::size_t term) {
  std::size_t which = 0;
  for (const Hit& h : s.hits) {
    if (h.cue == Cue::relative && s.end_of(h) <= term) which = std::max(which, s.begin_of(h));
  }
  // Behind a comma or a stop another clause has begun.
  return which > 0 && lower.substr(which, term - which).find_first_of(",;:") == std::string_view::npos ? which
                                                                                                       : 0;
}

}  // namespace howopen::reading
