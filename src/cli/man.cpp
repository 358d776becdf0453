// Man pages from the table of commands: roff as man(7) knows it.
//
//   man_page("cache")  ->  .TH HOWOPEN-CACHE 1 … .SH NAME … .SH SYNOPSIS … .SH OPTIONS …

#include <fmt/format.h>

#include <algorithm>

#include "cli/help.h"
#include "run/options.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

// Nothing of a text is taken for a command of roff.
std::string escaped(std::string_view text) {
  std::string out;
  bool at_start = true;
  for (const char c : text) {
    if (at_start && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c;
    at_start = c == '\n';
  }
  return out;
}

std::string upper(std::string s) {
  for (char& c : s) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return s;
}

std::string head(const std::string& name, std::string_view about) {
  return fmt::format(".TH {} 1 \"\" \"howopen {}\" \"howopen\"\n.SH NAME\n{} \\- {}\n", escaped(upper(name)),
                     HOWOPEN_VERSION, escaped(name), escaped(about));
}

std::string verbatim(std::string_view text) {
  return fmt::format(".nf\n{}.fi\n", escaped(text));
}

std::string option_row(const OptionLine& line) {
  std::string names;
  for (const std::string& name : line.names)
    names += (names.empty() ? "" : ", ") + ("\\fB" + escaped(name) + "\\fR");
  if (line.is_word()) names.clear();
  if (!line.type.empty()) names += (names.empty() ? "" : " ") + ("\\fI" + escaped(line.type) + "\\fR");
  return fmt::format(".TP\n{}\n{}\n", names, escaped(line.help));
}

std::string example_rows(std::string_view command) {
  std::string out;
  for (const Example& e : examples()) {
    if (command.empty() || command == e.command)
      out += fmt::format(".TP\n.B howopen {}\n{}\n", escaped(e.line), escaped(e.what));
  }
  return out;
}

std::string exit_rows() {
  std::string out = ".SH \"EXIT STATUS\"\n";
  for (const run::ExitMeaning& e : run::kExitMeanings)
    out += fmt::format(".TP\n.B {}\n{}\n", e.code, escaped(e.meaning));
  return out;
}

std::string program_page() {
  std::string out = head("howopen", "how open is an AI model, and what may be done with it?");
  out +=
      ".SH SYNOPSIS\n.B howopen\n[\\fICOMMAND\\fR] [\\fIOPTIONS\\fR] [\\fIWORDS\\fR]...\n"
      ".SH DESCRIPTION\nAudits models of the Hugging Face Hub: which of the five components (weights, "
      "inference code, "
      "training code, training data, API access) are there, what their licenses permit, and what a model is "
      "therefore called. A word that is no command is the name of a model to audit.\n.SH COMMANDS\n";
  for (const Command& c : commands())
    out += fmt::format(".TP\n.BR howopen\\-{} (1)\n{}\n", escaped(c.name), escaped(c.help));
  for (const HelpTopic& t : topics()) {
    if (std::string_view(t.name) == "exit-codes") continue;
    out += fmt::format(".SH {}\n{}", upper(t.name), verbatim(topic_text(t.name)));
  }
  return out + exit_rows() + ".SH EXAMPLES\n" + example_rows("");
}

std::string command_page(const Command& command) {
  const std::vector<OptionLine> lines = lines_of(command);
  std::string out = head(fmt::format("howopen-{}", command.name), command.help);
  out += fmt::format(".SH SYNOPSIS\n{}\n.SH DESCRIPTION\n{}.\n", escaped(usage_line(command, lines)),
                     escaped(command.help));
  for (const OptionLine& line : lines) {
    if (line.is_word()) out += option_row(line);
  }
  out += ".SH OPTIONS\n";
  for (const std::string& group : groups_of(lines)) {
    if (!group.empty()) out += fmt::format(".SS {}\n", group);
    for (const OptionLine& line : lines) {
      if (!line.is_word() && line.group == group) out += option_row(line);
    }
  }
  out +=
      ".SH ENVIRONMENT\nEvery option with a long name is a variable as well: HOWOPEN_ and the name. See also "
      "\\fBhowopen\\fR(1).\n";
  return out + exit_rows() + ".SH EXAMPLES\n" + example_rows(command.name) +
         ".SH \"SEE ALSO\"\n.BR howopen (1)\n";
}

}  // namespace

std::string man_page(std::string_view command) {
  for (const Command& c : commands()) {
    if (command == c.name) return command_page(c);
  }
  return program_page();
}

}  // namespace howopen::cli
