// The batch: a line in, a line out, whatever happens in between.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>

#include <algorithm>
#include <condition_variable>
#include <sstream>

#include "support/fake_hub.h"
#include "support/run.h"
#include "text/json.h"

namespace howopen::test {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

std::vector<std::string> models(FakeHub& hub, int n) {
  std::vector<std::string> ids;
  for (int i = 0; i < n; ++i) {
    ids.push_back("acme/m" + std::to_string(1000 + i));
    FakeRepository& r = hub[ids.back()];
    r.extra = R"("config":{"model_type":"llama"},"cardData":{"license":"mit"},)";
    r.files = {{"README.md", "# " + std::to_string(i)}, {"model.safetensors", "xxxx"}};
  }
  return ids;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& l : lines) out += l + "\n";
  return out;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

std::vector<std::string> values(const std::string& text, const std::string& key) {
  std::vector<std::string> out;
  for (const std::string& line : lines_of(text)) {
    const auto json = text::parse_json(line);
    out.push_back(json ? std::string((*json)[key].string_or("?")) : "no JSON: " + line);
  }
  return out;
}

/// Lines without what judged them.
std::string unbased(std::string text) {
  for (std::size_t at; (at = text.find(",\"basis\":{")) != std::string::npos;)
    text.erase(at, text.find("}\n", at) - at);
  return text;
}

class Batch : public testing::Test {
 protected:
  Ran batch(std::vector<std::string> options, const std::map<std::string, std::string>& more = {}) {
    options.insert(options.begin(), "batch");
    return run(options, hub.environment(more));
  }
  std::string list(const std::vector<std::string>& lines) { return dir.write("ids.txt", joined(lines)); }
  /// Run by a shell, with the program as $0 and the words as $1 …
  Ran shell(const std::string& script, std::vector<std::string> words) {
    words.insert(words.begin(), {"-c", script, HOWOPEN_BINARY});
    return run(words, hub.environment(), "/bin/sh");
  }

  FakeHub hub;
  TempDir dir;
};

TEST_F(Batch, OneLineInOneLineOutInOrder) {
  const auto ids = models(hub, 3);
  const std::string file =
      list({ids[2], "", "# a remark", "no model at all", R"({"id":")" + ids[0] + "\"}", "acme/missing",
            R"({"revision":"main"})", "gpt-4", ids[2], R"({"id":")" + ids[1] + R"(","revision":"main"})"});
  const Ran r = batch({file});
  EXPECT_EQ(r.exit, 3);
  EXPECT_THAT(values(r.out, "ref"), ElementsAre(ids[2], "no model at all", ids[0], "acme/missing",
                                                R"({"revision":"main"})", "gpt-4", ids[2], ids[1] + "@main"));
  EXPECT_THAT(
      values(r.out, "verdict"),
      ElementsAre(values(r.out, "verdict")[0], "undetermined", values(r.out, "verdict")[0], "undetermined",
                  "undetermined", "api-only", values(r.out, "verdict")[0], values(r.out, "verdict")[0]));
  EXPECT_THAT(lines_of(r.out)[1], HasSubstr(R"("kind":"parse","message":"not the name of a model)"));
  EXPECT_THAT(lines_of(r.out)[4], HasSubstr("the object has no id"));
  EXPECT_THAT(r.err, HasSubstr("batch: 8 models: "));
  EXPECT_THAT(r.err, HasSubstr("exit 3"));
}

TEST_F(Batch, ALineIsAModelOfTheReport) {
  const auto ids = models(hub, 1);
  const Ran line = batch({list(ids)});
  const Ran report = run({"audit", ids[0], "--json"}, hub.environment());
  const auto one = text::parse_json(unbased(line.out));
  const auto all = text::parse_json(report.out);
  ASSERT_TRUE(one && all);
  text::Json expected;
  expected.set("schema_version", text::Json("1.0.0"));
  for (const auto& [key, value] : (*all)["models"].items()[0].members()) expected.set(key, value);
  EXPECT_EQ(text::write_json(*one, true), text::write_json(expected, true));
  EXPECT_EQ(line.exit, 0);
}

TEST_F(Batch, TheCacheDoesNotShow) {
  const auto ids = models(hub, 5);
  const std::string cache = dir.file("cache");
  const Ran cold = batch({list(ids)}, {{"HOWOPEN_CACHE", cache}});
  const std::size_t asked = hub.log().size();
  const Ran warm = batch({list(ids)}, {{"HOWOPEN_CACHE", cache}});
  EXPECT_EQ(cold.out, warm.out);
  EXPECT_THAT(values(warm.out, "source"), ElementsAre("hub", "hub", "hub", "hub", "hub"));
  EXPECT_LT(hub.log().size() - asked, asked);
}

TEST_F(Batch, ASlowModelHoldsNobodyUp) {
  const auto ids = models(hub, 60);
  std::mutex mutex;
  std::condition_variable changed;
  std::set<std::string> seen;
  hub.intercept = [&](const HttpRequest& q) -> std::optional<HttpResponse> {
    std::unique_lock lock(mutex);
    seen.insert(q.path);
    changed.notify_all();
    // The first record is answered when the last one was asked for: with a barrier that would be never.
    if (q.path == "/api/models/" + ids.front())
      changed.wait_for(lock, std::chrono::seconds(20),
                       [&] { return seen.contains("/api/models/" + ids.back()); });
    return std::nullopt;
  };
  const Ran r = batch({list(ids), "-j", "4", "--timeout", "60s"});
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_THAT(values(r.out, "ref"), ElementsAreArray(ids));
  EXPECT_TRUE(seen.contains("/api/models/" + ids.back()));
}

TEST_F(Batch, UnorderedLinesAreTheSameLines) {
  const auto ids = models(hub, 40);
  auto ordered = lines_of(batch({list(ids)}).out);
  auto unordered = lines_of(batch({list(ids), "--unordered"}).out);
  std::sort(ordered.begin(), ordered.end());
  std::sort(unordered.begin(), unordered.end());
  EXPECT_EQ(ordered, unordered);
}

TEST_F(Batch, ThreadsDoNotShow) {
  auto ids = models(hub, 120);
  ids.push_back("acme/gone");
  ids.push_back("prose, no model");
  const Ran none = batch({list(ids), "--threads", "0", "--no-cache"});
  for (const char* n : {"1", "5"}) {
    const Ran some = batch({list(ids), "--threads", n, "--no-cache"});
    EXPECT_EQ(some.out, none.out);
    EXPECT_EQ(some.exit, none.exit);
    EXPECT_EQ(some.err, none.err);
  }
}

TEST_F(Batch, AnswersBeforeTheInputEnds) {
  const auto ids = models(hub, 2);
  // The second id is written when the first line has come: a co-process.
  const Ran r = shell(
      "mkfifo \"$1.in\" \"$1.out\"; \"$0\" batch - < \"$1.in\" > \"$1.out\" & exec 3> \"$1.in\" 4< "
      "\"$1.out\"; "
      "echo \"$2\" >&3; read -r a <&4; echo \"$3\" >&3; read -r b <&4; exec 3>&-; wait; echo \"$a\"; echo "
      "\"$b\"",
      {dir.file("pipe"), ids[0], ids[1]});
  EXPECT_THAT(values(r.out, "ref"), ElementsAreArray(ids));
}

TEST_F(Batch, ResumesBehindATornLine) {
  const auto ids = models(hub, 8);
  const std::string file = list(ids);
  const std::string out = dir.file("r.jsonl");
  ASSERT_EQ(batch({file, "--output", out}).exit, 0);
  const std::string whole = slurp(out);
  // Killed anywhere: at a line's end, in a line, before anything.
  for (const std::size_t at : {std::size_t{0}, std::size_t{1}, whole.find('\n'), whole.find('\n') + 1,
                               whole.size() / 2, whole.size() - 1, whole.size()}) {
    dir.write("r.jsonl", whole.substr(0, at));
    const Ran again = batch({file, "--output", out, "--resume"});
    EXPECT_EQ(again.exit, 0) << again.err;
    EXPECT_EQ(slurp(out), whole) << at;
    EXPECT_THAT(again.err, HasSubstr("batch: 8 models"));
  }
}

TEST_F(Batch, DoesNotWriteIntoWhatIsThere) {
  const auto ids = models(hub, 2);
  const std::string out = dir.write("r.jsonl", "precious\n");
  const Ran r = batch({list(ids), "--output", out});
  EXPECT_EQ(r.exit, 2);
  EXPECT_THAT(r.err, HasSubstr("there are results in this file already"));
  EXPECT_THAT(r.err, HasSubstr("--resume"));
  EXPECT_EQ(slurp(out), "precious\n");
  EXPECT_EQ(batch({list(ids), "--output", out, "--resume"}).exit, 2);
  EXPECT_EQ(slurp(out), "precious\n");
}

TEST_F(Batch, ResumeNamesTheLineThatDoesNotFit) {
  const auto ids = models(hub, 4);
  const std::string out = dir.file("r.jsonl");
  ASSERT_EQ(batch({list(ids), "--output", out}).exit, 0);
  const std::string whole = slurp(out);
  const Ran other = batch({list({ids[0], ids[2], ids[1], ids[3]}), "--output", out, "--resume"});
  EXPECT_EQ(other.exit, 2);
  EXPECT_THAT(other.err, HasSubstr("line 2 is of " + ids[1] + ", and line 2 of the input is " + ids[2]));
  const Ran fewer = batch({list({ids[0]}), "--output", out, "--resume"});
  EXPECT_EQ(fewer.exit, 2);
  EXPECT_THAT(fewer.err, HasSubstr("line 2 and what follows it is of no line of the input"));
  EXPECT_EQ(slurp(out), whole);
  EXPECT_EQ(batch({list({ids[3], ids[2], ids[1], ids[0]}), "--output", out, "--resume", "--unordered"}).exit,
            0);
  EXPECT_EQ(slurp(out), whole);
}

TEST_F(Batch, DuplicatesAreKeptWhenResumed) {
  const auto ids = models(hub, 2);
  const std::string file = list({ids[0], ids[0], ids[1], ids[0]});
  const std::string out = dir.file("r.jsonl");
  ASSERT_EQ(batch({file, "--output", out}).exit, 0);
  const std::string whole = slurp(out);
  EXPECT_THAT(values(whole, "ref"), ElementsAre(ids[0], ids[0], ids[1], ids[0]));
  const auto lines = lines_of(whole);
  for (const std::string mode : {"--no-progress", "--unordered"}) {
    dir.write("r.jsonl", lines[0] + "\n" + lines[1] + "\n");
    ASSERT_EQ(batch({file, "--output", out, "--resume", mode}).exit, 0);
    auto refs = values(slurp(out), "ref");
    std::sort(refs.begin(), refs.end());
    EXPECT_THAT(refs, ElementsAre(ids[0], ids[0], ids[0], ids[1]));
  }
}

TEST_F(Batch, ExitOfAResumedBatchIsThatOfTheWhole) {
  const auto ids = models(hub, 1);
  const std::string file = list({"acme/missing", ids[0]});
  const std::string out = dir.file("r.jsonl");
  ASSERT_EQ(batch({file, "--output", out}).exit, 3);
  EXPECT_EQ(batch({file, "--output", out, "--resume"}).exit, 3)
      << "nothing was left to do, and it is still undecided";
}

TEST_F(Batch, ShardsMakeTheWhole) {
  const auto ids = models(hub, 50);
  const std::string file = list(ids);
  auto whole = lines_of(batch({file}).out);
  std::vector<std::string> parts;
  for (const std::string part : {"0/3", "1/3", "2/3"}) {
    const auto lines = lines_of(batch({file, "--shard", part}).out);
    EXPECT_GT(lines.size(), 5u);
    parts.insert(parts.end(), lines.begin(), lines.end());
  }
  std::sort(whole.begin(), whole.end());
  std::sort(parts.begin(), parts.end());
  EXPECT_EQ(parts, whole);
  EXPECT_EQ(batch({file, "--shard", "3/3"}).exit, 2);
  EXPECT_EQ(batch({file, "--shard", "1"}).exit, 2);
}

TEST_F(Batch, ASignalEndsItBehindAWholeLine) {
  const auto ids = models(hub, 200);
  const std::string file = list(ids);
  for (const auto& [name, number] : std::map<std::string, int>{{"TERM", SIGTERM}, {"INT", SIGINT}}) {
    std::atomic<int> asked{0};
    hub.intercept = [&](const HttpRequest&) -> std::optional<HttpResponse> {
      if (++asked == 90) kill(static_cast<pid_t>(std::stol(slurp(dir.file("pid")))), number);
      return std::nullopt;
    };
    const std::string out = dir.file(name);
    const Ran r = shell("echo $$ > \"$1\"; exec \"$0\" batch \"$2\" --output \"$3\" -j 4",
                        {dir.file("pid"), file, out});
    EXPECT_EQ(r.exit, 128 + number) << r.err;
    const std::string part = slurp(out);
    EXPECT_THAT(part, testing::EndsWith("\n"));
    EXPECT_GT(lines_of(part).size(), 10u);
    EXPECT_LT(lines_of(part).size(), 100u);
    hub.intercept = nullptr;
    EXPECT_EQ(batch({file, "--output", out, "--resume"}).exit, 0);
    EXPECT_THAT(values(slurp(out), "ref"), ElementsAreArray(ids));
  }
}

TEST_F(Batch, AFullDiskIsSaid) {
  const auto ids = models(hub, 1);
  const Ran r = shell("\"$0\" batch \"$1\" > /dev/full", {list(ids)});
  EXPECT_EQ(r.exit, 2);
  EXPECT_THAT(r.err, HasSubstr("error: the output cannot be written: No space left on device"));
  // A file that may not grow: its whole lines stay.
  const auto many = models(hub, 100);
  const std::string out = dir.file("r.jsonl");
  const Ran full = shell("trap '' XFSZ; ulimit -f 40; exec \"$0\" batch \"$1\" --output \"$2\" --no-cache",
                         {list(many), out});
  EXPECT_EQ(full.exit, 2) << full.err;
  EXPECT_THAT(full.err, HasSubstr("File too large"));
  EXPECT_THAT(slurp(out), testing::EndsWith("}\n"));
  ASSERT_EQ(batch({list(many), "--output", out, "--resume"}).exit, 0);
  EXPECT_THAT(values(slurp(out), "ref"), ElementsAreArray(many));
}

TEST_F(Batch, ABrokenPipeEndsItQuietly) {
  const auto ids = models(hub, 300);
  const Ran r = shell("\"$0\" batch \"$1\" | head -n 1", {list(ids)});
  EXPECT_THAT(values(r.out, "ref"), ElementsAre(ids[0]));
  EXPECT_EQ(r.err, "");
}

TEST_F(Batch, TwoDoNotWriteToOneFile) {
  const auto ids = models(hub, 2);
  const std::string file = list(ids);
  const Ran r = shell("exec 9>> \"$2\"; flock -n 9 || exit 99; \"$0\" batch \"$1\" --output \"$2\"",
                      {file, dir.file("r.jsonl")});
  EXPECT_EQ(r.exit, 2);
  EXPECT_THAT(r.err, HasSubstr("another batch writes to this file"));
}

TEST_F(Batch, AnAuthorsModelsCostAPage) {
  const auto ids = models(hub, 250);
  hub["other/x"].files = {{"README.md", "x"}};
  hub.page_size = 100;
  const Ran r = batch({"--author", "acme", "--depth", "metadata"});
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_THAT(values(r.out, "ref"), ElementsAreArray(ids));
  EXPECT_EQ(hub.log().size(), 3u);
  EXPECT_THAT(hub.log()[0].query, HasSubstr("author=acme&sort=createdAt&limit=1000&expand=author&"));
  // The records of the pages say what the models' own would.
  const Ran one = batch({list({ids[7]}), "--depth", "metadata"});
  EXPECT_EQ(lines_of(r.out)[7] + "\n", one.out);
}

TEST_F(Batch, AListingMayGoDeeper) {
  const auto ids = models(hub, 25);
  hub.page_size = 10;
  const Ran r = batch({"--filter", "\"license\"", "-j", "3"});
  EXPECT_THAT(values(r.out, "ref"), IsEmpty());  // encoded; the fake Hub compares as sent
  const Ran all = batch({"--search", "acme", "-j", "3"});
  EXPECT_THAT(values(all.out, "ref"), ElementsAreArray(ids));
  EXPECT_EQ(batch({list(ids)}).out, all.out);
}

TEST_F(Batch, ModelsOfACollectionInItsOrder) {
  const auto ids = models(hub, 3);
  hub.collections["acme/best-0123456789abcdef01234567"] =
      R"({"slug":"x","items":[{"type":"model","id":")" + ids[2] +
      R"("},{"type":"dataset","id":"acme/data"},)" + R"({"type":"model","id":")" + ids[0] +
      R"("},{"type":"model","id":"../up"},{"type":"paper","id":"2401.1"}]})";
  for (const char* slug : {"acme/best-0123456789abcdef01234567",
                           "https://huggingface.co/collections/acme/best-0123456789abcdef01234567"}) {
    const Ran r = batch({"--collection", slug});
    EXPECT_EQ(r.exit, 0) << r.err;
    EXPECT_THAT(values(r.out, "ref"), ElementsAre(ids[2], ids[0]));
  }
  const Ran none = batch({"--collection", "acme/none-0123456789abcdef01234567"});
  EXPECT_EQ(none.exit, 3);
  EXPECT_THAT(none.err, HasSubstr("error: the collection could not be had: Collection not found"));
  EXPECT_EQ(batch({"--collection", "best"}).exit, 2);
}

TEST_F(Batch, LinesOfOneAuthorShareAPage) {
  auto ids = models(hub, 250);
  hub["other/x"].files = {{"README.md", "x"}, {"model.safetensors", "w"}};
  hub["other/x"].extra = hub[ids[0]].extra;
  std::vector<std::string> lines(ids.rbegin(), ids.rend());  // in another order than the pages
  lines.insert(lines.begin() + 3, {"other/x", "acme/gone", "prose, no model", ids[9] + "@main"});
  const Ran one = batch({list(lines), "--depth", "metadata"});
  const std::size_t before = hub.log().size();
  hub.page_size = 100;
  const Ran r = batch({list(lines), "--depth", "metadata", "--by-author", "--no-cache"});
  EXPECT_EQ(r.exit, one.exit) << r.err;
  EXPECT_EQ(r.out, one.out);
  // Three pages; other/x, what is gone, and a revision by their own names.
  EXPECT_EQ(hub.log().size() - before, 6u);
  EXPECT_EQ(batch({list(lines), "--by-author"}).exit, 2);
}

// Pages that lead to each other, or on for ever, cost no more than the models by themselves.
TEST_F(Batch, PagesThatLieAreLeft) {
  const auto ids = models(hub, 3);
  int page = 0;
  hub.intercept = [&](const HttpRequest& q) -> std::optional<HttpResponse> {
    if (q.path != "/api/models") return std::nullopt;
    HttpResponse out = json_response("[]");
    out.headers.emplace_back("Link", "<https://huggingface.co/api/models?author=acme&cursor=" +
                                         std::to_string(++page) + ">; rel=\"next\"");
    return out;
  };
  const Ran r = batch({list(ids), "--depth", "metadata", "--by-author"});
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_THAT(values(r.out, "ref"), ElementsAreArray(ids));
  EXPECT_EQ(page, 1);
}

TEST_F(Batch, WhatIsThereNeedsNoPageWhenResumed) {
  const auto ids = models(hub, 20);
  const std::string out = dir.file("r.jsonl");
  const std::vector<std::string> words = {list(ids),    "--depth",  "metadata", "--by-author",
                                          "--no-cache", "--output", out};
  EXPECT_EQ(batch(words).exit, 0);
  const std::size_t before = hub.log().size();
  auto again = words;
  again.emplace_back("--resume");
  EXPECT_EQ(batch(again).exit, 0);
  EXPECT_EQ(hub.log().size(), before);
}

TEST_F(Batch, AnAuthorWhosePageFailsIsAskedModelByModel) {
  const auto ids = models(hub, 20);
  hub.intercept = [&](const HttpRequest& q) -> std::optional<HttpResponse> {
    if (q.path != "/api/models") return std::nullopt;
    return error_response(400, "no such author");
  };
  const Ran r = batch({list(ids), "--depth", "metadata", "--by-author", "--shard", "0/2"});
  const Ran other = batch({list(ids), "--depth", "metadata", "--by-author", "--shard", "1/2"});
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_EQ(values(r.out, "ref").size() + values(other.out, "ref").size(), 20u);
}

TEST_F(Batch, AListingThatBreaksOffIsSaid) {
  models(hub, 25);
  hub.page_size = 10;
  hub.intercept = [&](const HttpRequest& q) -> std::optional<HttpResponse> {
    if (q.query.find("cursor=10") == std::string::npos) return std::nullopt;
    return error_response(400, "no such cursor");
  };
  const Ran r = batch({"--author", "acme", "--depth", "metadata"});
  EXPECT_EQ(r.exit, 3);
  EXPECT_EQ(lines_of(r.out).size(), 10u);
  EXPECT_THAT(r.err, HasSubstr("error: the listing could not be had"));
}

TEST_F(Batch, QuotaOfTheRunIsNeverExceeded) {
  const auto ids = models(hub, 40);
  const std::string file = list(ids);
  const std::string out = dir.file("r.jsonl");
  const Ran first = batch({file, "--output", out, "--quota", "50"});
  EXPECT_EQ(first.exit, 3);
  EXPECT_LE(hub.log().size(), 50u);
  EXPECT_THAT(first.err, HasSubstr("the 50 requests of this run are used up"));
  EXPECT_THAT(first.err, HasSubstr("--resume goes on"));
  const std::size_t before = hub.log().size();
  EXPECT_EQ(batch({file, "--output", out, "--resume", "--quota", "1000"}).exit, 0);
  EXPECT_GT(hub.log().size(), before);
  EXPECT_THAT(values(slurp(out), "ref"), ElementsAreArray(ids));
}

TEST_F(Batch, RecordsAreJudgedWithoutANetwork) {
  const std::string file = dir.write(
      "records.jsonl",
      R"({"_id":"1","id":"acme/a","sha":"dddddddddddddddddddddddddddddddddddddddd","gated":false,"tags":["license:mit"],"cardData":{"license":"mit"},"siblings":[{"rfilename":"model.safetensors"}],"config":{"model_type":"llama"}})"
      "\n"
      R"({"modelId":"acme/b","tags":[],"pipeline_tag":null,"siblings":[{"rfilename":".gitattributes"}],"config":null,"private":false})"
      "\nnothing\n"
      // As a table of strings: objects are JSON in a string, `gated` is a word.
      R"({"_id":"1","id":"acme/a","sha":"dddddddddddddddddddddddddddddddddddddddd","gated":"False","tags":["license:mit"],"cardData":"{\"license\":\"mit\"}","siblings":[{"rfilename":"model.safetensors"}],"config":"{\"model_type\":\"llama\"}"})"
      "\n");
  const Ran r = batch({"--from-records", file});
  EXPECT_THAT(values(r.out, "ref"), ElementsAre("acme/a", "acme/b", "nothing", "acme/a"));
  EXPECT_THAT(values(r.out, "source"), ElementsAre("replay", "replay", "hub", "replay"));
  EXPECT_EQ(r.exit, 3);
  EXPECT_THAT(hub.log(), IsEmpty());
  auto lines = lines_of(r.out);
  EXPECT_THAT(lines[0], HasSubstr(R"("declared":"mit")"));
  EXPECT_EQ(lines[3], lines[0]);
}

TEST_F(Batch, SnapshotsAreJudgedWithoutANetwork) {
  const auto ids = models(hub, 3);
  const Ran live = batch({list(ids)});
  std::filesystem::create_directory(dir.file("s"));
  ASSERT_EQ(run({"fetch", ids[0], ids[1], "--output", dir.file("s/1.json")}, hub.environment()).exit, 0);
  ASSERT_EQ(run({"fetch", ids[2], "--output", dir.file("s/2.json")}, hub.environment()).exit, 0);
  const std::size_t asked = hub.log().size();
  const Ran r = batch({"--replay", dir.file("s")});
  EXPECT_EQ(hub.log().size(), asked);
  std::string expected = unbased(live.out);
  for (auto at = expected.find("\"source\":\"hub\""); at != std::string::npos;
       at = expected.find("\"source\":\"hub\""))
    expected.replace(at, 14, "\"source\":\"replay\"");
  EXPECT_EQ(r.out, expected);
}

TEST_F(Batch, OfflineAnswersAsAuditDoes) {
  const Ran r = batch({list({"gpt-4", "deepseek-ai/DeepSeek-R1", "acme/unknown"}), "--offline"});
  EXPECT_THAT(values(r.out, "source"), ElementsAre("catalog", "built-in", "hub"));
  EXPECT_EQ(r.exit, 3);
}

TEST_F(Batch, SummaryCountsWhatTheBatchWrote) {
  const auto ids = models(hub, 5);
  const std::string file = list({ids[0], ids[1], "acme/missing", ids[2], "not a model"});
  const std::string out = dir.file("r.jsonl");
  const Ran done = batch({file, "--output", out});
  const Ran text = run({"summary", out}, {});
  EXPECT_EQ(text.exit, 0) << text.err;
  EXPECT_THAT(text.out, HasSubstr("5 models"));
  EXPECT_THAT(text.out, HasSubstr("first acme/missing: "));
  const Ran words = run({"summary", "-q", out}, {});
  EXPECT_THAT(done.err, HasSubstr(words.out.substr(0, words.out.size() - 1)));
  const auto json = text::parse_json(run({"summary", "--json", out}, {}).out);
  ASSERT_TRUE(json);
  EXPECT_EQ((*json)["models"].integer_or(0), 5);
  EXPECT_EQ((*json)["by_verdict"]["undetermined"].integer_or(0), 2);
  EXPECT_EQ((*json)["errors"]["parse"]["count"].integer_or(0), 1);
  EXPECT_THAT(run({"summary", "-o", "csv", out}, {}).out, StartsWith("ref,id,revision,"));
  EXPECT_THAT(run({"summary", "-o", "markdown", out}, {}).out,
              HasSubstr("| verdict | undetermined | 2 | 40.0 % |"));
  EXPECT_EQ(run({"summary", file}, {}).exit, 2);
}

TEST_F(Batch, MemoryDoesNotGrowWithTheInput) {
  if (sanitized()) GTEST_SKIP() << "the sanitizer's own memory would be measured";
  const auto records = [&](int n) {
    std::string out;
    for (int i = 0; i < n; ++i) {
      out += R"({"id":"acme/m)" + std::to_string(i) +
             R"(","sha":"dddddddddddddddddddddddddddddddddddddddd","gated":false,"tags":["license:mit"],)"
             R"("cardData":{"license":"mit"},"siblings":[{"rfilename":"model.safetensors"}],"spaces":")" +
             std::string(2000, 'x') + "\"}\n";
    }
    return dir.write("records.jsonl", out);
  };
  // The lines go to a file: the test's own pipe is no place for them.
  const auto peak = [&](int n) {
    const Ran r = batch({"--from-records", records(n), "--output", dir.file(std::to_string(n))});
    EXPECT_EQ(lines_of(slurp(dir.file(std::to_string(n)))).size(), static_cast<std::size_t>(n));
    return static_cast<double>(r.peak_kb);
  };
  // What is kept of each would be 20 MB or more; threads and their arenas differ by some.
  const double few = peak(1000);
  EXPECT_LT(peak(10'000), few + 12'000);
}

TEST_F(Batch, EndsThroughStormsResetsAndAnOutage) {
  const auto ids = models(hub, 60);
  const std::string expected = batch({list(ids)}).out;
  std::atomic<int> asked{0};
  hub.intercept = [&](const HttpRequest&) -> std::optional<HttpResponse> {
    const int n = ++asked;
    if (n > 20 && n <= 50) {  // away: whoever asks is cut off
      HttpResponse gone;
      gone.raw = [](int) {};
      return gone;
    }
    if (n > 60 && n <= 75) {  // a storm
      HttpResponse wait = json_response("{}", 429);
      wait.headers.emplace_back("Retry-After", "0");
      return wait;
    }
    if (n % 20 == 0) {
      HttpResponse reset;
      reset.raw = [](int) {};
      return reset;
    }
    return std::nullopt;
  };
  const Ran r = batch({list(ids), "--retries", "8"});
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_EQ(r.out, expected);
}

// A connection that was kept and is gone: the question goes out again, and every time counts.
TEST_F(Batch, WhatIsSentAgainIsCounted) {
  const auto ids = models(hub, 30);
  const std::string expected = batch({list(ids)}).out;
  std::atomic<int> cards{0};
  hub.intercept = [&](const HttpRequest& q) -> std::optional<HttpResponse> {
    if (!q.path.ends_with("/README.md") || ++cards % 2 == 0) return std::nullopt;
    HttpResponse gone;
    gone.raw = [](int) {};
    return gone;
  };
  const std::size_t before = hub.log().size();
  const Ran r = batch({list(ids), "--no-cache", "-j", "1"});
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_EQ(r.out, expected);
  EXPECT_THAT(r.err, HasSubstr(std::to_string(hub.log().size() - before) + " requests"));
  EXPECT_GT(cards, 30);
}

// The Hub answers, and the host it sends us to is not there: that is no outage of the Hub, and ends.
TEST_F(Batch, AHostOfFilesThatIsAwayIsGivenUp) {
  const auto ids = models(hub, 3);
  std::atomic<int> sent{0};
  hub.intercept = [&](const HttpRequest& q) -> std::optional<HttpResponse> {
    if (!q.path.ends_with("/README.md")) return std::nullopt;
    ++sent;
    HttpResponse away = json_response("", 302);
    away.headers.emplace_back("Location", "http://127.0.0.1:9/cdn");
    return away;
  };
  const Ran r = batch({list(ids), "--retries", "1"});
  EXPECT_THAT(values(r.out, "ref"), ElementsAreArray(ids));
  EXPECT_EQ(sent, 6);
}

// One address that hangs is no outage: it is given up after its attempts, and nobody waits for it.
TEST_F(Batch, AnAddressThatHangsIsGivenUp) {
  const auto ids = models(hub, 20);
  std::atomic<int> hung{0};
  hub.intercept = [&](const HttpRequest& q) -> std::optional<HttpResponse> {
    if (!q.path.ends_with(ids[10])) return std::nullopt;
    ++hung;
    HttpResponse nothing;
    nothing.raw = [](int socket) {
      char byte = 0;
      while (recv(socket, &byte, 1, 0) > 0) {
      }
    };
    return nothing;
  };
  const Ran r = batch({list(ids), "--timeout", "300ms", "--retries", "1"});
  EXPECT_EQ(r.exit, 3);
  EXPECT_EQ(hung, 2);
  EXPECT_THAT(values(r.out, "ref"), ElementsAreArray(ids));
  EXPECT_EQ(std::count(r.out.begin(), r.out.end(), '\n'), 20);
  EXPECT_THAT(r.err, HasSubstr("1 undetermined"));
}

TEST_F(Batch, AQuotaThatIsUsedUpIsALineAndHasNoClock) {
  const auto ids = models(hub, 60);
  hub.quotas["api"] = {40, 500, 250, 0};
  const Ran r = batch({list(ids), "--max-wait", "0s"});
  EXPECT_EQ(r.exit, 3);
  EXPECT_EQ(hub.quotas["api"].refused, 0) << "a request was sent that could only be refused";
  EXPECT_EQ(lines_of(r.out).size(), 60u);
  EXPECT_THAT(r.out, HasSubstr(R"("message":"the Hub's quota is used up; with HF_TOKEN it is larger")"));
}

TEST_F(Batch, QuantizedVersionsAreListedAtFullDepth) {
  const auto ids = models(hub, 1);
  hub["quant/m-GGUF"].extra =
      "\"cardData\":{\"base_model\":\"" + ids[0] + "\"},\"x\":\"base_model:quantized:" + ids[0] + "\",";
  const auto json = text::parse_json(batch({list(ids), "--depth", "full"}).out);
  ASSERT_TRUE(json);
  EXPECT_EQ((*json)["practical"]["quantized"].items().size(), 1u);
  EXPECT_EQ((*json)["practical"]["quantized_count"].integer_or(-1), 1);
  EXPECT_TRUE((*text::parse_json(batch({list(ids)}).out))["practical"]["quantized_count"].is_null());
}

TEST_F(Batch, SaysWhatIsWrongWithItsOptions) {
  EXPECT_THAT(batch({"--resume", "-"}).err, HasSubstr("--resume needs a file"));
  EXPECT_THAT(batch({"x", "--author", "y"}).err, HasSubstr("more than one input"));
  EXPECT_THAT(batch({"/nowhere"}).err, HasSubstr("no such file: /nowhere"));
  EXPECT_THAT(batch({"--max-rps", "0", "-"}).err, HasSubstr("not a rate"));
  EXPECT_THAT(batch({"--quota", "many", "-"}).err, HasSubstr("not a number of requests"));
  EXPECT_THAT(batch({"--author", "x", "--offline"}).err, HasSubstr("a listing needs the network"));
}

}  // namespace
}  // namespace howopen::test
