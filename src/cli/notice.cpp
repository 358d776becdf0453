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

Result<Snapshot> files_of(const NoticePlan& plan, const std::vector<Want>& wants, const Common& common) {
  if (!plan.replay.empty()) {
    TRY(const std::string json, files::read_file(plan.replay, limits::kSavedFile));
    if (!fetch::is_bundle(json)) return Snapshot{};
    TRY(Bundle bundle, fetch::load_bundle(json, plan.replay));
    fetch::Replay source(std::move(bundle.answers));
    return ask_for(source, wants);
  }
  if (run::offline(common)) return ask_for(run::World::open_offline(common)->source(), wants);
  TRY(const auto world, run::World::open(common));
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

// Lines of one that the other has not, at most some.
std::string changes(const std::string& old_text, const std::string& new_text) {
  constexpr int kMost = 20;
  const auto lines = [](const std::string& s) {
    std::vector<std::string> out;
    for (std::size_t from = 0; from < s.size();) {
      const std::size_t end = std::min(s.find('\n', from), s.size());
      out.push_back(s.substr(from, end - from));
      from = end + 1;
    }
    return out;
  };
  const std::vector<std::string> before = lines(old_text);
  const std::vector<std::string> after = lines(new_text);
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
  for (const std::string& line : before) {
    if (!has.contains(line)) tell('-', line);
  }
  for (const std::string& line : after) {
    if (!had.contains(line)) tell('+', line);
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
  TRY(const Snapshot files, files_of(plan, notice_files(facts), common));
  const NoticeDocument out = notice_of(facts, verdicts, files, catalog);
  const int complete = out.missing.empty() ? kJudged : kUndecided;
  if (!plan.check.empty()) {
    TRY(const std::string before, files::read_file(plan.check, limits::kSavedFile));
    const std::string now = render_notice(out, format_of(common, plan.check), day, catalog);
    warn_of(out.missing);
    if (before == now) return complete;
    if (!files::write_out(fmt::format("{} is stale:\n{}", text::printable(plan.check), changes(before, now))))
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
