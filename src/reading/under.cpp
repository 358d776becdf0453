// "Released under FooPL." -> FooPL, unknown; "published under the ELIXIR project" -> nothing

#include "reading/under.h"

#include <algorithm>

#include "text/ascii.h"

namespace howopen::reading {
namespace {

constexpr std::size_t kMostWords = 3;  // of a name
constexpr std::size_t kMost = 8;       // names of a sentence

bool of_name(char c) {
  return text::is_alnum(c) || c == '-' || c == '.' || c == '+';
}

// The word that begins at `at`, its last stop left out; "" where none does.
std::string_view word_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && of_name(text[end])) ++end;
  while (end > at && !text::is_alnum(text[end - 1]) && text[end - 1] != '+') --end;
  return text.substr(at, end - at);
}

// "FooPL", "ELv2", "MIT-0", "3.0", and not "Windows" or "Linux".
bool shaped(std::string_view word) {
  const auto upper = std::count_if(word.begin(), word.end(), [](char c) { return text::is_upper(c); });
  const bool digit = std::any_of(word.begin(), word.end(), [](char c) { return text::is_digit(c); });
  return text::is_upper(word.front()) && (upper >= 2 || digit);
}

bool version(std::string_view word) {
  return text::is_digit(word.front()) || (word.size() > 1 && word[0] == 'v' && text::is_digit(word[1]));
}

}  // namespace

std::vector<LicenseMention> named_behind_under(std::string_view text, std::string_view lower,
                                               const Catalog& catalog, const Lexicon& lexicon) {
  constexpr std::string_view kUnder = " under ";
  std::vector<LicenseMention> out;
  for (std::size_t at = lower.find(kUnder); at != std::string_view::npos && out.size() < kMost;
       at = lower.find(kUnder, at + 1)) {
    std::size_t from = at;
    while (from > 0 && text::is_alnum(lower[from - 1])) --from;
    if (!lexicon.puts_under(word_of(lower.substr(from, at - from)))) continue;
    std::size_t begin = at + kUnder.size();
    for (const std::string_view article : {"the ", "a ", "an "}) {
      if (lower.substr(begin).starts_with(article)) {
        begin += article.size();
        break;
      }
    }
    const std::string_view first = word_at(text, begin);
    if (first.empty() || first.size() > 40) continue;
    std::size_t end = begin + first.size();
    for (std::size_t n = 1; n < kMostWords && end + 1 < text.size() && text[end] == ' '; ++n) {
      const std::string_view next = word_at(text, end + 1);
      if (next.empty() || (!version(next) && !(text::is_upper(next.front()) && shaped(next)))) break;
      end += 1 + next.size();
    }
    // What it is of stands behind it: "the ELIXIR project".
    if (end + 1 < lower.size() && text[end] == ' ' && lexicon.no_license(word_of(word_at(lower, end + 1))))
      continue;
    // "The AI model license": a name that ends so is read as a whole.
    constexpr std::size_t kAhead = 32;
    if (lower.substr(end, kAhead).find("licen") != std::string_view::npos) continue;
    const std::string_view name = text.substr(begin, end - begin);
    const LicenseEntry* entry = catalog.license_named(name);
    if (entry == nullptr) entry = catalog.license(name);
    if (entry == nullptr && !shaped(first) && end == begin + first.size()) continue;
    if (lexicon.no_license(word_of(word_at(lower, begin)))) continue;
    LicenseMention m;
    m.kind = entry == nullptr ? LicenseMention::Kind::unknown
             : entry->family  ? LicenseMention::Kind::family
                              : LicenseMention::Kind::known;
    if (entry != nullptr) m.id = entry->id;
    m.at = begin;
    m.size = name.size();
    m.name = name;
    out.push_back(std::move(m));
  }
  return out;
}

}  // namespace howopen::reading
