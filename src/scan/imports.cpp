// Constants that one file defines and another one loads.
//
//   consts.py: SMALL = "a/b"
//   run.py:    from consts import SMALL
//              LLM(model=SMALL)              ->  a/b, where consts.py says it

#include <algorithm>
#include <tuple>

#include "scan/code.h"
#include "scan/names.h"
#include "scan/statements.h"
#include "text/utf8.h"

namespace howopen::scan {
namespace {

constexpr std::uint32_t kMostNames = 200;  // of one import

// from a.b import x, y as z
void python_import(Code& code, std::uint32_t from) {
  std::uint32_t i = from + 1;
  std::string module;
  while (i < code.tokens.size() && i - from < 40 && code.text(i) != "import") module += code.text(i++);
  if (code.text(i) != "import" || module.empty()) return;
  for (std::uint32_t n = 0; n < kMostNames && ++i < code.tokens.size(); ++n) {
    if (code.is_mark(i, ",") || code.is_mark(i, "(")) continue;
    if (!code.is_word(i) || (code.tokens[i].line && !code.is_mark(i - 1, ",") && !code.is_mark(i - 1, "(")))
      return;
    // A module of a package, or a name of it: which of the two is seen where it is used.
    const std::string_view name = code.text(i);
    if (code.text(i + 1) == "as") i += 2;
    code.imports[code.text(i)] = {module, name};
  }
}

// import { x, y as z } from "./m"; const { x } = require("./m")
void script_import(Code& code, std::uint32_t module) {
  std::uint32_t i = module;
  if (i >= 2 && code.is_mark(i - 1, "(") && code.text(i - 2) == "require") {
    i -= 2;
    if (i < 1 || !code.is_mark(i - 1, "=")) return;
    --i;
  } else if (i >= 1 && code.text(i - 1) == "from") {
    --i;
  } else {
    return;
  }
  for (std::uint32_t n = 0; n < kMostNames && i-- > 0; ++n) {
    if (is_one_of(code.text(i), {"import", "const", "let", "var", "export"})) return;
    const bool renamed = i > 1 && (code.text(i - 1) == "as" || code.is_mark(i - 1, ":"));
    if (code.is_word(i))
      code.imports[code.text(i)] = {std::string(code.text(module)), code.text(renamed ? i - 2 : i)};
    if (renamed)
      i -= 2;
    else if (!code.is_word(i) && !is_one_of(code.text(i), {"{", "}", ",", "*"}))
      return;
  }
}

// The path of a module without its ending, seen from the folder `from`; "" for what is no file of the tree.
std::string script_path(std::string_view folder, std::string_view module) {
  std::string out(folder);
  if (!module.starts_with('.')) return {};
  for (std::size_t at = 0; at < module.size();) {
    const std::size_t end = std::min(module.find('/', at), module.size());
    const std::string_view part = module.substr(at, end - at);
    at = end + 1;
    if (part == "." || part.empty()) continue;
    if (part != "..") {
      out += out.empty() ? "" : "/";
      out += part;
    } else if (out.empty()) {
      return {};
    } else {
      out.resize(out.rfind('/') == std::string::npos ? 0 : out.rfind('/'));
    }
  }
  return out;
}

std::string above(std::string_view folder) {
  const std::size_t slash = folder.rfind('/');
  return std::string(slash == std::string_view::npos ? std::string_view() : folder.substr(0, slash));
}

// Where a module may be, the nearest first.
std::vector<std::string> files_of(const ImportedName& wanted) {
  std::vector<std::string> out;
  const std::string folder = above(wanted.file);
  if (wanted.module.find('/') != std::string::npos) {
    std::string path = script_path(folder, wanted.module);
    if (path.empty()) return out;
    out.push_back(path);
    for (const std::string_view ending : {".js", ".mjs", ".cjs", ".jsx", ".ts"}) {
      if (path.ends_with(ending)) path.resize(path.size() - ending.size());
    }
    for (const char* ending : {".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts", "/index.ts",
                               "/index.tsx", "/index.js", "/index.mjs"})
      out.push_back(path + ending);
    return out;
  }
  const std::size_t dots = std::min(wanted.module.find_first_not_of('.'), wanted.module.size());
  std::string path = wanted.module.substr(dots);
  std::replace(path.begin(), path.end(), '.', '/');
  std::string base = folder;
  for (std::size_t i = 1; i < dots; ++i) base = above(base);
  for (int n = 0; n < 32; ++n) {
    const std::string start = base.empty() || path.empty() ? base + path : base + "/" + path;
    out.push_back(start + ".py");
    out.push_back(start + "/__init__.py");
    if (dots > 0 || base.empty()) break;
    base = above(base);
  }
  return out;
}

}  // namespace

void find_imports(Code& code) {
  if (code.scan.depth > 0 || (code.syntax != Syntax::python && code.syntax != Syntax::javascript)) return;
  for (std::uint32_t i = 0; i < code.tokens.size(); ++i) {
    if (code.syntax == Syntax::python) {
      if (code.tokens[i].line && code.is_word(i) && code.text(i) == "from") python_import(code, i);
    } else if (code.is_string(i) && code.text(i).starts_with('.')) {
      script_import(code, i);
    }
  }
}

void tell_constants(Code& code) {
  if (code.scan.depth > 0 || (code.syntax != Syntax::python && code.syntax != Syntax::javascript)) return;
  for (const auto& [name, whole] : code.made) {
    const Name id = read_name(whole.text);
    if (id.kind == Name::Kind::owned && !id.domain && id.id == whole.text && !is_hosted_only(id.id))
      code.scan.sink.constant(code.s.place(code.tokens[whole.token].at), name, id.id, {});
  }
  for (const auto& [name, tokens] : code.constants) {
    for (const std::uint32_t token : tokens) {
      const Name id = read_name(code.text(token));
      if (code.denied[token] || id.kind != Name::Kind::owned || id.domain || is_hosted_only(id.id)) continue;
      code.scan.sink.constant(code.s.place(code.tokens[token].at) + id.at, name, id.id, id.revision);
    }
  }
}

void Code::want(const Values& v, std::size_t place) const {
  if (imports.empty()) return;
  for (const auto* names : {&v.names, &v.calls}) {
    for (const std::string_view name : *names) {
      if (name.empty() || constants.contains(name)) continue;
      // consts.SMALL: the word in front may be the module.
      const std::size_t at = static_cast<std::size_t>(name.data() - s.text.data());
      std::size_t from = at < s.text.size() && at > 0 && s.text[at - 1] == '.' ? at - 1 : at;
      const std::size_t end = from;
      while (from > 0 && from < at && (is_alnum(s.text[from - 1]) || s.text[from - 1] == '_')) --from;
      if (end < at) {
        const std::string_view in = s.text.substr(from, end - from);
        const auto known = imports.find(in);
        if (known == imports.end()) continue;
        std::string module = known->second.module;
        if (syntax == Syntax::python)
          module += (module.ends_with('.') ? "" : ".") + std::string(known->second.name);
        scan.sink.imported(place, name, module);
      } else if (const auto known = imports.find(name); known != imports.end()) {
        scan.sink.imported(place, known->second.name, known->second.module);
      }
    }
  }
}

}  // namespace howopen::scan

namespace howopen {

std::vector<ModelReference> join_imports(Scanned& scanned) {
  std::vector<ModelReference> out;
  auto& named = scanned.constants;
  const auto key = [](const NamedModel& n) { return std::tie(n.model.file, n.name); };
  std::sort(named.begin(), named.end(), [&](const NamedModel& a, const NamedModel& b) {
    return std::tie(a.model.file, a.name, a.model.line, a.model.column) <
           std::tie(b.model.file, b.name, b.model.line, b.model.column);
  });
  using Place = std::tuple<std::string, int, int>;
  std::vector<Place> known;
  for (const ImportedName& wanted : scanned.imports) {
    for (const std::string& file : scan::files_of(wanted)) {
      const auto first = std::lower_bound(named.begin(), named.end(), std::tie(file, wanted.name),
                                          [&](const NamedModel& n, const auto& k) { return key(n) < k; });
      auto last = first;
      while (last != named.end() && last->model.file == file && last->name == wanted.name)
        out.push_back((last++)->model);
      if (first == last) continue;
      known.emplace_back(wanted.file, wanted.line, wanted.column);
      break;
    }
  }
  std::sort(known.begin(), known.end());
  std::erase_if(scanned.unresolved, [&](const Unresolved& u) {
    return std::binary_search(known.begin(), known.end(), Place(u.file, u.line, u.column));
  });
  named.clear();
  scanned.imports.clear();
  return out;
}

}  // namespace howopen
