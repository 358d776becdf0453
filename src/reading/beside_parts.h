// Parts of a license file that consist of more than one sentence.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "reading/beside.h"

namespace howopen::reading {

/// "May I sell it? Yes.", "Do I have to ask? No.": what licenses that grant all of it say, too.
bool answers_as_the_license(const Beside& beside, std::span<const Token> question,
                            std::span<const Token> answer);

/// The words without those of BibTeX entries that set no term; their number is at most the one that was
/// given.
std::vector<Token> without_citations(std::span<const Token> words, std::string_view text,
                                     const Lexicon& lexicon);

}  // namespace howopen::reading
