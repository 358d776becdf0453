// What howopen wrote itself is told by its name, how it begins, and what it consists of.
//
//   report.json: {"schema_version": "1.0.0", "tool": {"name": "howopen", …    ->  own
//   config.json: the same, and "model_name_or_path": "acme/foo-7b" behind it  ->  not

#include <algorithm>
#include <vector>

#include "howopen/scan.h"
#include "text/ascii.h"
#include "text/json.h"

namespace howopen {
namespace {

constexpr std::size_t kHead = 1024;

// The head without blanks between tokens: reports are written indented and in lines.
std::string dense(std::string_view bytes) {
  std::string out;
  for (const char c : bytes.substr(0, kHead)) {
    if (!text::is_blank(c) && c != '\r') out += c;
  }
  return out;
}

// Outermost keys of a report, of SARIF, of a saved snapshot and of bills of materials.
bool of_a_document(std::string_view key) {
  for (const std::string_view known :
       {"schema_version", "tool",       "complete",     "gate",         "models",      "summary",
        "references",     "unresolved", "skipped",      "$schema",      "version",     "runs",
        "howopen",        "answers",    "made_at",      "endpoint",     "facts",       "scan",
        "values",         "file",       "preset",       "bomFormat",    "specVersion", "serialNumber",
        "metadata",       "components", "dependencies", "declarations", "definitions", "citations",
        "annotations",    "@context",   "@graph"}) {
    if (key == known) return true;
  }
  return false;
}

bool consists_of_known_parts(std::string_view bytes) {
  const auto json = text::parse_json(bytes);
  return json && json->is_object() &&
         std::all_of(json->members().begin(), json->members().end(),
                     [](const auto& member) { return of_a_document(member.first); });
}

using Keys = std::vector<std::string_view>;

// An object of these members and no others, in this order.
bool made_of(const text::Json& json, const Keys& keys) {
  const auto& members = json.members();
  return json.is_object() && std::equal(members.begin(), members.end(), keys.begin(), keys.end(),
                                        [](const auto& m, std::string_view key) { return m.first == key; });
}

// Documents that do not name who wrote them: of compare, why, history, catalog, notice and summary.
bool known_by_its_members(std::string_view bytes) {
  static const std::vector<Keys> kShapes = {
      {"schema_version", "models", "different", "same"},
      {"schema_version", "id", "revision", "verdict", "verdict_low", "verdict_high", "topic", "reasons",
       "chain", "looked_at_and_empty", "moves", "next_rung"},
      {"schema_version", "id", "from", "gate_today", "commits", "older_not_listed", "looked_at", "changes",
       "unseen"},
      {"schema_version", "as_of", "digest", "before", "models"},
      {"missing", "models", "duties", "copyright", "texts"},
      {"schema_version", "models", "by_verdict", "by_license_class", "components", "by_use", "conflicts",
       "errors"}};
  const auto json = text::parse_json(bytes);
  return json &&
         std::any_of(kShapes.begin(), kShapes.end(), [&](const Keys& k) { return made_of(*json, k); });
}

// The report for GitLab: findings, each with the lines that ours have.
bool code_quality(std::string_view bytes) {
  const auto json = text::parse_json(bytes);
  return json && json->is_array() && !json->items().empty() &&
         std::all_of(json->items().begin(), json->items().end(), [](const text::Json& one) {
           return made_of(one,
                          {"description", "check_name", "fingerprint", "severity", "location", "content"}) &&
                  made_of(one["content"], {"body"}) && made_of(one["location"], {"path", "lines"});
         });
}

bool ends_in(std::string_view path, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view e) { return path.ends_with(e); });
}

}  // namespace

bool is_own_document(std::string_view path, std::string_view bytes) {
  const std::string_view head = bytes.substr(0, kHead);
  if (head.starts_with("# Made by howopen lock")) return ends_in(path, {".lock", ".toml"});
  if (head.starts_with("# howopen: ")) return ends_in(path, {".md", ".markdown", ".txt"});
  if (head.starts_with("<?xml"))
    return ends_in(path, {".xml"}) && text::contains(head, "?>\n<testsuites name=\"howopen\"");
  // A page: what it names was judged, and nothing is loaded from there.
  if (head.starts_with("<!DOCTYPE html>"))
    return ends_in(path, {".html", ".htm"}) && text::contains(head, "\n<title>howopen: ");
  // Nearly all files end here: no other one is looked at for its tokens.
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || (head[first] != '{' && head[first] != '[')) return false;
  const std::string json = dense(bytes);
  if (ends_in(path, {".json"})) {
    if (json.starts_with("[{\"description\":\"")) return code_quality(bytes);
    if (json.starts_with("{\"missing\":[") || (json.starts_with("{\"schema_version\":\"1.0.0\",") &&
                                               !text::contains(json, "\"tool\":{\"name\":\"howopen\",")))
      return known_by_its_members(bytes);
  }
  if (ends_in(path, {".jsonl", ".ndjson"})) {
    for (const std::string_view start :
         {"{\"schema_version\":\"1.0.0\",\"ref\":", "{\"type\":\"reference\",\"id\":",
          "{\"type\":\"unresolved\",\"text\":", "{\"type\":\"skipped\",\"file\":"}) {
      if (json.starts_with(start)) return true;
    }
  }
  if (!ends_in(path, {".json", ".jsonl", ".ndjson", ".sarif"})) return false;
  const bool begins =
      json.starts_with("{\"howopen\":\"snapshot\"") ||
      text::contains(json, "\"tool\":{\"name\":\"howopen\",\"version\":") ||
      text::contains(json, "\"driver\":{\"name\":\"howopen\",") ||
      text::contains(json, "\"bom-ref\":\"howopen\",\"name\":\"howopen\",") ||
      (json.starts_with("{\"@context\":\"https://spdx.org/") && text::contains(json, "\"type\":\"Tool\",") &&
       text::contains(json, "\"name\":\"howopen"));
  return begins && consists_of_known_parts(bytes);
}

}  // namespace howopen
