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

/// A library that calls models by names of its own, which are none of the Hub's: whisper, spaCy, YOLO.
struct Library {
  /// As it is imported; "" for clients of any package, told by `calls` alone. Of other languages than Python
  /// a text that a file which uses it holds.
  std::string module;
  std::string file;                    ///< a name of such a file; "" for Python
  std::vector<std::string> calls;      ///< behind the module; `*` for all that are in it
  std::vector<std::string> arguments;  ///< names of those that hold the model
  int position = 0;                    ///< of the model among the arguments without a name; -1 for never
  /// One of these has to be given for the call to load anything.
  std::vector<std::string> needs;
  bool files = false;   ///< it reads other things as well: only files of weights count
  bool served = false;  ///< the models are a provider's
  bool open = false;    ///< of a provider's call a variable is told, too: nothing but a model stands there
  std::string match, other;  ///< a program that loads such a model, and one that does not
};

/// A program that runs, or sends on, what it reads from its input: `python3 -`, `kubectl apply -f -`.
struct StdinReader {
  std::string program;
  std::vector<std::string> with;  ///< words that the command has to have besides
  std::string as;                 ///< the name of a file that is read as the input is
  std::string match;              ///< a script that names acme/here
};

/// `local` of `local:acme/foo`: what stands in front says where the name is to be looked for.
struct Prefix {
  std::string prefix;
  std::vector<std::string> kinds;  ///< that may stand between: chat, completion
  std::vector<std::string> signs;  ///< texts of which a file that means it so has one
  enum class Of { hub, other, served } of = Of::other;
  std::string file, match, other;
};

/// A call that runs a file: `exec(open("x.txt").read())`.
struct Runner {
  std::string call;
  std::string file;     ///< a name of a file in its language
  bool method = false;  ///< it may be one of an object
  bool text = false;    ///< it takes the text of the file, and not its path
  std::string match, other;
};

/// A program that runs a file: `python3 x.dat`.
struct Interpreter {
  std::string program;
  std::vector<std::string> with;  ///< one of these stands between; "" when nothing may
  std::string as;                 ///< the name of a file that is read as what it runs
  std::string match, other;
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
      packages_lock_files, source_encodings, store_key_parts, weight_endings, container_calls, content_stores,
      foreign_weights, model_images, store_signs, topic_keys, reading_calls, shell_calls, cloud_vendors,
      local_folders, mixed_registries, served_calls, foreign_calls, run_calls;
  std::vector<Library> libraries;
  std::vector<StdinReader> stdin_readers;
  std::vector<Prefix> prefixes;
  std::vector<Runner> runners;
  std::vector<Interpreter> interpreters;
};
/// Read once, on first use.
const Words& words();

/// `HF_MODEL-id` -> hfmodelid: how keys are written does not matter.
std::string folded(std::string_view key);

}  // namespace howopen::scan
