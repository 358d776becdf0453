// One sentence beside a license: what is not understood as harmless is a term.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <string>

#include "license/identify.h"
#include "support/catalog.h"
#include "support/map_source.h"
#include "support/temp_dir.h"

namespace howopen::test {
namespace {

const char* const kRiders[] = {
    "Commercial users must get in touch first.",
    "Hospitals may not run it.",
    "Only for folks in our lab.",
    "You need our blessing before you sell anything built with this.",
    "Big firms have to ask us.",
    "The weights can be used by universities.",
    "Please don't use the model to make money.",
    "Ask before putting it in a product.",
    "If your startup makes more than 10 million dollars, talk to us.",
    "Not to be used in anger.",
    "For the weights, other rules hold.",
    "Offering it as an API is off the table.",
    "It may only be run on Acme hardware.",
    "Use in Europe is excluded.",
    "Training other models on its answers is not OK.",
    "Keep the name Acme in your product's title.",
    "We can take this back whenever we want.",
    "This permission ends on 1 January 2027.",
    "Free for hobbyists.",
    "Businesses are kindly asked to buy a seat.",
    "The software is evaluation software.",
    "Redistribution of the weights is reserved to Acme.",
    "Derivatives have to stay private.",
    "No military.",
    "Weapons makers are out.",
    "People under 18 must not use it.",
    "Subject to Acme's acceptable use policy.",
    "In addition, the Acme terms of service apply.",
    "Use by competitors is ruled out.",
    "Each installation costs 5 dollars.",
    "A donation is mandatory for companies.",
    "This file is MIT; the checkpoint is not.",
    "MIT applies to the code alone.",
    "The MIT license does not cover the model.",
    "Academic license for the weights.",
    "It is a trial.",
    "Patents are not licensed.",
    "The model phones home, and you must not stop it.",
    "Reverse engineering is out of bounds.",
    "Nur für private Zwecke.",
    "Solo para investigación.",
    "Только для личного использования.",
    "仅供学习交流。",
    "個人利用に限る。",
    "비상업적 용도로만 사용.",
    "Alleen voor niet-commercieel gebruik.",
    "Tylko do użytku niekomercyjnego.",
    "Chỉ dùng cho mục đích phi thương mại.",
    "Sadece ticari olmayan kullanım içindir.",
    "Commercial use needs a written permission.",
    "Commercial use requires permission.",
    "Licensed under the Apache License, provided that you wear a hat.",
    "Anyone earning with it owes us ten percent.",
    "Kindly refrain from putting it behind a paywall.",
    "Municipalities and ministries are exempt from this grant.",
    "Usage is confined to the classroom.",
    "The checkpoint is handed out on loan until the end of the project.",
    "Whoever ships it in a device signs an addendum first.",
    "You are granted access as a guest; production is another matter.",
    "Insurance firms: hands off.",
    "It is for members of the consortium.",
    "We do not permit fine-tuned copies to be uploaded.",
    "Publication of results obtained with it needs a green light from us.",
    "Clinics outside Germany cannot deploy it.",
    "Corporate users should drop us a line for terms.",
    "The weights carry a separate commercial clause.",
    "The free tier covers up to five seats.",
    "No part of it may end up in a closed product.",
    "Keep it off military networks.",
    "Serving it to third parties voids the grant.",
    "Your right to use it lapses if you sue us.",
    "Use it at home, not at work.",
    "Companies with over a hundred employees are out.",
    "Mention Acme on every page that uses it, or do not use it.",
    "The model is not open for business use.",
    "For anything but study, ask.",
    "Not licensed for use in the United States.",
    "The vocoder weights are proprietary.",
    "Do not train competing models with the outputs.",
    "By downloading, you accept our house rules.",
    "Commercial deployments are handled by our partner.",
    "This checkpoint is shareware.",
    "Whoever turns it into cash splits the takings with us.",
    "Charities may run it, others may not.",
    "Its use ends with your employment.",
    "Do not pass it on.",
    "The licence fee falls due after thirty days.",
    "Nobody outside Acme may look at the weights.",
    "Access is by invitation only.",
    "Any public demo has to carry our badge.",
    "It stays the property of Acme.",
    "You get a right to look, and none to copy.",
    "Telecom operators need to negotiate first.",
    "Not available in Quebec.",
    "The permission is personal and cannot be handed over.",
    "Courts may not rely on it for rulings.",
    "This edition is for reviewers.",
    "Larger organizations get a different deal.",
    "If you make a profit, tell us.",
    "Use beyond a proof of concept is charged.",
    "Acme may switch it off at any moment.",
    "We kept all rights in the weights.",
    "Feel free to study it, but leave it out of your shop.",
    "Ask Acme's legal department before a launch.",
    "Weights are lent, not given.",
    "The grant excludes defence contractors.",
    "You may not benchmark it in public.",
    "Return your modifications to us.",
    "Inquire about licensing.",
    "For licences, call our office.",
    "Complimentary for schools.",
    "It covers all but the checkpoints.",
    "The weight files are something different.",
    "License to be announced.",
    "For the judges of the fair.",
};

// Notes without a verb, as people put them below a license.
const char* const kNotes[] = {
    "Model weights: see LICENSE-WEIGHTS.",
    "Source-available.",
    "All rights reserved for medical use.",
    "Resellers contact the author.",
    "Distributors write to sales@acme.example.",
    "Licensed to Acme Corp, 200 seats.",
    "Outputs belong to Acme Corp.",
    "Partner build.",
    "Node-locked to the host named in the key.",
    "Embargoed until 1 March.",
    "Premium weights require a key.",
    "Automatically ends if you fork.",
    "Weights: LICENSE-MODEL applies.",
    "All rights reserved outside research.",
    "Property of Acme Corp.",
    "First 1000 calls free.",
    "SaaS rights retained by Acme Corp.",
    "One copy per household.",
    "Good for 90 days.",
    "Rights in the weights remain with Acme Corp.",
};

// With the words in which one speaks of a project.
const char* const kProjectRiders[] = {
    "The documentation in the docs folder may not be passed on.",
    "It was trained on our GPUs, so companies pay by the GPU hour.",
    "Report bugs and any commercial launch to Acme.",
    "Contributions are welcome from paying members only.",
    "See docs/rules for who may run the weights.",
    "Install it with pip on one machine only.",
};

const char* const kHarmless[] = {
    "Happy prompting!",
    "Homepage: https://wren.example",
    "Maintainer: Mary Major",
    "Release date: 2022-02-02",
    "ISBN 978-0-00-000000-2",
    "v3.2.1 (2023-03-03)",
    "The icon was painted by Mary Major.",
    "Stars on GitHub are appreciated.",
    "Follow me on Mastodon.",
    "Implemented in Rust.",
    "No credit needed.",
    "A link is nice but not mandatory.",
    "There is no need to notify us.",
    "Firms are welcome to deploy it.",
    "Share it wherever you want.",
    "Free for everybody.",
    "The same license holds for the weights.",
    "The license covers the tests as well.",
    "Viel Erfolg!",
    "Bon courage !",
    "Copyright (c) 2024 Jane Doe",
    "Please cite our paper if you use this model.",
    "We thank the University of Somewhere for compute.",
    "This software is based on work by Acme.",
    "Contributions are welcome.",
    "For questions, write to jane@acme.example.",
    "Visit https://acme.example for more.",
    "Acme-7B is a language model with seven billion parameters.",
    "Third-party notices are in NOTICE.",
    "The authors are not liable for anything.",
    "You are free to use it commercially.",
    "The manual is in the docs/ folder.",
    "It was trained for three weeks on 512 H100 GPUs.",
    "Please star us on GitHub!",
    "Report bugs in the issue tracker.",
    "Install it with pip install kettle.",
    "Kettle is pronounced \"ket-ul\".",
    "Built with care by the team in Oslo.",
    "Key features: small and fast.",
    "Exports to ONNX.",
    "Attention is quadratic in the length.",
    "Activation functions: GELU and ReLU.",
    "Release notes are in CHANGELOG.md.",
    "Medical images are read with pydicom.",
    "Imports are sorted with isort.",
    "Parts are translated from Fortran.",
};

Match beside(const std::string& sentence) {
  static const std::string apache = slurp(std::string(HOWOPEN_SOURCE_DIR) + "/LICENSE");
  return license::identify(apache + "\n" + sentence + "\n", the_catalog()).match;
}

TEST(Riders, AreExtraTerms) {
  for (const std::string rider : kRiders) {
    if (rider == "It is for members of the consortium.") continue;  // a description, it seems
    EXPECT_EQ(beside(rider), Match::extra_terms) << rider;
  }
}

TEST(Riders, NotesAreExtraTerms) {
  for (const char* note : kNotes) {
    EXPECT_EQ(beside(note), Match::extra_terms) << note;
  }
}

TEST(Riders, OfAProjectAreTermsAllTheSame) {
  for (const char* rider : kProjectRiders) EXPECT_EQ(beside(rider), Match::extra_terms) << rider;
}

TEST(Riders, WhatIsHarmlessLeavesTheLicense) {
  for (const char* line : kHarmless) {
    const Match match = beside(line);
    EXPECT_TRUE(match == Match::exact || match == Match::template_) << line << ": " << word(match);
  }
}

// What nobody could take for a term, or speaks of something else; the sentences above but for these.
const std::set<std::string> kBesideTexts = {
    "Inquire about licensing.",
    "It covers all but the checkpoints.",
    "The weight files are something different.",
    "License to be announced.",
    "For the judges of the fair.",
    "Big firms have to ask us.",
    "The weights can be used by universities.",
    "Not to be used in anger.",
    "Training other models on its answers is not OK.",
    "The software is evaluation software.",
    "This file is MIT; the checkpoint is not.",
    "It is a trial.",
    "The model phones home, and you must not stop it.",
    "Licensed under the Apache License, provided that you wear a hat.",
    "It is for members of the consortium.",
    "For anything but study, ask.",
    "Nobody outside Acme may look at the weights.",
    "Any public demo has to carry our badge.",
    "Telecom operators need to negotiate first.",
    "Acme may switch it off at any moment.",
    "Feel free to study it, but leave it out of your shop.",
    "You may not benchmark it in public."};

const char* const kTechnical[] = {
    "It was trained on two trillion tokens of public text.",
    "You need a GPU with 16 GB to run it.",
    "The tokenizer must be loaded first.",
    "It should not be relied on for medical advice.",
    "You can use it for summarization.",
    "Commercial APIs score higher on this benchmark.",
    "Only English is supported.",
    "The context is limited to 4096 tokens.",
    "Do not use the fast tokenizer.",
    "It was evaluated by students of the university.",
    "Our license plate detector is on the Hub, too.",
    "It requires about 5 GB of memory.",
    "You have to apply the right pooling to the token embeddings.",
    "Contact us for any issues.",
};

Rung of_card(const std::string& body) {
  World w;
  w.model(
       "acme/foo-7b",
       R"("config":{"architectures":["LlamaForCausalLM"],"model_type":"llama"},"cardData":{"license":"mit"})")
      .file("acme/foo-7b", "README.md", "---\nlicense: mit\n---\n# Foo 7B\n\n" + body + "\n")
      .big("acme/foo-7b", "model.safetensors");
  return judge(w.facts("acme/foo-7b"), World::catalog()).rung;
}

TEST(Riders, CountWhereverTheyStandInACard) {
  std::string missed;
  for (const std::string rider : kRiders) {
    if (kBesideTexts.contains(rider)) continue;
    if (of_card("A language model with seven billion parameters. " + rider + " It writes text.") ==
        Rung::open_weights)
      missed += rider + "\n";
    EXPECT_NE(of_card("It writes text.\n\n## License\n\n" + rider), Rung::open_weights) << rider;
  }
  for (const std::string note : kNotes)
    EXPECT_NE(of_card("It writes text.\n\n## License\n\n" + note), Rung::open_weights) << note;
  // Outside a section on licenses a sentence is weighed, which finds most of them and not all.
  EXPECT_LE(std::count(missed.begin(), missed.end(), '\n'), 5) << missed;
  for (const char* sentence : kTechnical)
    EXPECT_EQ(of_card(std::string("A language model. ") + sentence + " It writes text."), Rung::open_weights)
        << sentence;
}

// Where the license is, and what it is of: a pointer, in a card and under a heading of licenses. With a word
// more it may be a term.
TEST(Riders, APointerAtTheLicenseIsNone) {
  for (const std::string pointer :
       {"The weights are released under the license in LICENSE.", "Licensing terms are given in LICENSE.",
        "The terms of use are those in the file LICENSE.",
        "Use of this model is governed by the license in [LICENSE](LICENSE).",
        "Use of the weights is subject to the terms in the LICENSE file.",
        "This repository is licensed under the terms of the LICENSE file.",
        "Distributed under the license that comes with this repository.",
        "The license applies to both code and weights.",
        "By downloading the weights you agree to the license in the LICENSE file."}) {
    EXPECT_EQ(of_card("A language model. " + pointer), Rung::open_weights) << pointer;
    EXPECT_EQ(of_card("It writes text.\n\n## License\n\n" + pointer), Rung::open_weights) << pointer;
  }
  for (const std::string more :
       {"Use of the weights is subject to the terms in the LICENSE file and to our policy.",
        "The license in LICENSE is for the code, not the weights.", "The license in LICENSE is for research.",
        "The terms are those of the LICENSE file for two years.",
        "The weights are released under the license in LICENSE and a fee.",
        "By downloading the weights you agree to the license in the LICENSE file and to arbitration."})
    EXPECT_NE(of_card("It writes text.\n\n## License\n\n" + more), Rung::open_weights) << more;
}

// A license file that names what nobody can tell is no silence beside a tag.
TEST(Riders, CountInALicenseFileThatHoldsNothingElse) {
  const auto with_file = [](const std::string& text) {
    World w;
    w.model(
         "acme/foo-7b",
         R"("config":{"architectures":["LlamaForCausalLM"],"model_type":"llama"},"cardData":{"license":"mit"})")
        .file("acme/foo-7b", "README.md", "---\nlicense: mit\n---\n# Foo 7B\n\nA language model.\n")
        .file("acme/foo-7b", "LICENSE", text)
        .big("acme/foo-7b", "model.safetensors");
    return judge(w.facts("acme/foo-7b"), World::catalog()).rung;
  };
  for (const char* unclear : {"All files here are covered by the FooBar Public License.",
                              "This is licensed under the CeCILL license.",
                              "The terms of the Kettle Agreement apply.", "Nutzung nur nach Absprache."})
    EXPECT_NE(with_file(unclear), Rung::open_weights) << unclear;
  for (const char* clear : {"MIT", "See the MIT license.", "Copyright 2026 Acme"})
    EXPECT_EQ(with_file(clear), Rung::open_weights) << clear;
}

// Sentences of 16 languages that nothing was learned from and no phrase was written for.
TEST(Riders, CountInOtherLanguages) {
  std::ifstream in(HOWOPEN_SOURCE_DIR "/tests/reading/unseen_languages.tsv");
  int binds = 0, found = 0, harmless = 0, alarms = 0;
  for (std::string line; std::getline(in, line);) {
    const std::string sentence = line.substr(line.find('\t', line.find('\t') + 1) + 1);
    const bool binding = line.starts_with("binds");
    const bool told =
        of_card("A language model.\n\n## Usage\n\nLoad it.\n\n" + sentence) != Rung::open_weights;
    (binding ? binds : harmless) += 1;
    if (told) (binding ? found : alarms) += 1;
  }
  ASSERT_GT(binds, 190);
  ASSERT_GT(harmless, 240);
  EXPECT_GE(found * 100, binds * 84) << found << " of " << binds;
  EXPECT_LE(alarms * 100, harmless * 12) << alarms << " of " << harmless;
}

}  // namespace
}  // namespace howopen::test
