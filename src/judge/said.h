// What a card's sentences say of the license of something, put in order.
#pragma once

#include <string_view>
#include <vector>

#include "howopen/catalog.h"
#include "howopen/verdict.h"

namespace howopen::rules {

struct Said {
  const LicenseStatement* primary = nullptr;      ///< the one that counts; null for none
  std::vector<const LicenseStatement*> together;  ///< it, and what the same sentence names with it
  std::vector<const LicenseStatement*> named;     ///< every license that is named
  std::vector<const LicenseStatement*> terms;     ///< terms beside a license
  std::vector<const LicenseStatement*> unread;    ///< talk that was not understood
  const LicenseStatement* refers = nullptr;       ///< to a license that stands elsewhere
};

/// Statements about `scope`, or about everything. Of several licenses the first counts that is said of just
/// `scope`, and of this model for certain. With `everything`, a sentence without qualification counts as
/// well.
Said said_of(const License& license, Scope scope, bool everything);

/// Whether a license that is named is the one that was concluded, or its family.
bool agree(std::string_view named, std::string_view concluded);

/// Adds the terms of sentences, and the doubt that talk leaves which was not understood. Terms are certain
/// where no license text says otherwise (`alone`) and they are of this model; else they make a range.
void by_terms(const Said& said, const Catalog& catalog, bool alone, LicenseFinding& out);

}  // namespace howopen::rules
