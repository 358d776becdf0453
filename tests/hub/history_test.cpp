// history and bisect, as a user runs them, with few requests.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/fake_hub.h"
#include "support/models.h"
#include "support/run.h"
#include "text/json.h"

namespace howopen::test {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string commit_number(int n) {
  std::string out(40, '0');
  out[0] = 'c';
  for (std::size_t i = 39; n > 0; n /= 10, --i) out[i] = static_cast<char>('0' + n % 10);
  return out;
}

// So many commits, each with the files that `at` gives it, 0 for the oldest.
FakeRepository repository_of(int commits, const std::function<FakeRepository(int)>& at) {
  const auto one = [&](int n) {
    FakeRepository r = at(n);
    r.sha = commit_number(n);
    return r;
  };
  FakeRepository out = one(commits - 1);
  for (int n = commits - 2; n >= 0; --n) out.older.push_back(one(n));
  return out;
}

// A card that begins with MIT, is of another license from `other` on, and changes its words at every step.
FakeRepository state_of(int n, int other, const std::string& words) {
  const std::string license = n >= other ? "cc-by-nc-4.0" : "mit";
  FakeRepository out;
  out.extra = R"("cardData":{"license":")" + license + "\"},";
  out.files = {{"README.md",
                "---\nlicense: " + license + "\n---\n# M\n\nTrained on 2 trillion tokens." + words + "\n"},
               {"config.json", R"({"model_type":"llama","architectures":["LlamaForCausalLM"]})"},
               {"model.safetensors", std::string(1000, 'w')}};
  return out;
}

TEST(History, OnlyCommitsThatChangeSomethingAreShown) {
  FakeHub hub;
  hub["a/m"] = repository_of(64, [](int n) { return state_of(n, 40, ""); });
  Ran r = run({"history", "a/m"}, hub.environment());
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("license tag mit became cc-by-nc-4.0; card changed"));
  EXPECT_THAT(r.out, HasSubstr(commit_number(40).substr(0, 7)));
  EXPECT_THAT(r.out, HasSubstr("step 40"));
  EXPECT_THAT(r.out, HasSubstr("model.safetensors added"));
  EXPECT_THAT(r.out, HasSubstr("(--all looks at each)"));
  // The list, both ends, and one in the middle a level.
  EXPECT_LE(hub.answered(), 12u);
  const auto json = text::parse_json(run({"history", "a/m", "--json"}, hub.environment()).out);
  ASSERT_TRUE(json);
  EXPECT_EQ((*json)["commits"].integer_or(0), 64);
  EXPECT_EQ((*json)["changes"].items().size(), 2u);
  EXPECT_EQ((*json)["changes"].items()[0]["commit"].string_or(""), commit_number(40));
  EXPECT_EQ(run({"history", "a/m", "-q"}, hub.environment()).out,
            commit_number(40) + "\n" + commit_number(0) + "\n");
}

TEST(History, WhatWasChangedBackIsSeenWhereEachIsLookedAt) {
  FakeHub hub;
  hub["a/m"] = repository_of(6, [](int n) { return state_of(n == 3 ? 9 : 0, 9, ""); });
  EXPECT_THAT(run({"history", "a/m"}, hub.environment()).out, Not(HasSubstr("cc-by-nc-4.0")));
  const std::string all = run({"history", "a/m", "--all"}, hub.environment()).out;
  EXPECT_THAT(all, HasSubstr("license tag mit became cc-by-nc-4.0"));
  EXPECT_THAT(all, HasSubstr("license tag cc-by-nc-4.0 became mit"));
  EXPECT_THAT(all, HasSubstr("6 of 6 commits"));
}

TEST(History, ACommitThatCannotBeSeenIsSaid) {
  FakeHub hub;
  hub["a/m"] = repository_of(3, [](int n) { return state_of(n, 2, ""); });
  hub.intercept = [](const HttpRequest& request) -> std::optional<HttpResponse> {
    if (request.path.find("/revision/" + commit_number(1)) == std::string::npos) return std::nullopt;
    return HttpResponse{403, {{"X-Error-Message", "no"}}, "", {}};
  };
  const Ran r = run({"history", "a/m"}, hub.environment());
  EXPECT_EQ(r.exit, 3);
  EXPECT_THAT(r.out, HasSubstr("in this commit or one of the 1 before it"));
  EXPECT_THAT(r.out, HasSubstr("unseen"));
}

TEST(Bisect, FindsTheCommitWithFewAudits) {
  FakeHub hub;
  hub["a/m"] = repository_of(64, [](int n) { return state_of(n, 23, " Step " + std::to_string(n)); });
  for (const char* topic : {"license", "verdict"}) {
    const Ran r = run({"bisect", "a/m", topic, "--json"}, hub.environment());
    EXPECT_EQ(r.exit, 0) << r.err;
    const auto json = text::parse_json(r.out);
    ASSERT_TRUE(json) << r.out;
    EXPECT_TRUE((*json)["found"].boolean_or(false));
    EXPECT_EQ((*json)["first"]["commit"].string_or(""), commit_number(23));
    EXPECT_EQ((*json)["before"]["commit"].string_or(""), commit_number(22));
    EXPECT_LE((*json)["audits"].integer_or(99), 8);
  }
  const std::string text = run({"bisect", "a/m", "license"}, hub.environment()).out;
  EXPECT_THAT(text, HasSubstr("CC-BY-NC-4.0 (non-commercial)"));
  EXPECT_THAT(text, HasSubstr("before: MIT (open)"));
  // A rule of the policy: from when on the gate denies it.
  EXPECT_THAT(run({"bisect", "a/m", "license.not-allowed", "--no-policy"}, hub.environment()).out,
              HasSubstr(commit_number(23).substr(0, 7)));
  EXPECT_THAT(run({"bisect", "a/m", "weights"}, hub.environment()).out,
              HasSubstr("the same at both ends: available"));
}

TEST(Bisect, WrongUsesAreErrorsWithAHint) {
  FakeHub hub;
  hub["a/gated"] = repository_of(2, [](int n) { return state_of(n, 1, ""); });
  hub["a/gated"].gated = "auto";
  Ran r = run({"bisect", "a/gated", "licence"}, hub.environment());
  EXPECT_EQ(r.exit, 2);
  EXPECT_THAT(r.err, HasSubstr("hint: did you mean license?"));
  r = run({"history", "a/gated"}, hub.environment());
  EXPECT_EQ(r.exit, 3);
  EXPECT_THAT(r.err, HasSubstr("its commits could not be listed"));
  EXPECT_THAT(r.err, HasSubstr("hint: "));
  const Ran none = run({"history", "a/none"}, hub.environment());
  EXPECT_EQ(none.exit, 3);
  EXPECT_THAT(none.err, HasSubstr("check the spelling"));
  EXPECT_EQ(run({"history", "./m"}, hub.environment()).exit, 2);
  EXPECT_EQ(run({"history", "a/m", "--offline"}, hub.environment()).exit, 2);
  EXPECT_EQ(run({"history", "gpt-4"}, hub.environment()).exit, 2);
}

}  // namespace
}  // namespace howopen::test
