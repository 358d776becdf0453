// Reports of a gate against its exit code, and reports that lie in the tree.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/project.h"
#include "text/json.h"

namespace howopen::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(GateReports, JUnitFailsWhereTheGateDoes) {
  Project p;
  const std::string gate = "howopen gate . --no-policy -o junit ";
  const std::string failed = "failures=\"1\" errors=\"0\">\n";
  ASSERT_EQ(p.shell("howopen gate . --no-policy -o json=base.json; howopen lock --no-policy -q").exit, 0);
  Ran r = p.shell(gate);
  EXPECT_EQ(r.exit, 1);
  EXPECT_THAT(r.out, HasSubstr(failed));
  for (const char* base : {"base.json", "howopen.lock"}) {
    r = p.shell(gate + "--baseline " + base);
    EXPECT_EQ(r.exit, 1);
    EXPECT_THAT(r.out, AllOf(HasSubstr(failed), HasSubstr("denied, known before: ")));
    r = p.shell(gate + "--new-only --baseline " + base);
    EXPECT_EQ(r.exit, 0);
    EXPECT_THAT(r.out, HasSubstr("failures=\"0\" errors=\"0\">\n"));
  }
  // What only warns fails where the policy says so.
  r = p.shell("howopen gate acme/open-7b --no-policy -W revision.pinned --fail-on warn -o junit");
  EXPECT_EQ(r.exit, 1);
  EXPECT_THAT(r.out, HasSubstr(failed));
  r = p.shell("howopen gate acme/open-7b --no-policy -W revision.pinned -o junit");
  EXPECT_EQ(r.exit, 0);
  EXPECT_THAT(r.out, HasSubstr("failures=\"0\""));
}

TEST(GateReports, WhatABaselineLeavesOutIsCounted) {
  Project p;
  p.shell("howopen gate . --no-policy -o json=base.json");
  Ran r = p.shell("howopen gate . --no-policy --baseline base.json -o markdown");
  EXPECT_EQ(r.exit, 1);
  EXPECT_THAT(
      r.out,
      AllOf(
          HasSubstr("1 denied"),
          HasSubstr("New against the baseline: 0 of 3 models. Known before and not shown here: 1 denied.")));
  r = p.shell("howopen gate . --no-policy --baseline base.json -o github");
  EXPECT_THAT(r.out, AllOf(Not(HasSubstr("::error")), HasSubstr("1 at level error that the baseline knows")));
  r = p.shell("howopen gate . --no-policy --new-only --baseline base.json -o github");
  EXPECT_THAT(r.out, Not(HasSubstr("that the baseline knows")));
}

TEST(GateReports, AFindingWithoutAPlaceNamesNone) {
  const Project p;
  for (const char* format : {"github", "junit", "gitlab", "markdown", "sarif"}) {
    const Ran r = p.shell(std::string("howopen gate acme/none --no-policy -o ") + format);
    EXPECT_EQ(r.exit, 3);
    EXPECT_THAT(r.out, AllOf(Not(HasSubstr("found: :")), Not(HasSubstr("unseen:  ")))) << format;
  }
  const std::string github = p.shell("howopen gate acme/none --no-policy -o github").out;
  EXPECT_THAT(github, HasSubstr("::warning title=undecided%3A "));
  EXPECT_THAT(github, Not(HasSubstr("::notice"))) << "of one missing model there is one thing to say";
}

// Jenkins keeps its workspace: what was written by the last run names models without using them.
TEST(GateReports, OwnDocumentsAreNoSource) {
  Project p;
  const Ran first = p.shell("howopen gate . --no-policy -q");
  p.shell(
      "mkdir -p out; howopen gate . --no-policy -q -o json=out/gate.json -o jsonl=out/gate.jsonl -o "
      "sarif=out/gate.sarif "
      "-o junit=out/gate.xml -o gitlab=out/codequality.json -o markdown=out/gate.md -o html=out/gate.html "
      "-o cyclonedx=out/bom.json -o spdx=out/spdx.json -o csv=out/gate.csv");
  p.shell(
      "howopen audit acme/open-7b acme/closed-7b -o json=out/audit.json\n"
      "howopen scan . -o json=out/scan.json; howopen scan . -o jsonl=out/scan.jsonl\n"
      "howopen compare acme/open-7b acme/closed-7b -o json=out/compare.json\n"
      "howopen why acme/closed-7b -o json=out/why.json; howopen why acme/closed-7b license -o "
      "json=out/why2.json\n"
      "howopen catalog -o json=out/catalog.json; howopen history acme/open-7b -o json=out/history.json\n"
      "printf 'acme/open-7b\\nacme/none\\n' | howopen batch - --output out/batch.jsonl\n"
      "howopen summary out/batch.jsonl -o json=out/summary.json; howopen fetch acme/open-7b --output "
      "out/s.json\n"
      "howopen notice acme/open-7b -o json=out/notice.json");
  for (const char* file :
       {"out/gate.json", "out/audit.json", "out/scan.json", "out/codequality.json", "out/why.json",
        "out/compare.json", "out/catalog.json", "out/summary.json", "out/history.json"})
    ASSERT_TRUE(fs::exists(p.dir.file(file))) << file;
  const Ran again = p.shell("howopen gate . --no-policy -q");
  EXPECT_EQ(again.out, first.out);
  EXPECT_EQ(last_line(again.err), last_line(first.err)) << again.err;
  const auto scan = text::parse_json(p.shell("howopen scan out -o json").out);
  ASSERT_TRUE(scan);
  for (const text::Json& r : (*scan)["references"].items()) ADD_FAILURE() << r["file"].string_or("");
}

// The same head on something that is loaded hides nothing.
TEST(GateReports, WhatOnlyLooksLikeAReportIsRead) {
  Project p;
  const std::string head = R"({"schema_version": "1.0.0", "tool": {"name": "howopen", "version": "0.1.0"}, )";
  p.put("a.json", head + R"("summary": {}, "model_name_or_path": "acme/closed-7b"})");
  p.put(
      "b.json",
      R"({"schema_version": "1.0.0", "models": [], "different": [], "same": [], "model_id": "acme/closed-7b"})");
  p.put(
      "c.json",
      R"([{"description": "x", "check_name": "y", "fingerprint": "z", "severity": "info", "location": {"path": "p", "lines": {}},)"
      R"( "content": {"body": "", "model_id": "acme/closed-7b"}}])");
  p.put("d.json", R"([{"description": "x", "model_id": "acme/closed-7b"}])");
  for (const char* file : {"a.json", "b.json", "c.json", "d.json"}) {
    const Ran r = p.shell(std::string("howopen gate --no-policy ./") + file);
    EXPECT_THAT(r.out, HasSubstr("acme/closed-7b")) << file << r.err;
  }
}

TEST(GateReports, AClosedModelIsJudgedByOneRuleHoweverItIsNamed) {
  Project p;
  p.put("served.py", "client.chat.completions.create(model=\"gpt-4o\", messages=m)\n");
  p.put("list.txt", "# closed\ngpt-4o\n");
  for (const char* target : {"gpt-4o", "./served.py", "list.txt", "- < list.txt"}) {
    Ran r = p.shell(std::string("howopen gate --no-policy ") + target);
    EXPECT_EQ(r.exit, 0) << target << r.out;
    EXPECT_THAT(r.out, AllOf(HasSubstr("warning[access.api-only]"), Not(HasSubstr("weights.published"))))
        << target;
    r = p.shell(std::string("howopen gate --no-policy -D access.api-only ") + target);
    EXPECT_EQ(r.exit, 1) << target;
  }
  p.put("howopen.toml", "version = 1\n[gate]\nminimum-verdict = \"weights-available\"\n");
  EXPECT_EQ(p.shell("howopen gate gpt-4o").exit, 1);
  // A repository without weights is another matter.
  p.hub["acme/empty"].files = {{"README.md", "---\nlicense: mit\n---\n"}};
  EXPECT_THAT(p.shell("howopen gate acme/empty --no-policy").out, HasSubstr("error[weights.published]"));
}

TEST(GateReports, AnEndpointOfThePolicyThatIsNone) {
  Project p;
  p.put("howopen.toml", "version = 1\n\n[hub]\nendpoint = \"huggingface.co\"\n");
  for (const char* line : {"policy check", "gate .", "gate . --offline", "lock", "drift"}) {
    const Ran r = p.shell(std::string("howopen ") + line);
    EXPECT_EQ(r.exit, 2) << line;
    EXPECT_THAT(r.err, AllOf(HasSubstr("howopen.toml:4"), HasSubstr("endpoint = \"https://huggingface.co\"")))
        << line;
  }
}

TEST(GateReports, ALockWithoutDigestsHidesNoOtherWeights) {
  Project p;
  ASSERT_EQ(p.shell("howopen lock --no-policy acme/open-7b").exit, 0);
  const std::string lock = slurp(p.dir.file("howopen.lock"));
  p.put("howopen.lock", lock.substr(0, lock.find("digest   =")));
  EXPECT_EQ(p.shell("howopen drift --no-policy --no-cache").exit, 0)
      << "the same commit holds the same bytes";
  p.hub["acme/open-7b"].files["model.safetensors"] = std::string(1000, 'y');
  p.hub["acme/open-7b"].sha = std::string(40, 'e');
  const Ran r = p.shell("howopen drift --no-policy --no-cache");
  EXPECT_EQ(r.exit, 3) << r.out << r.err;
  EXPECT_THAT(flat(r.out),
              AllOf(HasSubstr("undecided[drift.weights-changed]"), HasSubstr("the lock holds no digest"),
                    HasSubstr("howopen lock --update acme/open-7b")));
  p.put("howopen.toml", "version = 1\n[lock.drift]\nweights-changed = \"off\"\n");
  EXPECT_EQ(p.shell("howopen drift --no-cache").exit, 0);
}

}  // namespace
}  // namespace howopen::test
