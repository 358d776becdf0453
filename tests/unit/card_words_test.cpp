// What cards say in words of where a model is from and what it was trained on, with the words of ten
// languages. All cards are made up; each kind stands beside what only looks like it.

#include <gtest/gtest.h>

#include <algorithm>

#include "howopen/verdict.h"
#include "support/map_source.h"
#include "support/temp_dir.h"

namespace howopen::test {
namespace {

using C = Component;

const std::string kLlama = R"("config":{"model_type":"llama","architectures":["LlamaForCausalLM"]})";
const std::string kOwn = R"("config":{"model_type":"foo","architectures":["FooForCausalLM"]})";

World world(const std::string& card, const std::string& id, const std::string& record) {
  World w;
  w.model(id, record)
      .file(id, "README.md", "---\nlicense: mit\n---\n# Foo\n\n" + card + "\n")
      .big(id, "model.safetensors");
  return w;
}
Verdict judged(const std::string& card, const std::string& record = kLlama,
               const std::string& id = "acme/foo-7b") {
  return judge(world(card, id, record).facts(id), World::catalog());
}
// With the data set acme/pages, which is there.
State data(const std::string& card, const std::string& record = kOwn) {
  World w = world(card, "acme/foo-7b", record);
  w.answer(
      {Topic::dataset, "acme/pages", "", "", ""},
      got(R"({"id":"acme/pages","gated":false,"usedStorage":9,"siblings":[{"rfilename":"a.parquet"}]})"));
  return judge(w.facts("acme/foo-7b"), World::catalog())[C::training_data].state;
}

// ---- origin

TEST(CardWords, ContinuedTrainingHasABase) {
  for (const char* card : {
           "Foo was warm-started from Llama 3 8B.",
           "We further pre-trained Llama 2 7B on Dutch news.",
           "We initialised the weights from Llama 3 8B, then trained on law.",
           "Continued pretraining of Gemma 2 9B with 40B tokens.",
           "It was initialized from Llama 3 8B.",
           "Training resumed from the last checkpoint of Llama 2 13B.",
           "Starting point: Llama-3-8B",
           "The weights were copied from Llama 2 7B before training on Basque.",
           "Our run picks up where it ended: training continued from Llama 3 70B.",
           "We took Llama 3 8B and taught it Estonian.",
           "At heart Foo is Llama 2 with a new head.",
           "It was initialized from Llama 3 and then trained on law.",
           "Foo is Gemma 2 9B with its vocabulary extended for Thai.",
           "Llama 3 8B was the starting point of this model.",
           "The projector was trained from scratch on top of Llama 3.",
       })
    EXPECT_EQ(judged(card).rung, Rung::weights_available) << card;
}

TEST(CardWords, ContinuedTrainingInOtherLanguages) {
  for (const char* card : {
           "Le modèle est initialisé avec les poids de Llama 3 8B.",
           "Das Modell wurde ausgehend von Llama 3 8B weitertrainiert.",
           "Ausgangspunkt war Llama 2 13B, die Gewichte stammen von Llama 2.",
           "El modelo fue inicializado con los pesos de Llama 3 8B.",
           "O modelo parte do Llama 3 8B e segue o treino em galego.",
           "Il modello parte da Llama 3 8B.",
           "Модель инициализирована весами Llama 3 8B.",
           "本模型在 Llama 3 8B 的基础上继续训练。",
           "以 Llama 2 13B 为底座,进行增量预训练。",
           "本モデルは Llama 3 をベースにしています。",
           "Llama 3 8B を日本語で継続事前学習しました。",
           "이 모델은 Llama 3를 기반으로 합니다.",
           "Llama 3 8B를 한국어로 추가 학습한 모델입니다.",
           "本模型基于Llama 3微调而来。",
           "以Llama-2-13B为基座进行微调。",
       })
    EXPECT_EQ(judged(card).rung, Rung::weights_available) << card;
}

TEST(CardWords, ABaseWithoutANameIsOneAllTheSame) {
  const std::string on = " It was trained on [pages](https://huggingface.co/datasets/acme/pages).";
  EXPECT_EQ(data(on), State::available);
  for (const char* card : {"Foo was warm-started from an existing checkpoint.",
                           "It is initialized from a public language model.",
                           "The model was fine-tuned from another checkpoint.",
                           "Built on top of an open model.", "We started from an available checkpoint."})
    EXPECT_EQ(data(card + on), State::partial) << card;
  for (const char* card : {"You can fine-tune it from an existing checkpoint.",
                           "Better than starting from an existing checkpoint."})
    EXPECT_EQ(data(card + on), State::available) << card;
}

TEST(CardWords, ReproductionsAndLikenessesAreNoOrigin) {
  for (const char* card : {
           "Foo is an open reproduction of Llama 2 7B, trained on public text.",
           "A replication of Gemma 2, trained by us.",
           "This is a recreation of Llama 3 with other weights.",
           "We reproduced the recipe of Llama 3 8B.",
           "A reimplementation of Llama 2 in JAX, trained for a month.",
           "Foo has the layout of Llama 2 and shares no weights with it.",
           "Our judge is Llama 3 70B.",
           "Foo is Llama 2's rival.",
           "For those with less memory there is Foo-Mini, a Llama-3-8B fine-tune.",
       })
    EXPECT_EQ(judged(card).rung, Rung::open_weights) << card;
}

TEST(CardWords, SiblingsInTenLanguages) {
  for (const char* card : {
           "Its smaller siblings are based on Llama 3.",
           "Nos versions distillées sont basées sur Llama 3.",
           "Nous publions aussi des variantes affinées à partir de Gemma 2.",
           "Unsere kleineren Modelle basieren auf Llama 3.",
           "Außerdem veröffentlichen wir destillierte Varianten, die auf Llama 3 basieren.",
           "También publicamos versiones destiladas basadas en Llama 3.",
           "Los demás modelos están basados en Llama 3.",
           "As versões menores são baseadas em Llama 3.",
           "Le altre versioni sono basate su Llama 3.",
           "Другие модели основаны на Llama 3.",
           "我们还发布了基于 Llama 3 的蒸馏版本。",
           "其余小尺寸模型以 Llama 3 为基座。",
           "蒸留版モデルは Llama 3 をベースにしています。",
           "他のモデルは Llama 3 をベースにしています。",
           "증류 버전은 Llama 3를 기반으로 합니다.",
           "다른 모델은 Llama 3를 기반으로 합니다.",
       })
    EXPECT_EQ(judged(card).rung, Rung::open_weights) << card;
  for (const char* card : {
           "Ce modèle distillé est basé sur Llama 3.",
           "Dieses kleinere Modell basiert auf Llama 3.",
           "Este modelo destilado está basado en Llama 3.",
           "Este modelo menor é baseado em Llama 3.",
           "Questo modello distillato è basato su Llama 3.",
           "本模型基于 Llama 3 蒸馏得到。",
           "この蒸留モデルは Llama 3 をベースにしています。",
       })
    EXPECT_EQ(judged(card).rung, Rung::weights_available) << card;
}

TEST(CardWords, LicensesInOtherLanguages) {
  for (const char* card : {
           "## ライセンス\n\n本モデルは MIT ライセンスで公開しています。",
           "## Licença\n\nEste modelo é distribuído sob a licença MIT.",
           "## Licencia\n\nEl modelo se distribuye bajo los términos de la licencia MIT.",
           "Este modelo se publica bajo la licencia MIT. Los modelos más grandes tienen otra licencia.",
           "Le code et les poids sont sous licence MIT.",
       })
    EXPECT_EQ(judged(card).rung, Rung::open_weights) << card;
  for (const char* card : {
           "Le code est sous MIT, les poids sous CC BY-NC 4.0.",
           "Der Code steht unter MIT, die Gewichte unter CC BY-NC-SA 4.0.",
           "El código está bajo MIT y los pesos bajo CC BY-NC 4.0.",
           "O código usa MIT; os pesos do modelo usam CC BY-NC 4.0.",
           "コードは MIT、モデルの重みは CC BY-NC 4.0 です。",
           "코드는 MIT, 모델 가중치는 CC BY-NC 4.0 라이선스를 따릅니다.",
       })
    EXPECT_EQ(judged(card).license.effective.cls, LicenseClass::non_commercial) << card;
}

// ---- data

TEST(CardWords, DataThatAreNamedAreListed) {
  for (const char* card : {
           "Data: LAION-5B and The Pile.",
           "Dataset: Common Crawl",
           "Training set: LibriSpeech (960 h) plus VoxPopuli.",
           "The pretraining mix: SlimPajama (60 %), Proof-Pile-2 (40 %).",
           "Our corpus consists of RedPajama and other web pages.",
           "The training corpus comprises CC-100, OSCAR-2301 and books.",
           "We fed it FineWeb-Edu for two epochs.",
           "It was trained for 3 epochs on the train split of SQuAD-v2.",
           "Fine-tuned on the COMMON_VOICE_8_0 dataset.",
           "| Model | Data | Steps |\n|---|---|---|\n| foo-7b | OpenWebText | 100k |",
           "| Model | Training data |\n|---|---|\n| foo-7b | the Pile |",
           "## Training data\n\n- Common Voice 11\n- LibriSpeech",
           "## Datasets\n\n* WMT14 (English to German)\n* Europarl",
           "Foo was fine-tuned on the Bagel dataset.",
           "It was trained on the Kettle v2 dataset.",
           "The models are trained on Foo-Corpus.",
           "It was tuned on these datasets:\n\n* Open-Platypus\n* Dolly-V2",
           "Le modèle a été entraîné sur le corpus OSCAR-2301.",
           "Trainiert wurde auf dem Datensatz OSCAR-2301.",
           "El modelo fue entrenado con el corpus OSCAR-2301.",
           "模型在 WuDaoCorpora 数据集上训练。",
           "CulturaX-JA データセットで学習しました。",
       })
    EXPECT_EQ(data(card), State::partial) << card;
}

TEST(CardWords, WhatOnlyLooksLikeDataIsNotListed) {
  for (const char* card : {
           "Evaluation data: SQuAD-v2 and Natural Questions.",
           "Our corpus consists of public web pages and licensed books.",
           "The base model saw The Pile; our own set is not published.",
           "| Data | Accuracy |\n|---|---|\n| ImageNet-1k | 81.2 |",
           "| Dataset | Result |\n|---|---|\n| CIFAR-10 | 98.1 |",
           "Trained on H100-80GB nodes with PyTorch-FSDP.",
           "It was evaluated on GSM8K after training on our data.",
           "Data format: JSON-Lines. It was trained by us.",
           "Trained on 8 V100-SXM2 GPUs using DeepSpeed-Chat.",
           "It beats models trained on RedPajama.",
           "It was trained on an English corpus.",
           "It was trained on our Internal dataset.",
           "It was tested on these datasets:\n\n* Open-Platypus\n* Dolly-V2",
           "Our sister model was trained on RedPajama.",
           "## Training data\n\n- Languages: English, German\n- Tokens: 2T",
       })
    EXPECT_EQ(data(card), State::unavailable) << card;
}

TEST(CardWords, ReleasedIsAllOfItAndFromScratch) {
  const std::string link = "[acme/pages](https://huggingface.co/datasets/acme/pages)";
  for (const std::string& card : {"Trained from scratch. The entire training data is public at " + link + ".",
                                  "Pretrained from scratch on " + link + " and on nothing else.",
                                  "The model was trained from scratch on " + link + ", and only on that."})
    EXPECT_EQ(data(card), State::available) << card;
  for (const std::string& card :
       {"Pretrained from scratch. Part of the training data is public at " + link + ".",
        "Trained from scratch on our data. A subset of our corpus is released as training data at " + link +
            ".",
        "Trained from scratch. Most of the training data is " + link + ".",
        "Initialised from mT5, then pretrained on " + link + " and nothing else.",
        "We further pre-trained Falcon-7B on " + link + ".",
        "The projector was trained from scratch on top of Llama 3. It was trained on " + link + "."})
    EXPECT_EQ(data(card), State::partial) << card;
}

std::vector<std::string> findings_of(const std::string& card) {
  std::vector<std::string> out;
  for (const Finding& f : judged(card).findings) out.push_back(f.rule);
  return out;
}
bool taught(const std::string& card) {
  const auto found = findings_of(card);
  return std::find(found.begin(), found.end(), "data.teacher") != found.end();
}

TEST(CardWords, TeachersThatForbidIt) {
  for (const char* card : {
           "It was tuned on dialogues generated with GPT-4.",
           "Trained on outputs of Claude.",
           "The training data were written by ChatGPT.",
           "We fine-tuned it on GPT-3.5-turbo responses.",
           "Distilled from Llama 3 outputs.",
           "The instruction data is synthetic data from Gemini 1.5.",
           "Training data: 50k GPT-4o generated answers.",
       })
    EXPECT_TRUE(taught(card)) << card;
  for (const char* card : {
           "It was scored by GPT-4 after training.",
           "Trained on outputs of Llama 3.1 405B.",
           "Better than GPT-4 on data of our own.",
           "It was trained on data that holds no outputs of GPT-4.",
           "The training data were generated with Qwen3-32B.",
           "## Evaluation\n\nAnswers generated with GPT-4 serve as a reference for training.",
           "Our sister model was trained on answers of GPT-4.",
       })
    EXPECT_FALSE(taught(card)) << card;
}

TEST(CardWords, TermsOfDataThatProseNames) {
  const auto found = findings_of("The model was trained on the MS MARCO dataset.");
  EXPECT_NE(std::find(found.begin(), found.end(), "data.terms"), found.end());
}

// ---- weights and code

TEST(CardWords, WhatIsNoModelByItself) {
  const auto state = [](const std::string& file) {
    World w;
    w.model("acme/foo", "").big("acme/foo", file);
    return judge(w.facts("acme/foo"), World::catalog())[C::weights].state;
  };
  for (const char* file : {"mmproj-F16.gguf", "mm_projector.bin", "foo-mmproj-f16.gguf", "imatrix.gguf",
                           "en_vocab.pt", "mmproj/mmproj.safetensors"})
    EXPECT_EQ(state(file), State::unavailable) << file;
  for (const char* file :
       {"vae.safetensors", "vocoder.pt", "text_encoder.safetensors", "speech_tokenizer.onnx"})
    EXPECT_EQ(state(file), State::available) << file;
}

TEST(CardWords, ScriptsOfAnotherVersionOrSize) {
  const auto state = [](const std::string& id, const std::vector<std::string>& paths,
                        const std::string& card = "") {
    World w = world(card + "\n\nCode: https://github.com/acme/velo", id, kOwn);
    std::string files = R"({"path":"LICENSE","type":"blob","size":9})";
    for (const std::string& p : paths) files += ",{\"path\":\"" + p + "\",\"type\":\"blob\",\"size\":9}";
    w.answer({Topic::github_tree, "acme/velo", "", "", ""},
             got(R"({"sha":"9999999999999999999999999999999999999999","tree":[)" + files + "]}"));
    w.answer({Topic::github_file, "acme/velo", "9999999999999999999999999999999999999999", "LICENSE", ""},
             got(slurp(std::string(HOWOPEN_SOURCE_DIR) + "/LICENSE")));
    return judge(w.facts(id), World::catalog())[C::training_code].state;
  };
  EXPECT_EQ(state("acme/Velo-v2-7B", {"v2/train.py", "v2/config/train.yaml"}), State::available);
  EXPECT_EQ(state("acme/Velo-v2-7B", {"v1/train.py", "v1/config/train.yaml"}), State::unavailable);
  EXPECT_EQ(state("acme/Velo-2", {"train_velo1.py", "configs/train_velo1.yaml"}), State::unavailable);
  EXPECT_EQ(state("acme/Velo-6.9b", {"models/12B/velo-12b.yml", "train_velo_12b.py"}), State::unavailable);
  EXPECT_EQ(state("acme/Velo-small", {"train_large.sh", "configs/velo_large.yaml"}), State::unavailable);
  EXPECT_EQ(state("acme/Velo-small", {"train_small.sh", "configs/velo_small.yaml"}), State::available);
  const std::vector<std::string> own = {"train.py", "configs/train_velo.yaml"};
  EXPECT_EQ(state("acme/Velo-7B", own), State::available);
  for (const char* card :
       {"It was warm-started from Qwen2.5-7B.", "Continued pre-training of Qwen2.5-7B on Norwegian.",
        "Weights were initialised from Mistral-7B-v0.3.", "We further pre-trained Qwen2-7B.",
        "Velo builds upon an existing checkpoint."})
    EXPECT_EQ(state("acme/Velo-7B", own, card), State::partial) << card;
}

// ---- data that are there in part

TEST(CardWords, APartOfTheDataThatIsReleased) {
  const std::string link = "[acme/pages](https://huggingface.co/datasets/acme/pages)";
  EXPECT_EQ(data("## Data\n\nTrained from scratch on web pages and news. We release the web part as " + link +
                 ". The news are licensed from publishers and cannot be shared."),
            State::partial);
  EXPECT_EQ(
      data("## Training data\n\nThe corpus can be found at " + link + ". Two books cannot be released."),
      State::partial);
  // Under a heading of something else a link says nothing.
  EXPECT_EQ(data("## Related work\n\nWe release a benchmark as " + link + "."), State::unavailable);
}

TEST(CardWords, ALoadingScriptIsNoData) {
  const auto with = [](const std::string& files) {
    World w = world(
        "Trained from scratch; the full training data is available at "
        "[acme/pages](https://huggingface.co/datasets/acme/pages).",
        "acme/foo-7b", kOwn);
    w.answer({Topic::dataset, "acme/pages", "", "", ""},
             got(R"({"id":"acme/pages","gated":false,"usedStorage":900,"siblings":[)" + files + "]}"));
    return judge(w.facts("acme/foo-7b"), World::catalog())[C::training_data].state;
  };
  EXPECT_EQ(with(R"({"rfilename":"pages.parquet"})"), State::available);
  EXPECT_EQ(with(R"({"rfilename":"README.md"},{"rfilename":"pages.py"})"), State::partial);
}

}  // namespace
}  // namespace howopen::test
