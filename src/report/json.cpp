// The JSON report (data/schema/report-1.json). Always the same keys, null where unknown; no clock.

#include "text/json.h"

#include <map>

#include "report/layout.h"
#include "text/digest.h"

namespace howopen::report {

using text::Json;

Json strings_json(const std::vector<std::string>& list) {
  Json out = Json::array();
  for (const std::string& s : list) out.push(Json(s));
  return out;
}

Json next_rung_json(const Verdict& v) {
  if (!v.next) return {};
  Json out;
  out.set("verdict", Json(word(*v.next)));
  out.set("missing", strings_json(v.missing));
  return out;
}

Json evidence_json(const std::vector<Evidence>& list) {
  Json out = Json::array();
  for (const Evidence& e : list) {
    Json one;
    one.set("rule", Json(e.rule));
    one.set("what", Json(e.what));
    one.set("where", Json(e.where));
    one.set("kind", Json(word(e.kind)));
    one.set("strength", Json(word(e.strength)));
    out.push(std::move(one));
  }
  return out;
}

namespace {

Json or_null(const std::string& s) {
  return s.empty() ? Json() : Json(s);
}

Json component(const Verdict& v, Component c) {
  const ComponentVerdict& in = v[c];
  Json out;
  out.set("status", Json(word(in.state)));
  out.set("points", in.state == State::unknown ? Json()
                                               : Json(in.state == State::available ? 1.0
                                                      : in.state == State::partial ? 0.5
                                                                                   : 0.0));
  if (c == Component::training_data)
    out.set("grade", v.data_grade == Grade::unknown ? Json() : Json(word(v.data_grade)));
  out.set("reference", Json(word(in.reference)));
  out.set("summary", Json(in.summary));
  out.set("evidence", evidence_json(in.evidence));
  return out;
}

Json license_of(const std::optional<LicenseFinding>& in) {
  if (!in) return {};
  Json out;
  out.set("declared", or_null(in->declared));
  out.set("concluded", or_null(in->concluded));
  out.set("class", Json(word(in->cls)));
  out.set("match", Json(word(in->match)));
  out.set("file", or_null(in->file));
  out.set("confidence", in->file.empty() ? Json() : Json(in->confidence));
  return out;
}

Json conflicts(const std::vector<Finding>& list) {
  Json out = Json::array();
  for (const Finding& f : list) {
    Json one;
    one.set("rule", Json(f.rule));
    one.set("message", Json(f.message));
    one.set("evidence", evidence_json(f.evidence));
    out.push(std::move(one));
  }
  return out;
}

Json license(const LicenseVerdict& in) {
  Json out;
  out.set("weights", license_of(in.weights));
  out.set("code", license_of(in.code));
  out.set("training_code", license_of(in.training_code));
  out.set("training_data", license_of(in.training_data));
  Json& effective = out.set("effective", Json::object());
  effective.set("expression", Json(in.effective.expression));
  effective.set("class", Json(word(in.effective.cls)));
  effective.set("from", strings_json(in.effective.from));
  Json& traits = out.set("traits", Json::object());
  for (const Trait& t : in.traits) {
    Json& trait = traits.set(t.name, Json::object());
    trait.set("value", Json(t.value));
    trait.set("clause", or_null(t.clause));
  }
  out.set("conflicts", conflicts(in.conflicts));
  return out;
}

Json line(const PolicyLine& in) {
  Json out;
  out.set("file", Json(in.file));
  out.set("line", in.line == 0 ? Json() : Json(static_cast<std::int64_t>(in.line)));
  out.set("text", or_null(in.text));
  return out;
}

Json use(const Use& in) {
  Json out;
  out.set("file", Json(in.file));
  out.set("line", Json(static_cast<std::int64_t>(in.line)));
  out.set("column", Json(static_cast<std::int64_t>(in.column)));
  return out;
}

Json waiver(const WaiverNote& in) {
  Json out;
  out.set("until", Json(in.until));
  out.set("reason", Json(in.reason));
  out.set("by", Json(in.by));
  out.set("policy", line(in.place));
  return out;
}

Json findings(const Verdict& v) {
  Json out = Json::array();
  for (const Finding& f : v.findings) {
    Json one;
    one.set("rule", Json(f.rule));
    one.set("level", Json(f.level));
    one.set("message", Json(f.message));
    one.set("undecided", Json(f.undecided));
    one.set("evidence", evidence_json(f.evidence));
    one.set("reference", v.uses.empty() ? Json() : use(v.uses.front()));
    one.set("policy", f.policy ? line(*f.policy) : Json());
    one.set("waiver", f.waiver ? waiver(*f.waiver) : Json());
    one.set("fix", or_null(f.fix));
    one.set("fingerprint", Json(fingerprint(v, f)));
    out.push(std::move(one));
  }
  return out;
}

Json crossing(const Crossing& c) {
  Json out;
  out.set("meets", c.meets ? Json(*c.meets) : Json());
  out.set("because", strings_json(c.because));
  return out;
}

Json crosswalk(const Verdict& v) {
  Json out;
  Json& mof = out.set("mof", Json::object());
  mof.set("class", or_null(v.crosswalk.mof_class));
  mof.set("missing", strings_json(v.crosswalk.mof_missing));
  mof.set("because", strings_json(v.crosswalk.mof_because));
  out.set("osaid_1_0", crossing(v.crosswalk.osaid));
  out.set("eu_ai_act_53_2", crossing(v.crosswalk.eu_ai_act));
  out.set("common_usage", or_null(v.common_usage));
  return out;
}

Json practical(const Practical& p) {
  const auto bytes = [](const std::optional<std::int64_t>& n) { return n ? Json(*n) : Json(); };
  Json out;
  out.set("weights_bytes", bytes(p.weights_bytes));
  out.set("load_bytes", bytes(p.load_bytes));
  out.set("basis", or_null(p.basis));
  out.set("run_bytes", bytes(p.run_bytes));
  Json& gpus = out.set("gpus", Json::array());
  for (const GpuFit& g : p.gpus) {
    Json one;
    one.set("gpu", Json(g.gpu));
    one.set("count", Json(static_cast<std::int64_t>(g.count)));
    gpus.push(std::move(one));
  }
  out.set("who", or_null(p.who));
  out.set("quantized", strings_json(p.quantized));
  out.set("quantized_count", bytes(p.quantized_count));
  out.set("jurisdiction", or_null(p.jurisdiction));
  if (p.api_host.empty()) {
    out.set("api_terms", Json());
  } else {
    Json& terms = out.set("api_terms", Json::object());
    terms.set("vendor", Json(p.vendor));
    terms.set("host", Json(p.api_host));
    terms.set("as_of", or_null(p.api_as_of));
    terms.set("processes_requests", Json(true));
    terms.set("equals_published_weights", Json("not guaranteed"));
  }
  return out;
}

Json model(const Verdict& v, bool with_version = false) {
  Json out;
  if (with_version) out.set("schema_version", Json("1.0.0"));
  out.set("ref", Json(v.ref));
  out.set("decision", v.decision == Decision::none ? Json() : Json(word(v.decision)));
  out.set("id", Json(v.id));
  out.set("revision", or_null(v.revision));
  out.set("source", Json(word(v.origin)));
  out.set("as_of", or_null(v.as_of));
  out.set("verdict", Json(word(v.rung)));
  out.set("verdict_low", Json(word(v.low)));
  out.set("verdict_high", Json(word(v.high)));
  out.set("modifiers", strings_json(v.modifiers));
  out.set("reasons", strings_json(v.reasons));
  out.set("next_rung", next_rung_json(v));
  Json& score = out.set("score", Json::object());
  score.set("points", Json(v.points));
  score.set("low", Json(v.points_low));
  score.set("high", Json(v.points_high));
  score.set("max", Json(static_cast<std::int64_t>(kComponents)));
  Json& components = out.set("components", Json::object());
  for (std::size_t i = 0; i < kComponents; ++i) {
    const auto c = static_cast<Component>(i);
    components.set(word(c), component(v, c));
  }
  out.set("license", license(v.license));
  Json& lineage = out.set("lineage", Json::array());
  for (const LineageEntry& e : v.lineage) {
    Json one;
    one.set("id", Json(e.id));
    one.set("relation", Json(e.relation));
    one.set("license", Json(e.license));
    lineage.push(std::move(one));
  }
  out.set("crosswalk", crosswalk(v));
  out.set("practical", practical(v.practical));
  out.set("findings", findings(v));
  Json& uses = out.set("used_at", Json::array());
  for (const Use& u : v.uses) uses.push(use(u));
  Json& errors = out.set("errors", Json::array());
  for (const Miss& m : v.errors) {
    Json one;
    one.set("kind", Json(word(m.trouble)));
    one.set("message", Json(m.message));
    one.set("where", or_null(m.where));
    errors.push(std::move(one));
  }
  return out;
}

}  // namespace

std::string fingerprint(const Verdict& v, const Finding& f) {
  return f.fingerprint.empty() ? text::fingerprint(f.rule, v.id, f.value.empty() ? f.message : f.value)
                               : f.fingerprint;
}

text::Json model_json(const Verdict& v, bool with_version) {
  return model(v, with_version);
}

text::Json tool_json(const Catalog& catalog) {
  Json tool;
  tool.set("name", Json("howopen"));
  tool.set("version", Json(HOWOPEN_VERSION));
  Json& data = tool.set("catalog", Json::object());
  data.set("digest", Json(catalog.digest()));
  data.set("as_of", Json(catalog.as_of()));
  return tool;
}

text::Json summary_json(std::span<const Verdict> verdicts, const GateSummary* gate) {
  std::map<std::string, std::int64_t> by_verdict;
  std::int64_t undecided = 0;
  for (const Verdict& v : verdicts) {
    ++by_verdict[std::string(word(v.rung))];
    if (v.rung == Rung::undetermined) ++undecided;
  }
  const auto total = static_cast<std::int64_t>(verdicts.size());
  Json summary;
  summary.set("models", Json(total));
  Json& counts = summary.set("by_verdict", Json::object());
  for (const auto& [name, n] : by_verdict) counts.set(name, Json(n));
  const auto count = [&](int GateSummary::*n, std::int64_t otherwise) {
    return Json(gate != nullptr ? static_cast<std::int64_t>(gate->*n) : otherwise);
  };
  summary.set("pass", count(&GateSummary::pass, total - undecided));
  summary.set("denied", count(&GateSummary::denied, 0));
  summary.set("undecided", count(&GateSummary::undecided, undecided));
  summary.set("waived", count(&GateSummary::waived, 0));
  return summary;
}

std::string json_report(std::span<const Verdict> verdicts, const Catalog& catalog, const GateSummary* gate) {
  Json out;
  out.set("schema_version", Json("1.0.0"));
  out.set("tool", tool_json(catalog));
  bool complete = true;
  for (const Verdict& v : verdicts) complete = complete && v.complete;
  out.set("complete", Json(complete));
  if (gate != nullptr) {
    Json& policy = out.set("gate", Json::object());
    policy.set("policy", Json(gate->policy));
    policy.set("exit", Json(static_cast<std::int64_t>(gate->exit)));
    Json& notices = policy.set("notices", Json::array());
    for (const Notice& n : gate->notices) {
      Json one;
      one.set("level", Json(n.level));
      one.set("message", Json(n.message));
      one.set("policy", line(n.place));
      notices.push(std::move(one));
    }
  } else {
    out.set("gate", Json());
  }
  Json& models = out.set("models", Json::array());
  for (const Verdict& v : verdicts) models.push(model(v));
  out.set("summary", summary_json(verdicts, gate));
  return text::write_json(out, true);
}

}  // namespace howopen::report
