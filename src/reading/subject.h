// Who a sentence speaks of.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "howopen/words.h"
#include "reading/sense.h"

namespace howopen::reading {

enum class Subject {
  here,     ///< this model, by name, pronoun, size or row
  family,   ///< its family, or nobody in particular: this model may be meant
  sibling,  ///< another model of the same makers
  base,     ///< the one it was made from
  other,    ///< somebody else's work, a library, data, the reader
};

/// Tells a model from its siblings by their names.
class Names {
 public:
  /// Of the model with this id.
  explicit Names(std::string_view id);

  /// What a word that looks like a model's name is: the model itself or its family, or a sibling; nothing
  /// where it shares no name with it.
  std::optional<Subject> named(std::string_view word) const;
  /// Whether a word is one of those that the model's name is made of.
  bool is_part(std::string_view word) const;
  /// What words that tell editions apart (sizes, "base", "chat") say within a piece of text, in lower case.
  std::optional<Subject> edition(std::string_view lower, std::size_t from, std::size_t to,
                                 const Lexicon& lexicon) const;
  /// Whom the number of a release within bytes [from, to) means: "from v2 on", "version 1". Nothing where no
  /// release is named, or that of something else; the family where the model's name tells no release.
  std::optional<Subject> version(const Sense& sense, std::string_view lower, std::size_t from, std::size_t to,
                                 const Lexicon& lexicon) const;
  /// The first name within a piece of a text in lower case that tells who is meant, here before siblings.
  std::optional<Subject> in(std::string_view lower, std::size_t from, std::size_t to) const;

 private:
  std::optional<Subject> generation(std::string_view lower, std::size_t end) const;
  bool edition_behind(std::string_view lower, std::size_t at, std::size_t to) const;

  std::string own_;                 // its name in lower case
  std::vector<std::string> parts_;  // of it
  std::string stem_;                // what all names of the family begin with
};

/// Whom bytes [from, to) of a sentence speak of.
Subject subject_of(const Sense& sense, std::string_view lower, std::size_t from, std::size_t to,
                   const Names& names, const Lexicon& lexicon);

}  // namespace howopen::reading

namespace howopen {
template <>
struct Words<reading::Subject> {
  static constexpr std::string_view names[] = {"this", "family", "sibling", "base", "other"};
};
}  // namespace howopen
