// Moving bytes over HTTP. Knows nothing of the Hub, of tokens or of waiting: it sends what it is given, once,
// follows nothing, and keeps to the bounds.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fetch/certificates.h"
#include "fetch/http.h"

namespace howopen::fetch {

/// Files whose readiness ends a wait early: the end of a pipe that a signal writes to, an input that is
/// waited for. May change between waits.
struct Watch {
  std::vector<int> files;
};

struct TransportOptions {
  Certificates certificates;
  std::string http_proxy;  ///< for http:// addresses; curl reads the others from the environment itself
  std::chrono::milliseconds timeout{
      30'000};           ///< without progress; a whole answer may take four times as long
  int connections = 32;  ///< to one host, where it does not multiplex
  /// A question waits for a connection that is being made to the same host, to share it. Of few questions
  /// each is answered sooner on its own: a new connection carries 14 kB in its first round trip.
  bool share = true;
  const Watch* watch = nullptr;
  bool public_only = false;  ///< no connection to this machine or into a private network, unless by a proxy
};

/// One GET.
struct Exchange {
  std::string url;
  std::vector<std::string> headers;  ///< `Accept: application/json`
  std::size_t most = 0;              ///< bytes of body; more is an error …
  bool head_only = false;            ///< … or, of the head of a file, is left unread
};

struct Finished {
  std::size_t id = 0;
  std::optional<Failure> failure;  ///< then there is no response
  Response response;
  std::string body;
  std::string redirect;  ///< where a redirect leads, as an absolute address
};

/// Parts of an absolute address; nothing for what is none.
std::optional<Origin> origin_of(const std::string& url);

/// Libraries behind it, with their versions.
std::string libraries();

/// Whether an address names a user, with or without a password.
bool has_login(const std::string& url);

class Transport {
 public:
  explicit Transport(TransportOptions options);
  ~Transport();
  Transport(Transport&&) noexcept;
  Transport& operator=(Transport&&) noexcept;

  void start(std::size_t id, Exchange exchange);
  std::size_t running() const;
  /// Of bodies that have come and were not handed out.
  std::size_t bytes() const;
  /// Waits at most that long for an exchange to end; of no time, for one that has.
  std::optional<Finished> wait(std::chrono::milliseconds at_most);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace howopen::fetch
