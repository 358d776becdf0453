// RFC 4648.
//
//   base64("\xff")  ->  "/w=="

#include "text/base64.h"

#include <array>
#include <cstdint>

namespace howopen::text {
namespace {
constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNoLetter = 255;
constexpr std::array<std::uint8_t, 256> kValues = [] {
  std::array<std::uint8_t, 256> out{};
  out.fill(kNoLetter);
  for (std::size_t i = 0; i < kLetters.size(); ++i)
    out[static_cast<unsigned char>(kLetters[i])] = static_cast<std::uint8_t>(i);
  return out;
}();
}  // namespace

std::string base64(std::string_view bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t n = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      n = n << 8 | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0u);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      const bool there = j == 0 || i + j - 1 < bytes.size();
      out += there ? kLetters[n >> (18 - 6 * j) & 63] : '=';
    }
  }
  return out;
}

std::optional<std::string> from_base64(std::string_view s) {
  if (s.size() % 4 != 0) return std::nullopt;
  std::string out;
  out.reserve(s.size() / 4 * 3);
  for (std::size_t i = 0; i < s.size(); i += 4) {
    const auto value_of = [&](std::size_t j) { return kValues[static_cast<unsigned char>(s[i + j])]; };
    const std::uint8_t v = value_of(0), w = value_of(1), x = value_of(2), y = value_of(3);
    if ((v | w | x | y) < 64) {  // as all but the last
      const char three[] = {static_cast<char>(v << 2 | w >> 4), static_cast<char>(w << 4 | x >> 2),
                            static_cast<char>(x << 6 | y)};
      out.append(three, 3);
      continue;
    }
    std::uint32_t n = 0;
    std::size_t padding = 0;
    for (std::size_t j = 0; j < 4; ++j) {
      const char c = s[i + j];
      if (c == '=' && i + 4 == s.size() && j >= 2) {
        ++padding;
        n <<= 6;
        continue;
      }
      const std::uint8_t value = kValues[static_cast<unsigned char>(c)];
      if (value == kNoLetter || padding > 0) return std::nullopt;
      n = n << 6 | value;
    }
    for (std::size_t j = 0; j < 3 - padding; ++j) out += static_cast<char>(n >> (16 - 8 * j) & 255);
  }
  return out;
}

}  // namespace howopen::text
