// "The code and the weights of this repository" -> everything; "the model card" -> nothing.

#include "reading/scope.h"

#include <algorithm>

#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen::reading {

std::optional<Scope> scope_in(const Sense& s, std::size_t from, std::size_t to, const Lexicon& lexicon) {
  const bool weights = std::any_of(s.hits.begin(), s.hits.end(), [&](const Hit& h) {
    if (h.cue != Cue::weights || s.begin_of(h) < from || s.end_of(h) > to) return false;
    const Token* next = h.end < s.words.size() ? &s.words[h.end] : nullptr;
    return next == nullptr || !lexicon.compound(next->word);
  });
  const bool code = s.within(Cue::code, from, to);
  if (weights && code) return Scope::everything;
  if (weights) return Scope::weights;
  if (code) return Scope::code;
  // "This repository", "the project": all of it.
  if (s.within(Cue::here, from, to) || s.within(Cue::makers, from, to)) return Scope::everything;
  if (s.within(Cue::data, from, to)) return Scope::data;
  return std::nullopt;
}

Scope what_words_are_about(std::string_view words, const Catalog& catalog) {
  const std::string lower = text::lower(words.substr(0, 200));
  const std::vector<Token> all = tokens(lower);
  const Sense s = understand(all, lower, lexicon(catalog));
  const bool weights = s.has(Cue::weights);
  const bool code = s.has(Cue::code);
  if (weights != code) return weights ? Scope::weights : Scope::code;
  return !weights && s.has(Cue::data) ? Scope::data : Scope::everything;
}

bool names_a_license_file(std::string_view lower) {
  for (const std::string_view head : {"license", "licence"}) {
    for (std::size_t at = lower.find(head); at != std::string_view::npos; at = lower.find(head, at + 1)) {
      const std::size_t end = at + head.size();
      const char before = at > 0 ? lower[at - 1] : ' ';
      const char next = end < lower.size() ? lower[end] : ' ';
      const bool goes_on = end + 1 < lower.size() && text::is_lower(lower[end + 1]);
      if (before == '_' || ((next == '-' || next == '_') && goes_on && before != '/')) return true;
    }
  }
  return false;
}

bool points_at_the_license(const Sense& sense, const Lexicon& lexicon, std::string_view lower) {
  return sense.cues.any(Cue::pointer, Cue::states) && sense.has(Cue::license_section) &&
         !sense.has(Cue::special) && !names_a_license_file(lower) &&
         std::all_of(sense.words.begin(), sense.words.end(),
                     [&](const Token& t) { return lexicon.pointing(t.word); });
}

}  // namespace howopen::reading
