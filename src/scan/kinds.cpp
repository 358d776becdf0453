// The table of endings and names.
//
//   kind_of("app.py")  ->  python   kind_of("Dockerfile.j2")  ->  docker   kind_of("a.png")  ->  skip

#include "scan/kinds.h"

#include <algorithm>
#include <array>
#include <string>

#include "scan/words.h"
#include "text/utf8.h"

namespace howopen::scan {
namespace {

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
                               {".bazel", Kind::python},
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
                               {".plist", Kind::markup},
                               {".txt", Kind::prose},
                               {".rst", Kind::rst},
                               {".adoc", Kind::adoc},
                               {".asciidoc", Kind::adoc},
                               {".tex", Kind::prose},
                               {".gguf", Kind::tensors},
                               {".safetensors", Kind::tensors},
                               {".gitmodules", Kind::prose},
                               {".xml", Kind::markup},
                               {".hs", Kind::c_like},
                               {".lhs", Kind::c_like},
                               {".clj", Kind::c_like},
                               {".cljs", Kind::c_like},
                               {".cljc", Kind::c_like},
                               {".edn", Kind::c_like},
                               {".el", Kind::c_like},
                               {".lisp", Kind::c_like},
                               {".scm", Kind::c_like},
                               {".rkt", Kind::c_like},
                               {".ml", Kind::c_like},
                               {".mli", Kind::c_like},
                               {".nim", Kind::c_like},
                               {".elm", Kind::c_like},
                               {".purs", Kind::c_like},
                               {".sol", Kind::c_like},
                               {".gd", Kind::c_like},
                               {".hx", Kind::c_like},
                               {".vala", Kind::c_like},
                               {".ino", Kind::c_like},
                               {".sc", Kind::c_like},
                               {".d", Kind::c_like},
                               {".pas", Kind::c_like},
                               {".sql", Kind::config},
                               {".erl", Kind::config},
                               {".hrl", Kind::config},
                               {".cr", Kind::config},
                               {".coffee", Kind::config},
                               {".cue", Kind::config},
                               {".dhall", Kind::config},
                               {".gin", Kind::config},
                               {".kdl", Kind::config},
                               {".ron", Kind::config},
                               {".wdl", Kind::config},
                               {".tcl", Kind::config},
                               {".vim", Kind::config},
                               {".pm", Kind::config},
                               {".rake", Kind::config},
                               {".gemspec", Kind::config},
                               {".ru", Kind::config},
                               {".tftpl", Kind::config},
                               {".http", Kind::config},
                               {".nims", Kind::config},
                               {".mojo", Kind::python},
                               {".smk", Kind::python},
                               {".nf", Kind::javascript},
                               {".psd1", Kind::shell},
                               {".nu", Kind::shell},
                               {".bats", Kind::shell},
                               {".cshtml", Kind::component},
                               {".razor", Kind::component},
                               {".jsp", Kind::component},
                               {".aspx", Kind::component},
                               {".heex", Kind::component},
                               {".eex", Kind::component},
                               {".leex", Kind::component},
                               {".csproj", Kind::markup},
                               {".fsproj", Kind::markup},
                               {".props", Kind::markup},
                               {".targets", Kind::markup},
                               {".config", Kind::markup},
                               {".resx", Kind::markup},
                               {".org", Kind::prose},
                               {".csv", Kind::table},
                               {".tsv", Kind::table},
                               {".dvc", Kind::yaml},
                               {".lock", Kind::config},
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

}  // namespace

bool is_archive(std::string_view path) {
  const std::string name = text::lower(path.substr(path.rfind('/') + 1));
  return words().archive_endings.ends(name);
}

bool has_recipes(std::string_view path) {
  const std::string name = text::lower(path.substr(path.rfind('/') + 1));
  return name.starts_with("makefile") || name == "gnumakefile" || name.ends_with(".mk");
}

bool is_named_text(std::string_view path) {
  const std::string name = text::lower(path.substr(path.rfind('/') + 1));
  return name.find('.') != std::string::npos || is_known_name(name);
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
  if (std::find(kSkipped.begin(), kSkipped.end(), name) != kSkipped.end() ||
      words().packages_lock_files.has(name))
    return Kind::skip;
  if (is_archive(name)) return Kind::skip;  // Makefile.gz is no Makefile
  if (name.ends_with(".index.json")) return Kind::skip;
  if (name.starts_with("dockerfile") || name.starts_with("containerfile")) return Kind::docker;
  if (name.starts_with("modelfile")) return Kind::modelfile;
  if (name.starts_with("makefile") || name == "gnumakefile" || name == "justfile" || name == ".justfile" ||
      name.starts_with("procfile") || name == ".envrc" || name.starts_with(".env") ||
      name.ends_with(".env") || name.find(".env.") != std::string::npos)
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

}  // namespace howopen::scan
