// Facts from small worlds: what is asked, what is seen, and where.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/map_source.h"

namespace howopen::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Not;

const std::string kLlama = R"("config":{"model_type":"llama","architectures":["LlamaForCausalLM"]})";
const char* const kCommit = World::kCommit;

std::vector<std::string> paths(const std::vector<Want>& wants) {
  std::vector<std::string> out;
  for (const Want& w : wants)
    out.push_back(std::string(word(w.topic)) + " " + w.id + (w.path.empty() ? "" : " " + w.path));
  std::sort(out.begin(), out.end());
  return out;
}

TEST(Wants, OnlyWhatCanDecideSomething) {
  World w;
  w.model("a/m", kLlama)
      .file("a/m", "README.md", "# M")
      .file("a/m", "LICENSE", "x")
      .file("a/m", "USE_POLICY.md", "x")
      .file("a/m", "config.json", "{}")
      .file("a/m", "tokenizer.json", "{}")
      .big("a/m", "model.safetensors");
  EXPECT_THAT(paths(w.asked("a/m")), ElementsAre("file a/m LICENSE", "file a/m README.md", "model a/m"));
}

TEST(Wants, TheConfigurationWhenNoTableKnowsTheArchitecture) {
  World w;
  w.model("a/m", R"("config":{"model_type":"nobodys_arch"})")
      .file("a/m", "config.json", R"({"model_type":"nobodys_arch"})");
  EXPECT_THAT(paths(w.asked("a/m")), Contains("file a/m config.json"));
}

TEST(Wants, OfAnAncestorItsRecordAndItsLicense) {
  World w;
  w.model("a/m", kLlama + R"(,"tags":["base_model:finetune:b/base"])").file("a/m", "README.md", "");
  w.model("b/base", R"("cardData":{"license":"mit"})")
      .file("b/base", "README.md", "")
      .file("b/base", "LICENSE", "x")
      .file("b/base", "config.json", "{}");
  EXPECT_THAT(paths(w.asked("a/m")),
              ElementsAre("file a/m README.md", "file b/base LICENSE", "file b/base README.md", "model a/m",
                          "model b/base", "refs a/m"))
      << "only its card can say what it was made from itself";
  w.model("b/base", R"("cardData":{"license":"mit"},"tags":["base_model:c/root"])");
  EXPECT_THAT(paths(w.asked("a/m")), Not(Contains("file b/base README.md")));
}

// A tag that says nothing (`other`) and no text: only the card can tell.
TEST(Wants, TheCardOfAnAncestorThatIsSilentOtherwise) {
  World w;
  w.model("a/m", kLlama + R"(,"tags":["base_model:b/base"])");
  w.model("b/base", R"("cardData":{"license":"other"})").file("b/base", "README.md", "");
  EXPECT_THAT(paths(w.asked("a/m")), Contains("file b/base README.md"));
}

TEST(Wants, CyclesAndLongChainsEnd) {
  World w;
  w.model("a/0", R"("tags":["base_model:a/1"])")
      .model("a/1", R"("tags":["base_model:a/0","base_model:a/1"])");
  EXPECT_EQ(paths(w.asked("a/0")).size(), 3u) << "both records, and the branches of the first";
  World chain;
  for (int i = 0; i < 30; ++i)
    chain.model("c/" + std::to_string(i), R"("tags":["base_model:c/)" + std::to_string(i + 1) + "\"]");
  EXPECT_LE(chain.facts("c/0").lineage.size(), 8u);
  World wide;
  std::string tags;
  for (int i = 0; i < 500; ++i)
    tags += (i > 0 ? "," : "") + std::string("\"base_model:merge:w/") + std::to_string(i) + "\"";
  wide.model("w/m", "\"tags\":[" + tags + "]");
  EXPECT_LE(wide.asked("w/m").size(), 200u);
}

TEST(Weights, ShardsAreCountedAgainstTheirNamesAndTheirIndex) {
  World w;
  w.model("a/m", kLlama)
      .big("a/m", "model-00001-of-000003.safetensors")
      .big("a/m", "model-00003-of-000003.safetensors");
  const auto by_name = w.facts("a/m").weights.sets;
  ASSERT_EQ(by_name.size(), 1u);
  EXPECT_EQ(by_name[0].present, 2);
  EXPECT_EQ(by_name[0].expected, 3);
  EXPECT_THAT(by_name[0].missing, ElementsAre("model-00002-of-000003.safetensors"));

  // One shard that looks like a whole set, and an index that knows better (ESFT).
  World partial;
  partial.model("a/m", kLlama).big("a/m", "model-00001-of-00001.safetensors");
  partial.file("a/m", "model.safetensors.index.json",
               R"({"weight_map":{"a":"model-00001-of-00001.safetensors","b":"model-00002.safetensors"}})");
  const auto by_index = partial.facts("a/m").weights.sets;
  EXPECT_EQ(by_index[0].expected, 2);
  EXPECT_EQ(by_index[0].present, 1);
  EXPECT_EQ(by_index[0].index, "model.safetensors.index.json");
}

TEST(Weights, AnIndexWithoutAnyShard) {
  World w;
  w.model("a/m", kLlama)
      .file(
          "a/m", "model.safetensors.index.json",
          R"({"weight_map":{"a":"model-00001-of-00002.safetensors","b":"model-00002-of-00002.safetensors"}})");
  const auto sets = w.facts("a/m").weights.sets;
  ASSERT_EQ(sets.size(), 1u);
  EXPECT_EQ(sets[0].present, 0);
  EXPECT_EQ(sets[0].expected, 2);
}

TEST(Weights, CopiesAreSetsOfTheirOwn) {
  World w;
  w.model("a/m", kLlama)
      .big("a/m", "model.safetensors", 100)
      .big("a/m", "pytorch_model.bin", 100)
      .big("a/m", "original/consolidated.00.pth", 100)
      .big("a/m", "onnx/model.onnx", 50);
  const auto sets = w.facts("a/m").weights.sets;
  EXPECT_EQ(sets.size(), 4u);
  EXPECT_EQ(sets[0].name, "model.safetensors") << "the top of the repository, safetensors first";
  EXPECT_EQ(sets[0].bytes, 100);
}

TEST(Weights, PointersAndSizesUnknown) {
  World w;
  w.model("a/m", kLlama).file("a/m", "model.safetensors", std::string(132, 'x'));
  EXPECT_EQ(w.facts("a/m").weights.sets[0].pointer_sized, 1);
  World old;  // a record without sizes
  old.answer({Topic::model, "a/m", "", ""},
             got(R"({"modelId":"a/m","sha":"x","siblings":[{"rfilename":"pytorch_model.bin"}]})"));
  EXPECT_EQ(old.facts("a/m").weights.sets[0].bytes, -1);
  EXPECT_EQ(old.facts("a/m").weights.sets[0].pointer_sized, 0);
}

TEST(InferenceCode, AutoMapIsCheckedAgainstTheListing) {
  World w;
  w.model("a/m", R"("config":{"model_type":"strange","auto_map":{}})").file("a/m", "modeling_here.py", "x");
  w.file(
      "a/m", "config.json",
      R"({"model_type":"strange","auto_map":{"AutoModel":"modeling_here.M","AutoConfig":"configuration_here.C","AutoModelForCausalLM":"modeling_gone.G","AutoModelForMaskedLM":"other-org/repo--modeling_x.X","AutoTokenizer":["tok.T",null]}})");
  const auto remote = w.facts("a/m").inference_code.remote;
  ASSERT_EQ(remote.size(), 3u) << "tokenizers and configurations are not what runs a model";
  EXPECT_EQ(remote[0].file, "modeling_here.py");
  EXPECT_TRUE(remote[0].present);
  EXPECT_FALSE(remote[1].present);
  EXPECT_EQ(remote[2].repository, "other-org/repo");
}

TEST(InferenceCode, TablesOfLibraries) {
  World w;
  w.model("a/m", R"("config":{"model_type":"deepseek_v3","architectures":["DeepseekV3ForCausalLM"]})");
  std::vector<std::string> names;
  for (const Loader& l : w.facts("a/m").inference_code.loaders) names.push_back(l.library);
  EXPECT_THAT(names, ElementsAre("transformers", "vLLM"));
  World s;
  s.model("a/s", R"("library_name":"sentence-transformers")").file("a/s", "modules.json", "[]");
  EXPECT_EQ(s.facts("a/s").inference_code.loaders[0].library, "sentence-transformers");
  World without;
  without.model("a/s", R"("library_name":"sentence-transformers")");
  EXPECT_TRUE(without.facts("a/s").inference_code.loaders.empty()) << "a library's name without its files";
}

TEST(TrainingCode, RecipesAreNoPipeline) {
  World w;
  w.model("a/m")
      .file("a/m", "finetune/finetune_train.py", "")
      .file("a/m", "train.py", "")
      .file("a/m", "configs/pretrain.yaml", "")
      .file("a/m", "training_args.bin", "")
      .file("a/m", "eval/train_eval.py", "");
  const auto code = w.facts("a/m").training_code;
  EXPECT_EQ(code.recipes.size(), 1u);
  ASSERT_EQ(code.entries.size(), 1u);
  EXPECT_EQ(code.entries[0].where, std::string("train.py@") + kCommit);
  EXPECT_EQ(code.configurations.size(), 1u);
  EXPECT_EQ(code.traces.size(), 1u);
}

TEST(TrainingCode, LinksAreWhereTheyLeadAndWhose) {
  World w;
  w.model("Qwen/m").file(
      "Qwen/m", "README.md",
      "See [code](https://github.com/QwenLM/Qwen3) and https://github.com/NVIDIA/Megatron-LM and "
      "https://github.com/QwenLM/Qwen3/blob/main/x.\n");
  const auto searched = w.facts("Qwen/m").training_code.searched;
  ASSERT_EQ(searched.size(), 3u);  // the repository itself, and each place once
  EXPECT_TRUE(searched[1].same_publisher);
  EXPECT_FALSE(searched[1].read);
  EXPECT_FALSE(searched[2].same_publisher);
}

TEST(TrainingData, RolesFollowWhatTheCardSays) {
  World w;
  w.model("a/m").file("a/m", "README.md",
                      "---\ndatasets:\n- acme/corpus\n- gsm8k\n- acme/plain\n- The Pile\n---\n"
                      "The model was pretrained on the corpus of ours.\n\n"
                      "Sample format for fine-tuning: "
                      "[Evol](https://huggingface.co/datasets/nickrosh/Evol-Instruct-Code-80k-v1).\n\n"
                      "## Evaluation\n\n| [MMLU](https://huggingface.co/datasets/cais/mmlu) | 70 |\n");
  std::map<std::string, DatasetRole> roles;
  for (const Dataset& d : w.facts("a/m").training_data.datasets) roles[d.name] = d.role;
  EXPECT_EQ(roles["acme/corpus"], DatasetRole::training);
  EXPECT_EQ(roles["acme/plain"], DatasetRole::unstated);
  EXPECT_EQ(roles["cais/mmlu"], DatasetRole::evaluation);
  EXPECT_EQ(roles["nickrosh/Evol-Instruct-Code-80k-v1"], DatasetRole::unstated);
  EXPECT_TRUE(roles.contains("The Pile"));
}

TEST(TrainingData, AContextWindowIsNoAmountOfData) {
  World w;
  w.model("a/m").file("a/m", "README.md",
                      "Supports a context length of 128K tokens.\n\nTrained on 14.8 trillion tokens.\n");
  const auto statements = w.facts("a/m").training_data.statements;
  ASSERT_EQ(statements.size(), 1u);
  EXPECT_EQ(statements[0].what, "14.8 trillion tokens");
  EXPECT_EQ(statements[0].where, std::string("README.md:3@") + kCommit);
}

TEST(License, SentencesTellCodeFromWeights) {
  struct Case {
    const char* card;
    std::vector<std::pair<Scope, std::string>> statements;
  };
  using S = Scope;
  for (const Case& c : std::vector<Case>{
           {"## License\nThis code repository and the model weights are licensed under the MIT License.\n",
            {{S::code, "MIT"}, {S::weights, "MIT"}}},
           {"## License\nThis code repository is licensed under the MIT License. The use of X models is "
            "subject to the DeepSeek Model License.\n",
            {{S::code, "MIT"}, {S::weights, "LicenseRef-DeepSeek-Model-1.0"}}},
           {"The code is under Apache-2.0 and the model weights are licensed under CC BY-NC 4.0.\n",
            {{S::code, "Apache-2.0"}, {S::weights, "CC-BY-NC-4.0"}}},
           {"# License\nApache 2.0\n", {{S::everything, "Apache-2.0"}}},
           {"- **License:** MIT\n", {{S::everything, "MIT"}}},
           {"## 许可\n代码依照 Apache-2.0 协议开源。模型权重遵循 Qwen License Agreement。\n",
            {{S::code, "Apache-2.0"}, {S::weights, "LicenseRef-Qwen-2024"}}},
           {"## License\nX is derived from Y, originally licensed under Apache 2.0 License.\n", {}},
           {"The Qwen model answers permits.\n", {}},
           {"We thank the MIT team.\n", {}}}) {
    World w;
    w.model("a/m").file("a/m", "README.md", c.card);
    std::vector<std::pair<Scope, std::string>> found;
    for (const LicenseStatement& s : w.facts("a/m").license.statements) {
      if (s.says == Says::licensed) found.emplace_back(s.scope, s.license);
    }
    EXPECT_EQ(found, c.statements) << c.card;
  }
}

TEST(License, LinksToTextsSayWhichIsMeant) {
  World w;
  w.model("a/m").file(
      "a/m", "README.md",
      "[![Model License](https://img.shields.io/x)](https://github.com/a/r/blob/main/LICENSE-MODEL)\n");
  auto statements = w.facts("a/m").license.statements;
  std::erase_if(statements, [](const LicenseStatement& s) { return s.file.empty(); });
  ASSERT_EQ(statements.size(), 1u);
  EXPECT_EQ(statements[0].scope, Scope::weights);
  EXPECT_EQ(statements[0].file, "https://github.com/a/r/blob/main/LICENSE-MODEL");
}

TEST(License, DanglingLinks) {
  for (const auto& [link, dangling] :
       std::map<std::string, bool>{{"LICENSE", true},
                                   {"LICENSE.md", false},
                                   {"./LICENSE.md", false},
                                   {"https://huggingface.co/a/m/blob/main/LICENSE.md", false},
                                   {"https://huggingface.co/a/m/blob/main/GONE", true},
                                   {"https://example.org/terms", false}}) {
    World w;
    w.model("a/m")
        .file("a/m", "README.md", "---\nlicense: other\nlicense_link: " + link + "\n---\n")
        .file("a/m", "LICENSE.md", "words");
    const auto found = w.facts("a/m").license.link;
    EXPECT_EQ(!found && found.why() == Unseen::absent, dangling) << link;
  }
}

TEST(License, MisspeltKeysAndTagsOfOldRecords) {
  World w;
  w.model("a/m").file("a/m", "README.md", "---\nliscence: mit\n---\n");
  ASSERT_EQ(w.facts("a/m").license.tags.size(), 1u);
  EXPECT_EQ(*w.facts("a/m").license.tags[0], "mit");
  EXPECT_EQ(w.facts("a/m").license.tags[0].where(), std::string("README.md:2@") + kCommit);
  World old;
  old.model("a/m", R"("tags":["license:apache-2.0","en"])");
  EXPECT_EQ(*old.facts("a/m").license.tags[0], "apache-2.0");
}

TEST(Lineage, SentencesMustBeAboutThisModel) {
  const std::string family =
      "DeepSeek-R1-Distill-Qwen-7B is derived from "
      "[Qwen2.5](https://huggingface.co/Qwen/Qwen2.5-Math-7B).\n\n"
      "DeepSeek-R1-Distill-Llama-8B is derived from "
      "[Llama](https://huggingface.co/meta-llama/Llama-3.1-8B).\n";
  World w;
  w.model("deepseek-ai/DeepSeek-R1-Distill-Llama-8B")
      .file("deepseek-ai/DeepSeek-R1-Distill-Llama-8B", "README.md", family);
  const auto lineage = w.facts("deepseek-ai/DeepSeek-R1-Distill-Llama-8B").lineage;
  ASSERT_EQ(lineage.size(), 1u);
  EXPECT_EQ(lineage[0].id, "meta-llama/Llama-3.1-8B");
  EXPECT_EQ(lineage[0].relation, Relation::distill);
  EXPECT_FALSE(lineage[0].same_publisher);
  EXPECT_EQ(lineage[0].repository.kind(), Kind::curated) << "the catalog has a row of what is not there";
}

TEST(Lineage, ALlamaArchitectureIsNotLlama) {
  World w;
  w.model("a/m", kLlama)
      .file("a/m", "README.md",
            "Same architecture as [Llama](https://huggingface.co/meta-llama/Llama-2-7b).\n");
  EXPECT_TRUE(w.facts("a/m").lineage.empty());
}

TEST(Facts, SavedAndLoadedAreTheSame) {
  World w;
  w.model(
      "a/m",
      kLlama +
          R"(,"gated":"auto","tags":["base_model:adapter:b/base"],"inference":"warm","inferenceProviderMapping":{"x":{"status":"live","providerId":"p"}})");
  w.file(
       "a/m", "README.md",
       "---\nlicense: [mit, apache-2.0]\ndatasets: [a/d]\n---\nopen-source, 2T tokens, `from_pretrained(`\n")
      .big("a/m", "adapter_model.safetensors")
      .file("a/m", "LICENSE", "what");
  w.model("b/base", kLlama)
      .big("b/base", "model.safetensors")
      .answer({Topic::file, "b/base", kCommit, "README.md"}, outcome(Outcome::failed));
  const Facts facts = w.facts("a/m");
  const std::string saved = save_facts(facts);
  const auto loaded = load_facts(saved, "test");
  ASSERT_TRUE(loaded) << loaded.error().what << loaded.error().where;
  EXPECT_EQ(save_facts(*loaded), saved);
}

// Every answer turned into a failure: nothing may crash, and what was seen elsewhere stays.
TEST(Facts, AnyAnswerMayFail) {
  World w;
  w.model("a/m", kLlama + R"(,"tags":["base_model:b/base"])")
      .file("a/m", "README.md", "---\nlicense: mit\n---\n")
      .file("a/m", "LICENSE", "x")
      .big("a/m", "model.safetensors");
  w.model("b/base", kLlama).file("b/base", "LICENSE", "y");
  for (const auto& [want, a] : w.snapshot()) {
    for (const Outcome o : {Outcome::failed, Outcome::denied, Outcome::absent, Outcome::skipped}) {
      World broken = w;
      broken.answer(want, outcome(o));
      const Facts f = broken.facts("a/m");
      if (want.id == "a/m" && want.topic == Topic::model) {
        EXPECT_FALSE(f.repository);
      } else {
        EXPECT_TRUE(f.repository);
        EXPECT_EQ(f.weights.sets.size(), 1u);
      }
    }
  }
}

// Article 53(1)(d) of the EU AI Act: whether it is there and where, not whether it is true.
TEST(Summaries, AreFilesSectionsOfTheCardAndLinksOfIt) {
  World w;
  w.model("a/m", kLlama)
      .file("a/m", "README.md",
            "# M\n\n## Public Summary of Training Content\n\n### 2.1 Publicly available datasets\n\nNone.\n\n"
            "### 2.5 Synthetic data\n\nNone.\n\n"
            "See [the same](https://acme.example/eu/training_content_summary.pdf) and "
            "[terms](https://acme.example/terms).\n")
      .file("a/m", "Acme_Public_Summary.PDF", "x")
      .file("a/m", "public_summary.json", "{}");
  const auto found = w.facts("a/m").documents.content_summaries;
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].seen.what, "file Acme_Public_Summary.PDF");
  EXPECT_FALSE(found[0].read);
  EXPECT_TRUE(found[1].read);
  EXPECT_THAT(found[1].sections, ElementsAre("2.1", "2.5"));
  EXPECT_EQ(found[2].url, "https://acme.example/eu/training_content_summary.pdf");
  World without;
  without.model("a/m", kLlama)
      .file("a/m", "README.md", "# M\n\n## Training data\n\nText of the public web.\n");
  EXPECT_TRUE(without.facts("a/m").documents.content_summaries.empty());
}

}  // namespace
}  // namespace howopen::test
