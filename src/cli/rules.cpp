// howopen rules, howopen explain.

#include "cli/commands.h"
#include "cli/output.h"
#include "howopen/verdict.h"
#include "text/object.h"

namespace howopen::cli {

Result<int> list_rules(const Common& common, const Catalog& catalog) {
  const auto written =
      emit(common, [&](Format format, const Style& style) { return render_rules(catalog, format, style); });
  if (!written) return tl::unexpected<Error>(written.error());
  return kJudged;
}

Result<int> explain(const ExplainPlan& plan, const Common& common, const Catalog& catalog) {
  if (catalog.rule(plan.rule) == nullptr) {
    const auto near = text::nearest(plan.rule, rule_ids());
    return fail(Fault::usage, "unknown rule", plan.rule,
                near ? "did you mean " + *near + "?" : "howopen rules lists them");
  }
  const auto written = emit(common, [&](Format format, const Style& style) {
    return render_rule(catalog, plan.rule, format, style);
  });
  if (!written) return tl::unexpected<Error>(written.error());
  return kJudged;
}

}  // namespace howopen::cli
