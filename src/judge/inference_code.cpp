// Can anybody run the model with open code? (rubric, section 2)
//
//   model_type deepseek_v3, which transformers loads      ->  available
//   auto_map names a file that was deleted, nothing else  ->  unavailable
//   only a snippet in the card                            ->  partial

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "judge/parts.h"

namespace howopen::rules {
namespace {

std::string libraries(const std::vector<Loader>& loaders) {
  std::vector<std::string> names;
  for (const Loader& l : loaders) names.push_back(l.library);
  return fmt::format("{}", fmt::join(names, ", "));
}

std::vector<Evidence> loaded_by(RuleId rule, const std::vector<Loader>& loaders) {
  std::vector<Evidence> out;
  for (const Loader& l : loaders) {
    out.push_back(evidence(rule, fmt::format("{}: loaded by {} (table of {})", l.by, l.library, l.as_of), l.where, Kind::metadata,
                           out.empty() ? Strength::decides : Strength::supports));
  }
  return out;
}

bool anything_of_its_own(const InferenceCode& code) {
  return !code.scripts.empty() ||
         std::any_of(code.remote.begin(), code.remote.end(), [](const RemoteCode& r) { return r.present; });
}

std::vector<Evidence> own_code(RuleId rule, const InferenceCode& code) {
  std::vector<Evidence> out;
  for (const RemoteCode& r : code.remote) {
    if (r.present) out.push_back(evidence(rule, fmt::format("auto_map names {}, and it is there", r.file), r.where, Kind::file));
  }
  for (const Sighting& s : code.scripts) {
    if (out.size() < 3) out.push_back(evidence(rule, s, out.empty() ? Strength::decides : Strength::supports));
  }
  return out;
}

std::optional<Ruling> never_published(const Case& c) {
  if (!c.facts.release) return std::nullopt;
  return Ruling{RuleId::inference_none, State::unavailable, "closed model",
                {evidence(RuleId::inference_none, "no code of " + c.facts.release->name, c.facts.release->source, Kind::curated)}};
}

std::optional<Ruling> could_not_look(const Case& c) {
  if (!unseen_repository(c.facts)) return std::nullopt;
  const auto& repository = c.facts.repository;
  return Ruling{RuleId::inference_could_not_look, State::unknown, fmt::format("could not look: {}", reason(repository.why())),
                {evidence(RuleId::inference_could_not_look, std::string(reason(repository.why())), repository.where(), Kind::metadata)}};
}

std::optional<Ruling> open_library(const Case& c) {
  const InferenceCode& code = c.facts.inference_code;
  if (code.loaders.empty()) return std::nullopt;
  const std::string& by = code.loaders.front().by;
  const std::string name = by.substr(std::min(by.size(), by.find(' ') + 1));
  return Ruling{RuleId::inference_open_library, State::available, fmt::format("{}: {}", name, libraries(code.loaders)),
                loaded_by(RuleId::inference_open_library, code.loaders)};
}

// An adapter runs where its base runs.
std::optional<Ruling> base_loads(const Case& c) {
  const bool adapter = std::any_of(c.facts.weights.sets.begin(), c.facts.weights.sets.end(), [](const WeightSet& s) { return s.adapter; });
  if (!adapter && !c.facts.weights.delta) return std::nullopt;
  for (const Ancestor& a : c.facts.lineage) {
    if (a.depth != 1 || a.code.loaders.empty()) continue;
    return Ruling{RuleId::inference_base_loads, State::available, fmt::format("base loads: {}", libraries(a.code.loaders)),
                  loaded_by(RuleId::inference_base_loads, a.code.loaders)};
  }
  return std::nullopt;
}

std::optional<Ruling> restricted(const Case& c) {
  if (!anything_of_its_own(c.facts.inference_code) || !c.license.code) return std::nullopt;
  const LicenseClass cls = c.license.code->cls;
  if (cls == LicenseClass::open || cls == LicenseClass::permissive_with_conditions) return std::nullopt;
  const std::string& name = c.license.code->concluded;
  return Ruling{RuleId::inference_restricted_license, State::partial,
                fmt::format("code in the repository, license {}", name.empty() ? std::string(word(cls)) : name),
                own_code(RuleId::inference_restricted_license, c.facts.inference_code)};
}

std::optional<Ruling> in_repository(const Case& c) {
  const InferenceCode& code = c.facts.inference_code;
  if (!anything_of_its_own(code)) return std::nullopt;
  const auto remote = std::find_if(code.remote.begin(), code.remote.end(), [](const RemoteCode& r) { return r.present; });
  const std::string what = remote != code.remote.end() ? remote->file + " (custom code)" : code.scripts.front().what;
  return Ruling{RuleId::inference_in_repository, State::available, what, own_code(RuleId::inference_in_repository, code)};
}

std::optional<Ruling> open_format(const Case& c) {
  const InferenceCode& code = c.facts.inference_code;
  if (code.formats.empty()) return std::nullopt;
  return Ruling{RuleId::inference_open_format, State::available, code.formats.front().what,
                {evidence(RuleId::inference_open_format, code.formats.front())}};
}

std::optional<Ruling> other_publisher(const Case& c) {
  for (const RemoteCode& r : c.facts.inference_code.remote) {
    if (r.repository.empty()) continue;
    return Ruling{RuleId::inference_other_publisher, State::partial, fmt::format("code in {}", r.repository),
                  {evidence(RuleId::inference_other_publisher, fmt::format("auto_map names {} of {}", r.file, r.repository), r.where, Kind::file)}};
  }
  return std::nullopt;
}

std::optional<Ruling> configuration_unseen(const Case& c) {
  const auto& config = c.facts.inference_code.config;
  if (config || !config.unknown()) return std::nullopt;
  return Ruling{RuleId::inference_could_not_look, State::unknown, fmt::format("could not look: {}", reason(config.why())),
                {evidence(RuleId::inference_could_not_look, std::string(reason(config.why())), config.where(), Kind::file)},
                State::available, c.facts.inference_code.snippets.empty() ? State::unavailable : State::partial};
}

std::optional<Ruling> card_snippet(const Case& c) {
  const InferenceCode& code = c.facts.inference_code;
  const bool snippet = !code.snippets.empty();
  if (!snippet && code.engines.empty()) return std::nullopt;
  const Sighting& seen = snippet ? code.snippets.front() : code.engines.front();
  return Ruling{RuleId::inference_card_snippet, State::partial, snippet ? "only code in the card" : "card names " + seen.what,
                {evidence(RuleId::inference_card_snippet, seen)}};
}

std::optional<Ruling> card_unseen(const Case& c) {
  const auto& card = c.facts.license.card;
  if (!c.facts.repository || card || !card.unknown()) return std::nullopt;
  return Ruling{RuleId::inference_could_not_look, State::unknown, fmt::format("could not read the card: {}", reason(card.why())),
                {evidence(RuleId::inference_could_not_look, std::string(reason(card.why())), card.where(), Kind::file)},
                State::partial, State::unavailable};
}

std::optional<Ruling> none(const Case& c) {
  if (!c.facts.repository) return std::nullopt;
  const InferenceCode& code = c.facts.inference_code;
  std::vector<Evidence> seen;
  for (const RemoteCode& r : code.remote) {
    if (r.repository.empty() && !r.present)
      seen.push_back(evidence(RuleId::inference_none, fmt::format("auto_map names {}, which is not there", r.file), r.where, Kind::file));
  }
  for (const std::string& declared : code.declared) {
    if (seen.size() < 3) seen.push_back(evidence(RuleId::inference_none, declared + ": not in the tables of open libraries", code.config.where(), Kind::metadata));
  }
  if (seen.empty()) seen.push_back(evidence(RuleId::inference_none, "no known library, code or format", c.facts.repository.where(), Kind::metadata));
  return Ruling{RuleId::inference_none, State::unavailable, code.declared.empty() ? std::string() : code.declared.front() + ": not known", std::move(seen)};
}

constexpr Rule kRulesInOrder[] = {never_published, could_not_look, open_library,         base_loads,   restricted,  in_repository,
                                  open_format,     other_publisher, configuration_unseen, card_snippet, card_unseen, none};

}  // namespace

ComponentVerdict judge_inference_code(const Case& c) {
  ComponentVerdict out = decide(kRulesInOrder, c);
  // "None" as an also-ran says nothing where something was found.
  if (out.state != State::unavailable && out.state != State::unknown) {
    std::erase_if(out.evidence, [](const Evidence& e) { return e.rule == id_of(RuleId::inference_none); });
  }
  return out;
}

}  // namespace howopen::rules
