// howopen catalog: what ships with howopen of single models, and how old that is.
//
//   catalog check --as-of 2027-06-01  ->  rows of before 2026-12-03, 180 days earlier

#include "cli/commands.h"
#include "cli/output.h"
#include "howopen/policy.h"
#include "run/options.h"
#include "run/policy_file.h"

namespace howopen::cli {

Result<int> show_catalog(const CatalogPlan& plan, const Common& common, const Catalog& catalog) {
  std::string before;
  if (plan.action == CatalogPlan::Action::check) {
    TRY(const std::string day, run::today(common));
    before = day_of(day_number(day).value_or(0) - plan.days);
  }
  const auto written = emit(common, [&](Format format, const Style& style) {
    return render_catalog(catalog, before, format, style);
  });
  if (!written) return tl::unexpected<Error>(written.error());
  return kJudged;
}

}  // namespace howopen::cli
