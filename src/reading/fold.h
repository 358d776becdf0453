// One spelling for what is the same word in license texts, whatever Unicode has for it.
#pragma once

#include <cstdint>
#include <string_view>

namespace howopen::reading {

/// What a character is to a license text.
struct Folded {
  enum class Kind {
    letters,     ///< `ascii` stands for it
    other,       ///< a letter of another script, `lower` is its code point in lower case
    ideograph,   ///< a word by itself
    apostrophe,  ///< joins what stands around it
    nothing,     ///< as if it were not there: joiners, accents by themselves, soft hyphens
    separator,
  };
  Kind kind = Kind::separator;
  std::string_view ascii;
  std::uint32_t lower = 0;
};

/// For characters beyond ASCII. Composed and decomposed forms, full-width forms and ligatures fold alike.
Folded fold(std::uint32_t code_point);

}  // namespace howopen::reading
