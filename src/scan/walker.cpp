// One walk over the tokens of a program: where statements end, which bracket belongs to which call, and which
// key a value stands behind.
//
//   if big:                       ->  the colon ends a header and is no key
//       model_id = "a/b"          ->  pair model_id, "a/b"
//   f(x ? "a/b" : "c/d")          ->  one argument: the colon belongs to the question mark
//   { Source.HUB: "a/b" }         ->  pair HUB, "a/b"

#include <algorithm>

#include "scan/code.h"
#include "scan/names.h"
#include "scan/statements.h"
#include "scan/tools.h"
#include "scan/words.h"

namespace howopen::scan {
namespace {

constexpr std::size_t kMostFrames = 200;
constexpr std::size_t kMostArguments = 4'096;
constexpr std::uint8_t kMostLevels = 8;  // of objects in a call whose members are handed out to it

class Walker {
 public:
  explicit Walker(Code& code) : code_(code), python_(code.syntax == Syntax::python) { frames_.push_back({}); }

  void run() {
    for (std::uint32_t i = 0; i < code_.tokens.size(); ++i) step(i);
    while (frames_.size() > 1) close(static_cast<std::uint32_t>(code_.tokens.size()), true);
    close_argument(static_cast<std::uint32_t>(code_.tokens.size()));
  }

 private:
  struct Frame {
    char open = '{';
    std::uint32_t callee = 0;
    bool has_callee = false;
    bool kept = false;     // arguments are for a call, here or around
    bool denied = false;   // what stands inside is about something else than models
    bool body = false;     // a brace behind `)`: of a switch, where `default:` is no key
    bool defines = false;  // parameters of a Python function: colons are annotations
    std::string_view key;  // what all of it is assigned to
    std::vector<Argument> arguments;
    // of the argument or statement that is being read
    std::uint32_t first = 0;
    std::string_view argument_key;
    bool registry = false;    // of OllamaOptions.builder().model(…)
    std::string_view option;  // of a builder: --model of option("--model").default("a/b")
    bool annotated = false;   // the key was followed by a colon
    bool header = false;      // if, for, def … of Python
    int questions = 0;        // of ?: that wait for their colon
    bool strings = false;     // there are some in the argument, names when one may be that of a model
    bool names = false;
    bool any_strings = false;  // in all of the frame
    bool any_names = false;
    std::size_t finds = 0;
    bool at_hub = false;     // {type: "huggingface", repo: "a/b"}
    bool elsewhere = false;  // {provider: "ollama", model: "a/b"}
    // {name: "MODEL_ID", value: "a/b"}
    Range name;
    Range value;
  };

  void step(std::uint32_t i) {
    const Token& t = code_.tokens[i];
    if (t.kind == Token::Kind::comment) return;
    // A bracket that somebody forgot to close ends where the next function begins.
    if (python_ && t.line && frames_.size() > 1 && at_margin(t) &&
        is_one_of(code_.text(i), {"def", "class", "import"})) {
      while (frames_.size() > 1) close(i, true);
    }
    if (t.line && ends_statement(i)) statement(i, {});
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

  void string(std::uint32_t i) {
    Frame& f = frames_.back();
    f.strings = f.any_strings = true;
    if (!may_name_model(code_.text(i))) return;
    f.names = f.any_names = true;
    if (code_.scan.aware && (f.denied || denies(f))) code_.denied[i] = true;
  }

  // What stands behind the key is about something else than models of the Hub.
  bool denies(const Frame& f) const {
    if (f.argument_key.empty()) return false;
    const KeyKind& k = code_.kind(f.argument_key);
    return k.other || k.registry;
  }

  // Ends what was read; the next begins at `i`, or behind it when `i` is a mark.
  void statement(std::uint32_t i, std::string_view key) {
    close_argument(i);
    const bool mark = code_.tokens[i].kind == Token::Kind::mark && !code_.tokens[i].line;
    begin(mark || is_separator(i) ? i + 1 : i, key, false);
    if (python_ && frames_.size() == 1) frames_.back().header = is_header(code_, frames_.back().first);
  }
  bool is_separator(std::uint32_t i) const {
    return code_.is_mark(i, ",") || code_.is_mark(i, ";") || code_.is_mark(i, "\f") || code_.is_mark(i, ":");
  }

  bool ends_statement(std::uint32_t i) const {
    const Frame& f = frames_.back();
    if (python_) return frames_.size() == 1;
    return code_.syntax != Syntax::json && f.open == '{' && i > f.first && line_ends(code_, f.first, i);
  }
  bool at_margin(const Token& t) const { return t.at == 0 || code_.s.text[t.at - 1] == '\n'; }

  void word(std::uint32_t i) {
    // for model in ["a/b", "c/d"]:
    Frame& f = frames_.back();
    if (python_ && f.header && frames_.size() == 1 && code_.text(i) == "in" && i > f.first &&
        (code_.text(f.first) == "for" || code_.text(f.first + 1) == "for"))
      begin_value(i + 1, code_.text(i - 1), false);
  }

  void equals(std::uint32_t i) {
    Frame& f = frames_.back();
    if (python_ && f.open == '[') return;
    if (f.annotated && (python_ || (i - f.first < 24 && !has_string(code_, f.first, i))))
      return begin_value(i + 1, f.argument_key, false);  // model: str = "a/b"
    const std::string_view name = target(code_, f.first, i);
    // x = model = "a/b": the name that says more.
    const bool keep =
        name.empty() || (!f.argument_key.empty() && i - f.first < 4 && code_.kind(name).strength == 0 &&
                         code_.kind(f.argument_key).strength > 0 && !has_string(code_, f.first, i));
    begin_value(i + 1, keep ? f.argument_key : name, false);
  }

  // `"model" => "a/b"` of PHP and Ruby, `Model::A => "a/b"` of a match, `x => "a/b"` of a function.
  void arrow(std::uint32_t i) {
    Frame& f = frames_.back();
    const std::string_view name = target(code_, f.first, i);
    const auto says = [&](const KeyKind& k) { return k.strength > 0 || k.other || k.registry; };
    const bool said = !name.empty() && (f.argument_key.empty() || says(code_.kind(name)));
    begin_value(i + 1, said ? name : f.argument_key, false);
  }

  void colon(std::uint32_t i) {
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
    begin_value(i + 1, name, true);
  }

  // The question mark of ?: has its colon further on; `a?.b`, `a?` and `a?: T` have none.
  void question(std::uint32_t i) {
    if (python_ || code_.syntax == Syntax::json || code_.syntax == Syntax::rust) return;
    const std::string_view next = code_.text(i + 1);
    const bool none =
        next.empty() || is_one_of(next, {":", "=", ")", ",", ";", ".", ">", "}", "]", "|", "?"});
    if (!none) ++frames_.back().questions;
  }

  void begin(std::uint32_t first, std::string_view key, bool annotated) {
    Frame& f = frames_.back();
    f.option = {};
    f.registry = false;
    f.header = false;
    f.questions = 0;
    begin_value(first, key, annotated);
  }
  void begin_value(std::uint32_t first, std::string_view key, bool annotated) {
    Frame& f = frames_.back();
    f.first = first;
    f.argument_key = key;
    f.annotated = annotated;
    f.finds = code_.scan.sink.count();
    f.strings = f.names = false;
  }

  void open(std::uint32_t i, char c) {
    // Deeper than any program: the brackets inside are passed over.
    if (frames_.size() > kMostFrames) {
      ++skipped_;
      code_.scan.sink.cut("brackets deeper than they are read");
      return;
    }
    Frame f;
    f.open = c;
    const Frame& around = frames_.back();
    if (c == '(' && i > 0 && code_.is_word(i - 1)) {
      f.has_callee = true;
      f.callee = i - 1;
      f.defines = code_.is_word(i - 2) && (code_.text(i - 2) == "def" || code_.text(i - 2) == "class");
    }
    // Only files that use the Hub are searched for strings in no known place.
    f.denied = code_.scan.aware &&
               (around.denied || denies(around) ||
                (f.has_callee && (code_.is_other_call(f.callee) || code_.is_registry_call(f.callee))));
    f.kept = c == '(' || (c == '{' && frames_.size() > 1 && around.kept && around.open != '[');
    const KeyKind& outer = code_.kind(around.argument_key);
    // "widgets_values": ["a/b-7b", …] of ComfyUI is loose, and for lists only.
    if (outer.strength > 0 || (c == '[' && outer.loose && !outer.other))
      f.key = around.argument_key;
    else if (around.open != '(' && !outer.other && !outer.registry)
      f.key = around.key;
    // variable "model_id" { default = "a/b" } of Terraform
    if (c == '{' && i > 1 && code_.is_string(i - 1) && code_.text(i - 2) == "variable")
      f.key = code_.text(i - 1);
    f.body = c == '{' && i > 0 && code_.is_mark(i - 1, ")");
    f.first = i + 1;
    f.finds = code_.scan.sink.count();
    frames_.push_back(std::move(f));
  }

  // `forced`: at the end of the file or of a cell, with no bracket.
  void close(std::uint32_t i, bool forced) {
    if (skipped_ > 0 && !forced) {
      --skipped_;
      return;
    }
    if (forced) skipped_ = 0;
    if (frames_.size() == 1) {
      begin(i + 1, {}, false);
      return;
    }
    close_argument(i);
    const Frame f = std::move(frames_.back());
    frames_.pop_back();
    Frame& around = frames_.back();
    around.strings = around.strings || f.any_strings;
    around.names = around.names || f.any_names;
    around.any_strings = around.any_strings || f.any_strings;
    around.any_names = around.any_names || f.any_names;
    const bool chained = around.registry;
    around.registry = chained || (f.has_callee && code_.is_registry_call(f.callee));
    const bool nothing =
        !f.any_strings && !(f.has_callee && code_.callee_kind(code_.text(f.callee)).rule != nullptr);
    if (nothing && f.open != '{') return;
    code_.named_value(f.name, f.value);
    if (f.kept && (f.at_hub || f.elsewhere)) {
      for (const Argument& a : f.arguments) {
        if (!by_type(f, a.key, a.value) && f.elsewhere) code_.deny(a.value);
      }
      if (f.elsewhere) return;
    }
    if (f.open == '(') {
      const bool definition = python_ ? f.defines : code_.is_mark(i + 1, "{") || code_.is_mark(i + 1, "->");
      code_.command(f.arguments);
      const std::string_view option =
          code_.call({f.has_callee ? f.callee : static_cast<std::uint32_t>(code_.tokens.size()), i, f.key,
                      around.option, definition, chained, f.any_names},
                     f.arguments);
      if (!option.empty()) around.option = option;
    } else if (f.open == '[' || !f.kept) {
      code_.command(f.arguments);
    } else if (f.kept) {
      // An object in a call: its members are as good as named arguments.
      for (const Argument& a : f.arguments) {
        if (a.key.empty() || a.levels >= kMostLevels) continue;
        add(around, {a.key, a.value, a.told, true, static_cast<std::uint8_t>(a.levels + 1)});
      }
    }
  }

  // A member that says where the names beside it are kept.
  void type(Frame& f, std::string_view key, Range value) const {
    if (key.empty() || key.size() > 16 || value.count != 1 || !code_.is_string(value.first)) return;
    const std::string_view said = code_.text(value.first);
    if (said.size() > 24 || !code_.kind(key).type) return;
    f.at_hub = f.at_hub || words().hub_words.has(folded(said));
    f.elsewhere = f.elsewhere || words().registry_types.has(folded(said));
  }

  // True when the type beside it says what the value is.
  bool by_type(const Frame& f, std::string_view key, Range value) {
    if ((!f.at_hub && !f.elsewhere) || key.empty()) return false;
    const std::string k = folded(key);
    const bool place = words().part_keys.has(k) || words().repository_keys.has(k) || key_strength(key) > 0;
    if (!place) return false;
    if (!f.elsewhere) {
      code_.pair("hf_repo", value);
      return true;
    }
    if (key_strength(key) > 0)
      code_.elsewhere(key, value);
    else
      code_.deny(value);
    return true;
  }

  void add(Frame& f, const Argument& a) {
    if (f.arguments.size() < kMostArguments) {
      f.arguments.push_back(a);
      return;
    }
    // What holds no string names no model: tables of numbers are long.
    if (!has_string(code_, a.value.first, a.value.first + std::min(a.value.count, 64u))) return;
    // Elements of a list are read one by one anyway; only a command needs all of them.
    if (f.open == '[' && !(code_.is_string(f.arguments[0].value.first) &&
                           is_model_tool(code_.text(f.arguments[0].value.first))))
      return;
    // Too many for one call: each is read by itself, without what the others say.
    code_.scan.sink.cut("a call or command with more than 4,096 words");
    if (!a.key.empty() && !a.nested) code_.pair(a.key, a.value);
  }

  void close_argument(std::uint32_t end) {
    Frame& f = frames_.back();
    while (end > f.first && code_.tokens[end - 1].kind == Token::Kind::comment) --end;
    if (end <= f.first) return;
    Range range{f.first, end - f.first};
    const bool told = code_.scan.sink.count() != f.finds;
    const bool annotation = python_ && f.annotated && (f.open == '(' || frames_.size() == 1);
    f.first = end;
    std::string_view name = f.argument_key;
    f.argument_key = {};
    f.annotated = false;
    const bool strings = std::exchange(f.strings, false);
    const bool names = std::exchange(f.names, false);
    if (annotation || f.header) return;  // a type and a condition are no values
    if (!strings) {
      if (f.kept) add(f, {name, range, told, false, 0});
      return;
    }
    if (is_one_of(name, {"name", "Name", "key", "NAME", "Key", "ParameterKey"})) f.name = range;
    if (is_one_of(name, {"value", "Value", "VALUE", "default", "ParameterValue"})) f.value = range;
    type(f, name, range);
    if (f.kept || f.open == '[') add(f, {name, range, told, false, 0});
    // []string{"--model", "a/b"} of Go, new[] { … } of C#
    if (!f.kept && f.open == '{' && name.empty() && range.count == 1 && frames_.size() > 1 && !f.body)
      add(f, {name, range, told, false, 0});
    if (f.kept || !names || by_type(f, name, range)) return;
    // { "small": "a/b" } under MODELS: the key outside tells what the values are.
    if (name.empty() || (!f.key.empty() && code_.kind(name).strength == 0 && !code_.kind(name).other &&
                         !code_.kind(name).registry))
      name = f.key;
    if (!name.empty()) code_.pair(name, range);
  }

  Code& code_;
  const bool python_;
  std::vector<Frame> frames_;
  std::size_t skipped_ = 0;
};

}  // namespace

void walk(Code& code) {
  Walker(code).run();
}

}  // namespace howopen::scan
