// What a file names that is no model of the Hub, in words.
#pragma once

#include <string>
#include <string_view>

#include "howopen/scan.h"

namespace howopen::test {

/// `llama3: a name of another registry, not of the Hub`, with "; " between several.
inline std::string open_names(std::string_view file, std::string_view text) {
  std::string out;
  for (const Unresolved& u : scan_file(file, text).unresolved)
    out += (out.empty() ? "" : "; ") + u.text + ": " + u.why;
  return out;
}

}  // namespace howopen::test
