// The answers about a model, understood: one value for each, made when it arrives.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "facts/names.h"
#include "howopen/catalog.h"
#include "howopen/facts.h"
#include "reading/claims.h"
#include "reading/prose.h"
#include "text/json.h"
#include "text/markdown.h"
#include "text/yaml.h"

namespace howopen::facts {

/// A file of a repository's listing.
struct File {
  std::string path;
  std::int64_t size = -1;   ///< -1 when the record does not say (no `blobs`)
  bool lfs = false;         ///< in Git LFS or Xet; `size` is that of the content, not of the pointer
  std::string blob;         ///< git's id of the content; of the pointer for a file in LFS
  std::string sha256 = {};  ///< of the content of a file in LFS, 64 hex digits; "" when it is not told
};

/// A file of a model's repository, and what its name tells.
struct ModelFile : File {
  std::optional<WeightName> weight;
  std::optional<WeightFormat> index_of;  ///< an index of the shards of such weights
  std::optional<Scope> license;
};

/// The record of a model as the Hub gives it: /api/models/{id}, with or without `blobs`; items of listings
/// and records of 2022 lack most of it.
struct ModelInfo {
  std::string id;
  std::string sha;
  Repository repository;
  std::vector<std::string> tags;
  std::vector<ModelFile> files;  ///< sorted by path; unsafe paths are left out
  bool listed = false;           ///< the record had a listing at all, and the whole of it
  text::Json card;               ///< `cardData`: the card's YAML
  text::Json config;             ///< a digest of config.json
  bool custom_code = false;      ///< needs code of the repository
  std::string gguf_architecture;
  std::string gguf_type;  ///< `general.file_type` of a local file's head; a record of the Hub has none
  std::map<std::string, std::int64_t> elements;
  std::int64_t parameters = -1;
  /// Whether any provider serves it: `inference: warm`, or absent from a full record. Unknown for items of
  /// listings and records of old, which have no such key.
  std::optional<bool> warm;
  std::optional<std::vector<Provider>> providers;  ///< where the record itself maps them
  std::vector<std::pair<Relation, std::string>> base_models;
  std::vector<Seen<std::string>> heads;  ///< licenses that heads of weight files claim
  std::vector<Observation> names;        ///< what they call the model

  const ModelFile* file(std::string_view path) const;
};

/// A model card: its YAML with lines, and its text.
struct Card {
  text::Json yaml;
  std::optional<text::YamlError> data_error;  ///< its front matter is no YAML; `yaml` is null then
  text::Markdown text;
  reading::Prose prose;    ///< of `text`
  std::string id;          ///< of the repository whose card it is, "" where nobody said
  reading::Claims claims;  ///< of that repository
};

/// Names of the files that a shard index calls for.
struct ShardNames {
  std::vector<std::string> files;  ///< sorted, without repeats
};

using Providers = std::vector<Provider>;

/// A license file that is a symbolic link: what is served is the path it points to.
struct LinkedText {
  std::string target;  ///< within the repository
};

/// Settings of a training run, as far as they name the model that it starts from.
struct RunSettings {
  struct Start {
    std::string key;
    std::string value;  ///< as it is written, without quotes
    int line = 0;
  };
  std::vector<Start> starts;
};

/// Ids of a listing's page.
struct Listed {
  std::vector<std::string> ids;
  bool more = false;
};

/// Files of a GitHub repository at its default branch, sorted by path.
struct GithubTree {
  std::vector<File> files;
  bool truncated = false;  ///< GitHub lists at most 100,000 files or 7 MB
  std::string commit;      ///< of the tree, 40 hex digits
};

/// What the head of a weight file tells.
struct TensorHead {
  std::map<std::string, std::int64_t> elements;  ///< by data type, as stored
  std::map<std::string, std::int64_t> bytes;
  std::string architecture;  ///< of a GGUF file
  std::string type;          ///< of the same: `general.file_type`, a number
};

/// Branches of a repository beside `main`, by name.
struct Branches {
  std::vector<std::string> names;  ///< the first two hundred
};

/// An answer without its body, and what the body said.
struct Reading {
  Answer answer;
  bool unreadable = false;  ///< bytes came, and they are not what was asked for
  std::variant<std::monostate, ModelInfo, Branches, Card, Identified, LinkedText, ShardNames, Providers,
               DatasetRecord, GithubTree, TensorHead, Listed, RunSettings, text::Json>
      value;
};

std::optional<ModelInfo> read_model_info(std::string_view json);
std::optional<Providers> read_providers(std::string_view json);
std::optional<Branches> read_branches(std::string_view json);
std::optional<DatasetRecord> read_dataset(std::string_view json);
std::optional<GithubTree> read_github_tree(std::string_view json);
std::optional<TensorHead> read_tensor_head(std::string_view path, std::string_view bytes);
std::optional<Listed> read_listing(std::string_view json);
RunSettings read_run_settings(std::string_view yaml, const TrainingWords& words);
std::optional<Relation> relation_named(std::string_view word);
/// The card of the repository `id`; its claims are read with it, unless `id` is empty.
Card read_card(std::string_view bytes, std::string_view id, const Catalog& catalog);
/// The key under which a card's data has its license, misspelt ones included, and the values, a string or a
/// list.
struct CardLicenses {
  std::string_view key = "license";
  std::vector<std::string_view> values;
};
CardLicenses card_licenses(const text::Json& card);

/// Why nothing can be seen in a reading.
Unseen unseen(const Answer& answer, bool unreadable);

}  // namespace howopen::facts

namespace howopen {

struct Readings::Impl {
  /// A file of a repository, whatever its blob: what a lookup needs, without a question made for it.
  struct FileOf {
    std::string_view id, revision, path;
    auto operator<=>(const FileOf&) const = default;
  };
  struct Order {
    using is_transparent = void;
    bool operator()(const Want& a, const Want& b) const { return a < b; }
    bool operator()(const Want& a, const FileOf& b) const {
      return a.topic != Topic::file ? a.topic < Topic::file : FileOf{a.id, a.revision, a.path} < b;
    }
    bool operator()(const FileOf& a, const Want& b) const {
      return b.topic != Topic::file ? Topic::file < b.topic : a < FileOf{b.id, b.revision, b.path};
    }
  };
  std::map<Want, facts::Reading, Order> readings;

  const facts::Reading* find(const Want& want) const { return found(readings.find(want)); }
  const facts::Reading* find(const FileOf& file) const { return found(readings.find(file)); }
  /// What a reading holds, if it is a T.
  template <class T>
  const T* get(const Want& want) const {
    const facts::Reading* reading = find(want);
    return reading == nullptr ? nullptr : std::get_if<T>(&reading->value);
  }

 private:
  const facts::Reading* found(decltype(readings)::const_iterator it) const {
    return it == readings.end() ? nullptr : &it->second;
  }
};

}  // namespace howopen
