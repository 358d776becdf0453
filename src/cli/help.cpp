// Help as text of at most 80 columns.
//
//   howopen cache -h  ->  what it does, Usage: howopen cache [OPTIONS] [ACTION], examples, its options,
//   groups

#include "cli/help.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/embedded.h"
#include "run/options.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

constexpr std::size_t kColumns = 80;
constexpr std::size_t kHelpColumn = 26;

constexpr HelpTopic kTopics[] = {
    {"refs", "how models are named"},
    {"policy", "howopen.toml: every key, with its default and an example"},
    {"environment", "variables that are read"},
    {"verdicts", "what Open Weights and the others mean"},
    {"exit-codes", "what a run ends with"},
};

std::size_t width(std::string_view s) {
  return static_cast<std::size_t>(std::count_if(
      s.begin(), s.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// `left`, then the words of `right` in their column; in column 0 these alone.
std::string row(const std::string& left, std::string_view right, std::size_t column) {
  std::string out = column == 0 ? "" : "  " + left;
  std::size_t at = width(out);
  if (column > 0 && at + 2 > column) {
    out += '\n';
    at = 0;
  }
  bool first = true;
  for (std::size_t i = 0; i < right.size();) {
    const std::size_t end = std::min(right.find(' ', i), right.size());
    const std::string_view word = right.substr(i, end - i);
    if (!first && at + 1 + width(word) > kColumns) {
      out += '\n';
      at = 0;
      first = true;
    }
    if (first) {
      out += std::string(column - at, ' ');
      at = column;
    } else {
      out += ' ';
      ++at;
    }
    out += word;
    at += width(word);
    first = false;
    i = end + 1;
  }
  return out + "\n";
}

std::string exit_table() {
  std::string out;
  for (const run::ExitMeaning& e : run::kExitMeanings) out += row(std::to_string(e.code), e.meaning, 6);
  return out;
}

std::string example_lines(std::string_view command) {
  std::string out;
  for (const Example& e : examples()) {
    if (command == e.command) out += row(fmt::format("howopen {}", e.line), e.what, 44);
  }
  return out;
}

}  // namespace

std::vector<OptionLine> lines_of(const Command& command) {
  Raw raw;
  OptionSet set(command.name);
  options_of(command, set, raw);
  return set.lines();
}

std::string usage_line(const Command& command, const std::vector<OptionLine>& lines) {
  std::string out = fmt::format("howopen {} [OPTIONS]", command.name);
  for (const OptionLine& line : lines) {
    if (line.is_word()) out += fmt::format(" [{}]{}", line.type, line.repeats ? "..." : "");
  }
  return out;
}

std::vector<std::string> groups_of(const std::vector<OptionLine>& lines) {
  std::vector<std::string> out = {""};
  for (const OptionLine& line : lines) {
    if (std::find(out.begin(), out.end(), line.group) == out.end()) out.push_back(line.group);
  }
  return out;
}

std::string option_names(const OptionLine& line) {
  std::string out;
  for (const std::string& name : line.names) out += (out.empty() ? "" : ", ") + name;
  if (!line.names.front().starts_with("--")) return out + (line.type.empty() ? "" : " " + line.type);
  return "    " + out + (line.type.empty() ? "" : " " + line.type);
}

std::string first_steps() {
  return "howopen " HOWOPEN_VERSION
         ": how open is an AI model, really, and what may be done with it?\n\n"
         "  howopen deepseek-ai/DeepSeek-R1   how open is it, what may I do with it?\n"
         "  howopen scan .                    which models does this folder use?\n"
         "  howopen init && howopen gate .    a policy for them, held here and in CI\n\n"
         "All commands: howopen help. One of them: howopen help audit.\n";
}

std::string program_help(bool at_length) {
  std::string out =
      "How open is an AI model, really, and what may be done with it?\n\n"
      "Usage: howopen [COMMAND] [OPTIONS] [WORDS]...\n"
      "       howopen org/name              the same as howopen audit org/name\n\n"
      "Commands:\n";
  for (const Command& c : commands()) out += row(c.name, c.help, 14);
  out += "\nTopics, by howopen help TOPIC:\n";
  for (const HelpTopic& t : kTopics) out += row(t.name, t.about, 16);
  out += "\nExamples:\n";
  std::string_view last;
  for (const Example& e : examples()) {
    if (last != e.command) out += row(fmt::format("howopen {}", e.line), e.what, 44);
    last = e.command;
  }
  if (at_length) {
    out += "\n" + topic_text("environment");
    out += "\n" + topic_text("exit-codes");
  }
  return out;
}

std::string command_help(const Command& command, bool at_length) {
  const std::vector<OptionLine> lines = lines_of(command);
  std::string out = fmt::format("{}\nUsage: {}\n", row("", command.help, 0), usage_line(command, lines));
  for (const OptionLine& line : lines) {
    if (line.is_word()) out += row(line.type, line.help, kHelpColumn);
  }
  out += "\nExamples:\n" + example_lines(command.name);
  for (const std::string& group : groups_of(lines)) {
    std::string rows;
    for (const OptionLine& line : lines) {
      if (!line.is_word() && line.group == group) rows += row(option_names(line), line.help, kHelpColumn);
    }
    if (!rows.empty()) out += fmt::format("\n{}:\n{}", group.empty() ? "Options" : group, rows);
  }
  if (at_length) {
    out += "\nEvery option with a long name is a variable as well: HOWOPEN_ and the name.\n";
    out += "\n" + topic_text("exit-codes");
  }
  return out;
}

std::span<const HelpTopic> topics() {
  return kTopics;
}

std::string topic_text(std::string_view name) {
  if (name == "exit-codes") return "Exit codes:\n" + exit_table();
  return catalog::embedded_text(fmt::format("help/{}.txt", name));
}

}  // namespace howopen::cli
