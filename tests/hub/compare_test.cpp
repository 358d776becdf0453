// why and compare, as a user runs them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "support/run.h"
#include "support/temp_dir.h"
#include "text/json.h"

namespace howopen::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

// Every release of DeepSeek, one of each, in one command.
TEST(Compare, TheReleasesOfDeepSeekAreAsRecorded) {
  const std::string folder = std::string(HOWOPEN_SOURCE_DIR) + "/tests/compare/";
  std::vector<std::string> arguments = {"compare", "--offline"};
  for (const std::string& id : lines(slurp(folder + "deepseek.ids"))) arguments.push_back(id);
  ASSERT_EQ(arguments.size(), 36u);
  const Ran r = run(arguments);
  EXPECT_EQ(r.exit, 0) << r.err;
  if (std::getenv("HOWOPEN_BLESS") != nullptr)
    std::ofstream(folder + "deepseek.txt", std::ios::binary) << r.out;
  EXPECT_EQ(r.out, slurp(folder + "deepseek.txt"));
}

TEST(Compare, WhatDiffersComesFirstInEveryFormat) {
  const std::vector<std::string> two = {"compare", "--offline", "deepseek-ai/DeepSeek-V3",
                                        "deepseek-ai/DeepSeek-R1"};
  const auto with = [&](std::vector<std::string> more) {
    std::vector<std::string> all = two;
    all.insert(all.end(), more.begin(), more.end());
    return run(all);
  };
  const std::string text = with({}).out;
  EXPECT_LT(text.find("restricts uses"), text.find("the same in all"));
  EXPECT_GT(text.find("inference code"), text.find("the same in all"));
  const auto json = text::parse_json(with({"--json"}).out);
  ASSERT_TRUE(json);
  EXPECT_EQ((*json)["different"].items()[0]["key"].string_or(""), "verdict");
  EXPECT_EQ((*json)["different"].items()[0]["values"].items()[1].string_or(""), "open-weights");
  const std::string markdown = with({"-o", "markdown"}).out;
  EXPECT_THAT(markdown, HasSubstr("| **verdict** | Weights Available | Open Weights |"));
  EXPECT_EQ(with({"-o", "sarif"}).exit, 2);
}

TEST(Compare, ExitCodeTellsWhetherTheyDiffer) {
  const TempDir dir;
  const std::string saved = dir.path() + "/r1.json";
  ASSERT_EQ(run({"audit", "--offline", "deepseek-ai/DeepSeek-R1", "-o", "json=" + saved, "-q"}).exit, 0);
  EXPECT_EQ(run({"compare", "--offline", "--exit-code", saved, "deepseek-ai/DeepSeek-R1"}).exit, 0)
      << "a saved report and now";
  EXPECT_EQ(run({"compare", "--offline", "--exit-code", saved, "deepseek-ai/DeepSeek-V3"}).exit, 1);
  EXPECT_EQ(run({"compare", "--offline", saved, "deepseek-ai/DeepSeek-V3"}).exit, 0);
  EXPECT_EQ(run({"compare", "--offline", "deepseek-ai/DeepSeek-V3"}).exit, 2);
  EXPECT_EQ(run({"compare", "--offline", dir.write("bad.json", "{"), "a/b"}).exit, 2);
}

TEST(Why, TellsTheChainTheEmptyPlacesAndWhatWouldMoveIt) {
  const Ran all = run({"why", "--offline", "deepseek-ai/DeepSeek-R1"});
  EXPECT_EQ(all.exit, 0);
  EXPECT_THAT(all.out, HasSubstr("weights.all-shards-present"));
  EXPECT_THAT(all.out, HasSubstr("looked at, and empty"));
  EXPECT_THAT(all.out, HasSubstr("license not open -> Weights Available"));
  const Ran one = run({"why", "--offline", "deepseek-ai/DeepSeek-R1", "training-code"});
  EXPECT_THAT(one.out, HasSubstr("training-code.none-found"));
  EXPECT_THAT(one.out, Not(HasSubstr("weights.all-shards-present")));
  const Ran rule = run({"why", "--offline", "deepseek-ai/DeepSeek-R1", "license.text", "--json"});
  const auto json = text::parse_json(rule.out);
  ASSERT_TRUE(json);
  EXPECT_FALSE((*json)["chain"].items().empty());
  for (const text::Json& link : (*json)["chain"].items()) {
    bool about = false;
    for (const text::Json& e : link["evidence"].items())
      about = about || e["rule"].string_or("") == "license.text";
    EXPECT_TRUE(about) << link["part"].string_or("");
  }
}

TEST(Why, AWrongTopicNamesTheRightOne) {
  const Ran r = run({"why", "--offline", "deepseek-ai/DeepSeek-R1", "training-cod"});
  EXPECT_EQ(r.exit, 2);
  EXPECT_THAT(r.err, HasSubstr("did you mean"));
  EXPECT_EQ(run({"why"}).exit, 2);
}

}  // namespace
}  // namespace howopen::test
