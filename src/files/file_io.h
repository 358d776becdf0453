// Files of the user: read whole within bounds, written whole or not at all.
#pragma once

#include <cstddef>
#include <string>

#include "files/handle.h"
#include "howopen/result.h"

namespace howopen::files {

/// A whole regular file, at most `most` bytes. Never waits: a pipe, a device, and what the kernel has no data
/// of are errors.
Result<std::string> read_file(const std::string& path, std::size_t most);

/// The top of the repository that a folder lies in: git's, Mercurial's or jj's; "" for none.
std::string repository_root(const std::string& folder);

/// Writes a file so that it is either the old one or the whole new one, also after a power cut. The new file
/// has the mode of the one that it replaces. A link at `path` is replaced, not followed; a folder on the way
/// that is a link out of the working directory is an error. Pipes and devices are written to as they are.
Result<bool> write_file(const std::string& path, const std::string& content);

/// An error where write_file() would fail; leaves nothing behind.
Result<void> can_be_written(const std::string& path);

/// An error where a path that is written without `..` leads out of the working directory through a link.
Result<void> stays_inside(const std::string& path);

/// Keeps other processes that take it for the same folder waiting, until it goes. For what is read, changed
/// and written again: a policy, a lock.
class FolderLock {
 public:
  /// Of the folder that `path` lies in. Where it cannot be locked nobody is kept waiting.
  explicit FolderLock(const std::string& path);

 private:
  Handle folder_;
};

}  // namespace howopen::files
