// Options of the commands that a policy governs.
//
//   gate . -D data.published --fail-on warn  ->  GatePlan{{"."}, fail_on "warn", deny {"data.published"}}

#include "cli/command_table.h"
#include "text/utf8.h"

namespace howopen::cli {

void policy_options(OptionSet& o, Raw& raw) {
  o.group("Policy");
  o.text("--policy", raw.common.policy, "FILE", "The policy; else howopen.toml, here or above");
  o.flag("--private-policies", raw.common.private_policies,
         "A policy may extend addresses of this machine and of private networks");
  o.flag("--no-policy", raw.common.no_policy, "The preset permissive, whatever file is there");
  o.text("--as-of", raw.common.as_of, "DAY", "Judges waivers as of that day, 2026-11-24; else today");
  o.group("");
}

namespace {

void gate_options(OptionSet& o, Raw& raw) {
  network_options(o, raw);
  policy_options(o, raw);
  o.text("--depth", raw.depth, "WHAT", "How much is asked: metadata, card, full", kDepths);
  o.text("--replay", raw.gate.replay, "FILE", "Judge a saved snapshot");
  o.text("--fail-on", raw.gate.fail_on, "LEVEL", "What fails: deny, warn or never",
         {"deny", "warn", "never"});
  o.text("--on-unknown", raw.gate.on_unknown, "WHAT",
         "A model without a verdict is: undecided, deny, warn or allow",
         {"undecided", "deny", "warn", "allow"});
  o.list("-D,--deny", raw.gate.deny, "RULE", "The rule denies", policy_rules());
  o.list("-W,--warn", raw.gate.warn, "RULE", "The rule warns", policy_rules());
  o.list("-A,--allow", raw.gate.allow, "RULE", "The rule is off", policy_rules());
  o.text("--baseline", raw.common.baseline, "FILE", "A JSON report, or a lock; what stands in it is known");
  o.flag("--new-only", raw.gate.new_only, "What the baseline knows fails nothing");
  o.flag("--locked", raw.gate.locked, "Judge the locked commits; a model that is not locked is denied");
  o.flag("--frozen", raw.frozen, "The same as --locked --offline");
  o.flag("--files", raw.gate.files, "All targets are paths of files: src/app.py, without ./ before it");
  o.list("--artifact", raw.gate.artifacts, "DIR|TAR|LAYOUT",
         "Judge the weights in what would be shipped: a folder, an archive, an OCI layout or saved image");
  identify_option(o, raw);
  o.flag("--require-refs", raw.gate.require_refs, "Nothing found to judge is undecided");
  o.flag("--strict", raw.gate.strict, "What was not read is denied: scan.skipped and scan.empty");
  o.flag("--fail-fast", raw.gate.fail_fast, "Stop at the first model that is denied");
  o.flag("--show-waived", raw.common.show_waived, "Findings that a waiver covers, too");
  o.flag("--notes", raw.common.notes, "Findings of level note in SARIF and GitLab's report, too");
  o.list("targets", raw.gate.targets, "REF|DIR|FILE|-",
         "Models, folders, files, lists; the working directory when none is named");
}

Result<AnyPlan> gate_plan(const Raw& raw) {
  GatePlan plan = raw.gate;
  if (raw.frozen) plan.locked = true;
  if (plan.new_only && raw.common.baseline.empty())
    return misused("--new-only needs a baseline", "--new-only", "--baseline report.json");
  return plan;
}

void lock_options(OptionSet& o, Raw& raw) {
  network_options(o, raw);
  policy_options(o, raw);
  o.text("--depth", raw.depth, "WHAT", "How much is asked: metadata, card, full", kDepths);
  o.list("--update", raw.lock.update, "ID", "Make only this model's entry anew, and show what changes");
  o.list("targets", raw.lock.targets, "REF|DIR|FILE|-",
         "Models, folders, lists; the working directory when none is named");
}

void notice_options(OptionSet& o, Raw& raw) {
  network_options(o, raw);
  policy_options(o, raw);
  o.text("--depth", raw.depth, "WHAT", "How much is asked: metadata, card, full", kDepths);
  o.text("--replay", raw.replay, "FILE", "From a saved snapshot");
  o.flag("--lock", raw.gate.locked, "The models of the lock, at their commits");
  o.text("--check", raw.check, "FILE", "Fail where this document is stale, and say what changed");
  o.list("targets", raw.gate.targets, "REF|DIR|FILE|-",
         "Models, folders, lists; the working directory when none is named");
}

Result<AnyPlan> notice_plan(const Raw& raw) {
  if (raw.gate.locked && !raw.gate.targets.empty())
    return misused("the lock, or models", "--lock", "howopen notice --lock");
  return NoticePlan{raw.gate.targets, raw.gate.locked, raw.replay, raw.check};
}

Result<AnyPlan> lock_plan(const Raw& raw) {
  if (raw.common.offline) return misused("lock needs the network", "--offline", "leave --offline out");
  return raw.lock;
}

void drift_options(OptionSet& o, Raw& raw) {
  network_options(o, raw);
  policy_options(o, raw);
  o.text("--depth", raw.depth, "WHAT", "How much is asked: metadata, card, full", kDepths);
}

Result<AnyPlan> drift_plan(const Raw& raw) {
  if (raw.common.offline) return misused("drift needs the network", "--offline", "leave --offline out");
  return DriftPlan{};
}

void verify_options(OptionSet& o, Raw& raw) {
  network_options(o, raw);
  policy_options(o, raw);
  o.flag("--hub", raw.hub, "Against what the Hub says, not the lock");
  o.flag("--self", raw.self,
         "Against the digests that the store or the download gives its own files: finds damage, not fraud");
  o.text("--model", raw.word, "REF", "The model that they should be; else what their content or place tells");
  o.list("targets", raw.gate.targets, "DIR|FILE|REF", "Folders, files of weights, ollama:NAME, oci:LAYOUT");
}

Result<AnyPlan> verify_plan(const Raw& raw) {
  if (raw.gate.targets.empty()) return misused("nothing to verify", {}, "howopen verify ./model");
  if (raw.hub && raw.self) return misused("the Hub, or the store itself", "--self", "leave --hub out");
  using Against = VerifyPlan::Against;
  return VerifyPlan{raw.gate.targets, raw.word,
                    raw.hub    ? Against::hub
                    : raw.self ? Against::self
                               : Against::lock};
}

void init_options(OptionSet& o, Raw& raw) {
  o.text("--preset", raw.word, "NAME", "What it starts from: permissive, osaid, mof or report",
         {std::begin(kPresets), std::end(kPresets)});
  o.flag("--full", raw.full, "Every key, with its value and what it means");
}

Result<AnyPlan> init_plan(const Raw& raw) {
  InitPlan plan{raw.word.empty() ? "permissive" : raw.word, raw.full};
  for (const std::string_view name : kPresets) {
    if (plan.preset == name) return plan;
  }
  return misused("unknown preset", "--preset " + text::printable(plan.preset),
                 "permissive, osaid, mof or report");
}

void waive_options(OptionSet& o, Raw& raw) {
  policy_options(o, raw);
  o.text("model", raw.waive.model, "REF", "Model the waiver is for, `*` allowed");
  o.text("rule", raw.waive.rule, "RULE", "Rule that is waived", policy_rules());
  o.text("--until", raw.waive.until, "DAY", "Last day it holds, 2027-03-31");
  o.text("--reason", raw.waive.reason, "TEXT", "Why");
  o.text("--by", raw.waive.by, "WHO",
         "Who signs; else HOWOPEN_BY, GIT_AUTHOR_EMAIL, git's user.email, EMAIL or USER");
  o.text("--value", raw.waive.value, "FACT",
         "The fact it is bound to, e.g. the license; another one voids it");
}

Result<AnyPlan> waive_plan(const Raw& raw) {
  const char* usage = "howopen waive REF RULE --until 2027-03-31 --reason '…'";
  if (raw.waive.model.empty() || raw.waive.rule.empty())
    return misused("a model and a rule are needed", {}, usage);
  if (raw.waive.until.empty()) return misused("no last day given", "--until", usage);
  if (raw.waive.reason.empty()) return misused("no reason given", "--reason", usage);
  return raw.waive;
}

void policy_command_options(OptionSet& o, Raw& raw) {
  policy_options(o, raw);
  o.text("action", raw.word, "ACTION", "check (all errors of the file) or show (what applies)",
         {"check", "show"});
  o.text("file", raw.file, "FILE", "The policy, as --policy names it");
  o.flag("--origin", raw.origin, "show: with the line that set each value");
}

Result<AnyPlan> policy_plan(const Raw& raw) {
  const auto action = from_word<PolicyPlan::Action>(raw.word.empty() ? "check" : raw.word);
  if (!action) return misused("unknown action", text::printable(raw.word), "check or show");
  if (!raw.file.empty() && !raw.common.policy.empty())
    return misused("two policies", text::printable(raw.file), "one of FILE and --policy");
  return PolicyPlan{*action, raw.origin, raw.file};
}

constexpr Command kGateCommands[] = {
    {"gate", "A policy over models, a source tree, a list or the lock; fails when it denies", gate_options,
     gate_plan, kReportFormats},
    {"lock", "Write howopen.lock: what the models are now", lock_options, lock_plan, kPlainFormats},
    {"notice", "Licenses, notices and duties that go along with models, as one document", notice_options,
     notice_plan, kNoticeFormats},
    {"drift", "Compare locked models with their current state", drift_options, drift_plan, kReportFormats},
    {"verify", "Check weights on disk against the lock, the Hub or their own store", verify_options,
     verify_plan, kPlainFormats},
    {"init", "Write a policy to begin with, after a look at the tree", init_options, init_plan,
     kPlainFormats},
    {"waive", "Add a waiver to the policy", waive_options, waive_plan, kPlainFormats},
    {"policy", "The policy: check it, show what applies; its keys: howopen help policy",
     policy_command_options, policy_plan, kPlainFormats},
};

}  // namespace

std::span<const Command> gate_commands() {
  return kGateCommands;
}

}  // namespace howopen::cli
