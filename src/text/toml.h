// TOML of unknown origin: policy and lock files. Held as plain values, dates as text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "text/json.h"

namespace howopen::text {

struct TomlError {
  std::string what;
  int line = 0;
  int column = 0;
};
struct Toml {
  std::optional<Json> value;  ///< the table of the whole file; each value knows its line
  std::optional<TomlError> error;
};

/// Reads one document of at most limits::kPolicy bytes. A date is a string, `2027-03-31`; times keep TOML's
/// form.
Toml parse_toml(std::string_view bytes);

/// A string as TOML writes it, quoted and escaped.
std::string toml_string(std::string_view s);

}  // namespace howopen::text
