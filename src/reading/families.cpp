// How people write the name of a family of models.
//
//   pattern llama~2  ->  Llama 2, llama-2, LLaMAv2, llama_2; not llama-2.1, not ollama-2

#include "reading/families.h"

#include <algorithm>

#include "text/ascii.h"

namespace howopen::reading {
namespace {

using text::is_digit;
using text::of_lower_word;

bool separates(char c) {
  return c == ' ' || c == '-' || c == '_' || c == '.';
}

// Where a pattern that begins at `at` ends; npos where it does not stand there.
std::size_t ends_at(std::string_view text, std::string_view pattern, std::size_t at) {
  for (std::size_t p = 0; p < pattern.size(); ++p) {
    if (pattern[p] == '~') {
      const auto skip = [&] {
        while (at < text.size() && separates(text[at])) ++at;
      };
      skip();
      if (p + 1 < pattern.size() && is_digit(pattern[p + 1]) && at < text.size() && text[at] == 'v')
        ++at, skip();
    } else if (pattern[p] == '.' ? at >= text.size() || !separates(text[at]) || text[at] == ' '
                                 : at >= text.size() || text[at] != pattern[p]) {
      return std::string_view::npos;
    } else {
      ++at;
    }
  }
  if (!name_ends(text, at)) return std::string_view::npos;
  // "llama 3" is not in "llama-3.1".
  if (is_digit(pattern.back()) && at + 1 < text.size() && text[at] == '.' && is_digit(text[at + 1]))
    return std::string_view::npos;
  return at;
}

std::optional<FamilyName> find(std::string_view text, std::string_view pattern, std::size_t from = 0) {
  const std::string_view head = head_of(pattern);
  for (std::size_t at = text.find(head, from); at != std::string_view::npos; at = text.find(head, at + 1)) {
    if (!name_begins(text, at)) continue;
    if (const std::size_t end = ends_at(text, pattern, at); end != std::string_view::npos)
      return FamilyName{at, end};
  }
  return std::nullopt;
}

// The first byte of a kana, a Chinese character, a Korean syllable or a sign among them.
bool of_the_east(char c) {
  return static_cast<unsigned char>(c) >= 0xE3 && static_cast<unsigned char>(c) <= 0xEF;
}

}  // namespace

bool name_begins(std::string_view text, std::size_t at) {
  if (at == 0 || !of_lower_word(text[at - 1])) return true;
  std::size_t first = at - 1;
  while (first > 0 && at - first < 4 && (static_cast<unsigned char>(text[first]) & 0xC0) == 0x80) --first;
  return of_the_east(text[first]);
}

bool name_ends(std::string_view text, std::size_t at) {
  return at >= text.size() || !of_lower_word(text[at]) || of_the_east(text[at]);
}

std::string_view head_of(std::string_view pattern) {
  return pattern.substr(0, pattern.find_first_of("~."));
}

std::optional<FamilyName> find_family(std::string_view text, const ModelFamily& family, bool prose,
                                      std::size_t from) {
  std::optional<FamilyName> out;
  const auto look = [&](const std::vector<std::string>& patterns) {
    for (const std::string& pattern : patterns) {
      for (auto m = find(text, pattern, from); m; m = find(text, pattern, m->at + 1)) {
        const bool other = std::any_of(family.except.begin(), family.except.end(), [&](const std::string& e) {
          for (auto o = find(text, e); o; o = find(text, e, o->at + 1)) {
            if (o->at <= m->at && m->at < o->end) return true;
          }
          return false;
        });
        if (other) continue;
        if (!out || m->at < out->at) out = m;
        break;
      }
    }
  };
  look(family.names);
  if (prose) look(family.said);
  return out;
}

std::optional<std::pair<const ModelFamily*, FamilyName>> family_behind_license(const Sense& sense,
                                                                               std::string_view lower,
                                                                               const Catalog& catalog) {
  constexpr std::size_t kClosely = 70;  // bytes
  // Few sentences speak of a license at all, and there are many families to look for.
  if (std::none_of(sense.hits.begin(), sense.hits.end(),
                   [](const Hit& h) { return h.cue == Cue::license_section; }))
    return std::nullopt;
  for (const ModelFamily& family : catalog.families()) {
    const auto name = find_family(lower, family, true);
    if (!name) continue;
    const bool near = std::any_of(sense.hits.begin(), sense.hits.end(), [&](const Hit& h) {
      return h.cue == Cue::license_section && sense.end_of(h) <= name->at &&
             name->at - sense.end_of(h) < kClosely;
    });
    if (near) return std::pair(&family, *name);
  }
  return std::nullopt;
}

}  // namespace howopen::reading
