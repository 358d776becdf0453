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

int count(const TrainingCode& code, bool read) {
  return static_cast<int>(std::count_if(code.searched.begin(), code.searched.end(), [&](const Searched& s) { return s.read == read && s.same_publisher; }));
}

// A place of the same publisher that could hold the code and was not read.
const Searched* unread(const TrainingCode& code) {
  const auto found = std::find_if(code.searched.begin(), code.searched.end(), [](const Searched& s) {
    return s.same_publisher && !s.read && s.outcome != Unseen::absent && s.outcome != Unseen::denied;
  });
  return found == code.searched.end() ? nullptr : &*found;
}

std::string places(int n) { return n == 1 ? "1 place" : fmt::format("{} places", n); }

std::optional<Ruling> never_published(const Case& c) {
  if (!c.facts.release) return std::nullopt;
  return Ruling{RuleId::training_code_none_found, State::unavailable, "closed model",
                {evidence(RuleId::training_code_none_found, "no code of " + c.facts.release->name, c.facts.release->source, Kind::curated)}};
}

std::optional<Ruling> could_not_look(const Case& c) {
  if (!unseen_repository(c.facts)) return std::nullopt;
  const auto& repository = c.facts.repository;
  return Ruling{RuleId::training_code_could_not_look, State::unknown, fmt::format("could not look: {}", reason(repository.why())),
                {evidence(RuleId::training_code_could_not_look, std::string(reason(repository.why())), repository.where(), Kind::metadata)}};
}

std::optional<Ruling> pipeline(const Case& c) {
  const TrainingCode& code = c.facts.training_code;
  if (code.entries.empty() || code.configurations.empty()) return std::nullopt;
  std::vector<Evidence> seen = {evidence(RuleId::training_code_pipeline, code.entries.front()),
                                evidence(RuleId::training_code_pipeline, code.configurations.front(), Strength::supports)};
  const LicenseClass cls = c.license.code ? c.license.code->cls : LicenseClass::none;
  if (cls == LicenseClass::open) {
    return Ruling{RuleId::training_code_pipeline, State::available,
                  fmt::format("{} and {}", code.entries.front().what, code.configurations.front().what), std::move(seen)};
  }
  for (Evidence& e : seen) e.rule = id_of(RuleId::training_code_restricted_license);
  return Ruling{RuleId::training_code_restricted_license, State::partial,
                fmt::format("{}, license {}", code.entries.front().what, word(cls)), std::move(seen)};
}

std::optional<Ruling> link_not_read(const Case& c) {
  const TrainingCode& code = c.facts.training_code;
  const Searched* place = unread(code);
  if (place == nullptr) return std::nullopt;
  const bool part = !code.entries.empty() || !code.configurations.empty();
  return Ruling{RuleId::training_code_link_not_read, State::unknown, fmt::format("{} not read", place->what),
                {evidence(RuleId::training_code_link_not_read, place->what, place->where, Kind::link)},
                State::available, part ? State::partial : State::unavailable};
}

std::optional<Ruling> part_of_it(const Case& c) {
  const TrainingCode& code = c.facts.training_code;
  if (code.entries.empty() == code.configurations.empty()) return std::nullopt;
  const Sighting& seen = code.entries.empty() ? code.configurations.front() : code.entries.front();
  return Ruling{RuleId::training_code_part, State::partial,
                fmt::format("{}; no {}", seen.what, code.entries.empty() ? "entry point" : "run configuration"),
                {evidence(RuleId::training_code_part, seen)}};
}

std::optional<Ruling> card_unseen(const Case& c) {
  const auto& card = c.facts.license.card;
  if (!c.facts.repository || card || !card.unknown()) return std::nullopt;
  return Ruling{RuleId::training_code_could_not_look, State::unknown, fmt::format("could not read the card: {}", reason(card.why())),
                {evidence(RuleId::training_code_could_not_look, std::string(reason(card.why())), card.where(), Kind::file)}};
}

std::optional<Ruling> user_recipe(const Case& c) {
  const TrainingCode& code = c.facts.training_code;
  if (code.recipes.empty()) return std::nullopt;
  return Ruling{RuleId::training_code_user_recipe, State::unavailable, "only a fine-tuning recipe for users",
                {evidence(RuleId::training_code_user_recipe, code.recipes.front())}};
}

std::optional<Ruling> none_found(const Case& c) {
  if (!c.facts.repository) return std::nullopt;
  const TrainingCode& code = c.facts.training_code;
  std::vector<Evidence> seen;
  for (const Searched& s : code.searched) {
    if (s.read) seen.push_back(evidence(RuleId::training_code_none_found, "searched " + s.what, s.where, s.what.starts_with("github") ? Kind::link : Kind::metadata));
  }
  for (const Sighting& s : code.traces) seen.push_back(evidence(RuleId::training_code_none_found, s.what + ": a trace of training, not code", s.where, s.kind, Strength::hints));
  for (const Searched& s : code.searched) {
    if (!s.same_publisher) seen.push_back(evidence(RuleId::training_code_none_found, s.what + ": another publisher's", s.where, Kind::link, Strength::hints));
  }
  return Ruling{RuleId::training_code_none_found, State::unavailable, "searched " + places(count(code, true)), std::move(seen)};
}

constexpr Rule kRulesInOrder[] = {never_published, could_not_look, pipeline,   link_not_read,
                                  part_of_it,      card_unseen,    user_recipe, none_found};

}  // namespace

ComponentVerdict judge_training_code(const Case& c) {
  ComponentVerdict out = decide(kRulesInOrder, c);
  if (out.state == State::available || out.state == State::partial) {
    std::erase_if(out.evidence, [](const Evidence& e) { return e.rule == id_of(RuleId::training_code_none_found); });
  }
  return out;
}

}  // namespace howopen::rules
