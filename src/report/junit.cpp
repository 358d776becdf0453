// JUnit XML by the schema of Jenkins' xunit plugin, the strictest there is: a suite a model, a case a rule,
// those that pass too, so that a clean run proves that it ran. No times: the same answers give the same
// bytes.
//
//   <testcase classname="acme/m" name="license.not-allowed"><failure type="deny" message="…">…</failure>…

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "report/issues.h"
#include "report/layout.h"
#include "text/utf8.h"

namespace howopen::report {
namespace {

// Nothing of what XML 1.0 forbids is left by safe(), but for two characters that are none.
std::string escaped(std::string_view foreign, std::size_t most = 1000) {
  std::string out;
  const std::string text = safe(foreign, most);
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view one = text::next_utf8(rest);
    const std::uint32_t c = text::code_point(one);
    rest.remove_prefix(std::max<std::size_t>(one.size(), 1));
    if (c == '\'')
      out += "&apos;";
    else if (c == 0xFFFE || c == 0xFFFF)
      out += "\xEF\xBF\xBD";
    else if (const std::string_view named = entity(c); !named.empty())
      out += named;
    else
      out += one;
  }
  return out;
}

enum class Result { pass, skipped, error, failure };

// As the exit code has it: what a baseline knows fails all the same, unless only what is new is to fail. What
// could not be seen is nothing that a baseline saw.
Result result_of(const Issue& i, const GateSummary* gate) {
  if (i.waived) return Result::skipped;
  const bool seen = i.severity != Severity::undecided || i.model == nullptr;
  if (i.known && seen && (gate == nullptr || gate->new_only)) return Result::pass;
  if (i.severity == Severity::undecided) return Result::error;
  const bool warnings = gate != nullptr && gate->fail_on == Level::warn;
  return i.severity == Severity::denied || (warnings && i.severity == Severity::warning) ? Result::failure
                                                                                         : Result::pass;
}

struct Counts {
  int tests = 0, failures = 0, errors = 0, skipped = 0;
};

std::string paragraph(const std::vector<Issue>& issues) {
  std::string out;
  for (const Issue& i : issues) {
    if (!out.empty()) out += '\n';
    const std::string_view kind = i.waived                            ? "waived"
                                  : i.severity == Severity::denied    ? "denied"
                                  : i.severity == Severity::undecided ? "undecided"
                                  : i.severity == Severity::warning   ? "warning"
                                                                      : "note";
    out += fmt::format("{}{}: {}", kind, i.known && !i.waived ? ", known before" : "", escaped(i.message));
    for (const std::string& line : detail_lines(i)) out += "\n" + escaped(line, 2500);
  }
  return out;
}

// One rule of one model; `issues` holds all findings of it, the worst decides.
std::string test_case(const std::string& model, const std::string& rule, const std::vector<Issue>& issues,
                      const GateSummary* gate, Counts& counts) {
  const std::string head =
      fmt::format("    <testcase classname=\"{}\" name=\"{}\"", escaped(model), escaped(rule));
  ++counts.tests;
  if (issues.empty()) return head + "/>\n";
  const Issue* worst = &issues.front();
  for (const Issue& i : issues) {
    if (result_of(i, gate) > result_of(*worst, gate)) worst = &i;
  }
  const auto element = [&](std::string_view name, std::string_view type, std::string_view message) {
    return fmt::format("{}>\n      <{} type=\"{}\" message=\"{}\">{}</{}>\n    </testcase>\n", head, name,
                       type, escaped(message), paragraph(issues), name);
  };
  switch (result_of(*worst, gate)) {
    case Result::failure:
      ++counts.failures;
      return element("failure", "deny", worst->message);
    case Result::error:
      ++counts.errors;
      return element("error", "undecided", worst->message);
    case Result::skipped: {
      ++counts.skipped;
      const WaiverNote& w = *worst->finding->waiver;
      return element("skipped", "waived", fmt::format("waived until {}: {}", w.until, w.reason));
    }
    case Result::pass:
      break;
  }
  return fmt::format("{}>\n      <system-out>{}</system-out>\n    </testcase>\n", head, paragraph(issues));
}

std::string suite(const Verdict& v, const std::string& name, const GateSummary* gate, Counts& all) {
  std::map<std::string, std::vector<Issue>> by_rule;
  for (const std::string& rule : v.passed) by_rule[rule];
  for (Issue& i : issues_of(v)) {
    std::vector<Issue>& of_rule = by_rule[i.rule];
    of_rule.push_back(std::move(i));
  }
  Counts counts;
  std::string cases;
  for (const auto& [rule, issues] : by_rule) cases += test_case(name, rule, issues, gate, counts);
  // An audit asks for nothing that could pass; the case says that it ran.
  if (counts.tests == 0) cases = test_case(name, "verdict", {}, gate, counts);
  std::string out = fmt::format(
      "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\">\n    "
      "<properties>\n",
      escaped(name), counts.tests, counts.failures, counts.errors, counts.skipped);
  const auto property = [&](std::string_view key, std::string_view value) {
    if (!value.empty())
      out += fmt::format("      <property name=\"{}\" value=\"{}\"/>\n", key, escaped(value));
  };
  property("revision", v.revision);
  property("verdict", word(v.rung));
  property("license", v.license.effective.expression);
  if (v.decision != Decision::none) property("decision", word(v.decision));
  if (gate != nullptr) property("policy", gate->policy);
  out += "    </properties>\n" + cases + "  </testsuite>\n";
  all.tests += counts.tests;
  all.failures += counts.failures;
  all.errors += counts.errors;
  all.skipped += counts.skipped;
  return out;
}

// What the trees hold that was not seen; the rules that found nothing pass.
std::string tree_suite(const GateSummary& gate, Counts& all) {
  std::map<std::string, std::vector<Issue>> by_rule;
  for (const char* rule : {"scan.skipped", "scan.unresolved", "scan.empty"}) by_rule[rule];
  for (Issue& i : issues_of(gate)) {
    std::vector<Issue>& of_rule = by_rule[i.rule];
    of_rule.push_back(std::move(i));
  }
  Counts counts;
  std::string cases;
  for (const auto& [rule, issues] : by_rule) cases += test_case("source tree", rule, issues, &gate, counts);
  all.tests += counts.tests;
  all.failures += counts.failures;
  all.errors += counts.errors;
  return fmt::format(
      "  <testsuite name=\"source tree\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"0\">\n{}  "
      "</testsuite>\n",
      counts.tests, counts.failures, counts.errors, cases);
}

}  // namespace

std::string junit_report(std::span<const Verdict> verdicts, const GateSummary* gate) {
  std::vector<const Verdict*> sorted;
  for (const Verdict& v : verdicts) sorted.push_back(&v);
  std::stable_sort(sorted.begin(), sorted.end(), [](const Verdict* a, const Verdict* b) {
    return std::tie(a->id, a->revision, a->ref) < std::tie(b->id, b->revision, b->ref);
  });
  std::map<std::string, int>
      revisions;  // names are stable for the history of a CI, so no commit unless needed
  for (const Verdict* v : sorted) ++revisions[v->id];
  Counts counts;
  std::string suites;
  for (const Verdict* v : sorted) {
    const bool several = revisions[v->id] > 1 && !v->revision.empty();
    suites += suite(*v, several ? v->id + "@" + v->revision.substr(0, 12) : v->id, gate, counts);
  }
  if (gate != nullptr && !gate->tree.empty()) suites += tree_suite(*gate, counts);
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"howopen\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n{}</testsuites>\n",
      counts.tests, counts.failures, counts.errors, suites);
}

}  // namespace howopen::report
