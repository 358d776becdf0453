// The Hub's record of a model. Real ones lack keys rather than hold null, write `gated` as false, "auto" or
// "manual", and hold whatever the author put into the card's YAML.
//
//   {"id":"a/b","sha":"…","gated":"auto","siblings":[{"rfilename":"LICENSE","size":1064}]}
//     ->  id a/b, gate automatic, one file of 1,064 bytes

#include <algorithm>
#include <map>

#include "facts/names.h"
#include "facts/readings.h"
#include "howopen/snapshot.h"
#include "text/digest.h"
#include "text/utf8.h"

namespace howopen::facts {
namespace {

using text::Json;

AccessGate gate_of(const Json& gated) {
  if (const auto word = gated.string()) {
    // Tables of records (hub-stats) hold words only.
    if (word->empty() || text::equal_ignoring_case(*word, "false")) return AccessGate::none;
    return *word == "manual" ? AccessGate::manual : AccessGate::automatic;
  }
  // The API never answers `true`; a hand-made record that does means the mild form.
  return gated.boolean_or(false) ? AccessGate::automatic : AccessGate::none;
}

void read_files(const Json& siblings, ModelInfo& info) {
  info.listed = siblings.is_array() && !info.repository.partial;
  for (const Json& item : siblings.items()) {
    const auto path = item["rfilename"].string();
    if (!path || !safe_path(*path)) continue;
    ModelFile file{{std::string(*path), item["size"].integer_or(-1), item["lfs"].is_object(),
                    std::string(item["blobId"].string_or(""))},
                   weight_file(*path),
                   shard_index(*path),
                   license_file(*path)};
    if (file.lfs) file.size = item["lfs"]["size"].integer_or(file.size);
    const std::string_view sha256 = item["lfs"]["sha256"].string_or("");
    if (file.lfs && file.weight && text::is_hex(sha256, 64)) file.sha256 = sha256;
    info.files.push_back(std::move(file));
  }
  const auto by_path = [](const File& a, const File& b) { return a.path < b.path; };
  if (!std::is_sorted(info.files.begin(), info.files.end(), by_path))
    std::sort(info.files.begin(), info.files.end(), by_path);
}

// `base_model:quantized:org/name` among the tags says more than `base_model:org/name`, and both say less than
// the object `baseModels`, which is only there when asked for.
void read_base_models(const Json& record, ModelInfo& info) {
  std::map<std::string, std::size_t> known;  // places of the names, in lower case
  const auto add = [&](Relation relation, std::string_view id) {
    if (!is_repository_id(id)) return;
    const auto [at, fresh] = known.try_emplace(text::lower(id), info.base_models.size());
    if (fresh) {
      info.base_models.emplace_back(relation, std::string(id));
    } else if (Relation& told = info.base_models[at->second].first; told == Relation::unstated) {
      told = relation;
    }
  };
  const Json& base = record["baseModels"];
  for (const Json& model : base["models"].items()) {
    add(relation_named(base["relation"].string_or("")).value_or(Relation::unstated),
        model["id"].string_or(""));
  }
  // Tags have no order.
  std::vector<std::string> tags = info.tags;
  std::sort(tags.begin(), tags.end());
  for (const std::string& tag : tags) {
    constexpr std::string_view kHead = "base_model:";
    if (!tag.starts_with(kHead)) continue;
    const std::string_view rest = std::string_view(tag).substr(kHead.size());
    const auto colon = rest.find(':');
    const auto relation =
        colon == std::string_view::npos ? std::nullopt : relation_named(rest.substr(0, colon));
    add(relation.value_or(Relation::unstated), relation ? rest.substr(colon + 1) : rest);
  }
  const auto stated = relation_named(info.card["base_model_relation"].string_or(""));
  for (const std::string_view id : info.card["base_model"].strings()) {
    if (const auto reference = hub::read_reference(id))
      add(stated.value_or(Relation::unstated), reference->id);
  }
  if (stated) {
    for (auto& [relation, name] : info.base_models) relation = *stated;
  }
}

void read_heads(const Json& claims, ModelInfo& info) {
  for (const Json& claim : claims.items()) {
    const std::string license(claim["license"].string_or(""));
    std::string where(claim["where"].string_or(""));
    if (license.empty())
      info.heads.push_back({Unseen::unreadable, std::move(where)});
    else
      info.heads.push_back({license, std::move(where), Kind::metadata});
  }
}

void read_names(const Json& names, ModelInfo& info) {
  for (const Json& name : names.items()) {
    info.names.push_back(
        {std::string(name["name"].string_or("")), std::string(name["where"].string_or("")), Kind::metadata});
  }
}

// The library is a key of newer records; older ones have it among the tags.
std::string library_of(const Json& record, const ModelInfo& info) {
  if (const auto name = record["library_name"].string()) return std::string(*name);
  if (const auto name = info.card["library_name"].string()) return std::string(*name);
  for (const std::string_view known : {"transformers",  "diffusers",      "sentence-transformers",
                                       "timm",          "peft",           "spacy",
                                       "keras",         "flair",          "stanza",
                                       "espnet",        "nemo",           "speechbrain",
                                       "fasttext",      "asteroid",       "fairseq",
                                       "tensorflowtts", "allennlp",       "paddlenlp",
                                       "fastai",        "sklearn",        "stable-baselines3",
                                       "ml-agents",     "open_clip",      "k2",
                                       "icefall",       "pyannote-audio", "setfit",
                                       "bertopic",      "gliner",         "mlx"}) {
    if (std::find(info.tags.begin(), info.tags.end(), known) != info.tags.end()) return std::string(known);
  }
  return {};
}

// A map on model records, a list on listings; left out when there is none.
Providers providers_of(const Json& record) {
  Providers out;
  const auto add = [&](std::string_view name, const Json& entry) {
    out.push_back({std::string(name), std::string(entry["status"].string_or("")),
                   std::string(entry["providerId"].string_or(""))});
  };
  const Json& mapping = record["inferenceProviderMapping"];
  for (const auto& [name, entry] : mapping.members()) add(name, entry);
  for (const Json& entry : mapping.items()) add(entry["provider"].string_or(""), entry);
  std::sort(out.begin(), out.end(), [](const Provider& a, const Provider& b) { return a.name < b.name; });
  return out;
}

// Takes a member that is an object or array; in tables of records (hub-stats, exported from Parquet) it is
// one written into a string.
Json nested(Json& record, std::string_view key) {
  Json value = record.take(key);
  const auto written = value.string().value_or("");
  if (written.starts_with('{') || written.starts_with('[')) {
    if (auto parsed = text::parse_json(written)) return std::move(*parsed);
  }
  return value;
}

}  // namespace

std::optional<Relation> relation_named(std::string_view word) {
  if (word == "finetune" || word == "finetuned" || word == "fine-tune") return Relation::finetune;
  if (word == "quantized") return Relation::quantized;
  if (word == "adapter") return Relation::adapter;
  if (word == "merge") return Relation::merge;
  return std::nullopt;
}

const ModelFile* ModelInfo::file(std::string_view path) const {
  const auto it = std::lower_bound(files.begin(), files.end(), path,
                                   [](const File& f, std::string_view p) { return f.path < p; });
  return it != files.end() && it->path == path ? &*it : nullptr;
}

std::optional<ModelInfo> read_model_info(std::string_view json) {
  // What is never asked for would only take memory: up to 100 spaces, widget texts, evaluation tables.
  auto parsed = text::parse_json(json, {"widgetData", "spaces", "model-index", "evalResults"});
  if (!parsed || !parsed->is_object()) return std::nullopt;
  Json& record = *parsed;
  ModelInfo info;
  // Records of 2022 call it modelId.
  info.id = record["id"].string_or(record["modelId"].string_or(""));
  if (!is_repository_id(info.id)) return std::nullopt;
  // It becomes part of addresses: whatever is no commit is left out.
  if (const auto sha = record["sha"].string_or(""); text::is_commit(sha)) info.sha = sha;
  const bool full = record.has("usedStorage") || record.has("safetensors");
  info.card = nested(record, "cardData");
  info.config = nested(record, "config");
  const Json siblings = nested(record, "siblings");
  const Json safetensors = nested(record, "safetensors");
  const Json gguf = nested(record, "gguf");
  const Json tags = nested(record, "tags");
  for (const Json& tag : tags.items()) {
    if (const auto s = tag.string()) info.tags.emplace_back(*s);
  }
  info.repository.partial = record[kPartialListing].boolean_or(false);
  read_files(siblings, info);
  read_base_models(record, info);
  read_heads(record[kHeadClaims], info);
  read_names(record[kHeadNames], info);

  Repository& repository = info.repository;
  repository.gate = gate_of(record["gated"]);
  repository.disabled = record["disabled"].boolean_or(false);
  repository.is_private = record["private"].boolean_or(false);
  repository.pipeline = record["pipeline_tag"].string_or("");
  repository.files = static_cast<std::int64_t>(info.files.size());
  repository.unlisted = !siblings.is_array();
  repository.library = library_of(record, info);

  info.custom_code = record["transformersInfo"]["custom_class"].string().has_value() ||
                     std::find(info.tags.begin(), info.tags.end(), "custom_code") != info.tags.end();
  info.gguf_architecture = gguf["architecture"].string_or("");
  info.gguf_type = gguf["file_type"].string_or("");
  for (const auto& [type, count] : safetensors["parameters"].members()) {
    info.elements[type] = count.integer_or(0);
  }
  info.parameters = safetensors["total"].integer_or(gguf["total"].integer_or(-1));
  if (const auto inference = record["inference"].string())
    info.warm = *inference == "warm";
  else if (full)
    info.warm = false;
  if (record.has("inferenceProviderMapping")) info.providers = providers_of(record);
  return info;
}

std::optional<Branches> read_branches(std::string_view json) {
  constexpr std::size_t kMostBranches = 200;
  const auto refs = text::parse_json(json);
  if (!refs || !(*refs)["branches"].is_array()) return std::nullopt;
  Branches out;
  for (const Json& branch : (*refs)["branches"].items()) {
    const std::string_view name = branch["name"].string_or("");
    if (!name.empty() && name != "main" && name.size() <= 200 && out.names.size() < kMostBranches)
      out.names.emplace_back(name);
  }
  std::sort(out.names.begin(), out.names.end());
  return out;
}

std::optional<Providers> read_providers(std::string_view json) {
  const auto record = text::parse_json(json);
  // Whatever is no record of a model is no answer to who serves it.
  if (!record || !is_repository_id((*record)["id"].string_or((*record)["modelId"].string_or(""))))
    return std::nullopt;
  return providers_of(*record);
}

}  // namespace howopen::facts
