// Standard output and standard error, and errors as they are told there.
#pragma once

#include <string>
#include <string_view>

#include "howopen/result.h"

namespace howopen::files {

/// Writes everything to a stream; false when it cannot (disk full, reader gone).
bool write_out(std::string_view text);
void write_err(std::string_view text);

/// `what: where` of an error, escaped.
std::string summary(const Error& error);
/// `error: what: where`, then `  hint: …` for each line of `fix`; escaped.
std::string worded(const Error& error);

}  // namespace howopen::files
