// Files of just, as far as they are no shell: values with their functions, and recipes in other languages.
//
//   model := env_var_or_default("MODEL", "a/b")   ->  pair model, a/b
//   serve:
//       #!/usr/bin/env python3                    ->  Python to the end of the recipe

#include <algorithm>

#include "scan/parts.h"
#include "text/ascii.h"

namespace howopen::scan {
namespace {

struct RecipeLine {
  std::size_t from = 0;  // of its content
  std::size_t end = 0;
  std::size_t blanks = 0;  // in front
};

RecipeLine line_at(std::string_view s, std::size_t at) {
  const std::size_t end = std::min(s.find('\n', at), s.size());
  const std::size_t from = std::min(s.find_first_not_of(" \t", at), end);
  return {from, end, from - at};
}

}  // namespace

void scan_justfile(const Slice& s, Scan& scan) {
  for (std::size_t i = 0; i < s.text.size();) {
    const RecipeLine line = line_at(s.text, i);
    i = line.end + 1;
    const std::string_view text = s.text.substr(line.from, line.end - line.from);
    if (line.blanks == 0 && !text.starts_with("#") && text.find(":=") != std::string_view::npos) {
      scan_code(s.part(line.from, line.end - line.from), Syntax::config, scan);
    } else if (line.blanks > 0 && text.starts_with("#!")) {
      // A recipe goes on as long as its lines are set in.
      std::size_t end = i;
      while (end < s.text.size()) {
        const RecipeLine next = line_at(s.text, end);
        if (next.blanks == 0 && next.from < next.end && s.text[next.from] != '\r') break;
        end = next.end + 1;
      }
      scan_as("recipe", s.part(line.from, end - line.from), scan);
      i = std::max(i, std::min(end, s.text.size()));
    }
  }
}

}  // namespace howopen::scan
