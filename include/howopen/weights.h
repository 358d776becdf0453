/// Files of weights: which there are, how they belong together, what is missing. A part of the facts.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "howopen/seen.h"
#include "howopen/words.h"

namespace howopen {

/// File formats of weights that are told apart.
enum class WeightFormat { safetensors, pytorch, gguf, onnx, tensorflow, flax, nemo, jax, other };
template <>
struct Words<WeightFormat> {
  static constexpr std::string_view names[] = {"safetensors", "pytorch", "gguf", "onnx", "tensorflow",
                                               "flax",        "nemo",    "jax",  "other"};
};

/// Files that together hold one copy of some weights.
struct WeightSet {
  WeightFormat format = WeightFormat::other;
  std::string folder;                ///< "" for the top of the repository
  std::string name;                  ///< a file of it, e.g. `model-00001-of-000163.safetensors`
  std::int64_t present = 0;          ///< files that are there
  bool uncounted = false;            ///< curated: complete, but how many files was not recorded
  std::int64_t expected = 0;         ///< files that names or index call for
  std::vector<std::string> missing;  ///< at most eight names, the first ones
  std::int64_t pointer_sized = 0;    ///< files no larger than a Git LFS pointer (about 130 bytes)
  std::int64_t bytes = -1;           ///< of the present files; -1 where a size is not known
  bool adapter = false;              ///< only changes to another model's weights
  std::string index;                 ///< path of the index that named the shards, if one was read
  std::string helper;                ///< what stands beside the model is: `text encoder`; "" for the model
  bool part = false;                 ///< one of several that make up the model together
  bool loaded = true;                ///< the model runs with it; an importance matrix is only looked at
};

/// All files of the set are there, and none is a pointer in the place of one.
inline bool complete(const WeightSet& set) {
  return set.uncounted ||
         (set.present > 0 && set.present >= set.expected && set.missing.empty() && set.pointer_sized == 0);
}

/// A file of weights and what names its content.
struct WeightFile {
  std::string path;
  /// `sha256:` and 64 hex digits; of a file outside Git LFS `git:` and the 40 of its blob; "" where the
  /// record does not say.
  std::string digest;
};

struct Weights {
  std::vector<WeightSet> sets;
  std::vector<WeightFile> files;  ///< all of them, helpers and adapters too, sorted; of a record alone
  /// Components that a diffusers pipeline names (`model_index.json`) and for which no weight file is there.
  std::vector<std::string> components_missing;
  std::vector<std::string> components;  ///< all components of that pipeline that carry weights
  bool delta = false;                   ///< the card or name says: differences to another model's weights
  std::string quantization;             ///< `fp8`, `gptq`, … of config.json, or `gguf`
  std::map<std::string, std::int64_t> elements;  ///< stored elements by data type, as the Hub counted them
  std::map<std::string, std::int64_t> tensor_bytes;  ///< by data type, where the heads of the files were read
  /// Branches beside the one that was looked at, where it holds no weights.
  std::optional<Seen<std::vector<std::string>>> branches;
  /// Weights that one of those holds, the one that was looked into; absent where it holds none.
  std::optional<Seen<Observation>> on_branch;
  std::optional<Observation>
      unknown_format;            ///< a large file of a kind that nobody knows, where none is known
  std::int64_t parameters = -1;  ///< the Hub's total; packed weights count less than they hold
  /// A file that says what belongs to them (shard index, model_index.json, adapter_config.json), and that
  /// could not be read.
  std::optional<Observation> unread;
  bool unread_index = false;  ///< that file is an index of shards
};

/// Sets that are in memory together when a model runs.
struct LoadedSets {
  std::vector<const WeightSet*> model;    ///< empty where none is complete, or parts of it are missing
  std::vector<const WeightSet*> helpers;  ///< text encoder, VAE, …: run beside it
  std::vector<const WeightSet*>
      choices;                         ///< quantizations, of which `model` is one; empty where there is one
  const WeightSet* adapter = nullptr;  ///< complete, and all there is: a base is loaded with it

  /// Of `model` and `helpers`; -1 where a size is not known.
  std::int64_t bytes() const;
};
LoadedSets loaded_sets(const Weights& weights);

}  // namespace howopen
