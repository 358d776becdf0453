// A model inherits what its ancestors' makers keep to themselves.
//
//   SmolLM3-3B from SmolLM3-3B-Base, whose recipe and data are published  ->  available
//   anything from Llama-3.1-8B                                            ->  unavailable

#include "judge/parts.h"

namespace howopen::rules {
namespace {

State worse(State a, State b) {
  if (a == State::unavailable || b == State::unavailable) return State::unavailable;
  return a == State::unknown || b == State::unknown ? State::unknown : State::available;
}

State both(const Facts& facts, const Catalog& catalog) {
  LicenseVerdict license;
  license.code = conclude(facts.license, Scope::code, catalog, false);
  license.training_code = training_code_license(facts, catalog);
  const Case c{facts, catalog, license};
  Grade grade = Grade::unknown;
  State out = State::available;
  for (const ComponentVerdict& v : {judge_training_code(c), judge_training_data(c, grade)}) {
    const bool could_be = v.best == State::available;
    out = worse(out, v.state == State::available ? State::available
                     : could_be                  ? State::unknown
                                                 : State::unavailable);
  }
  return out;
}

}  // namespace

State judge_ancestors(const Case& c) {
  State out = State::available;
  for (const Ancestor& a : c.facts.lineage) {
    // Nobody searched, since it could not matter.
    if (!a.repository || a.training_code.searched.empty()) {
      out = worse(out, a.repository.unknown() || a.training_code.searched.empty() ? State::unknown
                                                                                  : State::unavailable);
      continue;
    }
    Facts theirs;
    theirs.id = a.id;
    theirs.repository = a.repository;
    theirs.license = a.license;
    theirs.training_code = a.training_code;
    theirs.training_data = a.training_data;
    out = worse(out, both(theirs, c.catalog));
  }
  return out;
}

}  // namespace howopen::rules
