// The index of a git repository, read without git: .gitignore hides nothing that is tracked, else one line in
// it would hide a file from a gate.
//
//   "DIRC", version 2, one entry "src/app.py"  ->  {"src/app.py"}

#include "files/git_index.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <optional>

#include "text/limits.h"

namespace howopen::files {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHead = 12;
constexpr std::size_t kFixed = 62;  // of an entry, before its path, with SHA-1
constexpr std::size_t kLongestPath = 4096;
constexpr std::size_t kMostPathBytes = 256u << 20;

std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < size; ++i) out = out << 8 | static_cast<unsigned char>(bytes[at + i]);
  return out;
}

// Nothing but a regular file, no link, nothing that is waited for.
std::string content_of(const std::string& path) {
  std::string out;
  const int fd = open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0) return out;
  struct stat s = {};
  if (fstat(fd, &s) == 0 && S_ISREG(s.st_mode) && static_cast<std::size_t>(s.st_size) <= limits::kListing) {
    out.resize(static_cast<std::size_t>(s.st_size));
    std::size_t got = 0;
    while (got < out.size()) {
      const ssize_t n = read(fd, out.data() + got, out.size() - got);
      if (n <= 0) break;
      got += static_cast<std::size_t>(n);
    }
    out.resize(got);
  }
  close(fd);
  return out;
}

// Version 4: how many bytes of the path before go, ahead of what comes in their place.
std::optional<std::size_t> cut_of(std::string_view bytes, std::size_t& at) {
  std::size_t out = 0;
  for (bool first = true; at < bytes.size() && out <= kLongestPath; first = false) {
    const auto c = static_cast<unsigned char>(bytes[at++]);
    out = (first ? 0 : (out + 1) << 7) | (c & 0x7FU);
    if ((c & 0x80U) == 0) return out;
  }
  return std::nullopt;
}

// Worktrees and submodules: a line "gitdir: PATH", from beside the file.
fs::path git_folder(const fs::path& git, const fs::file_status& status) {
  if (fs::is_directory(status)) return git;
  constexpr std::string_view kHeadLine = "gitdir: ";
  std::string line = content_of(git.string());
  line.resize(std::min(line.find('\n'), line.size()));
  if (!line.starts_with(kHeadLine) || line.size() > kLongestPath) return git;
  return git.parent_path() / fs::path(line.substr(kHeadLine.size()));
}

}  // namespace

std::vector<std::string> index_paths(std::string_view bytes) {
  std::vector<std::string> out;
  if (bytes.size() < kHead || !bytes.starts_with("DIRC")) return out;
  const std::uint32_t version = number(bytes, 4, 4);
  const std::uint32_t count = number(bytes, 8, 4);
  if (version < 2 || version > 4) return out;
  std::string path;
  std::size_t total = 0;
  std::size_t at = kHead;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (at + kFixed >= bytes.size()) return {};
    const bool extended = (number(bytes, at + kFixed - 2, 2) & 0x4000U) != 0;
    std::size_t name = at + kFixed + (extended ? 2 : 0);
    if (version == 4) {
      const auto cut = cut_of(bytes, name);
      if (!cut || *cut > path.size()) return {};
      path.resize(path.size() - *cut);
    } else {
      path.clear();
    }
    const std::size_t end = bytes.find('\0', name);
    if (end == std::string_view::npos || path.size() + end - name > kLongestPath) return {};
    path.append(bytes.substr(name, end - name));
    if (path.empty()) return {};
    // Version 4 writes what paths have in common once: a small file may stand for any length of them.
    total += path.size();
    if (total > kMostPathBytes) return {};
    out.push_back(path);
    at = version == 4 ? end + 1 : at + (end - at + 8) / 8 * 8;
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::optional<std::vector<std::string>> tracked_files(const std::string& folder) {
  std::error_code error;
  const fs::path start = fs::canonical(folder.empty() ? "." : folder, error);
  if (error) return std::nullopt;
  for (fs::path p = start;; p = p.parent_path()) {
    const fs::file_status git = fs::symlink_status(p / ".git", error);
    if (fs::exists(git)) {
      const std::string index = content_of((git_folder(p / ".git", git) / "index").string());
      // No index yet: nothing is tracked. One that cannot be read says nothing.
      if (index.empty() && !fs::is_directory(git)) return std::nullopt;
      std::vector<std::string> all = index_paths(index);
      if (all.empty() && index.size() > kHead + kFixed) return std::nullopt;
      const std::string below = p == start ? "" : start.lexically_relative(p).generic_string() + "/";
      if (below.empty()) return all;
      std::vector<std::string> out;
      for (const std::string& path : all) {
        if (path.starts_with(below)) out.push_back(path.substr(below.size()));
      }
      return out;
    }
    if (p == p.parent_path()) return std::nullopt;
  }
}

}  // namespace howopen::files
