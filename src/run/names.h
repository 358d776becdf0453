// From what was typed to models: ids stay what they are, names are looked up.
#pragma once

#include "howopen/catalog.h"
#include "run/options.h"

namespace howopen::run {

/// Words of the command line as models, each once. What is no id, but may be a name ("DeepSeek R1",
/// "llama3.2:3b", a repository at GitHub), has itself for an id until named_models() looks it up.
Result<std::vector<ModelRef>> parse_names(const std::vector<std::string>& typed, const std::string& endpoint,
                                          bool recursive = false);

/// Names without an owner are looked up in the catalog. A certain one is taken, which is said on stderr; an
/// uncertain one is an error with the nearest names (of several all but the last are told at once), unless
/// the Hub can be asked for it as it is: models of before 2022 have no owner there.
Result<std::vector<ModelRef>> named_models(std::vector<ModelRef> models, const Common& common,
                                           const Catalog& catalog);

/// A file or folder of this machine that was named without `./`, as an error that says what to type. `sure`:
/// only what can hardly be a model's name too.
std::optional<Error> what_stands_here(const ModelRef& model, bool sure);

/// Ids that the Hub's search finds for words, those that are downloaded most first; none offline.
std::vector<std::string> found_at_the_hub(const std::string& name, const Common& common);

/// What to type instead of a name that the Hub does not know: the catalog's nearest, and what the Hub's
/// search finds where it can be asked. "" for nothing.
std::string nearest_names(const ModelRef& model, const Common& common, const Catalog& catalog);

}  // namespace howopen::run
