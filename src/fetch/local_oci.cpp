// Artifacts of OCI layouts as models. Layers are named by their titles or kinds; archives are listed where
// they lie, compressed ones unpacked in memory as far as texts and heads go.
//
//   index.json -> manifest -> layer vnd.docker.ai.gguf.v3, layer vnd.docker.ai.license
//     ->  model.gguf, LICENSE

#include <algorithm>
#include <filesystem>
#include <functional>
#include <set>
#include <tuple>

#include "fetch/local.h"
#include "fetch/local_heads.h"
#include "text/digest.h"
#include "text/json.h"
#include "text/tar.h"
#include "text/utf8.h"

namespace howopen::fetch {
namespace {

namespace fs = std::filesystem;
using text::Json;

constexpr std::size_t kMostDocument = 4u << 20;  // an index, a manifest, a configuration
constexpr std::size_t kMostEntries = 20'000;
constexpr std::size_t kMostManifests = 1'000;
constexpr int kDeepestIndex = 4;

// A layout: files by name, in a folder or in a tar.
class Layout {
 public:
  static Result<Layout> open(const std::string& path, bool archive) {
    Layout out;
    out.path_ = path;
    std::error_code error;
    if (!archive) {
      if (fs::is_regular_file(path, error))
        return fail(Fault::usage, "an archive, not a folder", text::printable(path),
                    "oci-archive:" + text::printable(path));
      if (!fs::is_directory(path, error))
        return fail(Fault::usage, "no OCI layout: no such folder", text::printable(path),
                    "a folder with index.json and blobs/");
      return out;
    }
    if (!fs::is_regular_file(path, error))
      return fail(Fault::usage, "no OCI archive: no such file", text::printable(path),
                  "a tar of an OCI layout");
    const LocalModel::File whole{path, static_cast<std::int64_t>(fs::file_size(path, error))};
    const auto list =
        text::read_tar([&](std::uint64_t at, std::size_t n) { return bytes_of(whole, at, n); }, kMostEntries);
    if (!list.complete)
      return fail(Fault::usage, "no OCI archive: it cannot be read to its end", text::printable(path),
                  "a tar of an OCI layout, not compressed");
    out.archive_ = true;
    for (const text::TarEntry& e : list.entries) {
      if (!e.sparse) out.inside_[e.path] = {path, static_cast<std::int64_t>(e.size), e.at};
    }
    return out;
  }

  std::optional<LocalModel::File> file(const std::string& name) const {
    if (archive_) {
      const auto found = inside_.find(name);
      return found == inside_.end() ? std::nullopt : std::optional(found->second);
    }
    std::error_code error;
    const std::string path = path_ + "/" + name;
    if (!fs::is_regular_file(path, error) || !lies_in(path, path_)) return std::nullopt;
    return LocalModel::File{path, static_cast<std::int64_t>(fs::file_size(path, error))};
  }
  std::optional<LocalModel::File> blob(std::string_view digest) const {
    const std::size_t colon = digest.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const std::string_view kind = digest.substr(0, colon);
    const std::string_view hex = digest.substr(colon + 1);
    if ((kind != "sha256" && kind != "sha512") || !text::is_hex(hex, kind == "sha256" ? 64 : 128))
      return std::nullopt;
    const std::string path = std::string(kind) + "/" + std::string(hex);
    const auto blob = file("blobs/" + path);
    return blob ? blob : file("manifests/" + path);  // where Docker Model Runner keeps them
  }
  std::optional<Json> document(const std::optional<LocalModel::File>& at) const {
    if (!at || at->size > static_cast<std::int64_t>(kMostDocument)) return std::nullopt;
    auto json = text::parse_json(bytes_of(*at, 0, kMostDocument));
    return json && json->is_object() ? std::optional<Json>(std::move(*json)) : std::nullopt;
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  bool archive_ = false;
  std::map<std::string, LocalModel::File> inside_;
};

struct Artifact {
  std::string tag;     // "" for none
  std::string digest;  // of its manifest
};

// What attests to another manifest is no model: its layers are statements, all of them.
bool attests(const Json& manifest) {
  const auto& layers = manifest["layers"].items();
  return !layers.empty() && std::all_of(layers.begin(), layers.end(), [](const Json& layer) {
    return layer["mediaType"].string_or("") == "application/vnd.in-toto+json";
  });
}

// The store of Docker Model Runner: {"models":[{"id":"sha256:…","tags":["ai/kettle:3b"]}]} in models.json.
std::vector<Artifact> stored(const Json& models) {
  std::vector<Artifact> out;
  for (const Json& model : models.items()) {
    const std::string digest(model["id"].string_or(""));
    if (digest.empty()) continue;
    const std::vector<std::string_view> tags = model["tags"].strings();
    if (tags.empty()) out.push_back({"", digest});
    for (const std::string_view tag : tags) out.push_back({std::string(tag), digest});
    if (out.size() >= kMostManifests) break;
  }
  return out;
}

bool before(const Artifact& a, const Artifact& b) {
  return std::tie(a.tag, a.digest) < std::tie(b.tag, b.digest);
}

// All manifests that the index leads to. An index may name others, and itself.
Result<std::vector<Artifact>> artifacts(const Layout& layout) {
  const auto index = layout.document(layout.file("index.json"));
  if (!index) {
    if (const auto store = layout.document(layout.file("models.json"));
        store && (*store)["models"].is_array()) {
      std::vector<Artifact> out = stored((*store)["models"]);
      std::sort(out.begin(), out.end(), before);
      return out;
    }
  }
  if (!index || !(*index)["manifests"].is_array())
    return fail(Fault::usage, "no OCI layout: index.json is missing or cannot be read",
                text::printable(layout.path()), "oci:FOLDER[:TAG], oci-archive:FILE[:TAG]");
  std::vector<Artifact> out;
  std::set<std::string> seen;
  const std::function<void(const Json&, const std::string&, int)> walk =
      [&](const Json& of, const std::string& tag, int depth) {
        for (const Json& entry : of["manifests"].items()) {
          const std::string digest(entry["digest"].string_or(""));
          const Json& notes = entry["annotations"];
          std::string name(notes["org.opencontainers.image.ref.name"].string_or(
              notes["io.containerd.image.name"].string_or("")));
          if (name.empty()) name = tag;
          if (digest.empty() || out.size() >= kMostManifests || !seen.insert(name + "@" + digest).second)
            continue;
          const auto inner = layout.document(layout.blob(digest));
          if (inner && (*inner)["manifests"].is_array()) {
            if (depth < kDeepestIndex) walk(*inner, name, depth + 1);
          } else if (!inner || !attests(*inner)) {
            out.push_back({name, digest});
          }
        }
      };
  walk(*index, "", 0);
  std::sort(out.begin(), out.end(), before);
  return out;
}

bool tagged(const Artifact& a, const std::string& tag) {
  return a.tag == tag || a.digest == tag || a.digest.starts_with("sha256:" + tag) ||
         (a.tag.size() > tag.size() && (a.tag.ends_with(":" + tag) || a.tag.ends_with("/" + tag) ||
                                        a.tag.ends_with("/" + tag + ":latest"))) ||
         a.tag == tag + ":latest";
}

class Builder {
 public:
  Builder(const Layout& layout, LocalModel& out) : layout_(layout), out_(out) {}

  void manifest(const Json& m) {
    notes(m["annotations"], "the manifest's annotations");
    configuration(m["config"]);
    std::size_t number = 0;
    for (const Json& layer : m["layers"].items()) {
      if (++number > kMostEntries) {
        out_.whole = false;
        break;
      }
      one(layer, number);
    }
  }

 private:
  void say(const Json& value, const std::string& where) {
    for (const std::string_view license : value.strings()) out_.said.push_back({std::string(license), where});
  }
  void notes(const Json& annotations, const std::string& of) {
    for (const char* key : {"org.opencontainers.image.licenses", "org.cncf.model.licenses"})
      say(annotations[key], of + ": " + key);
  }

  // {"descriptor": {"licenses": [...]}} of the model-spec, a Kitfile as JSON, Docker's.
  void configuration(const Json& descriptor) {
    const std::string type(descriptor["mediaType"].string_or(""));
    const auto at = layout_.blob(descriptor["digest"].string_or(""));
    const auto json = layout_.document(at);
    if (!json) {
      if (at && at->size > 2) out_.whole = false;
      return;
    }
    say((*json)["descriptor"]["licenses"], "the configuration: descriptor.licenses");
    say((*json)["package"]["license"], "the Kitfile: package.license");
    say((*json)["model"]["license"], "the Kitfile: model.license");
    const Json& labels = (*json)["config"]["Labels"];
    say(labels["org.opencontainers.image.licenses"], "the image's labels: org.opencontainers.image.licenses");
    notes((*json)["annotations"], "the configuration's annotations");
  }

  void one(const Json& layer, std::size_t number) {
    const std::string type = text::lower(layer["mediaType"].string_or(""));
    const Json& annotations = layer["annotations"];
    std::string title(annotations["org.cncf.model.filepath"].string_or(
        annotations["org.opencontainers.image.title"].string_or("")));
    title = inner_name(title);
    const auto blob = layout_.blob(layer["digest"].string_or(""));
    const auto has = [&](std::string_view part) { return type.find(part) != std::string::npos; };
    // A file system may hold several models.
    out_.image = out_.image || has("vnd.oci.image.layer") || has("vnd.docker.image.rootfs");
    const bool tar = has("tar");
    const bool gzip = has("gzip") || type.ends_with(".gz");
    const bool zstd = has("zstd");
    if (!blob) {
      out_.whole = false;  // named, and not here
      return;
    }
    if (tar && !zstd) {
      if (list_archive(*blob, gzip, out_)) return;
      out_.whole = false;
    } else if (zstd || gzip) {
      out_.whole = false;
    } else {
      put(title.empty() ? named(type, number) : title, *blob);
      return;
    }
    // What could not be unpacked is listed as it is.
    put("layers/" + std::to_string(number) + (zstd ? ".tar.zst" : gzip ? ".tar.gz" : ".tar"), *blob);
  }

  std::string named(const std::string& type, std::size_t number) {
    const auto has = [&](std::string_view part) { return type.find(part) != std::string::npos; };
    const std::string n = std::to_string(number);
    return has("license")                      ? "LICENSE" + (licenses_++ > 0 ? "-" + n : std::string())
           : has("mmproj") || has("projector") ? "mmproj-" + n + ".gguf"
           : has("adapter")                    ? "adapter-" + n + ".gguf"
           : has("gguf") || type == "application/vnd.ollama.image.model" ? "model-" + n + ".gguf"
           : has("safetensors")                                          ? "model-" + n + ".safetensors"
           : has("onnx")                                                 ? "model-" + n + ".onnx"
           : has("template")                                             ? "template-" + n + ".txt"
                                                                         : "layers/" + n + ".bin";
  }

  void put(const std::string& name, LocalModel::File file) {
    // A later layer replaces a file of an earlier one.
    if (out_.files.size() < kMostEntries && !inner_name(name).empty()) out_.files[name] = std::move(file);
  }

  const Layout& layout_;
  LocalModel& out_;
  std::size_t licenses_ = 0;
};

Result<std::vector<Artifact>> wanted(const Layout& layout, const std::string& tag) {
  TRY(std::vector<Artifact> all, artifacts(layout));
  if (tag.empty()) return all;
  std::erase_if(all, [&](const Artifact& a) { return !tagged(a, tag); });
  return all;
}

}  // namespace

Result<std::vector<std::string>> oci_tags(const std::string& path, bool archive) {
  TRY(const Layout layout, Layout::open(path, archive));
  TRY(const std::vector<Artifact> all, artifacts(layout));
  std::vector<std::string> out;
  for (const Artifact& a : all) out.push_back(a.tag.empty() ? a.digest : a.tag);
  return out;
}

Result<LocalModel> oci_model(const std::string& path, const std::string& tag, bool archive, std::string id) {
  TRY(const Layout layout, Layout::open(path, archive));
  TRY(const std::vector<Artifact> found, wanted(layout, tag));
  const std::string where = text::printable(path) + (tag.empty() ? "" : ":" + text::printable(tag));
  if (found.empty()) {
    TRY(const std::vector<std::string> tags, oci_tags(path, archive));
    return fail(Fault::usage, tags.empty() ? "no artifact in it" : "no such tag", where,
                tags.empty() ? std::string() : "it has " + text::printable(tags.front()));
  }
  if (found.size() > 1 && found.front().digest != found.back().digest)
    return fail(Fault::usage, "several artifacts in it", where,
                "name one by its tag: " +
                    text::printable(found.front().tag.empty() ? found.front().digest : found.front().tag));
  LocalModel out;
  out.id = std::move(id);
  out.where = path + "@" + found.front().digest;
  const auto manifest = layout.document(layout.blob(found.front().digest));
  if (!manifest || !(*manifest)["layers"].is_array())
    return fail(Fault::usage, "its manifest is missing or cannot be read", where,
                "the blob " + text::printable(found.front().digest));
  Builder(layout, out).manifest(*manifest);
  return out;
}

}  // namespace howopen::fetch
