// Bytes made shorter, and what they were.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace howopen::text {

std::string deflated(std::string_view bytes);
/// Nothing for what deflated() did not make, and for more than `most` bytes.
std::optional<std::string> inflated(std::string_view bytes, std::size_t most);

}  // namespace howopen::text
