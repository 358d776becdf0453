// Letters of an id that are written by their numbers: `acme\/foo-7b`, `acme\u002ffoo-7b`. Whoever loads the
// file undoes that, so it is undone before a file is read. Other escapes stay: no id holds what they stand
// for.

#include <algorithm>
#include <optional>

#include "scan/parts.h"
#include "text/ascii.h"

namespace howopen::scan {
namespace {

bool of_an_id(char c) {
  return text::is_alnum(c) || c == '/' || c == '-' || c == '_' || c == '.' || c == ':';
}

int digit(char c) {
  if (text::is_digit(c)) return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

struct Escape {
  char letter = 0;
  std::size_t size = 0;
};

// The escape behind a backslash at `i`, where it stands for a letter of an id.
std::optional<Escape> escape_at(std::string_view s, std::size_t i, bool slashes) {
  if (i + 1 >= s.size()) return std::nullopt;
  const char e = s[i + 1];
  // "acme/\ and the rest in the next line, within quotes of YAML
  if (e == '\n' && slashes && i > 0 && of_an_id(s[i - 1])) {
    const std::size_t line = s.rfind('\n', i) == std::string_view::npos ? 0 : s.rfind('\n', i) + 1;
    const std::string_view before = s.substr(line, i - line);
    const std::size_t next = std::min(s.find_first_not_of(" \t", i + 2), s.size());
    if (before.size() < 400 && std::count(before.begin(), before.end(), '"') % 2 == 1 && next < s.size() &&
        of_an_id(s[next]))
      return Escape{s[next], next + 1 - i};
  }
  if (e == '/' && slashes) return Escape{'/', 2};
  std::size_t from = i + 2;
  std::size_t count = e == 'x' ? 2 : e == 'u' ? 4 : e == 'U' ? 8 : 0;
  const bool braces = e == 'u' && from < s.size() && s[from] == '{';
  if (braces) {
    ++from;
    count = std::min(s.find('}', from), s.size()) - from;
  }
  if (count == 0 || count > 8 || from + count > s.size()) return std::nullopt;
  unsigned value = 0;
  for (std::size_t k = from; k < from + count; ++k) {
    const int d = digit(s[k]);
    if (d < 0) return std::nullopt;
    value = value * 16 + static_cast<unsigned>(d);
  }
  if (value >= 0x80 || !of_an_id(static_cast<char>(value))) return std::nullopt;
  return Escape{static_cast<char>(value), from + count + (braces ? 1 : 0) - i};
}

// `&#47;` at `i`, where it stands for a letter of an id.
std::optional<Escape> reference_at(std::string_view s, std::size_t i) {
  struct Named {
    std::string_view name;
    char letter;
  };
  constexpr Named kNamed[] = {
      {"sol;", '/'}, {"period;", '.'}, {"lowbar;", '_'}, {"UnderBar;", '_'}, {"colon;", ':'}};
  const std::string_view rest = s.substr(i + 1, 12);
  for (const Named& n : kNamed)
    if (rest.starts_with(n.name)) return Escape{n.letter, 1 + n.name.size()};
  if (!rest.starts_with('#')) return std::nullopt;
  const bool hex = rest.size() > 1 && (rest[1] | 0x20) == 'x';
  unsigned value = 0;
  std::size_t k = hex ? 2 : 1;
  const std::size_t first = k;
  for (; k < rest.size() && rest[k] != ';'; ++k) {
    const int d = digit(rest[k]);
    if (d < 0 || (!hex && d > 9) || value >= 0x80) return std::nullopt;
    value = value * (hex ? 16 : 10) + static_cast<unsigned>(d);
  }
  if (k == first || k == rest.size() || value >= 0x80 || !of_an_id(static_cast<char>(value)))
    return std::nullopt;
  return Escape{static_cast<char>(value), k + 2};
}

}  // namespace

bool undo_references(std::string_view bytes, Mapped& out) {
  std::size_t i = bytes.find('&');
  while (i < bytes.size() && !reference_at(bytes, i)) i = bytes.find('&', i + 1);
  if (i >= bytes.size()) return false;
  out.text.reserve(bytes.size());
  out.map.reserve(bytes.size());
  for (i = 0; i < bytes.size();) {
    const auto e = bytes[i] == '&' ? reference_at(bytes, i) : std::nullopt;
    out.add(e ? e->letter : bytes[i], i);
    i += e ? e->size : 1;
  }
  return true;
}

bool undo_escapes(std::string_view bytes, bool slashes, Mapped& out) {
  bool any = false;
  for (std::size_t i = bytes.find('\\'); i != std::string_view::npos && !any; i = bytes.find('\\', i)) {
    any = escape_at(bytes, i, slashes).has_value();
    i += i + 1 < bytes.size() && bytes[i + 1] == '\\' ? 2 : 1;  // `\\x2f` is a backslash and three letters
  }
  if (!any) return false;
  out.text.reserve(bytes.size());
  out.map.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size();) {
    if (bytes[i] == '\\') {
      if (const auto e = escape_at(bytes, i, slashes)) {
        out.add(e->letter, i);
        i += e->size;
        continue;
      }
      out.add(bytes[i], i);
      if (++i == bytes.size()) break;
    }
    out.add(bytes[i], i);
    ++i;
  }
  return true;
}

}  // namespace howopen::scan
