// Small scanners for what prose says: amounts of tokens, words near each other. Linear, no regular
// expressions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
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

/// Phrases that are looked for together, as letters, not as words; each has two bytes or more. Prepared by
/// the compiler: a search takes time for the text and hardly any for the number of phrases.
class Phrases {
 public:
  template <class... Strings>
  explicit consteval Phrases(const Strings&... phrases)
      : list_{std::string_view(phrases)...}, size_(sizeof...(phrases)) {
    static_assert(sizeof...(phrases) <= kMost);
    for (std::size_t i = 0; i < size_; ++i) {
      const std::uint64_t bit = std::uint64_t{1} << i;
      if (list_[i].size() < 2) throw "a phrase is too short";
      for (std::size_t n = 0; n < kHead; ++n) {
        if (n < list_[i].size()) {
          heads_[n][low(list_[i][n])] |= bit;
        } else {
          for (std::uint64_t& any : heads_[n]) any |= bit;
        }
      }
    }
  }

  /// Whether any of them occurs in `text`.
  bool in(std::string_view text) const { return in(text, ~std::uint64_t{0}); }

  /// Those of them that some larger text may hold, to be looked for in its parts.
  class Some {
   public:
    Some() = default;
    bool in(std::string_view text) const { return which_ != 0 && of_->in(text, which_); }
    explicit operator bool() const { return which_ != 0; }

   private:
    friend class Trigrams;
    Some(const Phrases& of, std::uint64_t which) : of_(&of), which_(which) {}
    const Phrases* of_ = nullptr;
    std::uint64_t which_ = 0;  // a bit each
  };

  const std::string_view* begin() const { return list_.data(); }
  const std::string_view* end() const { return list_.data() + size_; }

 private:
  bool in(std::string_view text, std::uint64_t which) const;

  static constexpr std::size_t kMost = 40;
  static constexpr std::size_t kHead = 3;
  static constexpr std::size_t low(char c) { return static_cast<unsigned char>(c) & 31U; }

  std::array<std::string_view, kMost> list_;
  std::size_t size_ = 0;
  // Which phrases may have, as their first, second, third byte, one that ends in these five bits: letters
  // differ in them.
  std::array<std::array<std::uint64_t, 32>, kHead> heads_{};
};

/// Which three letters in a row a lower-case text holds, roughly: what it denies is not there. Bytes beyond
/// ASCII count as letters; all that is neither letter nor digit is alike to it.
class Trigrams {
 public:
  void add(std::string_view text);
  /// Whether `phrase` may occur in what was added. Never false for one that does.
  bool may_hold(std::string_view phrase) const;
  /// Whether it may, with no letter or digit before it.
  bool may_begin(std::string_view phrase) const;
  Phrases::Some some_of(const Phrases& phrases) const;

 private:
  static constexpr std::size_t kBits = 1U << 15;
  bool holds(std::string_view phrase, std::uint32_t three, std::size_t from) const;
  std::array<std::uint64_t, kBits / 64> seen_{};
};

/// Whether any of `phrases` occurs in `text`, as letters, not as words. For texts of a few words; Phrases for
/// longer ones.
bool contains_any(std::string_view text, std::initializer_list<std::string_view> phrases);

/// Whether `word` occurs in lower-case `text` with no letter or digit beside it.
bool contains_word(std::string_view text, std::string_view word);

}  // namespace howopen::text
