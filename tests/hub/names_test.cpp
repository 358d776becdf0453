// Names as people type them, on the command line.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/fake_hub.h"
#include "support/models.h"
#include "support/run.h"
#include "support/temp_dir.h"

namespace howopen::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

FakeHub& with_a_zebra(FakeHub& hub) {
  hub["acme/zebra-7b"].extra = R"("cardData":{"license":"apache-2.0"},)";
  hub["acme/zebra-7b"].files = {{"README.md", "# Zebra\n"}, {"LICENSE", kApache}, {"model.safetensors", "x"}};
  return hub;
}

TEST(TypedNames, ACertainNameIsTakenWhichIsSaid) {
  for (const char* typed : {"deepseek-r1", "DeepSeek R1", "deepseekr1",
                            "huggingface.co/deepseek-ai/DeepSeek-R1", "deepseek-ai/DeepSeek-R1/"}) {
    const Ran r = run({typed, "--offline"});
    EXPECT_EQ(r.exit, 0) << typed << r.err;
    EXPECT_THAT(r.out, StartsWith("deepseek-ai/DeepSeek-R1 · ")) << typed;
  }
  EXPECT_THAT(run({"audit", "DeepSeek R1", "--offline"}).err,
              HasSubstr("note: DeepSeek R1 is taken for deepseek-ai/DeepSeek-R1\n"));
  EXPECT_EQ(run({"audit", "DeepSeek R1", "--offline", "-q"}).err, "");
}

TEST(TypedNames, AnUncertainOneIsAnErrorWithALineToCopy) {
  for (const auto& [typed, copy] : std::map<std::string, std::string>{
           {"llama 3.3", "howopen audit meta-llama/Llama-3.3-70B-Instruct"},
           {"grok", "howopen audit xai-org/grok-1"},
           {"mistral-large", "howopen audit mistralai/Mistral-Large-3-675B-Instruct-2512"},
           {"https://github.com/deepseek-ai/DeepSeek-V3", "howopen audit deepseek-ai/DeepSeek-V3"},
           {"https://huggingface.co/deepseek-ai", "howopen batch --author deepseek-ai"}}) {
    const Ran r = run({"audit", typed, "--offline"});
    EXPECT_EQ(r.exit, 2) << typed;
    EXPECT_THAT(r.err, HasSubstr(copy)) << typed;
    EXPECT_EQ(r.out, "") << typed;
  }
}

TEST(TypedNames, MembersOfAClosedFamilyAreAnswered) {
  for (const char* typed : {"gpt-5", "claude-3-opus", "gemini-2.5-pro", "o3", "GPT 4o mini"}) {
    const Ran r = run({"audit", typed, "--offline"});
    // Of one that nobody recorded it is not known whether it is still served.
    const bool recorded = std::string_view(typed) == "gpt-5" || std::string_view(typed) == "o3";
    EXPECT_EQ(r.exit, recorded ? 0 : 3) << typed << r.err;
    EXPECT_THAT(r.out, HasSubstr("API Only")) << typed;
  }
}

TEST(TypedNames, TheHubIsAskedForANameWithoutAnOwner) {
  FakeHub hub;
  with_a_zebra(hub);
  hub["zebra-7b"].renamed_to = "acme/zebra-7b";
  const Ran r = run({"audit", "zebra-7b"}, hub.environment());
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_THAT(r.out, StartsWith("acme/zebra-7b"));
}

TEST(TypedNames, WhatTheHubDoesNotHaveIsSearchedFor) {
  FakeHub hub;
  with_a_zebra(hub);
  const Ran bare = run({"audit", "zebra"}, hub.environment());
  EXPECT_EQ(bare.exit, 2);
  EXPECT_THAT(bare.err, HasSubstr("howopen audit acme/zebra-7b"));
  const Ran owned = run({"audit", "acme/zebra"}, hub.environment());
  EXPECT_EQ(owned.exit, 3) << "it may be private";
  EXPECT_THAT(owned.err, HasSubstr("did you mean acme/zebra-7b?"));
  EXPECT_THAT(owned.err, HasSubstr("HF_TOKEN"));
}

TEST(TypedNames, AReplayTakesNamesAsTheyAreAndAsksNobody) {
  FakeHub hub;
  with_a_zebra(hub);
  const TempDir dir;
  const Ran fetched = run({"fetch", "acme/zebra-7b", "--output", dir.file("s.json")}, hub.environment());
  ASSERT_EQ(fetched.exit, 0) << fetched.err;
  const std::size_t asked = hub.log().size();
  const Ran r = run({"audit", "gpt2", "--replay", dir.file("s.json")}, hub.environment());
  EXPECT_THAT(r.err, Not(HasSubstr("is taken for")));
  EXPECT_THAT(r.out, HasSubstr("gpt2"));
  EXPECT_EQ(hub.log().size(), asked);
}

TEST(TypedNames, ACommandWithATypingErrorIsNoModel) {
  const Ran r = run({"audi"});
  EXPECT_EQ(r.exit, 2);
  EXPECT_THAT(r.err, HasSubstr("did you mean `howopen audit`?"));
}

}  // namespace
}  // namespace howopen::test
