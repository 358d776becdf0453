// Rules as SARIF describes them.
#pragma once

#include <string>
#include <string_view>

#include "report/issues.h"
#include "text/json.h"

namespace howopen::report {

/// error | warning | note

/// Texts of the catalog, or, for a rule that nobody described, texts made of its name: GitHub refuses a rule
/// with an empty one.
text::Json sarif_rule(const std::string& id, Severity worst, const Catalog& catalog);

}  // namespace howopen::report
