// Names of families of models (data/families.json) in prose and in names.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "howopen/catalog.h"

namespace howopen::reading {

struct FamilyName {
  std::size_t at = 0;
  std::size_t end = 0;
};

/// The letters that a pattern begins with, up to its first sign.
std::string_view head_of(std::string_view pattern);

/// First place from `from` on, in lower-case text, that bears the family's name and is no part of another's.
/// `prose` allows what is a name in sentences alone.
std::optional<FamilyName> find_family(std::string_view text, const ModelFamily& family, bool prose,
                                      std::size_t from = 0);

}  // namespace howopen::reading
