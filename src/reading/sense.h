// What one sentence does, by the phrases that are in it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "reading/lexicon.h"

namespace howopen::reading {

/// A set of cues.
class Cues {
 public:
  void add(Cue c) { bits_[static_cast<std::size_t>(c) / 64] |= bit(c); }
  bool has(Cue c) const { return (bits_[static_cast<std::size_t>(c) / 64] & bit(c)) != 0; }
  template <class... C>
  bool any(C... cues) const {
    return (has(cues) || ...);
  }

 private:
  static std::uint64_t bit(Cue c) { return std::uint64_t{1} << (static_cast<std::size_t>(c) % 64); }
  std::uint64_t bits_[2] = {0, 0};
};

/// A sentence with its words, and what was found in it.
struct Sense {
  std::span<const Token> words;
  std::vector<Hit> hits;
  Cues cues;
  /// Terms that bind: those that no denial, permission or aside takes back.
  std::vector<Hit> terms;

  bool has(Cue c) const { return cues.has(c); }
  /// Bytes that a hit covers, within the sentence's text.
  std::size_t begin_of(const Hit& h) const { return words[h.begin].begin; }
  std::size_t end_of(const Hit& h) const { return words[h.end - 1].end; }
  /// Whether a phrase of the cue lies within bytes [from, to).
  bool within(Cue c, std::size_t from, std::size_t to) const;
};

/// Reads a sentence. Its words are those of `text`: their places count from its first byte.
Sense understand(std::span<const Token> words, std::string_view text, const Lexicon& lexicon);

}  // namespace howopen::reading
