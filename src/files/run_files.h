// Files that a program of the tree runs, read as what they are run as.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "files/handle.h"
#include "howopen/scan.h"

namespace howopen::files {

/// Reads each file of `scanned.runs` that is in the tree, whatever its ending, and what those run in turn.
/// Gives what they say, and takes out of `scanned` the places that are unresolved no longer. Files that are
/// not `allowed` stay as they are.
std::vector<Scanned> scan_run_files(const Handle& root, Scanned& scanned,
                                    const std::function<bool(const std::string&)>& allowed);

}  // namespace howopen::files
