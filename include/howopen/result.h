/// Errors of a run: bad usage, no such file, a broken catalog. What a model does not say, or what could
/// not be looked at, is never one of these: it is a value (see snapshot.h and facts.h).
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace howopen {

/// Whose fault it is; the command line turns it into the exit code.
enum class Fault {
  usage,       ///< wrong option, reference or file given by the user: exit 2
  unanswered,  ///< nothing could be judged: exit 3
  internal,    ///< a bug, or data that ships with the tool is broken: exit 70
};

/// Printed as `error: what: where`, and `  hint: fix` on lines of their own. Empty parts are left out.
struct Error {
  Fault fault = Fault::internal;
  std::string what;   ///< one sentence without a period
  std::string where;  ///< file:line, URL or option
  std::string fix;    ///< what to do about it; several hints a line each
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(Fault fault, std::string what, std::string where = {},
                                  std::string fix = {}) {
  return tl::unexpected<Error>(Error{fault, std::move(what), std::move(where), std::move(fix)});
}

}  // namespace howopen

#define HOWOPEN_CONCAT_(a, b) a##b
#define HOWOPEN_CONCAT(a, b) HOWOPEN_CONCAT_(a, b)
/// `TRY(auto x, f());` declares x from the Result of f(), or returns its error.
#define TRY(declaration, expression) TRY_AS(HOWOPEN_CONCAT(try_, __LINE__), declaration, expression)
#define TRY_AS(temporary, declaration, expression)                            \
  auto temporary = (expression);                                              \
  if (!temporary) return tl::unexpected<Error>(std::move(temporary.error())); \
  declaration = std::move(*temporary)
