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
    out.push_back(evidence(rule, fmt::format("{}: loaded by {} (table of {})", l.by, l.library, l.as_of),
                           l.where, Kind::metadata, out.empty() ? Strength::decides : Strength::supports));
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
    if (r.present)
      out.push_back(
          evidence(rule, fmt::format("auto_map names {}, and it is there", r.file), r.where, Kind::file));
  }
  for (const Observation& s : code.scripts) {
    if (out.size() < 3)
      out.push_back(evidence(rule, s, out.empty() ? Strength::decides : Strength::supports));
  }
  return out;
}

std::optional<Ruling> never_published(const Case& c) {
  return closed_model(c, RuleId::inference_none);
}

std::optional<Ruling> could_not_look(const Case& c) {
  return repository_unseen(c, RuleId::inference_could_not_look);
}

std::optional<Ruling> open_library(const Case& c) {
  const auto& loaders = c.facts.inference_code.loaders;
  if (loaders.empty()) return std::nullopt;
  const std::string& by = loaders.front().by;  // `model_type deepseek_v3`
  const std::string name = by.substr(by.find(' ') + 1);
  return Ruling{RuleId::inference_open_library, State::available,
                fmt::format("{}: {}", name, libraries(loaders)),
                loaded_by(RuleId::inference_open_library, loaders)};
}

// An adapter runs where its base runs.
std::optional<Ruling> base_loads(const Case& c) {
  const auto& sets = c.facts.weights.sets;
  const bool adapter = std::any_of(sets.begin(), sets.end(), [](const WeightSet& s) { return s.adapter; });
  if (!adapter && !c.facts.weights.delta) return std::nullopt;
  for (const Ancestor& a : c.facts.lineage) {
    if (a.depth != 1 || a.code.loaders.empty()) continue;
    return Ruling{RuleId::inference_base_loads, State::available,
                  fmt::format("base loads: {}", libraries(a.code.loaders)),
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
                fmt::format("code in the repository, license {}", name.empty() ? word(cls) : name),
                own_code(RuleId::inference_restricted_license, c.facts.inference_code)};
}

std::optional<Ruling> in_repository(const Case& c) {
  const InferenceCode& code = c.facts.inference_code;
  if (!anything_of_its_own(code)) return std::nullopt;
  const auto remote =
      std::find_if(code.remote.begin(), code.remote.end(), [](const RemoteCode& r) { return r.present; });
  return Ruling{RuleId::inference_in_repository, State::available,
                remote != code.remote.end() ? remote->file + " (custom code)" : code.scripts.front().what,
                own_code(RuleId::inference_in_repository, code)};
}

std::optional<Ruling> open_format(const Case& c) {
  const auto& formats = c.facts.inference_code.formats;
  if (formats.empty()) return std::nullopt;
  return ruling(RuleId::inference_open_format, State::available, formats.front().what, formats.front());
}

std::optional<Ruling> other_publisher(const Case& c) {
  for (const RemoteCode& r : c.facts.inference_code.remote) {
    if (r.repository.empty()) continue;
    return ruling(RuleId::inference_other_publisher, State::partial, fmt::format("code in {}", r.repository),
                  {fmt::format("auto_map names {} of {}", r.file, r.repository), r.where, Kind::file});
  }
  return std::nullopt;
}

std::optional<Ruling> configuration_unseen(const Case& c) {
  const auto& config = c.facts.inference_code.config;
  if (c.facts.release || !config.unknown()) return std::nullopt;
  return unknown(RuleId::inference_could_not_look, fmt::format("could not look: {}", reason(config.why())),
                 {std::string(reason(config.why())), config.where(), Kind::file}, State::available,
                 c.facts.inference_code.snippets.empty() ? State::unavailable : State::partial);
}

// An adapter whose base is not known may run where that runs; the publisher's own repository may hold code.
std::optional<Ruling> elsewhere_unseen(const Case& c) {
  const Facts& f = c.facts;
  if (!f.repository) return std::nullopt;
  const State worst = f.inference_code.snippets.empty() && f.inference_code.engines.empty()
                          ? State::unavailable
                          : State::partial;
  if (f.weights.unread && f.lineage.empty())
    return unknown(RuleId::inference_could_not_look, f.weights.unread->what, *f.weights.unread,
                   State::available, worst);
  if (const Searched* place = not_answered(f.training_code))
    return unknown(RuleId::inference_could_not_look, fmt::format("{} not read", place->what),
                   {place->what, place->where, Kind::link}, State::available, worst);
  return std::nullopt;
}

std::optional<Ruling> card_snippet(const Case& c) {
  const InferenceCode& code = c.facts.inference_code;
  if (!code.snippets.empty()) {
    return ruling(RuleId::inference_card_snippet, State::partial, "only code in the card",
                  code.snippets.front());
  }
  if (code.engines.empty()) return std::nullopt;
  const Observation& engine = code.engines.front();
  return ruling(RuleId::inference_card_snippet, State::partial, "card names " + engine.what, engine);
}

std::optional<Ruling> card_unread(const Case& c) {
  return card_unseen(c, c.facts.license.card_and_data(), RuleId::inference_could_not_look, State::partial);
}

std::optional<Ruling> not_listed(const Case& c) {
  if (!c.facts.repository || !(c.facts.repository->unlisted || c.facts.repository->partial))
    return std::nullopt;
  return unknown(RuleId::inference_could_not_look, "not all files are listed",
                 {"only some of the files are known", c.facts.repository.where(), Kind::metadata});
}

std::optional<Ruling> none(const Case& c) {
  if (!c.facts.repository) return std::nullopt;
  const InferenceCode& code = c.facts.inference_code;
  constexpr RuleId kRule = RuleId::inference_none;
  std::vector<Evidence> seen;
  for (const RemoteCode& r : code.remote) {
    if (!r.repository.empty() || r.present) continue;
    seen.push_back(
        evidence(kRule, fmt::format("auto_map names {}, which is not there", r.file), r.where, Kind::file));
  }
  for (const std::string& declared : code.declared) {
    if (seen.size() == 3) break;
    seen.push_back(evidence(kRule, declared + ": not in the tables of open libraries", code.config.where(),
                            Kind::metadata));
  }
  if (seen.empty()) {
    seen.push_back(
        evidence(kRule, "no known library, code or format", c.facts.repository.where(), Kind::metadata));
  }
  return Ruling{kRule, State::unavailable,
                code.declared.empty() ? std::string() : code.declared.front() + ": not known",
                std::move(seen)};
}

constexpr Rule kRulesInOrder[] = {never_published,      could_not_look,
                                  open_library,         base_loads,
                                  restricted,           in_repository,
                                  open_format,          other_publisher,
                                  configuration_unseen, elsewhere_unseen,
                                  not_listed,           card_snippet,
                                  card_unread,          none};

}  // namespace

ComponentVerdict judge_inference_code(const Case& c) {
  ComponentVerdict out = decide(kRulesInOrder, c);
  // "None" as an also-ran says nothing where something was found.
  if (out.state == State::available || out.state == State::partial) drop(out, RuleId::inference_none);
  return out;
}

}  // namespace howopen::rules
