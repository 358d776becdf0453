// The real program, run as a user would, with nothing in its environment but what the test gives.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "support/temp_dir.h"

namespace howopen::test {

struct Ran {
  int exit = -1;
  std::string out;
  std::string err;
  long peak_kb = 0;  ///< peak resident memory
};

/// `environment` is all the environment there is, besides HOME and XDG folders in a temporary place.
Ran run(const std::vector<std::string>& arguments, const std::map<std::string, std::string>& environment = {},
        const std::string& binary = HOWOPEN_BINARY);

/// Whether the program was built with AddressSanitizer, whose own memory would be measured.
bool sanitized();

}  // namespace howopen::test
