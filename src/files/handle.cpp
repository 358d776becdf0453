// Reading within a folder that is held open.

#include "files/handle.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

namespace howopen::files {

Handle open_parent(const Handle& root, const std::string& path, std::string& name) {
  Handle at = open_folder(root.get(), ".");
  std::size_t from = 0;
  for (std::size_t slash = path.find('/'); slash != std::string::npos && at.good();
       slash = path.find('/', from)) {
    at = open_folder(at.get(), path.substr(from, slash - from).c_str());
    from = slash + 1;
  }
  name = path.substr(from);
  return at;
}

std::optional<std::string> read_regular(int at, const char* name, std::size_t limit, bool head,
                                        std::uint64_t& size) {
  // Without O_NONBLOCK a named pipe put there after the look would be waited for.
  const Handle file(openat(at, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  struct stat s = {};
  if (!file.good() || fstat(file.get(), &s) != 0 || !S_ISREG(s.st_mode)) return std::nullopt;
  size = static_cast<std::uint64_t>(s.st_size);
  if (size > limit && !head) return std::string();
  std::string out(std::min<std::uint64_t>(size, limit), '\0');
  std::size_t got = 0;
  while (got < out.size()) {
    const ssize_t n = read(file.get(), out.data() + got, out.size() - got);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    got += static_cast<std::size_t>(n);
  }
  out.resize(got);
  return out;
}

}  // namespace howopen::files
