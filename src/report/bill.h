// What the formats of bills of materials share.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "howopen/verdict.h"
#include "report/place.h"
#include "text/json.h"

namespace howopen::report {

Named named(const Verdict& v);

/// The day that a bill stands for, as `2026-11-27T00:00:00Z`: of the facts where they have one, else of the
/// catalog. No clock: same answers, same bytes.
std::string bill_time(std::span<const Verdict> verdicts, const Catalog& catalog);

/// A UUID that is the same for the same content (RFC 9562, version 8).
std::string uuid_of(std::string_view content);

/// A data set that one or several models name.
struct NamedDataset {
  const Dataset* dataset = nullptr;  ///< as the first of them names it
  struct Use {
    std::size_t model = 0;  ///< index into the verdicts
    const Dataset* dataset = nullptr;
  };
  std::vector<Use> uses;
};
/// By name, sorted.
std::map<std::string, NamedDataset> datasets_of(std::span<const Verdict> verdicts);

/// What was declared as an id of SPDX where it is one in other words: `apache-2.0` -> Apache-2.0; else as it
/// was written.
std::string declared_license(std::string_view declared, const Catalog& catalog);
bool is_listed(std::string_view license, const Catalog& catalog);  ///< one id of SPDX's list
bool is_compound(std::string_view license);                        ///< an expression of several

/// A statement of a report: `key`, its value, and the evidence for it.
struct Stated {
  std::string name;  ///< `howopen:weights`
  std::string value;
  std::vector<Evidence> evidence;
};
/// Verdict, components, license class, uses and findings of a model.
std::vector<Stated> statements_of(const Verdict& v);

/// Evidence of the license that counts, of the texts, and of what ancestors add.
std::vector<Evidence> license_evidence(const Verdict& v);
/// That the model is there at all: its record.
Evidence record_of(const Verdict& v);

/// A statement of the model in a framework's words, with what speaks for and against it.
struct BillClaim {
  std::string standard;     ///< a reference of data/report/standards.json, "" for none
  std::string requirement;  ///< the same
  std::string predicate;
  std::string reasoning;
  std::optional<bool> holds;  ///< nothing where it cannot be determined
  std::vector<Evidence> evidence;
  std::vector<Evidence> against;
};
std::vector<BillClaim> claims_of(const Verdict& v);

}  // namespace howopen::report
