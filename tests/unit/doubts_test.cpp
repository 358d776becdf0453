// What makes the license of an open model a range, or leaves it alone: releases and dates, what holds
// likewise, terms at an address, comments and badges; each with its neighbors.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "howopen/license.h"
#include "license/identify.h"
#include "support/catalog.h"
#include "support/map_source.h"

namespace howopen::test {
namespace {

Rung rung(const std::string& id, const std::string& body) {
  World w;
  w.model(
       id,
       R"("config":{"architectures":["LlamaForCausalLM"],"model_type":"llama"},"cardData":{"license":"apache-2.0"})")
      .file(id, "README.md", "---\nlicense: apache-2.0\n---\n# Brook\n\nA language model.\n\n" + body + "\n")
      .big(id, "model.safetensors");
  return judge(w.facts(id), World::catalog()).rung;
}
Rung brook(const std::string& body) {
  return rung("acme/Brook-7B", body);
}

TEST(Doubts, TheNumberOfAReleaseTellsWhichIsMeant) {
  const std::string from_two = "From v2 on, the Brook models are licensed under CC BY-NC 4.0.";
  const std::string later = "Version 3 and later are CC-BY-NC-4.0.";
  const std::string before = "Before v2 the weights were released under CC BY-NC 4.0.";
  EXPECT_EQ(rung("acme/Brook-7B-v1", from_two), Rung::open_weights);
  EXPECT_EQ(rung("acme/Brook-7B-v1.5", from_two), Rung::open_weights);
  EXPECT_NE(rung("acme/Brook-7B-v2", from_two), Rung::open_weights);
  EXPECT_NE(rung("acme/Brook-7B-v2.1", from_two), Rung::open_weights);
  EXPECT_NE(rung("acme/Brook-7B-v3", from_two), Rung::open_weights);
  EXPECT_EQ(rung("acme/Brook2-7B", later), Rung::open_weights);
  EXPECT_NE(rung("acme/Brook3-7B", later), Rung::open_weights);
  EXPECT_EQ(rung("acme/Brook-2-7B", before), Rung::open_weights);
  EXPECT_NE(rung("acme/Brook-1-7B", before), Rung::open_weights);
  // A name that tells no release may be either.
  EXPECT_NE(brook(from_two), Rung::open_weights);
  EXPECT_NE(brook("v1 is MIT, v2 is CC-BY-NC-4.0."), Rung::open_weights);
  // Numbers of other things are none of its releases.
  EXPECT_EQ(rung("acme/Brook-7B-v1", "It is licensed under the Apache License, Version 2.0."),
            Rung::open_weights);
  EXPECT_EQ(rung("acme/Brook-7B-v1", "Runs with transformers version 4 and later."), Rung::open_weights);
  EXPECT_NE(rung("acme/Brook-7B-v1", "With CUDA version 12, for research use only, under our license."),
            Rung::open_weights);
}

TEST(Doubts, ALicenseThatIsLeftBehindHoldsNoMore) {
  EXPECT_EQ(brook("We relicensed Brook-7B from CC BY-NC 4.0 to Apache 2.0."), Rung::open_weights);
  EXPECT_EQ(brook("The license was changed from CC-BY-NC-4.0 to Apache-2.0."), Rung::open_weights);
  EXPECT_NE(brook("We relicensed Brook-7B from Apache 2.0 to CC BY-NC 4.0."), Rung::open_weights);
  EXPECT_NE(brook("The Apache-2.0 license of this checkpoint was granted by mistake and has been withdrawn."),
            Rung::open_weights);
  EXPECT_NE(brook("The license of this model has been revoked."), Rung::open_weights);
}

TEST(Doubts, WhatHoldsForATime) {
  for (const char* s :
       {"The Apache license applies until 31 December 2025.", "Apache-2.0 for now.",
        "The license is Apache 2.0 until further notice.", "Licensed under Apache 2.0 till June."})
    EXPECT_NE(brook(s), Rung::open_weights) << s;
  for (const char* s : {"The data were collected until May 2024.", "For now only English is supported.",
                        "It was trained until the loss stopped falling."})
    EXPECT_EQ(brook(s), Rung::open_weights) << s;
}

TEST(Doubts, ThePurposeThatIsTheOnlyOne) {
  for (const char* s : {"The model is intended for research purposes only and we accept no liability.",
                        "It is meant for education only, at your own risk.",
                        "Intended for non-commercial use only; no warranty."})
    EXPECT_NE(brook(s), Rung::open_weights) << s;
  for (const char* s : {"The model is intended for research and for products, and we accept no liability.",
                        "It is meant for education, among other things.", "It was trained for text only.",
                        "Intended for English only."})
    EXPECT_EQ(brook(s), Rung::open_weights) << s;
}

TEST(Doubts, WhatTakesTheTagBack) {
  for (const char* s :
       {"The Apache tag above is a placeholder, the actual terms are in the PDF in the Files tab.",
        "All rights in the weights are reserved, the Apache license applies to the scripts in this "
        "repository.",
        "The license field is wrong.",
        "By downloading the weights you accept the Brook Community Terms "
        "(https://brook.example/terms)."})
    EXPECT_NE(brook(s), Rung::open_weights) << s;
  for (const char* s :
       {"No outputs of GPT-4 were used for training, so no third-party terms apply to the weights.",
        "The tag of this release is v2.", "A placeholder stands in for the picture."})
    EXPECT_EQ(brook(s), Rung::open_weights) << s;
}

TEST(Doubts, TermsOfSomebodyBesideTheLicense) {
  for (const char* s :
       {"Usage has to comply with OpenAI's terms, since the answers it was trained on were generated with "
        "GPT-4.",
        "In addition to Apache-2.0, the license of the base model applies to this checkpoint.",
        "The original weights stem from a leak, and their legal status is unclear."})
    EXPECT_NE(brook(s), Rung::open_weights) << s;
  for (const char* s : {"In addition to Apache-2.0, the code is offered under MIT.",
                        "The leak in the pump was found by the first model."})
    EXPECT_EQ(brook(s), Rung::open_weights) << s;
}

TEST(Doubts, WhatIsSaidOfARelease) {
  const std::string then =
      "Brook v1 was released under CC BY-NC 4.0. Since v2 the weights are under Apache 2.0.";
  EXPECT_EQ(rung("acme/Brook-v3", then), Rung::open_weights);
  EXPECT_NE(rung("acme/Brook-v1", then), Rung::open_weights);
  EXPECT_EQ(
      rung("acme/Brook-2-7B", "Brook 2 is the successor of Brook 1, which was released under CC-BY-NC-4.0."),
      Rung::open_weights);
  // The sign for "this" stands within the one for "edition".
  const std::string but = "## 许可证\n\n除 72B 版本采用 CC BY-NC 4.0 外，其余尺寸均采用 Apache-2.0 许可证。";
  EXPECT_EQ(rung("acme/Brook-14B", but), Rung::open_weights);
  EXPECT_NE(rung("acme/Brook-72B", but), Rung::open_weights);
}

TEST(Doubts, WhatAGateAsksIsNoTermOfALicense) {
  const auto with = [](const std::string& gate, const std::string& body) {
    World w;
    w.model("acme/Brook-7B", gate + R"("config":{"architectures":["LlamaForCausalLM"],"model_type":"llama"})")
        .file("acme/Brook-7B", "README.md", "---\nlicense: apache-2.0\n---\n# Brook\n\n" + body + "\n")
        .big("acme/Brook-7B", "model.safetensors");
    return judge(w.facts("acme/Brook-7B"), World::catalog()).rung;
  };
  const std::string gated = R"("gated":"auto",)";
  EXPECT_EQ(with(gated, "Share your contact details to download."), Rung::open_weights);
  EXPECT_NE(with("", "Share your contact details to download the weights."), Rung::open_weights);
  EXPECT_NE(with(gated, "You must accept the license agreement of Acme before downloading."),
            Rung::open_weights);
}

TEST(Doubts, ANoticeThatSetsTermsOfItsOwn) {
  const auto with = [](const std::string& notice) {
    World w;
    w.model("acme/Brook-7B", R"("config":{"architectures":["LlamaForCausalLM"],"model_type":"llama"})")
        .file("acme/Brook-7B", "README.md", "---\nlicense: apache-2.0\n---\n# Brook\n")
        .file("acme/Brook-7B", "NOTICE", notice)
        .big("acme/Brook-7B", "model.safetensors");
    return judge(w.facts("acme/Brook-7B"), World::catalog()).rung;
  };
  EXPECT_EQ(with("Brook\nCopyright 2026 Acme\n"), Rung::open_weights);
  EXPECT_NE(
      with("Brook\nCopyright 2026 Acme\n\nThe weights are subject to the following condition: organisations "
           "with "
           "more than 1,000,000 monthly active users must obtain a commercial license from Acme before any "
           "use.\n"),
      Rung::open_weights);
}

TEST(Doubts, TheTermsOfABaseThatIsNotNamed) {
  for (const char* s :
       {"Usage restrictions of the base model apply.", "Same restrictions as the parent.",
        "The use of this model is subject to the license of its base.", "Licensing: see the parent model.",
        "License of the base model applies.", "All restrictions of the original Falcon-180B apply here too.",
        "This model is bound by the usage restrictions of the original Llama-2 model.",
        "It inherits the restrictions of Llama 2.", "Please respect the terms of Llama 2.",
        "Es gilt die Lizenz des Basismodells.", "La licence du modèle de base s'applique.",
        "Se aplican las restricciones del modelo original.",
        "As restrições do modelo base continuam valendo.",
        "Si applicano le restrizioni del modello di partenza.", "Действует лицензия базовой модели.",
        "请遵守基座模型的许可协议。", "本模型遵循 Llama 2 的使用限制。",
        "ライセンスはベースモデルに準じます。", "라이선스는 기반 모델을 따릅니다."})
    EXPECT_NE(brook(s), Rung::open_weights) << s;
  // What a base passes on is known once it is named.
  World w;
  w.model(
       "acme/Brook-7B",
       R"("config":{"architectures":["LlamaForCausalLM"],"model_type":"llama"},"cardData":{"license":"apache-2.0","base_model":"acme/Brook-7B-Base"})")
      .file(
          "acme/Brook-7B", "README.md",
          "---\nlicense: apache-2.0\nbase_model: acme/Brook-7B-Base\n---\n# Brook\n\nThe license of the base "
          "model applies.\n")
      .big("acme/Brook-7B", "model.safetensors")
      .model(
          "acme/Brook-7B-Base",
          R"("config":{"architectures":["LlamaForCausalLM"],"model_type":"llama"},"cardData":{"license":"apache-2.0"})")
      .file("acme/Brook-7B-Base", "README.md",
            "---\nlicense: apache-2.0\n---\n# Brook base\n\nFrom scratch.\n")
      .big("acme/Brook-7B-Base", "model.safetensors");
  EXPECT_EQ(judge(w.facts("acme/Brook-7B"), World::catalog()).rung, Rung::open_weights);
  // What else is the same as, or is inherited from, a base.
  for (const char* s :
       {"The prompt template is the same as the base model's.", "It inherits the biases of its base model.",
        "This model has the same limitations as the base model in reasoning.",
        "Experiments were run under the same conditions as in the original paper.",
        "We follow the original policy gradient algorithm.", "See the base model's card for details.",
        "Limitations of the original model remain, such as hallucination."})
    EXPECT_EQ(brook(s), Rung::open_weights) << s;
}

TEST(Doubts, ACardInAnotherLanguageIsReadToo) {
  const auto with = [](const std::string& name, const std::string& body) {
    World w;
    w.model(
         "acme/Brook-7B",
         R"("config":{"architectures":["LlamaForCausalLM"],"model_type":"llama"},"cardData":{"license":"mit"})")
        .file("acme/Brook-7B", "README.md", "---\nlicense: mit\n---\n# Brook\n\nA language model.\n")
        .file("acme/Brook-7B", name, body)
        .big("acme/Brook-7B", "model.safetensors");
    return judge(w.facts("acme/Brook-7B"), World::catalog()).rung;
  };
  const std::string closed = "# Brook\n\n本模型仅供学术研究使用,禁止商用。\n";
  for (const char* name : {"README_zh.md", "README-CN.md", "README.zh-CN.md", "readme_chinese.md"}) {
    EXPECT_NE(with(name, closed), Rung::open_weights) << name;
    EXPECT_EQ(with(name, "# Brook\n\n一个语言模型,采用MIT许可证。\n"), Rung::open_weights) << name;
  }
  // Notes of something else are no card.
  EXPECT_EQ(with("docs/README_zh.md", closed), Rung::open_weights);
}

TEST(Doubts, WhatHoldsForTheDataMayHoldLikewise) {
  for (const char* s : {"Because the training data are CC BY-NC 4.0, so is the model.",
                        "The corpus is CC BY-NC 4.0, and the same applies to the weights.",
                        "The dataset is CC-BY-NC-4.0, therefore the model is too."})
    EXPECT_NE(brook(s), Rung::open_weights) << s;
  for (const char* s : {"The training data are CC BY-NC 4.0.", "The dataset is licensed under CC-BY-NC-4.0.",
                        "Figures and documentation in this repository: CC BY-NC 4.0.",
                        "The paper of this project is CC BY-NC 4.0."})
    EXPECT_EQ(brook(s), Rung::open_weights) << s;
}

TEST(Doubts, BansAreNoAdvice) {
  for (const char* s : {"Do not use this model commercially.", "Don't use this model commercially.",
                        "Do not use this model for commercial purposes.",
                        "This model should not be used commercially.", "Do not use in production.",
                        "Do not redistribute the weights.", "Contact sales@brook.ai for commercial use.",
                        "For use in production, contact sales@norlab.example for a license.",
                        "Academic use is welcome. Others must ask.", "Free of charge for research.",
                        "Evaluation only.", "Please note that outputs may not be used to train other models.",
                        "You may not train other models on the outputs.",
                        "Users must not use the outputs for training other models.",
                        "The model must not be used to generate synthetic data for training other models.",
                        "Apache-2.0, except for users in China."})
    EXPECT_NE(brook(s), Rung::open_weights) << s;
  for (const char* s :
       {"Do not use the fast tokenizer.", "Do not use fp16.", "Don't forget to set the pad token.",
        "Do not use this model for languages other than English.", "It is restricted to English.",
        "Do not use it in production without testing it first.", "Contact us for commercial support.",
        "You may train other models on the outputs.", "You have to apply mean pooling yourself.",
        "We do not use any private data."})
    EXPECT_EQ(brook(s), Rung::open_weights) << s;
}

TEST(Doubts, TermsAtAnAddressWereNotRead) {
  for (const char* s :
       {"License: see https://brook.ai/license for details.", "See our [license](https://brook.ai/terms).",
        "Please read the license at <https://acme.example/license>."})
    EXPECT_NE(brook(s), Rung::open_weights) << s;
  for (const char* s : {"License: see https://www.apache.org/licenses/LICENSE-2.0 for details.",
                        "See the [license](https://huggingface.co/acme/Brook-7B/blob/main/LICENSE).",
                        "Licensed under [Apache 2.0](https://brook.ai/license).",
                        "More information is at https://brook.ai/docs."})
    EXPECT_EQ(brook(s), Rung::open_weights) << s;
}

TEST(Doubts, CommentsAndBadgesAreRead) {
  for (const char* s :
       {"<!-- license: cc-by-nc-4.0 -->", "It is fast. <!-- The license is CC-BY-NC-4.0. -->",
        "<!--\nThis model is licensed\nunder CC BY-NC 4.0.\n-->",
        "![](https://img.shields.io/badge/license-CC--BY--NC--4.0-blue)",
        "![License](https://img.shields.io/badge/License-CC_BY--NC_4.0-lightgrey.svg)",
        "<img alt=\"License\" src=\"https://img.shields.io/badge/License-CC_BY--NC_4.0-blue\">"})
    EXPECT_NE(brook(s), Rung::open_weights) << s;
  for (const char* s : {"<!-- Provide a quick summary of the model. -->",
                        "<!-- This badge tells the license. "
                        "-->\n![License](https://img.shields.io/badge/License-Apache_2.0-blue)",
                        "![License](https://img.shields.io/badge/downloads-1M-blue)"})
    EXPECT_EQ(brook(s), Rung::open_weights) << s;
}

TEST(Doubts, ABaseThatNobodyCanFollowLeavesTheTermsOpen) {
  for (const char* s : {"Fine-tuned from Heron-7B.", "Trained on top of heron-13b-chat for two epochs.",
                        "A version of [heron-7b](https://huggingface.co/heron-7b) fine-tuned on letters."})
    EXPECT_NE(brook(s), Rung::open_weights) << s;
  for (const char* s : {"It was compared with Heron-7B.", "Faster than heron-13b-chat.",
                        "Fine-tuned from Mistral-7B-v0.1.", "The BERT architecture, trained by us."})
    EXPECT_EQ(brook(s), Rung::open_weights) << s;
}

TEST(Doubts, ALicenseInALineOfItsOwnCounts) {
  for (const char* s :
       {"CC BY-NC-SA.", "CC-BY-ND-4.0", "It's CC BY-NC.", "The tag is wrong; it's CC BY-NC-SA."})
    EXPECT_NE(brook(s), Rung::open_weights) << s;
  for (const char* s : {"Apache-2.0", "It's Apache 2.0."}) EXPECT_EQ(brook(s), Rung::open_weights) << s;
}

TEST(Doubts, WhatForbidsWithinAPermissionForbids) {
  for (const char* s :
       {"This model is for research purposes only and restricted from any commercial use.",
        "Nobody may use it.", "No one may resell the model.", "O modelo n\u00e3o pode ser usado sem pedir."})
    EXPECT_NE(brook(s), Rung::open_weights) << s;
  for (const char* s : {"You may use it commercially, too; nobody needs to ask.",
                        "For research and for commercial use alike."})
    EXPECT_EQ(brook(s), Rung::open_weights) << s;
}

TEST(Doubts, ATermBesideATagIsToldWithItsLine) {
  World w;
  w.model(
       "acme/Brook-7B",
       R"("config":{"architectures":["LlamaForCausalLM"],"model_type":"llama"},"cardData":{"license":"mit"})")
      .file("acme/Brook-7B", "README.md",
            "---\nlicense: mit\n---\n<!-- a\nb\nc -->\n\n# Brook\n\nFor research use only.\n")
      .big("acme/Brook-7B", "model.safetensors");
  const Verdict v = judge(w.facts("acme/Brook-7B"), World::catalog());
  const auto told = std::find_if(v.findings.begin(), v.findings.end(),
                                 [](const Finding& f) { return f.rule == "license.tag-vs-statement"; });
  ASSERT_NE(told, v.findings.end());
  EXPECT_NE(told->evidence.front().where.find("README.md:10@"), std::string::npos)
      << told->evidence.front().where;
}

Rung gated(const std::string& prompt, const std::string& record = {}) {
  World w;
  w.model(
       "acme/Brook-7B",
       R"("config":{"architectures":["LlamaForCausalLM"],"model_type":"llama"},"gated":"auto","cardData":{"license":"mit",)" +
           prompt + "}" + record)
      .file("acme/Brook-7B", "README.md", "---\nlicense: mit\n---\n# Brook\n\nA language model.\n")
      .big("acme/Brook-7B", "model.safetensors");
  return judge(w.facts("acme/Brook-7B"), World::catalog()).rung;
}

TEST(Doubts, TermsOfAGateCount) {
  for (const char* s :
       {R"("extra_gated_prompt":"You agree to use this model for non-commercial research purposes only.")",
        R"("extra_gated_prompt":"Commercial use is prohibited.")",
        R"("extra_gated_heading":"Non-commercial use only")",
        R"("extra_gated_fields":{"I agree to use this model for non-commercial use ONLY":"checkbox"})"})
    EXPECT_NE(gated(s), Rung::open_weights) << s;
  for (const char* s : {R"("extra_gated_prompt":"Please tell us who you are and accept the conditions.")",
                        R"("extra_gated_prompt":"The license is and remains MIT; we only count downloads.")",
                        R"("extra_gated_heading":"Acknowledge the license to access the repository")",
                        R"("extra_gated_fields":{"Name":"text","Country":"country"})"})
    EXPECT_EQ(gated(s), Rung::open_weights) << s;
}

TEST(Doubts, DataOfACardBesideItsLicenseCount) {
  const auto with = [](const std::string& data, const std::string& record = {}) {
    World w;
    w.model(
         "acme/Brook-7B",
         R"("config":{"architectures":["LlamaForCausalLM"],"model_type":"llama"},"cardData":{"license":"mit")" +
             data + "}" + record)
        .big("acme/Brook-7B", "model.safetensors")
        .file("acme/Brook-7B", "README.md", "# Brook\n\nA language model.\n");
    return judge(w.facts("acme/Brook-7B"), World::catalog()).rung;
  };
  EXPECT_NE(with(R"(,"license_name":"MIT with Commons Clause")"), Rung::open_weights);
  EXPECT_NE(with("", R"(,"tags":["pytorch","non-commercial"])"), Rung::open_weights);
  EXPECT_EQ(with(R"(,"license_name":"MIT License")"), Rung::open_weights);
  EXPECT_EQ(with(R"(,"license_link":"https://opensource.org/licenses/MIT")"), Rung::open_weights);
  EXPECT_EQ(with("", R"(,"tags":["pytorch","commercial","research"])"), Rung::open_weights);
}

TEST(Doubts, TheAdaptersOwnBaseCountsBesideTheCards) {
  const auto with = [](const std::string& base) {
    World w;
    w.model("acme/Brook-lora", R"("cardData":{"license":"mit","base_model":"mistralai/Mistral-7B-v0.1"})")
        .file("acme/Brook-lora", "README.md", "# Brook\n")
        .file("acme/Brook-lora", "adapter_config.json",
              R"({"peft_type":"LORA","base_model_name_or_path":")" + base + "\"}")
        .big("acme/Brook-lora", "adapter_model.safetensors", 50'000'000);
    return w.facts("acme/Brook-lora").lineage.size();
  };
  EXPECT_EQ(with("mistralai/Mistral-7B-v0.1"), 1u);
  EXPECT_EQ(with("unsloth/mistral-7b-v0.1-bnb-4bit"), 1u) << "a copy of it";
  EXPECT_EQ(with("/home/me/checkpoint"), 1u);
  EXPECT_EQ(with("CohereLabs/c4ai-command-r-plus"), 2u);
}

TEST(Doubts, PartsThatMergekitsFileNamesAreBases) {
  World w;
  w.model("acme/Brook-merge", R"("cardData":{"license":"mit"})")
      .file("acme/Brook-merge", "README.md", "# Brook\n")
      .file("acme/Brook-merge", "mergekit_config.yml",
            "models:\n  - model: heron/One-7B\n  - model: stork/Two-7B\nmerge_method: ties\n")
      .big("acme/Brook-merge", "model.safetensors");
  EXPECT_EQ(w.facts("acme/Brook-merge").lineage.size(), 2u);
}

TEST(Doubts, OneShortSentenceInALanguageThatIsRarelyReadCounts) {
  for (const char* s : {"Kaupallinen k\u00e4ytt\u00f6 kielletty.",
                        "\u0e2b\u0e49\u0e32\u0e21\u0e43\u0e0a\u0e49\u0e40\u0e0a\u0e34\u0e07\u0e1e\u0e32\u0e13"
                        "\u0e34\u0e0a\u0e22\u0e4c"})
    EXPECT_NE(brook(s), Rung::open_weights) << s;
}

TEST(Doubts, ANoticeThatNobodyReadLeavesTheLicenseOpen) {
  const auto notice = [](Answer answer) {
    World w;
    w.model(
         "acme/Brook-7B",
         R"("config":{"architectures":["LlamaForCausalLM"],"model_type":"llama"},"cardData":{"license":"apache-2.0"})")
        .file("acme/Brook-7B", "README.md", "---\nlicense: apache-2.0\n---\n# Brook\n\nA language model.\n")
        .file("acme/Brook-7B", "NOTICE", "Brook")
        .big("acme/Brook-7B", "model.safetensors");
    w.answer({Topic::file, "acme/Brook-7B", World::kCommit, "NOTICE", ""}, std::move(answer));
    return judge(w.facts("acme/Brook-7B"), World::catalog());
  };
  const Verdict read = notice(got("Copyright 2025 Acme"));
  EXPECT_EQ(read.license.weights->best, read.license.weights->cls);
  Answer failed;
  failed.outcome = Outcome::failed;
  const Verdict unread = notice(failed);
  EXPECT_EQ(unread.license.weights->cls, LicenseClass::unknown);
  EXPECT_EQ(unread.license.weights->best, LicenseClass::open);
  EXPECT_TRUE(std::any_of(unread.license.weights->evidence.begin(), unread.license.weights->evidence.end(),
                          [](const Evidence& e) { return e.what.starts_with("NOTICE: "); }));
}

TEST(Doubts, TermsInANoticeCount) {
  const auto with_notice = [](const std::string& notice) {
    World w;
    w.model(
         "acme/Brook-7B",
         R"("config":{"architectures":["LlamaForCausalLM"],"model_type":"llama"},"cardData":{"license":"apache-2.0"})")
        .file("acme/Brook-7B", "README.md", "---\nlicense: apache-2.0\n---\n# Brook\n\nA language model.\n")
        .file("acme/Brook-7B", "NOTICE", notice)
        .big("acme/Brook-7B", "model.safetensors");
    return judge(w.facts("acme/Brook-7B"), World::catalog()).rung;
  };
  for (const char* s :
       {"Brook\nCopyright 2025 Acme\n\nUse of the weights in products with more than one "
        "million monthly users requires a "
        "separate agreement.",
        "Whoever serves it for money owes us two percent of the receipts, settled each January.",
        "Non-commercial use only.", "Copyright 2025 Acme\n\nNot for military use."})
    EXPECT_NE(with_notice(s), Rung::open_weights) << s;
  for (const char* s :
       {"Brook\nCopyright 2025 Acme",
        "This product includes software developed at The Apache Software Foundation "
        "(http://www.apache.org/).",
        "Portions of this software were developed by Foo and are licensed under the MIT license.",
        "Parts of the tokenizer are under the GPL-3.0."})
    EXPECT_EQ(with_notice(s), Rung::open_weights) << s;
}

TEST(Doubts, WhatStandsBehindUnderIsALicense) {
  for (const char* s : {"It is released under the SSPL.", "Released under ELv2.",
                        "Available under the FSL-1.1-MIT.", "The model is published under FooPL.",
                        "It is distributed under the MRL v0.1.", "It is licensed under BSL."})
    EXPECT_NE(brook(s), Rung::open_weights) << s;
  for (const char* s :
       {"It is released under MIT-0.", "It is released under the ELIXIR project.",
        "It was published under the DOI 10.5281/zenodo.1.", "It is available under Files and versions.",
        "It is released under the ACME organization.", "It runs under Windows and Linux.",
        "Licensed under BSL-1.0."})
    EXPECT_EQ(brook(s), Rung::open_weights) << s;
}

TEST(Doubts, AnExpressionIsALicenseFile) {
  const auto read = [](const std::string& text) { return license::identify(text, the_catalog()); };
  EXPECT_EQ(read("SPDX-License-Identifier: MIT OR Apache-2.0").match, Match::reference);
  EXPECT_EQ(read("MIT OR GPL-3.0-only\n").licenses, std::vector<std::string>{"MIT"});
  EXPECT_EQ(read("CC-BY-NC-4.0 OR Apache-2.0\n").licenses, std::vector<std::string>{"Apache-2.0"});
  EXPECT_EQ(read("License: Apache-2.0 AND CC-BY-NC-4.0").licenses,
            (std::vector<std::string>{"Apache-2.0", "CC-BY-NC-4.0"}));
  EXPECT_TRUE(read("MIT OR Apache-2.0 for research").licenses.empty());
  EXPECT_TRUE(read("MIT AND LicenseRef-Acme").licenses.empty());
}

TEST(Doubts, ACardInALanguageThatNobodyReadsIsNotClean) {
  EXPECT_NE(
      brook(
          "Eredu hau euskarazko egunkarietako testuekin entrenatu dugu hainbat astez. Debekatuta dago eredua "
          "merkataritza helburuetarako erabiltzea egileen baimenik gabe. Entrenamenduak zortzi txartel "
          "grafiko "
          "behar izan zituen bi astez."),
      Rung::open_weights);
  EXPECT_NE(brook("ეს მოდელი გაწვრთნილია ქართულ ტექსტებზე და წერს მოკლე პასუხებს. მოდელის გამოყენება "
                  "კომერციული მიზნით "
                  "აკრძალულია ავტორების ნებართვის გარეშე. წვრთნას დასჭირდა რვა ვიდეობარათი და ორი კვირა."),
            Rung::open_weights);
  // Names, lists and a line of another language are no such card.
  EXPECT_EQ(
      brook("- download original weights: brook-2020-01-20.zip\n- test set translations: "
            "brook-2020-01-20.test.txt\n"
            "- test set scores: brook-2020-01-20.eval.txt\n- source languages: et\n- target languages: fi"),
      Rung::open_weights);
  EXPECT_EQ(brook("The tokenizer knows Estonian. An example of what the model writes is below. It reads well "
                  "and is short.\n\n"
                  "Treenimiseks kasutati kaheksat videokaarti ning kaks nädalat arvutusaega."),
            Rung::open_weights);
  EXPECT_EQ(brook("## Team\n\nAnna Kask, Jaan Tamm, Mari Sepp, Peeter Mägi, Liina Kukk, Tõnu Kaljurand, "
                  "Piret Põld, Urmas Ilves, "
                  "Kadri Lepik, Toomas Rebane, Eve Saar, Ants Oja."),
            Rung::open_weights);
  EXPECT_EQ(brook("模型在中文新闻上训练。它可以写简短的回答。训练用了两周时间。"), Rung::open_weights);
}

const std::string kMit =
    "MIT License\n\nCopyright (c) 2025 Fjord AS\n\nPermission is hereby granted, free of charge, to any "
    "person "
    "obtaining a copy of this software and associated documentation files (the \"Software\"), to deal in the "
    "Software "
    "without restriction, including without limitation the rights to use, copy, modify, merge, publish, "
    "distribute, "
    "sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished "
    "to do so, "
    "subject to the following conditions:\n\nThe above copyright notice and this permission notice shall be "
    "included in "
    "all copies or substantial portions of the Software.\n\nTHE SOFTWARE IS PROVIDED \"AS IS\", WITHOUT "
    "WARRANTY OF ANY "
    "KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A "
    "PARTICULAR "
    "PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY "
    "CLAIM, DAMAGES OR "
    "OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN "
    "CONNECTION WITH "
    "THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.\n";

bool plain(const std::string& text) {
  const Identified i = license::identify(text, the_catalog());
  return (i.match == Match::exact || i.match == Match::template_) &&
         i.licenses == std::vector<std::string>{"MIT"};
}

TEST(Doubts, ALicenseNamedAboveItsTextIsNoOtherLicense) {
  for (const char* s : {"The MIT license is used here.", "This software is licensed under the MIT License.",
                        "fjord-tokenizer 2.1.0 (2025-03-01)", "fjord-tokenizer 2.1.0 https://fjord.example",
                        "Unless otherwise noted, this license applies to everything in this repository."})
    EXPECT_TRUE(plain(std::string(s) + "\n\n" + kMit)) << s;
  for (const char* s :
       {"This license is for the code. The weights have their own.", "fjord for hospitals only",
        "fjord-tokenizer 2.1.0 (academic edition)", "The following license holds until 2026:"})
    EXPECT_FALSE(plain(std::string(s) + "\n\n" + kMit)) << s;
}

TEST(Doubts, WhatStandsBelowALicense) {
  for (const char* s :
       {"You do not need to ask us for permission.", "You don't have to credit us.",
        "Fjord and the Fjord logo are trademarks of Fjord AS.",
        "All other trademarks are the property of their respective owners.",
        "Contributions: by opening a pull request you agree that your contribution is licensed under the "
        "same license.",
        "This product bundles zlib, (C) 1995-2022 Jean-loup Gailly and Mark Adler, under the zlib license.",
        "It includes code of the Foo project, which is under the BSD-3-Clause license.",
        "This work was supported by the Research Council of Norway, grant no. 123456.",
        "Not endorsed by the University of Oslo.", "Made in Norway with love."})
    EXPECT_TRUE(plain(kMit + "\n" + s + "\n")) << s;
  for (const char* s :
       {"You do not need to ask us for permission unless you sell it.",
        "Products built with it show our logo.", "Do what you like but only on Sundays.",
        "Use it as you like, except in churches.", "N O T   F O R   S A L E",
        "Free for everyone but the police, who may not.", "By downloading you agree to our terms of service.",
        "It includes weights of Foo, which are under CC-BY-NC-4.0.",
        "It bundles Foo, which is under the GPL-3.0.", "There is no. You must ask.",
        "Made in Norway and only for Norway."})
    EXPECT_FALSE(plain(kMit + "\n" + s + "\n")) << s;
  EXPECT_FALSE(plain("Copyright (c) 2025 Acme Labs. Licensed for demonstration.\n\n" + kMit));
  EXPECT_TRUE(plain(kMit + "\nUse is not restricted to research; companies are welcome.\n"));
}

TEST(Doubts, AFootnoteIsAPartOfWhatItIsOf) {
  std::string text = kMit;
  text.replace(text.find("free of charge"), 14, "free of charge*");
  EXPECT_FALSE(plain(text + "\n* on up to three GPUs\n"));
  EXPECT_TRUE(plain(text + "\n"));
  EXPECT_TRUE(plain(kMit + "\n* Runs on up to three GPUs\n"));
}

}  // namespace
}  // namespace howopen::test
