// The ladder of the G7 shared language, first match from the top (rubric, section 4), climbed twice: with
// every unknown at its worst, and at its best.
//
//   weights available, code available, rest none, MIT      ->  open-weights
//   the same, license could not be fetched                 ->  between weights-available and open-weights:
//   undetermined

#include <algorithm>

#include "judge/parts.h"

namespace howopen::rules {
namespace {

struct Rungs {
  State weights, inference, training, data, api;
  bool only_gated = false;  // gating is the only reason why weights are partial
  bool weights_open = false;
  bool code_open = false;  // inference and training code
  bool data_open = false;
  bool data_reason = false;    // why not all data is shared was found, with its source
  bool ancestors_open = true;  // training code and data of everything it was made from
};

Rung rung_of(const Rungs& r) {
  const bool available = r.weights == State::available || (r.weights == State::partial && r.only_gated);
  const bool built = available && r.inference == State::available && r.training == State::available &&
                     r.weights_open && r.code_open && r.ancestors_open;
  if (built && r.data == State::available && r.data_open) return Rung::open_source_ai_open_data;
  if (built && (r.data == State::available || (r.data == State::partial && r.data_reason)))
    return Rung::open_source_ai;
  if (available && r.weights_open && (r.inference == State::available || r.inference == State::partial))
    return Rung::open_weights;
  if (r.weights == State::available || r.weights == State::partial) return Rung::weights_available;
  return r.api == State::available || r.api == State::partial ? Rung::api_only : Rung::closed;
}

Rungs at(const Verdict& v, const Facts& f, bool only_gated, bool best) {
  const auto state = [&](Component c) { return best ? v[c].best : v[c].worst; };
  const auto open = [&](const std::optional<LicenseFinding>& l) {
    return l && (best ? l->best : l->cls) == LicenseClass::open;
  };
  Rungs r{state(Component::weights), state(Component::inference_code), state(Component::training_code),
          state(Component::training_data), state(Component::api_access)};
  r.only_gated = only_gated;
  r.weights_open = (best ? v.license.effective.best : v.license.effective.cls) == LicenseClass::open;
  r.code_open = open(v.license.code) && (!v.license.training_code || open(v.license.training_code));
  r.data_open = v.license.training_data ? open(v.license.training_data) : best;
  r.data_reason = f.training_data.reason.has_value();
  r.ancestors_open = v.ancestors_open == State::available || (best && v.ancestors_open == State::unknown);
  return r;
}

// Rungs stand from the top: the smaller is the more open.
bool at_or_above(Rung a, Rung b) {
  return static_cast<int>(a) <= static_cast<int>(b);
}

}  // namespace

Ladder climb(const Verdict& v, const Facts& facts, bool only_gated) {
  Ladder out;
  if (!facts.repository && !facts.release) return out;
  out.low = rung_of(at(v, facts, only_gated, false));
  out.high = rung_of(at(v, facts, only_gated, true));
  if (out.low == out.high)
    out.verdict = out.low;
  else if (at_or_above(out.low, Rung::open_weights))
    out.verdict = out.low, out.at_least = true;
  return out;
}

std::vector<Move> moves(const Verdict& v, const Facts& facts, bool only_gated) {
  std::vector<Move> out;
  if (!facts.repository && !facts.release) return out;
  const Rungs now = at(v, facts, only_gated, false);
  const Rung rung = rung_of(now);
  const auto would = [&](const char* what, const char* to, const Rungs& other) {
    const Rung r = rung_of(other);
    if (r != rung) out.push_back({what, to, r});
  };
  constexpr State Rungs::*kStates[] = {&Rungs::weights, &Rungs::inference, &Rungs::training, &Rungs::data,
                                       &Rungs::api};
  for (std::size_t i = 0; i < kComponents; ++i) {
    const std::string what(word(static_cast<Component>(i)));
    for (const State to : {State::available, State::unavailable}) {
      Rungs other = now;
      other.*kStates[i] = to;
      // Data that is there is under some license; the best of cases is asked for.
      if (i == static_cast<std::size_t>(Component::training_data) && to == State::available &&
          now.data != State::available)
        other.data_open = true;
      would(what.c_str(), word(to).data(), other);
    }
  }
  constexpr std::pair<const char*, bool Rungs::*> kTerms[] = {{"license", &Rungs::weights_open},
                                                              {"code license", &Rungs::code_open},
                                                              {"data license", &Rungs::data_open},
                                                              {"lineage", &Rungs::ancestors_open}};
  for (const auto& [what, term] : kTerms) {
    Rungs other = now;
    other.*term = !(now.*term);
    would(what, other.*term ? "open" : "not open", other);
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Move& a, const Move& b) { return a.verdict < b.verdict; });
  return out;
}

}  // namespace howopen::rules
