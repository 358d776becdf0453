// Where statements end, and which name a value is for.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "scan/code.h"

namespace howopen::scan {

inline bool is_one_of(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// Whether token `i` begins a block of Python: if, for, def …
bool is_header(const Code& code, std::uint32_t i);
/// Whether the line that begins with token `i` is a statement of its own, in a language with braces.
bool line_ends(const Code& code, std::uint32_t first, std::uint32_t i);
/// The name that a value is for: the last word or string of the tokens in front of the mark.
std::string_view target(const Code& code, std::uint32_t first, std::uint32_t end);

bool has_string(const Code& code, std::uint32_t from, std::uint32_t to);
/// Among the first few.
bool has_word(const Code& code, std::uint32_t from, std::uint32_t to, std::string_view word);

}  // namespace howopen::scan
