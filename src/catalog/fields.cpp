// Fields of use, from the table of uses and from the licenses that limit some.

#include "catalog/fields.h"

#include <set>

namespace howopen::catalog {

std::vector<std::string> known_fields(const Catalog& catalog) {
  std::set<std::string> known;
  for (const auto& [field, kinds] : catalog.uses().fields) known.insert(field);
  for (const LicenseEntry* entry : catalog.licenses()) {
    for (const FieldLimit& f : entry->terms.fields) known.insert(f.kind);
  }
  return {known.begin(), known.end()};
}

}  // namespace howopen::catalog
