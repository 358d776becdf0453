// Bases that are named and cannot be seen: gone, private, not asked. Their terms are not known, and what is
// not known is never permitted. Cards made up.

#include <gtest/gtest.h>

#include "howopen/verdict.h"
#include "support/map_source.h"

namespace howopen::test {
namespace {

const std::string kMistral7 = R"("config":{"model_type":"mistral","architectures":["MistralForCausalLM"]})";

World tuned_from(const std::string& base, const std::string& license = "mit") {
  World w;
  w.model("acme/foo-7b", kMistral7)
      .file("acme/foo-7b", "README.md",
            "---\nlicense: " + license + "\nbase_model: " + base + "\n---\n# Foo\n\nA tune.\n")
      .big("acme/foo-7b", "model.safetensors");
  return w;
}
Verdict judged_here(const World& w, const std::string& id = "acme/foo-7b") {
  return judge(w.facts(id), World::catalog());
}
int warned(const Verdict& v, std::string_view rule) {
  int n = 0;
  for (const Finding& f : v.findings) n += f.rule == rule && f.level == "warn" ? 1 : 0;
  return n;
}
Want record_question(const std::string& id) {
  return {Topic::model, id, "", "", ""};
}

TEST(UnseenBases, WhatIsNamedAndCannotBeReadPermitsNothing) {
  for (const Outcome how : {Outcome::absent, Outcome::denied, Outcome::failed, Outcome::skipped}) {
    World w = tuned_from("gone/nowhere");
    w.answer(record_question("gone/nowhere"), outcome(how));
    const Verdict v = judged_here(w);
    EXPECT_EQ(v.license.effective.cls, LicenseClass::unknown) << word(how);
    EXPECT_EQ(v.license.effective.best, LicenseClass::open) << word(how);
    EXPECT_EQ(v.rung, Rung::undetermined) << word(how);
    EXPECT_EQ(warned(v, "lineage.ancestor-missing") + warned(v, "lineage.ancestor-unread"), 1);
    ASSERT_FALSE(v.permissions.empty());
    for (const Permit& p : v.permissions) {
      EXPECT_EQ(p.answer, Permission::ask) << word(how) << word(p.use);
      EXPECT_NE(p.because.front().text.find("gone/nowhere"), std::string::npos) << p.because.front().text;
    }
    EXPECT_NE(unsettled(v).find("gone/nowhere"), std::string::npos);
  }
}

TEST(UnseenBases, AGateBeforeABaseHidesNoLicense) {
  World w = tuned_from("other/base");
  w.model("other/base", kMistral7 + R"(,"gated":"manual","cardData":{"license":"apache-2.0"})")
      .file("other/base", "README.md", "")
      .big("other/base", "model.safetensors")
      .answer({Topic::file, "other/base", World::kCommit, "README.md", ""},
              outcome(Outcome::denied, Trouble::gated));
  EXPECT_EQ(judged_here(w).rung, Rung::open_weights);
}

TEST(UnseenBases, AnOwnerMayLicenseAnewWhatNobodySees) {
  World w = tuned_from("acme/foo-base");
  EXPECT_EQ(judged_here(w).rung, Rung::open_weights) << "its own base";
  // And whoever takes from that owner takes it as licensed anew.
  World quant;
  quant.model("other/foo-7b-gguf", kMistral7)
      .file("other/foo-7b-gguf", "README.md", "---\nlicense: mit\nbase_model: acme/foo-7b\n---\n# Q\n")
      .big("other/foo-7b-gguf", "model.safetensors")
      .model("acme/foo-7b", kMistral7 + R"(,"cardData":{"license":"mit","base_model":"acme/foo-base"})")
      .file("acme/foo-7b", "README.md", "---\nlicense: mit\nbase_model: acme/foo-base\n---\n# Foo\n")
      .big("acme/foo-7b", "model.safetensors");
  EXPECT_EQ(judged_here(quant, "other/foo-7b-gguf").rung, Rung::open_weights);
}

TEST(UnseenBases, FurtherUpTheyCountAsWell) {
  World w = tuned_from("other/middle-7b");
  w.model("other/middle-7b", kMistral7 + R"(,"cardData":{"license":"mit","base_model":"gone/nowhere"})")
      .file("other/middle-7b", "README.md", "---\nlicense: mit\nbase_model: gone/nowhere\n---\n# M\n")
      .big("other/middle-7b", "model.safetensors");
  EXPECT_EQ(judged_here(w).license.effective.cls, LicenseClass::unknown);
}

TEST(UnseenBases, TheCatalogAnswersForABaseThatIsGone) {
  // Nothing of it at the Hub of this test, and a row of the catalog.
  const Verdict v = judged_here(tuned_from("meta-llama/Llama-3.1-8B"));
  EXPECT_EQ(v.license.effective.cls, LicenseClass::use_restricted);
  EXPECT_EQ(v.license.effective.best, LicenseClass::use_restricted);
  EXPECT_EQ(warned(v, "lineage.family-named"), 0) << "it is named";
  EXPECT_EQ(warned(v, "lineage.ancestor-missing"), 0) << "its terms are known";
  EXPECT_EQ(warned(v, "license.tag-vs-ancestor"), 1);
  const Verdict open = judged_here(tuned_from("mistralai/Mistral-7B-v0.1"));
  EXPECT_EQ(open.rung, Rung::open_weights);
  // What the row's model was made from binds too.
  const Verdict distill = judged_here(tuned_from("deepseek-ai/DeepSeek-R1-Distill-Llama-8B"));
  EXPECT_EQ(distill.license.effective.cls, LicenseClass::use_restricted);
  // One that did not answer may say something else today.
  World w = tuned_from("mistralai/Mistral-7B-v0.1");
  w.answer(record_question("mistralai/Mistral-7B-v0.1"), outcome(Outcome::failed));
  EXPECT_EQ(judged_here(w).rung, Rung::undetermined);
}

TEST(UnseenBases, BesideStricterTermsTheyAreAskedAboutAsWell) {
  for (const char* license : {"llama3.1", "cc-by-nc-4.0", "gemma"}) {
    const Verdict v = judged_here(tuned_from("gone/nowhere", license));
    EXPECT_EQ(v.rung, Rung::weights_available) << license;
    for (const Permit& p : v.permissions) EXPECT_GE(p.answer, Permission::ask) << license << word(p.use);
  }
  // Whatever order the parents of a merge stand in.
  for (const char* bases :
       {"[gone/nowhere, meta-llama/Llama-3.1-8B]", "[meta-llama/Llama-3.1-8B, gone/nowhere]"}) {
    const Verdict v = judged_here(tuned_from(bases));
    for (const Permit& p : v.permissions) EXPECT_GE(p.answer, Permission::ask) << bases << word(p.use);
  }
}

TEST(UnseenBases, AFamilysOwnModelIsUnderItsLicenseAndAForeignOneIsToldOnce) {
  const Verdict own = judged_here(tuned_from("meta-llama/Llama-3.1-9B-Made-Up"));
  EXPECT_EQ(own.license.effective.cls, LicenseClass::use_restricted);
  EXPECT_EQ(warned(own, "lineage.ancestor-missing"), 0);
  const Verdict foreign = judged_here(tuned_from("gone/llama-2-7b-tune"));
  EXPECT_EQ(foreign.license.effective.best, LicenseClass::use_restricted);
  for (const Permit& p : foreign.permissions)
    EXPECT_NE(p.answer, Permission::yes_if) << "its own may be stricter";
  bool beyond = false;
  for (const Finding& f : foreign.findings)
    beyond = beyond || f.message.find("beyond those of Llama 2") != std::string::npos;
  EXPECT_TRUE(beyond);
}

}  // namespace
}  // namespace howopen::test
