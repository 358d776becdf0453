// Records of a list's models from the listings of their authors: a page tells of up to 1,000 models and costs
// one request, where each model's own record costs one as well.
//
//   1,000 lines of acme/…, one of other/x  ->  a page of acme's models; other/x is asked for by itself

#include <algorithm>
#include <deque>
#include <map>

#include "cli/feed.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

constexpr std::size_t kAhead = 4096;            // lines that are read before the first of them is answered
constexpr std::size_t kFewest = 3;              // models of an author that are worth a page
constexpr std::size_t kSpareBytes = 32u << 20;  // of records that no line has asked for yet

class Authors {
 public:
  Authors(Window& window, Feed lines, std::function<bool(const Task&)> mine)
      : window_(window), lines_(std::move(lines)), mine_(std::move(mine)) {}

  Result<Fed> next(bool wait) {
    read_ahead(wait);
    if (ahead_.empty()) {
      if (error_) return tl::unexpected<Error>(*error_);
      return ended_ ? Fed(Ended{}) : Fed(Blocked{});
    }
    Task& first = ahead_.front();
    const std::string author = author_of(first);
    if (!author.empty()) {
      Author& a = authors_.at(author);
      if (!first.known && (asked_ == author || (a.more && a.missing >= kFewest))) {
        if (asked_.empty()) ask(author, a);
        return Blocked{false};
      }
      if (!first.known) --a.missing;
      if (--a.lines == 0 && asked_ != author) authors_.erase(author);
    }
    Task task = std::move(first);
    ahead_.pop_front();
    return task;
  }

 private:
  struct Author {
    std::size_t lines = 0;    // of those read ahead
    std::size_t missing = 0;  // of them, those without a record
    std::string page;         // query of the page that comes next
    bool more = true;         // there is one
  };

  // A revision's record is in no listing, and a shard's other lines are nobody's business.
  std::string author_of(const Task& task) const {
    const std::size_t slash = task.model.id.find('/');
    if (!task.problem.empty() || !task.model.revision.empty() || slash == std::string::npos || !mine_(task))
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
        Task task = std::move(std::get<Task>(*fed));
        if (const std::string author = author_of(task); !author.empty()) {
          Author& a = authors_[author];
          if (a.page.empty()) {
            BatchPlan plan;
            plan.author = task.model.id.substr(0, author.size());
            a.page = listing_query(plan, true);
          }
          ++a.lines;
          if (const auto spare = spare_.find(task.model.id); spare != spare_.end())
            task.known = spare->second;
          else
            ++a.missing;
        }
        ahead_.push_back(std::move(task));
      }
    }
  }

  void ask(const std::string& author, const Author& a) {
    asked_ = author;
    window_.ask_aside({Topic::listing, "", "", a.page, ""}, [this](const Answer& page) { take(page); });
  }

  // What a page cannot tell is asked of the models themselves: they have the reason as well.
  void take(const Answer& page) {
    const std::string author = std::exchange(asked_, {});
    auto items = page.outcome == Outcome::got ? split_listing(page) : std::nullopt;
    std::map<std::string, std::shared_ptr<const Snapshot>> records;
    for (auto& [want, answer] : items.value_or(std::vector<std::pair<Want, Answer>>())) {
      std::string id = want.id;
      spare_bytes_ += answer.body.size();
      auto known = std::make_shared<Snapshot>();
      known->emplace(std::move(want), std::move(answer));
      records.emplace(std::move(id), std::move(known));
    }
    Author& a = authors_.at(author);
    for (Task& task : ahead_) {
      const auto record =
          task.known || author_of(task) != author ? records.end() : records.find(task.model.id);
      if (record == records.end()) continue;
      task.known = record->second;
      --a.missing;
    }
    // The listing may be in another order than the lines: later ones ask for what is left.
    spare_.merge(records);
    if (spare_bytes_ > kSpareBytes) {
      spare_.clear();
      spare_bytes_ = 0;
    }
    a.more = items && !page.next.empty() && page.next != a.page;
    a.page = a.more ? page.next : a.page;
    if (a.lines == 0) authors_.erase(author);
  }

  Window& window_;
  Feed lines_;
  std::function<bool(const Task&)> mine_;
  std::deque<Task> ahead_;
  std::map<std::string, Author> authors_;
  std::string asked_;  // whose page is waited for
  std::map<std::string, std::shared_ptr<const Snapshot>> spare_;
  std::size_t spare_bytes_ = 0;
  bool ended_ = false;
  std::optional<Error> error_;
};

}  // namespace

Feed feed_authors(Window& window, Feed lines, std::function<bool(const Task&)> mine) {
  Feed feed = lines;
  const auto authors = std::make_shared<Authors>(window, std::move(lines), std::move(mine));
  feed.next = [authors](bool wait) { return authors->next(wait); };
  return feed;
}

}  // namespace howopen::cli
