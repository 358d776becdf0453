// When to ask again, and how long to wait: arithmetic only, no clock and no sleep.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace howopen::fetch {

using Milliseconds = std::chrono::milliseconds;

/// One window of the Hub's quota, as a response tells: `RateLimit: "api";r=499;t=295` and
/// `RateLimit-Policy: "fixed window";"api";q=500;w=300`. GitHub tells the same as X-RateLimit-*.
struct QuotaWindow {
  std::string bucket;          ///< api, resolvers, pages; "github" for GitHub
  std::int64_t remaining = 0;  ///< requests left
  std::int64_t reset_s = 0;    ///< seconds until there are more
  std::int64_t quota = -1;     ///< requests a window; -1 if not told
  std::int64_t window_s = -1;  ///< length of a window; -1 if not told
};
/// Nothing for headers that are not there or not understood.
std::optional<QuotaWindow> read_window(std::string_view ratelimit, std::string_view policy);
/// GitHub names the second at which its window ends; `now_s` is the server's own time of day (its Date
/// header), in Unix seconds, so that a clock of ours that is wrong does no harm.
std::optional<QuotaWindow> read_github_window(std::string_view remaining, std::string_view reset,
                                              std::string_view limit, std::int64_t now_s);

/// Whether a status is worth asking again: 408, 429, 500, 502, 503, 504.
bool worth_retrying(long status);

/// How long to wait before the attempt after `attempt` (1 for the first one made): 1, 2, 4, 8, 8 s, each
/// shortened by up to a quarter by `jitter` (0 to 1), so that many clients do not come back together.
Milliseconds backoff(int attempt, double jitter);

/// How long a 429 says to wait: until the window's end when nothing is left in it, else as `Retry-After` says
/// in seconds (negative: it does not). Nothing when neither is told (a 429 of the CDN in front of the Hub);
/// then backoff() counts.
std::optional<Milliseconds> told_to_wait(const std::optional<QuotaWindow>& window,
                                         std::int64_t retry_after_s);

/// Spaces requests evenly: never more than so many a second.
class Pace {
 public:
  using Clock = std::chrono::steady_clock;
  using Time = Clock::time_point;

  explicit Pace(double per_second);  ///< 0 or less: no limit
  /// When the next request may be sent, at the earliest.
  Time due() const { return due_; }
  void sent(Time now);

 private:
  Clock::duration gap_{0};
  Time due_{};
};

/// What is left of each bucket, shared by all questions in flight. What is under way counts as spent: a
/// response tells what was left when the server answered it, and others may be on their way there.
class Budget {
 public:
  using Clock = std::chrono::steady_clock;
  using Time = Clock::time_point;

  /// Before anybody has told what is left of a window, so many may be under way at once, or the window's
  /// quota if that is known to be smaller.
  static constexpr std::int64_t kUntold = 8;

  enum class Grant { go, after_a_response, later };
  /// Takes one request from a bucket. `go`: it is taken. Else nothing was taken: `after_a_response` means
  /// that whoever is under way will tell how much is left, `later` that all is spent until `until`.
  struct Taken {
    Grant grant = Grant::go;
    Time until{};
  };
  Taken take(const std::string& bucket, Time now);
  /// A request that was taken has come back: with what its response told of the window, or with nothing.
  void done(const std::string& bucket, bool answered, const std::optional<QuotaWindow>& told, Time now);
  /// What was last told of the buckets, by name.
  const std::map<std::string, QuotaWindow>& windows() const { return windows_; }

 private:
  struct State {
    std::int64_t remaining = -1;  // least that was told in this window; -1: not known
    std::int64_t quota = -1;      // of a window, where that was told
    std::int64_t under_way = 0;
    bool unmetered = false;  // answers, and tells of no window
    Time until{};            // end of the window
  };
  void learn(const QuotaWindow& window, Time now);

  std::map<std::string, State> states_;
  std::map<std::string, QuotaWindow> windows_;
};

}  // namespace howopen::fetch
