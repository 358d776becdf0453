// What this program is.
#pragma once

#include <string>

namespace howopen::run {

/// `howopen 0.1.0`; at length the commit, what it knows and of which day, the libraries.
std::string version(bool at_length);
/// Version and commit: two programs that judge alike have the same.
std::string build();

}  // namespace howopen::run
