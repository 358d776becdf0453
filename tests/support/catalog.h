// The catalog of data/, read once for all tests of a program.
#pragma once

#include <utility>

#include "howopen/catalog.h"

namespace howopen::test {

inline const Catalog& the_catalog() {
  static const Catalog catalog = std::move(*Catalog::load());
  return catalog;
}

}  // namespace howopen::test
