// What it takes to run a model, against figures that were worked out from papers and sizes of files.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "howopen/facts.h"
#include "howopen/verdict.h"
#include "support/catalog.h"
#include "support/facts_builder.h"
#include "support/rows.h"
#include "text/json.h"

namespace howopen::test {
namespace {

constexpr std::string_view kBase = "acme/base";

// Repositories as the Hub tells of them, and what gather() makes of the one that was asked for.
class Hub {
 public:
  void repository(const std::string& id, const std::string& files, const std::string& more = {}) {
    std::string siblings;
    std::istringstream in(files);
    for (std::string file; in >> file;) {
      const std::size_t at = file.rfind('=');
      siblings += siblings.empty() ? "" : ", ";
      siblings += R"({"rfilename": ")" + file.substr(0, at) + '"';
      if (at != std::string::npos) siblings += R"(, "size": )" + file.substr(at + 1);
      siblings += '}';
    }
    add({Topic::model, id, "", "", ""},
        R"({"id": ")" + id + R"(", "sha": ")" + sha_ + '"' + more + R"(, "siblings": [)" + siblings + "]}");
  }
  void file(const std::string& path, const std::string& body) {
    add({Topic::file, "acme/m", sha_, path, ""}, body);
  }
  Facts facts() { return gather({"acme/m", "acme/m", ""}, readings_, the_catalog()); }

 private:
  void add(const Want& want, const std::string& body) {
    Answer a;
    a.outcome = Outcome::got;
    a.id = want.id;
    a.commit = sha_;
    a.body = body;
    readings_.add(want, std::move(a), the_catalog());
  }

  std::string sha_ = std::string(40, 'a');
  Readings readings_;
};

Facts with_config(const std::string& config) {
  Hub hub;
  hub.repository("acme/m", "config.json model.safetensors");
  hub.file("config.json", config);
  return hub.facts();
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

TEST(Context, IsToldOfKnownModelsAsOfThoseAtTheHub) {
  int seen = 0;
  for (const auto& row : rows_of("practice/context.tsv")) {
    const ModelEntry* entry = the_catalog().model(row[0]);
    if (entry == nullptr || entry->config.empty()) continue;
    const Facts facts = gather_model({row[0], row[0], ""}, *entry, the_catalog());
    for (const auto& [tokens, right] : {std::pair(4096, row[2]), {32768, row[3]}, {131072, row[4]}}) {
      const Practical p = practical_for(facts, the_catalog(), tokens);
      ASSERT_TRUE(p.cache_bytes) << row[0];
      EXPECT_NEAR(static_cast<double>(*p.cache_bytes) / std::stod(right), 1.0, 0.05) << row[0];
    }
    ++seen;
  }
  EXPECT_GE(seen, 25);
}

TEST(Context, EveryConfigurationOfTheCatalogIsUnderstood) {
  for (const ModelEntry* entry : the_catalog().models()) {
    if (entry->config.empty()) continue;
    const std::string& id = entry->ids.front();
    EXPECT_TRUE(gather_model({id, id, ""}, *entry, the_catalog()).cache) << id << " " << entry->config;
    EXPECT_NE(entry->source.find("config.json"), std::string::npos) << id << ": where is it from?";
  }
}

// Copies, quantizations and parts in one repository: what is loaded of them.
TEST(Bytes, AreThoseOfTheSetThatIsLoaded) {
  int all = 0;
  for (const auto& row : rows_of("practice/files.tsv")) {
    ASSERT_EQ(row.size(), 6U) << row[0];
    Hub hub;
    std::string files = row[2];
    for (const auto& [name, body] : {std::pair("config.json", row[3]), {"model_index.json", row[4]}}) {
      if (body == "-") continue;
      files += std::string(" ") + name + "=900";
      hub.file(name, body);
    }
    const bool adapter = row[5] != "-";
    const std::size_t blank = row[5].find(' ');
    if (adapter) hub.repository(std::string(kBase), row[5].substr(blank + 1));
    hub.repository("acme/m", files, adapter ? R"(, "cardData": {"base_model": "acme/base"})" : "");
    const Practical p = practical_for(hub.facts(), the_catalog(), 0);
    ++all;
    ASSERT_TRUE(p.load_bytes) << row[0];
    EXPECT_NEAR(static_cast<double>(*p.load_bytes) / std::stod(row[1]), 1.0, 0.03) << row[0] << p.basis;
  }
  EXPECT_GE(all, 24);
}

TEST(Bytes, OfSeveralQuantizationsOneIsTakenAndTheRangeTold) {
  Hub hub;
  hub.repository("acme/m", "m.Q2_K.gguf=2800000000 m.Q4_K_M.gguf=4100000000 m.Q8_0.gguf=7200000000");
  const Practical p = practical_for(hub.facts(), the_catalog(), 0);
  EXPECT_EQ(p.load_bytes, 4'100'000'000);
  EXPECT_EQ(p.choice, "Q4_K_M of 3, 2.8 GB to 7.2 GB");
}

// Counts of the Hub are of what elements hold: of gpt-oss, where no file has a size.
TEST(Bytes, OfPackedElementsAreTheirsAsStored) {
  const auto load = [](std::int64_t bf16, std::int64_t u8) {
    Facts f = FactsBuilder().facts;
    f.weights.sets.front().bytes = -1;
    f.weights.quantization = "mxfp4";
    f.weights.elements = {{"BF16", bf16}, {"U8", u8}};
    f.weights.parameters = bf16 + u8;
    return static_cast<double>(*practical_for(f, the_catalog(), 0).load_bytes);
  };
  EXPECT_NEAR(load(1'804'459'584, 19'707'494'400) / 13'761'316'904, 1.0, 0.03) << "scales counted";
  EXPECT_NEAR(load(1'804'459'584, 19'110'297'600) / 13'761'316'904, 1.0, 0.03) << "scales left out";
  EXPECT_NEAR(load(2'167'371'072, 118'244'966'400) / 65'248'893'184, 1.0, 0.03);
}

// ESFT: one shard of four, which replaces experts of the base.
TEST(Bytes, FilesThatReplaceAPartAreLoadedOverTheBase) {
  Facts f = FactsBuilder().facts;
  WeightSet& set = f.weights.sets.front();
  set.expected = 4;
  set.bytes = 3'200'000'000;
  EXPECT_FALSE(practical_for(f, the_catalog(), 0).load_bytes) << "nobody knows of what";
  FactsBuilder with;
  with.facts = f;
  with.ancestor("acme/base", "MIT").weights_bytes = 31'400'000'000;
  const Practical p = practical_for(with.facts, the_catalog(), 0);
  EXPECT_EQ(p.load_bytes, 34'600'000'000);
  EXPECT_NE(p.basis.find("1 of 4"), std::string::npos);
  with.facts.lineage.front().weights_bytes = 3'300'000'000;
  EXPECT_FALSE(practical_for(with.facts, the_catalog(), 0).load_bytes) << "rather an upload that broke off";
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
