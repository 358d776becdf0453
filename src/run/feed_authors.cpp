// Records of a list's models from the listings of their authors: a page tells of up to 1,000 models and costs
// one request, where each model's own record costs one as well.
//
//   1,000 lines of acme/…, one of other/x  ->  a page of acme's models; other/x is asked for by itself

#include <algorithm>
#include <deque>
#include <map>

#include "run/feed.h"
#include "run/look.h"
#include "run/options.h"
#include "text/utf8.h"

namespace howopen::run {
namespace {

constexpr std::size_t kAhead = 4096;       // lines that are read before the first of them is answered
constexpr std::size_t kFewest = 3;         // models that are worth a page
constexpr std::size_t kBytes = 32u << 20;  // of records that wait for their turn, and as much for their line

using Record = std::shared_ptr<const Snapshot>;

std::size_t bytes_of(const Record& record) {
  return record == nullptr || record->empty() ? 0 : record->begin()->second.body.size();
}

class Authors {
 public:
  Authors(InFlightWindow& window, Feed lines, std::function<bool(const Task&)> asked_for)
      : window_(window), lines_(std::move(lines)), asked_for_(std::move(asked_for)) {}

  Result<Fed> next(bool wait) {
    read_ahead(wait);
    if (ahead_.empty()) {
      if (error_) return tl::unexpected<Error>(*error_);
      return ended_ ? Fed(Ended{}) : Fed(Blocked{});
    }
    Line& first = ahead_.front();
    if (!first.author.empty()) {
      Author& a = authors_.at(first.author);
      if (first.missing && (asked_ == first.author || worth_a_page(a))) {
        if (asked_.empty()) ask(first.author, a);
        return Blocked{false};
      }
      if (first.missing) --a.missing;
      if (--a.lines == 0 && asked_ != first.author) authors_.erase(first.author);
    }
    ahead_bytes_ -= bytes_of(first.task.known);
    Task task = std::move(first.task);
    ahead_.pop_front();
    return task;
  }

 private:
  struct Line {
    Task task;
    std::string author;    // in lower case; "" where no listing tells of the model
    bool missing = false;  // its record may be on a page
  };
  struct Author {
    std::size_t lines = 0;    // of those read ahead
    std::size_t missing = 0;  // of them
    std::string first;        // query of the first page
    std::string page;         // and of the one that comes next; "" when there is none
    std::size_t pages = 0;    // that were asked for
    std::size_t found = 0;    // records of lines that they brought
    bool fruitful = false;    // since the first page
    bool dropped = false;     // records that a later line may want
  };

  // Pages have to pay: whatever they say of each other, all of them cost less than the records by themselves.
  static bool worth_a_page(const Author& a) {
    return !a.page.empty() && a.missing >= kFewest && a.pages <= a.found / kFewest;
  }

  // A revision's record is in no listing.
  std::string author_of(const Task& task) const {
    const std::size_t slash = task.model.id.find('/');
    if (!task.problem.empty() || !task.model.revision.empty() || slash == std::string::npos ||
        !asked_for_(task))
      return {};
    return text::lower(task.model.id.substr(0, slash));
  }

  void read_ahead(bool wait) {
    while (ahead_.size() < kAhead && !ended_ && !error_) {
      Result<Fed> fed = lines_.next(wait && ahead_.empty());
      if (!fed) {
        error_ = fed.error();
      } else if (std::holds_alternative<Ended>(*fed)) {
        ended_ = true;
      } else if (std::holds_alternative<Blocked>(*fed)) {
        return;
      } else {
        add(std::move(std::get<Task>(*fed)));
      }
    }
  }

  void add(Task task) {
    Line line;
    line.author = author_of(task);
    line.task = std::move(task);
    if (!line.author.empty()) {
      Author& a = authors_[line.author];
      if (a.lines++ == 0) {
        BatchPlan plan;
        plan.author = line.task.model.id.substr(0, line.author.size());
        a.first = a.page = listing_query(plan, Items::records);
      }
      line.missing = true;
      ++a.missing;
      if (const auto spare = spare_.find(line.task.model.id); spare != spare_.end())
        give(line, a, spare->second);
    }
    ahead_.push_back(std::move(line));
  }

  // A line whose record there is no room for is asked for by itself when its turn comes.
  void give(Line& line, Author& a, const Record& record) {
    line.missing = false;
    --a.missing;
    if (ahead_bytes_ + bytes_of(record) > kBytes) return;
    ahead_bytes_ += bytes_of(record);
    line.task.known = record;
  }

  void ask(const std::string& author, Author& a) {
    asked_ = author;
    ++a.pages;
    window_.ask_aside({Topic::listing, "", "", a.page, ""}, [this](const Answer& page) { take(page); });
  }

  // What a page cannot tell is asked of the models themselves: they have the reason as well.
  void take(const Answer& page) {
    const std::string author = std::exchange(asked_, {});
    auto items = page.outcome == Outcome::got ? split_listing(page) : std::nullopt;
    std::map<std::string, Record> records;
    for (auto& [want, answer] : items.value_or(std::vector<std::pair<Want, Answer>>())) {
      std::string id = want.id;
      auto known = std::make_shared<Snapshot>();
      known->emplace(std::move(want), std::move(answer));
      records.emplace(std::move(id), std::move(known));
    }
    Author& a = authors_.at(author);
    const std::size_t before = a.missing;
    for (Line& line : ahead_) {
      const auto record =
          line.missing && line.author == author ? records.find(line.task.model.id) : records.end();
      if (record != records.end()) give(line, a, record->second);
    }
    a.found += before - a.missing;
    a.fruitful = a.fruitful || before > a.missing;
    keep(records);
    a.page = items && page.next != a.page ? page.next : "";
    // Lines in another order than the listing's: what was dropped is on pages that were there already.
    if (a.page.empty() && items && a.dropped && a.fruitful) {
      a.page = a.first;
      a.dropped = a.fruitful = false;
    }
    if (a.lines == 0) authors_.erase(author);
  }

  // The listing may be in another order than the lines: later ones ask for what is left.
  void keep(const std::map<std::string, Record>& records) {
    for (const auto& [id, record] : records) {
      if (spare_bytes_ + bytes_of(record) > kBytes) {
        spare_.clear();
        spare_bytes_ = 0;
        for (auto& [name, a] : authors_) a.dropped = true;
      }
      if (spare_.emplace(id, record).second) spare_bytes_ += bytes_of(record);
    }
  }

  InFlightWindow& window_;
  Feed lines_;
  std::function<bool(const Task&)> asked_for_;
  std::deque<Line> ahead_;
  std::size_t ahead_bytes_ = 0;  // of their records
  std::map<std::string, Author> authors_;
  std::string asked_;  // whose page is waited for
  std::map<std::string, Record> spare_;
  std::size_t spare_bytes_ = 0;
  bool ended_ = false;
  std::optional<Error> error_;
};

}  // namespace

Feed feed_authors(InFlightWindow& window, Feed lines, std::function<bool(const Task&)> asked_for) {
  Feed feed = lines;
  const auto authors = std::make_shared<Authors>(window, std::move(lines), std::move(asked_for));
  feed.next = [authors](bool wait) { return authors->next(wait); };
  return feed;
}

}  // namespace howopen::run
