// A file without a name is found by its digest: what stands in the lock, in the Hub's cache, and then at the
// Hub, where only models that the file's head or name suggests are looked at. The Hub has no index of
// digests.
//
//   ./blob, sha256 8f4e…, in howopen.lock  ->  acme/m@56d4cbb

#include "run/identify.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "fetch/hub_cache.h"
#include "fetch/local_heads.h"
#include "files/digests.h"
#include "files/environment.h"
#include "files/local.h"
#include "files/streams.h"
#include "hub/ids.h"
#include "run/hub_options.h"
#include "run/locked.h"
#include "run/look.h"
#include "run/model_facts.h"
#include "run/names.h"
#include "run/options.h"
#include "run/policy_file.h"
#include "run/world.h"
#include "text/utf8.h"

namespace howopen::run {
namespace {

constexpr std::size_t kMostSearches = 3;
constexpr std::size_t kMostAsked = 20;

Result<std::vector<ExpectedFiles>> locked(const Common& common, const Catalog& catalog) {
  Common quiet = common;
  quiet.quiet = true;
  const std::optional<Policy> policy = load_policy(quiet, catalog);
  if (!policy) return fail(Fault::usage, "the policy has errors", {}, "howopen policy check");
  const std::string path = lock_path(*policy);
  TRY(const std::vector<LockedModel> models, locked_models(path, false));
  std::vector<ExpectedFiles> out;
  for (const LockedModel& m : models) out.push_back(files::expected_of(m, path));
  return out;
}

// What records of models say of their files. A cache is asked by itself: it holds what was downloaded, of
// which facts that ship with the tool know nothing.
Result<std::vector<ExpectedFiles>> recorded(const std::vector<std::string>& ids, bool online,
                                            const Common& common, const Catalog& catalog) {
  std::vector<ModelRef> models;
  for (const std::string& id : ids) models.push_back({id, id, {}});
  std::vector<ExpectedFiles> out;
  if (models.empty()) return out;
  std::vector<Facts> facts;
  if (online) {
    Common little = common;
    little.identify = false;
    little.depth = Depth::metadata;
    TRY(facts, facts_of_models({models, ""}, little, catalog));
  } else {
    facts = look(World::open_offline(common)->source(), models, catalog, Depth::metadata).facts;
    for (Facts& f : facts) f.origin = Origin::cache;
  }
  for (const Facts& f : facts) {
    if (auto files = files::expected_of(f)) out.push_back(std::move(*files));
  }
  return out;
}

// Models of the Hub that the files may be: what their heads name, and what its search finds for their names.
std::vector<std::string> suggested(const fetch::LocalModel& model, const Common& common) {
  const fetch::HeadClaims claims = fetch::head_claims(model);
  std::vector<std::string> out;
  const auto add = [&](const std::string& id) {
    if (hub::is_owned_id(id) && out.size() < kMostAsked && std::find(out.begin(), out.end(), id) == out.end())
      out.push_back(id);
  };
  std::set<std::string> words;
  for (const std::string& base : claims.bases) {
    if (const auto reference = hub::read_reference(base)) add(reference->id);
  }
  for (const fetch::HeadClaims::Claim& name : claims.names) words.insert(name.value);
  words.insert(std::string(hub::repository_name(model.id)));
  std::size_t searches = 0;
  for (std::string word : words) {
    std::replace(word.begin(), word.end(), ' ', '-');
    if (word.size() < 3 || word.size() > 96 || searches == kMostSearches) continue;
    ++searches;
    for (const std::string& id : found_at_the_hub(word, common)) add(id);
  }
  return out;
}

std::optional<Checked> known(const std::string& word, const std::vector<DiskFile>& files,
                             const std::vector<ExpectedFiles>& candidates, bool alone) {
  Checked c = verify(word, files, candidates, alone);
  if (c.id.empty() || differs(c) || undecided(c)) return std::nullopt;
  return c;
}

NamedByContent renamed(const ModelRef& model, const Checked& c) {
  const CheckedFile& first = c.files.front();
  const std::string theirs = first.note.empty() ? first.name : first.note;
  NamedByContent out{{c.id + "@" + c.revision, c.id, c.revision}, model.text, {}};
  out.seen =
      Observation{fmt::format("{} has the content of {} of {}{}", first.name, theirs, c.id,
                              c.files.size() > 1 ? fmt::format(", and {} files more", c.files.size() - 1)
                                                 : std::string()),
                  c.where + ", " + first.found, Kind::metadata};
  files::write_err(fmt::format("note: {} is {} @ {} by its content ({})\n", text::printable(model.text), c.id,
                               c.revision.substr(0, 7), c.where));
  return out;
}

}  // namespace

Result<std::vector<NamedByContent>> named_by_content(const std::vector<ModelRef>& models,
                                                     const Common& common, const Catalog& catalog) {
  std::vector<NamedByContent> out;
  for (const ModelRef& m : models) out.push_back({m, m.text, {}});
  std::vector<std::size_t> which;
  for (std::size_t i = 0; i < models.size(); ++i) {
    if (files::names_local(models[i].text)) which.push_back(i);
  }
  if (which.empty()) return out;
  TRY(const std::vector<fetch::LocalModel> local, files::local_models(models));
  std::vector<files::LocalFiles> weights;
  for (const fetch::LocalModel& model : local) weights.push_back(files::weights_of(model));
  const std::vector<std::vector<DiskFile>> digests = files::digests_of(weights);
  TRY(std::vector<ExpectedFiles> here, locked(common, catalog));
  const std::string cache = common.no_cache ? std::string() : files::hub_cache_folder();
  TRY(std::vector<ExpectedFiles> cached, recorded(fetch::cached_models(cache), false, common, catalog));
  std::move(cached.begin(), cached.end(), std::back_inserter(here));
  for (std::size_t i = 0; i < local.size() && i < which.size(); ++i) {
    const ModelRef& model = models[which[i]];
    std::optional<Checked> found = known(model.text, digests[i], here, !local[i].whole);
    if (!found && !offline(common) && !digests[i].empty()) {
      TRY(const std::vector<ExpectedFiles> hub, recorded(suggested(local[i], common), true, common, catalog));
      found = known(model.text, digests[i], hub, !local[i].whole);
    }
    if (found)
      out[which[i]] = renamed(model, *found);
    else
      files::write_err(
          fmt::format("note: {} is not known by its content{}; it is judged by what it says itself\n",
                      text::printable(model.text), offline(common) ? " (offline)" : ""));
  }
  return out;
}

}  // namespace howopen::run
