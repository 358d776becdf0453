// Characters by what they are in ASCII, whatever the locale.
#pragma once

#include <string_view>

namespace howopen::text {

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
constexpr bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
constexpr bool is_letter(char c) {
  return is_lower(c) || is_upper(c);
}
constexpr bool is_alnum(char c) {
  return is_digit(c) || is_letter(c);
}
/// Part of a character beyond ASCII, in UTF-8.
constexpr bool is_beyond(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}
/// First byte of a character that stands at Latin words without a blank between: kana, Chinese, Korean, and
/// the signs of typography.
constexpr bool parts_words(char first) {
  const auto c = static_cast<unsigned char>(first);
  return c == 0xC2 || (c >= 0xE2 && c <= 0xEF);
}
/// The first bytes of a text, at most so many, without a part of a character at their end.
constexpr std::string_view first_bytes(std::string_view s, std::size_t most) {
  if (s.size() <= most) return s;
  while (most > 0 && (static_cast<unsigned char>(s[most]) & 0xC0) == 0x80) --most;
  return s.substr(0, most);
}
/// Whether a letter or digit of any script ends, or begins, right there and goes on with the word beside it.
constexpr bool word_before(std::string_view s, std::size_t at) {
  if (at == 0 || at > s.size()) return false;
  if (!is_beyond(s[at - 1])) return is_alnum(s[at - 1]);
  std::size_t first = at - 1;
  while (first > 0 && at - first < 4 && (static_cast<unsigned char>(s[first]) & 0xC0) == 0x80) --first;
  return !parts_words(s[first]);
}
constexpr bool word_behind(std::string_view s, std::size_t end) {
  return end < s.size() && (is_alnum(s[end]) || (is_beyond(s[end]) && !parts_words(s[end])));
}
/// Of a word in a text that is in lower case.
constexpr bool of_lower_word(char c) {
  return is_digit(c) || is_lower(c) || is_beyond(c);
}
/// Between words of a text that may have several lines.
constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n';
}
constexpr bool is_punctuation(char c) {
  return c > ' ' && c < 0x7f && !is_alnum(c);
}

/// Byte for byte.
constexpr bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// What stands before the last slash of a path; "" without one.
constexpr std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

}  // namespace howopen::text
