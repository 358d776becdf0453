// Lines of Markdown: which containers they stand in, and what they are by themselves.
//
//   "> - [x] done"  ->  "[x] done", quoted, an item     "* * *"  ->  a thematic break, and no list

#include "text/markdown_lines.h"

#include <algorithm>

#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen::text {
namespace {

constexpr int kDeepest = 48;  // list markers before one line

std::size_t list_marker(std::string_view s) {
  if (s.empty()) return 0;
  std::size_t n = 0;
  if (s[0] == '-' || s[0] == '*' || s[0] == '+') {
    n = 1;
  } else {
    while (n < s.size() && n < 9 && s[n] >= '0' && s[n] <= '9') ++n;
    if (n == 0 || n >= s.size() || (s[n] != '.' && s[n] != ')')) return 0;
    ++n;
  }
  return n == s.size() || is_blank(s[n]) ? n : 0;
}

}  // namespace

// `---`, `* * *`.
bool thematic_break(std::string_view s) {
  s = trim(s);
  if (s.size() < 3 || (s[0] != '-' && s[0] != '*' && s[0] != '_')) return false;
  const auto signs = std::count(s.begin(), s.end(), s[0]);
  return signs >= 3 && std::all_of(s.begin(), s.end(), [&](char c) { return c == s[0] || is_blank(c); });
}

bool is_rule(std::string_view row) {
  row = trim(row);
  return row.size() > 2 && row.find('|') != std::string_view::npos &&
         row.find("--") != std::string_view::npos &&
         row.find_first_not_of("|-: \t") == std::string_view::npos;
}

Line strip_containers(std::string_view s, bool in_paragraph, bool in_list) {
  Line out;
  int column = 0;
  std::size_t at = 0;
  int inner = 0;
  const auto skip = [&] {
    inner = 0;
    while (at < s.size() && is_blank(s[at])) {
      const int width = s[at] == '\t' ? 4 - column % 4 : 1;
      column += width;
      inner += width;
      ++at;
    }
  };
  skip();
  while (at < s.size()) {
    const std::string_view here = s.substr(at);
    if (here[0] == '>') {
      out.quoted = true;
      ++at, ++column;
      skip();
      continue;
    }
    if (inner >= 4 && !out.item && !out.quoted && !in_list) break;  // indented code
    const std::size_t marker = thematic_break(here) ? 0 : list_marker(here);
    if (marker == 0 || ++out.markers > kDeepest) break;
    // A number within a paragraph is a number: "in\n1984. It was" begins no list.
    const bool number = here[0] >= '0' && here[0] <= '9';
    if (in_paragraph && !out.item && number && marker > 2 && !in_list) break;
    out.item = true;
    at += marker;
    column += static_cast<int>(marker);
    skip();
  }
  out.text = s.substr(at);
  out.indent = column;
  out.inner = inner;
  return out;
}

}  // namespace howopen::text
