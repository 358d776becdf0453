// What shells offer behind TAB: commands, options, the values of those that have few.
//
//   completion("bash")  ->  a function _howopen and `complete -F _howopen howopen`

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/help.h"

namespace howopen::cli {
namespace {

std::vector<std::string> option_words(const std::vector<OptionLine>& lines) {
  std::vector<std::string> out;
  for (const OptionLine& line : lines) {
    if (!line.is_word()) out.insert(out.end(), line.names.begin(), line.names.end());
  }
  return out;
}

std::vector<std::string> command_words() {
  std::vector<std::string> out;
  for (const Command& c : commands()) out.emplace_back(c.name);
  return out;
}

bool of_files(const OptionLine& line) {
  return line.type.find("FILE") != std::string::npos || line.type.find("DIR") != std::string::npos;
}

// ---- bash

// `compgen` that offers what a value may be; nothing where nobody can know.
std::string bash_values(const OptionLine& line) {
  if (!line.choices.empty()) return fmt::format("words='{}'", fmt::join(line.choices, " "));
  return of_files(line) ? "files=1" : ":";
}

std::string bash_command(const Command& command) {
  const std::vector<OptionLine> lines = lines_of(command);
  std::string out = fmt::format("    {})\n      case $prev in\n", command.name);
  std::string words = ":";
  for (const OptionLine& line : lines) {
    if (line.is_word()) {
      if (words == ":") words = bash_values(line);
    } else if (!line.type.empty()) {
      out += fmt::format("        {}) {} ;;\n", fmt::join(line.names, " | "), bash_values(line));
    }
  }
  return out + fmt::format(
                   "        *)\n          case $cur in\n            -*) words='{}' ;;\n            *) {} ;;\n"
                   "          esac\n          ;;\n      esac\n      ;;\n",
                   fmt::join(option_words(lines), " "), words);
}

std::string bash() {
  std::string out = fmt::format(
      "# Completions of howopen for bash; made by: howopen completion bash\n"
      "_howopen() {{\n"
      "  local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD-1]}} command= words= files= w\n"
      "  for w in \"${{COMP_WORDS[@]:1:COMP_CWORD-1}}\"; do\n"
      "    case $w in\n      {}) command=$w; break ;;\n    esac\n  done\n"
      "  case $command in\n    '') words='{}'; [ \"$COMP_CWORD\" = 1 ] || files=1 ;;\n",
      fmt::join(command_words(), " | "), fmt::join(command_words(), " "));
  for (const Command& c : commands()) out += bash_command(c);
  return out +
         "  esac\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
         "  [ -z \"$files\" ] || COMPREPLY+=($(compgen -f -- \"$cur\"))\n"
         "}\ncomplete -o filenames -F _howopen howopen\n";
}

// ---- zsh

// Within single quotes and between brackets or behind colons.
std::string zsh_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'')
      out += "'\\''";
    else if (c == '[' || c == ']' || c == ':' || c == '\\')
      out += fmt::format("\\{}", c);
    else
      out += c;
  }
  return out;
}

std::string zsh_values(const OptionLine& line) {
  if (!line.choices.empty()) return fmt::format("({})", fmt::join(line.choices, " "));
  return of_files(line) ? "_files" : " ";
}

std::string zsh_command(const Command& command) {
  std::string out = fmt::format("    {})\n      _arguments -s \\\n", command.name);
  for (const OptionLine& line : lines_of(command)) {
    if (line.is_word()) {
      out += fmt::format("        '{}:{}:{}' \\\n", line.repeats ? "*" : "", zsh_text(line.type),
                         zsh_values(line));
      continue;
    }
    const std::string value =
        line.type.empty() ? "" : fmt::format(":{}:{}", zsh_text(line.type), zsh_values(line));
    for (const std::string& name : line.names)
      out +=
          fmt::format("        '{}{}[{}]{}' \\\n", line.repeats ? "*" : "", name, zsh_text(line.help), value);
  }
  return out + "        && return 0\n      ;;\n";
}

std::string zsh() {
  std::string out =
      "#compdef howopen\n# Completions of howopen for zsh; made by: howopen completion zsh\n"
      "_howopen() {\n  local -a commands\n  commands=(\n";
  for (const Command& c : commands()) out += fmt::format("    '{}:{}'\n", c.name, zsh_text(c.help));
  out +=
      "  )\n  if (( CURRENT == 2 )); then\n    _describe -t commands command commands\n    return\n  fi\n"
      "  local command=$words[2]\n  shift words\n  (( CURRENT-- ))\n  case $command in\n";
  for (const Command& c : commands()) out += zsh_command(c);
  return out +
         "    *) _files ;;\n  esac\n}\n"
         "if [ \"$funcstack[1]\" = _howopen ]; then _howopen \"$@\"; else compdef _howopen howopen; fi\n";
}

// ---- fish

std::string fish_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string fish_line(const std::string& when, const OptionLine& line) {
  std::string out = fmt::format("complete -c howopen -n '{}'", when);
  for (const std::string& name : line.names) {
    if (line.is_word()) continue;
    out += name.starts_with("--") ? fmt::format(" -l {}", name.substr(2))
                                  : fmt::format(" -s {}", name.substr(1));
  }
  if (line.is_word() && line.choices.empty()) return of_files(line) ? out + " -F\n" : std::string();
  if (!line.choices.empty())
    out += fmt::format(" {}-a '{}'", line.is_word() ? "" : "-x ", fmt::join(line.choices, " "));
  else if (!line.type.empty())
    out += of_files(line) ? " -r -F" : " -x";
  return out + fmt::format(" -d '{}'\n", fish_text(line.help));
}

std::string fish() {
  const std::string all = fmt::format("{}", fmt::join(command_words(), " "));
  std::string out =
      "# Completions of howopen for fish; made by: howopen completion fish\ncomplete -c howopen -f\n";
  for (const Command& c : commands()) {
    out += fmt::format("complete -c howopen -n 'not __fish_seen_subcommand_from {}' -a {} -d '{}'\n", all,
                       c.name, fish_text(c.help));
    for (const OptionLine& line : lines_of(c))
      out += fish_line(fmt::format("__fish_seen_subcommand_from {}", c.name), line);
  }
  return out;
}

}  // namespace

std::string completion(std::string_view shell) {
  if (shell == "bash") return bash();
  return shell == "zsh" ? zsh() : fish();
}

}  // namespace howopen::cli
