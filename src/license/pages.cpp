// Lines that a printer puts between the lines of a text.
//
//   "Page 3 of 9", "- 3 -", "Acme License | 3" on each page  ->  blanks

#include "license/pages.h"

#include <algorithm>
#include <map>
#include <vector>

#include "reading/tokens.h"
#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen::license {
namespace {

constexpr std::size_t kLongestLine = 100;
constexpr int kPages = 3;

// The line in lower case, with a sign for each number.
std::string shape_of(std::string_view line) {
  std::string out;
  for (const char c : text::lower(line)) {
    if (!text::is_digit(c))
      out += c;
    else if (out.empty() || out.back() != '\x01')
      out += '\x01';
  }
  return out;
}

bool number_of_a_page(std::string_view shape) {
  while (!shape.empty() && std::string_view("-–—[(|").find(shape.front()) != std::string_view::npos)
    shape = text::trim(shape.substr(1));
  while (!shape.empty() && std::string_view("-–—])|.").find(shape.back()) != std::string_view::npos)
    shape = text::trim(shape.substr(0, shape.size() - 1));
  for (const std::string_view known :
       {"page \x01", "page \x01 of \x01", "page \x01/\x01", "\x01 of \x01", "p. \x01", "seite \x01",
        "seite \x01 von \x01", "\x01/\x01", "\x01 / \x01"}) {
    if (shape == known) return true;
  }
  return false;
}

}  // namespace

std::string without_pages(std::string_view text, const reading::Lexicon& lexicon) {
  struct Line {
    std::size_t at;
    std::size_t size;
  };
  std::map<std::string, std::vector<Line>> titles;
  std::vector<Line> gone;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text::trim(text.substr(at, end - at));
    if (!line.empty() && line.size() <= kLongestLine &&
        std::any_of(line.begin(), line.end(), [](char c) { return text::is_digit(c); })) {
      const std::string shape = shape_of(line);
      if (number_of_a_page(shape))
        gone.push_back({at, end - at});
      else
        titles[shape].push_back({at, end - at});
    }
    at = end + 1;
  }
  for (const auto& [shape, lines] : titles) {
    if (lines.size() < kPages) continue;
    const std::vector<reading::Token> words =
        reading::tokens(text.substr(lines.front().at, lines.front().size));
    const bool plain = std::none_of(words.begin(), words.end(),
                                    [&](const reading::Token& t) { return !lexicon.of_a_heading(t.word); });
    if (plain) gone.insert(gone.end(), lines.begin(), lines.end());
  }
  if (gone.empty()) return {};
  std::string out(text);
  for (const Line& l : gone) std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(l.at), l.size, ' ');
  return out;
}

}  // namespace howopen::license
