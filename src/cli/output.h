// Where reports go: standard output and files, each in its own format.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "cli/options.h"
#include "howopen/catalog.h"
#include "howopen/policy.h"
#include "howopen/report.h"
#include "run/options.h"

namespace howopen::cli {

/// Makes the files that -o names, beside their places, and removes them again: what cannot be written is said
/// before anybody is asked anything.
Result<void> check_outputs(const Common& common);

/// Writes what `rendered` makes of each output that was asked for: files first, each replaced as a whole and
/// without colour, then standard output.
Result<void> emit(const Common& common, const std::function<std::string(Format, const Style&)>& rendered);

/// Verdicts in every format that was asked for. Says on stderr what a format has to leave out, reads the
/// lines that SARIF needs hashes of, and appends the job summary of `-o github` to $GITHUB_STEP_SUMMARY.
Result<void> emit_report(const Common& common, std::span<const Verdict> verdicts, const Catalog& catalog,
                         const GateSummary* gate = nullptr);

}  // namespace howopen::cli
