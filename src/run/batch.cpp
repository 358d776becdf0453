// howopen batch: one model a line in, one line of JSON out, for any number of models. A window rolls over the
// input: so many models are under way, none waits for another, and the lines come out in order all the same.
//
//   printf 'a/b\nprose\n' | howopen batch
//     ->  {"schema_version":"1.0.0","ref":"a/b",…} and a line that says why "prose" names no model

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <set>

#include "fetch/replay.h"
#include "files/local.h"
#include "files/streams.h"
#include "files/thread_pool.h"
#include "howopen/tally.h"
#include "howopen/verdict.h"
#include "license/identify.h"
#include "run/basis.h"
#include "run/batch_end.h"
#include "run/feed.h"
#include "run/hub_options.h"
#include "run/in_order.h"
#include "run/look.h"
#include "run/model_facts.h"
#include "run/options.h"
#include "run/progress.h"
#include "run/results.h"
#include "run/signals.h"
#include "run/survey.h"
#include "run/update.h"
#include "run/world.h"

namespace howopen::run {
namespace {

using Clock = std::chrono::steady_clock;

// Lines that wait for an earlier one; beyond that nothing more is started.
constexpr std::size_t kWaitingBytes = 64u << 20;
constexpr int kMostThreads = 8;  // beside the one that talks to the world, which computes too
// A card of the largest size takes half a second, a model of the field a millisecond.
constexpr double kModelSeconds = 20;

enum class How { online, offline, saved };
constexpr std::string_view kHow[] = {"online", "offline", "saved"};

class Run {
 public:
  Run(const BatchPlan& plan, const Common& common, const Catalog& catalog)
      : plan_(plan),
        common_(common),
        catalog_(catalog),
        progress_(common),
        nothing_(Snapshot{}),
        lines_(plan.unordered, [this](const FinishedModel& seen) { write(seen); }),
        pool_(common.threads >= 0 ? common.threads : std::clamp(files::processors() - 1, 0, kMostThreads)) {
    how_ = !plan.records.empty() || !plan.replay.empty() ? How::saved
           : offline(common)                             ? How::offline
                                                         : How::online;
    if (!plan.records.empty()) common_.depth = Depth::metadata;
    lead_ = static_cast<std::uint64_t>(std::clamp(common.jobs * 16, 256, 4096));
  }

  Result<int> run() {
    TRY(Results results, Results::open({plan_.output, plan_.resume, plan_.unordered},
                                       [this](std::string_view line) { tally_.add_line(line); }));
    results_.emplace(std::move(results));
    if (auto opened = open(); !opened) return tl::unexpected<Error>(opened.error());
    while (go_on()) {
      fill(false);
      const bool idle = window_->idle();
      if (idle && (error_ || ended_)) break;
      if (blocked_ && idle)
        fill(true);
      else if (auto done = window_->next())
        lines_.add(std::move(*done));
      else if (world_ && world_->online() != nullptr && world_->online()->spent() && !pool_.wait())
        spent_ = true;
      tick();
    }
    return end();
  }

 private:
  Result<void> open() {
    // Two tables are read side by side, where there is a thread for it and both are needed.
    if (how_ == How::online && common_.depth != Depth::metadata && pool_.ready_file() >= 0) {
      pool_.submit([this] {
        license::prepare_texts(catalog_);
        return [] {};
      });
    }
    catalog_.prepare();
    license::prepare_words(catalog_);
    license::prepare_every_language(catalog_);
    watch_.files = {signals_.file()};
    if (pool_.ready_file() >= 0) watch_.files.push_back(pool_.ready_file());
    watched_ = watch_.files.size();
    Source* source = &nothing_;
    if (how_ == How::online) {
      TRY(world_, World::open_long(common_, watch_));
      source = &world_->source();
    } else if (how_ == How::offline) {
      world_ = World::open_offline(common_);
      source = &world_->source();
    }
    TRY(basis_, basis_of_run(common_, catalog_, kHow[static_cast<std::size_t>(how_)]));
    window_.emplace(
        *source, catalog_, common_.depth, pool_, [this](FinishedModel& seen) { conclude(seen); }, nullptr,
        CpuLimit{kModelSeconds});
    if (auto kept = open_store(); !kept) return kept;
    if (plan_.update.empty()) {
      TRY(feed_, input());
    } else {
      TRY(feed_, updated_input());
    }
    feed_ = pending(std::move(feed_));
    if (plan_.by_author) {
      feed_ = feed_authors(*window_, std::move(feed_), [this](const Task& task) {
        return task.kept.empty() && catalog_.release(task.model.id) == nullptr;
      });
    }
    return {};
  }

  Result<Feed> input() {
    if (!plan_.records.empty()) return feed_records(plan_.records, signals_.file());
    if (!plan_.replay.empty()) return feed_snapshots(plan_.replay);
    if (!plan_.input.empty()) return feed_lines(plan_.input, hub_url(common_), signals_.file());
    if (!plan_.collection.empty()) return feed_collection(*window_, plan_.collection);
    const bool records = common_.depth == Depth::metadata;
    return feed_listing(*window_, listing_query(plan_, records ? Items::records : Items::names), records);
  }

  Result<Feed> updated_input() {
    TRY(update_, Update::open(plan_, common_.depth, basis_, hub_url(common_)));
    // There the pages are the records, and tell all that a line rests on.
    if (plan_.lists() && common_.depth == Depth::metadata) {
      TRY(Feed pages, input());
      return update_->records(std::move(pages), catalog_);
    }
    const fetch::Online* online = world_ ? world_->online() : nullptr;
    Survey::Means means;
    if (online != nullptr) means.source = &world_->source();
    means.go_on = [this, online] { return go_on() && !(online != nullptr && online->spent()); };
    means.tell = [this](std::uint64_t answers, const std::string& of) {
      ProgressState pulse;
      pulse.models = answers;
      pulse.last = of;
      progress_.show(pulse);
    };
    std::optional<Feed> lines;
    if (!plan_.input.empty()) {
      TRY(lines, feed_lines(plan_.input, hub_url(common_), signals_.file()));
    }
    auto feed = update_->feed(std::move(means), catalog_, store_.get(), std::move(lines));
    spent_ = online != nullptr && online->spent();
    return feed;
  }

  Result<void> open_store() {
    if (plan_.store.empty()) return {};
    TRY(store_, fetch::Store::open(
                    {plan_.store, hub_url(common_), std::string(word(common_.depth)), plan_.store_bytes}));
    if (how_ != How::online) return {};  // a cache may hold some files of many
    window_->keep_answers({[this](const Want& want, const Answer& a) { return store_->keep(want, a); },
                           [this](const FinishedModel& seen, const std::vector<std::string>& remembered) {
                             // What could not be seen is asked for again, whatever is stored.
                             for (const Rest& rest : seen.rests) {
                               if (rest.state.empty()) return;
                             }
                             store_->keep_model(seen.model.text, seen.rests, remembered);
                           }});
    return {};
  }

  bool go_on() const {
    return signals_.caught() == 0 && !spent_ && wrote_ == Results::Wrote::whole && !broken_;
  }

  // Starts models until the window is full or the input has nothing more to give.
  void fill(bool wait) {
    blocked_ = false;
    while (!ended_ && !error_ && go_on() && window_->under_way() < static_cast<std::size_t>(common_.jobs) &&
           started_ - lines_.next() < lead_ && lines_.bytes() < kWaitingBytes) {
      Result<Fed> fed = feed_.next(wait);
      wait = false;
      if (!fed) {
        error_ = fed.error();
        broken_ = misfit_;
      } else if (std::holds_alternative<Ended>(*fed)) {
        ended_ = true;
      } else if (const auto* blocked = std::get_if<Blocked>(&*fed)) {
        blocked_ = blocked->input;
        break;
      } else {
        start(std::move(std::get<Task>(*fed)));
      }
    }
    // Input that comes while answers are waited for is taken at once.
    watch_.files.resize(watched_);
    if (blocked_) watch_.files.push_back(feed_.file);
  }

  bool mine(const Task& task) const {
    const std::string& name = task.problem.empty() ? task.model.id : task.model.text;
    return plan_.shards == 1 || stable_hash(name) % static_cast<std::uint64_t>(plan_.shards) ==
                                    static_cast<std::uint64_t>(plan_.shard);
  }

  // What this run has to do with, and has no line yet.
  Feed pending(Feed all) {
    Feed out = all;
    out.next = [this, next = std::move(all.next)](bool wait) -> Result<Fed> {
      while (go_on()) {
        Result<Fed> fed = next(wait);
        const Task* task = fed ? std::get_if<Task>(&*fed) : nullptr;
        if (task == nullptr) return fed;
        if (!mine(*task)) continue;
        const Result<bool> done = results_->done(task->model.text, task->line);
        misfit_ = !done;
        if (!done) return tl::unexpected<Error>(done.error());
        if (*done) continue;
        if (update_) update_->decide(std::get<Task>(*fed));
        return fed;
      }
      return Blocked{false};
    };
    return out;
  }

  void start(Task task) {
    const std::uint64_t number = started_++;
    std::optional<Facts> facts;
    if (!task.kept.empty()) {
      FinishedModel seen;
      seen.number = number;
      seen.counts.ref = task.model.text;
      seen.line = std::move(task.kept);
      seen.kept = true;
      return lines_.add(std::move(seen));
    }
    if (task.problem.empty() && files::names_local(task.model.text)) put(task);
    if (!task.problem.empty()) {
      facts = facts_of_no_model(task);
    } else if (how_ != How::saved) {
      if (const UnreleasedModel* release = catalog_.release(task.model.id))
        facts = gather_release(task.model, *release);
    }
    if (!facts)
      return window_->start(number, std::move(task.model), std::move(task.known), std::move(task.load));
    FinishedModel seen;
    seen.number = number;
    judge_into(seen, std::move(*facts));
    lines_.add(std::move(seen));
  }

  // A model of this machine, which is looked for on disk.
  void put(Task& task) {
    files::make_unique(task.model, local_);
    auto model = files::local_models({task.model});
    if (!model)
      task.problem = model.error().what + ": " + model.error().where;
    else if (world_)
      world_->put(std::move(*model));
  }

  // Runs on a thread of the pool: reads what stays the same, writes what is the model's own.
  void conclude(FinishedModel& seen) const {
    Facts facts = how_ == How::online    ? settled_online(seen.model, std::move(seen.facts), catalog_)
                  : how_ == How::offline ? settled_offline(seen.model, std::move(seen.facts), catalog_)
                                         : std::move(seen.facts);
    if (how_ == How::saved) facts.origin = Origin::replay;
    judge_into(seen, std::move(facts));
  }

  void judge_into(FinishedModel& seen, Facts facts) const {
    const Verdict verdict = judged(facts, common_, catalog_);
    seen.facts = {};
    Basis basis = basis_;
    basis.rests = std::move(seen.rests);
    // What is saved does not change.
    seen.line = how_ == How::saved ? render_line(verdict) : render_line(verdict, basis);
    seen.counts = Tally::of(verdict);
  }

  void write(const FinishedModel& seen) {
    if (wrote_ == Results::Wrote::whole) wrote_ = results_->write(seen.line);
    if (wrote_ != Results::Wrote::whole) return;
    ++written_;
    last_ = seen.counts.ref;
    if (seen.kept)
      tally_.add_line(std::string_view(seen.line).substr(0, seen.line.size() - 1));
    else
      tally_.add(seen.counts);
  }

  void tick() {
    const auto now = Clock::now();
    if (now - synced_ >= std::chrono::seconds(1)) {
      synced_ = now;
      if (!results_->sync()) wrote_ = Results::Wrote::failed;
    }
    ProgressState pulse;
    pulse.models = written_;
    pulse.skipped = results_->skipped();
    pulse.undetermined = tally_.undetermined();
    pulse.last = last_;
    // What was read is not what is done: the window lies between.
    const std::uint64_t taken = started_ + pulse.skipped;
    if (ended_) pulse.total = taken;
    pulse.bytes = feed_.total;
    if (taken > 0) pulse.read = feed_.read() * (written_ + pulse.skipped) / taken;
    if (world_ && world_->online() != nullptr) {
      const auto& windows = world_->online()->windows();
      if (const auto api = windows.find("api"); api != windows.end())
        pulse.quota_left = api->second.remaining;
    }
    progress_.show(pulse);
  }

  // What was written is made safe, whatever the end; then the end is told.
  Result<int> end() {
    progress_.clear();
    const int signal = signals_.caught();
    if (!results_->sync() && wrote_ == Results::Wrote::whole) wrote_ = Results::Wrote::failed;
    if (wrote_ == Results::Wrote::nobody_reads) die_of(SIGPIPE);
    const int exit = spent_ || tally_.undetermined() > 0 ? kUndecided : kJudged;
    if (wrote_ == Results::Wrote::failed)
      return fail(Fault::usage, "the output cannot be written: " + results_->trouble(),
                  plan_.output.empty() ? "standard output" : plan_.output,
                  plan_.output.empty() ? "" : "make room\n--resume goes on after its last whole line");
    if (broken_) return tl::unexpected<Error>(*error_);
    if (spent_)
      files::write_err(files::worded({Fault::unanswered,
                                      fmt::format("the {} requests of this run are used up", common_.quota),
                                      "--quota", plan_.output.empty() ? "" : "--resume goes on"}));
    const bool over = signal == 0 && !error_;
    const Result<void> whole = over && !spent_ ? results_->check_end() : Result<void>();
    if (!common_.quiet) {
      BatchEnd last{tally_, results_->skipped(), {}, {}, 0, {}, over && !spent_};
      if (world_ && world_->online() != nullptr) last.requests = world_->online()->requests();
      if (update_) last.updated = update_->in_words();
      if (store_) last.not_stored = store_->left_out();
      if (over && whole) last.exit = exit;
      files::write_err(end_words(last, plan_));
    }
    if (signal != 0) {
      world_.reset();
      die_of(signal);
    }
    if (error_) return tl::unexpected<Error>(*error_);
    if (!whole) return tl::unexpected<Error>(whole.error());
    return exit;
  }

  const BatchPlan& plan_;
  Common common_;
  const Catalog& catalog_;
  How how_ = How::online;
  Signals signals_;
  fetch::Watch watch_;
  Progress progress_;
  Tally tally_;
  std::optional<Results> results_;
  fetch::Replay nothing_;  // has no answers of its own
  std::unique_ptr<World> world_;
  Basis basis_;
  std::unique_ptr<fetch::Store> store_;
  std::optional<InFlightWindow> window_;
  std::unique_ptr<Update> update_;
  Feed feed_;
  std::set<std::string> local_;  // ids of models of this machine
  std::size_t watched_ = 0;      // files that are always
  bool ended_ = false;
  bool blocked_ = false;
  bool spent_ = false;   // the requests of this run
  bool misfit_ = false;  // what is in the file is not of this input …
  bool broken_ = false;  // … and that is what ends it
  std::optional<Error> error_;
  std::uint64_t lead_ = 0;  // models between the oldest unfinished one and the newest
  InOrder lines_;
  std::uint64_t started_ = 0;  // numbers given
  std::uint64_t written_ = 0;
  std::string last_;
  Results::Wrote wrote_ = Results::Wrote::whole;
  Clock::time_point synced_ = Clock::now();
  files::ThreadPool pool_;  // the last: what its threads look at outlives them
};

}  // namespace

Result<int> batch(const BatchPlan& plan, const Common& common, const Catalog& catalog) {
  return Run(plan, common, catalog).run();
}

}  // namespace howopen::run
