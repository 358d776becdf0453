// Notebooks: cells of code as one program, cells of Markdown as documents, cells that write a file as that
// file.
//
//   {"cells": [{"cell_type": "code", "source": ["!vllm serve a/b\n"]}]}  ->  a command
//   "%%writefile x.yaml\nmodel_id: a/b"                                  ->  YAML

#include <algorithm>

#include "scan/parts.h"
#include "scan/tokens.h"
#include "text/utf8.h"

namespace howopen::scan {
namespace {

// Cells share their variables, so all code is read as one program, with a form feed behind each cell, where
// nothing goes on; lines for the shell are taken out.
struct Cells {
  Mapped program;
  Mapped shell;
};

void add_code(const Slice& cell, Cells& cells, Scan& scan) {
  const std::size_t start = cell.text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return;
  const std::string_view text = cell.text.substr(start);
  if (text.starts_with("%%")) {
    const std::size_t line = std::min(text.find('\n'), text.size());
    const std::string_view magic = text.substr(2, std::min(text.find_first_of(" \t\r\n"), line) - 2);
    const Slice rest = cell.part(start + line, text.size() - line);
    if (magic == "writefile" || magic == "file") {
      // %%writefile -a NAME: the cell is the file of that name.
      std::string_view name = text::trim(text.substr(2 + magic.size(), line - 2 - magic.size()));
      name =
          name.substr(name.find_last_of(" \t") == std::string_view::npos ? 0 : name.find_last_of(" \t") + 1);
      return scan_as(name, rest, scan);
    }
    if (magic == "html" || magic == "HTML" || magic == "markdown" || magic == "latex")
      return scan_fenced(magic == "latex" ? "" : "html", rest, scan);
    if (magic == "javascript" || magic == "js") return scan_fenced("js", rest, scan);
    if (magic == "bash" || magic == "sh" || magic == "script" || magic == "cmd" || magic == "system" ||
        magic == "!") {
      scan_urls(cell, scan);
      scan_shell(cell, scan);
      return;
    }
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
  cells.program.add('\f', cell.place(cell.text.size() - 1));
  cells.program.add('\n', cell.place(cell.text.size() - 1));
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
      scan_markdown(cell.slice(s.down), scan);
    else if (type == "code")
      add_code(cell.slice(s.down), cells, scan);
    i = end;
  }
  scan_urls(cells.shell.slice(s.down), scan);
  scan_shell(cells.shell.slice(s.down), scan);
  scan_code(cells.program.slice(s.down), Syntax::python, scan);
}

}  // namespace howopen::scan
