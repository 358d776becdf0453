// Documents that hold code: notebooks and Markdown.
//
//   {"cells": [{"cell_type": "code", "source": ["!vllm serve a/b\n"]}]}  ->  a command
//   ```python … ```                                                    ->  code, which counts less than a
//   program

#include <algorithm>

#include "scan/parts.h"
#include "scan/tokens.h"
#include "scan/tools.h"
#include "text/front_matter.h"
#include "text/utf8.h"

namespace howopen::scan {
namespace {

// Cells share their variables, so all code is read as one program; lines for the shell are taken out.
struct Cells {
  Mapped program;
  Mapped shell;
};

void add_code(const Slice& cell, Cells& cells, Scan& scan) {
  const std::size_t start = cell.text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return;
  const std::string_view text = cell.text.substr(start);
  for (const std::string_view magic : {"%%bash", "%%sh", "%%script"}) {
    if (!text.starts_with(magic)) continue;
    scan_urls(cell, scan);
    scan_shell(cell, scan);
    return;
  }
  for (std::size_t i = 0; i < cell.text.size();) {
    const std::size_t end = std::min(cell.text.find('\n', i), cell.text.size());
    std::size_t first = cell.text.find_first_not_of(" \t", i);
    const bool magic = first < end && (cell.text[first] == '!' || cell.text[first] == '%');
    Mapped& to = magic ? cells.shell : cells.program;
    if (magic) ++first;
    for (std::size_t k = magic ? first : i; k < end; ++k) to.add(cell.text[k], cell.place(k));
    to.add('\n', cell.place(end > 0 ? end - 1 : 0));
    // A command that goes on in the next line does so there, too.
    if (magic) {
      std::size_t last = end;
      std::size_t next = end + 1;
      while (last > first && cell.text[last - 1] == '\\' && next < cell.text.size()) {
        last = std::min(cell.text.find('\n', next), cell.text.size());
        for (std::size_t k = next; k < last; ++k) to.add(cell.text[k], cell.place(k));
        to.add('\n', cell.place(last - 1));
        next = last + 1;
      }
      i = next;
    } else {
      i = end + 1;
    }
  }
}

struct Language {
  std::string_view name;
  int kind;  // 0 python, 1 javascript, 2 shell, 3 yaml, 4 json, 5 docker, 6 rust, 7 go, 8 config
};
constexpr Language kLanguages[] = {
    {"python", 0}, {"py", 0},    {"python3", 0},    {"pycon", 0},     {"ipython", 0},      {"javascript", 1},
    {"js", 1},     {"ts", 1},    {"typescript", 1}, {"jsx", 1},       {"tsx", 1},          {"bash", 2},
    {"sh", 2},     {"shell", 2}, {"console", 2},    {"zsh", 2},       {"shellsession", 2}, {"powershell", 2},
    {"cmd", 2},    {"env", 2},   {"dotenv", 2},     {"makefile", 2},  {"yaml", 3},         {"yml", 3},
    {"json", 4},   {"jsonc", 4}, {"dockerfile", 5}, {"docker", 5},    {"rust", 6},         {"rs", 6},
    {"go", 7},     {"toml", 8},  {"hcl", 8},        {"terraform", 8}, {"java", 6},         {"csharp", 6},
    {"swift", 6},  {"kotlin", 6}};

void fenced(std::string_view language, const Slice& part, Scan& scan) {
  scan_urls(part, scan);
  int kind = -1;
  for (const Language& l : kLanguages) {
    if (text::equal_ignoring_case(l.name, language)) kind = l.kind;
  }
  switch (kind) {
    case 0:
      return scan_code(part, Syntax::python, scan);
    case 1:
      return scan_code(part, Syntax::javascript, scan);
    case 2:
      return scan_shell(part, scan);
    case 3:
      return scan_yaml(part, scan);
    case 4:
      return scan_code(part, Syntax::json, scan);
    case 5:
      return scan_dockerfile(part, scan);
    case 6:
      return scan_code(part, Syntax::rust, scan);
    case 7:
      return scan_code(part, Syntax::go, scan);
    case 8:
      return scan_code(part, Syntax::config, scan);
    default:
      if (part.text.find("import ") != std::string_view::npos) return scan_code(part, Syntax::python, scan);
      if (looks_like_command(part.text)) scan_shell(part, scan);
  }
}

// Prose: addresses, and commands in `code`.
void prose_of(const Slice& s, Scan& scan) {
  scan_urls(s, scan);
  for (std::size_t i = s.text.find('`'); i < s.text.size(); i = s.text.find('`', i)) {
    const std::size_t end = s.text.find_first_of("`\n", i + 1);
    if (end == std::string_view::npos) return;
    const Slice code = s.part(i + 1, end - i - 1);
    if (s.text[end] == '`' && code.text.find(' ') != std::string_view::npos && looks_like_command(code.text))
      scan_shell(code, scan);
    i = end + 1;
  }
}

}  // namespace

void scan_notebook(const Slice& s, Scan& scan) {
  const std::vector<Token> tokens = tokens_of(s.text, Syntax::json);
  const auto text = [&](std::size_t i) {
    return i < tokens.size() ? s.text.substr(tokens[i].at, tokens[i].size) : std::string_view();
  };
  Cells cells;
  std::string_view type = "code";
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (tokens[i].kind != Token::Kind::string || text(i + 1) != ":") continue;
    if (text(i) == "cell_type") type = text(i + 2);
    if (text(i) != "source" && text(i) != "input") continue;
    Mapped cell;
    std::size_t end = i + 2;
    if (text(end) == "[" && tokens[end].kind == Token::Kind::mark) {
      for (++end; end < tokens.size() && text(end) != "]"; ++end) {
        if (tokens[end].kind == Token::Kind::string) unescape(s.part(tokens[end].at, tokens[end].size), cell);
      }
    } else if (tokens[end].kind == Token::Kind::string) {
      unescape(s.part(tokens[end].at, tokens[end].size), cell);
    }
    if (type == "markdown")
      scan_urls(cell.slice(s.down + 1), scan);
    else if (type == "code")
      add_code(cell.slice(s.down), cells, scan);
    i = end;
  }
  scan_urls(cells.shell.slice(s.down), scan);
  scan_shell(cells.shell.slice(s.down), scan);
  scan_code(cells.program.slice(s.down), Syntax::python, scan);
}

void scan_markdown(const Slice& s, Scan& scan) {
  const text::CardParts parts = text::split_card(s.text);
  std::size_t i = static_cast<std::size_t>(parts.body.data() - s.text.data());
  if (parts.has_front_matter) {
    const Slice yaml = s.part(static_cast<std::size_t>(parts.yaml.data() - s.text.data()), parts.yaml.size());
    scan_urls_in_lines(yaml, scan);
    scan_yaml(yaml, scan);
  }
  std::size_t prose = i;
  while (i < s.text.size()) {
    const std::size_t end = std::min(s.text.find('\n', i), s.text.size());
    const std::size_t first = std::min(s.text.find_first_not_of(" \t>", i), end);
    const std::string_view fence = s.text.substr(first, 3);
    if (first >= end || (fence != "```" && fence != "~~~")) {
      i = end + 1;
      continue;
    }
    prose_of(s.part(prose, i - prose, 1), scan);
    std::size_t word = std::min(s.text.find_first_not_of("`~{. ", first), end);
    std::size_t word_end = word;
    while (word_end < end && std::string_view(" \t\r,}:{").find(s.text[word_end]) == std::string_view::npos)
      ++word_end;
    std::size_t close = std::min(end + 1, s.text.size());
    std::size_t behind = s.text.size();
    std::size_t content_end = s.text.size();
    for (std::size_t line = close; line < s.text.size();) {
      const std::size_t line_end = std::min(s.text.find('\n', line), s.text.size());
      const std::size_t at = std::min(s.text.find_first_not_of(" \t>", line), line_end);
      if (at < line_end && s.text.substr(at, 3) == fence) {
        content_end = line;
        behind = std::min(line_end + 1, s.text.size());
        break;
      }
      line = line_end + 1;
    }
    fenced(s.text.substr(word, word_end - word), s.part(close, content_end - std::min(close, content_end), 1),
           scan);
    i = prose = behind;
  }
  if (prose < s.text.size()) prose_of(s.part(prose, s.text.size() - prose, 1), scan);
}

}  // namespace howopen::scan
