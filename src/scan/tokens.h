// Source code as words, strings, marks and comments; the same for all languages but for quotes and comments.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "scan/parts.h"

namespace howopen::scan {

struct Token {
  enum class Kind : std::uint8_t { word, string, mark, comment };
  std::uint32_t at = 0;    ///< of a string: behind the quote
  std::uint32_t size = 0;  ///< of a string: without quotes
  Kind kind = Kind::mark;
  bool formatted = false;  ///< a string with parts that only the program knows
  bool multiline = false;  ///< a string that may hold lines
  bool line = false;       ///< the first of its line
};

std::vector<Token> tokens_of(std::string_view text, Syntax syntax);

}  // namespace howopen::scan
