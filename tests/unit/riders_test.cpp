// One sentence beside a license: what is not understood as harmless is a term.

#include <gtest/gtest.h>

#include "license/identify.h"
#include "support/catalog.h"
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
};

const char* const kHarmless[] = {
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
};

Match beside(const std::string& sentence) {
  static const std::string apache = slurp(std::string(HOWOPEN_SOURCE_DIR) + "/LICENSE");
  return license::identify(apache + "\n" + sentence + "\n", the_catalog()).match;
}

TEST(Riders, AreExtraTerms) {
  for (const char* rider : kRiders) EXPECT_EQ(beside(rider), Match::extra_terms) << rider;
}

TEST(Riders, WhatIsHarmlessLeavesTheLicense) {
  for (const char* line : kHarmless) {
    const Match match = beside(line);
    EXPECT_TRUE(match == Match::exact || match == Match::template_) << line << ": " << word(match);
  }
}

}  // namespace
}  // namespace howopen::test
