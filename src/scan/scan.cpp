// A file's name tells how it is read.
//
//   scan_file("app.py", "x = pipeline('text-generation', 'a/b')")  ->  a/b, line 1, column 33, high

#include "howopen/scan.h"

#include <algorithm>

#include "scan/encoding.h"
#include "scan/heredocs.h"
#include "scan/kinds.h"
#include "scan/names.h"
#include "scan/parts.h"
#include "text/utf8.h"

namespace howopen {
namespace scan {
namespace {

constexpr std::size_t kText = 4u << 20;
constexpr std::size_t kNotebook = 64u << 20;
constexpr std::size_t kHead =
    8u << 20;  // GGUF keeps vocabularies in front; what is asked for stands before them

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
      scan_here_documents(s, scan);
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
      if (path.ends_with("justfile") || path.ends_with("Justfile") || path.ends_with(".just"))
        scan_justfile(s, scan);
      if (path.ends_with(".ini") || path.ends_with(".cfg") || path.ends_with(".conf")) scan_sections(s, scan);
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
    case Kind::table:
      return scan_table(s, scan);
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
  // Tables are long, and their first line says what is in them.
  return {scan::kText, kind == scan::Kind::table};
}

Scanned scan_file(std::string_view path, std::string_view bytes) {
  return scan_file_as(path, path, bytes);
}

bool is_readable_text(std::string_view path, std::string_view bytes) {
  return scan::readable(path, bytes).text;
}

Scanned scan_file_as(std::string_view path, std::string_view as, std::string_view bytes) {
  const scan::Kind kind = scan::kind_of(as);
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
  const scan::Readable text = scan::readable(as, bytes);
  if (!text.text) {
    if (!text.why.empty())
      nothing.skipped.push_back({std::string(path), std::string(text.why), Skip::unseen});
    return nothing;
  }
  if (!text.why.empty()) sink.cut(text.why);
  bytes = text.all();
  state.aware = scan::speaks_of_the_hub(bytes);
  state.served =
      bytes.find("openai") != std::string_view::npos || bytes.find("OpenAI") != std::string_view::npos;
  state.store = scan::speaks_to_a_store(bytes);
  const int down = scan::in_tests(path) ? 1 : 0;
  const Role role = scan::role_of(as, down > 0);
  sink.begin(role, down);
  // A text without an ending may be anything.
  const std::string_view base = as.substr(as.rfind('/') + 1);
  state.values = kind == scan::Kind::yaml && base.starts_with("values");
  state.recipes = scan::has_recipes(as);
  const bool script = as.find('.', as.rfind('/') + 1) != std::string_view::npos || role == Role::command ||
                      bytes.starts_with("#!");
  state.runs = script && role != Role::document && role != Role::test;
  scan::Mapped plain;
  const std::size_t front = text.skip;
  const bool slashes = kind == scan::Kind::json || kind == scan::Kind::yaml || kind == scan::Kind::notebook;
  const bool references =
      kind == scan::Kind::markup || kind == scan::Kind::page || kind == scan::Kind::component;
  if (references ? scan::undo_references(bytes, plain) : scan::undo_escapes(bytes, slashes, plain))
    scan::read(kind, as, plain.slice(down).part(front, plain.text.size()), state);
  else
    scan::read(kind, as, {bytes.substr(front), front, {}, down}, state);
  scan::scan_fragments(as, {bytes, 0, {}, down}, state);
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
