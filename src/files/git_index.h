// What git tracks.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace howopen::files {

/// Paths of an index file of git, versions 2 to 4, sorted; none for what is not one.
std::vector<std::string> index_paths(std::string_view bytes);

/// Files that the repository around a folder tracks, relative to this folder, sorted; nothing where there is
/// no repository, or its index cannot be read. A .git that is a file (worktrees, submodules) is followed.
std::optional<std::vector<std::string>> tracked_files(const std::string& folder);

}  // namespace howopen::files
