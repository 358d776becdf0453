// A policy over verdicts: what each rule finds, and what becomes of the model.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "howopen/policy.h"
#include "howopen/report.h"
#include "support/catalog.h"
#include "support/facts_builder.h"

namespace howopen::test {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const std::string kSum(64, 'a');

Policy policy(const std::string& content) {
  ReadPolicy r = read_policy({{"howopen.toml", "version = 1\n" + content}}, the_catalog());
  for (const Error& e : r.errors) ADD_FAILURE() << e.what << "; " << e.where;
  return r.policy;
}

struct Judge {
  std::string today = "2026-11-24";
  std::set<std::string, std::less<>> known{};
  bool new_only = false;
  std::vector<int> used{};

  Verdict operator()(const Facts& facts, const Policy& p) {
    Verdict v = judge(facts, the_catalog());
    apply_policy(v, facts, {p, the_catalog(), today, {true, known, {}}, new_only}, used);
    return v;
  }
  Verdict operator()(const FactsBuilder& b, const std::string& content) {
    return (*this)(b.facts, policy(content));
  }
};

Verdict gate(const FactsBuilder& b, const std::string& content = {}) {
  return Judge()(b, content);
}

const Finding* find(const Verdict& v, std::string_view rule) {
  for (const Finding& f : v.findings) {
    if (f.rule == rule) return &f;
  }
  return nullptr;
}

std::string said(const Verdict& v, std::string_view rule) {
  const Finding* f = find(v, rule);
  return f == nullptr ? "" : f->level + ": " + f->message;
}

bool passes(const Verdict& v, const std::string& rule) {
  return std::find(v.passed.begin(), v.passed.end(), rule) != v.passed.end();
}

FactsBuilder under(const std::string& license) {
  FactsBuilder b;
  b.no_texts().text("LICENSE", Scope::everything, license);
  return b;
}

// A model whose license text nobody could read.
FactsBuilder unread() {
  FactsBuilder b;
  b.no_texts().unread("LICENSE", Unseen::failed);
  b.facts.lookup_errors.push_back({Trouble::network, "no answer", "acme/m/LICENSE", false});
  return b;
}

TEST(Gate, APermissiveModelPasses) {
  const Verdict v = gate(FactsBuilder());
  EXPECT_EQ(v.decision, Decision::pass);
  for (const char* rule : {"license.not-allowed", "license.denied", "license.ask", "license.missing",
                           "license.unknown", "license.extra-terms", "license.claim-only", "license.conflict",
                           "lineage.base-allowed", "weights.published", "weights.complete",
                           "weights.safe-format", "access.ungated", "code.inference", "claim.overclaim"})
    EXPECT_TRUE(passes(v, rule)) << rule;
  EXPECT_FALSE(passes(v, "verdict.minimum")) << "nobody asked for one";
  EXPECT_TRUE(std::is_sorted(v.passed.begin(), v.passed.end()));
}

TEST(GateLicenses, TheListsDecide) {
  Verdict v = gate(under("LicenseRef-Gemma"));
  EXPECT_EQ(v.decision, Decision::denied);
  EXPECT_EQ(said(v, "license.not-allowed"),
            "deny: weights under LicenseRef-Gemma, which the policy does not allow");
  const Finding& f = *find(v, "license.not-allowed");
  EXPECT_EQ(f.value, "LicenseRef-Gemma");
  EXPECT_THAT(f.evidence, Not(IsEmpty()));
  EXPECT_EQ(f.policy->file, "preset permissive");
  EXPECT_THAT(f.fix, HasSubstr("howopen waive acme/m license.not-allowed"));
  EXPECT_FALSE(passes(v, "license.not-allowed"));
  EXPECT_TRUE(passes(v, "license.denied"));

  v = gate(FactsBuilder(), "[licenses]\ndeny = [\"MIT\"]\n");
  EXPECT_EQ(v.decision, Decision::denied) << "a denial wins over the preset's list";
  EXPECT_EQ(find(v, "license.denied")->policy->line, 3);
  EXPECT_EQ(find(v, "license.not-allowed"), nullptr);

  v = gate(under("LicenseRef-Gemma"), "[licenses]\nask = [\"LicenseRef-Gemma\"]\n");
  EXPECT_EQ(v.decision, Decision::pass) << "asking warns by default";
  EXPECT_EQ(find(v, "license.ask")->level, "warn");
  v = gate(under("LicenseRef-Gemma"),
           "[rules]\n\"license.ask\" = \"deny\"\n[licenses]\nask = [\"LicenseRef-Gemma\"]\n");
  EXPECT_EQ(v.decision, Decision::denied);
  EXPECT_EQ(find(v, "license.ask")->policy->line, 5);
}

TEST(GateLicenses, ExpressionsTakeTheBestChoiceAndTheWorstDuty) {
  const auto weights = [](const std::string& expression, const std::string& lists) {
    FactsBuilder b;
    const Policy p = policy("[licenses]\n" + lists);
    Verdict v = judge(b.facts, the_catalog());
    v.license.weights->concluded = expression;
    std::vector<int> used;
    apply_policy(v, b.facts, {p, the_catalog(), "2026-11-24"}, used);
    std::string out;
    for (const Finding& f : v.findings) {
      if (f.rule.starts_with("license.") && f.level == "deny") out += f.rule + " " + f.message.substr(0, 40);
    }
    return out;
  };
  const std::string lists =
      "allow = [\"MIT\", \"GPL-2.0-only WITH Classpath-exception-2.0\"]\ndeny = [\"GPL-3.0-only\"]\n";
  EXPECT_EQ(weights("MIT", lists), "");
  EXPECT_EQ(weights("MIT OR GPL-3.0-only", lists), "");
  EXPECT_THAT(weights("MIT AND GPL-3.0-only", lists), HasSubstr("license.denied weights under GPL-3.0-only"));
  EXPECT_THAT(weights("MIT AND (Apache-2.0 OR GPL-3.0-only)", lists),
              HasSubstr("license.not-allowed weights under Apache-2.0"));
  EXPECT_EQ(weights("GPL-2.0-only WITH Classpath-exception-2.0", lists), "");
  EXPECT_THAT(weights("GPL-2.0-only", lists), HasSubstr("license.not-allowed"));
  EXPECT_EQ(weights("Apache-2.0 WITH LLVM-exception", "allow = [\"Apache-2.0\"]\n"), "")
      << "an exception takes nothing away";
  EXPECT_THAT(weights("GPL-3.0-only WITH GCC-exception-3.1", "deny = [\"GPL-3.0-only\"]\n"),
              HasSubstr("license.denied"));
  // "Or later" leaves the choice to who takes it.
  EXPECT_EQ(weights("GPL-2.0-or-later", "allow = [\"GPL-2.0-only\"]\n"), "");
  EXPECT_EQ(weights("LGPL-2.1-or-later", "allow = [\"LGPL-3.0-only\"]\n"), "");
  EXPECT_EQ(weights("GPL-2.0-or-later", "allow = [\"GPL-3.0-or-later\"]\n"), "");
  EXPECT_THAT(weights("GPL-3.0-or-later", "allow = [\"GPL-2.0-only\"]\n"), HasSubstr("license.not-allowed"));
  EXPECT_THAT(weights("GPL-2.0-only", "allow = [\"GPL-3.0-only\"]\n"), HasSubstr("license.not-allowed"));
  EXPECT_THAT(weights("LGPL-2.1-or-later", "allow = [\"GPL-3.0-only\"]\n"), HasSubstr("license.not-allowed"));
}

TEST(GateLicenses, TheFixCanBePasted) {
  const Verdict v = gate(under("LicenseRef-Gemma"), "");
  const Finding* f = find(v, "license.not-allowed");
  ASSERT_NE(f, nullptr);
  EXPECT_THAT(f->fix, HasSubstr("--until 20"));
  EXPECT_THAT(f->fix, testing::Not(HasSubstr("YYYY")));
  for (const char* day : {"1970-01-01", "2000-02-29", "2026-12-31", "2027-01-01", "2100-03-01"})
    EXPECT_EQ(day_of(*day_number(day)), day);
  EXPECT_EQ(day_of(*day_number("2026-11-27") + 90), "2027-02-25");
}

TEST(GateLicenses, AnExceptionIsForItsModelsOnly) {
  const std::string content =
      "[[license-exception]]\nmodel = \"acme/*\"\nallow = [\"LicenseRef-Gemma\"]\nreason = \"r\"\n";
  EXPECT_EQ(gate(under("LicenseRef-Gemma"), content).decision, Decision::pass);
  FactsBuilder other = under("LicenseRef-Gemma");
  other.facts.id = other.facts.ref = "acne/m";
  EXPECT_EQ(gate(other, content).decision, Decision::denied);
  EXPECT_EQ(gate(under("LicenseRef-Llama-3.1"), content).decision, Decision::denied);
}

TEST(GateLicenses, NoneAtAllIsMissingAndUnreadIsNotMissing) {
  FactsBuilder none;
  none.no_texts();
  Verdict v = gate(none);
  EXPECT_EQ(v.decision, Decision::denied);
  EXPECT_THAT(said(v, "license.missing"), HasSubstr("deny: weights come without a license"));

  v = gate(unread());
  EXPECT_EQ(v.decision, Decision::undecided);
  EXPECT_EQ(find(v, "license.missing"), nullptr);
  ASSERT_NE(find(v, "license.unknown"), nullptr);
  EXPECT_TRUE(find(v, "license.unknown")->undecided);

  FactsBuilder strange;
  strange.no_texts().tag("other").text("LICENSE", Scope::everything, "");
  v = gate(strange);
  EXPECT_EQ(v.decision, Decision::denied) << "read, and nobody knows it";
  EXPECT_FALSE(find(v, "license.unknown")->undecided);
}

TEST(GateLicenses, DeniedBeatsUndecided) {
  FactsBuilder b = unread();
  b.facts.weights.sets.clear();
  const Verdict v = gate(b, "[rules]\n\"weights.published\" = \"deny\"\n\"card.complete\" = \"deny\"\n");
  EXPECT_EQ(v.decision, Decision::denied);
}

TEST(GateLicenses, ATextThatIsNotSureIsUnknown) {
  FactsBuilder b = under("Apache-2.0");
  b.facts.license.texts[0].identified->confidence = 0.8;
  Verdict v = gate(b, "[licenses]\nconfidence = 0.95\n");
  EXPECT_EQ(v.decision, Decision::denied);
  EXPECT_THAT(said(v, "license.unknown"), HasSubstr("by 0.80, less than the 0.95"));
  EXPECT_EQ(find(v, "license.unknown")->policy->line, 3);
  EXPECT_EQ(gate(b, "[licenses]\nconfidence = 0.8\n").decision, Decision::pass);
}

TEST(GateLicenses, ExtraTermsAreNotThePlainLicense) {
  FactsBuilder b = under("MIT");
  b.facts.license.texts[0].identified->match = Match::extra_terms;
  Verdict v = gate(b);
  EXPECT_EQ(v.decision, Decision::denied);
  EXPECT_THAT(said(v, "license.extra-terms"), HasSubstr("the text of LICENSE is not the plain license"));
  EXPECT_EQ(find(v, "license.not-allowed"), nullptr);
  const std::string altered = altered_id("MIT", Match::extra_terms);
  v = gate(b, "[licenses]\nallow = [\"" + altered + "\"]\n");
  EXPECT_EQ(v.decision, Decision::pass) << "its own id may be allowed: " << said(v, "license.not-allowed");
  EXPECT_EQ(gate(b, "[rules]\n\"license.extra-terms\" = \"warn\"\n").decision, Decision::pass);
}

TEST(GateLicenses, AClaimIsEnoughUnlessThePolicySaysNo) {
  FactsBuilder b;
  b.no_texts().tag("mit");
  Verdict v = gate(b);
  EXPECT_EQ(v.decision, Decision::pass);
  EXPECT_EQ(said(v, "license.claim-only"), "note: MIT is claimed; there is no license text");
  v = gate(b, "[licenses]\nrequire-file = true\n");
  EXPECT_EQ(v.decision, Decision::denied);
  EXPECT_EQ(find(v, "license.claim-only")->policy->line, 3);
  v = gate(b, "[rules]\n\"license.claim-only\" = \"warn\"\n[licenses]\nrequire-file = true\n");
  EXPECT_EQ(v.decision, Decision::pass) << "a level of its own counts more";
  EXPECT_TRUE(passes(gate(FactsBuilder(), "[licenses]\nrequire-file = true\n"), "license.claim-only"));
}

TEST(GateLicenses, ConflictsWarnOnce) {
  FactsBuilder b;
  b.tag("apache-2.0");
  Verdict v = gate(b);
  EXPECT_EQ(v.decision, Decision::pass);
  ASSERT_NE(find(v, "license.conflict"), nullptr);
  EXPECT_EQ(find(v, "license.conflict")->level, "warn");
  EXPECT_EQ(find(v, "license.tag-vs-text"), nullptr) << "said by license.conflict";
  EXPECT_EQ(gate(b, "[rules]\n\"license.conflict\" = \"deny\"\n").decision, Decision::denied);
}

TEST(GateLicenses, CodeAndDataWhereTheyAreAskedFor) {
  FactsBuilder b;
  b.text("LICENSE-CODE", Scope::code, "GPL-3.0-only");
  EXPECT_EQ(gate(b).decision, Decision::pass);
  const Verdict v = gate(b, "[licenses]\napplies-to = [\"weights\", \"code\"]\n");
  EXPECT_EQ(v.decision, Decision::denied);
  EXPECT_THAT(said(v, "license.not-allowed"), HasSubstr("code under GPL-3.0-only"));
}

TEST(GateClarify, HoldsWhileTheFileIsTheSame) {
  FactsBuilder b;
  b.no_texts().tag("other").text("LICENSE.txt", Scope::everything, "");
  b.facts.license.texts[0].identified->sha256 = kSum;
  const auto content = [](const std::string& sum, const std::string& path = "LICENSE.txt") {
    return "[[clarify]]\nmodel = \"acme/*\"\nlicense = \"Apache-2.0\"\nreason = \"r\"\nfile = { path = \"" +
           path + "\", sha256 = \"" + sum + "\" }\n";
  };
  EXPECT_EQ(gate(b).decision, Decision::denied);
  EXPECT_EQ(gate(b, content(kSum)).decision, Decision::pass);
  Verdict v = gate(b, content(std::string(64, 'b')));
  EXPECT_EQ(v.decision, Decision::denied);
  EXPECT_THAT(said(v, "license.unknown"),
              HasSubstr("the clarification at howopen.toml:2 is void: LICENSE.txt is another file now"));
  EXPECT_THAT(said(gate(b, content(kSum, "LICENSE.md")), "license.unknown"),
              HasSubstr("is void: there is no LICENSE.md"));
  v = gate(b, content(kSum) + "[licenses]\ndeny = [\"Apache-2.0\"]\n");
  EXPECT_THAT(said(v, "license.denied"),
              HasSubstr("clarified to be under Apache-2.0, which the policy denies"));
}

TEST(GateClarify, TheFileOfTheCodeSaysNothingOfTheWeights) {
  FactsBuilder b = under("LicenseRef-Gemma");
  b.text("LICENSE-CODE", Scope::code, "");
  b.facts.license.texts[1].identified->sha256 = kSum;
  const Verdict v =
      gate(b,
           "[[clarify]]\nmodel = \"acme/m\"\nlicense = \"MIT\"\nreason = \"r\"\nfile = { path = "
           "\"LICENSE-CODE\", sha256 = \"" +
               kSum + "\" }\n");
  EXPECT_EQ(v.decision, Decision::denied);
  EXPECT_THAT(said(v, "license.not-allowed"), HasSubstr("LicenseRef-Gemma"));
}

TEST(GateLineage, TermsOfTheBaseFollow) {
  FactsBuilder b;
  b.ancestor("meta-llama/Llama-3.1-8B", "llama3.1");
  Verdict v = gate(b);
  EXPECT_EQ(v.decision, Decision::denied);
  EXPECT_THAT(said(v, "lineage.base-allowed"), HasSubstr("made from meta-llama/Llama-3.1-8B"));
  EXPECT_THAT(said(v, "lineage.base-allowed"), HasSubstr("LicenseRef-Llama-3.1"));
  EXPECT_THAT(find(v, "lineage.base-allowed")->evidence, Not(IsEmpty()));
  EXPECT_EQ(gate(b, "[licenses]\nallow = [\"MIT\", \"LicenseRef-Llama-3.1\"]\n").decision, Decision::pass);

  FactsBuilder open;
  open.ancestor("acme/base", "apache-2.0");
  EXPECT_EQ(gate(open).decision, Decision::pass);

  FactsBuilder dark;
  dark.ancestor("acme/base", "").repository = {Unseen::failed, "api/models/acme/base"};
  v = gate(dark);
  EXPECT_EQ(v.decision, Decision::undecided);
  EXPECT_TRUE(find(v, "lineage.base-allowed")->undecided);
}

TEST(GateVerdict, TheMinimumIsOnTheLadder) {
  const FactsBuilder b;
  const auto asked = [&](const std::string& least, const FactsBuilder& of) {
    return gate(of, "[gate]\nminimum-verdict = \"" + least + "\"\n");
  };
  EXPECT_EQ(asked("open-weights", b).decision, Decision::pass);
  Verdict v = asked("open-source-ai", b);
  EXPECT_EQ(v.decision, Decision::denied);
  EXPECT_EQ(said(v, "verdict.minimum"), "deny: is Open Weights; the policy asks for Open Source AI");
  EXPECT_EQ(find(v, "verdict.minimum")->policy->line, 3);
  v = asked("open-weights", unread());
  EXPECT_EQ(v.decision, Decision::undecided);
  EXPECT_TRUE(find(v, "verdict.minimum")->undecided);
  EXPECT_THAT(said(v, "verdict.minimum"), HasSubstr("lies between"));
}

TEST(GateVerdict, AModelNobodySawIsUndecidedWhateverTheRules) {
  Facts nothing;
  nothing.ref = nothing.id = nothing.asked = "acme/dark";
  nothing.from = "main";
  nothing.repository = {Unseen::failed, "api/models/acme/dark"};
  nothing.lookup_errors.push_back({Trouble::network, "no connection", "api/models/acme/dark", true});
  std::string off = "[rules]\n";
  for (const std::string& rule : gate_rules()) off += "\"" + rule + "\" = \"off\"\n";
  Verdict v = Judge()(nothing, policy(off));
  EXPECT_EQ(v.decision, Decision::undecided);
  ASSERT_THAT(v.findings, SizeIs(testing::Ge(1u)));
  EXPECT_THAT(said(v, "verdict.minimum"), HasSubstr("no connection"));
  v = Judge()(nothing, policy(""));
  EXPECT_EQ(v.decision, Decision::undecided);
  v = Judge()(nothing, policy("[gate]\nminimum-verdict = \"open-weights\"\n"));
  EXPECT_EQ(v.decision, Decision::undecided) << "not seen is not too low";
}

TEST(GateVerdict, OnUnknownSaysWhatBecomesOfIt) {
  const auto with = [](const std::string& word) {
    return gate(unread(), "[gate]\non-unknown = \"" + word + "\"\n");
  };
  EXPECT_EQ(with("undecided").decision, Decision::undecided);
  Verdict v = with("deny");
  EXPECT_EQ(v.decision, Decision::denied);
  for (const Finding& f : v.findings) EXPECT_FALSE(f.level == "deny" && f.undecided) << f.rule;
  EXPECT_EQ(find(v, "verdict.minimum"), nullptr) << "said once";
  const GateSummary summary;
  EXPECT_THAT(render({&v, 1}, Format::text, {}, the_catalog(), &summary), Not(HasSubstr("undecided")));
  v = with("warn");
  EXPECT_EQ(v.decision, Decision::pass);
  EXPECT_EQ(find(v, "license.unknown")->level, "warn");
  v = with("allow");
  EXPECT_EQ(v.decision, Decision::pass);
  EXPECT_EQ(find(v, "license.unknown")->level, "note");
  EXPECT_EQ(find(v, "license.unknown")->policy->line, 3);
}

TEST(GateVerdict, WhatCouldNotBeSeenDeniesNoRuleThatOnlyWarns) {
  const FactsBuilder b = unread();
  const Verdict v = gate(b, "[gate]\nfail-on = \"warn\"\n[rules]\n\"license.unknown\" = \"warn\"\n");
  EXPECT_EQ(v.decision, Decision::undecided) << "not denied: nobody knows";
}

TEST(GateLevels, WhatFailsIsThePolicysMatter) {
  FactsBuilder b;
  b.facts.repository->gate = AccessGate::manual;
  EXPECT_EQ(said(gate(b), "access.ungated").substr(0, 5), "note:");
  EXPECT_EQ(gate(b, "[rules]\n\"access.ungated\" = \"warn\"\n").decision, Decision::pass);
  EXPECT_EQ(gate(b, "[rules]\n\"access.ungated\" = \"deny\"\n").decision, Decision::denied);
  EXPECT_EQ(gate(b, "[gate]\nfail-on = \"warn\"\n[rules]\n\"access.ungated\" = \"warn\"\n").decision,
            Decision::denied);
  EXPECT_EQ(gate(b, "[gate]\nfail-on = \"never\"\n[rules]\n\"access.ungated\" = \"deny\"\n").decision,
            Decision::pass);
  EXPECT_EQ(gate(under("LicenseRef-Gemma"), "[rules]\n\"license.not-allowed\" = \"off\"\n").decision,
            Decision::pass);
  EXPECT_EQ(find(gate(b, "[rules]\n\"access.ungated\" = \"off\"\n"), "access.ungated"), nullptr);
}

TEST(GateOpenness, WeightsCodeAndData) {
  FactsBuilder none;
  none.facts.weights.sets.clear();
  Verdict v = gate(none);
  EXPECT_EQ(v.decision, Decision::denied);
  EXPECT_THAT(said(v, "weights.published"), HasSubstr("deny: weights are not published"));
  EXPECT_EQ(find(v, "weights.complete"), nullptr) << "there are none to be complete";

  FactsBuilder part;
  part.facts.weights.sets[0].expected = 2;
  part.facts.weights.sets[0].missing = {"model-2.safetensors"};
  v = gate(part, "[rules]\n\"weights.complete\" = \"deny\"\n");
  EXPECT_EQ(v.decision, Decision::denied) << said(v, "weights.complete");
  FactsBuilder gated;
  gated.facts.repository->gate = AccessGate::automatic;
  EXPECT_TRUE(passes(gate(gated), "weights.complete")) << "a gate takes nothing away";
  EXPECT_THAT(find(gate(gated), "access.ungated")->value, "gated auto");

  FactsBuilder pickled;
  pickled.facts.weights.sets[0].format = WeightFormat::pytorch;
  v = gate(pickled, "[rules]\n\"weights.safe-format\" = \"deny\"\n");
  EXPECT_EQ(v.decision, Decision::denied);
  pickled.facts.weights.sets.push_back(
      {.format = WeightFormat::gguf, .name = "m.gguf", .present = 1, .expected = 1});
  EXPECT_TRUE(passes(gate(pickled), "weights.safe-format"));

  v = gate(FactsBuilder());
  EXPECT_NE(find(v, "code.training"), nullptr);
  EXPECT_NE(find(v, "data.published"), nullptr);
  EXPECT_NE(find(v, "data.documented"), nullptr);
  EXPECT_EQ(gate(FactsBuilder(), "[rules]\n\"code.training\" = \"deny\"\n").decision, Decision::denied);
  FactsBuilder told;
  told.facts.training_data.statements.push_back({"14.8 trillion tokens", "README.md:38", Kind::text});
  EXPECT_TRUE(passes(gate(told), "data.documented"));

  FactsBuilder no_code;
  no_code.facts.inference_code.loaders.clear();
  EXPECT_EQ(gate(no_code, "[rules]\n\"code.inference\" = \"deny\"\n").decision, Decision::denied);
}

TEST(GateOpenness, TheCard) {
  EXPECT_THAT(said(gate(FactsBuilder()), "card.complete"),
              HasSubstr("the card lacks a license and a word on its data"));
  FactsBuilder b;
  b.tag("mit").facts.training_data.statements.push_back({"trained on text", "README.md:3", Kind::text});
  EXPECT_TRUE(passes(gate(b), "card.complete"));
  b.facts.license.card = {Unseen::absent, "README.md"};
  EXPECT_THAT(said(gate(b), "card.complete"), HasSubstr("there is no model card"));
  b.facts.license.card = {Unseen::failed, "README.md"};
  const Verdict v = gate(b, "[rules]\n\"card.complete\" = \"deny\"\n");
  EXPECT_NE(v.decision, Decision::pass);
  EXPECT_TRUE(find(v, "card.complete")->undecided);
}

TEST(GateOpenness, PinnedMeansACommit) {
  FactsBuilder b;
  EXPECT_THAT(said(gate(b), "revision.pinned"), HasSubstr("note: is asked for as main, which moves"));
  EXPECT_THAT(find(gate(b), "revision.pinned")->fix, HasSubstr("acme/m@aaaaaaaa"));
  b.facts.from = "v1.0.0";
  EXPECT_EQ(gate(b, "[rules]\n\"revision.pinned\" = \"deny\"\n").decision, Decision::denied);
  b.facts.from = "abcdef1";
  EXPECT_EQ(gate(b, "[rules]\n\"revision.pinned\" = \"deny\"\n").decision, Decision::denied)
      << "may be a tag";
  b.facts.from = b.facts.revision;
  EXPECT_TRUE(passes(gate(b), "revision.pinned"));
}

TEST(GateOpenness, Jurisdiction) {
  FactsBuilder b;
  b.facts.id = b.facts.ref = "deepseek-ai/x";
  b.facts.api.platform = Platform{.vendor = "DeepSeek", .jurisdiction = "CN"};
  EXPECT_EQ(find(gate(b), "jurisdiction.denied"), nullptr) << "nobody asked";
  Verdict v = gate(b, "[jurisdiction]\ndeny = [\"CN\"]\n");
  EXPECT_EQ(v.decision, Decision::denied);
  EXPECT_THAT(said(v, "jurisdiction.denied"), HasSubstr("is in CN"));
  EXPECT_EQ(find(v, "jurisdiction.denied")->policy->line, 3);
  EXPECT_EQ(gate(b, "[jurisdiction]\nallow = [\"FR\"]\n").decision, Decision::denied);
  EXPECT_EQ(gate(b, "[jurisdiction]\nallow = [\"CN\", \"FR\"]\n").decision, Decision::pass);
  const FactsBuilder unlisted;
  v = gate(unlisted, "[jurisdiction]\ndeny = [\"CN\"]\n");
  EXPECT_EQ(v.decision, Decision::undecided) << "not in the catalog is not elsewhere";
}

TEST(GateOpenness, AnOldCatalogIsStale) {
  const Policy p = policy("[gate]\nmax-catalog-age = \"30d\"\n[rules]\n\"catalog.stale\" = \"deny\"\n");
  const FactsBuilder b;
  EXPECT_EQ((Judge{.today = "2029-01-01"}(b.facts, p)).decision, Decision::denied);
  EXPECT_TRUE(passes(Judge{.today = std::string(the_catalog().as_of())}(b.facts, p), "catalog.stale"));
}

const std::string kGemma = "[licenses]\nask = [\"LicenseRef-Gemma\"]\n[rules]\n\"license.ask\" = \"deny\"\n";
std::string waiver(const std::string& model, const std::string& until, const std::string& value = {},
                   const std::string& rule = "license.ask") {
  return "[[waiver]]\nrule = \"" + rule + "\"\nmodel = \"" + model + "\"\nuntil = " + until +
         "\nreason = \"LEGAL-1\"\nby = \"legal@example.org\"\n" +
         (value.empty() ? "" : "value = \"" + value + "\"\n");
}

TEST(Waivers, HoldUntilTheirLastDayForTheirRuleModelAndValue) {
  const FactsBuilder b = under("LicenseRef-Gemma");
  const auto decision = [&](const std::string& w, const std::string& today = "2026-11-24") {
    return Judge{.today = today}(b, kGemma + w).decision;
  };
  EXPECT_EQ(decision(""), Decision::denied);
  EXPECT_EQ(decision(waiver("acme/m", "2026-11-24")), Decision::pass) << "that day still holds";
  EXPECT_EQ(decision(waiver("acme/m", "2026-11-23")), Decision::denied);
  EXPECT_EQ(decision(waiver("acme/m", "2026-11-24"), "2026-11-25"), Decision::denied);
  EXPECT_EQ(decision(waiver("acme/*", "2027-01-01")), Decision::pass);
  EXPECT_EQ(decision(waiver("acme/n", "2027-01-01")), Decision::denied);
  EXPECT_EQ(decision(waiver("acme/m", "2027-01-01", "LicenseRef-Gemma")), Decision::pass);
  EXPECT_EQ(decision(waiver("acme/m", "2027-01-01", "LicenseRef-Llama-3.1")), Decision::denied);
  EXPECT_EQ(decision(waiver("acme/m", "2027-01-01", "", "license.denied")), Decision::denied);
  const Verdict v = gate(b, kGemma + waiver("acme/m", "2027-01-01"));
  ASSERT_TRUE(find(v, "license.ask")->waiver);
  EXPECT_EQ(find(v, "license.ask")->waiver->reason, "LEGAL-1");
  EXPECT_EQ(find(v, "license.ask")->waiver->place.line, 6);
}

std::vector<std::string> notices(const Policy& p, const std::vector<int>& used, const std::string& today) {
  std::vector<std::string> out;
  for (const Notice& n : waiver_notices(p, used, today)) out.push_back(n.message);
  return out;
}

TEST(Waivers, AreToldWhenTheyEndSoonEndedOrWaiveNothing) {
  const Policy p = policy(kGemma + waiver("acme/m", "2026-12-08"));
  EXPECT_THAT(notices(p, {1}, "2026-11-24"),
              testing::ElementsAre(HasSubstr("ends on 2026-12-08, in 14 days")));
  EXPECT_THAT(notices(p, {1}, "2026-11-23"), IsEmpty());
  EXPECT_THAT(notices(p, {1}, "2026-12-07"), testing::ElementsAre(HasSubstr("in 1 day")));
  EXPECT_THAT(notices(p, {1}, "2026-12-08"), testing::ElementsAre(HasSubstr("ends today")));
  EXPECT_THAT(notices(p, {0}, "2026-12-09"),
              testing::ElementsAre(HasSubstr("ended on 2026-12-08 and does not apply")));
  EXPECT_THAT(notices(p, {0}, "2026-11-01"), testing::ElementsAre(HasSubstr("waives nothing")));
  EXPECT_THAT(notices(p, {-1}, "2026-11-01"), IsEmpty()) << "its models were not looked at";
  const Policy q = policy("[gate]\nmin-expiry-notice = 30\n" + waiver("a/b", "2026-12-08", "X"));
  EXPECT_THAT(notices(q, {1}, "2026-11-10"), SizeIs(1));
  EXPECT_THAT(notices(q, {0}, "2026-01-01"),
              testing::ElementsAre(HasSubstr("nothing was found with the value X")));
}

TEST(Waivers, CountWhatTheyWaive) {
  Judge g;
  const Policy p = policy(kGemma + waiver("acme/m", "2027-01-01") + waiver("other/*", "2027-01-01"));
  g(under("LicenseRef-Gemma").facts, p);
  EXPECT_EQ(g.used, (std::vector<int>{1, 0}));
  g(under("LicenseRef-Gemma").facts, p);
  EXPECT_EQ(g.used, (std::vector<int>{2, 0}));
}

TEST(Waivers, OneQuestionIsNotAllOfThem) {
  Facts nothing;
  nothing.ref = nothing.id = nothing.asked = "acme/dark";
  nothing.from = "main";
  nothing.repository = {Unseen::failed, "api"};
  nothing.lookup_errors.push_back({Trouble::network, "no connection", "api", true});
  std::string all;
  for (const char* rule : {"weights.published", "license.unknown", "lineage.base-allowed"})
    all += waiver("acme/*", "2027-01-01", "", rule);
  EXPECT_EQ(Judge()(nothing, policy(all)).decision, Decision::undecided) << "there is still no verdict";
}

TEST(Baseline, WhatIsKnownFailsOnlyIfItShall) {
  const FactsBuilder b = under("LicenseRef-Gemma");
  const std::string print = find(gate(b), "license.not-allowed")->fingerprint;
  EXPECT_THAT(print, SizeIs(64));
  Judge g{.known = {print}};
  Verdict v = g(b, "");
  EXPECT_TRUE(find(v, "license.not-allowed")->known);
  EXPECT_EQ(v.decision, Decision::denied);
  g.new_only = true;
  EXPECT_EQ(g(b, "").decision, Decision::pass);
  EXPECT_EQ(g(under("LicenseRef-Llama-3.1"), "").decision, Decision::denied) << "another license is new";
  const Verdict other = gate(unread());
  Judge dark{.known = {}, .new_only = true};
  for (const Finding& f : other.findings) dark.known.insert(f.fingerprint);
  EXPECT_EQ(dark(unread(), "").decision, Decision::undecided) << "not to have seen is nothing to be known";
}

TEST(Baseline, FingerprintsForgetPlacesAndCommits) {
  FactsBuilder b = under("LicenseRef-Gemma");
  const std::string print = find(gate(b), "license.not-allowed")->fingerprint;
  b.facts.revision = std::string(40, 'b');
  b.facts.license.texts[0].path = "docs/LICENSE";
  EXPECT_EQ(find(gate(b), "license.not-allowed")->fingerprint, print);
  b.facts.id = "acme/other";
  EXPECT_NE(find(gate(b), "license.not-allowed")->fingerprint, print);
}

TEST(GateOrder, IsTheSameEveryTime) {
  FactsBuilder b = under("LicenseRef-Gemma");
  b.tag("mit").facts.weights.sets[0].format = WeightFormat::pytorch;
  const Verdict v = gate(b);
  const GateSummary summary;
  const Verdict again = gate(b);
  EXPECT_EQ(render({&v, 1}, Format::json, {}, the_catalog(), &summary),
            render({&again, 1}, Format::json, {}, the_catalog(), &summary));
  const auto rank = [](const Finding& f) { return f.level == "deny" ? 0 : f.level == "warn" ? 1 : 2; };
  EXPECT_TRUE(std::is_sorted(v.findings.begin(), v.findings.end(),
                             [&](const Finding& x, const Finding& y) { return rank(x) < rank(y); }));
}

}  // namespace
}  // namespace howopen::test
