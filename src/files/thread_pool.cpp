// A queue of work, threads that take from it, and a queue of completions. The owner may sleep on the network:
// a file becomes readable when there is a completion to run. While work is queued it rather does some: on a
// virtual machine threads are often woken where another one runs, with a processor idle beside it.
//
//   submit([] { auto v = judge(facts); return [v] { write(v); }; })  ->  judged on a thread, written by the
//   owner

#include "files/thread_pool.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <csignal>
#include <cstdint>
#include <deque>
#include <exception>
#include <fstream>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace howopen::files {
namespace {

// The kernel enlarges the table of open files as they are opened; once a process has threads, whoever opens
// the 65th waits until all of them have seen the new one, some 10 ms. So it is made large enough before.
void make_room_for_files() {
  constexpr int kFiles = 256;
  if (const int last = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, kFiles - 1); last >= 0) close(last);
}

std::string line_of(const char* path) {
  std::ifstream in(path);
  std::string out;
  std::getline(in, out);
  return out;
}

}  // namespace

struct ThreadPool::Impl {
  std::mutex mutex;
  std::condition_variable given;
  std::condition_variable done;
  std::deque<Work> work;
  std::deque<Completion> ends;
  bool stop = false;
  int file = -1;
  std::vector<std::thread> threads;

  // The oldest piece of work, of which there is one; whoever asks holds the mutex.
  Work take() {
    Work one = std::move(work.front());
    work.pop_front();
    return one;
  }

  void run() {
    std::unique_lock lock(mutex);
    for (;;) {
      given.wait(lock, [this] { return stop || !work.empty(); });
      if (stop) return;
      Work one = take();
      lock.unlock();
      Completion end;
      try {
        end = one();
      } catch (...) {
        end = [e = std::current_exception()] { std::rethrow_exception(e); };
      }
      one = nullptr;  // what it holds is let go before its end is known
      lock.lock();
      ends.push_back(std::move(end));
      if (ends.size() > 1) continue;
      const std::uint64_t tell = 1;
      [[maybe_unused]] const ssize_t written = write(file, &tell, sizeof tell);
      done.notify_one();
    }
  }
};

ThreadPool::ThreadPool(int threads) : impl_(std::make_unique<Impl>()) {
  if (threads <= 0) return;
  impl_->file = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (impl_->file < 0) return;
  make_room_for_files();
  // Signals are for the thread that knows what to do about them.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  try {
    for (int i = 0; i < threads; ++i) impl_->threads.emplace_back([impl = impl_.get()] { impl->run(); });
  } catch (const std::system_error&) {  // no more than these: where there are few, or none, it takes longer
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (!impl_->threads.empty()) return;
  close(impl_->file);
  impl_->file = -1;
}

ThreadPool::~ThreadPool() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stop = true;
  }
  impl_->given.notify_all();
  for (std::thread& t : impl_->threads) t.join();
  if (impl_->file >= 0) close(impl_->file);
}

int ThreadPool::ready_file() const {
  return impl_->file;
}

void ThreadPool::submit(Work work) {
  ++pending_;
  if (impl_->threads.empty()) {
    impl_->ends.push_back(work());
    return;
  }
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->work.push_back(std::move(work));
  }
  impl_->given.notify_one();
}

bool ThreadPool::run_completions() {
  std::deque<Completion> ends;
  {
    const std::lock_guard lock(impl_->mutex);
    ends.swap(impl_->ends);
    std::uint64_t told = 0;
    if (!ends.empty() && impl_->file >= 0) [[maybe_unused]]
      const ssize_t got = read(impl_->file, &told, sizeof told);
  }
  pending_ -= ends.size();
  for (Completion& end : ends) end();
  return !ends.empty();
}

bool ThreadPool::has_queued() const {
  const std::lock_guard lock(impl_->mutex);
  return !impl_->work.empty();
}

bool ThreadPool::run_one() {
  Work one;
  {
    const std::lock_guard lock(impl_->mutex);
    if (impl_->work.empty()) return false;
    one = impl_->take();
  }
  --pending_;
  const Completion end = one();
  one = nullptr;
  end();
  return true;
}

bool ThreadPool::wait() {
  if (pending_ == 0) return false;
  if (run_one()) return true;
  std::unique_lock lock(impl_->mutex);
  impl_->done.wait(lock, [this] { return !impl_->ends.empty(); });
  lock.unlock();
  return run_completions();
}

int processors() {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  // What a scheduler has set aside for us, which may be less than what the machine has.
  const int set_aside = sched_getaffinity(0, sizeof allowed, &allowed) == 0
                            ? CPU_COUNT(&allowed)
                            : static_cast<int>(std::thread::hardware_concurrency());
  // Where a container sees its own: of the second version of cgroups, or of the first.
  auto share = processors_in(line_of("/sys/fs/cgroup/cpu.max"));
  if (!share) {
    share = processors_in(line_of("/sys/fs/cgroup/cpu/cpu.cfs_quota_us") + " " +
                          line_of("/sys/fs/cgroup/cpu/cpu.cfs_period_us"));
  }
  return share ? std::min(set_aside, *share) : set_aside;
}

std::optional<int> processors_in(std::string_view cpu_max) {
  std::int64_t quota = 0;
  std::int64_t period = 0;
  const char* const end = cpu_max.data() + cpu_max.size();
  const auto first = std::from_chars(cpu_max.data(), end, quota);
  if (first.ec != std::errc() || first.ptr == end || *first.ptr != ' ') return std::nullopt;
  const auto second = std::from_chars(first.ptr + 1, end, period);
  if (second.ec != std::errc() || second.ptr != end || quota <= 0 || period <= 0 || period > 1'000'000'000)
    return std::nullopt;
  return static_cast<int>(std::min<std::int64_t>(quota / period + (quota % period != 0 ? 1 : 0), 1 << 20));
}

}  // namespace howopen::files
