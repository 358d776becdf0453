// From names of models to facts about them.
#pragma once

#include <string>
#include <vector>

#include "howopen/catalog.h"
#include "howopen/facts.h"
#include "howopen/result.h"
#include "howopen/verdict.h"
#include "run/options.h"

namespace howopen::run {

struct ModelRequest {
  std::vector<ModelRef> models;
  std::string replay;  ///< a saved snapshot or saved facts, which answers instead of the Hub; "" for none
};

/// In the order asked for. A model that could not be looked at has facts that say so.
Result<std::vector<Facts>> facts_of_models(const ModelRequest& request, const Common& common,
                                           const Catalog& catalog);

/// The verdict, with answers for what the command line asked: uses, by whom, and memory for a context.
Verdict judged(const Facts& facts, const Common& common, const Catalog& catalog);

/// What stands for what was seen of one model: the same, or facts that ship with the tool where nobody could
/// be asked.
Facts settled_online(const ModelRef& model, Facts seen, const Catalog& catalog);
Facts settled_offline(const ModelRef& model, Facts seen, const Catalog& catalog);

}  // namespace howopen::run
