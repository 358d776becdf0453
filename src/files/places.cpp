// Lines by number, and columns in the units that their readers count.
//
//   utf16_column("😀 x", 3)  ->  4

#include "files/places.h"

#include <algorithm>
#include <filesystem>

#include "files/file_io.h"
#include "text/limits.h"
#include "text/utf8.h"

namespace howopen::files {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kShownLine = 160;

}  // namespace

std::string from_here(const std::string& path) {
  std::error_code error;
  fs::path out = fs::path(path).lexically_normal();
  if (out.is_absolute()) {
    const fs::path here = fs::current_path(error);
    if (const fs::path near = out.lexically_relative(here); !error && !near.empty()) out = near;
  }
  std::string written = out.generic_string();
  while (written.size() > 1 && written.ends_with('/')) written.pop_back();
  return written;
}

FromRoot::FromRoot() {
  std::error_code error;
  here_ = fs::current_path(error).generic_string();
  if (!error) root_ = repository_root(here_);
  if (root_ == here_) root_.clear();
}

std::string FromRoot::operator()(const std::string& path) const {
  if (root_.empty()) return path;
  const fs::path inside = (fs::path(here_) / path).lexically_normal().lexically_relative(root_);
  return inside.empty() || *inside.begin() == ".." ? path : inside.generic_string();
}

std::optional<std::string> below(const std::string& folder, const std::string& path) {
  std::error_code error;
  const fs::path top = fs::canonical(folder, error);
  if (error) return std::nullopt;
  const fs::path inside = fs::canonical(path, error);
  if (error) return std::nullopt;
  const std::string out = inside.lexically_relative(top).generic_string();
  if (out == ".") return std::string();
  if (out.empty() || out.starts_with("..")) return std::nullopt;
  return out + "/";
}

std::string_view LinesOfFiles::operator()(const std::string& path, int line) {
  const auto [entry, fresh] = files_.try_emplace(path);
  File& file = entry->second;
  if (fresh) {
    std::error_code error;
    if (fs::is_regular_file(fs::symlink_status(path, error))) {
      if (auto content = read_file(path, limits::kRecord)) file.content = std::move(*content);
      // Places are counted as the scan counted them.
      if (std::string utf8 = text::from_utf16(file.content); !utf8.empty()) file.content = std::move(utf8);
    }
    for (std::size_t at = 0; at < file.content.size();) {
      file.starts.push_back(at);
      at = std::min(file.content.find('\n', at), file.content.size() - 1) + 1;
    }
  }
  if (line < 1 || static_cast<std::size_t>(line) > file.starts.size()) return {};
  const std::string_view rest =
      std::string_view(file.content).substr(file.starts[static_cast<std::size_t>(line) - 1]);
  return rest.substr(0, rest.find('\n'));
}

std::string shown_line(std::string_view line) {
  line = text::trim(line);
  std::size_t size = 0;
  while (size < line.size() && size < kShownLine)
    size += std::max<std::size_t>(text::next_utf8(line.substr(size, 4)).size(), 1);
  return std::string(line.substr(0, size));
}

int utf16_column(std::string_view line, int characters) {
  int column = 1;
  for (int n = 1; n < characters && !line.empty(); ++n) {
    const std::string_view one = text::next_utf8(line.substr(0, 4));
    column += one.size() == 4 ? 2 : 1;
    line.remove_prefix(std::max<std::size_t>(one.size(), 1));
  }
  return column;
}

int characters(std::string_view s) {
  int out = 0;
  for (; !s.empty(); ++out) s.remove_prefix(std::max<std::size_t>(text::next_utf8(s.substr(0, 4)).size(), 1));
  return out;
}

}  // namespace howopen::files
