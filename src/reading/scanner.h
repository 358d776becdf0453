// Words in names of licenses, one behind the other.
#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "text/ascii.h"

namespace howopen::reading {

/// Blanks, hyphens, commas, slashes, brackets and quotes.
constexpr bool parts_words(char c) {
  return c == ' ' || c == '-' || c == '_' || c == ',' || c == '/' || c == '(' || c == ')' || c == '"' ||
         c == '\n' || c == '\t' || c == '\'';
}

/// A reader of words from a place on; the text is in lower case.
class Scanner {
 public:
  Scanner(std::string_view s, std::size_t at) : s_(s), at_(at) {}
  std::size_t at() const { return at_; }

  /// The next word if it is `word`; then it is read.
  bool take(std::string_view word) {
    const std::size_t from = skipped();
    // Asked at each word of every card: most differ in their first letter.
    if (from >= s_.size() || s_[from] != word.front() || !s_.substr(from).starts_with(word)) return false;
    const std::size_t end = from + word.size();
    if (end < s_.size() && text::is_letter(s_[end]) && text::is_letter(word.back())) return false;
    at_ = end;
    return true;
  }
  bool take_any(std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return take(w); });
  }
  /// `4.0`, `v4`, `version 4.0`.
  std::optional<std::string> version() {
    const std::size_t before = at_;
    take("version");
    std::size_t from = skipped();
    if (from < s_.size() && s_[from] == 'v') ++from;
    while (from < s_.size() && (s_[from] == '.' || s_[from] == ' ')) ++from;
    std::size_t end = from;
    while (end < s_.size() && (text::is_digit(s_[end]) ||
                               (s_[end] == '.' && end + 1 < s_.size() && text::is_digit(s_[end + 1]))))
      ++end;
    if (end == from || end - from > 4 || (end < s_.size() && text::is_letter(s_[end]) && s_[end] != 'v')) {
      at_ = before;
      return std::nullopt;
    }
    at_ = end;
    std::string out(s_.substr(from, end - from));
    if (out.find('.') == std::string::npos) out += ".0";
    return out;
  }

 private:
  // A hyphen wider than ASCII's counts as one.
  std::size_t skipped() const {
    std::size_t i = at_;
    while (i < s_.size()) {
      if (parts_words(s_[i]))
        ++i;
      else if (s_.substr(i, 2) == "\xE2\x80" && i + 2 < s_.size() &&
               static_cast<unsigned char>(s_[i + 2]) <= 0x99)
        i += 3;
      else
        break;
    }
    return i;
  }
  std::string_view s_;
  std::size_t at_;
};

}  // namespace howopen::reading
