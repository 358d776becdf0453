// What a license asks of a use.
//
//   GPL-3.0-only, redistribute  ->  give a copy of the license (s.4), publish the source (s.6), …
//   CUA-OPL-1.0, redistribute   ->  keep the notices, publish the source: what its kind asks for, no clause
//   read

#include "catalog/duties.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/traits.h"

namespace howopen::catalog {
namespace {

bool is_in(const std::vector<Purpose>& uses, Purpose use) {
  return std::find(uses.begin(), uses.end(), use) != uses.end();
}
bool is_purpose(const FieldLimit& f, const Uses& uses) {
  return std::find(uses.purposes.begin(), uses.purposes.end(), f.kind) != uses.purposes.end();
}

}  // namespace

std::vector<Duty> duties_of(const LicenseEntry& entry, Purpose use, const Uses& uses) {
  std::vector<Duty> out;
  if (!entry.terms.read) {
    const bool passes_on = uses.of(use).passes_on;
    const bool derives =
        use == Purpose::publish_finetune || use == Purpose::product || use == Purpose::embed_device;
    if (passes_on && trait_is(entry, "attribution", "yes"))
      out.push_back({"notice", {}, "", clause_of(entry, "attribution")});
    if (passes_on && trait_is(entry, "naming", "yes"))
      out.push_back({"display", {}, "", clause_of(entry, "naming")});
    if (derives && trait_is(entry, "copyleft", "yes"))
      out.push_back({"share-alike", {}, "", clause_of(entry, "copyleft")});
  }
  for (const Duty& d : entry.terms.duties) {
    if (is_in(d.when, use)) out.push_back(d);
  }
  return out;
}

bool limits_fields(const LicenseEntry& entry, const Uses& uses) {
  if (!entry.terms.read) return trait_is(entry, "use_restrictions", "yes");
  return std::any_of(entry.terms.fields.begin(), entry.terms.fields.end(),
                     [&](const FieldLimit& f) { return !is_purpose(f, uses); });
}

std::optional<Duty> policy_of(const LicenseEntry& entry, const Uses& uses) {
  if (!limits_fields(entry, uses)) return std::nullopt;
  const LicenseTerms& terms = entry.terms;
  const auto policy = std::find_if(terms.fields.begin(), terms.fields.end(),
                                   [](const FieldLimit& f) { return f.kind == "policy"; });
  if (policy != terms.fields.end()) return Duty{"policy", {}, policy->words, policy->clause};
  if (!terms.read) return Duty{"policy", {}, "", clause_of(entry, "use_restrictions")};
  std::string words;
  for (const FieldLimit& f : terms.fields) {
    if (!is_purpose(f, uses)) words += (words.empty() ? "not for " : ", ") + f.kind;
  }
  return Duty{"policy", {}, words, terms.fields.front().clause};
}

std::string text_of_duty(const std::string& duty, const std::string& words, const Uses& uses) {
  const auto row = uses.duties.find(duty);
  std::string out = row == uses.duties.end() ? duty : row->second.words;
  return words.empty() ? out : fmt::format("{}: {}", out, words);
}

}  // namespace howopen::catalog
