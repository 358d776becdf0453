// Without the Hub: the facts that ship with the tool, when they answer and when they must not.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "howopen/catalog.h"
#include "support/fake_hub.h"
#include "support/run.h"
#include "text/json.h"

namespace howopen::test {
namespace {

using testing::HasSubstr;
using testing::Not;

text::Json model_of(const Ran& r) {
  const auto json = text::parse_json(r.out);
  EXPECT_TRUE(json) << r.out << r.err;
  return json ? (*json)["models"].items()[0] : text::Json();
}

// A port on which nobody listens: bound, so that nobody else takes it, and never listening.
class ClosedPort {
 public:
  ClosedPort() : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (bind(socket_, generic, size) == 0 && getsockname(socket_, generic, &size) == 0)
      port_ = ntohs(address.sin_port);
  }
  ~ClosedPort() { close(socket_); }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

 private:
  int socket_;
  int port_ = 0;
};

// A row by somebody who looked at the repositories says that there is no training code; others say nothing.
TEST(Offline, NobodyLookedIsNotNoTrainingCode) {
  for (const char* id : {"mistralai/Mistral-Nemo-Instruct-2407", "stabilityai/stable-diffusion-xl-base-1.0"}) {
    const text::Json m = model_of(run({"audit", id, "--offline", "-o", "json"}));
    EXPECT_EQ(m["components"]["training_code"]["status"].string_or(""), "unknown") << id;
    EXPECT_THAT(run({"audit", id, "--offline"}).out,
                HasSubstr("Whether training code and training data are published is not known."));
  }
  const text::Json looked = model_of(run({"audit", "deepseek-ai/DeepSeek-V3", "--offline", "-o", "json"}));
  EXPECT_EQ(looked["components"]["training_code"]["status"].string_or(""), "unavailable");
}

TEST(Offline, TheModelsOfTheSourceDocumentAnswer) {
  const std::map<std::string, std::pair<std::string, std::string>> expected = {
      {"deepseek-ai/DeepSeek-V2", {"weights-available", "LicenseRef-DeepSeek-Model-1.0"}},
      {"deepseek-ai/DeepSeek-V3", {"weights-available", "LicenseRef-DeepSeek-Model-1.0"}},
      {"deepseek-ai/DeepSeek-R1", {"open-weights", "MIT"}},
      {"deepseek-ai/DeepSeek-R1-Distill-Qwen-32B", {"open-weights", "Apache-2.0 AND MIT"}},
      {"deepseek-ai/DeepSeek-R1-Distill-Llama-70B", {"weights-available", "LicenseRef-Llama-3.3 AND MIT"}},
      {"deepseek-ai/DeepSeek-V4-Flash", {"open-weights", "MIT"}},
      {"meta-llama/Llama-3.3-70B-Instruct", {"weights-available", "LicenseRef-Llama-3.3"}},
      {"mistralai/Mistral-7B-v0.1", {"open-weights", "Apache-2.0"}},
      {"tiiuae/falcon-7b", {"open-weights", "Apache-2.0"}},
      {"gpt-4", {"api-only", "LicenseRef-proprietary"}},
      {"claude", {"api-only", "LicenseRef-proprietary"}}};
  for (const auto& [id, verdict] : expected) {
    const Ran r = run({"audit", id, "--offline", "-o", "json"});
    EXPECT_EQ(r.exit, 0) << id << r.err;
    const auto model = model_of(r);
    EXPECT_EQ(model["verdict"].string_or(""), verdict.first) << id;
    EXPECT_EQ(model["license"]["effective"]["expression"].string_or(""), verdict.second) << id;
    EXPECT_EQ(model["as_of"].string_or(""), "2026-11-23") << id;
    EXPECT_THAT(model["source"].string_or(""), testing::AnyOf("built-in", "catalog"));
  }
}

TEST(Offline, SaysPlainlyWhereTheFactsAreFrom) {
  const Ran r = run({"audit", "deepseek-ai/DeepSeek-R1", "--offline"});
  EXPECT_THAT(r.out, HasSubstr("Open Weights"));
  EXPECT_THAT(r.out, HasSubstr("MIT"));
  EXPECT_THAT(r.out, HasSubstr("from howopen's facts of 2026-11-23; the Hub was not asked"));
  EXPECT_THAT(run({"audit", "deepseek-ai/DeepSeek-V3", "--offline"}).out, HasSubstr("DeepSeek License"));
}

// Everything curated is shown as curated: no evidence of such facts may pass for a file that was read.
TEST(Offline, EveryPieceOfEvidenceIsCurated) {
  for (const char* id :
       {"deepseek-ai/DeepSeek-R1", "meta-llama/Llama-3.3-70B-Instruct", "tiiuae/falcon-7b", "gpt-4"}) {
    const auto model = model_of(run({"audit", id, "--offline", "-o", "json"}));
    for (const auto& [name, component] : model["components"].members()) {
      for (const auto& e : component["evidence"].items()) {
        const auto what = e["what"].string_or("");
        if (what.find("not asked") != std::string_view::npos) continue;
        EXPECT_EQ(e["kind"].string_or(""), "curated") << id << " " << name << ": " << what;
      }
    }
  }
}

TEST(Offline, AnUnknownModelIsUndetermined) {
  const Ran r = run({"audit", "nobody/nothing", "--offline"});
  EXPECT_EQ(r.exit, 3);
  EXPECT_THAT(r.err, HasSubstr("offline: not in a cache, and no facts about this model ship with howopen"));
}

TEST(Offline, AsksNobody) {
  FakeHub hub;
  for (const std::map<std::string, std::string>& environment :
       std::vector<std::map<std::string, std::string>>{{{"HF_HUB_OFFLINE", "1"}},
                                                       {{"HF_HUB_OFFLINE", "TRUE"}},
                                                       {{"TRANSFORMERS_OFFLINE", "yes"}},
                                                       {{"HOWOPEN_OFFLINE", "true"}}}) {
    auto all = environment;
    all["HF_ENDPOINT"] = hub.url();
    EXPECT_EQ(run({"deepseek-ai/DeepSeek-R1"}, all).exit, 0);
  }
  EXPECT_TRUE(hub.log().empty());
  // What huggingface_hub takes for false is false here.
  EXPECT_EQ(run({"deepseek-ai/DeepSeek-R1"}, {{"HF_ENDPOINT", hub.url()}, {"HF_HUB_OFFLINE", "2"}}).exit, 3);
  EXPECT_FALSE(hub.log().empty());
}

TEST(Offline, StandsInWhenTheHubCannotBeReached) {
  const ClosedPort nobody;
  const std::vector<std::map<std::string, std::string>> unreachable = {
      {{"HF_ENDPOINT", nobody.url()}},
      {{"HF_ENDPOINT", "http://no-such-host.invalid"}},
      {{"HF_ENDPOINT", "https://example.org"}, {"HTTPS_PROXY", nobody.url()}}};
  for (const auto& environment : unreachable) {
    const Ran r = run({"deepseek-ai/DeepSeek-R1", "-o", "json"}, environment);
    EXPECT_EQ(r.exit, 0) << r.err;
    EXPECT_EQ(model_of(r)["source"].string_or(""), "built-in");
    EXPECT_EQ(model_of(r)["errors"].items()[0]["kind"].string_or(""), "network")
        << "the failure is not hidden";
    EXPECT_THAT(r.err, HasSubstr("the Hub could not be reached"));
    EXPECT_EQ(run({"nobody/nothing"}, environment).exit, 3);
  }
}

TEST(Offline, StandsInWhenTheHubDoesNotAnswerInTime) {
  FakeHub hub;
  std::atomic<bool> over{false};
  hub.intercept = [&](const HttpRequest&) {
    HttpResponse r;
    // Holds the connection open without a byte, until the client gives up.
    r.raw = [&](int socket) {
      char c = 0;
      while (!over && recv(socket, &c, 1, 0) > 0) {
      }
    };
    return std::optional(r);
  };
  const Ran r =
      run({"deepseek-ai/DeepSeek-R1", "--timeout", "1s", "-o", "json"}, {{"HF_ENDPOINT", hub.url()}});
  over = true;
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_EQ(model_of(r)["source"].string_or(""), "built-in");
}

TEST(Offline, NeverStandsInForARefusal) {
  FakeHub hub;  // knows no model: 401
  const Ran r = run({"deepseek-ai/DeepSeek-R1", "-o", "json"}, {{"HF_ENDPOINT", hub.url()}});
  EXPECT_EQ(r.exit, 3);
  EXPECT_EQ(model_of(r)["source"].string_or(""), "hub");
  EXPECT_EQ(model_of(r)["verdict"].string_or(""), "undetermined");
  // Nor for trouble with TLS: plain HTTP on the other side.
  std::string https = hub.url();
  https.insert(4, "s");
  const Ran tls = run({"deepseek-ai/DeepSeek-R1", "-o", "json"}, {{"HF_ENDPOINT", https}});
  EXPECT_EQ(tls.exit, 3);
  EXPECT_EQ(model_of(tls)["errors"].items()[0]["kind"].string_or(""), "tls");
}

TEST(Offline, AClosedModelNeedsNoNetwork) {
  FakeHub hub;
  const Ran r = run({"audit", "gpt-4"}, {{"HF_ENDPOINT", hub.url()}});
  EXPECT_EQ(r.exit, 0);
  EXPECT_THAT(r.out, HasSubstr("API Only"));
  EXPECT_THAT(run({"audit", "gpt-4", "-v"}, {{"HF_ENDPOINT", hub.url()}}).out,
              HasSubstr("gpt-4o-2024-11-20 (until 2027-01-14)"));
  EXPECT_TRUE(hub.log().empty());
}

TEST(Offline, TheUsersOwnDataComesFirst) {
  const TempDir dir;
  dir.write(
      "mine/licenses.json",
      R"({"licenses": [{"id": "MIT", "name": "MIT of mine", "class": "use-restricted", "source": "me", "as_of": "2026-01-01"}]})");
  const auto model = model_of(
      run({"audit", "deepseek-ai/DeepSeek-R1", "--offline", "-o", "json", "--data", dir.file("mine")}));
  EXPECT_EQ(model["verdict"].string_or(""), "weights-available");
  dir.write(
      "bad/licenses.json",
      R"({"licenses": [{"id": "MIT", "name": "x", "clas": "open", "source": "me", "as_of": "2026-01-01"}]})");
  const Ran bad = run({"audit", "deepseek-ai/DeepSeek-R1", "--offline", "--data", dir.file("bad")});
  EXPECT_EQ(bad.exit, 2);
  EXPECT_THAT(bad.err, HasSubstr("unknown key \"clas\""));
  EXPECT_THAT(bad.err, HasSubstr("did you mean \"class\"?"));
  EXPECT_EQ(run({"audit", "a/b", "--offline", "--data", dir.file("nowhere")}).exit, 2);
}

}  // namespace
}  // namespace howopen::test
