// Verdicts as a gate leaves them, written down: one denied, one undecided, one that passes with a warning.
#pragma once

#include <string>
#include <vector>

#include "howopen/policy.h"
#include "howopen/verdict.h"

namespace howopen::test {

/// Everything that has ever broken a report: commands of CI logs, escape sequences, markup of every format,
/// what ends a CDATA section, a bidirectional override, bytes that are no UTF-8.
inline const std::string kHostile =
    "::error::x\n::set-output name=a::b\r\n##[error]y \x1b[31m\x1b]0;t\x07 <script>alert(1)</script> ]]> "
    "\"q\" 'a' & | `c` [l](http://evil.example) @team %0A %25 \xe2\x80\xae\xff\xfe\x01\xef\xbf\xbf "
    "=cmd,\"z\"";

inline Verdict passing(const std::string& id) {
  Verdict v;
  v.ref = v.id = v.asked = id;
  v.revision = std::string(40, 'a');
  v.from = "main";
  v.rung = v.low = v.high = Rung::open_weights;
  v.points = v.points_low = v.points_high = 2;
  for (ComponentVerdict& c : v.components)
    c = {State::available, State::available, State::available, "there"};
  v.reasons = {"weights and inference code under MIT"};
  v.license.weights = LicenseFinding{.declared = "mit",
                                     .concluded = "MIT",
                                     .cls = LicenseClass::open,
                                     .best = LicenseClass::open,
                                     .match = Match::exact,
                                     .file = "LICENSE",
                                     .confidence = 1};
  v.license.effective = {"MIT", LicenseClass::open, LicenseClass::open, {}};
  v.decision = Decision::pass;
  v.passed = {"license.not-allowed", "weights.published"};
  return v;
}

inline Finding not_allowed(const std::string& id) {
  Finding f{"license.not-allowed",
            "deny",
            id + " is under LicenseRef-Llama-3.1",
            {{"license.tag", "license: llama3.1", "README.md:4@" + std::string(40, '0'), Kind::metadata,
              Strength::decides}}};
  f.value = "LicenseRef-Llama-3.1";
  f.policy = PolicyLine{"howopen.toml", 26, "licenses.ask"};
  f.fix = "howopen waive " + id + " license.not-allowed --until 2027-03-31 --reason '…'";
  f.fingerprint = "f00d" + id.substr(id.find('/') + 1);
  return f;
}

inline Verdict denied(const std::string& id) {
  Verdict v = passing(id);
  v.decision = Decision::denied;
  v.passed = {"weights.published"};
  v.findings = {not_allowed(id)};
  v.uses = {{"src/app.py", 3, 32, 11, "AutoModel.from_pretrained(\"" + id + "\")"},
            {"src/b c.py", 9, 1, 11, "x"},
            {"src/d.py", 1, 1, 11, "y"},
            {"src/e.py", 2, 1, 11, "z"}};
  return v;
}

inline Verdict undecided(const std::string& id) {
  Verdict v = passing(id);
  v.decision = Decision::undecided;
  v.rung = Rung::undetermined;
  v.low = Rung::weights_available;
  v.passed = {};
  v.complete = false;
  Finding f{"license.unknown", "deny", "the license text could not be read", {}};
  f.undecided = true;
  f.policy = PolicyLine{"howopen.toml", 12, "rules.\"license.unknown\""};
  f.fingerprint = "cafe";
  v.findings = {f};
  v.errors = {
      {Trouble::rate_limited, "the Hub's quota is used up", "https://huggingface.co/api/models/" + id}};
  return v;
}

inline Finding with_level(std::string rule, std::string level, std::string message) {
  Finding f{std::move(rule), std::move(level), std::move(message), {}};
  f.policy = PolicyLine{"howopen.toml", 30, "rules"};
  f.fingerprint = "beef" + f.rule;
  return f;
}

inline Finding waived(const std::string& id) {
  Finding f = not_allowed(id);
  f.waiver = WaiverNote{"2027-03-31", "LEGAL-412", "legal@example.org", {"howopen.toml", 44, "waiver"}};
  return f;
}

inline std::vector<Verdict> mixed() {
  std::vector<Verdict> out = {passing("acme/fine"), denied("acme/foo-7b"), undecided("acme/unread"),
                              passing("acme/waived"), passing("acme/warned")};
  out[3].findings = {waived("acme/waived")};
  out[3].passed = {"weights.published"};
  out[4].findings = {with_level("license.conflict", "warn", "the tag mit is not what LICENSE says"),
                     with_level("data.published", "note", "training data are not published")};
  return out;
}

inline GateSummary summary_of_mixed() {
  GateSummary out;
  out.policy = "howopen.toml";
  out.pass = 3;
  out.denied = 1;
  out.undecided = 1;
  out.waived = 1;
  out.exit = 1;
  return out;
}

/// One whose every foreign string is hostile.
inline Verdict hostile() {
  Verdict v = denied("acme/evil");
  v.id = v.ref = v.asked = "acme/" + kHostile;
  v.reasons = {kHostile};
  for (ComponentVerdict& c : v.components) {
    c.summary = kHostile;
    c.evidence = {{"weights.x", kHostile, kHostile, Kind::text, Strength::decides}};
  }
  v.license.weights->declared = v.license.effective.expression = kHostile;
  v.lineage = {{"acme/" + kHostile, "finetune", kHostile}};
  Finding& f = v.findings.front();
  f.message = kHostile;
  f.evidence[0].what = kHostile + std::string(5000, 'x');
  f.evidence[0].where = kHostile;
  f.value = kHostile;
  f.policy->text = kHostile;
  f.fix = kHostile;
  v.findings.push_back(with_level("license.conflict", "warn", kHostile));
  Finding w = waived("acme/evil");
  w.waiver->reason = w.waiver->by = kHostile;
  v.findings.push_back(w);
  v.uses = {{"src/a,b:c%d " + kHostile.substr(60, 90) + ".py", 7, 1, 4, kHostile}};
  v.errors = {{Trouble::parse, kHostile, kHostile}};
  return v;
}

}  // namespace howopen::test
