// What words beside or inside a known license do to it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "howopen/license.h"
#include "license/lexicon.h"
#include "license/tokens.h"

namespace howopen::license {

/// Where the words stand that are to be judged.
enum class Position {
  outside,  ///< before, between or behind licenses
  inside,   ///< within one, where every added word counts
  notice,   ///< within one, where its name or its holders stand
};

/// The worst of what the sentences of a piece of text are. `text` is the whole text the tokens point into; it
/// may be empty, then sentences are not told apart.
Leftover::Kind classify(std::span<const Token> piece, std::string_view text, Position position,
                        const Lexicon& lexicon);

/// Whether words could be a name, or names and years, and nothing that makes a term.
bool could_be_name(std::span<const Token> words, const Lexicon& lexicon);

}  // namespace howopen::license
