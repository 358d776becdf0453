// Files that are run though their own names do not say that they are programs: told where they are run, and
// read as programs by who has the tree at hand.
//
//   exec(open("loader.txt").read())          ->  loader.txt, as Python
//   subprocess.run([sys.executable, "x.bin"]) ->  x.bin, as Python
//   source ./models.txt                      ->  models.txt, as a shell does
//   exec(open("version.py").read())          ->  nothing: that file is read

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

bool of_a_path(char c) {
  return is_name_char(c) || std::string_view("/:~@+${}%\\").find(c) != std::string_view::npos;
}

// A path, and no text that ends like one.
bool is_path(std::string_view path) {
  constexpr std::size_t kLongest = 300;
  return !path.empty() && path.size() < kLongest && path.front() != '-' &&
         path.find("://") == std::string_view::npos && std::all_of(path.begin(), path.end(), of_a_path);
}

// x.dat, and neither .profile nor 3.12.
bool has_ending(std::string_view base) {
  const std::size_t dot = base.rfind('.');
  // 18.x and 3.12-slim are versions.
  const bool number = dot != std::string_view::npos &&
                      base.substr(0, dot).find_first_not_of("0123456789.") == std::string_view::npos;
  return dot != std::string_view::npos && dot > 0 && dot + 1 < base.size() && !number &&
         std::any_of(base.begin() + static_cast<std::ptrdiff_t>(dot), base.end(), text::is_letter);
}

// Of whoever runs the program, and not of the tree.
bool is_outside(std::string_view path) {
  return path.starts_with("~") || path.starts_with("$HOME") || path.starts_with("${HOME}") ||
         path.starts_with("/etc/");
}

// A program or a library of a machine's own, which no interpreter reads.
bool is_native(std::string_view path) {
  return path.ends_with(".exe") || path.ends_with(".dll") || path.ends_with(".so") ||
         path.ends_with(".dylib");
}

// True where `path` may be a file that is run. It is told unless its name says what it is run as; without an
// ending it is read where it is found, and nothing is said of it otherwise.
bool run_file(std::string_view path, std::size_t place, std::string_view form, std::string_view as,
              Scan& scan) {
  if (!is_path(path) || is_outside(path) || is_native(path) || !runs_as(path).empty()) return false;
  const std::string_view base = base_name(path);
  const bool ending = has_ending(base);
  if (!ending && base.find('.') != std::string_view::npos) return false;
  if (kind_of(path) == kind_of(as)) return true;
  scan.sink.runs(place, path, as);
  if (ending) scan.sink.unresolved(place, path, form, kRuns);
  return true;
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

// python3.12 -> python, node.exe -> node
std::string_view plain_program(std::string_view word) {
  std::string_view program = base_name(word);
  if (program.ends_with(".exe")) program.remove_suffix(4);
  while (program.size() > 1 && (is_digit(program.back()) || program.back() == '.')) program.remove_suffix(1);
  return program;
}

const Interpreter* interpreter(std::string_view program) {
  const auto& all = words().interpreters;
  const auto known =
      std::find_if(all.begin(), all.end(), [&](const Interpreter& i) { return i.program == program; });
  return known == all.end() ? nullptr : &*known;
}

// `-c` and its like: what stands behind is no file.
bool takes_no_file(std::string_view option) {
  return option == "-c" || option == "-m" || option == "-s" || option.starts_with("-e");
}

}  // namespace

bool in_language_of(std::string_view file, Syntax syntax) {
  return syntax_of(kind_of(file)) == syntax;
}

std::string_view runs_as(std::string_view program) {
  constexpr std::size_t kLongest = 200;
  if (program.size() > kLongest) return {};
  const Interpreter* known = interpreter(plain_program(program));
  return known == nullptr ? std::string_view() : std::string_view(known->as);
}

void Code::tell_run(const CallSite& site) const {
  constexpr std::uint32_t kMost = 40;
  if (site.definition || s.down > 0 || !scan.runs) return;
  const bool method = site.callee > 0 && (is_mark(site.callee - 1, ".") || is_mark(site.callee - 1, "::"));
  const auto& all = words().runners;
  const auto known = std::find_if(all.begin(), all.end(), [&](const Runner& r) {
    return r.call == text(site.callee) && in_language_of(r.file, syntax) && (r.method || !method);
  });
  if (known == all.end()) return;
  bool reads = !known->text;
  for (std::uint32_t i = site.callee + 1; i < site.close && i - site.callee < kMost; ++i) {
    reads = reads || (is_word(i) && words().reading_calls.has(text(i)));
    const bool constant = is_word(i) && constants.contains(text(i));
    const std::uint32_t token = constant ? constants.find(text(i))->second.front() : i;
    if (!reads || !is_string(token)) continue;
    const std::string_view path = text(token);
    if (path.find_first_of("./") == std::string_view::npos) continue;
    if (run_file(path, s.place(tokens[i].at), text(site.callee), known->file, scan)) return;
  }
}

// ["python", "x.bin"], [sys.executable, "x.bin"], os.system("python x.bin")
void Code::tell_runs() const {
  constexpr std::size_t kLongestLine = 400;
  constexpr std::uint32_t kMostOptions = 8;
  if (s.down > 0 || !scan.runs) return;
  for (std::uint32_t i = 1; i + 1 < tokens.size(); ++i) {
    const std::string_view w = text(i);
    std::string_view as;
    if (is_word(i) && (w == "executable" || w == "execPath"))
      as = syntax == Syntax::python ? "a.py" : "a.js";
    else if (is_string(i) && w.size() < 40 && is_mark(i + 1, ",") &&
             (is_mark(i - 1, "[") || is_mark(i - 1, "(") || is_mark(i - 1, "{")))
      as = runs_as(w);
    if (!as.empty() && is_mark(i + 1, ",")) {
      std::uint32_t k = i + 2;
      if (is_mark(k, "[")) ++k;  // spawn("node", ["x.txt"])
      for (std::uint32_t n = 0; n < kMostOptions && is_string(k); ++n, k += 2) {
        if (takes_no_file(text(k))) break;
        if (text(k).starts_with('-')) continue;
        run_file(text(k), s.place(tokens[k].at), w, as, scan);
        break;
      }
      continue;
    }
    // "start": "node x.txt" of package.json
    const bool line = is_string(i) && w.size() < kLongestLine && !tokens[i].formatted &&
                      w.find(' ') != std::string_view::npos;
    const bool shell = line && ((is_mark(i - 1, "(") && i > 1 && words().shell_calls.has(text(i - 2))) ||
                                (syntax == Syntax::json && is_mark(i - 1, ":")));
    if (!shell || runs_as(w.substr(0, w.find(' '))).empty()) continue;
    std::vector<Word> command;
    for (std::size_t at = 0; at < w.size();) {
      const std::size_t end = std::min(w.find(' ', at), w.size());
      if (end > at) command.push_back(word_of(s, tokens[i].at + at, end - at));
      at = end + 1;
    }
    scan::tell_run(command, scan);
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
  if (word(i).find_first_of(":/") != std::string_view::npos && !runs_as(word(i + 1)).empty()) ++i;
  const std::string_view program = plain_program(word(i));
  const Interpreter* known = interpreter(program);
  if (known == nullptr || (program == "." && word(i) != ".")) return;
  if (!known->with.empty()) {
    const bool between = std::find(known->with.begin(), known->with.end(), word(i + 1)) != known->with.end();
    const bool optional = std::find(known->with.begin(), known->with.end(), "") != known->with.end();
    if (!between && !optional) return;
    if (between) ++i;
  }
  for (++i; i < command.size(); ++i) {
    const std::string_view w = word(i);
    if (takes_no_file(w) || w.empty()) return;
    if (w[0] == '-') continue;
    if (!command[i].value.map.empty()) run_file(w, command[i].value.map[0], program, known->as, scan);
    return;
  }
}

}  // namespace howopen::scan
