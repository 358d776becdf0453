// Bills of materials: valid by the schemas of those who made the formats, each statement with its source, and
// the same bytes for the same answers.

#include "report/bill.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "howopen/report.h"
#include "report/place.h"
#include "support/gate_verdicts.h"
#include "support/golden_worlds.h"
#include "support/validate.h"
#include "text/json.h"

namespace howopen::test {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;
using text::Json;

std::string in(Format format, const std::vector<Verdict>& verdicts) {
  return render(verdicts, format, {}, the_catalog());
}

Json bill(const std::vector<Verdict>& verdicts, Format format = Format::cyclonedx) {
  return text::parse_json(in(format, verdicts)).value_or(Json());
}

// What a JSON pointer leads to; null for nothing.
const Json* at(const Json& root, std::string_view pointer) {
  const Json* here = &root;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::size_t end = std::min(pointer.find('/'), pointer.size());
    const std::string key(pointer.substr(0, end));
    pointer.remove_prefix(end);
    if (here->is_array()) {
      const std::size_t i = std::stoul(key);
      if (i >= here->items().size()) return nullptr;
      here = &here->items()[i];
    } else {
      if (!here->has(key)) return nullptr;
      here = &(*here)[key];
    }
  }
  return here;
}

std::set<std::string> cited(const Json& document) {
  std::set<std::string> out;
  for (const Json& c : document["citations"].items()) {
    for (const Json& p : c["pointers"].items()) out.emplace(p.string_or(""));
  }
  return out;
}

std::vector<Verdict> everything() {
  std::vector<Verdict> out = all_golden();
  for (Verdict& v : mixed()) out.push_back(std::move(v));
  out.push_back(hostile());
  return out;
}

void expect_valid(const Checked& c) {
  if (c.validity == Validity::cannot_tell) GTEST_SKIP() << c.says;
  EXPECT_EQ(c.validity, Validity::valid) << c.says.substr(0, 2000);
}

TEST(CycloneDx, IsValidByTheSchema1_7) {
  expect_valid(check_json(foreign_schema("bom-1.7.schema.json"), in(Format::cyclonedx, everything())));
}

TEST(CycloneDx, IsValidByTheSchema1_6) {
  expect_valid(check_json(foreign_schema("bom-1.6.schema.json"), in(Format::cyclonedx_1_6, everything())));
}

TEST(CycloneDx, OfNothingIsValidToo) {
  expect_valid(check_json(foreign_schema("bom-1.7.schema.json"), in(Format::cyclonedx, {})));
}

// The validator takes a second and more for a model here.
TEST(Spdx3, IsValidByTheSchema) {
  std::vector<Verdict> few = golden("ancestor-terms");
  for (const char* name : {"adapter", "data-in-chinese", "missing"}) {
    for (Verdict& v : golden(name)) few.push_back(std::move(v));
  }
  few.push_back(hostile());
  expect_valid(check_json(foreign_schema("spdx-3.0.1.schema.json"), in(Format::spdx_3, few)));
}

TEST(CycloneDx, EveryStatementHasACitation) {
  const Json document = bill(everything());
  const std::set<std::string> pointers = cited(document);
  std::vector<std::string> missing;
  const auto expect = [&](const std::string& pointer) {
    if (!pointers.contains(pointer)) missing.push_back(pointer);
  };
  std::size_t statements = 0;
  for (std::size_t i = 0; i < document["components"].items().size(); ++i) {
    const Json& c = document["components"].items()[i];
    const std::string base = "/components/" + std::to_string(i);
    for (const char* key : {"name", "version", "description", "purl"}) {
      if (c.has(key)) expect(base + "/" + key);
    }
    for (const char* list : {"licenses", "properties", "externalReferences", "swhid", "pedigree/ancestors",
                             "evidence/licenses", "modelCard/modelParameters/datasets"}) {
      const Json* items = at(document, base + "/" + list);
      if (items == nullptr) continue;
      for (std::size_t k = 0; k < items->items().size(); ++k) {
        ++statements;
        expect(base + "/" + list + "/" + std::to_string(k));
      }
    }
  }
  EXPECT_GT(statements, 400u);
  EXPECT_THAT(missing, IsEmpty());
  for (const std::string& p : pointers) EXPECT_NE(at(document, p), nullptr) << p << " leads nowhere";
}

TEST(CycloneDx, CitationsNameFileLineAndCommit) {
  const Json document = bill(golden("complete-open"));
  std::vector<std::string> notes;
  for (const Json& c : document["citations"].items()) notes.emplace_back(c["note"].string_or(""));
  const std::string commit(40, 'c');
  EXPECT_THAT(notes,
              Contains("README.md:7@" + commit + "\nhttps://huggingface.co/acme/open-7b/blob/" + commit +
                       "/README.md?code=true#L7\ntraining-data.documented: 2 trillion tokens"));
}

TEST(CycloneDx, NamesModelLicensesAncestorsAndData) {
  const Json document = bill(golden("ancestor-terms"));
  const Json& model = document["components"].items()[0];
  EXPECT_EQ(model["type"].string_or(""), "machine-learning-model");
  EXPECT_THAT(std::string(model["purl"].string_or("")), StartsWith("pkg:huggingface/acme/Distill-Llama-8B@"));
  ASSERT_EQ(model["licenses"].items().size(), 2u);
  EXPECT_EQ(model["licenses"].items()[0]["license"]["id"].string_or(""), "Apache-2.0");
  EXPECT_EQ(model["licenses"].items()[0]["license"]["acknowledgement"].string_or(""), "declared");
  EXPECT_EQ(model["licenses"].items()[1]["expression"].string_or(""), "Apache-2.0 AND LicenseRef-Llama-3.1");
  EXPECT_EQ(model["licenses"].items()[1]["acknowledgement"].string_or(""), "concluded");
  const Json& parent = model["pedigree"]["ancestors"].items()[0];
  EXPECT_EQ(parent["group"].string_or(""), "meta-llama");
  EXPECT_EQ(parent["name"].string_or(""), "Llama-3.1-8B");

  Verdict v = passing("acme/m");
  Dataset data;
  data.name = "acme/data";
  data.role = DatasetRole::training;
  data.hub_id = true;
  data.named = {"datasets: acme/data", "README.md:3@" + std::string(40, 'a'), Kind::metadata};
  data.record = {DatasetRecord{"acme/data", AccessGate::none, false, 3, 1000, "cc-by-4.0"}, "record"};
  v.materials.datasets = {data};
  const Json with = bill({v, v});
  ASSERT_EQ(with["components"].items().size(), 3u) << "a data set of two models is one component";
  const Json& component = with["components"].items()[2];
  EXPECT_EQ(component["type"].string_or(""), "data");
  EXPECT_EQ(component["licenses"].items()[0]["license"]["id"].string_or(""), "CC-BY-4.0");
  for (int i = 0; i < 2; ++i)
    EXPECT_EQ(with["components"]
                  .items()[static_cast<std::size_t>(i)]["modelCard"]["modelParameters"]["datasets"]
                  .items()[0]["ref"]
                  .string_or(""),
              component["bom-ref"].string_or("?"));
}

TEST(CycloneDx, ConflictsAndOverclaimsAreCounterEvidence) {
  const Json document = bill(golden("ancestor-terms"));
  std::map<std::string, const Json*> claims;
  for (const Json& c : document["declarations"]["claims"].items())
    claims.emplace(c["predicate"].string_or(""), &c);
  ASSERT_TRUE(claims.contains("is under the license that is declared: apache-2.0"));
  EXPECT_FALSE(
      (*claims["is under the license that is declared: apache-2.0"])["counterEvidence"].items().empty());
  ASSERT_TRUE(claims.contains("meets the Open Source AI Definition 1.0"));
  EXPECT_TRUE(claims.contains("is exempt under Article 53(2) of Regulation (EU) 2024/1689"));
  EXPECT_TRUE(claims.contains("is Weights Available"));
  std::set<std::string> evidence;
  for (const Json& e : document["declarations"]["evidence"].items())
    evidence.emplace(e["bom-ref"].string_or(""));
  for (const Json& c : document["declarations"]["claims"].items()) {
    for (const char* side : {"evidence", "counterEvidence"}) {
      for (const Json& ref : c[side].items())
        EXPECT_TRUE(evidence.contains(std::string(ref.string_or("")))) << side;
    }
  }
}

TEST(CycloneDx, ReferencesAreUniqueAndLeadSomewhere) {
  const Json document = bill(everything());
  std::set<std::string> refs;
  const std::function<void(const Json&)> collect = [&](const Json& j) {
    if (j.has("bom-ref")) {
      EXPECT_TRUE(refs.emplace(j["bom-ref"].string_or("")).second) << j["bom-ref"].string_or("");
    }
    for (const auto& [key, value] : j.members()) collect(value);
    for (const Json& one : j.items()) collect(one);
  };
  collect(document);
  for (const Json& d : document["dependencies"].items())
    EXPECT_TRUE(refs.contains(std::string(d["ref"].string_or(""))));
  for (const Json& a : document["declarations"]["attestations"].items()) {
    for (const Json& row : a["map"].items())
      EXPECT_TRUE(refs.contains(std::string(row["requirement"].string_or(""))))
          << row["requirement"].string_or("");
  }
}

TEST(CycloneDx, SaysTheSameIn1_6AsAnnotations) {
  const Json document = bill(golden("complete-open"), Format::cyclonedx_1_6);
  EXPECT_EQ(document["specVersion"].string_or(""), "1.6");
  EXPECT_FALSE(document.has("citations"));
  EXPECT_FALSE(document["annotations"].items().empty());
}

TEST(Bills, SameAnswersSameBytesAndNoOthers) {
  for (const Format f : {Format::cyclonedx, Format::cyclonedx_1_6, Format::spdx_3}) {
    EXPECT_EQ(in(f, golden("several")), in(f, golden("several")));
    EXPECT_NE(in(f, golden("several")), in(f, golden("gated")));
  }
  const Json one = bill(golden("several"));
  const Json other = bill(golden("gated"));
  EXPECT_NE(one["serialNumber"].string_or(""), other["serialNumber"].string_or(""));
  EXPECT_EQ(one["serialNumber"].string_or("").substr(23, 1), "8") << "a UUID made of the content";
}

TEST(Spdx3, RelatesModelsDataAncestorsAndLicenses) {
  const Json document = bill(golden("ancestor-terms"), Format::spdx_3);
  std::map<std::string, std::string> types;
  std::set<std::string> relations;
  for (const Json& e : document["@graph"].items()) {
    types[std::string(e["spdxId"].string_or(""))] = e["type"].string_or("");
    if (e["type"].string_or("") == "Relationship") relations.emplace(e["relationshipType"].string_or(""));
  }
  for (const char* r : {"hasDeclaredLicense", "hasConcludedLicense", "descendantOf"})
    EXPECT_TRUE(relations.contains(r)) << r;
  for (const Json& e : document["@graph"].items()) {
    if (e["type"].string_or("") != "Relationship") continue;
    EXPECT_TRUE(types.contains(std::string(e["from"].string_or(""))));
    const std::string to(e["to"].items()[0].string_or(""));
    EXPECT_TRUE(types.contains(to) || to.starts_with("expandedlicensing_")) << to;
  }
}

TEST(Places, LeadToTheLineAtItsCommit) {
  const std::string commit(40, 'a');
  const report::Named m{"acme/m", commit, true};
  const auto url = [&](std::string_view where) { return report::locate(m, where).url; };
  EXPECT_EQ(url("config.json:3@" + commit),
            "https://huggingface.co/acme/m/blob/" + commit + "/config.json#L3");
  EXPECT_EQ(url("a b/\xe2\x80\xae.md@" + commit),
            "https://huggingface.co/acme/m/blob/" + commit + "/a%20b/%E2%80%AE.md");
  EXPECT_EQ(url("org/base: LICENSE@" + commit),
            "https://huggingface.co/org/base/blob/" + commit + "/LICENSE");
  EXPECT_EQ(url("org/base"), "https://huggingface.co/org/base");
  EXPECT_EQ(url("https://github.com/a/b/blob/main/README.md:7"),
            "https://github.com/a/b/blob/main/README.md?plain=1#L7");
  EXPECT_EQ(url("github.com/a/b"), "https://github.com/a/b");
  EXPECT_EQ(url("the card"), "");
  EXPECT_EQ(url("javascript:alert(1)"), "");
  EXPECT_EQ(url("https://x/\"><script>"), "https://x/%22%3E%3Cscript%3E");
  EXPECT_EQ(report::locate({"./m", "", false}, "README.md:3@" + commit).url, "") << "of this machine";
}

}  // namespace
}  // namespace howopen::test
