/// May it be used for this? An answer per use, over the licenses that bind a model and those of its
/// ancestors. Facts and clauses, no legal advice.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "howopen/catalog.h"
#include "howopen/result.h"
#include "howopen/terms.h"

namespace howopen {

struct Verdict;

/// Who asks, as far as they say so.
struct Circumstances {
  struct Money {
    std::int64_t amount = 0;
    std::string currency;  ///< ISO 4217
  };
  std::optional<std::int64_t> users;   ///< active in a month
  std::optional<Money> revenue;        ///< of a year
  std::vector<std::string> countries;  ///< ISO 3166 alpha-2, or EU
  std::string as;                      ///< company | person | academic | public; "" where not said
  std::vector<std::string> fields;     ///< medical, military, …
};

/// A clause, whose, and where that license was read.
struct Clause {
  std::string text;                       ///< the reason or the duty in words
  std::string clause;                     ///< `s.2`; "" where the catalog names none
  std::string license;                    ///< SPDX id or LicenseRef-…
  std::string where;                      ///< file or model that puts it under this license
  Permission makes = Permission::yes_if;  ///< the answer it leads to
};

struct Permit {
  Purpose use = Purpose::research;
  Permission answer = Permission::ask;
  std::vector<Clause> duties;   ///< what has to be done, of yes-if
  std::vector<Clause> because;  ///< what makes it ask or no
  bool asked = false;           ///< somebody asked for it: it is shown with its clauses
};

/// Pure. Unknown is `ask`, never `yes`: a license that is not known, a text that was not read, a term that
/// was not understood, a threshold or territory of which the circumstances say nothing.
Permit permit(const Verdict& verdict, const Catalog& catalog, Purpose use, const Circumstances& of);

/// Why it is not settled what binds the model, in words: "its license is open or unknown; …"; "" where it is.
std::string unsettled(const Verdict& verdict);

/// The uses that are answered where nobody asks for others.
std::vector<Purpose> usual_purposes(const Catalog& catalog);

/// `internal,product`: an unknown word is an error with the nearest one.
Result<std::vector<Purpose>> parse_purposes(std::string_view words);
/// `20M-USD`, `1000000-EUR`, `5k-USD`.
Result<Circumstances::Money> parse_money(std::string_view text);
/// `700M`, `5000`, `10k`.
Result<std::int64_t> parse_amount(std::string_view text);
/// company, person, academic or public.
bool is_kind_of_user(std::string_view word);
/// `EU,UK,KR`: codes of data/countries.json; UK is GB, EL is GR. What is none is an error.
Result<std::vector<std::string>> parse_countries(std::string_view text);

}  // namespace howopen
