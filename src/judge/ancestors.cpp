// A model inherits what its ancestors' makers keep to themselves.
//
//   SmolLM3-3B from SmolLM3-3B-Base, whose recipe and data are published  ->  available
//   anything from Llama-3.1-8B                                            ->  unavailable

#include <fmt/format.h>

#include "judge/parts.h"

namespace howopen::rules {
namespace {

State worse(State a, State b) {
  if (a == State::unavailable || b == State::unavailable) return State::unavailable;
  return a == State::unknown || b == State::unknown ? State::unknown : State::available;
}

// Of one ancestor; `lacks` is what keeps it from being available, in words.
State both(const Facts& facts, const Catalog& catalog, std::string& lacks) {
  LicenseVerdict license;
  license.code = conclude(facts.license, Scope::code, catalog, false);
  license.training_code = training_code_license(facts, catalog);
  const Case c{facts, catalog, license};
  Grade grade = Grade::unknown;
  State out = State::available;
  const std::pair<const char*, ComponentVerdict> parts[] = {{"training code", judge_training_code(c)},
                                                            {"training data", judge_training_data(c, grade)}};
  for (const auto& [words, v] : parts) {
    const bool could_be = v.best == State::available;
    if (v.state != State::available) lacks += (lacks.empty() ? "" : " and ") + std::string(words);
    out = worse(out, v.state == State::available ? State::available
                     : could_be                  ? State::unknown
                                                 : State::unavailable);
  }
  return out;
}

}  // namespace

State judge_ancestors(const Case& c, std::vector<std::string>& missing) {
  State out = State::available;
  const auto add = [&](const Ancestor& a, std::string_view lacks) {
    missing.push_back(fmt::format("{} of {}", lacks, a.id));
  };
  for (const Ancestor& a : c.facts.lineage) {
    // Nobody searched, since it could not matter.
    if (!a.repository || a.training_code.searched.empty()) {
      out = worse(out, a.repository.unknown() || a.training_code.searched.empty() ? State::unknown
                                                                                  : State::unavailable);
      add(a, "training code and training data");
      continue;
    }
    Facts theirs;
    theirs.id = a.id;
    theirs.repository = a.repository;
    theirs.license = a.license;
    theirs.training_code = a.training_code;
    theirs.training_data = a.training_data;
    std::string lacks;
    out = worse(out, both(theirs, c.catalog, lacks));
    if (!lacks.empty()) add(a, lacks);
  }
  return out;
}

}  // namespace howopen::rules
