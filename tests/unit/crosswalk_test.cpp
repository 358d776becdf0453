// The same model in the words of other frameworks, what it takes to run, and what would move the verdict.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "facts/parts.h"
#include "facts/training_names.h"
#include "howopen/verdict.h"
#include "support/catalog.h"
#include "support/facts_builder.h"
#include "text/json.h"

namespace howopen::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Verdict judged(const FactsBuilder& b) {
  return judge(b.facts, the_catalog());
}

// Everything class III of the MOF asks for.
FactsBuilder documented() {
  FactsBuilder b;
  const Observation seen{"seen", "README.md:9", Kind::text};
  b.facts.documents = {seen, seen, seen, {}};
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

TEST(EuAiAct, ASummaryOfTrainingContentIsFoundOrNotOrNotLookedFor) {
  const Crosswalk none = judged(FactsBuilder()).crosswalk;
  EXPECT_EQ(none.content_summary.meets, std::optional<bool>(false));
  EXPECT_THAT(none.content_summary.because, ElementsAre(HasSubstr("may be published elsewhere")));
  FactsBuilder b;
  b.facts.license.card = {Unseen::failed, "README.md"};
  EXPECT_FALSE(judged(b).crosswalk.content_summary.meets.has_value());
  b.facts.documents.content_summaries = {
      {{"section \"Public summary\" of the card", "README.md:9", Kind::text}, {}, true, {"2.1"}}};
  const Crosswalk found = judged(b).crosswalk;
  EXPECT_EQ(found.content_summary.meets, std::optional<bool>(true));
  ASSERT_EQ(found.content_summaries.size(), 1u);
  EXPECT_THAT(found.content_summaries[0].sections, ElementsAre("2.1 Publicly available datasets"));
}

TEST(EuAiAct, EveryKnownPlaceOfASummaryIsFoundByItsExample) {
  const auto data = text::parse_json(the_catalog().file("training_summaries.json"));
  ASSERT_TRUE(data);
  for (const text::Json& place : (*data)["places"].items()) {
    const std::string example(place["example"].string_or(""));
    const auto found = the_catalog().summary_places(example);
    ASSERT_EQ(found.size(), 1u) << example;
    EXPECT_EQ(found[0].url, place["url"].string_or("")) << example;
    EXPECT_FALSE(found[0].source.empty() || found[0].as_of.empty()) << example;
  }
}

TEST(Practical, PartsAddUpAndHelpersAreLoadedWithThem) {
  const auto set = [](const std::string& folder, const std::string& name, std::int64_t bytes) {
    WeightSet s;
    s.folder = folder;
    s.name = name;
    s.present = s.expected = 1;
    s.bytes = bytes;
    s.format = name.ends_with(".gguf") ? WeightFormat::gguf : WeightFormat::safetensors;
    return s;
  };
  const auto loads = [](std::vector<WeightSet> sets, std::vector<std::string> components = {}) {
    FactsBuilder b;
    b.facts.weights.sets = std::move(sets);
    b.facts.weights.components = std::move(components);
    b.facts.weights.elements = {{"BF16", 1'000'000'000}};
    facts::tell_roles(the_catalog().weight_words(), b.facts.weights.sets);
    return judged(b).practical.load_bytes.value_or(-1);
  };
  EXPECT_EQ(loads({set("high_noise_model", "a.safetensors", 57), set("low_noise_model", "a.safetensors", 57),
                   set("", "enc-t5.pth", 11), set("", "Foo_VAE.pth", 1)}),
            126);
  EXPECT_EQ(loads({set("encoder", "m.safetensors", 3), set("decoder", "m.safetensors", 4)}), 7);
  EXPECT_EQ(loads({set("stage1", "m.safetensors", 3), set("stage2", "m.safetensors", 4),
                   set("refiner", "m.safetensors", 5)}),
            12);
  EXPECT_EQ(loads({set("", "model.safetensors", 8), set("", "mmproj-F16.gguf", 1)}), 9);
  EXPECT_EQ(loads({set("", "model.safetensors", 8), set("onnx", "vae.safetensors", 1),
                   set("fp16", "model.safetensors", 4), set("", "imatrix.gguf", 1)}),
            8);
  EXPECT_EQ(loads({set("original", "m.safetensors", 3), set("gguf", "m.safetensors", 4)}), 3) << "copies";
  EXPECT_EQ(loads({set("", "f-Q2_K.gguf", 2), set("", "f-Q4_K_M.gguf", 4), set("", "f-Q8_0.gguf", 8)}), 4);
  EXPECT_EQ(loads({set("unet", "d.fp16.safetensors", 2), set("unet", "d.safetensors", 5),
                   set("vae", "d.safetensors", 1)},
                  {"unet", "vae"}),
            6);
  EXPECT_EQ(loads({set("unet", "d.safetensors", 5)}, {"unet", "vae"}), -1) << "a part that is not there";
}

TEST(Practical, WordsOfWeightsAreFoundInTheirExamples) {
  for (const WeightWords::Helper& h : the_catalog().weight_words().helpers) {
    const auto* found = facts::helper_named(h.match, the_catalog().weight_words());
    ASSERT_NE(found, nullptr) << h.match;
    EXPECT_EQ(found->what, h.what);
    const auto* other = facts::helper_named(h.other, the_catalog().weight_words());
    EXPECT_TRUE(other == nullptr || other->what != h.what) << h.other;
  }
}

TEST(TrainingNames, AreFoundInTheirExamples) {
  const TrainingWords& words = the_catalog().training_words();
  for (const auto* rows : {&words.files, &words.settings}) {
    for (const TrainingWords::Row& row : *rows) {
      EXPECT_EQ(facts::training_row(row.match, *rows), &row) << row.match;
      EXPECT_NE(facts::training_row(row.other, *rows), &row) << row.other;
    }
  }
  for (const TrainingWords::CardSettings& row : words.card_settings) {
    EXPECT_EQ(facts::settings_in_card(row.match, words), row.of);
    EXPECT_EQ(facts::settings_in_card(row.other, words), "");
  }
}

TEST(Practical, AnAdapterIsLoadedOverItsBase) {
  FactsBuilder b;
  b.facts.weights.sets[0].adapter = true;
  b.facts.weights.sets[0].bytes = 100;
  EXPECT_EQ(judged(b).practical.load_bytes, std::nullopt);
  Ancestor base;
  base.id = "acme/base";
  base.weights_bytes = 1000;
  base.weights_complete = true;
  b.facts.lineage.push_back(base);
  EXPECT_EQ(judged(b).practical.load_bytes, std::optional<std::int64_t>(1100));
}

TEST(Practical, BytesComeFromFilesThenFromHeadsThenFromWhatTheHubCounted) {
  FactsBuilder b;
  b.facts.weights.sets[0].bytes = -1;
  b.facts.weights.elements = {{"BF16", 7'000'000'000}};
  EXPECT_EQ(judged(b).practical.load_bytes, std::optional<std::int64_t>(14'000'000'000));
  b.facts.weights.tensor_bytes = {{"BF16", 13'000'000'000}};
  EXPECT_EQ(judged(b).practical.load_bytes, std::optional<std::int64_t>(13'000'000'000));
  EXPECT_THAT(judged(b).practical.basis, HasSubstr("heads"));
  // Counts of packed weights are of what they hold: the files say what is stored.
  b.facts.weights.sets[0].bytes = 16'000'000'000;
  const Practical p = judged(b).practical;
  EXPECT_EQ(p.load_bytes, std::optional<std::int64_t>(16'000'000'000));
  EXPECT_THAT(p.basis, HasSubstr("sizes"));
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
