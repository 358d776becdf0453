// What a walk does not read, and folders that stand where a model is named.

#include "cli/unread.h"

#include <dirent.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

#include "scan/words.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

constexpr std::size_t kMostEndings = 1'000;
constexpr std::size_t kMostTold = 5;

class Folders {
 public:
  explicit Folders(const Handle& root) : root_(root) {}

  // Seen from the top. No link is passed.
  bool has(std::string_view path) {
    if (const auto known = known_.find(path); known != known_.end()) return known->second;
    Handle at = open_folder(root_.get(), ".");
    bool found = true;
    for (std::size_t i = 0; i < path.size() && found;) {
      const std::size_t end = std::min(path.find('/', i), path.size());
      const std::string part(path.substr(i, end - i));
      Handle next = open_folder(at.get(), part.c_str());
      found = part != ".." && next.good();
      at = std::move(next);
      i = end + 1;
    }
    return known_.emplace(std::string(path), found).first->second;
  }

 private:
  const Handle& root_;
  std::map<std::string, bool, std::less<>> known_;
};

bool is_empty(const Handle& folder) {
  const int copy = fcntl(folder.get(), F_DUPFD_CLOEXEC, 0);
  DIR* dir = copy < 0 ? nullptr : fdopendir(copy);
  if (dir == nullptr) {
    if (copy >= 0) close(copy);
    return false;
  }
  rewinddir(dir);
  bool empty = true;
  while (const dirent* entry = readdir(dir)) {
    const std::string_view name = entry->d_name;
    empty = empty && (name == "." || name == ".." || name == ".git");
  }
  closedir(dir);
  return empty;
}

std::string content(const Handle& root, const char* name) {
  constexpr std::size_t kMost = 256u << 10;
  const Handle file(openat(root.get(), name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  std::string out;
  std::array<char, 4096> buffer{};
  while (file.good() && out.size() < kMost) {
    const ssize_t n = read(file.get(), buffer.data(), buffer.size());
    if (n <= 0) break;
    out.append(buffer.data(), static_cast<std::size_t>(n));
  }
  return out;
}

}  // namespace

void UnreadKinds::count(std::string_view path) {
  const std::string name = text::lower(path.substr(path.rfind('/') + 1));
  const std::size_t dot = name.rfind('.');
  const std::string ending = dot == std::string::npos ? std::string("no ending") : name.substr(dot);
  if (ending.size() > 16 || scan::words().silent_endings.has(ending)) return;
  ++files_;
  if (const auto known = endings_.find(ending); known != endings_.end())
    ++known->second;
  else if (endings_.size() < kMostEndings)
    endings_.emplace(ending, 1);
}

std::string UnreadKinds::told() const {
  if (files_ == 0) return {};
  std::vector<std::pair<std::string, std::size_t>> most(endings_.begin(), endings_.end());
  std::stable_sort(most.begin(), most.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string out =
      fmt::format("{} of {} not read:", files_ == 1 ? "a file" : fmt::format("{} files", files_),
                  files_ == 1 ? "a kind that is" : "kinds that are");
  for (std::size_t i = 0; i < most.size() && i < kMostTold; ++i)
    out += fmt::format("{} {} {}", i == 0 ? "" : ",", text::printable(most[i].first), most[i].second);
  return most.size() > kMostTold ? out + " ..." : out;
}

bool weights_by_content(std::string_view head) {
  if (head.size() < 10) return false;
  if (head.starts_with("GGUF") && head[5] == 0 && head[6] == 0 && head[7] == 0) return true;
  // The size of a header of JSON, and its brace.
  return head[8] == '{' && head[9] == '"' && head[4] == 0 && head[5] == 0 && head[6] == 0 && head[7] == 0;
}

std::vector<std::string> missing_submodules(const Handle& root) {
  constexpr std::size_t kMost = 1'000;
  std::vector<std::string> out;
  const std::string all = content(root, ".gitmodules");
  Folders folders(root);
  for (std::size_t at = 0; at < all.size() && out.size() < kMost;) {
    const std::size_t end = std::min(all.find('\n', at), all.size());
    const std::string_view line = text::trim(std::string_view(all).substr(at, end - at));
    at = end + 1;
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || text::trim(line.substr(0, equals)) != "path") continue;
    const std::string path(text::trim(line.substr(equals + 1)));
    if (path.empty() || path.front() == '/' || path.find("..") != std::string::npos) continue;
    if (!folders.has(path) || is_empty(open_folder(root.get(), path.c_str()))) out.push_back(path);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

void prefer_folders(const Handle& root, Scanned& scanned) {
  Folders folders(root);
  std::vector<ModelReference> kept;
  for (ModelReference& r : scanned.references) {
    const bool address = r.line == 0 || r.form == "url" || r.form.find(':') != std::string::npos ||
                         r.form == "huggingface/" || r.id.find('/') == std::string::npos;
    const std::size_t slash = r.file.rfind('/');
    const bool local = !address && (folders.has(r.id) || (slash != std::string::npos &&
                                                          folders.has(r.file.substr(0, slash + 1) + r.id)));
    if (local)
      scanned.unresolved.push_back(
          {r.id, r.file, r.line, r.column, r.form, "a folder of the tree has this name"});
    else
      kept.push_back(std::move(r));
  }
  scanned.references = std::move(kept);
}

}  // namespace howopen::cli
