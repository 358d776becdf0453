// The steps of judging and what they share. A rule is a function of the facts; the rules of a component stand
// in one list, and the first that decides gives the status. What the later ones saw is kept as evidence.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "howopen/verdict.h"
#include "judge/rules.h"

namespace howopen::rules {

/// What a rule says of a component.
struct Ruling {
  RuleId rule{};
  State state = State::unknown;
  std::string summary;
  std::vector<Evidence> evidence;
  /// For `unknown`: what it might still turn out to be.
  State best = State::available;
  State worst = State::unavailable;
};

/// What the rules see: the facts and what was judged before them.
struct Case {
  const Facts& facts;
  const Catalog& catalog;
  const LicenseVerdict& license;
};

using Rule = std::optional<Ruling> (*)(const Case&);

/// Evidence of a rule.
Evidence evidence(RuleId rule, std::string what, std::string where, Kind kind, Strength strength = Strength::decides);
Evidence evidence(RuleId rule, const Sighting& seen, Strength strength = Strength::decides);

/// Applies the rules in order. There is always one that decides: each list ends with one that does.
ComponentVerdict decide(std::span<const Rule> rules, const Case& c, RuleId* decided = nullptr);

/// The repository could not be seen at all.
bool unseen_repository(const Facts& facts);
std::string_view reason(Unseen why);

ComponentVerdict judge_weights(const Case& c, RuleId& decided);
ComponentVerdict judge_inference_code(const Case& c);
ComponentVerdict judge_training_code(const Case& c);
ComponentVerdict judge_training_data(const Case& c, Grade& grade);
ComponentVerdict judge_api(const Case& c);

/// The license of weights, code and the whole lineage; findings go to `findings`.
LicenseVerdict judge_license(const Facts& facts, const Catalog& catalog, std::vector<Finding>& findings);

/// The license of one repository's weights or code, by itself.
LicenseFinding conclude(const License& license, Scope scope, const Catalog& catalog, bool card_must_be_read);

/// The more restrictive of two classes. `unknown` lies between the open ones and those known to restrict.
LicenseClass stricter(LicenseClass a, LicenseClass b);
/// Traits of several licenses together: of each the value that permits least.
std::vector<Trait> join_traits(const std::vector<const LicenseEntry*>& licenses);

/// Verdict, unknowns at their worst and at their best.
struct Ladder {
  Rung low = Rung::undetermined;
  Rung high = Rung::undetermined;
  Rung verdict = Rung::undetermined;
  bool at_least = false;
};
Ladder climb(const Verdict& v, const Facts& facts, bool only_gated);

/// Next rung, what is missing for it, reasons and modifiers.
void explain_rung(Verdict& v, const Facts& facts, const Catalog& catalog, RuleId weights_rule, bool at_least);

}  // namespace howopen::rules
