// Files on disk against what they should be.

#include "howopen/verify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace howopen::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string sum(char c) {
  return std::string(64, c);
}

ExpectedFiles model(const std::string& id, const std::map<std::string, char>& files) {
  ExpectedFiles out{id, std::string(40, 'a'), "howopen.lock:1", {}};
  for (const auto& [name, c] : files)
    out.files[name] = {"sha256:" + sum(c), name.find("-of-") == std::string::npos ? name : "shards"};
  return out;
}

DiskFile file(const std::string& name, char c) {
  return {name, name.find("-of-") == std::string::npos ? name : "shards", sum(c), std::string(40, c), {}};
}

std::vector<std::string> states(const Checked& c) {
  std::vector<std::string> out;
  for (const CheckedFile& f : c.files) out.push_back(std::string(word(f.state)) + " " + f.name);
  return out;
}

const ExpectedFiles kTwo = model("acme/two", {{"m-1-of-2.bin", '1'}, {"m-2-of-2.bin", '2'}});
const ExpectedFiles kLone = model("acme/lone", {{"model.bin", '5'}, {"vae/vae.bin", '6'}});
const ExpectedFiles kOther = model("acme/other", {{"model.bin", '7'}});

TEST(Verify, FilesOfTheLockAreThoseOfOneModel) {
  const Checked c = verify("x", {file("m-1-of-2.bin", '1'), file("m-2-of-2.bin", '2')}, {kLone, kTwo});
  EXPECT_EQ(c.id, "acme/two");
  EXPECT_THAT(states(c), ElementsAre("same m-1-of-2.bin", "same m-2-of-2.bin"));
  EXPECT_FALSE(differs(c));
  EXPECT_FALSE(undecided(c));
}

TEST(Verify, AChangedShardDiffers) {
  const Checked c = verify("x", {file("m-1-of-2.bin", '1'), file("m-2-of-2.bin", '9')}, {kTwo, kLone});
  EXPECT_THAT(states(c), ElementsAre("same m-1-of-2.bin", "differs m-2-of-2.bin"));
  EXPECT_TRUE(differs(c));
  // Shards that have changed places are both wrong.
  EXPECT_THAT(states(verify("x", {file("m-1-of-2.bin", '2'), file("m-2-of-2.bin", '1')}, {kTwo})),
              ElementsAre("differs m-1-of-2.bin", "differs m-2-of-2.bin"));
  EXPECT_TRUE(differs(verify("x", {file("m-1-of-2.bin", '9'), file("m-2-of-2.bin", '9')}, {kTwo, kLone})))
      << "no content tells whose they are, but their names do";
}

TEST(Verify, AMissingShardIsMissingAndAnotherSetIsNot) {
  Checked c = verify("x", {file("m-1-of-2.bin", '1')}, {kTwo});
  EXPECT_THAT(states(c), ElementsAre("same m-1-of-2.bin", "missing m-2-of-2.bin"));
  EXPECT_TRUE(differs(c));
  c = verify("x", {file("m-1-of-2.bin", '1')}, {kTwo}, true);
  EXPECT_FALSE(differs(c)) << "only that file was asked for";
  EXPECT_EQ(c.elsewhere, 1U);
  c = verify("x", {file("model.bin", '5')}, {kLone});
  EXPECT_THAT(states(c), ElementsAre("same model.bin"));
  EXPECT_EQ(c.elsewhere, 1U);
}

TEST(Verify, RenamedFilesAreFoundByContent) {
  const Checked c = verify("x", {file("blob", '5')}, {kTwo, kLone});
  EXPECT_EQ(c.id, "acme/lone");
  ASSERT_THAT(states(c), ElementsAre("same blob"));
  EXPECT_EQ(c.files[0].note, "model.bin");
  EXPECT_THAT(states(verify("x", {file("vae.bin", '9')}, {kLone})), ElementsAre("differs vae.bin"))
      << "a file without its folder";
}

TEST(Verify, WhatNobodyKnowsIsUndecided) {
  EXPECT_TRUE(undecided(verify("x", {}, {kTwo}))) << "nothing is no proof";
  EXPECT_TRUE(undecided(verify("x", {file("model.bin", '5')}, {})));
  const Checked both = verify("x", {file("model.bin", '9')}, {kLone, kOther});
  EXPECT_TRUE(undecided(both)) << "changed, and it may be either";
  EXPECT_EQ(both.why, "2 models have files of these names, and none has their content");
  const Checked more = verify("x", {file("model.bin", '5'), file("extra.bin", '8')}, {kLone});
  EXPECT_THAT(states(more), ElementsAre("unknown extra.bin", "same model.bin"));
  EXPECT_TRUE(undecided(more));
  DiskFile unread = file("model.bin", '5');
  unread.sha256.clear();
  unread.git.clear();
  unread.trouble = "cannot be read";
  EXPECT_THAT(states(verify("x", {unread}, {kOther})), ElementsAre("unread model.bin"));
  ExpectedFiles unrecorded = kOther;
  unrecorded.files["model.bin"].digest = "unknown";
  EXPECT_TRUE(undecided(verify("x", {file("model.bin", '5')}, {unrecorded})));
}

TEST(Verify, FilesOutsideLfsGoByTheirBlob) {
  ExpectedFiles git = kOther;
  git.files["model.bin"].digest = "git:" + std::string(40, '7');
  EXPECT_THAT(states(verify("x", {file("model.bin", '7')}, {git})), ElementsAre("same model.bin"));
  const Checked c = verify("x", {file("model.bin", '8')}, {git});
  EXPECT_TRUE(differs(c));
  EXPECT_EQ(c.files[0].found, "git:" + std::string(40, '8'));
  EXPECT_THAT(verify("x", {file("model.bin", '7')}, {git}).why, IsEmpty());
}

}  // namespace
}  // namespace howopen::test
