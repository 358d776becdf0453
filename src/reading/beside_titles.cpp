// A title says what the text below it is, and sets no term: each of its words is one that licenses are called
// by, or the name of the license, or a number.
//
//   "The MIT License (MIT)"  ->  a title      "MIT License for hospitals"  ->  none

#include "reading/beside_titles.h"

#include <algorithm>
#include <string>

#include "reading/beside_words.h"
#include "reading/licenses.h"
#include "text/utf8.h"

namespace howopen::reading {

bool only_titles(const Beside& beside, std::span<const Token> s, const Sense& sense, const Lexicon& lexicon) {
  constexpr std::size_t kMost = 6;  // words
  if (beside.catalog == nullptr || s.size() > kMost || !sense.has(Cue::title) ||
      s.back().end > beside.text.size())
    return false;
  const std::size_t start = s.front().begin;
  const std::string_view written = beside.text.substr(start, s.back().end - start);
  const std::string lower = text::lower(written);
  const auto mentions = license_mentions(written, lower, *beside.catalog, lexicon);
  for (std::uint32_t i = 0; i < s.size(); ++i) {
    const std::size_t at = s[i].begin - start;
    const bool title = std::any_of(sense.hits.begin(), sense.hits.end(), [&](const Hit& h) {
      return h.cue == Cue::title && h.begin <= i && i < h.end && h.end - h.begin <= 2;
    });
    const bool named = std::any_of(mentions.begin(), mentions.end(),
                                   [&](const LicenseMention& m) { return at >= m.at && at < m.at + m.size; });
    const std::string_view word = std::string_view(lower).substr(at, s[i].end - s[i].begin);
    const bool here = std::any_of(beside.licenses.begin(), beside.licenses.end(),
                                  [&](const std::string& id) { return text::equal_ignoring_case(id, word); });
    if (!title && !named && !here && !number(s[i], beside.text)) return false;
  }
  return true;
}

bool names_a_release(const Beside& beside, std::span<const Token> s, const Sense& sense) {
  constexpr std::size_t kName = 3;   // words
  constexpr std::size_t kMost = 24;  // of all
  if (!beside.before || s.size() > kMost || !sense.terms.empty() ||
      sense.cues.any(Cue::talk, Cue::special, Cue::policy, Cue::legal, Cue::states, Cue::obliges,
                     Cue::prohibition, Cue::weights, Cue::uncovered, Cue::pointer))
    return false;
  std::size_t names = 0;
  std::size_t numbers = 0;
  for (const Token& t : s) {
    const bool value = number(t, beside.text) || in_address(t, beside.text) || in_domain(t, beside.text);
    ++(value ? numbers : names);
  }
  return numbers > 0 && names <= kName;
}

}  // namespace howopen::reading
