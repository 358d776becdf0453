// Names of families of models (data/families.json) in prose and in names.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "howopen/catalog.h"
#include "reading/sense.h"

namespace howopen::reading {

struct FamilyName {
  std::size_t at = 0;
  std::size_t end = 0;
};

/// Whether a name may begin, or end, at a place of a lower-case text: no letter or digit goes on with it.
/// Chinese, Japanese and Korean have no blank between a name and the words around it.
bool name_begins(std::string_view text, std::size_t at);
bool name_ends(std::string_view text, std::size_t at);

/// The letters that a pattern begins with, up to its first sign.
std::string_view head_of(std::string_view pattern);

/// First place from `from` on, in lower-case text, that bears the family's name and is no part of another's.
/// `prose` allows what is a name in sentences alone.
std::optional<FamilyName> find_family(std::string_view text, const ModelFamily& family, bool prose,
                                      std::size_t from = 0);

/// A family whose name stands closely behind a word for licenses: "the license of the original Llama 2".
std::optional<std::pair<const ModelFamily*, FamilyName>> family_behind_license(const Sense& sense,
                                                                               std::string_view lower,
                                                                               const Catalog& catalog);

/// A cell of a row, parted by tabs, that is a family's name and nothing more: "Llama 2" below "License".
std::optional<std::pair<const ModelFamily*, FamilyName>> family_in_a_cell(std::string_view lower,
                                                                          const Catalog& catalog);

}  // namespace howopen::reading
