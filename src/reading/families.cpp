// How people write the name of a family of models.
//
//   pattern llama~2  ->  Llama 2, llama-2, LLaMAv2, llama_2; not llama-2.1, not ollama-2

#include "reading/families.h"

#include <algorithm>

#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen::reading {
namespace {

using text::is_digit;

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

}  // namespace

bool name_begins(std::string_view text, std::size_t at) {
  return !text::word_before(text, at);
}

bool name_ends(std::string_view text, std::size_t at) {
  return !text::word_behind(text, at);
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

std::optional<NamedFamily> family_in(std::string_view lower, const Catalog& catalog) {
  for (const ModelFamily& family : catalog.families()) {
    if (const auto name = find_family(lower, family, true)) return std::pair(&family, *name);
  }
  return std::nullopt;
}

std::optional<NamedFamily> family_behind_license(const Sense& sense, std::string_view lower,
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

std::optional<NamedFamily> family_in_a_cell(std::string_view lower, const Catalog& catalog) {
  for (std::size_t at = 0; at < lower.size();) {
    const std::size_t tab = std::min(lower.find('\t', at), lower.size());
    const std::string_view cell = text::trim(lower.substr(at, tab - at));
    at = tab + 1;
    for (const ModelFamily& family : catalog.families()) {
      const auto name = find_family(cell, family, true);
      if (!name || name->at > 0 || name->end < cell.size()) continue;
      const auto begin = static_cast<std::size_t>(cell.data() - lower.data());
      return std::pair(&family, FamilyName{begin, begin + cell.size()});
    }
  }
  return std::nullopt;
}

}  // namespace howopen::reading
