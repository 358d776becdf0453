// What the command line and the library answer alike.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "howopen/catalog.h"
#include "howopen/facts.h"
#include "howopen/result.h"
#include "howopen/snapshot.h"

namespace howopen::run {

/// Facts from a saved snapshot, of `models` or of all that it was made for, or saved facts. `path` is what it
/// is called in errors.
Result<std::vector<Facts>> facts_of_saved(std::string_view json, const std::string& path,
                                          const std::vector<ModelRef>& models, Depth depth,
                                          const Catalog& catalog);

/// A license text, compared with those that are known.
LicenseText license_text(const std::string& content, const std::string& path, const Catalog& catalog);

/// An error for a field that no license speaks of: a misspelt one would be about nothing. `where` stands
/// before it, `--field`.
Result<void> check_fields(const std::vector<std::string>& given, std::string_view where,
                          const Catalog& catalog);

}  // namespace howopen::run
