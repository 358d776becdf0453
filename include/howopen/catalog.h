/// What mankind knows about licenses, publishers, libraries and datasets, each entry dated and with its
/// source. The data is data/*.json, embedded in the program; entries of the user's own files replace it one
/// by one. A part is parsed when it is first asked for.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "howopen/file_words.h"
#include "howopen/license.h"
#include "howopen/release.h"
#include "howopen/result.h"
#include "howopen/terms.h"
#include "howopen/uses.h"
#include "howopen/words.h"

namespace howopen {

namespace catalog {
struct Language;
}

/// From open to closed (rubric, section 3.7). Only `open` is open for the verdict.
enum class LicenseClass {
  open,
  permissive_with_conditions,
  use_restricted,
  non_commercial,
  proprietary,
  none,  ///< no license at all: nothing is granted
  unknown,
};
template <>
struct Words<LicenseClass> {
  static constexpr std::string_view names[] = {
      "open",   "permissive-with-conditions", "use-restricted", "non-commercial", "proprietary", "none",
      "unknown"};
};

/// The one that permits less. A text nobody knows may hold anything: `unknown` comes behind those known to be
/// free.
LicenseClass stricter(LicenseClass a, LicenseClass b);

/// Answer to a question about a license; `unknown` means the text was not read, `no` that it has none.
struct Trait {
  std::string name;   ///< `commercial_use`, `attribution`, …
  std::string value;  ///< yes | no | conditional | unknown
  std::string clause;
};

/// A license text that is known by every byte.
struct KnownText {
  std::string license;
  std::string sha256;  ///< "" where the catalog does not say
};

struct LicenseEntry {
  std::string id;  ///< SPDX id or LicenseRef-…
  std::string name;
  std::vector<std::string> tags;   ///< `license:` values of the Hub
  std::vector<std::string> names;  ///< other spellings, lower case
  LicenseClass cls = LicenseClass::unknown;
  bool family = false;  ///< a name for several licenses, the version is not said
  bool osi = false;
  std::vector<Trait> traits;
  LicenseTerms terms;
  std::string source;
  std::string as_of;
};

/// A license whose text is not quite its text has an id of its own, since the plain one would promise the
/// plain terms: `LicenseRef-MIT-with-extra-terms`, `LicenseRef-MIT-modified`, `LicenseRef-MIT-incomplete`.
std::string altered_id(std::string_view id, Match how);
struct AlteredLicense {
  std::string id;  ///< of the license it was; without `LicenseRef-`
  Match how = Match::modified;
};
/// What altered_id() was called with; nothing for any other id.
std::optional<AlteredLicense> altered_license(std::string_view id);

/// One line of a vendor's platform: its name there and the repositories it stands for.
struct ServedModel {
  std::string name;
  std::vector<std::string> models;  ///< patterns on the repository's name, lower case
  std::string note;
};

struct OrganizationPlatform {
  std::string host;
  std::string docs;
  bool self_service = false;
  std::vector<ServedModel> served;
  std::vector<ServedModel> withdrawn;
  std::string as_of;  ///< "" for undated general knowledge
};

struct Organization {
  std::string hub_org;
  std::vector<std::string> former;  ///< what it was called at the Hub before; the Hub leads on from there
  std::string name;
  std::vector<std::string> github_orgs;
  std::string jurisdiction;
  std::optional<OrganizationPlatform> platform;
  std::string source;
  std::string as_of;
};

/// An open library and the names it loads.
struct Library {
  std::string name;
  std::string license;
  std::string matches;  ///< what the names are: model_type | architecture | pipeline | gguf | library_name
  std::string as_of;
  std::vector<std::string> names;  ///< sorted
  std::vector<std::string> files;  ///< patterns; one of these files has to be there. Empty: none needed
};

/// A member of a family of closed models.
struct ReleaseMember {
  std::string name;
  bool served = false;
  std::string date;  ///< withdrawn on, or served until; "" if unknown
};

/// A model, or family of models, whose weights were never published.
struct UnreleasedModel {
  std::string name;
  std::vector<std::string> aliases;
  std::string title;
  std::string vendor;
  std::string license;
  std::string jurisdiction;
  std::string platform;
  bool self_service = false;
  std::vector<ReleaseMember> members;
  /// What further members are called: one of the names, then these words and numbers alone. `claude` with
  /// `opus` covers `claude-3-opus` and no `claude-alpaca`.
  std::vector<std::string> covered_names;
  std::vector<std::string> covered_words;
  std::string source;
  std::string as_of;
};

/// What a name that somebody typed for a model means.
struct NameAnswer {
  std::string id;                    ///< at the Hub, or of a closed model; "" where the name is not certain
  std::vector<std::string> nearest;  ///< what else it may be, the likeliest first, at most five
  bool other_version = false;        ///< the first of these bears another number: 3 for what was typed as 2
};

/// How much memory models take, and which devices have it (data/hardware.json).
struct Hardware {
  double overhead = 1;           ///< times the weights, for short contexts
  std::int64_t floor_bytes = 0;  ///< that each device needs besides
  double usable = 1;             ///< part of a device's memory
  std::vector<std::int64_t> counts;
  std::int64_t server = 8;  ///< devices in one
  std::map<std::string, double> bytes_by_type;
  std::map<std::string, double> bytes_by_quantization;  ///< a parameter
  /// An element of a type as the Hub counts it, where several are packed into one: by quantization and type.
  std::map<std::string, std::map<std::string, double>> bytes_by_packed;
  struct Gpu {
    std::string name;
    std::int64_t bytes = 0;
    std::string who;
  };
  std::vector<Gpu> gpus;
};

/// A repository at GitHub that holds the training code of published models, or looks like it and does not.
struct TrainingRepository {
  std::string github;  ///< `owner/name`
  std::string hub_org;
  bool trains = false;
  std::string stage;  ///< `pretraining`, `post-training`; of others what they are: `inference only`
  std::vector<std::string> files;   ///< that show it; folders end in `/`
  std::vector<std::string> models;  ///< patterns on names at the Hub, lower case
  std::string why;
  std::string checked;  ///< how far somebody looked: `checked`, `index only`, …
  std::string source;
  std::string as_of;
};

/// A family of models whose terms stay with what is made from it, and how people write its name. In a
/// pattern `~` is any run of blanks, hyphens, underscores and dots, or none, and a `v` before a number.
struct ModelFamily {
  std::string name;
  std::vector<std::string> publishers;  ///< owners at the Hub
  std::string license;
  std::vector<std::string> names;   ///< in names of models, and in prose
  std::vector<std::string> except;  ///< names that hold one of those and belong to somebody else
  std::vector<std::string> said;    ///< in prose alone
  std::string source;
  std::string as_of;
};

struct RuleText {
  std::string id;
  std::string question;
  std::string why;
  std::string how;
  std::string fix;
};

/// A data file by the name it has under data/.
struct CatalogFile {
  std::string name;   ///< `licenses.json`
  std::string where;  ///< for messages
  std::string text;
};

/// The text of a license that a user added: LicenseRef-Acme-1.0 from `texts/LicenseRef-Acme-1.0.txt`.
struct OwnText {
  std::string id;
  std::string text;
};

namespace catalog {
/// `LicenseRef-` and up to 89 letters, digits, dots and hyphens: what a user may name a license of their own.
bool own_id(std::string_view id);
}  // namespace catalog

/// Public summaries of training content (data/training_summaries.json): how they are told, what the
/// Commission's template has in it, and where some are.
struct TrainingSummaries {
  struct Section {
    std::string number;
    std::string title;
    std::vector<std::string> words;  ///< of headings, lower case
  };
  struct Place {
    std::vector<std::string> models;  ///< patterns of ids, lower case
    std::string url;
    std::string source;
    std::string as_of;
  };
  std::vector<std::string> names;   ///< in names of files and addresses, with `-` between words
  std::vector<std::string> titles;  ///< in headings and words of links
  std::vector<Section> sections;
  std::vector<Place> places;
};

/// What the source document says of the components of one publisher's models (data/reference.json).
struct ReferenceTable {
  struct Row {
    std::string component;  ///< its JSON name
    std::string status;
    std::string says;
  };
  std::string name;   ///< whose models it is about, in words
  std::string owner;  ///< the same at the Hub
  std::string about;
  std::string source;
  std::string as_of;
  std::vector<Row> rows;
};

class Catalog {
 public:
  /// The embedded data, with the files of the user laid over it in the order given. The user's files are
  /// checked at once, the embedded ones by the tests.
  static Result<Catalog> load(std::vector<CatalogFile> overlays = {});
  /// The same without what the embedded data knows of single models (releases/, training_repositories.json):
  /// what is left are rules and general knowledge. How well those do alone is what tests/accuracy measures.
  static Result<Catalog> load_general(std::vector<CatalogFile> overlays = {});
  Catalog(Catalog&&) noexcept;
  Catalog& operator=(Catalog&&) noexcept;
  ~Catalog();

  /// Parts are read when they are first needed; this reads all of them. From then on nothing changes within,
  /// and several threads may ask.
  void prepare() const;

  /// By its id; SPDX ids that nobody described have an entry too, without traits.
  const LicenseEntry* license(std::string_view id) const;
  /// All that were described, by id.
  std::vector<const LicenseEntry*> licenses() const;
  /// Id of an exception of SPDX's list as it is spelt there; "" for what is none.
  std::string exception(std::string_view id) const;
  /// By tag, by id or by any known spelling, without regard to case and outer blanks.
  const LicenseEntry* license_named(std::string_view name) const;
  /// An expression for people: `LicenseRef-Llama-3.1 AND MIT` as "Llama 3.1 Community License Agreement and
  /// MIT".
  std::string in_words(std::string_view expression) const;
  /// A single id for people.
  std::string name_of(std::string_view id) const;
  /// Licenses named within prose, which must be lower case: of overlapping names the longest, in order. Names
  /// that are names of models too (`qwen`) do not count here.
  struct Mention {
    const LicenseEntry* license = nullptr;
    std::size_t at = 0;
    std::size_t size = 0;
  };
  std::vector<Mention> licenses_in(std::string_view lower_text) const;
  /// The license text that a file of this git blob id is, byte for byte; null for an unknown one. Such a
  /// file need not be fetched.
  const KnownText* text_of_blob(std::string_view git_blob) const;

  const Organization* organization(std::string_view owner) const;
  /// Same name, or in one row of the organizations. Case does not count.
  bool same_publisher(std::string_view owner, std::string_view other) const;

  /// Libraries that load `name`, where `matches` is one of the words of Library::matches.
  std::vector<const Library*> libraries(std::string_view matches, std::string_view name) const;

  bool evaluation_dataset(std::string_view id) const;
  bool also_training_dataset(std::string_view id) const;

  const Compatibility& compatibility() const;

  /// Families whose terms stay with what is made from them.
  const std::vector<ModelFamily>& families() const;

  /// Words of human languages and what they do (data/reading/), for src/reading alone.
  const std::vector<catalog::Language>& languages() const;
  /// Languages that are read where these do not read all (data/reading/more/).
  const std::vector<catalog::Language>& more_languages() const;
  /// Texts of the user's own licenses: files `texts/<id>.txt` of their folder. For src/license alone.
  std::vector<OwnText> own_texts() const;
  bool has_own_texts() const;

  /// What other rooms make of the data: made when it is first asked for, and kept with them. Not by
  /// prepare(), but by license::prepare_words() and prepare_texts(), each on any one thread.
  enum class Product : std::uint8_t { words, more_words, texts };
  using Make = std::shared_ptr<const void> (*)(const Catalog&);
  const void* made(Product product, Make make) const;

  /// A closed model by its name or an alias, or the family that covers the name.
  const UnreleasedModel* release(std::string_view name) const;
  /// All closed models and families, by name.
  std::vector<const UnreleasedModel*> releases() const;
  /// Reads what people type for a model that is no id: "DeepSeek R1", "llama 3.3", "gpt5", an Ollama name, a
  /// typing error. At most 100 bytes are read.
  NameAnswer named(std::string_view typed) const;
  /// Ids of known models that were published with a repository at GitHub.
  std::vector<std::string> models_of_github(std::string_view repository) const;
  /// What is known of a published model, by its id at the Hub; null for nothing.
  const ModelEntry* model(std::string_view id) const;
  std::vector<const ModelEntry*> models() const;
  /// Rows about a repository at GitHub.
  std::vector<const TrainingRepository*> training_repository(std::string_view github) const;
  /// Rows that name a model of this id.
  std::vector<const TrainingRepository*> training_of(std::string_view model) const;

  /// Status that the source document's table gives a component, by its JSON name; "" for an unknown one.
  std::string reference_status(std::string_view component) const;
  const ReferenceTable& reference() const;
  const TrainingSummaries& training_summaries() const;
  /// Places of summaries that are about a model.
  std::vector<TrainingSummaries::Place> summary_places(std::string_view model) const;

  const Uses& uses() const;
  /// By its id or a name in prose, without regard to case; null for a data set nobody described.
  const DatasetTerms* dataset_terms(std::string_view name) const;
  const Teacher* teacher(std::string_view name) const;
  const std::vector<Teacher>& teachers() const;

  const Hardware& hardware() const;
  const WeightWords& weight_words() const;
  const TrainingWords& training_words() const;

  const RuleText* rule(std::string_view id) const;

  /// A file of data/ by name, `schema/report-1.json`; "" if there is none.
  std::string file(std::string_view name) const;

  std::string digest() const;  ///< SHA-256 over all data, the user's included
  std::string as_of() const;   ///< latest date in the embedded data

  struct Parts;

 private:
  const LicenseEntry* listed(std::string_view id) const;

  explicit Catalog(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace howopen
