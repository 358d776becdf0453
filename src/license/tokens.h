// License texts as sequences of words: case, wrapping, punctuation, quotes and markup do not matter.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace howopen::license {

/// Words in lower case; everything that is neither letter nor digit separates them. Copyright notices, which
/// differ from copy to copy, are left out when they say nothing else.
std::vector<std::string> words(std::string_view text);

/// SHA-256 over the words, joined by blanks.
std::string digest_of(const std::vector<std::string>& words, std::size_t first = 0);

}  // namespace howopen::license
