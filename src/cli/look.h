// The loop between the core, which says what it wants to know, and the world, which answers.
#pragma once

#include <vector>

#include "howopen/catalog.h"
#include "howopen/facts.h"
#include "howopen/snapshot.h"
#include "howopen/source.h"

namespace howopen::cli {

/// Facts about each model, in the order given. No model waits for another: each asks on as soon as its own
/// answers are there. `keep`, if given, collects the raw answers.
std::vector<Facts> look(Source& source, const std::vector<ModelRef>& models, const Catalog& catalog,
                        Snapshot* keep = nullptr);

}  // namespace howopen::cli
