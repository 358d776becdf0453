/// The judgement: from facts and catalog to statuses, license and verdict (the rubric). A pure function: same
/// facts, same catalog, same verdict.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "howopen/catalog.h"
#include "howopen/facts.h"
#include "howopen/materials.h"
#include "howopen/permit.h"

namespace howopen {

enum class Component { weights, inference_code, training_code, training_data, api_access };
template <>
struct Words<Component> {
  static constexpr std::string_view names[] = {"weights", "inference_code", "training_code", "training_data",
                                               "api_access"};
};
inline constexpr std::size_t kComponents = 5;

/// `unknown` means asked and failed; it is never folded into `unavailable`.
enum class State { available, partial, unavailable, unknown };
template <>
struct Words<State> {
  static constexpr std::string_view names[] = {"available", "partial", "unavailable", "unknown"};
};

/// The ladder of the G7 shared language on AI openness (Paris, 29 May 2026), from the top; below it two rungs
/// for what has no downloadable weights.
enum class Rung {
  open_source_ai_open_data,
  open_source_ai,
  open_weights,
  weights_available,
  api_only,
  closed,
  undetermined
};
template <>
struct Words<Rung> {
  static constexpr std::string_view names[] = {"open-source-ai-open-data",
                                               "open-source-ai",
                                               "open-weights",
                                               "weights-available",
                                               "api-only",
                                               "closed",
                                               "undetermined"};
};
/// As people write it: "Open Weights".
std::string_view title(Rung rung);

/// What a piece of evidence does for the status it stands under.
enum class Strength { decides, supports, hints };
template <>
struct Words<Strength> {
  static constexpr std::string_view names[] = {"decides", "supports", "hints"};
};

struct Evidence {
  std::string rule;  ///< id of the rule that used it, `weights.all-shards-present`
  std::string what;
  std::string where;
  Kind kind = Kind::metadata;
  Strength strength = Strength::supports;
};

/// How a status stands to the source document's table of DeepSeek's components.
enum class Comparison { as_documented, more_open, less_open, not_compared };
template <>
struct Words<Comparison> {
  static constexpr std::string_view names[] = {"as-documented", "more-open", "less-open", "not-compared"};
};

enum class Grade { released, gated, listed, documented, silent, unknown };
template <>
struct Words<Grade> {
  static constexpr std::string_view names[] = {"released",   "gated",  "listed",
                                               "documented", "silent", "unknown"};
};

struct ComponentVerdict {
  State state = State::unknown;
  /// The best and the worst it could be; equal to `state` unless that is unknown.
  State best = State::available;
  State worst = State::unavailable;
  std::string summary;  ///< one short line without a period
  Comparison reference = Comparison::not_compared;
  std::vector<Evidence> evidence;  ///< what decides first
};

/// Traits of one license.
struct NamedTraits {
  std::string id;
  std::vector<Trait> traits;
};

/// A license of something, concluded from what was declared and read.
struct LicenseFinding {
  std::string declared;   ///< the tag or statement, "" for none
  std::string concluded;  ///< SPDX id or expression, LicenseRef-…; "" for none or unknown
  LicenseClass cls = LicenseClass::unknown;
  /// Class it might still turn out to be, when something could not be read; else equal to `cls`.
  LicenseClass best = LicenseClass::unknown;
  Match match = Match::none;
  std::string file;  ///< of the text that decided, "" for a claim
  double confidence = 0;
  bool claim_only = false;  ///< no license text was read
  std::vector<NamedTraits> traits;
  std::vector<Evidence> evidence;
};

struct EffectiveLicense {
  std::string expression;
  LicenseClass cls = LicenseClass::unknown;
  LicenseClass best = LicenseClass::unknown;
  std::vector<std::string> from;  ///< ancestors that add terms
};

/// A line of a policy file, or of the preset that stands in for one.
struct PolicyLine {
  std::string file;  ///< `howopen.toml`, or `preset permissive`
  int line = 0;      ///< 1-based; 0 for a preset or a built-in value
  std::string text;  ///< what it says, `licenses.ask`
};

/// An exception somebody signed.
struct WaiverNote {
  std::string until;  ///< YYYY-MM-DD, the last day it holds
  std::string reason;
  std::string by;
  PolicyLine place;
};

/// Something about a model that a reader or a policy may care about.
struct Finding {
  std::string rule;
  std::string level;  ///< deny | warn | note
  std::string message;
  std::vector<Evidence> evidence;

  // What a gate adds.
  std::string value{};     ///< the fact that was asked of, e.g. the license; a waiver may be bound to it
  bool undecided = false;  ///< the rule's question could not be answered
  std::optional<PolicyLine> policy{};
  std::optional<WaiverNote> waiver{};
  bool known = false;  ///< it stands in the baseline
  std::string fix{};   ///< a command or a step that mends it, "" for none
  /// Same rule, same model, same fact: same fingerprint, wherever it stands and at whatever commit. Lower
  /// case hex.
  std::string fingerprint{};
};

/// A place in a source tree or a list that names the model.
struct Use {
  std::string file;
  int line = 0;         ///< 1-based
  int column = 0;       ///< 1-based, in UTF-16 units
  int length = 0;       ///< of the name, in UTF-16 units; it stands on one line
  std::string text;     ///< the line, cut to what can be shown
  std::string role{};   ///< what the file is there for, a word of Role; "" where that is not told
  bool served = false;  ///< the model is called over its vendor's API
};

/// What the gate says of one model. `none`: nobody asked a gate.
enum class Decision { none, pass, denied, undecided };
template <>
struct Words<Decision> {
  static constexpr std::string_view names[] = {"none", "pass", "denied", "undecided"};
};

struct LicenseVerdict {
  std::optional<LicenseFinding> weights;
  std::optional<LicenseFinding> code;
  std::optional<LicenseFinding> training_code;
  std::optional<LicenseFinding> training_data;
  EffectiveLicense effective;
  std::vector<Trait> traits;       ///< of the effective license, most restrictive value of each
  std::vector<Finding> conflicts;  ///< tag against text, tag against ancestor, …
};

struct LineageEntry {
  std::string id;
  std::string relation;
  std::string license;
};

/// What another framework says of the model, as far as it can be told from here.
struct Crossing {
  std::optional<bool> meets;         ///< nothing where it cannot be determined
  std::vector<std::string> because;  ///< at least one reason
};
/// Where a public summary of training content stands.
struct SummaryPlace {
  std::string what;
  std::string where;
  std::string url;                    ///< "" for a file
  bool read = false;                  ///< else nobody looked which sections it has
  std::vector<std::string> sections;  ///< of the template, `2.1 Publicly available datasets`
  std::string as_of;                  ///< of a place that the catalog knows
};
struct Crosswalk {
  std::string mof_class;  ///< I, II, III, none; "" where it cannot be determined
  std::vector<std::string>
      mof_missing;  ///< components of the next class, those that could not be determined marked so
  std::vector<std::string> mof_because;
  Crossing osaid;
  Crossing eu_ai_act;
  /// Article 53(1)(d): whether a public summary of training content was found, and where. Of its truth
  /// nothing is said.
  Crossing content_summary;
  std::vector<SummaryPlace> content_summaries;
};

struct GpuFit {
  std::string gpu;  ///< `H100 80 GB`
  int count = 0;
  std::string who;  ///< who has such devices
};
struct Practical {
  std::optional<std::int64_t> weights_bytes;  ///< of one complete set of weights
  std::optional<std::int64_t> load_bytes;     ///< to hold them in memory
  std::string basis;                          ///< what load_bytes was taken from
  std::string choice;  ///< of several quantizations which one that is: `Q4_K_M of 14, 2.8 to 7.2 GB`
  std::optional<std::int64_t>
      run_bytes;                        ///< an estimate for short contexts; the rule is in data/hardware.json
  std::optional<std::int64_t> context;  ///< tokens that `cache_bytes` is for
  std::optional<std::int64_t> cache_bytes;  ///< keys and values of one context, at two bytes an element
  std::vector<GpuFit> gpus;
  std::string who;  ///< who can therefore run it
  std::vector<std::string>
      quantized;  ///< models at the Hub that name this one as what they were quantized from
  std::optional<std::int64_t> quantized_count;
  std::string jurisdiction;  ///< of the vendor, "" if unknown
  std::string vendor;
  std::string api_host;     ///< of the platform that serves the model, or did; "" if none is known to
  bool api_serves = false;  ///< it does still
  /// Members of a family, or names at the platform, with their dates: `gpt-4o-2024-08-06 (until 2027-01-14)`.
  std::vector<std::string> api_served;
  std::vector<std::string> api_withdrawn;
  std::string api_as_of;
};

/// One thing that, were it otherwise, would make another verdict.
struct Move {
  std::string what;  ///< a component, `license`, `lineage`, or several joined by ` and `
  std::string to;    ///< available | unavailable | open | not open
  Rung verdict = Rung::undetermined;
};

struct Verdict {
  // Taken over from the facts, for the report.
  std::string ref;
  std::string id;
  std::string asked;
  std::string revision;
  std::string from;
  Origin origin = Origin::hub;
  std::string as_of;
  std::string source;

  Rung rung = Rung::undetermined;
  Rung low = Rung::undetermined;   ///< with every unknown at its worst
  Rung high = Rung::undetermined;  ///< with every unknown at its best
  std::vector<std::string> modifiers;
  std::vector<std::string> reasons;  ///< one or two lines
  std::optional<Rung> next;          ///< the next rung up
  std::vector<std::string> missing;  ///< what it takes to get there
  std::vector<Move> moves;           ///< single changes that would move it, upwards first
  double points = 0;                 ///< of 5; for sorting, gates act on facts
  double points_low = 0;
  double points_high = 0;
  std::array<ComponentVerdict, kComponents> components;
  /// Whether training code and data of everything it was made from are available too: no model rises above
  /// Open Weights by its own stage alone. `available` where it was made from nothing.
  State ancestors_open = State::available;
  std::vector<std::string> ancestors_missing;  ///< "training code of org/base", of each
  Grade data_grade = Grade::unknown;
  LicenseVerdict license;
  bool card_seen = true;  ///< its card was read
  std::vector<LineageEntry> lineage;
  std::string common_usage;  ///< "open weights" in the loose sense, "" for none
  Crosswalk crosswalk;
  std::string modality;             ///< text | multimodal, "" where that is not told
  std::vector<Permit> permissions;  ///< of the uses that were asked for, else of the usual ones
  Practical practical;
  std::vector<Finding> findings;
  Decision decision = Decision::none;
  std::vector<std::string> passed;  ///< rules of the policy that it passes, sorted
  std::vector<Use> uses;            ///< where it is used, sorted
  std::vector<LookupError> errors;
  Materials materials;  ///< for bills of materials
  /// Everything that was asked was answered.
  bool complete = true;

  const ComponentVerdict& operator[](Component c) const { return components[static_cast<std::size_t>(c)]; }
};

Verdict judge(const Facts& facts, const Catalog& catalog);

/// What it takes to run the model with a context of so many tokens; 0: nobody asked for one.
Practical practical_for(const Facts& facts, const Catalog& catalog, std::int64_t context);

/// What a license text grants by itself.
LicenseFinding judge_text(const LicenseText& text, const Catalog& catalog);

/// Ids of all rules, sorted.
std::vector<std::string> rule_ids();

}  // namespace howopen
