// Which published models files of this machine are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "howopen/catalog.h"
#include "howopen/result.h"
#include "howopen/seen.h"
#include "run/options.h"

namespace howopen::run {

/// A model as it is to be looked at, and, where that is not what was typed, what tells that it is the same.
struct NamedByContent {
  ModelRef model;
  std::string asked;                ///< as it was typed
  std::optional<Observation> seen;  ///< nothing where the content told nothing
};

/// Local models by their content: the digest of every file of weights against the lock, the Hub's cache and,
/// online, records of models that their heads and names suggest. A model of which one file differs, or is not
/// known, stays what it is. What was found, and what was not, is said on stderr.
Result<std::vector<NamedByContent>> named_by_content(const std::vector<ModelRef>& models,
                                                     const Common& common, const Catalog& catalog);

}  // namespace howopen::run
