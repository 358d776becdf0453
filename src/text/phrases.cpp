// What prose says about amounts of training data, in English and Chinese.
//
//   token_counts("pretrained on 14.8 trillion tokens")  ->  {"14.8 trillion", 14}

#include "text/phrases.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "text/ascii.h"

namespace howopen::text {
namespace {

// By sixteen, which compilers turn into one comparison: hardly any block of a card holds a number.
bool any_digit(std::string_view s) {
  for (; s.size() >= 16; s.remove_prefix(16)) {
    unsigned any = 0;
    for (std::size_t i = 0; i < 16; ++i) any |= static_cast<unsigned char>(s[i] - '0') < 10 ? 1U : 0U;
    if (any != 0) return true;
  }
  return std::any_of(s.begin(), s.end(), is_digit);
}

std::size_t skip_blanks(std::string_view s, std::size_t at) {
  while (at < s.size() && (s[at] == ' ' || s[at] == '-' || s[at] == '\n' || s[at] == '*')) ++at;
  return at;
}

constexpr std::array<std::string_view, 12> kUnits = {"trillion", "billion", "million", "万亿", "千亿", "百亿",
                                                     "亿",       "t",       "b",       "m",    "k",    "tn"};
constexpr std::array<std::string_view, 4> kTokens = {"tokens", "token", "个token", "个词元"};

}  // namespace

std::vector<TokenCount> token_counts(std::string_view s) {
  std::vector<TokenCount> out;
  if (!any_digit(s)) return out;
  for (std::size_t i = 0; i < s.size();) {
    if (!is_digit(s[i]) || (i > 0 && (is_digit(s[i - 1]) || s[i - 1] == '.' || is_letter(s[i - 1])))) {
      ++i;
      continue;
    }
    const std::size_t number = i;
    while (i < s.size() && i - number < 12 &&
           (is_digit(s[i]) || ((s[i] == '.' || s[i] == ',') && i + 1 < s.size() && is_digit(s[i + 1]))))
      ++i;
    std::size_t at = skip_blanks(s, i);
    const auto unit = std::find_if(kUnits.begin(), kUnits.end(), [&](std::string_view u) {
      if (s.substr(at, u.size()) != u) return false;
      const std::size_t end = at + u.size();
      return !is_letter(u.back()) || end >= s.size() || !is_letter(s[end]);
    });
    if (unit == kUnits.end()) continue;
    const std::size_t unit_end = at + unit->size();
    at = skip_blanks(s, unit_end);
    // One word may stand between: "2 trillion english tokens", "14.8 trillion diverse and high-quality
    // tokens".
    const std::string_view near = s.substr(at, 48);
    const bool tokens = std::any_of(kTokens.begin(), kTokens.end(), [&](std::string_view t) {
      const std::size_t found = near.find(t);
      return found != std::string_view::npos &&
             near.substr(0, found).find_first_of(".,;:|\t") == std::string_view::npos;
    });
    if (tokens) out.push_back({std::string(s.substr(number, unit_end - number)), number});
  }
  return out;
}

// One pass for all phrases: a place is looked at only where the next three bytes begin some phrase. This is
// asked of every sentence of a card, and was a third of an audit when each phrase was searched for in turn.
bool Phrases::in(std::string_view text, std::uint64_t which) const {
  which &= size_ == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << size_) - 1;
  if (text.empty()) return false;   // and memmem wants an address
  if (std::popcount(which) <= 3) {  // then the library's search is faster
    for (; which != 0; which &= which - 1) {
      const std::string_view phrase = list_[static_cast<std::size_t>(std::countr_zero(which))];
      if (memmem(text.data(), text.size(), phrase.data(), phrase.size()) != nullptr) return true;
    }
    return false;
  }
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    std::uint64_t may = which & heads_[0][low(text[at])] & heads_[1][low(text[at + 1])];
    if (may == 0) continue;
    if (at + 2 < text.size()) may &= heads_[2][low(text[at + 2])];
    for (; may != 0; may &= may - 1) {
      if (text.substr(at).starts_with(list_[static_cast<std::size_t>(std::countr_zero(may))])) return true;
    }
  }
  return false;
}

namespace {

// Five bits of a byte: 0 for what separates words.
constexpr std::array<std::uint8_t, 256> kClass = [] {
  std::array<std::uint8_t, 256> out{};
  for (unsigned c = 0; c < 256; ++c) {
    if (c >= '0' && c <= '9')
      out[c] = static_cast<std::uint8_t>(27 + c % 4);
    else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
      out[c] = c & 31U;
    else if (c >= 0x80)
      out[c] = (c & 31U) == 0 ? 31 : c & 31U;
  }
  return out;
}();

std::uint32_t with(std::uint32_t three, char next) {
  return (three << 5 | kClass[static_cast<unsigned char>(next)]) & 0x7FFFU;
}

}  // namespace

void Trigrams::add(std::string_view text) {
  std::uint32_t three = 0;
  for (const char c : text) {
    three = with(three, c);
    seen_[three >> 6] |= std::uint64_t{1} << (three & 63U);
  }
}

// The trigrams of `phrase` behind `three`, from the one on that ends at `from`.
bool Trigrams::holds(std::string_view phrase, std::uint32_t three, std::size_t from) const {
  for (std::size_t at = 0; at < phrase.size(); ++at) {
    three = with(three, phrase[at]);
    if (at >= from && (seen_[three >> 6] >> (three & 63U) & 1U) == 0) return false;
  }
  return true;
}

bool Trigrams::may_hold(std::string_view phrase) const {
  return holds(phrase, 0, 2);
}

bool Trigrams::may_begin(std::string_view phrase) const {
  return holds(phrase, 0, 1);
}

Phrases::Some Trigrams::some_of(const Phrases& phrases) const {
  std::uint64_t which = 0;
  std::uint64_t bit = 1;
  for (const std::string_view phrase : phrases) {
    if (may_hold(phrase)) which |= bit;
    bit <<= 1;
  }
  return {phrases, which};
}

bool contains_any(std::string_view text, std::initializer_list<std::string_view> phrases) {
  return std::any_of(phrases.begin(), phrases.end(),
                     [&](std::string_view p) { return text.find(p) != std::string_view::npos; });
}

bool contains_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool before = at > 0 && (is_letter(text[at - 1]) || is_digit(text[at - 1]));
    const bool after = end < text.size() && (is_letter(text[end]) || is_digit(text[end]));
    if (!before && !after) return true;
  }
  return false;
}

}  // namespace howopen::text
