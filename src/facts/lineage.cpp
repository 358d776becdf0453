// Where a model came from. The card's `base_model` says it, else the adapter's configuration, else a sentence
// or the model table of the card; `model_type` alone never does (a llama architecture is not Meta's Llama).
//
//   | DeepSeek-R1-Distill-Llama-8B | [Llama-3.1-8B](https://huggingface.co/meta-llama/Llama-3.1-8B) |
//     under a head with "Base Model"  ->  parent meta-llama/Llama-3.1-8B, distill

#include <fmt/format.h>

#include <algorithm>

#include "facts/curated.h"
#include "facts/names.h"
#include "facts/parts.h"
#include "hub/ids.h"
#include "reading/claims.h"
#include "text/limits.h"
#include "text/utf8.h"

namespace howopen::facts {
namespace {

using text::lower;

constexpr std::size_t kMostAncestors = 32;
Relation by_name(Relation stated, std::string_view own_name) {
  return own_name.find("distill") != std::string_view::npos ? Relation::distill : stated;
}

void add(std::vector<Parent>& out, Parent parent) {
  if (out.size() >= limits::kParents) return;
  const bool known = std::any_of(out.begin(), out.end(),
                                 [&](const Parent& p) { return text::equal_ignoring_case(p.id, parent.id); });
  if (!known) out.push_back(std::move(parent));
}

// Bases that the card names by a link or an id. `configured` takes those of configurations alone: a card's
// data may name one base of a merge that a configuration names in full.
void from_claims(const Repo& repo, const Card& card, bool configured, std::vector<Parent>& out) {
  const std::string own = lower(repository_name(repo.id()));
  for (const reading::OriginClaim& c : card.claims.origins) {
    if (c.subject != reading::Subject::here || c.id.empty() || text::equal_ignoring_case(c.id, repo.id()))
      continue;
    const bool code = card.text.blocks[c.at.block].kind == text::Block::Kind::code;
    if (configured && !code) continue;
    add(out, {c.id,
              by_name(c.how, own),
              {code ? "configuration in the card" : "sentence of the card names its base",
               repo.place("README.md", c.at.line), Kind::text}});
  }
}

// What stands under a key where ids of bases belong: ids, addresses, lists in one string, maps. What names no
// repository is kept as it is written.
void read_bases(const text::Json& value, Relation relation, const Sighting& named, std::vector<Parent>& out,
                std::vector<Sighting>* unresolved, int depth = 0) {
  if (depth > 3 || out.size() >= limits::kParents) return;
  if (value.is_array()) {
    for (const text::Json& item : value.items())
      read_bases(item, relation, named, out, unresolved, depth + 1);
    return;
  }
  if (value.is_object()) {
    // {name, organization, repo_url}: the address says it best.
    for (const char* key : {"repo_url", "url", "id", "repo", "repo_id", "model", "path", "name"}) {
      const std::string_view written = value[key].string_or("");
      const auto reference = hub::read_reference(written);
      if (!reference || (std::string_view(key) == "name" && !hub::is_owned_id(reference->id))) continue;
      add(out, {reference->id, relation, named});
      return;
    }
    if (unresolved != nullptr)
      unresolved->push_back({named.what + ": a map that names no repository", named.where, named.kind});
    return;
  }
  const std::string_view written = text::trim(value.string_or(""));
  if (written.empty()) return;
  if (const auto reference = hub::read_reference(written)) {
    add(out, {reference->id, relation, named});
    return;
  }
  // "a/b, c/d" in one string.
  bool any = false;
  for (std::size_t at = 0; at < written.size();) {
    const std::size_t end = std::min(written.find_first_of(",;\n", at), written.size());
    const auto reference = hub::read_reference(written.substr(at, end - at));
    if (reference && hub::is_owned_id(reference->id)) {
      add(out, {reference->id, relation, named});
      any = true;
    }
    at = end + 1;
  }
  if (!any && unresolved != nullptr)
    unresolved->push_back({fmt::format("{} is \"{}\", which names no repository of the Hub", named.what,
                                       written.substr(0, 120)),
                           named.where, named.kind});
}

// What the card's data name, under each of the keys that cards have for it.
void read_card_bases(const Repo& repo, std::vector<Parent>& out, std::vector<Sighting>* unresolved) {
  const auto relation =
      relation_named(repo.data("base_model_relation").string_or("")).value_or(Relation::unstated);
  for (const char* key : {"base_model", "base_models", "base model"}) {
    if (!repo.data(key).is_null())
      read_bases(repo.data(key), relation,
                 {std::string(key) + " of the card", repo.data_place(key), Kind::metadata}, out, unresolved);
  }
}

}  // namespace

std::vector<Sighting> unresolved_bases(const Repo& repo) {
  std::vector<Sighting> out;
  if (repo.info() == nullptr) return out;
  std::vector<Parent> ignored;
  read_card_bases(repo, ignored, &out);
  if (const auto* adapter = repo.get<text::Json>("adapter_config.json"))
    read_bases((*adapter)["base_model_name_or_path"], Relation::adapter,
               {"base_model_name_or_path", repo.place("adapter_config.json"), Kind::file}, ignored, &out);
  return out;
}

std::vector<Parent> parents_of(const Repo& repo, const Catalog& catalog) {
  std::vector<Parent> out;
  if (repo.info() == nullptr) return out;
  for (const auto& [relation, id] : repo.info()->base_models) {
    const bool in_card = !repo.data("base_model").is_null();
    add(out, {id,
              relation,
              {in_card ? "base_model of the card" : "base_model tag of the record",
               in_card ? repo.data_place("base_model") : repo.record_place(), Kind::metadata}});
  }
  // The card may be newer than what the record computed from it.
  read_card_bases(repo, out, nullptr);
  if (out.empty()) {
    if (const auto* adapter = repo.get<text::Json>("adapter_config.json")) {
      // The second is how AdapterHub's library writes it.
      const std::string_view key =
          adapter->has("base_model_name_or_path") ? "base_model_name_or_path" : "model_name";
      read_bases((*adapter)[key], Relation::adapter,
                 {std::string(key), repo.place("adapter_config.json"), Kind::file}, out, nullptr);
    }
  }
  if (const Card* card = repo.card()) from_claims(repo, *card, !out.empty(), out);
  if (out.empty()) {
    for (Parent& parent : curated_parents(repo.id(), catalog)) add(out, std::move(parent));
  }
  return out;
}

std::vector<Link> ancestors_of(const Repo& repo, const Readings::Impl& readings, const Catalog& catalog) {
  std::vector<Link> out;
  std::set<std::string> seen{lower(repo.id()), lower(repo.record().id)};
  const auto follow = [&](const Repo& child, int depth) {
    if (depth > limits::kLineageDepth) return;
    for (Parent& parent : parents_of(child, catalog)) {
      if (out.size() >= kMostAncestors || !seen.insert(lower(parent.id)).second) continue;
      // A base model that was renamed answers under its new name, which may be known already.
      const Repo answered(parent.id, "", readings);
      if (lower(answered.id()) != lower(parent.id) && !seen.insert(lower(answered.id())).second) continue;
      out.push_back({std::move(parent), child.id(), depth});
    }
  };
  follow(repo, 1);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const Repo next(out[i].parent.id, "", readings);
    follow(next, out[i].depth + 1);
  }
  return out;
}

bool ancestors_matter(const Repo& repo, const Readings::Impl& readings, const Catalog& catalog) {
  const TrainingCode code = gather_training_code(repo, readings, catalog);
  if (code.entries.empty() || code.configurations.empty()) return false;
  const TrainingData data = gather_training_data(repo, readings, catalog);
  return std::any_of(data.datasets.begin(), data.datasets.end(),
                     [](const Dataset& d) { return d.role == DatasetRole::training; });
}

std::vector<Ancestor> gather_lineage(const Repo& repo, const Readings::Impl& readings,
                                     const Catalog& catalog) {
  std::vector<Ancestor> out;
  const std::vector<Link> links = ancestors_of(repo, readings, catalog);
  const bool searched = !links.empty() && ancestors_matter(repo, readings, catalog);
  for (const Link& link : links) {
    const Repo node(link.parent.id, "", readings);
    Ancestor ancestor;
    ancestor.id = node.id();
    ancestor.child = link.child;
    ancestor.relation = link.parent.relation;
    ancestor.named = link.parent.named;
    ancestor.depth = link.depth;
    ancestor.same_publisher = catalog.same_publisher(owner(repo.id()), owner(node.id()));
    ancestor.own_step = catalog.same_publisher(owner(link.child), owner(node.id()));
    ancestor.kin = gather_kin(node, owner(repo.id()), catalog);
    ancestor.unresolved = unresolved_bases(node);
    if (node.info() != nullptr) {
      ancestor.repository = {node.info()->repository, node.record_place()};
      ancestor.revision = node.info()->sha;
      ancestor.license = gather_license(node, catalog);
      ancestor.code = gather_inference_code(node, readings, catalog);
      if (searched) {
        ancestor.training_code = gather_training_code(node, readings, catalog);
        ancestor.training_data = gather_training_data(node, readings, catalog);
      }
      const Weights weights = gather_weights(node, readings);
      ancestor.weights_complete = std::any_of(weights.sets.begin(), weights.sets.end(),
                                              [](const WeightSet& s) { return !s.adapter && complete(s); });
    } else {
      const Reading* reading = node.reading();
      ancestor.repository = {
          reading == nullptr ? Unseen::not_asked : unseen(reading->answer, reading->unreadable),
          node.record_place()};
    }
    out.push_back(std::move(ancestor));
  }
  return out;
}

}  // namespace howopen::facts
