// Ask what is wanted, read what is answered, ask again, until nothing more is wanted. Answers arrive in any
// order; which questions are asked depends on their content alone, so the order never shows.
//
//   {a/b}  ->  record; README.md, LICENSE, record of its base; LICENSE of the base; facts

#include "run/look.h"

#include <fmt/format.h>
#include <time.h>

#include <cstdint>
#include <utility>

#include "files/thread_pool.h"
#include "run/model_facts.h"
#include "text/limits.h"

namespace howopen::run {
namespace {

constexpr std::size_t kAside = SIZE_MAX;
constexpr std::size_t kLargeAnswer = 256u << 10;
constexpr std::size_t kTexts = 4096;  // that are remembered, some kB each

// Facts of a model that was not read to its end: nothing of it is known.
Facts given_up(const ModelRef& model, const CpuLimit& limit) {
  Facts out;
  out.ref = model.text;
  out.id = out.asked = model.id;
  out.from = model.revision.empty() ? "main" : model.revision;
  out.repository = {Unseen::failed, "the time that a model may take"};
  out.lookup_errors.push_back(
      {Trouble::too_large,
       fmt::format("its files take more than {:g} s of a processor to read; it was given up", limit.seconds),
       ""});
  return out;
}

}  // namespace

Want record_want(const ModelRef& model) {
  return {Topic::model, model.id, model.revision, "", ""};
}

double thread_seconds() {
  timespec now = {};
  if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now) != 0) return 0;
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

void InFlightWindow::ask_aside(Want want, std::function<void(Answer)> then) {
  aside_ = std::move(then);
  source_.ask(kAside, std::move(want));
}

// Nobody else touches the request until its end is settled.
void InFlightWindow::hand_over(std::size_t number, std::shared_ptr<ModelRequest> request) {
  pool_.submit([this, number, request = std::move(request)]() -> files::ThreadPool::Completion {
    read(number, *request);
    return [this, number, request] { go_on(number, *request); };
  });
}

void InFlightWindow::add(ModelRequest& request, const Want& want, Answer answer,
                         const Identified* known) const {
  if (archive_.answer) {
    if (std::string kept = archive_.answer(want, answer); !kept.empty())
      request.remembered.push_back(std::move(kept));
  }
  request.readings.add(want, std::move(answer), catalog_, known);
}

// False when the model has taken more than it may.
bool InFlightWindow::read_answers(ModelRequest& request) const {
  if (request.load) request.known = std::exchange(request.load, {})();
  const double begun = limit_.seconds > 0 ? limit_.now() : 0;
  const auto over = [&] {
    return limit_.seconds > 0 && request.seconds + limit_.now() - begun > limit_.seconds;
  };
  for (auto& [want, answer, known] : request.answers) {
    add(request, want, std::move(answer), known.get());
    const Identified* identified = want.blob.empty() || known ? nullptr : request.readings.identified(want);
    if (identified != nullptr)
      request.found.emplace_back(want.blob, std::make_shared<const Identified>(*identified));
    if (over()) return false;
  }
  request.answers.clear();
  for (bool more = true; more && request.round <= limits::kRounds;) {
    more = false;
    for (Want& want : wants(request.model, request.readings, catalog_, depth_)) {
      if (request.asked.size() >= limits::kWants || !request.asked.insert(want).second) continue;
      if (request.known != nullptr) {
        if (const auto answer = request.known->find(want); answer != request.known->end()) {
          add(request, want, answer->second);
          more = true;
          if (over()) return false;
          continue;
        }
      }
      request.questions.push_back(std::move(want));
    }
    if (more) ++request.round;
  }
  if (limit_.seconds > 0) request.seconds += limit_.now() - begun;
  return request.seconds <= limit_.seconds;
}

void InFlightWindow::conclude(std::size_t number, ModelRequest& request, Facts facts,
                              std::vector<Rest> rests) const {
  FinishedModel& seen = request.seen.emplace();
  seen.number = number;
  seen.facts = std::move(facts);
  seen.model = std::move(request.model);
  seen.rests = std::move(rests);
  seen.requests = request.requests;
  request.readings = {};  // here, not by whoever hears of the end: it takes a while
  if (archive_.model) archive_.model(seen, std::move(request.remembered));
  if (conclude_) conclude_(seen);
}

// Reads the answers of a round; what they raise is the next one, or the model is done.
void InFlightWindow::read(std::size_t number, ModelRequest& request) const {
  if (!read_answers(request)) {
    request.answers.clear();
    request.questions.clear();
    // It took too long today.
    std::vector<Rest> rests = {{{Topic::model, request.model.id, request.model.revision, "", ""}, ""}};
    return conclude(number, request, given_up(request.model, limit_), std::move(rests));
  }
  if (request.questions.empty())
    conclude(number, request, gather(request.model, request.readings, catalog_),
             rests_of(request.model, request.readings));
}

void InFlightWindow::go_on(std::size_t number, ModelRequest& request) {
  if (texts_.size() + request.found.size() > kTexts) texts_.clear();
  for (auto& [blob, identified] : std::exchange(request.found, {}))
    texts_.emplace(blob, std::move(identified));
  if (request.seen) {
    done_.push_back(std::move(*request.seen));
    tasks_.erase(number);
    return;
  }
  request.open = request.questions.size();
  open_ += request.open;
  ++request.round;
  for (Want& want : std::exchange(request.questions, {})) source_.ask(number, std::move(want));
}

void InFlightWindow::start(std::size_t number, ModelRef model, std::shared_ptr<const Snapshot> known,
                           Load load) {
  auto request = std::make_shared<ModelRequest>();
  request->model = std::move(model);
  request->known = std::move(known);
  request->load = std::move(load);
  tasks_.emplace(number, request);
  hand_over(number, std::move(request));
}

std::optional<FinishedModel> InFlightWindow::next() {
  for (pool_.run_completions(); done_.empty(); pool_.run_completions()) {
    if (tasks_.empty() && !aside_) return std::nullopt;
    if (open_ == 0 && !aside_) {  // all of them are with the pool
      pool_.wait();
      continue;
    }
    const bool queued = pool_.has_queued();
    auto reply = queued || meanwhile_ ? source_.try_next() : source_.next();
    if (!reply && meanwhile_) {
      std::exchange(meanwhile_, nullptr)();
      continue;
    }
    if (!reply) {
      if (pool_.run_completions() || (queued && pool_.run_one())) continue;
      return std::nullopt;
    }
    if (reply->ticket == kAside) {
      std::exchange(aside_, nullptr)(std::move(reply->answer));
      return std::nullopt;
    }
    const std::size_t number = reply->ticket;
    const std::shared_ptr<ModelRequest>& request = tasks_.at(number);
    request->requests += reply->requests;
    if (keep_ != nullptr) keep_->insert_or_assign(reply->want, reply->answer);
    // What is large does not wait for the others of its round.
    if (reply->answer.body.size() > kLargeAnswer)
      add(*request, reply->want, std::move(reply->answer));
    else
      request->answers.push_back({std::move(reply->want), std::move(reply->answer), nullptr});
    --open_;
    // Reading what is wanted next costs more than waiting for the last answer of a round.
    if (--request->open > 0) continue;
    for (ModelRequest::Unread& unread : request->answers) {
      const auto known = texts_.find(unread.want.blob);
      if (known != texts_.end()) unread.known = known->second;
    }
    hand_over(number, request);
  }
  FinishedModel out = std::move(done_.front());
  done_.pop_front();
  return out;
}

Looked look(Source& source, const std::vector<ModelRef>& models, const Catalog& catalog, Depth depth,
            Snapshot* keep, std::function<void()> meanwhile) {
  files::ThreadPool pool(0);
  InFlightWindow window(source, catalog, depth, pool, {}, keep);
  window.meanwhile(std::move(meanwhile));
  for (std::size_t i = 0; i < models.size(); ++i) window.start(i, models[i]);
  Looked out{std::vector<Facts>(models.size()), std::vector<int>(models.size())};
  while (auto done = window.next()) {
    out.facts[done->number] = std::move(done->facts);
    out.requests[done->number] = done->requests;
  }
  return out;
}

}  // namespace howopen::run
