// Traits of a license by their names.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "howopen/catalog.h"

namespace howopen::catalog {

/// Null where nothing is written down.
inline const Trait* trait_of(const LicenseEntry& entry, std::string_view name) {
  const auto t = std::find_if(entry.traits.begin(), entry.traits.end(),
                              [&](const Trait& trait) { return trait.name == name; });
  return t == entry.traits.end() ? nullptr : &*t;
}
inline bool trait_is(const LicenseEntry& entry, std::string_view name, std::string_view value) {
  const Trait* t = trait_of(entry, name);
  return t != nullptr && t->value == value;
}
/// Of the entry, for as long as it lives; `unknown` where nothing is written down.
inline std::string_view value_of(const LicenseEntry& entry, std::string_view name) {
  const Trait* t = trait_of(entry, name);
  return t == nullptr ? std::string_view("unknown") : std::string_view(t->value);
}
inline std::string clause_of(const LicenseEntry& entry, std::string_view name) {
  const Trait* t = trait_of(entry, name);
  return t == nullptr ? std::string() : t->clause;
}

}  // namespace howopen::catalog
