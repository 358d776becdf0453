// Results of batches, line by line.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "howopen/result.h"

namespace howopen::run {

/// Gives `take` each line of the files that is one of results; it tells whether it was. What is none is
/// warned of; a file that has nothing else is an error. A torn last line, and lines that count others, are no
/// news.
Result<void> each_result(const std::vector<std::string>& files,
                         const std::function<bool(std::string_view)>& take);

}  // namespace howopen::run
