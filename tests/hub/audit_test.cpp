// The real program against the fake Hub: what it asks, what it concludes, what it says.

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

FakeRepository& open_model(FakeHub& hub, const std::string& id = "acme/open-7b") {
  FakeRepository& r = hub[id];
  r.extra =
      R"("config":{"architectures":["LlamaForCausalLM"],"model_type":"llama"},"cardData":{"license":"apache-2.0"},"library_name":"transformers",)";
  r.files = {{"README.md", "---\nlicense: apache-2.0\n---\n# Open\n"},
             {"LICENSE", kApache},
             {"model.safetensors", std::string(1000, 'x')}};
  r.lfs = {"model.safetensors"};
  return r;
}

text::Json report(const Ran& r) {
  const auto json = text::parse_json(r.out);
  EXPECT_TRUE(json) << r.out << r.err;
  return json ? *json : text::Json();
}

TEST(Audit, AnOpenModelIsOpenWeights) {
  FakeHub hub;
  open_model(hub);
  const Ran r = run({"acme/open-7b"}, {{"HF_ENDPOINT", hub.url()}});
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("Open Weights"));
  EXPECT_THAT(r.out, HasSubstr("Apache-2.0 (open), by the text of LICENSE"));
  EXPECT_EQ(r.err, "");
}

TEST(Audit, DataOfACardThatAreNoYamlMayNameALicense) {
  FakeHub hub;
  FakeRepository& r = open_model(hub);
  r.extra = R"("config":{"architectures":["LlamaForCausalLM"],"model_type":"llama"},)";
  for (const char* data : {"license: mit\ntags: [a\n", "license: mit\nx: \x01\n"}) {
    r.files = {{"README.md", "---\n" + std::string(data) + "---\n# Open\n"}, {"model.safetensors", "x"}};
    const Ran ran = run({"acme/open-7b"}, {{"HF_ENDPOINT", hub.url()}});
    EXPECT_EQ(ran.exit, 3) << ran.out;
    EXPECT_THAT(ran.out, Not(HasSubstr("no license permits")));
    EXPECT_THAT(ran.err, HasSubstr("the data of the card cannot be read")) << data;
    EXPECT_THAT(ran.err, Not(HasSubstr("try again")));
    // The text of the card was read.
    const auto json = text::parse_json(run({"acme/open-7b", "--json"}, {{"HF_ENDPOINT", hub.url()}}).out);
    ASSERT_TRUE(json);
    const text::Json& components = (*json)["models"].items()[0]["components"];
    EXPECT_EQ(components["training_data"]["status"].string_or(""), "unknown");
    EXPECT_EQ(components["training_code"]["status"].string_or(""), "unavailable");
  }
}

TEST(Audit, ReadsEverythingAtOneCommitWithFewRequests) {
  FakeHub hub;
  open_model(hub);
  run({"acme/open-7b"}, {{"HF_ENDPOINT", hub.url()}});
  std::vector<std::string> paths;
  for (const HttpRequest& q : hub.log()) paths.push_back(q.target);
  // Record and card, and a license in vain: it is known by the id of its content, which the record tells.
  EXPECT_EQ(hub.answered(), 3u) << testing::PrintToString(paths);
  EXPECT_TRUE(hub.cdn().log().empty()) << "weights were fetched";
}

TEST(Audit, FollowsARenameAndReportsIt) {
  FakeHub hub;
  open_model(hub, "acme/new-name");
  hub["old-name"].renamed_to = "acme/new-name";
  const Ran r = run({"audit", "old-name", "-o", "json"}, {{"HF_ENDPOINT", hub.url()}});
  EXPECT_EQ(r.exit, 0) << r.err;
  const auto model = report(r)["models"].items()[0];
  EXPECT_EQ(model["ref"].string_or(""), "old-name");
  EXPECT_EQ(model["id"].string_or(""), "acme/new-name");
  EXPECT_THAT(run({"audit", "old-name"}, {{"HF_ENDPOINT", hub.url()}}).out,
              HasSubstr("main at commit ddddddd, seen at the Hub, asked for as old-name"));
}

TEST(Audit, AGatedModelHasAVerdictWithoutAToken) {
  FakeHub hub;
  FakeRepository& r = open_model(hub, "acme/gated");
  r.gated = "manual";
  r.files["LICENSE"] = "  " + kApache;  // a copy whose bytes are not known
  const Ran without = run({"acme/gated", "-o", "json"}, {{"HF_ENDPOINT", hub.url()}});
  EXPECT_EQ(without.exit, 0) << without.err;
  const auto shut = report(without)["models"].items()[0];
  EXPECT_EQ(shut["components"]["weights"]["status"].string_or(""), "partial");
  EXPECT_EQ(shut["verdict"].string_or(""), "open-weights");
  EXPECT_EQ(shut["errors"].items()[0]["kind"].string_or(""), "gated");
  EXPECT_THAT(without.out, HasSubstr("claim-only"));
  // The card decides: no file is asked for behind it. It and LICENSE were asked together with the record.
  EXPECT_EQ(hub.answered(), 3u);
  const Ran with =
      run({"acme/gated", "-o", "json"}, {{"HF_ENDPOINT", hub.url()}, {"HF_TOKEN", "hf_valid\n"}});
  EXPECT_EQ(report(with)["models"].items()[0]["license"]["weights"]["match"].string_or(""), "exact");
}

TEST(Audit, ADisabledRepositoryHasNoWeights) {
  FakeHub hub;
  open_model(hub, "acme/disabled").disabled = true;
  const Ran r = run({"acme/disabled", "-o", "json"}, {{"HF_ENDPOINT", hub.url()}});
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_EQ(report(r)["models"].items()[0]["verdict"].string_or(""), "closed");
}

TEST(Audit, FollowsTheLineageAndItsLicense) {
  FakeHub hub;
  open_model(hub, "acme/tuned").extra =
      R"("config":{"model_type":"llama"},"tags":["base_model:finetune:meta-llama/Llama-3.1-8B"],"cardData":{"license":"apache-2.0"},)";
  FakeRepository& base = open_model(hub, "meta-llama/Llama-3.1-8B");
  base.gated = "manual";
  base.files["LICENSE"] = "behind the gate";
  base.extra = R"("config":{"model_type":"llama"},"cardData":{"license":"llama3.1"},)";
  const auto model =
      report(run({"acme/tuned", "-o", "json"}, {{"HF_ENDPOINT", hub.url()}}))["models"].items()[0];
  EXPECT_EQ(model["verdict"].string_or(""), "weights-available");
  EXPECT_EQ(model["license"]["effective"]["expression"].string_or(""), "Apache-2.0 AND LicenseRef-Llama-3.1");
  EXPECT_EQ(model["license"]["effective"]["from"].items()[0].string_or(""), "meta-llama/Llama-3.1-8B");
  EXPECT_EQ(model["license"]["conflicts"].items()[0]["rule"].string_or(""), "license.tag-vs-ancestor");
}

TEST(Audit, DataOfABasesCardThatCannotBeReadAreTold) {
  FakeHub hub;
  open_model(hub, "acme/tuned").extra =
      R"("config":{"model_type":"llama"},"tags":["base_model:finetune:other/base"],"cardData":{"license":"apache-2.0"},)";
  FakeRepository& base = open_model(hub, "other/base");
  base.extra = R"("config":{"model_type":"llama"},)";
  base.files["README.md"] = "---\nlicense: mit\ntags: [a\n---\n# Base\n";
  const Ran r = run({"acme/tuned", "-o", "json"}, {{"HF_ENDPOINT", hub.url()}});
  EXPECT_EQ(r.exit, 3) << "its text may be about the code alone";
  EXPECT_THAT(r.out, HasSubstr("the data of the card of other/base cannot be read"));
}

TEST(Audit, ABaseThatIsNotThereIsAskedAboutEverywhere) {
  FakeHub hub;
  mit_model(hub);
  hub["acme/m"].files["README.md"] = "---\nlicense: mit\nbase_model: gone/nowhere\n---\n# M\n";
  const std::map<std::string, std::string> at{{"HF_ENDPOINT", hub.url()}};
  const Ran r = run({"acme/m"}, at);
  EXPECT_EQ(r.exit, 3);
  EXPECT_THAT(r.out, HasSubstr("ask first: internal, product, host, fine-tune, train on outputs"));
  EXPECT_THAT(r.out, Not(HasSubstr("use them in products")));
  EXPECT_THAT(r.err, HasSubstr("howopen why acme/m license"));
  const Ran combined = run({"combine", "--model", "acme/m", "--as", "MIT"}, at);
  EXPECT_EQ(combined.exit, 3);
  EXPECT_THAT(combined.out, HasSubstr("gone/nowhere"));
  const std::string why = run({"why", "acme/m", "license"}, at).out;
  EXPECT_THAT(why, HasSubstr("may add terms"));
  EXPECT_THAT(why, HasSubstr("lineage.ancestor-missing"));
}

TEST(Audit, ASnapshotWithoutTheModelSaysSo) {
  FakeHub hub;
  mit_model(hub);
  const TempDir dir;
  const std::string saved = dir.path() + "/s.json";
  EXPECT_EQ(run({"fetch", "acme/m", "--output", saved}, {{"HF_ENDPOINT", hub.url()}}).exit, 0);
  const Ran r = run({"audit", "--replay", saved, "acme/other"});
  EXPECT_EQ(r.exit, 3);
  EXPECT_THAT(r.err, HasSubstr("it holds no answers about acme/other"));
}

TEST(Audit, NamesTheProvidersWhenTheRecordSaysThereAreSome) {
  FakeHub hub;
  open_model(hub).extra =
      R"("inference":"warm","inferenceProviderMapping":{"zeta":{"status":"live","providerId":"z"},"beta":{"status":"staging"},"alpha":{"status":"live"}},"config":{"model_type":"llama"},)";
  const auto model =
      report(run({"acme/open-7b", "-o", "json"}, {{"HF_ENDPOINT", hub.url()}}))["models"].items()[0];
  EXPECT_EQ(model["components"]["api_access"]["status"].string_or(""), "partial");
  EXPECT_EQ(model["components"]["api_access"]["summary"].string_or(""), "third parties: alpha, zeta");
}

TEST(Audit, SeveralModelsAreATableInTheOrderAsked) {
  FakeHub hub;
  open_model(hub, "acme/b");
  open_model(hub, "acme/a");
  const Ran r = run({"acme/b", "gpt-4", "acme/a"}, {{"HF_ENDPOINT", hub.url()}});
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_LT(r.out.find("acme/b"), r.out.find("gpt-4"));
  EXPECT_LT(r.out.find("gpt-4"), r.out.find("acme/a"));
  EXPECT_EQ(run({"-q", "acme/b", "acme/a"}, {{"HF_ENDPOINT", hub.url()}}).out,
            "acme/b\topen-weights\nacme/a\topen-weights\n");
}

TEST(Audit, SameAnswersSameBytes) {
  FakeHub hub;
  for (const char* id : {"acme/a", "acme/b", "acme/c"}) open_model(hub, id);
  const std::vector<std::string> arguments = {"acme/a", "acme/b", "acme/c", "-o", "json"};
  const std::string first = run(arguments, {{"HF_ENDPOINT", hub.url()}}).out;
  EXPECT_EQ(
      first,
      run(arguments, {{"HF_ENDPOINT", hub.url()}, {"LC_ALL", "de_DE.UTF-8"}, {"TZ", "Asia/Tokyo"}}).out);
}

TEST(Audit, ARevisionIsAskedForAndKept) {
  FakeHub hub;
  open_model(hub);
  EXPECT_EQ(run({"acme/open-7b@dddddddddddddddddddddddddddddddddddddddd"}, {{"HF_ENDPOINT", hub.url()}}).exit,
            0);
  const Ran none = run({"acme/open-7b@refs/pr/7"}, {{"HF_ENDPOINT", hub.url()}});
  EXPECT_EQ(none.exit, 3);
  EXPECT_THAT(none.err, HasSubstr("has no revision refs/pr/7"));
  const std::vector<HttpRequest> log = hub.log();
  EXPECT_TRUE(std::any_of(log.begin(), log.end(), [](const HttpRequest& q) {
    return q.target.find("/revision/refs%2Fpr%2F7") != std::string::npos;
  }));
}

TEST(Fetch, SavesWhatAuditReplaysWithoutANetwork) {
  FakeHub hub;
  open_model(hub);
  hub["acme/open-7b"].files["README.md"] += "bad \xff bytes";
  const TempDir dir;
  const Ran fetched =
      run({"fetch", "acme/open-7b", "--output", dir.file("a.json")}, {{"HF_ENDPOINT", hub.url()}});
  EXPECT_EQ(fetched.exit, 0) << fetched.err;
  EXPECT_EQ(fetched.out, "");
  const std::size_t asked = hub.log().size();
  const Ran replayed =
      run({"audit", "--replay", dir.file("a.json"), "-o", "json"}, {{"HF_ENDPOINT", hub.url()}});
  EXPECT_EQ(replayed.exit, 0) << replayed.err;
  EXPECT_EQ(hub.log().size(), asked) << "a replay asked the Hub";
  auto live = run({"acme/open-7b", "-o", "json"}, {{"HF_ENDPOINT", hub.url()}}).out;
  const auto at = live.find("\"source\": \"hub\"");
  ASSERT_NE(at, std::string::npos);
  live.replace(at, 15, "\"source\": \"replay\"");
  EXPECT_EQ(replayed.out, live);
  // A model that is not in the file has no verdict.
  EXPECT_EQ(run({"audit", "other/model", "--replay", dir.file("a.json")}).exit, 3);
}

TEST(Fetch, TellsWhenTheFileCannotBeWritten) {
  FakeHub hub;
  open_model(hub);
  const Ran r =
      run({"fetch", "acme/open-7b", "--output", "/nonexistent/a.json"}, {{"HF_ENDPOINT", hub.url()}});
  EXPECT_EQ(r.exit, 2);
  EXPECT_THAT(r.err, HasSubstr("cannot be written"));
}

TEST(Token, GoesToTheHubOnly) {
  FakeHub hub;
  FakeRepository& r = open_model(hub);
  r.lfs.insert("README.md");  // comes from the other host
  const Ran done = run({"acme/open-7b", "-v"}, {{"HF_ENDPOINT", hub.url()}, {"HF_TOKEN", "hf_valid"}});
  EXPECT_EQ(done.exit, 0) << done.err;
  ASSERT_FALSE(hub.cdn().log().empty());
  for (const HttpRequest& q : hub.cdn().log()) EXPECT_FALSE(q.headers.contains("authorization"));
  for (const HttpRequest& q : hub.log()) EXPECT_EQ(q.headers.at("authorization"), "Bearer hf_valid");
  EXPECT_THAT(done.out + done.err, Not(HasSubstr("hf_valid")));
  EXPECT_THAT(done.out + done.err, Not(HasSubstr("secret"))) << "a signed address was shown";
}

TEST(Token, IsReadAsHuggingfaceHubReadsIt) {
  FakeHub hub;
  FakeRepository& r = open_model(hub, "acme/private");
  r.is_private = true;
  const TempDir dir;
  dir.write("token", " hf_valid\n");
  const std::string good = dir.file("token");
  EXPECT_EQ(run({"acme/private"}, {{"HF_ENDPOINT", hub.url()}}).exit, 3);
  EXPECT_EQ(run({"acme/private"}, {{"HF_ENDPOINT", hub.url()}, {"HF_TOKEN_PATH", good}}).exit, 0);
  EXPECT_EQ(run({"acme/private"}, {{"HF_ENDPOINT", hub.url()}, {"HF_HOME", dir.path()}}).exit, 0);
  EXPECT_EQ(
      run({"acme/private"}, {{"HF_ENDPOINT", hub.url()}, {"HF_HOME", dir.path()}, {"HF_TOKEN", ""}}).exit, 0)
      << "an empty HF_TOKEN is none";
  EXPECT_EQ(run({"acme/private"},
                {{"HF_ENDPOINT", hub.url()}, {"HF_HOME", dir.path()}, {"HF_HUB_DISABLE_IMPLICIT_TOKEN", "1"}})
                .exit,
            3);
  EXPECT_EQ(run({"acme/private", "--token-file", good}, {{"HF_ENDPOINT", hub.url()}}).exit, 0);
}

}  // namespace
}  // namespace howopen::test
