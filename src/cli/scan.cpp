// howopen scan: which models a source tree names. Asks nobody.
//
//   howopen scan . -o json  ->  references with file, line, column; what could not be resolved

#include "cli/commands.h"
#include "cli/output.h"
#include "files/tree.h"
#include "howopen/report.h"
#include "run/options.h"

namespace howopen::cli {

Result<int> scan(const ScanPlan& plan, const Common& common) {
  files::ScanOptions options;
  options.least = plan.least;
  if (common.verbosity > 0 && !plan.least_given) options.least = Confidence::low;
  TRY(const Scanned scanned, files::scan_tree(plan.dir, options));
  const auto written =
      emit(common, [&](Format format, const Style& style) { return render_scan(scanned, format, style); });
  if (!written) return tl::unexpected<Error>(written.error());
  return kJudged;
}

}  // namespace howopen::cli
