// The release catalog beside what was seen. It may add a restriction to a bare tag; it never overrules a text
// that was read; where the two differ, that is a finding.
//
//   Janus-Pro-7B: tag mit, catalog: DeepSeek License  ->  the DeepSeek License governs, marked as curated

#include <fmt/format.h>

#include <algorithm>

#include "catalog/expression.h"
#include "judge/parts.h"

namespace howopen::rules {
namespace {

// Place of the text or sentence that a curated license is from.
struct Known {
  std::string license;
  std::string where;
};

std::optional<Known> weights_license(const ModelEntry& entry) {
  const auto about = [](const std::string& path) {
    return path.find("CODE") == std::string::npos && path.find("code") == std::string::npos;
  };
  for (const auto& [path, license] : entry.texts) {
    if (about(path) && !license.empty())
      return Known{license, fmt::format("release catalog, {}: {}", entry.as_of, path)};
  }
  if (!entry.gate_text.empty())
    return Known{entry.gate_text, fmt::format("release catalog, {}: gate", entry.as_of)};
  const auto said = [&](const std::vector<CuratedStatement>& list) -> std::optional<Known> {
    for (const CuratedStatement& s : list) {
      if (s.scope != "code") return Known{s.license, s.where.empty() ? entry.source : s.where};
    }
    return std::nullopt;
  };
  if (auto s = said(entry.says)) return s;
  for (const CuratedRepository& g : entry.github) {
    for (const auto& [path, license] : g.texts) {
      if (path.find("MODEL") != std::string::npos && !license.empty())
        return Known{license, fmt::format("github.com/{}: {}", g.id, path)};
    }
    if (auto s = said(g.says)) return s;
  }
  return std::nullopt;
}

}  // namespace

std::optional<LicenseStatement> curated_restriction(const Facts& facts, const Catalog& catalog) {
  const ModelEntry* entry = facts.origin == Origin::built_in ? nullptr : catalog.model(facts.id);
  if (entry == nullptr) return std::nullopt;
  const auto known = weights_license(*entry);
  if (!known) return std::nullopt;
  LicenseClass tagged = LicenseClass::open;
  for (const Seen<std::string>& tag : facts.license.tags) {
    const LicenseEntry* named = catalog.license_named(*tag);
    tagged = stricter(tagged, named != nullptr ? named->cls : LicenseClass::unknown);
  }
  // Without any tag there is nothing to restrict, and what is known fills the gap.
  const LicenseClass cls = catalog::class_of(known->license, catalog);
  if (!facts.license.tags.empty() && stricter(cls, tagged) == tagged) return std::nullopt;
  return LicenseStatement{Scope::weights,
                          known->license,
                          "",
                          {fmt::format("the release catalog ({}): weights are under {}", entry->as_of,
                                       catalog.name_of(known->license)),
                           known->where, Kind::curated}};
}

void compare_with_catalog(const Facts& facts, const Catalog& catalog, const LicenseVerdict& v,
                          std::vector<Finding>& findings) {
  const ModelEntry* entry = facts.origin == Origin::built_in ? nullptr : catalog.model(facts.id);
  if (entry == nullptr || !facts.repository || !v.weights) return;
  const auto differs = [&](std::string message, std::vector<Evidence> evidence) {
    findings.push_back(
        {std::string(id_of(RuleId::catalog_differs)), "note", std::move(message), std::move(evidence)});
  };
  const auto known = weights_license(*entry);
  if (known && !v.weights->file.empty() && !v.weights->concluded.empty() &&
      v.weights->concluded != known->license) {
    std::vector<Evidence> both = v.weights->evidence;
    both.push_back(evidence(RuleId::catalog_differs,
                            "the release catalog: " + catalog.name_of(known->license), known->where,
                            Kind::curated));
    differs(
        fmt::format("the text is {}, the release catalog of {} has {}",
                    catalog.in_words(v.weights->concluded), entry->as_of, catalog.name_of(known->license)),
        std::move(both));
  }
  const std::string gate(word(facts.repository->gate));
  if (!facts.repository->partial && (gate == "none") != (entry->gate == "none")) {
    differs(fmt::format("gate: {}, the release catalog of {} has {}", gate, entry->as_of, entry->gate),
            {evidence(RuleId::catalog_differs, "gated: " + gate, facts.repository.where(), Kind::metadata),
             evidence(RuleId::catalog_differs, "the release catalog: " + entry->gate, entry->source,
                      Kind::curated)});
  }
}

}  // namespace howopen::rules
