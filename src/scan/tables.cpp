// Lists and dictionaries of a program, by name: whoever takes one of their values may take any.
//
//   SIZES = {"s": "a/b", "l": "c/d"}     ->  SIZES: a/b, c/d
//   name = SIZES[size]                   ->  name: the same
//   for repo in SIZES.values():          ->  repo: the same

#include <algorithm>

#include "scan/code.h"
#include "scan/statements.h"
#include "scan/words.h"

namespace howopen::scan {
namespace {

constexpr std::uint32_t kLongestTable = 1'200;  // tokens
constexpr std::size_t kMostValues = 64;
constexpr std::uint32_t kLongestType = 16;  // of a type in front of the mark or behind it
constexpr std::uint32_t kNoTable = 0xFFFFFFFF;

bool opens_bracket(const Code& code, std::uint32_t i) {
  return code.is_mark(i, "{") || code.is_mark(i, "[") || code.is_mark(i, "(");
}

// NAME = …, NAME: Dict[str, str] = …, var NAME map[string]string = …
std::string_view name_before(const Code& code, std::uint32_t mark) {
  for (std::uint32_t k = mark; k-- > 0 && mark - k < kLongestType;) {
    if (code.is_mark(k, ":") && k > 0 && code.is_word(k - 1)) return code.text(k - 1);
    if (code.tokens[k].line || is_one_of(code.text(k), {"(", "{", "}", ";", "="})) break;
  }
  std::uint32_t name = mark - 1;
  if (code.is_mark(name, "]") && name >= 2 && code.is_mark(name - 1, "["))
    name -= 2;  // String[] NAMES, NAMES[]
  return code.is_word(name) || code.is_string(name) ? code.text(name) : std::string_view();
}

// The bracket of a value that begins at `i`; kNoTable where it is no list or dictionary.
std::uint32_t table_at(const Code& code, std::uint32_t i) {
  const bool typed = code.syntax != Syntax::python && code.syntax != Syntax::javascript;
  std::string_view last;
  bool made = false;  // new, a macro of Rust
  for (std::uint32_t k = i; k < code.tokens.size() && k - i < kLongestType; ++k) {
    if (k > i && code.tokens[k].line && !opens_bracket(code, k)) return kNoTable;
    if (code.is_mark(k, "{")) return last.empty() || typed ? k : kNoTable;
    if (code.is_mark(k, "(")) {
      if (last.empty()) return k;
      if (words().container_calls.has(last)) {
        // MappingProxyType({…}), Map.ofEntries(…), HashMap::from([…])
        return k;
      }
      if (made && code.is_mark(k + 1, ")") && code.is_mark(k + 2, "{"))
        return k + 2;  // new List<string>() { … }
      return kNoTable;
    }
    if (code.is_mark(k, "[")) {
      // []string{…} and map[string]string{…} of Go
      const bool go = code.syntax == Syntax::go || code.text(i) == "new";
      if (!go && (last.empty() || code.is_mark(k - 1, "!"))) return k;
      if (!go) return kNoTable;
      while (k < code.tokens.size() && k - i < kLongestType && !code.is_mark(k, "]")) ++k;
      continue;
    }
    if (code.is_word(k)) {
      if (code.text(k) == "new")
        made = true;
      else
        last = code.text(k);
      continue;
    }
    if (code.is_string(k) || !is_one_of(code.text(k), {".", "::", "<", ">", ",", "!", "&", "?"}))
      return kNoTable;
  }
  return kNoTable;
}

std::vector<std::uint32_t> values_of(const Code& code, std::uint32_t open) {
  std::vector<std::uint32_t> out;
  int depth = 0;
  for (std::uint32_t i = open; i < code.tokens.size() && i - open < kLongestTable; ++i) {
    if (opens_bracket(code, i)) ++depth;
    if (code.tokens[i].kind == Token::Kind::mark && is_one_of(code.text(i), {")", "]", "}"}) && --depth == 0)
      break;
    if (!code.is_string(i) || code.tokens[i].formatted || out.size() >= kMostValues) continue;
    if (code.is_mark(i + 1, ":") || code.is_mark(i + 1, "=>") || code.is_mark(i + 1, "=") ||
        (code.is_word(i + 1) && code.text(i + 1) == "to"))
      continue;
    // { id: "a/b", dataset: "c/d" }
    const bool keyed =
        i > open + 1 && (code.is_mark(i - 1, ":") || code.is_mark(i - 1, "=") || code.is_mark(i - 1, "=>"));
    const std::string_view key = keyed ? code.text(i - 2) : std::string_view();
    if (!key.empty() && (code.kind(key).other || code.kind(key).registry)) continue;
    out.push_back(i);
  }
  return out;
}

// The name of the function around `place`, in Python.
std::string_view function_around(const Code& code, std::uint32_t place) {
  constexpr std::uint32_t kFar = 200;
  for (std::uint32_t i = place; i-- > 0 && place - i < kFar;)
    if (code.is_word(i) && code.text(i) == "def" && code.is_word(i + 1)) return code.text(i + 1);
  return {};
}

bool takes_one(const Code& code, std::uint32_t behind) {
  return code.is_mark(behind, "[") ||
         (code.is_mark(behind, ".") && is_one_of(code.text(behind + 1), {"get", "at", "fetch", "getOrDefault",
                                                                         "values", "entries", "pop"}));
}

// What takes its value from the table that is called at `i`.
std::string_view taker(const Code& code, std::uint32_t i) {
  if (i < 2) return {};
  const std::string_view before = code.text(i - 1);
  const bool word = code.is_word(i - 1);
  if (code.is_mark(i - 1, "=") || code.is_mark(i - 1, ":="))
    return takes_one(code, i + 1) && code.is_word(i - 2) ? code.text(i - 2) : std::string_view();
  if (word && before == "return" && takes_one(code, i + 1)) return function_around(code, i);
  if (word && (before == "in" || before == "of") && code.is_word(i - 2)) return code.text(i - 2);
  if (word && (before == "in" || before == "of") && code.is_mark(i - 2, "]") && code.is_word(i - 3))
    return code.text(i - 3);  // const [k, v] of …
  if (word && before == "range" && i > 2 && code.is_word(i - 3)) return code.text(i - 3);
  if (code.is_mark(i - 1, ":") && code.is_mark(i + 1, ")") && code.is_word(i - 2)) return code.text(i - 2);
  // MODELS.map((m) => …), MODELS.each do |m|
  if (!code.is_mark(i + 1, ".") || !code.is_word(i + 2)) return {};
  for (std::uint32_t k = i + 3; k < i + 8; ++k) {
    if (code.is_word(k) && !is_one_of(code.text(k), {"async", "do", "function"}))
      return is_one_of(code.text(k + 1), {")", "=>", "|", ",", "->"}) ? code.text(k) : std::string_view();
  }
  return {};
}

}  // namespace

void Code::read_tables() const {
  tables_read = true;
  for (std::uint32_t i = 1; i + 1 < tokens.size(); ++i) {
    const bool member = is_mark(i, ":") && (is_mark(i + 1, "{") || is_mark(i + 1, "["));
    if (!member && !is_mark(i, "=") && !is_mark(i, ":=")) continue;
    const std::uint32_t open = table_at(*this, i + 1);
    if (open == kNoTable) continue;
    const std::string_view name = member ? text(i - 1) : name_before(*this, i);
    if (name.size() < 2) continue;
    std::vector<std::uint32_t> values = values_of(*this, open);
    if (values.empty()) continue;
    auto& all = tables[name];
    if (all.size() < kMostValues) all.insert(all.end(), values.begin(), values.end());
  }
  if (tables.empty()) return;
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    if (!is_word(i)) continue;
    const auto known = tables.find(text(i));
    if (known == tables.end()) continue;
    const std::string_view name = taker(*this, i);
    if (name.empty() || name == text(i)) continue;
    const std::vector<std::uint32_t> values = known->second;
    auto& all = tables[name];
    if (all.size() < kMostValues) all.insert(all.end(), values.begin(), values.end());
  }
}

const std::vector<std::uint32_t>& Code::table(std::string_view name) const {
  static const std::vector<std::uint32_t> kNone;
  if (!tables_read) read_tables();
  const auto known = tables.find(name);
  return known == tables.end() ? kNone : known->second;
}

std::vector<std::uint32_t> Code::table_values(const Values& v) const {
  std::vector<std::uint32_t> out;
  for (const auto* names : {&v.names, &v.tables, &v.calls}) {
    for (const std::string_view name : *names) {
      const std::vector<std::uint32_t>& values = table(name);
      out.insert(out.end(), values.begin(), values.end());
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace howopen::scan
