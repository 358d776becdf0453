// Lines and mappings in braces of YAML.
#pragma once

#include <string_view>
#include <utility>

#include "scan/parts.h"

namespace howopen::scan {

/// One line: `- key: value`.
struct YamlLine {
  std::size_t indent = 0;  // of the content
  std::size_t dash = 0;    // column of the last one in front of it
  bool item = false;
  std::string_view key;
  bool answer = false;    // `: value` behind a line `? key`
  std::size_t value = 0;  // place of the first byte
  std::size_t end = 0;
};
YamlLine yaml_line(std::string_view text, std::size_t start);
std::size_t yaml_line_end(std::string_view text, std::size_t at);

/// A value without quotes, anchor, tag and the comment behind it: where it starts and ends.
std::pair<std::size_t, std::size_t> yaml_bare(std::string_view text, std::size_t from, std::size_t to);

/// The value of a key beside the one whose next line is at `at`, `indent` in, among the next few lines.
template <class Is>
std::string_view yaml_sibling(std::string_view text, std::size_t at, std::size_t indent, Is is) {
  for (int n = 0; n < 8 && at < text.size(); ++n) {
    const YamlLine next = yaml_line(text, at);
    at = next.end + 1;
    if (next.item || next.indent < indent) break;
    if (next.indent != indent || !is(next.key)) continue;
    const auto [from, to] = yaml_bare(text, next.value, next.end);
    return text.substr(from, to - from);
  }
  return {};
}

/// `{model: a/b, revision: v1}`, whose brace is at `from`, as the value of `around`; gives where it ends.
std::size_t yaml_mapping(const Slice& s, std::string_view around, std::size_t from, Scan& scan);

/// Keys whose values are commands, or words of them.
bool yaml_command_key(std::string_view key);
/// Keys of the values that another key may have.
bool yaml_choices(std::string_view key);

}  // namespace howopen::scan
