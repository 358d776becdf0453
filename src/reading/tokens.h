// License texts as sequences of words: case, wrapping, punctuation, quotes, markup, comment signs, list
// numbers and Unicode forms do not matter.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace howopen::reading {

/// Name of a word: a hash of its letters in lower case, one for all spellings of it (`licence`, `license`).
using Word = std::uint64_t;

struct Token {
  Word word = 0;
  std::uint32_t begin = 0;  ///< bytes in the text
  std::uint32_t end = 0;
};

/// The words of a text, in time that grows with its size. Left out, wherever they stand: articles, numbers
/// and letters that count clauses (`2.`, `(a)`, `iv)`), tags of HTML, targets of Markdown links.
/// `non-commercial`, `non commercial` and `noncommercial` are one word, and so are `sub-license` and
/// `sublicense`.
std::vector<Token> tokens(std::string_view text);

/// Which is the first word that begins at a byte or behind it; their number where none does.
std::size_t first_from(std::span<const Token> words, std::size_t byte);

/// The word that a single plain word is.
Word word_of(std::string_view plain);

}  // namespace howopen::reading
