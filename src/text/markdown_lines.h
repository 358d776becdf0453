// Lines of Markdown: which containers they stand in, and what they are by themselves.
#pragma once

#include <string_view>

namespace howopen::text {

/// A line of the source behind the markers of the containers it stands in.
struct Line {
  std::string_view text;
  int indent = 0;     ///< columns before it, markers counted
  int inner = 0;      ///< columns behind the last marker
  bool item = false;  ///< a list marker stood before it
  bool quoted = false;
  int markers = 0;
};
/// Takes quotes and list markers off; each byte is looked at once.
Line strip_containers(std::string_view s, bool in_paragraph, bool in_list);

/// `---`, `* * *`.
bool thematic_break(std::string_view s);
/// The line under a table's head: `|---|:-:|`.
bool is_rule(std::string_view row);

}  // namespace howopen::text
