// Whether a text is a reference: which words differ, and whether its template allows that.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "howopen/license.h"
#include "license/align.h"
#include "reading/lexicon.h"

namespace howopen::license {

using reading::Lexicon;

/// A text as it is compared: its words, and their numbers in the index.
struct Input {
  std::string_view text;
  std::span<const Token> tokens;
  std::span<const Id> ids;
};

/// Words that differ.
struct Difference {
  Leftover::Kind kind = Leftover::Kind::unexplained;
  std::uint32_t begin = 0;  ///< inserted words of the text [begin, end)
  std::uint32_t end = 0;
  std::uint32_t reference_begin = 0;  ///< missing words of the reference
  std::uint32_t reference_end = 0;
  std::uint32_t missing = 0;  ///< of those, the ones it cannot do without
};

struct Explanation {
  std::vector<Difference> differences;  ///< what is ignorable is left out
  bool exact = true;                    ///< every word is the reference's own
  std::uint32_t matched = 0;            ///< words that are there, name and holders not counted
  std::uint32_t required = 0;
  std::uint32_t missing = 0;      ///< required words that are not there
  std::uint32_t inserted = 0;     ///< words that nothing explains
  std::uint32_t longest_gap = 0;  ///< required words missing in a row
};

Explanation explain(const Input& input, const Reference& reference, const Alignment& alignment,
                    const Lexicon& lexicon, const Index& index);

}  // namespace howopen::license
