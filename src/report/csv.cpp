// A line a model for spreadsheets, by RFC 4180: CRLF, a header, quotes where they are needed.
//
//   acme/m,acme/m,aaaa…,hub,open-weights,…      =cmd() of a stranger  ->  '=cmd()

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <set>

#include "report/issues.h"
#include "report/layout.h"

namespace howopen::report {
namespace {

// Spreadsheets run what begins like a formula, and a CI log what begins with colons; an apostrophe makes it
// text again.
std::string cell(std::string_view foreign) {
  std::string value = safe(foreign, 2000);
  if (!value.empty() && std::string_view("=+-@:").find(value.front()) != std::string_view::npos)
    value.insert(value.begin(), '\'');
  if (value.find_first_of(",\"") == std::string::npos && !value.starts_with(' ') && !value.ends_with(' '))
    return value;
  std::string out = "\"";
  for (const char c : value) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

constexpr std::string_view kHeader[] = {"ref",
                                        "id",
                                        "revision",
                                        "source",
                                        "as_of",
                                        "verdict",
                                        "verdict_low",
                                        "verdict_high",
                                        "modifiers",
                                        "score",
                                        "score_low",
                                        "score_high",
                                        "weights",
                                        "inference_code",
                                        "training_code",
                                        "training_data",
                                        "api_access",
                                        "data_grade",
                                        "license_declared",
                                        "license",
                                        "license_name",
                                        "license_class",
                                        "license_match",
                                        "commercial_use",
                                        "uses",
                                        "complete",
                                        "decision",
                                        "denied",
                                        "undecided",
                                        "warnings",
                                        "notes",
                                        "waived",
                                        "known",
                                        "rules",
                                        "used",
                                        "errors"};

std::vector<std::string> row(const Verdict& v, const Catalog& catalog) {
  std::array<int, 4> counts{};
  int waived = 0;
  int known = 0;
  std::set<std::string> rules;  // those that count against it
  for (const Issue& i : issues_of(v)) {
    if (i.waived)
      ++waived;
    else if (i.known)
      ++known;
    else
      ++counts[static_cast<std::size_t>(i.severity)];
    if (i.counts() && i.severity != Severity::note) rules.insert(i.rule);
  }
  std::string commercial;
  for (const Trait& t : v.license.traits) {
    if (t.name == "commercial_use") commercial = t.value;
  }
  const bool licensed = v.license.weights.has_value();
  std::vector<std::string> out = {v.ref,
                                  v.id,
                                  v.revision,
                                  std::string(word(v.origin)),
                                  v.as_of,
                                  std::string(word(v.rung)),
                                  std::string(word(v.low)),
                                  std::string(word(v.high)),
                                  fmt::format("{}", fmt::join(v.modifiers, " ")),
                                  fmt::format("{:g}", v.points),
                                  fmt::format("{:g}", v.points_low),
                                  fmt::format("{:g}", v.points_high)};
  for (const ComponentVerdict& c : v.components) out.emplace_back(word(c.state));
  out.emplace_back(word(v.data_grade));
  out.push_back(licensed ? v.license.weights->declared : "");
  out.push_back(v.license.effective.expression);
  out.push_back(v.license.effective.expression.empty() ? ""
                                                       : catalog.in_words(v.license.effective.expression));
  out.emplace_back(word(v.license.effective.cls));
  out.emplace_back(licensed ? word(v.license.weights->match) : std::string_view());
  out.push_back(commercial);
  std::vector<std::string> uses;
  for (const Permit& p : v.permissions) uses.push_back(fmt::format("{}={}", word(p.use), word(p.answer)));
  out.push_back(fmt::format("{}", fmt::join(uses, " ")));
  out.emplace_back(v.complete ? "true" : "false");
  out.emplace_back(v.decision == Decision::none ? std::string_view() : word(v.decision));
  for (const int n : counts) out.push_back(std::to_string(n));
  out.push_back(std::to_string(waived));
  out.push_back(std::to_string(known));
  out.push_back(fmt::format("{}", fmt::join(rules, " ")));
  out.push_back(v.uses.empty() ? "" : fmt::format("{}:{}", v.uses.front().file, v.uses.front().line));
  std::vector<std::string> errors;
  for (const Miss& m : v.errors) errors.emplace_back(word(m.trouble));
  out.push_back(fmt::format("{}", fmt::join(errors, " ")));
  return out;
}

}  // namespace

std::string csv_report(std::span<const Verdict> verdicts, const Catalog& catalog) {
  std::string out = fmt::format("{}\r\n", fmt::join(kHeader, ","));
  for (const Verdict& v : verdicts) {
    bool first = true;
    for (const std::string& value : row(v, catalog)) {
      if (!first) out += ',';
      first = false;
      out += cell(value);
    }
    out += "\r\n";
  }
  return out;
}

}  // namespace howopen::report
