// The quick way to read JSON: what is plain, and no other.
#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>

#include "text/json.h"

namespace howopen::text {

/// What parse_json gives for such a document, at a fraction of the cost. Nothing means that this reader is
/// not the one to say: a document may be no JSON, deep, large, or hold numbers beyond 64 bits.
std::optional<Json> quick_json(std::string_view bytes, std::initializer_list<std::string_view> skip);

}  // namespace howopen::text
