// Licenses by where their names stand, for those that no list and no grammar knows.
#pragma once

#include <string_view>
#include <vector>

#include "reading/licenses.h"

namespace howopen::reading {

/// "Released under the ELv2", "available under MIT-0": what stands behind "under" and looks like the name of
/// a license; known where it is an id of SPDX. `lower` is `text` in lower case.
std::vector<LicenseMention> named_behind_under(std::string_view text, std::string_view lower,
                                               const Catalog& catalog, const Lexicon& lexicon);

}  // namespace howopen::reading
