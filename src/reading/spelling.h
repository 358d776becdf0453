// Words by their letters, and those that are spelt in more than one way.
#pragma once

#include <string_view>

#include "reading/tokens.h"
#include "reading/word_table.h"

namespace howopen::reading {

// FNV-1a over letters in lower case.
inline constexpr Word kBasis = 0xCBF29CE484222325ULL;
inline constexpr Word kPrime = 0x100000001B3ULL;
/// Of words that say nothing: `the`.
inline constexpr Word kDropped = 0;

constexpr Word add(Word h, unsigned char c) {
  return (h ^ c) * kPrime;
}

constexpr Word hash(std::string_view s) {
  Word h = kBasis;
  for (const char c : s) h = add(h, static_cast<unsigned char>(c));
  return h;
}

/// The word that a spelling is counted as, from SPDX's list of equivalent words; kDropped for articles.
const WordTable<Word>& spellings();

}  // namespace howopen::reading
