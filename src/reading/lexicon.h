// The words of data/reading/ made ready to be looked for: what phrases do (cues), and what single words may
// be part of.
#pragma once

#include <bitset>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "catalog/cues.h"
#include "reading/tokens.h"

namespace howopen::reading {

using catalog::Cue;

/// Words in a row, with alternatives and gaps.
struct Phrase {
  Cue cue = Cue::talk;
  struct Term {
    std::vector<Word> words;  ///< any of them
    std::vector<Word> stems;  ///< or any word that begins so; sorted
    bool gap = false;         ///< up to eight words may stand before it
  };
  std::vector<Term> terms;
  bool foreign = false;  ///< of a language in Latin letters that is not English: not for English sentences
};

/// Where a phrase stands: words [begin, end).
struct Hit {
  Cue cue = Cue::talk;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint16_t phrase = 0;  ///< its number, to tell phrases apart
  bool foreign = false;      ///< of another language than English in Latin letters
};

/// Whether the cue is a term: takes back something that an open license grants.
constexpr bool is_term(Cue cue) {
  return cue <= Cue::policy;
}

class Lexicon {
 public:
  /// Throws std::runtime_error at a phrase that holds no word.
  explicit Lexicon(const std::vector<catalog::Language>& languages);

  /// May make a term of what it stands in.
  bool suspicious(Word w) const { return suspicious_.contains(w); }
  /// May stand in a name: "Acme Research Corporation" restricts nothing.
  bool of_a_name(Word w) const { return !suspicious_.contains(w) || names_.contains(w); }
  /// Suspicious by itself, but nothing in a sentence that names authors or points at something.
  bool weak(Word w) const { return weak_.contains(w); }
  /// May stand in a sentence that says where the license of something is, and sets no term there.
  bool pointing(Word w) const { return pointing_.contains(w); }
  /// Makes a name of the words around it: "Corporation", "Foundation".
  bool organization(Word w) const { return organizations_.contains(w); }
  /// May stand in the line above a license: "3-Clause BSD License".
  bool of_a_heading(Word w) const { return !suspicious_.contains(w) || headings_.contains(w); }
  /// Turns a term around when it is added or lost.
  bool negates(Word w) const { return negations_.contains(w); }
  /// Says nothing wherever it is added or lost.
  bool ignorable(Word w) const { return ignorable_.contains(w); }
  bool interchangeable(Word a, Word b) const;
  /// A word of the languages that the lexicon covers: most sentences of them hold some.
  bool common(Word w) const { return common_.contains(w); }
  /// No sentence ends behind it: "e.g.".
  bool abbreviation(Word w) const { return abbreviations_.contains(w); }
  /// Stands in the sentence that puts something under a license, and sets no term there: "may", "under".
  bool granting(Word w) const { return granting_.contains(w); }
  /// Says nothing of which license is meant: "model", "software", "this".
  bool generic(Word w) const { return generic_.contains(w); }
  /// Tells editions of a model apart: "base", "large", "chat".
  bool variant(Word w) const { return variants_.contains(w); }
  /// Behind a number it makes an amount of it: "2M USD" is no size of a model.
  bool amount(Word w) const { return amounts_.contains(w); }

  /// Behind "model" it makes a word of both that is no model: "model license", "model card".
  bool compound(Word w) const { return compounds_.contains(w); }

  /// Between two names it makes one of both: "A and B".
  bool joins(Word w) const { return joining_.contains(w); }

  /// Says of what stands before it that it is what stands behind: "is", "remains".
  bool copula(Word w) const { return copulas_.contains(w); }
  /// Makes what stands behind it a place or an owner: "in", "of".
  bool preposition(Word w) const { return prepositions_.contains(w); }
  /// A number behind it tells releases apart: "version", "release".
  bool release(Word w) const { return releases_.contains(w); }
  /// May stand before a release's number, and names nobody: "from", "all", "since".
  bool leads_to_a_release(Word w) const { return before_releases_.contains(w); }

  /// Before "under" it puts something under a license: "released".
  bool puts_under(Word w) const { return put_under_.contains(w); }
  /// What is named before it, or it itself, is no license though something stands under it: "project", "DOI".
  bool no_license(Word w) const { return no_licenses_.contains(w); }

  /// A site, in lower case, that holds texts of licenses that everybody uses, or repositories that are read.
  bool license_host(std::string_view host) const;

  /// Leads to a name, a number, an address: "Homepage", "Maintainer".
  bool label(Word w) const { return labels_.contains(w); }

  /// A word of everyday English.
  bool known(Word w) const { return english_.contains(w); }

  /// Whether words are English beyond doubt: phrases of other languages in Latin letters may be English
  /// words.
  bool english(std::span<const Token> words) const;
  /// Whether none of them is of another language, and one is English.
  bool only_english(std::span<const Token> words) const;
  /// Whether one of them is a usual word of another language, and none of English.
  bool holds_foreign(std::span<const Token> words) const;

  /// Whether a sentence may be of a language that the lexicon covers: it holds one of its commonest words, or
  /// characters of a script without blanks that it reads.
  bool reads(std::span<const Token> words, std::string_view text) const;
  /// How many of them are: one may be another language's word.
  std::size_t common_words(std::span<const Token> words, std::string_view text) const;

  /// Phrases in a text, in order, in time that grows with the text. Stems need the text that the words are
  /// of; without one they match nothing.
  std::vector<Hit> find(std::span<const Token> words, std::string_view text) const;

 private:
  friend struct Builder;
  struct Spelt {
    std::span<const Token> words;
    std::string_view text;
  };
  bool matches(const Phrase::Term& term, const Spelt& s, std::uint32_t at) const;
  std::uint32_t follow(const Phrase& p, const Spelt& s, std::uint32_t at, std::size_t term,
                       int& budget) const;

  bool thai_ = false;  // Thai is among the languages; its words have no blanks
  std::unordered_set<Word> suspicious_, names_, organizations_, headings_, weak_, negations_, ignorable_,
      common_, abbreviations_, generic_, variants_, compounds_, granting_, pointing_, english_, not_english_,
      amounts_, joining_, labels_, copulas_, prepositions_, releases_, before_releases_, license_hosts_,
      put_under_, no_licenses_;
  std::unordered_map<Word, Word> interchangeable_;  // to one of the pair
  std::vector<Phrase> phrases_;
  std::unordered_map<Word, std::vector<std::uint32_t>> by_first_word_;
  std::unordered_map<Word, std::vector<std::uint32_t>> by_first_stem_;
  std::vector<std::size_t> stem_sizes_;  // in bytes, ascending, of first words
  // By the lower bits of either: most words begin no phrase.
  std::bitset<65536> may_begin_;
};

/// The lexicon of a catalog, made once and kept with it: of the languages that most cards are in.
const Lexicon& lexicon(const Catalog& catalog);
/// Of all languages; made when it is first asked for.
const Lexicon& every_language(const Catalog& catalog);
/// The one that a text of a license needs: of all languages where it holds letters that English does not
/// have.
const Lexicon& lexicon_for(std::string_view text, const Catalog& catalog);

}  // namespace howopen::reading
