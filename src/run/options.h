// What a run may be told, as values: whoever reads a command line fills them in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "howopen/facts.h"
#include "howopen/permit.h"
#include "howopen/report.h"

namespace howopen::run {

/// Exit codes; printed by --help, README and tests from this one table.
enum Exit : int {
  kJudged = 0,
  kDenied = 1,
  kUsage = 2,
  kUndecided = 3,
  kBug = 70,
};
struct ExitMeaning {
  int code;
  const char* meaning;
};
inline constexpr ExitMeaning kExitMeanings[] = {
    {kJudged, "judged: nothing that fails was found, or no model is named in what was read"},
    {kDenied,
     "judged, and the policy denies; or drift does, verify finds another file, or compare --exit-code sees a "
     "difference"},
    {kUsage, "usage, or a file given is wrong: nothing was judged"},
    {kUndecided, "undecided: some model has no verdict (not found, no network, 429, unreadable)"},
    {kBug, "a bug in howopen"},
};

/// A report that was asked for, and where it goes.
struct Output {
  Format format = Format::text;
  std::string file;  ///< "" for standard output
};

/// What every command may be told.
struct Common {
  std::vector<Output> outputs = {Output{}};  ///< at least one; at most one on standard output
  bool quiet = false;
  bool show_waived = false;
  bool notes = false;
  int verbosity = 0;
  std::string color = "auto";  ///< auto | always | never
  bool offline = false;
  std::string endpoint;
  /// A policy named the endpoint: files of a repository must not lead the user's token elsewhere.
  bool endpoint_of_policy = false;
  std::string token_file;
  std::string data;  ///< folder of the user's own catalog files
  int jobs = 32;
  Depth depth = Depth::card;
  long timeout_ms = 30'000;
  long max_wait_ms = 300'000;
  bool max_wait_given = false;
  int retries = 3;         ///< second attempts at one question
  double max_rps = 0;      ///< requests a second; 0: as many as the services' quotas let through
  std::int64_t quota = 0;  ///< requests in all; 0: no limit
  bool no_cache = false;
  bool no_progress = false;
  bool identify = false;  ///< models of this machine are named by their content
  int threads = -1;       ///< that read and judge, of a batch; -1: by the number of processors
  std::string policy;     ///< file; "" for the one that is found
  bool no_policy = false;
  bool private_policies = false;     ///< a policy may extend one of a private network
  std::string as_of;                 ///< YYYY-MM-DD, "" for today
  std::vector<Purpose> uses;         ///< that were asked for; none: the usual ones
  Circumstances circumstances;       ///< who asks
  std::int64_t context = 0;          ///< tokens that memory is to be told for; 0: nobody asked
  std::string baseline;              ///< a report of before, "" for none
  std::string sort;                  ///< order of the table of models, "" as asked
  std::vector<std::string> columns;  ///< of that table; none: the usual ones
};

/// `batch`: many models, a line each.
struct BatchPlan {
  std::string input;    ///< a list; `-` for standard input, "" for none
  std::string records;  ///< records of the Hub, one a line
  std::string replay;   ///< folder of snapshots
  std::string author;
  std::string search;
  std::vector<std::string> filters;
  bool all = false;        ///< every model of the Hub
  std::string collection;  ///< `owner/title-` and 24 hex digits
  bool by_author = false;  ///< records of a list's models from their authors' listings
  std::string output;      ///< "" for standard output
  bool resume = false;
  bool unordered = false;
  int shard = 0;  ///< of `shards`, from 0
  int shards = 1;
  std::string update;        ///< results of before; "" for none
  bool listed_only = false;  ///< of what old lines rest on, only what listings tell is asked again
  std::string store;         ///< folder of raw answers; "" for none
  std::uint64_t store_bytes = 50'000'000'000;
  /// Its input is a listing.
  bool lists() const { return all || !author.empty() || !search.empty() || !filters.empty(); }
};

/// How much our own cache keeps.
inline constexpr std::uint64_t kCacheBytes = 512'000'000;

}  // namespace howopen::run
