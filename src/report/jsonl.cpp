// JSON Lines: a model a line, as in the JSON report, and a summary as the last line.
//
//   {"schema_version":"1.0.0","ref":"acme/m",…}
//   {"type":"summary","schema_version":"1.0.0",…,"models":1,"pass":1,…}

#include "report/layout.h"
#include "text/json_writer.h"

namespace howopen {

using text::JsonWriter;

std::string render_line(const Verdict& verdict) {
  JsonWriter out(JsonWriter::Layout::line);
  report::model_json(verdict, true, out);
  return out.take() + "\n";
}

std::string render_line(const Verdict& verdict, const Basis& basis) {
  std::string line = render_line(verdict);
  line.resize(line.size() - 2);  // its bracket and line end
  JsonWriter out(JsonWriter::Layout::line);
  out.object([&] {
    out.member("tool", basis.tool);
    out.member("catalog", basis.catalog);
    out.member("options", basis.options);
    out.objects("rests_on", basis.rests, [&](const Rest& rest) {
      out.member("topic", word(rest.want.topic));
      out.member("id", rest.want.id);
      out.member("revision", text::or_null(rest.want.revision));
      out.member("path", text::or_null(rest.want.path));
      out.member("state", text::or_null(rest.state));
    });
  });
  return line + ",\"basis\":" + out.take() + "}\n";
}

}  // namespace howopen

namespace howopen::report {

std::string jsonl_report(std::span<const Verdict> verdicts, const Catalog& catalog, const GateSummary* gate) {
  std::string lines;
  for (const Verdict& v : verdicts) lines += render_line(v);
  JsonWriter last(JsonWriter::Layout::line);
  last.object([&] {
    last.member("type", "summary");
    last.member("schema_version", kSchemaVersion);
    tool_json(catalog, last);
    last.member("complete", all_complete(verdicts));
    last.member("policy", gate != nullptr ? std::optional(gate->policy) : std::nullopt);
    last.member("exit", gate != nullptr ? std::optional(gate->exit) : std::nullopt);
    if (gate != nullptr) tree_json(*gate, last);
    summary_json(verdicts, gate, last);
  });
  return lines + last.take() + "\n";
}

}  // namespace howopen::report
