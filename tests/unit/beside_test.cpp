// What stands above and below a license text and leaves it what it is, each with a neighbor that does not.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "license/identify.h"
#include "support/catalog.h"
#include "support/run.h"

namespace howopen::test {
namespace {

const std::string& apache() {
  static const std::string text = slurp(std::string(HOWOPEN_SOURCE_DIR) + "/LICENSE");
  return text;
}
bool plain(const std::string& text) {
  const Match match = license::identify(text, the_catalog()).match;
  return match == Match::exact || match == Match::template_;
}
bool plain_above(const std::string& words) {
  return plain(words + "\n\n" + apache());
}
bool plain_below(const std::string& words) {
  return plain(apache() + "\n\n" + words + "\n");
}

struct Pair {
  const char* harmless;
  const char* binds;
};

TEST(BesideALicense, DescriptionsWithoutAVerb) {
  for (const char* words :
       {"A chess engine", "Kestrel, a chess engine", "Kestrel: a chess engine.", "Waiting list simulator",
        "Heron - a small reader of XML", "Tide tables for the North Sea", "Sheet music typesetter",
        "Bus stops in Lisbon", "An atlas of old harbors and their lighthouses"})
    EXPECT_TRUE(plain_above(words)) << words;
  for (const char* words :
       {"Research edition", "For hospitals", "Evaluation copy for partners", "Academic build.",
        "A version for members", "Ainult teadustööks", "仅供内部研究", "Nur für Schulen"})
    EXPECT_FALSE(plain_above(words)) << words;
}

TEST(BesideALicense, AddressesAndDigests) {
  EXPECT_TRUE(plain_above("Heron Robotics S.L.\nCalle de Toledo 14, 28014 Madrid, Spain"));
  EXPECT_TRUE(plain_above("12 Harbour Road, Galway H91 XY12, Ireland"));
  EXPECT_TRUE(plain_below("md5 9e107d9d372bb6826bd81d3542a419d6 heron-1.4.zip"));
  EXPECT_TRUE(plain_below("sha256: 3b7c1f0d9a5e4c2b8f6a7d1e0c9b8a7f6e5d4c3b2a190817263544f5e6d7c8b9"));
  EXPECT_FALSE(plain_below("md5 9e107d9d372bb6826bd81d3542a419d6 for subscribers"));
}

TEST(BesideALicense, QuestionsAndAnswers) {
  EXPECT_TRUE(plain_below("May I sell it? Yes.\nDo I have to ask? No."));
  EXPECT_TRUE(plain_below("**Can we change it?** Yes."));
  EXPECT_FALSE(plain_below("May I sell it? No."));
  EXPECT_FALSE(plain_below("Do I have to ask? Yes."));
  EXPECT_FALSE(plain_below("May I not sell it? Yes."));
  EXPECT_FALSE(plain_below("May I sell it? Ask first."));
}

TEST(BesideALicense, Citations) {
  EXPECT_TRUE(
      plain_below("@inproceedings{roe2023heron,\n  title = {Free Weather Models at Commercial Scale},\n"
                  "  author = {Roe, Jane and Example, Mark},\n  year = {2023}\n}"));
  EXPECT_FALSE(
      plain_below("@misc{roe2023heron,\n  title = {Heron},\n  note = {For non-commercial use only}\n}"));
  EXPECT_FALSE(plain_below("@misc{roe2023heron, title = {Heron}\n\nFor non-commercial use only."));
}

TEST(BesideALicense, OpenWorkOfOthersAndItsPlaces) {
  EXPECT_TRUE(
      plain_below("| Path | License |\n| --- | --- |\n| third_party/zlib/ | Zlib |\n| docs/ | CC-BY-4.0 |"));
  EXPECT_TRUE(plain_below("The sample data in data/ are dedicated to the public domain (CC0-1.0)."));
  EXPECT_FALSE(plain_below("| Path | License |\n| --- | --- |\n| docs/ | CC-BY-NC-4.0 |"));
  EXPECT_FALSE(plain_below("The sample data in data/ are under the Heron Data License."));
  EXPECT_FALSE(plain_below("The weights in weights/ are under the GPL-3.0."));
  EXPECT_TRUE(
      plain_below("Heron and its logo are trademarks of Heron Labs. This license grants no rights in them."));
  EXPECT_FALSE(plain_below("This license grants no rights in the weights."));
}

TEST(BesideALicense, DisclaimersInOtherLanguages) {
  EXPECT_TRUE(
      plain_below("Die Software wird ohne jede ausdrückliche oder stillschweigende Gewährleistung "
                  "bereitgestellt. Die Urheber haften nicht für Schäden."));
  EXPECT_FALSE(plain_below("Die Software darf nicht verkauft werden."));
}

TEST(BesideALicense, WordsThatAreStruckOut) {
  const auto struck = [](const std::string& from, const std::string& to) {
    std::string text = apache();
    const std::string words = "reproduce, prepare Derivative Works of";
    const std::size_t at = text.find(words);
    EXPECT_NE(at, std::string::npos);
    return text.replace(at, words.size(), from + words + to);
  };
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"~~", "~~"}, {"<del>", "</del>"}, {"<s>", "</s>"}, {"<STRIKE>", "</STRIKE>"}})
    EXPECT_FALSE(plain(struck(from, to))) << from;
  EXPECT_TRUE(plain("~~~~~~~~~~~~\n\n" + apache() + "\n\n~~~~~~~~~~~~\n")) << "a row of signs is a line";
}

}  // namespace
}  // namespace howopen::test
