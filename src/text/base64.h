// Bytes that are no text, inside JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace howopen::text {

std::string base64(std::string_view bytes);
/// Nothing for what is not base64 (with padding, without line breaks).
std::optional<std::string> from_base64(std::string_view s);

}  // namespace howopen::text
