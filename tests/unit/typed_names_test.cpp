// What people type for models: tests/names/typed.tsv was written before the table of names was, and
// typed_more.tsv before that table was tried on it.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "howopen/catalog.h"
#include "support/catalog.h"

namespace howopen::test {
namespace {

void expect_right(const std::string& table, int least) {
  std::ifstream in(HOWOPEN_SOURCE_DIR "/tests/names/" + table);
  int all = 0;
  int right = 0;
  std::string wrong;
  for (std::string line; std::getline(in, line);) {
    const std::size_t tab = line.find('\t');
    ASSERT_NE(tab, std::string::npos) << line;
    const std::string typed = line.substr(0, tab);
    const std::string meant = line.substr(tab + 1);
    const NameAnswer answer = the_catalog().named(typed);
    const auto end = answer.nearest.begin() + std::min<std::ptrdiff_t>(3, std::ssize(answer.nearest));
    const bool found =
        answer.id.empty() ? std::find(answer.nearest.begin(), end, meant) != end : answer.id == meant;
    ++all;
    if (found) ++right;
    if (!found)
      wrong +=
          typed + " -> " + answer.id + (answer.nearest.empty() ? "" : " ? " + answer.nearest.front()) + "\n";
    // A certain answer that is wrong is worse than none.
    if (!answer.id.empty()) {
      EXPECT_EQ(answer.id, meant) << typed;
    }
  }
  EXPECT_GE(all, least);
  EXPECT_GE(right, all * 110 / 120) << wrong;
}

TEST(TypedName, WhatPeopleTypeEndsInTheRightModel) {
  expect_right("typed.tsv", 120);
}

TEST(TypedName, SoDoesWhatNobodyLookedAtBefore) {
  expect_right("typed_more.tsv", 86);
}

TEST(TypedName, AShortNameMayGoOn) {
  const auto first = [](const char* typed) {
    const NameAnswer answer = the_catalog().named(typed);
    return answer.id.empty() && !answer.nearest.empty() ? answer.nearest.front() : answer.id;
  };
  EXPECT_EQ(first("sd 3.5 medium"), "stabilityai/stable-diffusion-3.5-medium");
  EXPECT_EQ(first("xlm-r large"), "FacebookAI/xlm-roberta-large");
  EXPECT_EQ(first("nous hermes 2 yi"), "NousResearch/Nous-Hermes-2-Yi-34B");
  EXPECT_EQ(first("bart large cnn"), "facebook/bart-large-cnn") << "a whole name is certain as before";
}

TEST(TypedName, AFamilyCoversItsMembersAndNothingThatOnlyBeginsSo) {
  const Catalog& c = the_catalog();
  ASSERT_NE(c.release("claude-3-opus"), nullptr);
  EXPECT_EQ(c.release("claude-3-opus")->name, "claude");
  ASSERT_NE(c.release("sonnet 4.5"), nullptr);
  EXPECT_EQ(c.release("sonnet 4.5")->name, "claude");
  EXPECT_EQ(c.release("gpt-4o-2024-08-06")->name, "gpt-4o") << "the longest name that it begins with";
  for (const char* typed : {"gpt4o", "gpt 4o", "GPT-4O", "gpt4o-mini", "gpt-4o-mini", "chatgpt-4o-latest"}) {
    ASSERT_NE(c.release(typed), nullptr) << typed;
    EXPECT_EQ(c.release(typed)->name, "gpt-4o") << typed;
  }
  EXPECT_EQ(c.release("gpt4")->name, "gpt-4");
  EXPECT_EQ(c.release("chatgpt"), nullptr) << "a product, of one model after the other";
  EXPECT_TRUE(c.named("ChatGPT").id.empty());
  EXPECT_FALSE(c.named("ChatGPT").nearest.empty());
  EXPECT_EQ(c.release("claude2-alpaca-13b"), nullptr) << "somebody's model with published weights";
  EXPECT_EQ(c.release("gpt-oss-20b"), nullptr);
  EXPECT_EQ(c.release("acme/claude-3-opus"), nullptr) << "an id at the Hub";
  EXPECT_EQ(c.release("grok-1"), nullptr);
}

TEST(TypedName, OllamasTagTellsWhichModel) {
  EXPECT_EQ(the_catalog().named("deepseek-r1:70b").id, "deepseek-ai/DeepSeek-R1-Distill-Llama-70B");
  EXPECT_EQ(the_catalog().named("llama3.1:8b-instruct-q4_K_M").id, "meta-llama/Llama-3.1-8B-Instruct");
  EXPECT_EQ(the_catalog().named("deepseek-r1:9b").id, "");
}

TEST(TypedName, NonsenseIsNothing) {
  EXPECT_EQ(the_catalog().named("").id, "");
  EXPECT_EQ(the_catalog().named("---").id, "");
  EXPECT_TRUE(the_catalog().named("qzxwv jkpfh").nearest.empty());
  EXPECT_EQ(the_catalog().named(std::string(100'000, 'a')).id, "");
}

}  // namespace
}  // namespace howopen::test
