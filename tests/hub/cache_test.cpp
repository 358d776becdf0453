// Answers at hand: our own cache, and huggingface_hub's.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "support/fake_hub.h"
#include "support/run.h"
#include "text/digest.h"
#include "text/json.h"

namespace howopen::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

FakeRepository& unknown_model(FakeHub& hub, const std::string& id = "acme/m") {
  FakeRepository& r = hub[id];
  r.extra = R"("config":{"model_type":"llama"},"cardData":{"license":"other"},)";
  r.files = {{"README.md", "---\nlicense: other\n---\n# " + id + "\n"},
             {"LICENSE", "Some terms of our own that nobody knows.\n"},
             {"model.safetensors", std::string(1000, 'x')}};
  r.lfs = {"model.safetensors"};
  return r;
}

class Cache : public testing::Test {
 protected:
  Ran audit(const std::vector<std::string>& arguments, std::map<std::string, std::string> more = {}) {
    more["HOWOPEN_CACHE"] = folder();
    std::vector<std::string> all = {"audit", "--json"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return run(all, hub.environment(more));
  }
  std::string folder() const { return dir.file("cache"); }
  std::size_t asked(const std::string& part) const {
    std::size_t n = 0;
    for (const HttpRequest& q : hub.log()) n += q.path.find(part) != std::string::npos ? 1 : 0;
    return n;
  }
  TempDir dir;
  FakeHub hub;
};

std::string verdict(const Ran& r) {
  const auto json = text::parse_json(r.out);
  return json ? std::string((*json)["models"].items()[0]["verdict"].string_or("")) : r.err;
}

TEST_F(Cache, OneContentIsFetchedOnceWhateverRepositoriesItIsIn) {
  std::vector<std::string> ids;
  for (int i = 0; i < 5; ++i) {
    ids.push_back("acme/m" + std::to_string(i));
    unknown_model(hub, ids.back());
  }
  const std::string first = audit(ids).out;
  EXPECT_EQ(asked("/resolve/"), 5u + 1u) << "five cards, one license";
  const std::string second = audit(ids).out;
  EXPECT_EQ(asked("/resolve/"), 5u + 1u) << "all contents are at hand";
  EXPECT_EQ(first, second) << "a cache must not show";
}

TEST_F(Cache, RecordsAreAskedForAgainByTheirEtag) {
  unknown_model(hub);
  audit({"acme/m"});
  audit({"acme/m"});
  EXPECT_TRUE(hub.log().back().headers.contains("if-none-match"));
  // The repository changed: its new record counts.
  hub["acme/m"].gated = "manual";
  EXPECT_THAT(audit({"acme/m"}).out, HasSubstr("gated"));
}

TEST_F(Cache, NothingThatATokenOpenedIsKept) {
  unknown_model(hub).is_private = true;
  const Ran r = audit({"acme/m"}, {{"HF_TOKEN", "hf_valid"}});
  EXPECT_EQ(verdict(r), "weights-available") << r.err;
  std::error_code none;
  for (const auto& entry : fs::recursive_directory_iterator(folder(), none)) {
    if (entry.is_regular_file()) {
      EXPECT_THAT(slurp(entry.path().string()), Not(HasSubstr("acme/m"))) << entry.path();
      EXPECT_THAT(slurp(entry.path().string()), Not(HasSubstr("hf_valid"))) << entry.path();
    }
  }
}

TEST_F(Cache, WhatWasTamperedWithIsFetchedAgain) {
  unknown_model(hub);
  const std::string first = audit({"acme/m"}).out;
  int spoilt = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder())) {
    if (!entry.is_regular_file()) continue;
    std::ofstream(entry.path(), std::ios::binary) << "MIT License";
    ++spoilt;
  }
  EXPECT_GE(spoilt, 3);
  EXPECT_EQ(audit({"acme/m"}).out, first);
}

TEST_F(Cache, AProxysPageIsNeverKeptInPlaceOfAFile) {
  unknown_model(hub);
  hub.intercept = [](const HttpRequest& q) -> std::optional<HttpResponse> {
    if (q.path.find("/LICENSE") == std::string::npos) return std::nullopt;
    HttpResponse r;
    r.headers = {{"X-Repo-Commit", "dddddddddddddddddddddddddddddddddddddddd"}};
    r.body = "MIT License";
    return r;
  };
  audit({"acme/m"});
  hub.intercept = nullptr;
  const std::size_t before = asked("/LICENSE");
  audit({"acme/m"});
  EXPECT_GT(asked("/LICENSE"), before);
}

TEST_F(Cache, AnswersOfflineWhatWasAskedBefore) {
  unknown_model(hub);
  const Ran online = audit({"acme/m"});
  const std::size_t requests = hub.log().size();
  const Ran offline = audit({"acme/m", "--offline"});
  EXPECT_EQ(hub.log().size(), requests);
  EXPECT_EQ(verdict(offline), verdict(online)) << offline.err;
  EXPECT_THAT(offline.out, HasSubstr("\"source\": \"cache\""));
  EXPECT_EQ(audit({"acme/m", "--offline", "--no-cache"}).exit, 3);
}

TEST_F(Cache, CanBeListedAndPruned) {
  unknown_model(hub);
  audit({"acme/m"});
  const std::map<std::string, std::string> environment = {{"HOWOPEN_CACHE", folder()}};
  EXPECT_EQ(run({"cache", "path"}, environment).out, folder() + "\n");
  EXPECT_THAT(run({"cache", "ls"}, environment).out, HasSubstr("content Some terms of our own"));
  EXPECT_TRUE(text::parse_json(run({"cache", "ls", "--json"}, environment).out));
  EXPECT_THAT(run({"cache", "prune", "--max-size", "1GB"}, environment).out, HasSubstr("removed 0.0 MB"));
  EXPECT_THAT(run({"cache", "prune", "--all"}, environment).out, HasSubstr("0.0 MB left"));
  EXPECT_EQ(run({"cache", "prune", "--max-size", "lots"}, environment).exit, 2);
  EXPECT_EQ(run({"cache", "burn"}, environment).exit, 2);
}

TEST_F(Cache, AFolderThatCannotBeWrittenIsNoError) {
  unknown_model(hub);
  dir.write("cache", "a file where the folder should be");
  EXPECT_EQ(audit({"acme/m"}).exit, 0);
}

// huggingface_hub's layout: refs, snapshots with links into blobs, .no_exist, trees.
class HubsCache : public testing::Test {
 protected:
  static constexpr const char* kCommit = "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee";
  std::string repository(const std::string& rest) const { return "hub/models--acme--m/" + rest; }
  void file(const std::string& path, const std::string& content) {
    const std::string blob = dir.write(repository("blobs/" + text::git_blob(content)), content);
    const fs::path link = dir.file(repository("snapshots/" + std::string(kCommit) + "/" + path));
    fs::create_directories(link.parent_path());
    fs::create_symlink(blob, link);
  }
  std::string asked = "acme/m";
  std::string commit = "acme/m@" + std::string(kCommit);
  text::Json audit(const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments = {"audit", asked, "--offline", "--json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Ran r = run(arguments, {{"HF_HUB_CACHE", dir.file("hub")}});
    const auto json = text::parse_json(r.out);
    EXPECT_TRUE(json) << r.err;
    return json ? (*json)["models"].items()[0] : text::Json();
  }
  void SetUp() override {
    dir.write(repository("refs/main"), kCommit);
    file("README.md", "---\nlicense: apache-2.0\n---\n# M\n");
    file("LICENSE", slurp(std::string(HOWOPEN_SOURCE_DIR) + "/LICENSE"));
    file("config.json", R"({"model_type":"llama","architectures":["LlamaForCausalLM"]})");
    file("model.safetensors", std::string(1000, 'x'));
  }
  TempDir dir;
};

TEST_F(HubsCache, AnswersWithoutANetwork) {
  const auto m = audit();
  EXPECT_EQ(m["source"].string_or(""), "cache");
  EXPECT_EQ(m["revision"].string_or(""), kCommit);
  EXPECT_EQ(m["verdict"].string_or(""), "open-weights");
  EXPECT_EQ(m["license"]["weights"]["match"].string_or(""), "exact");
  EXPECT_EQ(m["components"]["inference_code"]["status"].string_or(""), "available");
}

TEST_F(HubsCache, ProvesNothingAbsent) {
  fs::remove(dir.file(repository("snapshots/" + std::string(kCommit) + "/model.safetensors")));
  fs::remove(dir.file(repository("snapshots/" + std::string(kCommit) + "/LICENSE")));
  const auto m = audit();
  EXPECT_EQ(m["components"]["weights"]["status"].string_or(""), "unknown");
  EXPECT_EQ(m["components"]["training_code"]["status"].string_or(""), "unknown");
  EXPECT_EQ(m["license"]["weights"]["class"].string_or(""), "unknown")
      << "a text that was not downloaded may govern";
  EXPECT_EQ(m["verdict"].string_or(""), "undetermined");
}

TEST_F(HubsCache, AWholeListingDoes) {
  text::Json files;
  files.set("README.md", text::Json::object()).set("size", text::Json(10));
  files.set("config.json", text::Json::object()).set("size", text::Json(10));
  text::Json tree;
  tree.set("format_version", text::Json(1));
  tree.set("files", std::move(files));
  dir.write(repository("trees/" + std::string(kCommit) + ".json"), text::write_json(tree, false));
  EXPECT_EQ(audit()["components"]["weights"]["status"].string_or(""), "unknown") << "a branch may hold them";
  std::swap(asked, commit);
  EXPECT_EQ(audit()["components"]["weights"]["status"].string_or(""), "unavailable");
}

TEST_F(HubsCache, AnotherRevisionIsNeverTakenInItsPlace) {
  const Ran r = run({"audit", "acme/m@v2", "--offline"}, {{"HF_HUB_CACHE", dir.file("hub")}});
  EXPECT_EQ(r.exit, 3);
}

TEST_F(HubsCache, LinksThatLeaveItAreNotFollowed) {
  dir.write("outside/secret", "MIT License");
  const fs::path license = dir.file(repository("snapshots/" + std::string(kCommit) + "/LICENSE"));
  fs::remove(license);
  fs::create_symlink(dir.file("outside/secret"), license);
  EXPECT_NE(audit()["license"]["weights"]["file"].string_or("x"), "LICENSE");
  EXPECT_NE(audit()["verdict"].string_or(""), "open-weights");
}

TEST(Doctor, SaysWhatWorksAndShowsNoSecret) {
  FakeHub hub;
  const Ran good = run({"doctor"}, hub.environment({{"HF_TOKEN", "hf_valid"}}));
  EXPECT_EQ(good.exit, 0) << good.out;
  EXPECT_THAT(good.out, HasSubstr("answers; 499 of 500 requests left for 295 s"));
  EXPECT_THAT(good.out, HasSubstr("answers; 59 of 60 requests left"));
  EXPECT_THAT(good.out, HasSubstr("accepted"));
  EXPECT_THAT(good.out + good.err, Not(HasSubstr("hf_valid")));
  hub.intercept = [](const HttpRequest&) {
    return std::optional(error_response(401, "Invalid credentials in Authorization header"));
  };
  const Ran stale = run({"doctor", "--json"}, hub.environment({{"HF_TOKEN", "hf_stale"},
                                                               {"HTTPS_PROXY", "http://me:pw@127.0.0.1:3128"},
                                                               {"NO_PROXY", "127.0.0.1"}}));
  EXPECT_EQ(stale.exit, 3);
  EXPECT_THAT(stale.out, HasSubstr("refused"));
  EXPECT_THAT(stale.out, Not(HasSubstr("pw")));
  EXPECT_TRUE(text::parse_json(stale.out));
  const Ran down = run({"doctor"}, {{"HF_ENDPOINT", "http://127.0.0.1:9"}});
  EXPECT_EQ(down.exit, 3);
  EXPECT_THAT(down.out, HasSubstr("network:"));
  EXPECT_EQ(run({"doctor", "--offline"}).exit, 0);
}

}  // namespace
}  // namespace howopen::test
