// Borders of statements, of which languages have their own ideas.
//
//   if big:            ->  a header: its colon is no key
//   x := load() \n f() ->  two statements, as Go puts in its semicolons
//   param model string ->  the name is model, not string

#include "scan/statements.h"

namespace howopen::scan {

bool is_header(const Code& code, std::uint32_t i) {
  const std::string_view w = code.text(i);
  if (!code.is_word(i)) return false;
  if (is_one_of(w, {"if", "elif", "else", "for", "while", "with", "try", "except", "finally", "def", "class",
                    "async"}))
    return true;
  // `match` and `case` are names as well.
  return (w == "match" || w == "case") &&
         !is_one_of(code.text(i + 1), {"=", ".", ":", ",", ")", "]", "==", ":=", "+", "|"});
}

bool line_ends(const Code& code, std::uint32_t first, std::uint32_t i) {
  // As Go puts in its semicolons, which is right for most: a line that ends with a name or a closing bracket
  // is done, unless the next begins with an operator.
  std::uint32_t last = i - 1;
  while (last > first && code.tokens[last].kind == Token::Kind::comment) --last;
  const bool done = code.is_string(last) || code.is_word(last) || code.is_mark(last, ")") ||
                    code.is_mark(last, "]") || code.is_mark(last, "}");
  if (!done ||
      is_one_of(code.text(last), {"return", "case", "in", "of", "else", "await", "new", "or", "and"}))
    return false;
  return code.is_word(i) || code.is_string(i) || is_one_of(code.text(i), {"@", "#", "[", "}"});
}

std::string_view target(const Code& code, std::uint32_t first, std::uint32_t end) {
  while (end > first && code.tokens[end - 1].kind == Token::Kind::comment) --end;
  if (end <= first) return {};
  std::uint32_t last = end - 1;
  // ENV["MODEL"] ||=, x ??=, +=
  if (last > first && is_one_of(code.text(last), {"||", "??", "+", ":"}) && !code.is_string(last)) --last;
  if (code.is_mark(last, "]") && last >= first + 1) --last;  // cfg["model"] =, [Key.X]:
  if (code.is_mark(last, "?") && last > first) --last;
  if (!code.is_word(last) && !code.is_string(last)) return {};
  const std::string_view name = code.text(last);
  // `param model string =` of Bicep, `var model string =` of Go, `Dim model As String =` have the type
  // behind.
  if (end - first >= 3 && code.is_word(first) && code.is_word(first + 1) && code.is_word(first + 2) &&
      is_one_of(code.text(first), {"param", "var", "let", "const", "val", "Dim", "Const", "output"}) &&
      code.kind(name).strength == 0)
    return code.text(first + 1);
  return name;
}

bool has_string(const Code& code, std::uint32_t from, std::uint32_t to) {
  for (std::uint32_t i = from; i < to; ++i) {
    if (code.is_string(i)) return true;
  }
  return false;
}

bool has_word(const Code& code, std::uint32_t from, std::uint32_t to, std::string_view word) {
  for (std::uint32_t i = from; i < to && i < from + 64; ++i) {
    if (code.is_word(i) && code.text(i) == word) return true;
  }
  return false;
}

}  // namespace howopen::scan
