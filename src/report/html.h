// Parts of a page.
#pragma once

#include <string>
#include <string_view>

#include "howopen/catalog.h"
#include "howopen/policy.h"
#include "text/json.h"

namespace howopen::report {

/// All that is known of a model, conflicts first. `brief`: of the evidence what decides alone.
std::string model_section(const text::Json& model, const Catalog& catalog, bool brief);
/// The cells of its row, with what the table is filtered and sorted by; `href` leads to all of it.
std::string model_row(const text::Json& model, const Catalog& catalog, std::string_view href);
/// What a gate found in the trees, and what it tells of the policy.
std::string gate_section(const GateSummary& gate);

/// A whole document: title, style, what stands in it, and the script where it needs one.
std::string document(std::string_view title, const std::string& body, const Catalog& catalog, bool script);

std::string verdict_markup(std::string_view verdict);
std::int64_t conflicts_of(const text::Json& model);
std::string page_path(std::string_view id);  ///< of a site: `models/org/name`

}  // namespace howopen::report
