// Questions that are asked before they are known to be needed: one round trip less.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "howopen/snapshot.h"
#include "howopen/source.h"

namespace howopen::fetch {

/// Stands between a cache and the services. Together with the record of a model it asks what that record most
/// likely leads to, at the branch that was asked for; the answer is given to whoever asks for it later. A
/// file counts only where it came from the commit that is asked about by then: otherwise it is asked for
/// again, so that a model is still judged by one revision.
class Ahead : public Source {
 public:
  explicit Ahead(Source& behind) : behind_(behind) {}

  /// Asks `likely` as soon as the record of this repository and revision is asked for. A record that is known
  /// by its etag has been asked for before, and so, likely, have its files: nothing is asked ahead of it.
  void expect(const Want& record, std::vector<Want> likely);

  void ask(std::size_t ticket, Want want, std::string etag = {}) override;
  std::optional<Reply> next() override { return answer(true); }
  std::optional<Reply> try_next() override { return answer(false); }

  /// Questions about the models of a record that were asked and whose answers nobody needed, in their order.
  std::vector<Want> in_vain(const Want& record) const;

 private:
  struct Question {
    std::size_t ticket = 0;
    Want want;
    std::string etag;
  };
  struct Guess {
    Want record;  // that it was asked with
    Want want;
    std::optional<Reply> reply;
    std::vector<Question> waiting;
  };
  std::optional<Reply> answer(bool wait);
  void forward(Question question);
  void arrived(std::size_t id, Reply reply);

  Source& behind_;
  std::map<Want, std::vector<Want>> expected_;  // by the record
  std::map<std::size_t, Question> asked_;       // by our own ticket
  std::map<std::size_t, Guess> guesses_;        // the same
  std::size_t next_ticket_ = 0;
  std::deque<Reply> ready_;
};

}  // namespace howopen::fetch
