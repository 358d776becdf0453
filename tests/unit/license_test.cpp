// The only license text at hand is this project's own; small texts are written for the purpose, and what the
// index knows by heart is tried by its words (mutation_test.cpp). Other texts are tried where ../shared is.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <sstream>

#include "howopen/catalog.h"
#include "license/identify.h"
#include "reading/tokens.h"
#include "support/catalog.h"
#include "support/temp_dir.h"

namespace howopen::license {
namespace {

using test::the_catalog;

using testing::ElementsAre;
using testing::IsEmpty;
namespace fs = std::filesystem;

const std::string kApache = test::slurp(std::string(HOWOPEN_SOURCE_DIR) + "/LICENSE");

Identified of(const std::string& text) {
  return identify(text, the_catalog());
}

std::vector<Word> words(std::string_view text) {
  std::vector<Word> out;
  for (const Token& t : reading::tokens(text)) out.push_back(t.word);
  return out;
}

TEST(Tokens, OneWordInAllItsForms) {
  EXPECT_EQ(words("The LICENCE"), words("license"));
  EXPECT_EQ(words("non-commercial"), words("noncommercial"));
  EXPECT_EQ(words("non\n// commercial").size(), 2u);  // a comment sign parts
  EXPECT_EQ(words("non- commercial, Non Commercial"), words("noncommercial noncommercial"));
  EXPECT_EQ(words("sub-license and sub-let"), words("sublicense and sub let"));
  EXPECT_EQ(words("licensor\xE2\x80\x99s"), words("licensor's"));
  EXPECT_EQ(words("\xEF\xBC\xAD\xEF\xBC\xA9\xEF\xBC\xB4"), words("MIT"));  // full-width
  EXPECT_EQ(words("caf\xC3\xA9"), words("cafe\xCC\x81"));                  // composed and not
  EXPECT_EQ(words("\xEF\xAC\x81tness"), words("fitness"));                 // a ligature
  EXPECT_EQ(words("\xFF\xFE x"), words("x"));                              // no UTF-8
  EXPECT_EQ(words("\xE8\xAE\xB8\xE5\x8F\xAF MIT").size(), 3u);             // ideographs are words
}

TEST(Tokens, WhatCountsClausesIsNoWord) {
  EXPECT_EQ(words("1. Use (a) this; iv) and [2] that 3.1 had."), words("use this; and that 3.1 had"));
  // Wherever the line breaks.
  EXPECT_EQ(words("see section\n2. Then"), words("see section 2. Then"));
}

TEST(Tokens, MarkupIsNoText) {
  EXPECT_EQ(words("<p class='x'>free <b>of</b> charge</p>"), words("free of charge"));
  EXPECT_EQ(words("[the license](https://example.com/no/commercial/use)"), words("the license"));
  EXPECT_EQ(words("**free** _of_ `charge`"), words("free of charge"));
  EXPECT_EQ(words("<b>free</b>"), words("free"));
  EXPECT_EQ(words("<!DOCTYPE html>free"), words("free"));
  // A place for a year is text, and so is a comment.
  EXPECT_EQ(words("<year> <!-- not free -->"), words("year not free"));
  EXPECT_EQ(words("AT&amp;T"), words("AT & T"));
}

TEST(Tokens, SayWhereTheyAre) {
  const std::string text = "Free, as in  speech";
  for (const Token& t : reading::tokens(text))
    EXPECT_EQ(word_of(text.substr(t.begin, t.end - t.begin)), t.word);
}

TEST(Identify, WrappingCaseAndMarkupDoNotMatter) {
  EXPECT_EQ(of(kApache).match, Match::exact);
  std::string quoted;
  for (const char c : kApache) quoted += c == '\n' ? "\r\n > " : c == ' ' ? "\t" : std::string(1, c);
  std::string upper = kApache;
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  std::string one_line = kApache;
  for (char& c : one_line) c = c == '\n' ? ' ' : c;
  std::string comment = "/*\n";
  std::istringstream lines(kApache);
  for (std::string line; std::getline(lines, line);) comment += " * " + line + "\n";
  for (const std::string& text :
       {quoted, upper, one_line, comment + " */\n", "<html><body><p>" + kApache + "</p></body></html>"}) {
    const Identified i = of(text);
    EXPECT_THAT(i.licenses, ElementsAre("Apache-2.0"));
    EXPECT_TRUE(i.match == Match::exact || i.match == Match::template_) << word(i.match);
    EXPECT_EQ(i.confidence, 1);
  }
}

TEST(Identify, TheAppendixMayLack) {
  const Identified i = of(kApache.substr(0, kApache.find("APPENDIX")));
  EXPECT_THAT(i.licenses, ElementsAre("Apache-2.0"));
  EXPECT_TRUE(i.match == Match::exact || i.match == Match::template_) << word(i.match);
}

TEST(Identify, TermsBesideItAreExtraTerms) {
  const Identified i = of(kApache + "\nNot for use by companies with more than 100 employees.\n");
  EXPECT_EQ(i.match, Match::extra_terms);
  EXPECT_THAT(i.licenses, ElementsAre("Apache-2.0"));
  ASSERT_EQ(i.leftover.size(), 1u);
  EXPECT_EQ(i.leftover[0].kind, Leftover::Kind::restriction);
  EXPECT_EQ(i.leftover[0].change, Leftover::Change::beside);
  EXPECT_EQ(i.leftover[0].lines.first, std::count(kApache.begin(), kApache.end(), '\n') + 2);
  EXPECT_NE(i.leftover[0].quote.find("more than 100 employees"), std::string::npos);
  EXPECT_EQ(of("For non-commercial use only.\n" + kApache).match, Match::extra_terms);
  ASSERT_FALSE(of("For non-commercial use only.\n" + kApache).restrictions.empty());
  EXPECT_EQ(of("For non-commercial use only.\n" + kApache).restrictions[0].kind, "non-commercial");
}

TEST(Identify, NamesAndWarrantiesBesideItAreNone) {
  for (const char* line :
       {"Copyright 2024 Acme Research Limited, mail@acme.no. All rights reserved.", "Acme Modified License",
        "This software is provided as is, without warranty of any kind.",
        "Portions of this file were written by Jane Doe <https://users.example.com/no>."}) {
    const Identified i = of(std::string(line) + "\n\n" + kApache);
    EXPECT_TRUE(i.match == Match::exact || i.match == Match::template_) << line << ": " << word(i.match);
  }
}

TEST(Identify, WordsInsideItMakeItAnother) {
  std::string negated = kApache;
  negated.replace(negated.find("hereby grants"), 13, "hereby does not grant");
  EXPECT_EQ(of(negated).match, Match::modified);
  std::string longer = kApache;
  longer.insert(longer.find("You may reproduce"), "For research, ");
  EXPECT_EQ(of(longer).match, Match::modified);
  ASSERT_FALSE(of(longer).leftover.empty());
  EXPECT_EQ(of(longer).leftover[0].change, Leftover::Change::inserted);
}

TEST(Identify, APartOfItIsIncomplete) {
  const Identified i = of(kApache.substr(0, kApache.size() / 2));
  EXPECT_EQ(i.match, Match::incomplete);
  EXPECT_THAT(i.licenses, ElementsAre("Apache-2.0"));
  EXPECT_LT(i.confidence, 0.7);
}

TEST(Identify, NoLicenseIsNone) {
  for (const char* text : {"", " \n\t ", "A model for chemistry. Run it with python3 run.py.",
                           "Copyright 2024 Acme. All rights reserved."}) {
    EXPECT_EQ(of(text).match, Match::none) << text;
    EXPECT_THAT(of(text).licenses, IsEmpty());
  }
}

TEST(Identify, UnknownTermsSayWhatTheyForbid) {
  const Identified i =
      of("Acme Model License Agreement\n\nThe licensor grants you a worldwide, non-exclusive license.\n"
         "You may not use the model for commercial purposes.\n"
         "If you have more than 100 million monthly active users, you must request a license from us.\n"
         "You may not use the outputs to train other models.\n"
         "The policy is at https://acme.example/use-policy.\n");
  EXPECT_EQ(i.match, Match::unknown);
  std::set<std::string> kinds;
  for (const Restriction& r : i.restrictions) kinds.insert(r.kind);
  EXPECT_TRUE(kinds.contains("non-commercial"));
  EXPECT_TRUE(kinds.contains("user-threshold"));
  EXPECT_TRUE(kinds.contains("model-training"));
  EXPECT_EQ(i.restrictions[0].lines.first, 4);
  EXPECT_THAT(i.policies, ElementsAre("https://acme.example/use-policy"));
}

TEST(Identify, SeveralInOneFile) {
  const Identified i = of(kApache + "\n-----\n\n" + kApache);
  EXPECT_THAT(i.licenses, ElementsAre("Apache-2.0"));
  EXPECT_EQ(i.found.size(), 2u);
  EXPECT_GT(i.found[1].lines.first, i.found[0].lines.last);
}

// Texts that are made to cost time: what matters is that they end, and that nothing is made up.
TEST(Identify, HostileTexts) {
  const std::string units[] = {"permission is hereby granted free of charge ",
                               "](",
                               "<a <b ",
                               "the of ",
                               "not commercial ",
                               "http",
                               "non sub per ",
                               "&",
                               "<style>",
                               "\xE4\xB8\xAD",
                               "\xCC\x81",
                               "https://policy ",
                               std::string(1, '\0')};
  for (const std::string& unit : units) {
    std::string text;
    while (text.size() < 300'000) text += unit;
    EXPECT_NE(of(text).match, Match::exact) << unit;
  }
}

// With ../shared
// ------------------------------------------------------------------------------------------------------

const fs::path kShared = fs::path(HOWOPEN_SOURCE_DIR) / "../shared/licenses";

std::vector<std::vector<std::string>> rows(const fs::path& table) {
  std::vector<std::vector<std::string>> out;
  std::ifstream in(table);
  for (std::string line; std::getline(in, line);) {
    std::istringstream fields(line);
    out.emplace_back();
    for (std::string f; std::getline(fields, f, '\t');) out.back().push_back(f);
  }
  return out;
}

bool as_it_stands(const Identified& i) {
  return i.match == Match::exact || i.match == Match::template_;
}

TEST(Shared, EveryTextOfSpdxIsItselfOrHasTheSameWords) {
  if (!fs::exists(kShared)) GTEST_SKIP() << "no ../shared/licenses: nothing was checked";
  std::set<std::string> canonical;
  int checked = 0;
  for (const auto& row : rows(kShared / "texts/INDEX.tsv")) {
    if (row.size() < 5 || row[4] != "spdx" || row[0].starts_with("depreciate_")) continue;
    const Identified i = of(test::slurp((kShared / "texts" / (row[0] + ".txt")).string()));
    ++checked;
    EXPECT_TRUE(as_it_stands(i)) << row[0] << " is " << word(i.match);
    for (const std::string& id : i.licenses) canonical.insert(id);
  }
  EXPECT_GT(checked, 700);
  EXPECT_GT(canonical.size(), 680u);  // the rest are textual aliases of the GNU and font licenses
}

TEST(Shared, EveryModelLicenseIsItself) {
  if (!fs::exists(kShared)) GTEST_SKIP() << "no ../shared/licenses: nothing was checked";
  int checked = 0;
  for (const auto& entry : fs::directory_iterator(kShared / "texts")) {
    const std::string id = entry.path().stem().string();
    if (the_catalog().license(id) == nullptr) continue;
    const std::string text = test::slurp(entry.path().string());
    if (reading::tokens(text).size() < 20) continue;
    ++checked;
    EXPECT_TRUE(as_it_stands(of(text))) << id;
    EXPECT_FALSE(as_it_stands(of(text + "\nNon-commercial use only.\n"))) << id;
  }
  EXPECT_GT(checked, 60);
}

// A user's own text is compared as those of the index are.
TEST(Shared, TextsOfTheUserAreMatchedLikeThoseThatShip) {
  if (!fs::exists(kShared)) GTEST_SKIP() << "no ../shared/licenses: nothing was checked";
  int checked = 0;
  for (const char* id : {"LicenseRef-Llama-2", "LicenseRef-Gemma", "LicenseRef-Qwen",
                         "LicenseRef-Falcon-180B", "LicenseRef-SAM", "LicenseRef-DeepSeek-Model-1.0"}) {
    const fs::path path = kShared / "texts" / (std::string(id) + ".txt");
    if (!fs::exists(path)) continue;
    const std::string text = test::slurp(path.string());
    const Catalog own = std::move(*Catalog::load({{"texts/LicenseRef-Own.txt", "test", text}}));
    std::string changed = text;
    changed.insert(changed.size() / 2, " in Atlantis only ");
    for (const std::string& copy : {text, changed, text.substr(0, text.size() / 2), text + "\nNo sale.\n"}) {
      const Identified ours = identify(copy, own);
      const Identified shipped = of(copy);
      ASSERT_FALSE(ours.found.empty()) << id;
      EXPECT_EQ(ours.found.front().id, "LicenseRef-Own") << id;
      EXPECT_EQ(ours.match, shipped.match) << id;
      EXPECT_EQ(ours.confidence, shipped.confidence) << id;
      EXPECT_EQ(ours.leftover.size(), shipped.leftover.size()) << id;
      ++checked;
    }
  }
  EXPECT_GE(checked, 12);
}

// The same words, written by somebody else: wrapped anywhere, in a comment, in HTML, in capitals.
TEST(Shared, WrappingCaseAndMarkupNeverMatter) {
  if (!fs::exists(kShared)) GTEST_SKIP() << "no ../shared/licenses: nothing was checked";
  const bool thorough = std::getenv("HOWOPEN_THOROUGH") != nullptr;
  std::mt19937 random(20261124);
  const auto one_in = [&](unsigned n) { return random() % n == 0; };
  std::vector<fs::path> texts;
  for (const auto& entry : fs::directory_iterator(kShared / "texts")) {
    if (entry.path().extension() == ".txt") texts.push_back(entry.path());
  }
  std::sort(texts.begin(), texts.end());
  int checked = 0;
  for (const fs::path& path : texts) {
    if (!thorough && !one_in(12)) continue;
    const std::string text = test::slurp(path.string());
    const Identified before = of(text);
    for (int style = 0; style < 5; ++style) {
      std::string out;
      std::size_t column = 0;
      const std::size_t width = 30 + random() % 90;
      const char* prefix = style == 0 ? "" : style == 1 ? " * " : style == 2 ? "# " : style == 3 ? "> " : "";
      for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool paragraph = c == '\n' && i + 1 < text.size() && text[i + 1] == '\n';
        if (paragraph) {
          out += style == 4 ? "\n</p>\n\n<p>" : std::string("\n") + prefix;
        } else if ((c == ' ' || c == '\n') && column > width) {
          out += std::string("\n") + prefix;
          column = 0;
        } else if (c == '\n') {
          out += std::string("\n") + prefix;
          column = 0;
        } else {
          out += style == 0 && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
          ++column;
        }
      }
      const Identified after = of(out);
      ++checked;
      EXPECT_EQ(after.licenses, before.licenses) << path << " in style " << style;
      EXPECT_EQ(as_it_stands(after), as_it_stands(before))
          << path << " in style " << style << ": " << word(after.match);
    }
  }
  EXPECT_GT(checked, 100);
}

TEST(Shared, Cases) {
  if (!fs::exists(kShared)) GTEST_SKIP() << "no ../shared/licenses: nothing was checked";
  int checked = 0;
  for (const auto& row : rows(kShared / "cases/TRUTH.tsv")) {
    ASSERT_GE(row.size(), 2u);
    const Identified i = of(test::slurp((kShared / "cases" / (row[0] + ".txt")).string()));
    const std::string& kind = row[1];
    ++checked;
    if (kind == "clean" || kind == "ai" || kind == "wrap" || kind == "markup" || kind == "attachment")
      EXPECT_TRUE(as_it_stands(i) && i.licenses.size() == 1) << row[0] << " is " << word(i.match);
    else if (kind == "none")
      EXPECT_EQ(i.match, Match::none) << row[0];
    else if (kind == "multi")
      EXPECT_EQ(i.licenses.size(), 2u) << row[0];
    else if (kind == "truncated")
      EXPECT_EQ(i.match, Match::incomplete) << row[0];
    else
      EXPECT_TRUE(!as_it_stands(i) || i.licenses.front().starts_with("LicenseRef-")) << row[0];
  }
  EXPECT_GT(checked, 100);
}

}  // namespace
}  // namespace howopen::license
