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
  std::map<Want, int> asked;  // with the round: an answer's questions are one round later than its own
};

class Loop {
 public:
  Loop(Source& source, const std::vector<ModelRef>& models, const Catalog& catalog, Snapshot* keep)
      : source_(source), models_(models), catalog_(catalog), keep_(keep), inquiries_(models.size()) {}

  std::vector<Facts> run() {
    for (std::size_t i = 0; i < models_.size(); ++i) ask(i, 0);
    while (auto reply = source_.next()) {
      Inquiry& inquiry = inquiries_[reply->ticket];
      const int round = inquiry.asked[reply->want];
      if (keep_ != nullptr) keep_->insert_or_assign(reply->want, reply->answer);
      inquiry.readings.add(reply->want, std::move(reply->answer), catalog_);
      ask(reply->ticket, round + 1);
    }
    std::vector<Facts> out;
    for (std::size_t i = 0; i < models_.size(); ++i)
      out.push_back(gather(models_[i], inquiries_[i].readings, catalog_));
    return out;
  }

 private:
  void ask(std::size_t i, int round) {
    if (round > limits::kRounds) return;
    Inquiry& inquiry = inquiries_[i];
    for (Want& want : wants(models_[i], inquiry.readings, catalog_)) {
      if (inquiry.asked.size() >= limits::kWants || !inquiry.asked.emplace(want, round).second) continue;
      source_.ask(i, std::move(want));
    }
  }

  Source& source_;
  const std::vector<ModelRef>& models_;
  const Catalog& catalog_;
  Snapshot* keep_;
  std::vector<Inquiry> inquiries_;
};

}  // namespace

std::vector<Facts> look(Source& source, const std::vector<ModelRef>& models, const Catalog& catalog,
                        Snapshot* keep) {
  return Loop(source, models, catalog, keep).run();
}

}  // namespace howopen::cli
