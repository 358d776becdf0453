// The commands that tell of howopen itself: help, man, completion.
//
//   help gate           ->  SayPlan: what `howopen gate --help` says
//   man --output pages  ->  ManPlan{"pages"}: howopen.1, howopen-audit.1 …

#include <fmt/format.h>

#include <filesystem>

#include "cli/commands.h"
#include "cli/help.h"
#include "files/file_io.h"
#include "text/object.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

void help_options(OptionSet& o, Raw& raw) {
  OptionSet::Choices all;
  for (const HelpTopic& t : topics()) all.emplace_back(t.name);
  o.text("what", raw.word, "COMMAND|TOPIC", "A command, or: refs, policy, environment, verdicts, exit-codes",
         std::move(all));
}

std::vector<std::string> names_of_commands() {
  std::vector<std::string> out;
  for (const Command& c : commands()) out.emplace_back(c.name);
  return out;
}

tl::unexpected<Error> no_such_page(const std::string& name, std::vector<std::string> names) {
  const auto near = text::nearest(name, names);
  return misused("neither a command nor a topic", text::printable(name),
                 near ? fmt::format("did you mean {}?", *near) : "howopen help lists them");
}

Result<AnyPlan> help_plan(const Raw& raw) {
  if (raw.word.empty()) return SayPlan{program_help(true), {}, kJudged};
  std::vector<std::string> names = names_of_commands();
  // `policy` is a page and a command, whose own help is a word away: howopen policy --help.
  for (const HelpTopic& t : topics()) {
    if (raw.word == t.name) return SayPlan{topic_text(t.name), {}, kJudged};
    names.emplace_back(t.name);
  }
  for (const Command& c : commands()) {
    if (raw.word == c.name) return SayPlan{command_help(c, true), {}, kJudged};
  }
  return no_such_page(raw.word, std::move(names));
}

void man_options(OptionSet& o, Raw& raw) {
  o.text("--output", raw.output, "DIR", "Write all pages into this folder: howopen.1, howopen-audit.1 …");
  o.text("what", raw.word, "COMMAND", "Print the page of a command; without one, of the program");
}

Result<AnyPlan> man_plan(const Raw& raw) {
  if (!raw.output.empty()) {
    if (!raw.word.empty()) return misused("all pages, or one", "--output", "howopen man --output DIR");
    return ManPlan{raw.output};
  }
  const std::vector<std::string> names = names_of_commands();
  if (!raw.word.empty() && std::find(names.begin(), names.end(), raw.word) == names.end())
    return no_such_page(raw.word, names);
  return SayPlan{man_page(raw.word), {}, kJudged};
}

void completion_options(OptionSet& o, Raw& raw) {
  o.text("shell", raw.word, "SHELL", "bash, zsh or fish", {"bash", "zsh", "fish"});
}

Result<AnyPlan> completion_plan(const Raw& raw) {
  if (raw.word != "bash" && raw.word != "zsh" && raw.word != "fish")
    return misused(raw.word.empty() ? "no shell named" : "unknown shell", text::printable(raw.word),
                   "bash, zsh or fish");
  return SayPlan{completion(raw.word), {}, kJudged};
}

constexpr Command kHelpCommands[] = {
    {"help",
     "What a command does, or a page on refs, policy, environment, verdicts, exit-codes",
     help_options,
     help_plan,
     {}},
    {"man", "Man pages, in roff", man_options, man_plan, {}},
    {"completion", "Completions for bash, zsh or fish", completion_options, completion_plan, {}},
};

}  // namespace

std::span<const Command> help_commands() {
  return kHelpCommands;
}

Result<int> write_man_pages(const ManPlan& plan) {
  std::error_code error;
  std::filesystem::create_directories(plan.folder, error);
  if (error) return fail(Fault::usage, "cannot be made", text::printable(plan.folder), error.message());
  std::vector<std::string> names = {""};
  for (const Command& c : commands()) names.emplace_back(c.name);
  for (const std::string& name : names) {
    const std::string file = fmt::format("{}/howopen{}{}.1", plan.folder, name.empty() ? "" : "-", name);
    TRY([[maybe_unused]] const bool written, files::write_file(file, man_page(name)));
  }
  return kJudged;
}

}  // namespace howopen::cli
