// Licenses that prose names, known or not.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "howopen/catalog.h"
#include "reading/lexicon.h"

namespace howopen::reading {

/// A license named in a text.
struct LicenseMention {
  enum class Kind {
    known,    ///< of the catalog or SPDX's list
    family,   ///< a family of them, the version is not said: `CC-BY-NC`, `GPL`
    unknown,  ///< bears a name that nobody lists: "Acme Research License", "a separate agreement"
  };
  Kind kind = Kind::known;
  std::string id;    ///< SPDX id or LicenseRef-…; "" for an unknown one
  std::string name;  ///< as it is written
  std::size_t at = 0;
  std::size_t size = 0;
};

/// Licenses named within a piece of text, in order, none overlapping: those of the catalog by their names,
/// and by a grammar the families whose names people write in many ways (Creative Commons, GNU, Apache, BSD,
/// Llama); then names that end in "License", "Agreement", "Terms" and stand in no list. `lower` is `text` in
/// lower case.
std::vector<LicenseMention> license_mentions(std::string_view text, std::string_view lower,
                                             const Catalog& catalog, const Lexicon& lexicon);

}  // namespace howopen::reading
