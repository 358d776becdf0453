// What people see in a terminal: the card, the table of several models, models side by side.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <sstream>

#include "facts/parts.h"
#include "howopen/report.h"
#include "report/layout.h"
#include "report/table.h"
#include "support/catalog.h"
#include "support/facts_builder.h"
#include "support/gate_verdicts.h"
#include "support/golden_worlds.h"
#include "text/utf8.h"

namespace howopen::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr int kWidths[] = {40, 60, 80, 120, 200};

Style screen(int width, bool unicode = true) {
  Style style;
  style.terminal = true;
  style.width = width;
  style.unicode = unicode;
  return style;
}

// As `audit --offline` judges it.
Verdict known(const std::string& id) {
  if (const UnreleasedModel* release = the_catalog().release(id))
    return judge(gather_release({id, id, {}}, *release), the_catalog());
  const ModelEntry* entry = the_catalog().model(id);
  EXPECT_NE(entry, nullptr) << id;
  return judge(gather_model({id, id, {}}, *entry, the_catalog()), the_catalog());
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

std::string text_of(const std::vector<Verdict>& verdicts, const Style& style) {
  return render(verdicts, Format::text, style, the_catalog());
}

// Addresses are whole; all else keeps to the width.
void expect_fits(const std::string& text, const Style& style) {
  for (const std::string& line : lines_of(text)) {
    EXPECT_TRUE(line.empty() || line.back() != ' ') << '"' << line << '"';
    if (line.find("://") != std::string::npos) continue;
    EXPECT_LE(text::display_width(line), style.width) << line;
    if (!style.unicode) {
      EXPECT_TRUE(std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c < 127; })) << line;
    }
  }
}

const std::vector<std::string>& well_known() {
  static const std::vector<std::string> kAll = {"deepseek-ai/DeepSeek-R1",
                                                "deepseek-ai/DeepSeek-V3",
                                                "deepseek-ai/DeepSeek-R1-Distill-Llama-70B",
                                                "meta-llama/Llama-3.3-70B-Instruct",
                                                "mistralai/Mistral-7B-Instruct-v0.3",
                                                "tiiuae/falcon-180B",
                                                "tiiuae/falcon-40b",
                                                "gpt-4",
                                                "claude"};
  return kAll;
}

TEST(Screen, OneModelFitsATerminalWithItsPrompt) {
  for (const std::string& id : well_known()) {
    const std::string card = text_of({known(id)}, screen(80));
    EXPECT_LE(lines_of(card).size(), 23u) << card;
    EXPECT_EQ(card.find("could not be reached"), std::string::npos);
  }
}

TEST(Screen, EveryLineFitsTheTerminalWithAndWithoutUnicode) {
  std::vector<Verdict> all;
  for (const std::string& id : well_known()) all.push_back(known(id));
  for (const char* world : {"adapter", "ancestor-terms", "complete-open", "gated", "hostile-text", "missing",
                            "quantized-copy", "shards-missing", "data-in-chinese"}) {
    for (Verdict& v : golden(world)) all.push_back(std::move(v));
  }
  for (const bool unicode : {true, false}) {
    for (const int width : kWidths) {
      const Style style = screen(width, unicode);
      for (const Verdict& v : all) expect_fits(text_of({v}, style), style);
      expect_fits(text_of(all, style), style);
    }
  }
}

TEST(Screen, VerdictStandsBesideTheNameAndASentenceBelow) {
  const auto card = lines_of(text_of({known("deepseek-ai/DeepSeek-R1")}, screen(80)));
  EXPECT_THAT(card[0], StartsWith("deepseek-ai/DeepSeek-R1 · Open Weights "));
  EXPECT_THAT(card[0], HasSubstr("2 to 2.5 of 5"));
  EXPECT_THAT(card[1], StartsWith("Anyone may download the weights"));
  const std::string gated = text_of({known("meta-llama/Llama-3.3-70B-Instruct")}, screen(80));
  EXPECT_THAT(gated, HasSubstr("accept terms first"));
  EXPECT_THAT(gated, Not(HasSubstr("weights in part")));
  for (const Verdict& v : golden("gated")) {
    const std::string text = text_of({v}, screen(80));
    EXPECT_THAT(text, Not(HasSubstr("claim-only")));
    EXPECT_THAT(text, HasSubstr("by its tag alone: no text was read"));
  }
}

TEST(Screen, WordsStandForIdsOfLicenses) {
  const std::string card = text_of({known("deepseek-ai/Janus-Pro-7B")}, screen(80));
  EXPECT_THAT(card, HasSubstr("the license text says DeepSeek License 1.0"));
  EXPECT_THAT(card, Not(HasSubstr("LicenseRef-")));
}

TEST(Screen, TheTableOfDeepSeekIsForItsModelsAndForThoseWhoAsk) {
  EXPECT_THAT(text_of({known("deepseek-ai/DeepSeek-V3")}, screen(80)), HasSubstr("vs. DeepSeek table"));
  EXPECT_THAT(text_of({known("gpt-4")}, screen(80)), Not(HasSubstr("as listed")));
  Style loud = screen(80);
  loud.verbosity = 1;
  EXPECT_THAT(text_of({known("gpt-4")}, loud), HasSubstr("vs. DeepSeek table"));
  EXPECT_THAT(render_reference(the_catalog(), Format::text, screen(80)), HasSubstr("varies by release"));
  EXPECT_THAT(render_reference(the_catalog(), Format::json, {}), HasSubstr("\"owner\": \"deepseek-ai\""));
}

TEST(Screen, LinksLeadToTheHubAndToGitHubAlone) {
  Style style = screen(80);
  EXPECT_EQ(report::link("LICENSE", "https://huggingface.co/a/b", style), "LICENSE") << "not asked for";
  style.links = true;
  EXPECT_EQ(report::link("LICENSE", "https://huggingface.co/a/b", style),
            "\x1b]8;;https://huggingface.co/a/b\x1b\\LICENSE\x1b]8;;\x1b\\");
  for (const std::string& url :
       {std::string("https://evil.example/"), std::string("https://huggingface.co.evil.example/"),
        std::string("javascript:alert(1)"), std::string("https://huggingface.co/\x1b\\\x07"),
        std::string("https://github.com/a b"), "https://github.com/" + std::string(3000, 'x')})
    EXPECT_EQ(report::link("LICENSE", url, style), "LICENSE") << url;
  // Nothing of a hostile model reaches the terminal but links that are whole.
  const std::regex link("\x1b\\]8;;(https://(huggingface\\.co|github\\.com)/[!-~]*)?\x1b\\\\");
  std::vector<Verdict> all = golden("hostile-text");
  all.push_back(hostile());
  all.push_back(known("deepseek-ai/DeepSeek-R1"));
  for (const int verbosity : {0, 1}) {
    style.verbosity = verbosity;
    for (const Verdict& v : all) {
      const std::string text = text_of({v}, style);
      EXPECT_EQ(std::regex_replace(text, link, "").find('\x1b'), std::string::npos);
      EXPECT_EQ(text.find('\x07'), std::string::npos);
    }
  }
}

TEST(Screen, AddressesAreWholeAndNamesBrokenBetweenTheirParts) {
  const std::string address = "https://huggingface.co/acme/a-very-long-name-of-a-model/blob/main/README.md";
  EXPECT_THAT(report::wrap("see " + address + " there", 30), ElementsAre("see", address, "there"));
  EXPECT_THAT(report::wrap("acme/DeepSeek-R1-Distill-Llama-70B", 20),
              ElementsAre("acme/DeepSeek-R1-", "Distill-Llama-70B"));
  EXPECT_THAT(report::wrap(std::string(25, 'x'), 10),
              ElementsAre(std::string(10, 'x'), std::string(10, 'x'), "xxxxx"));
  EXPECT_EQ(report::short_id("acme/m", screen(80)), "…/m");
  EXPECT_EQ(report::short_id("gpt-4", screen(80)), "gpt-4");
}

TEST(Table, IsSortedAsAskedAndEndsWithCounts) {
  const std::vector<Verdict> all = {known("deepseek-ai/DeepSeek-V3"), known("gpt-4"),
                                    known("deepseek-ai/DeepSeek-R1"),
                                    known("meta-llama/Llama-3.3-70B-Instruct")};
  const auto first = [&](const char* order) {
    Style style = screen(120);
    style.sort = order;
    return lines_of(text_of(all, style))[1];
  };
  EXPECT_THAT(first(""), StartsWith("deepseek-ai/DeepSeek-V3"));
  EXPECT_THAT(first("asked"), StartsWith("deepseek-ai/DeepSeek-V3"));
  EXPECT_THAT(first("verdict"), StartsWith("deepseek-ai/DeepSeek-R1"));
  EXPECT_THAT(first("name"), StartsWith("deepseek-ai/DeepSeek-R1"));
  EXPECT_THAT(first("score"), StartsWith("meta-llama/"));
  EXPECT_THAT(first("memory"), StartsWith("meta-llama/"));
  EXPECT_EQ(lines_of(text_of(all, screen(120))).back(),
            "4 models: 1 Open Weights, 2 Weights Available, 1 API Only; 1 gated");
}

TEST(Table, ShowsTheColumnsThatAreAskedForAndTheUses) {
  Style style = screen(120);
  style.columns = {"model", "gate", "memory", "product"};
  const auto table = lines_of(text_of({known("meta-llama/Llama-3.3-70B-Instruct"), known("gpt-4")}, style));
  EXPECT_THAT(table[0], testing::MatchesRegex("model +gate +memory +product"));
  EXPECT_THAT(table[1], testing::MatchesRegex(".*Llama.* accept terms first +141 GB +ask first"));
  for (const std::string& name : table_columns()) {
    style.columns = {"model", name};
    EXPECT_FALSE(text_of({known("gpt-4")}, style).empty()) << name;
  }
  Verdict asked = known("gpt-4");
  asked.permissions.resize(1);
  asked.permissions.front().asked = true;
  EXPECT_THAT(lines_of(text_of({asked, asked}, screen(120)))[0], HasSubstr("license            internal"));
}

TEST(Table, OutputThatIsNoTerminalIsARowAModel) {
  Style plain;
  plain.width = 40;
  const auto table =
      lines_of(text_of({known("deepseek-ai/DeepSeek-R1-Distill-Llama-70B"), known("gpt-4")}, plain));
  EXPECT_THAT(table[1], StartsWith("deepseek-ai/DeepSeek-R1-Distill-Llama-70B "));
  EXPECT_THAT(table[1], HasSubstr("Llama 3.3 and MIT"));
}

TEST(Side, ComparisonsFitTheTerminal) {
  std::vector<std::string> models;
  for (const std::string& id : well_known()) models.push_back(compared(known(id)));
  for (const std::size_t count : {2u, 3u, 9u}) {
    for (const int width : kWidths) {
      const Style style = screen(width);
      const std::string text =
          render_compare({models.begin(), models.begin() + static_cast<std::ptrdiff_t>(count)}, Format::text,
                         style, the_catalog())
              .text;
      expect_fits(text, style);
      EXPECT_THAT(text, Not(HasSubstr("LicenseRef-"))) << "words, not ids";
      EXPECT_THAT(text, Not(HasSubstr("load_bytes")));
    }
  }
}

}  // namespace
}  // namespace howopen::test
