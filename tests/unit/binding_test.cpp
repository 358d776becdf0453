// The labelled sentences of tests/reading/: a quarter, by a hash, was not learned from, and is what counts.

#include "reading/binding.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <string>

#include "howopen/catalog.h"
#include "support/catalog.h"
#include "text/utf8.h"

namespace howopen::test {
namespace {

struct Count {
  int all = 0;
  int above = 0;
  double share() const { return all == 0 ? 0 : static_cast<double>(above) / all; }
};

int weigh(std::string_view sentence) {
  const std::string lower = text::lower(sentence);
  const auto words = reading::tokens(lower);
  const reading::Sense sense = reading::understand(words, lower, reading::lexicon(the_catalog()));
  return reading::binding_words(the_catalog()).weigh(sense, lower);
}

// How well it does on sentences that it has not seen stands in the head of the table, where the tool that
// learns writes it.
TEST(Binding, KnowsTheSentencesThatItWasLearnedFrom) {
  std::ifstream in(HOWOPEN_SOURCE_DIR "/tests/reading/sentences.tsv");
  Count binds, harmless;
  for (std::string line; std::getline(in, line);) {
    const std::string sentence = line.substr(line.find('\t', line.find('\t') + 1) + 1);
    Count& count = line.starts_with("binds") ? binds : harmless;
    ++count.all;
    if (weigh(sentence) > 0) ++count.above;
  }
  ASSERT_GT(binds.all, 3000);
  ASSERT_GT(harmless.all, 3000);
  EXPECT_GT(binds.share(), 0.94) << binds.above << " of " << binds.all;
  EXPECT_LT(harmless.share(), 0.01) << harmless.above << " of " << harmless.all;
}

TEST(Binding, DidWellEnoughOnSentencesThatItHadNotSeen) {
  const std::string table = the_catalog().file("binding_words.txt");
  int found = 0, binds = 0, alarms = 0, harmless = 0;
  const std::size_t at = table.find("# not learned from: ");
  ASSERT_NE(at, std::string::npos);
  ASSERT_EQ(std::sscanf(table.c_str() + at,
                        "# not learned from: %d of %d that bind found, %d of %d harmless ones called binding",
                        &found, &binds, &alarms, &harmless),
            4);
  EXPECT_GT(found, binds * 7 / 10);
  EXPECT_LT(alarms, harmless / 10);
}

TEST(Binding, WeighsNumbersAlikeAndLeavesUnknownWordsOut) {
  EXPECT_EQ(weigh("Firms with more than 50 employees have to ask us."),
            weigh("Firms with more than 730 employees have to ask us."));
  EXPECT_EQ(weigh("xqzv xqzw xqzu"), weigh("xqza xqzb xqzc"));
}

TEST(Binding, ATableThatIsNoneIsRefused) {
  EXPECT_THROW(reading::BindingWords("12\n"), std::runtime_error);
  EXPECT_THROW(reading::BindingWords("x\tw\tword\n"), std::runtime_error);
  EXPECT_THROW(reading::BindingWords("12\tw\n"), std::runtime_error);
  EXPECT_THROW(reading::BindingWords("12\tc\tno-such-cue\n"), std::runtime_error);
  const reading::BindingWords one("# weights\n100\tw\task\n50\tthreshold\n");
  const std::string ask = "ask";
  const auto words = reading::tokens(ask);
  EXPECT_EQ(one.weigh(reading::understand(words, ask, reading::lexicon(the_catalog())), ask), 50);
}

}  // namespace
}  // namespace howopen::test
