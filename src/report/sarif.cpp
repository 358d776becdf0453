// SARIF 2.1.0 as GitHub takes it, which is less than the schema allows: every result at a line of a real
// file, every text of a rule filled, levels of its own, fingerprints as strings.
//
//   acme/m under X, used at src/app.py:3:32  ->  result license.not-allowed, level error, src/app.py
//   3:32-3:38

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "report/issues.h"
#include "report/layout.h"
#include "report/sarif_rules.h"
#include "text/json.h"

namespace howopen::report {
namespace {

using text::Json;

constexpr std::size_t kResults = 5000;  // that GitHub keeps
constexpr std::size_t kRelated = 20;

// One or more issues that a viewer could not tell apart: same rule, same line.
struct Group {
  Place place;
  std::string rule;
  std::vector<Issue> issues;  // worst first

  bool waived() const {
    return std::all_of(issues.begin(), issues.end(), [](const Issue& i) { return i.waived; });
  }
  bool known() const {
    return std::all_of(issues.begin(), issues.end(), [](const Issue& i) { return i.known; });
  }
};

bool undecided(const Issue& i) {
  return i.severity == Severity::undecided || (i.finding != nullptr && i.finding->undecided);
}

std::string rule_of(const Issue& i) {
  return undecided(i) ? std::string(kUnavailable) : i.rule;
}

// Square brackets make links in SARIF, and viewers take the text for Markdown.
std::string prose(std::string_view foreign, std::size_t most = 1000) {
  std::string out;
  for (const char c : safe(foreign, most)) {
    if (c == '[' || c == ']' || c == '<' || c == '`') out += '\\';
    out += c;
  }
  return out;
}

Json text_of(std::string_view words) {
  Json out;
  out.set("text", Json(words));
  return out;
}

// Everything but what a path may hold unescaped; of Windows' paths the separators.
std::string uri(std::string_view path) {
  std::string out;
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    if (plain)
      out += c;
    else if (c == '\\')
      out += '/';
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

Json physical(const Place& p) {
  Json out;
  Json& file = out.set("artifactLocation", Json::object());
  file.set("uri", Json(uri(p.path)));
  file.set("uriBaseId", Json("%SRCROOT%"));
  Json& region = out.set("region", Json::object());
  const int column = std::max(1, p.column);
  region.set("startLine", Json(p.line));
  region.set("startColumn", Json(column));
  region.set("endLine", Json(p.line));
  region.set("endColumn", Json(column + std::max(1, p.length)));  // behind the last one
  return out;
}

std::string purl(const Verdict& v) {
  const bool hub = v.origin != Origin::catalog && v.id.find('/') != std::string::npos;
  if (!hub) return v.id;
  return "pkg:huggingface/" + uri(v.id) + (v.revision.empty() ? "" : "@" + v.revision);
}

std::string message(const Group& g) {
  std::string out;
  if (g.issues.size() > 1) {
    // The title of an alert is its first sentence: it names all models.
    for (const Issue& i : g.issues) out += (out.empty() ? "" : "; ") + clip(safe(i.message), 200);
    return prose(out + ".");
  }
  const Issue& i = g.issues.front();
  out = safe(i.message, 400) + ".";
  if (undecided(i) && i.rule != kUnavailable) out += fmt::format(" Not answered: {}.", i.rule);
  for (const std::string& line : detail_lines(i)) {
    if (!line.starts_with("used: ")) out += " " + safe(line, 300) + ".";
  }
  return prose(out);
}

std::string finding_fingerprint(const Issue& i) {
  if (i.finding == nullptr) return fingerprint(*i.model, Finding{i.rule, "deny", i.message, {}});
  if (i.model == nullptr) return i.finding->fingerprint;
  return i.finding->fingerprint.empty() ? fingerprint(*i.model, *i.finding) : i.finding->fingerprint;
}

Json result(const Group& g, std::size_t rule_index, bool baseline, const GateSummary* gate) {
  const Issue& worst = g.issues.front();
  Json out;
  out.set("ruleId", Json(g.rule));
  out.set("ruleIndex", Json(static_cast<std::int64_t>(rule_index)));
  out.set("level", Json(level_of(worst.severity, "note")));
  out.set("message", text_of(message(g)));
  Json location;
  location.set("physicalLocation", physical(g.place));
  Json& logical = location.set("logicalLocations", Json::array());
  Json models = Json::array();
  std::string last;
  for (const Issue& i : g.issues) {
    if (i.model == nullptr) continue;
    const std::string name = safe(purl(*i.model), 400);
    if (name == last) continue;
    last = name;
    Json one;
    one.set("fullyQualifiedName", Json(name));
    one.set("kind", Json("resource"));
    logical.push(std::move(one));
    models.push(Json(safe(i.model->id, 300)));
  }
  out.set("locations", Json::array()).push(std::move(location));
  const std::span<const Use> uses = worst.uses;
  Json related = Json::array();
  for (std::size_t i = 1; i < uses.size() && i <= kRelated; ++i) {
    Issue other = worst;
    other.uses = uses.subspan(i, 1);
    other.finding = nullptr;  // no line of a policy
    const auto place = place_of(other);
    if (!place) continue;
    Json one;
    one.set("id", Json(static_cast<std::int64_t>(i)));
    one.set("physicalLocation", physical(*place));
    one.set("message", text_of("used here too"));
    related.push(std::move(one));
  }
  if (!related.items().empty()) out.set("relatedLocations", std::move(related));
  Json& prints = out.set("partialFingerprints", Json::object());
  if (gate != nullptr) {
    const auto file = gate->line_hashes.find(g.place.path);
    const auto line = static_cast<std::size_t>(g.place.line);
    if (file != gate->line_hashes.end() && line <= file->second.size())
      prints.set("primaryLocationLineHash", Json(file->second[line - 1]));
  }
  prints.set("howopen/v1", Json(finding_fingerprint(worst)));
  if (baseline) out.set("baselineState", Json(g.known() ? "unchanged" : "new"));
  if (g.waived()) {
    const WaiverNote& w = *worst.finding->waiver;
    Json one;
    one.set("kind", Json("external"));
    one.set("status", Json("accepted"));
    one.set("justification", Json(prose(fmt::format("{} ({}, until {})", w.reason, w.by, w.until))));
    out.set("suppressions", Json::array()).push(std::move(one));
  }
  Json& properties = out.set("properties", Json::object());
  properties.set("models", std::move(models));
  properties.set("rule", Json(worst.rule));
  if (worst.model != nullptr) properties.set("verdict", Json(word(worst.model->rung)));
  return out;
}

Json notification(std::string_view level, std::string_view words) {
  Json out;
  out.set("level", Json(level));
  out.set("message", text_of(prose(words)));
  return out;
}

// Groups by where they stand, the worst kept where there are more than anybody takes.
std::vector<Group> groups_of(std::span<const Verdict> verdicts, const GateSummary* gate, const Style& style) {
  std::map<std::tuple<std::string, int, std::string>, Group> by_place;
  const auto add = [&](std::vector<Issue> issues) {
    for (Issue& i : issues) {
      const auto place = place_of(i);
      if (!place || (i.waived && !style.show_waived)) continue;
      if (gate != nullptr && i.severity == Severity::note && !style.notes) continue;
      const std::string rule = rule_of(i);
      Group& g = by_place[{place->path, place->line, rule}];
      g.rule = rule;
      g.issues.push_back(std::move(i));
    }
  };
  for (const Verdict& v : verdicts) add(issues_of(v));
  if (gate != nullptr) add(issues_of(*gate));
  std::vector<Group> out;
  for (auto& [key, g] : by_place) {
    std::stable_sort(g.issues.begin(), g.issues.end(), [](const Issue& a, const Issue& b) {
      const auto rank = [](const Issue& i) {
        return std::tuple(
            i.waived, i.known, i.severity, std::string_view(i.model != nullptr ? i.model->id : i.rule),
            std::string_view(i.message), std::string_view(i.model != nullptr ? i.model->revision : i.rule));
      };
      return rank(a) < rank(b);
    });
    g.place = *place_of(g.issues.front());
    out.push_back(std::move(g));
  }
  if (out.size() > kResults) {
    std::stable_sort(out.begin(), out.end(), [](const Group& a, const Group& b) {
      return a.issues.front().severity < b.issues.front().severity;
    });
    out.resize(kResults);
    std::sort(out.begin(), out.end(), [](const Group& a, const Group& b) {
      return std::tie(a.place.path, a.place.line, a.rule) < std::tie(b.place.path, b.place.line, b.rule);
    });
  }
  return out;
}

Json invocation(std::span<const Verdict> verdicts, const GateSummary* gate) {
  Json out;
  // Who works offline has asked for what was not seen; an answer that failed is another matter.
  bool successful = true;
  Json notes = Json::array();
  for (const std::string& warning : left_out(verdicts, Format::sarif))
    notes.push(notification("warning", warning));
  std::vector<std::string> lookup_errors;
  for (const Verdict& v : verdicts) {
    for (const LookupError& m : v.errors) successful = successful && m.offline;
    for (const LookupError& m : v.errors)
      lookup_errors.push_back(fmt::format("{}: {} {} ({})", v.id, m.where, m.message, word(m.trouble)));
  }
  std::sort(lookup_errors.begin(), lookup_errors.end());
  lookup_errors.erase(std::unique(lookup_errors.begin(), lookup_errors.end()), lookup_errors.end());
  if (lookup_errors.size() > 100) lookup_errors.resize(100);
  for (const std::string& miss : lookup_errors) notes.push(notification("warning", miss));
  if (gate != nullptr) {
    for (const Issue& i : issues_of(*gate)) {
      if (i.severity != Severity::note)
        notes.push(notification(i.severity == Severity::denied ? "error" : "warning", i.message));
    }
    for (const Notice& n : gate->notices)
      notes.push(notification(n.level == "warn" ? "warning" : "note", n.message));
    out.set("exitCode", Json(gate->exit));
  }
  out.set("executionSuccessful", Json(successful));
  if (!notes.items().empty()) out.set("toolExecutionNotifications", std::move(notes));
  return out;
}

}  // namespace

std::string sarif_report(std::span<const Verdict> verdicts, const Style& style, const Catalog& catalog,
                         const GateSummary* gate) {
  const std::vector<Group> groups = groups_of(verdicts, gate, style);
  std::map<std::string, Severity> rules;  // each with the worst that was found
  bool baseline = false;
  for (const Group& g : groups) {
    const Severity severity = g.issues.front().severity;
    const auto [at, added] = rules.emplace(g.rule, severity);
    if (!added) at->second = std::min(at->second, severity);
    for (const Issue& i : g.issues) baseline = baseline || i.known;
  }
  Json run;
  Json& driver = run.set("tool", Json::object()).set("driver", Json::object());
  driver.set("name", Json("howopen"));
  driver.set("semanticVersion", Json(HOWOPEN_VERSION));
  Json& list = driver.set("rules", Json::array());
  std::map<std::string, std::size_t> index;
  for (const auto& [rule, severity] : rules) {
    index.emplace(rule, index.size());
    list.push(sarif_rule(rule, severity, catalog));
  }
  // Text before the last slash is the category: uploads of other tools for this commit stay.
  run.set("automationDetails", Json::object()).set("id", Json("howopen/models/"));
  run.set("columnKind", Json("utf16CodeUnits"));
  run.set("invocations", Json::array()).push(invocation(verdicts, gate));
  // An empty list closes what was open before; none at all would not.
  Json& results = run.set("results", Json::array());
  for (const Group& g : groups) results.push(result(g, index.at(g.rule), baseline, gate));
  Json out;
  out.set("$schema", Json("https://json.schemastore.org/sarif-2.1.0.json"));
  out.set("version", Json("2.1.0"));
  out.set("runs", Json::array()).push(std::move(run));
  return text::write_json(out, true);
}

}  // namespace howopen::report

namespace howopen {

std::vector<std::string> left_out(std::span<const Verdict> verdicts, Format format) {
  if (format != Format::sarif && format != Format::gitlab) return {};
  std::size_t homeless = 0;
  std::string first;
  for (const Verdict& v : verdicts) {
    for (const report::Issue& i : report::issues_of(v)) {
      if (i.waived || report::place_of(i)) continue;
      ++homeless;
      if (first.empty() || i.message < first) first = i.message;
    }
  }
  if (homeless == 0) return {};
  return {
      fmt::format("{} of the findings {} in no file of the repository and {} left out of {} ({}); "
                  "-o github and -o json have all of them",
                  homeless, homeless == 1 ? "stands" : "stand", homeless == 1 ? "is" : "are", word(format),
                  report::safe(first, 200))};
}

}  // namespace howopen
