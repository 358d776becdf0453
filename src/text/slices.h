// Parts of a JSON document as they stand in it, found without reading all of it.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace howopen::text {

/// The elements of an array, untouched; nothing for what is no array. Whether an element is JSON itself is
/// for its reader to find out.
std::optional<std::vector<std::string_view>> slice_array(std::string_view json);

/// The value of a member of the outermost object, if it is a string without escapes; else "".
std::string_view slice_string(std::string_view json, std::string_view key);

}  // namespace howopen::text
