// What cards say their models were made from: in several words and languages, in lists, in rows, in settings;
// and licenses whose names stand among characters without blanks. The sentences are made up.

#include <gtest/gtest.h>

#include "reading/claims.h"
#include "support/catalog.h"

namespace howopen::reading {
namespace {

using test::the_catalog;
using Strings = std::vector<std::string>;

Claims read_card(const std::string& card, const std::string& id = "acme/Wren-7B") {
  const text::Markdown markdown = text::read_markdown(card, 1);
  const Prose prose(markdown);
  return read_claims({markdown, prose, id, the_catalog()});
}

Strings made_from(const std::string& card) {
  Strings out;
  for (const OriginClaim& c : read_card(card).origins) {
    if (c.subject == Subject::here && !c.scratch) out.push_back(c.id.empty() ? c.family : c.id);
  }
  return out;
}

Strings licensed(const std::string& card, const std::string& id = "acme/Wren-7B") {
  Strings out;
  for (const LicenseClaim& c : read_card("## License\n\n" + card, id).licenses) {
    if (c.subject != Subject::here && c.subject != Subject::family) continue;
    if (c.kind == LicenseClaim::Kind::licensed) out.push_back(std::string(word(c.what)) + " " + c.id);
    if (c.kind == LicenseClaim::Kind::restricted) out.push_back("!" + c.term);
    if (c.kind == LicenseClaim::Kind::unread) out.push_back("unread");
  }
  return out;
}

// The same with names that nobody can follow, as they are written.
Strings made_from_names(const std::string& card) {
  Strings out;
  for (const OriginClaim& c : read_card(card).origins) {
    if (c.subject == Subject::here && !c.scratch)
      out.push_back(!c.id.empty() ? c.id : !c.family.empty() ? c.family : c.name);
  }
  return out;
}

TEST(Origins, NamesWithoutAnOwner) {
  const std::pair<const char*, Strings> cards[] = {
      {"A version of [gpt2](https://huggingface.co/gpt2) fine-tuned on our minutes.",
       {"openai-community/gpt2"}},
      {"Fine-tuned version of [heron-base-uncased](https://huggingface.co/heron-base-uncased).", {}},
      {"Fine-tuned from [t5-small](https://hf.co/t5-small).", {"google-t5/t5-small"}},
      {"Fine-tuned on top of heron-7b-beta.", {"heron-7b-beta"}},
      {"It was trained from the HERON-10.7B base.", {"HERON-10.7B"}},
      {"Fine-tuned from Heron-8x7B.", {"Heron-8x7B"}},
      {"SciBERT model fine-tuned on patents.", {"SciBERT"}},
      {"Fine-tuned from heron-mistral-7b-v0.3.", {"heron-mistral-7b-v0.3"}},
      {"Fine-tuned from Mistral-7B-v0.3.", {"Mistral 7B and Mixtral"}},
      {"Fine-tuned by [the lab](https://huggingface.co/heron-lab).", {}},
      {"See acme/Wren-7B-GGUF for quantized files.", {}},
      {"It runs on an H100-80B card.", {}},
  };
  for (const auto& [card, expected] : cards) EXPECT_EQ(made_from_names(card), expected) << card;
}

TEST(Origins, AMergeAsArithmetic) {
  const Strings both = {"heron/One-7B", "stork/Two-7B", "heron/One-7B"};
  const std::string formula = "Wren-7B = heron/One-7B + 0.7 * (stork/Two-7B - heron/One-7B)";
  EXPECT_EQ(made_from("Task arithmetic:\n\n    " + formula + "\n"), both);
  EXPECT_EQ(made_from("Arithmetic: " + formula + ".\n"), both);
  EXPECT_EQ(made_from("    speed = way/Time-7 + 1\n"), Strings{});
}

// "Wren 1" beside Wren-2-8B.
TEST(Origins, AGenerationByItsNumberIsASibling) {
  const auto from = [](const std::string& card) {
    int here = 0;
    for (const OriginClaim& c : read_card(card, "acme/Wren-2-8B").origins)
      here += c.subject == Subject::here && !c.scratch;
    return here;
  };
  EXPECT_EQ(from("Wren 1 was fine-tuned from Llama 2."), 0);
  EXPECT_EQ(from("Wren 2 was fine-tuned from Llama 2."), 1);
}

TEST(Origins, AConfigurationOfAMergeOutsideAFrame) {
  EXPECT_EQ(made_from("models:\n  - model: heron/One-7B\n    parameters:\n      weight: 0.5\n"
                      "  - model: stork/Two-7B\nmerge_method: linear\ndtype: float16\n"),
            (Strings{"heron/One-7B", "stork/Two-7B"}));
  EXPECT_EQ(made_from("models:\n  - model: heron/One-7B\n"), Strings{}) << "no merge";
}

TEST(Origins, OneBaseInManyWords) {
  for (const char* card : {"Wren starts where Llama 2 13B stops.",
                           "Llama 2 13B was taught to answer in rhymes.",
                           "The decoder is Llama-2-13B.",
                           "The parameters are those of Llama 2 after one epoch on our notes.",
                           "Powered by Llama 2.",
                           "With our dataset we fine-tuned Llama 2 for a day.",
                           "Trained with the Reef data set using Llama 2 as base.",
                           "An abliterated Llama-2-7B.",
                           "The archive holds the Llama 2 weights for MLX.",
                           "| Parent model | Llama-2-7b |\n|---|---|\n| Steps | 900 |",
                           "| Field | Value |\n|---|---|\n| Fine-tuned from | Llama 2 7B |",
                           "Identical to Llama 2, in one file.",
                           "Basismodell: Llama-2-13b",
                           "Eine komprimierte Fassung von Llama 2.",
                           "Modèle parent : Llama 2",
                           "Variante compressée de Llama 2.",
                           "Modelo padre: Llama 2",
                           "Modello iniziale: Llama 2",
                           "Llama 2 addestrato sui nostri verbali.",
                           "Исходная модель: Llama 2",
                           "Llama 2, дотренированная на стихах.",
                           "النموذج الأصلي: Llama 2",
                           "底模：Llama 2",
                           "骨干模型：Llama-2-7B。",
                           "由 Llama 2 蒸馏而来。",
                           "Llama 2 7Bを量子化しました。",
                           "Llama 2를 경량화한 모델입니다."}) {
    EXPECT_EQ(made_from(card), Strings{"Llama 2"}) << card;
  }
}

TEST(Origins, NamesThatAreNoBase) {
  for (const char* card :
       {"Its answers are on a par with those of Llama 2.", "Wren was not fine-tuned from Llama 2.",
        "The vocabulary is taken from Llama 2.", "The prompt format is derived from Llama 2.",
        "Train it further as you would fine-tune Llama 2.", "Tuned with reward model other/Judge-7B.",
        "![image/png](https://acme.example/from.png)", "模型与 Llama 2 不同，从头训练。",
        "Llama 2 とは違い、ゼロから学習しています。", "Llama 2와 달리 처음부터 학습했습니다.",
        "## Base models\n\n- [acme/Wren-13B](https://huggingface.co/acme/Wren-13B)\n"}) {
    EXPECT_TRUE(made_from(card).empty()) << card << ": " << made_from(card).front();
  }
}

TEST(Origins, JoinedNamesShareWhatIsSaidOfOne) {
  const Strings two{"one/Able-7B", "two/Baker-7B"};
  for (const char* card :
       {"A mix of one/Able-7B and two/Baker-7B.", "one/Able-7B + two/Baker-7B, frankenmerge",
        "one/Able-7B と two/Baker-7B をマージしました。", "one/Able-7B와 two/Baker-7B를 병합했습니다.",
        "由 one/Able-7B 与 two/Baker-7B 融合而成。", "Verschmolzen aus one/Able-7B und two/Baker-7B.",
        "Mélange de one/Able-7B et two/Baker-7B.", "Mezcla de one/Able-7B y two/Baker-7B.",
        "Mistura de one/Able-7B e two/Baker-7B.", "Unione di one/Able-7B e two/Baker-7B.",
        "Смесь one/Able-7B и two/Baker-7B.", "مزيج من one/Able-7B و two/Baker-7B.",
        "Parents:\n\n- one/Able-7B\n- two/Baker-7B\n",
        "Merged models:\n\n* [one/Able-7B]\n* [two/Baker-7B]\n",
        "Merge components:\n\n| Share | Model |\n|---|---|\n| 0.7 | one/Able-7B |\n| 0.3 | two/Baker-7B |\n",
        "Ingredients:\n\n- one/Able-7B+two/Baker-7B\n"}) {
    EXPECT_EQ(made_from(card), two) << card;
  }
  EXPECT_EQ(made_from("A merge of one/Able-with-a-long-name-7B, two/Baker-with-a-long-name-7B, "
                      "three/Charlie-with-a-long-name-7B and four/Dog-7B."),
            (Strings{"one/Able-with-a-long-name-7B", "two/Baker-with-a-long-name-7B",
                     "three/Charlie-with-a-long-name-7B", "four/Dog-7B"}));
  EXPECT_TRUE(made_from("Compared with one/Able-7B and two/Baker-7B it is small.").empty());
}

TEST(Origins, SettingsOfARun) {
  EXPECT_EQ(
      made_from("```yaml\nbase_model: one/Able-7B\nsequence_len: 4096\ndatasets:\n  - path: acme/x1\n```\n"),
      Strings{"one/Able-7B"});
  EXPECT_EQ(made_from("```yaml\nmodel_name_or_path: one/Able-7B\nfinetuning_type: lora\n```\n"),
            Strings{"one/Able-7B"});
  EXPECT_TRUE(made_from("```yaml\nserve:\n  base_model: one/Able-7B\n```\n").empty());
}

TEST(Origins, AClauseThatTellsOfAnotherModel) {
  const std::string link = "[Solo-1](https://huggingface.co/one/Solo-1)";
  for (const std::string& card : {"It succeeds " + link + ", which was fine-tuned from Llama 2.",
                                  "This model replaces " + link + " that was fine-tuned from Llama 2.",
                                  "Faster than " + link + " (a model fine-tuned from Llama 2)."})
    EXPECT_TRUE(made_from(card).empty()) << card;
  for (const std::string& card : {"It is based on " + link + ", which was fine-tuned from Llama 2.",
                                  "It is fine-tuned from Llama 2 and replaces " + link + "."})
    EXPECT_FALSE(made_from(card).empty()) << card;
}

TEST(Origins, WhatIsDistilledIntoAModelIsThatModel) {
  EXPECT_EQ(made_from("We distilled our reasoning model Wren-R (MIT) into Llama 3.1 8B."),
            Strings{"Llama 3.1"});
  EXPECT_TRUE(made_from("We also distilled Wren-7B into Llama 3.1 8B.").empty());
  EXPECT_TRUE(made_from("This model was distilled into Llama 3.1 8B, too.").empty());
}

TEST(Origins, LikeAnotherAndWithMuchBetween) {
  EXPECT_EQ(
      made_from(
          "Wren is the second of our models and, like its predecessor, it is fine-tuned from Gemma 2 9B."),
      Strings{"Gemma"});
  EXPECT_TRUE(made_from("Unlike its predecessor, which was tuned from Gemma 2, it is our own.").empty());
  EXPECT_EQ(made_from("이 모델은 one/able-7b-it를 한국어 지시문 데이터로 미세 조정한 모델입니다."),
            Strings{"one/able-7b-it"});
  EXPECT_EQ(made_from("one/able-7b-it を日本語の指示データでファインチューニングしました。"),
            Strings{"one/able-7b-it"});
}

TEST(Origins, TheOriginalOfAQuantizedModel) {
  for (const char* label : {"Original model", "Source model", "Upstream repository"})
    EXPECT_EQ(made_from(std::string("- ") + label + ": [Lark 13B](https://huggingface.co/one/Lark-13B)"),
              Strings{"one/Lark-13B"})
        << label;
  EXPECT_TRUE(
      made_from("Limitations of the original model remain; see [a list](https://huggingface.co/docs).")
          .empty());
}

TEST(Licenses, NamesAmongCharactersWithoutBlanks) {
  EXPECT_EQ(licensed("本模型采用Apache-2.0协议。"), Strings{"weights Apache-2.0"});
  EXPECT_EQ(licensed("权重采用CC BY-NC 4.0许可。"), Strings{"weights CC-BY-NC-4.0"});
  EXPECT_EQ(licensed("重みはMITライセンスです。"), Strings{"weights MIT"});
  EXPECT_EQ(licensed("모델은 CC-BY-NC-4.0으로 배포됩니다."), Strings{"weights CC-BY-NC-4.0"});
  EXPECT_EQ(licensed("가중치는 Apache-2.0입니다."), Strings{"weights Apache-2.0"});
  EXPECT_EQ(licensed("7B は MIT、70B は CC BY-NC 4.0 です。"), Strings{"everything MIT"});
  EXPECT_EQ(licensed("Permitido, “MIT”."), Strings{"everything MIT"});
}

TEST(Licenses, WhatTheyAreForInBracketsAndLabels) {
  EXPECT_EQ(licensed("MIT (code), CC BY-NC 4.0 (weights)"), (Strings{"code MIT", "weights CC-BY-NC-4.0"}));
  EXPECT_EQ(licensed("CC BY-NC 4.0 (model weights); Apache 2.0 (source code)"),
            (Strings{"weights CC-BY-NC-4.0", "code Apache-2.0"}));
  EXPECT_EQ(licensed("Gewichte: CC BY-NC 4.0, Code: MIT"), (Strings{"weights CC-BY-NC-4.0", "code MIT"}));
  EXPECT_EQ(licensed("الشيفرة برخصة MIT والأوزان برخصة CC BY-NC 4.0."),
            (Strings{"code MIT", "weights CC-BY-NC-4.0"}));
}

TEST(Licenses, OfASiblingOfAnotherSize) {
  for (const char* card : {"Except for the 70B, which is non-commercial, all sizes are Apache-2.0.",
                           "The 7B comes under Apache-2.0 and the 70B under the Acme Research License."}) {
    EXPECT_EQ(licensed(card), Strings{"everything Apache-2.0"}) << card;
  }
  EXPECT_NE(licensed("The 7B, which is non-commercial, is smaller than the 70B."), Strings{});
}

TEST(Licenses, WhatIsPermittedInOtherLanguages) {
  for (const char* card : {"상업적으로도 사용할 수 있습니다.", "Se permite también el uso comercial.",
                           "È permesso anche l'uso commerciale.", "يجوز الاستخدام التجاري.",
                           "Разрешено и коммерческое применение.", "商用でも問題ありません。"}) {
    EXPECT_TRUE(licensed(card).empty()) << card;
  }
}

}  // namespace
}  // namespace howopen::reading
