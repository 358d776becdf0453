// Results brought up to date: lines that would be the same are kept as they are, the others are made anew.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fetch/store.h"
#include "howopen/result.h"
#include "run/feed.h"
#include "run/old_results.h"
#include "run/options.h"
#include "run/survey.h"

namespace howopen::run {

class Update {
 public:
  /// Reads the index of the old results. `judge` is what judges in this run.
  static Result<std::unique_ptr<Update>> open(const BatchPlan& plan, Depth depth, Basis judge,
                                              std::string endpoint);

  /// Asks what has changed, and gives the models of this run: of a listing, a collection, `lines`, or of the
  /// old results themselves. Without a source nobody is asked, and whatever is at hand is judged anew.
  Result<Feed> feed(Survey::Means means, const Catalog& catalog, const fetch::Store* store,
                    std::optional<Feed> lines);
  /// The items of a listing's pages, each with its record. What is gone from it comes behind them.
  Feed records(Feed pages, const Catalog& catalog);

  /// Gives a task its old line where that would be the same, or what is stored of it where only who judges
  /// has changed.
  void decide(Task& task);

  /// `99000 lines kept, 990 changed, …`
  std::string in_words() const;

 private:
  Update(const BatchPlan& plan, Depth depth, Basis judge, std::string endpoint, OldResults old)
      : plan_(plan),
        depth_(depth),
        judge_(std::move(judge)),
        endpoint_(std::move(endpoint)),
        old_(std::move(old)) {}
  enum class Fresh { yes, no, unseen };
  /// The models of the input, made one at a time: there may be millions.
  struct Input {
    std::size_t size = 0;
    std::function<Task(std::size_t)> at;
  };
  Result<Input> input(std::optional<Feed> lines);
  void look_at(const Input& input);
  void look_behind(const Input& input);
  void judge_anew(Task& task, const OldResults::Line& line);
  Feed with_gone(Feed all);
  bool own_fresh(const OldResults::Line& line, const ModelRef& model) const;
  Fresh fresh(const OldResults::Line& line, const ModelRef& model) const;
  bool judged_so(const OldResults::Line& line) const;
  bool keep(Task& task, const OldResults::Line& line);

  const BatchPlan& plan_;
  Depth depth_;
  Basis judge_;
  std::string endpoint_;
  OldResults old_;
  const fetch::Store* store_ = nullptr;
  std::unique_ptr<Survey> survey_;
  bool asks_ = true;
  bool listed_ = false;  // the input is a listing: what is not in it is gone from it
  std::vector<bool> met_;
  // What became of the lines.
  std::uint64_t kept_ = 0;
  std::uint64_t changed_ = 0;
  std::uint64_t fresh_ = 0;
  std::uint64_t gone_ = 0;
  std::uint64_t rejudged_ = 0;
  std::uint64_t from_store_ = 0;
  std::uint64_t trusted_ = 0;
  std::string why_;  // lines are judged anew
};

}  // namespace howopen::run
