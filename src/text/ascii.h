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

}  // namespace howopen::text
