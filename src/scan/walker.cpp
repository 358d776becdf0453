// One walk over the tokens of a program: where statements end, which bracket belongs to which call, and which
// key a value stands behind.
//
//   if big:                       ->  the colon ends a header and is no key
//       model_id = "a/b"          ->  pair model_id, "a/b"
//   f(x ? "a/b" : "c/d")          ->  one argument: the colon belongs to the question mark
//   { Source.HUB: "a/b" }         ->  pair HUB, "a/b"

#include "scan/walker.h"

namespace howopen::scan {

void Walker::run() {
  for (std::uint32_t i = 0; i < code_.tokens.size(); ++i) step(i);
  while (frames_.size() > 1) close(static_cast<std::uint32_t>(code_.tokens.size()), true);
  close_argument(static_cast<std::uint32_t>(code_.tokens.size()));
}

void Walker::step(std::uint32_t i) {
  const Token& t = code_.tokens[i];
  if (t.kind == Token::Kind::comment || (through_ > 0 && i <= through_)) return;
  if (section(i)) return;
  // A bracket that somebody forgot to close ends where the next function begins.
  if (python_ && t.line && frames_.size() > 1 && at_margin(t) &&
      is_one_of(code_.text(i), {"def", "class", "import"})) {
    while (frames_.size() > 1) close(i, true);
  }
  if (t.line && ends_statement(i)) statement(i, {});
  if (python_ && t.line && at_margin(t)) models_ = enumerates_models(code_, i);
  if (t.kind == Token::Kind::string) return string(i);
  if (t.kind == Token::Kind::word) return word(i);
  const std::string_view mark = code_.text(i);
  if (mark == "=" || mark == ":=" || mark == "?=" || mark == "<-") return equals(i);
  if (mark == "=>" || (mark == "->" && !python_)) return arrow(i);
  if (mark.size() != 1) return;
  switch (mark[0]) {
    case '(':
    case '[':
    case '{':
      return open(i, mark[0]);
    case ')':
    case ']':
    case '}':
      return close(i, false);
    case ':':
      return colon(i);
    case '?':
      return question(i);
    case ';':
      return statement(i, {});
    case ',': {
      // MODEL = "a/b", "c/d" of Python: the second is the model's, too.
      const bool tuple = python_ && frames_.size() == 1 && !frames_.back().header;
      return statement(i, tuple ? frames_.back().argument_key : std::string_view());
    }
    case '\f':  // between the cells of a notebook: nothing goes on behind it
      while (frames_.size() > 1) close(i, true);
      return statement(i, {});
    default:
      return;
  }
}

void Walker::string(std::uint32_t i) {
  Frame& f = frames_.back();
  f.strings = f.any_strings = true;
  if (!may_name_model(code_.text(i)) && !is_weights_file(code_.text(i))) return;
  f.names = f.any_names = true;
  // @model "a/b" of Elixir, hgf"a/b" of Julia
  if (code_.syntax == Syntax::config && i > 0 && code_.is_word(i - 1)) {
    const std::string_view before = code_.text(i - 1);
    if (words().hub_string_macros.has(before))
      code_.pair("hf_repo", {i, 1});
    else if (i > 1 && code_.is_mark(i - 2, "@"))
      code_.pair(before, {i, 1});
  }
  // {:hf, "a/b"} of Elixir
  if (i > 2 && code_.is_mark(i - 1, ",") && code_.text(i - 2) == "hf" && code_.is_mark(i - 3, ":"))
    code_.pair("hf_repo", {i, 1});
  if (f.denied || denies(f)) code_.denied[i] = true;
}

// What stands behind the key is about something else than models of the Hub.
bool Walker::denies(const Frame& f) const {
  if (f.argument_key.empty()) return false;
  const KeyKind& k = code_.kind(f.argument_key);
  return k.other || k.registry;
}

// Ends what was read; the next begins at `i`, or behind it when `i` is a mark.
void Walker::statement(std::uint32_t i, std::string_view key) {
  close_argument(i);
  const bool mark = code_.tokens[i].kind == Token::Kind::mark && !code_.tokens[i].line;
  begin(mark || is_separator(i) ? i + 1 : i, key, false);
  if (python_ && frames_.size() == 1) frames_.back().header = is_header(code_, frames_.back().first);
}

bool Walker::is_separator(std::uint32_t i) const {
  return code_.is_mark(i, ",") || code_.is_mark(i, ";") || code_.is_mark(i, "\f") || code_.is_mark(i, ":");
}

bool Walker::ends_statement(std::uint32_t i) const {
  const Frame& f = frames_.back();
  if (python_) return frames_.size() == 1;
  return code_.syntax != Syntax::json && f.open == '{' && i > f.first && line_ends(code_, f.first, i);
}

void Walker::word(std::uint32_t i) {
  // for model in ["a/b", "c/d"]:
  Frame& f = frames_.back();
  if (python_ && f.header && frames_.size() == 1 && code_.text(i) == "in" && i > f.first &&
      (code_.text(f.first) == "for" || code_.text(f.first + 1) == "for"))
    begin_value(i + 1, code_.text(i - 1), false);
}

void Walker::equals(std::uint32_t i) {
  if (is_attribute(code_, i)) return code_.pair(code_.text(i - 1), {i + 1, 1});
  Frame& f = frames_.back();
  if (python_ && f.open == '[') return;
  if (f.annotated && (python_ || (i - f.first < 24 && !has_string(code_, f.first, i))))
    return begin_value(i + 1, f.argument_key, false);  // model: str = "a/b"
  std::string_view name = target(code_, f.first, i);
  if (name.empty() && code_.syntax == Syntax::c_like) name = property(code_, i);
  // x = model = "a/b": the name that says more.
  const bool keep =
      name.empty() || (!f.argument_key.empty() && i - f.first < 4 && code_.kind(name).strength == 0 &&
                       code_.kind(f.argument_key).strength > 0 && !has_string(code_, f.first, i));
  begin_value(i + 1, keep ? f.argument_key : name, false);
}

// `"model" => "a/b"` of PHP and Ruby, `Model::A => "a/b"` of a match, `x => "a/b"` of a function.
void Walker::arrow(std::uint32_t i) {
  Frame& f = frames_.back();
  const std::string_view name = target(code_, f.first, i);
  const auto says = [&](const KeyKind& k) { return k.strength > 0 || k.other || k.registry; };
  const bool said = !name.empty() && (f.argument_key.empty() || says(code_.kind(name)));
  begin_value(i + 1, said ? name : f.argument_key, false);
}

void Walker::colon(std::uint32_t i) {
  Frame& f = frames_.back();
  if (f.questions > 0) {
    --f.questions;
    return;
  }
  const bool lambda = python_ && has_word(code_, f.first, i, "lambda");
  if (lambda) return;
  if (python_ && frames_.size() == 1) {
    if (f.header) return statement(i, {});
    if (!f.argument_key.empty()) return;
  } else if (python_ && f.open != '{') {
    if (!f.defines || !f.argument_key.empty()) return;
  }
  if (!python_ && (code_.text(f.first) == "case" || (f.body && code_.text(f.first) == "default")))
    return statement(i, {});  // case "x": of a switch
  const std::string_view name = target(code_, f.first, i);
  if (name.empty()) return;
  // "models": {"a/b-7b": {…}}
  if (f.open == '{' && i > f.first && code_.is_string(i - 1) && code_.kind(f.key).strength > 0 &&
      looks_like_model(name) && read_name(name).kind == Name::Kind::owned)
    code_.pair(f.key, {i - 1, 1});
  begin_value(i + 1, name, true);
}

// The question mark of ?: has its colon further on; `a?.b`, `a?` and `a?: T` have none.
void Walker::question(std::uint32_t i) {
  if (python_ || code_.syntax == Syntax::json || code_.syntax == Syntax::rust) return;
  if (begins_choice(code_.text(i + 1))) ++frames_.back().questions;
}

void Walker::begin(std::uint32_t first, std::string_view key, bool annotated) {
  Frame& f = frames_.back();
  f.option = {};
  f.registry = false;
  f.header = false;
  f.questions = 0;
  begin_value(first, key, annotated);
}

void Walker::begin_value(std::uint32_t first, std::string_view key, bool annotated) {
  Frame& f = frames_.back();
  f.first = first;
  f.argument_key = key;
  f.annotated = annotated;
  f.finds = code_.scan.sink.count();
  f.strings = f.names = false;
}

// [model], [[dataset.sources]]: a table of TOML, by its name. What it is about stands at any place of it.
bool Walker::section(std::uint32_t i) {
  if (code_.syntax != Syntax::config || frames_.size() != 1 || !code_.tokens[i].line) return false;
  const auto head = section_head(code_, i);
  if (!head) return false;
  statement(i, {});
  section_ = head->name;
  through_ = head->last;
  begin(head->last + 1, {}, false);
  return true;
}

void walk(Code& code) {
  Walker(code).run();
}

}  // namespace howopen::scan
