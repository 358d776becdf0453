// What an expression may come to: the strings and variables at its ends.
//
//   small ? "a/b" : "c/d"            ->  "a/b", "c/d"
//   "a/b" if kind == "x" else None   ->  "a/b": "x" is only compared
//   os.getenv("MODEL", "a/b")        ->  "a/b": MODEL is the name of a variable
//   cfg["base_model"]                ->  the variable base_model

#include <algorithm>
#include <utility>

#include "scan/code.h"
#include "scan/names.h"
#include "scan/statements.h"
#include "scan/words.h"

namespace howopen::scan {
namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFF;
constexpr std::uint32_t kLongest = 160;  // tokens of a value; longer ones hold programs
constexpr int kDeepest = 10;

class Expression {
 public:
  Expression(const Code& code, bool calls, Values& out) : code_(code), calls_(calls), out_(out) {}

  void read(std::uint32_t b, std::uint32_t e, int depth) {
    while (b < e && code_.tokens[b].kind == Token::Kind::comment) ++b;
    while (e > b && code_.tokens[e - 1].kind == Token::Kind::comment) --e;
    if (b >= e) return;
    if (depth > kDeepest || e - b > kLongest) {
      out_.open = true;
      return;
    }
    // `|x| …` of Rust, `lambda x: …`
    if (code_.is_mark(b, "||") || code_.is_mark(b, "|")) {
      const std::uint32_t bar = code_.is_mark(b, "||") ? b : find(b + 1, e, "|");
      if (bar != kNone) return read(bar + 1, e, depth + 1);
    }
    const bool python = code_.syntax == Syntax::python;
    if (python && code_.text(b) == "lambda") {
      const std::uint32_t colon = find(b, e, ":");
      return colon == kNone ? void() : read(colon + 1, e, depth + 1);
    }
    if (!python && is_one_of(code_.text(b), {"if", "match", "when", "switch"}) && code_.is_word(b))
      return branches(b, e, depth);
    const Split s = split(b, e);
    if (s.comprehension != kNone) return read(b, s.comprehension, depth + 1);
    if (s.arrow != kNone) return read(s.arrow + 1, e, depth + 1);
    if (python && s.condition != kNone && s.otherwise != kNone && s.condition < s.otherwise) {
      read(b, s.condition, depth + 1);
      return read(s.otherwise + 1, e, depth + 1);
    }
    if (s.question != kNone) {
      if (s.colon != kNone) {
        read(s.question + 1, s.colon == s.question + 1 ? s.question + 1 : s.colon, depth + 1);
        if (s.colon == s.question + 1) read(b, s.question, depth + 1);  // x ?: "a/b"
        return read(s.colon + 1, e, depth + 1);
      }
    }
    if (s.either != kNone) {
      read(b, s.either, depth + 1);
      return read(s.either + 1, e, depth + 1);
    }
    if (s.both != kNone) return read(s.both + 1, e, depth + 1);
    if (s.compared || s.composed) {
      out_.open = true;
      return;
    }
    operand(b, e, depth);
  }

 private:
  struct Split {
    std::uint32_t comprehension = kNone, arrow = kNone, condition = kNone, otherwise = kNone,
                  question = kNone, colon = kNone, either = kNone, both = kNone;
    bool compared = false, composed = false;
  };

  // The outermost operators.
  Split split(std::uint32_t b, std::uint32_t e) const {
    Split s;
    int level = 0;
    int waiting = 0;
    const auto first = [](std::uint32_t& place, std::uint32_t i) {
      if (place == kNone) place = i;
    };
    for (std::uint32_t i = b; i < e; ++i) {
      const Token& t = code_.tokens[i];
      const std::string_view w = code_.text(i);
      if (t.kind == Token::Kind::mark) {
        level += nesting(code_, i);
        if (level != 0) continue;
        if (w == "?" && code_.syntax != Syntax::rust && !code_.is_mark(i + 1, ".")) {
          if (s.question == kNone)
            s.question = i;
          else
            ++waiting;
        }
        if (w == ":" && s.question != kNone && s.colon == kNone && waiting-- == 0) s.colon = i;
        if (w == "=>" || (w == "->" && code_.syntax != Syntax::javascript)) first(s.arrow, i);
        if (w == "||" || w == "??" || w == "//") first(s.either, i);
        if (w == "&" && code_.is_mark(i + 1, "&")) s.both = i + 1;
        s.compared = s.compared || is_one_of(w, {"==", "!=", "<=", ">="});
        s.composed = s.composed || is_one_of(w, {"+", "%", "/"});
      } else if (t.kind == Token::Kind::word && level == 0) {
        if (w == "for" && i > b) first(s.comprehension, i);
        if (w == "if" && i > b) first(s.condition, i);
        if (w == "else") first(s.otherwise, i);
        if (w == "or") first(s.either, i);
        if (w == "and") s.both = i;
        s.compared = s.compared || (is_one_of(w, {"in", "is", "instanceof"}) && i > b);
      }
    }
    return s;
  }

  std::uint32_t find(std::uint32_t from, std::uint32_t e, std::string_view mark) const {
    int level = 0;
    for (std::uint32_t i = from; i < e; ++i) {
      if (code_.tokens[i].kind != Token::Kind::mark) continue;
      const std::string_view w = code_.text(i);
      if (level == 0 && w == mark) return i;
      level += nesting(code_, i);
    }
    return kNone;
  }
  // Behind the bracket that closes the one at `open`.
  std::uint32_t behind(std::uint32_t open, std::uint32_t e) const {
    int level = 0;
    for (std::uint32_t i = open; i < e; ++i) {
      const int step = nesting(code_, i);
      level += step;
      if (step < 0 && level == 0) return i + 1;
    }
    return e;
  }

  // `if x { "a/b" } else { "c/d" }`, `if (x) "a/b" else "c/d"`: conditions are passed over.
  void branches(std::uint32_t b, std::uint32_t e, int depth) {
    std::uint32_t from = b + 1;
    if (code_.is_mark(from, "(")) from = behind(from, e);
    for (std::uint32_t i = from; i < e; ++i) {
      if (code_.is_mark(i, "{")) {
        const std::uint32_t close = behind(i, e);
        read(i + 1, close - 1, depth + 1);
        i = close - 1;
        from = close;
      } else if (code_.is_word(i) && code_.text(i) == "else" && !code_.is_mark(i + 1, "{")) {
        read(from, i, depth + 1);
        return read(i + 1, e, depth + 1);
      }
    }
  }

  // Elements between commas; `key: value` and `key = value` by their values.
  void elements(std::uint32_t b, std::uint32_t e, int depth) {
    while (b < e) {
      const std::uint32_t comma = std::min(find(b, e, ","), e);
      std::uint32_t from = b;
      if (from + 1 < comma && (code_.is_mark(from + 1, "=") || code_.is_mark(from + 1, ":"))) from += 2;
      read(from, comma, depth + 1);
      b = comma + 1;
    }
  }

  void operand(std::uint32_t b, std::uint32_t e, int depth) {
    while (b < e &&
           (is_one_of(code_.text(b), {"await", "new", "return", "typeof", "box", "mut", "&", "*", "!", "not",
                                      "const", "move", "~"})) &&
           !code_.is_string(b))
      ++b;
    if (b >= e) return;
    if (code_.is_string(b)) return string(b, e);
    if (code_.is_mark(b, "(")) {
      const std::uint32_t close = behind(b, e);
      return elements(b + 1, close - 1, depth);
    }
    if (code_.is_mark(b, "[") || code_.is_mark(b, "{")) {
      const std::uint32_t close = behind(b, e);
      if (code_.is_mark(b, "[") && code_.is_word(close)) {  // []string{"a/b"} of Go
        const std::uint32_t brace = find(close, e, "{");
        if (brace != kNone) return elements(brace + 1, behind(brace, e) - 1, depth);
      }
      if (calls_) elements(b + 1, close - 1, depth);
      return;
    }
    path(b, e, depth);
  }

  void string(std::uint32_t b, std::uint32_t e) {
    // Two strings side by side are one; of what a method makes of a string only a copy is its value.
    bool made = b + 1 < e && code_.is_string(b + 1);
    for (std::uint32_t i = b + 1; i < e && !made; ++i) {
      made = code_.is_mark(i, "[") ||
             (code_.is_word(i) &&
              is_one_of(code_.text(i), {"format", "join", "replace", "split", "concat", "sub", "Replace",
                                        "repeat", "removeprefix", "rsplit"}));
    }
    if (made)
      out_.open = true;
    else
      out_.strings.push_back(b);
  }

  // a.b.c, a::b(…).c(), x["y"]
  void path(std::uint32_t b, std::uint32_t e, int depth) {
    std::string_view name;
    std::string_view before;
    std::string_view called;
    std::uint32_t arguments = kNone;
    std::uint32_t arguments_end = kNone;
    for (std::uint32_t i = b; i < e; ++i) {
      if (code_.is_string(i)) {
        out_.strings.push_back(i);  // behind a prefix of its language
        return;
      }
      if (code_.is_word(i)) {
        const std::string_view w = code_.text(i);
        if (w == "as") break;
        const bool copies = is_one_of(w, {"clone", "to_string", "as_str", "into", "to_owned", "as_ref",
                                          "strip", "trim", "lower", "toString", "String"});
        if (!copies || name.empty()) before = std::exchange(name, w);
        continue;
      }
      const std::string_view w = code_.text(i);
      if (w == "(") {
        const std::uint32_t close = behind(i, e);
        if (close > i + 2 || arguments == kNone) {
          called = code_.is_word(i - 1) ? code_.text(i - 1) : name;
          if (is_one_of(called, {"get", "at", "fetch", "getOrDefault", "pop"}) && !before.empty())
            out_.tables.push_back(before);
          arguments = i + 1;
          arguments_end = close - 1;
        }
        i = close - 1;
      } else if (w == "[") {
        const std::uint32_t close = behind(i, e);
        if (!name.empty()) out_.tables.push_back(name);
        if (close == i + 3 && code_.is_string(i + 1)) name = code_.text(i + 1);
        i = close - 1;
      } else if (w == "<") {
        const std::uint32_t end = find(i, std::min(e, i + 12), ">");
        if (end == kNone) break;
        i = end;
      } else if (w == "{" || w == "=") {
        break;
      } else if (!is_one_of(w, {".", "::", "&", "*", "!", "?", "->", "-", ">", "@"})) {
        out_.open = true;
        return;
      }
    }
    if (arguments == kNone || arguments >= arguments_end) {
      if (!name.empty()) out_.names.push_back(name);
      return;
    }
    if (calls_) return call(called, arguments, arguments_end, depth);
    out_.open = true;
    out_.calls.push_back(called);
  }

  void call(std::string_view callee, std::uint32_t b, std::uint32_t e, int depth) {
    if (is_one_of(callee, {"join", "format", "replace", "split", "sprintf", "Sprintf", "concat"})) {
      out_.open = true;
      return;
    }
    if (words().fallback_calls.has(callee)) {
      // The last argument is what counts when there is nothing of the name in front.
      std::uint32_t last = b;
      for (std::uint32_t comma = find(b, e, ","); comma != kNone; comma = find(last, e, ",")) {
        if (comma + 1 >= e) break;
        last = comma + 1;
      }
      const bool names_only =
          last == b && is_one_of(callee, {"getenv", "getEnv", "get", "env", "Getenv", "GetEnv", "pop",
                                          "config", "getProperty", "fetch"});
      // getattr(args, "model"): the second is a name as well, the third is what it may come to.
      const std::uint32_t second = find(b, e, ",");
      const bool attribute = callee == "getattr" && (second == kNone || find(second + 1, e, ",") == kNone);
      if (names_only || attribute) {
        out_.open = true;
        return;
      }
      if (last + 1 < e && code_.is_mark(last + 1, "=")) last += 2;
      return read(last, e, depth + 1);
    }
    out_.open = true;
    out_.calls.push_back(callee);
    elements(b, e, depth);
  }

  const Code& code_;
  const bool calls_;
  Values& out_;
};

}  // namespace

Values Code::values(Range r, bool calls) const {
  Values out;
  Expression(*this, calls, out).read(r.first, r.first + r.count, 0);
  return out;
}

std::optional<std::uint32_t> Code::only_string(Range r, bool calls) const {
  if (r.count == 1 && is_string(r.first)) return r.first;  // most are
  const Values v = values(r, calls);
  if (v.strings.size() != 1 || (v.open && !calls)) return std::nullopt;
  return v.strings.front();
}

}  // namespace howopen::scan
