// The JSON report (data/schema/report-1.json). Always the same keys, null where unknown; no clock.
//
//   model_json(verdict, false, out)  ->  {"ref":"acme/m","decision":null,"id":"acme/m",…}

#include <algorithm>
#include <map>

#include "report/layout.h"
#include "text/digest.h"
#include "text/json_writer.h"

namespace howopen::report {

using text::JsonWriter;
using text::or_null;
using Text = std::optional<std::string_view>;

void next_rung_json(const Verdict& v, JsonWriter& out) {
  out.object_or_null("next_rung", v.next, [&](Rung next) {
    out.member("verdict", word(next));
    out.member("missing", v.missing);
  });
}

void evidence_json(const std::vector<Evidence>& list, JsonWriter& out) {
  out.objects("evidence", list, [&](const Evidence& e) {
    out.member("rule", e.rule);
    out.member("what", e.what);
    out.member("where", e.where);
    out.member("kind", word(e.kind));
    out.member("strength", word(e.strength));
  });
}

namespace {

std::optional<double> points(State state) {
  if (state == State::unknown) return std::nullopt;
  return state == State::available ? 1.0 : state == State::partial ? 0.5 : 0.0;
}

void component(const Verdict& v, Component c, JsonWriter& out) {
  const ComponentVerdict& in = v[c];
  out.member("status", word(in.state));
  out.member("points", points(in.state));
  if (c == Component::training_data)
    out.member("grade", v.data_grade == Grade::unknown ? Text() : Text(word(v.data_grade)));
  out.member("reference", word(in.reference));
  out.member("summary", in.summary);
  evidence_json(in.evidence, out);
}

void license_of(std::string_view name, const std::optional<LicenseFinding>& finding, JsonWriter& out) {
  out.object_or_null(name, finding, [&](const LicenseFinding& in) {
    out.member("declared", or_null(in.declared));
    out.member("concluded", or_null(in.concluded));
    out.member("class", word(in.cls));
    out.member("match", word(in.match));
    out.member("file", or_null(in.file));
    out.member("confidence",
               in.file.empty() || in.match == Match::recorded ? std::nullopt : std::optional(in.confidence));
  });
}

void license(const LicenseVerdict& in, JsonWriter& out) {
  license_of("weights", in.weights, out);
  license_of("code", in.code, out);
  license_of("training_code", in.training_code, out);
  license_of("training_data", in.training_data, out);
  out.object("effective", [&] {
    out.member("expression", in.effective.expression);
    out.member("class", word(in.effective.cls));
    out.member("from", in.effective.from);
  });
  out.object("traits", [&] {
    for (const Trait& t : in.traits) {
      out.object(t.name, [&] {
        out.member("value", t.value);
        out.member("clause", or_null(t.clause));
      });
    }
  });
  out.objects("conflicts", in.conflicts, [&](const Finding& f) {
    out.member("rule", f.rule);
    out.member("message", f.message);
    evidence_json(f.evidence, out);
  });
}

void line(const PolicyLine& in, JsonWriter& out) {
  out.member("file", in.file);
  out.member("line", in.line == 0 ? std::nullopt : std::optional(in.line));
  out.member("text", or_null(in.text));
}

void use(const Use& in, JsonWriter& out) {
  out.member("file", in.file);
  out.member("line", in.line);
  out.member("column", in.column);
}

void waiver(const WaiverNote& in, JsonWriter& out) {
  out.member("until", in.until);
  out.member("reason", in.reason);
  out.member("by", in.by);
  out.object("policy", [&] { line(in.place, out); });
}

void findings(const Verdict& v, JsonWriter& out) {
  out.objects("findings", v.findings, [&](const Finding& f) {
    out.member("rule", f.rule);
    out.member("level", f.level);
    out.member("message", f.message);
    out.member("undecided", f.undecided);
    evidence_json(f.evidence, out);
    out.object_or_null("reference", v.uses.empty() ? nullptr : &v.uses.front(),
                       [&](const Use& u) { use(u, out); });
    out.object_or_null("policy", f.policy, [&](const PolicyLine& p) { line(p, out); });
    out.object_or_null("waiver", f.waiver, [&](const WaiverNote& w) { waiver(w, out); });
    out.member("fix", or_null(f.fix));
    out.member("fingerprint", fingerprint(v, f));
  });
}

void crossing(std::string_view name, const Crossing& c, JsonWriter& out) {
  out.object(name, [&] {
    out.member("meets", c.meets);
    out.member("because", c.because);
  });
}

void crosswalk(const Verdict& v, JsonWriter& out) {
  out.object("mof", [&] {
    out.member("class", or_null(v.crosswalk.mof_class));
    out.member("missing", v.crosswalk.mof_missing);
    out.member("because", v.crosswalk.mof_because);
  });
  crossing("osaid_1_0", v.crosswalk.osaid, out);
  crossing("eu_ai_act_53_2", v.crosswalk.eu_ai_act, out);
  out.object("eu_ai_act_53_1_d", [&] {
    const Crossing& c = v.crosswalk.content_summary;
    out.member("found", c.meets);
    out.member("because", c.because);
    out.objects("places", v.crosswalk.content_summaries, [&](const SummaryPlace& p) {
      out.member("what", p.what);
      out.member("where", or_null(p.where));
      out.member("url", or_null(p.url));
      out.member("read", p.read);
      out.member("sections", p.sections);
      out.member("as_of", or_null(p.as_of));
    });
  });
  out.member("common_usage", or_null(v.common_usage));
}

void clauses(std::string_view name, const std::vector<Clause>& list, JsonWriter& out) {
  out.objects(name, list, [&](const Clause& c) {
    out.member("text", c.text);
    out.member("clause", or_null(c.clause));
    out.member("license", or_null(c.license));
    out.member("where", or_null(c.where));
  });
}

void permissions(const Verdict& v, JsonWriter& out) {
  out.objects("permissions", v.permissions, [&](const Permit& p) {
    out.member("use", word(p.use));
    out.member("answer", word(p.answer));
    clauses("duties", p.duties, out);
    clauses("because", p.because, out);
  });
}

void practical(const Practical& p, JsonWriter& out) {
  out.member("weights_bytes", p.weights_bytes);
  out.member("load_bytes", p.load_bytes);
  out.member("basis", or_null(p.basis));
  out.member("run_bytes", p.run_bytes);
  out.member("context", p.context);
  out.member("cache_bytes", p.cache_bytes);
  out.objects("gpus", p.gpus, [&](const GpuFit& g) {
    out.member("gpu", g.gpu);
    out.member("count", g.count);
  });
  out.member("who", or_null(p.who));
  out.member("quantized", p.quantized);
  out.member("quantized_count", p.quantized_count);
  out.member("jurisdiction", or_null(p.jurisdiction));
  out.object_or_null("api_terms", p.api_host.empty() ? nullptr : &p, [&](const Practical&) {
    out.member("vendor", p.vendor);
    out.member("host", p.api_host);
    out.member("as_of", or_null(p.api_as_of));
    out.member("processes_requests", p.api_serves);
    out.member("served", p.api_served);
    out.member("withdrawn", p.api_withdrawn);
    out.member("equals_published_weights", "not guaranteed");
  });
}

}  // namespace

std::string fingerprint(const Verdict& v, const Finding& f) {
  return f.fingerprint.empty() ? text::fingerprint(f.rule, v.id, f.value.empty() ? f.message : f.value)
                               : f.fingerprint;
}

void model_json(const Verdict& v, bool with_version, JsonWriter& out) {
  out.object([&] {
    if (with_version) out.member("schema_version", kSchemaVersion);
    out.member("ref", v.ref);
    out.member("decision", v.decision == Decision::none ? Text() : Text(word(v.decision)));
    out.member("id", v.id);
    out.member("revision", or_null(v.revision));
    out.member("source", word(v.origin));
    out.member("as_of", or_null(v.as_of));
    out.member("verdict", word(v.rung));
    out.member("verdict_low", word(v.low));
    out.member("verdict_high", word(v.high));
    out.member("modifiers", v.modifiers);
    out.member("reasons", v.reasons);
    next_rung_json(v, out);
    out.object("score", [&] {
      out.member("points", v.points);
      out.member("low", v.points_low);
      out.member("high", v.points_high);
      out.member("max", static_cast<std::int64_t>(kComponents));
    });
    out.object("components", [&] {
      for (std::size_t i = 0; i < kComponents; ++i) {
        const auto c = static_cast<Component>(i);
        out.object(word(c), [&] { component(v, c, out); });
      }
    });
    out.object("license", [&] { license(v.license, out); });
    out.objects("lineage", v.lineage, [&](const LineageEntry& e) {
      out.member("id", e.id);
      out.member("relation", e.relation);
      out.member("license", e.license);
    });
    permissions(v, out);
    out.object("crosswalk", [&] { crosswalk(v, out); });
    out.object("practical", [&] { practical(v.practical, out); });
    findings(v, out);
    out.objects("used_at", v.uses, [&](const Use& u) { use(u, out); });
    out.objects("errors", v.errors, [&](const LookupError& m) {
      out.member("kind", word(m.trouble));
      out.member("message", m.message);
      out.member("where", or_null(m.where));
    });
  });
}

void tool_json(const Catalog& catalog, JsonWriter& out) {
  out.object("tool", [&] {
    out.member("name", "howopen");
    out.member("version", HOWOPEN_VERSION);
    out.object("catalog", [&] {
      out.member("digest", catalog.digest());
      out.member("as_of", catalog.as_of());
    });
  });
}

void summary_json(std::span<const Verdict> verdicts, const GateSummary* gate, JsonWriter& out) {
  std::map<std::string_view, std::int64_t> by_verdict;
  std::int64_t undecided = 0;
  for (const Verdict& v : verdicts) {
    ++by_verdict[word(v.rung)];
    if (v.rung == Rung::undetermined) ++undecided;
  }
  const auto total = static_cast<std::int64_t>(verdicts.size());
  out.member("models", total);
  out.object("by_verdict", [&] {
    for (const auto& [name, n] : by_verdict) out.member(name, n);
  });
  const auto count = [&](int GateSummary::*n, std::int64_t otherwise) {
    return gate != nullptr ? static_cast<std::int64_t>(gate->*n) : otherwise;
  };
  out.member("pass", count(&GateSummary::pass, total - undecided));
  out.member("denied", count(&GateSummary::denied, 0));
  out.member("undecided", count(&GateSummary::undecided, undecided));
  out.member("waived", count(&GateSummary::waived, 0));
}

bool all_complete(std::span<const Verdict> verdicts) {
  return std::all_of(verdicts.begin(), verdicts.end(), [](const Verdict& v) { return v.complete; });
}

void tree_json(const GateSummary& gate, JsonWriter& out) {
  out.objects("findings", gate.tree, [&](const TreeFinding& t) {
    const Finding& f = t.finding;
    out.member("rule", f.rule);
    out.member("level", f.level);
    out.member("decision", word(t.decision));
    out.member("message", f.message);
    out.member("count", static_cast<std::int64_t>(t.count));
    out.objects("places", t.places, [&](const Use& u) {
      out.member("file", u.file);
      out.member("line", u.line > 0 ? std::optional(u.line) : std::nullopt);
      out.member("column", u.line > 0 ? std::optional(u.column) : std::nullopt);
      out.member("text", u.text);
    });
    out.object("policy", [&] { line(f.policy.value_or(PolicyLine{}), out); });
    out.member("known", f.known);
    out.member("fix", f.fix);
    out.member("fingerprint", f.fingerprint);
  });
}

std::string json_report(std::span<const Verdict> verdicts, const Catalog& catalog, const GateSummary* gate) {
  JsonWriter out(JsonWriter::Layout::indented);
  out.object([&] {
    out.member("schema_version", kSchemaVersion);
    tool_json(catalog, out);
    out.member("complete", all_complete(verdicts));
    out.object_or_null("gate", gate, [&](const GateSummary& g) {
      out.member("policy", g.policy);
      out.member("exit", g.exit);
      tree_json(g, out);
      out.objects("notices", g.notices, [&](const Notice& n) {
        out.member("level", n.level);
        out.member("message", n.message);
        out.object("policy", [&] { line(n.place, out); });
      });
    });
    out.key("models");
    out.array([&] {
      for (const Verdict& v : verdicts) model_json(v, false, out);
    });
    out.object("summary", [&] { summary_json(verdicts, gate, out); });
  });
  return out.take();
}

}  // namespace howopen::report
