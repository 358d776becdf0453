// howopen lock and howopen drift: what the models are, written down; what has become of them.
//
//   lock .                  ->  howopen.lock with a table for each model that the tree names
//   lock --update org/name  ->  that table anew, after what changes was shown

#include "howopen/lock.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "files/file_io.h"
#include "files/local.h"
#include "files/streams.h"
#include "run/hub_options.h"
#include "run/locked.h"
#include "run/model_facts.h"
#include "run/options.h"
#include "run/policy_file.h"
#include "run/results.h"
#include "run/targets.h"
#include "text/limits.h"
#include "text/utf8.h"

namespace howopen::cli {

namespace {

// One line that says why a model could not be locked.
std::string reason(const Verdict& v) {
  if (!v.errors.empty()) return v.errors.front().message;
  if (v.origin == Origin::local) return "not all of its weights could be read";
  return v.origin == Origin::catalog ? "its weights were never published" : "the Hub named no commit";
}

// What a lock would say of a model now.
Result<std::optional<LockedModel>> state_of(const Verdict& v, const Facts& f, const ModelRef& model,
                                            const std::string& folder) {
  if (f.origin != Origin::local) return locked(v, f);
  TRY(const auto files, run::content_of(model));
  return locked(v, f, run::name_in_lock(model.text, folder), files);
}

}  // namespace

Result<int> lock(const LockPlan& plan, const Common& given, const Catalog& catalog) {
  if (run::offline(given)) return fail(Fault::usage, "lock needs the network", "HF_HUB_OFFLINE", "unset it");
  const std::optional<Policy> policy = run::load_policy(given, catalog);
  if (!policy) return kUsage;
  TRY(const Common common, run::with_policy(given, *policy));
  const std::string path = run::lock_path(*policy);
  const files::FolderLock alone(path);
  TRY(std::vector<LockedModel> before, run::locked_models(path, !plan.update.empty()));
  run::Targets targets;
  if (!plan.update.empty()) {
    for (const std::string& id : plan.update) {
      const auto found = std::find_if(before.begin(), before.end(), [&](const LockedModel& m) {
        return text::equal_ignoring_case(m.id, id);
      });
      if (found == before.end())
        return fail(Fault::usage, "not locked: " + text::printable(id), path,
                    "howopen lock " + text::printable(id));
      targets.models.push_back({run::ref_of(*found, run::project_folder(*policy)), {}});
    }
  } else {
    TRY(targets, run::find_targets({plan.targets.empty() ? std::vector<std::string>{"."} : plan.targets},
                                   *policy, common, catalog));
  }
  run::ModelRequest request;
  for (const run::Target& t : targets.models) {
    // What was never published has no commit; what it is stands in the catalog.
    if (files::names_local(t.model.text) || catalog.release(t.model.id) == nullptr)
      request.models.push_back(t.model);
    else
      files::write_err(fmt::format("note: {} is not locked: its weights were never published\n",
                                   text::printable(t.model.id)));
  }
  std::vector<Facts> facts;
  if (!request.models.empty()) {
    TRY(facts, run::facts_of_models(request, common, catalog));
  }
  // Models named one by one, those that are updated and those of a part of the project leave the others as
  // they are; the project as a whole replaces them all.
  const bool adds = !targets.folders;
  std::vector<LockedModel> after = adds ? before : std::vector<LockedModel>{};
  int failed = 0;
  int unseen = 0;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const Facts& f = facts[i];
    const Verdict v = judge(f, catalog);
    TRY(std::optional<LockedModel> now, state_of(v, f, request.models[i], run::project_folder(*policy)));
    const auto same = [&](const LockedModel& m) {
      return now ? m.id == now->id && m.from == now->from : m.id == v.id && m.from == v.from;
    };
    const auto then = std::find_if(before.begin(), before.end(), same);
    if (!now) {
      ++failed;
      files::write_err(files::worded(
          {Fault::unanswered,
           fmt::format("{} cannot be locked: {}", f.origin == Origin::local ? f.ref : v.id, reason(v)),
           {},
           {}}));
      // What was locked stays: not to be seen is not to be gone.
      if (then != before.end() && !adds) after.push_back(*then);
      continue;
    }
    // Several names may lead to one model.
    const auto taken = std::find_if(after.begin(), after.end(), same);
    if (taken != after.end()) {
      now->asked.insert(now->asked.end(), taken->asked.begin(), taken->asked.end());
      std::sort(now->asked.begin(), now->asked.end());
      now->asked.erase(std::unique(now->asked.begin(), now->asked.end()), now->asked.end());
      after.erase(taken);
    }
    after.push_back(*now);
    const std::vector<std::string> not_seen = unknowns(*now);
    if (!not_seen.empty()) {
      ++unseen;
      files::write_err(fmt::format("warning: {}: not seen, written as unknown: {}\n",
                                   text::printable(now->id), fmt::join(not_seen, ", ")));
    }
    if (then == before.end()) {
      files::write_err(fmt::format("+ {} @ {}  {}\n", text::printable(now->id),
                                   now->local() ? now->digest.substr(7, 7) : now->revision.substr(0, 7),
                                   now->binds.empty() ? now->concluded : now->binds));
    } else if (const auto changes = lock_changes(*then, *now); !changes.empty()) {
      files::write_err(fmt::format("~ {}\n", text::printable(now->id)));
      for (const std::string& line : changes) files::write_err("    " + text::printable(line) + "\n");
    }
  }
  for (const LockedModel& m : before) {
    const bool stays =
        std::any_of(after.begin(), after.end(), [&](const LockedModel& a) { return a.id == m.id; });
    if (!stays) files::write_err(fmt::format("- {}\n", text::printable(m.id)));
  }
  const std::size_t size = after.size();
  TRY([[maybe_unused]] const bool written, files::write_file(path, write_lock(std::move(after))));
  files::write_err(fmt::format("{}: {} model{} locked{}{}\n", path, size, size == 1 ? "" : "s",
                               failed == 0 ? "" : fmt::format(", {} could not be", failed),
                               unseen == 0 ? "" : fmt::format(", {} not seen whole", unseen)));
  return failed == 0 && unseen == 0 ? kJudged : kUndecided;
}

Result<int> drift(const DriftPlan&, const Common& given, const Catalog& catalog) {
  if (run::offline(given)) return fail(Fault::usage, "drift needs the network", "HF_HUB_OFFLINE", "unset it");
  const std::optional<Policy> policy = run::load_policy(given, catalog);
  if (!policy) return kUsage;
  TRY(const Common common, run::with_policy(given, *policy));
  if (auto writable = check_outputs(common); !writable) return tl::unexpected<Error>(writable.error());
  const std::string path = run::lock_path(*policy);
  TRY(const std::vector<LockedModel> then, run::locked_models(path, true));
  run::ModelRequest request;
  const std::string folder = run::project_folder(*policy);
  for (const LockedModel& m : then) request.models.push_back(run::ref_of(m, folder));
  std::vector<Facts> facts;
  if (!request.models.empty()) {
    TRY(facts, run::facts_of_models(request, common, catalog));
  }
  GateSummary summary;
  summary.policy = name_of(*policy);
  std::vector<Verdict> verdicts;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    Verdict v = judge(facts[i], catalog);
    TRY(const std::optional<LockedModel> state, state_of(v, facts[i], request.models[i], folder));
    apply_drift(v, facts[i], state, then[i], *policy, path);
    count(summary, v);
    verdicts.push_back(std::move(v));
  }
  summary.exit = summary.denied > 0 ? kDenied : summary.undecided > 0 ? kUndecided : kJudged;
  if (auto written = emit_report(common, verdicts, catalog, &summary); !written)
    return tl::unexpected<Error>(written.error());
  files::write_err(gate_line(summary, style_of(common), "drift"));
  return summary.exit;
}

}  // namespace howopen::cli
