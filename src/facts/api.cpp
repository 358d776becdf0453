// Who serves the model: the vendor's own platform by the catalog, third parties by the Hub's mapping.
//
//   deepseek-ai/DeepSeek-R1  ->  platform.deepseek.com, withdrawn (entry "R1"); providers fireworks-ai, …

#include <algorithm>

#include "facts/names.h"
#include "facts/parts.h"
#include "hub/addresses.h"
#include "text/glob.h"
#include "text/utf8.h"

namespace howopen::facts {
namespace {

std::string described(const ServedModel& model) {
  return model.note.empty() ? model.name : model.name + " (" + model.note + ")";
}

bool matches(const ServedModel& entry, std::string_view lower_name) {
  return std::any_of(entry.models.begin(), entry.models.end(),
                     [&](const std::string& pattern) { return text::glob(pattern, lower_name); });
}

// "Try it: https://huggingface.co/spaces/acme/foo-7b" of acme/Foo-7B.
std::optional<Observation> demo_of(const Repo& repo) {
  constexpr std::size_t kTelling = 4;  // letters of a name
  const std::string own = hub::bare_name(repository_name(repo.id()));
  for (const text::Link& link : repo.card()->text.links) {
    const auto space = hub::hub_link(link.url);
    if (!space || space->type != hub::HubLink::Type::space ||
        !text::equal_ignoring_case(owner(space->id), owner(repo.id())))
      continue;
    const std::string name = hub::bare_name(repository_name(space->id));
    const bool same = (own.size() >= kTelling && name.find(own) != std::string::npos) ||
                      (name.size() >= kTelling && own.find(name) != std::string::npos);
    if (same)
      return Observation{"the card links to the demo " + space->id, repo.place("README.md", link.line),
                         Kind::link};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Platform> platform_for(std::string_view id, const Catalog& catalog) {
  const Organization* organization = catalog.organization(owner(id));
  if (organization == nullptr) return std::nullopt;
  Platform out;
  out.vendor = organization->name;
  out.jurisdiction = organization->jurisdiction;
  out.source = organization->source;
  out.as_of = organization->as_of;
  if (!organization->platform) return out;
  const OrganizationPlatform& known = *organization->platform;
  out.host = known.host;
  out.self_service = known.self_service;
  if (!known.as_of.empty()) out.as_of = known.as_of;
  const std::string name = text::lower(repository_name(id));
  for (const ServedModel& entry : known.served) {
    if (matches(entry, name)) out.served.push_back(described(entry));
  }
  for (const ServedModel& entry : known.withdrawn) {
    if (matches(entry, name)) out.withdrawn.push_back(described(entry));
  }
  out.serves_this = !out.served.empty();
  out.retired = !out.withdrawn.empty();
  return out;
}

Api gather_api(const Repo& repo, const Readings::Impl& readings, const Catalog& catalog) {
  Api out;
  if (repo.info() == nullptr) return out;
  out.platform = platform_for(repo.id(), catalog);
  const Want want = providers_want(repo.id());
  if (const auto* providers = readings.get<Providers>(want)) {
    out.providers = {*providers, readings.find(want)->answer.where};
  } else if (const Reading* reading = readings.find(want)) {
    out.providers = {unseen(reading->answer, reading->unreadable), reading->answer.where};
  } else if (repo.info()->providers) {
    out.providers = {*repo.info()->providers, repo.record_place()};
  } else if (repo.info()->warm == false) {
    out.providers = {std::vector<Provider>(), repo.record_place()};
  }
  if (repo.card() != nullptr) out.demo = demo_of(repo);
  if (const Card* card = repo.card(); card != nullptr && out.platform && !out.platform->host.empty()) {
    for (const text::Link& link : card->text.links) {
      if (hub::host_of(link.url) != out.platform->host || out.claims.size() >= 3) continue;
      out.claims.push_back(
          {"the card links to " + out.platform->host, repo.place("README.md", link.line), Kind::link});
    }
  }
  return out;
}

}  // namespace howopen::facts
