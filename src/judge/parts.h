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
Evidence evidence(RuleId rule, std::string what, std::string where, Kind kind,
                  Strength strength = Strength::decides);
Evidence evidence(RuleId rule, const Observation& seen, Strength strength = Strength::decides);

/// A ruling from one thing that was seen.
Ruling ruling(RuleId rule, State state, std::string summary, const Observation& seen);
/// A ruling that something could not be looked at, and what it might still turn out to be.
Ruling unknown(RuleId rule, std::string summary, const Observation& seen, State best = State::available,
               State worst = State::unavailable);

/// What every component begins with: nothing of a closed model is published; where the repository itself
/// could not be seen, nothing is known.
std::optional<Ruling> closed_model(const Case& c, RuleId rule);
std::optional<Ruling> repository_unseen(const Case& c, RuleId rule);
/// The repository was seen, and its card, or what of it the rule is about, could not be read.
std::optional<Ruling> card_unseen(const Case& c, const Seen<bool>& card, RuleId rule,
                                  State best = State::available);

/// Evidence of rules that only say that nothing was found is dropped where something was.
void drop(ComponentVerdict& v, RuleId rule);

/// Applies the rules in order. There is always one that decides: each list ends with one that does.
ComponentVerdict decide(std::span<const Rule> rules, const Case& c, RuleId* decided = nullptr);

std::string_view reason(Unseen why);

ComponentVerdict judge_weights(const Case& c, RuleId& decided);
ComponentVerdict judge_inference_code(const Case& c);
ComponentVerdict judge_training_code(const Case& c);
ComponentVerdict judge_training_data(const Case& c, Grade& grade);
ComponentVerdict judge_api(const Case& c);
/// A repository of the same publisher that was asked for and did not answer; null for none.
const Searched* not_answered(const TrainingCode& code);
/// Whether training code and data of all ancestors are there; `missing` is what is not, in words.
State judge_ancestors(const Case& c, std::vector<std::string>& missing);

/// The license of weights, code and the whole lineage; findings go to `findings`.
LicenseVerdict judge_license(const Facts& facts, const Catalog& catalog, std::vector<Finding>& findings);

/// The license of one repository's weights or code, by itself. `elsewhere` is what the publisher's
/// repositories say that name this model; null for nothing.
LicenseFinding conclude(const License& license, Scope scope, const Catalog& catalog, bool card_must_be_read,
                        const License* elsewhere = nullptr);
/// What is stricter than what was concluded may be meant after all.
void doubt(LicenseClass cls, Evidence why, LicenseFinding& out);
/// What the heads of the weight files say more strictly than the text or the card: they are nearer to the
/// weights, and may be older.
void doubt_by_heads(const License& license, const Catalog& catalog, LicenseFinding& out);
/// A NOTICE may set a term: one that is there and was not read leaves the license open.
void doubt_by_notice(const License& license, bool card_must_be_read, LicenseFinding& out);
/// Whether that is the place of what the head of a weight file claims.
bool claimed_by_head(const License& license, const std::string& where);
/// What would govern was not seen, and may be anything: where there is no license, a free one as well.
void leave_open(Evidence why, LicenseFinding& out);

/// What the release catalog knows of the weights' license, where that is stricter than the tags or there are
/// none.
std::optional<LicenseStatement> curated_restriction(const Facts& facts, const Catalog& catalog);
/// Findings about the license of the weights: conflicts, what is missing, what was not understood.
void license_findings(const Facts& facts, const LicenseVerdict& v, const Catalog& catalog,
                      std::vector<Finding>& findings);
/// Data sets whose terms are stricter than those of the weights, and teachers whose outputs may train no
/// other model.
void data_findings(const Facts& facts, const Catalog& catalog, const LicenseVerdict& v,
                   std::vector<Finding>& findings);
/// Findings where the release catalog says something else than what was seen.
void compare_with_catalog(const Facts& facts, const Catalog& catalog, const LicenseVerdict& v,
                          std::vector<Finding>& findings);

/// The license of the repository that a training run starts in, and of the datasets that are training data;
/// nothing where there are none.
std::optional<LicenseFinding> training_code_license(const Facts& facts, const Catalog& catalog);
std::optional<LicenseFinding> training_data_license(const Facts& facts, const Catalog& catalog);

/// What an identified text grants.
struct Terms {
  std::vector<std::string>
      ids;  ///< licenses that all hold, altered ones under their own ids; may be `A WITH E`
  LicenseClass cls = LicenseClass::unknown;
  std::vector<NamedTraits> traits;  ///< of each
  bool altered = false;
  bool notice_only = false;  ///< the notice that stands for a license in its files, and not the text
};
/// Of a text that was identified.
Terms terms_of(const LicenseText& text, const Catalog& catalog);
/// The worst thing left over in it, with its line, for people; "" for nothing.
std::string what_is_left(const LicenseText& text);
bool as_it_stands(Match m);

/// Traits of several licenses together: of each the value that permits least.
std::vector<Trait> join_traits(const std::vector<NamedTraits>& licenses);

/// Whether weights are partial for no other reason than a gate, or than that one may stand before them.
constexpr bool only_gated(RuleId weights_rule) {
  return weights_rule == RuleId::weights_gated || weights_rule == RuleId::weights_gate_unknown;
}

/// Verdict, unknowns at their worst and at their best.
struct Ladder {
  Rung low = Rung::undetermined;
  Rung high = Rung::undetermined;
  Rung verdict = Rung::undetermined;
  bool at_least = false;
};
Ladder climb(const Verdict& v, const Facts& facts, bool only_gated);
/// Which single change would give another verdict than the worst case has.
std::vector<Move> moves(const Verdict& v, const Facts& facts, bool only_gated);

/// What other frameworks say. Call it when everything else is judged.
Crosswalk crosswalk(const Verdict& v, const Facts& facts, const Catalog& catalog);

/// Next rung, what is missing for it, reasons and modifiers.
void explain_rung(Verdict& v, const Facts& facts, const Catalog& catalog, RuleId weights_rule, bool at_least);

}  // namespace howopen::rules
