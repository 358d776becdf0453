// Traps: what a naive reading of a model gets wrong, one small world each, made up for the test.
//
// Traps that other tests hold already:
//   copies of the same weights counted twice        Weights.CopiesAreSetsOfTheirOwn
//   shards missing, and the index that knows better Weights.ShardsAreCountedAgainstTheirNamesAndTheirIndex
//   auto_map names a file that was deleted          InferenceCode.AutoMapIsCheckedAgainstTheListing
//   fine-tuning recipes for users                   TrainingCode.RecipesAreNoPipeline
//   a sample of a format, a benchmark               TrainingData.RolesFollowWhatTheCardSays
//   128K tokens of context are no data              TrainingData.AContextWindowIsNoAmountOfData
//   license_link names nothing                      License.DanglingLinks
//   code MIT, weights under something else          License.SentencesTellCodeFromWeights
//   model_type llama is not Llama's license         Lineage.ALlamaArchitectureIsNotLlama
//   words added at the end of a license             Identify.TermsBesideItAreExtraTerms
//   tag mit, publisher's repository says otherwise  License.ThePublishersOwnRepositoryComesBeforeTheTag
//   a policy beside an open license                 License.FamiliesPoliciesAndLinks
//   an owner relicenses                             License.APublisherMayRelicenseItsOwn
//   a gate before an open license                   Ladder.GatingAloneDoesNotLowerTheRung
//   "open source" as a claim                        Claims.OverclaimsAreFindings
//   a listing that failed is no empty listing       Property.AFailureOpensNothingAndClosesNothing

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "howopen/verdict.h"
#include "support/map_source.h"
#include "support/temp_dir.h"

namespace howopen::test {
namespace {

const std::string kLlama = R"("config":{"model_type":"llama","architectures":["LlamaForCausalLM"]})";

// An architecture that is its publisher's own: nothing says that it was made from another model.
const std::string kOwn = R"("config":{"model_type":"foo","architectures":["FooForCausalLM"]})";

const std::string& apache() {
  static const std::string text = slurp(std::string(HOWOPEN_SOURCE_DIR) + "/LICENSE");
  return text;
}

Answer tree(const std::vector<std::string>& paths) {
  std::string files;
  for (const std::string& p : paths)
    files += (files.empty() ? "" : ",") + ("{\"path\":\"" + p + "\",\"type\":\"blob\",\"size\":9}");
  return got(R"({"sha":"9999999999999999999999999999999999999999","tree":[)" + files + "]}");
}

/// acme/foo-7b with weights, a card under Apache-2.0 and what is added.
struct Trap {
  World world;
  explicit Trap(const std::string& card, const std::string& yaml = "license: apache-2.0\n",
                const std::string& record = kLlama) {
    world.model("acme/foo-7b", record)
        .file("acme/foo-7b", "README.md", "---\n" + yaml + "---\n# Foo\n\n" + card + "\n")
        .big("acme/foo-7b", "model.safetensors");
  }
  Trap& file(const std::string& path, const std::string& body = "x") {
    world.file("acme/foo-7b", path, body);
    return *this;
  }
  Trap& github(const std::string& id, const std::vector<std::string>& paths) {
    world.answer({Topic::github_tree, id, "", "", ""}, tree(paths));
    // What is listed is there.
    for (const std::string& p : paths) {
      if (p.find('/') == std::string::npos)
        world.answer({Topic::github_file, id, "9999999999999999999999999999999999999999", p, ""},
                     got(p == "LICENSE" ? apache() : "# Read me\n"));
    }
    return *this;
  }
  Trap& dataset(const std::string& id, const std::string& more = R"("gated":false,"usedStorage":9)") {
    world.answer({Topic::dataset, id, "", "", ""},
                 got("{\"id\":\"" + id + "\"," + more + R"(,"siblings":[{"rfilename":"a.parquet"}]})"));
    return *this;
  }
  Trap& base(const std::string& id, const std::string& license, const std::string& more = {}) {
    world.model(id, kLlama + ",\"cardData\":{\"license\":\"" + license + "\"}" + more)
        .big(id, "model.safetensors");
    return *this;
  }
  Verdict judged() const { return judge(world.facts("acme/foo-7b"), World::catalog()); }
  State operator[](Component c) const { return judged()[c].state; }
};

using C = Component;

// ---- weights

TEST(Trap, ARepositoryWithoutWeightsIsNotOpenWhateverItsLicense) {
  World w;
  w.model("acme/foo-7b", R"("cardData":{"license":"mit"})")
      .file("acme/foo-7b", "README.md", "---\nlicense: mit\n---\nWeights: soon.\n")
      .file("acme/foo-7b", "LICENSE", apache());
  EXPECT_EQ(judge(w.facts("acme/foo-7b"), World::catalog()).rung, Rung::closed);
}

TEST(Trap, StateOfATrainingRunIsNoWeights) {
  World w;
  w.model("acme/foo-7b", kLlama).big("acme/foo-7b", "optimizer.pt").big("acme/foo-7b", "training_args.bin");
  EXPECT_EQ(judge(w.facts("acme/foo-7b"), World::catalog())[C::weights].state, State::unavailable);
}

TEST(Trap, NoSafetensorsIsNotNoWeights) {
  World w;
  w.model("acme/foo-7b", kLlama)
      .big("acme/foo-7b", "pytorch_model-00001-of-00002.bin")
      .big("acme/foo-7b", "pytorch_model-00002-of-00002.bin");
  EXPECT_EQ(judge(w.facts("acme/foo-7b"), World::catalog())[C::weights].state, State::available);
}

TEST(Trap, SixDigitsOfShards) {
  World w;
  w.model("acme/foo-7b", kLlama)
      .big("acme/foo-7b", "model-00001-of-000002.safetensors")
      .big("acme/foo-7b", "model-00002-of-000002.safetensors");
  EXPECT_EQ(judge(w.facts("acme/foo-7b"), World::catalog())[C::weights].state, State::available);
}

TEST(Trap, AnAdapterAloneIsNotTheModel) {
  World w;
  w.model("acme/foo-7b", R"("tags":["base_model:adapter:gone/base"],"library_name":"peft")")
      .big("acme/foo-7b", "adapter_model.safetensors")
      .file("acme/foo-7b", "adapter_config.json", "{}");
  EXPECT_EQ(judge(w.facts("acme/foo-7b"), World::catalog())[C::weights].state, State::partial);
}

// ---- inference code

TEST(Trap, AGithubRepositoryWithAReadmeAloneHoldsNoCode) {
  const std::string card = "Code: https://github.com/acme/foo";
  const std::string odd = R"("config":{"model_type":"nobodys_arch"})";
  EXPECT_EQ(Trap(card, "license: apache-2.0\n", odd)
                .github("acme/foo", {"README.md", "LICENSE", "figures/a.png"})[C::inference_code],
            State::unavailable);
  EXPECT_EQ(Trap(card, "license: apache-2.0\n", odd)
                .github("acme/foo", {"README.md", "inference/generate.py"})[C::inference_code],
            State::available);
}

TEST(Trap, CodeOfAnotherProductOfTheHouseRunsNothing) {
  const std::string odd = R"("config":{"model_type":"nobodys_arch"})";
  EXPECT_EQ(Trap("Served by https://github.com/acme/engine", "license: apache-2.0\n", odd)
                .github("acme/engine", {"inference/generate.py"})[C::inference_code],
            State::unavailable);
}

TEST(Trap, CodeInAnotherRepositoryIsNotHere) {
  const std::string config =
      R"({"model_type":"nobodys_arch","auto_map":{"AutoModel":"other/code--modeling_x.X"}})";
  EXPECT_EQ(
      Trap("", "license: apache-2.0\n", R"("tags":["custom_code"],"config":{"model_type":"nobodys_arch"})")
          .file("config.json", config)[C::inference_code],
      State::partial);
}

TEST(Trap, APromptEncoderIsNoInferenceCode) {
  const std::string odd = R"("config":{"model_type":"nobodys_arch"})";
  EXPECT_EQ(Trap("", "license: apache-2.0\n", odd).file("encoding/encoding_foo.py")[C::inference_code],
            State::unavailable);
}

// ---- training code

TEST(Trap, TheStartOfARunNeedNotBeCalledTrain) {
  EXPECT_EQ(Trap("[Training Code](https://github.com/acme/foo-train)")
                .file("LICENSE", apache())
                .github("acme/foo-train", {"main.py", "run.sh", "LICENSE"})
                .judged()
                .components[static_cast<std::size_t>(C::training_code)]
                .evidence.front()
                .what,
            "main.py of acme/foo-train");
}

TEST(Trap, WhatIsNoTrainingCode) {
  const std::string card = "See https://github.com/acme/foo";
  for (const std::vector<std::string>& files :
       std::vector<std::vector<std::string>>{{"finetune/train.py", "finetune/configs/ds_config_zero3.json"},
                                             {"examples/train_demo.sh"},
                                             {"configs/v2-inference.yaml", "scripts/txt2img.py"},
                                             {"train_tokenizer.py"},
                                             {"Evaluation/train/test.json", "evaluation/train_eval.py"},
                                             {"README.md", "images/training_pipelines.jpg"}}) {
    EXPECT_EQ(Trap(card).github("acme/foo", files)[C::training_code], State::unavailable) << files.front();
  }
}

TEST(Trap, InfrastructureIsNoTrainingCode) {
  EXPECT_EQ(Trap("Kernels: https://github.com/acme/DeepKernels")
                .github("acme/DeepKernels", {"train.py", "configs/a.yaml"})[C::training_code],
            State::unavailable)
      << "a trainer for everybody";
}

TEST(Trap, TrainersOfOthersAndTracesAreNoTrainingCode) {
  EXPECT_EQ(Trap("Trained with https://github.com/other/axolotl")
                .file("training_args.bin")
                .file("trainer_state.json")[C::training_code],
            State::unavailable);
  EXPECT_EQ(Trap("AdamW, learning rate 4.2e-4, batch 2304.")[C::training_code], State::unavailable);
}

// ---- training data

TEST(Trap, AmountsAndDataCardsAreNoData) {
  EXPECT_EQ(Trap("Trained on 14.8 trillion tokens.")[C::training_data], State::unavailable);
  EXPECT_EQ(Trap("").file("data_summary_card.md")[C::training_data], State::unavailable);
}

TEST(Trap, WhatIsNamedInEvaluationResultsIsNoTrainingData) {
  EXPECT_EQ(
      Trap("",
           "license: apache-2.0\nmodel-index:\n- name: foo\n  results:\n  - dataset:\n      name: squad\n")
          [C::training_data],
      State::unavailable);
  EXPECT_EQ(Trap("## Results\n\n| [GSM8K](https://huggingface.co/datasets/openai/gsm8k) | 90 |\n|--|--|\n")
                .dataset("openai/gsm8k")[C::training_data],
            State::unavailable);
}

TEST(Trap, TheDatasetsKeyAloneIsAList) {
  EXPECT_EQ(Trap("A model.", "license: apache-2.0\ndatasets: [acme/corpus]\n")
                .dataset("acme/corpus")[C::training_data],
            State::partial);
}

TEST(Trap, AGatedOrEmptyDatasetIsNotReleased) {
  const std::string yaml = "license: apache-2.0\ndatasets: [acme/corpus]\n";
  const std::string card = "Pretrained on the corpus.";
  EXPECT_EQ(Trap(card, yaml).dataset("acme/corpus")[C::training_data], State::available);
  EXPECT_EQ(Trap(card, yaml).dataset("acme/corpus", R"("gated":"manual","usedStorage":9)")[C::training_data],
            State::partial);
  EXPECT_EQ(Trap(card, yaml).dataset("acme/corpus", R"("gated":false,"usedStorage":0)")[C::training_data],
            State::partial);
}

TEST(Trap, PartOfTheDataIsNotAllOfIt) {
  EXPECT_EQ(
      Trap("Pretrained on [web](https://huggingface.co/datasets/acme/web), enhanced with curated corpora.")
          .dataset("acme/web")[C::training_data],
      State::partial);
}

TEST(Trap, TheSetOfATuningIsNotTheDataOfTheModel) {
  const char* card = "Trained on [chats](https://huggingface.co/datasets/acme/chats).";
  EXPECT_EQ(Trap(card, "license: apache-2.0\nbase_model: other/base\n")
                .base("other/base", "apache-2.0")
                .dataset("acme/chats")[C::training_data],
            State::partial);
  World w;
  w.model("acme/foo-7b-lora-merged", kLlama)
      .big("acme/foo-7b-lora-merged", "model.safetensors")
      .file("acme/foo-7b-lora-merged", "README.md", card)
      .answer({Topic::dataset, "acme/chats", "", "", ""},
              got(R"({"id":"acme/chats","gated":false,"usedStorage":9,"siblings":[{"rfilename":"a"}]})"));
  EXPECT_EQ(judge(w.facts("acme/foo-7b-lora-merged"), World::catalog())[C::training_data].state,
            State::partial)
      << "no base is named, the name says that there is one";
}

TEST(Trap, DataOfTheBaseAreNotInherited) {
  Trap t("A tuned model.", "license: apache-2.0\nbase_model: other/base\n");
  t.base("other/base", "apache-2.0", R"(,"tags":["dataset:other/corpus"])").dataset("other/corpus");
  t.world.file("other/base", "README.md", "---\ndatasets: [other/corpus]\n---\nPretrained on the corpus.\n");
  EXPECT_EQ(t[C::training_data], State::unavailable);
}

TEST(Trap, DescribedDistillationIsNoReleasedData) {
  EXPECT_EQ(Trap("Tuned on 800k samples curated with Big-Model; others have published "
                 "[a reproduction](https://huggingface.co/datasets/others/reproduction).")
                .dataset("others/reproduction")[C::training_data],
            State::unavailable);
}

// ---- API access

TEST(Trap, AnAdvertisedApiIsNotOneThatServesThisModel) {
  EXPECT_EQ(Trap("An OpenAI-compatible API is at https://platform.acme.example.")[C::api_access],
            State::unavailable);
}

TEST(Trap, AnotherServesItIsAThirdParty) {
  Trap t(
      "", "license: apache-2.0\n",
      kLlama + R"(,"inference":"warm","inferenceProviderMapping":{"x":{"status":"live","providerId":"p"}})");
  EXPECT_EQ(t[C::api_access], State::partial);
  Trap staging("", "license: apache-2.0\n",
               kLlama + R"(,"inference":"warm","inferenceProviderMapping":{"x":{"status":"staging"}})");
  EXPECT_EQ(staging[C::api_access], State::unavailable);
}

// ---- license

TEST(Trap, APlainLicenseFileOfZeroBytesSaysNothing) {
  const Verdict v = Trap("", "license: other\nlicense_name: foo-license\nlicense_link: LICENSE\n")
                        .file("LICENSE", "")
                        .judged();
  EXPECT_EQ(v.license.effective.cls, LicenseClass::unknown);
  EXPECT_EQ(v.rung, Rung::weights_available);
}

TEST(Trap, APlainLicenseFileMayHoldAnything) {
  const Verdict v = Trap("", "license: mit\n")
                        .file("LICENSE", "Acme terms. You may not use this for any commercial purpose.\n")
                        .judged();
  EXPECT_NE(v.license.effective.cls, LicenseClass::open) << "the text governs, not the tag";
}

TEST(Trap, OtherWithALinkIsNotOpen) {
  EXPECT_EQ(
      Trap("", "license: other\nlicense_name: foo\nlicense_link: https://acme.example/terms\n").judged().rung,
      Rung::weights_available);
}

TEST(Trap, AnUnheardOfLicenseIsUnknownNotNone) {
  EXPECT_EQ(Trap("- **License:** Acme Gentle Sharing 3", "language: en\n").judged().license.weights->cls,
            LicenseClass::unknown);
  EXPECT_EQ(Trap("- **License:** [More Information Needed]", "language: en\n").judged().license.weights->cls,
            LicenseClass::none);
}

TEST(Trap, TheCardMayForbidWhatTheTagPermits) {
  EXPECT_EQ(Trap("This model is for research purposes only.").judged().rung, Rung::weights_available);
  for (const char* card :
       {"模型仅供学术研究使用，不得用于商业用途。", "模型仅供学术研究使用，不得用于商业用途；数据集见下。",
        "模型仅供学术研究使用，不得用于商业用途，数据集同样如此。",
        "## 许可\n\n仅供学术研究使用，不得用于商业用途。",
        "## License\n\nFor research purposes only, not for commercial use."})
    EXPECT_EQ(Trap(card).judged().license.effective.cls, LicenseClass::non_commercial) << card;
  EXPECT_EQ(Trap("模型训练所用的数据集仅供研究使用。").judged().rung, Rung::open_weights);
  // The stricter of two, whichever comes first.
  for (const char* card : {"The model weights are licensed under CC BY-NC 4.0. For commercial use of the "
                           "model, please contact us.",
                           "For commercial use of the model, please apply for a license. This model is for "
                           "research purposes only.",
                           "This model is for research purposes only. For commercial use of the model, "
                           "please apply for a license."})
    EXPECT_EQ(Trap(card, "license: other\n").judged().license.effective.cls, LicenseClass::non_commercial)
        << card;
  EXPECT_EQ(
      Trap("It is suitable for commercial or non-commercial use, as the model's license says.").judged().rung,
      Rung::open_weights);
  EXPECT_EQ(Trap("The dataset is for research purposes only; the license of the model is Apache 2.0.")
                .judged()
                .rung,
            Rung::open_weights);
  EXPECT_EQ(Trap("This model is for research purposes only.").file("LICENSE", apache()).judged().rung,
            Rung::undetermined)
      << "a text that is not said to be of the weights governs, and the sentence makes it a range";
}

TEST(Trap, ASentenceAboutOtherModelsFreesNothing) {
  EXPECT_EQ(Trap("## Licence and usage\n\nThe models with `-m-` are of another base (apache 2.0).",
                 "license: llama2\n")
                .judged()
                .license.effective.cls,
            LicenseClass::use_restricted);
}

TEST(Trap, TheCodeOfATuningIsNotTheCodeOfTheModel) {
  Trap t("", "license: apache-2.0\nbase_model: other/base\n");
  t.base("other/base", "apache-2.0").file("run_speech_recognition_ctc.py").file("run.sh");
  EXPECT_EQ(t[C::training_code], State::partial);
}

TEST(Trap, ACopyUnderAFreerTagStaysUnderTheTermsOfWhatItCopies) {
  const Verdict v = Trap("", "license: mit\nbase_model: other/base\nbase_model_relation: quantized\n")
                        .base("other/base", "llama3.1")
                        .judged();
  EXPECT_EQ(v.license.effective.cls, LicenseClass::use_restricted);
  EXPECT_EQ(v.rung, Rung::weights_available);
}

TEST(Trap, TheOriginOfAnOriginMayStandInItsCardAlone) {
  Trap t("", "license: mit\nbase_model: other/tuned\n");
  t.base("other/tuned", "mit").base("third/root", "llama3.1");
  t.world.file("other/tuned", "README.md",
               "This model is a fine-tuned version of [root](https://huggingface.co/third/root).\n");
  EXPECT_EQ(t.judged().rung, Rung::weights_available);
}

TEST(Trap, ARestrictedBaseMayStandInProseAlone) {
  for (const char* card :
       {"A transformer for schools. It is fine-tuned from a [base](https://huggingface.co/other/base).",
        "The F7 model is a fine-tuned version of [base](https://huggingface.co/other/base).",
        "Foo uses [base](https://huggingface.co/other/base) as a base model."}) {
    EXPECT_EQ(Trap(card).base("other/base", "llama2").judged().rung, Rung::weights_available) << card;
  }
  EXPECT_EQ(Trap("It is better than [base](https://huggingface.co/other/base).")
                .base("other/base", "llama2")
                .judged()
                .rung,
            Rung::open_weights);
}

TEST(Trap, TermsInTheGateCountWhereNoFileCanBeRead) {
  World w;
  w.model("acme/foo-7b", kLlama + R"(,"gated":"auto","cardData":{"license":"unknown","extra_gated_prompt":)"
                                  R"("You agree to the CC BY-NC 4.0 terms."})")
      .big("acme/foo-7b", "model.safetensors")
      .file("acme/foo-7b", "README.md", "");
  w.answer({Topic::file, "acme/foo-7b", World::kCommit, "README.md", ""},
           outcome(Outcome::denied, Trouble::gated));
  EXPECT_EQ(judge(w.facts("acme/foo-7b"), World::catalog()).license.effective.cls,
            LicenseClass::non_commercial);
}

// ---- what real cards taught (2022 and 2024)

TEST(Trap, ARepositoryThatCouldNotBeReachedCastsDoubtOnlyWhereItIsThisModels) {
  const auto judged = [](const std::string& card, const std::string& id) {
    Trap t(card, "license: mit\n");
    t.world.answer({Topic::github_tree, id, "", "", ""}, outcome(Outcome::failed, Trouble::rate_limited));
    return t.judged();
  };
  const Verdict own = judged("Code: https://github.com/acme/foo", "acme/foo");
  EXPECT_EQ(own.rung, Rung::undetermined) << "it may hold the weights' license";
  const Verdict other = judged("We also made https://github.com/acme/engine", "acme/engine");
  EXPECT_EQ(other.rung, Rung::open_weights);
  EXPECT_EQ(other[C::training_code].state, State::unknown) << "what could not be looked at is not closed";
  EXPECT_EQ(judged("## License\n\nSee [terms](https://github.com/acme/legal).", "acme/legal").rung,
            Rung::undetermined);
}

TEST(Trap, AnOpenLicenseWithRestrictionsBesideItIsNotOpen) {
  for (const char* card :
       {"## License\n\nThe model weights have a CC BY-SA 4.0 license, with OpenRAIL-M clauses attached.",
        "The weights are licensed under MIT with additional restrictions of use.",
        "If you want to use the model for commercial purposes, please apply for a license.",
        "## License\n\nThe model is under the Apache 2.0 License and an agreement of ours. Whoever wants to "
        "use the "
        "model for commercial purposes: please submit an application.",
        "## 许可\n\n本模型遵循 Apache 2.0 许可证。如需将模型用于商业用途，请填写申请表。",
        "如需将模型用于商业用途，请填写申请表，我们的服务团队会联系您。",
        "权重对学术研究开放，填写问卷登记后允许免费商业使用。"}) {
    EXPECT_EQ(Trap(card).judged().license.effective.cls, LicenseClass::use_restricted) << card;
  }
  for (const char* card :
       {"The weights are licensed under MIT with no additional restrictions.",
        "For commercial support of the model please contact us.",
        "本模型权重采用 MIT 许可证，支持商业用途，无需申请。", "模型支持商业使用，不用申请。",
        "模型可以商用，免申请、免登记。", "本模型权重不仅供研究，也可以商用。",
        "模型支持商业用途。如需技术支持请联系我们。"}) {
    EXPECT_EQ(Trap(card).judged().rung, Rung::open_weights) << card;
  }
}

TEST(Trap, CreditToATrainerIsNoTraining) {
  Trap t("RoBERTa is from [fairseq](https://github.com/pytorch/fairseq).");
  EXPECT_EQ(t.file("config.cfg")[C::training_code], State::partial);
  Trap said("Training framework: [nanotron](https://github.com/huggingface/nanotron).",
            "license: apache-2.0\n", kOwn);
  EXPECT_EQ(said.file("configs/pretrain.yaml")[C::training_code], State::available);
}

TEST(Trap, AScriptThatTunesIsOneStage) {
  EXPECT_EQ(Trap("").file("run_speech_recognition_ctc.py").file("run.sh")[C::training_code], State::partial);
  EXPECT_EQ(Trap("", "license: mit\n", kOwn).file("run_mlm_flax.py").file("run.sh")[C::training_code],
            State::available);
  // The same script of an architecture that others trained first.
  EXPECT_EQ(Trap("").file("run_mlm_flax.py").file("run.sh")[C::training_code], State::partial);
  EXPECT_EQ(Trap("It was trained from scratch.").file("run_mlm_flax.py").file("run.sh")[C::training_code],
            State::available);
  for (const char* type : {"mt5", "mistral", "qwen2", "gemma2", "phi3"}) {
    EXPECT_EQ(Trap("Trained on a balanced corpus.", "license: mit\n",
                   std::string(R"("config":{"model_type":")") + type + "\"}")
                  .file("run_mlm_flax.py")
                  .file("run.sh")[C::training_code],
              State::partial)
        << type;
  }
}

// ---- what the card's author made, and what somebody else did before

TEST(Trap, DataOfOneStageAreNotAllOfThem) {
  const std::string data = "It was trained on [acme/d](https://huggingface.co/datasets/acme/d).";
  const auto state = [&](const std::string& card, const std::string& yaml, const std::string& record) {
    return Trap(card + "\n\n" + data, yaml, record).dataset("acme/d")[C::training_data];
  };
  const std::string mit = "license: mit\n";
  EXPECT_EQ(state("", mit, kOwn), State::available);
  EXPECT_EQ(state("Pretrained by us from scratch.", mit, kLlama), State::available);
  for (const char* card :
       {"This model is based on Mixtral-8x7B.", "Built on top of Llama 2.", "We started from Gemma 2 9B.",
        "A fine-tune of [base](https://huggingface.co/other/base-7b).", "Initialized from Falcon-180B."}) {
    EXPECT_EQ(state(card, mit, kOwn), State::partial) << card;
  }
  for (const char* tag : {"llama2", "llama3.1", "gemma"})
    EXPECT_EQ(state("", std::string("license: ") + tag + "\n", kOwn), State::partial) << tag;
  EXPECT_EQ(state("", mit, kLlama), State::partial) << "by its architecture";
}

TEST(Trap, DataThatProseNamesAreListed) {
  for (const char* card :
       {"The model was pre-trained on:\n\n- 60,000 hours of [Libri-Light](https://arxiv.org/abs/1912.07875)\n"
        "- [GigaSpeech](https://arxiv.org/abs/2106.06909)",
        "Fine-tuned on the COMMON_VOICE_8_0 dataset.", "It was trained on the OpenWebText corpus.",
        "We trained on [VoxPopuli](https://example.org/voxpopuli) for three days.",
        "The encoder was trained on [ImageNet-21k](http://image-net.org) and nothing else."}) {
    EXPECT_EQ(Trap(card)[C::training_data], State::partial) << card;
  }
  for (const char* card :
       {"The model was trained on 8 GPUs with [DeepSpeed](https://www.deepspeed.ai).",
        "Trained with the AdamW optimizer.", "It is based on T5, which was pre-trained on the C4-EN corpus.",
        "See [GigaSpeech](https://arxiv.org/abs/2106.06909) for a benchmark.",
        "It was trained on our data."}) {
    EXPECT_NE(Trap(card)[C::training_data], State::partial) << card;
  }
}

TEST(Trap, TrainingCodeOfAnotherGenerationOrSizeIsNotThisModels) {
  const auto state = [](const std::string& id, const std::vector<std::string>& paths) {
    World w;
    w.model(id, kOwn)
        .file(id, "README.md", "---\nlicense: mit\n---\nCode: https://github.com/acme/olm\n")
        .big(id, "model.safetensors")
        .answer({Topic::github_tree, "acme/olm", "", "", ""}, tree(paths));
    return judge(w.facts(id), World::catalog())[C::training_code].state;
  };
  EXPECT_EQ(state("acme/Olm-2-7B", {"scripts/train/olm2/train_7b.sh"}), State::partial) << "no license";
  EXPECT_EQ(state("acme/Olm-2-7B", {"scripts/train/olm3/train_7b.sh"}), State::unavailable);
  EXPECT_EQ(state("acme/Olm-2-7B", {"scripts/train/olm-2/train_13b.sh"}), State::unavailable);
  EXPECT_EQ(state("acme/Olm-6.9b", {"train/olm-12b.yml", "train/train_12b.py"}), State::unavailable);
  EXPECT_EQ(state("acme/Olm3-3B", {"train/olm1/train.sh"}), State::unavailable);
  EXPECT_EQ(state("acme/Olm-2.5-7B", {"train/olm2_5/train.sh"}), State::partial);
}

TEST(Trap, StartsAndSettingsOfAllUsualTrainersAreFound) {
  const auto state = [](const std::vector<std::string>& paths) {
    Trap t("Foo.", "license: mit\n", kOwn);
    for (const std::string& path : paths) t.file(path);
    return t[C::training_code];
  };
  for (const char* settings :
       {"operative_config.gin", "config.cfg", "axolotl.yaml", "axolotl_config.yml", "llamaboard_config.yaml",
        "outputs/2026-01-02/.hydra/config.yaml", "train_config.toml", "configs/pretrain.yaml",
        "conf/config.yaml", "conf/experiment/base.yaml"})
    EXPECT_EQ(state({settings}), State::partial) << settings;
  for (const char* start : {"train.slurm", "jobs/pretrain_7b.sbatch", "training/Makefile", "train.mk",
                            "train.py", "scripts/train.sh", "run_mlm.py"})
    EXPECT_EQ(state({start, "configs/pretrain.yaml"}), State::available) << start;
  for (const char* neither : {"serve.slurm", "Makefile", "eval/train_eval.slurm", "config.gin", "hydra.md",
                              "axolotl.md", "inference/infer_train.sbatch"})
    EXPECT_EQ(state({neither}), State::unavailable) << neither;
}

TEST(Trap, SettingsThatACardShowsAreOfItsRun) {
  const std::string shown =
      "```yaml\nbase_model: acme/bar\ndatasets:\n  - path: acme/talk\n    type: alpaca\n"
      "sequence_len: 2048\nlearning_rate: 0.0002\n```\n";
  EXPECT_EQ(Trap("Settings:\n\n" + shown)[C::training_code], State::partial);
  EXPECT_EQ(Trap("Settings:\n\n```yaml\nmodel_name_or_path: acme/bar\nstage: sft\ndataset: talk\n"
                 "learning_rate: 1.0e-4\n```\n")[C::training_code],
            State::partial);
  // What the reader may do with this model.
  std::string recipe = shown;
  recipe.replace(recipe.find("acme/bar"), 8, "acme/foo-7b");
  EXPECT_EQ(Trap("Tune it yourself:\n\n" + recipe)[C::training_code], State::unavailable);
  EXPECT_EQ(
      Trap("```yaml\nbase_model: acme/bar\nmerge_method: slerp\ndtype: bfloat16\n```\n")[C::training_code],
      State::unavailable);
  EXPECT_EQ(Trap("The learning_rate: 0.0002, datasets: none, base_model: bar.")[C::training_code],
            State::unavailable);
}

TEST(Trap, ShapesForInferenceAreNoSettingsOfARun) {
  const auto state = [](const std::vector<std::string>& paths) {
    return Trap("Code: https://github.com/acme/foo", "license: mit\n", kOwn)
        .github("acme/foo", paths)[C::training_code];
  };
  for (const std::string start : {"generate.py", "inference.py", "sample_video.py", "demo.py", "predict.py"})
    EXPECT_EQ(state({"LICENSE", start, "foo/configs/foo_14B.py", "configs/shared.yaml"}), State::unavailable)
        << start;
  EXPECT_EQ(state({"LICENSE", "generate.py", "train.py", "foo/configs/foo_7B.py"}), State::available);
}

TEST(Trap, SignsBehindAWordOfOriginEndTheSearchForAName) {
  for (const char* card : {"This model is based on, well, nothing.", "It was fine-tuned from; see below.",
                           "Built on:\n\nnothing", "Distilled from) (", "Based on,,,,;;;:::)))"})
    EXPECT_EQ(Trap(card).judged().rung, Rung::open_weights) << card;
}

// ---- weights: what is the model and what stands beside it

TEST(Trap, AHelperBesideShardsThatMissIsNotTheModel) {
  for (const std::string helper : {"text_encoder.safetensors", "Foo_VAE.pth", "mmproj-F16.gguf", "vocoder.pt",
                                   "models_t5_umt5-xxl-enc-bf16.pth", "imatrix.gguf"}) {
    Trap t("");
    World w;
    w.model("acme/foo-7b", kLlama)
        .file("acme/foo-7b", "README.md", "---\nlicense: mit\n---\n")
        .big("acme/foo-7b", "model-00001-of-00004.safetensors")
        .big("acme/foo-7b", helper);
    EXPECT_EQ(judge(w.facts("acme/foo-7b"), World::catalog())[C::weights].state, State::partial) << helper;
    World alone;
    alone.model("acme/foo-vae", "").big("acme/foo-vae", helper);
    const bool nothing = helper == "mmproj-F16.gguf" || helper == "imatrix.gguf";
    EXPECT_EQ(judge(alone.facts("acme/foo-vae"), World::catalog())[C::weights].state,
              nothing ? State::unavailable : State::available)
        << "by itself " << helper << " is the model, or nothing";
  }
}

TEST(Trap, AnIndexIsComparedThoughTheNumbersOfTheShardsAreComplete) {
  const auto state = [](const std::string& names) {
    World w;
    w.model("acme/foo-7b", kOwn)
        .file("acme/foo-7b", "README.md", "---\nlicense: mit\n---\n")
        .file("acme/foo-7b", "model.safetensors.index.json", R"({"weight_map":{)" + names + "}}")
        .big("acme/foo-7b", "model-00001-of-00002.safetensors")
        .big("acme/foo-7b", "model-00002-of-00002.safetensors");
    return judge(w.facts("acme/foo-7b"), World::catalog())[C::weights].state;
  };
  const std::string both = R"("a":"model-00001-of-00002.safetensors","b":"model-00002-of-00002.safetensors")";
  EXPECT_EQ(state(both), State::available);
  EXPECT_EQ(state(both + R"(,"c":"mtp.safetensors")"), State::partial);
  EXPECT_EQ(state(both + R"(,"c":"extra/visual.safetensors")"), State::partial);
}

TEST(Trap, AdaptersInFoldersNameTheirBases) {
  const auto judged = [](int folders, const std::string& base) {
    World w;
    w.model("acme/coll", "").file("acme/coll", "README.md", "---\nlicense: apache-2.0\n---\n");
    for (int i = 0; i < folders; ++i) {
      const std::string in = "f" + std::to_string(i) + "/";
      w.file("acme/coll", in + "adapter_config.json", R"({"base_model_name_or_path":")" + base + "\"}")
          .big("acme/coll", in + "adapter_model.safetensors");
    }
    w.model("nc/wiz-7b", kLlama + R"(,"cardData":{"license":"cc-by-nc-4.0"})")
        .big("nc/wiz-7b", "model.safetensors");
    w.model("open/wiz-7b", kLlama + R"(,"cardData":{"license":"apache-2.0"})")
        .big("open/wiz-7b", "model.safetensors");
    return judge(w.facts("acme/coll"), World::catalog());
  };
  const Verdict bound = judged(2, "nc/wiz-7b");
  ASSERT_TRUE(bound.license.weights);
  EXPECT_EQ(bound.license.weights->cls, LicenseClass::open) << "its own tag";
  EXPECT_EQ(bound.rung, Rung::weights_available) << "the terms of its base";
  EXPECT_EQ(judged(1, "open/wiz-7b").rung, Rung::open_weights);
  EXPECT_EQ(judged(9, "open/wiz-7b").rung, Rung::undetermined) << "one that is not read may name another";
  EXPECT_GE(judged(1, "/data/local").rung, Rung::weights_available) << "a base that nobody can follow";
}

TEST(Trap, WeightsOnBranchesAreNotNone) {
  const auto judged = [](const std::string& refs) {
    World w;
    w.model("acme/foo-7b", kOwn)
        .file("acme/foo-7b", "README.md", "---\nlicense: apache-2.0\n---\n")
        .answer({Topic::refs, "acme/foo-7b", "", "", ""},
                refs.empty() ? outcome(Outcome::failed) : got(refs));
    return judge(w.facts("acme/foo-7b"), World::catalog());
  };
  EXPECT_EQ(judged(R"({"branches":[{"name":"main"}]})").rung, Rung::closed);
  const Verdict v = judged(R"({"branches":[{"name":"main"},{"name":"6_5"},{"name":"4_0"}]})");
  EXPECT_EQ(v.rung, Rung::undetermined);
  EXPECT_NE(v[C::weights].summary.find("howopen audit acme/foo-7b@4_0"), std::string::npos)
      << v[C::weights].summary;
  EXPECT_EQ(judged("").rung, Rung::undetermined) << "not seen is not none";
  // One of them is looked into: the one that the card names, else the first.
  const auto looked = [](const std::string& branches, const std::string& branch, const std::string& files) {
    World w;
    w.model("acme/foo-7b", kOwn)
        .file("acme/foo-7b", "README.md",
              "---\nlicense: apache-2.0\n---\n[6.5](https://huggingface.co/acme/foo-7b/tree/6_5)\n")
        .answer({Topic::refs, "acme/foo-7b", "", "", ""}, got(branches))
        .answer({Topic::model, "acme/foo-7b", branch, "", ""},
                got(R"({"id":"acme/foo-7b","sha":"dddddddddddddddddddddddddddddddddddddddd","siblings":[)" +
                    files + "]}"));
    return judge(w.facts("acme/foo-7b"), World::catalog());
  };
  const std::string two = R"({"branches":[{"name":"main"},{"name":"6_5"},{"name":"4_0"}]})";
  const std::string one = R"({"branches":[{"name":"main"},{"name":"old"}]})";
  const std::string weights = R"({"rfilename":"model.safetensors"})";
  const Verdict there = looked(two, "6_5", weights);
  EXPECT_EQ(there[C::weights].state, State::partial);
  EXPECT_EQ(there[C::weights].summary, "on branches, not on main: 4_0, 6_5");
  EXPECT_EQ(looked(two, "6_5", R"({"rfilename":"notes.txt"})")[C::weights].state, State::unknown);
  EXPECT_EQ(looked(one, "old", weights)[C::weights].state, State::partial);
  EXPECT_EQ(looked(one, "old", R"({"rfilename":"notes.txt"})")[C::weights].state, State::unavailable)
      << "the only other branch holds none either";
  EXPECT_EQ(judged("<html>").rung, Rung::undetermined);
}

TEST(Trap, ADemoOfThePublisherIsAPartOfAnApi) {
  const auto api = [](const std::string& card) {
    World w;
    w.model("acme/Foo-7B", kOwn)
        .file("acme/Foo-7B", "README.md", "---\nlicense: mit\n---\n" + card + "\n")
        .big("acme/Foo-7B", "model.safetensors");
    return judge(w.facts("acme/Foo-7B"), World::catalog())[C::api_access].state;
  };
  const State none = api("A language model.");
  EXPECT_EQ(api("Try it: https://huggingface.co/spaces/acme/foo-7b"), State::partial);
  EXPECT_EQ(api("[Demo](https://huggingface.co/spaces/Acme/chat-with-foo-7b)"), State::partial);
  EXPECT_EQ(api("[Demo](https://huggingface.co/spaces/other/foo-7b)"), none) << "somebody else's";
  EXPECT_EQ(api("[Demo](https://huggingface.co/spaces/acme/leaderboard)"), none) << "of something else";
}

TEST(Trap, ALargeFileOfAnUnknownKindIsNotNothing) {
  const auto state = [](const std::string& file) {
    World w;
    w.model("acme/foo-7b", kOwn)
        .file("acme/foo-7b", "README.md", "---\nlicense: mit\n---\n")
        .big("acme/foo-7b", file);
    return judge(w.facts("acme/foo-7b"), World::catalog())[C::weights].state;
  };
  for (const std::string file : {"foo-7b.xyz", "weights.zip", "model.q4f16_0", "foo.tar.gz", "blob"})
    EXPECT_EQ(state(file), State::partial) << file;
  for (const std::string file : {"film.mp4", "train.parquet", "paper.pdf", "optimizer.pt", "tokenizer.model"})
    EXPECT_EQ(state(file), State::unavailable) << file;
  for (const std::string file : {"foo.llamafile", "foo.rkllm", "foo.skops", "cc.en.ftz", "foo.engine"})
    EXPECT_EQ(state(file), State::available) << file;
}

TEST(Trap, WhatATuningWasTrainedOnIsOneStage) {
  const std::string link = "[acme/d](https://huggingface.co/datasets/acme/d)";
  EXPECT_EQ(Trap("The model was trained on " + link + ".", "license: mit\n", kOwn)
                .dataset("acme/d")[C::training_data],
            State::available);
  for (const std::string& card :
       {"The model is based on GPT-2 and was fine-tuned by us. It was trained on " + link + ".",
        "Weights were initialized from Bar. The model was trained on " + link + ".",
        "This model was fine-tuned on essays. It is based on T5, which was pre-trained on " + link + "."}) {
    EXPECT_EQ(Trap(card).dataset("acme/d")[C::training_data], State::partial) << card;
  }
  EXPECT_EQ(Trap("It is intended to be fine-tuned on your data. The model was trained on " + link + ".",
                 "license: mit\n", kOwn)
                .dataset("acme/d")[C::training_data],
            State::available);
  EXPECT_EQ(Trap("The model was trained on " + link + ".", "license: mit\n",
                 R"("config":{"model_type":"bert","architectures":["BertForSequenceClassification"]})")
                .dataset("acme/d")[C::training_data],
            State::partial)
      << "such a head is put on a pre-trained encoder";
}

TEST(Trap, OldCheckpointsNameNoType) {
  World w;
  w.model("acme/foo", R"("library_name":"transformers")")
      .file("acme/foo", "config.json", R"({"hidden_size":768})")
      .file("acme/foo", "vocab.txt", "x")
      .big("acme/foo", "pytorch_model.bin");
  EXPECT_EQ(judge(w.facts("acme/foo"), World::catalog())[C::inference_code].state, State::available);
  World odd;
  odd.model("acme/foo", R"("library_name":"transformers")")
      .file("acme/foo", "config.json", R"({"model_type":"nobodys_arch"})")
      .file("acme/foo", "vocab.txt", "x")
      .big("acme/foo", "pytorch_model.bin");
  EXPECT_EQ(judge(odd.facts("acme/foo"), World::catalog())[C::inference_code].state, State::unavailable);
}

TEST(Trap, TheSizeOfVectorsIsNoShard) {
  World w;
  w.model("acme/foo", "\"gated\":false").big("acme/foo", "cc.en.300.bin");
  EXPECT_EQ(judge(w.facts("acme/foo"), World::catalog())[C::weights].state, State::available);
}

TEST(Trap, AnAdapterHubAdapterNamesItsBaseInItsOwnWay) {
  World w;
  w.model("acme/foo", R"("library_name":"adapter-transformers")")
      .file("acme/foo", "adapter_config.json", R"({"model_name":"other/base"})")
      .big("acme/foo", "pytorch_adapter.bin")
      .model("other/base", R"("config":{"model_type":"bert"},"cardData":{"license":"apache-2.0"})")
      .big("other/base", "pytorch_model.bin");
  EXPECT_EQ(judge(w.facts("acme/foo"), World::catalog())[C::weights].state, State::available);
}

TEST(Trap, LibrariesAreKnownByTheirFiles) {
  World w;
  w.model("acme/foo", R"("library_name":"transformers")")
      .file("acme/foo", "modules.json", "[]")
      .big("acme/foo", "0_Transformer/pytorch_model.bin");
  EXPECT_EQ(judge(w.facts("acme/foo"), World::catalog())[C::inference_code].state, State::available);
}

TEST(Trap, ABaseInALabelIsABase) {
  for (const char* card :
       {"Base model: other/base", "**Base Model**: [base](https://huggingface.co/other/base)",
        "This model is based on [base](https://huggingface.co/other/base).",
        "This model was trained on [base](https://huggingface.co/other/base) with our data."}) {
    EXPECT_EQ(Trap(card).base("other/base", "cc-by-nc-4.0").judged().rung, Rung::weights_available) << card;
  }
  EXPECT_EQ(Trap("This model was trained on data generated by [base](https://huggingface.co/other/base).")
                .base("other/base", "cc-by-nc-4.0")
                .judged()
                .rung,
            Rung::open_weights);
}

// ---- who is spoken of, and what is named elsewhere

TEST(Trap, ASentenceAboutDistilledSiblingsIsNoOrigin) {
  // A family's card, as each of its models has it.
  const std::string card =
      "Foo-7B and Foo-7B-Zero come from our own base.\n\n"
      "We publish distilled 1B and 8B checkpoints based on Qwen2.5 and Llama 3.1 series as well.\n\n"
      "| Model | Base model |\n|---|---|\n"
      "| Foo-7B-Distill-Llama-8B | [Llama-3.1-8B](https://huggingface.co/meta-llama/Llama-3.1-8B) |\n\n"
      "## License\n\nThis code and the model weights are licensed under the MIT License. The series supports "
      "commercial "
      "use, including, but not limited to, distillation.\n"
      "- Foo-7B-Distill-Llama-8B is derived from Llama3.1-8B-Base and was originally licensed under the "
      "Llama 3.1 license.\n";
  const auto judged = [&](const std::string& id) {
    World w;
    w.model(id, kLlama)
        .file(id, "README.md", "---\nlicense: mit\n---\n# Foo\n\n" + card)
        .big(id, "model.safetensors");
    w.model("meta-llama/Llama-3.1-8B", kLlama + R"(,"cardData":{"license":"llama3.1"})")
        .big("meta-llama/Llama-3.1-8B", "model.safetensors");
    return judge(w.facts(id), World::catalog());
  };
  EXPECT_EQ(judged("acme/foo-7b").rung, Rung::open_weights);
  EXPECT_EQ(judged("acme/foo-7b-zero").rung, Rung::open_weights);
  EXPECT_EQ(judged("acme/Foo-7B-Distill-Qwen-1B").rung, Rung::open_weights);
  EXPECT_EQ(judged("acme/Foo-7B-Distill-Llama-8B").rung, Rung::weights_available);
  EXPECT_EQ(judged("acme/Foo-7B-Distill-Llama-8B").license.effective.cls, LicenseClass::use_restricted);
}

TEST(Trap, WhoeverTakesFromARelicensedWorkHasItsLicense) {
  const auto judged = [](const std::string& owner_of_tune) {
    World w;
    w.model("acme/foo-7b", kLlama)
        .file("acme/foo-7b", "README.md", "---\nlicense: mit\nbase_model: " + owner_of_tune + "/tune\n---\n")
        .big("acme/foo-7b", "model.safetensors");
    w.model(owner_of_tune + "/tune", kLlama + R"(,"cardData":{"license":"mit","base_model":"house/base"})")
        .file(owner_of_tune + "/tune", "README.md", "---\nlicense: mit\nbase_model: house/base\n---\n")
        .big(owner_of_tune + "/tune", "model.safetensors");
    w.model("house/base", kLlama + R"(,"cardData":{"license":"cc-by-nc-4.0"})")
        .big("house/base", "model.safetensors");
    return judge(w.facts("acme/foo-7b"), World::catalog());
  };
  EXPECT_EQ(judged("house").rung, Rung::open_weights) << "the owner of both licensed the tune anew";
  EXPECT_EQ(judged("third").rung, Rung::weights_available) << "a step that changes hands frees nothing";
}

TEST(Trap, BasesInAnyFormAreFollowed) {
  for (const char* yaml :
       {"base_model: https://huggingface.co/other/base\n", "base_model: other/base/tree/main\n",
        "base_model: other/base@v1\n", "base_model: ' other/base '\n", "base_model: third/free, other/base\n",
        "base_models:\n- other/base\n",
        "base_model:\n- name: Base\n  repo_url: https://huggingface.co/other/base\n"}) {
    Trap t("", std::string("license: mit\n") + yaml);
    t.base("other/base", "cc-by-nc-4.0").base("third/free", "mit");
    EXPECT_EQ(t.judged().rung, Rung::weights_available) << yaml;
  }
  for (const char* yaml : {"base_model: ./out/checkpoint-500\n", "base_model: /data/models/llama\n",
                           "base_model: our in-house model\n", "base_model:\n- name: Base\n  made: here\n"}) {
    const Verdict v = Trap("", std::string("license: mit\n") + yaml).judged();
    EXPECT_EQ(v.rung, Rung::undetermined) << yaml;
    EXPECT_TRUE(std::any_of(v.findings.begin(), v.findings.end(), [](const Finding& f) {
      return f.rule == "lineage.unresolved";
    })) << yaml;
  }
}

TEST(Trap, TextsUnderOtherNamesAndBehindLinksAreRead) {
  EXPECT_EQ(Trap("", "language: en\n").file("LICENSES/Apache-2.0.txt", apache()).judged().rung,
            Rung::open_weights);
  EXPECT_EQ(Trap("", "language: en\n")
                .file("LICENSE", "legal/LICENSE")
                .file("legal/LICENSE", apache())
                .judged()
                .rung,
            Rung::open_weights)
      << "a symbolic link";
  for (const char* path :
       {"COMMONS-CLAUSE.md", "TERMS.txt", "EULA.txt", "ADDITIONAL_TERMS.txt", "LEGAL.md"}) {
    EXPECT_NE(Trap("", "license: apache-2.0\n")
                  .file("LICENSE", apache())
                  .file(path, "You may not sell what you make with it.\n")
                  .judged()
                  .rung,
              Rung::open_weights)
        << path;
  }
  EXPECT_EQ(Trap("", "license: apache-2.0\n")
                .file("LICENSE", apache())
                .file("COPYRIGHT", "Copyright (c) 2024 Acme\n")
                .judged()
                .rung,
            Rung::open_weights)
      << "who holds the rights takes nothing back";
}

TEST(Trap, TalkOfLicensesThatIsNotUnderstoodIsARange) {
  for (const char* card : {"## License\n\nCertain provisions of the house agreement apply to hosted copies.",
                           "The model is released under the Borealis Community Charter License.",
                           "## License\n\nUsage of the weights must respect what our lawyers wrote.",
                           "## License\n\nโมเดลนี้ ใช้ได้ เฉพาะ งานวิจัย เท่านั้น"}) {
    const Verdict v = Trap(card).judged();
    EXPECT_NE(v.low, Rung::open_weights) << card;
    EXPECT_FALSE(v.findings.empty()) << card;
  }
  for (const char* card : {"## License\n\nApache 2.0", "## License\n\nSee the LICENSE file for details.",
                           "The model is free for commercial use.", "## Citation\n\nPlease cite our paper.",
                           "We thank the authors of all permissively licensed libraries.",
                           "The tokenizer library is licensed under the GPL."}) {
    EXPECT_EQ(Trap(card).judged().rung, Rung::open_weights) << card;
  }
}

TEST(Trap, ASentenceAboutTheWeightsComesBeforeATextAboutEverything) {
  const Verdict v =
      Trap("The model weights are licensed under CC BY-NC 4.0.").file("LICENSE", apache()).judged();
  EXPECT_EQ(v.license.weights->concluded, "CC-BY-NC-4.0");
  EXPECT_EQ(v.license.code->concluded, "Apache-2.0");
  EXPECT_EQ(v.rung, Rung::weights_available);
  EXPECT_FALSE(v.license.conflicts.empty());
}

TEST(Trap, AMissingAnswerOfTheOwnRepositoryIsDoubt) {
  for (const Answer& answer :
       {outcome(Outcome::failed, Trouble::rate_limited), outcome(Outcome::skipped, Trouble::rate_limited),
        outcome(Outcome::failed, Trouble::network)}) {
    Trap t("Code: https://github.com/acme/foo", "license: mit\n");
    t.world.answer({Topic::github_tree, "acme/foo", "", "", ""}, answer);
    EXPECT_EQ(t.judged().rung, Rung::undetermined);
  }
  // A name of two letters is one all the same.
  World brief;
  brief.model("acme/g2", kLlama)
      .file("acme/g2", "README.md", "---\nlicense: mit\n---\nCode: https://github.com/acme/g2\n")
      .big("acme/g2", "model.safetensors")
      .answer({Topic::github_tree, "acme/g2", "", "", ""}, outcome(Outcome::failed, Trouble::rate_limited));
  EXPECT_EQ(judge(brief.facts("acme/g2"), World::catalog()).rung, Rung::undetermined);
  Trap gone("Code: https://github.com/acme/foo", "license: mit\n");
  gone.github("acme/foo", {"README.md"});
  gone.world.answer(
      {Topic::github_file, "acme/foo", "9999999999999999999999999999999999999999", "README.md", ""},
      outcome(Outcome::absent, Trouble::not_found));
  EXPECT_EQ(gone.judged().rung, Rung::undetermined) << "listed, and not there: no answer";
}

// ---- limits: what is left out counts

TEST(Trap, ACardThatIsNotReadToItsEndIsNotClean) {
  EXPECT_EQ(Trap("A small card.").judged().rung, Rung::open_weights);
  std::string claims;
  for (int i = 0; i < 400; ++i) claims += "The weights are released under the MIT License.\n\n";
  const Trap many(claims + "Commercial use is prohibited.");
  EXPECT_EQ(many.judged().rung, Rung::undetermined) << "behind more sentences than are read";
  std::string blocks;
  for (int i = 0; i < 70'000; ++i) blocks += "x\n\n";
  EXPECT_EQ(Trap(blocks + "Commercial use is prohibited.").judged().rung, Rung::undetermined);
  std::string licenses = "The weights are under";
  for (int i = 0; i < 20; ++i) licenses += " MIT,";
  EXPECT_NE(Trap(licenses + " and CC BY-NC 4.0.").judged().rung, Rung::open_weights) << "in one sentence";
  const std::string row = "| Foo-7B | " + std::string(3000, 'x') + ". Non-commercial use only. |";
  EXPECT_NE(Trap("| Model | License |\n|---|---|\n" + row).judged().rung, Rung::open_weights) << "a long row";
}

TEST(Trap, MoreBasesThanAreFollowedAreDoubt) {
  const auto merge = [](int bases) {
    std::string yaml = "license: apache-2.0\nbase_model:\n";
    for (int i = 0; i < bases; ++i) yaml += "- acme/base" + std::to_string(i) + "-7b\n";
    Trap t("A merge.", yaml);
    for (int i = 0; i < bases; ++i) t.base("acme/base" + std::to_string(i) + "-7b", "apache-2.0");
    return t.judged().rung;
  };
  EXPECT_EQ(merge(8), Rung::open_weights);
  EXPECT_EQ(merge(9), Rung::undetermined);
  // The ninth stands behind links of a sentence.
  std::string sentence = "Merged from";
  for (int i = 0; i < 60; ++i)
    sentence +=
        " [b" + std::to_string(i) + "](https://huggingface.co/acme/base" + std::to_string(i) + "-7b),";
  Trap t(sentence + " and others.");
  for (int i = 0; i < 60; ++i) t.base("acme/base" + std::to_string(i) + "-7b", "apache-2.0");
  EXPECT_EQ(t.judged().rung, Rung::undetermined);
}

TEST(Trap, ALineageThatIsLongerThanIsFollowedIsDoubt) {
  const auto chain = [](int steps) {
    Trap t("A tune.", "license: apache-2.0\nbase_model: other/step0\n");
    for (int i = 0; i < steps; ++i)
      t.base(
          "other/step" + std::to_string(i), "apache-2.0",
          i + 1 < steps ? R"(,"tags":["base_model:finetune:other/step)" + std::to_string(i + 1) + "\"]" : "");
    return t.judged().rung;
  };
  EXPECT_EQ(chain(8), Rung::open_weights);
  EXPECT_EQ(chain(9), Rung::undetermined);
}

}  // namespace
}  // namespace howopen::test
