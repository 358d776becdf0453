// Which references occur in a text, and where.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "license/align.h"
#include "license/explain.h"

namespace howopen::license {

/// A reference where it stands.
struct Occurrence {
  std::size_t reference = 0;
  Alignment alignment;
  Explanation explanation;

  /// Every required word is there and none that is not allowed.
  bool clean() const { return explanation.missing == 0 && explanation.inserted == 0; }
  /// How much of what the reference requires is there, 0 to 1.
  double share() const;
};

struct Occurrences {
  std::vector<Occurrence> found;  ///< in order of the text; none reaches into another
  std::vector<bool> covered;      ///< for each word of the text, whether it lies within one
};

Occurrences search(const Input& input, const Index& index, const Lexicon& lexicon);

}  // namespace howopen::license
