// Source code: which string is an argument of which call, which is the value of which key.
//
//   AutoModel.from_pretrained(        ->  call from_pretrained, arguments "a/b" and revision = "v1"
//       "a/b", revision="v1")
//   const model = "a/b"               ->  pair model, "a/b"

#include "scan/code.h"

#include <algorithm>

#include "scan/names.h"
#include "scan/tools.h"

namespace howopen::scan {
namespace {

constexpr std::size_t kDeepest = 200;
constexpr std::size_t kMostArguments = 256;

class Walker {
 public:
  explicit Walker(Code& code) : code_(code) { frames_.push_back({}); }

  void run() {
    for (std::uint32_t i = 0; i < code_.tokens.size(); ++i) step(i);
    close_argument(static_cast<std::uint32_t>(code_.tokens.size()));
  }

 private:
  struct Frame {
    char open = '{';
    std::uint32_t callee = 0;
    bool has_callee = false;
    bool kept = false;     // arguments are for a call, here or around
    std::string_view key;  // what all of it is assigned to
    std::vector<Argument> arguments;
    // of the argument that is being read
    std::uint32_t first = 0;
    std::string_view argument_key;
    bool annotated = false;  // the key was followed by a colon
    std::size_t finds = 0;
  };

  void step(std::uint32_t i) {
    const Token& t = code_.tokens[i];
    if (t.kind == Token::Kind::word || t.kind == Token::Kind::string) return key(i);
    if (t.kind == Token::Kind::comment) return;
    const std::string_view mark = code_.text(i);
    if (mark.size() != 1) return;
    const char c = mark[0];
    if (c == '(' || c == '[' || c == '{') return open(i, c);
    if (c == ')' || c == ']' || c == '}') return close(i);
    if (c == ',' || c == ';') {
      close_argument(i);
      begin(i + 1, {}, false);
    }
  }

  // A word or string followed by `=` or `:` starts a pair.
  void key(std::uint32_t i) {
    const bool equals = code_.is_mark(i + 1, "=") || code_.is_mark(i + 1, ":=") ||
                        code_.is_mark(i + 1, "=>") || code_.is_mark(i + 1, "?=");
    const bool colon = code_.is_mark(i + 1, ":");
    if (!equals && !colon) return;
    Frame& f = frames_.back();
    if (equals && f.annotated && i - f.first < 8 && !has_string(f.first, i)) {
      begin(i + 2, f.argument_key, false);  // model: str = "a/b"
      return;
    }
    std::uint32_t start = i;
    close_argument(start);
    begin(i + 2, code_.text(i), colon);
  }

  bool has_string(std::uint32_t from, std::uint32_t to) const {
    for (std::uint32_t i = from; i < to; ++i) {
      if (code_.is_string(i)) return true;
    }
    return false;
  }

  void begin(std::uint32_t first, std::string_view key, bool annotated) {
    Frame& f = frames_.back();
    f.first = first;
    f.argument_key = key;
    f.annotated = annotated;
    f.finds = code_.scan.sink.count();
  }

  void open(std::uint32_t i, char c) {
    // Deeper than any program: the brackets inside are passed over.
    if (frames_.size() > kDeepest) {
      ++skipped_;
      return;
    }
    Frame f;
    f.open = c;
    const Frame& around = frames_.back();
    if (c == '(' && i > 0 && code_.is_word(i - 1)) {
      f.has_callee = true;
      f.callee = i - 1;
    }
    f.kept = c == '(' || (c == '{' && frames_.size() > 1 && around.kept && around.open != '[');
    f.key = key_strength(around.argument_key) > 0 ? around.argument_key
            : around.open == '('                  ? std::string_view()
                                                  : around.key;
    // variable "model_id" { default = "a/b" } of Terraform
    if (c == '{' && i > 1 && code_.is_string(i - 1) && code_.text(i - 2) == "variable")
      f.key = code_.text(i - 1);
    f.first = i + 1;
    f.finds = code_.scan.sink.count();
    frames_.push_back(std::move(f));
  }

  void close(std::uint32_t i) {
    if (skipped_ > 0) {
      --skipped_;
      return;
    }
    if (frames_.size() == 1) {
      begin(i + 1, {}, false);
      return;
    }
    close_argument(i);
    Frame f = std::move(frames_.back());
    frames_.pop_back();
    Frame& around = frames_.back();
    if (f.open == '(') {
      const bool definition = code_.is_mark(i + 1, "{") || code_.is_mark(i + 1, "->") ||
                              (code_.is_mark(i + 1, ":") && code_.syntax == Syntax::python);
      code_.command(f.arguments);
      code_.call(f.has_callee ? f.callee : static_cast<std::uint32_t>(code_.tokens.size()), f.key,
                 f.arguments, definition);
    } else if (f.open == '[') {
      code_.command(f.arguments);
    } else if (f.kept && around.arguments.size() < kMostArguments) {
      // An object in a call: its members are as good as named arguments.
      for (Argument& a : f.arguments) {
        if (a.key.empty() || around.arguments.size() >= kMostArguments) continue;
        a.nested = true;
        around.arguments.push_back(a);
      }
    }
  }

  void close_argument(std::uint32_t end) {
    Frame& f = frames_.back();
    while (end > f.first && code_.tokens[end - 1].kind == Token::Kind::comment) --end;
    if (end <= f.first) return;
    const Range range{f.first, end - f.first};
    const bool told = code_.scan.sink.count() != f.finds;
    f.first = end;
    std::string_view name = f.argument_key;
    f.argument_key = {};
    f.annotated = false;
    if ((f.kept || f.open == '[') && f.arguments.size() < kMostArguments)
      f.arguments.push_back({name, range, told, false});
    if (f.kept) return;
    // { "small": "a/b" } under MODELS: the key outside tells what the values are.
    if (name.empty() || (key_strength(name) == 0 && !f.key.empty())) name = f.key;
    if (!name.empty()) code_.pair(name, range);
  }

  Code& code_;
  std::vector<Frame> frames_;
  std::size_t skipped_ = 0;
};

// `import x`, `from x import`, `use x::`, `require("x")`: does the file use a library of the Hub's?
bool imports_hub(const Code& code) {
  for (std::uint32_t i = 0; i + 1 < code.tokens.size(); ++i) {
    if (!code.is_word(i)) continue;
    const std::string_view w = code.text(i);
    if (w != "import" && w != "from" && w != "use" && w != "require" && w != "using") continue;
    const std::uint32_t next = i + 1 + (code.is_mark(i + 1, "(") ? 1u : 0u);
    if (is_hub_package(code.text(next))) return true;
    // import torch, transformers
    for (std::uint32_t j = next; j < next + 12 && code.is_mark(j + 1, ","); j += 2) {
      if (is_hub_package(code.text(j + 2))) return true;
    }
  }
  return false;
}

void find_constants(Code& code) {
  constexpr std::size_t kValues = 8;
  for (std::uint32_t i = 2; i < code.tokens.size(); ++i) {
    if (!code.is_string(i) || code.tokens[i].formatted || code.tokens[i].size > 300) continue;
    if (!code.is_mark(i - 1, "=") && !code.is_mark(i - 1, ":=") && !code.is_mark(i - 1, ":")) continue;
    std::uint32_t name = i - 2;
    // model: str = "a/b"; const model: &str = "a/b"
    for (std::uint32_t back = name; code.is_mark(i - 1, "=") && back + 6 > name && back > 0; --back) {
      if (!code.is_mark(back, ":")) continue;
      name = back - 1;
      break;
    }
    if (!code.is_word(name) && !code.is_string(name)) continue;
    auto& values = code.constants[code.text(name)];
    if (values.size() < kValues) values.push_back(i);
  }
}

void scan_inside(const Slice& part, const Token& t, Code& code) {
  Scan& scan = code.scan;
  scan_urls(part, scan);
  if (scan.depth >= kLanguageDepth) return;
  ++scan.depth;
  if (t.kind == Token::Kind::comment) {
    std::size_t start = 0;
    while (start < part.text.size() &&
           std::string_view("#/*! \t").find(part.text[start]) != std::string_view::npos)
      ++start;
    // An id of a comment has an owner: without a slash there is nothing to look for.
    const std::size_t behind = part.text.ends_with("*/") ? 2 : 0;
    const Slice rest = part.part(start, part.text.size() - std::min(part.text.size(), start + behind));
    if (rest.text.size() < 10 || rest.text.find('/') == std::string_view::npos) {
      --scan.depth;
      return;
    }
    if (rest.text.find_first_of("\"'") != std::string_view::npos) scan_code(rest, code.syntax, scan);
    if (looks_like_command(rest.text)) scan_shell(rest, scan);
  } else {
    const bool json =
        part.text.find('{') != std::string_view::npos && part.text.find("model") != std::string_view::npos;
    if (t.multiline && part.text.find_first_of("\"'") != std::string_view::npos) {
      scan_code(part, code.syntax == Syntax::go ? Syntax::json : code.syntax, scan);
    } else if (json && part.text.size() < 65'536) {
      Mapped plain;
      unescape(part, plain);
      scan_code(plain.slice(part.down), Syntax::json, scan);
    }
    if (part.text.find_first_of(" \n") != std::string_view::npos && looks_like_command(part.text)) {
      Mapped plain;
      unescape(part, plain);
      scan_shell(plain.slice(part.down), scan);
    }
  }
  --scan.depth;
}

}  // namespace

void scan_code(const Slice& s, Syntax syntax, Scan& scan) {
  Code code{s, scan, syntax, tokens_of(s.text, syntax), {}};
  scan.aware = scan.aware || imports_hub(code);
  find_constants(code);
  Walker(code).run();
  for (const Token& t : code.tokens) {
    if (t.kind != Token::Kind::comment && t.kind != Token::Kind::string) continue;
    if (t.size < 4) continue;
    const bool documentation = t.multiline && syntax == Syntax::python;
    const bool comment = t.kind == Token::Kind::comment;
    scan_inside(s.part(t.at, t.size, comment || documentation ? 1 : 0), t, code);
  }
}

}  // namespace howopen::scan
