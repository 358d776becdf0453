// One function per format, chosen here; and the rules in words.
//
//   render_rule("weights.gated")  ->  question, why it matters, how it is decided, what to do

#include <fmt/format.h>

#include <algorithm>

#include "howopen/report.h"
#include "report/layout.h"
#include "text/json.h"

namespace howopen {

std::string render(std::span<const Verdict> verdicts, Format format, const Style& style,
                   const Catalog& catalog, const GateSummary* gate) {
  switch (format) {
    case Format::text:
      return gate != nullptr ? report::gate_report(verdicts, style, catalog, *gate)
                             : report::text_report(verdicts, style, catalog);
    case Format::json:
      return report::json_report(verdicts, catalog, gate);
    case Format::jsonl:
      return report::jsonl_report(verdicts, catalog, gate);
    case Format::sarif:
      return report::sarif_report(verdicts, style, catalog, gate);
    case Format::junit:
      return report::junit_report(verdicts, gate);
    case Format::github:
      return report::github_report(verdicts, gate);
    case Format::gitlab:
      return report::gitlab_report(verdicts, style, gate);
    case Format::markdown:
      return report::markdown_report(verdicts, style, catalog, gate);
    case Format::csv:
      return report::csv_report(verdicts, catalog);
    case Format::cyclonedx:
      return report::cyclonedx_report(verdicts, false, catalog);
    case Format::cyclonedx_1_6:
      return report::cyclonedx_report(verdicts, true, catalog);
    case Format::spdx_3:
      return report::spdx_report(verdicts, catalog);
    case Format::html:
      return report::html_report(verdicts, catalog, gate);
    case Format::badge:
    case Format::badge_dots:
    case Format::badge_json:
      return report::badge_report(verdicts, format, catalog, gate);
    case Format::spdx:
      break;  // of notices alone
  }
  return {};
}

std::string render_rules(const Catalog& catalog, const Policy& policy, Format format, const Style& style) {
  std::vector<std::string> ids = policy_rules();
  for (std::string& id : drift_rules()) ids.push_back(std::move(id));
  std::sort(ids.begin(), ids.end());
  const auto question = [&](const std::string& id) {
    const RuleText* rule = catalog.rule(id);
    return rule != nullptr ? rule->question : std::string();
  };
  const auto level = [&](const std::string& id) {
    const auto set = level_of(id, policy);
    return set ? std::string(word(*set)) : std::string();
  };
  if (format == Format::json) {
    text::Json out;
    out.set("policy", text::Json(name_of(policy)));
    text::Json& rules = out.set("rules", text::Json::array());
    for (const std::string& id : ids) {
      text::Json one;
      one.set("id", text::Json(id));
      one.set("level", level(id).empty() ? text::Json() : text::Json(level(id)));
      one.set("question", text::Json(question(id)));
      rules.push(std::move(one));
    }
    return text::write_json(out, true);
  }
  // Rules that a gate asks first; the others say what the verdict was taken from.
  std::string out =
      fmt::format("Asked by gate and drift, with levels of {}:\n",
                  report::shown(policy.file.empty() ? "the preset " + policy.preset : policy.file, style));
  for (const std::string& id : ids) {
    if (!level(id).empty())
      out += report::labeled(fmt::format("  {:<28}{}", id, level(id)), question(id), 36, style);
  }
  out += "\nEvidence, and findings of the judgement; [rules] of a policy may give them a level:\n";
  for (const std::string& id : ids) {
    if (level(id).empty()) out += report::labeled("  " + id, question(id), 36, style);
  }
  return out;
}

std::string render_rule(const Catalog& catalog, std::string_view id, Format format, const Style& style) {
  const RuleText* rule = catalog.rule(id);
  if (rule == nullptr) return {};
  if (format == Format::json) {
    text::Json out;
    out.set("id", text::Json(rule->id));
    out.set("question", text::Json(rule->question));
    out.set("why", text::Json(rule->why));
    out.set("how", text::Json(rule->how));
    out.set("fix", rule->fix.empty() ? text::Json() : text::Json(rule->fix));
    return text::write_json(out, true);
  }
  std::string out = report::paint(rule->id, report::Color::bold, style) + "\n";
  out += report::labeled("  asks", rule->question, 9, style);
  out += report::labeled("  why", rule->why, 9, style);
  out += report::labeled("  how", rule->how, 9, style);
  if (!rule->fix.empty()) out += report::labeled("  fix", rule->fix, 9, style);
  return out;
}

std::string render_reference(const Catalog& catalog, Format format, const Style& style) {
  const ReferenceTable& t = catalog.reference();
  if (format == Format::json) {
    text::Json out;
    out.set("name", text::Json(t.name));
    out.set("owner", text::Json(t.owner));
    out.set("about", text::Json(t.about));
    out.set("source", text::Json(t.source));
    out.set("as_of", text::Json(t.as_of));
    text::Json& rows = out.set("components", text::Json::array());
    for (const ReferenceTable::Row& row : t.rows) {
      text::Json one;
      one.set("component", text::Json(row.component));
      one.set("status", text::Json(row.status));
      one.set("says", text::Json(row.says));
      rows.push(std::move(one));
    }
    return text::write_json(out, true);
  }
  const auto foreign = [&](const std::string& s) { return report::shown(s, style); };
  std::string out = report::paint(foreign("vs. " + t.name + " table"), report::Color::bold, style) + "\n";
  out += report::labeled("  what", foreign(t.about), 10, style);
  out += report::labeled("  shown", foreign("for models of " + t.owner + ", and for all with -v"), 10, style);
  out += report::labeled("  source", foreign(t.source + ", " + t.as_of), 10, style);
  for (const ReferenceTable::Row& row : t.rows)
    out += report::labeled("  " + report::words_of(std::string_view(row.component)), foreign(row.says), 18,
                           style);
  return out;
}

}  // namespace howopen
