// The words that the scanner goes by, from data/scan.json.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace howopen::scan {

/// Equal words are found by their hash; the others are looked for one by one.
class WordSet {
 public:
  explicit WordSet(std::vector<std::string> words);
  WordSet(WordSet&&) = default;  // a copy's set would speak of the words of the original
  bool has(std::string_view word) const { return set_.find(word) != set_.end(); }
  bool starts(std::string_view text) const;  ///< one of them begins the text
  bool ends(std::string_view text) const;    ///< one of them ends it
  bool within(std::string_view text) const;  ///< one of them is part of it
  const std::vector<std::string>& list() const { return words_; }

 private:
  std::vector<std::string> words_;
  std::unordered_set<std::string_view> set_;
};

struct Words {
  WordSet no_owners, no_ids, placeholder_words, placeholder_cores, placeholder_owners, placeholder_bare,
      strong_keys, weak_keys, loose_keys, other_key_parts, other_key_starts, other_key_ends, part_keys,
      repository_keys, sure_key_ends, hub_words, hub_type_keys, registry_words, registry_modules,
      hosted_owners, api_providers, api_prefixes, api_models, api_others, other_calls, other_call_owners,
      option_calls, fallback_calls, default_calls, plain_calls, setter_starts, owner_name_calls,
      media_endings, template_endings, container_options, container_programs, positional_images,
      registry_types, registry_calls, registry_model_calls, sentence_transformers, weight_folders,
      pipeline_tasks, hub_call_owners, hub_string_macros, archive_endings, silent_endings, registry_addresses,
      packages_lock_files, source_encodings;
};
/// Read once, on first use.
const Words& words();

/// `HF_MODEL-id` -> hfmodelid: how keys are written does not matter.
std::string folded(std::string_view key);

}  // namespace howopen::scan
