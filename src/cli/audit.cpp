// howopen audit: look, gather, judge, render. Where the Hub cannot be reached, facts that ship with the tool
// answer for the models they are about, and say so.

#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.h"
#include "cli/output.h"
#include "files/environment.h"
#include "files/streams.h"
#include "howopen/verdict.h"
#include "run/model_facts.h"
#include "run/names.h"
#include "run/options.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

constexpr const char* kProxy = "a proxy is set: howopen doctor tells what works";

// What leaves it open, and how to see it.
std::string hint_for(const Verdict& v) {
  const std::string& name = v.origin == Origin::local ? v.ref : v.origin == Origin::catalog ? v.asked : v.id;
  const bool license = v.license.effective.cls != v.license.effective.best;
  const bool component = std::any_of(v.components.begin(), v.components.end(),
                                     [](const ComponentVerdict& c) { return c.state == State::unknown; });
  const std::string why = fmt::format("howopen why {}{}", text::printable(name), license ? " license" : "");
  return license || !component ? why : "see what is marked unknown: " + why;
}

// What could not be seen, on stderr, so that a verdict on stdout is never taken for the whole truth.
void report_misses(const std::vector<Verdict>& verdicts, const std::vector<ModelRef>& models,
                   const std::string& replay, const Common& common, const Catalog& catalog) {
  const bool card = verdicts.size() == 1 &&
                    std::any_of(common.outputs.begin(), common.outputs.end(),
                                [](const Output& o) { return o.format == Format::text && o.file.empty(); });
  for (const Verdict& v : verdicts) {
    const bool failed = v.rung == Rung::undetermined;
    if (v.origin == Origin::built_in && !v.errors.empty()) {
      // The card of one model says it itself.
      if (card && !common.quiet) continue;
      const LookupError& m = v.errors.front();
      files::write_err(fmt::format(
          "warning: the Hub could not be reached: {}\n  note: {} is judged by facts of {} that ship with "
          "howopen\n{}",
          files::summary({Fault::unanswered, m.message, m.where, {}}), text::printable(v.id), v.as_of,
          files::proxied() ? fmt::format("  hint: {}\n", kProxy) : std::string()));
      continue;
    }
    if (!failed) continue;
    Error error{Fault::unanswered,
                fmt::format("{} has no verdict: it lies between {} and {}",
                            v.origin == Origin::catalog ? v.asked : v.id, title(v.low), title(v.high)),
                {},
                hint_for(v)};
    if (!replay.empty() && v.errors.empty() && v.low == v.high) {
      error.what = "it holds no answers about " + v.id;
      error.where = text::printable(replay);
      error.fix = "howopen fetch saves what is there to know of a model";
    }
    for (const LookupError& m : v.errors) {
      error.what = m.message.find(v.id) != std::string::npos ? m.message : v.id + ": " + m.message;
      error.where = m.where;
      if (m.trouble == Trouble::not_found) {
        const auto asked =
            std::find_if(models.begin(), models.end(), [&](const ModelRef& r) { return r.text == v.ref; });
        const std::string near = asked == models.end() || !asked->revision.empty()
                                     ? ""
                                     : run::nearest_names(*asked, common, catalog);
        // A base that its card names is nobody's typing error here.
        if (v.low != v.high)
          error.fix = hint_for(v) + "\nfor a private base set HF_TOKEN";
        else
          error.fix = near.empty() ? "check the spelling\nfor a private model set HF_TOKEN"
                                   : near + "\nfor a private model set HF_TOKEN";
      } else if (m.offline)
        error.fix = "leave --offline out";
      else if (m.trouble == Trouble::auth_required)
        error.fix = "set HF_TOKEN to a token with access";
      else if (m.trouble == Trouble::rate_limited)
        error.fix = "wait, or set HF_TOKEN for a larger quota";
      else if (m.trouble == Trouble::network && files::proxied())
        error.fix = kProxy;
      else if (m.trouble != Trouble::parse)
        error.fix = "try again";
      break;
    }
    files::write_err(files::worded(error));
  }
}

}  // namespace

Result<int> audit(const AuditPlan& plan, const Common& common, const Catalog& catalog) {
  // Names in a snapshot are what they are, and nobody is asked for others.
  std::vector<ModelRef> models;
  if (plan.replay.empty()) {
    TRY(models, run::named_models(plan.models, common, catalog));
  }
  TRY(const std::vector<Facts> facts,
      run::facts_of_models({plan.replay.empty() ? models : plan.models, plan.replay}, common, catalog));
  // A word that is nobody's model is a typing error, not a model without a verdict.
  for (std::size_t i = 0; i < models.size() && i < facts.size(); ++i) {
    if (models[i].id.find('/') != std::string::npos || facts[i].repository || facts[i].lookup_errors.empty())
      continue;
    if (facts[i].lookup_errors.front().trouble != Trouble::not_found) continue;
    if (auto here = run::what_stands_here(models[i], false)) return tl::unexpected<Error>(std::move(*here));
    const std::string near = run::nearest_names(models[i], common, catalog);
    return fail(Fault::usage, "the Hub has no model of this name", text::printable(models[i].text),
                near.empty() ? std::string("names look like org/name") : near);
  }
  std::vector<Verdict> verdicts;
  int exit = kJudged;
  for (const Facts& f : facts) {
    verdicts.push_back(run::judged(f, common, catalog));
    if (verdicts.back().rung == Rung::undetermined) exit = kUndecided;
  }
  report_misses(verdicts, models, plan.replay, common, catalog);
  if (auto written = emit_report(common, verdicts, catalog); !written)
    return tl::unexpected<Error>(written.error());
  return exit;
}

}  // namespace howopen::cli
