// The steps of gathering, one per component of openness, and what they share: a view of one repository as
// far as it was read.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "facts/readings.h"

namespace howopen::facts {

/// One repository among the answers: the audited model or an ancestor.
class Repo {
 public:
  Repo(std::string id, std::string revision, const Readings::Impl& readings);

  const Reading* reading() const { return reading_; }
  const ModelInfo* info() const { return info_; }
  const Card* card() const { return card_; }  ///< nullptr when there is none or it was not read
  /// Its name as the Hub gives it now.
  const std::string& id() const { return id_; }
  /// The commit everything is read at; the revision asked for while that is not known.
  const std::string& commit() const { return commit_; }
  /// The question for its record, and for a file of it.
  Want record() const { return record_; }
  Want file(std::string_view path) const;
  Want head(std::string_view path) const { return {Topic::head, id_, commit_, std::string(path), ""}; }
  /// What an answered question for a file holds, if it is a T.
  template <class T>
  const T* get(std::string_view path) const {
    const Reading* reading = find(path);
    return reading == nullptr ? nullptr : std::get_if<T>(&reading->value);
  }
  const Reading* find(std::string_view path) const {
    return readings_.find(Readings::Impl::FileOf{id_, commit_, path});
  }
  /// Why a file cannot be seen; meaningful when get() has nothing.
  Unseen why(std::string_view path) const;
  /// The gate let nothing through: the card was asked for and denied.
  bool shut() const;
  /// Listed, or the record has no listing.
  bool may_have(std::string_view path) const;

  /// `path@commit` and `path:line@commit`.
  std::string place(std::string_view path, int line = 0) const;
  std::string record_place() const;

  /// Value of a key of the card's data with its place: the card's own YAML where it was read, the record's
  /// copy otherwise.
  const text::Json& data(std::string_view key) const;
  std::string data_place(std::string_view key) const;
  /// Why those data cannot be told: the card's are no YAML, and the record has no copy. nullptr where they
  /// can.
  const text::YamlError* data_error() const;
  Kind data_kind() const { return Kind::metadata; }

 private:
  const Readings::Impl& readings_;
  Want record_;
  const Reading* reading_ = nullptr;
  const ModelInfo* info_ = nullptr;
  const Card* card_ = nullptr;
  std::string id_;
  std::string commit_;
};

/// License files of a repository that are worth reading, in the order of their names: those at the top, or,
/// if there are none, those one folder down.
std::vector<const ModelFile*> license_texts(const ModelInfo& info);
/// The NOTICE beside them; null where there is none, or nothing in it.
const ModelFile* notice_of(const ModelInfo& info);
/// The card in other languages, as far as it is read: what binds may stand in one of them alone.
std::vector<const ModelFile*> translated_cards(const ModelInfo& info);
/// The text that a file is by its blob id alone, so that it need not be read; null for none that is known.
const KnownText* known_text(const File& file, const Catalog& catalog);
Identified known_as(const KnownText& known);

/// A card or README with the repository it is of, and how a place in it is named.
struct Document {
  const Card& card;
  std::string id;
  std::function<std::string(int line)> place;
  bool gated = false;              ///< the Hub asks people for something before it serves the files
  std::function<bool()> has_base;  ///< whether the model names one, so that its terms are known to hold
};
/// What sentences and links say is under which license.
std::vector<LicenseStatement> license_statements(const Document& document, const Catalog& catalog);

/// A model that another one names as its origin.
struct Parent {
  std::string id;
  Relation relation = Relation::unstated;
  Observation named;
};
struct Bases {
  std::vector<Parent> parents;          ///< each once, at most limits::kParents
  std::vector<Observation> unresolved;  ///< what nobody can follow: a local path, one more than the limit
};
Bases bases_of(const Repo& repo, const Catalog& catalog);

/// Whether it names a model that it was made from, be it one that cannot be followed.
bool names_a_base(const Repo& repo, const Catalog& catalog);

/// Families whose name the model bears, or that its card names as its origin; none of those that the owner
/// of the audited model publishes itself.
std::vector<RelatedFamily> gather_related_families(const Repo& repo, std::string_view audited_owner,
                                                   const Catalog& catalog);

/// Whether training code and data of the ancestors matter: the model's own are there, so that with theirs it
/// would rise.
bool ancestors_matter(const Repo& repo, const Readings::Impl& readings, const Catalog& catalog);

/// All ancestors that the answers lead to, nearest first; each id once, the model itself never.
struct Link {
  Parent parent;
  std::string child;
  int depth = 1;
  std::vector<Observation> unresolved;  ///< of its own bases
};
struct Lineage {
  std::vector<Link> links;
  std::vector<Observation> unresolved;  ///< of the model's own bases
};
Lineage ancestors_of(const Repo& repo, const Readings::Impl& readings, const Catalog& catalog);

/// A GitHub repository that the card links to, the publisher's own first.
struct Place {
  std::string id;  ///< `owner/name`
  std::string where;
  bool same_publisher = false;
  bool for_training = false;  ///< the card says that the model was trained with it
  bool for_license = false;   ///< the card's words on the license link to it
};
std::vector<Place> places_of(const Repo& repo, const Catalog& catalog);
/// The questions for a GitHub repository's files, and for one of them.
Want tree_want(const std::string& id);
Want github_file_want(const std::string& id, const GithubTree& tree, const File& file);
/// Files at the top of a GitHub repository that have to be read: license texts that are not known by their
/// blob, and the README if asked for.
std::vector<const File*> deciding_files(const GithubTree& tree, bool readme, const Catalog& catalog);

/// Datasets of the card that may be training data and can be looked up.
std::vector<std::string> datasets_to_look_up(const Repo& repo, const Catalog& catalog);
Want dataset_want(const std::string& id);

// Each fills one part of the facts.
Weights gather_weights(const Repo& repo, const Readings::Impl& readings, const Catalog& catalog);
/// Says of each set, in their order, whether it is the model, a part of it or a helper beside it.
void tell_roles(const WeightWords& known, std::vector<WeightSet>& sets);
/// What a file is that only helps a model, by its path; null for none.
const WeightWords::Helper* helper_named(std::string_view path, const WeightWords& known);
InferenceCode gather_inference_code(const Repo& repo, const Readings::Impl& readings, const Catalog& catalog);
TrainingCode gather_training_code(const Repo& repo, const Readings::Impl& readings, const Catalog& catalog);
Documents gather_documents(const Repo& repo, const Catalog& catalog);
/// Public summaries of training content among its files, in its card, and behind links of it.
std::vector<ContentSummary> gather_summaries(const Repo& repo, const Catalog& catalog);
TrainingData gather_training_data(const Repo& repo, const Readings::Impl& readings, const Catalog& catalog);
std::vector<Linked> gather_linked(const Repo& repo, const Readings::Impl& readings, const Catalog& catalog);
Api gather_api(const Repo& repo, const Readings::Impl& readings, const Catalog& catalog);
License gather_license(const Repo& repo, const Catalog& catalog);
/// What tells that a model was made from another one's weights, of `facts` what was gathered before.
std::optional<Observation> made_from_another(const Repo& repo, const Facts& facts, const Catalog& catalog);
/// Fills `lineage` and `unresolved`.
void gather_lineage(const Repo& repo, const Readings::Impl& readings, const Catalog& catalog, Facts& out);

/// Shard indexes that are read. Where the names of shards count to all of them, an index may still call for a
/// file that has no number and is not there.
std::vector<std::string> indexes_to_read(const Repo& repo);
/// Configurations of adapters: at the top, or, if there is none, those in folders beside weights of adapters.
/// `left_out` is how many more there are.
std::vector<std::string> adapters_to_read(const Repo& repo, std::size_t* left_out = nullptr);
/// Settings of a run in YAML, which may name the model it starts from; `left_out` counts those beyond what is
/// read.
std::vector<std::string> settings_to_read(const Repo& repo, const Catalog& catalog,
                                          std::size_t* left_out = nullptr);

/// Weight files whose heads tell what the record does not: types and sizes of tensors, architecture of a GGUF
/// file.
std::vector<std::string> heads_to_read(const Repo& repo);

/// What a context takes in memory, by config.json; unseen where it was not read or is of a kind that nobody
/// here understands.
Seen<std::vector<CacheLayers>> gather_cache(const Repo& repo);
/// The same by fields that the catalog notes of a model that generates text.
Seen<std::vector<CacheLayers>> noted_cache(std::string_view config, std::string where);

/// Whether the model's configuration names something that no table of open libraries knows, so that
/// config.json itself has to be read.
bool needs_config(const Repo& repo, const Catalog& catalog);

/// What the catalog knows of the publisher's own platform, and whether it serves this model.
std::optional<Platform> platform_for(std::string_view id, const Catalog& catalog);

/// Open libraries that load what the model says it is; what no table knows is noted as declared.
void look_up(InferenceCode& out, std::string_view matches, std::string_view name, const std::string& where,
             const Catalog& catalog);

/// The question for the models that were quantized from this one.
Want quantized_want(const Repo& repo);
/// Branches, where the default one holds no weights; nothing where that needs no asking.
std::optional<Want> refs_want(const Repo& repo);
/// The record of one of those branches: of the one that the card names, else of the first.
std::optional<Want> branch_want(const Repo& repo, const Readings::Impl& readings);

}  // namespace howopen::facts
