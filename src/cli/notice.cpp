// howopen notice: one document with what has to go along; with --check, whether the one that is there is
// still right.
//
//   notice org/tune -o markdown=NOTICE.md      ->  the document
//   notice org/tune --check NOTICE             ->  exit 1 and what changed, where it is stale

#include "howopen/notice.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "cli/commands.h"
#include "cli/output.h"
#include "fetch/replay.h"
#include "files/file_io.h"
#include "files/local.h"
#include "files/streams.h"
#include "run/hub_options.h"
#include "run/locked.h"
#include "run/model_facts.h"
#include "run/names.h"
#include "run/options.h"
#include "run/policy_file.h"
#include "run/results.h"
#include "run/targets.h"
#include "run/world.h"
#include "text/limits.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

Snapshot ask_for(Source& source, const std::vector<Want>& wants) {
  Snapshot out;
  for (std::size_t i = 0; i < wants.size(); ++i) source.ask(i, wants[i]);
  while (std::optional<Reply> reply = source.next()) out[reply->want] = std::move(reply->answer);
  return out;
}

Result<Snapshot> files_of(const NoticePlan& plan, const std::vector<ModelRef>& models,
                          const std::vector<Want>& wants, const Common& common) {
  if (!plan.replay.empty()) {
    TRY(const std::string json, files::read_file(plan.replay, limits::kSavedFile));
    if (!fetch::is_bundle(json)) return Snapshot{};
    TRY(Bundle bundle, fetch::load_bundle(json, plan.replay));
    fetch::Replay source(std::move(bundle.answers));
    return ask_for(source, wants);
  }
  TRY(std::vector<fetch::LocalModel> local, files::local_models(models));
  if (run::offline(common)) {
    const auto world = run::World::open_offline(common);
    world->put(std::move(local));
    return ask_for(world->source(), wants);
  }
  TRY(const auto world, run::World::open(common));
  world->put(std::move(local));
  return ask_for(world->source(), wants);
}

// Models of the command line, of a source tree, or those that are locked.
Result<std::vector<ModelRef>> models_of(const NoticePlan& plan, const Common& common,
                                        const Catalog& catalog) {
  std::vector<ModelRef> out;
  if (!plan.replay.empty() && plan.targets.empty() && !plan.locked) return out;
  const std::optional<Policy> policy = run::load_policy(common, catalog);
  if (!policy) return fail(Fault::usage, "the policy cannot be read", {}, "howopen policy check");
  if (plan.locked) {
    TRY(const std::vector<LockedModel> locked, run::locked_models(run::lock_path(*policy), true));
    for (const LockedModel& m : locked)
      out.push_back(m.local() ? run::ref_of(m, run::project_folder(*policy))
                              : ModelRef{m.id, m.id, m.revision});
    return out;
  }
  TRY(const run::Targets targets,
      run::find_targets({plan.targets.empty() ? std::vector<std::string>{"."} : plan.targets}, *policy,
                        common, catalog));
  for (const run::Target& t : targets.models) out.push_back(t.model);
  return run::named_models(std::move(out), common, catalog);
}

// `git` and editors write lines their own way: what they end with says nothing.
std::vector<std::string> lines_of(std::string_view s) {
  std::vector<std::string> out;
  while (!s.empty()) {
    const std::size_t end = std::min(s.find('\n'), s.size());
    std::string_view line = s.substr(0, end);
    s.remove_prefix(std::min(end + 1, s.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    out.emplace_back(line);
  }
  return out;
}

// Lines of one that the other has not, in the order of the documents, at most some: what was taken away and
// what came in its place stand together.
std::string changes(const std::vector<std::string>& before, const std::vector<std::string>& after) {
  constexpr int kMost = 20;
  const std::set<std::string> had(before.begin(), before.end());
  const std::set<std::string> has(after.begin(), after.end());
  std::string out;
  int told = 0;
  int more = 0;
  const auto tell = [&](char sign, const std::string& line) {
    if (++told <= kMost)
      out += fmt::format("{} {}\n", sign, text::printable(line));
    else
      ++more;
  };
  for (std::size_t b = 0, a = 0; b < before.size() || a < after.size();) {
    for (; b < before.size() && !has.contains(before[b]); ++b) tell('-', before[b]);
    for (; a < after.size() && !had.contains(after[a]); ++a) tell('+', after[a]);
    // A line of both: up to the next change of either.
    if (b < before.size()) ++b;
    if (a < after.size()) ++a;
  }
  if (told == 0) out = "the same lines in another order or number\n";
  if (more > 0) out += fmt::format("and {} lines more\n", more);
  return out;
}

// A document that is checked is made as it was: by `-o`, or, where that is text as ever, by how its name
// ends.
Format format_of(const Common& common, const std::string& document) {
  if (!common.outputs.empty() && common.outputs.front().format != Format::text)
    return common.outputs.front().format;
  const std::string name = text::lower(document);
  if (name.ends_with(".md") || name.ends_with(".markdown")) return Format::markdown;
  return name.ends_with(".html") || name.ends_with(".htm") ? Format::html : Format::text;
}

void warn_of(const std::vector<std::string>& missing) {
  for (const std::string& m : missing)
    files::write_err("warning: not complete: " + text::printable(m) + "\n");
}

}  // namespace

Result<int> notice(const NoticePlan& plan, const Common& common, const Catalog& catalog) {
  TRY(const std::vector<ModelRef> models, models_of(plan, common, catalog));
  if (models.empty() && plan.replay.empty())
    return fail(Fault::usage, "no model is named there",
                plan.targets.empty() ? "." : text::printable(plan.targets.front()),
                "howopen notice org/name");
  TRY(const std::string day, run::today(common));
  TRY(const std::vector<Facts> facts, run::facts_of_models({models, plan.replay}, common, catalog));
  std::vector<Verdict> verdicts;
  for (const Facts& f : facts) verdicts.push_back(judge(f, catalog));
  TRY(const Snapshot files, files_of(plan, models, notice_files(facts), common));
  const NoticeDocument out = notice_of(facts, verdicts, files, catalog);
  const int complete = out.missing.empty() ? kJudged : kUndecided;
  if (!plan.check.empty()) {
    TRY(const std::string before, files::read_file(plan.check, limits::kSavedFile));
    const std::string now = render_notice(out, format_of(common, plan.check), day, catalog);
    warn_of(out.missing);
    const std::vector<std::string> had = lines_of(before);
    const std::vector<std::string> has = lines_of(now);
    if (had == has) return complete;
    if (!files::write_out(fmt::format("{} is stale:\n{}", text::printable(plan.check), changes(had, has))))
      return fail(Fault::usage, "the output cannot be written", "standard output");
    return kDenied;
  }
  const auto written =
      emit(common, [&](Format format, const Style&) { return render_notice(out, format, day, catalog); });
  if (!written) return tl::unexpected<Error>(written.error());
  warn_of(out.missing);
  return complete;
}

}  // namespace howopen::cli
