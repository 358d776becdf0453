// What names of files and repositories tell of the training of a model.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "howopen/catalog.h"

namespace howopen::facts {

using Part = TrainingWords::Part;

/// What a file is of a training run, by its path.
Part part_of_training(std::string_view path, const TrainingWords& words);
/// The row that decides it; nullptr for none.
const TrainingWords::Row* training_row(std::string_view path, const std::vector<TrainingWords::Row>& rows);

/// A script that only runs a model: `generate.py`.
bool starts_inference(std::string_view path, const TrainingWords& words);
/// Settings, by their ending and folder, if the name says that they are of a model.
bool settings_of_a_run(std::string_view path, const TrainingWords& words);
/// A repository, and a path in one, for those who use a model.
bool for_users(std::string_view repository, const TrainingWords& words);
bool for_users_path(std::string_view path, const TrainingWords& words);

/// The trainer whose settings a block of code holds; "" for none.
std::string_view settings_in_card(std::string_view block, const TrainingWords& words);

/// Letters, digits and slashes in lower case.
std::string plain(std::string_view name);
/// Whether a text bears the name of a model's family: `smollm` of SmolLM3-3B-Base.
bool named_alike(std::string_view model, std::string_view text, const TrainingWords& words);

/// The version and size of a model, and whether a path is of another one.
///
///   olm3/7b_sft.sh of Olm-2-7B, config_smollm1.yaml of SmolLM3-3B, models/12B/pythia-12b.yml of pythia-6.9b
class Generation {
 public:
  Generation(std::string_view model, const TrainingWords& words);
  bool other(std::string_view path) const;

 private:
  void read(std::string_view text, std::string& version, std::vector<std::string>& sizes) const;
  bool behind_family(std::string_view before) const;

  const TrainingWords& known_;
  std::vector<std::string> family_;
  std::string version_;
  std::vector<std::string> sizes_;
  std::vector<std::string> words_;  // for sizes: "small"
};

}  // namespace howopen::facts
