// What the release catalog knows of a model beside what its card says.
#pragma once

#include <string>
#include <vector>

#include "facts/parts.h"

namespace howopen::facts {

/// Fills what the catalog knows of the model `a.id`, training code and data only where they were searched
/// for.
void fill_ancestor(const ModelEntry& known, bool searched, const Catalog& catalog, Ancestor& a);
/// Where it came from, by the catalog.
std::vector<Parent> curated_parents(const std::string& id, const Catalog& catalog);
/// Repositories of the publisher at GitHub that are about it.
std::vector<Place> curated_places(const std::string& id, const Catalog& catalog);
/// Datasets it was trained on; they are yet to be looked up.
std::vector<Dataset> curated_datasets(const std::string& id, const Catalog& catalog);

}  // namespace howopen::facts
