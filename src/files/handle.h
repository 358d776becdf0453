// A file descriptor that closes itself, and what is opened within a folder that is held.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace howopen::files {

class Handle {
 public:
  explicit Handle(int fd) : fd_(fd) {}
  Handle(Handle&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    if (fd_ >= 0) close(fd_);
  }
  int get() const { return fd_; }
  bool good() const { return fd_ >= 0; }

 private:
  int fd_;
};

/// A folder by its name in another; a link only with `follow`.
inline Handle open_folder(int at, const char* name, bool follow = false) {
  return Handle(openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | (follow ? 0 : O_NOFOLLOW)));
}

/// The folder below `root` that the file of this path lies in, without passing a link, and the file's name.
Handle open_parent(const Handle& root, const std::string& path, std::string& name);

/// At most `limit` bytes of a regular file that stands in a folder under that name; nothing for a link, a
/// folder or what cannot be read. A longer file is empty, or its `head`. `size` is that of the file.
std::optional<std::string> read_regular(int at, const char* name, std::size_t limit, bool head,
                                        std::uint64_t& size);

}  // namespace howopen::files
