// What words beside or inside a known license do to it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "howopen/license.h"
#include "reading/lexicon.h"
#include "reading/tokens.h"

namespace howopen::reading {

/// Where the words stand that are to be judged.
enum class Position {
  outside,  ///< before, between or behind licenses
  inside,   ///< within one, where every added word counts
  notice,   ///< within one, where its name or its holders stand
};

/// Words beside a license, and what is known around them.
struct Beside {
  std::span<const Token> words;
  std::string_view text;  ///< the whole text the words point into; "" where there is none
  Position position = Position::outside;
  bool before = false;               ///< no license stands before them: where titles and descriptions stand
  const Catalog* catalog = nullptr;  ///< where licenses that are named can be looked up
  std::span<const std::string> licenses = {};  ///< found in the text
};

/// Words in sentences: a stop with a blank behind it, or an empty line, ends one.
std::vector<std::span<const Token>> sentences_of(std::span<const Token> words, std::string_view text);

/// The worst of what the sentences of a piece of text are. Only what is understood as harmless is harmless: a
/// notice of rights, a title, thanks, a wish for citation, a description, what the license says itself.
Leftover::Kind judge_beside(const Beside& beside, const Lexicon& lexicon);

/// "2025 Acme Labs. Licensed for demonstration.": whether a sentence behind the first sets a term.
bool goes_on_with_a_term(std::span<const Token> words, std::string_view text, const Lexicon& lexicon);

/// Whether words could be a name, or names and years, and nothing that makes a term.
bool could_be_name(std::span<const Token> words, const Lexicon& lexicon);

/// Letters that look like others (Cyrillic within Latin words), and directions that turn: not what they seem.
bool mixes_scripts(std::string_view text);

}  // namespace howopen::reading
