// Rules in order, the first that decides wins, the others bear witness.
//
//   {gated: partial, all shards present: available}  ->  partial, with both as evidence

#include <utility>

#include "judge/parts.h"

namespace howopen::rules {

Evidence evidence(RuleId rule, std::string what, std::string where, Kind kind, Strength strength) {
  return {std::string(id_of(rule)), std::move(what), std::move(where), kind, strength};
}

Evidence evidence(RuleId rule, const Sighting& seen, Strength strength) {
  return evidence(rule, seen.what, seen.where, seen.kind, strength);
}

ComponentVerdict decide(std::span<const Rule> rules, const Case& c, RuleId* decided) {
  ComponentVerdict out;
  bool done = false;
  for (const Rule rule : rules) {
    std::optional<Ruling> ruling = rule(c);
    if (!ruling) continue;
    if (!done) {
      done = true;
      out.state = ruling->state;
      const bool unknown = ruling->state == State::unknown;
      out.best = unknown ? ruling->best : ruling->state;
      out.worst = unknown ? ruling->worst : ruling->state;
      out.summary = std::move(ruling->summary);
      if (decided != nullptr) *decided = ruling->rule;
      for (Evidence& e : ruling->evidence) out.evidence.push_back(std::move(e));
    } else {
      for (Evidence& e : ruling->evidence) {
        if (e.strength == Strength::decides) e.strength = Strength::supports;
        out.evidence.push_back(std::move(e));
      }
    }
  }
  return out;
}

bool unseen_repository(const Facts& facts) { return !facts.repository && !facts.release; }

std::string_view reason(Unseen why) {
  switch (why) {
    case Unseen::not_asked: return "not asked";
    case Unseen::absent: return "not there";
    case Unseen::denied: return "access denied";
    case Unseen::failed: return "no answer";
    case Unseen::unreadable: return "unreadable answer";
  }
  return "";
}

}  // namespace howopen::rules
