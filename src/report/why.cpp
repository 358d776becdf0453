// Why: from what was seen to each status to the verdict, and what would move it.
//
//   training code  none found
//     training-code.none-found  searched github.com/deepseek-ai/DeepSeek-R1   decides
//   to move it    training code available and training data available -> Open Source AI

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "howopen/policy.h"
#include "report/layout.h"
#include "text/json_writer.h"
#include "text/object.h"

namespace howopen {
namespace {

using namespace report;  // NOLINT(google-build-using-namespace): the room's own helpers

struct Link {
  std::string part;    // a component, `license`, `lineage`, `finding`
  std::string status;  // of the part
  std::string summary;
  std::vector<Evidence> evidence;
};

std::string component_word(std::string_view topic) {
  std::string out(topic);
  std::replace(out.begin(), out.end(), '-', '_');
  std::replace(out.begin(), out.end(), ' ', '_');
  return out;
}

std::string license_status(const LicenseFinding& l) {
  const std::string what =
      l.concluded.empty() ? (l.cls == LicenseClass::none ? "none" : "not known") : l.concluded;
  return fmt::format("{}, {}", what, word(l.cls));
}

// Everything that led to the verdict, in the order it was judged.
std::vector<Link> chain(const Verdict& v) {
  std::vector<Link> out;
  for (std::size_t i = 0; i < kComponents; ++i) {
    const ComponentVerdict& c = v.components[i];
    out.push_back(
        {std::string(word(static_cast<Component>(i))), std::string(word(c.state)), c.summary, c.evidence});
  }
  for (const auto& [name, l] :
       {std::pair{"license", &v.license.weights}, std::pair{"code license", &v.license.code},
        std::pair{"training code license", &v.license.training_code},
        std::pair{"data license", &v.license.training_data}}) {
    if (*l)
      out.push_back({name, license_status(**l),
                     (*l)->file.empty() ? "no text was read"
                                        : fmt::format("text of {}, {}", (*l)->file, word((*l)->match)),
                     (*l)->evidence});
  }
  if (!v.lineage.empty()) {
    // Of what was not seen nobody knows whether it does.
    const bool open = std::any_of(v.findings.begin(), v.findings.end(), [](const Finding& f) {
      return f.level != "note" && (f.rule == "lineage.ancestor-missing" ||
                                   f.rule == "lineage.ancestor-unread" || f.rule == "lineage.unresolved");
    });
    Link lineage{"lineage",
                 !v.license.effective.from.empty() ? "adds terms"
                 : open                            ? "may add terms"
                                                   : "adds no terms",
                 {},
                 {}};
    for (const LineageEntry& e : v.lineage)
      lineage.summary +=
          fmt::format("{}{} ({}) under {}", lineage.summary.empty() ? "" : "; ", e.id, e.relation, e.license);
    out.push_back(std::move(lineage));
  }
  for (const Finding& f : v.findings)
    out.push_back({f.rule, f.undecided ? "undecided" : f.level, f.message, f.evidence});
  return out;
}

bool about(const Link& l, std::string_view topic) {
  if (topic.empty() || l.part == component_word(topic) || l.part == topic) return true;
  if (topic == "license" &&
      (l.part.ends_with("license") || l.part.starts_with("lineage") || l.part.starts_with("license.")))
    return true;
  return std::any_of(l.evidence.begin(), l.evidence.end(),
                     [&](const Evidence& e) { return e.rule == topic; });
}

// Places that were looked at without finding anything, and those that could not be.
std::vector<std::string> empty_places(const std::vector<Link>& links) {
  std::vector<std::string> out;
  for (const Link& l : links) {
    if (l.status != "unavailable" && l.status != "unknown") continue;
    for (const Evidence& e : l.evidence) {
      // What the catalog has no word on was not looked at.
      if (l.status == "unknown" && e.kind == Kind::curated) continue;
      const std::string line = fmt::format("{}: {}", e.where, e.what);
      if (!e.where.empty() && std::find(out.begin(), out.end(), line) == out.end()) out.push_back(line);
    }
  }
  return out;
}

std::string move_words(const Move& m) {
  std::string what = words_of(std::string_view(m.what));
  return fmt::format("{} {} -> {}", what, m.to, title(m.verdict));
}

// The next rung takes several things at once where no single one will do.
std::string next_words(const Verdict& v) {
  if (!v.next || v.missing.empty()) return {};
  return fmt::format("{} -> {}", fmt::join(missing_words(v), " and "), title(*v.next));
}

std::string json(const Verdict& v, std::string_view topic, const std::vector<Link>& links) {
  using text::or_null;
  text::JsonWriter out(text::JsonWriter::Layout::indented);
  out.object([&] {
    out.member("schema_version", kSchemaVersion);
    out.member("id", v.id);
    out.member("revision", or_null(v.revision));
    out.member("verdict", word(v.rung));
    out.member("verdict_low", word(v.low));
    out.member("verdict_high", word(v.high));
    out.member("topic", or_null(topic));
    out.member("reasons", v.reasons);
    out.objects("chain", links, [&](const Link& l) {
      out.member("part", l.part);
      out.member("status", l.status);
      out.member("summary", l.summary);
      evidence_json(l.evidence, out);
    });
    out.member("looked_at_and_empty", empty_places(links));
    out.objects("moves", v.moves, [&](const Move& m) {
      out.member("what", m.what);
      out.member("to", m.to);
      out.member("verdict", word(m.verdict));
    });
    next_rung_json(v, out);
  });
  return out.take();
}

std::string link_text(const Link& l, const Style& style) {
  // A finding is named by its level; its rule stands behind it.
  const bool finding = l.part.find('.') != std::string::npos;
  const std::string text =
      finding ? fmt::format("{} ({})", shown(l.summary, style), l.part)
              : fmt::format("{}{}{}", l.status, l.summary.empty() ? "" : dot(style), shown(l.summary, style));
  std::string out =
      labeled("  " + (finding ? l.status : words_of(std::string_view(l.part))), text, 18, style);
  for (const Evidence& e : l.evidence) {
    out += labeled("", fmt::format("{}: {}", e.rule, shown(e.what, style)), 6, style);
    if (!e.where.empty())
      out += labeled(
          "", fmt::format("{} [{}, {}]", shown(short_places(e.where), style), word(e.strength), word(e.kind)),
          10, style);
  }
  return out;
}

std::string rule_words(std::string_view id, const Catalog& catalog, const Style& style) {
  const RuleText* rule = catalog.rule(id);
  if (rule == nullptr) return {};
  return labeled("  asks", rule->question, 11, style) + labeled("  how", rule->how, 11, style);
}

}  // namespace

bool is_topic(std::string_view topic, const Catalog& catalog) {
  if (topic.empty() || topic == "license" || topic == "lineage" || topic == "verdict") return true;
  if (from_word<Component>(component_word(topic))) return true;
  const auto gates = gate_rules();
  return catalog.rule(topic) != nullptr || std::find(gates.begin(), gates.end(), topic) != gates.end();
}

std::string render_why(const Verdict& v, std::string_view topic, Format format, const Style& style,
                       const Catalog& catalog) {
  if (topic == "verdict") topic = {};
  std::vector<Link> links = chain(v);
  links.erase(std::remove_if(links.begin(), links.end(), [&](const Link& l) { return !about(l, topic); }),
              links.end());
  if (format == Format::json) return json(v, topic, links);
  std::string out =
      paint(shown(heading(v), style), Color::bold, style) + fmt::format(": {}\n", title(v.rung));
  for (const std::string& r : v.reasons) out += labeled("  because", shown(r, style), 11, style);
  if (v.rung == Rung::undetermined && v.low != v.high)
    out += labeled("  between", fmt::format("{} and {}", title(v.low), title(v.high)), 11, style);
  out += rule_words(topic, catalog, style);
  out += "\n";
  if (links.empty()) out += labeled("", "nothing was found on it", 2, style);
  for (const Link& l : links) out += link_text(l, style);
  for (const Finding& f : v.findings) {
    if (!f.policy || !about({f.rule, {}, {}, {}}, topic)) continue;
    out += labeled("  policy",
                   fmt::format("{}{} {}", shown(f.policy->file, style),
                               f.policy->line > 0 ? fmt::format(":{}", f.policy->line) : "",
                               shown(f.policy->text, style)),
                   11, style);
  }
  if (const auto empty = empty_places(links); !empty.empty()) {
    out += "\n  looked at, and empty\n";
    for (const std::string& e : empty) out += labeled("", shown(short_places(e), style), 6, style);
  }
  const std::string part = component_word(topic);
  std::string moves;
  for (const Move& m : v.moves) {
    const bool fits = topic.empty() || m.what == part ||
                      (topic == "license" && m.what.find("license") != std::string::npos);
    if (fits) moves += labeled("", move_words(m), 6, style);
  }
  out += "\n  what would move it\n";
  const std::string next = next_words(v);
  if (!next.empty() && (topic.empty() || moves.empty())) out += labeled("", "together: " + next, 6, style);
  out += moves.empty() && next.empty()
             ? labeled("", topic.empty() ? "no single change" : "no change of this alone", 6, style)
             : moves;
  return out;
}

}  // namespace howopen
