// Ask what is wanted, read what is answered, ask again, until nothing more is wanted. Answers arrive in any
// order; which questions are asked depends on their content alone, so the order never shows.
//
//   {a/b}  ->  record; README.md, LICENSE, record of its base; LICENSE of the base; facts

#include "cli/look.h"

#include <map>
#include <set>

#include "text/limits.h"

namespace howopen::cli {
namespace {

struct Inquiry {
  Readings readings;
  int requests = 0;
  std::map<Want, int> asked;  // with the round: an answer's questions are one round later than its own
};

class Loop {
 public:
  Loop(Source& source, const std::vector<ModelRef>& models, const Catalog& catalog, Depth depth,
       Snapshot* keep)
      : source_(source),
        models_(models),
        catalog_(catalog),
        depth_(depth),
        keep_(keep),
        inquiries_(models.size()) {}

  Looked run() {
    for (std::size_t i = 0; i < models_.size(); ++i) ask(i, 0);
    while (auto reply = source_.next()) {
      Inquiry& inquiry = inquiries_[reply->ticket];
      const int round = inquiry.asked[reply->want];
      inquiry.requests += reply->requests;
      if (keep_ != nullptr) keep_->insert_or_assign(reply->want, reply->answer);
      inquiry.readings.add(reply->want, std::move(reply->answer), catalog_);
      ask(reply->ticket, round + 1);
    }
    Looked out;
    for (std::size_t i = 0; i < models_.size(); ++i) {
      out.facts.push_back(gather(models_[i], inquiries_[i].readings, catalog_));
      out.requests.push_back(inquiries_[i].requests);
    }
    return out;
  }

 private:
  void ask(std::size_t i, int round) {
    if (round > limits::kRounds) return;
    Inquiry& inquiry = inquiries_[i];
    for (Want& want : wants(models_[i], inquiry.readings, catalog_, depth_)) {
      if (inquiry.asked.size() >= limits::kWants || !inquiry.asked.emplace(want, round).second) continue;
      source_.ask(i, std::move(want));
    }
  }

  Source& source_;
  const std::vector<ModelRef>& models_;
  const Catalog& catalog_;
  Depth depth_;
  Snapshot* keep_;
  std::vector<Inquiry> inquiries_;
};

}  // namespace

Looked look(Source& source, const std::vector<ModelRef>& models, const Catalog& catalog, Depth depth,
            Snapshot* keep) {
  return Loop(source, models, catalog, depth, keep).run();
}

}  // namespace howopen::cli
