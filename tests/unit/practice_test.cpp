// What it takes to run a model, against figures that were worked out from papers and sizes of files.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "howopen/facts.h"
#include "howopen/verdict.h"
#include "support/catalog.h"
#include "support/facts_builder.h"
#include "support/rows.h"
#include "text/json.h"

namespace howopen::test {
namespace {

// A model of the Hub with this config.json, as gather() sees it.
Facts with_config(const std::string& config) {
  const std::string sha(40, 'a');
  Readings readings;
  const auto add = [&](const Want& want, const std::string& body) {
    Answer a;
    a.outcome = Outcome::got;
    a.id = want.id;
    a.commit = sha;
    a.body = body;
    readings.add(want, std::move(a), the_catalog());
  };
  add({Topic::model, "acme/m", "", "", ""},
      R"({"id": "acme/m", "sha": ")" + sha +
          R"(", "siblings": [{"rfilename": "config.json"}, {"rfilename": "model.safetensors"}]})");
  add({Topic::file, "acme/m", sha, "config.json", ""}, config);
  return gather({"acme/m", "acme/m", ""}, readings, the_catalog());
}

std::string generating(const std::string& config, bool decodes) {
  auto json = text::parse_json(config);
  if (!json || !json->is_object()) return config;
  if (decodes) {
    text::Json names = text::Json::array();
    names.push(text::Json("AcmeForCausalLM"));
    json->set("architectures", std::move(names));
  }
  return text::write_json(*json, false);
}

TEST(Context, TakesWhatThePapersSay) {
  const std::vector<std::string> lengths = {"4096", "32768", "131072"};
  int all = 0;
  int known = 0;
  for (const auto& row : rows_of("practice/context.tsv")) {
    ASSERT_EQ(row.size(), 5U) << row[0];
    const Facts f = with_config(generating(row[1], row[2] != "0"));
    ++all;
    for (std::size_t i = 0; i < lengths.size(); ++i) {
      const auto right = std::stoll(row[i + 2]);
      const Practical p = practical_for(f, the_catalog(), std::stoll(lengths[i]));
      if (!p.cache_bytes) continue;
      if (i == 0) ++known;
      EXPECT_NEAR(static_cast<double>(*p.cache_bytes), static_cast<double>(right),
                  0.05 * static_cast<double>(right))
          << row[0] << " at " << lengths[i];
    }
  }
  EXPECT_GE(all, 40);
  EXPECT_GE(known, 36);
}

TEST(Context, WhatIsNotUnderstoodGivesNoFigure) {
  const auto bytes = [](const std::string& config) {
    return practical_for(with_config(generating(config, true)), the_catalog(), 4096).cache_bytes;
  };
  const std::string plain =
      R"({"model_type": "acme", "num_hidden_layers": 2, "hidden_size": 8, "num_attention_heads": 2)";
  EXPECT_EQ(bytes(plain + "}"), 2 * 2 * 8 * 4096 * 2);
  EXPECT_FALSE(bytes(plain + R"(, "rwkv_version": 6})"));
  EXPECT_FALSE(bytes(plain + R"(, "layer_types": ["full_attention", "a_new_kind"]})"));
  EXPECT_FALSE(bytes(plain + R"(, "layer_types": ["full_attention"]})")) << "one kind for two layers";
  EXPECT_FALSE(bytes(R"({"num_hidden_layers": 99999999999, "hidden_size": 8, "num_attention_heads": 2})"));
  EXPECT_FALSE(bytes(R"({"num_hidden_layers": -2, "hidden_size": 8, "num_attention_heads": 2})"));
  EXPECT_FALSE(bytes(R"([1, 2])"));
}

TEST(Context, StandsBesideTheWeights) {
  Facts f = FactsBuilder().facts;
  f.weights.sets.front().bytes = 10'000'000'000;
  f.cache = {std::vector<CacheLayers>{{10, 1000, 0, 0}}, "config.json"};
  const Practical without = practical_for(f, the_catalog(), 0);
  const Practical with = practical_for(f, the_catalog(), 100'000);
  EXPECT_EQ(with.cache_bytes, 2'000'000'000);
  EXPECT_EQ(*with.run_bytes - *without.run_bytes, 2'000'000'000);
  EXPECT_FALSE(without.cache_bytes);
}

// What ships with howopen says what the files at the Hub weigh.
TEST(Bytes, OfKnownModelsAreThoseOfTheirFiles) {
  int seen = 0;
  for (const auto& row : rows_of("practice/bytes.tsv")) {
    const ModelEntry* entry = the_catalog().model(row[0]);
    if (entry == nullptr) continue;
    const Practical p =
        practical_for(gather_model({row[0], row[0], ""}, *entry, the_catalog()), the_catalog(), 0);
    ASSERT_TRUE(p.load_bytes) << row[0];
    EXPECT_NEAR(static_cast<double>(*p.load_bytes) / std::stod(row[1]), 1.0, 0.03) << row[0];
    ++seen;
  }
  EXPECT_GE(seen, 50);
}

}  // namespace
}  // namespace howopen::test
