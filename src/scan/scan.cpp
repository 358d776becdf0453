// A file's name tells how it is read.
//
//   scan_file("app.py", "x = pipeline('text-generation', 'a/b')")  ->  a/b, line 1, column 33, high

#include "howopen/scan.h"

#include <algorithm>
#include <array>

#include "scan/names.h"
#include "scan/parts.h"
#include "scan/words.h"
#include "text/utf8.h"

namespace howopen {
namespace scan {
namespace {

enum class Kind {
  skip,
  python,
  notebook,
  javascript,
  go,
  rust,
  c_like,
  shell,
  docker,
  modelfile,
  yaml,
  json,
  config,
  markdown,
  rst,
  adoc,
  component,
  markup,
  tensors,
  prose,
  page
};

constexpr std::size_t kText = 4u << 20;
constexpr std::size_t kNotebook = 64u << 20;
constexpr std::size_t kHead =
    8u << 20;  // GGUF keeps vocabularies in front; what is asked for stands before them

struct Ending {
  std::string_view ending;
  Kind kind;
};
constexpr Ending kEndings[] = {{".py", Kind::python},
                               {".pyi", Kind::python},
                               {".pyx", Kind::python},
                               {".pyw", Kind::python},
                               {".ipy", Kind::python},
                               {".bzl", Kind::python},
                               {".star", Kind::python},
                               {".ipynb", Kind::notebook},
                               {".js", Kind::javascript},
                               {".mjs", Kind::javascript},
                               {".cjs", Kind::javascript},
                               {".ts", Kind::javascript},
                               {".mts", Kind::javascript},
                               {".cts", Kind::javascript},
                               {".jsx", Kind::javascript},
                               {".tsx", Kind::javascript},
                               {".vue", Kind::component},
                               {".astro", Kind::javascript},
                               {".ejs", Kind::javascript},
                               {".svelte", Kind::component},
                               {".html", Kind::page},
                               {".htm", Kind::page},
                               {".go", Kind::go},
                               {".rs", Kind::rust},
                               {".java", Kind::c_like},
                               {".kt", Kind::c_like},
                               {".kts", Kind::c_like},
                               {".scala", Kind::c_like},
                               {".swift", Kind::c_like},
                               {".cs", Kind::c_like},
                               {".fs", Kind::c_like},
                               {".fsx", Kind::c_like},
                               {".vb", Kind::config},
                               {".proto", Kind::javascript},
                               {".pbtxt", Kind::config},
                               {".textproto", Kind::config},
                               {".prototxt", Kind::config},
                               {".c", Kind::c_like},
                               {".cc", Kind::c_like},
                               {".cpp", Kind::c_like},
                               {".cxx", Kind::c_like},
                               {".cu", Kind::c_like},
                               {".cuh", Kind::c_like},
                               {".inc", Kind::c_like},
                               {".m", Kind::c_like},
                               {".mm", Kind::c_like},
                               {".h", Kind::c_like},
                               {".hpp", Kind::c_like},
                               {".zig", Kind::c_like},
                               {".dart", Kind::javascript},
                               {".php", Kind::javascript},
                               {".groovy", Kind::javascript},
                               {".rb", Kind::config},
                               {".r", Kind::config},
                               {".jl", Kind::config},
                               {".lua", Kind::config},
                               {".ex", Kind::config},
                               {".exs", Kind::config},
                               {".livemd", Kind::markdown},
                               {".pl", Kind::config},
                               {".sh", Kind::shell},
                               {".bash", Kind::shell},
                               {".zsh", Kind::shell},
                               {".fish", Kind::shell},
                               {".ksh", Kind::shell},
                               {".ps1", Kind::shell},
                               {".psm1", Kind::shell},
                               {".bat", Kind::shell},
                               {".cmd", Kind::shell},
                               {".mk", Kind::shell},
                               {".service", Kind::shell},
                               {".sbatch", Kind::shell},
                               {".slurm", Kind::shell},
                               {".env", Kind::shell},
                               {".ini", Kind::shell},
                               {".cfg", Kind::shell},
                               {".conf", Kind::shell},
                               {".properties", Kind::shell},
                               {".just", Kind::shell},
                               {".dockerfile", Kind::docker},
                               {".modelfile", Kind::modelfile},
                               {".yaml", Kind::yaml},
                               {".yml", Kind::yaml},
                               {".tpl", Kind::yaml},
                               {".cff", Kind::yaml},
                               {".json", Kind::json},
                               {".jsonc", Kind::json},
                               {".json5", Kind::json},
                               {".jsonl", Kind::json},
                               {".ndjson", Kind::json},
                               {".webmanifest", Kind::json},
                               {".toml", Kind::config},
                               {".tf", Kind::config},
                               {".tfvars", Kind::config},
                               {".hcl", Kind::config},
                               {".nix", Kind::config},
                               {".bicep", Kind::config},
                               {".bicepparam", Kind::config},
                               {".jsonnet", Kind::config},
                               {".libsonnet", Kind::config},
                               {".cmake", Kind::config},
                               {".gradle", Kind::javascript},
                               {".nomad", Kind::config},
                               {".md", Kind::markdown},
                               {".mdx", Kind::markdown},
                               {".markdown", Kind::markdown},
                               {".qmd", Kind::markdown},
                               {".rmd", Kind::markdown},
                               {".mdc", Kind::markdown},
                               {".prompt", Kind::prose},
                               {".plist", Kind::prose},
                               {".txt", Kind::prose},
                               {".rst", Kind::rst},
                               {".adoc", Kind::adoc},
                               {".asciidoc", Kind::adoc},
                               {".tex", Kind::prose},
                               {".gguf", Kind::tensors},
                               {".safetensors", Kind::tensors},
                               {".gitmodules", Kind::prose},
                               {".xml", Kind::markup},
                               {".sql", Kind::prose},
                               {".csv", Kind::skip},
                               {".lock", Kind::skip},
                               {".map", Kind::skip},
                               {".svg", Kind::skip}};

// Long, made by machines, and of packages.
constexpr std::array<std::string_view, 9> kSkipped = {
    "package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml",          "composer.lock", "tokenizer.json",
    "vocab.json",        "added_tokens.json",   "special_tokens_map.json", "go.sum"};

bool is_known_name(std::string_view name) {
  if (name == "env") return true;
  for (const std::string_view start : {"dockerfile", "containerfile", "modelfile", "makefile", "justfile",
                                       "procfile", "jenkinsfile", "snakefile", "tiltfile"}) {
    if (name.starts_with(start)) return true;
  }
  return false;
}

Kind kind_of(std::string_view path) {
  std::string name = text::lower(path.substr(path.rfind('/') + 1));
  // values.yaml.gotmpl, Dockerfile.j2, .env.example: a template is read as what it becomes.
  if (const std::size_t last = name.rfind('.');
      last != std::string::npos && last > 0 &&
      words().template_endings.has(std::string_view(name).substr(last))) {
    if (name.find_first_not_of('.') < last) name.resize(last);
    if (name.rfind('.') == std::string::npos && !is_known_name(name)) return Kind::yaml;
  }
  if (std::find(kSkipped.begin(), kSkipped.end(), name) != kSkipped.end()) return Kind::skip;
  for (const std::string_view packed : {".gz", ".xz", ".bz2", ".zst"}) {
    if (name.ends_with(packed)) return Kind::skip;  // Makefile.gz is no Makefile
  }
  if (name.ends_with(".index.json")) return Kind::skip;
  if (name.starts_with("dockerfile") || name.starts_with("containerfile")) return Kind::docker;
  if (name.starts_with("modelfile")) return Kind::modelfile;
  if (name.starts_with("makefile") || name == "gnumakefile" || name == "justfile" || name == "procfile" ||
      name == ".envrc" || name.starts_with(".env") || name.ends_with(".env") ||
      name.find(".env.") != std::string::npos)
    return Kind::shell;
  if (name == "jenkinsfile") return Kind::javascript;
  if (name == "snakefile" || name == "sconstruct" || name == "tiltfile") return Kind::python;
  if (name == ".gitmodules") return Kind::prose;
  const std::size_t dot = name.rfind('.');
  if (dot == std::string::npos)
    return Kind::shell;  // a script without an ending, or nothing that would match
  const std::string_view ending = std::string_view(name).substr(dot);
  for (const Ending& e : kEndings) {
    if (e.ending == ending) return e.kind;
  }
  return Kind::skip;
}

bool in_tests(std::string_view path) {
  for (std::size_t i = 0; i < path.size();) {
    const std::size_t end = std::min(path.find('/', i), path.size());
    const std::string part = text::lower(path.substr(i, end - i));
    if (end < path.size()) {
      for (const std::string_view t :
           {"test", "tests", "__tests__", "testing", "testdata", "fixtures", "spec", "mocks"})
        if (part == t) return true;
    } else if (part.starts_with("test_") || part.find("_test.") != std::string::npos ||
               part.find(".test.") != std::string::npos || part.find(".spec.") != std::string::npos ||
               part == "conftest.py") {
      return true;
    }
    i = end + 1;
  }
  return false;
}

void read(Kind kind, std::string_view path, const Slice& s, Scan& scan) {
  switch (kind) {
    case Kind::skip:
      return;
    case Kind::python:
      return scan_code(s, Syntax::python, scan);
    case Kind::javascript:
      return scan_code(s, Syntax::javascript, scan);
    case Kind::page:
      return scan_page(s, scan, 1);
    case Kind::component:
      return scan_page(s, scan, 0);
    case Kind::markup:
      scan_blocks(s, scan);
      scan_urls(s.part(0, s.text.size(), 1), scan);
      return scan_tags(s, scan);
    case Kind::go:
      return scan_code(s, Syntax::go, scan);
    case Kind::rust:
      return scan_code(s, Syntax::rust, scan);
    case Kind::c_like:
      return scan_code(s, Syntax::c_like, scan);
    case Kind::json:
      return scan_code(s, Syntax::json, scan);
    case Kind::config:
      scan_urls_in_lines(s, scan);
      return scan_code(s, Syntax::config, scan);
    case Kind::shell:
      // The first line alone says which program reads the others.
      if (s.text.starts_with("#!")) {
        const std::string_view program = s.text.substr(0, s.text.find('\n'));
        if (program.find("python") != std::string_view::npos ||
            program.find("uv run") != std::string_view::npos)
          return scan_code(s, Syntax::python, scan);
        if (program.find("node") != std::string_view::npos ||
            program.find("deno") != std::string_view::npos || program.find("bun") != std::string_view::npos)
          return scan_code(s, Syntax::javascript, scan);
      }
      scan_urls_in_lines(s, scan);
      return scan_shell(s, scan);
    case Kind::docker:
      scan_urls_in_lines(s, scan);
      return scan_dockerfile(s, scan);
    case Kind::modelfile:
      scan_urls_in_lines(s, scan);
      return scan_modelfile(s, scan);
    case Kind::yaml:
      scan_urls_in_lines(s, scan);
      return scan_yaml(s, scan);
    case Kind::notebook:
      return scan_notebook(s, scan);
    case Kind::markdown:
      return scan_markdown(s, scan);
    case Kind::rst:
      return scan_rst(s, scan);
    case Kind::adoc:
      return scan_adoc(s, scan);
    case Kind::prose:
      scan_blocks(s, scan);
      return scan_urls(s.part(0, s.text.size(), path.ends_with(".gitmodules") ? 0 : 1), scan);
    case Kind::tensors:
      return;
  }
}

}  // namespace

void scan_as(std::string_view path, const Slice& s, Scan& scan) {
  if (scan.too_deep()) return;
  ++scan.depth;
  read(kind_of(path), path, s, scan);
  --scan.depth;
}

}  // namespace scan

ReadLimit read_limit(std::string_view path) {
  const scan::Kind kind = scan::kind_of(path);
  if (kind == scan::Kind::skip) return {};
  if (kind == scan::Kind::tensors) return {scan::kHead, true};
  // Most of a notebook are pictures that its cells made.
  if (kind == scan::Kind::notebook) return {scan::kNotebook, false};
  return {scan::kText, false};
}

namespace {

bool is_utf16(std::string_view bytes) {
  return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
}

}  // namespace

Scanned scan_file(std::string_view path, std::string_view bytes) {
  const scan::Kind kind = scan::kind_of(path);
  scan::Sink sink;
  scan::Scan state{sink};
  if (kind == scan::Kind::tensors) {
    sink.begin(Role::snapshot, 0);
    scan::scan_tensors(path, bytes, state);
    Scanned out = std::move(sink).finish(path, {});
    for (ModelReference& r : out.references) r.line = r.column = 0;
    for (Unresolved& u : out.unresolved) u.line = u.column = 0;
    return out;
  }
  Scanned nothing;
  nothing.files = 1;
  if (kind == scan::Kind::skip) return nothing;
  std::string utf8;
  if (const std::size_t nul = bytes.find('\0'); nul != std::string_view::npos || is_utf16(bytes)) {
    utf8 = text::from_utf16(bytes);
    if (utf8.empty() || utf8.find('\0') != std::string::npos) {
      // A file without an ending may be a program; one that is named as text is to be text.
      if (path.substr(path.rfind('/') + 1).find('.') != std::string_view::npos)
        nothing.skipped.push_back({std::string(path), "no text: it holds NUL bytes", Skip::unseen});
      return nothing;
    }
    bytes = utf8;
  }
  state.aware = scan::speaks_of_the_hub(bytes);
  state.served =
      bytes.find("openai") != std::string_view::npos || bytes.find("OpenAI") != std::string_view::npos;
  const int down = scan::in_tests(path) ? 1 : 0;
  sink.begin(scan::role_of(path, down > 0), down);
  scan::Mapped plain;
  const bool slashes = kind == scan::Kind::json || kind == scan::Kind::yaml || kind == scan::Kind::notebook;
  if (scan::undo_escapes(bytes, slashes, plain))
    scan::read(kind, path, plain.slice(down), state);
  else
    scan::read(kind, path, {bytes, 0, {}, down}, state);
  scan::scan_fragments(path, {bytes, 0, {}, down}, state);
  return std::move(sink).finish(path, bytes);
}

std::string cached_model(std::string_view folder) {
  constexpr std::string_view kHead = "models--";
  if (!folder.starts_with(kHead)) return {};
  std::string id(folder.substr(kHead.size()));
  if (const std::size_t dashes = id.find("--"); dashes != std::string::npos) id.replace(dashes, 2, "/");
  const scan::Name name = scan::read_name(id);
  const bool good =
      (name.kind == scan::Name::Kind::owned || name.kind == scan::Name::Kind::bare) && name.id == id;
  return good ? id : std::string();
}

}  // namespace howopen
