// What a gate or a lock is pointed at: models by name, lists of them, source trees.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "howopen/policy.h"
#include "howopen/result.h"
#include "howopen/verdict.h"
#include "run/options.h"

namespace howopen::run {

struct Target {
  ModelRef model;
  std::vector<Use> uses;  ///< where it is named; none for a word of the command line
};
struct Targets {
  std::vector<Target> models;  ///< sorted by id and revision, each once
  std::vector<Gap> gaps;       ///< what the trees and lists hold and nobody could read or name
  std::size_t own = 0;         ///< documents of howopen's own, which use no models
  std::map<std::string, std::size_t> left_out;  ///< of the trees, on purpose, by the reason
  bool folders = false;  ///< the whole project was looked through, so that these are all there are
};

/// A word that begins with `.`, `/` or `~` is a path: a folder, or a source file, is scanned, a list (.txt,
/// .list, .jsonl) is read line by line; `-` is a list on standard input. Of the others, `app.py` and
/// `src/deep/app.py` are files where they are there, since no model has such a name; what may be both is an
/// error: a file of a repository must not stand in for a model that somebody wants judged. With `files`, all
/// words are paths of source files or folders.
///
/// Weights in a folder are models of their own, and so are `file:`, `dir:`, `ollama:`, `oci:` and `tar:`
/// words. Of artifacts the weights alone are looked for.
struct TargetRequest {
  std::vector<std::string> words;
  bool files = false;
  std::vector<std::string> artifacts = {};
};
Result<Targets> find_targets(const TargetRequest& sought, const Policy& policy, const Common& common,
                             const Catalog& catalog);

}  // namespace howopen::run
