// Sentences of cards that bind in plain words, wherever they stand and however polite they are; and their
// neighbors, which say the same of tokens, tokenizers and graphics cards.

#include <gtest/gtest.h>

#include <string>

#include "support/catalog.h"
#include "support/map_source.h"

namespace howopen::test {
namespace {

Rung rung_of_card(const std::string& body) {
  World w;
  w.model(
       "acme/foo-7b",
       R"("config":{"architectures":["LlamaForCausalLM"],"model_type":"llama"},"cardData":{"license":"apache-2.0"})")
      .file("acme/foo-7b", "README.md", "---\nlicense: apache-2.0\n---\n# Foo 7B\n\n" + body + "\n")
      .big("acme/foo-7b", "model.safetensors");
  return judge(w.facts("acme/foo-7b"), World::catalog()).rung;
}

const char* const kBinding[] = {
    "The model may only be used within our company.",
    "This model may only be used by students of our university.",
    "This model may be used only by employees of Acme.",
    "It may be used by members of the institute only.",
    "Only for use within our organization.",
    "It can only be run in our network.",
    "Use is restricted to members of the consortium.",
    "Usage is limited to employees of the hospital.",
    "The use of this model is reserved for members of the consortium.",
    "Requires a license key.",
    "A license key is required to run the model.",
    "You need an activation key to load the weights.",
    "This model requires a valid subscription.",
    "License: see our website.",
    "For the license, see our website.",
    "The license can be found on our website.",
    "We ask that you do not use the model for military applications.",
    "We ask you not to use the model in weapons.",
    "We request that you refrain from using the model for surveillance.",
    "We kindly ask you not to share the weights.",
    "Please do not use this model in production for paying customers.",
    "Please don't use this model to generate revenue.",
    "Please do not use the model commercially.",
    "Please do not deploy it in your company.",
    "Access will be revoked if you redistribute it.",
    "Your access will be revoked if you share the files.",
};

const char* const kNeighbors[] = {
    "This model may only be used with transformers 4.40.",
    "The model may only be used with the chat template.",
    "The model can only be used with inputs of up to 512 tokens.",
    "The layer may only be used once.",
    "Please do not use the fast tokenizer.",
    "Please do not use this model with temperature 0.",
    "Please do not use this model for languages other than English.",
    "Please do not use this model in production without testing it first.",
    "Please avoid long prompts.",
    "Requires a GPU.",
    "Requires a Hugging Face token.",
    "Requires a license plate crop as input.",
    "An API key is required for the search tool.",
    "No license key is needed.",
    "You do not need a license key to run it.",
    "Use is restricted to 512 tokens.",
    "Attention is restricted to members of the same block.",
    "Access to the memory is restricted to the first 64 slots.",
    "See our website for more examples.",
    "License: Apache 2.0, see our website for a demo.",
    "We ask that you cite our paper.",
    "We ask users to share their results.",
    "We ask the model to answer with yes or no.",
    "The access token will be revoked if it leaks.",
    "The model was used by students of our university.",
    "It is used within our company to sort mail.",
};

const char* const kForeign[] = {
    "Das Modell darf nur innerhalb unseres Unternehmens verwendet werden.",
    "Es wird ein Lizenzschlüssel benötigt.",
    "Bitte verwenden Sie das Modell nicht für militärische Zwecke.",
    "Le modèle ne peut être utilisé qu'au sein de notre entreprise.",
    "Une clé de licence est nécessaire.",
    "El uso está restringido a los miembros del consorcio.",
    "Se requiere una clave de licencia.",
    "È richiesta una chiave di licenza.",
    "O modelo só pode ser usado dentro da nossa empresa.",
    "É necessária uma chave de licença.",
    "Требуется лицензионный ключ.",
    "使用需要许可证密钥。",
    "许可证：请见我们的网站。",
    "ライセンスキーが必要です。",
    "라이선스 키가 필요합니다.",
};

const char* const kForeignNeighbors[] = {
    "Das Modell darf nur mit transformers 4.40 verwendet werden.",
    "Es wird eine GPU benötigt.",
    "Merci de ne pas utiliser le tokenizer rapide.",
    "Un GPU est nécessaire.",
    "Se requiere una GPU.",
    "Por favor, no utilice el tokenizador rápido.",
    "È richiesta una GPU.",
    "É necessária uma GPU.",
    "Требуется видеокарта.",
    "需要显卡。",
    "请见我们的网站了解更多示例。",
    "GPUが必要です。",
    "GPU가 필요합니다.",
};

TEST(Riders, BindInPlainWords) {
  for (const std::string s : kBinding) {
    EXPECT_NE(rung_of_card("A language model with seven billion parameters. " + s + " It writes text."),
              Rung::open_weights)
        << s;
    EXPECT_NE(rung_of_card("A language model.\n\n## Usage\n\nLoad it.\n\n" + s), Rung::open_weights) << s;
  }
  for (const std::string s : kForeign)
    EXPECT_NE(rung_of_card("A language model.\n\n## Usage\n\nLoad it.\n\n" + s), Rung::open_weights) << s;
}

TEST(Riders, AreNotTheirNeighbors) {
  for (const std::string s : kNeighbors) {
    EXPECT_EQ(rung_of_card("A language model with seven billion parameters. " + s + " It writes text."),
              Rung::open_weights)
        << s;
    EXPECT_EQ(rung_of_card("A language model.\n\n## Usage\n\nLoad it.\n\n" + s), Rung::open_weights) << s;
  }
  for (const std::string s : kForeignNeighbors)
    EXPECT_EQ(rung_of_card("A language model.\n\n## Usage\n\nLoad it.\n\n" + s), Rung::open_weights) << s;
}

}  // namespace
}  // namespace howopen::test
