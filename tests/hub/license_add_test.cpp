// howopen license add, as a user runs it: what was unknown is known from then on, everywhere.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "support/run.h"
#include "text/json.h"

namespace howopen::test {
namespace {

using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

const std::string kTerms =
    "Acme Kettle Model Terms, edition 3\n\nThese terms are between you and the Acme Institute for Kettles. "
    "You may run the files on machines that you own, and show what they make to your pupils. You may not run "
    "them for customers who pay you. Non-commercial use only. Whoever gets the files from you gets these "
    "terms "
    "as well.\n";

text::Json parsed_json(const std::string& s) {
  auto out = text::parse_json(s);
  EXPECT_TRUE(out) << s;
  return out ? std::move(*out) : text::Json();
}

struct Added : testing::Test {
  TempDir dir;
  const std::string data = dir.path() + "/own";
  Added() { fs::create_directories(data); }
  std::string file(const std::string& name, const std::string& content) {
    dir.write(name, content);
    return dir.path() + "/" + name;
  }
  Ran add(const std::string& path, std::vector<std::string> more) {
    std::vector<std::string> all{"license", "add", path, "--data", data, "-o", "json"};
    all.insert(all.end(), more.begin(), more.end());
    return run(all, {{"SOURCE_DATE_EPOCH", "1795000000"}});
  }
  text::Json ask(const std::string& what) {
    const Ran ran = run({"license", what, "--data", data, "-o", "json"});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    return parsed_json(ran.out);
  }
};

TEST_F(Added, IsKnownByTextIdAndName) {
  const std::string terms = file("TERMS", kTerms);
  EXPECT_EQ(ask(terms)["match"].string_or(""), "unknown");
  const Ran ran = add(terms, {"--id", "LicenseRef-Acme-Kettle-3", "--name", "Acme Kettle Model Terms"});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(parsed_json(ran.out)["class"].string_or(""), "non-commercial") << "by what was read of it";

  const text::Json known = ask(terms);
  EXPECT_EQ(known["match"].string_or(""), "exact");
  EXPECT_EQ(known["concluded"].string_or(""), "LicenseRef-Acme-Kettle-3");
  EXPECT_EQ(known["class"].string_or(""), "non-commercial");
  EXPECT_EQ(ask("acme kettle model terms")["class"].string_or(""), "non-commercial");
  // Wrapped and marked up by somebody else it is still itself; with a word more it is not.
  EXPECT_EQ(ask(file("again", "# ACME Kettle Model Terms, Edition 3\n\n> " +
                                  kTerms.substr(kTerms.find("These"))))["match"]
                .string_or(""),
            "exact");
  std::string changed = kTerms;
  changed.replace(changed.find("pupils"), 6, "tenants");
  EXPECT_EQ(ask(file("changed", changed))["match"].string_or(""), "modified");
  EXPECT_EQ(ask(file("two", kTerms + "\nYou must pay for each run.\n"))["match"].string_or(""),
            "extra-terms");
}

TEST_F(Added, TakesTheClassThatItIsGiven) {
  ASSERT_EQ(add(file("T", kTerms), {"--id", "LicenseRef-Acme", "--class", "proprietary"}).exit, 0);
  EXPECT_EQ(ask("LicenseRef-Acme")["class"].string_or(""), "proprietary");
}

TEST_F(Added, WhatWasNotUnderstoodIsUnknownAndSaidToBe) {
  const std::string path = file(
      "T",
      "Kettle deed. Whoever boils water with these files sends the Institute a postcard of their kitchen, "
      "and keeps the lid on. The Institute reads the postcards on the first Monday of the month.\n");
  const Ran ran = run({"license", "add", path, "--id", "LicenseRef-Kettle", "--data", data});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("class unknown"));
  EXPECT_THAT(ran.out, HasSubstr("not understood"));
}

TEST_F(Added, OneBesideTheOthers) {
  ASSERT_EQ(add(file("A", kTerms), {"--id", "LicenseRef-A"}).exit, 0);
  std::string other =
      kTerms + "It is for kettles made before 1950 and for their owners, and ends with them.\n";
  ASSERT_EQ(add(file("B", other), {"--id", "LicenseRef-B"}).exit, 0);
  EXPECT_EQ(ask(file("A", kTerms))["concluded"].string_or(""), "LicenseRef-A");
  EXPECT_EQ(ask(file("B", other))["concluded"].string_or(""), "LicenseRef-B");
}

TEST_F(Added, InTheUsersOwnFolderUnlessOneIsNamed) {
  const std::string home = dir.path() + "/data-home";
  const Ran ran =
      run({"license", "add", file("T", kTerms), "--id", "LicenseRef-Acme"}, {{"XDG_DATA_HOME", home}});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  EXPECT_TRUE(fs::exists(home + "/howopen/texts/LicenseRef-Acme.txt"));
  EXPECT_TRUE(fs::exists(home + "/howopen/licenses.json"));
}

TEST_F(Added, WhatCannotBeAddedIsRefusedAndNothingIsWritten) {
  const std::string terms = file("T", kTerms);
  const std::string apache = std::string(HOWOPEN_SOURCE_DIR) + "/LICENSE";
  const struct {
    std::string path;
    std::vector<std::string> options;
    const char* says;
  } kRefused[] = {
      {apache, {"--id", "LicenseRef-Mine"}, "it is Apache-2.0"},
      {terms, {"--id", "Acme"}, "--id Acme"},
      {terms, {"--id", "LicenseRef-../../x"}, "--id"},
      {terms, {}, "LicenseRef-"},
      {terms, {"--id", "LicenseRef-A", "--class", "free"}, "unknown class"},
      {file("short", "Be kind.\n"), {"--id", "LicenseRef-A"}, "too short"},
      {file("empty", ""), {"--id", "LicenseRef-A"}, "too short"},
      {file("latin", "\xE9" + kTerms), {"--id", "LicenseRef-A"}, "UTF-8"},
      {dir.path() + "/none", {"--id", "LicenseRef-A"}, "cannot be read"},
      {terms, {"--id", "LicenseRef-Llama-2", "--class", "open"}, "keeps its name and class"},
  };
  for (const auto& r : kRefused) {
    const Ran ran = add(r.path, r.options);
    EXPECT_EQ(ran.exit, 2) << r.says << ran.out;
    EXPECT_THAT(ran.err, HasSubstr(r.says));
    EXPECT_FALSE(fs::exists(data + "/texts")) << r.says;
    EXPECT_FALSE(fs::exists(data + "/licenses.json")) << r.says;
  }
  ASSERT_EQ(add(terms, {"--id", "LicenseRef-A"}).exit, 0);
  EXPECT_EQ(
      add(file("U", kTerms + "And more of the same, for those who like it.\n"), {"--id", "LicenseRef-A"})
          .exit,
      2)
      << "a text is not replaced";
}

TEST_F(Added, ATextInTheFolderThatIsNoneIsAnError) {
  dir.write("own/texts/notes.txt", "remember the milk");
  const Ran ran = run({"license", "MIT", "--data", data});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr("notes.txt"));
}

TEST_F(Added, MoreWordsThanCanBeNumberedIsAnErrorNotACrash) {
  std::string many;
  for (int i = 0; i < 70'000; ++i) {
    std::string word = "w";
    for (int n = i; n > 0; n /= 26) word += static_cast<char>('a' + n % 26);
    many += word + ' ';
  }
  dir.write("own/texts/LicenseRef-Many.txt", many);
  const Ran ran = run({"license", "MIT", "--data", data});
  EXPECT_EQ(ran.exit, 2) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("too many different words"));
  EXPECT_THAT(ran.err, Not(HasSubstr("bug")));
}

}  // namespace
}  // namespace howopen::test
