// Results of batches, line by line, for whatever is made of them.
//
//   two lines of models, a torn third  ->  two calls, and no complaint

#include "run/result_lines.h"

#include <fmt/format.h>

#include "files/lines.h"
#include "files/streams.h"

namespace howopen::run {

Result<void> each_result(const std::vector<std::string>& files,
                         const std::function<bool(std::string_view)>& take) {
  constexpr std::size_t kLongest = 64u << 20;
  bool any = false;
  for (const std::string& file : files) {
    TRY(files::Lines lines, files::Lines::open(file, kLongest));
    std::string line;
    std::int64_t number = 0;
    std::int64_t strange = 0;
    std::int64_t first = 0;
    for (files::Lines::Got got; (got = lines.next(line, true)) != files::Lines::Got::end;) {
      if (got == files::Lines::Got::failed) return fail(Fault::usage, "cannot be read", lines.name());
      if (got == files::Lines::Got::blocked) continue;
      ++number;
      // A torn last line is of a batch that was killed, or that is still at it.
      if (line.empty()) continue;
      if (take(line)) {
        any = true;
        continue;
      }
      if (line.find("\"type\":\"summary\"") != std::string::npos) continue;  // of -o jsonl
      if (strange++ == 0) first = number;
    }
    if (strange > 0)
      files::write_err(fmt::format("warning: {} of {} lines are no results, the first is {}:{}\n", strange,
                                   number, lines.name(), first));
    if (strange > 0 && strange == number)
      return fail(Fault::usage, "there are no results in this file", lines.name(),
                  "howopen batch makes them");
  }
  if (!any && !files.empty())
    return fail(Fault::usage, "no results in it", files.front(), "howopen batch makes them");
  return {};
}

}  // namespace howopen::run
