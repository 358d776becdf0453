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
#include "run/options.h"

namespace howopen::cli {

using run::BatchPlan;
using run::Common;
using run::Output;
using enum run::Exit;

struct AuditPlan {
  std::vector<ModelRef> models;
  std::string replay;
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
  std::string file;  ///< "" for the one that --policy names or that is found
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

/// Words behind -o, `json` or `sarif=FILE`, as outputs; none means text. `possible` are the formats that the
/// command knows.
Result<std::vector<Output>> parse_outputs(const std::vector<std::string>& words,
                                          const std::vector<Format>& possible);

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
