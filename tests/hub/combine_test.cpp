// howopen combine, as a user runs it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/run.h"
#include "text/json.h"

namespace howopen::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> combined(std::vector<std::string> words) {
  words.insert(words.begin(), "combine");
  words.push_back("--offline");
  return words;
}

TEST(CombineCommand, AnswersByItsExitCode) {
  EXPECT_EQ(run(combined({"--model", "mit", "--as", "apache-2.0"})).exit, 0);
  EXPECT_EQ(run(combined({"--model", "llama3.1", "--as", "mit"})).exit, 1);
  EXPECT_EQ(run(combined({"--model", "apache-2.0", "--data", "CC-BY-SA-4.0", "--as", "mit"})).exit, 3);
}

TEST(CombineCommand, SaysWhichPartDecides) {
  const Ran ran = run(combined({"--model", "apache-2.0", "--adapter", "cc-by-nc-4.0", "--as", "apache-2.0"}));
  EXPECT_EQ(ran.exit, 1);
  EXPECT_THAT(ran.out, HasSubstr("adapter cc-by-nc-4.0: it is for non-commercial use alone"));
}

TEST(CombineCommand, TakesModelsWithTheTermsOfTheirAncestors) {
  const Ran ran =
      run(combined({"--model", "deepseek-ai/DeepSeek-R1-Distill-Llama-70B", "--as", "MIT", "-o", "json"}));
  EXPECT_EQ(ran.exit, 1) << ran.err;
  const auto out = text::parse_json(ran.out);
  ASSERT_TRUE(out);
  EXPECT_EQ((*out)["answer"].string_or(""), "no");
  EXPECT_EQ((*out)["because"].items()[0]["license"].string_or(""), "LicenseRef-Llama-3.3");
  EXPECT_EQ(run(combined({"--model", "deepseek-ai/DeepSeek-R1", "--as", "MIT"})).exit, 0);
}

TEST(CombineCommand, WhatNobodyKnowsIsAsked) {
  const Ran model = run(combined({"--model", "acme/nobody-knows-it", "--as", "MIT"}));
  EXPECT_EQ(model.exit, 3);
  const Ran data = run(combined({"--data", "acme/unheard-of", "--as", "MIT"}));
  EXPECT_EQ(data.exit, 3);
  EXPECT_THAT(data.out, HasSubstr("name its license"));
  EXPECT_EQ(run(combined({"--teacher", "sora", "--as", "MIT"})).exit,
            run(combined({"--teacher", "gpt-4", "--as", "MIT"})).exit)
      << "one vendor, one clause";
}

TEST(CombineCommand, AnswersAboutClosedTeachersAsAnAuditDoes) {
  for (const char* teacher : {"gpt-4o", "claude", "claude-3-opus", "gemini-2.5-pro"}) {
    const Ran audit = run({"audit", teacher, "--offline", "--for", "train-on-outputs"});
    ASSERT_THAT(audit.out, HasSubstr("train on outputs: no")) << teacher;
    const Ran ran = run(combined({"--model", "Apache-2.0", "--teacher", teacher, "--as", "MIT"}));
    EXPECT_EQ(ran.exit, 1) << teacher << ran.out;
    EXPECT_THAT(ran.out, Not(HasSubstr("license not known"))) << teacher;
  }
  EXPECT_THAT(run(combined({"--teacher", "gpt-4o", "--as", "MIT"})).out, HasSubstr("OpenAI Terms of Use"));
  const Ran unknown = run(combined({"--teacher", "midjourney", "--as", "MIT"}));
  EXPECT_EQ(unknown.exit, 3) << unknown.out;
  EXPECT_THAT(unknown.out, HasSubstr("terms of service decide"));
  const Ran base = run(combined({"--model", "gpt-4o", "--as", "MIT"}));
  EXPECT_EQ(base.exit, 1);
  EXPECT_THAT(base.out, HasSubstr("its weights are not published"));
}

TEST(CombineCommand, CreditIsADutyOfDataToo) {
  for (const char* data : {"CC-BY-4.0", "ODC-By-1.0"}) {
    const Ran ran = run(combined({"--model", "Apache-2.0", "--data", data, "--as", "Apache-2.0"}));
    EXPECT_EQ(ran.exit, 0) << data;
    EXPECT_THAT(ran.out, AllOf(HasSubstr("credit it as its license asks"), HasSubstr("disputed"))) << data;
  }
  EXPECT_THAT(run(combined({"--data", "CC0-1.0", "--as", "MIT"})).out, Not(HasSubstr("credit")));
}

TEST(CombineCommand, AUseIsAskedOfEveryPart) {
  EXPECT_EQ(run(combined({"--model", "cc-by-nc-4.0", "--as", "cc-by-nc-4.0"})).exit, 0);
  EXPECT_EQ(run(combined({"--model", "cc-by-nc-4.0", "--as", "cc-by-nc-4.0", "--for", "product"})).exit, 1);
  EXPECT_EQ(run(combined({"--model", "llama3.1", "--as", "llama3.1", "--for", "product"})).exit, 3);
  EXPECT_EQ(
      run(combined({"--model", "llama3.1", "--as", "llama3.1", "--for", "product", "--users", "5k"})).exit,
      0);
}

TEST(CombineCommand, BadLinesAreToldWithALineToType) {
  const struct {
    std::vector<std::string> words;
    const char* says;
  } kBad[] = {{{"--as", "MIT"}, "no part named"},
              {{"--model", "MIT"}, "--as"},
              {{"--model", "MIT", "--as", "nonsense"}, "not one license"},
              {{"--model", "MIT", "--as", "MIT OR Apache-2.0"}, "not one license"},
              {{"--code", "nonsense", "--as", "MIT"}, "--code nonsense"},
              {{"--model", "MIT", "--as", "MIT", "--for", "fun"}, "fun"},
              {{"--model", "MIT", "--as", "MIT", "--for", "product,host"}, "one use"}};
  for (const auto& bad : kBad) {
    const Ran ran = run(combined(bad.words));
    EXPECT_EQ(ran.exit, 2) << bad.says;
    EXPECT_THAT(ran.err, HasSubstr(bad.says));
  }
}

TEST(CombineCommand, WhoAsksMattersOnlyForAUse) {
  const std::vector<std::string> deepseek{"--model", "deepseek", "--as", "deepseek"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), deepseek.begin(), deepseek.end());
    return run(combined(more));
  };
  for (const auto& [option, value] : std::vector<std::pair<std::string, std::string>>{{"--field", "military"},
                                                                                      {"--users", "900M"},
                                                                                      {"--in", "DE"},
                                                                                      {"--revenue", "1M-USD"},
                                                                                      {"--who", "company"}}) {
    const Ran ran = with({option, value});
    EXPECT_EQ(ran.exit, 2) << option;
    EXPECT_THAT(ran.err, AllOf(HasSubstr(option), HasSubstr("--for"))) << option;
  }
  EXPECT_EQ(with({"--field", "military", "--for", "product"}).exit, 1);
}

TEST(CombineCommand, WhoAsksIsSaidWithWho) {
  const std::vector<std::string> parts{
      "--model", "LicenseRef-Mistral-MRL-0.1", "--as", "LicenseRef-Mistral-MRL-0.1", "--for", "research"};
  const Ran asks = run(combined(parts));
  EXPECT_EQ(asks.exit, 3);
  EXPECT_THAT(asks.out, AllOf(HasSubstr("say --who"), Not(HasSubstr("say --as"))));
  std::vector<std::string> told = parts;
  told.insert(told.end(), {"--who", "academic"});
  EXPECT_EQ(run(combined(told)).exit, 0);
}

}  // namespace
}  // namespace howopen::test
