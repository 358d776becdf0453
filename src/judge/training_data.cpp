// Is the training data there, and how much of it? (rubric, section 2) A dataset that is only named is listed,
// prose about data is documentation, a benchmark is not training data.
//
//   datasets key names allenai/dolma, card: "trained on Dolma", dataset resolves  ->  released, available
//   "14.8 trillion tokens"                                                       ->  documented, unavailable

#include <fmt/format.h>

#include <algorithm>

#include "judge/parts.h"

namespace howopen::rules {
namespace {

std::vector<const Dataset*> with_role(const Facts& f, DatasetRole role) {
  std::vector<const Dataset*> out;
  for (const Dataset& d : f.training_data.datasets) {
    if (d.role == role) out.push_back(&d);
  }
  return out;
}

std::string named(const std::vector<const Dataset*>& datasets) {
  if (datasets.size() == 1) return datasets.front()->name;
  return fmt::format("{} and {} more", datasets.front()->name, datasets.size() - 1);
}

std::vector<Evidence> seen(RuleId rule, const std::vector<const Dataset*>& datasets) {
  std::vector<Evidence> out;
  for (const Dataset* d : datasets) {
    if (out.size() == 6) break;
    out.push_back(evidence(rule, fmt::format("{} ({})", d->name, d->named.what), d->named.where,
                           d->named.kind, out.empty() ? Strength::decides : Strength::supports));
  }
  return out;
}

bool released(const Dataset& d) {
  return d.record && d.record->gate == AccessGate::none && d.record->bytes != 0 && d.record->files != 0;
}

std::optional<Ruling> never_published(const Case& c) {
  return closed_model(c, RuleId::training_data_silent);
}

std::optional<Ruling> could_not_look(const Case& c) {
  return repository_unseen(c, RuleId::training_data_could_not_look);
}

bool all_released(const TrainingData& data) {
  bool any = false;
  for (const Dataset& d : data.datasets) {
    if (d.role != DatasetRole::training) continue;
    if (!released(d)) return false;
    any = true;
  }
  return any && !data.more;
}

// Whether what it was made from could be trained again, too: else its own data are those of one stage.
enum class Before { released, not_known, kept };
Before before(const Facts& f) {
  Before out = Before::released;
  for (const Ancestor& a : f.lineage) {
    if (all_released(a.training_data)) continue;
    // Data of ancestors are looked for only where the model's own code is there, since they count only then.
    const TrainingCode& own = f.training_code;
    const bool not_searched = a.training_code.searched.empty() &&
                              ((!own.entries.empty() && !own.configurations.empty()) || not_answered(own));
    const bool lost =
        not_searched || a.training_data.unrecorded || a.repository.unknown() ||
        (a.repository && a.license.card_and_data().unknown()) ||
        std::any_of(a.training_data.datasets.begin(), a.training_data.datasets.end(),
                    [](const Dataset& d) { return d.role == DatasetRole::training && d.record.unknown(); });
    if (!lost) return Before::kept;
    out = Before::not_known;
  }
  return out;
}

Ruling own_stage(const Facts& f, const std::vector<const Dataset*>& training) {
  constexpr RuleId kRule = RuleId::training_data_listed;
  Ruling out{kRule, State::partial, "of its own stage: " + named(training), seen(kRule, training)};
  if (f.made_from_another) out.evidence.push_back(evidence(kRule, *f.made_from_another, Strength::supports));
  return out;
}

std::optional<Ruling> everything_released(const Case& c) {
  if (!all_released(c.facts.training_data)) return std::nullopt;
  const auto training = with_role(c.facts, DatasetRole::training);
  // Where it was made from another model, its own data are those of one stage, be the other one known or not.
  const bool one_stage = c.facts.lineage.empty() && c.facts.made_from_another.has_value();
  const Before stages = one_stage ? Before::kept : before(c.facts);
  if (stages == Before::kept) return own_stage(c.facts, training);
  if (stages == Before::not_known)
    return Ruling{RuleId::training_data_not_looked_up,
                  State::unknown,
                  named(training) + "; that of its base not looked up",
                  seen(RuleId::training_data_not_looked_up, training),
                  State::available,
                  State::partial};
  return Ruling{RuleId::training_data_released, State::available, named(training),
                seen(RuleId::training_data_released, training)};
}

// Said to be what it was trained on, and nobody has looked whether it is there.
std::optional<Ruling> not_looked_up(const Case& c) {
  auto training = with_role(c.facts, DatasetRole::training);
  std::erase_if(training, [](const Dataset* d) { return !d->hub_id || !d->record.unknown(); });
  if (training.empty()) return std::nullopt;
  return Ruling{RuleId::training_data_not_looked_up,
                State::unknown,
                named(training) + " not looked up",
                seen(RuleId::training_data_not_looked_up, training),
                c.facts.training_data.more ? State::partial : State::available,
                State::partial};
}

std::optional<Ruling> gated(const Case& c) {
  auto training = with_role(c.facts, DatasetRole::training);
  std::erase_if(training, [](const Dataset* d) { return !d->record || d->record->gate == AccessGate::none; });
  if (training.empty()) return std::nullopt;
  return Ruling{RuleId::training_data_gated, State::partial, named(training) + " (gated)",
                seen(RuleId::training_data_gated, training)};
}

std::optional<Ruling> listed(const Case& c) {
  std::vector<const Dataset*> all;
  for (const DatasetRole role : {DatasetRole::training, DatasetRole::fine_tuning, DatasetRole::unstated}) {
    for (const Dataset* d : with_role(c.facts, role)) {
      // A link without a word about training is no declaration; the `datasets` key is.
      if (role != DatasetRole::unstated || d->declared) all.push_back(d);
    }
  }
  if (all.empty()) return std::nullopt;
  return Ruling{RuleId::training_data_listed, State::partial, fmt::format("listed: {}", named(all)),
                seen(RuleId::training_data_listed, all)};
}

std::optional<Ruling> card_unread(const Case& c) {
  return card_unseen(c, c.facts.license.card_and_data(), RuleId::training_data_could_not_look);
}

std::optional<Ruling> documented(const Case& c) {
  const auto& statements = c.facts.training_data.statements;
  if (statements.empty()) return std::nullopt;
  Ruling out = ruling(RuleId::training_data_documented, State::unavailable,
                      fmt::format("prose only: {}", statements.front().what), statements.front());
  for (std::size_t i = 1; i < statements.size(); ++i)
    out.evidence.push_back(evidence(out.rule, statements[i], Strength::supports));
  return out;
}

std::optional<Ruling> evaluation_only(const Case& c) {
  const auto evaluation = with_role(c.facts, DatasetRole::evaluation);
  if (evaluation.empty()) return std::nullopt;
  return Ruling{RuleId::training_data_evaluation_only, State::unavailable, "only evaluation datasets named",
                seen(RuleId::training_data_evaluation_only, evaluation)};
}

std::optional<Ruling> withheld(const Case& c) {
  const auto& seen = c.facts.training_data.withheld;
  if (!seen) return std::nullopt;
  return ruling(RuleId::training_data_withheld, State::unavailable, "none, as recorded", *seen);
}

// A row of the catalog that has no word on data is no finding that there are none.
std::optional<Ruling> not_recorded(const Case& c) {
  if (!c.facts.training_data.unrecorded) return std::nullopt;
  return unknown(
      RuleId::training_data_not_recorded, "not recorded in howopen's facts",
      {"the release catalog has no word on its training data", c.facts.repository.where(), Kind::curated});
}

std::optional<Ruling> silent(const Case& c) {
  if (!c.facts.repository) return std::nullopt;
  const auto& card = c.facts.license.card;
  return ruling(RuleId::training_data_silent, State::unavailable,
                card ? "nothing said" : fmt::format("nothing said; card: {}", reason(card.why())),
                {"no dataset named", card ? card.where() : c.facts.repository.where(), Kind::metadata});
}

constexpr Rule kRulesInOrder[] = {never_published, could_not_look, everything_released, not_looked_up,
                                  gated,           listed,         card_unread,         documented,
                                  evaluation_only, withheld,       not_recorded,        silent};

Grade grade_of(RuleId rule) {
  switch (rule) {
    case RuleId::training_data_released:
      return Grade::released;
    case RuleId::training_data_gated:
      return Grade::gated;
    case RuleId::training_data_listed:
      return Grade::listed;
    case RuleId::training_data_documented:
      return Grade::documented;
    case RuleId::training_data_evaluation_only:
    case RuleId::training_data_withheld:
    case RuleId::training_data_silent:
      return Grade::silent;
    default:
      return Grade::unknown;
  }
}

}  // namespace

ComponentVerdict judge_training_data(const Case& c, Grade& grade) {
  RuleId decided = RuleId::training_data_could_not_look;
  ComponentVerdict out = decide(kRulesInOrder, c, &decided);
  grade = grade_of(decided);
  if (decided != RuleId::training_data_silent) drop(out, RuleId::training_data_silent);
  return out;
}

}  // namespace howopen::rules
