// What a bill of materials says of a model, whatever its format: statements and claims, each with the
// evidence that it was taken from.
//
//   Open Weights, MIT, OSAID not met  ->  {howopen:verdict, open-weights, …}, claim "meets OSAID 1.0" with
//                                         what speaks against it

#include "report/bill.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "catalog/served.h"
#include "report/issues.h"
#include "report/layout.h"
#include "text/digest.h"

namespace howopen::report {
namespace {

void add(std::vector<Evidence>& to, const std::vector<Evidence>& from) {
  for (const Evidence& e : from) {
    const bool there = std::any_of(to.begin(), to.end(), [&](const Evidence& o) {
      return o.rule == e.rule && o.what == e.what && o.where == e.where;
    });
    if (!there) to.push_back(e);
  }
}

// What decided each component, and the license: what the verdict is made of.
std::vector<Evidence> deciding(const Verdict& v) {
  std::vector<Evidence> out;
  for (const ComponentVerdict& c : v.components) {
    if (!c.evidence.empty()) add(out, {c.evidence.front()});
  }
  const std::vector<Evidence> license = license_evidence(v);
  if (!license.empty()) add(out, {license.front()});
  return out;
}

std::string joined(const std::vector<std::string>& words, std::string_view by) {
  return fmt::format("{}", fmt::join(words, by));
}

std::vector<Evidence> clauses(const Verdict& v, const Permit& p) {
  std::vector<Evidence> out;
  for (const auto* list : {&p.because, &p.duties}) {
    for (const Clause& c : *list) {
      Evidence e{"license." + c.license, c.clause.empty() ? c.text : c.text + " (" + c.clause + ")", c.where,
                 Kind::text, Strength::decides};
      add(out, {e});
    }
  }
  return out.empty() ? license_evidence(v) : out;
}

BillClaim crossing(std::string standard, std::string requirement, std::string predicate, const Crossing& c,
                   const Verdict& v) {
  BillClaim out{std::move(standard),
                std::move(requirement),
                std::move(predicate),
                joined(c.because, "; "),
                c.meets,
                {},
                {}};
  (c.meets == std::optional<bool>(false) ? out.against : out.evidence) = deciding(v);
  return out;
}

BillClaim mof(const Verdict& v) {
  const Crosswalk& c = v.crosswalk;
  std::string reasoning = joined(c.mof_because, "; ");
  if (!c.mof_missing.empty()) reasoning += "; missing for the next class: " + joined(c.mof_missing, ", ");
  const bool none = c.mof_class == "none";
  BillClaim out{"mof-1.0",
                none || c.mof_class.empty() ? "mof-1.0-class-III" : "mof-1.0-class-" + c.mof_class,
                none || c.mof_class.empty()
                    ? "reaches class III of the Model Openness Framework"
                    : fmt::format("reaches class {} of the Model Openness Framework", c.mof_class),
                reasoning,
                c.mof_class.empty() ? std::nullopt : std::optional(!none),
                {},
                {}};
  (none ? out.against : out.evidence) = deciding(v);
  return out;
}

}  // namespace

Named named(const Verdict& v) {
  return {v.id, v.revision, v.origin != Origin::local && !catalog::only_served(v)};
}

std::string bill_time(std::span<const Verdict> verdicts, const Catalog& catalog) {
  std::string day = catalog.as_of();
  std::string latest;
  for (const Verdict& v : verdicts) latest = std::max(latest, v.as_of);
  const bool all = !verdicts.empty() && std::all_of(verdicts.begin(), verdicts.end(),
                                                    [](const Verdict& v) { return v.as_of.size() == 10; });
  if (all) day = latest;
  return (day.size() == 10 ? day : std::string("1970-01-01")) + "T00:00:00Z";
}

std::string uuid_of(std::string_view content) {
  std::string hex = text::sha256(content).substr(0, 32);
  hex[12] = '8';
  constexpr std::string_view kVariant = "89ab";
  const std::size_t digit =
      hex[16] >= 'a' ? static_cast<std::size_t>(hex[16] - 'a' + 10) : static_cast<std::size_t>(hex[16] - '0');
  hex[16] = kVariant[digit % 4];
  for (const std::size_t at : {20u, 16u, 12u, 8u}) hex.insert(at, 1, '-');
  return hex;
}

std::map<std::string, NamedDataset> datasets_of(std::span<const Verdict> verdicts) {
  std::map<std::string, NamedDataset> out;
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    for (const Dataset& d : verdicts[i].materials.datasets) {
      if (d.name.empty()) continue;
      NamedDataset& one = out[d.record ? d.record->id : d.name];
      if (one.dataset == nullptr) one.dataset = &d;
      const bool again = std::any_of(one.uses.begin(), one.uses.end(),
                                     [&](const NamedDataset::Use& u) { return u.model == i; });
      if (!again) one.uses.push_back({i, &d});
    }
  }
  return out;
}

bool is_compound(std::string_view license) {
  return license.find(' ') != std::string_view::npos;
}

bool is_listed(std::string_view license, const Catalog& catalog) {
  if (license.starts_with("LicenseRef-") || is_compound(license)) return false;
  const LicenseEntry* entry = catalog.license(license);
  return entry != nullptr && entry->id == license;
}

std::string declared_license(std::string_view declared, const Catalog& catalog) {
  const LicenseEntry* entry = catalog.license_named(declared);
  return entry != nullptr && is_listed(entry->id, catalog) ? entry->id : std::string(declared);
}

Evidence record_of(const Verdict& v) {
  if (v.origin != Origin::local && v.revision.empty() && !v.errors.empty() && v.rung == Rung::undetermined)
    return {"record", "not seen: " + v.errors.front().message, v.errors.front().where, Kind::metadata,
            Strength::hints};
  if (v.origin == Origin::built_in || v.origin == Origin::catalog)
    return {"record", v.source.empty() ? "facts that ship with howopen" : v.source, v.id, Kind::curated,
            Strength::decides};
  return {"record", v.origin == Origin::local ? "files of this machine" : "the model's record at the Hub",
          v.origin == Origin::local ? v.id : "https://huggingface.co/api/models/" + v.id, Kind::metadata,
          Strength::decides};
}

std::vector<Evidence> license_evidence(const Verdict& v) {
  std::vector<Evidence> out;
  if (v.license.weights) add(out, v.license.weights->evidence);
  for (const Finding& f : v.license.conflicts) add(out, f.evidence);
  for (const Materials::Parent& p : v.materials.parents) {
    const auto& from = v.license.effective.from;
    if (std::find(from.begin(), from.end(), p.id) != from.end())
      add(out, {{"lineage", fmt::format("made from {}: {}", p.id, p.named.what), p.named.where, p.named.kind,
                 Strength::supports}});
  }
  if (out.empty()) out.push_back(record_of(v));
  return out;
}

std::vector<Stated> statements_of(const Verdict& v) {
  std::vector<Stated> out;
  const std::vector<Evidence> verdict = deciding(v);
  const auto state = [&](std::string name, std::string value, std::vector<Evidence> evidence) {
    if (evidence.empty()) evidence.push_back(record_of(v));
    if (!value.empty()) out.push_back({"howopen:" + std::move(name), std::move(value), std::move(evidence)});
  };
  state("verdict", std::string(word(v.rung)), verdict);
  if (v.low != v.high) {
    state("verdict.low", std::string(word(v.low)), verdict);
    state("verdict.high", std::string(word(v.high)), verdict);
  }
  state("modifiers", joined(v.modifiers, ", "), verdict);
  state("score", fmt::format("{:g} of 5", v.points), verdict);
  for (std::size_t i = 0; i < kComponents; ++i) {
    const ComponentVerdict& c = v.components[i];
    const std::string name(word(static_cast<Component>(i)));
    state(name, std::string(word(c.state)), c.evidence);
    state(name + ".summary", c.summary, c.evidence);
  }
  if (v.data_grade != Grade::unknown)
    state("training_data.grade", std::string(word(v.data_grade)), v[Component::training_data].evidence);
  const std::vector<Evidence> license = license_evidence(v);
  state("license.class", std::string(word(v.license.effective.cls)), license);
  if (v.license.weights) state("license.match", std::string(word(v.license.weights->match)), license);
  for (const Permit& p : v.permissions)
    state(fmt::format("use.{}", word(p.use)), std::string(word(p.answer)), clauses(v, p));
  for (const Finding& f : v.license.conflicts) state("conflict." + f.rule, f.message, f.evidence);
  for (const Finding& f : v.findings) state("finding." + f.rule, f.message, f.evidence);
  if (v.decision != Decision::none) state("gate", std::string(word(v.decision)), verdict);
  return out;
}

std::vector<BillClaim> claims_of(const Verdict& v) {
  std::vector<BillClaim> out;
  const bool decided = v.rung != Rung::undetermined;
  out.push_back({"g7-ai-openness",
                 "g7-ai-openness-" + std::string(word(decided ? v.rung : v.high)),
                 fmt::format("is {}", decided ? title(v.rung) : title(v.high)),
                 joined(v.reasons, "; "),
                 decided ? std::optional(true) : std::nullopt,
                 deciding(v),
                 {}});
  out.push_back(mof(v));
  out.push_back(crossing("osaid-1.0", "osaid-1.0-open-source-ai", "meets the Open Source AI Definition 1.0",
                         v.crosswalk.osaid, v));
  out.push_back(crossing("eu-ai-act", "eu-ai-act-53-2",
                         "is exempt under Article 53(2) of Regulation (EU) 2024/1689", v.crosswalk.eu_ai_act,
                         v));
  // What the publisher says, and what speaks against it.
  for (const Finding& f : v.license.conflicts)
    out.push_back(
        {"",
         "",
         fmt::format("is under the license that is declared: {}",
                     v.license.weights && !v.license.weights->declared.empty() ? v.license.weights->declared
                                                                               : "none"),
         f.rule + ": " + f.message,
         false,
         {},
         f.evidence});
  for (const Finding& f : v.findings) {
    if (f.rule != "claim.overclaim") continue;
    std::vector<Evidence> said(f.evidence.begin(), f.evidence.begin() + (f.evidence.empty() ? 0 : 1));
    std::vector<Evidence> against(f.evidence.begin() + (f.evidence.empty() ? 0 : 1), f.evidence.end());
    if (against.empty()) against = deciding(v);
    out.push_back({"", "",
                   said.empty() ? std::string("is open, as its card says")
                                : "is what its card says: " + said.front().what,
                   f.message, false, std::move(said), std::move(against)});
  }
  return out;
}

}  // namespace howopen::report
