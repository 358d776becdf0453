// How long nobody has said anything.
#pragma once

#include <chrono>

namespace howopen::fetch {

/// Told once of each silence that lasts too long, with no clock of its own.
class Silence {
 public:
  using Time = std::chrono::steady_clock::time_point;
  explicit Silence(std::chrono::milliseconds most) : most_(most) {}

  /// Somebody said something, or is asked after nobody was.
  void broken(Time now) {
    since_ = now;
    told_ = false;
  }
  /// Whether it has just become too long: true once.
  bool news(Time now) {
    if (told_ || now < due()) return false;
    told_ = true;
    return true;
  }
  bool told() const { return told_; }
  Time due() const { return since_ + most_; }

 private:
  std::chrono::milliseconds most_;
  Time since_{};
  bool told_ = false;
};

}  // namespace howopen::fetch
