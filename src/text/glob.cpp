// Patterns with `*`, by going back to the last star on a mismatch: no recursion.
//
//   glob("*.whl", "en_core-3.0.whl")  ->  true

#include "text/glob.h"

namespace howopen::text {

bool glob(std::string_view pattern, std::string_view name) {
  std::size_t p = 0;
  std::size_t n = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = n;
    } else if (p < pattern.size() && pattern[p] == name[n]) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

namespace {

// `[a-z]` at p, against c: whether it matches; p is set behind it. An open bracket without an end is itself.
bool one_of(std::string_view pattern, std::size_t& p, char c) {
  std::size_t i = p + 1;
  const bool negated = i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^');
  if (negated) ++i;
  const std::size_t start = i;
  bool found = false;
  for (; i < pattern.size() && (pattern[i] != ']' || i == start); ++i) {
    if (i + 2 < pattern.size() && pattern[i + 1] == '-' && pattern[i + 2] != ']') {
      found = found || (c >= pattern[i] && c <= pattern[i + 2]);
      i += 2;
    } else {
      found = found || c == pattern[i];
    }
  }
  if (i >= pattern.size()) {
    ++p;
    return c == '[';
  }
  p = i + 1;
  return found != negated && c != '/';
}

}  // namespace

// Two places to go back to, one for the last `*` and one for the last `**`: no recursion, time at worst the
// product of the lengths.
bool path_glob(std::string_view pattern, std::string_view path) {
  constexpr std::size_t kNone = std::string_view::npos;
  std::size_t p = 0, n = 0;
  std::size_t star = kNone, star_at = 0;
  std::size_t stars = kNone, stars_at = 0;
  while (n < path.size()) {
    bool matched = false;
    if (p < pattern.size()) {
      const char c = pattern[p];
      if (pattern.substr(p, 2) == "**") {
        std::size_t behind = p + 2;
        while (behind < pattern.size() && pattern[behind] == '*') ++behind;
        // `**/` is also nothing at all.
        if (behind < pattern.size() && pattern[behind] == '/') ++behind;
        p = stars = behind;
        stars_at = n;
        star = kNone;
        continue;
      }
      if (c == '*') {
        star = ++p;
        star_at = n;
        continue;
      }
      if (c == '?') {
        matched = path[n] != '/';
        if (matched) ++p;
      } else if (c == '[') {
        std::size_t next = p;
        matched = one_of(pattern, next, path[n]);
        if (matched) p = next;
      } else {
        const bool escaped = c == '\\' && p + 1 < pattern.size();
        matched = pattern[p + (escaped ? 1 : 0)] == path[n];
        if (matched) p += escaped ? 2 : 1;
      }
    }
    if (matched) {
      ++n;
    } else if (star != kNone && path[star_at] != '/') {
      p = star;
      n = ++star_at;
    } else if (stars != kNone) {
      // From the start of the next folder, or anywhere where `**` stands alone.
      const bool folders = stars > 0 && pattern[stars - 1] == '/';
      if (folders) {
        const std::size_t slash = path.find('/', stars_at);
        if (slash == kNone) return false;
        stars_at = slash;
      }
      p = stars;
      n = ++stars_at;
      star = kNone;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace howopen::text
