// SPDX license expressions (annex D of SPDX 2.3): read with bounds, printed in one way.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "howopen/catalog.h"
#include "howopen/result.h"

namespace howopen::catalog {

/// `A AND B`, `A OR B`, or a license, which may be `WITH` an exception.
struct Expression {
  enum class Kind { license, all, any };
  Kind kind = Kind::license;
  std::string id;         ///< as SPDX or the catalog spells it
  std::string exception;  ///< "" for none
  std::vector<Expression> parts;

  /// `(A OR B) AND C`: operands sorted, each once, no parentheses that say nothing.
  std::string text() const;
  /// Ids of all licenses in it, sorted, each once; those with an exception as `A WITH E`.
  std::vector<std::string> licenses() const;
};

/// Reads one; ids in any case, tags of the Hub and known names of the catalog count as ids. The error names
/// the word that is wrong. At most 4,000 bytes and 32 parentheses.
Result<Expression> parse_expression(std::string_view text, const Catalog& catalog);

/// Of licenses that all hold, or of which one may be chosen, by their class; unknown ids are of class
/// unknown.
LicenseClass class_of(const Expression& e, const Catalog& catalog);
/// The class of a single license, `A WITH E` and altered ones included.
LicenseClass class_of(std::string_view id, const Catalog& catalog);
/// Of a license that is known, and takes back something that an open one grants.
constexpr bool closes(LicenseClass cls) {
  return cls != LicenseClass::open && cls != LicenseClass::unknown;
}

/// `GPL-2.0-only WITH Classpath-exception-2.0` -> `GPL-2.0-only`; any other id as it is.
inline std::string_view without_exception(std::string_view id) {
  return id.substr(0, id.find(" WITH "));
}

/// Ids that may be meant by what is no license, at most three, with commas between; "" for none.
std::string nearest_licenses(const std::string& typed, const Catalog& catalog);

}  // namespace howopen::catalog
