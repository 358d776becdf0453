// Quotas against a server that counts: never exceeded, waited for, and given up honestly.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fetch/retry.h"
#include "support/fake_hub.h"
#include "support/run.h"
#include "text/json.h"

namespace howopen::test {
namespace {

using testing::HasSubstr;

std::vector<std::string> models(FakeHub& hub, int n) {
  std::vector<std::string> ids;
  for (int i = 0; i < n; ++i) {
    ids.push_back("acme/m" + std::to_string(i));
    FakeRepository& r = hub[ids.back()];
    r.extra = R"("config":{"model_type":"llama"},"cardData":{"license":"mit"},)";
    r.files = {{"README.md", "# " + std::to_string(i)}, {"model.safetensors", "xxxx"}};
  }
  return ids;
}

Ran audit(const FakeHub& hub, std::vector<std::string> ids, const std::vector<std::string>& options) {
  ids.insert(ids.begin(), {"audit", "--json"});
  ids.insert(ids.end(), options.begin(), options.end());
  return run(ids, hub.environment());
}

TEST(Quota, IsNeverExceeded) {
  FakeHub hub;
  const auto ids = models(hub, 60);
  hub.quotas["api"] = {40, 500, 250, 0};
  const Ran r = audit(hub, ids, {"--max-wait", "0s", "-j", "64"});
  EXPECT_EQ(r.exit, 3);
  EXPECT_EQ(hub.quotas["api"].refused, 0) << "a request was sent that could only be refused";
  EXPECT_EQ(hub.quotas["api"].remaining, 0) << "what was left was not used";
  const auto json = text::parse_json(r.out);
  ASSERT_TRUE(json);
  EXPECT_EQ((*json)["summary"]["undecided"].integer_or(0), 20);
  EXPECT_THAT(r.out, HasSubstr("the Hub's quota is used up; with HF_TOKEN it is larger (for another 251 s)"));
}

TEST(Quota, IsWaitedForAndTheWaitIsShown) {
  FakeHub hub;
  const auto ids = models(hub, 20);
  // More than may be under way before anything is told, and less than what is needed.
  hub.quotas["resolvers"] = {fetch::Budget::kUntold + 2, 3000, 1, 0, 100};
  const Ran r = audit(hub, ids, {});
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_THAT(r.err, HasSubstr("waiting 2 s for the Hub (anonymous; with a token the quota is larger)"));
  EXPECT_EQ(hub.quotas["resolvers"].refused, 0);
}

TEST(Quota, RetryAfterIsKeptTo) {
  FakeHub hub;
  const auto ids = models(hub, 1);
  std::atomic<int> refusals{1};
  hub.intercept = [&](const HttpRequest&) -> std::optional<HttpResponse> {
    if (refusals-- <= 0) return std::nullopt;
    HttpResponse r = json_response("{}", 429);
    r.headers.emplace_back("Retry-After", "0");
    return r;
  };
  const Ran r = audit(hub, ids, {});
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_THAT(r.err, HasSubstr("waiting 1 s for the Hub"));
}

TEST(Quota, RequestsAreCountedAndShown) {
  FakeHub hub;
  const auto ids = models(hub, 1);
  const Ran r = run({ids[0], "-v"}, hub.environment());
  EXPECT_THAT(r.err, HasSubstr("acme/m0: 2 requests"));
}

}  // namespace
}  // namespace howopen::test
