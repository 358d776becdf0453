// What a record most likely leads to, asked with it. A branch may move between two answers: the commit that
// each names decides whether they belong together.
//
//   expect({model, a/b}, {{file, a/b, "", README.md}}), then {model, a/b}  ->  two requests at once
//   {file, a/b, <sha>, README.md}, and the guess came from <sha>           ->  answered, nothing is asked

#include "fetch/ahead.h"

#include <algorithm>

#include "fetch/http.h"

namespace howopen::fetch {
namespace {

// Whether an answer to `guess` is one to `want`.
bool fits(const Want& guess, const Want& want, const Answer& answer) {
  if (want.topic != Topic::file || want.revision == guess.revision) return true;
  switch (answer.outcome) {
    case Outcome::got:
      return !want.revision.empty() && answer.commit == want.revision;
    case Outcome::denied:  // a gate is before the repository, whatever the revision
    case Outcome::failed:  // and was tried often enough
      return true;
    default:
      return false;
  }
}

// Whether the answer to `guess`, once it is there, may be one to `want`. Of the repository of that name
// alone: a copy of it has the same commits, and a gate of its own.
bool may_answer(const Want& guess, const Want& want) {
  return guess.topic == want.topic && guess.id == want.id && guess.path == want.path &&
         (want.topic == Topic::file || guess.revision == want.revision);
}

// The address of a branch in an answer is put as that of the commit, which is the same file: what is told of
// two runs does not depend on who asked first.
//
//   https://huggingface.co/a/b/resolve/main/README.md  ->  https://huggingface.co/a/b/resolve/<sha>/README.md
void readdress(Answer& answer, const Want& guess, const Want& want) {
  if (want.topic != Topic::file || want.revision.empty()) return;
  const std::string branch =
      "/resolve/" + encode(guess.revision.empty() ? "main" : guess.revision, false) + "/";
  const std::size_t at = answer.where.find(branch);
  if (at != std::string::npos)
    answer.where.replace(at, branch.size(), "/resolve/" + encode(want.revision, false) + "/");
}

}  // namespace

void Ahead::expect(const Want& record, std::vector<Want> likely) {
  expected_[record] = std::move(likely);
}

void Ahead::forward(Question question) {
  Want want = question.want;
  std::string etag = question.etag;
  asked_.emplace(next_ticket_, std::move(question));
  behind_.ask(next_ticket_++, std::move(want), std::move(etag));
}

void Ahead::ask(std::size_t ticket, Want want, std::string etag) {
  const auto guess = std::find_if(guesses_.begin(), guesses_.end(),
                                  [&](const auto& g) { return may_answer(g.second.want, want); });
  if (guess != guesses_.end()) {
    guess->second.waiting.push_back({ticket, std::move(want), std::move(etag)});
    if (auto reply = std::exchange(guess->second.reply, std::nullopt))
      arrived(guess->first, std::move(*reply));
    return;
  }
  const auto likely = etag.empty() ? expected_.find(want) : expected_.end();
  forward({ticket, want, std::move(etag)});
  if (likely == expected_.end()) return;
  for (Want& next : likely->second) {
    guesses_.emplace(next_ticket_, Guess{want, next, std::nullopt, {}});
    behind_.ask(next_ticket_++, std::move(next));
  }
  expected_.erase(likely);
}

// An answer to a guess: for who waits for it, or kept until somebody does. It is given away once.
void Ahead::arrived(std::size_t id, Reply reply) {
  Guess& guess = guesses_.at(id);
  bool given = false;
  for (Question& question : std::exchange(guess.waiting, {})) {
    if (given || !fits(guess.want, question.want, reply.answer)) {
      forward(std::move(question));
      continue;
    }
    given = true;
    readdress(reply.answer, guess.want, question.want);
    ready_.push_back({question.ticket, std::move(question.want), std::move(reply.answer), reply.requests});
  }
  if (given)
    guesses_.erase(id);
  else
    guess.reply = std::move(reply);
}

std::optional<Reply> Ahead::answer(bool wait) {
  while (ready_.empty()) {
    auto reply = wait ? behind_.next() : behind_.try_next();
    if (!reply) return std::nullopt;
    if (guesses_.contains(reply->ticket)) {
      arrived(reply->ticket, std::move(*reply));
      continue;
    }
    const auto asked = asked_.find(reply->ticket);
    reply->ticket = asked->second.ticket;
    asked_.erase(asked);
    return reply;
  }
  Reply reply = std::move(ready_.front());
  ready_.pop_front();
  return reply;
}

std::vector<Want> Ahead::in_vain(const Want& record) const {
  std::vector<Want> out;
  for (const auto& [id, guess] : guesses_)
    if (guess.record == record) out.push_back(guess.want);
  return out;
}

}  // namespace howopen::fetch
