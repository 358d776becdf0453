// A line about a run that takes long: how many, how fast, how much longer, what went wrong.
//
//   212 models after 4 s, a fifth of the input  ->  [212] 53/s  3 undetermined  acme/foo-7b  eta 16s

#include "cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include "cli/terminal.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

std::string duration(double seconds) {
  const auto s = static_cast<std::int64_t>(seconds + 0.5);
  if (s < 60) return fmt::format("{}s", s);
  if (s < 3600) return fmt::format("{}m{:02}s", s / 60, s % 60);
  return fmt::format("{}h{:02}m", s / 3600, s % 3600 / 60);
}

}  // namespace

std::string progress_line(const Pulse& p, double seconds) {
  std::string out = p.part >= 0 ? fmt::format("[{} {:3.0f} %]", p.models + p.skipped, p.part * 100)
                                : fmt::format("[{}]", p.models + p.skipped);
  const double rate = seconds > 0 ? static_cast<double>(p.models) / seconds : 0;
  out += fmt::format(" {:.{}f}/s", rate, rate < 10 ? 1 : 0);
  if (p.undetermined > 0) out += fmt::format("  {} undetermined", p.undetermined);
  if (!p.last.empty()) out += "  " + text::printable(p.last);
  if (p.quota_left >= 0) out += fmt::format("  {} requests left", p.quota_left);
  if (p.part > 0.001 && p.part < 1 && p.models > 0)
    out += "  eta " + duration(seconds * (1 - p.part) / p.part);
  return out;
}

Progress::Progress(const Common& common)
    : on_(!common.quiet && !common.no_progress),
      terminal_(isatty(STDERR_FILENO) == 1),
      began_(Clock::now()),
      next_(began_ + std::chrono::seconds(terminal_ ? 0 : 30)) {}

void Progress::show(const Pulse& pulse) {
  const auto now = Clock::now();
  if (!on_ || now < next_) return;
  next_ = now + (terminal_ ? std::chrono::milliseconds(200) : std::chrono::milliseconds(30'000));
  const std::string line = progress_line(pulse, std::chrono::duration<double>(now - began_).count());
  write_err(terminal_ ? "\r" + line + "\033[K" : line + "\n");
  shown_ = terminal_;
}

void Progress::clear() {
  if (shown_) write_err("\r\033[K");
  shown_ = false;
}

}  // namespace howopen::cli
