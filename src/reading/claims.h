// What a card claims, each claim with its place.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "howopen/facts.h"
#include "howopen/words.h"
#include "reading/prose.h"
#include "reading/subject.h"
#include "text/markdown.h"

namespace howopen::reading {

/// Where in a card something stands.
struct At {
  std::size_t block = 0;
  std::size_t byte = 0;  ///< of the block's text
  int line = 0;
};

/// Something said of licenses, terms, permission, use or price.
struct LicenseClaim {
  enum class Kind {
    licensed,    ///< under a license: a known one (`id`), or one that is only named (`name`)
    refers,      ///< to a license that stands elsewhere: "see the LICENSE file"
    restricted,  ///< a term beside a license: `term` is its kind
    permits,     ///< says that something is allowed, or that there is no restriction
    inherits,    ///< that the terms of a base hold, which the sentence does not name
    unread,      ///< talk of licenses that was not understood
  };
  Kind kind = Kind::licensed;
  Subject subject = Subject::here;
  Scope what = Scope::everything;
  std::string id;       ///< SPDX id or LicenseRef-…, "" for a license that nobody lists
  std::string name;     ///< as it is written
  std::string term;     ///< a kind of restriction of data/reading/, `non-commercial`
  bool choice = false;  ///< one of several that may be chosen
  At at;
  std::string quote;  ///< the sentence, at most 200 bytes
};

/// Something said of where a model comes from.
struct OriginClaim {
  Subject subject = Subject::here;
  Relation how = Relation::unstated;
  std::string id;        ///< of the base at the Hub, where a link or an id names it
  std::string family;    ///< of data/families.json, where only a name does
  std::string name;      ///< as it is written
  bool weights = true;   ///< says so of weights, and not, as "based on" may, of an architecture
  bool scratch = false;  ///< from nothing
  At at;
};

/// Something said of what this model was trained on.
struct DataClaim {
  enum class Kind {
    named,    ///< data by their name
    partly,   ///< that what is named, or published, is not all of it
    teacher,  ///< outputs of another model
  };
  Kind kind = Kind::named;
  std::string name;        ///< as it is written; of a teacher its name in data/dataset_terms.json
  bool tuning = false;     ///< of a stage behind pre-training
  bool pretrains = false;  ///< of pre-training
  At at;
};

struct Claims {
  std::vector<LicenseClaim> licenses;
  std::vector<OriginClaim> origins;
  std::vector<DataClaim> data;
  bool delta = false;  ///< the weights are differences to another model's
  At delta_at;
  /// The line from which on, because of a limit, something of the card was not read; 0 where all of it was.
  /// What it says of licenses and bases is then not known to the end.
  int unread_from = 0;
  /// The line of the first sentence in a language that nobody here reads, where most of the card is in one; 0
  /// for any other card.
  int foreign_from = 0;
  void stop_at(int line) {
    if (unread_from == 0 || line < unread_from) unread_from = line < 1 ? 1 : line;
  }
};

/// A card as it is read for claims: the text, its lower case, and whose card it is.
struct Source {
  const text::Markdown& card;
  const Prose& prose;
  std::string_view id;
  const Catalog& catalog;
};

/// What a few words, the text of a link, are about: "Model License" the weights, "Code License" the code.
Scope what_words_are_about(std::string_view words, const Catalog& catalog);

/// Everything that a card claims, in the order it stands there; time grows with the card.
Claims read_claims(const Source& source);

}  // namespace howopen::reading

namespace howopen {
template <>
struct Words<reading::LicenseClaim::Kind> {
  static constexpr std::string_view names[] = {"licensed", "refers",   "restricted",
                                               "permits",  "inherits", "unread"};
};
}  // namespace howopen
