// Foreign text: validity, width, and escapes for whatever could act on a terminal or deceive its reader.
//
//   printable("MIT\x1b[2J")  ->  "MIT\x1b[2J" with the escape character spelled out as four characters

#include "text/utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace howopen::text {
namespace {

bool continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

struct Range {
  std::uint32_t first, last;
};

// Characters that move, hide or reorder their neighbors: C0 and C1 controls, Arabic letter mark, zero-width
// characters, direction marks and overrides, separators, invisible operators, byte order mark, interlinear
// annotations, tags.
constexpr Range kHidden[] = {{0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},      {0x61C, 0x61C},
                             {0x180E, 0x180E}, {0x200B, 0x200F}, {0x2028, 0x202E},  {0x2060, 0x206F},
                             {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE0FFF}};

// East Asian Wide and Fullwidth, and emoji; coarse blocks, which is enough to align columns.
constexpr Range kWide[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0xA4CF},   {0xAC00, 0xD7A3},
                           {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},
                           {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};

template <std::size_t N>
bool within(std::uint32_t c, const Range (&ranges)[N]) {
  for (const Range& r : ranges) {
    if (c >= r.first && c <= r.last) return true;
  }
  return false;
}

bool combining(std::uint32_t c) {
  return (c >= 0x300 && c <= 0x36F) || (c >= 0xFE00 && c <= 0xFE0F);
}

char lower_char(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::string_view next_utf8(std::string_view s) {
  if (s.empty()) return {};
  const auto lead = static_cast<unsigned char>(s[0]);
  std::size_t n = 0;
  if (lead < 0x80) return s.substr(0, 1);
  if (lead >= 0xC2 && lead <= 0xDF)
    n = 2;
  else if (lead >= 0xE0 && lead <= 0xEF)
    n = 3;
  else if (lead >= 0xF0 && lead <= 0xF4)
    n = 4;
  if (n == 0 || s.size() < n) return {};
  for (std::size_t i = 1; i < n; ++i) {
    if (!continuation(s[i])) return {};
  }
  const std::string_view one = s.substr(0, n);
  const std::uint32_t c = code_point(one);
  const bool overlong = (n == 3 && c < 0x800) || (n == 4 && c < 0x10000);
  const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
  return overlong || surrogate || c > 0x10FFFF ? std::string_view() : one;
}

std::uint32_t code_point(std::string_view one) {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(one[i]));
  };
  switch (one.size()) {
    case 1:
      return byte(0);
    case 2:
      return (byte(0) & 0x1F) << 6 | (byte(1) & 0x3F);
    case 3:
      return (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    case 4:
      return (byte(0) & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
    default:
      return 0xFFFD;
  }
}

bool is_utf8(std::string_view s) {
  while (!s.empty()) {
    // Plain ASCII, as nearly all of any text is, eight bytes at a time.
    for (std::uint64_t eight = 0; s.size() >= sizeof eight; s.remove_prefix(sizeof eight)) {
      std::memcpy(&eight, s.data(), sizeof eight);
      if ((eight & 0x8080808080808080U) != 0) break;
    }
    if (s.empty()) break;
    const std::string_view one = next_utf8(s);
    if (one.empty()) return false;
    s.remove_prefix(one.size());
  }
  return true;
}

bool is_hidden(std::uint32_t code_point) {
  return within(code_point, kHidden);
}

std::string printable(std::string_view s) {
  std::string out;
  out.reserve(s.size());
  while (!s.empty()) {
    const std::string_view one = next_utf8(s);
    if (one.empty()) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(s[0]));
      s.remove_prefix(1);
      continue;
    }
    s.remove_prefix(one.size());
    const std::uint32_t c = code_point(one);
    if (c == '\n' || c == '\r' || c == '\t') {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else if (c < 0x80 && within(c, kHidden)) {
      out += fmt::format("\\x{:02x}", c);
    } else if (within(c, kHidden)) {
      out += fmt::format("\\u{{{:x}}}", c);
    } else {
      out += one;
    }
  }
  return out;
}

int display_width(std::string_view s) {
  int width = 0;
  while (!s.empty()) {
    const std::string_view one = next_utf8(s);
    if (one.empty()) {
      ++width;
      s.remove_prefix(1);
      continue;
    }
    s.remove_prefix(one.size());
    const std::uint32_t c = code_point(one);
    if (!combining(c)) width += within(c, kWide) ? 2 : 1;
  }
  return width;
}

std::string lower(std::string_view s) {
  std::string out(s);
  make_lower(out, 0);
  return out;
}

void make_lower(std::string& s, std::size_t from) {
  char* const end = s.data() + s.size();
  for (char* c = s.data() + std::min(from, s.size()); c != end; ++c) *c = lower_char(*c);
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower_char(a[i]) != lower_char(b[i])) return false;
  }
  return true;
}

bool is_commit(std::string_view s) {
  return s.size() == 40 && s.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string_view trim(std::string_view s) {
  constexpr std::string_view kBlank = " \t\r\n\f\v";
  const auto first = s.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return s.substr(first, s.find_last_not_of(kBlank) - first + 1);
}

void append_utf8(std::string& out, std::uint32_t c) {
  if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) c = 0xFFFD;
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | c >> 18);
    out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

std::string from_utf16(std::string_view s) {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(s[i]));
  };
  if (s.size() < 4) return {};
  const bool little_mark = byte(0) == 0xFF && byte(1) == 0xFE;
  const bool big_mark = byte(0) == 0xFE && byte(1) == 0xFF;
  const bool little = little_mark || (!big_mark && byte(1) == 0 && byte(3) == 0 && byte(0) != 0);
  const bool big = big_mark || (!little && byte(0) == 0 && byte(2) == 0 && byte(1) != 0);
  if (!little && !big) return {};
  std::string out;
  for (std::size_t i = little_mark || big_mark ? 2 : 0; i + 1 < s.size(); i += 2) {
    const auto unit = [&](std::size_t at) {
      return little ? byte(at) | byte(at + 1) << 8 : byte(at) << 8 | byte(at + 1);
    };
    std::uint32_t c = unit(i);
    if (c >= 0xD800 && c < 0xDC00 && i + 3 < s.size()) {
      const std::uint32_t low = unit(i + 2);
      if (low >= 0xDC00 && low < 0xE000) {
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        i += 2;
      }
    }
    append_utf8(out, c);
  }
  return out;
}

}  // namespace howopen::text
