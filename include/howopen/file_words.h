/// What names of files tell: of weights (data/weights.json) and of training (data/training.json).
#pragma once

#include <map>
#include <string>
#include <vector>

namespace howopen {

/// What files and folders of weights are within a model, by words of their names (data/weights.json).
struct WeightWords {
  struct Helper {
    std::string what;                ///< `text encoder`
    bool loaded = false;             ///< the model runs with it
    std::vector<std::string> words;  ///< in lower case, several joined by a blank
    std::string match, other;        ///< a file's name that is one, and one that is not
    bool never_alone = false;        ///< it is no model though nothing else is there
  };
  std::vector<Helper> helpers;
  /// Owners at the Hub who trained the first models of an architecture, by `model_type`.
  std::map<std::string, std::vector<std::string>, std::less<>> model_types;
  std::vector<std::string> parts;   ///< of folders that make up a model together
  std::vector<std::string> copies;  ///< of folders that hold the same once more
  std::vector<std::string> others;  ///< endings of files that are no weights, however large
};

/// What names of files tell of the training of a model (data/training.json).
struct TrainingWords {
  /// What a file is of a training run: its start, its settings, a recipe for users, or what it left behind.
  enum class Part { none, entry, configuration, recipe, trace };
  /// All conditions that are not empty have to hold; of each, one word is enough. In lower case.
  struct Row {
    Part part = Part::none;
    bool tunes = false;                           ///< it starts from a model that was pre-trained elsewhere
    std::vector<std::string> names;               ///< whole file names
    std::vector<std::string> starts, endings;     ///< of the file name
    std::vector<std::string> name_has, path_has;  ///< somewhere in the file name, in all of the path
    std::vector<std::string> folder_has;          ///< somewhere in the folders above it, each with a slash
    std::string match, other;                     ///< a path that the row is for, and one that it is not
  };
  std::vector<Row> files;     ///< the first one that fits a path decides
  std::vector<Row> settings;  ///< the same, for files that bear the name of the model
  /// A run's settings in a block of code of the card.
  struct CardSettings {
    std::vector<std::string> has;  ///< each begins a line of the block
    std::string of;                ///< the trainer that they are of
    std::string match, other;      ///< a block that is one, and one that is not
  };
  std::vector<CardSettings> card_settings;
  /// Keys of settings that name the model a run starts from: `base_model`.
  std::vector<std::string> starts_from;
  std::vector<std::string> merges;             ///< configurations of mergekit, which name the parts
  std::vector<std::string> launchers;          ///< names of scripts that call the start of a run beside them
  std::vector<std::string> inference;          ///< begin the names of scripts that only run a model
  std::vector<std::string> for_users;          ///< in names of repositories for those who use models …
  std::vector<std::string> for_users_folders;  ///< … and of folders
  std::vector<std::string> trainers;           ///< repositories at GitHub that train anybody's models
  std::vector<std::string> every_model;        ///< words of model names that tell no family
  std::vector<std::string> sizes;              ///< words of model names for sizes
};

}  // namespace howopen
