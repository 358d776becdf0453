// The loop between the core, which says what it wants to know, and the world, which answers.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "files/thread_pool.h"
#include "howopen/catalog.h"
#include "howopen/facts.h"
#include "howopen/snapshot.h"
#include "howopen/source.h"
#include "howopen/tally.h"
#include "run/model_facts.h"

namespace howopen::run {

/// The question for the record of a model: what is asked first.
Want record_want(const ModelRef& model);

/// A model that nothing more is wanted of.
struct FinishedModel {
  std::size_t number = 0;  ///< as it was started under
  ModelRef model;
  Facts facts;
  std::vector<Rest> rests;  ///< what the facts rest on
  int requests = 0;         ///< that it took; none where a cache answered
  // What `conclude` made of it.
  std::string line;
  Tally::Entry counts;
  bool kept = false;  ///< the line is of an earlier run
};

/// Processor time of the thread that asks, in seconds.
double thread_seconds();

/// How much of it one model may take, so that no card stops a batch; looked at between files, since reading
/// one is bounded by its size.
struct CpuLimit {
  double seconds = 0;  ///< 0: as much as it takes
  double (*now)() = thread_seconds;
};

/// Where raw answers go, to be judged again later. Called by the pool's threads, for several models at once.
struct Keep {
  /// Gives what is to be remembered of the answer, "" for nothing.
  std::function<std::string(const Want&, const Answer&)> answer;
  /// A model is done; all that was remembered of its answers.
  std::function<void(const FinishedModel&, std::vector<std::string> remembered)> model;
};

/// Answers that are at hand, read when they are needed; nothing where there are none.
using Load = std::function<std::shared_ptr<const Snapshot>()>;

/// Models that are being looked at. No model waits for another: each asks on as soon as its own answers are
/// there, and is handed out, in any order, when nothing more is wanted of it. What is answered is read by the
/// pool.
class InFlightWindow {
 public:
  /// What is done, by the pool, with a model that nothing more is wanted of.
  using Conclude = std::function<void(FinishedModel&)>;

  /// `keep`, if given, collects the raw answers.
  InFlightWindow(Source& source, const Catalog& catalog, Depth depth, files::ThreadPool& pool,
                 Conclude conclude = {}, Snapshot* keep = nullptr, CpuLimit limit = {})
      : source_(source),
        catalog_(catalog),
        depth_(depth),
        pool_(pool),
        conclude_(std::move(conclude)),
        keep_(keep),
        limit_(limit) {}

  /// Asks what is wanted of a model first. What `known`, or else what `load` gives, answers is not asked. A
  /// number is used once.
  void start(std::size_t number, ModelRef model, std::shared_ptr<const Snapshot> known = nullptr,
             Load load = {});
  /// Before the first model is started.
  void keep_answers(Keep keep) { archive_ = std::move(keep); }
  /// Asks something that is about no model of the window; the answer goes where it is told.
  void ask_aside(Want want, std::function<void(Answer)> then);
  /// Work of the owner, done once, when all that can be asked is asked and nothing has come yet.
  void meanwhile(std::function<void()> work) { meanwhile_ = std::move(work); }
  /// Waits until a model is done. Nothing when none is under way, when the source was woken, and when what
  /// was asked aside is answered.
  std::optional<FinishedModel> next();
  /// Models that were started and not handed out.
  std::size_t under_way() const { return tasks_.size() + done_.size(); }
  /// Nothing is waited for.
  bool idle() const { return under_way() == 0 && !aside_; }

 private:
  struct ModelRequest {
    ModelRef model;
    Readings readings;
    std::shared_ptr<const Snapshot> known;
    Load load;
    std::vector<std::string> remembered;  // by `archive_`
    int requests = 0;
    int round = 0;
    std::set<Want> asked;
    std::size_t open = 0;  // questions that are not answered
    struct Unread {
      Want want;
      Answer answer;
      std::shared_ptr<const Identified> known;  // of a text that another model has too
    };
    std::vector<Unread> answers;                                                   // of this round
    std::vector<std::pair<std::string, std::shared_ptr<const Identified>>> found;  // texts by their blob
    std::vector<Want> questions;  // of the next one; none when nothing more is wanted
    std::optional<FinishedModel> seen;
    double seconds = 0;  // of processors
  };
  void hand_over(std::size_t number, std::shared_ptr<ModelRequest> request);
  void add(ModelRequest& request, const Want& want, Answer answer, const Identified* known = nullptr) const;
  void read(std::size_t number, ModelRequest& request) const;
  bool read_answers(ModelRequest& request) const;
  void conclude(std::size_t number, ModelRequest& request, Facts facts, std::vector<Rest> rests) const;
  void go_on(std::size_t number, ModelRequest& request);

  Source& source_;
  const Catalog& catalog_;
  Depth depth_;
  files::ThreadPool& pool_;
  Conclude conclude_;
  Snapshot* keep_;
  Keep archive_;
  CpuLimit limit_;
  std::map<std::size_t, std::shared_ptr<ModelRequest>> tasks_;
  std::size_t open_ = 0;  // questions of all of them
  // Few texts are the license of most models.
  std::unordered_map<std::string, std::shared_ptr<const Identified>> texts_;
  std::deque<FinishedModel> done_;
  std::function<void(Answer)> aside_;
  std::function<void()> meanwhile_;
};

/// Facts about each model, in the order given, and how many requests they took.
struct Looked {
  std::vector<Facts> facts;
  std::vector<int> requests;
};

/// All models at once. `meanwhile` is done while the first answer is waited for.
Looked look(Source& source, const std::vector<ModelRef>& models, const Catalog& catalog,
            Depth depth = Depth::card, Snapshot* keep = nullptr, std::function<void()> meanwhile = {});

}  // namespace howopen::run
