// Files that are run though nobody reads them as programs here: told where they are run.
//
//   exec(open("loader.txt").read())   ->  unresolved: loader.txt
//   source ./models.txt               ->  unresolved: models.txt
//   exec(open("version.py").read())   ->  nothing: that file is read

#include <algorithm>

#include "scan/code.h"
#include "scan/kinds.h"
#include "scan/names.h"
#include "scan/statements.h"
#include "scan/tools.h"
#include "scan/words.h"
#include "text/utf8.h"

namespace howopen::scan {
namespace {

constexpr std::string_view kRuns = "it runs a file that is not read as a program";

// A path, and no text that ends like one.
bool is_unread_program(std::string_view path) {
  return path.size() < 300 && words().unread_programs.ends(path) &&
         std::all_of(path.begin(), path.end(), [](char c) {
           return is_name_char(c) || c == '/' || c == ':' || c == '~' || c == '@' || c == '+' || c == '$' ||
                  c == '{' || c == '}' || c == '%';
         });
}

Syntax syntax_of(Kind kind) {
  switch (kind) {
    case Kind::javascript:
      return Syntax::javascript;
    case Kind::go:
      return Syntax::go;
    case Kind::rust:
      return Syntax::rust;
    case Kind::c_like:
      return Syntax::c_like;
    case Kind::config:
      return Syntax::config;
    default:
      return Syntax::python;
  }
}

}  // namespace

bool in_language_of(std::string_view file, Syntax syntax) {
  return syntax_of(kind_of(file)) == syntax;
}

void Code::tell_run(const CallSite& site) const {
  constexpr std::uint32_t kMost = 40;
  if (site.definition || s.down > 0 || !scan.runs) return;
  const bool method = site.callee > 0 && (is_mark(site.callee - 1, ".") || is_mark(site.callee - 1, "::"));
  const bool known = std::any_of(words().runners.begin(), words().runners.end(), [&](const Runner& r) {
    return r.call == text(site.callee) && in_language_of(r.file, syntax) && (r.method || !method);
  });
  if (!known) return;
  for (std::uint32_t i = site.callee + 1; i < site.close && i - site.callee < kMost; ++i) {
    const bool constant = is_word(i) && constants.contains(text(i));
    const std::uint32_t token = constant ? constants.find(text(i))->second.front() : i;
    if (!is_string(token) || !is_unread_program(text(token))) continue;
    scan.sink.unresolved(s.place(tokens[i].at), text(token), text(site.callee), kRuns);
    return;
  }
}

void tell_run(std::span<const Word> command, Scan& scan) {
  if (!scan.runs) return;
  std::size_t i = 0;
  const auto word = [&](std::size_t k) {
    return k < command.size() ? command[k].text() : std::string_view();
  };
  while (is_one_of(word(i), {"sudo", "exec", "env", "nohup", "time", "nice"}) ||
         word(i).find('=') != std::string_view::npos)
    ++i;
  // The image of a container stands in front of its command.
  if (word(i).find_first_of(":/") != std::string_view::npos &&
      words().interpreters.has(base_name(word(i + 1))))
    ++i;
  std::string_view program = base_name(word(i));
  while (program.size() > 1 && (is_digit(program.back()) || program.back() == '.') && program != ".")
    program.remove_suffix(1);
  const bool source = program == "source" || word(i) == ".";
  if (!source && !words().interpreters.has(program)) return;
  for (++i; i < command.size(); ++i) {
    const std::string_view w = word(i);
    if (w == "-c" || w == "-m" || w == "-s" || w.starts_with("-e") || w.empty()) return;
    if (w[0] == '-') continue;
    if (is_unread_program(w) && !command[i].value.map.empty())
      scan.sink.unresolved(command[i].value.map[0], w, program, kRuns);
    return;
  }
}

}  // namespace howopen::scan
