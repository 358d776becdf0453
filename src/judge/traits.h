// Traits of a license, as answers speak of them.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/traits.h"
#include "howopen/catalog.h"

namespace howopen::rules {

using catalog::clause_of;
using catalog::trait_is;
using catalog::trait_of;
using catalog::value_of;

inline bool holds(const std::vector<Purpose>& uses, Purpose use) {
  return std::find(uses.begin(), uses.end(), use) != uses.end();
}
/// As it reads before an answer: `commercial use:`, "uses of outputs".
inline std::string words_of_trait(std::string_view trait) {
  if (trait == "outputs") return "uses of outputs";
  std::string out(trait);
  std::replace(out.begin(), out.end(), '_', ' ');
  return out + ":";
}

}  // namespace howopen::rules
