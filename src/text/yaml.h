// YAML of unknown origin, as the values of json.h with the line of each.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "text/json.h"

namespace howopen::text {

struct YamlError {
  std::string what;
  int line = 0;  ///< 1 for the first; 0 if unknown
};

struct Yaml {
  std::optional<Json> value;       ///< absent when the text is no YAML or beyond the limits
  std::optional<YamlError> error;  ///< then why
};

/// Reads the first document. Plain scalars stay strings as written (`no` is not a boolean, `3.10` not a
/// number), except null, true and false. Duplicate keys: the last counts. `first_line` is the line of the
/// text's first line in its file.
Yaml parse_yaml(std::string_view bytes, int first_line);

}  // namespace howopen::text
