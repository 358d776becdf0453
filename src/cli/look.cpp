// Ask what is wanted, read what is answered, ask again, until nothing more is wanted. Answers arrive in any
// order; which questions are asked depends on their content alone, so the order never shows.
//
//   {a/b}  ->  record; README.md, LICENSE, record of its base; LICENSE of the base; facts

#include "cli/look.h"

#include <cstdint>
#include <utility>

#include "text/limits.h"

namespace howopen::cli {
namespace {

constexpr std::size_t kAside = SIZE_MAX;

}  // namespace

void Window::ask_aside(Want want, std::function<void(Answer)> then) {
  aside_ = std::move(then);
  source_.ask(kAside, std::move(want));
}

void Window::ask(std::size_t number, Inquiry& inquiry, int round) {
  for (bool more = true; more && round <= limits::kRounds; ++round) {
    more = false;
    for (Want& want : wants(inquiry.model, inquiry.readings, catalog_, depth_)) {
      if (inquiry.asked.size() >= limits::kWants || !inquiry.asked.insert(want).second) continue;
      if (inquiry.known != nullptr) {
        if (const auto answer = inquiry.known->find(want); answer != inquiry.known->end()) {
          inquiry.readings.add(want, answer->second, catalog_);
          more = true;
          continue;
        }
      }
      ++inquiry.open;
      source_.ask(number, std::move(want));
    }
  }
}

void Window::finish(std::size_t number, Inquiry& inquiry) {
  Facts facts = gather(inquiry.model, inquiry.readings, catalog_);
  done_.push_back({number, std::move(inquiry.model), std::move(facts), inquiry.requests});
  inquiries_.erase(number);
}

void Window::start(std::size_t number, ModelRef model, const Snapshot* known) {
  Inquiry& inquiry = inquiries_[number];
  inquiry.model = std::move(model);
  inquiry.known = known;
  ask(number, inquiry, 0);
  if (inquiry.open == 0) finish(number, inquiry);
}

std::optional<LookedAt> Window::next() {
  while (done_.empty()) {
    if (inquiries_.empty() && !aside_) return std::nullopt;
    auto reply = source_.next();
    if (!reply) return std::nullopt;
    if (reply->ticket == kAside) {
      std::exchange(aside_, nullptr)(std::move(reply->answer));
      return std::nullopt;
    }
    const std::size_t number = reply->ticket;
    Inquiry& inquiry = inquiries_.at(number);
    inquiry.requests += reply->requests;
    --inquiry.open;
    if (keep_ != nullptr) keep_->insert_or_assign(reply->want, reply->answer);
    inquiry.readings.add(reply->want, std::move(reply->answer), catalog_);
    // Reading what is wanted next costs more than waiting for the last answer of a round.
    if (inquiry.open > 0) continue;
    ask(number, inquiry, ++inquiry.round);
    if (inquiry.open == 0) finish(number, inquiry);
  }
  LookedAt out = std::move(done_.front());
  done_.pop_front();
  return out;
}

Looked look(Source& source, const std::vector<ModelRef>& models, const Catalog& catalog, Depth depth,
            Snapshot* keep) {
  Window window(source, catalog, depth, keep);
  for (std::size_t i = 0; i < models.size(); ++i) window.start(i, models[i]);
  Looked out{std::vector<Facts>(models.size()), std::vector<int>(models.size())};
  while (auto done = window.next()) {
    out.facts[done->number] = std::move(done->facts);
    out.requests[done->number] = done->requests;
  }
  return out;
}

}  // namespace howopen::cli
