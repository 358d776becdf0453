/// What was seen, where, at which commit: no opinion in here. Words such as "open" or "restrictive" belong
/// to verdict.h. Facts can be saved as JSON and judged again later, under a newer rubric.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "howopen/documents.h"
#include "howopen/license.h"
#include "howopen/result.h"
#include "howopen/seen.h"
#include "howopen/snapshot.h"
#include "howopen/weights.h"
#include "howopen/words.h"

namespace howopen {

class Catalog;
struct UnreleasedModel;
struct ModelEntry;

/// Who answered for these facts.
enum class Origin { hub, cache, replay, built_in, catalog, local };
template <>
struct Words<Origin> {
  static constexpr std::string_view names[] = {"hub", "cache", "replay", "built-in", "catalog", "local"};
};

enum class AccessGate { none, automatic, manual };
template <>
struct Words<AccessGate> {
  static constexpr std::string_view names[] = {"none", "auto", "manual"};
};

struct Repository {
  AccessGate gate = AccessGate::none;
  bool disabled = false;
  bool is_private = false;
  std::string library;   ///< `library_name`, or the library among the tags
  std::string pipeline;  ///< `pipeline_tag`
  std::int64_t files = 0;
  bool unlisted = false;  ///< the record has no listing of files at all
  /// Seen through a cache that holds some of its files: what is not there proves nothing, and the gate is not
  /// known.
  bool partial = false;
};

/// Layers that keep the same of each token of a context.
struct CacheLayers {
  std::int64_t layers = 0;
  std::int64_t per_token = 0;  ///< elements that each of them keeps of a token
  std::int64_t window = 0;     ///< tokens that are kept at most; 0 for all
  std::int64_t state = 0;      ///< elements that it keeps however long the context is
};

/// An open library that loads the model, by the architecture table.
struct Loader {
  std::string library;  ///< `transformers`, `vLLM`, …
  std::string by;       ///< `model_type deepseek_v3`
  std::string where;    ///< where the model says so
  std::string as_of;    ///< date of the table
};

/// Modeling code that config.json's `auto_map` names.
struct RemoteCode {
  std::string file;        ///< `modeling_deepseek.py`
  std::string repository;  ///< another repository, or "" for this one
  bool present = false;    ///< of a file of this repository
  std::string where;
};

struct InferenceCode {
  std::vector<Loader> loaders;
  std::vector<RemoteCode> remote;
  std::vector<Observation> scripts;   ///< runnable code in the repository: `inference/generate.py`
  std::vector<Observation> formats;   ///< files that open runtimes load by themselves: GGUF, ONNX
  std::vector<Observation> snippets;  ///< code in the card
  std::vector<Observation> engines;   ///< vLLM, SGLang … as the card or tags name them
  std::vector<std::string> declared;  ///< what the model says it is, and no table knows: `model_type x`
  Seen<bool> config;                  ///< whether the model's configuration could be read
};

/// A repository or place that was searched, or should have been.
struct Searched {
  std::string what;   ///< `github.com/deepseek-ai/DeepSeek-V3`
  std::string where;  ///< the line that names it
  bool same_publisher = false;
  Unseen outcome = Unseen::not_asked;
  bool read = false;  ///< its files were seen
  std::string why;    ///< why its code counts, or does not, where that is known
  /// Named like the model, or what the card's words on the license link to.
  bool about = false;
};

/// A file that has to do with training.
struct TrainingFile : Observation {
  std::string repository = {};  ///< that it lies in, `owner/name` of GitHub; "" for the model's own
  bool trainer = false;         ///< starts runs of any model, and names none of this one
};

struct TrainingCode {
  std::vector<TrainingFile> entries;         ///< `train.py`: where a run starts
  std::vector<TrainingFile> configurations;  ///< `configs/pretrain.yaml`: settings of a run
  std::vector<TrainingFile> recipes;         ///< fine-tuning examples for users
  std::vector<TrainingFile> traces;          ///< `training_args.bin`: traces of a run, not code
  bool tunes = false;  ///< the first of `entries` begins with a model that was pre-trained elsewhere
  std::vector<Searched> searched;
};

/// Why a dataset is named.
enum class DatasetRole { training, fine_tuning, evaluation, unstated };
template <>
struct Words<DatasetRole> {
  static constexpr std::string_view names[] = {"training", "fine-tuning", "evaluation", "unstated"};
};

struct DatasetRecord {
  std::string id;  ///< as it answers now
  AccessGate gate = AccessGate::none;
  bool disabled = false;
  std::int64_t files = -1;  ///< that hold data; a card and a loading script do not; -1 where none are listed
  std::int64_t bytes = -1;  ///< over its whole history, as the Hub counts
  std::string license;      ///< as its card says
};

struct Dataset {
  std::string name;  ///< Hub id, or the free text of the card
  DatasetRole role = DatasetRole::unstated;
  Observation named;
  bool declared = false;       ///< in the card's `datasets:` key, as opposed to a link in its text
  bool hub_id = false;         ///< `name` has the form of a dataset's id
  Seen<DatasetRecord> record;  ///< the dataset itself, if it was looked up
};

struct TrainingData {
  std::vector<Dataset> datasets;
  std::vector<Observation> statements;  ///< prose: "14.8 trillion tokens"
  std::optional<Observation> more;      ///< more went in than is named: "enhanced with curated corpora"
  std::optional<Observation> reason;    ///< why not all of it is published, legal or technical
  std::optional<Observation> withheld;  ///< somebody looked, and wrote down that none of it is published
  bool unrecorded = false;  ///< of a catalog row without a word on data: nobody noted any, or looked
  bool pretrains = false;   ///< the card tells of pre-training on them, or of training from scratch
  std::vector<Observation>
      teachers;  ///< whose outputs it was trained on, by names of data/dataset_terms.json
};

/// What the catalog knows of the vendor's own platform.
struct Platform {
  std::string vendor;
  std::string host;
  bool self_service = false;
  bool serves_this = false;         ///< this model, or a member of this family
  bool retired = false;             ///< it did once
  std::string unrecorded;           ///< member of a served family of which nobody noted whether it is served
  std::vector<std::string> served;  ///< the entries that match this model
  std::vector<std::string> withdrawn;  ///< retired members, with dates
  std::string jurisdiction;            ///< country of the legal entity, ISO 3166
  std::string source;
  std::string as_of;
};

struct Provider {
  std::string name;
  std::string status;  ///< `live`, `staging`, `error`, …
  std::string model;   ///< the id under which it is served
};

struct Api {
  std::optional<Platform> platform;
  Seen<std::vector<Provider>> providers;
  std::vector<Observation> claims;  ///< the card advertises an API; never decides
  std::optional<Observation>
      demo;  ///< a Space of the publisher's that the card links to, of this model by its name
};

enum class Relation { finetune, adapter, quantized, merge, distill, unstated };
template <>
struct Words<Relation> {
  static constexpr std::string_view names[] = {"finetune", "adapter", "quantized",
                                               "merge",    "distill", "unstated"};
};

/// A family of models that somebody else publishes, and whose terms stay with what is made from it, named
/// where no base model is: by a sentence about this model's origin, or only by its name or its tags.
enum class FamilyMention { said, named };
template <>
struct Words<FamilyMention> {
  static constexpr std::string_view names[] = {"said", "named"};
};
struct RelatedFamily {
  std::string family;   ///< `Llama 2`
  std::string license;  ///< of the family
  FamilyMention how = FamilyMention::named;
  Observation seen;
};

/// A model that this one was made from, directly or not.
struct Ancestor {
  std::string id;
  std::string child;  ///< the model that names it
  Relation relation = Relation::unstated;
  Observation named;
  bool same_publisher = false;  ///< as the audited model
  bool own_step = false;        ///< its child is the same publisher's, who may license it anew
  int depth = 1;
  Seen<Repository> repository;
  std::string revision;  ///< commit it was read at, "" where that is not known
  License license;
  InferenceCode code;
  bool weights_complete = false;    ///< a complete set of weights is there
  std::int64_t weights_bytes = -1;  ///< of that set; -1 where it is not known
  std::vector<RelatedFamily> related_families;
  std::vector<Observation> unresolved;  ///< bases that it names and nobody can follow
  TrainingCode training_code;  ///< searched only where the model's own is there, since it counts only then
  TrainingData training_data;
};

/// A repository elsewhere that the card names, as far as it was read.
struct Linked {
  std::string id;     ///< `owner/name` at GitHub
  std::string where;  ///< the line that names it
  bool same_publisher = false;
  std::string commit;
  std::int64_t files = 0;
  bool truncated = false;    ///< GitHub did not list all of it
  bool names_model = false;  ///< its README speaks of this model
  License license;           ///< its texts, and what its README says
};

/// What the release catalog says of a model whose weights were never published.
struct Release {
  std::string name;
  std::string vendor;
  std::string license;
  std::string source;
  std::string as_of;
};

/// Something that could not be looked at.
struct LookupError {
  Trouble trouble = Trouble::none;
  std::string message;
  std::string where;
  bool unreachable = false;
  bool offline = false;  ///< nobody was asked: there is to be no network
  std::string moment =
      {};  ///< how long it took or takes, `for another 42 s`; "" where time has no part in it
};

/// Models at the Hub that say they were quantized from this one.
struct Quantized {
  std::vector<std::string> models;  ///< most downloaded first, of the first page of them
  bool more = false;                ///< there are further pages
};

struct Facts {
  std::string ref;       ///< as the user typed it
  std::string id;        ///< as it answers now
  std::string asked;     ///< the id before renames
  std::string revision;  ///< commit, 40 hex digits; "" where there is none
  std::string from;      ///< branch or tag that was asked for, `main` by default
  Origin origin = Origin::hub;
  std::string as_of;   ///< of facts that are not from the Hub just now
  std::string source;  ///< of such facts
  Seen<Repository> repository;
  Weights weights;
  Seen<std::vector<CacheLayers>> cache;  ///< what a context takes, by the configuration
  InferenceCode inference_code;
  TrainingCode training_code;
  TrainingData training_data;
  Api api;
  License license;
  std::vector<Ancestor> lineage;
  /// What says that files of this machine are this model, by their content.
  std::optional<Observation> identified;
  std::vector<RelatedFamily> related_families;
  std::vector<Observation> unresolved;  ///< bases that it names and nobody can follow: a local path, a map
  /// That it was made from another model's weights, though its lineage may be empty: by a sentence, its name,
  /// its license, its architecture.
  std::optional<Observation> made_from_another;
  std::vector<Linked> linked;
  std::optional<Release> release;
  Documents documents;
  Seen<Quantized> quantized;        ///< asked for at full depth
  std::vector<Observation> claims;  ///< "open source" and the like in the card; checked, never believed
  std::vector<LookupError> lookup_errors;
};

/// The answers about one model, each understood once, on arrival.
class Readings {
 public:
  Readings();
  ~Readings();
  Readings(Readings&&) noexcept;
  Readings& operator=(Readings&&) noexcept;

  /// Reads the bytes of an answer; they are not kept. What is `known` of a license text is not found out
  /// again.
  void add(const Want& want, Answer answer, const Catalog& catalog, const Identified* known = nullptr);
  /// What a license text is, if that was asked and it was read.
  const Identified* identified(const Want& want) const;
  bool has(const Want& want) const;

  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

/// How much is asked about a model.
enum class Depth {
  metadata,  ///< its record alone: no sentence of the card, no text that the record does not name, no
             ///< ancestor
  card,  ///< whatever may decide something: card, texts, ancestors, linked repositories, datasets, providers
  full,  ///< also every shard index, heads of weight files where the Hub has counted no tensors, and which
         ///< models were quantized from it
};
template <>
struct Words<Depth> {
  static constexpr std::string_view names[] = {"metadata", "card", "full"};
};

/// What has to be asked next, given what was answered so far: sorted, nothing that was answered before.
/// Empty when everything that can be known is known.
std::vector<Want> wants(const ModelRef& model, const Readings& readings, const Catalog& catalog,
                        Depth depth = Depth::card);

/// The question who serves a model.
Want providers_want(const std::string& id);

/// What the record of a model most likely leads to, by usual names and by what the catalog knows of it:
/// questions that may be asked with it, before anything is known. Files are at the revision asked for; some
/// of them may be wanted by nobody.
std::vector<Want> likely_wants(const ModelRef& model, const Catalog& catalog, Depth depth = Depth::card);

/// A page of a listing as the records that are in it, in its order: one answer to many questions. What names
/// no model is left out; nothing for what is no listing.
std::optional<std::vector<std::pair<Want, Answer>>> split_listing(const Answer& page);

/// Ids of the models in a collection, in its order; nothing for what is no collection.
std::optional<std::vector<std::string>> models_in_collection(std::string_view json);

/// The id in a model's record, as it stands there; "" for none.
std::string_view id_in_record(std::string_view record);

/// An answer that facts rest on and that may be another one tomorrow, though the commit is the same.
struct Rest {
  Want want;          ///< without a blob
  std::string state;  ///< what it said, in short; "" for what was not seen, which is never the same again
  bool operator==(const Rest&) const = default;
};
/// What the facts about a model rest on, sorted: its record, who serves it, ancestors, datasets,
/// repositories. Files of a commit are not among them, unless they could not be had.
std::vector<Rest> rests_of(const ModelRef& model, const Readings& readings);

/// Facts from what was answered.
Facts gather(const ModelRef& model, const Readings& readings, const Catalog& catalog);

/// Facts about a model whose weights were never published, from the release catalog alone.
Facts gather_release(const ModelRef& model, const UnreleasedModel& release);

/// Facts about a published model, from the release catalog alone: for when nobody can look.
Facts gather_model(const ModelRef& model, const ModelEntry& entry, const Catalog& catalog);

/// Facts as JSON and back. Unknown keys and wrong types are errors that name the place.
std::string save_facts(const Facts& facts);
Result<Facts> load_facts(std::string_view json, const std::string& where);

}  // namespace howopen
