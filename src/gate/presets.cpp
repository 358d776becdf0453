// The policies that ship with the tool. Each is the built-in levels and what differs from them.
//
//   preset_policy("osaid")  ->  minimum open-source-ai; training code and documented data are required

#include <algorithm>
#include <initializer_list>

#include "gate/rules.h"

namespace howopen {
namespace {

// Permissive licenses that are read in weights, code or data. OSI approval, or Creative Commons' own words,
// for each.
constexpr std::string_view kPermissive[] = {
    "0BSD",      "Apache-2.0",  "BSD-2-Clause",           "BSD-3-Clause", "BSL-1.0",
    "CC-BY-4.0", "CC0-1.0",     "CDLA-Permissive-2.0",    "ISC",          "MIT",
    "MIT-0",     "OpenMDW-1.0", "LicenseRef-OpenMDW-1.1", "Unlicense",    "Zlib",
};
// What an open source AI may carry besides: the same freedoms, with a duty to pass them on.
constexpr std::string_view kReciprocal[] = {
    "AGPL-3.0-only",     "AGPL-3.0-or-later", "CC-BY-SA-4.0",     "GPL-2.0-only",
    "GPL-2.0-or-later",  "GPL-3.0-only",      "GPL-3.0-or-later", "LGPL-3.0-only",
    "LGPL-3.0-or-later", "MPL-2.0",           "EUPL-1.2",
};

PolicyLine preset_line(std::string_view name, std::string text) {
  return {"preset " + std::string(name), 0, std::move(text)};
}

}  // namespace

Policy preset_policy(std::string_view name) {
  const bool known = std::find(std::begin(kPresets), std::end(kPresets), name) != std::end(kPresets);
  if (!known) name = "permissive";
  Policy out;
  out.preset = std::string(name);
  for (const gate::GateRule& rule : gate::kGateRules)
    out.levels[std::string(rule.id)] = {
        rule.built_in, {"built-in", 0, std::string(rule.id) + " = " + std::string(word(rule.built_in))}};
  for (const gate::DriftRule& rule : gate::kDriftRules)
    out.drift[std::string(rule.id)] = {
        rule.built_in, {"built-in", 0, std::string(rule.id) + " = " + std::string(word(rule.built_in))}};
  const auto level = [&](std::string_view rule, Level l) {
    out.levels[std::string(rule)] = {l, preset_line(name, std::string(rule) + " = " + std::string(word(l)))};
  };
  const auto minimum = [&](Rung rung) {
    out.minimum = {rung, preset_line(name, "gate.minimum-verdict = " + std::string(word(rung)))};
  };
  const auto allow = [&](std::string_view id) {
    out.allow.ids.push_back({std::string(id), preset_line(name, "licenses.allow")});
  };
  out.allow.place = preset_line(name, "licenses.allow");
  for (const std::string_view id : kPermissive) allow(id);
  if (name != "permissive") {
    for (const std::string_view id : kReciprocal) allow(id);
  }
  if (name == "osaid") {
    minimum(Rung::open_source_ai);
    for (const char* rule : {"code.inference", "code.training", "data.documented"}) level(rule, Level::deny);
  } else if (name == "mof") {
    minimum(Rung::open_weights);
    for (const char* rule : {"code.inference", "card.complete", "weights.complete"}) level(rule, Level::deny);
    for (const char* rule : {"data.documented", "code.training", "data.published"}) level(rule, Level::warn);
  } else if (name == "report") {
    for (auto& [rule, set] : out.levels) {
      if (set.value == Level::deny) level(rule, Level::warn);
    }
    out.fail_on = {Level::off, preset_line(name, "gate.fail-on = never")};
    out.on_unknown = {OnUnknown::allow, preset_line(name, "gate.on-unknown = allow")};
  }
  return out;
}

std::vector<std::string> gate_rules() {
  std::vector<std::string> out;
  for (const gate::GateRule& rule : gate::kGateRules) out.emplace_back(rule.id);
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::string> drift_rules() {
  std::vector<std::string> out;
  for (const gate::DriftRule& rule : gate::kDriftRules) out.push_back("drift." + std::string(rule.id));
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::string> policy_rules() {
  std::vector<std::string> out = gate_rules();
  for (std::string& rule : rule_ids()) out.push_back(std::move(rule));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::optional<Level> level_of(std::string_view rule, const Policy& policy) {
  constexpr std::string_view kDrift = "drift.";
  const bool drift = rule.starts_with(kDrift);
  const auto& levels = drift ? policy.drift : policy.levels;
  const auto set = levels.find(std::string(drift ? rule.substr(kDrift.size()) : rule));
  if (set == levels.end()) return std::nullopt;
  return set->second.value;
}

}  // namespace howopen
