// Where the output goes: a terminal or a file, with or without colour.
#pragma once

#include <string>
#include <string_view>

#include "cli/options.h"
#include "howopen/report.h"
#include "run/options.h"

namespace howopen::cli {

/// Style for standard output, by NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, TERM, COLUMNS and the terminal
/// itself.
Style style_of(const Common& common);

}  // namespace howopen::cli
