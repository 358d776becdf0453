// SPDX expressions, and what an altered text is called.

#include "catalog/expression.h"

#include <gtest/gtest.h>

#include "support/catalog.h"

namespace howopen::catalog {
namespace {

using test::the_catalog;

std::string canonical(const std::string& text) {
  const auto e = parse_expression(text, the_catalog());
  return e ? e->text() : "error: " + e.error().what;
}

LicenseClass cls(const std::string& text) {
  return class_of(*parse_expression(text, the_catalog()), the_catalog());
}

TEST(Expression, IsPrintedInOneWay) {
  EXPECT_EQ(canonical("MIT"), "MIT");
  EXPECT_EQ(canonical("mit"), "MIT");
  EXPECT_EQ(canonical("llama3.1"), "LicenseRef-Llama-3.1");
  EXPECT_EQ(canonical("(mit OR apache-2.0) and 0BSD"), "0BSD AND (Apache-2.0 OR MIT)");
  EXPECT_EQ(canonical("Apache-2.0 OR MIT"), canonical("((mit) or (apache-2.0 OR MIT))"));
  EXPECT_EQ(canonical("Zlib OR MIT AND 0BSD"), "0BSD AND MIT OR Zlib");
  EXPECT_EQ(canonical("gpl-2.0-only with classpath-exception-2.0"),
            "GPL-2.0-only WITH Classpath-exception-2.0");
  EXPECT_EQ(canonical("GPL-2.0+"), "GPL-2.0-or-later");
  EXPECT_EQ(canonical("LicenseRef-House"), "LicenseRef-House");
}

TEST(Expression, WhatIsWrongIsNamed) {
  for (const char* text : {"", "MIT AND", "AND MIT", "(MIT", "MIT)", "MIT MIT", "NoSuchLicense",
                           "MIT WITH NoSuchException", "MIT OR OR 0BSD", "MIT\x01"}) {
    EXPECT_FALSE(parse_expression(text, the_catalog())) << text;
  }
  EXPECT_NE(parse_expression("NoSuchLicense", the_catalog()).error().what.find("NoSuchLicense"),
            std::string::npos);
  EXPECT_FALSE(parse_expression(std::string(1000, '(') + "MIT" + std::string(1000, ')'), the_catalog()));
  EXPECT_FALSE(parse_expression(std::string(5000, 'a'), the_catalog()));
}

TEST(Expression, WhoMayChooseTakesTheFreerOne) {
  EXPECT_EQ(cls("MIT AND llama3.1"), LicenseClass::use_restricted);
  EXPECT_EQ(cls("MIT OR llama3.1"), LicenseClass::open);
  EXPECT_EQ(cls("LicenseRef-House"), LicenseClass::unknown);
  EXPECT_EQ(cls("GPL-2.0-only WITH Classpath-exception-2.0"), LicenseClass::open);
}

TEST(Expression, SpdxIdsThatNobodyDescribedAreKnown) {
  EXPECT_EQ(canonical("osl-1.0"), "OSL-1.0");
  EXPECT_EQ(cls("OSL-1.0"), LicenseClass::open);  // approved by the OSI
  EXPECT_EQ(cls("Glulxe"), LicenseClass::unknown);
}

TEST(AlteredLicense, HasAnIdOfItsOwn) {
  EXPECT_EQ(altered_id("MIT", Match::extra_terms), "LicenseRef-MIT-with-extra-terms");
  EXPECT_EQ(altered_id("LicenseRef-Llama-3.1", Match::modified), "LicenseRef-Llama-3.1-modified");
  EXPECT_EQ(altered_license("LicenseRef-MIT-incomplete")->id, "MIT");
  EXPECT_FALSE(altered_license("MIT"));
  EXPECT_EQ(the_catalog().in_words("LicenseRef-MIT-with-extra-terms AND MIT"),
            "MIT with extra terms and MIT");
  EXPECT_EQ(the_catalog().in_words("LicenseRef-Llama-3.1-modified"), "modified Llama 3.1 Community License");
}

}  // namespace
}  // namespace howopen::catalog
