// Settings of a training run that lie in the repository: the base they name is followed, or it is told that
// it could not be.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "facts/readings.h"
#include "support/catalog.h"
#include "support/map_source.h"

namespace howopen::test::run_settings {
namespace {

const std::string kLlama = R"("config":{"model_type":"llama","architectures":["LlamaForCausalLM"]})";

std::string starts(const std::string& yaml) {
  std::string out;
  for (const auto& s : facts::read_run_settings(yaml, the_catalog().training_words()).starts)
    out += (out.empty() ? "" : "; ") + s.key + " " + s.value + " " + std::to_string(s.line);
  return out;
}

// Its bases, and what of them could not be told.
std::string bases(const std::string& path, const std::string& yaml, const std::string& card = "# M\n",
                  const std::string& record = kLlama) {
  World w;
  w.model("acme/m", record).file("acme/m", "README.md", card).file("acme/m", path, yaml);
  w.model("zeta/base", R"("cardData":{"license":"mit"})");
  const Facts facts = w.facts("acme/m");
  std::string out;
  for (const Ancestor& a : facts.lineage) out += (out.empty() ? "" : "; ") + a.id + " by " + a.named.what;
  for (const Observation& s : facts.unresolved) out += (out.empty() ? "?" : "; ?") + s.what;
  return out;
}

bool asks(const std::string& path, const std::string& record = kLlama, const std::string& card = "# M\n") {
  World w;
  w.model("acme/m", record).file("acme/m", "README.md", card).file("acme/m", path, "x: 1\n");
  for (const Want& want : w.asked("acme/m"))
    if (want.topic == Topic::file && want.path == path) return true;
  return false;
}

TEST(FactsOfRunSettings, KeysHoweverTheyAreWritten) {
  EXPECT_EQ(starts("base_model: zeta/base\n"), "base_model zeta/base 1");
  EXPECT_EQ(starts("# x\nmodel_name_or_path: \"zeta/base\"  # why\n"), "model_name_or_path zeta/base 2");
  EXPECT_EQ(starts("model:\n  'model_name_or_path': zeta/base # why\r\n"), "model_name_or_path zeta/base 2");
  EXPECT_EQ(starts("x: !new:a.B\n{{ y }}\nbase_model: zeta/base\n"), "base_model zeta/base 3");
  for (const char* none : {"base_model:\n", "base_model: null\n", "# base_model: zeta/base\n", "base_model\n",
                           "base_model_config: zeta/base\n", "hub_model_id: zeta/base\n", ""})
    EXPECT_EQ(starts(none), "") << none;
}

TEST(FactsOfRunSettings, TheBaseOfTheRunIsFollowed) {
  EXPECT_EQ(bases("axolotl.yml", "base_model: zeta/base\ndatasets:\n"), "zeta/base by base_model");
  EXPECT_EQ(bases("examples/train_lora/sft.yaml", "stage: sft\nmodel_name_or_path: zeta/base\n"),
            "zeta/base by model_name_or_path");
  EXPECT_EQ(bases("axolotl.yml", "base_model: ./merged\n"),
            "?base_model is \"./merged\", which names no repository of the Hub");
  EXPECT_EQ(bases("axolotl.yml", "learning_rate: 0.1\n"), "");
  EXPECT_EQ(bases("axolotl.yml", "base_model: acme/m\n"), "") << "for users who tune it";
  EXPECT_EQ(bases("deploy/serve.yaml", "base_model: zeta/base\n"), "") << "no settings of a run";
}

TEST(FactsOfRunSettings, WhatCouldNotBeReadIsSaid) {
  World w;
  w.model("acme/m", kLlama).file("acme/m", "README.md", "# M\n");
  w.big("acme/m", "axolotl.yml");
  Facts facts = w.facts("acme/m");
  EXPECT_FALSE(facts.unresolved.empty());
  World many;
  many.model("acme/m", kLlama).file("acme/m", "README.md", "# M\n");
  for (int i = 0; i < 12; ++i) many.file("acme/m", "train/" + std::to_string(i) + ".yaml", "lr: 1\n");
  facts = many.facts("acme/m");
  ASSERT_EQ(facts.unresolved.size(), 1u);
  EXPECT_EQ(facts.unresolved[0].what, "settings of runs: 4 more than are read, which may name a base model");
}

// A question is asked where it can decide something.
TEST(FactsOfRunSettings, AskedForWhereNothingElseNamesABase) {
  EXPECT_TRUE(asks("axolotl.yml"));
  EXPECT_TRUE(asks("configs/pretrain.yaml"));
  EXPECT_FALSE(asks("axolotl.yml", kLlama + R"(,"tags":["base_model:zeta/base"])"));
  EXPECT_FALSE(asks("axolotl.yml", kLlama, "---\nbase_model: zeta/base\n---\n# M\n"));
  EXPECT_FALSE(asks("docker-compose.yml"));
  EXPECT_FALSE(asks("train.toml"));
}

}  // namespace
}  // namespace howopen::test::run_settings
