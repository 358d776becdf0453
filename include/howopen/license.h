/// Everything that says under which license something is: texts and what they are, sentences, tags.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "howopen/seen.h"
#include "howopen/words.h"

namespace howopen {

/// What a license text or sentence is about.
enum class Scope { everything, weights, code, data, policy, notice };
template <>
struct Words<Scope> {
  static constexpr std::string_view names[] = {"everything", "weights", "code", "data", "policy", "notice"};
};

/// How a text compares with the reference texts.
/// `reference`: no text of a license but a notice that names one, and all else in it is understood.
/// `recorded`: somebody read the text and wrote down which license it is; its words were not compared.
enum class Match {
  none,
  unknown,
  incomplete,
  modified,
  extra_terms,
  multiple,
  reference,
  template_,
  exact,
  recorded
};
template <>
struct Words<Match> {
  static constexpr std::string_view names[] = {"none",        "unknown",  "incomplete", "modified",
                                               "extra-terms", "multiple", "reference",  "template",
                                               "exact",       "recorded"};
};

/// A piece of a text, by the lines it stands in, 1 for the first.
struct Lines {
  std::int64_t first = 0;
  std::int64_t last = 0;
};

/// Words that a reference does not have where they stand, or lacks.
struct Leftover {
  enum class Kind {
    ignorable,    ///< a title, a number, a link to the license
    attribution,  ///< who holds the rights, who made it
    disclaimer,   ///< no warranty, no liability
    restriction,  ///< takes back something that was granted
    unexplained,  ///< nobody knows what it does
  };
  enum class Change { beside, inserted, missing };
  Kind kind = Kind::unexplained;
  Change change = Change::beside;
  Lines lines;
  std::string quote;  ///< words of the text, at most 200 bytes; "" for what is missing
};

/// A clause that restricts, found by its words.
struct Restriction {
  std::string kind;  ///< `non-commercial`, `user-threshold`, … a restriction among the cues of data/reading/
  Lines lines;
  std::string quote;
};

/// What a reference text is.
enum class TextKind {
  license,
  exception,   ///< added to a license: `WITH …`
  policy,      ///< says what a thing may be used for; a license may refer to it
  attachment,  ///< the use restrictions of a RAIL license, by themselves
  header,      ///< the short notice that stands for a license in its files
};
template <>
struct Words<TextKind> {
  static constexpr std::string_view names[] = {"license", "exception", "policy", "attachment", "header"};
};

/// One license within a text.
struct FoundLicense {
  std::string id;  ///< SPDX id or LicenseRef-…
  TextKind kind = TextKind::license;
  Match match = Match::unknown;
  double confidence = 0;  ///< words that agree, of those that should or do stand there; 0 to 1
  Lines lines;
  std::int64_t begin = 0;  ///< bytes of the text
  std::int64_t end = 0;
};

/// The license or licenses that a text is.
struct Identified {
  Match match = Match::unknown;
  std::vector<std::string> licenses =
      {};                   ///< ids of what is in it, in order, each once; several for `multiple`
  double confidence = 0;    ///< 0 to 1
  std::int64_t words = 0;   ///< of the text; 0 for an empty one
  std::string sha256 = {};  ///< of the text, lower case hex; "" where its bytes are not known
  std::vector<FoundLicense> found = {};
  std::vector<Leftover> leftover = {};         ///< the first ones; what is ignorable is left out
  std::vector<Restriction> restrictions = {};  ///< in what no reference explains
  std::vector<std::string> policies =
      {};  ///< addresses of policies it refers to: outside, changeable, not read
};

struct LicenseText {
  std::string path;
  Scope scope = Scope::everything;
  std::int64_t bytes = -1;
  Seen<Identified> identified;
};

/// What a sentence of the card, or a badge, says of licenses.
enum class Says {
  licensed,    ///< under a license, by its id or only by a name that nobody lists
  refers,      ///< to a license that stands elsewhere
  restricted,  ///< a term beside a license
  unread,      ///< talk of licenses that was not understood
};
template <>
struct Words<Says> {
  static constexpr std::string_view names[] = {"licensed", "refers", "restricted", "unread"};
};

/// A sentence of the card, or a badge, that says what is under which license.
struct LicenseStatement {
  Scope scope = Scope::everything;
  std::string license;  ///< id of the catalog, or "" if only a file or a name is given
  std::string file;     ///< the file or URL it points at
  Observation said;
  Says says = Says::licensed;
  std::string name = {};  ///< of a license that nobody lists, as it is written
  std::string term = {};  ///< of a restriction: `non-commercial`, …
  bool doubtful = false;  ///< may speak of others of its family and not of this model
  bool choice = false;    ///< one of several that whoever uses it may choose from
};

struct License {
  std::vector<Seen<std::string>> tags;  ///< `license:` of the card data, as written
  /// What the heads of weight files, or the manifest that names them, claim; of a model on this machine.
  std::vector<Seen<std::string>> heads = {};
  std::string name;        ///< `license_name`
  Seen<std::string> link;  ///< `license_link`; absent when it names a file that is not there
  std::vector<LicenseText> texts;
  bool unlisted = false;  ///< not all files are listed: there may be texts that nobody saw
  std::vector<LicenseStatement> statements;
  Seen<Identified> gate_prompt;  ///< a license text inside `extra_gated_prompt`
  Seen<bool> card;               ///< whether the card was read, whose sentences may say more
  /// The data of a card whose text was read, where nobody can read them: they may name a license, a base,
  /// datasets.
  std::optional<Seen<bool>> data_unread;

  const Seen<bool>& card_and_data() const { return data_unread ? *data_unread : card; }
};

template <>
struct Words<Leftover::Kind> {
  static constexpr std::string_view names[] = {"ignorable", "attribution", "disclaimer", "restriction",
                                               "unexplained"};
};
template <>
struct Words<Leftover::Change> {
  static constexpr std::string_view names[] = {"beside", "inserted", "missing"};
};

}  // namespace howopen
