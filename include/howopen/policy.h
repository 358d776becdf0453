/// What a team wants of models: a policy file, read into plain values, and what it says of a verdict. Pure:
/// the files are read at the edge, "today" is an argument.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "howopen/catalog.h"
#include "howopen/facts.h"
#include "howopen/result.h"
#include "howopen/verdict.h"

namespace howopen {

enum class Level { off, note, warn, deny };
template <>
struct Words<Level> {
  static constexpr std::string_view names[] = {"off", "note", "warn", "deny"};
};

/// What becomes of a model whose verdict, or whose answer to a `deny` rule, could not be reached.
enum class OnUnknown { undecided, deny, warn, allow };
template <>
struct Words<OnUnknown> {
  static constexpr std::string_view names[] = {"undecided", "deny", "warn", "allow"};
};

/// A value and the line that set it.
template <typename T>
struct Set {
  T value{};
  PolicyLine place{};
};

/// Licenses, each with its own line: `MIT`, `GPL-3.0-only WITH Classpath-exception-2.0`, `LicenseRef-Gemma`.
struct LicenseList {
  std::vector<Set<std::string>> ids;  ///< spelled as SPDX or the catalog does
  PolicyLine place;                   ///< of the list
};

/// `[[license-exception]]`: further licenses for some models.
struct LicenseException {
  std::string model;  ///< glob over ids
  std::vector<std::string> allow;
  std::string reason;
  PolicyLine place;
};

/// `[[clarify]]`: what the license is, as long as a file stays as it is.
struct Clarify {
  std::string model;
  std::string license;  ///< SPDX expression
  std::string path;
  std::string sha256;
  std::string reason;
  PolicyLine place;
};

/// `[[waiver]]`: one rule, some models, until a day.
struct Waiver {
  std::string rule;
  std::string model;  ///< glob over ids
  std::string value;  ///< "" for any
  std::string until;  ///< YYYY-MM-DD
  std::string reason;
  std::string by;
  PolicyLine place;
};

struct ScanSettings {
  bool respect_gitignore = false;  ///< of a gate, where there is no git to say what is tracked
  std::vector<std::string> include;
  std::vector<std::string> exclude;
  std::string min_confidence = "medium";
  std::vector<std::string> ignore_models;
  std::map<std::string, Level>
      roles;  ///< by a word of Role: findings of models that stand nowhere else are no more
  std::map<std::string, std::string> aliases;
};

struct Policy {
  std::string file;                          ///< "" where a preset stands in
  std::string preset;                        ///< the preset it starts from
  std::vector<std::string> from;             ///< files it extends, outermost last
  std::map<std::string, Set<Level>> levels;  ///< of every rule that a gate knows

  Set<std::optional<Rung>> minimum;
  Set<Level> fail_on{Level::deny, {}};  ///< off: never
  Set<OnUnknown> on_unknown;
  Set<std::optional<OnUnknown>> on_unresolved;  ///< over the level of scan.unresolved
  Set<int> expiry_notice_days{14, {}};
  Set<int> catalog_days{365, {}};  ///< age from which the catalog is stale

  LicenseList allow;
  LicenseList ask;
  LicenseList deny;
  Set<double> confidence{0.95, {}};
  Set<bool> require_file;
  Set<std::vector<std::string>> applies_to{{"weights"}, {}};

  Set<std::vector<Purpose>> uses;  ///< `[use]`: what models are wanted for; empty: nobody asks
  Circumstances circumstances;     ///< who wants them

  Set<std::vector<std::string>> jurisdictions_allowed;  ///< country codes; empty: all
  Set<std::vector<std::string>> jurisdictions_denied;

  std::vector<LicenseException> exceptions;
  std::vector<Clarify> clarifications;
  std::vector<Waiver> waivers;

  ScanSettings scan;
  Set<std::string> lock_file{"howopen.lock", {}};
  std::map<std::string, Set<Level>> drift;
  Set<std::string> endpoint;
  Set<std::string> timeout;
  Set<std::string> max_wait;
};

inline constexpr std::string_view kPresets[] = {"permissive", "osaid", "mof", "report"};

/// The policy of a preset; every rule has a level. An unknown name gives `permissive`.
Policy preset_policy(std::string_view name);

/// A policy file as text. `name` stands in messages.
struct PolicyText {
  std::string name;
  std::string content;
};
/// A file that another one extends: `path-or-url#sha256=…`.
struct Extends {
  std::string from;
  std::string sha256;  ///< 64 hex digits, required for a URL
  PolicyLine place;
};

/// What a file extends, in its order. Nothing for a file that read_policy() will refuse.
std::vector<Extends> extends_of(const PolicyText& text);

/// Files from the outermost base to the user's own, each later one over the earlier ones. All errors of all
/// files come in one go, each with its place and, for a misspelled key, the nearest right one.
struct ReadPolicy {
  Policy policy;
  std::vector<Error> errors;
};
ReadPolicy read_policy(const std::vector<PolicyText>& files, const Catalog& catalog);

/// Rules that a gate asks: sorted, as the two lists below.
std::vector<std::string> gate_rules();
/// What a change upstream may be, `drift.license-changed`.
std::vector<std::string> drift_rules();
/// Rules whose level a policy may set under `[rules]`: the gate's and those of `rule_ids()`, each once.
std::vector<std::string> policy_rules();

/// Level of any rule under a policy; nothing for a rule that is evidence only, or unknown.
std::optional<Level> level_of(std::string_view rule, const Policy& policy);

/// Days as YYYY-MM-DD; nothing for what is not one.
std::optional<long> day_number(std::string_view day);
/// The day of a number: day_of(1) is 1970-01-02.
std::string day_of(long number);

/// What was there before: the findings of a report, or the models of a lock at their commits.
struct Baseline {
  bool given = false;
  std::set<std::string, std::less<>> findings;  ///< fingerprints
  std::set<std::string, std::less<>> models;    ///< `id@revision`; all that is found of them is known

  bool has(const std::string& fingerprint, const std::string& id, const std::string& revision) const {
    return findings.contains(fingerprint) || models.contains(id + "@" + revision);
  }
};

struct GateRequest {
  const Policy& policy;
  const Catalog& catalog;
  std::string_view today;  ///< YYYY-MM-DD
  Baseline known{};
  bool new_only = false;  ///< what the baseline knows decides nothing
};

/// Asks every rule of the policy of one model: its findings get the levels, waivers and lines of the policy,
/// its decision follows. `used` counts for each waiver, in the policy's order, how many findings it waived.
void apply_policy(Verdict& verdict, const Facts& facts, const GateRequest& request, std::vector<int>& used);

/// What a reader should know beside the models: waivers that ended, end soon or waive nothing. `used`
/// counts as apply_policy() does; a waiver of models that nobody looked at has -1.
struct Notice {
  std::string level;  ///< warn | note
  std::string message;
  PolicyLine place;
};
std::vector<Notice> waiver_notices(const Policy& policy, const std::vector<int>& used,
                                   std::string_view today);

/// Something of a source tree that a gate could not look at, or that names no model it can judge.
struct Gap {
  std::string rule;     ///< scan.skipped, scan.unresolved, scan.empty or lock.missing
  std::string why;      ///< `larger than 4 MiB`, `a variable`; of lock.missing the whole sentence
  std::string subject;  ///< what stands there: `args.model`; "" for a file as a whole
  Use place;            ///< line 0: the file, or the folder, as a whole
};

/// Gaps of one kind, as a finding that no model has.
struct TreeFinding {
  Finding finding;
  std::vector<Use> places;  ///< by file and line, the first hundred
  std::size_t count = 0;    ///< of all places
  Decision decision = Decision::pass;
};

/// What the policy says of gaps: a finding a rule and reason, by rule and reason. `strict`: what was not read
/// is denied, whatever the policy says.
std::vector<TreeFinding> gap_findings(std::vector<Gap> gaps, const GateRequest& request, bool strict);

/// The end of a gate: what was counted, and what it means.
struct GateSummary {
  std::string policy;  ///< file, or preset, that was applied
  std::vector<Notice> notices;
  std::vector<TreeFinding> tree;  ///< findings of the trees themselves
  Baseline before;                ///< what Markdown leaves out where one was given
  bool new_only = false;          ///< what stands in it fails nothing
  Level fail_on = Level::deny;    ///< off: nothing fails
  int pass = 0;
  int denied = 0;
  int undecided = 0;
  int waived = 0;  ///< findings
  int exit = 0;
  /// line_hashes() of the files that findings stand in, by path, for SARIF. What is missing here GitHub's
  /// upload computes itself.
  std::map<std::string, std::vector<std::string>> line_hashes;
};

/// Adds a model that a gate or drift has decided on.
void count(GateSummary& summary, const Verdict& verdict);
/// Places of a rule that the trees have, `scan.skipped`.
std::size_t places_of(const GateSummary& summary, std::string_view rule);

/// File of a policy, or the preset that stands in for one.
std::string name_of(const Policy& policy);

}  // namespace howopen
