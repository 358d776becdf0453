// What logs of CI runners take for commands.
#pragma once

#include <string>

namespace howopen::text {

/// `##[error]` and `##vso[task…]`, which the runners of GitHub and Azure obey wherever they stand in a line,
/// made into text that they pass over: `##\x5berror]`.
std::string without_log_commands(std::string s);

}  // namespace howopen::text
