// Options that every command has, behind its own: what comes out, and how.
//
//   scan  ->  -o text, json, jsonl · --json · -q · -v · --color · -h      help  ->  the last four

#include <algorithm>
#include <string_view>

#include "cli/command_table.h"

namespace howopen::cli {
namespace {

// What -q leaves of the output.
const char* left_by_quiet(std::string_view command) {
  if (command == "batch") return "No progress and no summary on stderr; the lines are the same";
  if (command == "summary") return "One line: how many of each verdict";
  if (command == "license") return "Only ids of licenses";
  if (command == "scan") return "Only names of models";
  if (command == "history" || command == "bisect") return "Only commits";
  for (const char* silent : {"fetch", "site", "init", "policy"}) {
    if (command == silent) return "Say nothing where all goes well";
  }
  return "Only ids and verdicts";
}

}  // namespace

void options_of(const Command& command, OptionSet& o, Raw& raw) {
  o.group("");
  command.options(o, raw);
  o.group("Output");
  if (!command.formats.empty()) {
    std::string names;
    OptionSet::Choices choices;
    for (const Format f : command.formats) {
      names += (names.empty() ? "" : ", ") + std::string(word(f));
      choices.emplace_back(word(f));
    }
    o.list("-o,--format", raw.formats, "FMT[=FILE]",
           ("Format of the output, and a file for it; may be repeated: " + names).c_str(), choices);
    if (std::count(command.formats.begin(), command.formats.end(), Format::json) > 0)
      o.flag("--json", raw.json, "The same as -o json");
  }
  o.flag("-q,--quiet", raw.common.quiet, left_by_quiet(command.name));
  o.count("-v,--verbose", raw.common.verbosity, "All evidence, with its places; requests on stderr");
  o.text("--color", raw.common.color, "WHEN", "auto, always or never", {"auto", "always", "never"});
  o.flag("-h,--help", raw.help, "This help; --help says more");
}

}  // namespace howopen::cli
