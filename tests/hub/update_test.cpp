// Results brought up to date: what has not changed is kept and not asked for, and the file is the one that a
// whole run would have made.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "support/fake_hub.h"
#include "support/run.h"
#include "support/temp_dir.h"

namespace howopen::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string commit(char digit) {
  return std::string(40, digit);
}

class UpdateTest : public testing::Test {
 protected:
  UpdateTest() {
    for (int i = 0; i < 12; ++i) {
      FakeRepository& r = hub["acme/m" + std::to_string(100 + i)];
      r.extra = R"("config":{"model_type":"llama"},"cardData":{"license":"mit"},)";
      r.files = {{"README.md", "---\nlicense: mit\n---\n# " + std::to_string(i)}, {"model.safetensors", "x"}};
      r.sha = commit("0123456789ab"[i]);
    }
    hub["other/base"].files = {{"README.md", "---\nlicense: apache-2.0\n---\n"}, {"model.safetensors", "x"}};
    hub["other/base"].sha = commit('e');
    hub["acme/tuned"].files = {
        {"README.md", "---\nlicense: mit\nbase_model: other/base\ndatasets: [d/one]\n---\n"},
        {"model.safetensors", "x"}};
    hub.datasets["d/one"] = R"({"id":"d/one","gated":false,"siblings":[{"rfilename":"a.parquet"}]})";
  }

  Ran batch(std::vector<std::string> options, std::map<std::string, std::string> more = {}) {
    options.insert(options.begin(), "batch");
    more.try_emplace("HOWOPEN_CACHE", dir.file("cache" + std::to_string(++caches)));
    return run(options, hub.environment(more));
  }
  /// Requests since the last time, by path; listings with their query.
  std::vector<std::string> asked() {
    std::vector<std::string> out;
    const auto log = hub.log();
    for (; seen < log.size(); ++seen)
      if (!log[seen].path.starts_with("/api/resolve-cache/")) out.push_back(log[seen].path);
    return out;
  }
  std::string old(std::vector<std::string> options) {
    const Ran r = batch(std::move(options));
    asked();
    return dir.write("old" + std::to_string(++caches) + ".jsonl", r.out);
  }
  void change(const std::string& id, const std::string& card) {
    hub[id].sha = commit('f');
    hub[id].files["README.md"] = card;
  }

  FakeHub hub;
  TempDir dir;
  std::size_t seen = 0;
  int caches = 0;
};

TEST_F(UpdateTest, NothingChangedNothingIsAskedButThePage) {
  const std::string before = old({"--author", "acme"});
  const Ran r = batch({"--author", "acme", "--update", before, "--listed-only"});
  EXPECT_EQ(r.out, slurp(before));
  EXPECT_THAT(asked(), testing::ElementsAre("/api/models"));
  EXPECT_THAT(r.err, HasSubstr("update: 13 lines kept, 0 changed, 0 new, 0 no longer listed; 1 of those kept "
                               "rest on what no listing tells, and that was not asked"));
}

TEST_F(UpdateTest, WhatNoListingTellsIsAskedOnce) {
  hub["acme/tuned2"] = hub["acme/tuned"];
  const std::string before = old({"--author", "acme"});
  const Ran r = batch({"--author", "acme", "--update", before});
  EXPECT_EQ(r.out, slurp(before));
  EXPECT_THAT(asked(),
              testing::UnorderedElementsAre("/api/models", "/api/models/other/base", "/api/datasets/d/one"));
  EXPECT_THAT(r.err, HasSubstr("update: 14 lines kept, 0 changed, 0 new, 0 no longer listed\n"));
}

TEST_F(UpdateTest, SameBytesAsAWholeRun) {
  const std::string before = old({"--author", "acme"});
  change("acme/m103", "---\nlicense: llama3.1\n---\n# changed\n");
  hub["acme/m105"].gated = "manual";  // the same commit
  hub["acme/m000"] = hub["acme/m101"];
  hub["acme/m000"].sha = commit('c');
  const Ran r = batch({"--author", "acme", "--update", before});
  const auto requests = asked();
  EXPECT_EQ(r.out, batch({"--author", "acme"}).out);
  EXPECT_THAT(requests, Not(testing::Contains("/api/models/acme/m104")));
  EXPECT_THAT(requests, testing::Contains("/api/models/acme/m105"));
  EXPECT_THAT(r.err, HasSubstr("update: 11 lines kept, 2 changed, 1 new, 0 no longer listed\n"));
}

TEST_F(UpdateTest, ABaseThatChangedChangesWhatIsMadeFromIt) {
  const std::string before = old({"--author", "acme"});
  change("other/base", "---\nlicense: cc-by-nc-4.0\n---\n");
  const Ran base = batch({"--author", "acme", "--update", before});
  EXPECT_NE(base.out, slurp(before));
  EXPECT_EQ(base.out, batch({"--author", "acme"}).out);
  EXPECT_THAT(base.err, HasSubstr("update: 12 lines kept, 1 changed"));
}

TEST_F(UpdateTest, ADatasetThatWentAwayIsSeen) {
  const std::string before = old({"--author", "acme"});
  hub.datasets.clear();
  const Ran r = batch({"--author", "acme", "--update", before});
  EXPECT_EQ(r.out, batch({"--author", "acme"}).out);
  EXPECT_THAT(r.err, HasSubstr("update: 12 lines kept, 1 changed"));
}

TEST_F(UpdateTest, WhatIsGoneIsSaidAndStaysSaid) {
  hub["acme/brief"] = hub["acme/m101"];
  const std::string before = old({"--author", "acme"});
  hub["acme/brief"].record = R"({"id":"acme/other-name"})";  // not listed under its name
  hub.intercept = [](const HttpRequest& q) -> std::optional<HttpResponse> {
    if (q.path != "/api/models/acme/brief") return std::nullopt;
    return error_response(404, "Repository not found", "RepoNotFound");
  };
  const Ran r = batch({"--author", "acme", "--update", before, "--listed-only"});
  EXPECT_EQ(r.exit, 3);
  EXPECT_THAT(r.err, HasSubstr("1 no longer listed"));
  const std::string last = r.out.substr(r.out.rfind('\n', r.out.size() - 2) + 1);
  EXPECT_THAT(last, HasSubstr(R"("ref":"acme/brief")"));
  EXPECT_THAT(last, HasSubstr(R"("kind":"not-found")"));
  EXPECT_THAT(last, HasSubstr(R"("revision":null,"path":null,"state":"absent")"));
  asked();
  const std::string after = dir.write("after.jsonl", r.out);
  const Ran again = batch({"--author", "acme", "--update", after, "--listed-only"});
  EXPECT_EQ(again.out, r.out);
  EXPECT_THAT(asked(), Not(testing::Contains("/api/models/acme/brief")));
}

TEST_F(UpdateTest, AListIsLookedUpOnPagesOfItsAuthors) {
  std::string ids;
  for (int i = 0; i < 12; ++i) ids += "acme/m" + std::to_string(100 + i) + "\n";
  ids += "no model at all\nother/base\nacme/tuned@main\n";
  const std::string list = dir.write("ids.txt", ids);
  const std::string before = old({list});
  change("acme/m103", "---\nlicense: llama3.1\n---\n# changed\n");
  const Ran r = batch({list, "--update", before});
  const auto requests = asked();
  EXPECT_EQ(r.out, batch({list}).out);
  EXPECT_EQ(std::count(requests.begin(), requests.end(), "/api/models"), 1);
  EXPECT_EQ(std::count(requests.begin(), requests.end(), "/api/models/acme/m104"), 0);
  EXPECT_EQ(std::count(requests.begin(), requests.end(), "/api/models/other/base"), 1);
  asked();
  // Without an input the old results are the list.
  EXPECT_EQ(batch({"--update", before}).out, r.out);
}

TEST_F(UpdateTest, AnotherJudgeNeverKeepsALine) {
  const std::string before = old({"--author", "acme"});
  const std::string data = dir.file("data");
  std::filesystem::create_directory(data);
  dir.write(
      "data/licenses.json",
      R"({"licenses": [{"id": "MIT", "name": "MIT of mine", "class": "use-restricted", "source": "me", "as_of": "2026-01-01"}]})");
  const Ran other = batch({"--author", "acme", "--update", before, "--data", data});
  EXPECT_THAT(other.err,
              HasSubstr("update: 0 lines kept, 0 changed, 0 new, 0 no longer listed, 13 judged anew: the "
                        "catalog has changed"))
      << other.err;
  const Ran options = batch({"--author", "acme", "--update", before, "--for", "product"});
  EXPECT_THAT(options.err, HasSubstr("13 judged anew: the options are others"));
  EXPECT_EQ(options.out, batch({"--author", "acme", "--for", "product"}).out);
  const Ran depth = batch({"--author", "acme", "--update", before, "--depth", "full"});
  EXPECT_THAT(depth.err, HasSubstr("13 judged anew: the options are others"));
  std::string text = slurp(before);
  for (std::size_t at; (at = text.find("\"basis\":{\"tool\":\"")) != std::string::npos;)
    text.replace(at, 17, "\"basis\":{\"tool\" :\"9 ");
  const Ran program = batch({"--author", "acme", "--update", dir.write("older.jsonl", text)});
  EXPECT_THAT(program.err, HasSubstr("13 judged anew: the program has changed"));
  EXPECT_EQ(program.out, slurp(before));
}

TEST_F(UpdateTest, AStoreJudgesAnewWithoutARequest) {
  const std::string store = dir.file("store");
  const std::string before = old({"--author", "acme", "--store", store});
  const Ran r = batch({"--author", "acme", "--update", before, "--store", store, "--for", "product"});
  const auto requests = asked();
  EXPECT_THAT(requests,
              testing::UnorderedElementsAre("/api/models", "/api/models/other/base", "/api/datasets/d/one"));
  EXPECT_EQ(r.out, batch({"--author", "acme", "--for", "product"}).out);
  EXPECT_THAT(r.err, HasSubstr("13 judged anew: the options are others (13 looked up in the store)"));
  asked();
  const Ran offline = batch({"--update", before, "--store", store, "--offline"});
  EXPECT_THAT(asked(), IsEmpty());
  EXPECT_EQ(offline.exit, 0) << offline.err;
  EXPECT_THAT(offline.out, HasSubstr(R"("source":"cache")"));
  struct stat info {};
  ASSERT_EQ(stat(store.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0700);
}

TEST_F(UpdateTest, AnEntryThatWasTamperedWithIsNotThere) {
  const std::string store = dir.file("store");
  const std::string before = old({"--author", "acme", "--store", store});
  const std::string whole = batch({"--author", "acme", "--for", "product"}).out;
  std::size_t touched = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(store)) {
    if (!entry.is_regular_file()) continue;
    const std::string path = entry.path().string();
    if (++touched % 3 == 0)
      dir.write(path.substr(dir.path().size() + 1), "x");
    else if (touched % 3 == 1)
      std::filesystem::resize_file(path, entry.file_size() / 2);
  }
  const Ran r = batch({"--author", "acme", "--update", before, "--store", store, "--for", "product"});
  EXPECT_EQ(r.out, whole);
}

TEST_F(UpdateTest, AStoreOfOthersIsRefused) {
  const std::string store = dir.file("shared");
  std::filesystem::create_directory(store);
  std::filesystem::permissions(store, std::filesystem::perms::all);
  const Ran r = batch({"--author", "acme", "--store", store});
  EXPECT_EQ(r.exit, 2);
  EXPECT_THAT(r.err, HasSubstr("not a folder of yours alone"));
}

TEST_F(UpdateTest, AStoreIsBounded) {
  const std::string store = dir.file("small");
  const Ran r = batch({"--author", "acme", "--store", store, "--store-size", "3000"});
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_THAT(r.err, HasSubstr("models were not stored: no room (--store-size)"));
  std::uintmax_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(store))
    if (entry.is_regular_file()) bytes += entry.file_size();
  EXPECT_LE(bytes, 3000u);
}

TEST_F(UpdateTest, ResumeGoesOnWithTheSameLines) {
  const std::string before = old({"--author", "acme"});
  change("acme/m103", "---\nlicense: llama3.1\n---\n# changed\n");
  const std::string whole = batch({"--author", "acme", "--update", before}).out;
  const std::string half = dir.write("half.jsonl", whole.substr(0, whole.size() / 2));
  const Ran r = batch({"--author", "acme", "--update", before, "--output", half, "--resume"});
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_EQ(slurp(half), whole);
  EXPECT_THAT(r.err, HasSubstr("were there before"));
  const Ran same = batch({"--author", "acme", "--update", half, "--output", half, "--resume"});
  EXPECT_EQ(same.exit, 2);
  EXPECT_THAT(same.err, HasSubstr("are one file"));
  EXPECT_EQ(slurp(half), whole);
}

TEST_F(UpdateTest, RecordsOfAListing) {
  const std::string before = old({"--author", "acme", "--depth", "metadata"});
  change("acme/m103", "---\nlicense: llama3.1\n---\n# changed\n");
  const Ran r = batch({"--author", "acme", "--depth", "metadata", "--update", before});
  EXPECT_THAT(asked(), testing::ElementsAre("/api/models"));
  EXPECT_EQ(r.out, batch({"--author", "acme", "--depth", "metadata"}).out);
  EXPECT_THAT(r.err, HasSubstr("update: 12 lines kept, 1 changed, 0 new, 0 no longer listed\n"));
}

TEST_F(UpdateTest, ALineThatCouldNotBeMadeIsMadeAgain) {
  hub.intercept = [](const HttpRequest& q) -> std::optional<HttpResponse> {
    if (q.path != "/acme/m104/resolve/" + commit('4') + "/README.md") return std::nullopt;
    return error_response(500, "later");
  };
  const std::string before = old({"--author", "acme", "--retries", "0"});
  hub.intercept = nullptr;
  const Ran r = batch({"--author", "acme", "--update", before});
  EXPECT_EQ(r.out, batch({"--author", "acme"}).out);
  EXPECT_THAT(r.err, HasSubstr("update: 12 lines kept, 1 changed"));
}

TEST_F(UpdateTest, WhatIsNoFileOfResultsIsRefused) {
  for (const std::string& text : {std::string("prose\n"), std::string("{\"a\":1}\n")}) {
    const Ran r = batch({"--author", "acme", "--update", dir.write("prose.jsonl", text)});
    EXPECT_EQ(r.exit, 2) << r.err;
    EXPECT_THAT(r.err, HasSubstr("not a file of results"));
  }
  EXPECT_EQ(batch({"--author", "acme", "--update", dir.file("none")}).exit, 2);
  // Lines of a version that did not say are judged anew.
  const std::string before = old({"--author", "acme"});
  std::string text = slurp(before);
  for (std::size_t at; (at = text.find(",\"basis\":{")) != std::string::npos;)
    text.erase(at, text.find("}\n", at) - at);
  const Ran r = batch({"--author", "acme", "--update", dir.write("silent.jsonl", text)});
  EXPECT_EQ(r.out, slurp(before));
  EXPECT_THAT(r.err, HasSubstr("13 changed")) << r.err;
}

}  // namespace
}  // namespace howopen::test
