// Tables of text that fit a terminal.
//
//   model                verdict       license        …/DeepSeek-R1
//   …/DeepSeek-R1        Open Weights  MIT              verdict  Open Weights
//                                                       license  MIT

#include "report/table.h"

#include <algorithm>

#include "text/utf8.h"

namespace howopen::report {
namespace {

using text::display_width;
using Rows = std::vector<std::vector<TableCell>>;

constexpr int kGap = 2;
constexpr int kLeast = 16;  // columns of a name that is broken

int longest_word(const std::string& s) {
  int most = 0;
  for (std::size_t at = 0; at < s.size();) {
    const std::size_t end = std::min(s.find(' ', at), s.size());
    most = std::max(most, display_width(std::string_view(s).substr(at, end - at)));
    at = end + 1;
  }
  return most;
}

std::vector<int> natural(const std::vector<Column>& columns, const Rows& rows) {
  std::vector<int> out;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    int w = display_width(columns[c].head);
    for (const auto& row : rows) w = std::max(w, display_width(row[c].text));
    out.push_back(w);
  }
  return out;
}

int total(const std::vector<int>& widths) {
  int out = 0;
  for (const int w : widths) out += w;
  return out + kGap * static_cast<int>(widths.size() - 1);
}

// The longest piece of a name that is not broken.
int longest_part(std::string_view s) {
  int most = 0;
  for (std::size_t at = 0; at < s.size();) {
    const std::size_t end = std::min(s.find_first_of("/-._", at), s.size() - 1);
    most = std::max(most, display_width(s.substr(at, end + 1 - at)));
    at = end + 1;
  }
  return most;
}

// What may give way: words first, then names between their parts, at last what says by itself what it is.
enum class Giving { words, names, all };

// Takes what is too much from columns that give way, the last first; whether that was enough.
bool squeezed(const std::vector<Column>& columns, const Rows& rows, int width, Giving giving,
              std::vector<int>& widths) {
  int over = total(widths) - width;
  for (std::size_t i = columns.size(); i > 0 && over > 0; --i) {
    const std::size_t c = i - 1;
    const bool breaks = columns[c].is_name && giving != Giving::words;
    const bool wraps = columns[c].wraps && (!columns[c].plain || giving == Giving::all);
    if (!wraps && !breaks) continue;
    int least = columns[c].is_name ? kLeast : longest_word(columns[c].head);
    for (const auto& row : rows)
      least = std::max(least, breaks ? longest_part(row[c].text) : longest_word(row[c].text));
    const int taken = std::min(std::max(widths[c] - least, 0), over);
    widths[c] -= taken;
    over -= taken;
  }
  return over <= 0;
}

std::string painted(const TableCell& cell, std::string_view line, const Style& style) {
  std::string out(line);
  if (!cell.painted.empty() && line == cell.text)
    out = cell.painted;
  else
    out = paint(line, cell.color, style);
  return link(out, cell.url, style);
}

std::string row_lines(const std::vector<TableCell>& row, const std::vector<int>& widths,
                      const std::vector<Column>& columns, const Style& style) {
  std::vector<std::vector<std::string>> cells;
  std::size_t height = 1;
  for (std::size_t c = 0; c < row.size(); ++c) {
    cells.push_back(columns[c].wraps || display_width(row[c].text) > widths[c] ? wrap(row[c].text, widths[c])
                                                                               : std::vector{row[c].text});
    height = std::max(height, cells.back().size());
  }
  std::string out;
  for (std::size_t i = 0; i < height; ++i) {
    std::string line;
    int behind = 0;  // blanks that are due before the next cell
    for (std::size_t c = 0; c < row.size(); ++c) {
      const std::string text = i < cells[c].size() ? cells[c][i] : std::string();
      if (!text.empty()) {
        line.append(static_cast<std::size_t>(behind), ' ');
        line += painted(row[c], text, style);
        behind = 0;
      }
      behind += widths[c] - display_width(text) + kGap;
    }
    out += line + "\n";
  }
  return out;
}

// A row as lines of its own: its name, then what says by itself what it is, then the others with their heads.
std::string stacked(const std::vector<Column>& columns, const Rows& rows, const Style& style) {
  std::string out;
  int head = 0;
  for (const Column& c : columns) {
    if (!c.plain && !c.is_name) head = std::max(head, display_width(c.head));
  }
  for (const auto& row : rows) {
    std::string plain;
    std::string rest;
    int used = 0;
    for (std::size_t c = 0; c < row.size(); ++c) {
      const TableCell& cell = row[c];
      if (cell.text.empty()) continue;
      if (columns[c].is_name) {
        const std::string name =
            display_width(cell.text) > style.width ? short_id(cell.text, style) : cell.text;
        for (const std::string& line : wrap(name, style.width)) out += painted(cell, line, style) + "\n";
      } else if (columns[c].plain) {
        const int w = display_width(cell.text);
        if (used > 0 && used + kGap + w > style.width) plain += '\n', used = 0;
        if (w + kGap > style.width) {
          plain += labeled("", cell.text, kGap, style);
          used = 0;
          continue;
        }
        plain += "  " + painted(cell, cell.text, style);
        used += kGap + w;
      } else {
        rest += labeled("  " + columns[c].head, cell.text, head + 4, style);
      }
    }
    if (!plain.empty() && plain.back() != '\n') plain += '\n';
    out += plain + rest;
  }
  return out;
}

}  // namespace

std::string short_id(std::string_view id, const Style& style) {
  const std::size_t slash = id.find('/');
  if (slash == std::string_view::npos || slash + 1 == id.size()) return std::string(id);
  return (style.unicode ? "…/" : ".../") + std::string(id.substr(slash + 1));
}

std::string table_text(const std::vector<Column>& columns, const Rows& given, const Style& style) {
  Rows rows = given;
  std::vector<int> widths = natural(columns, rows);
  std::vector<Column> fixed = columns;
  if (!style.terminal) {
    for (Column& c : fixed) c.wraps = false;
  } else if (total(widths) > style.width) {
    const auto fits = [&](Giving giving) {
      std::vector<int> tried = widths;
      if (!squeezed(columns, rows, style.width, giving, tried)) return false;
      widths = std::move(tried);
      return true;
    };
    if (!fits(Giving::words)) {
      for (std::size_t c = 0; c < columns.size(); ++c) {
        if (!columns[c].is_name) continue;
        for (auto& row : rows) row[c].text = short_id(row[c].text, style);
      }
      widths = natural(columns, rows);
      if (!fits(Giving::words) && !fits(Giving::names) && !fits(Giving::all))
        return stacked(columns, given, style);
    }
  }
  std::vector<TableCell> heads;
  for (const Column& c : columns) heads.push_back({c.head, {}, Color::bold});
  std::string out = row_lines(heads, widths, fixed, style);
  for (const auto& row : rows) out += row_lines(row, widths, fixed, style);
  return out;
}

}  // namespace howopen::report
