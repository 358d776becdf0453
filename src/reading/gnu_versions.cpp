// Reads on from the name as long as the words are those that such sentences are made of.
//
//   "… general public license as published by …; either version 2, or (at your option) any later version"
//     ->  2.0, later

#include "reading/gnu_versions.h"

#include <algorithm>
#include <initializer_list>

#include "text/ascii.h"

namespace howopen::reading {
namespace {

using text::is_digit;

bool in_word(char c) {
  return text::is_alnum(c) || text::is_beyond(c);
}

// Words of a sentence one after the other, whatever signs part them; a stop with a blank behind it, or an
// empty line, ends it.
class WordWalk {
 public:
  WordWalk(std::string_view s, std::size_t at) : s_(s), at_(at) {}
  std::size_t end() const { return end_; }
  std::string_view next() {
    std::size_t breaks = 0;
    for (; at_ < s_.size() && !in_word(s_[at_]) && s_[at_] != '+'; ++at_) {
      breaks += s_[at_] == '\n' ? 1 : 0;
      const bool stop = s_[at_] == '.' && (at_ + 1 >= s_.size() || s_[at_ + 1] == ' ' || s_[at_ + 1] == '\n');
      if (stop || breaks > 1 || s_[at_] == '!' || s_[at_] == '?') return {};
    }
    const std::size_t from = at_;
    while (at_ < s_.size() && (in_word(s_[at_]) || s_[at_] == '+' ||
                               (s_[at_] == '.' && at_ + 1 < s_.size() && is_digit(s_[at_ + 1]))))
      ++at_;
    end_ = at_;
    return s_.substr(from, at_ - from);
  }

 private:
  std::string_view s_;
  std::size_t at_;
  std::size_t end_ = 0;
};

// `2`, `v2.1`, `3+`: the number with a point.
std::optional<std::string> version_of(std::string_view word) {
  if (word.starts_with('v')) word.remove_prefix(1);
  if (word.ends_with('+')) word.remove_suffix(1);
  if (word.empty() || word.size() > 3 || !is_digit(word[0]) ||
      word.find_first_not_of("0123456789.") != std::string_view::npos)
    return std::nullopt;
  std::string out(word);
  if (out.find('.') == std::string::npos) out += ".0";
  return out;
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

void later_versions(WordWalk walk, GnuVersion& out) {
  for (int n = 0; n < 24; ++n) {
    const std::string_view word = walk.next();
    if (word.empty()) return;
    if (one_of(word, {"later", "newer", "above", "higher", "greater"})) {
      out.later = true;
      out.end = walk.end();
      return;
    }
    if (word == "only") out.end = walk.end();
    if (!one_of(word, {"of",        "the",    "this",    "that",     "license",       "licence", "as",
                       "published", "by",     "free",    "software", "foundation",    "fsf",     "gnu",
                       "general",   "lesser", "library", "affero",   "documentation", "public",  "or",
                       "and",       "at",     "your",    "option",   "choice",        "any",     "version",
                       "versions",  "inc",    "in",      "its",      "either",        "opinion"}))
      return;
  }
}

std::optional<GnuVersion> version_behind(std::string_view s, std::size_t at) {
  WordWalk walk(s, at);
  bool said = false;  // "version"
  for (int n = 0; n < 16; ++n) {
    const std::string_view word = walk.next();
    if (word.empty()) return std::nullopt;
    if (const auto number = version_of(word); number && (said || n == 0 || word[0] == 'v')) {
      GnuVersion out{*number, word.ends_with('+'), walk.end()};
      later_versions(walk, out);
      return out;
    }
    said = one_of(word, {"version", "versions", "ver", "v"});
    if (!said && !one_of(word, {"as",      "published", "by",     "the",  "free", "software", "foundation",
                                "fsf",     "inc",       "either", "in",   "of",   "this",     "license",
                                "licence", "gpl",       "lgpl",   "agpl", "gfdl", "fdl"}))
      return std::nullopt;
  }
  return std::nullopt;
}

// "under the terms of version 2 of the", "version 2.1 or later of the".
std::optional<GnuVersion> version_before(std::string_view s, std::size_t at) {
  const std::size_t from = at - std::min<std::size_t>(at, 80);
  const std::string_view head = s.substr(from, at - from);
  const std::size_t said = head.rfind("version");
  if (said == std::string_view::npos) return std::nullopt;
  WordWalk walk(head, said);
  walk.next();
  const auto number = version_of(walk.next());
  if (!number) return std::nullopt;
  GnuVersion out{*number, false, 0};
  for (std::string_view word = walk.next(); !word.empty(); word = walk.next()) {
    out.later = out.later || one_of(word, {"later", "newer", "above", "higher", "greater"});
    if (!out.later && !one_of(word, {"of", "the", "or", "at", "your", "option", "any", "and", "only"}))
      return std::nullopt;
  }
  return out;
}

}  // namespace

std::optional<GnuVersion> gnu_version_around(std::string_view lower, std::size_t name, std::size_t behind) {
  auto out = version_behind(lower, behind);
  return out ? out : version_before(lower, name);
}

GnuVersion gnu_version_from(std::string_view lower, std::string number, std::size_t behind) {
  GnuVersion out{std::move(number), false, behind};
  later_versions(WordWalk(lower, behind), out);
  return out;
}

}  // namespace howopen::reading
