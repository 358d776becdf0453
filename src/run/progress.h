// How far a long run is, on stderr.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "run/options.h"

namespace howopen::run {

/// What a progress line says.
struct ProgressState {
  std::uint64_t models = 0;   ///< done in this run
  std::uint64_t skipped = 0;  ///< were done before
  std::int64_t undetermined = 0;
  std::int64_t requests = 0;
  std::int64_t quota_left = -1;  ///< of the Hub's API; -1: not told
  std::uint64_t total = 0;       ///< models of the input, those done before too; 0: not known yet …
  std::uint64_t read = 0;        ///< … then so many bytes of it are done …
  std::uint64_t bytes = 0;       ///< … of so many; 0: not known either
  std::string last;              ///< id
};

/// On a terminal one line that is written over; elsewhere a line in 30 s.
class Progress {
 public:
  using Clock = std::chrono::steady_clock;
  explicit Progress(const Common& common);
  void show(const ProgressState& pulse);
  /// Takes the line away, so that something else can be written.
  void clear();

 private:
  bool on_;
  bool terminal_;
  bool shown_ = false;
  Clock::time_point began_;
  Clock::time_point next_;
};

/// The line itself. `seconds` since the run began.
std::string progress_line(const ProgressState& pulse, double seconds);

}  // namespace howopen::run
