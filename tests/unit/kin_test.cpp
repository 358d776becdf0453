// FamilyMention: a base that is named without a link. Both directions: what is made from a family under
// stricter terms must not pass as open, and what only speaks of the family must not be punished. Cards made
// up.

#include <gtest/gtest.h>

#include "howopen/verdict.h"
#include "support/map_source.h"

namespace howopen::test {
namespace {

const std::string kLlama = R"("config":{"model_type":"llama","architectures":["LlamaForCausalLM"]})";

Verdict judged(const std::string& id, const std::string& card,
               const std::string& yaml = "license: apache-2.0\n", const std::string& record = kLlama) {
  World w;
  w.model(id, record)
      .file(id, "README.md", "---\n" + yaml + "---\n# Foo\n\n" + card + "\n")
      .big(id, "model.safetensors");
  return judge(w.facts(id), World::catalog());
}

TEST(RelatedFamily, ASentenceThatTellsTheOriginBinds) {
  for (const char* card :
       {"This is a Llama 2 based chat model for schools.", "Foo is fine-tuned from Llama-2-7B.",
        "This model is a LLaMA v2 model finetuned to answer.", "**Base Model:** Llama-3-8B",
        "We fine-tuned Gemma 2 9B on essays.", "This adapter is a LoRA for LLaMA 7B.",
        "It was initialized with the weights of Vicuna and trained further.",
        "This model is based on CodeLlama 34B."}) {
    const Verdict v = judged("acme/foo-7b", card);
    EXPECT_EQ(v.rung, Rung::weights_available) << card;
    EXPECT_NE(v.license.effective.best, LicenseClass::open) << card;
  }
}

TEST(RelatedFamily, SpeakingOfAFamilyIsNoKinship) {
  for (const char* card :
       {"Foo outperforms Llama 2 13B on all of our tests.", "It has the same architecture as LLaMA-7B.",
        "Foo is based on the Llama 2 architecture.", "This model uses the Llama-2 chat template.",
        "A 7B Llama-compatible model, trained with our own data.", "Runs in llama.cpp and exllama.",
        "We compare it with models fine-tuned from Llama 2.",
        "Trained on answers that Llama 2 70B has written.", "The dataset is based on Llama 2 outputs.",
        "Better than other models based on Gemma 2.",
        "| Model | Size |\n|---|---|\n| Llama 2 | 13B |\n| Vicuna | 13B |",
        "This model is a fine-tuned version of TinyLlama.", "It is fine-tuned from OpenLLaMA 7B.",
        "Meet Foo, the first of our models built on Llama-2 and Mistral.",
        "Prompts are in the Vicuna format. It is fine-tuned from our own base."}) {
    EXPECT_EQ(judged("acme/foo-7b", card).rung, Rung::open_weights) << card;
  }
}

TEST(RelatedFamily, ANameLeavesTheLicenseOpenToDoubt) {
  for (const char* id : {"acme/Foo-Llama2-70b", "acme/llama-2-coder-7b", "acme/Foo-L2-13B",
                         "acme/gemma-2b-foo", "acme/vicuna-33b-coder", "acme/foo-falcon-180b",
                         "acme/Qwen2.5-72B-foo", "acme/Distill-Llama-8B-foo", "acme/llama_3.1_foo"}) {
    const Verdict v = judged(id, "A model for schools.");
    EXPECT_EQ(v.rung, Rung::undetermined) << id;
    EXPECT_EQ(v.high, Rung::open_weights) << id;
    EXPECT_EQ(v.low, Rung::weights_available) << id;
    const bool found = std::any_of(v.findings.begin(), v.findings.end(),
                                   [](const Finding& f) { return f.rule == "lineage.family-named"; });
    EXPECT_TRUE(found) << id;
  }
  EXPECT_EQ(judged("acme/foo-13b", "For schools.", "license: mit\ntags:\n- llama-2\n").rung,
            Rung::undetermined)
      << "tags of the author are names";
}

TEST(RelatedFamily, NamesThatOnlyLookAlike) {
  for (const char* id : {"acme/TinyLlama-1.1B-foo", "acme/open_llama_7b_v2", "acme/OpenLLaMA-13B-foo",
                         "acme/llama-160m", "acme/foo-llamafied-7b", "acme/gemma-4-foo", "acme/foo-alpaca",
                         "acme/DeepSeek-R1-Distill-Qwen-7B-foo", "acme/Qwen2.5-7B-foo", "acme/Qwen3-8B-foo",
                         "acme/mamba-codestral-foo", "acme/llama-30m", "acme/adopt-13b", "acme/bloomberg-7b",
                         "acme/Mistral-Large-3-foo", "acme/foo-l2-normalized"}) {
    EXPECT_EQ(judged(id, "A model for schools.").rung, Rung::open_weights) << id;
  }
}

TEST(RelatedFamily, MadeFromScratchIsNobodysKin) {
  EXPECT_EQ(
      judged("acme/foo-13b", "Pretrained from scratch on our corpus.", "license: mit\ntags:\n- llama-2\n")
          .rung,
      Rung::open_weights);
  EXPECT_EQ(
      judged("acme/foo-13b", "Foo is fine-tuned on a base StarCoder model. Our tests are built from scratch.")
          .rung,
      Rung::weights_available);
  EXPECT_EQ(judged("acme/llama-2-foo", "This model was trained from scratch on the None dataset.").rung,
            Rung::undetermined)
      << "what trainers write where they know no base";
}

TEST(RelatedFamily, TheFamilysOwnPublisherLicensesAsItLikes) {
  EXPECT_EQ(judged("google/gemma-3-foo", "A model.").rung, Rung::open_weights);
}

TEST(RelatedFamily, AStricterLicenseNeedsNoHint) {
  const Verdict v = judged("acme/llama-2-foo", "A model.", "license: llama2\n");
  EXPECT_EQ(v.rung, Rung::weights_available);
  EXPECT_TRUE(std::none_of(v.findings.begin(), v.findings.end(),
                           [](const Finding& f) { return f.rule == "lineage.family-named"; }));
}

TEST(RelatedFamily, ABaseThatIsGoneKeepsTheTermsItsNameTells) {
  const Verdict v = judged("acme/foo-7b", "A model.", "license: mit\nbase_model: meta-llama/Llama-2-7b-hf\n");
  EXPECT_EQ(v.rung, Rung::weights_available);
  EXPECT_EQ(judged("acme/foo-7b", "A model.", "license: mit\nbase_model: other/bar-7b\n").rung,
            Rung::undetermined)
      << "a name that tells nothing leaves its terms unknown";
}

TEST(RelatedFamily, ACopyOfAFamilyUnderAFreerTagIsDoubted) {
  World w;
  w.model("acme/foo-7b", kLlama)
      .file("acme/foo-7b", "README.md", "---\nlicense: mit\nbase_model: other/llama-3-8b-4bit\n---\n")
      .big("acme/foo-7b", "model.safetensors")
      .model("other/llama-3-8b-4bit", kLlama + R"(,"cardData":{"license":"apache-2.0"})")
      .big("other/llama-3-8b-4bit", "model.safetensors");
  EXPECT_EQ(judge(w.facts("acme/foo-7b"), World::catalog()).rung, Rung::undetermined);
}

}  // namespace
}  // namespace howopen::test
