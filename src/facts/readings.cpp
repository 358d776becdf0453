// Reading an answer when it arrives. What a file is read as follows from its name alone, so the same bytes
// always give the same reading.
//
//   README.md -> Card   LICENSE -> Identified   model.safetensors.index.json -> ShardNames   config.json ->
//   Json

#include "facts/readings.h"

#include <set>
#include <utility>

#include "facts/names.h"
#include "license/identify.h"
#include "text/front_matter.h"
#include "text/limits.h"
#include "text/utf8.h"
#include "text/yaml.h"

namespace howopen::facts {
namespace {

std::optional<ShardNames> read_shard_index(std::string_view json) {
  std::set<std::string> names;
  bool safe = true;
  const bool ok = text::walk_json(json, [&](std::span<const std::string> keys, std::string_view value) {
    if (keys.size() != 2 || keys[0] != "weight_map" || !safe) return;
    // The index is data of whoever owns the repository: a name that leaves it makes the whole index void.
    safe = safe_path(value) && names.size() < 20'000;
    if (safe) names.emplace(value);
  });
  if (!ok || !safe) return std::nullopt;
  return ShardNames{std::vector<std::string>(names.begin(), names.end())};
}

// One line that is a path, and no word of a text: `../legal/LICENSE`.
std::optional<std::string> link_target(std::string_view path, std::string_view body) {
  if (body.size() > 200) return std::nullopt;
  std::string_view line = text::trim(body);
  if (line.find_first_of(" \t\n:") != std::string_view::npos) return std::nullopt;
  std::string_view at = folder(path);
  while (line.starts_with("./")) line.remove_prefix(2);
  while (line.starts_with("../") && !at.empty()) {
    line.remove_prefix(3);
    at = folder(at);
  }
  if (line.find('/') == std::string_view::npos && line.find('.') == std::string_view::npos &&
      !license_file(line))
    return std::nullopt;
  std::string target = at.empty() ? std::string(line) : std::string(at) + "/" + std::string(line);
  if (!safe_path(target) || target == path) return std::nullopt;
  return target;
}

template <class T>
void keep(Reading& reading, std::optional<T> value) {
  if (value)
    reading.value = std::move(*value);
  else
    reading.unreadable = true;
}

void read_file(const std::string& path, std::string_view id, std::string_view body, const Catalog& catalog,
               const Identified* known, Reading& reading) {
  const std::string name = text::lower(file_name(path));
  if (name == "readme.md" || translated_card(path)) {
    reading.value = read_card(body, id, catalog);
  } else if (auto target = link_target(path, body); target && license_file(path)) {
    reading.value = LinkedText{std::move(*target)};
  } else if (license_file(path)) {
    reading.value = known != nullptr ? *known : license::identify(body, catalog);
  } else if (shard_index(path)) {
    keep(reading, read_shard_index(body));
  } else if (name.ends_with(".json")) {
    keep(reading, text::parse_json(body));
  } else if (name.ends_with(".yaml") || name.ends_with(".yml")) {
    reading.value = read_run_settings(body, catalog.training_words());
  }
}

}  // namespace

Unseen unseen(const Answer& answer, bool unreadable) {
  switch (answer.outcome) {
    case Outcome::got:
      return unreadable ? Unseen::unreadable : Unseen::not_asked;
    case Outcome::absent:
      return Unseen::absent;
    case Outcome::denied:
      return Unseen::denied;
    case Outcome::failed:
      return Unseen::failed;
    case Outcome::skipped:
      return Unseen::not_asked;
  }
  return Unseen::failed;
}

Card read_card(std::string_view bytes, std::string_view id, const Catalog& catalog) {
  Card card;
  card.id = id;
  const text::CardParts parts = text::split_card(bytes);
  if (parts.has_front_matter) {
    text::Yaml yaml = text::parse_yaml(parts.yaml, parts.yaml_line);
    card.data_error = std::move(yaml.error);
    if (yaml.value && yaml.value->is_object()) card.yaml = std::move(*yaml.value);
  }
  card.text = text::read_markdown(parts.body, parts.body_line);
  card.prose = reading::Prose(card.text);
  if (!id.empty()) card.claims = reading::read_claims({card.text, card.prose, id, catalog});
  return card;
}

CardLicenses card_licenses(const text::Json& card) {
  // Misspelt keys of real cards: 7 x licenses, 2 x liscence, 1 x licence among 16,590.
  for (const char* key : {"license", "licenses", "licence", "liscence"}) {
    if (auto found = card[key].strings(); !found.empty()) return {key, std::move(found)};
  }
  return {};
}

}  // namespace howopen::facts

namespace howopen {

Readings::Readings() : impl_(std::make_unique<Impl>()) {}
Readings::~Readings() = default;
Readings::Readings(Readings&&) noexcept = default;
Readings& Readings::operator=(Readings&&) noexcept = default;

bool Readings::has(const Want& want) const {
  return impl_->find(want) != nullptr;
}

const Identified* Readings::identified(const Want& want) const {
  return impl_->get<Identified>(want);
}

void Readings::add(const Want& want, Answer answer, const Catalog& catalog, const Identified* known) {
  const std::string body = std::exchange(answer.body, {});
  facts::Reading reading;
  reading.answer = std::move(answer);
  if (reading.answer.outcome == Outcome::got) {
    switch (want.topic) {
      case Topic::model:
        facts::keep(reading, facts::read_model_info(body));
        break;
      case Topic::refs:
        facts::keep(reading, facts::read_branches(body));
        break;
      case Topic::providers:
        facts::keep(reading, facts::read_providers(body));
        break;
      case Topic::file:
        facts::read_file(want.path, want.id, body, catalog, known, reading);
        break;
      case Topic::github_file:
        // Whose words a README's are is known by who asks.
        facts::read_file(want.path, "", body, catalog, known, reading);
        break;
      case Topic::head:
        facts::keep(reading, facts::read_tensor_head(want.path, body));
        break;
      case Topic::dataset:
        facts::keep(reading, facts::read_dataset(body));
        break;
      case Topic::github_tree:
        facts::keep(reading, facts::read_github_tree(body));
        break;
      case Topic::listing:
        facts::keep(reading, facts::read_listing(body));
        if (auto* listed = std::get_if<facts::Listed>(&reading.value))
          listed->more = !reading.answer.next.empty();
        break;
      case Topic::collection:
      case Topic::commits:
      case Topic::github_quota:
        break;  // nothing about one model
    }
  }
  impl_->readings.insert_or_assign(want, std::move(reading));
}

}  // namespace howopen
