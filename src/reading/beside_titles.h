// What stands above a license: titles, and names of what it is for.
#pragma once

#include <span>

#include "reading/beside.h"
#include "reading/sense.h"

namespace howopen::reading {

/// "Licence MIT", in any language: what a license is called, and the name of one that is in the text. `s` is
/// the sentence, a part of beside.words.
bool only_titles(const Beside& beside, std::span<const Token> s, const Sense& sense, const Lexicon& lexicon);

/// "fjord-tokenizer 2.1.0 (2025-03-01) https://fjord.example" above a license: a name with numbers.
bool names_a_release(const Beside& beside, std::span<const Token> s, const Sense& sense);

}  // namespace howopen::reading
