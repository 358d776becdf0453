// The parts of the catalog, each parsed from its documents when it is first needed.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "catalog/cues.h"
#include "howopen/catalog.h"
#include "text/phrases.h"

namespace howopen {

namespace text {
class ObjectReader;
}

struct Catalog::Parts {
  std::vector<CatalogFile> overlays;
  bool general = false;  ///< leave out what the embedded data knows of single models

  // Documents named `name` (or in folder `name` when it ends in `/`), embedded ones first.
  std::vector<CatalogFile> documents(std::string_view name) const;

  std::optional<std::map<std::string, LicenseEntry, std::less<>>> licenses;
  std::map<std::string, const LicenseEntry*, std::less<>>
      license_names;  // lower-case spellings, tags and ids
  // Those that are licenses wherever they stand, in order, and how each begins.
  std::vector<std::pair<std::string_view, const LicenseEntry*>> unmistakable;
  std::vector<std::uint32_t> unmistakable_heads;
  text::Trigrams any_head;
  /// The first three bytes of a name as a number, in the order of the names.
  static std::uint32_t head_of(std::string_view name) {
    const auto byte = [&](std::size_t i) {
      return i < name.size() ? static_cast<std::uint32_t>(static_cast<unsigned char>(name[i])) : 0U;
    };
    return byte(0) << 16 | byte(1) << 8 | byte(2);
  }
  std::optional<std::map<std::string, KnownText, std::less<>>> blobs;
  struct SpdxList {
    std::map<std::string, LicenseEntry, std::less<>> licenses;  // by id in lower case
    std::map<std::string, std::string, std::less<>> exceptions;
  };
  std::optional<SpdxList> spdx;
  /// What licenses of SPDX's list have in common.
  struct LicenseGroup {
    LicenseClass cls = LicenseClass::unknown;
    std::vector<Trait> traits;
    LicenseTerms terms;
    std::vector<std::string> ids;
    std::string source;
    std::string as_of;
    bool terms_only = false;  ///< of single texts; class and traits come from another group
    std::string same_text;    ///< the license whose terms hold for these ids too; "" for `terms`
  };
  std::optional<std::vector<LicenseGroup>> groups;
  bool grouped = false;  ///< the groups were put into `spdx`
  std::optional<std::map<std::string, Organization, std::less<>>> organizations;
  std::multimap<std::string, const Organization*, std::less<>> owners;  // lower-case Hub and GitHub names
  std::optional<std::vector<Library>> libraries;
  struct Evaluation {
    std::set<std::string, std::less<>> evaluation;     // lower case
    std::set<std::string, std::less<>> also_training;  // lower case
  };
  std::optional<Evaluation> evaluation;
  struct Releases {
    std::map<std::string, UnreleasedModel, std::less<>> closed;  // by name and alias, lower case
    std::vector<ModelEntry> models;
    std::map<std::string, std::size_t, std::less<>> by_id;  // lower case; of the same id the later one
  };
  std::optional<Releases> releases;
  /// What people type (data/names.json).
  struct TypedNames {
    std::vector<std::string> known;  // ids, those meant most often first
    std::map<std::string, std::vector<std::string>, std::less<>> names;
    std::map<std::string, std::map<std::string, std::string>, std::less<>> ollama;  // name, tag, id
  };
  std::optional<TypedNames> names;
  std::optional<std::vector<TrainingRepository>> training;
  std::optional<Hardware> hardware;
  std::optional<WeightWords> weights;
  std::optional<TrainingWords> training_words;
  std::optional<Uses> uses;
  struct DataTerms {
    std::vector<DatasetTerms> sets;
    std::map<std::string, std::size_t, std::less<>> by_name;  // ids and names, lower case
    std::vector<Teacher> teachers;
  };
  std::optional<DataTerms> data_terms;
  std::optional<Compatibility> compatibility;
  std::optional<std::vector<ModelFamily>> families;
  std::optional<ReferenceTable> reference;
  std::optional<TrainingSummaries> training_summaries;
  std::optional<std::map<std::string, RuleText, std::less<>>> rules;
  std::optional<std::vector<catalog::Language>> languages;
  std::optional<std::vector<catalog::Language>> more_languages;
  std::array<std::shared_ptr<const void>, 3> made;  // by Catalog::Product
};

namespace catalog {

// Texts of the user's own licenses, each named after its license.
Result<std::vector<OwnText>> read_texts(const std::vector<CatalogFile>& documents);

// Each reads the documents of one part; what is wrong in them names file and entry.
Result<std::map<std::string, LicenseEntry, std::less<>>> read_licenses(
    const std::vector<CatalogFile>& documents);
Result<std::map<std::string, KnownText, std::less<>>> read_blobs(const std::vector<CatalogFile>& documents);
Result<Catalog::Parts::SpdxList> read_spdx(const std::vector<CatalogFile>& documents);
Result<std::vector<Catalog::Parts::LicenseGroup>> read_groups(const std::vector<CatalogFile>& documents);
/// Class, traits and terms of each group into the entries of its ids. `described` are those of licenses.json,
/// whose texts may be those of others as well.
void apply_groups(const std::vector<Catalog::Parts::LicenseGroup>& groups,
                  const std::map<std::string, LicenseEntry, std::less<>>& described,
                  std::map<std::string, LicenseEntry, std::less<>>& licenses);
Result<std::map<std::string, Organization, std::less<>>> read_organizations(
    const std::vector<CatalogFile>& documents);
Result<std::vector<Library>> read_libraries(const std::vector<CatalogFile>& documents);
Result<Catalog::Parts::Evaluation> read_evaluation(const std::vector<CatalogFile>& documents);
Result<Catalog::Parts::Releases> read_releases(const std::vector<CatalogFile>& documents);
Result<Catalog::Parts::TypedNames> read_names(const std::vector<CatalogFile>& documents);
Result<std::vector<ModelFamily>> read_families(const std::vector<CatalogFile>& documents);
Result<Hardware> read_hardware(const std::vector<CatalogFile>& documents);
Result<Uses> read_uses(const std::vector<CatalogFile>& documents);
Result<Catalog::Parts::DataTerms> read_dataset_terms(const std::vector<CatalogFile>& documents);
Result<Compatibility> read_compatibility(const std::vector<CatalogFile>& documents);
/// The values of a license's terms: the member `terms` of its entry.
LicenseTerms read_terms(text::ObjectReader& license);
/// The member `duties`: of `terms`, or of a group of licenses whose texts were not read for it.
void read_duties(text::ObjectReader& terms, LicenseTerms& out);
Result<WeightWords> read_weights(const std::vector<CatalogFile>& documents);
Result<TrainingWords> read_training_words(const std::vector<CatalogFile>& documents);
Result<std::vector<TrainingRepository>> read_training(const std::vector<CatalogFile>& documents);
Result<TrainingSummaries> read_training_summaries(const std::vector<CatalogFile>& documents);
Result<ReferenceTable> read_reference(const std::vector<CatalogFile>& documents);
Result<std::map<std::string, RuleText, std::less<>>> read_rules(const std::vector<CatalogFile>& documents);

/// The embedded data is checked by the tests, the user's at load(): a failure here is a bug.
template <class T>
T& parsed(std::optional<T>& part, Result<T> (*read)(const std::vector<CatalogFile>&),
          const Catalog::Parts& parts, std::string_view name) {
  if (!part) {
    auto result = read(parts.documents(name));
    if (!result) throw std::runtime_error(result.error().where + ": " + result.error().what);
    part = std::move(*result);
  }
  return *part;
}

/// One of the repositories of data/releases/ (models.cpp).
void read_model(text::ObjectReader& entry, const std::string& vendor, std::vector<ModelEntry>& out);

}  // namespace catalog
}  // namespace howopen
