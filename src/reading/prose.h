// The text of a card in lower case, as those who look for words in it need it: made once for all of them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "text/markdown.h"
#include "text/phrases.h"

namespace howopen::reading {

class Prose {
 public:
  Prose() = default;
  explicit Prose(const text::Markdown& card);

  /// A block's text in lower case, byte for byte as long.
  std::string_view block(std::size_t i) const;
  /// The heading that a block stands under, or is, in lower case; "" for none.
  std::string_view heading_of(std::size_t i) const;

  /// Those of the phrases that the card may hold somewhere; that it lacks the others is certain, so most
  /// questions need no look at the sentences.
  text::Phrases::Some some_of(const text::Phrases& phrases) const { return trigrams_.some_of(phrases); }
  bool may_say(std::string_view phrase) const { return trigrams_.may_hold(phrase); }

 private:
  struct Place {
    std::size_t at = 0;
    std::size_t size = 0;
    std::size_t section = text::Block::kNone;
  };
  std::string text_;
  std::vector<Place> blocks_;
  text::Trigrams trigrams_;
};

/// A sentence of a block: its text in lower case, with its place in the block.
struct Sentence {
  std::string_view text;
  std::size_t at = 0;
};
/// From a full stop, semicolon or a line that stands by itself to the next. `lower` is the text of a block in
/// lower case, `original` the same as written: what begins with a capital letter begins a sentence. Pieces
/// longer than 2,000 bytes are cut.
std::vector<Sentence> sentences(std::string_view lower, std::string_view original);

}  // namespace howopen::reading
