// howopen history and howopen bisect: commits that changed what matters.
//
//   history org/name         ->  the newest and the oldest commit are looked at, then what lies between two
//   that
//                                differ: few requests for many commits
//   bisect org/name license  ->  an audit at either end, then in the middle of what differs

#include "howopen/history.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/topics.h"
#include "files/local.h"
#include "howopen/policy.h"
#include "run/commits.h"
#include "run/hub_options.h"
#include "run/look.h"
#include "run/model_facts.h"
#include "run/names.h"
#include "run/options.h"
#include "run/policy_file.h"
#include "run/world.h"
#include "text/json.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

using FileDigests = std::map<std::string, std::string>;  // by path

// What of a commit matters, from its record alone.
struct CommitState {
  std::string unseen;  // why nothing is known; else all is
  std::string id;
  std::string gate;
  std::string card;  // blob
  std::string tag;   // license
  std::string base;
  FileDigests texts;
  FileDigests weights;
  bool alike(const CommitState& o) const {
    return card == o.card && tag == o.tag && base == o.base && texts == o.texts && weights == o.weights;
  }
};

std::string or_nothing(const std::string& s) {
  return s.empty() ? "none" : s;
}

CommitState state_at(const Facts& f, const Snapshot& answers, const std::string& commit) {
  CommitState out;
  const auto record = std::find_if(answers.begin(), answers.end(), [&](const auto& entry) {
    return entry.first.topic == Topic::model && entry.first.revision == commit &&
           entry.second.outcome == Outcome::got;
  });
  if (!f.repository || record == answers.end()) {
    out.unseen = f.lookup_errors.empty() ? "not answered" : f.lookup_errors.front().message;
    return out;
  }
  out.id = f.id;
  out.gate = word(f.repository->gate);
  std::vector<std::string> tags;
  for (const Seen<std::string>& tag : f.license.tags) tags.push_back(*tag);
  if (!f.license.name.empty()) tags.push_back(fmt::format("({})", f.license.name));
  out.tag = fmt::format("{}", fmt::join(tags, " "));
  std::set<std::string> bases;
  for (const Ancestor& a : f.lineage) {
    if (a.depth == 1) bases.insert(a.id);
  }
  out.base = fmt::format("{}", fmt::join(bases, ", "));
  for (const WeightFile& w : f.weights.files) out.weights[w.path] = w.digest;
  const auto json = text::parse_json(record->second.body);
  if (!json) return out;
  for (const text::Json& file : (*json)["siblings"].items()) {
    const std::string path(file["rfilename"].string_or(""));
    const std::string blob(file["blobId"].string_or(""));
    const bool text = std::any_of(f.license.texts.begin(), f.license.texts.end(),
                                  [&](const LicenseText& t) { return t.path == path; });
    if (path == "README.md") out.card = blob.empty() ? "there" : blob;
    if (text) out.texts[path] = blob;
  }
  return out;
}

// "LICENSE added", "LICENSE changed" for few files; numbers for many.
void compare_files(const FileDigests& then, const FileDigests& now, const char* many,
                   std::vector<std::string>& out) {
  std::vector<std::string> added, removed, changed;
  for (const auto& [path, digest] : now) {
    const auto before = then.find(path);
    if (before == then.end())
      added.push_back(path);
    else if (before->second != digest)
      changed.push_back(path);
  }
  for (const auto& [path, digest] : then) {
    if (!now.contains(path)) removed.push_back(path);
  }
  for (const auto& [list, verb] :
       {std::pair{&added, "added"}, std::pair{&changed, "changed"}, std::pair{&removed, "removed"}}) {
    constexpr std::size_t kNamed = 2;
    if (list->empty()) continue;
    out.push_back(list->size() <= kNamed ? fmt::format("{} {}", fmt::join(*list, " and "), verb)
                                         : fmt::format("{} {} {}", list->size(), many, verb));
  }
}

std::vector<std::string> differences_of(const CommitState& then, const CommitState& now) {
  std::vector<std::string> out;
  if (then.tag != now.tag)
    out.push_back(fmt::format("license tag {} became {}", or_nothing(then.tag), or_nothing(now.tag)));
  compare_files(then.texts, now.texts, "license texts", out);
  if (then.base != now.base)
    out.push_back(fmt::format("base model {} became {}", or_nothing(then.base), or_nothing(now.base)));
  compare_files(then.weights, now.weights, "files of weights", out);
  if (then.card != now.card)
    out.emplace_back(then.card.empty() ? "card added" : now.card.empty() ? "card removed" : "card changed");
  return out;
}

// States of commits by number, 0 for the newest.
class CommitStates {
 public:
  CommitStates(Source& hub, const std::string& id, const std::vector<Commit>& commits, const Catalog& catalog)
      : hub_(hub), id_(id), commits_(commits), catalog_(catalog) {}

  void see(const std::vector<std::size_t>& numbers) {
    std::vector<ModelRef> models;
    for (const std::size_t n : numbers) models.push_back({id_, id_, commits_[n].id});
    Snapshot answers;
    const run::Looked looked = run::look(hub_, models, catalog_, Depth::metadata, &answers);
    for (std::size_t i = 0; i < numbers.size(); ++i)
      seen_[numbers[i]] = state_at(looked.facts[i], answers, commits_[numbers[i]].id);
  }
  const CommitState& at(std::size_t n) const { return seen_.at(n); }
  const std::map<std::size_t, CommitState>& all() const { return seen_; }

 private:
  Source& hub_;
  const std::string& id_;
  const std::vector<Commit>& commits_;
  const Catalog& catalog_;
  std::map<std::size_t, CommitState> seen_;
};

// Looks into what lies between two commits as long as those differ; all that are on one level at once.
void look_between(CommitStates& states, std::size_t count) {
  std::vector<std::pair<std::size_t, std::size_t>> open = {{0, count - 1}};
  while (!open.empty()) {
    std::vector<std::pair<std::size_t, std::size_t>> next;
    std::vector<std::size_t> middles;
    for (const auto& [newer, older] : open) {
      const CommitState& a = states.at(newer);
      const CommitState& b = states.at(older);
      const bool alike = a.unseen.empty() && b.unseen.empty() && a.alike(b);
      if (older <= newer + 1 || alike) continue;
      const std::size_t middle = newer + (older - newer) / 2;
      middles.push_back(middle);
      next.emplace_back(newer, middle);
      next.emplace_back(middle, older);
    }
    if (!middles.empty()) states.see(middles);
    open = std::move(next);
  }
}

void put_changes(const CommitStates& states, const std::vector<Commit>& commits, bool whole, History& out) {
  std::optional<std::size_t> newer;
  for (const auto& [n, state] : states.all()) {
    if (!state.unseen.empty()) {
      out.unseen.push_back(fmt::format("{}: {}", commits[n].id.substr(0, 7), state.unseen));
      continue;
    }
    if (newer) {
      CommitChanges c{commits[*newer], differences_of(state, states.at(*newer)), n - *newer - 1};
      if (!c.what.empty()) out.changes.push_back(std::move(c));
    }
    newer = n;
  }
  // The first commit of all made what it holds.
  if (newer && whole && *newer + 1 == commits.size()) {
    CommitChanges first{commits[*newer], differences_of({}, states.at(*newer)), 0};
    if (first.what.empty()) first.what.emplace_back("no card, license or weights yet");
    out.changes.push_back(std::move(first));
  }
}

Result<ModelRef> one_model(const std::vector<ModelRef>& given, const Common& common, const Catalog& catalog,
                           const char* command) {
  if (run::offline(common))
    return fail(Fault::usage, fmt::format("{} needs the network", command), "HF_HUB_OFFLINE", "unset it");
  TRY(std::vector<ModelRef> models, run::named_models(given, common, catalog));
  if (files::names_local(models.front().text))
    return fail(Fault::usage, "a model of this machine has no commits", models.front().text,
                "name one of the Hub: org/name");
  if (catalog.release(models.front().id) != nullptr)
    return fail(Fault::usage, "its weights were never published: there are no commits", models.front().id);
  return models.front();
}

std::string leads_to(const ModelRef& model) {
  return model.revision.empty() ? "main" : model.revision;
}

// What an audit says on the topic of a bisection, as one line that is the same for the same answer.
std::string answer_on(const Verdict& v, const std::string& topic) {
  if (topic == "verdict") {
    std::string out(title(v.rung));
    if (v.rung == Rung::undetermined && v.low != v.high)
      out += fmt::format(" ({} to {})", title(v.low), title(v.high));
    return out;
  }
  if (topic == "license") {
    const EffectiveLicense& e = v.license.effective;
    return fmt::format("{} ({}{})", e.expression, word(e.cls),
                       e.best == e.cls ? "" : fmt::format(", at best {}", word(e.best)));
  }
  if (topic == "lineage") {
    std::vector<std::string> ids;
    for (const LineageEntry& e : v.lineage) ids.push_back(fmt::format("{} ({})", e.id, e.license));
    return ids.empty() ? "made from nothing" : fmt::format("{}", fmt::join(ids, ", "));
  }
  std::string component = topic;
  std::replace(component.begin(), component.end(), '-', '_');
  if (const auto c = from_word<Component>(component)) {
    std::string out(word(v[*c].state));
    if (*c == Component::training_data && v.data_grade != Grade::unknown)
      out += fmt::format(" ({})", word(v.data_grade));
    return out;
  }
  for (const Finding& f : v.findings) {
    if (f.rule == topic) return f.undecided ? "undecided" : f.level + ": " + f.message;
  }
  if (std::find(v.passed.begin(), v.passed.end(), topic) != v.passed.end()) return "passes";
  const auto decided = [&](const std::vector<Evidence>& list) {
    return std::any_of(list.begin(), list.end(), [&](const Evidence& e) { return e.rule == topic; });
  };
  bool applies = v.license.weights && decided(v.license.weights->evidence);
  for (const ComponentVerdict& c : v.components) applies = applies || decided(c.evidence);
  return applies ? "applies" : "does not apply";
}

// Audits at commits, counted.
class Audits {
 public:
  Audits(ModelRef model, const std::vector<Commit>& commits, std::string topic,
         const std::optional<Policy>& policy, const Common& common, const Catalog& catalog)
      : model_(std::move(model)),
        commits_(commits),
        topic_(std::move(topic)),
        policy_(policy),
        common_(common),
        catalog_(catalog) {}

  Result<std::string> at(std::size_t n) {
    ++count_;
    TRY(const std::vector<Facts> facts,
        run::facts_of_models({{{model_.text, model_.id, commits_[n].id}}, {}}, common_, catalog_));
    const Facts& f = facts.front();
    Verdict v = judge(f, catalog_);
    const bool lost = std::any_of(v.errors.begin(), v.errors.end(), [](const LookupError& m) {
      return m.trouble != Trouble::not_found && m.trouble != Trouble::gated;
    });
    if (!f.repository || (lost && !v.complete))
      return fail(Fault::unanswered,
                  fmt::format("commit {} could not be judged{}", commits_[n].id.substr(0, 7),
                              v.errors.empty() ? "" : ": " + v.errors.front().message),
                  model_.id, "run it again: what was answered is kept");
    if (policy_) {
      TRY(const std::string day, run::today(common_));
      std::vector<int> used;
      apply_policy(v, f, {*policy_, catalog_, day}, used);
    }
    return answer_on(v, topic_);
  }
  std::size_t count() const { return count_; }

 private:
  ModelRef model_;
  const std::vector<Commit>& commits_;
  std::string topic_;
  const std::optional<Policy>& policy_;
  const Common& common_;
  const Catalog& catalog_;
  std::size_t count_ = 0;
};

}  // namespace

Result<int> history(const HistoryPlan& plan, const Common& common, const Catalog& catalog) {
  TRY(const ModelRef model, one_model(plan.models, common, catalog, "history"));
  TRY(const auto world, run::World::open(common));
  TRY(const run::CommitList list, run::commits_of(world->source(), model));
  History out;
  out.id = model.id;
  out.from = leads_to(model);
  out.commits = list.commits.size();
  out.older = list.older;
  CommitStates states(world->source(), model.id, list.commits, catalog);
  if (plan.all) {
    std::vector<std::size_t> every(list.commits.size());
    for (std::size_t i = 0; i < every.size(); ++i) every[i] = i;
    states.see(every);
  } else {
    states.see(list.commits.size() > 1 ? std::vector<std::size_t>{0, list.commits.size() - 1}
                                       : std::vector<std::size_t>{0});
    look_between(states, list.commits.size());
  }
  out.looked = states.all().size();
  out.gate = states.at(0).gate;
  put_changes(states, list.commits, !list.older, out);
  const auto written =
      emit(common, [&](Format format, const Style& style) { return render_history(out, format, style); });
  if (!written) return tl::unexpected<Error>(written.error());
  return out.unseen.empty() ? kJudged : kUndecided;
}

Result<int> bisect(const BisectPlan& plan, const Common& common, const Catalog& catalog) {
  TRY(const std::string topic, topic_of(plan.topic, catalog));
  TRY(const ModelRef model, one_model(plan.models, common, catalog, "bisect"));
  std::optional<Policy> policy;
  const auto rules = policy_rules();
  if (std::find(rules.begin(), rules.end(), topic) != rules.end()) {
    policy = run::load_policy(common, catalog);
    if (!policy) return kUsage;
  }
  std::vector<Commit> commits;
  Bisection out;
  {
    TRY(const auto world, run::World::open(common));
    TRY(run::CommitList list, run::commits_of(world->source(), model));
    out.older = list.older;
    commits = std::move(list.commits);
  }
  out.id = model.id;
  out.topic = topic;
  out.commits = commits.size();
  Audits audits(model, commits, topic, policy, common, catalog);
  TRY(out.is, audits.at(0));
  std::size_t newer = 0;
  std::size_t older = commits.size() - 1;
  out.was = out.is;
  if (older > 0) {
    TRY(out.was, audits.at(older));
  }
  out.found = out.was != out.is;
  while (out.found && older - newer > 1) {
    const std::size_t middle = newer + (older - newer) / 2;
    TRY(std::string there, audits.at(middle));
    if (there == out.is) {
      newer = middle;
    } else {
      older = middle;
      out.was = std::move(there);
    }
  }
  out.audits = audits.count();
  out.first = commits[newer];
  if (out.found) out.before = commits[older];
  const auto written =
      emit(common, [&](Format format, const Style& style) { return render_bisection(out, format, style); });
  if (!written) return tl::unexpected<Error>(written.error());
  return kJudged;
}

}  // namespace howopen::cli
