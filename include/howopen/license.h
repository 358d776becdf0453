/// Everything that says under which license something is: texts and what they are, sentences, tags.
#pragma once

#include <cstdint>
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
enum class Match { none, unknown, incomplete, modified, extra_terms, multiple, template_, exact };
template <>
struct Words<Match> {
  static constexpr std::string_view names[] = {"none",        "unknown",  "incomplete", "modified",
                                               "extra-terms", "multiple", "template",   "exact"};
};

/// The license or licenses that a text is.
struct Identified {
  Match match = Match::unknown;
  std::vector<std::string> licenses;  ///< SPDX ids or LicenseRef-…; several for `multiple`
  double confidence = 0;              ///< 0 to 1
};

struct LicenseText {
  std::string path;
  Scope scope = Scope::everything;
  std::int64_t bytes = -1;
  Seen<Identified> identified;
};

/// A sentence of the card, or a badge, that says what is under which license.
struct LicenseStatement {
  Scope scope = Scope::everything;
  std::string license;  ///< id of the catalog, or "" if only a file is named
  std::string file;     ///< the file or URL it points at
  Sighting said;
};

struct License {
  std::vector<Seen<std::string>> tags;  ///< `license:` of the card data, as written
  std::string name;                     ///< `license_name`
  Seen<std::string> link;               ///< `license_link`; absent when it names a file that is not there
  std::vector<LicenseText> texts;
  bool unlisted = false;  ///< not all files are listed: there may be texts that nobody saw
  std::vector<LicenseStatement> statements;
  Seen<Identified> gate_prompt;  ///< a license text inside `extra_gated_prompt`
  Seen<bool> card;               ///< whether the card was read, whose sentences may say more
};

}  // namespace howopen
