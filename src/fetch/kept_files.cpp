// How caches and stores read and write. A key beside the files would be no better kept than they are, so what
// protects them is that the folder is its owner's alone.
//
//   write_atomically(F, F/blobs/26/261eeb…, "MIT License …")  ->  F/tmp/Xq3f9z, moved there when it is whole

#include "fetch/kept_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>

namespace howopen::fetch {
namespace {
namespace fs = std::filesystem;
}

void make_cache_folder(const std::string& folder) {
  std::error_code ignored;
  fs::create_directories(fs::path(folder).parent_path(), ignored);
  mkdir(folder.c_str(), 0700);  // at once: a folder that others may write to is refused
}

std::optional<std::string> read_whole(const std::string& path) {
  constexpr std::size_t kLargestEntry = 64u << 20;
  const int fd = open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY);
  if (fd < 0) return std::nullopt;
  struct stat info {};
  std::optional<std::string> out;
  if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_uid == geteuid() &&
      static_cast<std::uint64_t>(info.st_size) <= kLargestEntry) {
    out.emplace(static_cast<std::size_t>(info.st_size), '\0');
    for (std::size_t at = 0; at < out->size();) {
      const ssize_t n = read(fd, out->data() + at, out->size() - at);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) {
        out.reset();
        break;
      }
      at += static_cast<std::size_t>(n);
    }
  }
  close(fd);
  return out;
}

bool is_ours(const std::string& folder) {
  struct stat info {};
  if (stat(folder.c_str(), &info) != 0) return errno == ENOENT;  // made when it is needed
  return S_ISDIR(info.st_mode) && info.st_uid == geteuid() && (info.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

void touch(const std::string& path) {
  std::error_code ignored;
  fs::last_write_time(path, fs::file_time_type::clock::now(), ignored);
}

bool write_atomically(const std::string& folder, const std::string& path, std::string_view content) {
  std::error_code error;
  make_cache_folder(folder);
  fs::create_directories(fs::path(path).parent_path(), error);
  if (error) return false;
  fs::create_directories(folder + "/tmp", error);
  std::string temporary = folder + "/tmp/XXXXXX";
  const int fd = mkstemp(temporary.data());
  if (fd < 0) return false;
  bool ok = true;
  for (std::string_view rest = content; ok && !rest.empty();) {
    const ssize_t n = ::write(fd, rest.data(), rest.size());
    ok = n > 0;
    if (ok) rest.remove_prefix(static_cast<std::size_t>(n));
  }
  ok = ::close(fd) == 0 && ok;
  if (ok) fs::rename(temporary, path, error);
  if (!ok || error) fs::remove(temporary, error);
  return ok && !error;
}

}  // namespace howopen::fetch
