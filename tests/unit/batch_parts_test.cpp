// Pure parts of the batch: slices of JSON, pages of listings, lines of input, pace, progress, hashes, counts.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fetch/hub.h"
#include "fetch/retry.h"
#include "fetch/silence.h"
#include "howopen/facts.h"
#include "howopen/tally.h"
#include "howopen/verdict.h"
#include "run/feed.h"
#include "run/progress.h"
#include "run/results.h"
#include "support/catalog.h"
#include "support/map_source.h"
#include "text/slices.h"

namespace howopen {
namespace {

using testing::ElementsAre;

TEST(Slices, ElementsStandAsTheyAre) {
  EXPECT_THAT(*text::slice_array(R"( [ {"a":"]\"}"} , [1,[2]],"x,y" ,3] )"),
              ElementsAre(R"({"a":"]\"}"})", "[1,[2]]", R"("x,y")", "3"));
  EXPECT_TRUE(text::slice_array("[]")->empty());
  for (const char* broken : {"", "{}", "[", "[1", "[1,", "[\"x", "[1 2]", "[{]", "[,]", "[1,,2]"})
    EXPECT_FALSE(text::slice_array(broken)) << broken;
  EXPECT_FALSE(text::slice_array(std::string(1000, '[')));
}

TEST(Slices, MembersAreFoundAtTheTopOnly) {
  EXPECT_EQ(text::slice_string(R"({"x":{"id":"no"},"y":[{"id":"no"}],"id":"a/b"})", "id"), "a/b");
  EXPECT_EQ(text::slice_string(R"({"id":7})", "id"), "");
  EXPECT_EQ(text::slice_string(R"({"id":"a\u002fb"})", "id"), "");
  EXPECT_EQ(text::slice_string(R"({"id":"a)", "id"), "");
}

TEST(Listing, OnePageAnswersManyQuestions) {
  Answer page;
  page.where = "https://hub/api/models";
  page.body = R"([{"id":"a/b","sha":"x"},{"nothing":1},{"id":"../etc"},{"modelId":"c"}])";
  const auto split = split_listing(page);
  ASSERT_TRUE(split);
  ASSERT_EQ(split->size(), 2u);
  EXPECT_EQ((*split)[0].first, (Want{Topic::model, "a/b", "", "", ""}));
  EXPECT_EQ((*split)[0].second.body, R"({"id":"a/b","sha":"x"})");
  EXPECT_EQ((*split)[0].second.where, "https://hub/api/models/a/b");
  EXPECT_EQ((*split)[1].first.id, "c");
}

std::string next_of(const std::string& link) {
  fetch::Response r;
  r.status = 200;
  r.headers["link"] = link;
  return fetch::hub_answer({Topic::listing, "", "", "limit=1", ""}, r, "[]", false).next;
}

TEST(Listing, OnlyTheQueryOfTheNextPageIsTaken) {
  EXPECT_EQ(next_of(R"(<https://huggingface.co/api/models?limit=1&cursor=abc%3D>; rel="next")"),
            "limit=1&cursor=abc%3D");
  EXPECT_EQ(next_of(R"(<https://evil.example/api/models?cursor=x>; rel="next")"), "cursor=x");
  EXPECT_EQ(next_of(R"(<https://h/api/models?a>; rel="prev", <https://h/api/models?b>; rel="next")"), "b");
  for (const char* none :
       {"", "<https://h/api/models?a>; rel=\"prev\"", "<https://h/api/models>; rel=\"next\"",
        "<https://h/other?x>; rel=\"next\"", "<https://h/api/models?a b>; rel=\"next\"", "<"})
    EXPECT_EQ(next_of(none), "") << none;
  EXPECT_EQ(next_of("<https://h/api/models?" + std::string(9000, 'x') + ">; rel=\"next\""), "");
}

TEST(Feed, LinesAndObjectsNameModels) {
  EXPECT_EQ(run::read_task("acme/m@v1", "").model.revision, "v1");
  const run::Task object = run::read_task(R"({"id":"acme/m","revision":"v1","file":"x.py"})", "");
  EXPECT_EQ(object.model.id, "acme/m");
  EXPECT_EQ(object.model.text, "acme/m@v1");
  EXPECT_EQ(run::read_task("{", "").problem, "not JSON");
  EXPECT_EQ(run::read_task("{}", "").problem, "the object has no id");
  EXPECT_NE(run::read_task(R"({"id":"../../etc/passwd"})", "").problem, "");
  EXPECT_EQ(run::read_task("./models/tune", "").model.id, "local/tune");
  EXPECT_EQ(run::read_record_task("[]").problem, "not a record of a model");
}

// A model that takes more of a processor than it may is given up with a line of its own; nothing of it
// counts.
TEST(CpuLimit, OneModelStopsNoOther) {
  Snapshot world;
  world[{Topic::model, "acme/m", "", "", ""}] = test::got(
      R"({"id":"acme/m","sha":"cccccccccccccccccccccccccccccccccccccccc","siblings":[{"rfilename":"README.md"}]})");
  const auto looked = [&](double (*clock)()) {
    test::MapSource source(world);
    files::ThreadPool pool(0);
    run::InFlightWindow window(source, test::the_catalog(), Depth::card, pool, {}, nullptr, {20, clock});
    window.start(0, {"acme/m", "acme/m", ""});
    auto done = window.next();
    EXPECT_TRUE(done);
    EXPECT_EQ(window.under_way(), 0u);
    return done ? std::move(done->facts) : Facts{};
  };
  const Facts quick = looked([] { return 1.0; });
  EXPECT_TRUE(quick.repository);
  const Facts slow = looked([] {
    static double t = 0;
    return t += 11;
  });
  EXPECT_TRUE(slow.repository.unknown());
  ASSERT_EQ(slow.lookup_errors.size(), 1u);
  EXPECT_EQ(slow.lookup_errors[0].trouble, Trouble::too_large);
  EXPECT_EQ(slow.id, "acme/m");
  const Verdict v = judge(slow, test::the_catalog());
  EXPECT_EQ(v.rung, Rung::undetermined);
  EXPECT_EQ(v.points_low, 0);
  EXPECT_EQ(v.points_high, 5) << "neither closed nor open";
}

TEST(Pace, NeverMoreThanSoManyASecond) {
  fetch::Pace pace(4);
  const fetch::Pace::Time start{};
  auto now = start;
  for (int i = 0; i < 9; ++i) {
    now = std::max(now, pace.due());
    pace.sent(now);
  }
  EXPECT_EQ(now - start, std::chrono::seconds(2));
  now += std::chrono::seconds(100);  // unused time is not made up for
  pace.sent(now);
  EXPECT_EQ(pace.due() - now, std::chrono::milliseconds(250));
  fetch::Pace none(0);
  none.sent(now);
  EXPECT_LE(none.due(), now);
}

TEST(Progress, SaysRateAndWhatIsLeft) {
  run::ProgressState p;
  p.models = 200;
  p.total = 1000;
  p.undetermined = 3;
  p.last = "acme/foo";
  p.quota_left = 480;
  EXPECT_EQ(run::progress_line(p, 4),
            "[200/1000  20 %] 50/s  3 undetermined  acme/foo  480 requests left  eta 16s");
  EXPECT_EQ(run::progress_line({}, 0), "[0] 0.0/s");
}

TEST(Progress, OnlyWhatIsDoneIsAHundredPercent) {
  run::ProgressState p;
  p.models = 9999;
  p.total = 10'000;
  EXPECT_EQ(run::progress_line(p, 10), "[9999/10000  99 %] 1000/s  eta 0s");
  p.models = 10'000;
  EXPECT_EQ(run::progress_line(p, 10), "[10000/10000 100 %] 1000/s");
  // Nothing is done yet, and a list may have grown since it was opened.
  p = {};
  p.total = 40;
  EXPECT_EQ(run::progress_line(p, 1), "[0/40   0 %] 0.0/s");
  p = {};
  p.models = 50;
  p.read = p.bytes = 5'000'000;
  EXPECT_EQ(run::progress_line(p, 10).substr(0, 32), "[50, 5.0 MB of 5.0 MB  99 %] 5.0");
}

TEST(Progress, WhatWasDoneBeforeTakesNoTime) {
  run::ProgressState p;
  p.skipped = 900;
  p.models = 10;
  p.total = 1000;
  EXPECT_EQ(run::progress_line(p, 10), "[910/1000  91 %] 1.0/s  eta 1m30s");
  // Bytes stand in where nobody has counted the models.
  p = {};
  p.models = 100;
  p.read = 500;
  p.bytes = 5000;
  EXPECT_EQ(run::progress_line(p, 10), "[100, 500 B of 5 kB  10 %] 10/s  eta 1m30s");
}

TEST(Silence, IsToldOnceAndOnlyWhereItLasts) {
  const fetch::Silence::Time start{};
  const auto at = [&](int ms) { return start + std::chrono::milliseconds(ms); };
  fetch::Silence silence(std::chrono::milliseconds(2000));
  silence.broken(at(100));
  EXPECT_FALSE(silence.news(at(2099)));
  EXPECT_EQ(silence.due(), at(2100));
  EXPECT_TRUE(silence.news(at(2100)));
  EXPECT_FALSE(silence.news(at(9000)));
  silence.broken(at(9500));
  EXPECT_FALSE(silence.news(at(10'000)));
  EXPECT_TRUE(silence.news(at(20'000)));
}

TEST(Shards, TheHashIsTheSameForEver) {
  EXPECT_EQ(run::stable_hash(""), 14695981039346656037ULL);
  EXPECT_EQ(run::stable_hash("a"), 0xaf63dc4c8601ec8cULL);
}

TEST(Tally, StrangeLinesAreNotCounted) {
  Tally tally;
  for (const char* line : {"", "{", "[]", "{}", R"({"verdict":"great"})", R"({"verdict":["open-weights"]}x)"})
    EXPECT_FALSE(tally.add_line(line)) << line;
  EXPECT_EQ(tally.models(), 0);
  EXPECT_TRUE(tally.add_line(R"({"ref":"a/b","verdict":"open-weights"})"));
  EXPECT_EQ(tally.in_words(), "1 model: 1 open-weights");
}

}  // namespace
}  // namespace howopen
