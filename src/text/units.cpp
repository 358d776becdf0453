// Spans of time and sizes as people write them.
//
//   "2m"  ->  120000      "2GB"  ->  2000000000      "soon"  ->  nothing

#include "text/units.h"

#include "text/utf8.h"

namespace howopen::text {

std::optional<long> parse_duration(const std::string& s) {
  std::size_t digits = 0;
  while (digits < s.size() && s[digits] >= '0' && s[digits] <= '9') ++digits;
  if (digits == 0 || digits > 7) return std::nullopt;
  const long n = std::stol(s.substr(0, digits));
  const std::string unit = s.substr(digits);
  if (unit == "ms") return n;
  if (unit.empty() || unit == "s") return n * 1000;
  if (unit == "m") return n * 60'000;
  if (unit == "h") return n * 3'600'000;
  return std::nullopt;
}

std::optional<std::uint64_t> parse_size(const std::string& s) {
  std::size_t digits = 0;
  while (digits < s.size() && s[digits] >= '0' && s[digits] <= '9') ++digits;
  if (digits == 0 || digits > 9) return std::nullopt;
  const std::uint64_t n = std::stoull(s.substr(0, digits));
  const std::string unit = text::lower(s.substr(digits));
  if (unit.empty() || unit == "b") return n;
  if (unit == "k" || unit == "kb") return n * 1000;
  if (unit == "m" || unit == "mb") return n * 1'000'000;
  if (unit == "g" || unit == "gb") return n * 1'000'000'000;
  return std::nullopt;
}

}  // namespace howopen::text
