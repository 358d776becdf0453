// Can anybody call the model without hosting it? (rubric, section 2) It scores, and never lifts the verdict.
//
//   catalog: platform.deepseek.com serves deepseek-v4-pro        ->  available
//   withdrawn there, three live providers                       ->  partial, third parties

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "judge/parts.h"

namespace howopen::rules {
namespace {

// Curated, so with its date.
Evidence curated(RuleId rule, const Platform& p, const std::string& what) {
  return evidence(rule, fmt::format("{} (as of {})", what, p.as_of), p.source, Kind::curated);
}

std::optional<Ruling> vendor_serves(const Case& c) {
  const auto& p = c.facts.api.platform;
  if (!p || !p->serves_this || p->host.empty()) return std::nullopt;
  const RuleId rule = p->self_service ? RuleId::api_vendor_serves : RuleId::api_by_application;
  return Ruling{rule,
                p->self_service ? State::available : State::partial,
                p->self_service ? p->host : p->host + ", by application",
                {curated(rule, *p, fmt::format("{} serves {}", p->host, fmt::join(p->served, ", ")))}};
}

// The family is served; which of its members are is another question, and changes from month to month.
std::optional<Ruling> member_unrecorded(const Case& c) {
  const auto& p = c.facts.api.platform;
  if (!p || p->unrecorded.empty()) return std::nullopt;
  const std::string what = fmt::format("whether {} itself is still served is not recorded", p->unrecorded);
  return unknown(
      RuleId::api_could_not_look, what,
      {fmt::format("{}; {} serves {} (as of {})", what, p->host, fmt::join(p->served, ", "), p->as_of),
       p->source, Kind::curated});
}

std::optional<Ruling> could_not_look(const Case& c) {
  return repository_unseen(c, RuleId::api_could_not_look);
}

std::optional<Ruling> providers_unseen(const Case& c) {
  const auto& providers = c.facts.api.providers;
  if (!c.facts.repository || !providers.unknown()) return std::nullopt;
  return unknown(RuleId::api_could_not_look, fmt::format("providers: {}", reason(providers.why())),
                 {fmt::format("who serves it on the Hub: {}", reason(providers.why())), providers.where(),
                  Kind::metadata},
                 State::partial, State::unavailable);
}

std::optional<Ruling> third_party(const Case& c) {
  const auto& providers = c.facts.api.providers;
  if (!providers) return std::nullopt;
  std::vector<std::string> live;
  for (const Provider& p : *providers) {
    if (p.status == "live") live.push_back(p.name);
  }
  if (live.empty()) return std::nullopt;
  const std::string names = live.size() > 3 ? fmt::format("{} live providers", live.size())
                                            : fmt::format("{}", fmt::join(live, ", "));
  return Ruling{RuleId::api_third_party,
                State::partial,
                "third parties: " + names,
                {evidence(RuleId::api_third_party, fmt::format("live: {}", fmt::join(live, ", ")),
                          providers.where(), Kind::metadata)}};
}

// Something to try, and no API that anybody could build on.
std::optional<Ruling> demo(const Case& c) {
  if (!c.facts.api.demo) return std::nullopt;
  return ruling(RuleId::api_demo, State::partial, "a demo of the publisher", *c.facts.api.demo);
}

std::optional<Ruling> withdrawn(const Case& c) {
  const auto& p = c.facts.api.platform;
  if (!p || !p->retired) return std::nullopt;
  return Ruling{RuleId::api_withdrawn,
                State::unavailable,
                fmt::format("withdrawn from {}", p->host),
                {curated(RuleId::api_withdrawn, *p,
                         fmt::format("{} no longer serves {}", p->host, fmt::join(p->withdrawn, ", ")))}};
}

std::optional<Ruling> none_known(const Case& c) {
  std::vector<Evidence> seen;
  if (const auto& p = c.facts.api.platform) {
    seen.push_back(curated(RuleId::api_none_known, *p,
                           p->host.empty() ? p->vendor + " has no known platform of its own"
                                           : fmt::format("{} is not known to serve it", p->host)));
  } else if (c.facts.repository) {
    seen.push_back(evidence(RuleId::api_none_known, "the publisher is not in the catalog of platforms",
                            c.facts.repository.where(), Kind::metadata));
  }
  if (c.facts.api.providers && c.facts.api.providers->empty()) {
    seen.push_back(evidence(RuleId::api_none_known, "no provider on the Hub", c.facts.api.providers.where(),
                            Kind::metadata));
  }
  for (const Observation& s : c.facts.api.claims)
    seen.push_back(evidence(RuleId::api_none_known, s, Strength::hints));
  return Ruling{RuleId::api_none_known, State::unavailable,
                c.facts.api.platform && !c.facts.api.platform->host.empty()
                    ? "not known at " + c.facts.api.platform->host
                    : std::string(),
                std::move(seen)};
}

constexpr Rule kRulesInOrder[] = {could_not_look, vendor_serves,    member_unrecorded, third_party,
                                  demo,           providers_unseen, withdrawn,         none_known};

}  // namespace

ComponentVerdict judge_api(const Case& c) {
  ComponentVerdict out = decide(kRulesInOrder, c);
  if (out.state != State::unavailable) drop(out, RuleId::api_none_known);
  return out;
}

}  // namespace howopen::rules
