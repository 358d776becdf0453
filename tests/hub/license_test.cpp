// howopen license, as a user runs it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/models.h"
#include "support/run.h"
#include "text/json.h"

namespace howopen::test {
namespace {

using testing::HasSubstr;

text::Json json(const std::string& s) {
  auto out = text::parse_json(s);
  EXPECT_TRUE(out) << s;
  return out ? std::move(*out) : text::Json();
}

TEST(LicenseCommand, NamesATextAndWhatItPermits) {
  const Ran ran = run({"license", std::string(HOWOPEN_SOURCE_DIR) + "/LICENSE"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("Apache-2.0"));
  EXPECT_THAT(ran.out, HasSubstr("exact"));
  EXPECT_THAT(ran.out, HasSubstr("commercial use"));
}

TEST(LicenseCommand, JsonSaysWhatIsLeftOverAndWhere) {
  const TempDir dir;
  dir.write("LICENSE", kApache +
                           "\nNot for use by companies with more than 100 employees. See the policy at "
                           "https://acme.example/policy.\n");
  const Ran ran = run({"license", dir.path() + "/LICENSE", "-o", "json"});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  const text::Json out = json(ran.out);
  EXPECT_EQ(out["match"].string_or(""), "extra-terms");
  EXPECT_EQ(out["concluded"].string_or(""), "LicenseRef-Apache-2.0-with-extra-terms");
  const text::Json& license = out["licenses"].items()[0];
  EXPECT_EQ(license["id"].string_or(""), "Apache-2.0");
  EXPECT_EQ(license["version"].string_or(""), "2.0");
  EXPECT_EQ(license["match"].string_or(""), "exact");
  EXPECT_EQ(license["confidence"].real().value_or(0), 1.0);
  EXPECT_GT(license["span"]["last"].integer_or(0), 190);
  const text::Json& left = out["leftover"].items()[0];
  EXPECT_EQ(left["kind"].string_or(""), "restriction");
  EXPECT_EQ(left["lines"]["first"].integer_or(0), std::count(kApache.begin(), kApache.end(), '\n') + 2);
  EXPECT_THAT(std::string(left["quote"].string_or("")), HasSubstr("100 employees"));
  EXPECT_EQ(out["restrictions"].items()[0]["kind"].string_or(""), "user-threshold");
  EXPECT_EQ(out["policies"].items()[0]["url"].string_or(""), "https://acme.example/policy");
  EXPECT_EQ(out["policies"].items()[0]["status"].string_or(""), "external, mutable, not read");
}

TEST(LicenseCommand, ShowsEveryDifferenceWhenAsked) {
  const TempDir dir;
  dir.write("LICENSE", kApache + "\nTHIS SOFTWARE COMES WITHOUT WARRANTY OF ANY KIND.\n");
  EXPECT_THAT(run({"license", dir.path() + "/LICENSE"}).out, testing::Not(HasSubstr("SOFTWARE COMES")));
  EXPECT_THAT(run({"license", dir.path() + "/LICENSE", "--diff"}).out, HasSubstr("SOFTWARE COMES"));
}

TEST(LicenseCommand, WhichLawItIsSaysMoreThanThatOneIsNamed) {
  EXPECT_THAT(run({"license", "llama3.1"}).out, HasSubstr("governing law         California"));
  EXPECT_THAT(run({"license", "apache-2.0"}).out, HasSubstr("governing law         not named"));
}

TEST(LicenseCommand, NamesAndExpressions) {
  EXPECT_THAT(run({"license", "llama3.1"}).out, HasSubstr("LicenseRef-Llama-3.1"));
  EXPECT_THAT(run({"license", "mit and llama3.1"}).out, HasSubstr("use-restricted"));
  EXPECT_THAT(run({"license", "mit or llama3.1"}).out, HasSubstr("chosen"));
  EXPECT_EQ(json(run({"license", "apache-2.0", "-o", "json"}).out)["id"].string_or(""), "Apache-2.0");
  const Ran list = run({"license"});
  EXPECT_THAT(list.out, HasSubstr("LicenseRef-DeepSeek-Model-1.0"));
}

TEST(LicenseCommand, WrongNamesAndFiles) {
  const TempDir dir;
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"license", "no-such-license"}, {"license", dir.path()}, {"license", "mit and"}}) {
    const Ran ran = run(words);
    EXPECT_EQ(ran.exit, 2) << ran.out;
    EXPECT_THAT(ran.err, HasSubstr("error: ")) << words[1];
  }
  EXPECT_THAT(run({"license", "llama3.11"}).err, HasSubstr("did you mean"));
  dir.write("big", std::string(3'000'000, 'x'));
  EXPECT_EQ(run({"license", dir.path() + "/big"}).exit, 2);
}

TEST(LicenseCommand, HostileTextIsEscaped) {
  const TempDir dir;
  dir.write("LICENSE", kApache + "\nYou must pay \x1b[31m\x1b]0;title\x07 a fee.\n");
  const Ran ran = run({"license", dir.path() + "/LICENSE"});
  EXPECT_EQ(ran.out.find('\x1b'), std::string::npos);
  EXPECT_EQ(ran.out.find('\x07'), std::string::npos);
}

}  // namespace
}  // namespace howopen::test
