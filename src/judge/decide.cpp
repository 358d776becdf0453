// Rules in order, the first that decides wins, the others bear witness.
//
//   {gated: partial, all shards present: available}  ->  partial, with both as evidence

#include <fmt/format.h>

#include <utility>

#include "judge/parts.h"

namespace howopen::rules {

Evidence evidence(RuleId rule, std::string what, std::string where, Kind kind, Strength strength) {
  return {std::string(id_of(rule)), std::move(what), std::move(where), kind, strength};
}

Evidence evidence(RuleId rule, const Observation& seen, Strength strength) {
  return evidence(rule, seen.what, seen.where, seen.kind, strength);
}

Ruling ruling(RuleId rule, State state, std::string summary, const Observation& seen) {
  return {rule, state, std::move(summary), {evidence(rule, seen)}};
}

Ruling unknown(RuleId rule, std::string summary, const Observation& seen, State best, State worst) {
  return {rule, State::unknown, std::move(summary), {evidence(rule, seen)}, best, worst};
}

std::optional<Ruling> closed_model(const Case& c, RuleId rule) {
  if (!c.facts.release) return std::nullopt;
  const Release& r = *c.facts.release;
  return ruling(rule, State::unavailable, "closed model",
                {fmt::format("{} has published nothing of {}", r.vendor, r.name), r.source, Kind::curated});
}

std::optional<Ruling> repository_unseen(const Case& c, RuleId rule) {
  if (c.facts.repository || c.facts.release) return std::nullopt;
  const auto& repository = c.facts.repository;
  return unknown(rule, fmt::format("could not look: {}", reason(repository.why())),
                 {std::string(reason(repository.why())), repository.where(), Kind::metadata});
}

std::optional<Ruling> card_unseen(const Case& c, const Seen<bool>& card, RuleId rule, State best) {
  if (!c.facts.repository || !card.unknown()) return std::nullopt;
  return unknown(rule, fmt::format("could not read the card: {}", reason(card.why())),
                 {std::string(reason(card.why())), card.where(), Kind::file}, best);
}

void drop(ComponentVerdict& v, RuleId rule) {
  std::erase_if(v.evidence, [&](const Evidence& e) { return e.rule == id_of(rule); });
}

ComponentVerdict decide(std::span<const Rule> rules, const Case& c, RuleId* decided) {
  ComponentVerdict out;
  bool done = false;
  for (const Rule rule : rules) {
    std::optional<Ruling> said = rule(c);
    if (!said) continue;
    if (!done) {
      done = true;
      const bool known = said->state != State::unknown;
      out.state = said->state;
      out.best = known ? said->state : said->best;
      out.worst = known ? said->state : said->worst;
      out.summary = std::move(said->summary);
      if (decided != nullptr) *decided = said->rule;
    } else {
      for (Evidence& e : said->evidence) {
        if (e.strength == Strength::decides) e.strength = Strength::supports;
      }
    }
    std::move(said->evidence.begin(), said->evidence.end(), std::back_inserter(out.evidence));
  }
  return out;
}

std::string_view reason(Unseen why) {
  switch (why) {
    case Unseen::not_asked:
      return "not asked";
    case Unseen::absent:
      return "not there";
    case Unseen::denied:
      return "access denied";
    case Unseen::failed:
      return "no answer";
    case Unseen::unreadable:
      return "unreadable answer";
  }
  return "";
}

}  // namespace howopen::rules
