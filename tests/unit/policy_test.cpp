// Policy files: what is read of them, and what is said of those that are wrong.

#include "howopen/policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/catalog.h"

namespace howopen::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

ReadPolicy policy(const std::string& content) {
  return read_policy({{"howopen.toml", content}}, the_catalog());
}

// Every error as it is printed, without the word in front.
std::vector<std::string> errors(const std::string& content) {
  std::vector<std::string> out;
  for (const Error& e : policy(content).errors) {
    EXPECT_EQ(e.fault, Fault::usage);
    out.push_back(e.what + "; " + e.where + (e.fix.empty() ? "" : "; " + e.fix));
  }
  return out;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& l : lines) out += l + "\n";
  return out;
}

const std::string kDigest(64, 'a');

// The keys of the documented example, in other words and without its address.
const std::string kWhole = R"(version = 1
preset = "permissive"

[gate]
minimum-verdict = "weights-available"
fail-on = "warn"
on-unknown = "deny"
min-expiry-notice = "3w"
max-catalog-age = 90

[rules]
"weights.published" = "deny"
"weights.safe-format" = "warn"
"code.inference" = "deny"
"code.training" = "note"
"data.published" = "off"
"data.documented" = "deny"
"card.complete" = "warn"
"access.ungated" = "warn"
"lineage.base-allowed" = "deny"
"revision.pinned" = "warn"
"license.tag-vs-text" = "note"

[licenses]
allow = ["apache-2.0", "MIT", "GPL-2.0-only WITH Classpath-exception-2.0",
         "OpenMDW-1.0"]
ask = ["LicenseRef-Llama-3.1", "LicenseRef-Gemma"]
deny = ["CC-BY-NC-4.0"]
confidence = 0.9
require-file = true
applies-to = ["weights", "code", "data"]

[jurisdiction]
allow = ["FR", "US"]
deny = ["XX"]

[[license-exception]]
model = "acme/scan-*"
allow = ["AGPL-3.0-only"]
reason = "a process of its own"

[[clarify]]
model = "acme/m"
license = "Apache-2.0 AND MIT"
file = { path = "LICENSE.txt", sha256 = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }
reason = "read by counsel"

[[waiver]]
rule = "license.ask"
model = "meta-llama/*"
value = "LicenseRef-Llama-3.1"
until = 2027-03-31
reason = "LEGAL-1"
by = "legal@example.org"

[scan]
include = ["**/*"]
exclude = ["docs/**"]
min-confidence = "high"
ignore-models = ["hf-internal-testing/*"]
aliases = { "llama3.2" = "meta-llama/Llama-3.2-3B-Instruct", "$BASE" = "acme/base" }

[lock]
file = "models.lock"
[lock.drift]
license-changed = "warn"
license-text-changed = "deny"
gated-on = "warn"
weights-removed = "deny"
data-removed = "note"
base-changed = "warn"
repo-renamed = "warn"
repo-gone = "deny"
revision-moved = "warn"

[hub]
endpoint = "https://huggingface.co"
timeout = "20s"
max-wait = "2m"
)";

TEST(PolicyFile, EveryKeyIsRead) {
  const ReadPolicy r = policy(kWhole);
  ASSERT_THAT(errors(kWhole), IsEmpty());
  const Policy& p = r.policy;
  EXPECT_EQ(p.file, "howopen.toml");
  EXPECT_EQ(p.preset, "permissive");
  EXPECT_EQ(p.minimum.value, Rung::weights_available);
  EXPECT_EQ(p.minimum.place.line, 5);
  EXPECT_EQ(p.minimum.place.text, "gate.minimum-verdict = weights-available");
  EXPECT_EQ(p.fail_on.value, Level::warn);
  EXPECT_EQ(p.on_unknown.value, OnUnknown::deny);
  EXPECT_EQ(p.on_unknown.place.line, 7);
  EXPECT_EQ(p.expiry_notice_days.value, 21);
  EXPECT_EQ(p.catalog_days.value, 90);
  EXPECT_EQ(p.levels.at("data.published").value, Level::off);
  EXPECT_EQ(p.levels.at("license.tag-vs-text").value, Level::note);
  EXPECT_EQ(p.levels.at("code.inference").place.line, 14);
  EXPECT_EQ(p.levels.at("license.denied").place.file, "built-in");
  ASSERT_THAT(p.allow.ids, SizeIs(4));
  EXPECT_EQ(p.allow.ids[0].value, "Apache-2.0") << "spelt as SPDX does";
  EXPECT_EQ(p.allow.ids[2].value, "GPL-2.0-only WITH Classpath-exception-2.0");
  EXPECT_EQ(p.allow.ids[0].place.line, 25);
  EXPECT_EQ(p.allow.ids[3].place.line, 26) << "its own line, not that of the list";
  EXPECT_EQ(p.allow.place.line, 25);
  EXPECT_EQ(p.ask.ids[1].value, "LicenseRef-Gemma");
  EXPECT_EQ(p.deny.ids[0].value, "CC-BY-NC-4.0");
  EXPECT_DOUBLE_EQ(p.confidence.value, 0.9);
  EXPECT_TRUE(p.require_file.value);
  EXPECT_THAT(p.applies_to.value, ElementsAre("weights", "code", "data"));
  EXPECT_THAT(p.jurisdictions_allowed.value, ElementsAre("FR", "US"));
  EXPECT_THAT(p.jurisdictions_denied.value, ElementsAre("XX"));
  ASSERT_THAT(p.exceptions, SizeIs(1));
  EXPECT_EQ(p.exceptions[0].model, "acme/scan-*");
  EXPECT_THAT(p.exceptions[0].allow, ElementsAre("AGPL-3.0-only"));
  ASSERT_THAT(p.clarifications, SizeIs(1));
  EXPECT_EQ(p.clarifications[0].sha256, kDigest) << "in lower case";
  EXPECT_EQ(p.clarifications[0].license, "Apache-2.0 AND MIT");
  ASSERT_THAT(p.waivers, SizeIs(1));
  EXPECT_EQ(p.waivers[0].until, "2027-03-31") << "a date of TOML";
  EXPECT_EQ(p.waivers[0].value, "LicenseRef-Llama-3.1");
  EXPECT_EQ(p.waivers[0].place.line, 48);
  EXPECT_EQ(p.scan.min_confidence, "high");
  EXPECT_THAT(p.scan.exclude, ElementsAre("docs/**"));
  EXPECT_THAT(p.scan.ignore_models, ElementsAre("hf-internal-testing/*"));
  EXPECT_EQ(p.scan.aliases.at("llama3.2"), "meta-llama/Llama-3.2-3B-Instruct");
  EXPECT_EQ(p.lock_file.value, "models.lock");
  EXPECT_EQ(p.drift.at("license-changed").value, Level::warn);
  EXPECT_EQ(p.drift.at("revision-moved").value, Level::warn);
  EXPECT_EQ(p.endpoint.value, "https://huggingface.co");
  EXPECT_EQ(p.timeout.value, "20s");
  EXPECT_EQ(p.max_wait.value, "2m");
}

TEST(PolicyFile, WhatIsNotSaidHasItsBuiltInValue) {
  const ReadPolicy r = policy("version = 1\n");
  ASSERT_THAT(r.errors, IsEmpty());
  const Policy& p = r.policy;
  for (const char* rule :
       {"license.not-allowed", "license.denied", "license.missing", "license.unknown", "license.extra-terms",
        "lineage.base-allowed", "weights.published", "verdict.minimum"})
    EXPECT_EQ(p.levels.at(rule).value, Level::deny) << rule;
  for (const char* rule : {"license.conflict", "license.ask"})
    EXPECT_EQ(p.levels.at(rule).value, Level::warn) << rule;
  for (const char* rule : {"license.claim-only", "weights.complete", "weights.safe-format", "access.ungated",
                           "code.inference", "code.training", "data.published", "data.documented",
                           "revision.pinned", "catalog.stale", "claim.overclaim", "card.complete"})
    EXPECT_EQ(p.levels.at(rule).value, Level::note) << rule;
  EXPECT_FALSE(p.minimum.value);
  EXPECT_EQ(p.fail_on.value, Level::deny);
  EXPECT_EQ(p.on_unknown.value, OnUnknown::undecided);
  EXPECT_FALSE(p.require_file.value);
  EXPECT_THAT(p.applies_to.value, ElementsAre("weights"));
  EXPECT_EQ(p.drift.at("repo-gone").value, Level::deny);
  EXPECT_EQ(p.drift.at("revision-moved").value, Level::off);
  for (const std::string& rule : gate_rules()) EXPECT_TRUE(level_of(rule, p)) << rule;
  for (const std::string& rule : drift_rules()) EXPECT_TRUE(level_of(rule, p)) << rule;
  EXPECT_FALSE(level_of("weights.gated", p)) << "evidence";
}

TEST(PolicyFile, UnknownKeysHaveTheNearestRightOne) {
  EXPECT_THAT(errors("version = 1\n[gate]\nfail_on = \"deny\"\n"),
              ElementsAre("unknown key gate.fail_on; howopen.toml:3; did you mean fail-on?"));
  EXPECT_THAT(errors("version = 1\n[licences]\nallow = []\n"),
              ElementsAre("unknown key licences; howopen.toml:2; did you mean licenses?"));
  EXPECT_THAT(
      errors("version = 1\n[rules]\n\"licence.denied\" = \"deny\"\n"),
      ElementsAre("rules.\"licence.denied\" is no rule; howopen.toml:3; did you mean \"license.denied\"?"));
  EXPECT_THAT(errors("version = 1\n[rules]\n\"license.denied\" = \"den\"\n"),
              ElementsAre("rules.\"license.denied\" is \"den\"; howopen.toml:3; did you mean \"deny\"?"));
  EXPECT_THAT(errors("version = 1\n[gate]\nminimum-verdict = \"open-weight\"\n"),
              ElementsAre(AllOf(HasSubstr("howopen.toml:3"), HasSubstr("did you mean \"open-weights\"?"))));
  EXPECT_THAT(errors("version = 1\n[lock.drift]\nrepo-goon = \"deny\"\n"),
              ElementsAre("unknown key lock.drift.repo-goon; howopen.toml:3; did you mean repo-gone?"));
  EXPECT_THAT(errors("version = 1\npreset = \"osaidd\"\n"),
              ElementsAre("preset is \"osaidd\"; howopen.toml:2; did you mean \"osaid\"?"));
  EXPECT_THAT(errors("version = 1\n[licenses]\nallow = [\"MTI\"]\n"),
              ElementsAre(AllOf(HasSubstr("\"MTI\" is no license"), HasSubstr("howopen.toml:3"))));
  EXPECT_THAT(errors("version = 1\nzzzzzzzz = 1\n"), ElementsAre(HasSubstr("known are: clarify, extends,")));
}

TEST(PolicyFile, EveryErrorIsToldInOneRun) {
  const std::vector<std::string> e = errors(R"(version = 2
extends = "base.toml"
[gate]
fail-on = "always"
on-unknown = 3
min-expiry-notice = "soon"
[rules]
"nothing.like-this" = "deny"
[licenses]
allow = "MIT"
ask = ["MIT OR Apache-2.0", 7]
confidence = 2
require-file = "yes"
applies-to = ["waits"]
[jurisdiction]
deny = ["France"]
[[waiver]]
rule = "license.denied"
model = "a/b"
until = "next year"
[[license-exception]]
model = "a/b"
allow = []
reason = ""
[[clarify]]
model = "a/b"
license = "MIT AND"
reason = "r"
file = { path = "LICENSE", sha256 = "abc" }
[scan]
min-confidence = "sure"
aliases = { x = 1 }
[lock]
file = "../../etc/howopen.lock"
)");
  const std::string all = joined(e);
  for (const char* line : {"version is not 1; howopen.toml:1; this howopen reads version 1",
                           "extends is not a list of strings; howopen.toml:2",
                           "gate.fail-on is \"always\"; howopen.toml:4",
                           "gate.on-unknown is not a string; howopen.toml:5",
                           "gate.min-expiry-notice is not a number of days; howopen.toml:6",
                           "rules.\"nothing.like-this\" is no rule; howopen.toml:8",
                           "licenses.allow is not a list; howopen.toml:10",
                           "\"MIT OR Apache-2.0\" names several licenses; howopen.toml:11",
                           "licenses.ask holds something that is not a string; howopen.toml:11",
                           "licenses.confidence is not between 0 and 1; howopen.toml:12",
                           "licenses.require-file is neither true nor false; howopen.toml:13",
                           "licenses.applies-to is \"waits\"; howopen.toml:14; one of weights, code, data",
                           "jurisdiction.deny holds \"France\"; howopen.toml:16",
                           "waiver.until is not a day; howopen.toml:20; write until = 2027-03-31",
                           "waiver.reason is required; howopen.toml:17",
                           "waiver.by is required; howopen.toml:17",
                           "license-exception.allow names no license; howopen.toml:23",
                           "license-exception.reason is required; howopen.toml:24",
                           "clarify.license is no license expression",
                           "howopen.toml:27",
                           "clarify.file.sha256 is not 64 hex digits; howopen.toml:29",
                           "scan.min-confidence is \"sure\"; howopen.toml:31",
                           "scan.aliases.x is not a string; howopen.toml:32",
                           "lock.file leads out of the project; howopen.toml:34"})
    EXPECT_THAT(all, HasSubstr(line));
  EXPECT_THAT(e, SizeIs(23)) << all;
}

TEST(PolicyFile, WaiversNeedAllThatSignsThem) {
  EXPECT_THAT(errors("version = 1\n[[waiver]]\n"), SizeIs(5));
  EXPECT_THAT(joined(errors("version = 1\n[[waiver]]\nrule = \"license.aks\"\nmodel = \"a\"\nuntil = "
                            "2027-01-01\nreason = \"r\"\nby = \"b\"\n")),
              HasSubstr("waiver.rule is \"license.aks\", which is no rule; howopen.toml:3; did you mean "
                        "\"license.ask\"?"));
  const auto dated = [](const std::string& until) {
    return errors("version = 1\n[[waiver]]\nrule = \"license.ask\"\nmodel = \"a\"\nuntil = " + until +
                  "\nreason = \"r\"\nby = \"b\"\n");
  };
  EXPECT_THAT(dated("2027-02-28"), IsEmpty());
  EXPECT_THAT(dated("\"2027-02-28\""), IsEmpty()) << "a string that is a date";
  EXPECT_THAT(dated("2001-01-01"), IsEmpty()) << "past, which is no error of the file";
  for (const char* wrong : {"\"2027-02-30\"", "\"2027-2-3\"", "\"\"", "20270228", "2027-02-28T10:00:00",
                            "10:00:00", "true", "[2027-02-28]"})
    EXPECT_THAT(joined(dated(wrong)), HasSubstr("howopen.toml:5")) << wrong;
  EXPECT_THAT(errors("version = 1\nwaiver = 3\n"),
              ElementsAre("waiver is not a table; howopen.toml:2; write [[waiver]]"));
  EXPECT_THAT(errors("version = 1\nwaiver = [3]\n"), ElementsAre("waiver is not a table; howopen.toml:2"));
}

TEST(PolicyFile, ListsThatContradictAreErrors) {
  EXPECT_THAT(
      errors("version = 1\n[licenses]\nallow = [\"MIT\"]\nask = [\"mit\"]\ndeny = [\"Expat\", \"MIT\"]\n"),
      testing::Contains(AllOf(HasSubstr("MIT stands under allow (line 3) and under deny"),
                              HasSubstr("howopen.toml:5; leave one of them"))));
  EXPECT_THAT(errors("version = 1\n[licenses]\nallow = [\"MIT\"]\nask = [\"mit\"]\n"), SizeIs(1));
  // The preset allows it; what the file says counts.
  EXPECT_THAT(errors("version = 1\n[licenses]\ndeny = [\"MIT\"]\n"), IsEmpty());
  EXPECT_THAT(
      errors("version = 1\n[licenses]\ndeny = [\"AGPL-3.0-only\"]\n[[license-exception]]\nmodel = "
             "\"a/b\"\nallow = [\"AGPL-3.0-only\"]\nreason = \"r\"\n"),
      ElementsAre("the exception for a/b allows AGPL-3.0-only, which is denied at howopen.toml:3; "
                  "howopen.toml:4; take it off licenses.deny, or waive license.denied for this model"));
}

TEST(PolicyFile, EmptyBrokenAndLargeFiles) {
  EXPECT_THAT(errors(""), ElementsAre("version is required; howopen.toml:1; write version = 1 at the top"));
  EXPECT_THAT(errors("# nothing\n"), SizeIs(1));
  EXPECT_THAT(errors("version = 1\n[gate\n"),
              ElementsAre(AllOf(HasSubstr("not TOML: "), HasSubstr("howopen.toml:2:"))));
  EXPECT_THAT(errors("version = 1\nversion = 1\n"), ElementsAre(HasSubstr("not TOML")));
  EXPECT_THAT(errors("{\"version\": 1}"), ElementsAre(HasSubstr("not TOML")));
  EXPECT_THAT(errors(std::string("version = 1\0\n", 13)), ElementsAre(HasSubstr("not TOML")));
  EXPECT_THAT(errors("version = 1\nx = \"\xff\"\n"), ElementsAre(HasSubstr("not TOML")));
  EXPECT_THAT(errors("version = 1\n" + std::string(10u << 20, '#') + "\n"),
              ElementsAre(HasSubstr("larger than 8388608 bytes")));
  std::string many = "version = 1\n";
  for (int i = 0; i < 60'000; ++i)
    many += "[[waiver]]\nrule = \"license.ask\"\nmodel = \"a/" + std::to_string(i) +
            "\"\nuntil = 2027-01-01\nreason = \"r\"\nby = \"b\"\n";
  EXPECT_THAT(policy(many).policy.waivers, SizeIs(60'000));
  EXPECT_THAT(errors("version = 1\nx = " + std::string(100'000, '[') + "\n"),
              ElementsAre(HasSubstr("not TOML")));
  std::string deep = "version = 1\n[a";
  for (int i = 0; i < 100'000; ++i) deep += ".a";
  EXPECT_THAT(errors(deep + "]\nx = 1\n"),
              ElementsAre(HasSubstr("more parts than are read; howopen.toml:2:")));
  EXPECT_THAT(errors("version = 1\nx = '''\n" + std::string(50, '.') + "'''\n"), SizeIs(1))
      << "dots in a text";
}

TEST(PolicyFile, ForeignTextIsShownHarmlessly) {
  const std::string hostile = "\\u001b[31m::error::x\\u202e";
  const std::string content =
      "version = 1\npreset = \"" + hostile + "\"\n\"" + hostile + "\" = 1\n[rules]\n\"" + hostile +
      "\" = \"deny\"\n[gate]\nfail-on = \"" + hostile + "\"\n[licenses]\nallow = [\"" + hostile +
      "\"]\n[[waiver]]\nrule = \"" + hostile +
      "\"\nmodel = \"m\"\nuntil = 2027-01-01\nreason = \"r\"\nby = \"b\"\n[jurisdiction]\ndeny = [\"" +
      hostile + "\"]\n[scan]\naliases = { \"" + hostile + "\" = 1 }\n";
  const auto e = errors(content);
  EXPECT_GE(e.size(), 8u);
  for (const std::string& line : e) {
    EXPECT_THAT(line, Not(HasSubstr("\x1b"))) << line;
    EXPECT_THAT(line, Not(HasSubstr("\xe2\x80\xae"))) << line;
  }
}

// A hint is a line that can be pasted.
TEST(PolicyFile, WrongTypesAreToldWithTheRightOne) {
  const struct {
    const char *line, *hint;
  } cases[] = {{"[licenses]\nconfidence = \"0.9\"\n", "write confidence = 0.9, without the quotes"},
               {"[licenses]\nrequire-file = \"false\"\n", "write require-file = false, without the quotes"},
               {"[licenses]\nallow = \"MIT\"\n", "write allow = [\"MIT\"]"},
               {"[licenses]\napplies-to = \"code\"\n", "write applies-to = [\"code\"]"},
               {"[scan]\nexclude = \"docs/**\"\n", "write exclude = [\"docs/**\"]"},
               {"[hub]\ntimeout = 30\n", "put it in quotes: timeout = \"30\""},
               {"[hub]\nendpoint = [\"https://huggingface.co\"]\n", "one string, without the brackets"},
               {"[licenses]\nconfidence = \"high\"\n", "licenses.confidence is not a number; howopen.toml:3"},
               {"[licenses]\nallow = 7\n", "write allow = [\"…\"]"}};
  for (const auto& c : cases)
    EXPECT_THAT(errors(std::string("version = 1\n") + c.line), ElementsAre(HasSubstr(c.hint))) << c.line;
}

// Those of [hub] stand with the others.
TEST(PolicyFile, DurationsOfTheHub) {
  const auto e = errors(
      "version = 1\n[gate]\nmin-expiry-notice = \"soon\"\n[hub]\ntimeout = \"long\"\nmax-wait = \"-5m\"\n");
  ASSERT_THAT(e, SizeIs(3)) << joined(e);
  EXPECT_THAT(e[1], HasSubstr("hub.timeout is \"long\", not a duration; howopen.toml:5; write 30s or 5m"));
  EXPECT_THAT(e[2], HasSubstr("hub.max-wait is \"-5m\", not a duration; howopen.toml:6"));
  for (const char* good : {"0s", "500ms", "30", "2m", "1h"})
    EXPECT_THAT(errors(std::string("version = 1\n[hub]\nmax-wait = \"") + good + "\"\n"), IsEmpty()) << good;
}

TEST(PolicyFile, WrongTypesOfEveryTable) {
  for (const char* key : {"gate", "rules", "licenses", "jurisdiction", "scan", "lock", "hub"}) {
    for (const char* value : {"1", "\"x\"", "[]", "[1]", "true", "2027-01-01"}) {
      const auto e = errors(std::string("version = 1\n") + key + " = " + value + "\n");
      ASSERT_THAT(e, SizeIs(1)) << key << " = " << value << "\n" << joined(e);
      EXPECT_THAT(e[0], HasSubstr(std::string(key) + " is not a table; howopen.toml:2"));
    }
  }
  EXPECT_THAT(errors("version = \"1\"\n"), ElementsAre(HasSubstr("version is not 1; howopen.toml:1")));
  EXPECT_THAT(errors("version = \"1\"\n"), ElementsAre(HasSubstr("write version = 1, without the quotes")));
  EXPECT_THAT(errors("version = \"2\"\n"), ElementsAre(HasSubstr("this howopen reads version 1")));
  EXPECT_THAT(errors("version = 1.0\n"), SizeIs(testing::Le(1u)));
  EXPECT_THAT(errors("version = 1\nextends = [1]\n"),
              ElementsAre(HasSubstr("extends is not a list of strings")));
  EXPECT_THAT(errors("version = 1\npreset = 3\n"), SizeIs(1));
  EXPECT_THAT(errors("version = 1\n[licenses]\nconfidence = nan\n"), SizeIs(1));
  EXPECT_THAT(errors("version = 1\n[gate]\nmin-expiry-notice = -1\n"), SizeIs(1));
  EXPECT_THAT(errors("version = 1\n[gate]\nmin-expiry-notice = \"99999w\"\n"), IsEmpty());
}

TEST(Presets, EachIsWhatItsNameSays) {
  EXPECT_EQ(preset_policy("nonsense").preset, "permissive");
  EXPECT_EQ(preset_policy("osaid").minimum.value, Rung::open_source_ai);
  EXPECT_EQ(preset_policy("osaid").levels.at("code.training").value, Level::deny);
  EXPECT_EQ(preset_policy("mof").levels.at("card.complete").value, Level::deny);
  const Policy report = preset_policy("report");
  EXPECT_EQ(report.fail_on.value, Level::off);
  EXPECT_EQ(report.on_unknown.value, OnUnknown::allow);
  for (const auto& [rule, set] : report.levels) EXPECT_NE(set.value, Level::deny) << rule;
  for (const std::string_view name : kPresets) {
    const Policy p = preset_policy(name);
    EXPECT_EQ(p.preset, name);
    EXPECT_EQ(p.file, "");
    for (const std::string& rule : gate_rules()) EXPECT_TRUE(p.levels.contains(rule)) << rule;
    for (const auto& id : p.allow.ids) EXPECT_NE(the_catalog().license(id.value), nullptr) << id.value;
  }
}

TEST(Layers, LaterFilesWinKeyByKeyAndTheRestAddsUp) {
  const std::string waiver =
      "[[waiver]]\nrule = \"license.ask\"\nmodel = \"a/b\"\nuntil = 2027-01-01\nreason = \"r\"\nby = \"b\"\n";
  const ReadPolicy r = read_policy(
      {{"base.toml",
        "version = 1\npreset = \"osaid\"\n[gate]\nfail-on = \"warn\"\non-unknown = \"deny\"\n[rules]\n"
        "\"code.training\" = \"warn\"\n[licenses]\nallow = [\"MIT\"]\ndeny = [\"GPL-3.0-only\"]\n" +
            waiver},
       {"howopen.toml",
        "version = 1\nextends = [\"base.toml\"]\n[gate]\nfail-on = \"deny\"\n[licenses]\nallow = "
        "[\"Apache-2.0\"]\n" +
            waiver}},
      the_catalog());
  ASSERT_THAT(r.errors, IsEmpty());
  EXPECT_EQ(r.policy.preset, "osaid");
  EXPECT_EQ(r.policy.file, "howopen.toml");
  EXPECT_THAT(r.policy.from, ElementsAre("base.toml"));
  EXPECT_EQ(r.policy.fail_on.value, Level::deny);
  EXPECT_EQ(r.policy.fail_on.place.file, "howopen.toml");
  EXPECT_EQ(r.policy.on_unknown.value, OnUnknown::deny);
  EXPECT_EQ(r.policy.on_unknown.place.file, "base.toml");
  EXPECT_EQ(r.policy.levels.at("code.training").place.file, "base.toml");
  EXPECT_EQ(r.policy.levels.at("code.inference").place.file, "preset osaid");
  ASSERT_THAT(r.policy.allow.ids, SizeIs(1)) << "a list is replaced as a whole";
  EXPECT_EQ(r.policy.allow.ids[0].value, "Apache-2.0");
  EXPECT_EQ(r.policy.deny.ids[0].place.file, "base.toml");
  EXPECT_THAT(r.policy.waivers, SizeIs(2));
}

TEST(Layers, ErrorsOfAllFilesComeWithTheirFile) {
  const ReadPolicy r = read_policy(
      {{"base.toml", "version = 1\n[gat]\n"}, {"howopen.toml", "version = 1\nx = ["}}, the_catalog());
  ASSERT_THAT(r.errors, SizeIs(2));
  std::string all = r.errors[0].where + " " + r.errors[1].where;
  EXPECT_THAT(all, HasSubstr("base.toml:2"));
  EXPECT_THAT(all, HasSubstr("howopen.toml:2:"));
}

TEST(Layers, WhatAFileExtends) {
  const auto e = extends_of({"p.toml",
                             "version = 1\nextends = [\n  \"a.toml\",\n  "
                             "\"https://x.example/b.toml#sha256=ABCD\",\n]\n"});
  ASSERT_THAT(e, SizeIs(2));
  EXPECT_EQ(e[0].from, "a.toml");
  EXPECT_EQ(e[0].sha256, "");
  EXPECT_EQ(e[0].place.line, 3);
  EXPECT_EQ(e[1].from, "https://x.example/b.toml");
  EXPECT_EQ(e[1].sha256, "abcd");
  EXPECT_EQ(e[1].place.line, 4);
  EXPECT_THAT(extends_of({"p.toml", "extends = ["}), IsEmpty());
  EXPECT_THAT(extends_of({"p.toml", "extends = 3"}), IsEmpty());
}

TEST(Days, AreCountedWithoutAClock) {
  EXPECT_EQ(day_number("1970-01-01"), 0);
  EXPECT_EQ(day_number("1970-01-02"), 1);
  EXPECT_EQ(day_number("2000-03-01"), 11'017);
  EXPECT_EQ(*day_number("2024-03-01") - *day_number("2024-02-28"), 2) << "a leap year";
  EXPECT_EQ(*day_number("2023-03-01") - *day_number("2023-02-28"), 1);
  EXPECT_EQ(*day_number("2027-01-01") - *day_number("2026-12-31"), 1);
  for (const char* wrong : {"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-1-1",
                            "2026/01/01", "20260101", "2026-01-01T", "abcd-ef-gh"})
    EXPECT_FALSE(day_number(wrong)) << wrong;
}

// A pattern that matches nothing, or a name that no model has, says what somebody meant to say and does not.
TEST(PolicyReader, LooksIntoValues) {
  const auto errors = [](const std::string& lines) {
    std::vector<std::string> out;
    for (const Error& e : policy("version = 1\n" + lines).errors) out.push_back(e.what);
    return out;
  };
  for (const char* good : {"docs/**", "*.ipynb", "[ab].py", "a/[!x]y", "src/..x/a"})
    EXPECT_THAT(errors(std::string("[scan]\nexclude = [\"") + good + "\"]\n"), IsEmpty()) << good;
  for (const char* bad : {"", " ", "/abs", "~/x", "../x", "a/../b", "[a", "a\\\\b"})
    EXPECT_THAT(errors(std::string("[scan]\nexclude = [\"") + bad + "\"]\n"), SizeIs(1)) << bad;
  EXPECT_THAT(errors("[scan]\ninclude = [\"/x\", \"ok\", \"../y\"]\n"), SizeIs(2));
  for (const char* good : {"org/name", "org/name@main", "org/name@refs/pr/1", "gpt-4o", "gpt2"})
    EXPECT_THAT(errors(std::string("[scan.aliases]\nx = \"") + good + "\"\n"), IsEmpty()) << good;
  for (const char* bad : {"", "not an id", "org/name@bad rev", "a/b/c", "https://x.org/a/b"})
    EXPECT_THAT(errors(std::string("[scan.aliases]\nx = \"") + bad + "\"\n"), SizeIs(1)) << bad;
  const auto waiver = [&](const std::string& model) {
    return errors("[[waiver]]\nmodel = \"" + model +
                  "\"\nrule = \"license.denied\"\nuntil = 2027-01-01\nreason = \"x\"\nby = \"y\"\n");
  };
  for (const char* good : {"org/name", "org/*", "*", "*/x-[0-9]b", "./models/x.gguf", "ollama:llama3:8b"})
    EXPECT_THAT(waiver(good), IsEmpty()) << good;
  for (const char* bad : {"org name", "a/b/c", "org//x"}) EXPECT_THAT(waiver(bad), SizeIs(1)) << bad;
}

}  // namespace
}  // namespace howopen::test
