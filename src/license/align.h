// Which words of a text are which words of a reference.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "license/index.h"

namespace howopen::license {

/// A word of the text at which four words in a row are those of the reference from `reference` on.
struct Anchor {
  std::uint32_t text = 0;
  std::uint32_t reference = 0;
};

/// One occurrence of a reference in a text.
struct Alignment {
  static constexpr std::int32_t kMissing = -1;
  std::vector<std::int32_t>
      at;                   ///< for each word of the reference, the word of the text, ascending; or kMissing
  std::uint32_t begin = 0;  ///< first word of the text that belongs to it
  std::uint32_t end = 0;    ///< behind the last
  std::uint32_t matched = 0;  ///< words of the reference that are there

  /// Sets begin, end and matched by what is in `at`.
  void measure();
};

/// Anchors that may be of one occurrence: ascending on both sides, and no further apart in one than in the
/// other by more than an insertion can explain.
struct Run {
  std::vector<Anchor> anchors;
};
/// The occurrences that anchors, sorted by their place in the text, tell of; those with most anchors first.
/// Runs of an eighth of that and less are left out.
std::vector<Run> runs_of(const std::vector<Anchor>& anchors);

/// Aligns one occurrence within the words [from, to) of the text. Between anchors words are compared one by
/// one in time that grows with the text; where a gap is too large for that, its words count as missing and
/// inserted.
Alignment align(std::span<const Id> text, std::uint32_t from, std::uint32_t to, std::span<const Id> reference,
                const Run& run);

}  // namespace howopen::license
