// Where the output goes: a terminal or a file, with or without colour.
#pragma once

#include <string>
#include <string_view>

#include "cli/options.h"
#include "howopen/report.h"

namespace howopen::cli {

/// Style for standard output, by NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, TERM, COLUMNS and the terminal
/// itself.
Style style_of(const Common& common);

/// Writes everything to a stream; false when it cannot (disk full, reader gone).
bool write_out(std::string_view text);
void write_err(std::string_view text);

/// `what: where` of an error, escaped.
std::string summary(const Error& error);
/// `error: what: where`, then `  hint: …` for each line of `fix`; escaped.
std::string worded(const Error& error);

}  // namespace howopen::cli
