// From names of models to facts about them: the Hub, or without a network caches and facts that ship with the
// tool, or a saved snapshot. Closed models are answered by the release catalog and never asked of the Hub.
//
//   {a/b, gpt-4}, online  ->  facts of a/b from the Hub, of gpt-4 from the catalog, in this order

#include "run/model_facts.h"

#include <fmt/format.h>

#include <map>
#include <optional>

#include "files/file_io.h"
#include "files/local.h"
#include "files/streams.h"
#include "license/identify.h"
#include "run/answers.h"
#include "run/hub_options.h"
#include "run/identify.h"
#include "run/look.h"
#include "run/options.h"
#include "run/world.h"
#include "text/limits.h"
#include "text/utf8.h"

namespace howopen::run {
namespace {

// Facts that ship with the tool; nothing for a model it has none of.
std::optional<Facts> built_in(const ModelRef& model, const Catalog& catalog) {
  const ModelEntry* entry =
      model.revision.empty() || model.revision == "main" ? catalog.model(model.id) : nullptr;
  if (entry == nullptr) return std::nullopt;
  return gather_model(model, *entry, catalog);
}

Facts nothing_offline(const ModelRef& model, const Catalog& catalog) {
  const bool other = catalog.model(model.id) != nullptr;
  Facts facts;
  facts.ref = model.text;
  facts.id = facts.asked = model.id;
  facts.from = model.revision.empty() ? "main" : model.revision;
  facts.repository = {Unseen::not_asked, "offline"};
  facts.lookup_errors.push_back(
      {Trouble::network,
       other ? fmt::format("offline: not in a cache, and facts of {} ship with howopen for "
                           "its branch main, not for revision {}",
                           model.id, model.revision)
             : "offline: not in a cache, and no facts about this model ship with howopen",
       "",
       false,
       true,
       {}});
  return facts;
}

// The record of the model itself could not be asked for: no host, no connection, no answer in time.
bool unreachable(const Facts& facts) {
  if (facts.repository) return false;
  for (const LookupError& m : facts.lookup_errors) {
    if (m.unreachable) return true;
  }
  return false;
}

Result<std::vector<Facts>> offline_facts(const std::vector<ModelRef>& models, const Common& common,
                                         const Catalog& catalog) {
  const auto world = World::open_offline(common);
  TRY(std::vector<fetch::LocalModel> local, files::local_models(models));
  world->put(std::move(local));
  std::vector<Facts> out = look(world->source(), models, catalog).facts;
  for (std::size_t i = 0; i < models.size(); ++i)
    out[i] = settled_offline(models[i], std::move(out[i]), catalog);
  return out;
}

// Of more models than that, waiting for one costs the others nothing, and their texts are the same.
constexpr std::size_t kFewModels = 3;

void report_requests(const std::vector<ModelRef>& models, const std::vector<int>& requests,
                     const World& world) {
  for (std::size_t i = 0; i < models.size(); ++i) {
    std::string vain;
    const std::vector<Want> guessed = world.in_vain(models[i]);
    for (const Want& want : guessed)
      vain += fmt::format(
          "{}{}", vain.empty() ? "" : ", ",
          want.topic == Topic::file ? want.path : fmt::format("{} {}", word(want.topic), want.id));
    if (!vain.empty()) vain = fmt::format(", and {} asked ahead in vain: {}", guessed.size(), vain);
    files::write_err(fmt::format("{}: {} request{}{}\n", text::printable(models[i].id), requests[i],
                                 requests[i] == 1 ? "" : "s", text::printable(vain)));
  }
}

Result<std::vector<Facts>> online_facts(const std::vector<ModelRef>& models, const Common& common,
                                        const Catalog& catalog) {
  TRY(const auto world, World::open(common));
  TRY(std::vector<fetch::LocalModel> local, files::local_models(models));
  world->put(std::move(local));
  if (models.size() <= kFewModels) {
    for (const ModelRef& model : models) world->expect(model, likely_wants(model, catalog, common.depth));
  }
  // What cards and texts are read with takes as long to load as many a Hub to answer; records need none of
  // it.
  std::function<void()> load;
  if (common.depth != Depth::metadata) {
    load = [&] {
      catalog.prepare();
      license::prepare_words(catalog);
      license::prepare_texts(catalog);
    };
  }
  Looked looked = look(world->source(), models, catalog, common.depth, nullptr, std::move(load));
  if (common.verbosity > 0) report_requests(models, looked.requests, *world);
  std::vector<Facts> out = std::move(looked.facts);
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = settled_online(models[i], std::move(out[i]), catalog);
  return out;
}

Result<std::vector<Facts>> replayed_facts(const ModelRequest& plan, const Common& common,
                                          const Catalog& catalog) {
  TRY(const std::string json, files::read_file(plan.replay, limits::kSavedFile));
  return facts_of_saved(json, plan.replay, plan.models, common.depth, catalog);
}

// A person is told how long something took, or is to be waited for.
void tell_moments(std::vector<Facts>& facts) {
  for (Facts& f : facts) {
    for (LookupError& m : f.lookup_errors) {
      if (!m.moment.empty()) m.message += fmt::format(" ({})", m.moment);
    }
  }
}

// In the order asked for: closed models are answered by the release catalog and never asked of the Hub.
Result<std::vector<Facts>> facts_of(const std::vector<ModelRef>& models, const Common& common,
                                    const Catalog& catalog) {
  std::vector<ModelRef> hub;
  std::map<std::string, Facts> closed;
  for (const ModelRef& model : models) {
    if (const UnreleasedModel* release = catalog.release(model.id))
      closed.emplace(model.text, gather_release(model, *release));
    else
      hub.push_back(model);
  }
  std::vector<Facts> looked;
  if (!hub.empty()) {
    TRY(looked, offline(common) ? offline_facts(hub, common, catalog) : online_facts(hub, common, catalog));
  }
  tell_moments(looked);
  std::vector<Facts> out;
  std::size_t next = 0;
  for (const ModelRef& model : models) {
    const auto found = closed.find(model.text);
    out.push_back(found != closed.end() ? found->second : std::move(looked[next++]));
  }
  return out;
}

}  // namespace

// What a cache has a whole record of; else facts that ship with the tool, which are whole as well; else what
// little a cache has.
Facts settled_offline(const ModelRef& model, Facts seen, const Catalog& catalog) {
  seen.origin = files::names_local(model.text) ? Origin::local : Origin::cache;
  if (seen.origin != Origin::local && (!seen.repository || seen.repository->partial)) {
    if (auto known = built_in(model, catalog)) return std::move(*known);
  }
  if (seen.origin == Origin::local) return seen;
  return seen.repository ? std::move(seen) : nothing_offline(model, catalog);
}

Facts settled_online(const ModelRef& model, Facts seen, const Catalog& catalog) {
  if (files::names_local(model.text)) seen.origin = Origin::local;
  if (seen.origin == Origin::local || !unreachable(seen)) return seen;
  std::optional<Facts> known = built_in(model, catalog);
  if (!known) return seen;
  known->lookup_errors = std::move(seen.lookup_errors);
  return std::move(*known);
}

Result<std::vector<Facts>> facts_of_models(const ModelRequest& plan, const Common& common,
                                           const Catalog& catalog) {
  if (!plan.replay.empty()) return replayed_facts(plan, common, catalog);
  if (!common.identify) return facts_of(plan.models, common, catalog);
  TRY(const std::vector<NamedByContent> named, named_by_content(plan.models, common, catalog));
  std::vector<ModelRef> models;
  for (const NamedByContent& n : named) models.push_back(n.model);
  TRY(std::vector<Facts> out, facts_of(models, common, catalog));
  for (std::size_t i = 0; i < out.size() && i < named.size(); ++i) {
    if (!named[i].seen) continue;
    out[i].identified = named[i].seen;
    out[i].ref = out[i].asked = named[i].asked;
  }
  return out;
}

}  // namespace howopen::run
