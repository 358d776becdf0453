// Files of our own: of one user, read with suspicion, written whole or not at all.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace howopen::fetch {

/// Makes the folder of a cache, for its owner alone. Nothing happens where it is there.
void make_cache_folder(const std::string& folder);

/// A regular file of ours of a size that we would have written; anything else is a miss, and none is waited
/// for.
std::optional<std::string> read_whole(const std::string& path);

/// An answer has no proof of its own as a content has: whoever may write here may write any. So the folder
/// has to be ours, and nobody else's to write to. One that is not there yet is.
bool is_ours(const std::string& folder);

/// By way of a file in `folder`/tmp, so that a reader sees all of it or none. False where that fails: a cache
/// that cannot be written to is one that is not there.
bool write_atomically(const std::string& folder, const std::string& path, std::string_view content);

/// Marks a file as used, for pruning.
void touch(const std::string& path);

}  // namespace howopen::fetch
