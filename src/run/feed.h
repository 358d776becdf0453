// Where a batch takes its models from: lines, records, pages of a listing, saved snapshots. One at a time,
// never more than is needed.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "howopen/result.h"
#include "howopen/snapshot.h"
#include "run/look.h"
#include "run/options.h"

namespace howopen::run {

/// A model to judge, or the line that names none.
struct Task {
  std::size_t line = 0;  ///< of the input, 1-based
  ModelRef model;
  std::shared_ptr<const Snapshot> known;  ///< answers that came with it
  std::string problem;                    ///< why the line names no model; `model.text` is what stands in it
  std::string kept = {};                  ///< the line of results that it has already, with its line end
  Load load = {};                         ///< answers that are stored
  bool gone = false;                      ///< from the listing
};

/// Of a line that names no model: why, and in which line.
Facts facts_of_no_model(const Task& task);

/// Nothing has come yet.
struct Blocked {
  bool input = true;  ///< from the input, that is; else an answer is waited for
};
struct Ended {};
using Fed = std::variant<Task, Blocked, Ended>;

/// The next model. With `wait` it waits for the input, else it says that it is blocked.
struct Feed {
  std::function<Result<Fed>(bool wait)> next;
  int file = -1;            ///< that it reads from; -1 for none
  std::uint64_t total = 0;  ///< bytes of the input, 0 where that is not known
  std::function<std::uint64_t()> read = [] { return std::uint64_t{0}; };  ///< bytes of it that were taken
};

/// `-` is standard input. `stop` is a file that becomes readable when nothing more is wanted.
Result<Feed> feed_lines(const std::string& path, const std::string& endpoint, int stop);
/// Records of the Hub, one a line.
Result<Feed> feed_records(const std::string& path, int stop);
/// The models of all snapshots in a folder, by name of the file.
Result<Feed> feed_snapshots(const std::string& folder);
/// Models of a listing, page by page; `query` is its first page. With `records`, the items of its pages are
/// the models' records.
Feed feed_listing(InFlightWindow& window, std::string query, bool records);

/// The models of a collection at the Hub, in its order.
Feed feed_collection(InFlightWindow& window, const std::string& slug);
/// Lines with the records of their models from their authors' listings, where several lines have one author
/// and are `asked_for` at the Hub at all.
Feed feed_authors(InFlightWindow& window, Feed lines, std::function<bool(const Task&)> asked_for);

/// What the items of a listing tell: ids; commit, gate and providers; whole records.
enum class Items { names, states, records };
/// The query of a listing's first page.
std::string listing_query(const BatchPlan& plan, Items items);
/// The models of a collection; an error for what is none.
Result<std::vector<std::string>> names_in_collection(const Answer& answer);

/// What a line of the input names. The line has no line end.
Task read_task(std::string_view line, const std::string& endpoint);
/// What a record is about.
Task read_record_task(std::string line);

}  // namespace howopen::run
