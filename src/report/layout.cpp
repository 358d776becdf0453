// Text in columns. Widths are those of a terminal: two columns for East Asian letters.
//
//   wrap("weights and code under MIT", 16)  ->  "weights and code", "under MIT"

#include "report/layout.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/ascii.h"
#include "text/log_commands.h"
#include "text/utf8.h"

namespace howopen::report {

std::string_view entity(std::uint32_t character) {
  switch (character) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    default:
      return {};
  }
}

using text::display_width;

std::string paint(std::string_view s, Color color, const Style& style) {
  if (!style.color || color == Color::none) return std::string(s);
  const char* code = "";
  switch (color) {
    case Color::none:
      break;
    case Color::bold:
      code = "1";
      break;
    case Color::dim:
      code = "2";
      break;
    case Color::green:
      code = "32";
      break;
    case Color::yellow:
      code = "33";
      break;
    case Color::red:
      code = "31";
      break;
  }
  return fmt::format("\x1b[{}m{}\x1b[0m", code, s);
}

std::string link(std::string_view s, std::string_view url, const Style& style) {
  // An address that somebody wrote into a card leads where they like: what stands behind words is at the Hub
  // or at GitHub, others are shown as they are.
  const bool trusted = url.starts_with("https://huggingface.co/") || url.starts_with("https://github.com/");
  const bool plain = std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 127; });
  constexpr std::size_t kLongest = 2000;
  if (!style.links || !trusted || !plain || url.size() > kLongest || s.empty()) return std::string(s);
  return fmt::format("\x1b]8;;{}\x1b\\{}\x1b]8;;\x1b\\", url, s);
}

namespace {

// Bytes of a word's beginning that go on a line with so much room: up to a sign between its parts where there
// is one, so that a name is not broken within a word of it.
std::size_t beginning(std::string_view word, int room) {
  std::size_t bytes = 0;
  std::size_t between = 0;
  int columns = 0;
  for (std::string_view head = word; !head.empty();) {
    const std::string_view one = text::next_utf8(head);
    const std::size_t n = std::max<std::size_t>(one.size(), 1);
    const int w = display_width(head.substr(0, n));
    if (columns + w > room) break;
    columns += w;
    bytes += n;
    if (std::string_view("/-._,:;|").find(head[0]) != std::string_view::npos) between = bytes;
    head.remove_prefix(n);
  }
  return between > 0 ? between : bytes;
}

bool is_address(std::string_view word) {
  return word.starts_with("https://") || word.starts_with("http://");
}

}  // namespace

std::vector<std::string> wrap(std::string_view s, int width) {
  width = std::max(width, 8);
  std::vector<std::string> lines;
  std::string line;
  int used = 0;
  while (!s.empty()) {
    const std::size_t blank = s.find(' ');
    std::string_view word = s.substr(0, blank);
    s.remove_prefix(blank == std::string_view::npos ? s.size() : blank + 1);
    if (word.empty()) continue;
    int wide = display_width(word);
    if (used > 0 && used + 1 + wide > width) {
      lines.push_back(std::move(line));
      line.clear();
      used = 0;
    }
    if (used > 0) {
      line += ' ';
      ++used;
    }
    while (wide > width && !is_address(word)) {  // a word that fits on no line
      const std::size_t bytes = std::max<std::size_t>(beginning(word, width - used), used > 0 ? 0 : 1);
      line += word.substr(0, bytes);
      word.remove_prefix(bytes);
      lines.push_back(std::move(line));
      line.clear();
      used = 0;
      wide = display_width(word);
    }
    line += word;
    used += wide;
  }
  if (!line.empty() || lines.empty()) lines.push_back(std::move(line));
  return lines;
}

std::string pad(std::string_view s, int width) {
  std::string out(s);
  const int missing = width - display_width(s);
  if (missing > 0) out.append(static_cast<std::size_t>(missing), ' ');
  return out;
}

std::string cut(std::string_view s, int width, const Style& style) {
  if (display_width(s) <= width) return std::string(s);
  const std::string_view ellipsis = style.unicode ? "…" : "...";
  const int room = std::max(0, width - display_width(ellipsis));
  std::string out;
  int used = 0;
  while (!s.empty()) {
    const std::string_view one = text::next_utf8(s);
    const std::size_t n = std::max<std::size_t>(one.size(), 1);
    const int w = display_width(s.substr(0, n));
    if (used + w > room) break;
    out += s.substr(0, n);
    used += w;
    s.remove_prefix(n);
  }
  return out + std::string(ellipsis);
}

std::string cut_middle(std::string_view s, int width, const Style& style) {
  if (display_width(s) <= width) return std::string(s);
  // Names of models are ASCII: bytes are columns.
  const std::string_view ellipsis = style.unicode ? "…" : "...";
  const auto room = static_cast<std::size_t>(std::max(2, width - display_width(ellipsis)));
  const std::size_t head = room / 3;
  return fmt::format("{}{}{}", s.substr(0, head), ellipsis,
                     s.substr(s.size() - std::min(s.size(), room - head)));
}

std::string labeled(std::string_view label, std::string_view s, int indent, const Style& style) {
  std::string out;
  bool first = true;
  for (const std::string& line : wrap(s, std::min(style.width, kWidest) - indent)) {
    out += first ? pad(label, indent) : std::string(static_cast<std::size_t>(indent), ' ');
    out += line;
    out += '\n';
    first = false;
  }
  return out;
}

std::string marks_legend(const Style& style) {
  return labeled("", "W weights, I inference code, T training code, D training data, A API access", 0,
                 style) +
         labeled("",
                 style.unicode ? "✓ available, ◐ partial, ✗ unavailable, ? not known"
                               : "+ available, ~ partial, - unavailable, ? not known",
                 0, style);
}

std::string_view mark(State state, const Style& style) {
  switch (state) {
    case State::available:
      return style.unicode ? "✓" : "+";
    case State::partial:
      return style.unicode ? "◐" : "~";
    case State::unavailable:
      return style.unicode ? "✗" : "-";
    case State::unknown:
      return "?";
  }
  return "?";
}

Color color_of(State state) {
  switch (state) {
    case State::available:
      return Color::green;
    case State::partial:
      return Color::yellow;
    case State::unavailable:
      return Color::red;
    case State::unknown:
      return Color::yellow;
  }
  return Color::none;
}

std::string_view dot(const Style& style) {
  return style.unicode ? " · " : " | ";
}

std::string shown(std::string_view foreign, const Style& style) {
  std::string safe = text::without_log_commands(text::printable(foreign));
  // The log of a GitHub runner obeys lines that begin with `::`, too, behind blanks as well.
  for (std::size_t at = safe.find("::"); at != std::string::npos; at = safe.find("::", at))
    safe.replace(at, 2, ":\\x3a");
  if (style.unicode) return safe;
  std::string out;
  for (std::string_view rest = safe; !rest.empty();) {
    const std::string_view one = text::next_utf8(rest);
    if (one.size() <= 1)
      out += rest[0];
    else if (one == "…")
      out += "...";
    else if (one == "·")
      out += "|";
    else
      out += fmt::format("\\u{{{:x}}}", text::code_point(one));
    rest.remove_prefix(std::max<std::size_t>(one.size(), 1));
  }
  return out;
}

std::string heading(std::string_view id, std::string_view ref, bool closed) {
  // "gpt 4o" is another way to write it.
  const auto letters = [](std::string_view s) {
    std::string out = text::lower(s);
    std::erase_if(out, [](char c) { return !text::is_alnum(c); });
    return out;
  };
  if (!closed || ref.empty() || letters(id) == letters(ref)) return std::string(id);
  return fmt::format("{} ({})", ref, id);
}

std::string heading(const Verdict& v) {
  return heading(v.id, v.ref, v.origin == Origin::catalog);
}

std::string words_of(std::string_view word) {
  std::string out(word);
  std::replace(out.begin(), out.end(), '_', ' ');
  return out == "api access" ? "API access" : out;
}

// What ancestors lack: "training code of org/base".
std::string of_ancestors(const Verdict& v) {
  if (v.ancestors_missing.empty()) return "training code and data of what it was made from";
  std::string out = v.ancestors_missing.front();
  if (v.ancestors_missing.size() > 1) out += fmt::format(", and of {} more", v.ancestors_missing.size() - 1);
  return out;
}

std::vector<std::string> missing_words(const Verdict& v) {
  std::vector<std::string> out;
  for (const std::string& m : v.missing) {
    out.push_back(m == "license"        ? "an open license"
                  : m == "lineage"      ? of_ancestors(v)
                  : m == "data_license" ? "an open license of the training data"
                  : m == "code_license" ? "an open license of the code"
                                        : words_of(std::string_view(m)));
  }
  return out;
}

std::string words_of(Component component) {
  return words_of(word(component));
}

std::string short_places(std::string where) {
  const auto hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  for (std::size_t at = where.find('@'); at != std::string::npos; at = where.find('@', at + 1)) {
    std::size_t end = at + 1;
    while (end < where.size() && hex(where[end])) ++end;
    if (end - at - 1 == 40) where.erase(at + 8, 33);
  }
  return where;
}

}  // namespace howopen::report
