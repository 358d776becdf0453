// The terminal. Output that is no terminal has 80 columns, no colour and the same bytes everywhere.

#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "files/environment.h"
#include "run/options.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

bool wants_color(const Common& common, bool terminal) {
  if (common.color != "auto") return common.color == "always";
  if (!files::variable("NO_COLOR").empty()) return false;
  const auto forced = [](const std::string& value) { return !value.empty() && value != "0"; };
  if (forced(files::variable("FORCE_COLOR")) || forced(files::variable("CLICOLOR_FORCE"))) return true;
  return terminal && files::variable("TERM") != "dumb" && files::variable("CLICOLOR") != "0";
}

// Words that lead to an address: where nobody said no to what decorates text. The console of Linux shows
// nothing of them, and TERM=dumb says what it is.
bool wants_links(const Common& common, bool terminal) {
  if (!terminal || common.color == "never") return false;
  const std::string forced = files::variable("FORCE_HYPERLINK");
  if (!forced.empty()) return forced != "0";
  const std::string term = files::variable("TERM");
  return files::variable("NO_COLOR").empty() && !term.empty() && term != "dumb" && term != "linux";
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
  int columns = std::atoi(files::variable("COLUMNS").c_str());
  if (terminal) {
    // Only a terminal may know no UTF-8.
    std::string locale = files::variable("LC_ALL");
    if (locale.empty()) locale = files::variable("LC_CTYPE");
    if (locale.empty()) locale = files::variable("LANG");
    locale = text::lower(locale);
    style.unicode = locale.find("utf-8") != std::string::npos || locale.find("utf8") != std::string::npos;
    winsize size{};
    if (columns <= 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) columns = size.ws_col;
  }
  if (columns > 0) style.width = std::clamp(columns, 40, 400);
  return style;
}

}  // namespace howopen::cli
