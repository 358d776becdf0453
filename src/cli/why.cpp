// howopen why and howopen compare.
//
//   why a/b license --diff   ->  the chain of its license, and what differs in its texts
//   compare a/b a/c old.json ->  the three side by side, what differs first

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/topics.h"
#include "fetch/replay.h"
#include "files/file_io.h"
#include "files/streams.h"
#include "howopen/policy.h"
#include "run/hub_options.h"
#include "run/model_facts.h"
#include "run/named_thing.h"
#include "run/names.h"
#include "run/options.h"
#include "run/policy_file.h"
#include "text/json.h"
#include "text/limits.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

// What was seen before will do, if it was seen whole: one asks why of what one was just told.
Result<std::vector<Facts>> known_first(const run::ModelRequest& request, const Common& common,
                                       const Catalog& catalog) {
  if (!run::offline(common) && request.replay.empty() && !common.no_cache) {
    Common here = common;
    here.offline = true;
    auto cached = run::facts_of_models(request, here, catalog);
    const bool whole =
        cached && std::all_of(cached->begin(), cached->end(), [](const Facts& f) {
          return f.origin == Origin::catalog || (f.origin == Origin::cache && f.repository &&
                                                 !f.repository->partial && f.lookup_errors.empty());
        });
    if (whole) return cached;
  }
  return run::facts_of_models(request, common, catalog);
}

// What differs in the license texts of a model, word by word.
std::string differences(const Facts& facts, Format format, const Style& style, const Catalog& catalog) {
  std::string out;
  for (const LicenseText& t : facts.license.texts) {
    if (!t.identified || t.identified->words == 0) continue;
    out += "\n" + render_text(t, judge_text(t, catalog), true, format, style, catalog);
  }
  return out.empty() ? "\nno license text was read\n" : out;
}

// The models of a saved report, each as JSON.
Result<std::vector<std::string>> saved_report(const std::string& content, const std::string& path) {
  const auto json = text::parse_json(content);
  if (!json) return fail(Fault::usage, "not JSON", path);
  std::vector<std::string> out;
  for (const text::Json& m : (*json)["models"].items()) out.push_back(text::write_json(m, false));
  if (out.empty()) return fail(Fault::usage, "holds no models", path, "howopen audit … -o json=" + path);
  return out;
}

bool is_path(const std::string& word) {
  const auto ends = [&](const char* extension) { return word.ends_with(extension); };
  return run::looks_like_path(word) || ends(".json") || ends(".jsonl") || ends(".ndjson");
}

// The first line is a whole object, and others follow: results of a batch, or a report as lines.
bool holds_lines(const std::string& content) {
  const std::size_t end = content.find('\n');
  if (end == std::string::npos || content.find_first_not_of(" \t\r\n", end) == std::string::npos)
    return false;
  const auto first = text::parse_json(std::string_view(content).substr(0, end));
  return first && first->is_object();
}

constexpr const char* kCompared =
    "compare takes models and reports: howopen audit org/name -o json=FILE\nhowopen batch --update OLD tells "
    "which models of a batch have changed";

// Models of a file: a saved report as it is, saved answers or facts judged anew.
Result<std::vector<std::string>> from_file(const std::string& path, const Common& common,
                                           const Catalog& catalog) {
  // Of many models it may be larger than anything that is read at once.
  std::error_code error;
  if ((path.ends_with(".jsonl") || path.ends_with(".ndjson")) && std::filesystem::exists(path, error))
    return fail(Fault::usage, "lines of results, not a report", text::printable(path), kCompared);
  TRY(const std::string content, files::read_file(path, limits::kSavedFile));
  if (holds_lines(content))
    return fail(Fault::usage, "lines of results, not a report", text::printable(path), kCompared);
  if (content.find("\"models\"") != std::string::npos && content.find("\"verdict\"") != std::string::npos &&
      !fetch::is_bundle(content))
    return saved_report(content, path);
  TRY(const std::vector<Facts> facts, run::facts_of_models({{}, path}, common, catalog));
  std::vector<std::string> out;
  for (const Facts& f : facts) out.push_back(compared(run::judged(f, common, catalog)));
  return out;
}

}  // namespace

Result<int> why(const WhyPlan& plan, const Common& common, const Catalog& catalog) {
  TRY(const std::string topic, topic_of(plan.topic, catalog));
  std::vector<ModelRef> models = plan.models;
  if (plan.replay.empty()) {
    TRY(models, run::named_models(std::move(models), common, catalog));
  }
  TRY(const std::vector<Facts> facts, known_first({models, plan.replay}, common, catalog));
  if (facts.empty()) return fail(Fault::usage, "nothing to explain", plan.replay);
  Verdict v = judge(facts.front(), catalog);
  // A policy that is there says which line of it matters.
  if (const std::string path = !common.policy.empty() ? common.policy : run::find_policy();
      !path.empty() && !common.no_policy) {
    const std::optional<Policy> policy = run::load_policy(common, catalog);
    if (!policy) return kUsage;
    TRY(const std::string day, run::today(common));
    std::vector<int> used;
    apply_policy(v, facts.front(), {*policy, catalog, day}, used);
  }
  const auto written = emit(common, [&](Format format, const Style& style) {
    std::string out = render_why(v, topic, format, style, catalog);
    if (plan.diff && format == Format::text) out += differences(facts.front(), format, style, catalog);
    return out;
  });
  if (!written) return tl::unexpected<Error>(written.error());
  return v.rung == Rung::undetermined ? kUndecided : kJudged;
}

Result<int> compare(const ComparePlan& plan, const Common& common, const Catalog& catalog) {
  std::vector<ModelRef> models;
  for (const std::string& word : plan.words) {
    if (is_path(word)) continue;
    TRY(std::vector<ModelRef> model, run::parse_names({word}, run::hub_url(common)));
    models.push_back(std::move(model.front()));
  }
  TRY(models, run::named_models(std::move(models), common, catalog));
  std::vector<Facts> facts;
  if (!models.empty()) {
    TRY(facts, run::facts_of_models({models, {}}, common, catalog));
  }
  std::vector<std::string> all;
  std::size_t next = 0;
  bool undecided = false;
  for (const std::string& word : plan.words) {
    if (is_path(word)) {
      TRY(const std::vector<std::string> saved, from_file(word, common, catalog));
      all.insert(all.end(), saved.begin(), saved.end());
      continue;
    }
    const Verdict v = run::judged(facts[next++], common, catalog);
    if (v.rung == Rung::undetermined) {
      undecided = true;
      files::write_err(fmt::format("warning: {} has no verdict{}\n", text::printable(v.id),
                                   v.errors.empty() ? "" : ": " + text::printable(v.errors.front().message)));
    }
    all.push_back(compared(v));
  }
  if (all.size() < 2) return fail(Fault::usage, "nothing to compare with", {}, "howopen compare org/a org/b");
  bool differs = false;
  const auto written = emit(common, [&](Format format, const Style& style) {
    Compared c = render_compare(all, format, style, catalog);
    differs = c.differs;
    return std::move(c.text);
  });
  if (!written) return tl::unexpected<Error>(written.error());
  return plan.exit_code && differs ? kDenied : undecided ? kUndecided : kJudged;
}

}  // namespace howopen::cli
