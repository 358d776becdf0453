// What a file puts together, goes on with in the next line or spells in another way: each kind with
// neighbours that look alike and name no model.

#include "scan_spellings.h"

#include <gtest/gtest.h>

#include <span>
#include <string>

#include "howopen/scan.h"
#include "scan/words.h"
#include "scan_open.h"

namespace howopen::test::spellings {
namespace {

void check(std::span<const Spelling> cases) {
  for (const Spelling& c : cases) {
    EXPECT_EQ(ids(c.file, c.text), c.ids) << c.file << "\n" << c.text;
    EXPECT_EQ(open_texts(c.file, c.text), c.open) << c.file << "\n" << c.text;
  }
}

TEST(ScanSpellings, StringsThatAreMadeOfConstants) {
  check(kMade);
}

TEST(ScanSpellings, WordsThatGoOnInTheNextLine) {
  check(kContinued);
}

TEST(ScanSpellings, PowerShell) {
  check(kPowerShell);
}

TEST(ScanSpellings, Templates) {
  check(kTemplates);
}

TEST(ScanSpellings, TagsAndFoldedTextOfYaml) {
  check(kYaml);
}

TEST(ScanSpellings, IdsOfClouds) {
  check(kServedIds);
}

TEST(ScanSpellings, WhatStandsForAName) {
  check(kStandIns);
}

// What runs a file, by the program: each row keeps to its examples.
TEST(ScanSpellings, ProgramsThatRunFiles) {
  ASSERT_FALSE(scan::words().interpreters.empty());
  for (const scan::Interpreter& i : scan::words().interpreters) {
    EXPECT_NE(open_texts("a.sh", i.match), "") << i.match;
    EXPECT_EQ(open_texts("a.sh", i.other), "") << i.other;
    const Scanned scanned = scan_file("a.sh", i.match);
    ASSERT_EQ(scanned.runs.size(), 1u) << i.match;
    EXPECT_EQ(scanned.runs[0].as, i.as) << i.match;
  }
}

}  // namespace
}  // namespace howopen::test::spellings
