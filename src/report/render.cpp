// One function per format, chosen here; and the rules in words.
//
//   render_rule("weights.gated")  ->  question, why it matters, how it is decided, what to do

#include <fmt/format.h>

#include "howopen/report.h"
#include "report/layout.h"
#include "text/json.h"

namespace howopen {

std::string render(std::span<const Verdict> verdicts, Format format, const Style& style,
                   const Catalog& catalog, const GateSummary* gate) {
  return format == Format::json ? report::json_report(verdicts, catalog, gate)
                                : report::text_report(verdicts, style, catalog);
}

std::string render_rules(const Catalog& catalog, Format format, const Style& style) {
  if (format == Format::json) {
    text::Json out;
    text::Json& rules = out.set("rules", text::Json::array());
    for (const std::string& id : rule_ids()) {
      const RuleText* rule = catalog.rule(id);
      text::Json one;
      one.set("id", text::Json(id));
      one.set("question", text::Json(rule != nullptr ? rule->question : ""));
      rules.push(std::move(one));
    }
    return text::write_json(out, true);
  }
  std::string out;
  for (const std::string& id : rule_ids()) {
    const RuleText* rule = catalog.rule(id);
    out += report::labeled(id, rule != nullptr ? rule->question : "", 36, style);
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

}  // namespace howopen
