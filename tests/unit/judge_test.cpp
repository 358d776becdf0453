// The rubric, rule by rule, from facts written down.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "howopen/catalog.h"
#include "howopen/verdict.h"
#include "support/catalog.h"
#include "support/facts_builder.h"

namespace howopen::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

Verdict judged(const FactsBuilder& b) {
  return judge(b.facts, the_catalog());
}

bool has(const Verdict& v, const std::string& rule) {
  return std::any_of(v.findings.begin(), v.findings.end(), [&](const Finding& f) { return f.rule == rule; });
}

TEST(Ladder, MitWeightsAndALibraryAreOpenWeights) {
  const Verdict v = judged(FactsBuilder());
  EXPECT_EQ(v.rung, Rung::open_weights);
  EXPECT_EQ(v.low, v.high);
  EXPECT_TRUE(v.complete);
  EXPECT_TRUE(v.modifiers.empty());
  EXPECT_EQ(*v.next, Rung::open_source_ai);
  EXPECT_THAT(v.missing, ElementsAre("training_code", "training_data"));
  EXPECT_EQ(v.points, 2.0);
}

TEST(Ladder, EverythingOpenIsTheTop) {
  FactsBuilder b;
  b.facts.training_code.entries.push_back({"train.py", "train.py", Kind::file});
  b.facts.training_code.configurations.push_back({"run.yaml", "run.yaml", Kind::file});
  Dataset d{.name = "acme/corpus", .role = DatasetRole::training, .hub_id = true};
  d.record = {DatasetRecord{.bytes = 10}, "api"};
  b.facts.training_data.datasets.push_back(d);
  // Data without a license may be looked at, and no more.
  EXPECT_EQ(judged(b).rung, Rung::open_source_ai);
  d.record = {DatasetRecord{.bytes = 10, .license = "odc-by"}, "api"};
  b.facts.training_data.datasets = {d};
  EXPECT_EQ(judged(b).rung, Rung::open_source_ai_open_data);
  // A part of the data suffices where the reason for the rest was said.
  FactsBuilder part = b;
  part.facts.training_data.datasets[0].role = DatasetRole::unstated;
  part.facts.training_data.datasets[0].declared = true;
  EXPECT_EQ(judged(part).rung, Rung::open_weights);
  part.facts.training_data.reason = Observation{"copyright", "README.md:3", Kind::text};
  EXPECT_EQ(judged(part).rung, Rung::open_source_ai);
  // Its own stage alone never lifts a derived model.
  b.ancestor("other/base", "mit");
  EXPECT_EQ(judged(b).low, Rung::open_weights);
  EXPECT_EQ(judged(b).high, Rung::open_source_ai_open_data);
  b.facts.lineage[0].training_code = b.facts.training_code;
  b.facts.lineage[0].training_code.searched.push_back(
      {"its repository", "other/base", true, Unseen::not_asked, true, ""});
  EXPECT_EQ(judged(b).rung, Rung::open_weights);
  b.facts.lineage[0].training_data = b.facts.training_data;
  EXPECT_EQ(judged(b).rung, Rung::open_source_ai_open_data);
  // Nor does code that may not be used freely.
  FactsBuilder closed = b;
  closed.facts.lineage.clear();
  closed.no_texts().text("LICENSE", Scope::everything, "CC-BY-NC-4.0");
  EXPECT_EQ(judged(closed).rung, Rung::weights_available);
}

TEST(Ladder, GatingAloneDoesNotLowerTheRung) {
  FactsBuilder b;
  b.facts.repository = {Repository{.gate = AccessGate::automatic, .files = 3}, "api"};
  const Verdict v = judged(b);
  EXPECT_EQ(v[Component::weights].state, State::partial);
  EXPECT_EQ(v.rung, Rung::open_weights);
  EXPECT_THAT(v.modifiers, ElementsAre("gated"));
  // Gated and incomplete is another matter.
  b.facts.weights.sets[0].expected = 5;
  EXPECT_EQ(judged(b).rung, Rung::weights_available);
  EXPECT_THAT(judged(b).modifiers, ElementsAre("gated", "incomplete-weights"));
}

TEST(Ladder, UnknownsLeaveARange) {
  FactsBuilder unread;
  unread.no_texts().unread("LICENSE", Unseen::failed);
  const Verdict v = judged(unread);
  EXPECT_EQ(v.rung, Rung::undetermined);
  EXPECT_EQ(v.low, Rung::weights_available);
  EXPECT_EQ(v.high, Rung::open_weights);
  EXPECT_FALSE(v.complete);

  FactsBuilder linked;  // MIT weights whose GitHub repository was not read
  linked.facts.training_code.searched.push_back({"github.com/acme/m", "README.md:5", true});
  EXPECT_EQ(judged(linked).rung, Rung::open_weights);
  EXPECT_THAT(judged(linked).modifiers,
              Contains("at-least").Times(judged(linked).high == Rung::open_weights ? 0 : 1));
  EXPECT_EQ(judged(linked).points_low, 2.0);
  EXPECT_EQ(judged(linked).points_high, 3.0);
}

TEST(Ladder, NoWeightsIsApiOnlyOrClosed) {
  FactsBuilder b;
  b.facts.weights.sets.clear();
  EXPECT_EQ(judged(b).rung, Rung::closed);
  b.facts.api.providers = {std::vector<Provider>{{"x", "live", "m"}}, "api"};
  EXPECT_EQ(judged(b).rung, Rung::api_only);
  EXPECT_EQ(*judged(b).next, Rung::weights_available);
}

TEST(Ladder, NothingSeenIsUndetermined) {
  FactsBuilder b;
  b.facts = {};
  b.facts.repository = {Unseen::failed, "api"};
  const Verdict v = judged(b);
  EXPECT_EQ(v.rung, Rung::undetermined);
  for (const auto& c : v.components) EXPECT_EQ(c.state, State::unknown);
  EXPECT_EQ(v.points_low, 0);
  EXPECT_EQ(v.points_high, 5);
}

TEST(Weights, AdaptersNeedTheirBase) {
  FactsBuilder b;
  b.facts.weights.sets[0].adapter = true;
  EXPECT_EQ(judged(b)[Component::weights].state, State::partial) << "no base named";
  b.ancestor("base/model", "mit");
  EXPECT_EQ(judged(b)[Component::weights].state, State::available);
  EXPECT_THAT(judged(b).modifiers, Contains("adapter"));
  b.facts.lineage[0].repository = {Repository{.gate = AccessGate::manual}, "api"};
  EXPECT_EQ(judged(b)[Component::weights].state, State::partial) << "its base is gated";
  b.facts.lineage[0].repository = {Unseen::failed, "api"};
  EXPECT_EQ(judged(b)[Component::weights].state, State::unknown) << "its base was not answered";
}

TEST(Weights, WhatIsNotThere) {
  FactsBuilder b;
  b.facts.weights.sets[0].pointer_sized = 1;
  EXPECT_EQ(judged(b)[Component::weights].state, State::partial);
  FactsBuilder disabled;
  disabled.facts.repository = {Repository{.disabled = true, .files = 3}, "api"};
  EXPECT_EQ(judged(disabled)[Component::weights].state, State::unavailable);
  FactsBuilder unlisted;
  unlisted.facts.weights.sets.clear();
  unlisted.facts.repository = {Repository{.unlisted = true}, "api"};
  EXPECT_EQ(judged(unlisted)[Component::weights].state, State::unknown);
  FactsBuilder pipeline;
  pipeline.facts.weights.components = {"unet", "vae"};
  pipeline.facts.weights.components_missing = {"vae"};
  EXPECT_EQ(judged(pipeline)[Component::weights].state, State::partial);
  // One complete copy is enough.
  FactsBuilder copies;
  copies.facts.weights.sets.push_back({.format = WeightFormat::pytorch,
                                       .name = "pytorch_model-00001-of-00002.bin",
                                       .present = 1,
                                       .expected = 2});
  EXPECT_EQ(judged(copies)[Component::weights].state, State::available);
}

TEST(InferenceCode, WhatCounts) {
  const auto with = [](auto change) {
    FactsBuilder b;
    b.facts.inference_code = {};
    b.facts.inference_code.config = {true, "api"};
    change(b.facts.inference_code, b);
    return judged(b)[Component::inference_code].state;
  };
  using Code = InferenceCode;
  EXPECT_EQ(with([](Code&, auto&) {}), State::unavailable);
  EXPECT_EQ(with([](Code& c, auto&) {
              c.remote.push_back({"modeling_x.py", "", true, "config.json"});
            }),
            State::available);
  EXPECT_EQ(with([](Code& c, auto&) {
              c.remote.push_back({"modeling_x.py", "", false, "config.json"});
            }),
            State::unavailable)
      << "auto_map names a file that is gone";
  EXPECT_EQ(with([](Code& c, auto&) {
              c.remote.push_back({"modeling_x.py", "other/repo", false, "config.json"});
            }),
            State::partial);
  EXPECT_EQ(with([](Code& c, auto&) {
              c.scripts.push_back({"inference/generate.py", "x", Kind::file});
            }),
            State::available);
  EXPECT_EQ(with([](Code& c, auto&) { c.formats.push_back({"GGUF", "x", Kind::file}); }), State::available);
  EXPECT_EQ(with([](Code& c, auto&) {
              c.snippets.push_back({"code in the card", "README.md:1", Kind::text});
            }),
            State::partial);
  EXPECT_EQ(with([](Code& c, auto&) { c.config = {Unseen::failed, "config.json"}; }), State::unknown);
  EXPECT_EQ(with([](Code& c, FactsBuilder& b) {
              c.scripts.push_back({"inference/generate.py", "x", Kind::file});
              b.no_texts().text("LICENSE", Scope::everything, "LicenseRef-Llama-3.1");
            }),
            State::partial)
      << "code under a restrictive license";
}

TEST(TrainingData, Grades) {
  const auto with = [](std::vector<Dataset> datasets, std::vector<Observation> statements = {}) {
    FactsBuilder b;
    b.facts.training_data = {std::move(datasets), std::move(statements)};
    const Verdict v = judged(b);
    return std::pair(v.data_grade, v[Component::training_data].state);
  };
  Dataset training{.name = "a/d", .role = DatasetRole::training, .hub_id = true};
  EXPECT_EQ(with({}), std::pair(Grade::silent, State::unavailable));
  EXPECT_EQ(with({}, {{"2T tokens", "README.md:1", Kind::text}}),
            std::pair(Grade::documented, State::unavailable));
  EXPECT_EQ(with({training}).second, State::unknown) << "not looked up";
  training.record = {DatasetRecord{.bytes = 100}, "api"};
  EXPECT_EQ(with({training}), std::pair(Grade::released, State::available));
  training.record = {DatasetRecord{.gate = AccessGate::manual, .bytes = 100}, "api"};
  EXPECT_EQ(with({training}), std::pair(Grade::gated, State::partial));
  training.record = {Unseen::absent, "api"};
  EXPECT_EQ(with({training}), std::pair(Grade::listed, State::partial)) << "a dead link is a name";
  EXPECT_EQ(with({Dataset{.name = "a/d", .declared = true}}), std::pair(Grade::listed, State::partial));
  EXPECT_EQ(with({Dataset{.name = "a/d", .declared = false}}), std::pair(Grade::silent, State::unavailable))
      << "a link without a word about training";
  EXPECT_EQ(with({Dataset{.name = "gsm8k", .role = DatasetRole::evaluation, .declared = true}}).second,
            State::unavailable);
}

TEST(Api, WhoServesIt) {
  FactsBuilder b;
  b.facts.api.providers = {std::vector<Provider>{{"x", "staging", ""}, {"y", "error", ""}}, "api"};
  EXPECT_EQ(judged(b)[Component::api_access].state, State::unavailable) << "nobody live";
  Platform p{.vendor = "Acme",
             .host = "api.acme.org",
             .self_service = true,
             .serves_this = true,
             .served = {"m"},
             .source = "s",
             .as_of = "2026-01-01"};
  b.facts.api.platform = p;
  EXPECT_EQ(judged(b)[Component::api_access].state, State::available);
  b.facts.api.platform->self_service = false;
  EXPECT_EQ(judged(b)[Component::api_access].state, State::partial);
  b.facts.api.platform->serves_this = false;
  b.facts.api.platform->retired = true;
  b.facts.api.providers = {Unseen::failed, "api"};
  EXPECT_EQ(judged(b)[Component::api_access].state, State::unknown);
  // An API opens nothing.
  EXPECT_EQ(judged(b).rung, Rung::open_weights);
}

TEST(License, AuthorityOfTextSentenceAndTag) {
  FactsBuilder text;
  text.tag("apache-2.0");
  EXPECT_EQ(judged(text).license.weights->concluded, "MIT");
  EXPECT_TRUE(has(judged(text), "license.tag-vs-text"));

  FactsBuilder sentence;  // Janus-Pro
  sentence.no_texts()
      .tag("mit")
      .says(Scope::code, "MIT")
      .says(Scope::weights, "LicenseRef-DeepSeek-Model-1.0");
  EXPECT_EQ(judged(sentence).rung, Rung::weights_available);
  EXPECT_EQ(judged(sentence).license.code->concluded, "MIT");
  EXPECT_TRUE(has(judged(sentence), "license.tag-vs-statement"));

  FactsBuilder tag;
  tag.no_texts().tag("apache-2.0");
  EXPECT_EQ(judged(tag).rung, Rung::open_weights);
  EXPECT_THAT(judged(tag).modifiers, ElementsAre("claim-only"));

  FactsBuilder none;
  none.no_texts();
  EXPECT_EQ(judged(none).rung, Rung::weights_available);
  EXPECT_THAT(judged(none).modifiers, ElementsAre("unlicensed"));
  EXPECT_EQ(judged(none).license.effective.expression, "NONE");
}

TEST(License, CodeAndWeightsApart) {
  FactsBuilder b;  // DeepSeek-V3
  b.no_texts()
      .text("LICENSE-CODE", Scope::code, "MIT")
      .text("LICENSE-MODEL", Scope::weights, "LicenseRef-DeepSeek-Model-1.0");
  const Verdict v = judged(b);
  EXPECT_EQ(v.rung, Rung::weights_available);
  EXPECT_EQ(v.license.code->concluded, "MIT");
  EXPECT_TRUE(has(v, "license.code-vs-weights"));
  // A LICENSE without qualification that the card says is about the code.
  FactsBuilder qualified;
  qualified.says(Scope::code, "MIT").says(Scope::weights, "CC-BY-NC-4.0");
  EXPECT_EQ(judged(qualified).license.weights->concluded, "CC-BY-NC-4.0");
}

TEST(License, UnknownTextsAreNotOpen) {
  FactsBuilder b;
  b.no_texts().text("LICENSE", Scope::everything, "").tag("mit");
  const Verdict v = judged(b);
  EXPECT_EQ(v.rung, Rung::weights_available) << "a tag does not overrule a text";
  EXPECT_THAT(v.modifiers, ElementsAre("custom-license"));
  FactsBuilder other;
  other.no_texts().tag("other");
  EXPECT_EQ(judged(other).rung, Rung::weights_available);
  FactsBuilder named = other;
  named.facts.license.name = "deepseek";
  EXPECT_EQ(judged(named).license.weights->concluded, "LicenseRef-DeepSeek-Model-1.0");
}

TEST(License, ATextThatIsNotQuiteItIsAnother) {
  FactsBuilder b;
  Identified i = *b.facts.license.texts[0].identified;
  i.match = Match::extra_terms;
  i.found.push_back({"MIT", TextKind::license, Match::template_, 1, {1, 9}, 0, 1000});
  i.leftover.push_back(
      {Leftover::Kind::restriction, Leftover::Change::beside, {11, 11}, "not for commercial use"});
  i.restrictions.push_back({"non-commercial", {11, 11}, "not for commercial use"});
  b.facts.license.texts[0].identified = {i, "LICENSE", Kind::file};
  const Verdict v = judged(b);
  EXPECT_EQ(v.rung, Rung::weights_available);
  EXPECT_EQ(v.license.weights->concluded, "LicenseRef-MIT-with-extra-terms");
  EXPECT_EQ(v.license.weights->cls, LicenseClass::non_commercial);
  EXPECT_TRUE(has(v, "license.extra-terms"));
  const auto commercial = std::find_if(v.license.traits.begin(), v.license.traits.end(),
                                       [](const Trait& t) { return t.name == "commercial_use"; });
  EXPECT_EQ(commercial->value, "no");
  EXPECT_THAT(commercial->clause, HasSubstr("LICENSE:11"));
  EXPECT_THAT(v.license.weights->evidence[0].what, HasSubstr("not for commercial use"));
  // What nobody can explain may be anything.
  i.restrictions.clear();
  i.leftover[0].kind = Leftover::Kind::unexplained;
  b.facts.license.texts[0].identified = {i, "LICENSE", Kind::file};
  EXPECT_EQ(judged(b).license.weights->cls, LicenseClass::unknown);
  // A notice, a name, a warranty change nothing.
  i.match = Match::template_;
  i.leftover[0].kind = Leftover::Kind::disclaimer;
  b.facts.license.texts[0].identified = {i, "LICENSE", Kind::file};
  EXPECT_EQ(judged(b).license.weights->concluded, "MIT");
}

TEST(License, PartsOfATextAreWhatTheyAre) {
  FactsBuilder b;
  Identified i;
  i.match = Match::template_;
  i.licenses = {"Apache-2.0"};
  i.found.push_back({"Apache-2.0", TextKind::header, Match::template_, 1, {1, 9}, 0, 500});
  b.facts.license.texts[0].identified = {i, "LICENSE", Kind::file};
  EXPECT_EQ(judged(b).license.weights->concluded, "Apache-2.0");
  EXPECT_TRUE(judged(b).license.weights->claim_only);  // the notice is not the text
  i.licenses = {"GPL-2.0-only", "Classpath-exception-2.0"};
  i.found = {{"GPL-2.0-only", TextKind::license, Match::exact, 1, {1, 300}, 0, 500},
             {"Classpath-exception-2.0", TextKind::exception, Match::exact, 1, {301, 310}, 501, 600}};
  b.facts.license.texts[0].identified = {i, "LICENSE", Kind::file};
  EXPECT_EQ(judged(b).license.weights->concluded, "GPL-2.0-only WITH Classpath-exception-2.0");
  EXPECT_EQ(judged(b).license.weights->cls, LicenseClass::open);
  i.licenses = {"Apache-2.0", "LicenseRef-OpenRAIL-Attachment-A"};
  i.found = {
      {"Apache-2.0", TextKind::license, Match::exact, 1, {1, 200}, 0, 500},
      {"LicenseRef-OpenRAIL-Attachment-A", TextKind::attachment, Match::exact, 1, {201, 230}, 501, 600}};
  b.facts.license.texts[0].identified = {i, "LICENSE", Kind::file};
  EXPECT_EQ(judged(b).license.weights->cls, LicenseClass::use_restricted);
}

TEST(License, ThePublishersOwnRepositoryComesBeforeTheTag) {
  FactsBuilder b;
  b.facts.license.texts.clear();
  b.facts.license.tags = {{"mit", "README.md:2"}};
  Linked l;
  l.id = "acme/foo";
  l.same_publisher = true;
  l.names_model = true;
  l.license.statements.push_back({Scope::weights,
                                  "LicenseRef-DeepSeek-Model-1.0",
                                  "",
                                  {"sentence", "github.com/acme/foo/README.md:9", Kind::text}});
  b.facts.linked.push_back(l);
  const Verdict v = judged(b);
  EXPECT_EQ(v.license.weights->concluded, "LicenseRef-DeepSeek-Model-1.0");
  EXPECT_TRUE(has(v, "license.tag-vs-statement"));
  EXPECT_EQ(v.rung, Rung::weights_available);
  // A term counts there as it does in a card, whatever is named before it.
  auto& said = b.facts.linked[0].license.statements;
  said.front().license = "Apache-2.0";
  said.push_back({Scope::weights, "LicenseRef-UseRestricted", "", said.front().said});
  EXPECT_EQ(judged(b).license.weights->concluded, "Apache-2.0 AND LicenseRef-UseRestricted");
  // Of others, or of another model, it says nothing.
  b.facts.linked[0].names_model = false;
  EXPECT_EQ(judged(b).license.weights->concluded, "MIT");
}

TEST(License, TheCatalogMayRestrictABareTagAndNeverOverrulesAText) {
  FactsBuilder b;  // whose tag says mit, and whose GitHub repository could not be read
  b.facts.id = "deepseek-ai/Janus-Pro-7B";
  b.no_texts().tag("mit");
  Verdict v = judged(b);
  EXPECT_EQ(v.license.weights->concluded, "LicenseRef-DeepSeek-Model-1.0");
  EXPECT_EQ(v.license.weights->evidence[0].kind, Kind::curated);
  EXPECT_TRUE(v.license.weights->claim_only);
  b.text("LICENSE", Scope::everything, "MIT");
  v = judged(b);
  EXPECT_EQ(v.license.weights->concluded, "MIT");
  EXPECT_TRUE(has(v, "catalog.differs"));
  // It frees nothing: R1 is MIT by the catalog, a tag that says otherwise stays.
  FactsBuilder stricter;
  stricter.facts.id = "deepseek-ai/DeepSeek-R1";
  stricter.no_texts().tag("llama3.1");
  EXPECT_EQ(judged(stricter).license.weights->concluded, "LicenseRef-Llama-3.1");
}

TEST(License, AGateLeavesTheTag) {
  FactsBuilder b;
  b.no_texts().unread("LICENSE", Unseen::denied).tag("llama3.1");
  b.facts.repository = {Repository{.gate = AccessGate::manual, .files = 3}, "api"};
  b.facts.license.card = {Unseen::denied, "README.md"};
  const Verdict v = judged(b);
  EXPECT_EQ(v.rung, Rung::weights_available);
  EXPECT_EQ(v.license.effective.expression, "LicenseRef-Llama-3.1");
  EXPECT_THAT(v.modifiers, ElementsAre("gated", "claim-only"));
  // The text of the gate is better than a tag.
  b.facts.license.gate_prompt = {Identified{Match::template_, {"LicenseRef-Llama-3.1"}, 0.99}, "README.md:20",
                                 Kind::text};
  EXPECT_THAT(judged(b).modifiers, ElementsAre("gated"));
}

TEST(License, ACardThatCouldNotBeReadMightSayMore) {
  FactsBuilder b;
  b.facts.license.card = {Unseen::failed, "README.md"};
  EXPECT_EQ(judged(b).rung, Rung::undetermined);
  // A text named for the weights is beyond doubt, and the card may yet name an origin that binds.
  b.no_texts().text("LICENSE-MODEL", Scope::weights, "MIT");
  EXPECT_EQ(judged(b).license.weights->concluded, "MIT");
  EXPECT_EQ(judged(b).license.weights->cls, LicenseClass::open);
  EXPECT_EQ(judged(b).rung, Rung::undetermined);
  b.ancestor("other/base", "mit");
  EXPECT_EQ(judged(b).rung, Rung::open_weights) << "the record names the origin";
}

TEST(License, AncestorsOfOthersBind) {
  FactsBuilder b;
  b.tag("mit");
  b.ancestor("meta-llama/Llama-3.1-8B", "llama3.1");
  const Verdict v = judged(b);
  EXPECT_EQ(v.rung, Rung::weights_available);
  EXPECT_EQ(v.license.effective.expression, "LicenseRef-Llama-3.1 AND MIT");
  EXPECT_THAT(v.license.effective.from, ElementsAre("meta-llama/Llama-3.1-8B"));
  EXPECT_TRUE(has(v, "license.tag-vs-ancestor"));
  // The most restrictive right governs.
  const auto commercial = std::find_if(v.license.traits.begin(), v.license.traits.end(),
                                       [](const Trait& t) { return t.name == "commercial_use"; });
  ASSERT_NE(commercial, v.license.traits.end());
  EXPECT_EQ(commercial->value, "conditional");
  EXPECT_THAT(commercial->clause, HasSubstr("LicenseRef-Llama-3.1"));
}

TEST(License, APublisherMayRelicenseItsOwn) {
  FactsBuilder b;  // R1 over V3-Base
  b.ancestor("acme/base", "", true)
      .license.texts.push_back(
          {"LICENSE-MODEL",
           Scope::weights,
           1,
           {Identified{Match::exact, {"LicenseRef-DeepSeek-Model-1.0"}, 1}, "LICENSE-MODEL", Kind::file}});
  const Verdict v = judged(b);
  EXPECT_EQ(v.rung, Rung::open_weights);
  EXPECT_EQ(v.license.effective.expression, "MIT");
  EXPECT_TRUE(has(v, "license.relicensed-by-owner"));
}

TEST(License, AncestorsThatCannotBeSeen) {
  FactsBuilder failed;
  failed.ancestor("x/base", "").repository = {Unseen::failed, "api"};
  EXPECT_EQ(judged(failed).rung, Rung::undetermined);
  FactsBuilder gone;
  gone.ancestor("x/base", "").repository = {Unseen::absent, "api"};
  EXPECT_EQ(judged(gone).rung, Rung::undetermined) << "its terms may be anything";
  EXPECT_TRUE(has(judged(gone), "lineage.ancestor-missing"));
  FactsBuilder unlicensed;
  unlicensed.ancestor("x/base", "");
  EXPECT_EQ(judged(unlicensed).rung, Rung::weights_available) << "nothing was granted to pass on";
}

TEST(License, FamiliesPoliciesAndLinks) {
  FactsBuilder b;
  b.no_texts().tag("gpl");
  EXPECT_EQ(judged(b).rung, Rung::open_weights);
  EXPECT_TRUE(has(judged(b), "license.family-tag"));
  FactsBuilder cc;
  cc.no_texts().tag("cc");
  EXPECT_EQ(judged(cc).rung, Rung::weights_available);
  FactsBuilder policy;
  policy.facts.license.texts.push_back(
      {"USAGE_POLICY", Scope::policy, 100, {Unseen::not_asked, "USAGE_POLICY"}});
  EXPECT_EQ(judged(policy).rung, Rung::open_weights) << "gpt-oss";
  EXPECT_TRUE(has(judged(policy), "license.policy-beside"));
  FactsBuilder dangling;
  dangling.facts.license.link = {Unseen::absent, "LICENSE"};
  EXPECT_TRUE(has(judged(dangling), "license.dangling-link"));
}

TEST(Claims, OverclaimsAreFindings) {
  FactsBuilder b;
  b.facts.claims.push_back({"open-source", "README.md:7", Kind::text});
  EXPECT_FALSE(has(judged(b), "claim.overclaim"));
  b.no_texts().text("LICENSE", Scope::everything, "LicenseRef-Llama-3.1");
  const Verdict v = judged(b);
  ASSERT_TRUE(has(v, "claim.overclaim"));
  const auto f = std::find_if(v.findings.begin(), v.findings.end(),
                              [](const Finding& x) { return x.rule == "claim.overclaim"; });
  EXPECT_EQ(f->evidence[0].where, "README.md:7");
  EXPECT_EQ(f->evidence[1].where, "LICENSE");
}

TEST(Reference, ComparesWithTheDocumentsTable) {
  FactsBuilder b;
  const Verdict v = judged(b);
  EXPECT_EQ(v[Component::weights].reference, Comparison::as_documented);
  EXPECT_EQ(v[Component::training_code].reference, Comparison::less_open);
  EXPECT_EQ(v[Component::training_data].reference, Comparison::as_documented);
  EXPECT_EQ(v[Component::api_access].reference, Comparison::less_open);
  b.facts.training_data.datasets.push_back({.name = "a/d", .declared = true});
  EXPECT_EQ(judged(b)[Component::training_data].reference, Comparison::more_open);
}

// Whatever is judged has a reason that can be followed.
TEST(Evidence, EveryStatusHasSome) {
  FactsBuilder b;
  for (const Verdict& v : {judged(b), judged([] {
                             FactsBuilder x;
                             x.facts = {};
                             x.facts.repository = {Unseen::failed, "api"};
                             return x;
                           }())}) {
    for (const auto& c : v.components) {
      ASSERT_FALSE(c.evidence.empty());
      EXPECT_EQ(c.evidence[0].strength, Strength::decides);
      EXPECT_FALSE(c.evidence[0].rule.empty());
    }
  }
}

}  // namespace
}  // namespace howopen::test
