// A new file is made beside the old one under a name that nobody can guess, and moved to its place.
//
//   write_file("a.json", …) killed half-way  ->  a.json as it was, and no other file of that name

#include "files/file_io.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "files/handle.h"

namespace howopen::files {
namespace {

namespace fs = std::filesystem;

std::string folder_of(const std::string& path) {
  const std::string folder = fs::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

Error no_writing(const std::string& path, int error) {
  return {Fault::usage, std::string("cannot be written: ") + std::strerror(error), path, {}};
}

bool write_all(int fd, std::string_view rest) {
  while (!rest.empty()) {
    const ssize_t n = ::write(fd, rest.data(), rest.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    rest.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

// What somebody reads from while it is written to: there is nothing to replace.
bool is_a_stream(const std::string& path) {
  struct stat info {};
  return stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

// Access of a file that is there, or of one that is new.
mode_t mode_for(const std::string& path) {
  struct stat info {};
  if (lstat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode)) return info.st_mode & 07777;
  const mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

// Opened for writing, in the folder of `path`, and its name.
std::pair<int, std::string> open_beside(const std::string& path) {
  const fs::path p(path);
  // A name of 255 bytes leaves no room for more.
  std::string name = fmt::format("{}/.{}.XXXXXX", folder_of(path), p.filename().string().substr(0, 200));
  const int fd = mkostemp(name.data(), O_CLOEXEC);
  return {fd, std::move(name)};
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::size_t most) {
  const auto unreadable = [&] {
    return fail(Fault::usage, std::string("cannot be read: ") + std::strerror(errno), path);
  };
  const Handle file(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
  if (!file.good() && (errno == ENOENT || errno == ENOTDIR)) return fail(Fault::usage, "no such file", path);
  if (!file.good()) return unreadable();
  struct stat info {};
  if (fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode))
    return fail(Fault::usage, "not a regular file", path);
  std::string out;
  if (info.st_size > 0 && static_cast<std::size_t>(info.st_size) <= most)
    out.reserve(static_cast<std::size_t>(info.st_size) + 1);
  std::string piece(1u << 16, '\0');
  while (out.size() <= most) {
    const ssize_t n = read(file.get(), piece.data(), piece.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return unreadable();
    if (n == 0) return out;
    out.append(piece.data(), static_cast<std::size_t>(n));
  }
  return fail(Fault::usage, fmt::format("larger than {} bytes", most), path);
}

Result<void> stays_inside(const std::string& path) {
  const fs::path p = fs::path(path).lexically_normal();
  if (p.is_absolute() || p.begin() == p.end() || *p.begin() == "..") return {};
  std::error_code error;
  const fs::path here = fs::canonical(".", error);
  if (error) return {};
  const fs::path folder = fs::canonical(folder_of(p.string()), error);
  if (error) return {};  // no such folder: said by whoever writes
  const fs::path from_here = folder.lexically_relative(here);
  if (!from_here.empty() && *from_here.begin() != "..") return {};
  return fail(Fault::usage, "a link on the way leads out of the working directory", path,
              "name the folder that it leads to: " + folder.string());
}

Result<bool> write_file(const std::string& path, const std::string& content) {
  if (is_a_stream(path)) {
    const int fd = open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (fd < 0) return tl::unexpected<Error>(no_writing(path, errno));
    const bool whole = write_all(fd, content);
    const int error = errno;
    if (close(fd) != 0 || !whole) return tl::unexpected<Error>(no_writing(path, error));
    return true;
  }
  if (auto inside = stays_inside(path); !inside) return tl::unexpected<Error>(inside.error());
  auto [fd, name] = open_beside(path);
  if (fd < 0) return tl::unexpected<Error>(no_writing(path, errno));
  const bool whole = write_all(fd, content) && fchmod(fd, mode_for(path)) == 0 && fsync(fd) == 0;
  int error = errno;
  const bool closed = close(fd) == 0;
  if (!whole || !closed || rename(name.c_str(), path.c_str()) != 0) {
    if (whole) error = errno;
    unlink(name.c_str());
    return tl::unexpected<Error>(no_writing(path, error));
  }
  // The move itself has to outlast a power cut; not every file system lets a folder be synced.
  if (const Handle folder(open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)); folder.good())
    fsync(folder.get());
  return true;
}

Result<void> can_be_written(const std::string& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return fail(Fault::usage, "a folder, not a file", path);
  if (is_a_stream(path)) return {};
  if (auto inside = stays_inside(path); !inside) return inside;
  const auto [fd, name] = open_beside(path);
  if (fd < 0) return tl::unexpected<Error>(no_writing(path, errno));
  close(fd);
  unlink(name.c_str());
  return {};
}

FolderLock::FolderLock(const std::string& path)
    : folder_(open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  while (folder_.good() && flock(folder_.get(), LOCK_EX) != 0 && errno == EINTR) {
  }
}

std::string repository_root(const std::string& folder) {
  std::error_code error;
  for (fs::path p = fs::absolute(folder, error).lexically_normal(); !error; p = p.parent_path()) {
    for (const char* mark : {".git", ".hg", ".jj"}) {
      if (fs::exists(p / mark, error)) return p.generic_string();
    }
    if (p == p.parent_path()) break;
  }
  return {};
}

}  // namespace howopen::files
