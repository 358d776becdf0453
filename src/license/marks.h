// What the signs of a license text tell beside its words.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace howopen::license {

/// Bytes of a text.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Addresses behind the word, or with it inside: a policy that is only pointed at can change, and was not
/// read.
std::vector<std::string> policies_named(std::string_view text);

/// What stands between `~~` and `~~`, `<s>`, `<del>` or `<strike>` and their ends.
std::vector<Span> struck_out(std::string_view text);

}  // namespace howopen::license
