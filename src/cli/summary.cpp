// howopen summary: the lines of batches, counted.
//
//   howopen summary results.jsonl         ->  by verdict, license class, component, use; conflicts; what
//   could
//                                             not be seen
//   howopen summary results.jsonl -o csv  ->  a row a model

#include <algorithm>
#include <optional>

#include "cli/commands.h"
#include "cli/output.h"
#include "howopen/page.h"
#include "howopen/tally.h"
#include "run/options.h"
#include "run/result_lines.h"

namespace howopen::cli {

Result<int> summary(const SummaryPlan& plan, const Common& common, const Catalog& catalog) {
  Tally tally;
  const auto wanted = [&](Format format) {
    return std::any_of(common.outputs.begin(), common.outputs.end(),
                       [&](const Output& o) { return o.format == format; });
  };
  std::optional<Page> page;
  if (wanted(Format::html)) page.emplace(catalog);
  std::string table = wanted(Format::csv) ? csv_head() : std::string();
  auto read = run::each_result(plan.files, [&](std::string_view line) {
    if (!tally.add_line(line)) return false;
    if (page) page->add(line);
    if (!table.empty()) table += csv_row(line, catalog);
    return true;
  });
  if (!read) return tl::unexpected<Error>(read.error());
  auto written = emit(common, [&](Format format, const Style& style) {
    return format == Format::html  ? page->take()
           : format == Format::csv ? table
                                   : tally.render(format, style);
  });
  if (!written) return tl::unexpected<Error>(written.error());
  return kJudged;
}

}  // namespace howopen::cli
