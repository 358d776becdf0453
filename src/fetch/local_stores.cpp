// Folders, files and Ollama's store as models.
//
//   ~/.ollama/models/manifests/registry.ollama.ai/library/llama3.2/3b
//     ->  model.gguf, LICENSE, template.txt, each a blob of the store

#include <algorithm>
#include <filesystem>

#include "fetch/local.h"
#include "fetch/local_heads.h"
#include "text/ascii.h"
#include "text/glob.h"
#include "text/json.h"
#include "text/utf8.h"

namespace howopen::fetch {
namespace {

namespace fs = std::filesystem;
using text::Json;

constexpr std::size_t kMostLocalFiles = 20'000;
constexpr int kDeepest = 12;
constexpr std::size_t kMostManifest = 1u << 20;
constexpr std::size_t kMostNames = 10'000;
constexpr std::string_view kRegistry = "registry.ollama.ai/";
constexpr std::string_view kLibrary = "registry.ollama.ai/library/";

// Within the folder, links followed. Snapshots of a cache of the Hub's are links to blobs beside them.
bool belongs_to(const fs::path& path, const fs::path& root) {
  if (lies_in(path.generic_string(), root.generic_string())) return true;
  const fs::path repository = root.parent_path().parent_path();
  return root.parent_path().filename() == "snapshots" &&
         repository.filename().generic_string().starts_with("models--") &&
         lies_in(path.generic_string(), (repository / "blobs").generic_string());
}

// `.lmstudio/models/publisher/repo/file.gguf` names a repository of the Hub.
std::string named_by_place(const fs::path& folder) {
  const std::string repo = folder.filename().generic_string();
  const fs::path above = folder.parent_path();
  const std::string publisher = above.filename().generic_string();
  const fs::path models = above.parent_path();
  const std::string home = models.parent_path().filename().generic_string();
  const bool studio = models.filename() == "models" && (home == ".lmstudio" || home == "lm-studio");
  return studio && !repo.empty() && !publisher.empty() ? publisher + "/" + repo : std::string();
}

struct OllamaName {
  std::string path;  // below manifests/, without the tag
  std::string tag;
};
std::optional<OllamaName> ollama_name(const std::string& name) {
  std::string model = name;
  std::string tag = "latest";
  if (const std::size_t colon = model.rfind(':'); colon != std::string::npos) {
    tag = model.substr(colon + 1);
    model.resize(colon);
  }
  const bool plain = !model.empty() && !tag.empty() && model.find("..") == std::string::npos &&
                     tag.find('/') == std::string::npos && tag.find("..") == std::string::npos &&
                     model.front() != '/';
  if (!plain) return std::nullopt;
  const auto slashes = std::count(model.begin(), model.end(), '/');
  const std::string_view head = slashes == 0 ? kLibrary : slashes == 1 ? kRegistry : std::string_view();
  return OllamaName{std::string(head) + model, tag};
}

}  // namespace

bool lies_in(const std::string& path, const std::string& folder) {
  std::error_code error;
  const fs::path real = fs::canonical(path, error);
  if (error) return false;
  const fs::path relative = real.lexically_relative(fs::canonical(folder, error));
  return !error && !relative.empty() && *relative.begin() != "..";
}

bool tells_something(std::string_view name) {
  const std::string lower = text::lower(name.substr(name.rfind('/') + 1));
  for (const std::string_view part : {"license", "licence", "copying", "readme", "notice", "terms", "policy",
                                      "eula", "config.json", ".gguf", ".safetensors", "model_index.json"}) {
    if (lower.find(part) != std::string::npos) return true;
  }
  return false;
}

std::string inner_name(std::string_view path) {
  while (path.starts_with("./")) path.remove_prefix(2);
  if (path.empty() || path.size() > 1024 || path.front() == '/' || path.back() == '/') return {};
  for (std::size_t from = 0; from <= path.size();) {
    const std::size_t end = std::min(path.find('/', from), path.size());
    const std::string_view part = path.substr(from, end - from);
    if (part.empty() || part == "." || part == "..") return {};
    from = end + 1;
  }
  for (const char c : path) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F || c == '\\') return {};
  }
  return std::string(path);
}

Result<LocalModel> local_model(const std::string& path, std::string id) {
  LocalModel out;
  out.id = std::move(id);
  out.where = path;
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (error || !fs::exists(status))
    return fail(Fault::usage, "no such file or folder", text::printable(path),
                "names of models do not begin with . / or ~");
  if (fs::is_regular_file(status)) return local_file(path, out.id);
  if (!fs::is_directory(status))
    return fail(Fault::usage, "neither a file nor a folder", text::printable(path), {});
  const fs::path root = fs::canonical(path, error);
  fs::recursive_directory_iterator it(path, fs::directory_options::skip_permission_denied, error);
  for (; !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
    std::error_code ignored;
    const std::string name = it->path().filename().generic_string();
    if (it->is_directory(ignored) && (name == ".git" || name == ".cache" || it.depth() >= kDeepest)) {
      if (it.depth() >= kDeepest) out.whole = false;
      it.disable_recursion_pending();
      continue;
    }
    const bool here =
        it->is_regular_file(ignored) && (!it->is_symlink(ignored) || belongs_to(it->path(), root));
    if (!here) {
      // A pipe, or a link that leads out: it is there, and cannot be read.
      if (!it->is_directory(ignored) && tells_something(name))
        out.files[it->path().lexically_relative(path).generic_string()] = {"", 1};
      continue;
    }
    if (out.files.size() >= kMostLocalFiles)
      return fail(Fault::usage, "more files than a model has", text::printable(path),
                  "name the model's own folder");
    const std::string inside = it->path().lexically_relative(path).generic_string();
    out.files[inside] = {it->path().generic_string(), static_cast<std::int64_t>(it->file_size(ignored))};
  }
  if (error) return fail(Fault::usage, "cannot be read: " + error.message(), text::printable(path), {});
  out.base = named_by_place(root);
  return out;
}

Result<LocalModel> local_file(const std::string& path, std::string id) {
  LocalModel out;
  out.id = std::move(id);
  out.where = path;
  out.whole = false;
  std::error_code error;
  const fs::path file(path);
  const auto add = [&](const fs::path& p) {
    const auto size = fs::file_size(p, error);
    if (!error)
      out.files[p.filename().generic_string()] = {p.generic_string(), static_cast<std::int64_t>(size)};
  };
  add(file);
  if (error) return fail(Fault::usage, "cannot be read: " + error.message(), text::printable(path), {});
  // Its other shards: `x-00001-of-00003.gguf`.
  const std::string name = file.filename().generic_string();
  const std::size_t of = name.rfind("-of-");
  const std::size_t digits = of == std::string::npos ? of : name.find_last_not_of("0123456789", of - 1);
  if (of != std::string::npos && digits != std::string::npos && digits + 1 < of) {
    const std::string head = name.substr(0, digits + 1);
    const std::string tail = name.substr(of);
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    for (fs::directory_iterator it(folder, error); !error && it != fs::directory_iterator();
         it.increment(error)) {
      const std::string other = it->path().filename().generic_string();
      const bool shard = other.size() == name.size() && other.starts_with(head) && other.ends_with(tail);
      if (shard && it->is_regular_file() && out.files.size() < kMostLocalFiles)
        add(folder == "." && !file.has_parent_path() ? fs::path(other) : it->path());
    }
  }
  out.base = named_by_place(fs::absolute(file, error).parent_path());
  return out;
}

std::vector<std::string> ollama_names(const std::string& store, const std::string& glob) {
  std::vector<std::string> out;
  std::error_code error;
  const fs::path top = fs::path(store) / "manifests";
  fs::recursive_directory_iterator it(top, fs::directory_options::skip_permission_denied, error);
  for (; !error && it != fs::recursive_directory_iterator() && out.size() < kMostNames; it.increment(error)) {
    std::error_code ignored;
    if (!it->is_regular_file(ignored) || it.depth() > 6) continue;
    std::string model = it->path().parent_path().lexically_relative(top).generic_string();
    for (const std::string_view head : {kLibrary, kRegistry}) {
      if (model.starts_with(head)) {
        model.erase(0, head.size());
        break;
      }
    }
    std::string name = model + ":" + it->path().filename().generic_string();
    if (text::glob(glob, name) || text::glob(glob, model)) out.push_back(std::move(name));
  }
  std::sort(out.begin(), out.end());
  return out;
}

Result<LocalModel> ollama_model(const std::string& name, const std::string& store, std::string id) {
  const auto wrong = [&](std::string what, std::string fix) {
    return fail(Fault::usage, std::move(what), "ollama:" + text::printable(name), std::move(fix));
  };
  const auto parsed = ollama_name(name);
  if (!parsed) return wrong("not a name of Ollama's", "ollama:llama3.2:3b");
  LocalModel out;
  out.id = std::move(id);
  out.where = store + "/manifests/" + parsed->path + "/" + parsed->tag;
  std::error_code error;
  if (!fs::is_regular_file(out.where, error))
    return wrong("not in Ollama's store " + text::printable(store), "ollama pull " + text::printable(name));
  const auto size = static_cast<std::int64_t>(fs::file_size(out.where, error));
  const auto manifest = text::parse_json(bytes_of({out.where, size}, 0, kMostManifest));
  if (!manifest || !(*manifest)["layers"].is_array())
    return wrong("its manifest cannot be read: " + text::printable(out.where),
                 "ollama pull " + text::printable(name));
  std::map<std::string, int> numbers;
  for (const Json& layer : (*manifest)["layers"].items()) {
    constexpr std::string_view kKind = "application/vnd.ollama.image.";
    const std::string_view type = layer["mediaType"].string_or("");
    std::string digest(layer["digest"].string_or(""));
    // A layer of another kind, or one that nobody can find: the model is not all here.
    if (!type.starts_with(kKind) || !digest.starts_with("sha256:") || digest.size() != 71 ||
        digest.find_first_not_of("0123456789abcdef", 7) != std::string::npos) {
      out.whole = false;
      continue;
    }
    digest[6] = '-';
    const std::string kind(type.substr(kKind.size()));
    const int number = ++numbers[kind];
    const std::string suffix = number > 1 ? "-" + std::to_string(number) : "";
    std::string file = kind == "model"       ? "model" + suffix + ".gguf"
                       : kind == "license"   ? "LICENSE" + suffix
                       : kind == "adapter"   ? "adapter" + suffix + ".gguf"
                       : kind == "projector" ? "mmproj" + suffix + ".gguf"
                                             : kind + suffix + ".txt";
    const std::string blob = store + "/blobs/" + digest;
    const auto bytes = fs::file_size(blob, error);
    if (error || !fs::is_regular_file(blob, error) || !lies_in(blob, store)) {
      out.whole = false;
      continue;
    }
    if (out.files.size() < kMostLocalFiles && !inner_name(file).empty())
      out.files[std::move(file)] = {blob, static_cast<std::int64_t>(bytes)};
  }
  return out;
}

}  // namespace howopen::fetch
