// Strings that a program puts together from constants of its own.
//
//   ORG = "acme"
//   MODEL = f"{ORG}/foo-7b"               ->  MODEL: acme/foo-7b
//   "%s/%s" % (ORG, NAME), ORG + "/foo"   ->  the same, where they stand
//   f"{org}/foo-7b" with org from outside ->  nothing

#include <algorithm>
#include <optional>

#include "scan/code.h"
#include "scan/names.h"
#include "scan/statements.h"

namespace howopen::scan {
namespace {

constexpr std::uint32_t kMostMade = 40;  // of what is put together
constexpr std::size_t kLongestMade = 300;
constexpr int kDeepestMade = 6;

using Text = std::optional<std::string>;

bool of_a_name(char c) {
  return is_alnum(c) || c == '_';
}

// s"$org/foo" of Scala: the word is part of how the string is written.
bool has_prefix(const Code& code, std::uint32_t word) {
  return code.is_word(word) && code.is_string(word + 1) &&
         code.tokens[word].at + code.tokens[word].size + 1 == code.tokens[word + 1].at;
}

class Maker {
 public:
  explicit Maker(const Code& code) : code_(code) {}

  // Tokens from `b` to before `e`; nothing when a part of it is not known. `several` is set when it is more
  // than one plain string or name.
  Text expression(std::uint32_t b, std::uint32_t e, int depth) {
    while (b < e && code_.tokens[b].kind == Token::Kind::comment) ++b;
    if (b >= e || e - b > kMostMade || depth > kDeepestMade) return std::nullopt;
    std::string out;
    std::uint32_t i = b;
    while (i < e) {
      const Text part = operand(i, e, depth);
      if (!part || out.size() + part->size() > kLongestMade) return std::nullopt;
      out += *part;
      if (i >= e) break;
      const std::uint32_t behind = behind_operator(i, e);
      const bool beside = code_.is_string(i) && code_.is_string(i - 1);  // "a/" "b"
      if (behind == i && !beside) return std::nullopt;
      several = true;
      i = behind;
    }
    return out;
  }

  bool several = false;

 private:
  // +, . of PHP and Perl, .. of Lua, <> of Elixir
  std::uint32_t behind_operator(std::uint32_t i, std::uint32_t e) const {
    if (i + 1 >= e) return i;
    if (code_.is_mark(i, "+")) return i + 1;
    if (code_.is_mark(i, "<") && code_.is_mark(i + 1, ">")) return i + 2;
    if (code_.is_mark(i, ".") && code_.is_mark(i + 1, ".")) return i + 2;
    const bool beside = code_.is_string(i - 1) || code_.is_string(i + 1);
    return code_.is_mark(i, ".") && beside ? i + 1 : i;
  }

  // Behind the bracket that closes the one at `open`.
  std::uint32_t closing(std::uint32_t open, std::uint32_t e) const {
    int level = 0;
    for (std::uint32_t i = open; i < e; ++i) {
      const int step = nesting(code_, i);
      level += step;
      if (step < 0 && level == 0) return i;
    }
    return e;
  }

  std::vector<Text> elements(std::uint32_t b, std::uint32_t e, int depth) {
    std::vector<Text> out;
    int level = 0;
    std::uint32_t from = b;
    for (std::uint32_t i = b; i <= e; ++i) {
      if (i < e) level += nesting(code_, i);
      if (i < e && !(level == 0 && code_.is_mark(i, ","))) continue;
      if (i > from) out.push_back(expression(from, i, depth + 1));
      from = i + 1;
    }
    return out;
  }

  // One operand at `i`, which is set behind it.
  Text operand(std::uint32_t& i, std::uint32_t e, int depth) {
    if (code_.is_mark(i, "(")) {
      const std::uint32_t close = closing(i, e);
      if (close >= e) return std::nullopt;
      Text out = expression(i + 1, close, depth + 1);
      i = close + 1;
      return out;
    }
    if (has_prefix(code_, i) && i + 1 < e) ++i;
    if (code_.is_string(i)) return string(i, e, depth);
    if (!code_.is_word(i)) return std::nullopt;
    // a.b.c, a::b, a->b
    std::uint32_t last = i;
    while (last + 2 < e && is_one_of(code_.text(last + 1), {".", "::", "->"}) && code_.is_word(last + 2))
      last += 2;
    const std::string_view name = code_.text(last);
    if (code_.is_mark(last + 1, "!") && code_.is_mark(last + 2, "(")) ++last;  // format!(…)
    if (last + 1 < e && code_.is_mark(last + 1, "(")) {
      const std::uint32_t close = closing(last + 1, e);
      if (close >= e) return std::nullopt;
      const std::uint32_t first = i;
      i = close + 1;
      return call(name, first, last + 2, close, depth);
    }
    i = last + 1;
    return constant(name);
  }

  Text string(std::uint32_t& i, std::uint32_t e, int depth) {
    const std::uint32_t token = i++;
    // "{}/{}".format(…), "%s/%s" % (…), "/".join([…])
    if (code_.is_mark(i, ".") && code_.is_mark(i + 2, "(") && i + 2 < e) {
      const std::string_view method = code_.text(i + 1);
      const std::uint32_t close = closing(i + 2, e);
      if (close < e && is_one_of(method, {"format", "formatted", "join"})) {
        const std::uint32_t from = i + 3;
        i = close + 1;
        several = true;
        if (method == "join") return list(code_.text(token), from, close, depth);
        return filled(code_.text(token), elements(from, close, depth));
      }
    }
    if (code_.syntax == Syntax::python && code_.is_mark(i, "%") && i + 1 < e) {
      several = true;
      const bool tuple = code_.is_mark(i + 1, "(");
      const std::uint32_t close = tuple ? closing(i + 1, e) : e;
      const std::vector<Text> values = elements(tuple ? i + 2 : i + 1, std::min(close, e), depth);
      i = tuple ? std::min(close + 1, e) : e;
      return filled(code_.text(token), values);
    }
    return interpolated(token);
  }

  Text call(std::string_view name, std::uint32_t first, std::uint32_t b, std::uint32_t e, int depth) {
    if (is_one_of(name, {"str", "String", "toString", "to_string", "clone", "quote"}) && b == e)
      return constant(code_.text(first));
    if (is_one_of(name, {"str", "String"})) return expression(b, e, depth + 1);
    several = true;
    if (is_one_of(name, {"format", "Sprintf", "sprintf", "printf"}) && code_.is_string(b)) {
      if (code_.syntax == Syntax::rust && b + 1 == e) return braces(code_.text(b));
      std::vector<Text> values = elements(b, e, depth);
      if (values.empty()) return std::nullopt;
      values.erase(values.begin());
      return filled(code_.text(b), values);
    }
    if (is_one_of(name, {"concat", "paste0", "strcat"})) return list("", b, e, depth);
    // strings.Join([]string{a, b}, "/") of Go, String.join("/", a, b) of Java, join("/", [a, b]) of Terraform
    if (is_one_of(name, {"Join", "join"})) {
      const auto between = [&](std::uint32_t i) {
        return code_.is_string(i) &&
               is_one_of(code_.text(i), {"/", "-", "_", ""});  // no folder of os.path.join
      };
      if (between(b) && code_.is_mark(b + 1, ",")) return list(code_.text(b), b + 2, e, depth);
      if (e > b + 2 && between(e - 1) && code_.is_mark(e - 2, ","))
        return list(code_.text(e - 1), b, e - 2, depth);
    }
    return std::nullopt;
  }

  // Elements, perhaps in brackets, with `between` between them.
  Text list(std::string_view between, std::uint32_t b, std::uint32_t e, int depth) {
    while (b < e && !code_.is_string(b) && is_one_of(code_.text(b), {"[", "]", "{", "(", "string"})) {
      if (is_one_of(code_.text(b), {"{", "("}) || (code_.is_mark(b, "[") && !code_.is_mark(b + 1, "]"))) {
        e = std::min(e, closing(b, e));
        ++b;
        break;
      }
      ++b;
    }
    std::string out;
    const std::vector<Text> values = elements(b, e, depth);
    for (const Text& value : values) {
      if (!value) return std::nullopt;
      if (!out.empty()) out += between;
      out += *value;
    }
    return values.empty() ? std::nullopt : Text(out);
  }

  // %s, %v and {} one after another, {0} by its number; {name} by a constant of that name.
  Text filled(std::string_view form, const std::vector<Text>& values) const {
    std::string out;
    std::size_t next = 0;
    const auto put = [&](std::size_t n) {
      if (n >= values.size() || !values[n]) return false;
      out += *values[n];
      return true;
    };
    for (std::size_t i = 0; i < form.size() && out.size() < kLongestMade; ++i) {
      const char c = form[i];
      const char behind = i + 1 < form.size() ? form[i + 1] : '\0';
      if (c == '%' && std::string_view("sdv").find(behind) != std::string_view::npos && behind != '\0') {
        if (!put(next++)) return std::nullopt;
        ++i;
      } else if (c == '{') {
        const std::size_t close = form.find('}', i);
        if (close == std::string_view::npos) return std::nullopt;
        const std::string_view inside = form.substr(i + 1, close - i - 1);
        const bool number =
            !inside.empty() && inside.size() < 3 && std::all_of(inside.begin(), inside.end(), is_digit);
        if (inside.empty() ? !put(next++)
                           : !number || !put(static_cast<std::size_t>(std::stoi(std::string(inside)))))
          return std::nullopt;
        i = close;
      } else if (c == '%' || c == '}' || c == '\\') {
        return std::nullopt;
      } else {
        out += c;
      }
    }
    return out;
  }

  // {NAME} of Python, C# and Rust.
  Text braces(std::string_view s) const {
    std::string out;
    for (std::size_t i = 0; i < s.size(); ++i) {
      if (s[i] == '}' || s[i] == '\\') return std::nullopt;
      if (s[i] != '{') {
        out += s[i];
        continue;
      }
      const std::size_t close = s.find('}', i);
      const Text value =
          close == std::string_view::npos ? std::nullopt : path(s.substr(i + 1, close - i - 1));
      if (!value) return std::nullopt;
      out += *value;
      i = close;
    }
    return out;
  }

  // The constants within a string are put in; a string without any is itself.
  Text interpolated(std::uint32_t token) {
    const std::string_view s = code_.text(token);
    if (s.size() > kLongestMade) return std::nullopt;
    const bool by_braces =
        code_.tokens[token].formatted && (code_.syntax == Syntax::python || code_.syntax == Syntax::c_like);
    if (by_braces && s.find('$') == std::string_view::npos) {
      several = true;
      return braces(s);
    }
    if (code_.syntax == Syntax::python || code_.syntax == Syntax::rust || code_.syntax == Syntax::go ||
        code_.syntax == Syntax::json || s.find_first_of("$#\\{") == std::string_view::npos)
      return std::string(s);
    std::string out;
    for (std::size_t i = 0; i < s.size();) {
      const char c = s[i];
      const char behind = i + 1 < s.size() ? s[i + 1] : '\0';
      std::size_t from = 0;
      char close = '\0';
      if ((c == '$' || c == '#') && behind == '{') {
        from = i + 2;
        close = '}';
      } else if ((c == '\\' || c == '$') && behind == '(') {  // of Swift and Julia
        from = i + 2;
        close = ')';
      } else if (c == '{' && behind == '$') {  // of PHP
        from = i + 2;
        close = '}';
      } else if (c == '$' && (text::is_letter(behind) || behind == '_')) {
        from = i + 1;
      } else if (c == '\\' || c == '{' || c == '$') {
        return std::nullopt;
      } else {
        out += c;
        ++i;
        continue;
      }
      std::size_t end = from;
      if (close != '\0')
        end = s.find(close, from);
      else
        while (end < s.size() && of_a_name(s[end])) ++end;
      const Text value = end == std::string_view::npos ? std::nullopt : path(s.substr(from, end - from));
      if (!value) return std::nullopt;
      several = true;
      out += *value;
      i = end + (close == '\0' ? 0 : 1);
    }
    return out;
  }

  // self.ORG, local.org, @org
  Text path(std::string_view name) const {
    name = name.substr(0, name.find("!s"));
    const std::size_t last = name.find_last_of(".:@>$");
    if (last != std::string_view::npos) name.remove_prefix(last + 1);
    if (name.empty() || !std::all_of(name.begin(), name.end(), of_a_name)) return std::nullopt;
    return constant(name);
  }

  // What the file gives a name, when that is one thing.
  Text constant(std::string_view name) const {
    if (const auto whole = code_.made.find(name); whole != code_.made.end())
      return whole->second.text.empty() ? std::nullopt : Text(whole->second.text);
    auto known = code_.constants.find(name);
    for (const char sign : {'$', '@'}) {
      if (known != code_.constants.end()) break;
      known = code_.constants.find(sign + std::string(name));
    }
    if (known == code_.constants.end()) return std::nullopt;
    const std::string_view value = code_.text(known->second.front());
    const bool one = std::all_of(known->second.begin(), known->second.end(),
                                 [&](std::uint32_t token) { return code_.text(token) == value; });
    const bool plain = value.find_first_of("{}$\\ ") == std::string_view::npos;
    return one && plain && !value.empty() ? Text(std::string(value)) : std::nullopt;
  }

  const Code& code_;
};

// Where the expression ends that begins at `b`.
std::uint32_t expression_end(const Code& code, std::uint32_t b) {
  int level = 0;
  for (std::uint32_t i = b; i < code.tokens.size() && i - b <= kMostMade; ++i) {
    const Token& t = code.tokens[i];
    if (t.kind == Token::Kind::comment) return i;
    if (level == 0 && i > b && t.line &&
        !(t.kind == Token::Kind::mark && is_one_of(code.text(i), {"+", ".", "%"})) &&
        !is_one_of(code.text(i - 1), {"+", "%", "(", ","}))
      return i;
    if (t.kind != Token::Kind::mark) continue;
    level += nesting(code, i);
    if (level < 0) return i;
    if (level == 0 && is_one_of(code.text(i), {";", ","})) return i;
  }
  return b;
}

// Whether something may be put together at `b`: most right sides are looked at no further.
bool may_be_made(const Code& code, std::uint32_t b) {
  if (code.is_string(b)) {
    if (code.text(b).find_first_of("{$#\\%") != std::string_view::npos) return true;
    return is_one_of(code.text(b + 1), {"+", ".", "%", "<"}) && !code.is_string(b + 1);
  }
  if (code.is_mark(b, "(")) return true;
  if (!code.is_word(b)) return false;
  if (has_prefix(code, b)) return true;
  std::uint32_t i = b + 1;
  while (is_one_of(code.text(i), {".", "::", "->"}) && code.is_word(i + 1)) i += 2;
  return is_one_of(code.text(i), {"+", "(", "!", ".", "<"}) && !code.is_string(i);
}

}  // namespace

std::string Code::joined(Range r) const {
  if (r.count == 0 || r.count > kMostMade) return {};
  if (r.count == 1 && !is_string(r.first)) return {};
  Maker maker(*this);
  const Text out = maker.expression(r.first, r.first + r.count, 0);
  return out && maker.several ? *out : std::string();
}

void find_made(Code& code) {
  constexpr std::size_t kMost = 2'000;
  if (code.syntax == Syntax::json) return;
  for (std::uint32_t i = 1; i + 1 < code.tokens.size() && code.made.size() < kMost; ++i) {
    if (!code.is_mark(i, "=") && !code.is_mark(i, ":=") && !code.is_mark(i, "<-")) continue;
    if (!may_be_made(code, i + 1)) continue;
    std::uint32_t name = i - 1;
    // NAME: str = …, const name: string = …
    if (name >= 2 && code.is_mark(name - 1, ":") && code.is_word(name) && code.is_word(name - 2)) name -= 2;
    if (!code.is_word(name)) continue;
    const std::uint32_t end = expression_end(code, i + 1);
    const std::string text = code.joined({i + 1, end - (i + 1)});
    if (text.empty() || text.find(' ') != std::string::npos) continue;
    const auto [at, added] = code.made.try_emplace(code.text(name), Code::Made{i + 1, text});
    if (!added && at->second.text != text) at->second.text.clear();  // one of several things
  }
  std::erase_if(code.made, [](const auto& one) { return one.second.text.empty(); });
}

}  // namespace howopen::scan
