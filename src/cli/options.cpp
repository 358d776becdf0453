// argv -> Plan. Which command it is, what it may be told, and what the words mean.
//
//   howopen org/name -o json   ->  audit of org/name as JSON
//   howopen audit --jsn x/y    ->  error: unknown option: --jsn, with a hint: did you mean --json?, exit 2

#include "cli/options.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/command_table.h"
#include "cli/help.h"
#include "files/streams.h"
#include "run/version.h"
#include "text/ascii.h"
#include "text/object.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

Plan say(std::string out, std::string err, int exit) {
  Plan plan;
  plan.command = SayPlan{std::move(out), std::move(err), exit};
  return plan;
}

Plan usage(const Error& e) {
  return say({}, files::worded(e), kUsage);
}

const Command* command_named(std::string_view name) {
  for (const Command& c : commands()) {
    if (name == c.name) return &c;
  }
  return nullptr;
}

// Puts the command word first: `howopen org/name`, `howopen --json org/name`, `howopen --offline audit x/y`.
std::optional<Error> arrange(std::vector<std::string>& words) {
  const auto command = std::find_if(words.begin(), words.end(),
                                    [](const std::string& w) { return command_named(w) != nullptr; });
  const std::string first = words.front();
  // `howopen gpt-4`: a name, unless it may be a command with a typing error.
  const bool a_word = std::all_of(first.begin(), first.end(), [](char c) { return text::is_lower(c); });
  std::vector<std::string> names;
  for (const Command& c : commands()) names.emplace_back(c.name);
  const auto near = a_word && command_named(first) == nullptr ? text::nearest(first, names) : std::nullopt;
  if (near) {
    return Error{Fault::usage, "unknown command", text::printable(first),
                 fmt::format("did you mean `howopen {}`? To audit a model of this name: howopen audit {}",
                             *near, first)};
  }
  const bool names_model = command_named(first) == nullptr && !first.starts_with("-");
  if (command == words.end() || names_model)
    words.insert(words.begin(), "audit");
  else
    std::rotate(words.begin(), command, command + 1);
  return std::nullopt;
}

}  // namespace

Plan read_command_line(int argc, const char* const* argv) {
  std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  if (words.empty()) return say(first_steps(), {}, kJudged);
  if (words[0] == "--version" || words[0] == "-V" || words[0] == "version")
    return say(run::version(words.size() > 1 && (words[1] == "-v" || words[1] == "--verbose")), {}, kJudged);
  if (words[0] == "-h" || words[0] == "--help") return say(program_help(words[0] == "--help"), {}, kJudged);
  if (const auto error = arrange(words)) return usage(*error);

  // Options of the command in use only: the environment's twins would set those of every command.
  const Command& command = *command_named(words[0]);
  Raw raw;
  OptionSet options(command.name);
  options_of(command, options, raw);
  const auto error = options.parse({words.begin() + 1, words.end()});
  // Help wins over what is missing: `howopen fetch -h` needs no --output.
  if (options.wants_help()) return say(command_help(command, options.wants_long_help()), {}, kJudged);
  if (error) return usage(*error);
  Result<Plan> plan = plan_of(command, raw);
  return plan ? std::move(*plan) : usage(options.as_given(plan.error()));
}

}  // namespace howopen::cli
