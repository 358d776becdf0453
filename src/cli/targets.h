// What a gate or a lock is pointed at: models by name, lists of them, source trees.
#pragma once

#include <string>
#include <vector>

#include "cli/options.h"
#include "howopen/policy.h"
#include "howopen/result.h"
#include "howopen/verdict.h"

namespace howopen::cli {

struct Target {
  ModelRef model;
  std::vector<Use> uses;  ///< where it is named; none for a word of the command line
};
struct Targets {
  std::vector<Target> models;  ///< sorted by id and revision, each once
  int unresolved = 0;          ///< places that take a model and name none that could be read
};

/// A word that begins with `.`, `/` or `~` is a path: a folder, or a source file, is scanned, a list (.txt,
/// .list, .jsonl) is read line by line; `-` is a list on standard input; all others are names of models.
Result<Targets> find_targets(const std::vector<std::string>& words, const Policy& policy,
                             const Common& common);

}  // namespace howopen::cli
