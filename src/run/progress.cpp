// A line about a run that takes long: how many, how fast, how much longer, what went wrong.
//
//   212 of 1060 models after 4 s  ->  [212/1060  20 %] 53/s  3 undetermined  acme/foo-7b  eta 16s

#include "run/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "files/streams.h"
#include "run/options.h"
#include "text/utf8.h"

namespace howopen::run {
namespace {

std::string duration(double seconds) {
  const auto s = static_cast<std::int64_t>(seconds + 0.5);
  if (s < 60) return fmt::format("{}s", s);
  if (s < 3600) return fmt::format("{}m{:02}s", s / 60, s % 60);
  return fmt::format("{}h{:02}m", s / 3600, s % 3600 / 60);
}

std::string size(std::uint64_t bytes) {
  const auto b = static_cast<double>(bytes);
  if (b < 1e3) return fmt::format("{} B", bytes);
  return b < 1e6 ? fmt::format("{:.0f} kB", b / 1e3) : fmt::format("{:.1f} MB", b / 1e6);
}

// Whole percents that are done; 100 only when everything is.
int percent(double part) {
  return part >= 1 ? 100 : std::clamp(static_cast<int>(part * 100), 0, 99);
}

}  // namespace

std::string progress_line(const ProgressState& p, double seconds) {
  const std::uint64_t done = p.models + p.skipped;
  const double rate = seconds > 0 ? static_cast<double>(p.models) / seconds : 0;
  std::string out;
  double left = -1;  // models
  if (p.total > 0) {
    out = fmt::format("[{}/{} {:3} %]", done, p.total,
                      percent(static_cast<double>(done) / static_cast<double>(p.total)));
    left = static_cast<double>(p.total - std::min(done, p.total));
  } else if (p.bytes > 0) {
    // More may come than the input had when it was opened.
    const double part = std::min(0.99, static_cast<double>(p.read) / static_cast<double>(p.bytes));
    out = fmt::format("[{}, {} of {} {:3} %]", done, size(p.read), size(p.bytes), percent(part));
    if (part > 0.001) left = static_cast<double>(done) * (1 - part) / part;
  } else {
    out = fmt::format("[{}]", done);
  }
  out += fmt::format(" {:.{}f}/s", rate, rate < 10 ? 1 : 0);
  if (p.undetermined > 0) out += fmt::format("  {} undetermined", p.undetermined);
  if (!p.last.empty()) out += "  " + text::printable(p.last);
  if (p.quota_left >= 0) out += fmt::format("  {} requests left", p.quota_left);
  if (left > 0 && rate > 0) out += "  eta " + duration(left / rate);
  return out;
}

Progress::Progress(const Common& common)
    : on_(!common.quiet && !common.no_progress),
      terminal_(isatty(STDERR_FILENO) == 1),
      began_(Clock::now()),
      next_(began_ + std::chrono::seconds(terminal_ ? 0 : 30)) {}

void Progress::show(const ProgressState& pulse) {
  const auto now = Clock::now();
  if (!on_ || now < next_) return;
  next_ = now + (terminal_ ? std::chrono::milliseconds(200) : std::chrono::milliseconds(30'000));
  const std::string line = progress_line(pulse, std::chrono::duration<double>(now - began_).count());
  files::write_err(terminal_ ? "\r" + line + "\033[K" : line + "\n");
  shown_ = terminal_;
}

void Progress::clear() {
  if (shown_) files::write_err("\r\033[K");
  shown_ = false;
}

}  // namespace howopen::run
