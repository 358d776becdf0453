// One pass over the sentences of a card, and the steps that look at each.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "reading/claims.h"

namespace howopen::reading {

/// What stands around a sentence.
struct Context {
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::size_t block = 0;
  Cues sections;                     ///< of all headings above
  Cues nearest;                      ///< of the nearest
  bool row = false;                  ///< a row of a table
  Cues head;                         ///< of the first row of the table that the row stands in
  std::size_t data_column = kNone;   ///< of this model's row: the column that names data
  bool license_column = false;       ///< the row is this model's, in a table with a column for licenses
  bool item = false;                 ///< an item of a list
  bool data_list = false;            ///< below a line such as "trained on these datasets:"
  std::optional<Subject> parent;     ///< whom the item above speaks of that this one stands under
  std::optional<Subject> continues;  ///< whom the sentence before speaks of, where this one says "it"
};

/// A sentence with its senses.
struct Read {
  Sense sense;
  std::string_view lower;     ///< the sentence in lower case
  std::string_view original;  ///< as written
  At at;
  Context context;
};

/// What is read of licenses; adds to `out`. Gives whom the sentence speaks of, where it tells.
std::optional<Subject> read_licenses(const Read& read, const Source& source, const Names& names,
                                     const Lexicon& lexicon, std::vector<LicenseClaim>& out);

/// What is read of a model's origin.
void read_origins(const Read& read, const Source& source, const Names& names, const Lexicon& lexicon,
                  Claims& out);

/// That it was trained from nothing.
void read_scratch(const Read& read, const Names& names, const Lexicon& lexicon, Claims& out);

/// What is read of the data that a model was trained on.
void read_data(const Read& read, const Source& source, const Names& names, const Lexicon& lexicon,
               std::vector<DataClaim>& out);

/// "It was tuned on these datasets:"
bool opens_list_of_data(const Read& read);

/// Which cell of a table's head says that data stand below it; Context::kNone where it tells of results.
std::size_t data_column(std::string_view head, const Lexicon& lexicon);

/// Bases that a block of code names: a configuration of mergekit, an adapter's.
void read_code(std::size_t block, const Source& source, Claims& out);
/// Whether mergekit's configuration stands in the card without a frame of code, where Markdown makes lists of
/// it; and what a block of such a card names.
bool holds_loose_merge(const text::Markdown& card);
void read_loose_merge(std::size_t block, const Source& source, Claims& out);

std::string quote_of(std::string_view sentence);

}  // namespace howopen::reading
