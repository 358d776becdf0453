// Fields of use that licenses speak of: medical, military, …
#pragma once

#include <string>
#include <vector>

#include "howopen/catalog.h"

namespace howopen::catalog {

/// Sorted, each once. Any other word would be about nothing.
std::vector<std::string> known_fields(const Catalog& catalog);

}  // namespace howopen::catalog
