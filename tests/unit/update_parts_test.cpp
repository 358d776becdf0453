// What an update is made of: what facts rest on, how a line says so, where its answers are kept.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fetch/store.h"
#include "howopen/facts.h"
#include "run/in_order.h"
#include "run/old_results.h"
#include "support/catalog.h"
#include "support/temp_dir.h"
#include "text/deflate.h"
#include "text/digest.h"

namespace howopen::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string kSha(40, 'a');

Answer got(std::string body) {
  Answer out;
  out.outcome = Outcome::got;
  out.body = std::move(body);
  return out;
}

std::vector<std::string> states(const std::vector<std::pair<Want, Answer>>& answers) {
  Readings readings;
  for (const auto& [want, answer] : answers) readings.add(want, answer, the_catalog());
  std::vector<std::string> out;
  for (const Rest& rest : rests_of({"a/b", "a/b", ""}, readings))
    out.push_back(std::string(word(rest.want.topic)) + " " + rest.want.id + ": " + rest.state);
  return out;
}

const Want kRecord{Topic::model, "a/b", "", "", ""};

TEST(RestsOf, TellsTheRecordAndWhoServesIt) {
  EXPECT_THAT(states({{kRecord, got(R"({"id":"a/b","sha":")" + kSha + "\"}")}}),
              ElementsAre("model a/b: " + kSha));
  EXPECT_THAT(states({{kRecord, got(R"({"id":"a/b","gated":"auto","disabled":true,"private":true,"sha":")" +
                                    kSha + "\"}")}}),
              ElementsAre("model a/b: " + kSha + " gated auto disabled private"));
  EXPECT_THAT(
      states({{kRecord, got(R"({"id":"a/b","inference":"warm","siblings":[{"rfilename":"x"}],"sha":")" +
                            kSha + "\"}")}}),
      ElementsAre("model a/b: " + kSha + " unsized", "providers a/b: warm"));
  // A map of a record and a list of a listing are the same.
  const std::string head = R"({"id":"a/b","sha":")" + kSha + R"(","inferenceProviderMapping":)";
  EXPECT_EQ(states({{kRecord, got(head + R"({"x":{"status":"live","providerId":"p"}}})")}}),
            states({{kRecord, got(head + R"([{"provider":"x","status":"live","providerId":"p"}]})")}}));
  EXPECT_THAT(states({{kRecord, got(head + "[]}")}}), ElementsAre("model a/b: " + kSha));
}

TEST(RestsOf, WhatWasNotSeenIsNeverTheSame) {
  Answer absent;
  absent.outcome = Outcome::absent;
  Answer failed;
  failed.outcome = Outcome::failed;
  EXPECT_THAT(states({{kRecord, absent}}), ElementsAre("model a/b: absent"));
  EXPECT_THAT(states({{kRecord, failed}}), ElementsAre("model a/b: "));
  EXPECT_THAT(states({{kRecord, got("no record")}}), ElementsAre("model a/b: "));
  EXPECT_THAT(states({{kRecord, got(R"({"id":"a/b"})")}}), ElementsAre("model a/b: "));
  // A file of a commit stays; one that could not be had does not, nor one that a token may open tomorrow.
  const Want file{Topic::file, "a/b", kSha, "README.md", ""};
  EXPECT_THAT(states({{file, got("x")}}), IsEmpty());
  EXPECT_THAT(states({{file, failed}}), ElementsAre("file a/b: "));
  Answer denied;
  denied.outcome = Outcome::denied;
  EXPECT_THAT(states({{file, denied}}), IsEmpty());
  denied.personal = true;
  EXPECT_THAT(states({{file, denied}}), ElementsAre("file a/b: "));
}

TEST(BasisIn, IsTheLastMemberOfALine) {
  const auto basis = run::basis_in(
      R"({"ref":",\"basis\":{","basis":{"tool":"1 x","catalog":"c","options":"o","rests_on":[{"topic":"model","id":"a/b","revision":null,"path":null,"state":"s"}]}})"
      "\n");
  ASSERT_TRUE(basis);
  EXPECT_EQ(basis->tool + basis->catalog + basis->options, "1 xco");
  EXPECT_EQ(basis->rests, (std::vector<Rest>{{kRecord, "s"}}));
  for (const char* none : {R"({"ref":"a/b"})", R"({"ref":"a/b","basis":{"tool":"1"}})",
                           R"({"ref":"a/b","basis":{"rests_on":[{"topic":"weather"}]}})",
                           R"({"ref":"a/b","basis":{"rests_on":[]})", ""})
    EXPECT_FALSE(run::basis_in(none)) << none;
  EXPECT_EQ(run::state_hash("", true), 0u);
  EXPECT_NE(run::state_hash("s unsized", true), run::state_hash("s", true));
  EXPECT_EQ(run::state_hash("s unsized", false), run::state_hash("s", false));
}

TEST(Deflate, GivesBackWhatItTookAndNoMore) {
  const std::string text(100'000, 'x');
  const std::string packed = text::deflated(text);
  EXPECT_LT(packed.size(), 1000u);
  EXPECT_EQ(text::inflated(packed, text.size()), text);
  EXPECT_FALSE(text::inflated(packed, text.size() - 1));
  EXPECT_FALSE(text::inflated(packed.substr(0, packed.size() / 2), text.size()));
  EXPECT_FALSE(text::inflated(packed + "x", text.size()));
  EXPECT_FALSE(text::inflated("prose", 100));
  EXPECT_EQ(text::inflated(text::deflated(""), 0), "");
}

class StoreTest : public testing::Test {
 protected:
  std::unique_ptr<fetch::Store> open(std::uint64_t most = 1'000'000, std::string endpoint = "https://hub") {
    auto store = fetch::Store::open({dir.file("store"), std::move(endpoint), "card", most});
    return store ? std::move(*store) : nullptr;
  }
  const std::vector<Rest> rests = {{kRecord, kSha}};
  const Want file{Topic::file, "a/b", kSha, "README.md", ""};
  TempDir dir;
};

TEST_F(StoreTest, GivesBackWhatAModelWasJudgedBy) {
  Answer absent;
  absent.outcome = Outcome::absent;
  absent.trouble = Trouble::not_found;
  absent.message = "no such dataset";
  const Want dataset{Topic::dataset, "d/x", "", "", ""};
  {
    const auto store = open();
    ASSERT_TRUE(store);
    store->keep_model("a/b", rests, {store->keep(file, got("# words")), store->keep(dataset, absent)});
  }
  const auto store = open();
  const auto answers = store->load("a/b", rests);
  ASSERT_TRUE(answers);
  ASSERT_EQ(answers->size(), 2u);
  EXPECT_EQ(answers->at(file).body, "# words");
  EXPECT_EQ(answers->at(dataset).message, "no such dataset");
  EXPECT_EQ(answers->at(dataset).trouble, Trouble::not_found);
  EXPECT_FALSE(store->load("a/c", rests));
  EXPECT_FALSE(store->load("a/b", {{kRecord, std::string(40, 'b')}}));
  EXPECT_FALSE(open(1'000'000, "https://mirror")->load("a/b", rests));
}

TEST_F(StoreTest, KeepsNothingThatATokenOpened) {
  const auto store = open();
  Answer answer = got("secret");
  answer.personal = true;
  EXPECT_EQ(store->keep(file, answer), "");
  answer.body = R"({"id":"a/b","private":true})";
  EXPECT_EQ(store->keep(kRecord, answer), "");
  answer.body = R"({"id":"a/b","private":false})";
  EXPECT_NE(store->keep(kRecord, answer), "");
  answer.outcome = Outcome::failed;
  EXPECT_EQ(store->keep(kRecord, answer), "");
  EXPECT_EQ(store->keep(file, got(std::string(5u << 20, 'x'))), "");
}

TEST_F(StoreTest, MakesRoom) {
  {
    const auto store = open();
    for (int i = 0; i < 50; ++i) {
      std::string body;
      for (int k = 0; k < 60; ++k) body += text::sha256(std::to_string(1000 * i + k));
      store->keep_model("a/m" + std::to_string(i), rests, {store->keep(file, got(body))});
    }
  }
  const std::uint64_t left = fetch::Store::prune(dir.file("store"), 30'000);
  EXPECT_LE(left, 30'000u);
  EXPECT_GT(left, 15'000u);
  const auto store = open();
  int found = 0;
  for (int i = 0; i < 50; ++i) {
    const auto answers = store->load("a/m" + std::to_string(i), rests);
    if (answers == nullptr) continue;
    ++found;
    EXPECT_EQ(answers->size(), 1u) << "a model without its content";
  }
  EXPECT_GT(found, 5);
  EXPECT_LT(found, 20);
}

TEST(InOrder, LinesWaitForThoseBefore) {
  std::string out;
  run::InOrder lines(false, [&](const run::FinishedModel& seen) { out += seen.line; });
  const auto add = [&](std::size_t number) {
    run::FinishedModel seen;
    seen.number = number;
    seen.line = std::to_string(number);
    lines.add(std::move(seen));
  };
  add(1);
  add(2);
  EXPECT_EQ(out, "");
  EXPECT_EQ(lines.bytes(), 2u);
  add(0);
  EXPECT_EQ(out, "012");
  EXPECT_EQ(lines.next(), 3u);
  EXPECT_EQ(lines.bytes(), 0u);
}

}  // namespace
}  // namespace howopen::test
