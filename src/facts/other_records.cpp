// Records of other things than models: datasets, GitHub repositories, heads of weight files.
//
//   {"id":"a/d","gated":false,"siblings":[{"rfilename":"data/train.parquet"}],"usedStorage":9}
//     ->  no gate, 9 bytes, holds data

#include <algorithm>

#include "facts/names.h"
#include "facts/readings.h"
#include "text/tensors.h"
#include "text/utf8.h"

namespace howopen::facts {
namespace {

using text::Json;

// Files every dataset has, and scripts that only say where the data once was.
bool holds_data(std::string_view path) {
  const std::string name = text::lower(file_name(path));
  for (const std::string_view ending : {".md", ".gitattributes", ".gitignore", ".py", "dataset_infos.json",
                                        ".png", ".jpg", ".pdf", ".ipynb"}) {
    if (name.ends_with(ending)) return false;
  }
  return !license_file(path);
}

}  // namespace

std::optional<DatasetRecord> read_dataset(std::string_view json) {
  const auto record = text::parse_json(json, {"description", "citation"});
  if (!record || !is_repository_id((*record)["id"].string_or(""))) return std::nullopt;
  DatasetRecord out;
  const Json& gated = (*record)["gated"];
  if (const auto word = gated.string())
    out.gate = *word == "manual" ? AccessGate::manual : AccessGate::automatic;
  out.disabled = (*record)["disabled"].boolean_or(false);
  out.id = (*record)["id"].string_or("");
  out.bytes = (*record)["usedStorage"].integer_or(-1);
  if ((*record)["siblings"].is_array()) out.files = 0;
  for (const Json& file : (*record)["siblings"].items()) {
    if (holds_data(file["rfilename"].string_or("x"))) ++out.files;
  }
  for (const std::string_view tag : card_licenses((*record)["cardData"]).values) {
    if (out.license.empty()) out.license = tag;
  }
  return out;
}

std::optional<GithubTree> read_github_tree(std::string_view json) {
  const auto tree = text::parse_json(json);
  if (!tree || !(*tree)["tree"].is_array()) return std::nullopt;
  GithubTree out;
  out.truncated = (*tree)["truncated"].boolean_or(false);
  out.commit = (*tree)["sha"].string_or("");
  for (const Json& entry : (*tree)["tree"].items()) {
    const auto path = entry["path"].string();
    if (!path || !safe_path(*path) || entry["type"].string_or("") != "blob") continue;
    out.files.push_back(
        {std::string(*path), entry["size"].integer_or(-1), false, std::string(entry["sha"].string_or(""))});
  }
  std::sort(out.files.begin(), out.files.end(), [](const File& a, const File& b) { return a.path < b.path; });
  return out;
}

std::optional<TensorHead> read_tensor_head(std::string_view path, std::string_view bytes) {
  TensorHead out;
  if (path.ends_with(".gguf")) {
    const auto head = text::read_gguf_head(bytes);
    if (!head) return std::nullopt;
    const auto architecture = head->values.find("general.architecture");
    if (architecture != head->values.end()) out.architecture = architecture->second;
    const auto type = head->values.find("general.file_type");
    if (type != head->values.end()) out.type = type->second;
    return out;
  }
  const auto head = text::read_safetensors_head(bytes);
  if (!head) return std::nullopt;
  for (const auto& [type, n] : head->elements)
    out.elements[type] = static_cast<std::int64_t>(std::min<std::uint64_t>(n, INT64_MAX));
  for (const auto& [type, n] : head->bytes)
    out.bytes[type] = static_cast<std::int64_t>(std::min<std::uint64_t>(n, INT64_MAX));
  return out;
}

}  // namespace howopen::facts
