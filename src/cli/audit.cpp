// howopen audit: look, gather, judge, render. Where the Hub cannot be reached, facts that ship with the tool
// answer for the models they are about, and say so.

#include <fmt/format.h>

#include <map>

#include "cli/commands.h"
#include "cli/environment.h"
#include "cli/look.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "cli/world.h"
#include "fetch/replay.h"
#include "howopen/verdict.h"
#include "text/limits.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

// Facts that ship with the tool; nothing for a model it has none of.
std::optional<Facts> built_in(const ModelRef& model, const Catalog& catalog) {
  const ModelEntry* entry = model.revision.empty() ? catalog.model(model.id) : nullptr;
  if (entry == nullptr) return std::nullopt;
  return gather_model(model, *entry, catalog);
}

Facts nothing_offline(const ModelRef& model) {
  Facts facts;
  facts.ref = model.text;
  facts.id = facts.asked = model.id;
  facts.from = model.revision.empty() ? "main" : model.revision;
  facts.repository = {Unseen::not_asked, "offline"};
  facts.misses.push_back({Trouble::network,
                          "offline: not in a cache, and no facts about this model ship with howopen", "",
                          false});
  return facts;
}

// The record of the model itself could not be asked for: no host, no connection, no answer in time.
bool unreachable(const Facts& facts) {
  if (facts.repository) return false;
  for (const Miss& m : facts.misses) {
    if (m.unreachable) return true;
  }
  return false;
}

// What a cache has a whole record of; else facts that ship with the tool, which are whole as well; else what
// little a cache has.
Result<std::vector<Facts>> offline_facts(const std::vector<ModelRef>& models, const Common& common,
                                         const Catalog& catalog) {
  const auto world = World::open_offline(common);
  std::vector<Facts> cached = look(world->source(), models, catalog).facts;
  std::vector<Facts> out;
  for (std::size_t i = 0; i < models.size(); ++i) {
    Facts& seen = cached[i];
    seen.origin = Origin::cache;
    std::optional<Facts> known;
    if (!seen.repository || seen.repository->partial) known = built_in(models[i], catalog);
    if (known)
      out.push_back(std::move(*known));
    else
      out.push_back(seen.repository ? std::move(seen) : nothing_offline(models[i]));
  }
  return out;
}

void report_requests(const std::vector<ModelRef>& models, const std::vector<int>& requests) {
  for (std::size_t i = 0; i < models.size(); ++i)
    write_err(fmt::format("{}: {} requests\n", text::printable(models[i].id), requests[i]));
}

Result<std::vector<Facts>> online_facts(const std::vector<ModelRef>& models, const Common& common,
                                        const Catalog& catalog) {
  TRY(const auto world, World::open(common));
  Looked looked = look(world->source(), models, catalog, common.depth);
  if (common.verbosity > 0) report_requests(models, looked.requests);
  std::vector<Facts> out = std::move(looked.facts);
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (!unreachable(out[i])) continue;
    std::optional<Facts> facts = built_in(models[i], catalog);
    if (!facts) continue;
    facts->misses = std::move(out[i].misses);
    out[i] = std::move(*facts);
  }
  return out;
}

Result<std::vector<Facts>> replayed_facts(const AuditPlan& plan, const Common& common,
                                          const Catalog& catalog) {
  TRY(const std::string json, read_file(plan.replay, limits::kSavedFile));
  if (!fetch::is_bundle(json)) {
    TRY(Facts facts, load_facts(json, plan.replay));
    if (facts.ref.empty()) facts.ref = facts.id;
    facts.origin = Origin::replay;
    return std::vector<Facts>{std::move(facts)};
  }
  TRY(Bundle bundle, fetch::load_bundle(json, plan.replay));
  const std::vector<ModelRef>& models = plan.models.empty() ? bundle.models : plan.models;
  fetch::Replay source(std::move(bundle.answers));
  std::vector<Facts> out = look(source, models, catalog, common.depth).facts;
  for (Facts& f : out) f.origin = Origin::replay;
  return out;
}

// In the order asked for: closed models are answered by the release catalog and never asked of the Hub.
Result<std::vector<Facts>> facts_of(const AuditPlan& plan, const Common& common, const Catalog& catalog) {
  if (!plan.replay.empty()) return replayed_facts(plan, common, catalog);
  std::vector<ModelRef> hub;
  std::map<std::string, Facts> closed;
  for (const ModelRef& model : plan.models) {
    if (const ReleaseEntry* release = catalog.release(model.id))
      closed.emplace(model.text, gather_release(model, *release));
    else
      hub.push_back(model);
  }
  std::vector<Facts> looked;
  if (!hub.empty()) {
    TRY(looked, offline(common) ? offline_facts(hub, common, catalog) : online_facts(hub, common, catalog));
  }
  std::vector<Facts> out;
  std::size_t next = 0;
  for (const ModelRef& model : plan.models) {
    const auto found = closed.find(model.text);
    out.push_back(found != closed.end() ? found->second : std::move(looked[next++]));
  }
  return out;
}

// What could not be seen, on stderr, so that a verdict on stdout is never taken for the whole truth.
void report_misses(const std::vector<Verdict>& verdicts) {
  for (const Verdict& v : verdicts) {
    const bool failed = v.rung == Rung::undetermined;
    if (v.origin == Origin::built_in && !v.errors.empty()) {
      write_err(fmt::format(
          "warning: the Hub could not be reached; {}\n",
          worded({Fault::unanswered, v.errors.front().message, v.errors.front().where,
                  fmt::format("{} is judged from facts of {} that ship with howopen", v.id, v.as_of)})
              .substr(7)));
      continue;
    }
    if (!failed) continue;
    Error error{
        Fault::unanswered,
        fmt::format("{} has no verdict: it lies between {} and {}", v.id, title(v.low), title(v.high)),
        {},
        "see what is marked unknown"};
    for (const Miss& m : v.errors) {
      error.what = m.message.find(v.id) != std::string::npos ? m.message : v.id + ": " + m.message;
      error.where = m.where;
      if (m.trouble == Trouble::not_found)
        error.fix = "check the spelling; for a private model set HF_TOKEN";
      else if (m.trouble == Trouble::network && m.where.empty())
        error.fix = "leave --offline out";
      else if (m.trouble == Trouble::auth_required)
        error.fix = "set HF_TOKEN to a token with access";
      else if (m.trouble == Trouble::rate_limited)
        error.fix = "wait, or set HF_TOKEN for a larger quota";
      else
        error.fix = "try again";
      break;
    }
    write_err(worded(error));
  }
}

}  // namespace

Result<int> audit(const AuditPlan& plan, const Common& common, const Catalog& catalog) {
  TRY(const std::vector<Facts> facts, facts_of(plan, common, catalog));
  std::vector<Verdict> verdicts;
  int exit = kJudged;
  for (const Facts& f : facts) {
    verdicts.push_back(judge(f, catalog));
    if (verdicts.back().rung == Rung::undetermined) exit = kUndecided;
  }
  report_misses(verdicts);
  if (auto written = emit_report(common, verdicts, catalog); !written)
    return tl::unexpected<Error>(written.error());
  return exit;
}

}  // namespace howopen::cli
