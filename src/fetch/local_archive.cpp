// Files of archives. Those of a plain tar are read where they lie; of a compressed one, texts and the heads
// of weights are unpacked in memory.
//
//   layer.tar.gz with app/LICENSE and app/model.gguf  ->  both, the second as far as its head goes

#include <algorithm>
#include <filesystem>

#include "fetch/local.h"
#include "fetch/local_heads.h"
#include "text/json.h"
#include "text/tar.h"
#include "text/utf8.h"

namespace howopen::fetch {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostArchived = 200'000;       // of one archive
constexpr std::size_t kMostText = 2u << 20;          // of one file in a compressed one
constexpr std::size_t kMostHead = 16u << 20;         // of weights in it
constexpr std::size_t kMostKept = 256u << 20;        // of one archive
constexpr std::uint64_t kMostInflated = 4ull << 30;  // of one archive, passed over

// `a/b/../LICENSE` as `a/LICENSE`; "" for what leads out.
std::string plain_path(const std::string& path) {
  const std::string out = fs::path(path).lexically_normal().generic_string();
  return out.starts_with("..") || out.starts_with("/") ? std::string() : out;
}

// Links are the files that they lead to. What leads out, or nowhere, is there and cannot be read.
void add_links(const text::TarList& list, LocalModel& out) {
  for (const text::TarEntry& e : list.entries) {
    const std::string name = e.link.empty() ? std::string() : inner_name(e.path);
    if (name.empty()) continue;
    const auto target = out.files.find(plain_path(e.link));
    if (target != out.files.end())
      out.files[name] = target->second;
    else if (tells_something(name))
      out.files[name] = LocalModel::File{"", 1};
  }
}

void add_entry(const text::TarEntry& e, LocalModel::File file, LocalModel& out) {
  if (!e.link.empty()) return;
  const std::string name = inner_name(e.path);
  if (name.empty() || e.sparse || (out.files.size() >= kMostArchived && !out.files.contains(name)))
    out.whole = false;
  else
    out.files[name] = std::move(file);  // a later layer replaces a file of an earlier one
}

// Of an entry that the stream has come to: a text whole, of weights the head.
std::string unpacked(text::Gunzip& stream, const text::TarEntry& e, std::size_t kept) {
  const std::string name = text::lower(e.path);
  if (kept >= kMostKept) return {};
  if (name.ends_with(".safetensors")) {
    std::string out = stream.read(e.at, 8);
    const auto size = text::safetensors_head_size(out).value_or(8);
    if (size > 8 && size <= std::min<std::uint64_t>(e.size, kMostHead))
      out += stream.read(e.at + 8, static_cast<std::size_t>(size - 8));
    return out;
  }
  const std::uint64_t most = name.ends_with(".gguf") || name.ends_with(".onnx") ? kMostHead
                             : e.size <= kMostText                              ? kMostText
                                                                                : 0;
  return stream.read(e.at, static_cast<std::size_t>(std::min(e.size, most)));
}

bool gzipped(const LocalModel::File& file) {
  return bytes_of(file, 0, 2) == "\x1F\x8B";
}

}  // namespace

bool list_archive(const LocalModel::File& archive, bool gzip, LocalModel& out) {
  const text::ReadAt packed = [&](std::uint64_t at, std::size_t n) { return bytes_of(archive, at, n); };
  if (!gzip) {
    const auto list = text::read_tar(packed, kMostArchived);
    for (const text::TarEntry& e : list.entries)
      add_entry(e, {archive.path, static_cast<std::int64_t>(e.size), archive.at + e.at}, out);
    add_links(list, out);
    return list.complete;
  }
  text::Gunzip stream(packed, kMostInflated);
  std::size_t kept = 0;
  const auto list =
      text::read_tar([&](std::uint64_t at, std::size_t n) { return stream.read(at, n); }, kMostArchived,
                     [&](const text::TarEntry& e) {
                       LocalModel::File file{"", static_cast<std::int64_t>(e.size)};
                       file.body = unpacked(stream, e, kept);
                       kept += file.body->size();
                       add_entry(e, std::move(file), out);
                     });
  add_links(list, out);
  return list.complete && !stream.spent();
}

Result<LocalModel> tar_files(const std::string& path, std::string id) {
  LocalModel out;
  out.id = std::move(id);
  out.where = path;
  out.image = true;
  std::error_code error;
  if (!fs::is_regular_file(path, error))
    return fail(Fault::usage, "no such archive", text::printable(path), "a .tar or .tar.gz");
  const LocalModel::File file{path, static_cast<std::int64_t>(fs::file_size(path, error))};
  out.whole = list_archive(file, gzipped(file), out);
  if (out.files.empty())
    return fail(Fault::usage, "no archive, or an empty one", text::printable(path), "a .tar or .tar.gz");
  // An image that Docker saved: each layer is an archive in the archive.
  const auto saved = out.files.find("manifest.json");
  const auto manifest =
      saved == out.files.end() ? std::nullopt : text::parse_json(bytes_of(saved->second, 0, kMostText));
  if (!manifest || !manifest->is_array()) return out;
  const std::map<std::string, LocalModel::File> outer = out.files;
  for (const text::Json& image : manifest->items()) {
    for (const std::string_view name : image["Layers"].strings()) {
      const auto layer = outer.find(std::string(name));
      const bool there = layer != outer.end() &&
                         (!layer->second.body ||
                          layer->second.size == static_cast<std::int64_t>(layer->second.body->size()));
      const bool listed = there && list_archive(layer->second, gzipped(layer->second), out);
      out.whole = out.whole && listed;
    }
  }
  return out;
}

std::string artifact_word(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) {
    const bool layout = (fs::is_regular_file(path + "/index.json", error) ||
                         fs::is_regular_file(path + "/models.json", error)) &&
                        fs::is_directory(path + "/blobs", error);
    return (layout ? "oci:" : "dir:") + path;
  }
  const LocalModel::File file{path, static_cast<std::int64_t>(fs::file_size(path, error))};
  bool layout = false;
  text::read_tar([&](std::uint64_t at, std::size_t n) { return bytes_of(file, at, n); }, kMostArchived,
                 [&](const text::TarEntry& e) { layout = layout || e.path == "index.json"; });
  return (layout ? "oci-archive:" : "tar:") + path;
}

}  // namespace howopen::fetch
