// What is asked together with the record, before it is known to be needed.

#include "fetch/ahead.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>

#include "support/fake_hub.h"
#include "support/map_source.h"
#include "support/run.h"
#include "support/temp_dir.h"

namespace howopen::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const std::string kOld(40, 'a');
const std::string kNew(40, 'b');
const Want kRecord{Topic::model, "acme/m", "", "", ""};
const Want kCard{Topic::file, "acme/m", "", "README.md", ""};
const Want kLicense{Topic::file, "acme/m", "", "LICENSE", ""};

Want at(Want file, const std::string& commit) {
  file.revision = commit;
  return file;
}

Answer from(const std::string& commit, const std::string& body = "text") {
  Answer a = got(body);
  a.commit = commit;
  return a;
}

// Answers when it is told to.
class Slow : public Source {
 public:
  void ask(std::size_t ticket, Want want, std::string etag = {}) override {
    asked.push_back(want);
    etags.push_back(std::move(etag));
    open.push_back({ticket, std::move(want), {}, 1});
  }
  std::optional<Reply> next() override { return try_next(); }
  std::optional<Reply> try_next() override {
    if (ready.empty()) return std::nullopt;
    Reply r = std::move(ready.front());
    ready.pop_front();
    return r;
  }
  void answer(const Want& want, Answer answer) {
    for (auto it = open.begin(); it != open.end(); ++it) {
      if (it->want != want) continue;
      it->answer = std::move(answer);
      ready.push_back(std::move(*it));
      open.erase(it);
      return;
    }
    FAIL() << "was not asked: " << want.path;
  }
  std::vector<Want> asked;
  std::vector<std::string> etags;
  std::vector<Reply> open;
  std::deque<Reply> ready;
};

struct Asking : testing::Test {
  Slow world;
  fetch::Ahead ahead{world};
  void begin() {
    ahead.expect(kRecord, {kCard, kLicense});
    ahead.ask(1, kRecord);
  }
};

using AskedAhead = Asking;

TEST_F(AskedAhead, IsAskedOnceAndAnswersLater) {
  begin();
  EXPECT_THAT(world.asked, ElementsAre(kRecord, kCard, kLicense));
  world.answer(kCard, from(kOld, "card"));
  world.answer(kRecord, from(kOld));
  EXPECT_EQ(ahead.next()->want, kRecord);
  ahead.ask(7, at(kCard, kOld));
  const auto card = ahead.next();
  ASSERT_TRUE(card);
  EXPECT_EQ(card->ticket, 7u);
  EXPECT_EQ(card->want, at(kCard, kOld));
  EXPECT_EQ(card->answer.body, "card");
  EXPECT_EQ(card->requests, 1);
  EXPECT_EQ(world.asked.size(), 3u);
  EXPECT_THAT(ahead.in_vain(kRecord), ElementsAre(kLicense));
}

TEST_F(AskedAhead, IsWaitedForWhereItIsUnderWay) {
  begin();
  world.answer(kRecord, from(kOld));
  ASSERT_TRUE(ahead.next());
  ahead.ask(7, at(kCard, kOld));
  EXPECT_FALSE(ahead.try_next());
  EXPECT_EQ(world.asked.size(), 3u);
  world.answer(kCard, from(kOld));
  EXPECT_EQ(ahead.next()->ticket, 7u);
  EXPECT_EQ(world.asked.size(), 3u);
}

TEST_F(AskedAhead, OfAnotherCommitIsAskedAgainAtTheRecords) {
  begin();
  world.answer(kCard, from(kOld, "old"));
  world.answer(kRecord, from(kNew));
  ASSERT_TRUE(ahead.next());
  ahead.ask(7, at(kCard, kNew));
  EXPECT_EQ(world.asked.back(), at(kCard, kNew));
  world.answer(at(kCard, kNew), from(kNew, "new"));
  EXPECT_EQ(ahead.next()->answer.body, "new");
}

TEST_F(AskedAhead, OfNoCommitAtAllIsAskedAgain) {
  begin();
  world.answer(kCard, from(""));
  world.answer(kRecord, from(""));
  ASSERT_TRUE(ahead.next());
  ahead.ask(7, at(kCard, kNew));
  EXPECT_EQ(world.asked.back(), at(kCard, kNew));
}

TEST_F(AskedAhead, ThatWasNotThereIsAskedAgain) {
  begin();
  world.answer(kLicense, outcome(Outcome::absent, Trouble::not_found));
  world.answer(kRecord, from(kNew));
  ASSERT_TRUE(ahead.next());
  ahead.ask(7, at(kLicense, kNew));
  EXPECT_EQ(world.asked.back(), at(kLicense, kNew));
}

TEST_F(AskedAhead, BehindAGateIsShutAtEveryCommit) {
  begin();
  world.answer(kCard, outcome(Outcome::denied, Trouble::gated));
  world.answer(kRecord, from(kNew));
  ASSERT_TRUE(ahead.next());
  ahead.ask(7, at(kCard, kNew));
  EXPECT_EQ(ahead.next()->answer.outcome, Outcome::denied);
  EXPECT_EQ(world.asked.size(), 3u);
}

TEST_F(AskedAhead, HasTheAddressOfTheCommit) {
  begin();
  Answer shut = outcome(Outcome::denied, Trouble::gated);
  shut.where = "https://hub.example/acme/m/resolve/main/README.md";
  world.answer(kCard, shut);
  world.answer(kRecord, from(kNew));
  ASSERT_TRUE(ahead.next());
  ahead.ask(7, at(kCard, kNew));
  EXPECT_EQ(ahead.next()->answer.where, "https://hub.example/acme/m/resolve/" + kNew + "/README.md");
}

TEST_F(AskedAhead, OfACopyWithTheSameCommitIsNoAnswer) {
  begin();
  world.answer(kCard, from(kOld));
  world.answer(kRecord, from(kOld));
  ASSERT_TRUE(ahead.next());
  Want copy = at(kCard, kOld);
  copy.id = "acme/copy";
  ahead.ask(7, copy);
  EXPECT_EQ(world.asked.back(), copy);
}

TEST_F(AskedAhead, NothingIsOfARecordThatIsAtHand) {
  ahead.expect(kRecord, {kCard, kLicense});
  ahead.ask(1, kRecord, "etag");
  EXPECT_THAT(world.asked, ElementsAre(kRecord));
  EXPECT_THAT(world.etags, ElementsAre("etag"));
}

TEST_F(AskedAhead, NothingIsOfOtherModelsAndNothingTwice) {
  begin();
  ahead.ask(2, {Topic::model, "acme/other", "", "", ""});
  ahead.ask(3, {Topic::model, "acme/m", "v1", "", ""});
  ahead.ask(4, kRecord);
  EXPECT_EQ(world.asked.size(), 6u);
}

// As a user sees it.

const char* const kIdea = "A text that nobody has seen before. You may look at it.\n";

FakeRepository& unknown_text(FakeHub& hub, const std::string& id) {
  FakeRepository& r = hub[id];
  r.extra = R"("config":{"model_type":"llama"},)";
  r.files = {
      {"README.md", "---\nlicense: other\n---\n# M\n"}, {"LICENSE", kIdea}, {"model.safetensors", "x"}};
  return r;
}

TEST(AheadOfTheRecord, CardAndLicenseComeWithIt) {
  FakeHub hub;
  unknown_text(hub, "acme/m");
  const Ran r = run({"audit", "acme/m", "-v", "--json", "--no-cache"}, {{"HF_ENDPOINT", hub.url()}});
  EXPECT_EQ(hub.answered(), 3u);
  EXPECT_THAT(r.err, HasSubstr("acme/m: 3 requests\n"));
}

TEST(AheadOfTheRecord, WhatNobodyNeededIsCountedAndNamed) {
  FakeHub hub;
  unknown_text(hub, "acme/m").files.erase("LICENSE");
  const Ran r = run({"audit", "acme/m", "-v", "--json", "--no-cache"}, {{"HF_ENDPOINT", hub.url()}});
  EXPECT_EQ(hub.answered(), 3u);
  EXPECT_THAT(r.err, HasSubstr("acme/m: 2 requests, and 1 asked ahead in vain: LICENSE\n"));
}

TEST(AheadOfTheRecord, ABranchThatMovesMeanwhileIsReadAtOneCommit) {
  FakeHub hub;
  unknown_text(hub, "acme/m");
  hub.intercept = [](const HttpRequest& q) -> std::optional<HttpResponse> {
    if (q.path != "/acme/m/resolve/main/README.md") return std::nullopt;
    return HttpResponse{200, {{"X-Repo-Commit", kOld}}, "---\nlicense: mit\n---\nMIT.\n", {}};
  };
  const Ran r = run({"audit", "acme/m", "--json", "--no-cache"}, {{"HF_ENDPOINT", hub.url()}});
  EXPECT_THAT(r.out, Not(HasSubstr("\"declared\": \"mit\""))) << r.out;
  EXPECT_THAT(r.out, HasSubstr("\"declared\": \"other\""));
}

TEST(AheadOfTheRecord, AVerdictIsTheSameWithoutIt) {
  FakeHub hub;
  for (const char* id : {"acme/a", "acme/b", "acme/c", "acme/d"}) unknown_text(hub, id);
  hub["acme/b"].gated = "auto";
  hub["acme/c"].files.erase("README.md");
  hub["acme/d"].extra += R"("cardData":{"base_model":"acme/a"},)";
  const TempDir dir;
  for (const char* id : {"acme/a", "acme/b", "acme/c", "acme/d"}) {
    const Ran alone = run({"audit", id, "--json", "--no-cache"}, {{"HF_ENDPOINT", hub.url()}});
    const std::string saved = dir.file(std::string(id).substr(5));
    ASSERT_LE(run({"fetch", id, "--output", saved}, {{"HF_ENDPOINT", hub.url()}}).exit, 3);
    std::string replayed = run({"audit", "--replay", saved, "--json"}, {}).out;
    if (const auto at = replayed.find("\"replay\""); at != std::string::npos)
      replayed.replace(at, 8, "\"hub\"");
    EXPECT_EQ(alone.out, replayed) << id;
  }
}

}  // namespace
}  // namespace howopen::test
