// A question under way, and whom it is put to.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "fetch/http.h"
#include "fetch/retry.h"

namespace howopen::fetch {

using Time = Budget::Clock::time_point;

// A question under way.
struct Job {
  std::size_t ticket = 0;
  Want want;
  std::string etag;
  Request request;
  std::string url;  // of the current hop
  Origin origin;
  std::string bucket;  // that the current hop counts against, "" for another host
  std::string commit;  // named by an earlier hop
  int hops = 0;
  bool token_sent = false;  // on this hop
  int attempt = 0;          // failures so far
  int outages = 0;          // times it met nobody …
  Time away_since{};        // … the first of them
  int refused = 0;          // times a quota was used up when it came
  int unheard = 0;          // times it went into a connection that was gone
  int requests = 0;         // sent, redirects not counted
};

// A service, as this run knows it.
struct Party {
  const char* name = "";
  const char* token_name = "";
  Origin origin;
  std::string token;
  bool reached = false;  // it has answered in this run
  Time down_since{};     // it has, and now it cannot be reached
  bool down = false;
  Milliseconds wait_budget{0};  // with its quota, in all
  Milliseconds waited{0};       // so far, overlaps counted once
  Time waiting_until{};
};

}  // namespace howopen::fetch
