// Terms of what a model was trained on: whether they bind the weights is disputed, so that they change no
// verdict; who takes the model in should know of them.
//
//   weights Apache-2.0, data tatsu-lab/alpaca (CC-BY-NC-4.0, of OpenAI's models)  ->  data.terms,
//   data.teacher

#include <fmt/format.h>

#include <algorithm>

#include "judge/parts.h"

namespace howopen::rules {
namespace {

bool trains(const Dataset& d) {
  return d.role == DatasetRole::training || d.role == DatasetRole::fine_tuning ||
         (d.role == DatasetRole::unstated && d.declared);
}

// Its license: as its own record says where it is stricter than what the catalog knows, else the catalog's.
const LicenseEntry* license_of(const Dataset& d, const DatasetTerms* known, const Catalog& catalog) {
  const LicenseEntry* tag =
      d.record && !d.record->license.empty() ? catalog.license_named(d.record->license) : nullptr;
  const LicenseEntry* curated =
      known != nullptr && !known->license.empty() ? catalog.license(known->license) : nullptr;
  if (tag == nullptr || curated == nullptr) return tag != nullptr ? tag : curated;
  return stricter(tag->cls, curated->cls) == tag->cls ? tag : curated;
}

std::vector<Evidence> seen(RuleId rule, const Dataset& d, const DatasetTerms* known) {
  std::vector<Evidence> out = {evidence(rule, d.name, d.named.where, d.named.kind)};
  if (known != nullptr)
    out.push_back(evidence(rule, known->note.empty() ? d.name : known->note,
                           fmt::format("catalog of data sets, {}: {}", known->as_of, known->source),
                           Kind::curated, Strength::supports));
  return out;
}

}  // namespace

void data_findings(const Facts& facts, const Catalog& catalog, const LicenseVerdict& v,
                   std::vector<Finding>& findings) {
  if (!v.weights) return;
  std::vector<std::string> teachers;
  for (const Dataset& d : facts.training_data.datasets) {
    if (!trains(d)) continue;
    const DatasetTerms* known = catalog.dataset_terms(d.name);
    const LicenseEntry* license = license_of(d, known, catalog);
    const bool restricted = license != nullptr && (license->cls == LicenseClass::use_restricted ||
                                                   license->cls == LicenseClass::non_commercial);
    if (restricted && stricter(license->cls, v.effective.cls) != v.effective.cls) {
      findings.push_back({std::string(id_of(RuleId::data_terms)), "note",
                          fmt::format("trained on {}, which is under {}: stricter than the weights", d.name,
                                      catalog.in_words(license->id)),
                          seen(RuleId::data_terms, d, known)});
    }
    const Teacher* teacher = known == nullptr ? nullptr : catalog.teacher(known->teacher);
    if (teacher == nullptr || teacher->outputs != "no") continue;
    if (std::find(teachers.begin(), teachers.end(), teacher->name) != teachers.end()) continue;
    teachers.push_back(teacher->name);
    findings.push_back(
        {std::string(id_of(RuleId::data_teacher)), "note",
         fmt::format("trained on {}, which holds outputs of {}: {}", d.name, teacher->name, teacher->clause),
         seen(RuleId::data_teacher, d, known)});
  }
  for (const Observation& taught : facts.training_data.teachers) {
    const Teacher* teacher = catalog.teacher(taught.what);
    if (teacher == nullptr || teacher->outputs != "no") continue;
    if (std::find(teachers.begin(), teachers.end(), teacher->name) != teachers.end()) continue;
    teachers.push_back(teacher->name);
    findings.push_back(
        {std::string(id_of(RuleId::data_teacher)),
         "note",
         fmt::format("trained on outputs of {}, says the card: {}", teacher->name, teacher->clause),
         {evidence(RuleId::data_teacher, taught),
          evidence(RuleId::data_teacher, teacher->clause,
                   fmt::format("catalog of data sets, {}: {}", teacher->as_of, teacher->source),
                   Kind::curated, Strength::supports)}});
  }
}

}  // namespace howopen::rules
