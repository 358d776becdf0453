// Which old lines stand. A line says what judged it and what it rests on; it stands if both are the same
// today.
//
//   a/b at 56d4cbb…, and so the listing says; the same catalog  ->  its line, byte for byte
//   the same, another catalog                                   ->  judged anew, from the store if there is
//   one another commit, another gate, a base of another commit      ->  asked for

#include "run/update.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "files/local.h"
#include "howopen/tally.h"
#include "run/feed.h"
#include "run/look.h"
#include "run/old_results.h"
#include "run/options.h"
#include "run/survey.h"
#include "text/utf8.h"

namespace howopen::run {
namespace {

const std::uint64_t kWarm = strong_hash("warm") | 1;

}  // namespace

Result<std::unique_ptr<Update>> Update::open(const BatchPlan& plan, Depth depth, Basis judge,
                                             std::string endpoint) {
  TRY(OldResults old, OldResults::open(plan.update, depth == Depth::metadata));
  if (!plan.output.empty() && old.same_file(plan.output))
    return fail(Fault::usage, "the old results and the new ones are one file", plan.output,
                "name another --output, and move it there when it is whole");
  std::unique_ptr<Update> out(new Update(plan, depth, std::move(judge), std::move(endpoint), std::move(old)));
  out->met_.resize(out->old_.lines().size());
  return out;
}

// What the input names, all of it: who asks for pages has to know what they are worth.
Result<Update::Input> Update::input(std::optional<Feed> lines) {
  if (lines) {
    const auto tasks = std::make_shared<std::vector<Task>>();
    while (survey_->goes_on()) {
      Result<Fed> fed = lines->next(true);
      if (!fed) return tl::unexpected<Error>(fed.error());
      if (std::holds_alternative<Ended>(*fed)) break;
      if (auto* task = std::get_if<Task>(&*fed)) tasks->push_back(std::move(*task));
    }
    return Input{tasks->size(), [tasks](std::size_t i) { return (*tasks)[i]; }};
  }
  const auto names = std::make_shared<std::vector<std::string>>();
  listed_ = plan_.lists() || !plan_.collection.empty();
  if (!plan_.collection.empty()) {
    TRY(*names, survey_->collection(plan_.collection));
  } else if (plan_.lists()) {
    TRY(*names, survey_->listing(listing_query(plan_, Items::states)));
  } else {
    for (const OldResults::Line& line : old_.lines()) {
      if (auto ref = old_.ref(line)) names->push_back(std::move(*ref));
    }
    return Input{names->size(), [this, names](std::size_t i) {
                   Task task = read_task((*names)[i], endpoint_);
                   task.line = i + 1;
                   return task;
                 }};
  }
  return Input{names->size(), [names](std::size_t i) {
                 return Task{0, {(*names)[i], (*names)[i], {}}, nullptr, {}};
               }};
}

bool Update::judged_so(const OldResults::Line& line) const {
  const Basis* judge = old_.judge(line);
  return judge != nullptr && judge->tool == judge_.tool && judge->catalog == judge_.catalog &&
         judge->options == judge_.options;
}

bool Update::own_fresh(const OldResults::Line& line, const ModelRef& model) const {
  const std::uint64_t question = strong_hash(record_want(model));
  const auto now = survey_->state(question);
  const auto rests = old_.rests(line);
  return now && *now != 0 && std::any_of(rests.begin(), rests.end(), [&](const OldResults::Rest& rest) {
           return rest.want == question && rest.state == *now;
         });
}

Update::Fresh Update::fresh(const OldResults::Line& line, const ModelRef& model) const {
  if (!own_fresh(line, model)) return Fresh::no;
  const std::uint64_t providers = strong_hash(providers_want(model.id));
  std::uint64_t served = 0;
  bool unseen = false;
  for (const OldResults::Rest& rest : old_.rests(line)) {
    if (rest.state == 0) return Fresh::no;
    if (rest.want == providers) {
      served = rest.state;
      continue;
    }
    const auto now = survey_->state(rest.want);
    if (!now && !plan_.listed_only) return Fresh::no;
    if (now && *now != rest.state) return Fresh::no;
    unseen = unseen || !now;
  }
  const auto now = survey_->served(model.id);
  const bool same = now ? *now == served || (*now != 0 && served == kWarm) : served == kWarm;
  if (!same && (now || !plan_.listed_only)) return Fresh::no;
  return unseen || !same ? Fresh::unseen : Fresh::yes;
}

void Update::look_at(const Input& input) {
  std::vector<std::string> ids;
  std::vector<Want> pinned;
  for (std::size_t i = 0; i < input.size; ++i) {
    const Task task = input.at(i);
    if (!task.problem.empty() || files::names_local(task.model.text) || old_.find(task.model.text) == nullptr)
      continue;
    if (task.model.revision.empty())
      ids.push_back(task.model.id);
    else
      pinned.push_back(record_want(task.model));
  }
  if (!plan_.lists()) survey_->models(ids);
  survey_->ask(std::move(pinned));
}

// What the listing does not tell of: each base, dataset and repository once, however many lines rest on it.
void Update::look_behind(const Input& input) {
  if (plan_.listed_only) return;
  std::unordered_set<std::uint64_t> seen;
  std::vector<std::string> ids;
  std::vector<Want> wants;
  for (std::size_t i = 0; i < input.size; ++i) {
    const Task task = input.at(i);
    const OldResults::Line* line = task.problem.empty() ? old_.find(task.model.text) : nullptr;
    if (line == nullptr || (!judged_so(*line) && store_ == nullptr) || !own_fresh(*line, task.model))
      continue;
    if (!survey_->served(task.model.id)) wants.push_back(providers_want(task.model.id));
    const auto rests = old_.rests(*line);
    const std::uint64_t providers = strong_hash(providers_want(task.model.id));
    const bool all = std::all_of(rests.begin(), rests.end(), [&](const OldResults::Rest& rest) {
      return rest.want == providers || survey_->state(rest.want) || seen.contains(rest.want);
    });
    const auto whole = all ? std::nullopt : old_.read(*line, task.model.text);
    const auto basis = whole ? basis_in(*whole) : std::nullopt;
    if (!basis) continue;
    for (const Rest& rest : basis->rests) {
      const std::uint64_t question = strong_hash(rest.want);
      if (question == providers || survey_->state(question) || !seen.insert(question).second) continue;
      if (rest.want.topic == Topic::model && rest.want.revision.empty())
        ids.push_back(rest.want.id);
      else
        wants.push_back(rest.want);
    }
  }
  survey_->models(ids);
  survey_->ask(std::move(wants));
}

Result<Feed> Update::feed(Survey::Means means, const Catalog& catalog, const fetch::Store* store,
                          std::optional<Feed> lines) {
  store_ = store;
  asks_ = means.source != nullptr;
  survey_ = std::make_unique<Survey>(std::move(means), catalog, depth_);
  TRY(const Input all, input(std::move(lines)));
  if (asks_) {
    look_at(all);
    look_behind(all);
  }
  const auto at = std::make_shared<std::size_t>(0);
  Feed feed;
  feed.next = [all, at](bool) -> Result<Fed> {
    if (*at == all.size) return Ended{};
    return all.at((*at)++);
  };
  return with_gone(std::move(feed));
}

Feed Update::records(Feed pages, const Catalog& catalog) {
  listed_ = true;
  survey_ = std::make_unique<Survey>(Survey::Means{}, catalog, depth_);
  return with_gone(std::move(pages));
}

// Models of the old results that a listing has no more: each is asked for what became of it.
Feed Update::with_gone(Feed all) {
  Feed out = all;
  const auto ended = std::make_shared<bool>(false);
  const auto at = std::make_shared<std::size_t>(0);
  out.next = [this, next = std::move(all.next), ended, at](bool wait) -> Result<Fed> {
    if (!*ended) {
      Result<Fed> fed = next(wait);
      if (!fed) return fed;
      if (const auto* task = std::get_if<Task>(&*fed)) {
        if (const OldResults::Line* line = old_.find(task->model.text))
          met_[static_cast<std::size_t>(line - old_.lines().data())] = true;
      }
      if (!std::holds_alternative<Ended>(*fed)) return fed;
      *ended = true;
    }
    for (; listed_ && *at < old_.lines().size(); ++*at) {
      if (met_[*at]) continue;
      const auto ref = old_.ref(old_.lines()[*at]);
      const OldResults::Line* first = ref ? old_.find(*ref) : nullptr;
      if (first != &old_.lines()[*at]) continue;
      Task task = read_task(*ref, endpoint_);
      if (!task.problem.empty() || files::names_local(task.model.text)) continue;
      task.gone = true;
      ++*at;
      return task;
    }
    return Ended{};
  };
  return out;
}

// The line itself, if it is whole.
bool Update::keep(Task& task, const OldResults::Line& line) {
  auto whole = old_.read(line, task.model.text);
  if (!whole || !Tally().add_line(std::string_view(*whole).substr(0, whole->size() - 1))) return false;
  task.kept = std::move(*whole);
  ++kept_;
  return true;
}

void Update::decide(Task& task) {
  if (!task.problem.empty() || files::names_local(task.model.text)) return;
  const OldResults::Line* line = old_.find(task.model.text);
  if (line == nullptr) {
    ++fresh_;
    return;
  }
  if (task.known != nullptr) {
    for (const auto& [want, answer] : *task.known) survey_->learn(want, answer, true);
  }
  // One that was not there is not there still, as far as its listing tells.
  const bool still_absent = task.gone && line->absent;
  // Without a store who judges is enough to know: all of it is asked for again.
  const bool at_once = !judged_so(*line) && store_ == nullptr && own_fresh(*line, task.model);
  const Fresh state = !asks_ || still_absent || at_once ? Fresh::yes : fresh(*line, task.model);
  if (state != Fresh::no && judged_so(*line) && keep(task, *line)) {
    if (state == Fresh::unseen) ++trusted_;
    return;
  }
  if (task.gone) {
    ++gone_;
  } else if (state == Fresh::no) {
    ++changed_;
    if (task.known == nullptr) task.known = survey_->record(record_want(task.model));
  } else {
    judge_anew(task, *line);
  }
}

// The model is what it was, and who judges is not.
void Update::judge_anew(Task& task, const OldResults::Line& line) {
  ++rejudged_;
  const Basis* judge = old_.judge(line);
  if (why_.empty()) {
    why_ = judge == nullptr                   ? "a line does not say what judged it"
           : judge->tool != judge_.tool       ? "the program has changed"
           : judge->catalog != judge_.catalog ? "the catalog has changed"
                                              : "the options are others";
  }
  if (task.known == nullptr) task.known = survey_->record(record_want(task.model));
  const auto whole = store_ != nullptr ? old_.read(line, task.model.text) : std::nullopt;
  auto basis = whole ? basis_in(*whole) : std::nullopt;
  if (!basis) return;
  ++from_store_;
  task.load = [store = store_, ref = task.model.text, rests = std::move(basis->rests),
               known = std::exchange(task.known, nullptr)]() -> std::shared_ptr<const Snapshot> {
    auto stored = store->load(ref, rests);
    if (stored == nullptr || known == nullptr) return stored == nullptr ? known : stored;
    auto both = std::make_shared<Snapshot>(*known);  // what is of today comes first
    both->insert(stored->begin(), stored->end());
    return both;
  };
}

std::string Update::in_words() const {
  std::string out = fmt::format("{} lines kept, {} changed, {} new", kept_, changed_, fresh_);
  if (listed_) out += fmt::format(", {} no longer listed", gone_);
  if (rejudged_ > 0) {
    out += fmt::format(", {} judged anew: {}", rejudged_, why_);
    if (from_store_ > 0) out += fmt::format(" ({} looked up in the store)", from_store_);
  }
  if (trusted_ > 0)
    out += fmt::format("; {} of those kept rest on what no listing tells, and that was not asked", trusted_);
  return out;
}

}  // namespace howopen::run
