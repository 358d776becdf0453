// What a gate did not see in a tree, by the policy: a finding a rule and reason.
//
//   scan.skipped, "larger than 4 MiB", a.ipynb and b.ipynb
//     ->  warn, "2 files were not read: larger than 4 MiB", at both

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "howopen/policy.h"
#include "text/digest.h"
#include "text/toml.h"

namespace howopen {
namespace {

constexpr std::size_t kMostPlaces = 100;

std::string message(const std::string& rule, const std::string& why, std::size_t n) {
  if (rule == "scan.skipped")
    return fmt::format("{} {} not read: {}", n == 1 ? "a file" : fmt::format("{} files", n),
                       n == 1 ? "was" : "were", why);
  if (rule == "scan.unresolved")
    return fmt::format("{} a model that cannot be named: {}",
                       n == 1 ? "a place loads" : fmt::format("{} places load", n), why);
  if (rule == "lock.missing") return why;
  return "no file was read: " + why;
}

std::string fix(const std::string& rule, const Gap& first) {
  if (rule == "scan.skipped") return "look at it, then list it in [scan] exclude of the policy";
  if (rule == "scan.unresolved")
    return first.subject.empty() ? "name the model, or list the file in [scan] exclude of the policy"
                                 : fmt::format("[scan.aliases] of the policy: {} = \"org/name\"",
                                               text::toml_string(first.subject));
  if (rule == "lock.missing") return "howopen lock";
  return "name the folder of the sources; what is left out, howopen scan -v lists";
}

}  // namespace

std::vector<TreeFinding> gap_findings(std::vector<Gap> gaps, const GateRequest& request, bool strict) {
  const Policy& policy = request.policy;
  const auto place = [](const Gap& g) {
    return std::tie(g.rule, g.why, g.place.file, g.place.line, g.place.column, g.subject);
  };
  std::sort(gaps.begin(), gaps.end(), [&](const Gap& a, const Gap& b) { return place(a) < place(b); });
  gaps.erase(
      std::unique(gaps.begin(), gaps.end(), [&](const Gap& a, const Gap& b) { return place(a) == place(b); }),
      gaps.end());
  std::vector<TreeFinding> out;
  for (std::size_t from = 0, to = 0; from < gaps.size(); from = to) {
    const Gap& first = gaps[from];
    Set<Level> set = policy.levels.at(first.rule);
    bool undecided = false;
    if (first.rule == "scan.unresolved" && policy.on_unresolved.value) {
      const OnUnknown on = *policy.on_unresolved.value;
      undecided = on == OnUnknown::undecided;
      set = {on == OnUnknown::warn    ? Level::warn
             : on == OnUnknown::allow ? Level::note
                                      : Level::deny,
             policy.on_unresolved.place};
    }
    if (strict && (first.rule == "scan.skipped" || first.rule == "scan.empty"))
      set = {Level::deny, {"command line", 0, "--strict"}};
    // What stands at which place decides whether a baseline knows it; a line may move.
    std::string value = first.why;
    TreeFinding one;
    for (to = from; to < gaps.size() && gaps[to].rule == first.rule && gaps[to].why == first.why; ++to) {
      value += fmt::format("\n{}\t{}", gaps[to].place.file, gaps[to].subject);
      if (one.places.size() < kMostPlaces) one.places.push_back(gaps[to].place);
    }
    if (set.value == Level::off) continue;
    one.count = to - from;
    Finding& f = one.finding;
    f.rule = first.rule;
    f.level = std::string(word(set.value));
    f.message = message(first.rule, first.why, one.count);
    f.value = first.why;
    f.undecided = undecided;
    f.policy = set.place;
    f.fix = fix(first.rule, first);
    f.fingerprint = text::fingerprint(f.rule, "", value);
    f.known = request.known.findings.contains(f.fingerprint);
    if (!(f.known && request.new_only) && policy.fail_on.value != Level::off &&
        set.value >= policy.fail_on.value)
      one.decision = undecided ? Decision::undecided : Decision::denied;
    out.push_back(std::move(one));
  }
  return out;
}

std::size_t places_of(const GateSummary& summary, std::string_view rule) {
  std::size_t out = 0;
  for (const TreeFinding& t : summary.tree) {
    if (t.finding.rule == rule) out += t.count;
  }
  return out;
}

}  // namespace howopen
