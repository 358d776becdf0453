// What one may ask about a model: a component, its license, its verdict, a rule.
#pragma once

#include <string>

#include "howopen/catalog.h"
#include "howopen/result.h"

namespace howopen::cli {

/// The word as it is, if there is something to say on it; else an error that names the nearest.
Result<std::string> topic_of(const std::string& word, const Catalog& catalog);

}  // namespace howopen::cli
