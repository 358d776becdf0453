// Names of models are told apart by their parts: what `Solis-10B-Instruct` has and `Solis-10B` lacks makes a
// sibling; what a sentence says of "the 7B" is not said of the 70B.
//
//   Solis-10B-v1.0: "[acme/Solis-10B-Instruct-v1.0]: cc-by-nc-4.0"  ->  a sibling
//   Depth-V2-Large: "Base/Large/Giant models are under CC-BY-NC"     ->  here

#include "reading/subject.h"

#include <algorithm>

#include "hub/ids.h"
#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen::reading {
namespace {

using text::is_digit;
using text::of_lower_word;

// Ids are of ASCII letters; what stands behind one in Chinese is none of it.
bool of_a_word(char c) {
  return of_lower_word(c) && !text::is_beyond(c);
}
bool of_a_name(char c) {
  return of_a_word(c) || c == '-' || c == '_' || c == '.';
}

std::vector<std::string> parts_of(std::string_view name) {
  std::vector<std::string> out;
  std::string part;
  for (std::size_t i = 0; i <= name.size(); ++i) {
    const char c = i < name.size() ? name[i] : '-';
    // A point within a number is part of it: 2.5.
    const bool point =
        c == '.' && i > 0 && is_digit(name[i - 1]) && i + 1 < name.size() && is_digit(name[i + 1]);
    if (of_lower_word(c) || point) {
      part += c;
    } else if (!part.empty()) {
      out.push_back(std::move(part));
      part.clear();
    }
  }
  return out;
}

// 7b, 1.5b, 350m, 8x7b.
bool size(std::string_view part) {
  if (part.size() < 2 || (part.back() != 'b' && part.back() != 'm') || !is_digit(part.front())) return false;
  return std::all_of(part.begin(), part.end() - 1,
                     [](char c) { return is_digit(c) || c == '.' || c == 'x'; });
}

using Release = std::vector<int>;  // 2.1 -> 2, 1

// "v2", "v2.1", "2.0" at the beginning of a text; empty where none stands there.
Release release_at(std::string_view s, bool with_v) {
  Release out;
  std::size_t at = 0;
  if (!s.empty() && s[0] == 'v')
    at = 1;
  else if (with_v)
    return out;
  while (at < s.size() && is_digit(s[at]) && out.size() < 4) {
    int n = 0;
    for (; at < s.size() && is_digit(s[at]) && n < 10'000; ++at) n = n * 10 + (s[at] - '0');
    out.push_back(n);
    if (at + 1 >= s.size() || s[at] != '.' || !is_digit(s[at + 1])) break;
    ++at;
  }
  if (at < s.size() && (of_a_word(s[at]) || is_digit(s[at]))) out.clear();  // "2b"
  return out;
}

// The release that a model's name tells: "-v1.5", or the number behind its family's name.
Release release_of(const std::vector<std::string>& parts) {
  for (const std::string& p : parts) {
    if (Release r = release_at(p, true); !r.empty()) return r;
  }
  for (std::size_t i = 0; i < parts.size() && i < 2; ++i) {
    const std::size_t letters = std::min(parts[i].find_first_of("0123456789"), parts[i].size());
    if (i == 0 && letters == 0) continue;
    if (i == 1 && letters > 0) break;
    if (Release r = release_at(std::string_view(parts[i]).substr(letters), false); !r.empty()) return r;
  }
  return {};
}

// Below zero where `a` comes before `b`; 0 where they are the same as far as both tell.
int compare(const Release& a, const Release& b) {
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  }
  return 0;
}

// Parts that tell no edition apart: formats, dates, versions.
bool says_little(std::string_view part) {
  for (const std::string_view p :
       {"hf",   "gguf", "ggml", "awq",  "gptq", "fp8", "fp16", "bf16", "safetensors", "onnx", "4bit",
        "8bit", "int4", "int8", "exl2", "mlx",  "q4",  "q8",   "v1",   "v1.0",        "1.0",  "latest"}) {
    if (part == p) return true;
  }
  return false;
}

// "acme.ai": letters on both sides of its last point, which no name of a model has.
bool is_domain(std::string_view name) {
  const std::size_t point = name.rfind('.');
  return point != std::string_view::npos && point > 0 && name.size() - point > 2 && name.size() - point < 8 &&
         !is_digit(name[point - 1]) &&
         std::all_of(name.begin() + static_cast<std::ptrdiff_t>(point) + 1, name.end(),
                     [](char c) { return text::is_lower(c); });
}

// "usd" of " USD a year".
std::string_view first_word(std::string_view rest) {
  std::size_t from = 0;
  while (from < rest.size() && rest[from] == ' ') ++from;
  std::size_t end = from;
  while (end < rest.size() && of_lower_word(rest[end])) ++end;
  return rest.substr(from, end - from);
}

bool has(const std::vector<std::string>& parts, std::string_view part) {
  return std::find(parts.begin(), parts.end(), part) != parts.end();
}

}  // namespace

Names::Names(std::string_view id) : own_(text::lower(hub::repository_name(id))), parts_(parts_of(own_)) {
  if (!parts_.empty()) stem_ = parts_.front();
}

std::optional<Subject> Names::named(std::string_view word) const {
  if (stem_.size() < 2 || word.size() < 2) return std::nullopt;
  if (word == own_) return Subject::here;
  const std::vector<std::string> theirs = parts_of(word);
  if (theirs.empty() || theirs.front() != stem_) return std::nullopt;
  // One word alone names the family, be it all of the model's name or its head.
  if (theirs.size() == 1) return parts_.size() == 1 ? Subject::here : Subject::family;
  const auto lacks = [](const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return std::any_of(a.begin(), a.end(),
                       [&](const std::string& p) { return !has(b, p) && !says_little(p); });
  };
  if (lacks(theirs, parts_)) return Subject::sibling;
  // "slm-tuned-alpha" of slm-tuned-alpha-7b: what is left out are sizes.
  std::vector<std::string> left;
  for (const std::string& p : parts_) {
    if (!has(theirs, p) && !says_little(p) && !size(p)) left.push_back(p);
  }
  return left.empty() ? Subject::here : Subject::family;
}

std::optional<Subject> Names::version(const Sense& s, std::string_view lower, std::size_t from,
                                      std::size_t to, const Lexicon& lexicon) const {
  for (std::size_t i = 0; i < s.words.size() && s.words[i].begin < to; ++i) {
    if (s.words[i].begin < from) continue;
    if (const char c = lower[s.words[i].begin]; c != 'v' && !is_digit(c)) continue;
    const bool named = i > 0 && lexicon.release(s.words[i - 1].word);
    const Release spoken = release_at(lower.substr(s.words[i].begin, 24), !named);
    if (spoken.empty()) continue;
    // "transformers version 4" is no release of this model.
    const std::size_t first = named ? i - 1 : i;
    const bool free = first == 0 || lexicon.leads_to_a_release(s.words[first - 1].word) ||
                      lower[s.words[first - 1].end] == ',' || lower[s.words[first - 1].end] == ':';
    if (!free) continue;
    const Release own = release_of(parts_);
    if (own.empty()) return Subject::family;
    const int order = compare(own, spoken);
    const bool meant = s.within(Cue::later, from, to)     ? order >= 0
                       : s.within(Cue::earlier, from, to) ? order < 0
                                                          : order == 0;
    return meant ? Subject::here : Subject::sibling;
  }
  return std::nullopt;
}

std::optional<Subject> Names::in(std::string_view lower, std::size_t from, std::size_t to) const {
  std::optional<Subject> out;
  if (stem_.size() < 2) return out;
  for (std::size_t at = lower.find(stem_, from); at < to; at = lower.find(stem_, at + 1)) {
    std::size_t begin = at;
    std::size_t end = at;
    if (begin > 0 && of_a_name(lower[begin - 1]) && lower[begin - 1] != '-' && lower[begin - 1] != '_')
      continue;
    while (end < lower.size() && of_a_name(lower[end])) ++end;
    while (end > begin && !of_a_word(lower[end - 1])) --end;
    // "sales@acme.ai", "acme.ai/terms": whose site it is, and no model.
    const bool host = lower.substr(0, begin).ends_with("://") || lower.substr(0, begin).ends_with("://www.");
    if (host || is_domain(lower.substr(begin, end - begin)) || (begin > 0 && lower[begin - 1] == '@')) {
      at = end > at ? end - 1 : at;
      continue;
    }
    auto subject = named(lower.substr(begin, end - begin));
    // `owner/name` is one repository, and no family.
    const bool whole = begin > 0 && lower[begin - 1] == '/' && begin > 1 && of_a_word(lower[begin - 2]);
    if (whole && subject && lower.substr(begin, end - begin) != own_) subject = Subject::sibling;
    at = end > at ? end - 1 : at;
    if (!subject) continue;
    if (*subject == Subject::family && lower.substr(begin, end - begin) == stem_) {
      if (const auto numbered = generation(lower, end)) subject = numbered;
    }
    // "Depth-V2-Base/Large/Giant", "X-Base and Large": further editions by their ends alone.
    if (*subject == Subject::here || (*subject == Subject::sibling && edition_behind(lower, end, to)))
      return Subject::here;
    if (!out || (*out == Subject::family && *subject == Subject::sibling)) out = subject;
  }
  return out;
}

// "Aria 1" beside Aria-2-8B: a number behind the name of the family.
std::optional<Subject> Names::generation(std::string_view lower, std::size_t end) const {
  const auto number = [](std::string_view s) {
    std::size_t to = 0;
    while (to < s.size() && (text::is_digit(s[to]) ||
                             (to > 0 && s[to] == '.' && to + 1 < s.size() && text::is_digit(s[to + 1]))))
      ++to;
    return to < s.size() && text::is_lower(s[to]) ? std::string_view() : s.substr(0, to);
  };
  const std::string_view rest =
      std::string_view(own_).substr(own_.starts_with(stem_) ? stem_.size() : own_.size());
  const std::string_view own = number(rest.substr(std::min(rest.find_first_not_of("-_ v"), rest.size())));
  if (own.empty() || end + 1 >= lower.size() || lower[end] != ' ') return std::nullopt;
  const bool v = lower[end + 1] == 'v' && end + 2 < lower.size() && text::is_digit(lower[end + 2]);
  const std::string_view here = number(lower.substr(end + (v ? 2 : 1)));
  if (here.empty()) return std::nullopt;
  return here == own ? Subject::here : Subject::sibling;
}

bool Names::edition_behind(std::string_view lower, std::size_t at, std::size_t to) const {
  to = std::min(to, lower.size());
  for (int n = 0; n < 6; ++n) {
    std::size_t from = at;
    for (const std::string_view sign : {"/", ", and ", ", ", " and ", " & ", " or "}) {
      if (from == at && lower.substr(at).starts_with(sign)) from += sign.size();
    }
    if (from == at || from >= to) return false;
    std::size_t end = from;
    while (end < to && of_lower_word(lower[end])) ++end;
    if (end == from) return false;
    const bool goes_on = end < lower.size() && (lower[end] == '-' || lower[end] == '_');  // a name of its own
    if (goes_on) return false;
    if (has(parts_, lower.substr(from, end - from)) && lower.substr(from, end - from) != stem_) return true;
    at = end;
  }
  return false;
}

bool Names::is_part(std::string_view word) const {
  return has(parts_, word);
}

std::optional<Subject> Names::edition(std::string_view lower, std::size_t from, std::size_t to,
                                      const Lexicon& lexicon) const {
  bool any = false;
  bool own_has_any = false;
  bool sizes_only = true;
  for (const std::string& p : parts_) {
    if (size(p) || lexicon.variant(word_of(p))) own_has_any = true;
  }
  to = std::min(to, lower.size());
  for (std::size_t at = from; at < to;) {
    if (!of_a_word(lower[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < to &&
           (of_a_word(lower[end]) || (lower[end] == '.' && end + 1 < to && is_digit(lower[end + 1]))))
      ++end;
    const std::string_view word = lower.substr(at, end - at);
    at = end;
    const bool is_size = size(word) && !lexicon.amount(word_of(first_word(lower.substr(at))));
    if (!is_size && !lexicon.variant(word_of(word))) continue;
    if (has(parts_, word)) return Subject::here;
    any = true;
    sizes_only = sizes_only && is_size;
  }
  if (!any) return std::nullopt;
  return own_has_any ? Subject::sibling : Subject::family;
}

namespace {

// "Figures and documentation in this repository": of those, and not of what they belong to.
bool others_of_this(const Sense& s, std::size_t from, std::size_t to, const Lexicon& lexicon) {
  std::uint32_t others = static_cast<std::uint32_t>(s.words.size());
  for (const Hit& h : s.hits) {
    if (h.cue == Cue::others && s.begin_of(h) >= from && s.end_of(h) <= to)
      others = std::min(others, h.begin);
  }
  return others < s.words.size() && !s.within(Cue::weights, from, to) &&
         std::all_of(s.hits.begin(), s.hits.end(), [&](const Hit& h) {
           if (h.cue != Cue::here || s.begin_of(h) < from || s.end_of(h) > to) return true;
           std::uint32_t before = h.begin;
           while (before > others && !lexicon.preposition(s.words[before - 1].word) && before + 2 > h.begin)
             --before;
           return before > others && lexicon.preposition(s.words[before - 1].word);
         });
}

}  // namespace

Subject subject_of(const Sense& sense, std::string_view lower, std::size_t from, std::size_t to,
                   const Names& names, const Lexicon& lexicon) {
  const auto within = [&](Cue c) { return sense.within(c, from, to); };
  if (const auto named = names.in(lower, from, to); named && *named != Subject::family) return *named;
  // "Our distilled checkpoints" has both: those that are told apart win over whose they are.
  if (within(Cue::siblings)) return Subject::sibling;
  if (within(Cue::origin)) return Subject::base;
  const bool here = within(Cue::here) && !others_of_this(sense, from, to, lexicon);
  if (!here && within(Cue::others) && !within(Cue::weights)) return Subject::other;
  if (!here) {
    if (const auto edition = names.edition(lower, from, to, lexicon)) return *edition;
  }
  return here ? Subject::here : Subject::family;
}

}  // namespace howopen::reading
