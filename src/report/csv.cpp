// A line a model for spreadsheets, by RFC 4180: CRLF, a header, quotes where they are needed.
//
//   acme/m,acme/m,aaaa…,hub,open-weights,…      =cmd() of a stranger  ->  '=cmd()

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <optional>
#include <set>
#include <vector>

#include "howopen/tally.h"
#include "report/issues.h"
#include "report/layout.h"
#include "text/json.h"

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

// What is told of any model, …
constexpr std::string_view kModel[] = {"ref",
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
                                       "uses"};
// … of one that was judged here, and of one of a batch.
constexpr std::string_view kHere[] = {"complete", "decision", "denied", "undecided", "warnings", "notes",
                                      "waived",   "known",    "rules",  "used",      "errors"};
constexpr std::string_view kOfBatch[] = {"conflicts", "errors"};

std::vector<std::string> model_cells(const Verdict& v, const Catalog& catalog) {
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
  return out;
}

std::string errors_cell(const Verdict& v) {
  std::vector<std::string> errors;
  for (const LookupError& m : v.errors) errors.emplace_back(word(m.trouble));
  return fmt::format("{}", fmt::join(errors, " "));
}

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
  std::vector<std::string> out = model_cells(v, catalog);
  out.emplace_back(v.complete ? "true" : "false");
  out.emplace_back(v.decision == Decision::none ? std::string_view() : word(v.decision));
  for (const int n : counts) out.push_back(std::to_string(n));
  out.push_back(std::to_string(waived));
  out.push_back(std::to_string(known));
  out.push_back(fmt::format("{}", fmt::join(rules, " ")));
  out.push_back(v.uses.empty() ? "" : fmt::format("{}:{}", v.uses.front().file, v.uses.front().line));
  out.push_back(errors_cell(v));
  return out;
}

std::string line_of(const std::vector<std::string>& cells) {
  std::string out;
  for (const std::string& value : cells) out.append(&value == &cells.front() ? "" : ",").append(cell(value));
  return out + "\r\n";
}

template <class E>
E read(const text::Json& json, E otherwise) {
  return from_word<E>(json.string_or("")).value_or(otherwise);
}

// As much of a line of results as a row tells.
std::optional<Verdict> of_line(std::string_view line) {
  const auto json = text::parse_json(line);
  if (!json || !from_word<Rung>((*json)["verdict"].string_or(""))) return std::nullopt;
  const text::Json& m = *json;
  const auto string = [](const text::Json& j) { return std::string(j.string_or("")); };
  Verdict v;
  v.ref = string(m["ref"]);
  v.id = string(m["id"]);
  v.revision = string(m["revision"]);
  v.origin = read(m["source"], Origin::hub);
  v.as_of = string(m["as_of"]);
  v.rung = read(m["verdict"], Rung::undetermined);
  v.low = read(m["verdict_low"], Rung::undetermined);
  v.high = read(m["verdict_high"], Rung::undetermined);
  for (const text::Json& j : m["modifiers"].items()) v.modifiers.push_back(string(j));
  const text::Json& score = m["score"];
  for (const auto& [key, to] :
       {std::pair{"points", &v.points}, std::pair{"low", &v.points_low}, std::pair{"high", &v.points_high}})
    *to = score[key].real().value_or(static_cast<double>(score[key].integer_or(0)));
  for (std::size_t i = 0; i < kComponents; ++i)
    v.components[i].state = read(m["components"][word(static_cast<Component>(i))]["status"], State::unknown);
  v.data_grade = read(m["components"][word(Component::training_data)]["grade"], Grade::unknown);
  const text::Json& license = m["license"];
  if (license["weights"].is_object()) {
    v.license.weights.emplace();
    v.license.weights->declared = string(license["weights"]["declared"]);
    v.license.weights->match = read(license["weights"]["match"], Match::unknown);
  }
  v.license.effective.expression = string(license["effective"]["expression"]);
  v.license.effective.cls = read(license["effective"]["class"], LicenseClass::unknown);
  for (const auto& [name, trait] : license["traits"].members())
    v.license.traits.push_back({name, string(trait["value"]), {}});
  for (const text::Json& j : license["conflicts"].items()) {
    v.license.conflicts.emplace_back();
    v.license.conflicts.back().rule = string(j["rule"]);
  }
  for (const text::Json& j : m["permissions"].items()) {
    v.permissions.emplace_back();
    v.permissions.back().use = read(j["use"], Purpose::research);
    v.permissions.back().answer = read(j["answer"], Permission::ask);
  }
  for (const text::Json& j : m["errors"].items()) {
    v.errors.emplace_back();
    v.errors.back().trouble = read(j["kind"], Trouble::parse);
  }
  return v;
}

}  // namespace

std::string csv_report(std::span<const Verdict> verdicts, const Catalog& catalog) {
  std::string out = fmt::format("{},{}\r\n", fmt::join(kModel, ","), fmt::join(kHere, ","));
  for (const Verdict& v : verdicts) out += line_of(row(v, catalog));
  return out;
}

}  // namespace howopen::report

namespace howopen {

std::string csv_head() {
  return fmt::format("{},{}\r\n", fmt::join(report::kModel, ","), fmt::join(report::kOfBatch, ","));
}

std::string csv_row(std::string_view line, const Catalog& catalog) {
  const auto v = report::of_line(line);
  if (!v) return {};
  std::vector<std::string> cells = report::model_cells(*v, catalog);
  std::set<std::string> conflicts;
  for (const Finding& f : v->license.conflicts) conflicts.insert(f.rule);
  cells.push_back(fmt::format("{}", fmt::join(conflicts, " ")));
  cells.push_back(report::errors_cell(*v));
  return report::line_of(cells);
}

}  // namespace howopen
