// Every command: its name, its options, and the plan it makes of them.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cli/option_set.h"
#include "cli/options.h"
#include "run/options.h"

namespace howopen::cli {

/// What the options were set to, before anybody has checked it.
struct Raw {
  Common common;
  bool json = false;
  bool help = false;
  std::vector<std::string> formats;
  std::string depth = "card";
  std::string timeout = "30s";
  std::string max_wait;
  std::vector<std::string> refs;
  std::string replay;
  std::string output;
  std::string word;  ///< a rule, an action
  std::string file;  ///< that the action is about
  std::string max_size;
  std::string min_confidence;
  bool all = false;
  // Of the gate's commands (gate_commands.cpp).
  GatePlan gate;
  LockPlan lock;
  WaivePlan waive;
  bool frozen = false;
  bool recursive = false;
  bool full = false;
  bool hub = false;
  bool self = false;
  bool exit_code = false;
  bool origin = false;
  bool diff = false;
  // Of the commands for many models (batch_commands.cpp).
  BatchPlan batch;
  std::vector<std::string> files;
  std::string shard;
  std::string max_rps;
  std::string quota;
  // What somebody wants to do, and who.
  std::string uses;
  std::string users;
  std::string revenue;
  std::string countries;
  std::string as;
  std::vector<std::string> fields;
  std::vector<std::string> combined[5];  ///< by Part::Role
  std::string license;
  std::string check;
  std::string id;
  std::string name;
  std::string license_class;
  std::string context;
  std::string columns;
  int days = 180;
};

/// A command line that cannot be: what is wrong, with what, and what to type.
inline tl::unexpected<Error> misused(std::string what, std::string where, std::string fix) {
  return fail(Fault::usage, std::move(what), std::move(where), std::move(fix));
}

using AnyPlan = decltype(Plan::command);

struct Command {
  const char* name = nullptr;
  const char* help = nullptr;
  void (*options)(OptionSet& options, Raw& raw) = nullptr;
  Result<AnyPlan> (*plan)(const Raw& raw) = nullptr;
  std::span<const Format> formats;  ///< that it knows; none: it writes no report
};

/// Values of --depth.
inline const OptionSet::Choices kDepths = {"metadata", "card", "full"};

void identify_option(OptionSet& o, Raw& raw);
/// What most commands know; what has lines as well; what makes verdicts.
inline constexpr Format kPlainFormats[] = {Format::text, Format::json};
inline constexpr Format kLineFormats[] = {Format::text, Format::json, Format::jsonl};
inline constexpr Format kNoticeFormats[] = {Format::text, Format::markdown, Format::html, Format::spdx,
                                            Format::json};
inline constexpr Format kTableFormats[] = {Format::text, Format::json, Format::markdown};
inline constexpr Format kReportFormats[] = {
    Format::text,   Format::json,   Format::jsonl,      Format::sarif,
    Format::junit,  Format::github, Format::gitlab,     Format::markdown,
    Format::csv,    Format::html,   Format::cyclonedx,  Format::cyclonedx_1_6,
    Format::spdx_3, Format::badge,  Format::badge_dots, Format::badge_json};

std::span<const Command> commands();

/// The gate's commands: gate, lock, drift, init, waive, policy.
std::span<const Command> gate_commands();
/// Those for many models: batch, summary.
std::span<const Command> batch_commands();
/// --max-rps and --quota.
Result<void> limits_of(const Raw& raw, Common& common);
/// Options of commands that ask the Hub, and of those that a policy governs.
void network_options(OptionSet& options, Raw& raw);
/// The same without --data.
void hub_options(OptionSet& options, Raw& raw);
/// What somebody wants to do with models, and who.
void use_options(OptionSet& options, Raw& raw);
/// Users, revenue, countries, fields.
void circumstances(OptionSet& options, Raw& raw);
/// Of combine, where `--as` is a license: the use, and who asks.
void combined_for(OptionSet& options, Raw& raw);
/// An error where somebody says who asks and not what for.
Result<void> held_against_a_use(const Raw& raw);
/// Columns and order of the table of several models.
void table_options(OptionSet& options, Raw& raw);
/// What is wanted, of --for and its companions, and of the table.
Result<void> wishes_of(const Raw& raw, Common& common);
void policy_options(OptionSet& options, Raw& raw);

/// All options of a command: its own, then those of output, which every command has.
void options_of(const Command& command, OptionSet& options, Raw& raw);

Result<Plan> plan_of(const Command& command, const Raw& raw);

}  // namespace howopen::cli
