// Waiting by the book: the Hub says on every response how much of its quota is left, and for how long.
//
//   read_window("\"api\";r=0;t=41", …), 429  ->  wait 42 s
//   503, first attempt                       ->  wait about 1 s

#include "fetch/retry.h"

#include <algorithm>
#include <charconv>

namespace howopen::fetch {
namespace {

std::optional<std::int64_t> number(std::string_view s) {
  while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
  std::int64_t n = 0;
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), n);
  if (error != std::errc() || n < 0) return std::nullopt;
  return n;
}

// Value of `name=` among the parts of a structured header.
std::optional<std::int64_t> parameter(std::string_view header, std::string_view name) {
  for (std::size_t at = header.find(name); at != std::string_view::npos; at = header.find(name, at + 1)) {
    const bool starts = at == 0 || header[at - 1] == ';' || header[at - 1] == ' ';
    const std::size_t equals = header.find_first_not_of(' ', at + name.size());
    if (!starts || equals == std::string_view::npos || header[equals] != '=') continue;
    return number(header.substr(equals + 1));
  }
  return std::nullopt;
}

constexpr std::int64_t kLongest = 24 * 3600;  // no honest window is longer

}  // namespace

std::optional<QuotaWindow> read_window(std::string_view ratelimit, std::string_view policy) {
  const std::size_t open = ratelimit.find('"');
  const std::size_t close = ratelimit.find('"', open + 1);
  if (open == std::string_view::npos || close == std::string_view::npos || close - open > 40)
    return std::nullopt;
  const auto remaining = parameter(ratelimit.substr(close), "r");
  const auto reset = parameter(ratelimit.substr(close), "t");
  if (!remaining || !reset || *reset > kLongest) return std::nullopt;
  QuotaWindow out{std::string(ratelimit.substr(open + 1, close - open - 1)), *remaining, *reset, -1, -1};
  out.quota = parameter(policy, "q").value_or(-1);
  out.window_s = parameter(policy, "w").value_or(-1);
  return out;
}

std::optional<QuotaWindow> read_github_window(std::string_view remaining, std::string_view reset,
                                              std::string_view limit, std::int64_t now_s) {
  const auto left = number(remaining);
  const auto end = number(reset);
  if (!left || !end) return std::nullopt;
  return QuotaWindow{"github", *left, std::clamp<std::int64_t>(*end - now_s, 0, kLongest),
                     number(limit).value_or(-1), 3600};
}

bool worth_retrying(long status) {
  return status == 408 || status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
}

Milliseconds backoff(int attempt, double jitter) {
  const std::int64_t full = 1000LL << std::clamp(attempt - 1, 0, 3);
  return Milliseconds(
      full - static_cast<std::int64_t>(static_cast<double>(full) * 0.25 * std::clamp(jitter, 0.0, 1.0)));
}

std::optional<Milliseconds> told_to_wait(const std::optional<QuotaWindow>& window,
                                         std::int64_t retry_after_s) {
  // A window with something left is not what this 429 is about.
  if (window && window->remaining == 0) return Milliseconds((window->reset_s + 1) * 1000);
  if (retry_after_s >= 0 && retry_after_s <= kLongest) return Milliseconds((retry_after_s + 1) * 1000);
  return std::nullopt;
}

Pace::Pace(double per_second) {
  if (per_second > 0)
    gap_ = std::chrono::ceil<Clock::duration>(std::chrono::duration<double>(1 / std::max(per_second, 1e-6)));
}

// Time that passed unused is not made up for: a burst is what a limit is set against.
void Pace::sent(Time now) {
  due_ = std::max(due_, now) + gap_;
}

Budget::Taken Budget::take(const std::string& bucket, Time now) {
  State& state = states_[bucket];
  if (now >= state.until) state.remaining = -1;  // a new window, of which nothing is known yet
  if (state.remaining >= 0 && state.remaining <= state.under_way) {
    // Those under way may have been counted already; if not, the window is spent.
    if (state.remaining > 0) return {Grant::after_a_response, {}};
    return {Grant::later, state.until};
  }
  const std::int64_t untold = state.quota > 0 ? std::min(state.quota, kUntold) : kUntold;
  if (state.remaining < 0 && !state.unmetered && state.under_way >= untold)
    return {Grant::after_a_response, {}};
  ++state.under_way;
  return {};
}

void Budget::done(const std::string& bucket, bool answered, const std::optional<QuotaWindow>& told,
                  Time now) {
  State& state = states_[bucket];
  state.under_way = std::max<std::int64_t>(0, state.under_way - 1);
  if (told) {
    learn(*told, now);
  } else if (answered && state.remaining < 0) {
    state.unmetered = true;
  }
}

void Budget::learn(const QuotaWindow& window, Time now) {
  State& state = states_[window.bucket];
  const Time until = now + std::chrono::seconds(window.reset_s + 1);
  // Responses overtake each other: within one window the smaller number is the later one. A window that ends
  // well after the known one is a new one.
  const bool same =
      state.remaining >= 0 && now < state.until && until <= state.until + std::chrono::seconds(5);
  state.remaining = same ? std::min(state.remaining, window.remaining) : window.remaining;
  state.until = same ? std::max(state.until, until) : until;
  state.quota = window.quota;
  state.unmetered = false;
  windows_[window.bucket] = window;
}

}  // namespace howopen::fetch
