// What words and phrases do in a license text (data/license_lexicon.json): restrict, disclaim, attribute,
// refer.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "howopen/catalog.h"
#include "license/tokens.h"

namespace howopen::license {

enum class PhraseKind : std::uint8_t { restriction, prohibition, disclaimer, attribution, notice, legal };

/// Words in a row, with alternatives and gaps.
struct Phrase {
  PhraseKind kind = PhraseKind::restriction;
  std::string name;  ///< of a restriction: `non-commercial`, `user-threshold`, …
  struct Term {
    std::vector<Word> words;  ///< any of them
    bool gap = false;         ///< up to eight words may stand before it
  };
  std::vector<Term> terms;
};

/// Where a phrase stands: words [begin, end).
struct Hit {
  const Phrase* phrase = nullptr;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

class Lexicon {
 public:
  /// Reads the file; throws std::runtime_error at one that is broken.
  explicit Lexicon(std::string_view json);

  /// May make a term of what it stands in.
  bool suspicious(Word w) const { return suspicious_.contains(w); }
  /// May stand in a name: "Acme Research Corporation" restricts nothing.
  bool of_a_name(Word w) const { return !suspicious_.contains(w) || names_.contains(w); }
  /// Suspicious by itself, but nothing in a sentence that names authors or points at something.
  bool weak(Word w) const { return weak_.contains(w); }
  /// Makes a name of the words around it: "Corporation", "Foundation".
  bool organization(Word w) const { return organizations_.contains(w); }
  /// May stand in the line above a license: "3-Clause BSD License".
  bool of_a_heading(Word w) const { return !suspicious_.contains(w) || headings_.contains(w); }
  /// Turns a term around when it is added or lost.
  bool negates(Word w) const { return negations_.contains(w); }
  /// Says nothing wherever it is added or lost.
  bool ignorable(Word w) const { return ignorable_.contains(w); }
  bool interchangeable(Word a, Word b) const;

  /// Phrases in a text, in order, in time that grows with the text.
  std::vector<Hit> find(std::span<const Token> text) const;

 private:
  std::unordered_set<Word> suspicious_;
  std::unordered_set<Word> names_;
  std::unordered_set<Word> organizations_;
  std::unordered_set<Word> headings_;
  std::unordered_set<Word> weak_;
  std::unordered_set<Word> negations_;
  std::unordered_set<Word> ignorable_;
  std::unordered_map<Word, Word> interchangeable_;  // to one of the pair
  std::vector<Phrase> phrases_;
  std::unordered_map<Word, std::vector<std::uint32_t>> by_first_word_;
};

/// The lexicon that ships with the tool, read once.
const Lexicon& lexicon(const Catalog& catalog);

}  // namespace howopen::license
