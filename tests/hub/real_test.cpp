// Recorded responses and real cards, served unchanged by the fake Hub: the tool must audit them all. They are
// third parties' data and not in this repository; without ../shared the tests are skipped, visibly.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "support/fake_hub.h"
#include "support/run.h"
#include "text/json.h"

namespace howopen::test {
namespace {

namespace fs = std::filesystem;

const fs::path kReal = fs::path(HOWOPEN_SOURCE_DIR) / "../shared/real";

std::vector<fs::path> files_in(const std::string& folder, const std::string& ending) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(kReal / folder)) {
    if (entry.path().string().ends_with(ending)) out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::string id_of(const std::string& stem) {
  const auto at = stem.find("__");
  return at == std::string::npos ? stem : stem.substr(0, at) + "/" + stem.substr(at + 2);
}

std::string field(const std::string& json, const char* name) {
  const auto value = text::parse_json(json);
  return value ? std::string((*value)[name].string_or("")) : std::string();
}

struct Counts {
  int models = 0;
  std::map<std::string, int> verdicts;
};

// Audits models in one run and checks what every audit must keep to.
Counts audit_all(FakeHub& hub, const std::vector<std::string>& ids) {
  std::vector<std::string> arguments = {"audit", "-o", "json"};
  arguments.insert(arguments.end(), ids.begin(), ids.end());
  const Ran r = run(arguments, {{"HF_ENDPOINT", hub.url()}});
  EXPECT_TRUE(r.exit == 0 || r.exit == 3) << r.exit << r.err.substr(0, 2000);
  if (!sanitized()) {
    EXPECT_LT(r.peak_kb, 128 * 1024);
  }
  Counts out;
  const auto json = text::parse_json(r.out);
  EXPECT_TRUE(json) << r.err;
  if (!json) return out;
  for (const auto& model : (*json)["models"].items()) {
    ++out.models;
    const std::string verdict(model["verdict"].string_or(""));
    ++out.verdicts[verdict];
    if (verdict == "undetermined") {
      // Something did not answer, or a name casts doubt on the license.
      const auto& findings = model["findings"].items();
      const bool doubted = std::any_of(findings.begin(), findings.end(), [](const auto& f) {
        const std::string_view rule = f["rule"].string_or("");
        return rule == "lineage.family-named" || rule == "lineage.unresolved" ||
               rule == "license.not-understood" || rule == "lineage.ancestor-unread" ||
               rule == "license.tag-vs-statement" || rule == "license.statement-vs-text";
      });
      EXPECT_TRUE(doubted || !model["errors"].items().empty())
          << model["id"].string_or("") << " is undetermined without a reason";
    }
    for (const auto& [name, component] : model["components"].members()) {
      EXPECT_FALSE(component["evidence"].items().empty())
          << model["id"].string_or("") << " " << name << " has no evidence";
    }
  }
  return out;
}

class Real : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(kReal)) GTEST_SKIP() << "no ../shared/real: nothing was checked";
  }
  FakeHub hub;
};

TEST_F(Real, RecordedResponses) {
  std::vector<std::string> ids;
  std::vector<fs::path> files = files_in("cassettes", ".json");
  for (const auto& path : files_in("api", ".json")) files.push_back(path);
  for (const auto& path : files) {
    const std::string body = slurp(path.string());
    const std::string id = field(body, "id");
    if (id.empty() || path.string().find("dataset") != std::string::npos) continue;
    hub[id].record = body;
    hub[id].sha = field(body, "sha");
    ids.push_back(id);
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  EXPECT_GE(ids.size(), 6u);
  audit_all(hub, ids);
}

TEST_F(Real, RecordsAndCardsOf2022) {
  std::vector<std::string> ids;
  for (const auto& path : files_in("api2022", ".infos.json")) {
    const std::string body = slurp(path.string());
    const std::string id = field(body, "modelId");
    const std::string stem = path.filename().string();
    hub[id].record = body;
    hub[id].sha = field(body, "sha");
    hub[id].files["README.md"] =
        slurp((kReal / "api2022" / (stem.substr(0, stem.size() - 11) + ".README.md")).string());
    ids.push_back(id);
  }
  EXPECT_EQ(audit_all(hub, ids).models, static_cast<int>(ids.size()));
  EXPECT_GE(ids.size(), 50u);
}

TEST_F(Real, Cards) {
  std::vector<std::string> ids;
  for (const auto& path : files_in("cards", ".md")) {
    const std::string stem = path.stem().string();
    FakeRepository& r = hub[id_of(stem)];
    r.files = {{"README.md", slurp(path.string())}, {"model.safetensors", "xxxxxxxxxx"}};
    r.lfs = {"model.safetensors"};
    r.extra = R"("config":{"model_type":"llama"},)";
    ids.push_back(id_of(stem));
  }
  EXPECT_GE(ids.size(), 60u);
  const Counts counts = audit_all(hub, ids);
  EXPECT_EQ(counts.models, static_cast<int>(ids.size()));
  EXPECT_GT(counts.verdicts.at("open-weights"), 5);
  EXPECT_GT(counts.verdicts.at("weights-available"), 5);
}

}  // namespace
}  // namespace howopen::test
