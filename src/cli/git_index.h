// What git tracks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace howopen::cli {

/// Paths of an index file of git, versions 2 to 4, sorted; none for what is not one.
std::vector<std::string> index_paths(std::string_view bytes);

/// Files that the repository around a folder tracks, relative to this folder, sorted. None where there is no
/// repository, or where its .git is not a folder (worktrees, submodules): such a file may point anywhere.
std::vector<std::string> tracked_files(const std::string& folder);

}  // namespace howopen::cli
