// Pages of a printed text.
#pragma once

#include <string>
#include <string_view>

#include "reading/lexicon.h"

namespace howopen::license {

/// The text with blanks in the place of page numbers and running titles, byte for byte; "" where there are
/// none. A line is a running title if it stands three times, with nothing but another number, and no word of
/// it could make a term.
std::string without_pages(std::string_view text, const reading::Lexicon& lexicon);

}  // namespace howopen::license
