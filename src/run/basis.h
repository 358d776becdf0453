// What judges in a run: program, catalog, and the options that a line of results depends on.
#pragma once

#include <string_view>

#include "howopen/catalog.h"
#include "howopen/report.h"
#include "howopen/result.h"
#include "run/options.h"

namespace howopen::run {

/// Without what any line rests on. `asked` says who is asked: online, offline, saved.
Result<Basis> basis_of_run(const Common& common, const Catalog& catalog, std::string_view asked);

}  // namespace howopen::run
