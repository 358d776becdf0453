// May it be made of these parts? Against a table that was written from license texts and published tables
// before the rules were, tests/combine/truth.tsv. Half of its rows, by a hash, was looked at while the rules
// were written.

#include "howopen/combine.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include "catalog/traits.h"
#include "support/catalog.h"
#include "support/rows.h"
#include "text/digest.h"
#include "text/json.h"

namespace howopen::test {
namespace {

struct Answers {
  int all = 0, equal = 0, wrong_yes = 0, cautious = 0, too_strict = 0;
};

std::vector<Part> combined_parts(const std::string& words) {
  std::vector<Part> out;
  std::istringstream in(words);
  for (std::string word; in >> word;) {
    const std::size_t equals = word.find('=');
    Part p;
    p.role = from_word<Part::Role>(word.substr(0, equals)).value();
    p.license = p.name = word.substr(equals + 1);
    if (p.license == "LicenseRef-OpenMDW-1.0") p.license = "OpenMDW-1.0";
    out.push_back(std::move(p));
  }
  return out;
}

TEST(Combine, AnswersAsTheTextsAndPublishedTablesDo) {
  Answers halves[2];
  std::ifstream in(HOWOPEN_SOURCE_DIR "/tests/combine/truth.tsv");
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::vector<std::string> row;
    std::istringstream fields(line);
    for (std::string f; std::getline(fields, f, '\t');) row.push_back(f);
    ASSERT_GE(row.size(), 4u) << line;
    std::optional<Purpose> use;
    if (row[2] != "-") use = from_word<Purpose>(row[2]);
    const Combination c = combine(combined_parts(row[0]), row[1], use, {}, the_catalog());
    const Permission mine = c.answer == Permission::yes_if ? Permission::yes : c.answer;
    const Permission truth = from_word<Permission>(row[3]).value();
    const bool held = text::sha256(line)[0] >= '8';
    Answers& n = halves[held ? 1 : 0];
    ++n.all;
    n.equal += mine == truth;
    n.wrong_yes += mine == Permission::yes && truth != Permission::yes;
    n.cautious += mine == Permission::ask && truth != Permission::ask;
    n.too_strict += mine == Permission::no && truth != Permission::no;
    if (mine != truth && !held && std::getenv("HOWOPEN_SHOW") != nullptr)
      std::cout << word(mine) << " for " << line << " | " << (c.because.empty() ? "" : c.because.front().text)
                << '\n';
    if (mine == Permission::yes && truth != Permission::yes && std::getenv("HOWOPEN_SHOW") != nullptr && held)
      std::cout << "held: wrong yes " << line << "\n";
  }
  for (const Answers& n : halves)
    std::cout << n.equal << " of " << n.all << " equal; wrong yes " << n.wrong_yes << ", asks instead "
              << n.cautious << ", no instead " << n.too_strict << '\n';
  for (const Answers& n : halves) {
    ASSERT_GT(n.all, 250);
    EXPECT_EQ(n.wrong_yes, 0);
    EXPECT_GE(n.equal * 100, n.all * 93);
  }
}

std::vector<std::string> duties_of(const Combination& c) {
  std::vector<std::string> out;
  for (const Clause& d : c.duties) out.push_back(d.text + " " + d.clause);
  return out;
}

TEST(Combine, AnyLaterVersionHasTheDutiesOfTheLowest) {
  for (const char* base : {"GPL-2.0", "GPL-3.0", "AGPL-3.0", "LGPL-2.1", "LGPL-3.0"}) {
    const std::string only = std::string(base) + "-only";
    const std::string later = std::string(base) + "-or-later";
    const auto duties = duties_of(combine(combined_parts("model=" + later), later, {}, {}, the_catalog()));
    EXPECT_GE(duties.size(), 5u) << later;
    EXPECT_EQ(duties, duties_of(combine(combined_parts("model=" + only), only, {}, {}, the_catalog())));
  }
}

// Open licenses that set a condition at all set it for whoever passes a derivative on.
TEST(Combine, NoOpenLicenseWithConditionsIsAPlainYes) {
  int seen = 0;
  const auto spdx = text::parse_json(the_catalog().file("spdx.json"));
  ASSERT_TRUE(spdx);
  for (const char* list : {"approved", "licenses"}) {
    for (const text::Json& row : (*spdx)[list].items()) {
      const std::string id(row.items()[0].string_or(""));
      const LicenseEntry* entry = the_catalog().license(id);
      if (entry == nullptr || entry->cls != LicenseClass::open ||
          !catalog::trait_is(*entry, "attribution", "yes"))
        continue;
      ++seen;
      const Combination c = combine(combined_parts("model=" + id), id, {}, {}, the_catalog());
      EXPECT_NE(c.answer, Permission::yes) << id;
    }
  }
  EXPECT_GT(seen, 200);
}

TEST(Combine, TellsTheDutiesOfTheUseThatIsAskedFor) {
  Circumstances of;
  of.users = 300;
  const auto told = [&](const char* license, Purpose use, std::string_view word) {
    const Combination c =
        combine(combined_parts(std::string("model=") + license), license, use, of, the_catalog());
    int times = 0;
    for (const Clause& d : c.duties) times += d.text.starts_with(word);
    return times;
  };
  EXPECT_EQ(told("LicenseRef-Llama-3.1", Purpose::product, "keep to the list of prohibited uses"), 1);
  EXPECT_EQ(told("LicenseRef-Llama-3.1", Purpose::product, "say what dangers are known"), 1);
  EXPECT_EQ(told("LicenseRef-DeepSeek-Model-1.0", Purpose::host, "keep to the list of prohibited uses"), 1);
  EXPECT_EQ(told("AGPL-3.0-only", Purpose::host, "offer the source to users over a network"), 1);
}

TEST(Combine, OfAlternativesTheOneThatAsksForLeast) {
  std::vector<Part> parts(1);
  parts[0].name = parts[0].license = "Apache-2.0 OR MIT";
  const Combination c = combine(parts, "MIT", {}, {}, the_catalog());
  for (const Clause& d : c.duties) EXPECT_EQ(d.license, "MIT") << d.text;
  EXPECT_EQ(c.duties.size(), 2u);
}

}  // namespace
}  // namespace howopen::test
