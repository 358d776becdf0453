// Sections of INI files: their name says what the values in them are about.
//
//   [app.model]
//   name = acme/foo-7b    ->  pair model, acme/foo-7b

#include <algorithm>

#include "scan/parts.h"
#include "scan/words.h"
#include "text/utf8.h"

namespace howopen::scan {

void scan_sections(const Slice& s, Scan& scan) {
  std::string_view section;
  for (std::size_t i = 0; i < s.text.size();) {
    const std::size_t end = std::min(s.text.find('\n', i), s.text.size());
    const std::string_view line = text::trim(s.text.substr(i, end - i));
    const std::size_t equals = line.find('=');
    i = end + 1;
    if (line.starts_with('[') && line.ends_with(']')) {
      section = line.substr(1, line.size() - 2);
      section.remove_prefix(section.rfind('.') == std::string_view::npos ? 0 : section.rfind('.') + 1);
    } else if (equals != std::string_view::npos && key_strength(section) > 0 &&
               words().part_keys.has(folded(text::trim(line.substr(0, equals))))) {
      std::string_view value = text::trim(line.substr(equals + 1));
      if (value.size() > 2 && (value[0] == '"' || value[0] == '\'') && value.back() == value[0])
        value = value.substr(1, value.size() - 2);
      scan_pair(section, value, s.place(static_cast<std::size_t>(value.data() - s.text.data())), s.down,
                scan);
    }
  }
}

}  // namespace howopen::scan
