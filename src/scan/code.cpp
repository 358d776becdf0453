// Source code: which string is an argument of which call, which is the value of which key.
//
//   AutoModel.from_pretrained(        ->  call from_pretrained, arguments "a/b" and revision = "v1"
//       "a/b", revision="v1")
//   const model = "a/b"               ->  pair model, "a/b"

#include "scan/code.h"

#include <algorithm>

#include "scan/names.h"
#include "scan/tools.h"
#include "scan/words.h"

namespace howopen::scan {
namespace {

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

// Names that `from modelscope import …` brings in: what they load is not of the Hub. Those that come from the
// Hub's library as well are told apart by a condition that nobody runs here.
void find_foreign(Code& code) {
  const auto names = [&](std::uint32_t i, auto each) {
    for (int n = 0; n < 200 && i < code.tokens.size(); ++n, ++i) {
      if (code.is_word(i)) {
        if (code.tokens[i].line && n > 0 && !code.is_mark(i - 1, ",") && !code.is_mark(i - 1, "(")) return;
        each(code.text(i));
      } else if (!code.is_mark(i, ",") && !code.is_mark(i, "(")) {
        return;
      }
    }
  };
  for (const bool hub : {false, true}) {
    for (std::uint32_t i = 0; i + 2 < code.tokens.size(); ++i) {
      const std::uint32_t size = code.tokens[i].size;  // of `from` and `import`
      if ((size != 4 && size != 6) || !code.is_word(i)) continue;
      if (code.text(i) != "from" && code.text(i) != "import") continue;
      const bool of_registry = words().registry_modules.has(code.text(i + 1));
      // import { Ollama } from 'ollama'
      if (code.text(i) == "from" && of_registry && !hub && code.is_string(i + 1)) {
        for (std::uint32_t back = i; back-- > 0 && i - back < 40 && code.text(back) != "import";) {
          if (code.is_word(back)) code.foreign.insert(code.text(back));
        }
        continue;
      }
      if (code.text(i) == "import" && of_registry && !hub) code.foreign.insert(code.text(i + 1));
      if (code.text(i) != "from" || (hub ? !is_hub_package(code.text(i + 1)) : !of_registry)) continue;
      std::uint32_t import = i + 2;
      while (import < i + 12 && code.text(import) != "import") ++import;
      if (hub)
        names(import + 1, [&](std::string_view name) { code.foreign.erase(name); });
      else if (import < i + 12)
        names(import + 1, [&](std::string_view name) { code.foreign.insert(name); });
    }
    if (code.foreign.empty()) return;
  }
}

void find_constants(Code& code) {
  constexpr std::size_t kValues = 8;
  for (std::uint32_t i = 1; i + 1 < code.tokens.size(); ++i) {
    if (!code.is_mark(i, "=") && !code.is_mark(i, ":=")) continue;
    const std::uint32_t made = code.text(i + 1) == "new" || code.text(i + 1) == "await" ? i + 2 : i + 1;
    const bool client =
        is_hub_class(code.text(made)) ||
        (code.syntax == Syntax::rust && (code.text(made) == "Api" || code.text(made) == "ApiBuilder") &&
         code.s.text.find("hf_hub") != std::string_view::npos);
    if (code.is_word(made) && code.is_word(i - 1) && client) code.hub_objects.insert(code.text(i - 1));
  }
  for (std::uint32_t i = 2; i < code.tokens.size(); ++i) {
    if (!code.is_string(i) || code.tokens[i].formatted || code.tokens[i].size > 300) continue;
    if (!code.is_mark(i - 1, "=") && !code.is_mark(i - 1, ":=") && !code.is_mark(i - 1, ":")) continue;
    // model: "PreTrainedModel" = None; cond ? "a" : "b"
    if (code.is_mark(i - 1, ":") && (code.is_mark(i + 1, "=") || code.is_mark(i - 3, "?"))) continue;
    std::uint32_t name = i - 2;
    // model: str = "a/b"; const model: &str = "a/b"
    for (std::uint32_t back = name; code.is_mark(i - 1, "=") && back + 6 > name && back > 0; --back) {
      // The colon of a header in the line before is none of a type.
      if (code.tokens[back].line) break;
      if (!code.is_mark(back, ":")) continue;
      name = back - 1;
      break;
    }
    if (!code.is_word(name) && !code.is_string(name)) continue;
    // def f(model: "PreTrainedModel"): of Python is a type.
    if (code.syntax == Syntax::python && code.is_mark(i - 1, ":") && code.is_word(name)) continue;
    auto& values = code.constants[code.text(name)];
    if (values.size() < kValues) values.push_back(i);
  }
}

// Options in one string, `key=value` between commas.
void scan_options(const Slice& part, Scan& scan) {
  for (std::size_t at = 0; at < part.text.size();) {
    const std::size_t end = std::min(part.text.find(',', at), part.text.size());
    const std::size_t equals = part.text.find('=', at);
    if (equals < end) {
      const std::string_view key = part.text.substr(at, equals - at);
      const bool model = key_strength(key) > 0 || is_model_argument(key) || key == "peft" || key == "lora";
      if (model)
        scan_pair("model", part.text.substr(equals + 1, end - equals - 1), part.place(equals + 1), part.down,
                  scan);
    }
    at = end + 1;
  }
}

void scan_inside(const Slice& part, const Token& t, Code& code) {
  Scan& scan = code.scan;
  scan_urls(part, scan);
  if (scan.depth >= kLanguageDepth) {
    if (looks_like_command(part.text) && names_a_model(part.text)) scan.too_deep();
    return;
  }
  ++scan.depth;
  if (t.kind == Token::Kind::comment) {
    std::size_t start = 0;
    while (start < part.text.size() &&
           std::string_view("#/*! \t").find(part.text[start]) != std::string_view::npos)
      ++start;
    // An id of a comment has an owner: without a slash there is nothing to look for.
    const std::size_t behind = part.text.ends_with("*/") ? 2 : 0;
    const Slice rest = part.part(start, part.text.size() - std::min(part.text.size(), start + behind));
    if (rest.text.size() < 10 || (rest.text.find('/') == std::string_view::npos &&
                                  rest.text.find("_pretrained(") == std::string_view::npos)) {
      --scan.depth;
      return;
    }
    if (rest.text.find_first_of("\"'") != std::string_view::npos) scan_code(rest, code.syntax, scan);
    if (looks_like_command(rest.text)) scan_shell(rest, scan);
  } else {
    const bool json =
        part.text.find('{') != std::string_view::npos && part.text.find("model") != std::string_view::npos;
    if (t.multiline) scan_blocks(part, scan);
    // "pretrained=a/b,peft=c/d" of lm_eval
    if (!t.multiline && part.text.find("pretrained=") != std::string_view::npos) scan_options(part, scan);
    // @Value("${embedding.model:a/b}") of Spring
    if (const std::size_t colon = part.text.find(':'); part.text.starts_with("${") &&
                                                       part.text.ends_with('}') &&
                                                       colon != std::string_view::npos && colon > 2) {
      std::string_view key = part.text.substr(2, colon - 2);
      const std::size_t last = key.find_last_of('.');
      // embedding.model by its last part, model.id by both
      if (last != std::string_view::npos && key_strength(key.substr(last + 1)) > 0)
        key.remove_prefix(last + 1);
      scan_pair(key, part.text.substr(colon + 1, part.text.size() - colon - 2), part.place(colon + 1),
                part.down, scan);
    }
    if (t.multiline && part.text.find_first_of("\"'") != std::string_view::npos) {
      scan_code(part, code.syntax == Syntax::go ? Syntax::json : code.syntax, scan);
    } else if (json && part.text.size() < 65'536) {
      Mapped plain;
      unescape(part, plain);
      scan_code(plain.slice(part.down), Syntax::json, scan);
    }
    // exec("m = AutoModel.from_pretrained('a/b')")
    if (!t.multiline && part.text.find("_pretrained(") != std::string_view::npos) {
      Mapped plain;
      unescape(part, plain);
      scan_code(plain.slice(part.down), code.syntax, scan);
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
  Code code{s, scan, syntax, tokens_of(s.text, syntax), {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}};
  code.denied.resize(code.tokens.size());
  scan.aware = scan.aware || imports_hub(code);
  find_constants(code);
  find_results(code);
  find_made(code);
  find_imports(code);
  find_foreign(code);
  find_libraries(code);
  const std::size_t first = scan.sink.found_count();
  walk(code);
  code.loose_strings(first);
  code.tell_runs();
  tell_constants(code);
  for (const Token& t : code.tokens) {
    if (t.kind != Token::Kind::comment && t.kind != Token::Kind::string) continue;
    if (t.size < 4) continue;
    const bool documentation = t.multiline && syntax == Syntax::python;
    const bool comment = t.kind == Token::Kind::comment;
    scan_inside(s.part(t.at, t.size, comment || documentation ? 1 : 0), t, code);
  }
}

}  // namespace howopen::scan
