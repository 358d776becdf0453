// Small scanners for what prose says: amounts of tokens, words near each other. Linear, no regular
// expressions.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace howopen::text {

/// "14.8T tokens", "8.1 trillion tokens", "2 万亿 token" and the like within lower-case text.
struct TokenCount {
  std::string amount;  ///< as written: `14.8t`, `8.1 trillion`
  std::size_t at = 0;  ///< offset of the number
};
std::vector<TokenCount> token_counts(std::string_view lower_text);

/// Whether any of `phrases` occurs in `text`, as letters, not as words.
bool contains_any(std::string_view text, std::initializer_list<std::string_view> phrases);

/// Whether `word` occurs in lower-case `text` with no letter or digit beside it.
bool contains_word(std::string_view text, std::string_view word);

}  // namespace howopen::text
