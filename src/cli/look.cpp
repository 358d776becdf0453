// Ask what is wanted, read what is answered, ask again, until nothing more is wanted. Answers arrive in any
// order; which questions are asked depends on their content alone, so the order never shows.
//
//   {a/b}  ->  record; README.md, LICENSE, record of its base; LICENSE of the base; facts

#include "cli/look.h"

#include <fmt/format.h>
#include <time.h>

#include <cstdint>
#include <utility>

#include "text/limits.h"

namespace howopen::cli {
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
  out.misses.push_back(
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

void Window::ask_aside(Want want, std::function<void(Answer)> then) {
  aside_ = std::move(then);
  source_.ask(kAside, std::move(want));
}

// Nobody else touches the inquiry until its end is settled.
void Window::hand_over(std::size_t number, std::shared_ptr<Inquiry> inquiry) {
  pool_.submit([this, number, inquiry = std::move(inquiry)]() -> ThreadPool::Completion {
    read(number, *inquiry);
    return [this, number, inquiry] { go_on(number, *inquiry); };
  });
}

void Window::add(Inquiry& inquiry, const Want& want, Answer answer, const Identified* known) const {
  if (archive_.answer) {
    if (std::string kept = archive_.answer(want, answer); !kept.empty())
      inquiry.remembered.push_back(std::move(kept));
  }
  inquiry.readings.add(want, std::move(answer), catalog_, known);
}

// False when the model has taken more than it may.
bool Window::read_answers(Inquiry& inquiry) const {
  if (inquiry.load) inquiry.known = std::exchange(inquiry.load, {})();
  const double begun = limit_.seconds > 0 ? limit_.now() : 0;
  const auto over = [&] {
    return limit_.seconds > 0 && inquiry.seconds + limit_.now() - begun > limit_.seconds;
  };
  for (auto& [want, answer, known] : inquiry.answers) {
    add(inquiry, want, std::move(answer), known.get());
    const Identified* identified = want.blob.empty() || known ? nullptr : inquiry.readings.identified(want);
    if (identified != nullptr)
      inquiry.found.emplace_back(want.blob, std::make_shared<const Identified>(*identified));
    if (over()) return false;
  }
  inquiry.answers.clear();
  for (bool more = true; more && inquiry.round <= limits::kRounds;) {
    more = false;
    for (Want& want : wants(inquiry.model, inquiry.readings, catalog_, depth_)) {
      if (inquiry.asked.size() >= limits::kWants || !inquiry.asked.insert(want).second) continue;
      if (inquiry.known != nullptr) {
        if (const auto answer = inquiry.known->find(want); answer != inquiry.known->end()) {
          add(inquiry, want, answer->second);
          more = true;
          if (over()) return false;
          continue;
        }
      }
      inquiry.questions.push_back(std::move(want));
    }
    if (more) ++inquiry.round;
  }
  if (limit_.seconds > 0) inquiry.seconds += limit_.now() - begun;
  return inquiry.seconds <= limit_.seconds;
}

void Window::conclude(std::size_t number, Inquiry& inquiry, Facts facts, std::vector<Rest> rests) const {
  LookedAt& seen = inquiry.seen.emplace();
  seen.number = number;
  seen.facts = std::move(facts);
  seen.model = std::move(inquiry.model);
  seen.rests = std::move(rests);
  seen.requests = inquiry.requests;
  inquiry.readings = {};  // here, not by whoever hears of the end: it takes a while
  if (archive_.model) archive_.model(seen, std::move(inquiry.remembered));
  if (conclude_) conclude_(seen);
}

// Reads the answers of a round; what they raise is the next one, or the model is done.
void Window::read(std::size_t number, Inquiry& inquiry) const {
  if (!read_answers(inquiry)) {
    inquiry.answers.clear();
    inquiry.questions.clear();
    // It took too long today.
    std::vector<Rest> rests = {{{Topic::model, inquiry.model.id, inquiry.model.revision, "", ""}, ""}};
    return conclude(number, inquiry, given_up(inquiry.model, limit_), std::move(rests));
  }
  if (inquiry.questions.empty())
    conclude(number, inquiry, gather(inquiry.model, inquiry.readings, catalog_),
             rests_of(inquiry.model, inquiry.readings));
}

void Window::go_on(std::size_t number, Inquiry& inquiry) {
  if (texts_.size() + inquiry.found.size() > kTexts) texts_.clear();
  for (auto& [blob, identified] : std::exchange(inquiry.found, {}))
    texts_.emplace(blob, std::move(identified));
  if (inquiry.seen) {
    done_.push_back(std::move(*inquiry.seen));
    inquiries_.erase(number);
    return;
  }
  inquiry.open = inquiry.questions.size();
  open_ += inquiry.open;
  ++inquiry.round;
  for (Want& want : std::exchange(inquiry.questions, {})) source_.ask(number, std::move(want));
}

void Window::start(std::size_t number, ModelRef model, std::shared_ptr<const Snapshot> known, Load load) {
  auto inquiry = std::make_shared<Inquiry>();
  inquiry->model = std::move(model);
  inquiry->known = std::move(known);
  inquiry->load = std::move(load);
  inquiries_.emplace(number, inquiry);
  hand_over(number, std::move(inquiry));
}

std::optional<LookedAt> Window::next() {
  for (pool_.run_completions(); done_.empty(); pool_.run_completions()) {
    if (inquiries_.empty() && !aside_) return std::nullopt;
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
    const std::shared_ptr<Inquiry>& inquiry = inquiries_.at(number);
    inquiry->requests += reply->requests;
    if (keep_ != nullptr) keep_->insert_or_assign(reply->want, reply->answer);
    // What is large does not wait for the others of its round.
    if (reply->answer.body.size() > kLargeAnswer)
      add(*inquiry, reply->want, std::move(reply->answer));
    else
      inquiry->answers.push_back({std::move(reply->want), std::move(reply->answer), nullptr});
    --open_;
    // Reading what is wanted next costs more than waiting for the last answer of a round.
    if (--inquiry->open > 0) continue;
    for (Inquiry::Unread& unread : inquiry->answers) {
      const auto known = texts_.find(unread.want.blob);
      if (known != texts_.end()) unread.known = known->second;
    }
    hand_over(number, inquiry);
  }
  LookedAt out = std::move(done_.front());
  done_.pop_front();
  return out;
}

Looked look(Source& source, const std::vector<ModelRef>& models, const Catalog& catalog, Depth depth,
            Snapshot* keep, std::function<void()> meanwhile) {
  ThreadPool pool(0);
  Window window(source, catalog, depth, pool, {}, keep);
  window.meanwhile(std::move(meanwhile));
  for (std::size_t i = 0; i < models.size(); ++i) window.start(i, models[i]);
  Looked out{std::vector<Facts>(models.size()), std::vector<int>(models.size())};
  while (auto done = window.next()) {
    out.facts[done->number] = std::move(done->facts);
    out.requests[done->number] = done->requests;
  }
  return out;
}

}  // namespace howopen::cli
