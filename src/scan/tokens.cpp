// One pass over source code of any language, good enough to tell strings from comments. A string that is not
// closed ends with its line, so a regular expression with a quote in it does no harm beyond the line.
//
//   x = f("a/b")  # c  ->  word x, mark =, word f, mark (, string a/b, mark ), comment c

#include "scan/tokens.h"

#include "scan/names.h"

namespace howopen::scan {
namespace {

struct Rules {
  bool hash = false;        // # comments
  bool slashes = false;     // // and /* */
  bool triple = false;      // """ and '''
  bool backtick = false;    // `…`, over lines
  bool characters = false;  // 'x' is a character, 'a may be a lifetime
};

Rules rules_of(Syntax syntax) {
  switch (syntax) {
    case Syntax::python:
      return {.hash = true, .triple = true};
    case Syntax::javascript:
      return {.slashes = true, .backtick = true};
    case Syntax::go:
      return {.slashes = true, .backtick = true, .characters = true};
    case Syntax::c_like:
      return {.slashes = true, .triple = true, .characters = true};
    case Syntax::rust:
      return {.slashes = true, .characters = true};
    case Syntax::json:
      return {.slashes = true};
    case Syntax::config:
      return {.hash = true, .triple = true};
  }
  return {};
}

bool is_word(char c) {
  return is_alnum(c) || c == '_' || c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

class Tokenizer {
 public:
  Tokenizer(std::string_view s, Syntax syntax) : s_(s), rules_(rules_of(syntax)), syntax_(syntax) {}

  std::vector<Token> run() {
    while (i_ < s_.size()) {
      const char c = s_[i_];
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        line_ = line_ || c == '\n';
        ++i_;
      } else if (c == '\\' && syntax_ == Syntax::python && continues()) {
        i_ = s_.find('\n', i_) + 1;
      } else if (comment() || string()) {
      } else if (is_word(c)) {
        word();
      } else {
        mark();
      }
    }
    return std::move(out_);
  }

 private:
  bool continues() const {
    const std::size_t next = s_.find_first_not_of(" \t\r", i_ + 1);
    return next != std::string_view::npos && s_[next] == '\n';
  }
  char at(std::size_t i) const { return i < s_.size() ? s_[i] : '\0'; }
  void push(Token::Kind kind, std::size_t from, std::size_t to, bool formatted = false,
            bool multiline = false) {
    out_.push_back({static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to - from), kind, formatted,
                    multiline, line_});
    line_ = line_ && kind == Token::Kind::comment;
  }

  bool comment() {
    const char c = s_[i_];
    if ((c == '#' && rules_.hash) || (c == '/' && at(i_ + 1) == '/' && rules_.slashes)) {
      const std::size_t from = i_;
      i_ = std::min(s_.find('\n', i_), s_.size());
      push(Token::Kind::comment, from, i_);
      return true;
    }
    if (c == '/' && at(i_ + 1) == '*' && rules_.slashes) {
      const std::size_t from = i_;
      const std::size_t end = s_.find("*/", i_ + 2);
      i_ = end == std::string_view::npos ? s_.size() : end + 2;
      push(Token::Kind::comment, from, i_);
      return true;
    }
    return false;
  }

  bool string() {
    const char quote = s_[i_];
    if (quote != '"' && quote != '\'' && !(quote == '`' && rules_.backtick)) return false;
    // Letters right before a quote: f"…", r'…', b"…".
    bool f = quote == '`' && syntax_ == Syntax::javascript;
    if (i_ > 0 && !out_.empty() && out_.back().kind == Token::Kind::word &&
        out_.back().at + out_.back().size == i_ && out_.back().size <= 2) {
      for (const char p : s_.substr(out_.back().at, out_.back().size))
        f = f || p == 'f' || p == 'F' || p == '$';
      const char only = s_[out_.back().at];
      if (std::string_view("fFrRbBuU$").find(only) != std::string_view::npos &&
          syntax_ != Syntax::javascript) {
        line_ = out_.back().line;
        out_.pop_back();
      }
    }
    if (rules_.triple && at(i_ + 1) == quote && at(i_ + 2) == quote) {
      const std::size_t from = i_ + 3;
      std::size_t end = from;
      // A form feed stands between the cells of a notebook.
      while (end < s_.size() && s_[end] != '\f' &&
             !(s_[end] == quote && at(end + 1) == quote && at(end + 2) == quote))
        end += s_[end] == '\\' ? 2 : 1;
      end = std::min(end, s_.size());
      push_string(from, end, f, true);
      i_ = at(end) == '\f' ? end : std::min(end + 3, s_.size());
      return true;
    }
    if (quote == '\'' && rules_.characters) {
      const std::size_t close =
          s_.substr(0, std::min(s_.size(), i_ + 12)).find('\'', i_ + (at(i_ + 1) == '\\' ? 3 : 1));
      const bool lifetime = syntax_ == Syntax::rust && close != i_ + 2 && at(i_ + 1) != '\\';
      if (close == std::string_view::npos || lifetime) {
        push(Token::Kind::mark, i_, i_ + 1);
        ++i_;
        return true;
      }
      i_ = close + 1;
      return true;
    }
    const std::size_t from = i_ + 1;
    std::size_t end = from;
    while (end < s_.size() && s_[end] != quote) {
      if (s_[end] == '\n' && quote != '`') break;
      const bool escape = s_[end] == '\\' && !(quote == '`' && syntax_ == Syntax::go);
      end += escape ? 2 : 1;
    }
    end = std::min(end, s_.size());
    push_string(from, end, f, quote == '`');
    i_ = end + (at(end) == quote ? 1 : 0);
    return true;
  }

  void push_string(std::size_t from, std::size_t to, bool f, bool multiline) {
    const bool formatted = f && s_.substr(from, to - from).find('{') != std::string_view::npos;
    push(Token::Kind::string, from, to, formatted, multiline);
  }

  void word() {
    const std::size_t from = i_;
    // Keys of configuration have dashes: model-id = "a/b".
    while (i_ < s_.size() && (is_word(s_[i_]) || (s_[i_] == '-' && syntax_ == Syntax::config))) ++i_;
    push(Token::Kind::word, from, i_);
  }

  void mark() {
    static constexpr std::string_view kPairs[] = {"::", "=>", ":=", "||", "??", "->",
                                                  "==", "!=", "<=", ">=", "?="};
    std::size_t size = 1;
    for (const std::string_view pair : kPairs) {
      if (s_.substr(i_, 2) == pair) size = 2;
    }
    // R and Perl
    if (syntax_ == Syntax::config && (s_.substr(i_, 2) == "<-" || s_.substr(i_, 2) == "//")) size = 2;
    push(Token::Kind::mark, i_, i_ + size);
    i_ += size;
  }

  std::string_view s_;
  Rules rules_;
  Syntax syntax_;
  std::size_t i_ = 0;
  bool line_ = true;  // nothing stood in this line yet
  std::vector<Token> out_;
};

}  // namespace

std::vector<Token> tokens_of(std::string_view text, Syntax syntax) {
  return Tokenizer(text, syntax).run();
}

void unescape(const Slice& s, Mapped& out) {
  for (std::size_t i = 0; i < s.text.size(); ++i) {
    const char c = s.text[i];
    if (c != '\\' || i + 1 == s.text.size()) {
      out.add(c, s.place(i));
      continue;
    }
    ++i;
    const char e = s.text[i];
    // \u and its like are no part of an id: any other character will do.
    out.add(e == 'n' || e == 'r' ? '\n' : e == 't' ? ' ' : e == 'u' || e == 'x' ? '\x1a' : e, s.place(i));
  }
}

}  // namespace howopen::scan
