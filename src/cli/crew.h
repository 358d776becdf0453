// Threads for what only computes, beside the one that talks to the world.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

namespace howopen::cli {

/// Takes work and hands its end back; its owner may lend a hand. Work must touch nothing that others may
/// touch meanwhile; what it returns is called by whoever owns the crew. An exception of the work is thrown
/// there.
class Crew {
 public:
  using End = std::function<void()>;
  using Work = std::function<End()>;

  /// Threads beside the owner's. With none, work is done as soon as it is given.
  explicit Crew(int threads);
  ~Crew();
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  void give(Work work);
  /// Calls the ends of what is done; gives whether there were any.
  bool settle();
  /// Whether there is work that no thread has taken yet.
  bool queued() const;
  /// Does one piece of it, end included; false when there is none.
  bool help();
  /// Helps, or else waits until something is done and settles it; false when no work is left.
  bool wait();
  /// Work that is given and not settled.
  std::size_t busy() const { return busy_; }
  /// Readable when something is done; -1 without threads.
  int file() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
  std::size_t busy_ = 0;
};

/// Processors that this process may run on: those set aside for it, or fewer where a container has a share of
/// their time (cgroups).
int processors();

/// How many processors a share is worth, rounded up, by what the kernel says of it (cpu.max: `200000 100000`,
/// microseconds of time in so many); nothing for `max` or anything else.
std::optional<int> processors_in(std::string_view cpu_max);

}  // namespace howopen::cli
