// What a walk does not read, and folders that stand where a model is named.

#include "files/unread.h"

#include <dirent.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

#include "files/handle.h"
#include "files/tree.h"
#include "scan/words.h"
#include "text/utf8.h"

namespace howopen::files {
namespace {

constexpr std::size_t kMostEndings = 1'000;
constexpr std::size_t kMostTold = 5;
// What says of the weights beside it which model they are.
constexpr std::string_view kConfigs[] = {"adapter_config.json", "config.json", "model_index.json"};

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

namespace {

using namespace std::string_view_literals;

bool weights_of_text(std::string_view head) {
  if (head.size() < 10) return false;
  if (head.starts_with("GGUF") && head[5] == 0 && head[6] == 0 && head[7] == 0) return true;
  // The size of a header of JSON, and its brace.
  return head[8] == '{' && head[9] == '"' && head[4] == 0 && head[5] == 0 && head[6] == 0 && head[7] == 0;
}

// A number of a version, and the name of the program that wrote it.
bool is_onnx(std::string_view head) {
  if (head.size() < 16 || head[0] != 8 || head[1] < 3 || head[1] > 20 || head[2] != 0x12) return false;
  const auto size = static_cast<std::size_t>(static_cast<unsigned char>(head[3]));
  const std::string_view name = head.substr(4, size);
  return size > 0 && size < 64 && name.size() == size &&
         std::all_of(name.begin(), name.end(), [](char c) { return c >= ' ' && c < 0x7f; });
}

// Classes that the objects in it are of.
bool is_pickle_of_a_model(std::string_view head) {
  if (head.size() < 4 || head[0] != '\x80' || head[1] < 2 || head[1] > 5) return false;
  for (const std::string_view part :
       {"torch"sv, "sklearn"sv, "xgboost"sv, "lightgbm"sv, "catboost"sv, "keras"sv, "transformers"sv,
        "\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19"sv})
    if (head.find(part) != std::string_view::npos) return true;
  return false;
}

// Weights of formats whose head names no model.
bool is_weights(std::string_view name, std::string_view head) {
  constexpr std::size_t kFirstEntry = 256;  // of an archive
  if (head.starts_with("PK\3\4"))
    return head.substr(0, kFirstEntry).find("/data.pkl") != std::string_view::npos ||
           name.ends_with(".keras");
  if (head.starts_with("lmgg") || head.starts_with("tjgg") || head.starts_with("fmgg")) return true;
  if (head.substr(std::min<std::size_t>(4, head.size()), 4) == "TFL3") return true;
  if (is_onnx(head) || is_pickle_of_a_model(head)) return true;
  // Measurements are kept in HDF5, too, and anything in .bin.
  const bool hdf5 = head.starts_with("\x89HDF\r\n\x1a\n");
  if (hdf5) return name.ends_with(".h5") || name.ends_with(".hdf5") || name.ends_with(".keras");
  if (name.ends_with(".bin") || !scan::words().weight_endings.ends(name)) return false;
  return std::any_of(head.begin(), head.end(),
                     [](char c) { return c == 0 || static_cast<unsigned char>(c) >= 0x80; });
}

}  // namespace

std::string_view weights_by_content(std::string_view path, std::string_view head) {
  const std::string name = text::lower(path.substr(path.rfind('/') + 1));
  if (head.starts_with("version https://git-lfs.github.com/spec/")) {
    const bool other = scan::words().silent_endings.ends(name) && !scan::words().weight_endings.ends(name);
    return other ? std::string_view() : kLfsPointer;
  }
  if (weights_of_text(head)) return kOtherName;
  return is_weights(name, head) ? kUnnamedWeights : std::string_view();
}

bool is_lone_bytecode(std::string_view name, const std::vector<std::string>& beside) {
  if (!name.ends_with(".pyc") && !name.ends_with(".pyo")) return false;
  const std::string_view stem = name.substr(0, name.size() - 4);
  if (stem.find(".cpython-") != std::string_view::npos || stem.find(".pypy") != std::string_view::npos)
    return false;  // of __pycache__, which is never loaded without its source
  return !std::binary_search(beside.begin(), beside.end(), std::string(stem) + ".py");
}

bool is_beside_config(const std::vector<std::string>& names) {
  return std::any_of(std::begin(kConfigs), std::end(kConfigs), [&](std::string_view config) {
    return std::binary_search(names.begin(), names.end(), config);
  });
}

bool leads_inside(std::string_view path, std::string_view target) {
  auto depth = std::count(path.begin(), path.end(), '/');
  bool inside = !target.empty() && target.front() != '/';
  for (std::size_t i = 0; inside && i < target.size();) {
    const std::size_t end = std::min(target.find('/', i), target.size());
    const std::string_view part = target.substr(i, end - i);
    depth += part == ".." ? -1 : part.empty() || part == "." ? 0 : 1;
    inside = depth >= 0;
    i = end + 1;
  }
  return inside;
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

}  // namespace howopen::files
