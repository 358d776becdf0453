// Names of contents.
#pragma once

#include <string>
#include <string_view>

namespace howopen::text {

std::string sha256(std::string_view bytes);    ///< 64 hex digits
std::string git_blob(std::string_view bytes);  ///< the id git gives a file of this content, 40 hex digits

/// Same rule, same model, same fact: the same digest, wherever it was found.
std::string fingerprint(std::string_view rule, std::string_view id, std::string_view fact);

}  // namespace howopen::text
