// Parts of a license file that consist of more than one sentence: questions with their answers, entries of
// BibTeX.

#include "reading/beside_parts.h"

#include <algorithm>
#include <array>
#include <string>

#include "reading/beside_words.h"
#include "reading/sense.h"
#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen::reading {
namespace {

constexpr std::size_t kQuestion = 12;  // words
constexpr std::size_t kEntry = 4096;   // bytes of one entry of BibTeX

bool starts_with_any(std::string_view s, std::span<const std::string_view> heads) {
  return std::any_of(heads.begin(), heads.end(), [&](std::string_view h) { return s.starts_with(h); });
}

// Behind the brace that closes the one at `at`; npos where none does within reach.
std::size_t behind_brace(std::string_view text, std::size_t at) {
  int depth = 0;
  for (std::size_t i = at; i < text.size() && i - at < kEntry; ++i) {
    if (text[i] == '{') ++depth;
    if (text[i] == '}' && --depth == 0) return i + 1;
  }
  return std::string_view::npos;
}

}  // namespace

bool answers_as_the_license(const Beside& beside, std::span<const Token> question,
                            std::span<const Token> answer) {
  static constexpr std::array<std::string_view, 6> kMay = {"may i ",  "can i ",        "may we ",
                                                           "can we ", "am i allowed ", "are we allowed "};
  static constexpr std::array<std::string_view, 6> kMust = {"do i have to ",  "must i ",  "do i need ",
                                                            "do we have to ", "must we ", "do we need "};
  if (beside.position != Position::outside || answer.size() != 1 || question.size() > kQuestion) return false;
  const std::string asked = text::lower(text_of(question, beside.text));
  const std::string said = text::lower(text_of(answer, beside.text));
  if (asked.empty()) return false;
  const std::size_t sign = beside.text.find_first_not_of("*_ ", question.back().end);
  if (sign == std::string_view::npos || beside.text[sign] != '?') return false;
  return (said == "yes" && starts_with_any(asked, kMay) && asked.find(" not ") == std::string::npos) ||
         (said == "no" && starts_with_any(asked, kMust));
}

std::vector<Token> without_citations(std::span<const Token> words, std::string_view text,
                                     const Lexicon& lexicon) {
  std::vector<Token> out;
  if (words.empty() || words.back().end > text.size()) return {words.begin(), words.end()};
  out.reserve(words.size());
  auto next = words.begin();  // the first that was not looked at
  const auto skip_to = [&](std::size_t place) {
    const auto from = next;
    while (next != words.end() && next->begin < place) ++next;
    return std::span<const Token>(from, next);
  };
  std::size_t at = text.find('@', words.front().begin);
  while (at < words.back().end) {
    std::size_t brace = at + 1;
    while (brace < text.size() && text::is_alnum(text[brace])) ++brace;
    if (brace > at + 1 && brace < text.size() && text[brace] == '{') {
      const std::size_t behind = behind_brace(text, brace);
      if (behind == std::string_view::npos) break;  // nor does one end behind it: no more is looked at
      const std::span<const Token> before = skip_to(at);
      out.insert(out.end(), before.begin(), before.end());
      const std::span<const Token> entry = skip_to(behind);
      // A note in it may set a term after all.
      if (!understand(entry, text, lexicon).terms.empty()) out.insert(out.end(), entry.begin(), entry.end());
      brace = behind;
    }
    at = text.find('@', brace);
  }
  out.insert(out.end(), next, words.end());
  return out;
}

}  // namespace howopen::reading
