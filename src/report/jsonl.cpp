// JSON Lines: a model a line, as in the JSON report, and a summary as the last line.
//
//   {"schema_version":"1.0.0","ref":"acme/m",…}
//   {"type":"summary","schema_version":"1.0.0",…,"models":1,"pass":1,…}

#include "report/layout.h"
#include "text/json.h"

namespace howopen {

std::string render_line(const Verdict& verdict) {
  return text::write_json(report::model_json(verdict, true), false) + "\n";
}

}  // namespace howopen

namespace howopen::report {

using text::Json;

std::string jsonl_report(std::span<const Verdict> verdicts, const Catalog& catalog, const GateSummary* gate) {
  std::string out;
  bool complete = true;
  for (const Verdict& v : verdicts) {
    out += render_line(v);
    complete = complete && v.complete;
  }
  Json last;
  last.set("type", Json("summary"));
  last.set("schema_version", Json("1.0.0"));
  last.set("tool", tool_json(catalog));
  last.set("complete", Json(complete));
  last.set("policy", gate != nullptr ? Json(gate->policy) : Json());
  last.set("exit", gate != nullptr ? Json(gate->exit) : Json());
  const Json summary = summary_json(verdicts, gate);
  for (const auto& [key, value] : summary.members()) last.set(key, value);
  return out + text::write_json(last, false) + "\n";
}

}  // namespace howopen::report
