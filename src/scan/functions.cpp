// What a function of the file returns, as if it were a constant: who calls it loads that.
//
//   def small(): return "a/b"           ->  small, "a/b"
//   fun small(): String = "a/b"         ->  small, "a/b"
//   const small = (x) => "a/b"          ->  small, "a/b"

#include "scan/code.h"
#include "scan/statements.h"
#include "scan/words.h"

namespace howopen::scan {
namespace {

constexpr std::uint32_t kFar = 400;  // tokens from the head of a function to what it returns
constexpr std::uint32_t kNowhere = 0xFFFFFFFF;

// The bracket that the one at `close` closes.
std::uint32_t opening(const Code& code, std::uint32_t close, std::string_view open, std::string_view shut) {
  int depth = 0;
  for (std::uint32_t i = close + 1; i-- > 0 && close - i < kFar;) {
    if (code.is_mark(i, shut)) ++depth;
    if (code.is_mark(i, open) && --depth == 0) return i;
  }
  return kNowhere;
}

// The name before the parameters that end at `close`.
std::string_view name_of(const Code& code, std::uint32_t close) {
  const std::uint32_t open = opening(code, close, "(", ")");
  return open != kNowhere && open > 0 && code.is_word(open - 1) ? code.text(open - 1) : std::string_view();
}

// def name(…):
std::string_view function_of_python(const Code& code, std::uint32_t place) {
  for (std::uint32_t i = place; i-- > 0 && place - i < kFar;) {
    if (code.is_word(i) && code.text(i) == "def" && code.is_word(i + 1)) return code.text(i + 1);
  }
  return {};
}

// name(…) [: Type] { … }
std::string_view function_with_braces(const Code& code, std::uint32_t place) {
  constexpr std::uint32_t kLongestType = 8;
  int depth = 0;
  for (std::uint32_t i = place; i-- > 0 && place - i < kFar;) {
    if (code.is_mark(i, "}")) ++depth;
    if (!code.is_mark(i, "{") || depth-- > 0) continue;
    depth = 0;
    for (std::uint32_t k = i; k-- > 0 && i - k < kLongestType;) {
      if (is_one_of(code.text(k), {"{", "}", ";"}) && !code.is_string(k)) break;
      if (code.is_word(k) && is_one_of(code.text(k), {"def", "get"}) && code.is_word(k + 1))
        return code.text(k + 1);
      if (!code.is_mark(k, ")")) continue;
      const std::string_view name = name_of(code, k);
      if (is_one_of(name, {"if", "for", "while", "switch", "catch", "when", "match", "elif"})) break;
      return name;
    }
  }
  return {};
}

// fun name(): String = "a/b", def name = "a/b", name = (x) => "a/b"
std::string_view function_of_expression(const Code& code, std::uint32_t mark) {
  constexpr std::uint32_t kLongestHead = 6;
  if (mark < 2) return {};
  if (code.is_mark(mark, "=>")) {
    std::uint32_t i = mark - 1;
    if (code.is_mark(i, ")")) i = opening(code, i, "(", ")");
    if (i == kNowhere || i < 2 || !code.is_mark(i - 1, "=")) return {};
    return code.is_word(i - 2) ? code.text(i - 2) : std::string_view();
  }
  for (std::uint32_t k = mark; k-- > 1 && mark - k < kLongestHead;) {
    if (code.is_mark(k, ")")) {
      const std::uint32_t open = opening(code, k, "(", ")");
      if (open == kNowhere || open < 2 || !is_one_of(code.text(open - 2), {"fun", "def"})) return {};
      return code.text(open - 1);
    }
    if (!code.is_word(k) && !code.is_mark(k, ":")) return {};
    if (code.text(k) == "def") return code.text(k + 1);
  }
  return {};
}

// NAME = getenv("X", "a/b"), NAME = x.y ?? "a/b": what it comes to when nobody says anything.
std::string_view name_with_fallback(const Code& code, std::uint32_t i) {
  constexpr std::uint32_t kLongest = 24;
  const bool otherwise = is_one_of(code.text(i - 1), {"||", "??", "or", "//"}) && !code.is_string(i - 1);
  if (!otherwise) {
    if (!code.is_mark(i - 1, ",") || !code.is_mark(i + 1, ")")) return {};
    const std::uint32_t open = opening(code, i + 1, "(", ")");
    if (open == kNowhere || open == 0 || !words().fallback_calls.has(code.text(open - 1))) return {};
  }
  for (std::uint32_t k = i; k-- > 1 && i - k < kLongest;) {
    if (code.tokens[k + 1].line && k + 1 != i && !code.is_mark(k, ".") && !code.is_mark(k, "(")) return {};
    if (code.is_mark(k, "=") || code.is_mark(k, ":=")) {
      const std::uint32_t name = k >= 3 && code.is_mark(k - 2, ":") ? k - 3 : k - 1;  // NAME: str =
      return code.is_word(name) ? code.text(name) : std::string_view();
    }
    if (is_one_of(code.text(k), {";", "{", "}"}) && !code.is_string(k)) return {};
  }
  return {};
}

}  // namespace

void find_results(Code& code) {
  constexpr std::size_t kMostResults = 8;
  const bool python = code.syntax == Syntax::python;
  for (std::uint32_t i = 2; i < code.tokens.size(); ++i) {
    if (!code.is_string(i) || code.tokens[i].formatted) continue;
    std::string_view name;
    const bool last = code.is_mark(i - 1, "{") && code.is_mark(i + 1, "}");
    if (code.is_word(i - 1) && code.text(i - 1) == "return")
      name = python ? function_of_python(code, i) : function_with_braces(code, i);
    else if (!python && last)
      name = function_with_braces(code, i);
    else if (!python && (code.is_mark(i - 1, "=>") || code.is_mark(i - 1, "=")))
      name = function_of_expression(code, i - 1);
    if (name.empty()) name = name_with_fallback(code, i);
    if (name.size() < 3 || !may_name_model(code.text(i))) continue;
    auto& values = code.constants[name];
    if (values.size() < kMostResults) values.push_back(i);
  }
}

}  // namespace howopen::scan
