// Is there this model's own training pipeline: where a run starts, and its settings? (rubric, section 2)
//
//   train.py and configs/pretrain.yaml        ->  available
//   finetune/finetune.py "for users"          ->  unavailable: a recipe, not how the model was made
//   a link to the publisher's GitHub, unread  ->  unknown

#include <fmt/format.h>

#include <algorithm>

#include "judge/parts.h"

namespace howopen::rules {
namespace {

// A place of the same publisher that could hold the code and was not read.
const Searched* unread(const TrainingCode& code) {
  const auto found = std::find_if(code.searched.begin(), code.searched.end(), [](const Searched& s) {
    return s.same_publisher && !s.read && s.outcome != Unseen::absent && s.outcome != Unseen::denied;
  });
  return found == code.searched.end() ? nullptr : &*found;
}

}  // namespace

const Searched* not_answered(const TrainingCode& code) {
  const auto found = std::find_if(code.searched.begin(), code.searched.end(), [](const Searched& s) {
    return s.same_publisher && !s.read && (s.outcome == Unseen::failed || s.outcome == Unseen::unreadable);
  });
  return found == code.searched.end() ? nullptr : &*found;
}

namespace {

std::optional<Ruling> never_published(const Case& c) {
  return closed_model(c, RuleId::training_code_none_found);
}

std::optional<Ruling> could_not_look(const Case& c) {
  return repository_unseen(c, RuleId::training_code_could_not_look);
}

std::optional<Ruling> pipeline(const Case& c) {
  const TrainingCode& code = c.facts.training_code;
  if (code.entries.empty() || code.configurations.empty()) return std::nullopt;
  const Observation& entry = code.entries.front();
  const Observation& configuration = code.configurations.front();
  const auto& license = c.license.training_code ? c.license.training_code : c.license.code;
  const LicenseClass cls = license ? license->cls : LicenseClass::none;
  const bool open = cls == LicenseClass::open;
  if (!open && license && license->best == LicenseClass::open) {
    return unknown(RuleId::training_code_could_not_look,
                   fmt::format("{}, its license could not be read", entry.what), entry, State::available,
                   State::partial);
  }
  // Of what it was made from as well, or it is the code of one stage.
  State stages = State::available;
  for (const Ancestor& a : c.facts.lineage) {
    const TrainingCode& theirs = a.training_code;
    if (!theirs.entries.empty() && !theirs.configurations.empty()) continue;
    // Nobody searches it where the model's own data are not there, since it could not matter.
    const bool counts =
        std::any_of(c.facts.training_data.datasets.begin(), c.facts.training_data.datasets.end(),
                    [](const Dataset& d) { return d.role == DatasetRole::training; });
    const bool lost =
        theirs.searched.empty() ? counts : a.license.card.unknown() || not_answered(theirs) != nullptr;
    if (a.repository ? !lost : !a.repository.unknown())
      stages = State::partial;
    else if (stages == State::available)
      stages = State::unknown;
  }
  // A script that begins with a model that was pre-trained elsewhere holds one stage, whatever is named.
  if (c.facts.lineage.empty() && (c.facts.made_from_another || code.tunes)) stages = State::partial;
  if (open && stages == State::partial)
    return ruling(RuleId::training_code_part, State::partial, fmt::format("{}: of its own stage", entry.what),
                  entry);
  if (open && stages == State::unknown)
    return unknown(RuleId::training_code_could_not_look,
                   fmt::format("{}; that of its base was not searched", entry.what), entry, State::available,
                   State::partial);
  Ruling out = open ? ruling(RuleId::training_code_pipeline, State::available,
                             configuration.what == entry.what
                                 ? entry.what
                                 : fmt::format("{} and {}", entry.what, configuration.what),
                             entry)
                    : ruling(RuleId::training_code_restricted_license, State::partial,
                             fmt::format("{}, license {}", entry.what, word(cls)), entry);
  out.evidence.push_back(evidence(out.rule, configuration, Strength::supports));
  return out;
}

// A row of the catalog that has no word on training code, by somebody who did not look for it.
std::optional<Ruling> not_recorded(const Case& c) {
  const TrainingCode& code = c.facts.training_code;
  if (c.facts.origin != Origin::built_in || unread(code) == nullptr || !code.entries.empty() ||
      !code.configurations.empty() || !code.recipes.empty())
    return std::nullopt;
  return unknown(
      RuleId::training_code_not_recorded, "not recorded in howopen's facts",
      {"the release catalog has no word on its training code", c.facts.repository.where(), Kind::curated},
      State::available, State::unavailable);
}

std::optional<Ruling> link_not_read(const Case& c) {
  const TrainingCode& code = c.facts.training_code;
  const Searched* place = unread(code);
  // What a row of the catalog has is all that is known of it, and no link.
  if (place == nullptr || c.facts.origin == Origin::built_in) return std::nullopt;
  const bool part = !code.entries.empty() || !code.configurations.empty();
  return unknown(RuleId::training_code_link_not_read, fmt::format("{} not read", place->what),
                 {place->what, place->where, Kind::link}, State::available,
                 part ? State::partial : State::unavailable);
}

std::optional<Ruling> part_of_it(const Case& c) {
  const TrainingCode& code = c.facts.training_code;
  if (code.entries.empty() == code.configurations.empty()) return std::nullopt;
  const bool entry = !code.entries.empty();
  const Observation& seen = entry ? code.entries.front() : code.configurations.front();
  return ruling(RuleId::training_code_part, State::partial,
                fmt::format("{}; no {}", seen.what, entry ? "run configuration" : "entry point"), seen);
}

std::optional<Ruling> card_unread(const Case& c) {
  return card_unseen(c, c.facts.license.card, RuleId::training_code_could_not_look);
}

std::optional<Ruling> user_recipe(const Case& c) {
  const auto& recipes = c.facts.training_code.recipes;
  if (recipes.empty()) return std::nullopt;
  return ruling(
      RuleId::training_code_user_recipe, State::unavailable,
      recipes.front().trainer ? "a trainer, no run of this model" : "only a fine-tuning recipe for users",
      recipes.front());
}

std::optional<Ruling> none_found(const Case& c) {
  if (!c.facts.repository) return std::nullopt;
  const TrainingCode& code = c.facts.training_code;
  constexpr RuleId kRule = RuleId::training_code_none_found;
  std::vector<Evidence> seen;
  int places = 0;
  for (const Searched& s : code.searched) {
    if (!s.read) continue;
    ++places;
    seen.push_back(evidence(kRule, fmt::format("searched {}{}{}", s.what, s.why.empty() ? "" : ": ", s.why),
                            s.where, Kind::metadata));
  }
  for (const Observation& s : code.traces) {
    seen.push_back(
        evidence(kRule, s.what + ": a trace of training, not code", s.where, s.kind, Strength::hints));
  }
  for (const Searched& s : code.searched) {
    if (s.same_publisher || s.read) continue;
    seen.push_back(evidence(kRule, s.what + ": another publisher's", s.where, Kind::link, Strength::hints));
  }
  // A row of the catalog is no search.
  if (c.facts.origin == Origin::built_in && code.searched.size() <= 1)
    return ruling(kRule, State::unavailable, "none recorded",
                  {"the release catalog names no training code", c.facts.repository.where(), Kind::curated});
  return Ruling{kRule, State::unavailable,
                places == 1 ? "searched 1 place" : fmt::format("searched {} places", places),
                std::move(seen)};
}

constexpr Rule kRulesInOrder[] = {never_published, could_not_look, pipeline,    not_recorded, link_not_read,
                                  part_of_it,      card_unread,    user_recipe, none_found};

}  // namespace

ComponentVerdict judge_training_code(const Case& c) {
  ComponentVerdict out = decide(kRulesInOrder, c);
  if (out.state == State::available || out.state == State::partial)
    drop(out, RuleId::training_code_none_found);
  return out;
}

}  // namespace howopen::rules
