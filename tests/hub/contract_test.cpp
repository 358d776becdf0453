// Recorded answers of the real Hub, sent byte for byte, head and body: what the program makes of them is the
// contract. They are in ../shared and not here; without it the tests are skipped, visibly.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "facts/readings.h"
#include "support/fake_hub.h"
#include "support/run.h"
#include "text/json.h"

namespace howopen::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const fs::path kReal = fs::path(HOWOPEN_SOURCE_DIR) / "../shared/real";

class Contract : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(kReal)) GTEST_SKIP() << "no ../shared/real: nothing was checked";
  }

  // A cassette as it was recorded: its status, every header, the body.
  static HttpResponse cassette(const std::string& stem) {
    std::istringstream head(slurp((kReal / "cassettes" / (stem + ".headers.txt")).string()));
    std::string line;
    std::getline(head, line);
    std::string bytes = "HTTP/1.1 " + line.substr(5) + " recorded\r\n";
    while (std::getline(head, line)) {
      if (!line.empty()) bytes += line + "\r\n";
    }
    bytes += "\r\n" + slurp((kReal / "cassettes" / (stem + ".json")).string());
    HttpResponse r;
    r.raw = [bytes](int socket) { send_all(socket, bytes); };
    return r;
  }
  // A recording of status, headers and body as one JSON document.
  static text::Json recording(const char* file) {
    auto json = text::parse_json(slurp((kReal / "api" / file).string()));
    EXPECT_TRUE(json) << file;
    return json ? *json : text::Json();
  }
  static HttpResponse response(const text::Json& recorded) {
    HttpResponse r;
    r.status = static_cast<int>(recorded["status"].integer_or(0));
    for (const auto& [name, value] : recorded["headers"].members())
      r.headers.emplace_back(name, std::string(value.string_or("")));
    r.body = recorded["body"].is_string() ? std::string(recorded["body"].string_or(""))
                                          : text::write_json(recorded["body"], false);
    return r;
  }
  void answer(const std::string& path, HttpResponse r) { answers[path] = std::move(r); }
  text::Json audit(const std::string& id) {
    hub.intercept = [this](const HttpRequest& q) -> std::optional<HttpResponse> {
      const auto found = answers.find(q.path);
      if (found != answers.end()) return found->second;
      return error_response(404, "Entry not found", "EntryNotFound");
    };
    const Ran r = run({"audit", id, "--json", "--retries", "0"}, hub.environment());
    const auto json = text::parse_json(r.out);
    EXPECT_TRUE(json) << r.err;
    return json ? (*json)["models"].items()[0] : text::Json();
  }
  FakeHub hub;
  std::map<std::string, HttpResponse> answers;
};

TEST_F(Contract, EveryCassette) {
  int models = 0;
  for (const auto& entry : fs::directory_iterator(kReal / "cassettes")) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with("200__") || !name.ends_with(".json")) continue;
    const std::string stem = name.substr(0, name.size() - 5);
    const auto record = text::parse_json(slurp(entry.path().string()));
    ASSERT_TRUE(record) << name;
    const std::string id((*record)["id"].string_or(""));
    answers.clear();
    answer("/api/models/" + id, cassette(stem));
    const auto m = audit(id);
    EXPECT_EQ(m["id"].string_or(""), id);
    EXPECT_EQ(m["revision"].string_or(""), (*record)["sha"].string_or("x"));
    EXPECT_EQ(m["components"]["weights"]["status"].string_or(""), "available") << id;
    // A record that was taken without `blobs` lists files and no sizes: that suffices.
    EXPECT_TRUE(m["practical"]["weights_bytes"].is_null()) << id;
    ++models;
  }
  EXPECT_EQ(models, 4);
}

TEST_F(Contract, ARename) {
  answer("/api/models/bert-base-uncased", cassette("307__bert-base-uncased"));
  answer("/api/models/google-bert/bert-base-uncased", cassette("200__google-bert__bert-base-uncased"));
  const auto m = audit("bert-base-uncased");
  EXPECT_EQ(m["id"].string_or(""), "google-bert/bert-base-uncased");
  EXPECT_EQ(m["components"]["inference_code"]["status"].string_or(""), "available");
  EXPECT_EQ(m["license"]["weights"]["declared"].string_or(""), "apache-2.0");
}

TEST_F(Contract, ARecordOfAGgufRepository) {
  answer("/api/models/ggml-org/gemma-3-1b-it-GGUF",
         json_response(slurp((kReal / "api/2026-08__ggml-org__gemma-3-1b-it-GGUF.json").string())));
  const auto m = audit("ggml-org/gemma-3-1b-it-GGUF");
  EXPECT_EQ(m["components"]["weights"]["status"].string_or(""), "available");
  EXPECT_THAT(text::write_json(m["modifiers"], false), HasSubstr("quantized"));
}

TEST_F(Contract, ARecordWithBaseModels) {
  const auto recorded = recording("2026-10__TheBloke__Llama-2-7B-GGUF.expand.json");
  const auto info = facts::read_model_info(text::write_json(recorded["body"], false));
  ASSERT_TRUE(info);
  ASSERT_FALSE(info->base_models.empty());
  EXPECT_EQ(info->base_models[0].first, Relation::quantized);
  EXPECT_EQ(info->base_models[0].second, "meta-llama/Llama-2-7b-hf");
}

TEST_F(Contract, AMappingOfProviders) {
  const auto providers =
      facts::read_providers(slurp((kReal / "api/2025__DeepSeek-R1.inferenceProviderMapping.json").string()));
  ASSERT_TRUE(providers);
  EXPECT_EQ(providers->size(), 5u);
  EXPECT_EQ((*providers)[0].name, "fireworks-ai");
  EXPECT_EQ((*providers)[0].status, "live");
}

TEST_F(Contract, ADataset) {
  const auto dataset =
      facts::read_dataset(slurp((kReal / "api/2025__dataset__LanguageShades__BiasShades.json").string()));
  ASSERT_TRUE(dataset);
  EXPECT_EQ(dataset->id, "LanguageShades/BiasShades");
  EXPECT_EQ(dataset->gate, AccessGate::automatic);
  EXPECT_GT(dataset->files, 0);
}

TEST_F(Contract, Refusals) {
  const auto missing = recording("2026-10__missing-401.json");
  answer("/api/models/openai-community/no-such-model", response(missing));
  EXPECT_EQ(audit("openai-community/no-such-model")["errors"].items()[0]["kind"].string_or(""), "not-found");

  FakeRepository& gated = hub["meta-llama/Llama-3.1-8B"];
  gated.gated = "manual";
  gated.files = {{"README.md", "x"}};
  const auto refusal = recording("2026-10__gated-401.json");
  hub.intercept = [&](const HttpRequest& q) -> std::optional<HttpResponse> {
    if (q.path.find("/resolve/") == std::string::npos) return std::nullopt;
    return response(refusal);
  };
  const Ran r = run({"meta-llama/Llama-3.1-8B", "--json"}, hub.environment());
  EXPECT_THAT(r.out, HasSubstr("\"kind\": \"gated\""));

  const auto renamed = recording("2026-10__renamed-307.json");
  const std::string old_path(renamed["request"].string_or(""));
  const std::string old_id = old_path.substr(12, old_path.find('?') - 12);
  const std::string location(renamed["headers"]["location"].string_or(""));
  const std::string new_id = location.substr(12, location.find('?') - 12);
  answers.clear();
  answer("/api/models/" + old_id, response(renamed));
  answer("/api/models/" + new_id, json_response("{\"id\":\"" + new_id + "\",\"siblings\":[]}"));
  EXPECT_EQ(audit(old_id)["id"].string_or(""), new_id);
}

// The head of a large file: a redirect to another host, signed, whose etag is another hash.
TEST_F(Contract, ARedirectToTheCdn) {
  std::istringstream recorded(slurp((kReal / "api/2026__resolve-head-302.txt").string()));
  HttpResponse hop;
  hop.status = 302;
  std::string line;
  std::getline(recorded, line);
  EXPECT_THAT(line, HasSubstr("302"));
  Server cdn([](const HttpRequest&) { return HttpResponse{200, {}, "---\nlicense: mit\n---\n", {}}; });
  while (std::getline(recorded, line) && !line.empty()) {
    const auto colon = line.find(": ");
    std::string value = line.substr(colon + 2);
    if (line.starts_with("location"))
      value.replace(0, std::string("https://us.aws.cdn.hf.co").size(), cdn.url());
    hop.headers.emplace_back(line.substr(0, colon), value);
  }
  hub["acme/m"].files = {{"README.md", "x"}};
  hub.intercept = [&](const HttpRequest& q) -> std::optional<HttpResponse> {
    if (q.path.find("/README.md") == std::string::npos) return std::nullopt;
    return hop;
  };
  const Ran r = run({"acme/m", "--json"}, hub.environment({{"HF_TOKEN", "hf_valid"}}));
  EXPECT_THAT(r.out, HasSubstr("\"declared\": \"mit\""));
  ASSERT_FALSE(cdn.log().empty());
  for (const HttpRequest& q : cdn.log()) EXPECT_FALSE(q.headers.contains("authorization"));
  EXPECT_THAT(r.out, testing::Not(HasSubstr("Signature")));
}

}  // namespace
}  // namespace howopen::test
