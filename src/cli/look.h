// The loop between the core, which says what it wants to know, and the world, which answers.
#pragma once

#include <vector>

#include "howopen/catalog.h"
#include "howopen/facts.h"
#include "howopen/snapshot.h"
#include "howopen/source.h"

namespace howopen::cli {

/// Facts about each model, in the order given, and how many requests they took (none where a cache answered).
struct Looked {
  std::vector<Facts> facts;
  std::vector<int> requests;
};

/// No model waits for another: each asks on as soon as its own answers are there. `keep`, if given, collects
/// the raw answers.
Looked look(Source& source, const std::vector<ModelRef>& models, const Catalog& catalog,
            Depth depth = Depth::card, Snapshot* keep = nullptr);

}  // namespace howopen::cli
