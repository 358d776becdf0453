// The terminal. Output that is no terminal has 80 columns, no colour and the same bytes everywhere.

#include "cli/terminal.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "text/log_commands.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

bool wants_color(const Common& common, bool terminal) {
  if (common.color != "auto") return common.color == "always";
  if (!environment("NO_COLOR").empty()) return false;
  const auto forced = [](const std::string& value) { return !value.empty() && value != "0"; };
  if (forced(environment("FORCE_COLOR")) || forced(environment("CLICOLOR_FORCE"))) return true;
  return terminal && environment("TERM") != "dumb" && environment("CLICOLOR") != "0";
}

// Words that lead to an address: where nobody said no to what decorates text. The console of Linux shows
// nothing of them, and TERM=dumb says what it is.
bool wants_links(const Common& common, bool terminal) {
  if (!terminal || common.color == "never") return false;
  const std::string forced = environment("FORCE_HYPERLINK");
  if (!forced.empty()) return forced != "0";
  const std::string term = environment("TERM");
  return environment("NO_COLOR").empty() && !term.empty() && term != "dumb" && term != "linux";
}

bool write_all(std::FILE* stream, std::string_view written) {
  if (written.find("##") != std::string_view::npos) {
    const std::string safe = text::without_log_commands(std::string(written));
    return std::fwrite(safe.data(), 1, safe.size(), stream) == safe.size() && std::fflush(stream) == 0;
  }
  return std::fwrite(written.data(), 1, written.size(), stream) == written.size() && std::fflush(stream) == 0;
}

}  // namespace

Style style_of(const Common& common) {
  Style style;
  const bool terminal = isatty(STDOUT_FILENO) == 1;
  style.terminal = terminal;
  style.color = wants_color(common, terminal);
  style.links = wants_links(common, terminal);
  style.sort = common.sort;
  style.columns = common.columns;
  style.quiet = common.quiet;
  style.verbosity = common.verbosity;
  style.show_waived = common.show_waived;
  style.notes = common.notes;
  int columns = std::atoi(environment("COLUMNS").c_str());
  if (terminal) {
    // Only a terminal may know no UTF-8.
    std::string locale = environment("LC_ALL");
    if (locale.empty()) locale = environment("LC_CTYPE");
    if (locale.empty()) locale = environment("LANG");
    locale = text::lower(locale);
    style.unicode = locale.find("utf-8") != std::string::npos || locale.find("utf8") != std::string::npos;
    winsize size{};
    if (columns <= 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) columns = size.ws_col;
  }
  if (columns > 0) style.width = std::clamp(columns, 40, 400);
  return style;
}

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

}  // namespace howopen::cli
