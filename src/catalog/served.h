// Whether a model is one that its vendor answers for and nobody else has.
#pragma once

#include "howopen/verdict.h"

namespace howopen::catalog {

/// Nothing of it is published, whether or not its vendor still serves it.
inline bool only_served(const Verdict& v) {
  const Rung best = v.rung == Rung::undetermined ? v.high : v.rung;
  return best == Rung::api_only || best == Rung::closed;
}

}  // namespace howopen::catalog
