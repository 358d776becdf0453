// The three calls of the library, in the words of C++: see howopen.h.
#pragma once

#include <string>
#include <string_view>

#include "howopen/result.h"

namespace howopen::library {

/// Each gives the report as `-o json=FILE` writes it. `options` is a JSON object; "" for none.
Result<std::string> audit(std::string_view snapshot, std::string_view options);
Result<std::string> license(std::string_view text, std::string_view options);
Result<std::string> scan(const std::string& folder, std::string_view options);

/// `{"error": …}`, with its line end.
std::string error_json(const Error& error);

}  // namespace howopen::library
