// Names against patterns with `*`.
#pragma once

#include <string_view>

namespace howopen::text {

/// Whether `name` matches `pattern`, in which `*` stands for any run of characters, `/` included. Time grows
/// with the product of the lengths at worst; both are short names.
bool glob(std::string_view pattern, std::string_view name);

/// Whether a path with slashes matches, as in .gitignore: `*` and `?` stop at a slash, `**` does not, `[a-z]`
/// is one of these, a backslash takes the next character as it is. The whole of the path must match.
bool path_glob(std::string_view pattern, std::string_view path);

}  // namespace howopen::text
