// What each rule of the gate finds, without levels, waivers or decisions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "howopen/policy.h"

namespace howopen::gate {

/// `skip`: the rule does not apply to this model.
enum class Answer { pass, fail, unknown, skip };

struct Check {
  std::string rule;
  Answer answer = Answer::pass;
  std::string value;    ///< the fact it was asked of, `LicenseRef-Gemma`
  std::string message;  ///< without the model's id
  std::vector<Evidence> evidence;
  std::string fix;
  PolicyLine line;  ///< that decided, where it is not the line of the rule's level
};

struct Asked {
  const Verdict& verdict;
  const Facts& facts;
  const Policy& policy;
  const Catalog& catalog;
  std::string_view today;
};

/// The license rules and lineage.base-allowed: one check that fails for each license in question, or all
/// pass.
void check_licenses(const Asked& a, std::vector<Check>& out);
/// All other rules.
void check_openness(const Asked& a, std::vector<Check>& out);

/// use.permitted and use.duties: one check a use that the policy names.
void check_uses(const Asked& a, std::vector<Check>& out);

/// What the lists of a policy say of an expression; the worst of what all holds, the best of what may be
/// chosen.
enum class Stand { allowed, ask, not_allowed, denied };
struct Standing {
  Stand stand = Stand::not_allowed;
  PolicyLine line;
  std::string license;  ///< that decided
};
Standing standing(std::string_view expression, const Policy& policy, std::string_view model,
                  const Catalog& catalog);

}  // namespace howopen::gate
