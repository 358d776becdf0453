// Notebooks: cells of code as one program, cells of Markdown as documents, cells that write a file as that
// file.
//
//   {"cells": [{"cell_type": "code", "source": ["!vllm serve a/b\n"]}]}  ->  a command
//   "%%writefile x.yaml\nmodel_id: a/b"                                  ->  YAML

#include <algorithm>

#include "scan/parts.h"
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

constexpr std::size_t kMostOfCells = 4u << 20;
constexpr std::size_t kDeepest = 100;

// The cells of a notebook, one after the other. Nearly all of a large one are pictures, which are passed over
// without being kept.
class Notebook {
 public:
  Notebook(const Slice& s, Scan& scan) : s_(s), text_(s.text), scan_(scan) {}

  void run() {
    std::size_t i = 0;
    while ((i = text_.find_first_of("{}\"", i)) != std::string_view::npos) {
      if (text_[i] == '{') {
        if (objects_.size() < kDeepest)
          objects_.emplace_back();
        else
          ++too_deep_;
      } else if (text_[i] == '}') {
        close();
      } else {
        i = member(i);
        continue;
      }
      ++i;
    }
    if (too_deep_ > 0) scan_.sink.cut("objects within objects deeper than they are read");
    while (!objects_.empty()) close();
    scan_urls(cells_.shell.slice(s_.down), scan_);
    scan_shell(cells_.shell.slice(s_.down), scan_);
    scan_code(cells_.program.slice(s_.down), Syntax::python, scan_);
  }

 private:
  struct Object {
    std::string_view type;  // "" until it says
    std::vector<Mapped> sources;
  };

  std::size_t behind_blanks(std::size_t i) const {
    return std::min(text_.find_first_not_of(" \t\r\n", i), text_.size());
  }
  // The end of the string that begins behind the quote at `at`: its closing quote, or the end of the text.
  std::size_t end_of_string(std::size_t at) const {
    for (++at; (at = text_.find_first_of("\"\\", at)) != std::string_view::npos; at += 2) {
      if (text_[at] == '"') return at;
    }
    return text_.size();
  }

  // A key with its value, or a string alone; behind what was read.
  std::size_t member(std::size_t at) {
    const std::size_t end = end_of_string(at);
    const std::string_view key = text_.substr(at + 1, end - std::min(end, at + 1));
    const std::size_t colon = behind_blanks(end + 1);
    if (colon >= text_.size() || text_[colon] != ':' || objects_.empty()) return end + 1;
    std::size_t value = behind_blanks(colon + 1);
    if (value >= text_.size()) return value;
    if (key == "cell_type" && text_[value] == '"') {
      const std::size_t last = end_of_string(value);
      objects_.back().type = text_.substr(value + 1, last - std::min(last, value + 1));
      return last + 1;
    }
    if (key != "source" && key != "input") return colon + 1;
    Mapped cell;
    if (text_[value] == '"') {
      value = line(value, cell);
    } else if (text_[value] == '[') {
      for (++value; (value = behind_blanks(value)) < text_.size() && text_[value] != ']';)
        value = text_[value] == '"' ? line(value, cell) : value + 1;
    } else {
      return colon + 1;
    }
    if (!cell.text.empty()) objects_.back().sources.push_back(std::move(cell));
    return value;
  }

  std::size_t line(std::size_t at, Mapped& cell) {
    const std::size_t end = end_of_string(at);
    const Slice piece = s_.part(at + 1, end - std::min(end, at + 1));
    if (bytes_ + piece.text.size() > kMostOfCells)
      scan_.sink.cut("more than 4 MiB of cells: the rest is left out");
    else
      unescape(piece, cell);
    bytes_ += piece.text.size();
    return end + 1;
  }

  void close() {
    if (too_deep_ > 0 || objects_.empty()) {
      too_deep_ -= too_deep_ > 0 ? 1 : 0;
      return;
    }
    const Object object = std::move(objects_.back());
    objects_.pop_back();
    for (const Mapped& cell : object.sources) {
      const Slice source = cell.slice(s_.down);
      // What does not say what it is may be both.
      if (object.type != "code" && object.type != "raw") scan_markdown(source, scan_);
      if (object.type != "markdown") add_code(source, cells_, scan_);
    }
  }

  const Slice& s_;
  std::string_view text_;
  Scan& scan_;
  std::vector<Object> objects_;
  std::size_t too_deep_ = 0;
  std::size_t bytes_ = 0;
  Cells cells_;
};

}  // namespace

void scan_notebook(const Slice& s, Scan& scan) {
  Notebook(s, scan).run();
}

}  // namespace howopen::scan
