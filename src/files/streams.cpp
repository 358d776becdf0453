// The streams of this process. What is written there is read by terminals and by the logs of CI.

#include "files/streams.h"

#include <fmt/format.h>

#include <cstdio>

#include "text/log_commands.h"
#include "text/utf8.h"

namespace howopen::files {
namespace {

bool write_all(std::FILE* stream, std::string_view written) {
  if (written.find("##") != std::string_view::npos) {
    const std::string safe = text::without_log_commands(std::string(written));
    return std::fwrite(safe.data(), 1, safe.size(), stream) == safe.size() && std::fflush(stream) == 0;
  }
  return std::fwrite(written.data(), 1, written.size(), stream) == written.size() && std::fflush(stream) == 0;
}

}  // namespace

bool write_out(std::string_view text) {
  return write_all(stdout, text);
}
void write_err(std::string_view text) {
  write_all(stderr, text);
}

std::string summary(const Error& error) {
  return text::printable(error.what) + (error.where.empty() ? "" : ": " + text::printable(error.where));
}

std::string worded(const Error& error) {
  std::string out = fmt::format("error: {}\n", summary(error));
  std::string_view hints = error.fix;
  while (!hints.empty()) {
    const std::size_t end = std::min(hints.find('\n'), hints.size());
    out += fmt::format("  hint: {}\n", text::printable(hints.substr(0, end)));
    hints.remove_prefix(std::min(end + 1, hints.size()));
  }
  return out;
}

}  // namespace howopen::files
