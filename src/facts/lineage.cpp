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
#include "reading/named.h"
#include "text/limits.h"
#include "text/utf8.h"

namespace howopen::facts {
namespace {

using text::lower;

constexpr std::size_t kMostAncestors = 32;
Relation by_name(Relation stated, std::string_view own_name) {
  return own_name.find("distill") != std::string_view::npos ? Relation::distill : stated;
}

// What the catalog knows of a base that the Hub does not show: one that is gone, shut, or not to be asked
// for. One that did not answer may do so the next time.
const ModelEntry* known_unseen(const Repo& repo, const Catalog& catalog) {
  if (repo.info() != nullptr || repo.reading() == nullptr) return nullptr;
  const Outcome outcome = repo.reading()->answer.outcome;
  const bool settled =
      outcome == Outcome::absent || outcome == Outcome::denied || outcome == Outcome::skipped;
  return settled ? catalog.model(repo.id()) : nullptr;
}

class Reader {
 public:
  Reader(const Repo& repo, const Catalog& catalog) : repo_(repo), catalog_(catalog) {}

  Bases read() {
    if (repo_.info() == nullptr) {
      if (known_unseen(repo_, catalog_) != nullptr) curated();
      return std::move(out_);
    }
    for (const auto& [relation, id] : repo_.info()->base_models) {
      const bool in_card = !repo_.data("base_model").is_null();
      add({id,
           relation,
           {in_card ? "base_model of the card" : "base_model tag of the record",
            in_card ? repo_.data_place("base_model") : repo_.record_place(), Kind::metadata}});
    }
    // The card may be newer than what the record computed from it.
    card_data();
    adapters();
    if (const Card* card = repo_.card()) claims(*card, !none());
    if (none()) settings();
    if (none()) curated();
    if (left_out_ > 0) {
      out_.unresolved.push_back({fmt::format("{} more base models are named than the {} that are followed",
                                             left_out_, limits::kParents),
                                 out_.parents.back().named.where, out_.parents.back().named.kind});
    }
    return std::move(out_);
  }

 private:
  bool none() const { return out_.parents.empty(); }

  void add(Parent parent) {
    const auto same = [&](const Parent& p) { return text::equal_ignoring_case(p.id, parent.id); };
    if (std::any_of(out_.parents.begin(), out_.parents.end(), same)) return;
    if (out_.parents.size() < limits::kParents)
      out_.parents.push_back(std::move(parent));
    else
      ++left_out_;
  }
  void unresolved(const Observation& named, std::string_view why) {
    if (out_.unresolved.size() < limits::kParents)
      out_.unresolved.push_back({named.what + std::string(why), named.where, named.kind});
  }

  // "unsloth/llama-3-8b-bnb-4bit" beside meta-llama/Meta-Llama-3-8B: the name of one begins within the
  // other's.
  bool is_copy(std::string_view id) const {
    const auto bare = [](std::string_view whole) { return hub::bare_name(repository_name(whole)); };
    const std::string other = bare(id);
    return std::any_of(out_.parents.begin(), out_.parents.end(), [&](const Parent& p) {
      const std::string own = bare(p.id);
      const std::string start = other.substr(0, 8);
      return own.find(other) != std::string::npos || other.find(own) != std::string::npos ||
             (other.size() >= 8 && own.find(start) != std::string::npos);
    });
  }

  void curated() {
    for (Parent& parent : curated_parents(repo_.id(), catalog_)) add(std::move(parent));
  }

  // Where the card names a base too, the adapter's configuration adds one that bears another name: of two
  // that differ the stricter counts. Paths and copies of the same base add nothing then.
  void adapters() {
    const bool named = !none();
    std::size_t left_out = 0;
    for (const std::string& path : adapters_to_read(repo_, &left_out)) {
      const auto* adapter = repo_.get<text::Json>(path);
      if (adapter == nullptr) continue;
      // The second is how AdapterHub's library writes it.
      const std::string_view key =
          adapter->has("base_model_name_or_path") ? "base_model_name_or_path" : "model_name";
      const Observation seen{std::string(key), repo_.place(path), Kind::file};
      if (!named) {
        value((*adapter)[key], Relation::adapter, seen);
        continue;
      }
      const auto other = hub::read_reference((*adapter)[key].string_or(""));
      if (other && hub::is_owned_id(other->id) && !is_copy(other->id))
        add({other->id, Relation::adapter, seen});
    }
    if (left_out > 0 && !named)
      unresolved({"adapters", repo_.record_place(), Kind::metadata},
                 fmt::format(": {} more than are read", left_out));
  }

  // What settings of the run in the repository start from. Those that start from this model are for users.
  void settings() {
    std::size_t left_out = 0;
    for (const std::string& path : settings_to_read(repo_, catalog_, &left_out)) {
      if (repo_.find(path) == nullptr) continue;
      const auto* read = repo_.get<RunSettings>(path);
      const Observation file{path, repo_.place(path), Kind::file};
      if (read == nullptr) {
        unresolved(file, ", which may name a base model, could not be read");
        continue;
      }
      for (const RunSettings::Start& start : read->starts) {
        const auto reference = hub::read_reference(start.value);
        if (reference && text::equal_ignoring_case(reference->id, repo_.id())) continue;
        value(text::Json(start.value), by_name(Relation::finetune, lower(repository_name(repo_.id()))),
              {start.key, repo_.place(path, start.line), Kind::file});
      }
    }
    if (left_out > 0 && none())
      unresolved({"settings of runs", repo_.record_place(), Kind::metadata},
                 fmt::format(": {} more than are read, which may name a base model", left_out));
  }

  // What the card's data name, under each of the keys that cards have for it.
  void card_data() {
    const auto relation =
        relation_named(repo_.data("base_model_relation").string_or("")).value_or(Relation::unstated);
    for (const char* key : {"base_model", "base_models", "base model"}) {
      if (!repo_.data(key).is_null())
        value(repo_.data(key), relation,
              {std::string(key) + " of the card", repo_.data_place(key), Kind::metadata});
    }
  }

  // What stands under a key where ids of bases belong: ids, addresses, lists in one string, maps. What names
  // no repository is kept as it is written.
  void value(const text::Json& bases, Relation relation, const Observation& named, int depth = 0) {
    if (depth > 3) return unresolved(named, ": lists within lists");
    if (bases.is_array()) {
      for (const text::Json& item : bases.items()) value(item, relation, named, depth + 1);
    } else if (bases.is_object()) {
      map(bases, relation, named);
    } else {
      const std::string_view written = text::trim(bases.string_or(""));
      if (written.empty()) return;
      if (const auto reference = hub::read_reference(written))
        add({reference->id, relation, named});
      else if (!list_in(written, relation, named))
        unresolved(named,
                   fmt::format(" is \"{}\", which names no repository of the Hub", written.substr(0, 120)));
    }
  }
  // {name, organization, repo_url}: the address says it best.
  void map(const text::Json& base, Relation relation, const Observation& named) {
    for (const char* key : {"repo_url", "url", "id", "repo", "repo_id", "model", "path", "name"}) {
      const auto reference = hub::read_reference(base[key].string_or(""));
      if (!reference || (std::string_view(key) == "name" && !hub::is_owned_id(reference->id))) continue;
      return add({reference->id, relation, named});
    }
    unresolved(named, ": a map that names no repository");
  }
  // "a/b, c/d" in one string.
  bool list_in(std::string_view written, Relation relation, const Observation& named) {
    bool any = false;
    for (std::size_t at = 0; at < written.size();) {
      const std::size_t end = std::min(written.find_first_of(",;\n", at), written.size());
      const auto reference = hub::read_reference(written.substr(at, end - at));
      if (reference && hub::is_owned_id(reference->id)) {
        add({reference->id, relation, named});
        any = true;
      }
      at = end + 1;
    }
    return any;
  }

  // "BERT" is an architecture as well as a model.
  bool architecture(std::string_view name) const {
    return catalog_.weight_words().model_types.contains(lower(name));
  }

  // Bases that the card names by a link or an id. `configured` takes those of configurations alone: a card's
  // data may name one base of a merge that a configuration names in full.
  void claims(const Card& card, bool configured) {
    const std::string own = lower(repository_name(repo_.id()));
    std::vector<Observation> nameless;
    for (const reading::OriginClaim& c : card.claims.origins) {
      if (c.subject != reading::Subject::here || c.scratch) continue;
      const bool code = card.text.blocks[c.at.block].kind == text::Block::Kind::code;
      if (configured && !code) continue;
      const Observation said{code ? "configuration in the card" : "sentence of the card names its base",
                             repo_.place("README.md", c.at.line), Kind::text};
      // A name without an owner may be that of a model that is known.
      const std::string id = c.id.empty() && c.family.empty() ? reading::exact_id(c.name, catalog_) : c.id;
      if (text::equal_ignoring_case(id, repo_.id())) continue;
      if (!id.empty())
        add({id, by_name(c.how, own), said});
      else if (c.family.empty() && c.weights && !architecture(c.name) && !own.starts_with(lower(c.name)))
        nameless.push_back(
            {fmt::format("{}: {}, which names no repository", said.what, c.name), said.where, said.kind});
    }
    // Where a repository is named too, it is the same base by its whole name.
    if (none()) {
      for (const Observation& n : nameless) unresolved(n, "");
    }
    if (card.claims.unread_from > 0)
      unresolved({"the card", repo_.place("README.md", card.claims.unread_from), Kind::text},
                 " is too large to be read to its end, where bases may be named");
  }

  const Repo& repo_;
  const Catalog& catalog_;
  Bases out_;
  std::size_t left_out_ = 0;
};

}  // namespace

Bases bases_of(const Repo& repo, const Catalog& catalog) {
  return Reader(repo, catalog).read();
}

bool names_a_base(const Repo& repo, const Catalog& catalog) {
  const Bases bases = bases_of(repo, catalog);
  return !bases.parents.empty() || !bases.unresolved.empty();
}

Lineage ancestors_of(const Repo& repo, const Readings::Impl& readings, const Catalog& catalog) {
  Lineage out;
  std::set<std::string> seen{lower(repo.id()), lower(repo.record().id)};
  const auto follow = [&](const Repo& child, int depth) {
    Bases bases = bases_of(child, catalog);
    for (Parent& parent : bases.parents) {
      if (seen.contains(lower(parent.id))) continue;
      if (depth > limits::kLineageDepth || out.links.size() >= kMostAncestors) {
        bases.unresolved.push_back(
            {fmt::format("{} is not followed: it is more than {}", parent.id,
                         depth > limits::kLineageDepth ? fmt::format("{} steps away", limits::kLineageDepth)
                                                       : fmt::format("the first {}", kMostAncestors)),
             parent.named.where, parent.named.kind});
        continue;
      }
      seen.insert(lower(parent.id));
      // A base model that was renamed answers under its new name, which may be known already.
      const Repo answered(parent.id, "", readings);
      if (lower(answered.id()) != lower(parent.id) && !seen.insert(lower(answered.id())).second) continue;
      out.links.push_back({std::move(parent), child.id(), depth, {}});
    }
    return std::move(bases.unresolved);
  };
  out.unresolved = follow(repo, 1);
  for (std::size_t i = 0; i < out.links.size(); ++i) {
    const Repo next(out.links[i].parent.id, "", readings);
    out.links[i].unresolved = follow(next, out.links[i].depth + 1);
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

void gather_lineage(const Repo& repo, const Readings::Impl& readings, const Catalog& catalog, Facts& out) {
  Lineage lineage = ancestors_of(repo, readings, catalog);
  out.unresolved = std::move(lineage.unresolved);
  const bool searched = !lineage.links.empty() && ancestors_matter(repo, readings, catalog);
  for (Link& link : lineage.links) {
    const Repo node(link.parent.id, "", readings);
    Ancestor ancestor;
    ancestor.id = node.id();
    ancestor.child = link.child;
    ancestor.relation = link.parent.relation;
    ancestor.named = link.parent.named;
    ancestor.depth = link.depth;
    ancestor.same_publisher = catalog.same_publisher(owner(repo.id()), owner(node.id()));
    ancestor.own_step = catalog.same_publisher(owner(link.child), owner(node.id()));
    ancestor.unresolved = std::move(link.unresolved);
    if (const ModelEntry* known = known_unseen(node, catalog)) {
      fill_ancestor(*known, searched, catalog, ancestor);
      ancestor.repository = {*ancestor.repository, fmt::format("release catalog, {}", known->as_of),
                             Kind::curated};
      out.lineage.push_back(std::move(ancestor));
      continue;
    }
    ancestor.related_families = gather_related_families(node, owner(repo.id()), catalog);
    if (node.info() != nullptr) {
      ancestor.repository = {node.info()->repository, node.record_place()};
      ancestor.revision = node.info()->sha;
      ancestor.license = gather_license(node, catalog);
      ancestor.code = gather_inference_code(node, readings, catalog);
      if (searched) {
        ancestor.training_code = gather_training_code(node, readings, catalog);
        ancestor.training_data = gather_training_data(node, readings, catalog);
      }
      const Weights weights = gather_weights(node, readings, catalog);
      for (const WeightSet& s : weights.sets) {
        if (s.adapter || !s.helper.empty() || !complete(s) || ancestor.weights_complete) continue;
        ancestor.weights_complete = true;
        ancestor.weights_bytes = s.bytes;
      }
      if (const std::int64_t all = loaded_sets(weights).bytes(); all >= 0 && ancestor.weights_complete)
        ancestor.weights_bytes = all;
    } else {
      const Reading* reading = node.reading();
      ancestor.repository = {
          reading == nullptr ? Unseen::not_asked : unseen(reading->answer, reading->unreadable),
          node.record_place()};
    }
    out.lineage.push_back(std::move(ancestor));
  }
}

}  // namespace howopen::facts
