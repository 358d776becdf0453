// What howopen says of itself: help, man pages, completions; all from the table of commands and their
// options.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command_table.h"

namespace howopen::cli {

/// A line to type, and what it answers.
struct Example {
  const char* command;
  const char* line;
  const char* what;
};
/// Of every command at least one; those of a command stand together.
std::span<const Example> examples();

/// The options of a command, its own before those of groups.
std::vector<OptionLine> lines_of(const Command& command);
/// `howopen license [OPTIONS] [FILE|-|ID]...`
std::string usage_line(const Command& command, const std::vector<OptionLine>& lines);
/// Headings in the order in which they are shown; "" first, of the command's own options.
std::vector<std::string> groups_of(const std::vector<OptionLine>& lines);
/// `-o, --format FMT[=FILE]`
std::string option_names(const OptionLine& line);

/// `howopen` alone.
std::string first_steps();
/// `howopen -h`; at length `howopen help`.
std::string program_help(bool at_length);
std::string command_help(const Command& command, bool at_length);

/// Pages of their own behind `howopen help`.
struct HelpTopic {
  const char* name;
  const char* about;
};
std::span<const HelpTopic> topics();
std::string topic_text(std::string_view name);

/// roff: of the program with "", of a command by its name.
std::string man_page(std::string_view command);
std::string completion(std::string_view shell);

/// The commands help, man and completion.
std::span<const Command> help_commands();

}  // namespace howopen::cli
