// What a batch says when it is over.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "howopen/tally.h"
#include "run/options.h"

namespace howopen::run {

struct BatchEnd {
  const Tally& tally;
  std::uint64_t skipped = 0;             ///< lines that were there before
  std::optional<std::int64_t> requests;  ///< nothing where nobody was asked
  std::string updated;                   ///< of --update; "" without it
  std::uint64_t not_stored = 0;
  std::optional<int> exit;  ///< nothing where an error or a signal ends it
  bool all = false;         ///< every model of the input has its line
};

/// The lines for stderr: counts, then what to do about models that got no answer, and a warning where there
/// were no models at all.
std::string end_words(const BatchEnd& end, const BatchPlan& plan);

}  // namespace howopen::run
