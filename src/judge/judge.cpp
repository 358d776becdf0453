// The judgement, step by step: license, components, comparison with the source document, ladder, words.
//
//   judge(facts of DeepSeek-R1)  ->  open-weights, MIT, 2.5 of 5, next: training code and training data

#include <algorithm>

#include "judge/parts.h"

namespace howopen {
namespace rules {
namespace {

double points(State s) {
  return s == State::available ? 1.0 : s == State::partial ? 0.5 : 0.0;
}

// How a status stands to the document's table; an unknown one cannot be compared.
Comparison compare(State state, const std::string& documented) {
  if (state == State::unknown) return Comparison::not_compared;
  const auto then = from_word<State>(documented);
  if (!then || *then == State::unknown) return Comparison::not_compared;
  if (state == *then) return Comparison::as_documented;
  return points(state) > points(*then) ? Comparison::more_open : Comparison::less_open;
}

// A claim of openness in the card that the evidence does not bear out.
void overclaim(const Verdict& v, const Facts& f, std::vector<Finding>& findings) {
  if (f.claims.empty() || v.rung != Rung::weights_available) return;
  std::vector<Evidence> both = {evidence(RuleId::claim_overclaim, f.claims.front())};
  // What speaks against it: an ancestor's terms, else the license itself.
  if (!v.license.conflicts.empty())
    both.insert(both.end(), v.license.conflicts.front().evidence.begin(),
                v.license.conflicts.front().evidence.end());
  else if (v.license.weights && !v.license.weights->evidence.empty())
    both.push_back(v.license.weights->evidence.front());
  findings.push_back(
      {std::string(id_of(RuleId::claim_overclaim)), "note",
       "the card says \"" + f.claims.front().what + "\"; the evidence says " + std::string(title(v.rung)),
       std::move(both)});
}

// Nothing of facts that ship with the tool was seen just now: all of it is curated, and shown so.
void mark_curated(Verdict& v) {
  const auto mark = [](std::vector<Evidence>& list) {
    for (Evidence& e : list) e.kind = Kind::curated;
  };
  for (ComponentVerdict& c : v.components) mark(c.evidence);
  for (auto* license : {&v.license.weights, &v.license.code}) {
    if (*license) mark((*license)->evidence);
  }
  for (Finding& f : v.license.conflicts) mark(f.evidence);
  for (Finding& f : v.findings) mark(f.evidence);
}

// By the task that the Hub names, or by the architecture that a library loads: the first row that fits.
std::string modality_of(const Facts& f, const Uses& uses) {
  const auto in = [](const std::vector<std::string>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
  };
  constexpr std::string_view kType = "model_type ";
  for (const Modality& m : uses.modalities) {
    const bool loads =
        std::any_of(f.inference_code.loaders.begin(), f.inference_code.loaders.end(), [&](const Loader& l) {
          return l.by.starts_with(kType) && in(m.model_types, std::string_view(l.by).substr(kType.size()));
        });
    if (loads || (f.repository && in(m.tasks, f.repository->pipeline))) return m.name;
  }
  return {};
}

std::string license_name(const LicenseFinding& l) {
  if (!l.concluded.empty()) return l.concluded;
  return l.cls == LicenseClass::none ? "none" : "unknown";
}

}  // namespace
}  // namespace rules

Verdict judge(const Facts& facts, const Catalog& catalog) {
  using namespace rules;  // NOLINT(google-build-using-namespace): the steps below are its contents
  Verdict v;
  v.ref = facts.ref;
  v.id = facts.id;
  v.asked = facts.asked;
  v.revision = facts.revision;
  v.from = facts.from;
  v.origin = facts.origin;
  v.as_of = facts.as_of;
  v.source = facts.source;
  v.errors = facts.lookup_errors;

  v.license = judge_license(facts, catalog, v.findings);
  v.card_seen = static_cast<bool>(facts.license.card);
  const Case c{facts, catalog, v.license};
  RuleId weights_rule = RuleId::weights_could_not_look;
  const auto slot = [&](Component component) -> ComponentVerdict& {
    return v.components[static_cast<std::size_t>(component)];
  };
  slot(Component::weights) = judge_weights(c, weights_rule);
  slot(Component::inference_code) = judge_inference_code(c);
  slot(Component::training_code) = judge_training_code(c);
  slot(Component::training_data) = judge_training_data(c, v.data_grade);
  slot(Component::api_access) = judge_api(c);

  for (std::size_t i = 0; i < kComponents; ++i) {
    ComponentVerdict& component = v.components[i];
    component.reference = compare(component.state, catalog.reference_status(word(static_cast<Component>(i))));
    v.points += component.state == State::unknown ? 0 : points(component.state);
    v.points_low += points(component.worst);
    v.points_high += points(component.best);
    v.complete = v.complete && component.state != State::unknown;
  }
  if (v.license.effective.cls != v.license.effective.best) v.complete = false;

  v.ancestors_open = judge_ancestors(c, v.ancestors_missing);
  const Ladder ladder = climb(v, facts, only_gated(weights_rule));
  v.rung = ladder.verdict;
  v.low = ladder.low;
  v.high = ladder.high;
  v.moves = moves(v, facts, only_gated(weights_rule));
  explain_rung(v, facts, catalog, weights_rule, ladder.at_least);
  overclaim(v, facts, v.findings);
  if (facts.identified)
    v.findings.push_back({std::string(id_of(RuleId::identity_by_content)),
                          "note",
                          facts.identified->what,
                          {evidence(RuleId::identity_by_content, *facts.identified)}});
  for (const Ancestor& a : facts.lineage) {
    const LicenseFinding theirs =
        a.repository ? conclude(a.license, Scope::weights, catalog, false) : LicenseFinding{};
    v.lineage.push_back(
        {a.id, std::string(word(a.relation)), a.repository ? license_name(theirs) : "unknown"});
  }
  v.crosswalk = crosswalk(v, facts, catalog);
  v.practical = practical_for(facts, catalog, 0);
  v.modality = modality_of(facts, catalog.uses());
  v.materials = materials_of(facts);
  for (const Purpose use : usual_purposes(catalog)) v.permissions.push_back(permit(v, catalog, use, {}));
  if (facts.origin == Origin::built_in) mark_curated(v);
  std::stable_sort(v.findings.begin(), v.findings.end(),
                   [](const Finding& a, const Finding& b) { return a.rule < b.rule; });
  return v;
}

std::vector<std::string> rule_ids() {
  std::vector<std::string> out(rules::kRules.begin(), rules::kRules.end());
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace howopen
