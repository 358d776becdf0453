// What names of files and repositories tell of the training of a model.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace howopen::facts {

/// What a file is of a training run, by its path.
enum class Part { none, entry, configuration, recipe, trace };
Part part_of_training(std::string_view path);

/// A script that begins with a model that was pre-trained elsewhere: `run_glue.py`.
bool tunes(std::string_view path);
/// A script that only runs a model: `generate.py`.
bool starts_inference(std::string_view path);
/// Settings, by their ending and folder, if the name says that they are of a model.
bool settings_of_a_run(std::string_view path);
/// A repository, and a path in one, for those who use a model.
bool for_users(std::string_view repository);
bool for_users_path(std::string_view path);

/// Letters, digits and slashes in lower case.
std::string plain(std::string_view name);
/// Whether a text bears the name of a model's family: `smollm` of SmolLM3-3B-Base.
bool named_alike(std::string_view model, std::string_view text);

/// The version and size of a model, and whether a path is of another one.
///
///   olm3/7b_sft.sh of Olm-2-7B, config_smollm1.yaml of SmolLM3-3B, models/12B/pythia-12b.yml of pythia-6.9b
class Generation {
 public:
  explicit Generation(std::string_view model);
  bool other(std::string_view path) const;

 private:
  void read(std::string_view text, std::string& version, std::vector<std::string>& sizes) const;
  bool behind_family(std::string_view before) const;

  std::vector<std::string> family_;
  std::string version_;
  std::vector<std::string> sizes_;
  std::vector<std::string_view> words_;  // for sizes: "small"
};

}  // namespace howopen::facts
