// Facts in a few words: a complete, ungated model under MIT, changed by what the test is about.
#pragma once

#include "howopen/facts.h"

namespace howopen::test {

struct FactsBuilder {
  Facts facts;

  FactsBuilder() {
    facts.ref = facts.id = facts.asked = "acme/m";
    facts.revision = std::string(40, 'a');
    facts.from = "main";
    facts.repository = {Repository{.files = 3}, "api/models/acme/m"};
    facts.weights.sets.push_back({.format = WeightFormat::safetensors,
                                  .name = "model.safetensors",
                                  .present = 1,
                                  .expected = 1,
                                  .bytes = 100});
    facts.inference_code.loaders.push_back({"transformers", "model_type llama", "api", "2026-08"});
    facts.inference_code.config = {true, "api"};
    facts.training_code.searched.push_back({"the model's repository", "api", true, Unseen::not_asked, true});
    facts.api.providers = {std::vector<Provider>(), "api"};
    facts.license.card = {true, "README.md", Kind::text};
    text("LICENSE", Scope::everything, "MIT");
  }

  FactsBuilder& tag(const std::string& value) {
    facts.license.tags.push_back({value, "README.md:2"});
    return *this;
  }
  FactsBuilder& text(const std::string& path, Scope scope, const std::string& license) {
    Identified i{license.empty() ? Match::unknown : Match::exact, {}, license.empty() ? 0.0 : 1.0};
    if (!license.empty()) i.licenses = {license};
    facts.license.texts.push_back({path, scope, 1000, {i, path, Kind::file}});
    return *this;
  }
  FactsBuilder& unread(const std::string& path, Unseen why) {
    facts.license.texts.push_back({path, Scope::everything, 1000, {why, path}});
    return *this;
  }
  FactsBuilder& no_texts() {
    facts.license.texts.clear();
    return *this;
  }
  FactsBuilder& says(Scope scope, const std::string& license) {
    facts.license.statements.push_back({scope, license, "", {"sentence", "README.md:9", Kind::text}});
    return *this;
  }
  Ancestor& ancestor(const std::string& id, const std::string& license, bool same_publisher = false) {
    Ancestor a;
    a.id = id;
    a.child = facts.id;
    a.same_publisher = same_publisher;
    a.named = {"base_model of the card", "README.md:3", Kind::metadata};
    a.repository = {Repository{}, "api/models/" + id};
    a.weights_complete = true;
    a.license.card = {true, "README.md"};
    if (!license.empty()) a.license.tags.push_back({license, "api/models/" + id});
    facts.lineage.push_back(std::move(a));
    return facts.lineage.back();
  }
};

}  // namespace howopen::test
