// Which license a text is.
#pragma once

#include <string_view>

#include "howopen/catalog.h"
#include "howopen/facts.h"

namespace howopen::license {

/// Compares a whole text with the reference texts. `exact` when the words are the same but for copyright
/// notices and a title that names the license; `unknown` otherwise; `none` for a text without words.
Identified identify(std::string_view text, const Catalog& catalog);

/// How many words at the head of `words` are a title that the catalog knows as the name of a license.
struct Title {
  std::size_t words = 0;
  const LicenseEntry* license = nullptr;
};
Title title_of(std::string_view text, const Catalog& catalog);

}  // namespace howopen::license
