// SARIF by its schema, and by what GitHub demands beyond it; JUnit by the schema of Jenkins.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "howopen/report.h"
#include "support/catalog.h"
#include "support/gate_verdicts.h"
#include "support/validate.h"
#include "text/json.h"

namespace howopen::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using text::Json;

std::string in(Format format, const std::vector<Verdict>& verdicts, const GateSummary* gate = nullptr,
               const Style& style = {}) {
  return render(verdicts, format, style, the_catalog(), gate);
}

Json run_of(const std::string& sarif) {
  const auto json = text::parse_json(sarif);
  EXPECT_TRUE(json);
  return json ? (*json)["runs"].items()[0] : Json();
}

// What GitHub refuses or drops though the schema allows it. Empty: nothing to complain of.
std::vector<std::string> complaints(const Json& run) {
  std::vector<std::string> out;
  const auto need = [&](bool holds, const std::string& what) {
    if (!holds) out.push_back(what);
  };
  const auto text = [](const Json& j, std::size_t most) {
    const auto s = j.string_or("");
    return !s.empty() && s.size() <= most * 4;
  };
  const Json& driver = run["tool"]["driver"];
  need(text(driver["name"], 100), "tool.driver.name");
  need(run["results"].is_array(), "results");
  need(run["columnKind"].string_or("") == "utf16CodeUnits", "columnKind");
  need(run["automationDetails"]["id"].string_or("").ends_with('/'), "automationDetails.id");
  need(run["results"].items().size() <= 5000, "more than 5000 results");
  std::vector<std::string> ids;
  for (const Json& rule : driver["rules"].items()) {
    const std::string id(rule["id"].string_or(""));
    ids.push_back(id);
    need(!id.empty() && text(rule["name"], 255), id + ": name");
    need(text(rule["shortDescription"]["text"], 1024), id + ": shortDescription");
    need(text(rule["fullDescription"]["text"], 1024), id + ": fullDescription");
    need(text(rule["help"]["text"], 10'000) && text(rule["help"]["markdown"], 10'000), id + ": help");
    const auto tags = rule["properties"]["tags"].strings();
    need(std::set(tags.begin(), tags.end()).size() == tags.size() && tags.size() <= 10, id + ": tags");
    need(!rule["properties"].has("security-severity"), id + ": would be a security alert");
  }
  std::set<std::string> identities;
  for (const Json& r : run["results"].items()) {
    const std::string id(r["ruleId"].string_or(""));
    const auto index = static_cast<std::size_t>(r["ruleIndex"].integer_or(-1));
    need(index < ids.size() && ids[index] == id, id + ": ruleIndex");
    need(text(r["message"]["text"], 1100), id + ": message");
    const auto level = r["level"].string_or("");
    need(level == "error" || level == "warning" || level == "note", id + ": level");
    need(!r["locations"].items().empty(), id + ": no location");
    const Json& place = r["locations"].items()[0]["physicalLocation"];
    const std::string uri(place["artifactLocation"]["uri"].string_or(""));
    need(!uri.empty() && uri[0] != '/' && !uri.starts_with("..") && uri.find(' ') == std::string::npos &&
             uri.find("://") == std::string::npos,
         id + ": uri " + uri);
    const Json& region = place["region"];
    need(region["startLine"].integer_or(0) >= 1, id + ": startLine");
    need(region["endLine"].integer_or(0) == region["startLine"].integer_or(1), id + ": more than one line");
    need(region["startColumn"].integer_or(0) >= 1, id + ": startColumn");
    need(region["endColumn"].integer_or(0) > region["startColumn"].integer_or(0), id + ": endColumn");
    need(!r["partialFingerprints"].members().empty(), id + ": partialFingerprints");
    for (const auto& [key, value] : r["partialFingerprints"].members())
      need(value.is_string(), id + ": " + key);
    need(identities.insert(id + uri + std::to_string(region["startLine"].integer_or(0))).second,
         id + ": two results that GitHub cannot tell apart");
  }
  return out;
}

void expect_valid(const Checked& c) {
  if (c.validity == Validity::cannot_tell) GTEST_SKIP() << "nothing was validated: " << c.says;
  EXPECT_EQ(c.validity, Validity::valid) << c.says;
}

std::vector<std::vector<Verdict>> samples() {
  std::vector<Verdict> many = mixed();
  many.push_back(hostile());
  many.push_back(denied("acme/bar"));  // on the same line as acme/foo-7b
  Verdict lost;
  lost.ref = lost.id = "acme/none";
  lost.decision = Decision::undecided;
  return {{}, mixed(), {hostile()}, {passing("a/b")}, {lost}, many};
}

TEST(Sarif, HoldsBySchema) {
  const GateSummary gate = summary_of_mixed();
  const std::string schema = foreign_schema("sarif-schema-2.1.0.json");
  Style style;
  style.show_waived = true;
  for (const auto& verdicts : samples()) {
    for (const GateSummary* g : {static_cast<const GateSummary*>(nullptr), &gate})
      expect_valid(check_json(schema, in(Format::sarif, verdicts, g, style)));
  }
}

TEST(Sarif, TheSchemaIsReallyAsked) {
  std::string broken = in(Format::sarif, mixed());
  broken.replace(broken.find("\"results\""), 9, "\"resluts\"");
  const Checked c = check_json(foreign_schema("sarif-schema-2.1.0.json"), broken);
  if (c.validity == Validity::cannot_tell) GTEST_SKIP() << c.says;
  EXPECT_EQ(c.validity, Validity::invalid);
}

TEST(Sarif, HoldsByWhatGithubDemands) {
  const GateSummary gate = summary_of_mixed();
  for (const auto& verdicts : samples())
    EXPECT_THAT(complaints(run_of(in(Format::sarif, verdicts, &gate))), IsEmpty());
}

TEST(Sarif, StandsAtTheFirstUse) {
  GateSummary gate = summary_of_mixed();
  gate.line_hashes["src/app.py"] = line_hashes("import x\n\nx\n");
  const Json run = run_of(in(Format::sarif, {denied("acme/foo-7b")}, &gate));
  ASSERT_EQ(run["results"].items().size(), 1u);
  const Json& r = run["results"].items()[0];
  EXPECT_EQ(r["ruleId"].string_or(""), "license.not-allowed");
  EXPECT_EQ(r["level"].string_or(""), "error");
  EXPECT_THAT(std::string(r["message"]["text"].string_or("")),
              testing::StartsWith("acme/foo-7b is under LicenseRef-Llama-3.1."));
  const Json& region = r["locations"].items()[0]["physicalLocation"]["region"];
  EXPECT_EQ(region["startLine"].integer_or(0), 3);
  EXPECT_EQ(region["startColumn"].integer_or(0), 32);
  EXPECT_EQ(region["endColumn"].integer_or(0), 43);
  EXPECT_EQ(r["partialFingerprints"]["howopen/v1"].string_or(""), "f00dfoo-7b");
  EXPECT_EQ(r["partialFingerprints"]["primaryLocationLineHash"].string_or(""),
            gate.line_hashes["src/app.py"][2]);
  EXPECT_EQ(r["relatedLocations"].items().size(), 3u);
  EXPECT_EQ(r["relatedLocations"].items()[0]["physicalLocation"]["artifactLocation"]["uri"].string_or(""),
            "src/b%20c.py");
  EXPECT_EQ(r["locations"].items()[0]["logicalLocations"].items()[0]["fullyQualifiedName"].string_or(""),
            "pkg:huggingface/acme/foo-7b@" + std::string(40, 'a'));
}

TEST(Sarif, ElseAtTheLineOfThePolicyElseNowhere) {
  Verdict v = denied("acme/foo-7b");
  v.uses.clear();
  Json run = run_of(in(Format::sarif, {v}));
  EXPECT_EQ(run["results"]
                .items()[0]["locations"]
                .items()[0]["physicalLocation"]["artifactLocation"]["uri"]
                .string_or(""),
            "howopen.toml");
  EXPECT_THAT(left_out(std::vector{v}, Format::sarif), IsEmpty());
  for (const PolicyLine& nowhere :
       {PolicyLine{"preset permissive", 0, ""}, PolicyLine{"preset permissive", 3, ""},
        PolicyLine{"/etc/howopen.toml", 3, ""}, PolicyLine{"../howopen.toml", 3, ""},
        PolicyLine{"https://example.org/base.toml", 3, ""}}) {
    v.findings[0].policy = nowhere;
    run = run_of(in(Format::sarif, {v}));
    EXPECT_THAT(run["results"].items(), IsEmpty()) << nowhere.file;
    EXPECT_THAT(complaints(run), IsEmpty());
    EXPECT_THAT(std::string(run["invocations"]
                                .items()[0]["toolExecutionNotifications"]
                                .items()[0]["message"]["text"]
                                .string_or("")),
                HasSubstr("1 of the findings stands in no file"));
    EXPECT_THAT(left_out(std::vector{v}, Format::sarif), ElementsAre(HasSubstr("acme/foo-7b")));
    EXPECT_THAT(left_out(std::vector{v}, Format::github), IsEmpty());
  }
}

TEST(Sarif, TwoModelsOnOneLineAreOneResult) {
  const Json run = run_of(in(Format::sarif, {denied("acme/foo-7b"), denied("acme/bar")}));
  ASSERT_EQ(run["results"].items().size(), 1u);
  const Json& r = run["results"].items()[0];
  const std::string message(r["message"]["text"].string_or(""));
  EXPECT_THAT(message, HasSubstr("acme/bar is under"));
  EXPECT_THAT(message, HasSubstr("acme/foo-7b is under"));
  EXPECT_THAT(r["properties"]["models"].strings(), ElementsAre("acme/bar", "acme/foo-7b"));
}

TEST(Sarif, UndecidedIsAWarningOfItsOwnRule) {
  const Json run = run_of(in(Format::sarif, {undecided("acme/unread")}));
  const Json& r = run["results"].items()[0];
  EXPECT_EQ(r["ruleId"].string_or(""), "evidence.unavailable");
  EXPECT_EQ(r["level"].string_or(""), "warning");
  EXPECT_THAT(std::string(r["message"]["text"].string_or("")), HasSubstr("license.unknown"));
  EXPECT_EQ(run["invocations"].items()[0]["executionSuccessful"].boolean_or(true), false);
}

TEST(Sarif, WaivedFindingsOnlyWhereAskedFor) {
  Verdict v = passing("acme/w");
  v.findings = {waived("acme/w")};
  EXPECT_THAT(run_of(in(Format::sarif, {v}))["results"].items(), IsEmpty());
  Style style;
  style.show_waived = true;
  const Json run = run_of(in(Format::sarif, {v}, nullptr, style));
  const Json& suppression = run["results"].items()[0]["suppressions"].items()[0];
  EXPECT_EQ(suppression["status"].string_or(""), "accepted");
  EXPECT_THAT(std::string(suppression["justification"].string_or("")), HasSubstr("LEGAL-412"));
}

TEST(Sarif, RulesHaveTextsWhetherDescribedOrNot) {
  Verdict v = passing("acme/m");
  v.findings = {with_level("license.tag-vs-text", "warn", "differs"),
                with_level("no.such-rule", "note", "x")};
  const Json run = run_of(in(Format::sarif, {v}));
  const auto rules = run["tool"]["driver"]["rules"].items();
  ASSERT_EQ(rules.size(), 2u);
  EXPECT_EQ(rules[0]["shortDescription"]["text"].string_or(""),
            the_catalog().rule("license.tag-vs-text")->question);
  EXPECT_EQ(rules[1]["shortDescription"]["text"].string_or(""), "No such rule");
  EXPECT_EQ(rules[1]["name"].string_or(""), "NoSuchRule");
}

TEST(Sarif, KnownFindingsAreUnchanged) {
  Verdict v = denied("acme/old");
  v.findings[0].known = true;
  const Json run = run_of(in(Format::sarif, {v, undecided("acme/u")}));
  ASSERT_EQ(run["results"].items().size(), 2u);
  EXPECT_EQ(run["results"].items()[0]["baselineState"].string_or(""), "new");
  EXPECT_EQ(run["results"].items()[1]["baselineState"].string_or(""), "unchanged");
}

TEST(Junit, HoldsBySchema) {
  const GateSummary gate = summary_of_mixed();
  for (const auto& verdicts : samples()) {
    for (const GateSummary* g : {static_cast<const GateSummary*>(nullptr), &gate})
      expect_valid(check_xml(foreign_schema("junit-10.xsd"), in(Format::junit, verdicts, g)));
  }
}

TEST(Junit, TheSchemaIsReallyAsked) {
  const Checked c = check_xml(foreign_schema("junit-10.xsd"), "<testsuites><testsuite/></testsuites>");
  if (c.validity == Validity::cannot_tell) GTEST_SKIP() << c.says;
  EXPECT_EQ(c.validity, Validity::invalid);
}

int count(const std::string& text, const std::string& what) {
  int n = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++n;
  return n;
}

int sum(const std::string& text, const std::string& element, const std::string& attribute) {
  int n = 0;
  for (std::size_t at = text.find(element); at != std::string::npos; at = text.find(element, at + 1)) {
    const std::size_t value = text.find(" " + attribute + "=\"", at) + attribute.size() + 3;
    n += std::stoi(text.substr(value));
  }
  return n;
}

TEST(Junit, CountsAddUp) {
  const GateSummary gate = summary_of_mixed();
  for (const auto& verdicts : samples()) {
    const std::string xml = in(Format::junit, verdicts, &gate);
    for (const auto& [attribute, element] :
         {std::pair{"tests", "<testcase "}, std::pair{"failures", "<failure "},
          std::pair{"errors", "<error "}}) {
      EXPECT_EQ(sum(xml, "<testsuites ", attribute), count(xml, element)) << xml;
      EXPECT_EQ(sum(xml, "<testsuite ", attribute), count(xml, element)) << xml;
    }
    EXPECT_EQ(sum(xml, "<testsuite ", "skipped"), count(xml, "<skipped "));
    EXPECT_EQ(count(xml, "<testsuite "), static_cast<int>(verdicts.size()));
  }
}

TEST(Junit, ListsWhatPassesAndWhatDoesNot) {
  const GateSummary gate = summary_of_mixed();
  const std::string xml = in(Format::junit, mixed(), &gate);
  EXPECT_THAT(xml, HasSubstr("<testcase classname=\"acme/fine\" name=\"weights.published\"/>"));
  EXPECT_THAT(xml,
              HasSubstr("<failure type=\"deny\" message=\"acme/foo-7b is under LicenseRef-Llama-3.1\">"));
  EXPECT_THAT(xml, HasSubstr("<error type=\"undecided\" message=\"acme/unread: the license text"));
  EXPECT_THAT(xml, HasSubstr("<skipped type=\"waived\" message=\"waived until 2027-03-31: LEGAL-412\">"));
  EXPECT_THAT(xml, HasSubstr("<system-out>warning: acme/warned: the tag mit"));
  EXPECT_THAT(xml, HasSubstr("fix: howopen waive acme/foo-7b"));
  Verdict known = denied("acme/old");
  known.findings[0].known = true;
  EXPECT_THAT(in(Format::junit, {known}, &gate), HasSubstr("denied, known before: "));
  GateSummary lenient = gate;
  lenient.new_only = true;
  EXPECT_THAT(in(Format::junit, {known}, &lenient), Not(HasSubstr("<failure")));
  // Two revisions of one model are two suites.
  Verdict other = denied("acme/foo-7b");
  other.revision = std::string(40, 'b');
  EXPECT_THAT(in(Format::junit, {denied("acme/foo-7b"), other}),
              HasSubstr("name=\"acme/foo-7b@bbbbbbbbbbbb\""));
}

}  // namespace
}  // namespace howopen::test
