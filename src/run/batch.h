// Many models, one line of results each.
#pragma once

#include "howopen/catalog.h"
#include "howopen/result.h"
#include "run/options.h"

namespace howopen::run {

/// Reads models from the plan's input, judges each, and writes its line to the plan's output, in the order of
/// the input unless the plan says otherwise. Gives the exit code; an error where nothing could be begun.
Result<int> batch(const BatchPlan& plan, const Common& common, const Catalog& catalog);

}  // namespace howopen::run
