// Where a card's YAML ends and its Markdown begins.
//
//   "---\nlicense: mit\n---\n# Title\n"  ->  yaml "license: mit", line 2; body "# Title\n", line 4

#include "text/front_matter.h"

#include <algorithm>

namespace howopen::text {
namespace {

// Length of the line break at `at`: \r\n, \n or \r; 0 for none.
std::size_t line_break(std::string_view s, std::size_t at) {
  if (at >= s.size()) return 0;
  if (s[at] == '\r') return at + 1 < s.size() && s[at + 1] == '\n' ? 2 : 1;
  return s[at] == '\n' ? 1 : 0;
}

int lines_before(std::string_view s, std::size_t at) {
  int n = 0;
  for (std::size_t i = 0; i < at;) {
    const std::size_t step = line_break(s, i);
    if (step > 0) ++n;
    i += std::max<std::size_t>(step, 1);
  }
  return n;
}

}  // namespace

CardParts split_card(std::string_view card) {
  if (card.substr(0, 3) == "\xEF\xBB\xBF") card.remove_prefix(3);
  CardParts parts;
  parts.body = card;
  const std::size_t dashes = card.find_first_not_of(" \t\r\n\f\v");
  if (dashes == std::string_view::npos || card.substr(dashes, 3) != "---") return parts;
  std::size_t first = line_break(card, dashes + 3);
  if (first == 0) return parts;
  first += dashes + 3;

  // Each line from here: is it `---` with blanks behind?
  for (std::size_t line = first; line < card.size();) {
    std::size_t end = line;
    while (end < card.size() && line_break(card, end) == 0) ++end;
    const std::string_view text = card.substr(line, end - line);
    if (text.substr(0, 3) == "---" && text.find_first_not_of(" \t", 3) == std::string_view::npos) {
      const std::size_t after = std::min(card.size(), end + line_break(card, end));
      parts.has_front_matter = true;
      parts.yaml = card.substr(first, line - first);
      parts.yaml_line = lines_before(card, first) + 1;
      parts.body = card.substr(after);
      parts.body_line = lines_before(card, after) + 1;
      return parts;
    }
    end += line_break(card, end);
    if (end == line) break;
    line = end;
  }
  return parts;
}

}  // namespace howopen::text
