// howopen gate: find what is used, look, judge, ask the policy, tell, and end with one line and the right
// code.
//
//   gate .  ->  error[license.not-allowed]: …; gate: 1 pass, 1 denied, 0 undecided, 0 waived -> exit 1

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "files/file_io.h"
#include "files/local.h"
#include "files/streams.h"
#include "howopen/lock.h"
#include "run/locked.h"
#include "run/model_facts.h"
#include "run/options.h"
#include "run/policy_file.h"
#include "run/results.h"
#include "run/targets.h"
#include "text/glob.h"
#include "text/json.h"
#include "text/limits.h"
#include "text/object.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

// Levels of the command line over those of the policy.
Result<bool> override_levels(Policy& policy, const GatePlan& plan) {
  const std::vector<std::string> known = policy_rules();
  for (const auto& [rules, level, option] :
       {std::tuple(&plan.allow, Level::off, "-A"), std::tuple(&plan.warn, Level::warn, "-W"),
        std::tuple(&plan.deny, Level::deny, "-D")}) {
    for (const std::string& rule : *rules) {
      if (std::find(known.begin(), known.end(), rule) == known.end()) {
        const auto near = text::nearest(rule, known);
        return fail(Fault::usage, "unknown rule", fmt::format("{} {}", option, text::printable(rule)),
                    near ? "did you mean " + *near + "?" : "howopen rules lists them");
      }
      policy.levels[rule] = {level, {"command line", 0, fmt::format("{} {}", option, rule)}};
    }
  }
  if (!plan.fail_on.empty()) {
    if (plan.fail_on != "never" && plan.fail_on != "warn" && plan.fail_on != "deny")
      return fail(Fault::usage, "unknown value of --fail-on", text::printable(plan.fail_on),
                  "deny, warn or never");
    policy.fail_on = {plan.fail_on == "never" ? Level::off : *from_word<Level>(plan.fail_on),
                      {"command line", 0, "--fail-on " + plan.fail_on}};
  }
  if (!plan.on_unknown.empty()) {
    const auto on = from_word<OnUnknown>(plan.on_unknown);
    if (!on)
      return fail(Fault::usage, "unknown value of --on-unknown", text::printable(plan.on_unknown),
                  "undecided, deny, warn or allow");
    policy.on_unknown = {*on, {"command line", 0, "--on-unknown " + plan.on_unknown}};
  }
  return true;
}

// A line of -o jsonl: a model, or what stands behind them all.
bool result_line(const text::Json& line) {
  return line.is_object() && line["schema_version"].is_string() &&
         (line["ref"].is_string() || line["type"].is_string());
}

// A saved report, its one document or its lines, or a lock: the one of the base branch, say.
Result<Baseline> baseline(const std::string& path) {
  Baseline out;
  if (path.empty()) return out;
  out.given = true;
  TRY(const std::string content, files::read_file(path, limits::kSavedFile));
  const auto take = [&](const text::Json& model) {
    for (const text::Json& f : model["findings"].items()) {
      if (!f["undecided"].boolean_or(false)) out.findings.emplace(f["fingerprint"].string_or(""));
    }
  };
  const auto other = [&] {
    return fail(Fault::usage, "neither a report of howopen nor a lock", "--baseline " + text::printable(path),
                "howopen gate -o json=" + path);
  };
  if (const auto whole = text::parse_json(content)) {
    // SARIF, JUnit in JSON or anybody's file knows nothing: it is no empty baseline.
    const text::Json& models = (*whole)["models"];
    const bool ours = (*whole)["tool"]["name"].string_or("") == "howopen";
    if (ours && models.is_array()) {
      for (const text::Json& model : models.items()) take(model);
      take((*whole)["gate"]);
      return out;
    }
    if (!result_line(*whole)) return other();
  }
  if (const ReadLock lock = read_lock({path, content}); lock.errors.empty()) {
    for (const LockedModel& m : lock.models) out.models.insert(m.id + "@" + m.revision);
    return out;
  }
  std::string_view rest = content;
  bool any = false;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    const std::string_view text = text::trim(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    if (text.empty()) continue;
    const auto line = text::parse_json(text);
    if (!line || !result_line(*line)) return other();
    any = true;
    take(*line);
  }
  if (!any) return other();
  return out;
}

// The commits of the lock in place of what the code asks for. What the code names and the lock does not is a
// finding at its place.
Result<std::vector<run::Target>> pinned(std::vector<run::Target> wanted, bool all, const Policy& policy,
                                        const Catalog& catalog, std::vector<Gap>& gaps) {
  // Nothing to look up needs no lock: a commit that touches no model passes where there is none.
  if (wanted.empty() && !all) return wanted;
  const std::string name = run::lock_path(policy);
  TRY(const std::vector<LockedModel> locked, run::locked_models(name, true));
  const std::string folder = run::project_folder(policy);
  const auto entry = [&](const LockedModel& m) {
    return m.local() ? run::ref_of(m, folder) : ModelRef{m.id + "@" + m.revision, m.id, m.revision};
  };
  std::vector<run::Target> out;
  const auto missing = [&](run::Target& t, const std::string& model, const char* why) {
    if (t.uses.empty())
      gaps.push_back({"lock.missing", model + why, model, {"the command line", 0, 0, 0, ""}});
    for (Use& use : t.uses) gaps.push_back({"lock.missing", model + why, model, std::move(use)});
  };
  for (run::Target& t : wanted) {
    if (files::names_local(t.model.text)) {
      const std::string in_lock = run::name_in_lock(t.model.text, folder);
      const auto known = std::find_if(locked.begin(), locked.end(),
                                      [&](const LockedModel& m) { return m.local() && m.id == in_lock; });
      if (known == locked.end()) {
        missing(t, in_lock, " is not locked");
        continue;
      }
      TRY(const auto files, run::content_of(t.model));
      // Judged all the same: what it is now may be denied for itself.
      if (digest_of(files) != known->digest) {
        run::Target changed = t;
        missing(changed, in_lock, " is not what was locked: its weights are others");
      }
      out.push_back(std::move(t));
      continue;
    }
    const std::string revision = t.model.revision.empty() ? "main" : t.model.revision;
    const auto found = std::find_if(locked.begin(), locked.end(), [&](const LockedModel& m) {
      const bool named = text::equal_ignoring_case(m.id, t.model.id) ||
                         std::find(m.asked.begin(), m.asked.end(), t.model.id) != m.asked.end();
      return named && (revision == m.from || revision == m.revision);
    });
    if (found == locked.end()) {
      // What was never published has no commit to lock.
      if (catalog.release(t.model.id) != nullptr) {
        out.push_back(std::move(t));
        continue;
      }
      const std::string model = t.model.revision.empty() ? t.model.id : t.model.id + "@" + revision;
      missing(t, model, " is not locked");
      continue;
    }
    t.model = entry(*found);
    out.push_back(std::move(t));
  }
  if (all) {
    for (const LockedModel& m : locked) {
      const Use line{name, std::max(1, m.line), 1, 9, "[[model]] " + m.id};
      const auto same = std::find_if(out.begin(), out.end(), [&](const run::Target& t) {
        if (m.local())
          return files::names_local(t.model.text) && run::name_in_lock(t.model.text, folder) == m.id;
        return t.model.id == m.id && t.model.revision == m.revision;
      });
      if (same != out.end())
        same->uses.push_back(line);
      else if (!m.local() || files::local_models({entry(m)}))
        out.push_back({entry(m), {line}});
      else
        gaps.push_back({"lock.missing", m.id + " is locked and not here", m.id, line});
    }
  }
  return out;
}

// Waivers of models that were not among those that got an answer waive nothing here and may elsewhere. A tree
// and a lock are all there is; some models by name are not.
void forget_others(std::vector<int>& used, const Policy& policy, const std::vector<Verdict>& verdicts,
                   bool everything) {
  used.resize(policy.waivers.size());
  for (std::size_t i = 0; i < used.size(); ++i) {
    bool concerned = false;
    bool answered = false;
    for (const Verdict& v : verdicts) {
      if (!text::glob(policy.waivers[i].model, v.id)) continue;
      concerned = true;
      answered = answered || v.decision != Decision::undecided;
    }
    if (used[i] == 0 && (concerned ? !answered : !everything)) used[i] = -1;
  }
}

// Models that stand only in files of roles which the policy turns off.
std::size_t passed_by_role(const std::vector<Verdict>& verdicts, const Policy& policy) {
  const auto off = [&](const Use& u) {
    const auto set = policy.scan.roles.find(u.role);
    return set != policy.scan.roles.end() && set->second == Level::off;
  };
  return static_cast<std::size_t>(std::count_if(verdicts.begin(), verdicts.end(), [&](const Verdict& v) {
    return !v.uses.empty() && std::all_of(v.uses.begin(), v.uses.end(), off);
  }));
}

// What somebody left out is no fault, but a reader of the log is to know of it.
std::string left_out_note(const std::map<std::string, std::size_t>& reasons) {
  std::string out;
  for (const auto& [why, n] : reasons) {
    out += out.empty() ? "" : "; ";
    out += text::printable(why);
    if (n > 1) out += fmt::format(" ({})", n);
  }
  return "note: left out: " + out + "; howopen scan -v lists them\n";
}

}  // namespace

Result<int> gate(const GatePlan& plan, const Common& given, const Catalog& catalog) {
  const std::optional<Policy> loaded = run::load_policy(given, catalog);
  if (!loaded) return kUsage;
  Policy policy = *loaded;
  TRY([[maybe_unused]] const bool overridden, override_levels(policy, plan));
  TRY(const Common common, run::with_policy(given, policy));
  TRY(const std::string day, run::today(common));
  TRY(auto known, baseline(common.baseline));
  if (auto writable = check_outputs(common); !writable) return tl::unexpected<Error>(writable.error());

  const bool whole_lock = plan.locked && plan.targets.empty();
  std::vector<std::string> words = plan.targets;
  if (words.empty() && plan.artifacts.empty() && plan.replay.empty()) words.emplace_back(".");
  if (!plan.artifacts.empty() && (plan.files || plan.locked))
    return fail(Fault::usage, "an artifact is judged by its weights alone",
                plan.files ? "--files" : "--locked", "howopen gate --artifact DIR");
  TRY(run::Targets targets, run::find_targets({words, plan.files, plan.artifacts}, policy, common, catalog));
  if (plan.locked) {
    TRY(targets.models, pinned(std::move(targets.models), whole_lock, policy, catalog, targets.gaps));
  }

  GateSummary summary;
  summary.before = known;
  summary.new_only = plan.new_only;
  summary.fail_on = policy.fail_on.value;
  const GateRequest request{policy, catalog, day, std::move(known), plan.new_only};
  summary.policy = name_of(policy);
  summary.tree = gap_findings(std::move(targets.gaps), request, plan.strict);
  std::vector<Verdict> verdicts;
  std::vector<int> used;
  // All at once, unless the first denial is to be the last word.
  const std::size_t step = plan.fail_fast ? 8 : std::max<std::size_t>(1, targets.models.size());
  for (std::size_t from = 0;
       from < std::max<std::size_t>(1, targets.models.size()) && !(plan.fail_fast && summary.denied > 0);
       from += step) {
    run::ModelRequest asked{{}, plan.replay};
    const std::size_t to = std::min(targets.models.size(), from + step);
    for (std::size_t i = from; i < to; ++i) asked.models.push_back(targets.models[i].model);
    if (asked.models.empty() && plan.replay.empty()) break;
    TRY(const std::vector<Facts> facts, run::facts_of_models(asked, common, catalog));
    for (std::size_t i = 0; i < facts.size(); ++i) {
      Verdict v = judge(facts[i], catalog);
      if (from + i < targets.models.size()) v.uses = targets.models[from + i].uses;
      // Two names may lead to one model.
      const auto same = std::find_if(verdicts.begin(), verdicts.end(), [&](const Verdict& other) {
        return other.id == v.id && other.revision == v.revision && other.from == v.from;
      });
      if (same != verdicts.end()) {
        same->uses.insert(same->uses.end(), v.uses.begin(), v.uses.end());
        continue;
      }
      apply_policy(v, facts[i], request, used);
      count(summary, v);
      verdicts.push_back(std::move(v));
    }
  }
  const bool everything = (whole_lock || targets.folders) && !(plan.fail_fast && summary.denied > 0);
  forget_others(used, policy, verdicts, everything);
  summary.notices = waiver_notices(policy, used, day);
  if (targets.own > 0)
    files::write_err(fmt::format("note: {} of howopen's own {} not read: {} models without using them\n",
                                 targets.own == 1 ? "a document" : fmt::format("{} documents", targets.own),
                                 targets.own == 1 ? "was" : "were",
                                 targets.own == 1 ? "it names" : "they name"));
  std::map<std::string, std::size_t> left_out = targets.left_out;
  if (const std::size_t n = passed_by_role(verdicts, policy); n > 0)
    left_out["a model that stands only where [scan.roles] says off"] = n;
  if (!left_out.empty()) files::write_err(left_out_note(left_out));
  if (verdicts.empty())
    files::write_err(summary.tree.empty()
                         ? "note: no model is named in what was read\n"
                         : "note: no model is named in what was read, and not everything was\n");
  const auto tree_is = [&](Decision d) {
    return std::any_of(summary.tree.begin(), summary.tree.end(),
                       [&](const TreeFinding& t) { return t.decision == d; });
  };
  summary.exit =
      summary.denied > 0 || tree_is(Decision::denied) ? kDenied
      : summary.undecided > 0 || tree_is(Decision::undecided) || (verdicts.empty() && plan.require_refs)
          ? kUndecided
          : kJudged;
  if (auto written = emit_report(common, verdicts, catalog, &summary); !written)
    return tl::unexpected<Error>(written.error());
  files::write_err(gate_line(summary, style_of(common)));
  return summary.exit;
}

}  // namespace howopen::cli
