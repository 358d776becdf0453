// [scan] of a policy: which files are read and what names stand for. A pattern that can match nothing leaves
// a file in, or out, without a word: it is an error.
//
//   exclude = ["/docs"]  ->  error: scan.exclude holds "/docs", an absolute path; … ; paths are below the
//   project

#include <fmt/format.h>

#include "gate/table.h"
#include "howopen/scan.h"
#include "hub/ids.h"
#include "text/utf8.h"

namespace howopen::gate {
namespace {

using text::Json;

// Why a pattern of paths matches nothing; "" for one that may.
const char* flaw(std::string_view pattern) {
  if (text::trim(pattern).empty()) return "an empty pattern";
  if (pattern.front() == '/' || pattern.front() == '~') return "an absolute path";
  if (pattern == ".." || pattern.starts_with("../") || pattern.find("/../") != std::string_view::npos)
    return "a way out of the project";
  if (pattern.find('\\') != std::string_view::npos) return "a backslash";
  bool open = false;
  for (const char c : pattern) {
    if (c == '[') open = true;
    if (c == ']') open = false;
  }
  return open ? "a bracket that is not closed" : "";
}

void patterns(Table& t, std::string_view key, std::vector<std::string>& out) {
  if (!t.strings(key, out)) return;
  for (const std::string& p : out) {
    if (const std::string_view why = flaw(p); !why.empty())
      t.wrong(key, fmt::format("holds \"{}\", {}", text::printable(p), why),
              "patterns are paths below the project: docs/**, *.ipynb");
  }
}

// A model of the Hub at a revision or none, or a name without an owner, of a closed one.
bool names_model(std::string_view id) {
  const std::size_t at = id.find('@');
  return hub::is_repository_id(id.substr(0, at)) &&
         (at == std::string_view::npos || hub::is_revision(id.substr(at + 1)));
}

void read_roles(Table t, Policy& policy) {
  for (const std::string_view role : Words<Role>::names) {
    Level level{};
    if (t.word(role, level)) policy.scan.roles[std::string(role)] = level;
  }
  t.done();
}

}  // namespace

void check_model_pattern(Table& t, std::string_view key, std::string_view pattern) {
  std::string plain;
  for (const char c : pattern) plain += c == '*' || c == '?' || c == '[' || c == ']' || c == '!' ? 'x' : c;
  const bool local = pattern.starts_with("./") || pattern.find(':') != std::string_view::npos;
  if (!pattern.empty() && !local && !names_model(plain))
    t.wrong(key, fmt::format("is \"{}\", which no model is called", text::printable(pattern)),
            "org/name, org/*");
}

void read_scan(Table t, Policy& policy) {
  ScanSettings& scan = policy.scan;
  patterns(t, "include", scan.include);
  patterns(t, "exclude", scan.exclude);
  std::string confidence;
  if (t.string("min-confidence", confidence)) {
    if (confidence != "high" && confidence != "medium" && confidence != "low")
      t.wrong_word("min-confidence", confidence, {"high", "medium", "low"});
    else
      scan.min_confidence = confidence;
  }
  t.strings("ignore-models", scan.ignore_models);
  t.boolean("respect-gitignore", scan.respect_gitignore);
  read_roles(t.inner("roles"), policy);
  const Json& aliases = t.table("aliases");
  if (!aliases.is_null() && !aliases.is_object()) t.wrong("aliases", "is not a table");
  for (const auto& [name, id] : aliases.members()) {
    if (!id.is_string())
      t.wrong_at(id.line, fmt::format("scan.aliases.{} is not a string", text::printable(name)));
    else if (!names_model(id.string_or("")))
      t.wrong_at(id.line,
                 fmt::format("scan.aliases.{} is \"{}\", which no model is called", text::printable(name),
                             text::printable(std::string(id.string_or("")))),
                 "org/name, org/name@revision, or a closed model: gpt-4o");
    else
      scan.aliases[name] = std::string(id.string_or(""));
  }
  t.done();
}

}  // namespace howopen::gate
