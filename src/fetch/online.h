// The services over HTTP: who is asked, with which token, how often, and when to wait.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "fetch/retry.h"
#include "fetch/transport.h"
#include "howopen/result.h"
#include "howopen/source.h"

namespace howopen::fetch {

/// Where a service is asked, and with what.
struct Endpoint {
  std::string url;    ///< without a slash at the end
  std::string token;  ///< goes to this origin only
};

/// Something the user should know while it happens.
struct Notice {
  enum class Kind {
    waiting,  ///< for a quota, so long as `wait` says
    silent,   ///< a service was asked, and has said nothing so long
    token_refused,
  };
  Kind kind = Kind::waiting;
  std::string service;  ///< "the Hub", "GitHub"
  std::string host;     ///< of the service
  Milliseconds wait{0};
  Milliseconds wait_budget{0};  ///< of a silent one: when it is given up
  bool anonymous = false;
};

struct OnlineOptions {
  Endpoint hub;
  Endpoint github{"https://api.github.com", {}};
  TransportOptions transport;
  Milliseconds max_wait{300'000};            ///< in all, waiting for a service's quota …
  std::optional<Milliseconds> max_wait_hub;  ///< … where the Hub's is another matter
  Milliseconds outage{10'000};  ///< give up on a service that has answered and cannot be reached any more
  Milliseconds silence{2'000};  ///< of a service that was asked, until a notice says so
  int attempts = 4;             ///< at one question; waits for quotas and outages are not counted
  int in_flight = 32;
  double most_per_second = 0;      ///< requests, redirects too; 0: no limit of our own
  std::int64_t most_requests = 0;  ///< in all; 0: no limit of our own
  std::function<void(const Notice&)> notice;
};

/// Asks the Hub and GitHub. Follows redirects as http.h judges them, never exceeds the quotas that the
/// services tell of, asks again where that may help, and asks without a token that was refused.
class Online : public Source {
 public:
  /// Fails when an endpoint is no http(s) address.
  static Result<std::unique_ptr<Online>> open(OnlineOptions options);
  ~Online() override;

  void ask(std::size_t ticket, Want want, std::string etag = {}) override;
  /// With a `watch`, nothing also means that a wait was ended early or lasted a second; and whenever spent().
  std::optional<Reply> next() override { return answer(true); }
  std::optional<Reply> try_next() override { return answer(false); }

  /// Questions are left, and the requests that this run may send are not enough for them; none is under way.
  bool spent() const;
  /// Sent so far, redirects too.
  std::int64_t requests() const;

  /// What the services have told of their quotas, by bucket.
  const std::map<std::string, QuotaWindow>& windows() const;

 private:
  struct Impl;
  explicit Online(std::unique_ptr<Impl> impl);
  std::optional<Reply> answer(bool wait);
  std::unique_ptr<Impl> impl_;
};

}  // namespace howopen::fetch
