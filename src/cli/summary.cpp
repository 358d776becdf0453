// howopen summary: the lines of batches, counted.
//
//   howopen summary results.jsonl  ->  by verdict, license class, component; conflicts; what could not be
//   seen

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/lines.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "howopen/tally.h"

namespace howopen::cli {

Result<int> summary(const SummaryPlan& plan, const Common& common) {
  constexpr std::size_t kLongest = 64u << 20;
  Tally tally;
  for (const std::string& file : plan.files) {
    TRY(Lines lines, Lines::open(file, kLongest));
    std::string line;
    std::int64_t number = 0;
    std::int64_t strange = 0;
    std::int64_t first = 0;
    for (Lines::Got got; (got = lines.next(line, true)) != Lines::Got::end;) {
      if (got == Lines::Got::failed) return fail(Fault::usage, "cannot be read", lines.name());
      if (got == Lines::Got::blocked) continue;
      ++number;
      // A torn last line is of a batch that was killed, or that is still at it.
      if (line.empty() || tally.add_line(line)) continue;
      if (line.find("\"type\":\"summary\"") != std::string::npos) continue;  // of -o jsonl
      if (strange++ == 0) first = number;
    }
    if (strange > 0)
      write_err(fmt::format("warning: {} of {} lines are no results, the first is {}:{}\n", strange, number,
                            lines.name(), first));
    if (strange > 0 && strange == number)
      return fail(Fault::usage, "there are no results in this file", lines.name(),
                  "howopen batch makes them");
  }
  auto written = emit(common, [&](Format format, const Style& style) { return tally.render(format, style); });
  if (!written) return tl::unexpected<Error>(written.error());
  return kJudged;
}

}  // namespace howopen::cli
