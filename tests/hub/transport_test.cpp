// Exchanges share handles and connections: what one asked for says nothing about the next, and a connection
// is there for all of them.

#include "fetch/transport.h"

#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <latch>

#include "support/server.h"

namespace howopen::test {
namespace {

using fetch::Exchange;
using fetch::Finished;

Finished done(fetch::Transport& transport) {
  for (;;) {
    if (auto finished = transport.wait(std::chrono::seconds(10))) return std::move(*finished);
  }
}

Finished done(fetch::Transport& transport, Exchange exchange) {
  transport.start(1, std::move(exchange));
  return done(transport);
}

TEST(Transport, KeepsExchangesApart) {
  const std::string body(5000, 'x');
  Server server([&](const HttpRequest&) { return HttpResponse{200, {}, body, {}}; });
  fetch::Transport transport({});
  const std::string url = server.url() + "/file";

  const Finished head =
      done(transport, {url, {"If-None-Match: \"1\"", "Authorization: Bearer t"}, 100, true});
  EXPECT_FALSE(head.failure);
  EXPECT_EQ(head.body.size(), 100U);
  const Finished large = done(transport, {url, {}, 10, false});
  ASSERT_TRUE(large.failure);
  EXPECT_EQ(large.failure->trouble, Trouble::too_large);
  const Finished whole = done(transport, {url, {"Accept: text/plain"}, 10'000, false});
  EXPECT_FALSE(whole.failure);
  EXPECT_EQ(whole.body, body);

  const auto log = server.log();
  ASSERT_EQ(log.size(), 3U);
  EXPECT_EQ(log[0].headers.at("range"), "bytes=0-99");
  EXPECT_FALSE(log[0].headers.contains("accept-encoding"))
      << "a part of a file cannot be asked for compressed";
  for (const HttpRequest* later : {&log[1], &log[2]}) {
    EXPECT_FALSE(later->headers.contains("range"));
    EXPECT_FALSE(later->headers.contains("if-none-match"));
    EXPECT_FALSE(later->headers.contains("authorization"));
    EXPECT_TRUE(later->headers.contains("accept-encoding"));
    EXPECT_TRUE(later->headers.at("user-agent").starts_with("howopen/"));
  }
  EXPECT_EQ(log[2].headers.at("accept"), "text/plain");
}

// curl counts on a handle how often a kept connection was gone, and gives up at the sixth as if the network
// were to blame; such a request is to be sent again at once.
TEST(Transport, EveryConnectionThatIsGoneIsToldAsThat) {
  std::atomic<int> requests{0};
  Server server([&](const HttpRequest&) {
    HttpResponse r{200, {}, "x", {}};
    if (++requests % 2 == 0) r.raw = [](int) {};  // closed in place of an answer
    return r;
  });
  fetch::Transport transport({});
  for (int i = 0; i < 10; ++i) {
    EXPECT_FALSE(done(transport, {server.url() + "/", {}, 100, false}).failure);
    const Finished gone = done(transport, {server.url() + "/", {}, 100, false});
    ASSERT_TRUE(gone.failure) << i;
    EXPECT_TRUE(gone.failure->unheard) << i << ": " << gone.failure->message;
  }
}

TEST(Transport, AWaitOfNoTimeDoesNotWait) {
  std::latch asked(1);
  std::latch go_on(1);
  Server server([&](const HttpRequest&) {
    asked.count_down();
    go_on.wait();
    return HttpResponse{200, {}, "x", {}};
  });
  fetch::Transport transport({});
  transport.start(1, {server.url() + "/", {}, 100, false});
  while (!asked.try_wait()) EXPECT_FALSE(transport.wait(std::chrono::milliseconds(0)));
  EXPECT_FALSE(transport.wait(std::chrono::milliseconds(0)));
  go_on.count_down();
  EXPECT_FALSE(done(transport).failure);
}

// Fewer transfers for a while do not close connections that more of them want again: each new one costs a
// handshake or two.
TEST(Transport, KeepsConnectionsThroughAnEbb) {
  constexpr int kTogether = 12;
  std::barrier all(kTogether);
  Server server([&](const HttpRequest& request) {
    if (request.path == "/together") all.arrive_and_wait();
    return HttpResponse{200, {}, "x", {}};
  });
  fetch::Transport transport({});
  const auto together = [&] {
    for (std::size_t i = 0; i < kTogether; ++i)
      transport.start(i, {server.url() + "/together", {}, 100, false});
    for (int ended = 0; ended < kTogether; ++ended) EXPECT_FALSE(done(transport).failure);
  };
  together();
  for (int i = 0; i < kTogether; ++i)
    EXPECT_FALSE(done(transport, {server.url() + "/", {}, 100, false}).failure);
  together();
  EXPECT_EQ(server.accepted(), static_cast<std::size_t>(kTogether));
}

TEST(Transport, HostsThatTakeTurnsKeepTheirConnections) {
  const auto answer = [](const HttpRequest&) { return HttpResponse{200, {}, "x", {}}; };
  Server hub(answer);
  Server cdn(answer);
  Server github(answer);
  fetch::TransportOptions options;
  options.connections = 1;
  fetch::Transport transport(options);
  for (int i = 0; i < 5; ++i) {
    for (const Server* server : {&hub, &cdn, &github})
      EXPECT_FALSE(done(transport, {server->url() + "/", {}, 100, false}).failure);
  }
  for (const Server* server : {&hub, &cdn, &github}) EXPECT_EQ(server->accepted(), 1U);
}

}  // namespace
}  // namespace howopen::test
