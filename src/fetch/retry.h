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
struct Window {
  std::string bucket;          ///< api, resolvers, pages; "github" for GitHub
  std::int64_t remaining = 0;  ///< requests left
  std::int64_t reset_s = 0;    ///< seconds until there are more
  std::int64_t quota = -1;     ///< requests a window; -1 if not told
  std::int64_t window_s = -1;  ///< length of a window; -1 if not told
};
/// Nothing for headers that are not there or not understood.
std::optional<Window> read_window(std::string_view ratelimit, std::string_view policy);
/// `now_s` is the time of day as Unix seconds: GitHub names the second at which its window ends.
std::optional<Window> read_github_window(std::string_view remaining, std::string_view reset,
                                         std::string_view limit, std::int64_t now_s);

/// Whether a status is worth asking again: 408, 429, 500, 502, 503, 504.
bool worth_retrying(long status);

/// How long to wait before the attempt after `attempt` (1 for the first one made): 1, 2, 4, 8, 8 s, each
/// shortened by up to a quarter by `jitter` (0 to 1), so that many clients do not come back together. Nothing
/// when it was tried often enough.
constexpr int kAttempts = 4;
std::optional<Milliseconds> backoff(int attempt, double jitter);

/// How long a 429 says to wait: until the window's end when nothing is left in it, else `Retry-After`.
/// Nothing when it says neither (a 429 of the CDN in front of the Hub); then backoff() counts.
std::optional<Milliseconds> told_to_wait(const std::optional<Window>& window, std::string_view retry_after);

/// What is left of each bucket, shared by all questions in flight. What is under way counts as spent: a
/// response tells what was left when the server answered it, and others may be on their way there.
class Budget {
 public:
  using Clock = std::chrono::steady_clock;
  using Time = Clock::time_point;

  /// Takes one request from a bucket. Zero: go ahead. Else nothing was taken, and so long it is until there
  /// is more.
  Milliseconds take(const std::string& bucket, Time now);
  /// A request that was taken has come back, answered or not.
  void done(const std::string& bucket);
  /// A response told of a window.
  void learn(const Window& window, Time now);
  /// What was last told of the buckets, by name.
  const std::map<std::string, Window>& windows() const { return windows_; }

 private:
  struct State {
    std::int64_t remaining = -1;  // least that was told in this window; -1: not known
    std::int64_t under_way = 0;
    Time until{};  // end of the window
  };
  std::map<std::string, State> states_;
  std::map<std::string, Window> windows_;
};

}  // namespace howopen::fetch
