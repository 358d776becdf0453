// What a file is there for, by its name.
//
//   src/app.py -> code   deploy/values.yaml -> config   run.sh, Dockerfile -> command   README.md -> document

#include <algorithm>
#include <array>

#include "scan/parts.h"
#include "text/utf8.h"

namespace howopen::scan {
namespace {

struct Kinds {
  Role role;
  std::array<std::string_view, 24> endings;
};
constexpr std::array<Kinds, 3> kKinds = {{
    {Role::document,
     {".md", ".mdx", ".markdown", ".rst", ".adoc", ".asciidoc", ".txt", ".html", ".htm", ".qmd", ".rmd",
      ".tex", ".livemd", ".mdc", ".org"}},
    {Role::config, {".yaml",  ".yml",   ".json", ".jsonc",   ".json5", ".toml",  ".ini",        ".cfg",
                    ".conf",  ".env",   ".tf",   ".tfvars",  ".hcl",   ".bicep", ".properties", ".xml",
                    ".nomad", ".proto", ".gin",  ".jsonnet", ".csv",   ".tsv",   ".lock",       ".dvc"}},
    {Role::command,
     {".sh", ".bash", ".zsh", ".fish", ".ps1", ".bat", ".cmd", ".mk", ".slurm", ".sbatch", ".ksh"}},
}};
constexpr std::array<std::string_view, 8> kCommandFiles = {"dockerfile", "containerfile", "makefile",
                                                           "justfile",   "jenkinsfile",   "modelfile",
                                                           "procfile",   "gnumakefile"};

}  // namespace

Role role_of(std::string_view path, bool test) {
  if (test) return Role::test;
  const std::string name = text::lower(path.substr(path.rfind('/') + 1));
  for (const std::string_view file : kCommandFiles) {
    if (name == file || (name.starts_with(file) && name[file.size()] == '.')) return Role::command;
  }
  if (name == ".env" || name.starts_with(".env.")) return Role::config;
  for (const Kinds& kind : kKinds) {
    if (std::any_of(kind.endings.begin(), kind.endings.end(),
                    [&](std::string_view ending) { return !ending.empty() && name.ends_with(ending); }))
      return kind.role;
  }
  return Role::code;
}

}  // namespace howopen::scan
