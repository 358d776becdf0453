// Whether a sentence of a card that names no license binds whoever uses the model: asks, takes, keeps or
// limits. What people write for that has no end of words, so it is weighed and not looked up: words and pairs
// of words have weights, learned by tools/binding_words.cpp from labelled sentences
// (tests/reading/sentences.tsv) against sentences of real cards. data/binding_words.txt holds them.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "reading/sense.h"
#include "reading/word_table.h"

namespace howopen::reading {

/// What a sentence is weighed by; the letter stands for it in the table.
struct Feature {
  enum class Kind : char {
    word = 'w',
    pair = 'p',       ///< two neighbours
    beginning = 'b',  ///< the first letters of a longer word
    first = 'f',      ///< the word, and the pair, that the sentence begins with
    first_pair = 'g',
    last = 'l',
    around = 's',  ///< two with one between
    cue = 'c',     ///< what a phrase of it does, whatever its words
  };
  Kind kind = Kind::word;
  Word id = 0;
  std::uint32_t from = 0;  ///< of the words that make it
  std::uint32_t to = 0;    ///< the second of two, else the same
  Cue of = Cue::talk;      ///< of Kind::cue
};

/// The first five letters of a longer word, in any script; "" where it has no more, or begins with a digit.
std::string_view beginning_of(std::string_view letters);
/// All of a sentence, in order; `text` is in lower case. Every number is the same word.
std::vector<Feature> features_of(const Sense& sense, std::string_view text);

class BindingWords {
 public:
  /// Reads lines of a weight in hundredths, the kind's letter and the words, parted by tabs; those of `bias`
  /// and `threshold` have no words, and `#` begins a comment. Throws std::runtime_error at anything else.
  explicit BindingWords(std::string_view table);

  /// Above zero the sentence binds, the further the surer; below kDoubt it hardly does.
  static constexpr int kSure = 300;
  static constexpr int kLikely = 200;
  static constexpr int kDoubt = -150;
  static constexpr int kPlain = -200;     ///< nor would most of what is left
  static constexpr int kHarmless = -250;  ///< nobody would take it for a term
  int weigh(const Sense& sense, std::string_view text) const;
  /// Whether most words of a lower-case sentence of ASCII letters are ones that something was learned of, so
  /// that the weight tells of it. Of a language that nobody here reads few are.
  bool knows_most(std::span<const Token> words, std::string_view text) const;

 private:
  WordTable<int> weights_;
  int start_ = 0;
};

/// The weights of a catalog, made once and kept with it.
const BindingWords& binding_words(const Catalog& catalog);

/// What stands under a heading of limits, evaluation, training or other people's work binds nobody. `nearest`
/// are the cues of the heading above.
bool may_bind(const Cues& nearest);

/// It is a sentence, and no row of figures or tags.
bool can_be_weighed(const Sense& sense, std::string_view lower);

/// By its weight, unless it restricts nobody in so many words: trademarks, "no restriction", a permission
/// that asks for nothing. In a section on licenses wishes count as well.
bool binds_somebody(const Sense& sense, int weight, bool on_licenses);

/// A term that is of licenses in any sentence, "no redistribution", "until 2027", unless the sentence wishes,
/// thanks, advises, warrants nothing or permits.
bool sets_a_sure_term(const Sense& sense);

/// Chinese, Japanese and Korean put the head last: of "the data set that the model was trained on" the data
/// set is spoken of, in bytes [from, to) of `lower`.
bool head_is_data(const Sense& sense, std::string_view lower, std::size_t from, std::size_t to);

}  // namespace howopen::reading
