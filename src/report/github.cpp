// Annotations for GitHub's log: the runner makes a mark at the line out of each. It shows ten of a level and
// drops the rest without a word, so the worst ten are sent and the others counted.
//
//   ::error file=src/app.py,line=3,col=32,endColumn=43,title=license.not-allowed::acme/m: is under X

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "report/issues.h"
#include "report/layout.h"
#include "text/log_commands.h"

namespace howopen::report {
namespace {

constexpr std::size_t kShown = 10;

std::string replaced(std::string s, std::string_view what, std::string_view with) {
  for (std::size_t at = s.find(what); at != std::string::npos; at = s.find(what, at + with.size()))
    s.replace(at, what.size(), with);
  return s;
}

// The text of a command. Line ends are gone already; `##[` is the older form of commands, which the runner
// looks for anywhere in a line.
//
// Not called `data`: for a std::string that would be std::data, and the text as it came.
std::string payload(std::string_view foreign) {
  return text::without_log_commands(replaced(safe(foreign), "%", "%25"));
}

// A property must not end before its time, nor the properties as a whole.
std::string property(std::string_view foreign) {
  return replaced(replaced(payload(foreign), ":", "%3A"), ",", "%2C");
}

std::string annotation(const Issue& i) {
  std::string properties;
  if (const auto place = place_of(i)) {
    properties = fmt::format("file={},line={},endLine={},", property(place->path), place->line, place->line);
    if (place->column > 0)
      properties +=
          fmt::format("col={},endColumn={},", place->column, place->column + std::max(1, place->length));
  }
  const bool undecided = i.severity == Severity::undecided || (i.finding != nullptr && i.finding->undecided);
  properties.append("title=").append(property(undecided ? "undecided: " + i.rule : i.rule));
  std::string text = payload(i.message);
  for (const std::string& line : detail_lines(i)) {
    if (!line.starts_with("used: ")) text.append("%0A").append(payload(line));
  }
  return fmt::format("::{} {}::{}\n", level_of(i.severity, "notice"), properties, text);
}

}  // namespace

std::string github_report(std::span<const Verdict> verdicts, const GateSummary* gate) {
  std::map<Severity, std::vector<Issue>> by_severity;
  std::size_t known = 0;
  const auto add = [&](std::vector<Issue> issues) {
    // Of a model that could not be looked at no question has an answer: said once.
    const bool unseen = std::any_of(issues.begin(), issues.end(), [](const Issue& i) {
      return i.counts() && i.model != nullptr && i.severity == Severity::undecided;
    });
    for (Issue& i : issues) {
      if (unseen && i.severity == Severity::note && i.finding != nullptr && i.finding->undecided) continue;
      known += i.known && !i.waived && i.severity == Severity::denied ? 1 : 0;
      if (i.counts()) by_severity[i.severity].push_back(std::move(i));
    }
  };
  if (gate != nullptr) add(issues_of(*gate));
  for (const Verdict* v : worst_first(verdicts)) add(issues_of(*v));
  std::string out;
  std::map<std::string_view, std::size_t> sent;
  std::map<std::string_view, std::size_t> left;
  for (const auto& [severity, issues] : by_severity) {
    const std::string_view level = level_of(severity, "notice");
    for (const Issue& i : issues) {
      if (sent[level] == kShown) {
        ++left[level];
        continue;
      }
      ++sent[level];
      out += annotation(i);
    }
  }
  // Ordinary lines: an eleventh annotation would not be shown.
  for (const auto& [level, n] : left)
    out += fmt::format("and {} more at level {}: see the job summary or -o json\n", n, level);
  if (known > 0 && gate != nullptr && !gate->new_only)
    out += fmt::format(
        "and {} at level error that the baseline knows: they fail all the same, without --new-only\n", known);
  if (gate != nullptr) {
    for (const Notice& n : gate->notices) {
      Verdict none;
      Finding f{n.level == "warn" ? "policy.waiver" : "policy.note", n.level, n.message, {}};
      f.policy = n.place;
      out += annotation({&none,
                         &f,
                         {},
                         n.level == "warn" ? Severity::warning : Severity::note,
                         false,
                         false,
                         f.rule,
                         f.message});
    }
  }
  return out;
}

}  // namespace howopen::report
