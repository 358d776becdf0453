// Families that a model belongs to, where it names no base that can be followed: what its card says of its
// origin, its own name, its tags.
//
//   "This is a Llama 2 based chat model."       ->  Llama 2, said
//   acme/foo-llama-2-13b, a card without a word ->  Llama 2, named
//   "7B model of the Llama 2 architecture"      ->  nothing; OpenLLaMA, TinyLlama: nothing

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "facts/names.h"
#include "facts/parts.h"
#include "reading/claims.h"
#include "reading/families.h"
#include "text/utf8.h"

namespace howopen::facts {
namespace {

using reading::find_family;
using reading::OriginClaim;
using reading::Subject;
using text::lower;

class Finder {
 public:
  Finder(const Repo& repo, std::string_view audited_owner, const Catalog& catalog)
      : repo_(repo),
        audited_owner_(audited_owner),
        catalog_(catalog),
        own_(lower(repository_name(repo.id()))) {}

  std::vector<RelatedFamily> find_all() {
    bool scratch = false;
    std::set<std::string, std::less<>> firm;  // families that some sentence names with words of weights
    if (const Card* card = repo_.card()) {
      for (const OriginClaim& c : card->claims.origins) {
        if (c.subject != Subject::here) continue;
        scratch = scratch || c.scratch;
        if (!c.family.empty()) said(c, firm);
      }
    }
    if (scratch) {
      std::erase_if(out_, [&](const RelatedFamily& k) { return !firm.contains(k.family); });
      return std::move(out_);
    }
    // A base that is named says more than a name: a tag may be a leftover of the format of prompts.
    if (!bases_of(repo_, catalog_).parents.empty()) return std::move(out_);
    const std::vector<std::string> own_tags = tags();
    for (const ModelFamily& family : catalog_.families()) {
      if (find_family(own_, family, false))
        add(family, FamilyMention::named,
            {"its name says " + family.name, repo_.record_place(), Kind::metadata});
      else
        tagged(own_tags, family);
      headed(family);
    }
    return std::move(out_);
  }

 private:
  void said(const OriginClaim& c, std::set<std::string, std::less<>>& firm) {
    for (const ModelFamily& family : catalog_.families()) {
      if (family.name != c.family) continue;
      if (c.weights) firm.insert(family.name);
      add(family, FamilyMention::said,
          {"sentence of the card: made from " + family.name, repo_.place("README.md", c.at.line),
           Kind::text});
    }
  }

  // The family's own publisher says under what license its models are. Of a base that could not be seen the
  // name is all there is, whoever owns it.
  bool publishes(const ModelFamily& family) const {
    return std::any_of(family.publishers.begin(), family.publishers.end(), [&](const std::string& p) {
      return catalog_.same_publisher(audited_owner_, p) ||
             (repo_.info() != nullptr && catalog_.same_publisher(owner(repo_.id()), p));
    });
  }

  // The author's own tags; those that the Hub adds tell of the architecture.
  std::vector<std::string> tags() const {
    const std::string_view type =
        repo_.info() != nullptr ? repo_.info()->config["model_type"].string_or("") : "";
    std::vector<std::string> out;
    for (const std::string_view tag : repo_.data("tags").strings()) {
      std::string t = lower(tag);
      if (t != type) out.push_back(std::move(t));
    }
    return out;
  }

  // What the heads of weights call the model, whatever the file is called.
  void headed(const ModelFamily& family) {
    if (repo_.info() == nullptr) return;
    for (const Observation& name : repo_.info()->names) {
      std::string words = lower(name.what);
      std::replace(words.begin(), words.end(), ' ', '-');
      if (find_family(words, family, false))
        add(family, FamilyMention::named,
            {fmt::format("its head says {}", name.what), name.where, name.kind});
    }
  }

  void tagged(const std::vector<std::string>& tags, const ModelFamily& family) {
    for (const std::string& t : tags) {
      const bool begins = std::any_of(family.names.begin(), family.names.end(), [&](const std::string& n) {
        return t.starts_with(reading::head_of(n));
      });
      const auto m = begins ? find_family(t, family, false) : std::nullopt;
      if (!m || m->at != 0 || m->end != t.size()) continue;
      add(family, FamilyMention::named, {"tagged " + t, repo_.data_place("tags"), Kind::metadata});
      return;
    }
  }

  void add(const ModelFamily& family, FamilyMention how, Observation seen) {
    const bool known = std::any_of(out_.begin(), out_.end(),
                                   [&](const RelatedFamily& k) { return k.family == family.name; });
    if (!known && !publishes(family)) out_.push_back({family.name, family.license, how, std::move(seen)});
  }

  const Repo& repo_;
  std::string_view audited_owner_;
  const Catalog& catalog_;
  std::string own_;
  std::vector<RelatedFamily> out_;
};

}  // namespace

std::optional<Observation> made_from_another(const Repo& repo, const Facts& facts, const Catalog& catalog) {
  if (repo.info() == nullptr) return std::nullopt;
  const auto foreign = [&](const std::vector<std::string>& publishers) {
    return std::none_of(publishers.begin(), publishers.end(),
                        [&](const std::string& p) { return catalog.same_publisher(owner(repo.id()), p); });
  };
  const auto own_family = [&](const std::string& name) {
    return std::any_of(catalog.families().begin(), catalog.families().end(),
                       [&](const ModelFamily& f) { return f.name == name && !foreign(f.publishers); });
  };
  bool scratch = facts.training_data.pretrains;
  if (const Card* card = repo.card()) {
    for (const OriginClaim& c : card->claims.origins) {
      if (c.subject != Subject::here) continue;
      scratch = scratch || c.scratch;
      const bool own =
          (!c.id.empty() && catalog.same_publisher(owner(repo.id()), owner(c.id))) || own_family(c.family);
      if (!c.scratch && !own)
        return Observation{fmt::format("sentence of the card: made from {}", c.name),
                           repo.place("README.md", c.at.line), Kind::text};
    }
  }
  if (!facts.related_families.empty()) return facts.related_families.front().seen;
  for (const Seen<std::string>& tag : facts.license.tags) {
    const LicenseEntry* entry = tag ? catalog.license_named(*tag) : nullptr;
    for (const ModelFamily& family : catalog.families()) {
      // An open license is anybody's.
      if (entry != nullptr && entry->cls != LicenseClass::open && entry->id == family.license &&
          foreign(family.publishers))
        return Observation{"its license is that of " + family.name, repo.data_place("license"),
                           Kind::metadata};
    }
  }
  if (scratch) return std::nullopt;
  const std::string type = lower(repo.info()->config["model_type"].string_or(""));
  const auto& types = catalog.weight_words().model_types;
  if (const auto found = types.find(type); found != types.end() && foreign(found->second))
    return Observation{fmt::format("architecture {}, and no word of pre-training", type), repo.record_place(),
                       Kind::metadata};
  return std::nullopt;
}

std::vector<RelatedFamily> gather_related_families(const Repo& repo, std::string_view audited_owner,
                                                   const Catalog& catalog) {
  return Finder(repo, audited_owner, catalog).find_all();
}

}  // namespace howopen::facts
