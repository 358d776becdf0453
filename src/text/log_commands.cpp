// The bracket is what makes the command.
//
//   "x ##[error]y"  ->  "x ##\x5berror]y"

#include "text/log_commands.h"

#include <string_view>

namespace howopen::text {

std::string without_log_commands(std::string s) {
  for (const std::string_view head : {"##[", "##vso["}) {
    for (std::size_t at = s.find(head); at != std::string::npos; at = s.find(head, at + head.size()))
      s.replace(at + head.size() - 1, 1, "\\x5b");
  }
  return s;
}

}  // namespace howopen::text
