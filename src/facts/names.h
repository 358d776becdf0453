// What the name of a file in a model repository tells.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "howopen/facts.h"
#include "hub/ids.h"

namespace howopen::facts {

std::string_view file_name(std::string_view path);  ///< behind the last slash
std::string_view folder(std::string_view path);     ///< before the last slash, "" at the top
using hub::is_owned_id;
using hub::is_repository_id;
using hub::owner;
using hub::repository_name;

/// State of a training run, a vocabulary: by its name no weights, though it may have the ending of some.
bool no_weights(std::string_view lower_name);
/// Whether a path stays within its repository: no `..`, no absolute, drive or network path. File names come
/// from whoever owns the repository.
bool safe_path(std::string_view path);

/// A license file, and what it is about by its name: LICENSE-CODE, LICENSE-MODEL, USE_POLICY.md, NOTICE.
std::optional<Scope> license_file(std::string_view path);

/// The card in another language, by its name: README_zh.md, README-ja.md, README.zh-CN.md at the top.
bool translated_card(std::string_view path);

/// A weight file as its name describes it.
struct WeightName {
  WeightFormat format = WeightFormat::other;
  std::string set;          ///< what all files of one set share: folder, stem, format, number of shards
  std::int64_t shard = 0;   ///< from 1; 0 for a file that is a set by itself
  std::int64_t shards = 0;  ///< as the name says; 0 when it does not (`consolidated.00.pth`)
  bool adapter = false;
};
std::optional<WeightName> weight_file(std::string_view path);
/// A file that may hold others, by its name: .tar, .tar.gz, .tgz.
bool archive_file(std::string_view path);

/// `model.safetensors.index.json` and its like, and the format it is about.
std::optional<WeightFormat> shard_index(std::string_view path);

/// `-00001-of-00163` within a file name: where, which and of how many.
struct Shard {
  std::size_t at = 0;
  std::size_t size = 0;
  std::int64_t number = 0;
  std::int64_t of = 0;
};
std::optional<Shard> shard_of(std::string_view name);

}  // namespace howopen::facts
