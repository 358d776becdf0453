// Threads for what only computes, beside the one that talks to the world.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

namespace howopen::files {

/// Runs pieces of work on its threads and their completions on the owner's. A piece of work shares nothing
/// with others while it runs; what it returns, its completion, is called by run_completions() or wait() on
/// the thread that owns the pool, where an exception of the work is thrown too.
class ThreadPool {
 public:
  using Completion = std::function<void()>;
  using Work = std::function<Completion()>;

  /// Threads beside the owner's. With none, work is done as soon as it is submitted.
  explicit ThreadPool(int threads);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  void submit(Work work);
  /// Runs the completions of all finished work; returns whether there were any.
  bool run_completions();
  /// Whether there is work that no thread has taken yet.
  bool has_queued() const;
  /// Runs one queued piece of work on the owner's thread, completion included; false when none is queued.
  bool run_one();
  /// Runs one queued piece of work, else waits until a thread finishes one and runs its completion; false
  /// when no work is left.
  bool wait();
  /// Work that was submitted and whose completion has not run.
  std::size_t pending() const { return pending_; }
  /// A file descriptor that is readable when work has finished; -1 without threads.
  int ready_file() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
  std::size_t pending_ = 0;
};

/// Processors that this process may run on: those set aside for it, or fewer where a container has a share of
/// their time (cgroups).
int processors();

/// How many processors a share is worth, rounded up, by what the kernel says of it (cpu.max: `200000 100000`,
/// microseconds of time in so many); nothing for `max` or anything else.
std::optional<int> processors_in(std::string_view cpu_max);

}  // namespace howopen::files
