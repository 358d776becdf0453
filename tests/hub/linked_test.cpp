// GitHub repositories and datasets that a card names: read, looked up, and never more than that.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/fake_hub.h"
#include "support/run.h"
#include "text/json.h"

namespace howopen::test {
namespace {

using testing::HasSubstr;
using testing::Not;

FakeRepository& with_card(FakeHub& hub, const std::string& body) {
  FakeRepository& r = hub["acme/foo-7b"];
  r.extra = R"("config":{"model_type":"llama"},"cardData":{"license":"apache-2.0"},)";
  r.files = {{"README.md", "---\nlicense: apache-2.0\n---\n# Foo\n\n" + body},
             {"LICENSE", slurp(std::string(HOWOPEN_SOURCE_DIR) + "/LICENSE")},
             {"model.safetensors", std::string(1000, 'x')}};
  r.lfs = {"model.safetensors"};
  return r;
}

text::Json audited(const FakeHub& hub, const std::map<std::string, std::string>& more = {},
                   const std::vector<std::string>& options = {}) {
  std::vector<std::string> arguments = {"acme/foo-7b", "--json", "--retries", "0"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  const Ran r = run(arguments, hub.environment(more));
  const auto json = text::parse_json(r.out);
  EXPECT_TRUE(json) << r.out << r.err;
  return json ? (*json)["models"].items()[0] : text::Json();
}

std::string status(const text::Json& model, const char* component) {
  return std::string(model["components"][component]["status"].string_or(""));
}

TEST(Github, TheTreeOfAPublishersRepositoryIsSearched) {
  FakeHub hub;
  with_card(hub,
            "Trained from scratch. Code: https://github.com/acme/foo and https://github.com/other/tool\n");
  hub.github["acme/foo"].files = {{"README.md", "# Foo"},
                                  {"train.py", "x"},
                                  {"configs/pretrain.yaml", "x"},
                                  {"LICENSE", slurp(std::string(HOWOPEN_SOURCE_DIR) + "/LICENSE")}};
  const auto m = audited(hub);
  EXPECT_EQ(status(m, "training_code"), "available");
  const auto& evidence = m["components"]["training_code"]["evidence"].items()[0];
  EXPECT_EQ(evidence["where"].string_or(""),
            "https://github.com/acme/foo/blob/9999999999999999999999999999999999999999/train.py");
  for (const HttpRequest& q : hub.github_server().log())
    EXPECT_THAT(q.path, Not(HasSubstr("other"))) << q.path;
  EXPECT_EQ(hub.github_server().log().size(), 1u) << "the license is known by its blob";
}

TEST(Github, WhatIsNotThereIsKnownAndWhatDidNotAnswerIsNot) {
  FakeHub hub;
  with_card(hub, "Code: https://github.com/acme/foo\n");
  EXPECT_EQ(status(audited(hub), "training_code"), "unavailable") << "404: there is no such repository";
  hub.github["acme/foo"].files = {{"README.md", "# Foo"}};
  EXPECT_EQ(status(audited(hub), "training_code"), "unavailable") << "a README alone";
  hub.github["acme/foo"].truncated = true;
  EXPECT_EQ(status(audited(hub), "training_code"), "unknown") << "GitHub did not list all of it";
  hub.quotas["github"] = {0, 60, 3000, 0};
  const auto spent = audited(hub);
  EXPECT_EQ(status(spent, "training_code"), "unknown");
  EXPECT_EQ(spent["errors"].items()[0]["kind"].string_or(""), "rate-limited");
  EXPECT_EQ(spent["verdict"].string_or(""), "open-weights");
  EXPECT_EQ(status(audited(hub, {{"GITHUB_API_URL", "http://127.0.0.1:9"}}), "training_code"), "unknown");
}

TEST(Datasets, AreLookedUpUnlessTheyAreBenchmarks) {
  FakeHub hub;
  with_card(hub,
            "Foo was pre-trained on [Bar](https://huggingface.co/datasets/acme/bar). Evaluated on "
            "[GSM8K](https://huggingface.co/datasets/openai/gsm8k).\n");
  const auto bar = [](const std::string& more) {
    return R"({"id":"acme/bar","usedStorage":5000000000,"cardData":{"license":"odc-by"},)" + more +
           R"("siblings":[{"rfilename":"README.md"},{"rfilename":"data/train.parquet"}]})";
  };
  hub.datasets["acme/bar"] = bar("");
  EXPECT_EQ(status(audited(hub), "training_data"), "available");
  hub.datasets["acme/bar"] = bar("\"gated\":\"auto\",");
  EXPECT_EQ(audited(hub)["components"]["training_data"]["grade"].string_or(""), "gated");
  hub.datasets.erase("acme/bar");
  EXPECT_EQ(audited(hub)["components"]["training_data"]["grade"].string_or(""), "listed")
      << "named, and not there";
  hub.intercept = [](const HttpRequest& q) -> std::optional<HttpResponse> {
    if (!q.path.starts_with("/api/datasets/")) return std::nullopt;
    return json_response("{}", 500);
  };
  EXPECT_EQ(status(audited(hub), "training_data"), "unknown");
  for (const HttpRequest& q : hub.log()) EXPECT_THAT(q.path, Not(HasSubstr("gsm8k")));
}

TEST(Depth, MetadataAsksForTheRecordAlone) {
  FakeHub hub;
  with_card(hub, "Code: https://github.com/acme/foo\n");
  const auto m = audited(hub, {}, {"--depth", "metadata"});
  EXPECT_EQ(hub.log().size(), 1u);
  EXPECT_TRUE(hub.github_server().log().empty());
  EXPECT_EQ(status(m, "weights"), "available");
  EXPECT_EQ(status(m, "training_code"), "unknown") << "what was not asked is not known";
}

TEST(Depth, FullReadsHeadsThatTheHubDidNot) {
  FakeHub hub;
  FakeRepository& r = with_card(hub, "");
  const std::string head = R"({"w":{"dtype":"BF16","shape":[1000],"data_offsets":[0,2000]}})";
  std::string file(8, '\0');
  file[0] = static_cast<char>(head.size());
  r.files["model.safetensors"] = file + head + std::string(2'000'000, 'w');
  audited(hub, {}, {"--depth", "full"});
  ASSERT_EQ(hub.cdn().log().size(), 1u);
  EXPECT_EQ(hub.cdn().log()[0].headers.at("range"), "bytes=0-524287");
  EXPECT_TRUE(audited(hub)["practical"]["weights_bytes"].integer_or(0) > 0);
  EXPECT_EQ(hub.cdn().log().size(), 1u) << "only when asked for";
}

}  // namespace
}  // namespace howopen::test
