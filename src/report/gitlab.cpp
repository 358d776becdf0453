// GitLab's Code Quality report: a list of findings, each at a line of the repository.
//
//   [{"description": "acme/m: is under X", "check_name": "license.not-allowed", "severity": "critical", …}]

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "report/issues.h"
#include "report/layout.h"
#include "text/digest.h"
#include "text/json.h"

namespace howopen::report {
namespace {

using text::Json;

std::string_view severity_word(Severity s) {
  switch (s) {
    case Severity::denied:
      return "critical";
    case Severity::undecided:
      return "major";
    case Severity::warning:
      return "minor";
    case Severity::note:
      return "info";
  }
  return "info";
}

std::string fingerprint_of(const Issue& i) {
  if (i.model == nullptr) return i.finding->fingerprint;
  if (i.finding == nullptr) return text::sha256(fmt::format("{}\n{}", i.rule, i.model->id));
  return i.finding->fingerprint.empty() ? fingerprint(*i.model, *i.finding) : i.finding->fingerprint;
}

}  // namespace

std::string gitlab_report(std::span<const Verdict> verdicts, const Style& style, const GateSummary* gate) {
  struct Entry {
    Place place;
    std::string fingerprint;
    Issue issue;
  };
  std::vector<Entry> entries;
  const auto add = [&](std::vector<Issue> issues) {
    for (Issue& i : issues) {
      const auto place = place_of(i);
      const bool told = i.severity != Severity::note || style.notes || gate == nullptr;
      if (place && !i.waived && told) entries.push_back({*place, fingerprint_of(i), std::move(i)});
    }
  };
  for (const Verdict& v : verdicts) add(issues_of(v));
  if (gate != nullptr) add(issues_of(*gate));
  const auto key = [](const Entry& e) {
    return std::tie(e.place.path, e.place.line, e.issue.rule, e.issue.message, e.fingerprint);
  };
  std::stable_sort(entries.begin(), entries.end(),
                   [&](const Entry& a, const Entry& b) { return key(a) < key(b); });
  Json out = Json::array();
  std::set<std::string> seen;  // GitLab wants each fingerprint once
  for (const Entry& e : entries) {
    if (!seen.insert(e.fingerprint).second) continue;
    Json one;
    one.set("description", Json(safe(e.issue.message)));
    one.set("check_name", Json(e.issue.rule));
    one.set("fingerprint", Json(e.fingerprint));
    one.set("severity", Json(severity_word(e.issue.severity)));
    Json& location = one.set("location", Json::object());
    location.set("path", Json(safe(e.place.path, 4096)));
    location.set("lines", Json::object()).set("begin", Json(static_cast<std::int64_t>(e.place.line)));
    std::string body;
    for (const std::string& line : detail_lines(e.issue)) body += "    " + line + "\n";
    one.set("content", Json::object()).set("body", Json(body));
    out.push(std::move(one));
  }
  return text::write_json(out, true);
}

}  // namespace howopen::report
