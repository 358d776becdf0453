// The command line: words in, a plan out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "howopen/combine.h"
#include "howopen/facts.h"
#include "howopen/permit.h"
#include "howopen/report.h"
#include "howopen/result.h"
#include "howopen/scan.h"
#include "howopen/snapshot.h"

namespace howopen::cli {

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

struct AuditPlan {
  std::vector<ModelRef> models;
  std::string replay;
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
struct SummaryPlan {
  std::vector<std::string> files;  ///< results of batches; `-` for standard input
};
struct HistoryPlan {
  std::vector<ModelRef> models;  // one
  bool all = false;              // look at each commit
};
struct BisectPlan {
  std::vector<ModelRef> models;  // one
  std::string topic;
};
/// `site`: the same as pages.
struct SitePlan {
  std::vector<std::string> files;  ///< results of batches; `-` for standard input
  std::string output;              ///< a folder
};
struct FetchPlan {
  std::vector<ModelRef> models;
  std::string output;
};
struct RulesPlan {};
struct CachePlan {
  enum class Action { path, ls, prune };
  Action action = Action::path;
  std::uint64_t most_bytes = 0;  ///< that may stay
};
struct CatalogPlan {
  enum class Action { list, check };
  Action action = Action::list;
  int days = 180;  ///< age from which `check` names a row
};
struct DoctorPlan {};
/// `gate`: a policy over models.
struct GatePlan {
  std::vector<std::string>
      targets;         ///< models, lists, folders; none: the working directory, or the lock with `locked`
  bool files = false;  ///< all targets are paths, whatever they look like
  std::string replay;
  std::string fail_on;     ///< deny | warn | never, "" for the policy's
  std::string on_unknown;  ///< "" for the policy's
  std::vector<std::string> allow;
  std::vector<std::string> warn;
  std::vector<std::string> deny;
  bool new_only = false;
  bool locked = false;
  bool require_refs = false;
  bool strict = false;
  bool fail_fast = false;
  std::vector<std::string> artifacts;  ///< folders, archives and images whose weights are judged
};
struct LockPlan {
  std::vector<std::string> targets;
  std::vector<std::string> update;  ///< ids whose entries are made anew; none: all of them
};
struct DriftPlan {};
/// `verify`: weights on disk against what they should be.
struct VerifyPlan {
  enum class Against { lock, hub, self };
  std::vector<std::string> targets;
  std::string model;  ///< that they should be; "" for what their content tells
  Against against = Against::lock;
};
struct WhyPlan {
  std::vector<ModelRef> models;  ///< one, or none with `replay`
  std::string topic;             ///< a component, `license`, a rule; "" for all
  std::string replay;
  bool diff = false;
};
struct ComparePlan {
  std::vector<std::string> words;  ///< models and saved reports
  bool exit_code = false;
};
struct InitPlan {
  std::string preset;
  bool full = false;
};
struct WaivePlan {
  std::string model;
  std::string rule;
  std::string until;
  std::string reason;
  std::string by;
  std::string value;
};
struct PolicyPlan {
  enum class Action { check, show };
  Action action = Action::check;
  bool origin = false;
};
struct ScanPlan {
  std::string dir = ".";
  Confidence least = Confidence::medium;
  bool least_given = false;
};
struct LicensePlan {
  std::string what;  ///< a file, `-`, or a license; "" lists all
  bool diff = false;
};
struct LicenseAddPlan {
  std::string file;  ///< or `-`
  std::string id;    ///< LicenseRef-…
  std::string name;
  std::optional<LicenseClass> cls;  ///< else what was read of it
};
struct NoticePlan {
  std::vector<std::string> targets;  ///< models, lists, folders
  bool locked = false;               ///< the models of the lock
  std::string replay;
  std::string check;  ///< a document to hold it against; "" for none
};
struct CombinePlan {
  struct Named {
    Part::Role role = Part::Role::model;
    std::string what;  ///< a license or a model; of data a data set
  };
  std::vector<Named> parts;
  std::string as;  ///< license of the whole
};
struct ExplainPlan {
  std::string rule;
};
/// `man --output`: every page, as a file.
struct ManPlan {
  std::string folder;
};
/// Help, version or a usage error: already worded.
struct SayPlan {
  std::string out;
  std::string err;
  int exit = kJudged;
};

struct Plan {
  Common common;
  std::variant<SayPlan, AuditPlan, BatchPlan, SummaryPlan, SitePlan, FetchPlan, LicensePlan, LicenseAddPlan,
               CombinePlan, NoticePlan, RulesPlan, ExplainPlan, CachePlan, CatalogPlan, DoctorPlan, ScanPlan,
               GatePlan, LockPlan, DriftPlan, VerifyPlan, WhyPlan, ComparePlan, InitPlan, WaivePlan,
               PolicyPlan, ManPlan, HistoryPlan, BisectPlan>
      command;
};

Plan read_command_line(int argc, const char* const* argv);

/// `org/name`, `org/name@rev`, hf://…, a page of the Hub, pkg:huggingface/…, or a bare name.
Result<ModelRef> parse_ref(const std::string& text, const std::string& endpoint);

/// Words behind -o, `json` or `sarif=FILE`, as outputs; none means text. `possible` are the formats that the
/// command knows.
Result<std::vector<Output>> parse_outputs(const std::vector<std::string>& words,
                                          const std::vector<Format>& possible);

/// `30s`, `2m`, `500ms` or plain seconds, as milliseconds.
std::optional<long> parse_duration(const std::string& text);
/// `100MB`, `2GB`, `500k` or plain bytes.
std::optional<std::uint64_t> parse_size(const std::string& text);

/// How much our own cache keeps.
inline constexpr std::uint64_t kCacheBytes = 512'000'000;

}  // namespace howopen::cli

namespace howopen {
template <>
struct Words<cli::PolicyPlan::Action> {
  static constexpr std::string_view names[] = {"check", "show"};
};
template <>
struct Words<cli::CatalogPlan::Action> {
  static constexpr std::string_view names[] = {"list", "check"};
};
template <>
struct Words<cli::CachePlan::Action> {
  static constexpr std::string_view names[] = {"path", "ls", "prune"};
};
}  // namespace howopen
