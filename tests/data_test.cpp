// The data that ships with the tool: it parses, it is complete, dated and sourced.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "catalog/cues.h"
#include "catalog/embedded.h"
#include "howopen/catalog.h"
#include "howopen/facts.h"
#include "howopen/policy.h"
#include "howopen/verdict.h"
#include "judge/parts.h"
#include "license/identify.h"
#include "text/json.h"

namespace howopen {
namespace {

std::string text_of(const catalog::EmbeddedFile& file) {
  std::string out;
  for (const auto piece : file.pieces) out += piece;
  return out;
}

const Catalog& the_catalog() {
  static const Catalog catalog = std::move(*Catalog::load());
  return catalog;
}

TEST(Data, EveryFileIsAsciiJsonWithADate) {
  for (const auto& file : catalog::embedded_files()) {
    if (!file.name.ends_with(".json")) continue;
    const std::string text = text_of(file);
    EXPECT_TRUE(text::parse_json(text)) << file.name;
    // Words of other languages are to be read by those who know them.
    if (file.name.starts_with("reading/")) continue;
    EXPECT_TRUE(
        std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
        << file.name << ": escape what is not ASCII";
    if (!file.name.starts_with("schema/")) {
      EXPECT_NE(text.find("\"as_of\""), std::string::npos) << file.name;
    }
  }
}

// Laying each embedded file over itself runs the strict checks that a user's own file gets.
TEST(Data, EveryFilePassesTheChecksForUsersFiles) {
  for (const auto& file : catalog::embedded_files()) {
    // How licenses, models and countries are told apart is the tool's own matter.
    if (file.name.starts_with("schema/") || file.name.starts_with("report/") || file.name.ends_with(".txt") ||
        file.name == "scan.json" || file.name == "countries.json")
      continue;
    const auto loaded = Catalog::load({{std::string(file.name), std::string(file.name), text_of(file)}});
    EXPECT_TRUE(loaded) << file.name << ": "
                        << (loaded ? "" : loaded.error().what + " " + loaded.error().where);
  }
}

TEST(Data, EveryRuleHasItsTextAndEveryTextItsRule) {
  auto ids = policy_rules();
  for (std::string& id : drift_rules()) ids.push_back(std::move(id));
  for (const std::string& id : ids) {
    const RuleText* rule = the_catalog().rule(id);
    ASSERT_NE(rule, nullptr) << id << " has no text in data/rules.json";
  }
  const auto rules = text::parse_json(the_catalog().file("rules.json"));
  for (const auto& rule : (*rules)["rules"].items()) {
    const std::string id(rule["id"].string_or(""));
    EXPECT_NE(std::find(ids.begin(), ids.end(), id), ids.end()) << id << " is no rule";
  }
}

TEST(Data, EveryTagOfTheHubIsALicense) {
  for (const char* tag : {"apache-2.0",
                          "mit",
                          "openrail",
                          "bigscience-openrail-m",
                          "creativeml-openrail-m",
                          "bigscience-bloom-rail-1.0",
                          "bigcode-openrail-m",
                          "afl-3.0",
                          "artistic-2.0",
                          "bsl-1.0",
                          "bsd",
                          "bsd-2-clause",
                          "bsd-3-clause",
                          "bsd-3-clause-clear",
                          "c-uda",
                          "cc",
                          "cc0-1.0",
                          "cc-by-2.0",
                          "cc-by-2.5",
                          "cc-by-3.0",
                          "cc-by-4.0",
                          "cc-by-sa-3.0",
                          "cc-by-sa-4.0",
                          "cc-by-nc-2.0",
                          "cc-by-nc-3.0",
                          "cc-by-nc-4.0",
                          "cc-by-nd-4.0",
                          "cc-by-nc-nd-3.0",
                          "cc-by-nc-nd-4.0",
                          "cc-by-nc-sa-2.0",
                          "cc-by-nc-sa-3.0",
                          "cc-by-nc-sa-4.0",
                          "cdla-sharing-1.0",
                          "cdla-permissive-1.0",
                          "cdla-permissive-2.0",
                          "wtfpl",
                          "ecl-2.0",
                          "epl-1.0",
                          "epl-2.0",
                          "etalab-2.0",
                          "eupl-1.1",
                          "eupl-1.2",
                          "agpl-3.0",
                          "gfdl",
                          "gpl",
                          "gpl-2.0",
                          "gpl-3.0",
                          "lgpl",
                          "lgpl-2.1",
                          "lgpl-3.0",
                          "isc",
                          "h-research",
                          "intel-research",
                          "lppl-1.3c",
                          "ms-pl",
                          "apple-ascl",
                          "apple-amlr",
                          "mpl-2.0",
                          "odc-by",
                          "odbl",
                          "openmdw-1.0",
                          "openmdw-1.1",
                          "openrail++",
                          "osl-3.0",
                          "postgresql",
                          "ofl-1.1",
                          "ncsa",
                          "unlicense",
                          "zlib",
                          "pddl",
                          "lgpl-lr",
                          "deepfloyd-if-license",
                          "fair-noncommercial-research-license",
                          "llama2",
                          "llama3",
                          "llama3.1",
                          "llama3.2",
                          "llama3.3",
                          "llama4",
                          "grok2-community",
                          "gemma",
                          "unknown",
                          "other"}) {
    EXPECT_NE(the_catalog().license_named(tag), nullptr) << tag;
  }
}

TEST(Data, LicenseClassesFollowTheRubric) {
  const auto cls = [](const char* name) { return the_catalog().license_named(name)->cls; };
  EXPECT_EQ(cls("MIT"), LicenseClass::open);
  EXPECT_EQ(cls("gpl"), LicenseClass::open);
  EXPECT_EQ(cls("cc-by-sa-4.0"), LicenseClass::open);
  EXPECT_EQ(cls("openmdw-1.1"), LicenseClass::open);
  EXPECT_EQ(cls("LicenseRef-Kimi-K2"), LicenseClass::permissive_with_conditions);
  EXPECT_EQ(cls("llama3.1"), LicenseClass::use_restricted);
  EXPECT_EQ(cls("bigscience-bloom-rail-1.0"), LicenseClass::use_restricted);
  EXPECT_EQ(cls("cc-by-nd-4.0"), LicenseClass::use_restricted);
  EXPECT_EQ(cls("cc-by-nc-4.0"), LicenseClass::non_commercial);
  EXPECT_EQ(cls("cc"), LicenseClass::unknown);
  EXPECT_EQ(cls("openrail"), LicenseClass::unknown);
}

TEST(Data, TheIndexNamesLicensesOfTheCatalog) {
  const license::Index& index = license::index(the_catalog());
  EXPECT_GT(index.references().size(), 900u);
  EXPECT_NE(index.version().find("SPDX"), std::string::npos);
  for (const license::Reference& r : index.references()) {
    const license::Reference& named = index.references()[r.alias_of];
    if (named.kind == TextKind::license || named.kind == TextKind::header) {
      EXPECT_NE(the_catalog().license(named.id), nullptr) << named.id;
    } else if (named.kind == TextKind::exception) {
      EXPECT_EQ(the_catalog().exception(named.id), named.id);
    }
  }
}

TEST(Data, EveryKindOfRestrictionSaysWhatItForbids) {
  for (std::size_t kind = 0; kind <= static_cast<std::size_t>(catalog::Cue::policy); ++kind) {
    const std::string name(Words<catalog::Cue>::names[kind]);
    LicenseText text{"LICENSE", Scope::everything, 1, {}};
    Identified i;
    i.match = Match::extra_terms;
    i.licenses = {"MIT"};
    i.restrictions = {{name, {1, 1}, "words"}};
    text.identified = {i, "LICENSE"};
    const auto traits = rules::terms_of(text, the_catalog()).traits;
    EXPECT_TRUE(std::any_of(traits.front().traits.begin(), traits.front().traits.end(), [](const Trait& t) {
      return t.clause.find("LICENSE:1") != std::string::npos;
    })) << name;
  }
}

TEST(Data, BuiltInFactsLoadAndSayWhereTheyAreFrom) {
  std::vector<std::string> ids;
  for (const ModelEntry* m : the_catalog().models()) ids.insert(ids.end(), m->ids.begin(), m->ids.end());
  EXPECT_GT(ids.size(), 150u);
  for (const std::string& id : ids) {
    const std::optional<Facts> facts = gather_model({id, id, ""}, *the_catalog().model(id), the_catalog());
    EXPECT_EQ(facts->as_of.size(), 10u) << id;
    EXPECT_FALSE(facts->source.empty()) << id;
    EXPECT_EQ(facts->origin, Origin::built_in) << id;
    for (const auto& text : facts->license.texts) EXPECT_FALSE(text.identified.where().empty()) << id;
  }
}

TEST(Data, AsOfIsTheLatestDate) {
  EXPECT_EQ(the_catalog().as_of().size(), 10u);
}

}  // namespace
}  // namespace howopen
