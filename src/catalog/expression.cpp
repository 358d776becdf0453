// Recursive descent with a bound on depth. AND binds tighter than OR; both are flat lists here, so that equal
// expressions print alike.
//
//   "(mit OR apache-2.0) and Llama3.1"  ->  (Apache-2.0 OR MIT) AND LicenseRef-Llama-3.1

#include "catalog/expression.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "text/utf8.h"

namespace howopen::catalog {
namespace {

constexpr std::size_t kLongest = 4000;
constexpr int kDeepest = 32;

bool of_an_id(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '+' || c == ':' || c == '_';
}

class Parser {
 public:
  Parser(std::string_view text, const Catalog& catalog) : s_(text), licenses_(catalog) {}

  Result<Expression> run() {
    if (s_.size() > kLongest) return fail(Fault::usage, "longer than 4,000 bytes", place());
    next();
    TRY(Expression out, either(0));
    if (!word_.empty()) return wrong();
    return out;
  }

 private:
  std::string place() const { return fmt::format("\"{}\"", text::printable(s_.substr(0, 80))); }
  tl::unexpected<Error> wrong() const {
    if (word_.empty()) return fail(Fault::usage, "the license expression ends too early", place());
    return fail(Fault::usage,
                fmt::format("\"{}\" does not belong there in a license expression", text::printable(word_)),
                place(), "ids are SPDX's, or LicenseRef-…; they are joined by AND, OR, WITH and parentheses");
  }

  // The next word: an id, an operator, a parenthesis; "" at the end.
  void next() {
    while (i_ < s_.size() && (s_[i_] == ' ' || s_[i_] == '\t' || s_[i_] == '\n' || s_[i_] == '\r')) ++i_;
    std::size_t end = i_;
    while (end < s_.size() && of_an_id(s_[end])) ++end;
    if (end == i_ && end < s_.size()) ++end;
    word_ = s_.substr(i_, end - i_);
    i_ = end;
  }
  bool take(std::string_view word) {
    if (!text::equal_ignoring_case(word_, word)) return false;
    next();
    return true;
  }

  Result<Expression> either(int depth) { return list(Expression::Kind::any, "OR", depth); }
  Result<Expression> both(int depth) { return list(Expression::Kind::all, "AND", depth); }

  Result<Expression> list(Expression::Kind kind, std::string_view word, int depth) {
    const bool any = kind == Expression::Kind::any;
    Expression out;
    out.kind = kind;
    do {
      TRY(Expression part, any ? both(depth) : single(depth));
      if (part.kind == kind)
        out.parts.insert(out.parts.end(), part.parts.begin(), part.parts.end());
      else
        out.parts.push_back(std::move(part));
    } while (take(word) || (any && take("/")));  // "MIT/Apache-2.0", as people write a choice
    if (out.parts.size() == 1) return Expression(std::move(out.parts.front()));
    std::sort(out.parts.begin(), out.parts.end(),
              [](const Expression& a, const Expression& b) { return a.text() < b.text(); });
    const auto same = [](const Expression& a, const Expression& b) { return a.text() == b.text(); };
    out.parts.erase(std::unique(out.parts.begin(), out.parts.end(), same), out.parts.end());
    if (out.parts.size() == 1) return Expression(std::move(out.parts.front()));
    return out;
  }

  Result<Expression> single(int depth) {
    if (word_ == "(") {
      if (depth >= kDeepest) return fail(Fault::usage, "more than 32 parentheses in one another", place());
      next();
      TRY(Expression inner, either(depth + 1));
      if (!take(")")) return wrong();
      return inner;
    }
    for (const std::string_view reserved : {"AND", "OR", "WITH"}) {
      if (text::equal_ignoring_case(word_, reserved)) return wrong();
    }
    if (word_.empty() || !of_an_id(word_[0])) return wrong();
    Expression out;
    out.id = license_id(word_);
    if (out.id.empty())
      return fail(
          Fault::usage,
          fmt::format("\"{}\" is no license of SPDX's list or of the catalog", text::printable(word_)),
          place(), "name your own as LicenseRef-…");
    next();
    if (take("WITH")) {
      out.exception = licenses_.exception(word_);
      if (out.exception.empty() && word_.starts_with("LicenseRef-")) out.exception = std::string(word_);
      if (out.exception.empty()) return wrong();
      next();
    }
    return out;
  }

  std::string license_id(std::string_view word) const {
    // `GPL-2.0+`: this version or a later one; older lists have `GPL-2.0` for `GPL-2.0-only`.
    if (word.ends_with('+')) {
      const std::string base = license_id(word.substr(0, word.size() - 1));
      if (!base.empty())
        return base.ends_with("-only") ? base.substr(0, base.size() - 5) + "-or-later" : base + "+";
    }
    if (const LicenseEntry* entry = licenses_.license_named(word)) {
      const LicenseEntry* only = licenses_.license(entry->id + "-only");
      return only != nullptr ? only->id : entry->id;
    }
    for (const std::string_view prefix : {"LicenseRef-", "DocumentRef-"}) {
      if (word.size() > prefix.size() && text::equal_ignoring_case(word.substr(0, prefix.size()), prefix))
        return std::string(prefix) + std::string(word.substr(prefix.size()));
    }
    if (word == "NONE" || word == "NOASSERTION") return std::string(word);
    return {};
  }

  std::string_view s_;
  const Catalog& licenses_;
  std::size_t i_ = 0;
  std::string_view word_;
};

void collect(const Expression& e, std::set<std::string>& out) {
  if (e.kind == Expression::Kind::license) out.insert(e.text());
  for (const Expression& part : e.parts) collect(part, out);
}

}  // namespace

std::string Expression::text() const {
  if (kind == Kind::license) return exception.empty() ? id : fmt::format("{} WITH {}", id, exception);
  std::vector<std::string> out;
  for (const Expression& part : parts) {
    const bool inner = part.kind == Kind::any && kind == Kind::all;
    out.push_back(inner ? "(" + part.text() + ")" : part.text());
  }
  return fmt::format("{}", fmt::join(out, kind == Kind::all ? " AND " : " OR "));
}

std::vector<std::string> Expression::licenses() const {
  std::set<std::string> out;
  collect(*this, out);
  return {out.begin(), out.end()};
}

Result<Expression> parse_expression(std::string_view text, const Catalog& catalog) {
  return Parser(text, catalog).run();
}

LicenseClass class_of(std::string_view id, const Catalog& catalog) {
  // An exception permits more than the license alone.
  id = without_exception(id);
  if (id.ends_with('+')) id.remove_suffix(1);
  if (id == "NONE") return LicenseClass::none;
  const LicenseEntry* entry = catalog.license(id);
  return entry != nullptr ? entry->cls : LicenseClass::unknown;
}

LicenseClass class_of(const Expression& e, const Catalog& catalog) {
  if (e.kind == Expression::Kind::license) return class_of(e.id, catalog);
  LicenseClass out = class_of(e.parts.front(), catalog);
  for (const Expression& part : e.parts) {
    const LicenseClass c = class_of(part, catalog);
    // Who may choose takes the freer one.
    if (e.kind == Expression::Kind::all)
      out = stricter(out, c);
    else if (stricter(out, c) == out)
      out = c;
  }
  return out;
}

}  // namespace howopen::catalog
