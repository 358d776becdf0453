// Reading what cards say: every cue by its own examples, and claims of small cards. The sentences are made
// up.

#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "catalog/cues.h"
#include "license/identify.h"
#include "reading/claims.h"
#include "reading/sense.h"
#include "support/catalog.h"
#include "text/utf8.h"

namespace howopen::reading {
namespace {

using test::the_catalog;

std::set<Cue> cues_in(const std::string& sentence) {
  const std::string lower = text::lower(sentence);
  const std::vector<Token> words = tokens(lower);
  std::set<Cue> out;
  for (const Hit& h : every_language(the_catalog()).find(words, lower)) out.insert(h.cue);
  return out;
}

std::vector<catalog::Language> every() {
  std::vector<catalog::Language> out = the_catalog().languages();
  out.insert(out.end(), the_catalog().more_languages().begin(), the_catalog().more_languages().end());
  return out;
}

TEST(Lexicon, EveryCueIsFoundInItsExamplesAndNotInTheOthers) {
  for (const catalog::Language& language : every()) {
    for (const catalog::CueRow& row : language.cues) {
      for (const std::string& s : row.match)
        EXPECT_TRUE(cues_in(s).contains(row.cue)) << language.code << " " << word(row.cue) << ": " << s;
      for (const std::string& s : row.other)
        EXPECT_FALSE(cues_in(s).contains(row.cue)) << language.code << " " << word(row.cue) << ": " << s;
    }
  }
}

TEST(Lexicon, AUsersFileAddsToIt) {
  const auto with =
      Catalog::load({{"reading/eo.json", "mine/reading/eo.json",
                      R"({"language": "eo", "cues": [{"cue": "non-commercial", "phrases": ["nur nekomerce"],
                                     "match": ["Nur nekomerce."], "other": ["Bonan tagon."]}]})"}});
  ASSERT_TRUE(with);
  const std::string s = "nur nekomerce";
  EXPECT_EQ(lexicon(*with).find(tokens(s), s).size(), 1u);
  EXPECT_TRUE(lexicon(the_catalog()).find(tokens(s), s).empty()) << "the catalog without it is as it was";
  const auto wrong =
      Catalog::load({{"reading/eo.json", "mine", R"({"language": "eo", "cues": [{"cue": "non-comercial",
                                     "phrases": ["x"], "match": ["x"], "other": ["y"]}]})"}});
  ASSERT_FALSE(wrong);
  EXPECT_NE((wrong.error().what + wrong.error().fix).find("non-commercial"), std::string::npos)
      << "the nearest right name";
}

// A batch reads its tables side by side: what reads the texts must leave the catalog alone.
TEST(Lexicon, IsOneForAllThreads) {
  for (int round = 0; round < 4; ++round) {
    const Catalog fresh = std::move(*Catalog::load());
    std::thread texts([&] { license::prepare_texts(fresh); });
    fresh.prepare();
    license::prepare_words(fresh);
    texts.join();
    std::vector<const Lexicon*> seen(4);
    std::vector<std::thread> threads;
    for (const Lexicon*& mine : seen) threads.emplace_back([&] { mine = &lexicon(fresh); });
    for (std::thread& t : threads) t.join();
    for (const Lexicon* one : seen) EXPECT_EQ(one, &lexicon(fresh));
  }
}

Claims claims_of(const std::string& card, const std::string& id = "acme/Foo-7B") {
  const text::Markdown markdown = text::read_markdown(card, 1);
  const Prose prose(markdown);
  return read_claims({markdown, prose, id, the_catalog()});
}

// What is said of this model, as "weights CC-BY-NC-4.0" and the like, in order.
std::vector<std::string> here(const std::string& card, const std::string& id = "acme/Foo-7B") {
  std::vector<std::string> out;
  for (const LicenseClaim& c : claims_of(card, id).licenses) {
    if (c.subject != Subject::here && c.subject != Subject::family) continue;
    using Kind = LicenseClaim::Kind;
    const std::string what(word(c.what));
    if (c.kind == Kind::licensed) out.push_back(what + " " + (c.id.empty() ? "?" : c.id));
    if (c.kind == Kind::restricted) out.push_back(what + " !" + c.term);
    if (c.kind == Kind::unread) out.push_back("unread");
  }
  return out;
}
using List = std::vector<std::string>;

TEST(Claims, LicensesInAnyUsualSpelling) {
  for (const auto& [written, id] : std::vector<std::pair<std::string, std::string>>{
           {"CC-BY-NC 4.0", "CC-BY-NC-4.0"},
           {"CC BY NC 4.0", "CC-BY-NC-4.0"},
           {"Creative Commons Attribution-NonCommercial 4.0 International", "CC-BY-NC-4.0"},
           {"Creative Commons Attribution Non-Commercial Share-Alike 3.0", "CC-BY-NC-SA-3.0"},
           {"CC BY-NC-ND 4.0", "CC-BY-NC-ND-4.0"},
           {"CC BY NC", "LicenseRef-family-cc-by-nc"},
           {"CC0", "CC0-1.0"},
           {"Apache v2", "Apache-2.0"},
           {"Apache License, Version 2.0", "Apache-2.0"},
           {"GPL v3", "GPL-3.0-only"},
           {"GNU General Public License v3.0 or later", "GPL-3.0-or-later"},
           {"AGPLv3", "AGPL-3.0-only"},
           {"3-clause BSD", "BSD-3-Clause"},
           {"BSD-2", "BSD-2-Clause"},
           {"Llama-2 community license", "LicenseRef-Llama-2"},
           {"Llama 3.1 license", "LicenseRef-Llama-3.1"}}) {
    EXPECT_EQ(here("The weights are released under the " + written + "."), List{"weights " + id}) << written;
  }
}

TEST(Claims, ALicenseThatNobodyListsIsOneAllTheSame) {
  for (const char* name : {"Jamba Open Model License", "Acme Research License", "NVIDIA Source Code License",
                           "Borealis Community Agreement", "Foo Terms of Use"}) {
    const List said = here("The weights are released under the " + std::string(name) + ".");
    ASSERT_FALSE(said.empty()) << name;
    EXPECT_TRUE(said[0] == "weights ?") << name << ": " << said[0];
  }
  EXPECT_EQ(here("The model is available under a separate agreement."), List{"weights ?"});
}

TEST(Claims, CodeAndWeightsInEitherOrder) {
  const List both{"code MIT", "weights CC-BY-NC-4.0"};
  for (const char* card :
       {"MIT for the code and CC BY-NC 4.0 for the weights.",
        "The code is under MIT, the weights are under CC BY-NC 4.0.",
        "Our code is MIT-licensed. The model weights are released under CC BY-NC 4.0.",
        "The source code is licensed under the MIT License while the checkpoints are licensed under "
        "CC-BY-NC-4.0."}) {
    EXPECT_EQ(here(card), both) << card;
  }
  EXPECT_EQ(here("CC BY-NC 4.0 for the weights, and MIT for the code."),
            (List{"weights CC-BY-NC-4.0", "code MIT"}));
  EXPECT_EQ(here("This code and the model weights are licensed under the MIT License."),
            (List{"code MIT", "weights MIT"}));
}

TEST(Claims, SiblingsAreNotThisModel) {
  for (const char* card : {"Foo-70B is licensed under CC BY-NC 4.0.",
                           "- acme/Foo-7B: apache-2.0\n- acme/Foo-7B-Chat: cc-by-nc-4.0\n",
                           "The 70B model is licensed under CC BY-NC 4.0.",
                           "We also release smaller models under the CC BY-NC 4.0 license.",
                           "Our sister model is under CC BY-NC 4.0."}) {
    for (const std::string& said : here(card))
      EXPECT_EQ(said.find("NC"), std::string::npos) << card << ": " << said;
  }
  const std::string sizes =
      "Foo-Small is under Apache-2.0. Foo-Base, Large and Giant are under the CC-BY-NC-4.0 license.";
  EXPECT_EQ(here("## License\n\n" + sizes, "acme/Foo-Small"), List{"everything Apache-2.0"});
  EXPECT_EQ(here("## License\n\n" + sizes, "acme/Foo-Large"), List{"everything CC-BY-NC-4.0"});
}

TEST(Claims, TermsOfThisModel) {
  for (const char* card :
       {"This model is for research purposes only.", "The weights may not be used for commercial purposes.",
        "## License\n\nMIT, for non-commercial use only.", "The model is licensed for academic use only.",
        "Diese Gewichte sind nur für nichtkommerzielle Nutzung freigegeben, die Lizenz verbietet anderes.",
        "本模型仅供学术研究使用，不得用于商业用途。", "이 모델은 상업적 이용 금지.",
        "本モデルの商用利用禁止。"}) {
    const List said = here(card);
    EXPECT_TRUE(std::any_of(said.begin(), said.end(), [](const std::string& s) {
      return s.find("!non-commercial") != std::string::npos || s.find("!research-only") != std::string::npos;
    })) << card;
  }
}

TEST(Claims, WhatRestrictsNothing) {
  for (const char* card :
       {"The model may be used either commercially or noncommercially.",
        "The license of the model does not restrict commercial use.",
        "No commercial use of these trademarks is licensed with the model.",
        "The model is free for commercial use.", "It is intended for research on bias.",
        "The model should not be used for medical advice.", "It compares well with commercial systems.",
        "The dataset is for research purposes only.", "本模型支持商业用途，无需申请。"}) {
    for (const std::string& said : here(card))
      EXPECT_EQ(said.find('!'), std::string::npos) << card << ": " << said;
  }
}

// Bases of this model, by id or family.
std::vector<std::string> bases(const std::string& card, const std::string& id = "acme/Foo-7B") {
  std::vector<std::string> out;
  for (const OriginClaim& c : claims_of(card, id).origins) {
    if (c.subject == Subject::here) out.push_back(c.scratch ? "scratch" : c.id.empty() ? c.family : c.id);
  }
  return out;
}

TEST(Claims, BasesBeforeAndBehindTheWords) {
  const std::string link = "[Bar](https://huggingface.co/other/Bar-7B)";
  for (const std::string& card : std::vector<std::string>{
           link + " fine-tuned on our own essays.", "Foo is a fine-tuned version of " + link + ".",
           "It uses " + link + " as a base model.", "This is a merge of " + link + " and others.",
           "Base model: other/Bar-7B", "We trained a LoRA for " + link + ".",
           "The model is initialized with the weights of " + link + "."}) {
    EXPECT_EQ(bases(card), List{"other/Bar-7B"}) << card;
  }
  for (const std::string& card : std::vector<std::string>{
           "It is better than " + link + ".", "It has the architecture of " + link + ".",
           "Trained on answers that " + link + " has written.",
           "We also offer smaller variants fine-tuned from " + link + ".",
           "Our distilled checkpoints are based on " + link + ".", "Foo-70B is fine-tuned from " + link + ".",
           "[course](https://huggingface.co/course/chapter3) fine-tuned on",
           "based on [x](https://huggingface.co/storage/overview)"}) {
    EXPECT_TRUE(bases(card).empty()) << card << ": " << bases(card).front();
  }
}

TEST(Claims, ConfigurationsAndListsOfMerges) {
  const List both{"other/Bar-7B", "third/Baz-7B"};
  EXPECT_EQ(bases("Models merged:\n\n- other/Bar-7B\n- third/Baz-7B\n"), both);
  EXPECT_EQ(bases("The recipe merges these models:\n\nother/Bar-7B\n\nthird/Baz-7B\n"), both);
  EXPECT_EQ(bases("```yaml\nmerge_method: slerp\nslices:\n- sources:\n  - model: other/Bar-7B\n    "
                  "layer_range: [0, 32]\n  - model: third/Baz-7B\n```\n"),
            both);
  EXPECT_EQ(bases("```json\n{\"peft_type\": \"LORA\", \"base_model_name_or_path\": \"other/Bar-7B\"}\n```\n"),
            List{"other/Bar-7B"});
}

TEST(Claims, ADifferenceOfWeights) {
  EXPECT_TRUE(claims_of("Please note that these are delta weights.").delta);
  EXPECT_TRUE(claims_of("*This is a model diff*, see below.").delta);
  EXPECT_FALSE(claims_of("It was trained in the delta of the river.").delta);
}

TEST(Claims, HostileTextTakesLinearTimeAndMemory) {
  const auto repeat = [](const std::string& s, std::size_t n) {
    std::string out;
    while (out.size() < n) out += s;
    return out;
  };
  std::vector<std::string> texts;
  for (const char* s :
       {"license ", "not for commercial use only ", "fine-tuned version of llama 2 ", "CC BY-NC ",
        "[a](https://huggingface.co/a/b) based on ", "- a/b-1\n", "the of and ", "许可 商用 "})
    texts.push_back(repeat(s, 200'000));
  // The head of a table is read once, and not for each of its rows.
  texts.push_back("| base " + repeat("model ", 500'000) + "|\n|---|\n" + repeat("| x | a/b-1 |\n", 500'000));
  for (const std::string& text : texts) {
    const Claims c = claims_of(text);
    EXPECT_LE(c.licenses.size() + c.origins.size(), 2'000u) << text.substr(0, 60);
  }
}

}  // namespace
}  // namespace howopen::reading
