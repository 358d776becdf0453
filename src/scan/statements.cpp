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

std::string_view property(const Code& code, std::uint32_t equals) {
  constexpr std::uint32_t kLongestBody = 12;
  if (equals < 4 || !code.is_mark(equals - 1, "}")) return {};
  bool gets = false;
  for (std::uint32_t k = equals - 1; k-- > 1 && equals - k < kLongestBody;) {
    gets = gets || code.text(k) == "get";
    if (code.is_mark(k, "{")) return gets && code.is_word(k - 1) ? code.text(k - 1) : std::string_view();
  }
  return {};
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

bool begins_choice(std::string_view next) {
  return !next.empty() && !is_one_of(next, {":", "=", ")", ",", ";", ".", ">", "}", "]", "|", "?"});
}

Body body_of(const Code& code, const Body& around, std::uint32_t brace) {
  constexpr std::uint32_t kLongestHeader = 40;
  for (std::uint32_t k = brace; k-- > 0 && brace - k <= kLongestHeader;) {
    const std::string_view w = code.text(k);
    if (!code.is_word(k)) {
      if (code.is_mark(k, "{") || code.is_mark(k, "}") || code.is_mark(k, ";")) break;
      continue;
    }
    const bool enumeration = w == "enum";
    const bool type = w == "class" || w == "struct";
    if (!enumeration && !type && !is_one_of(w, {"fun", "func", "fn", "function", "def", "object"})) continue;
    if (type && k > 0 && code.text(k - 1) == "enum") continue;
    const std::uint32_t name = k + (is_one_of(code.text(k + 1), {"class", "case"}) ? 2 : 1);
    const bool models = code.is_word(name) && code.kind(code.text(name)).strength > 0;
    if (enumeration) return {Body::Kind::enumeration, models};
    if (type) return {Body::Kind::other, models};
    // A function of an object that picks models picks one.
    return {Body::Kind::function, models || (around.models && around.kind == Body::Kind::function)};
  }
  return around;
}

bool is_attribute(const Code& code, std::uint32_t equals) {
  constexpr std::uint32_t kLongestTag = 60;
  if (code.syntax != Syntax::javascript || equals == 0 || !code.is_word(equals - 1) ||
      !code.is_string(equals + 1))
    return false;
  const Token& name = code.tokens[equals - 1];
  const Token& mark = code.tokens[equals];
  if (name.at + name.size != mark.at || mark.at + 2 != code.tokens[equals + 1].at) return false;
  for (std::uint32_t k = equals - 1; k-- > 0 && equals - k < kLongestTag;) {
    if (code.is_mark(k, ";")) return false;
    if (code.is_mark(k, "<")) return code.is_word(k + 1) && code.tokens[k].at + 1 == code.tokens[k + 1].at;
  }
  return false;
}

bool enumerates_models(const Code& code, std::uint32_t i) {
  if (code.text(i) != "class" || !code.is_word(i + 1) || !code.is_mark(i + 2, "(")) return false;
  if (code.kind(code.text(i + 1)).strength == 0) return false;
  for (std::uint32_t k = i + 3; k < i + 12 && !code.is_mark(k, ")"); ++k) {
    if (code.is_word(k) && code.text(k).ends_with("Enum")) return true;
  }
  return false;
}

bool stands_alone(const Code& code, Range r) {
  return (r.count == 1 && code.is_string(r.first)) ||
         (r.count == 2 && code.text(r.first) == "return" && code.is_string(r.first + 1));
}

std::string_view fallback_key(const Code& code, Range r) {
  if (r.count < 3 || r.count > 24 || !code.is_string(r.first + r.count - 1)) return {};
  bool otherwise = false;
  std::string_view key;
  for (std::uint32_t i = r.first; i + 1 < r.first + r.count; ++i) {
    const std::string_view w = code.text(i);
    const bool mark = !code.is_string(i) && !code.is_word(i);
    otherwise = otherwise || (mark && is_one_of(w, {"??", "||", "?:", "//"})) ||
                (mark && w == ":" && code.is_mark(i - 1, "?")) ||
                (code.is_word(i) && is_one_of(w, {"or", "defaultValue"}));
    if (mark || w.size() >= 60) continue;
    if (code.kind(w).other) return {};
    if (code.kind(w).strength > 0) key = w;
  }
  return otherwise ? key : std::string_view();
}

std::optional<SectionHead> section_head(const Code& code, std::uint32_t i) {
  constexpr int kMostParts = 16;
  if (!code.is_mark(i, "[")) return std::nullopt;
  std::uint32_t k = i + (code.is_mark(i + 1, "[") ? 2 : 1);
  std::string_view name;
  for (int n = 0; n < kMostParts; ++n, ++k) {
    if (!code.is_word(k) && !code.is_string(k)) return std::nullopt;
    if (name.empty() || !code.kind(name).other) name = code.text(k);
    if (!code.is_mark(++k, ".")) break;
  }
  if (!code.is_mark(k, "]")) return std::nullopt;
  if (code.is_mark(k + 1, "]")) ++k;
  if (k + 1 < code.tokens.size() && !code.tokens[k + 1].line) return std::nullopt;
  return SectionHead{name, k};
}

}  // namespace howopen::scan
