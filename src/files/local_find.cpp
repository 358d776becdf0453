// A folder is a model where weights stand beside what says so: a configuration, an index, a card with data.
//
//   tune/config.json ("model_type"), tune/model.safetensors  ->  ./tune
//   x/main.py, x/LICENSE, x/a.gguf, x/b.gguf                  ->  ./x/a.gguf and ./x/b.gguf, each by itself

#include "files/local_find.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <set>

#include "facts/names.h"
#include "fetch/local_heads.h"
#include "files/local.h"
#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen::files {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFolders = 100'000;
constexpr int kDeepestFolder = 24;
constexpr std::int64_t kSmallest = 1'000'000;  // of a checkpoint; what is less is a fixture of some test
constexpr std::size_t kHeadOfConfig = 256u << 10;

using ReadHead = std::function<std::string(const std::string& name, std::size_t most)>;

bool any_of(const std::vector<std::string>& names, const std::function<bool(const std::string&)>& is) {
  return std::any_of(names.begin(), names.end(), is);
}

bool of_a_program(const std::string& name) {
  constexpr std::array<std::string_view, 26> kEndings = {
      ".py",   ".js",  ".ts",     ".go",    ".rs",    ".java", ".kt",    ".c",  ".cc",
      ".cpp",  ".h",   ".hpp",    ".cs",    ".rb",    ".php",  ".swift", ".sh", ".toml",
      ".lock", ".mod", ".gradle", ".cmake", ".ipynb", ".tsx",  ".jsx",   ".mk"};
  const std::string lower = text::lower(name);
  return lower == "package.json" || lower == "makefile" || lower == "dockerfile" ||
         lower == "cmakelists.txt" || std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view e) {
           return lower.ends_with(e);
         });
}

// Whether the files of one folder, `names`, make it a model's.
bool is_model(const std::vector<std::string>& names, const std::function<bool()>& weights_below,
              const ReadHead& read) {
  const auto has = [&](std::string_view name) {
    return std::binary_search(names.begin(), names.end(), name);
  };
  if (has("model_index.json") && weights_below()) return true;
  const bool weights = any_of(names, [](const std::string& n) { return facts::weight_file(n).has_value(); });
  if (!weights) return false;
  if (has("adapter_config.json") ||
      any_of(names, [](const std::string& n) { return facts::shard_index(n).has_value(); }))
    return true;
  if (has("config.json")) {
    const std::string config = read("config.json", kHeadOfConfig);
    for (const char* key :
         {"\"model_type\"", "\"architectures\"", "\"_class_name\"", "\"quantization_config\""}) {
      if (config.find(key) != std::string::npos) return true;
    }
  }
  // A text beside nothing but weights is theirs; in a folder of a program it is the program's.
  const bool text = any_of(names, [](const std::string& n) { return facts::license_file(n).has_value(); });
  if (text && !any_of(names, of_a_program)) return true;
  // A card of the Hub begins with its data.
  return has("README.md") && read("README.md", 4).starts_with("---");
}

std::string in(const std::string& folder, const std::string& name) {
  return folder.empty() ? name : folder + "/" + name;
}

// Files of one folder that are weights by themselves. Shards of one model are one.
std::vector<std::string> lone_sets(const std::string& folder, const std::vector<std::string>& names,
                                   const std::function<std::int64_t(const std::string&)>& size) {
  std::vector<std::string> out;
  std::set<std::string> sets;
  for (const std::string& name : names) {
    std::string path = in(folder, name);
    if (lone_weights(path, size(name)) && sets.insert(facts::weight_file(path)->set).second)
      out.push_back(std::move(path));
  }
  return out;
}

class Finder {
 public:
  Finder(std::string root, const LeaveOut& leave_out, std::string& missed)
      : root_(std::move(root)), leave_out_(leave_out), missed_(missed) {}

  std::vector<std::string> run() {
    folder("", 0);
    std::sort(out_.begin(), out_.end());
    return std::move(out_);
  }

 private:
  struct Content {
    std::vector<std::string> files, folders;
    std::map<std::string, std::int64_t> sizes;
  };

  fs::path at(const std::string& path) const {
    return path.empty() ? fs::path(root_) : fs::path(root_) / path;
  }

  Content content(const std::string& path) const {
    Content out;
    std::error_code error;
    for (fs::directory_iterator it(at(path), fs::directory_options::skip_permission_denied, error);
         !error && it != fs::directory_iterator(); it.increment(error)) {
      std::error_code ignored;
      const std::string name = it->path().filename().generic_string();
      if (it->is_symlink(ignored)) continue;
      const bool folder = it->is_directory(ignored);
      if (leave_out_ && leave_out_(in(path, name), folder)) continue;
      if (folder) {
        out.folders.push_back(name);
      } else if (it->is_regular_file(ignored)) {
        out.files.push_back(name);
        out.sizes[name] = static_cast<std::int64_t>(it->file_size(ignored));
      }
    }
    std::sort(out.files.begin(), out.files.end());
    std::sort(out.folders.begin(), out.folders.end());
    return out;
  }

  std::string typed(const std::string& path) const {
    const std::string whole = at(path).generic_string();
    return names_local(whole) ? whole : "./" + whole;
  }

  // A snapshot of a cache of the Hub's is links to blobs.
  static bool is_snapshot(const std::string& path) {
    const fs::path p(path);
    return p.parent_path().filename() == "snapshots" &&
           p.parent_path().parent_path().filename().generic_string().starts_with("models--");
  }

  void folder(const std::string& path, int depth) {
    if (depth > kDeepestFolder || ++folders_ > kMostFolders) {
      if (missed_.empty()) missed_ = at(path).generic_string();
      return;
    }
    if (is_snapshot(path)) {
      out_.push_back(typed(path));
      return;
    }
    const Content here = content(path);
    const auto has = [](const std::vector<std::string>& names, std::string_view name) {
      return std::binary_search(names.begin(), names.end(), name);
    };
    if ((has(here.files, "index.json") || has(here.files, "models.json")) && has(here.folders, "blobs")) {
      if (auto tags = fetch::oci_tags(at(path).generic_string(), false)) {
        for (const std::string& tag : *tags)
          artifact("oci:" + at(path).generic_string() + (tag.find(':') < 8 ? "@" : ":") + tag);
        return;
      }
    }
    if (has(here.folders, "manifests") && has(here.folders, "blobs")) {
      const std::string store = at(path).generic_string();
      for (const std::string& name : fetch::ollama_names(store, "*"))
        out_.push_back("ollama:" + name + "@" + store);
      return;
    }
    const auto read = [&](const std::string& name, std::size_t most) {
      return fetch::bytes_of({(at(path) / name).generic_string(), here.sizes.at(name)}, 0, most);
    };
    if (is_model(
            here.files, [&] { return !here.folders.empty(); }, read)) {
      out_.push_back(typed(path));
      return;
    }
    for (const std::string& file :
         lone_sets(path, here.files, [&](const std::string& name) { return here.sizes.at(name); }))
      out_.push_back(typed(file));
    archives(path, here);
    for (const std::string& name : here.folders) {
      if (name != ".git") folder(in(path, name), depth + 1);
    }
  }

  // An image may hold several models. False where it cannot be opened.
  bool packed(const std::string& word) {
    const auto inside = local_content(word, true);
    if (!inside) return false;
    out_.insert(out_.end(), inside->words.begin(), inside->words.end());
    if (!inside->whole && missed_.empty()) missed_ = word.substr(word.find(':') + 1);
    return true;
  }

  // What cannot be opened is told when it is judged.
  void artifact(const std::string& word) {
    if (!packed(word)) out_.push_back(word);
  }

  void archives(const std::string& path, const Content& here) {
    for (const std::string& name : here.files) {
      // What cannot be opened is no archive, whatever it is called.
      if (facts::archive_file(name) && (!leave_out_ || !leave_out_(in(path, name), false)))
        packed(fetch::artifact_word(at(in(path, name)).generic_string()));
    }
  }

  std::string root_;
  const LeaveOut& leave_out_;
  std::string& missed_;
  std::size_t folders_ = 0;
  std::vector<std::string> out_;
};

}  // namespace

bool lone_weights(std::string_view path, std::int64_t size) {
  constexpr std::array<std::string_view, 15> kEndings = {
      ".pt",   ".pth",      ".ckpt",      ".nemo", ".h5",      ".hdf5",     ".keras", ".tflite",
      ".onnx", ".pdparams", ".llamafile", ".ggml", ".mlmodel", ".litertlm", ".rkllm"};
  const std::string lower = text::lower(path);
  if (!facts::weight_file(path)) return false;
  if (lower.ends_with(".gguf") || lower.ends_with(".safetensors")) return true;
  return size >= kSmallest && std::any_of(kEndings.begin(), kEndings.end(),
                                          [&](std::string_view ending) { return lower.ends_with(ending); });
}

std::vector<std::string> models_among(const fetch::LocalModel& files) {
  std::map<std::string, std::vector<std::string>> folders;
  for (const auto& [path, file] : files.files) {
    const std::string in = std::string(text::folder_of(path));
    folders[in].push_back(in.empty() ? path : path.substr(in.size() + 1));
    for (std::string above = in; !above.empty();) folders[above = std::string(text::folder_of(above))];
  }
  std::vector<std::string> out;
  std::set<std::string> models;  // folders
  const auto covered = [&](std::string folder) {
    while (!models.contains(folder) && !folder.empty()) folder = std::string(text::folder_of(folder));
    return models.contains(folder);
  };
  // A folder stands before what is in it.
  for (auto& [path, names] : folders) {
    const std::string& folder = path;  // clang 14 captures no structured bindings
    std::sort(names.begin(), names.end());
    if (covered(folder)) continue;
    const std::function<bool()> below = [&] {
      return std::any_of(files.files.begin(), files.files.end(), [&](const auto& f) {
        return facts::weight_file(f.first).has_value() && f.first.starts_with(in(folder, ""));
      });
    };
    const auto read = [&](const std::string& name, std::size_t most) {
      return fetch::bytes_of(files.files.at(in(folder, name)), 0, most);
    };
    if (is_model(names, below, read)) {
      models.insert(folder);
      out.push_back(in(folder, ""));
      continue;
    }
    for (std::string& file : lone_sets(
             folder, names, [&](const std::string& name) { return files.files.at(in(folder, name)).size; }))
      out.push_back(std::move(file));
  }
  std::sort(out.begin(), out.end());
  return out;
}

fetch::LocalModel model_among(const fetch::LocalModel& files, const std::string& name) {
  fetch::LocalModel out;
  out.id = files.id;
  out.where = files.where + "#" + name;
  const bool folder = name.empty() || name.ends_with('/');
  out.whole = files.whole && folder;
  const auto weights = facts::weight_file(name);
  for (const auto& [path, file] : files.files) {
    const auto other = folder || !weights ? std::nullopt : facts::weight_file(path);
    if (folder ? path.starts_with(name) : path == name || (other && other->set == weights->set))
      out.files[folder ? path.substr(name.size()) : path.substr(path.rfind('/') + 1)] = file;
  }
  return out;
}

LeaveOut only(const std::vector<std::string>& weights) {
  std::set<std::string, std::less<>> seen(weights.begin(), weights.end());
  std::set<std::string, std::less<>> folders;
  for (const std::string& file : weights) {
    for (std::string above = std::string(text::folder_of(file)); !above.empty();
         above = std::string(text::folder_of(above))) {
      if (!folders.insert(above).second) break;
    }
  }
  return [seen = std::move(seen), folders = std::move(folders)](const std::string& path, bool folder) {
    return folder
               ? !folders.contains(path)
               : (facts::weight_file(path).has_value() || facts::archive_file(path)) && !seen.contains(path);
  };
}

std::vector<std::string> find_local(const std::string& root, const LeaveOut& leave_out, std::string& missed) {
  return Finder(root, leave_out, missed).run();
}

}  // namespace howopen::files
