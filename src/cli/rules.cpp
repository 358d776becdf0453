// howopen rules, howopen explain.
//
//   rules                ->  license.denied   deny   Does the policy deny the license? …
//   explain licence.ask  ->  error: unknown rule: licence.ask, with a hint: did you mean license.ask?

#include <algorithm>

#include "cli/commands.h"
#include "cli/output.h"
#include "howopen/policy.h"
#include "run/options.h"
#include "run/policy_file.h"
#include "text/object.h"
#include "text/utf8.h"

namespace howopen::cli {

Result<int> list_rules(const Common& given, const Catalog& catalog) {
  // That a preset stands in is seen in the levels.
  Common common = given;
  common.quiet = true;
  const std::optional<Policy> policy = run::load_policy(common, catalog);
  if (!policy) return kUsage;
  const auto written = emit(given, [&](Format format, const Style& style) {
    return render_rules(catalog, *policy, format, style);
  });
  if (!written) return tl::unexpected<Error>(written.error());
  return kJudged;
}

Result<int> explain(const ExplainPlan& plan, const Common& common, const Catalog& catalog) {
  if (plan.rule == "reference") {
    const auto said = emit(
        common, [&](Format format, const Style& style) { return render_reference(catalog, format, style); });
    if (!said) return tl::unexpected<Error>(said.error());
    return kJudged;
  }
  if (catalog.rule(plan.rule) == nullptr) {
    if (from_word<Rung>(plan.rule) || plan.rule == "verdict" || plan.rule == "verdicts")
      return fail(Fault::usage, "a verdict, and no rule", text::printable(plan.rule),
                  "howopen help verdicts");
    std::vector<std::string> known = policy_rules();
    for (std::string& rule : drift_rules()) known.push_back(std::move(rule));
    for (std::string& rule : rule_ids()) known.push_back(std::move(rule));
    // Without the part before its point, as reports of others have it.
    const auto whole = std::find_if(known.begin(), known.end(),
                                    [&](const std::string& k) { return k.ends_with("." + plan.rule); });
    const auto near =
        whole != known.end() ? std::optional<std::string>(*whole) : text::nearest(plan.rule, known);
    return fail(Fault::usage, "unknown rule", text::printable(plan.rule),
                near ? "did you mean " + *near + "?" : "howopen rules lists them");
  }
  const auto written = emit(common, [&](Format format, const Style& style) {
    return render_rule(catalog, plan.rule, format, style);
  });
  if (!written) return tl::unexpected<Error>(written.error());
  return kJudged;
}

}  // namespace howopen::cli
