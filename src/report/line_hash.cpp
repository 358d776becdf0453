// Hashes that tell a line by what stands in and behind it, as GitHub's codeql-action computes them, so that
// an alert stays the same alert when lines are added above it.
//
//   ""  ->  {"c129715d7a2bc9a3:1"}

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <map>

#include "howopen/report.h"
#include "text/utf8.h"

namespace howopen {
namespace {

constexpr std::size_t kWindow = 100;
constexpr std::uint64_t kBase = 37;
constexpr std::uint32_t kEndOfFile = 65535;

// What is hashed: UTF-16 units without blanks and tabs, line ends as \n, an end mark; and where lines start.
struct Units {
  std::vector<std::uint32_t> units;
  std::vector<std::size_t> starts;
};

Units units_of(std::string_view content) {
  Units out;
  bool line_start = true;
  bool after_cr = false;
  const auto take = [&](std::uint32_t c) {
    const bool skipped = c == ' ' || c == '\t' || (after_cr && c == '\n');
    after_cr = c == '\r';
    if (skipped) return;
    if (c == '\r') c = '\n';
    if (line_start) out.starts.push_back(out.units.size());
    line_start = c == '\n';
    out.units.push_back(c);
  };
  while (!content.empty()) {
    const std::string_view one = text::next_utf8(content);
    const std::uint32_t c = one.empty() ? 0xFFFD : text::code_point(one);
    content.remove_prefix(one.empty() ? 1 : one.size());
    if (c > 0xFFFF) {
      take(0xD800 + ((c - 0x10000) >> 10));
      take(0xDC00 + ((c - 0x10000) & 0x3FF));
    } else {
      take(c);
    }
  }
  take(kEndOfFile);
  return out;
}

}  // namespace

std::vector<std::string> line_hashes(std::string_view content) {
  Units text = units_of(content);
  std::uint64_t leaving = 1;  // 37^100, by which a unit that leaves the window counts
  for (std::size_t i = 0; i < kWindow; ++i) leaving *= kBase;
  std::uint64_t hash = 0;
  std::map<std::uint64_t, int> seen;
  std::vector<std::string> out;
  const auto unit = [&](std::size_t i) { return i < text.units.size() ? text.units[i] : 0U; };
  for (std::size_t i = 0; i < kWindow; ++i) hash = hash * kBase + unit(i);
  std::size_t at = 0;
  for (const std::size_t start : text.starts) {
    for (; at < start; ++at) hash = hash * kBase + unit(at + kWindow) - leaving * unit(at);
    out.push_back(fmt::format("{:x}:{}", hash, ++seen[hash]));
  }
  return out;
}

}  // namespace howopen
