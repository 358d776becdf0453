// The same model in the words of other frameworks, what it takes to run, and what would move the verdict.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "howopen/verdict.h"
#include "support/facts_builder.h"

namespace howopen::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Catalog& the_catalog() {
  static const Catalog catalog = std::move(*Catalog::load());
  return catalog;
}

Verdict judged(const FactsBuilder& b) {
  return judge(b.facts, the_catalog());
}

// Everything class III of the MOF asks for.
FactsBuilder documented() {
  FactsBuilder b;
  const Sighting seen{"seen", "README.md:9", Kind::text};
  b.facts.documents = {seen, seen, seen};
  return b;
}

TEST(Mof, AClassNeedsEveryComponentAndWhatNobodyGatheredIsNotDeterminable) {
  const Crosswalk unseen = judged(FactsBuilder()).crosswalk;
  EXPECT_EQ(unseen.mof_class, "") << "evaluation, data card and report may be elsewhere";
  EXPECT_THAT(unseen.mof_missing, Contains(HasSubstr("evaluation results (not determinable)")));
  const Crosswalk all = judged(documented()).crosswalk;
  EXPECT_EQ(all.mof_class, "III");
  EXPECT_THAT(all.mof_missing, Contains("training code"));
}

TEST(Mof, WeightsUnderARestrictedLicenseAreNoClass) {
  FactsBuilder b = documented();
  b.no_texts().text("LICENSE", Scope::everything, "LicenseRef-Gemma");
  const Crosswalk c = judged(b).crosswalk;
  EXPECT_EQ(c.mof_class, "none");
  EXPECT_THAT(c.mof_missing, Contains("model parameters under an open license"));
}

TEST(Mof, AnUnreadCardLeavesItOpen) {
  FactsBuilder b = documented();
  b.facts.license.card = {Unseen::failed, "README.md"};
  EXPECT_EQ(judged(b).crosswalk.mof_class, "");
}

TEST(Osaid, NeedsTheCodeToTrain) {
  const Crossing without = judged(FactsBuilder()).crosswalk.osaid;
  EXPECT_EQ(without.meets, std::optional<bool>(false));
  EXPECT_EQ(without.because.size(), 3u) << "a reason for parameters, code and data each";
  FactsBuilder b;
  b.facts.training_code.entries.push_back({"train.py", "train.py", Kind::file});
  b.facts.training_code.configurations.push_back({"run.yaml", "run.yaml", Kind::file});
  Dataset d{.name = "acme/corpus", .role = DatasetRole::training, .hub_id = true};
  d.record = {DatasetRecord{.bytes = 10, .license = "odc-by"}, "api"};
  b.facts.training_data.datasets = {d};
  EXPECT_EQ(judged(b).crosswalk.osaid.meets, std::optional<bool>(true));
}

TEST(EuAiAct, IsNeverMetByWhatCanBeSeenHereAlone) {
  EXPECT_EQ(judged(FactsBuilder()).crosswalk.eu_ai_act.meets, std::nullopt);
  FactsBuilder b;
  b.no_texts().text("LICENSE", Scope::everything, "CC-BY-NC-4.0");
  const Crossing e = judged(b).crosswalk.eu_ai_act;
  EXPECT_EQ(e.meets, std::optional<bool>(false));
  EXPECT_THAT(e.because, Contains(HasSubstr("not legal advice")));
}

TEST(Practical, BytesComeFromHeadsThenFromWhatTheHubCountedThenFromFiles) {
  FactsBuilder b;
  b.facts.weights.sets[0].bytes = 16'000'000'000;
  EXPECT_EQ(judged(b).practical.load_bytes, std::optional<std::int64_t>(16'000'000'000));
  b.facts.weights.elements = {{"BF16", 7'000'000'000}};
  EXPECT_EQ(judged(b).practical.load_bytes, std::optional<std::int64_t>(14'000'000'000));
  b.facts.weights.tensor_bytes = {{"BF16", 13'000'000'000}};
  const Practical p = judged(b).practical;
  EXPECT_EQ(p.load_bytes, std::optional<std::int64_t>(13'000'000'000));
  EXPECT_THAT(p.basis, HasSubstr("heads"));
  EXPECT_GT(*p.run_bytes, *p.load_bytes);
  EXPECT_EQ(p.who, "one workstation GPU");
  EXPECT_TRUE(std::all_of(p.gpus.begin(), p.gpus.end(),
                          [](const GpuFit& g) { return g.count >= 1 && g.count <= 32; }));
}

TEST(Practical, WhatIsNotCompleteOrAnAdapterHasNoFigure) {
  FactsBuilder b;
  b.facts.weights.sets[0].expected = 2;
  b.facts.weights.sets[0].missing = {"model-00002-of-00002.safetensors"};
  EXPECT_EQ(judged(b).practical.load_bytes, std::nullopt);
  FactsBuilder adapter;
  adapter.facts.weights.sets[0].adapter = true;
  EXPECT_EQ(judged(adapter).practical.load_bytes, std::nullopt);
  FactsBuilder unknown_type;
  unknown_type.facts.weights.sets[0].bytes = -1;
  unknown_type.facts.weights.elements = {{"F5_NEW", 10}};
  EXPECT_EQ(judged(unknown_type).practical.load_bytes, std::nullopt);
}

TEST(Practical, AGiantTakesACluster) {
  FactsBuilder b;
  b.facts.weights.sets[0].bytes = 4'000'000'000'000;
  EXPECT_EQ(judged(b).practical.who, "a cluster");
}

TEST(Moves, SingleChangesThatWouldMoveIt) {
  const Verdict v = judged(FactsBuilder());
  const auto to = [&](const std::string& what) -> std::optional<Rung> {
    for (const Move& m : v.moves) {
      if (m.what == what) return m.verdict;
    }
    return std::nullopt;
  };
  EXPECT_EQ(to("license"), Rung::weights_available);
  EXPECT_EQ(to("inference_code"), Rung::weights_available);
  EXPECT_EQ(to("weights"), Rung::closed);
  EXPECT_EQ(to("training_code"), std::nullopt) << "alone it would not do";
  for (const Move& m : v.moves) EXPECT_NE(m.verdict, v.rung) << m.what;
}

TEST(Moves, WhatWasNotSeenHasNone) {
  FactsBuilder b;
  b.facts.repository = {Unseen::failed, "api"};
  EXPECT_THAT(judged(b).moves, IsEmpty());
}

}  // namespace
}  // namespace howopen::test
