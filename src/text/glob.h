// Names against patterns with `*`.
#pragma once

#include <string_view>

namespace howopen::text {

/// Whether `name` matches `pattern`, in which `*` stands for any run of characters, `/` included. Time grows
/// with the product of the lengths at worst; both are short names.
bool glob(std::string_view pattern, std::string_view name);

}  // namespace howopen::text
