// howopen rules, howopen explain.

#include "cli/commands.h"
#include "cli/terminal.h"
#include "howopen/verdict.h"
#include "text/object.h"

namespace howopen::cli {

Result<int> list_rules(const Common& common, const Catalog& catalog) {
  write_out(render_rules(catalog, common.format, style_of(common)));
  return kJudged;
}

Result<int> explain(const ExplainPlan& plan, const Common& common, const Catalog& catalog) {
  const std::string out = render_rule(catalog, plan.rule, common.format, style_of(common));
  if (out.empty()) {
    const auto near = text::nearest(plan.rule, rule_ids());
    return fail(Fault::usage, "unknown rule", plan.rule,
                near ? "did you mean " + *near + "?" : "howopen rules lists them");
  }
  write_out(out);
  return kJudged;
}

}  // namespace howopen::cli
