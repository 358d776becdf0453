// Options that every command has, behind its own: what comes out, and how.
//
//   scan  ->  -o text, json, jsonl · --json · -q · -v · --color · -h      help  ->  the last four

#include <algorithm>

#include "cli/command_table.h"

namespace howopen::cli {

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
  o.flag("-q,--quiet", raw.common.quiet, "Only ids and verdicts");
  o.count("-v,--verbose", raw.common.verbosity, "All evidence, with its places; requests on stderr");
  o.text("--color", raw.common.color, "WHEN", "auto, always or never", {"auto", "always", "never"});
  o.flag("-h,--help", raw.help, "This help; --help says more");
}

}  // namespace howopen::cli
