// Looking things up in the catalog.
//
//   license_named("Apache 2.0")          ->  entry Apache-2.0
//   same_publisher("QwenLM", "qwen")     ->  true, by the row of Qwen

#include "howopen/catalog.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "catalog/embedded.h"
#include "catalog/parts.h"
#include "text/digest.h"
#include "text/glob.h"
#include "text/utf8.h"

namespace howopen {

using catalog::parsed;

namespace {

using text::lower;

// Names that are licenses wherever they stand. "Qwen", "deepseek" or "llama 2" name models as well.
bool unmistakable(std::string_view name, const LicenseEntry& entry) {
  if (name.size() < 3 || entry.id == "LicenseRef-other" || entry.id == "LicenseRef-unknown") return false;
  for (const std::string_view marker : {"licens", "licenc", "agreement", "terms", "rail"}) {
    if (name.find(marker) != std::string_view::npos) return true;
  }
  return name.starts_with("cc") || (entry.cls == LicenseClass::open && !entry.id.starts_with("LicenseRef-"));
}

// What is wrong with a document, as the reader of its kind says.
template <auto read>
std::optional<Error> check(const std::vector<CatalogFile>& one) {
  auto result = read(one);
  if (result) return std::nullopt;
  return std::move(result.error());
}

// A file of data/, or all of a folder of it.
struct DataFile {
  std::string_view name;
  std::optional<Error> (*check)(const std::vector<CatalogFile>&);
};
constexpr DataFile kFiles[] = {
    {"licenses.json", check<catalog::read_licenses>},
    {"spdx.json", check<catalog::read_spdx>},
    {"license_groups.json", check<catalog::read_groups>},
    {"license_blobs.json", check<catalog::read_blobs>},
    {"organizations.json", check<catalog::read_organizations>},
    {"architectures.json", check<catalog::read_libraries>},
    {"evaluation_datasets.json", check<catalog::read_evaluation>},
    {"releases/", check<catalog::read_releases>},
    {"names.json", check<catalog::read_names>},
    {"reference.json", check<catalog::read_reference>},
    {"training_summaries.json", check<catalog::read_training_summaries>},
    {"rules.json", check<catalog::read_rules>},
    {"families.json", check<catalog::read_families>},
    {"hardware.json", check<catalog::read_hardware>},
    {"uses.json", check<catalog::read_uses>},
    {"compatibility.json", check<catalog::read_compatibility>},
    {"dataset_terms.json", check<catalog::read_dataset_terms>},
    {"weights.json", check<catalog::read_weights>},
    {"training.json", check<catalog::read_training_words>},
    {"training_repositories.json", check<catalog::read_training>},
    {"reading/", check<catalog::read_languages>},
    {"texts/", check<catalog::read_texts>},
};

}  // namespace

std::vector<CatalogFile> Catalog::Parts::documents(std::string_view name) const {
  std::vector<CatalogFile> out;
  const bool folder = name.ends_with('/');
  const auto wanted = [&](std::string_view file) {
    return folder ? file.starts_with(name) && file.find('/', name.size()) == file.npos : file == name;
  };
  for (const catalog::EmbeddedFile& file : catalog::embedded_files()) {
    if (general && (file.name.starts_with("releases/") || file.name == "training_repositories.json"))
      continue;
    if (wanted(file.name))
      out.push_back({std::string(file.name), fmt::format("data/{}", file.name), file.text()});
  }
  for (const CatalogFile& file : overlays) {
    if (wanted(file.name)) out.push_back(file);
  }
  return out;
}

Catalog::Catalog(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Catalog::Catalog(Catalog&&) noexcept = default;
Catalog& Catalog::operator=(Catalog&&) noexcept = default;
Catalog::~Catalog() = default;

Result<Catalog> Catalog::load(std::vector<CatalogFile> overlays) {
  auto parts = std::make_unique<Parts>();
  parts->overlays = std::move(overlays);
  for (const CatalogFile& file : parts->overlays) {
    const auto row = std::find_if(std::begin(kFiles), std::end(kFiles), [&](const DataFile& d) {
      return d.name.ends_with('/') ? file.name.starts_with(d.name) : file.name == d.name;
    });
    std::optional<Error> error;
    if (row != std::end(kFiles))
      error = row->check({file});
    else
      error = Error{Fault::usage, "not a file the catalog knows", file.where,
                    "the names are those under data/ in the source: licenses.json, organizations.json, "
                    "releases/*.json"};
    if (error) return tl::unexpected<Error>(std::move(*error));
  }
  return Catalog(std::move(parts));
}

Result<Catalog> Catalog::load_general(std::vector<CatalogFile> overlays) {
  TRY(Catalog catalog, load(std::move(overlays)));
  catalog.parts_->general = true;  // nothing was parsed yet but the overlays
  return Result<Catalog>(std::move(catalog));
}

void Catalog::prepare() const {
  license_named("none");
  exception("none");
  organization("none");
  text_of_blob("none");
  libraries("none", "none");
  evaluation_dataset("none");
  release("none");
  named("");
  training_repository("none");
  reference_status("none");
  training_summaries();
  families();
  languages();
  hardware();
  weight_words();
  training_words();
  uses();
  teachers();
  compatibility();
  rule("none");
}

const LicenseEntry* Catalog::license(std::string_view id) const {
  const auto& licenses = parsed(parts_->licenses, catalog::read_licenses, *parts_, "licenses.json");
  const auto found = licenses.find(id);
  return found == licenses.end() ? listed(id) : &found->second;
}

std::vector<const LicenseEntry*> Catalog::licenses() const {
  std::vector<const LicenseEntry*> out;
  for (const auto& [id, entry] : parsed(parts_->licenses, catalog::read_licenses, *parts_, "licenses.json"))
    out.push_back(&entry);
  return out;
}

const LicenseEntry* Catalog::listed(std::string_view id) const {
  if (id.empty() || id.starts_with("LicenseRef-")) return nullptr;
  auto& list = parsed(parts_->spdx, catalog::read_spdx, *parts_, "spdx.json").licenses;
  if (!parts_->grouped) {
    parts_->grouped = true;
    catalog::apply_groups(parsed(parts_->groups, catalog::read_groups, *parts_, "license_groups.json"),
                          parsed(parts_->licenses, catalog::read_licenses, *parts_, "licenses.json"), list);
  }
  const auto found = list.find(lower(id));
  return found == list.end() ? nullptr : &found->second;
}

std::string Catalog::exception(std::string_view id) const {
  const auto& list = parsed(parts_->spdx, catalog::read_spdx, *parts_, "spdx.json").exceptions;
  const auto found = list.find(lower(id));
  return found == list.end() ? std::string() : found->second;
}

const LicenseEntry* Catalog::license_named(std::string_view name) const {
  const auto& licenses = parsed(parts_->licenses, catalog::read_licenses, *parts_, "licenses.json");
  if (parts_->license_names.empty()) {
    for (const auto& [id, entry] : licenses) {
      parts_->license_names.emplace(lower(id), &entry);
      for (const std::string& tag : entry.tags) parts_->license_names.emplace(lower(tag), &entry);
      for (const std::string& other : entry.names) parts_->license_names.emplace(lower(other), &entry);
      parts_->license_names.emplace(lower(entry.name), &entry);
    }
    for (const auto& [spelling, entry] : parts_->license_names) {
      if (!unmistakable(spelling, *entry)) continue;
      parts_->unmistakable.emplace_back(spelling, entry);
      parts_->unmistakable_heads.push_back(Parts::head_of(spelling));
      parts_->any_head.add(std::string_view(spelling).substr(0, 3));
    }
  }
  std::string wanted = lower(text::trim(name));
  if (const auto found = parts_->license_names.find(wanted); found != parts_->license_names.end())
    return found->second;
  if (const LicenseEntry* entry = listed(wanted)) return entry;
  // "CC BY-SA 3.0", as spaCy and people write it.
  std::replace(wanted.begin(), wanted.end(), ' ', '-');
  std::replace(wanted.begin(), wanted.end(), '_', '-');
  const auto found = parts_->license_names.find(wanted);
  return found == parts_->license_names.end() ? listed(wanted) : found->second;
}

std::string Catalog::in_words(std::string_view expression) const {
  std::string out;
  while (!expression.empty()) {
    const std::size_t end = expression.find(" AND ");
    if (!out.empty()) out += " and ";
    out += name_of(expression.substr(0, end));
    expression.remove_prefix(end == std::string_view::npos ? expression.size() : end + 5);
  }
  return out;
}

std::string Catalog::name_of(std::string_view id) const {
  if (id == "NOASSERTION") return "unknown";
  if (id == "NONE") return "none";
  if (const auto altered = altered_license(id)) {
    std::string base(altered->id);
    if (license(base) == nullptr) base = "LicenseRef-" + base;
    const std::string name = name_of(license(base) != nullptr ? base : altered->id);
    return altered->how == Match::extra_terms ? name + " with extra terms"
           : altered->how == Match::modified  ? "modified " + name
                                              : "part of " + name;
  }
  const LicenseEntry* entry = id.starts_with("LicenseRef-") ? license(id) : nullptr;
  return entry != nullptr ? entry->name : std::string(id);
}

const KnownText* Catalog::text_of_blob(std::string_view git_blob) const {
  if (git_blob.empty()) return nullptr;
  const auto& blobs = parsed(parts_->blobs, catalog::read_blobs, *parts_, "license_blobs.json");
  const auto found = blobs.find(git_blob);
  return found == blobs.end() ? nullptr : &found->second;
}

const Organization* Catalog::organization(std::string_view owner) const {
  const auto& organizations =
      parsed(parts_->organizations, catalog::read_organizations, *parts_, "organizations.json");
  if (parts_->owners.empty()) {
    for (const auto& [name, entry] : organizations) {
      parts_->owners.emplace(lower(name), &entry);
      for (const std::string& former : entry.former) parts_->owners.emplace(lower(former), &entry);
      for (const std::string& github : entry.github_orgs) {
        if (lower(github) != lower(name)) parts_->owners.emplace(lower(github), &entry);
      }
    }
  }
  // A Hub name comes before a GitHub name that several rows share.
  const auto [first, last] = parts_->owners.equal_range(lower(owner));
  if (first == last) return nullptr;
  for (auto it = first; it != last; ++it) {
    const Organization& row = *it->second;
    const auto named = [&](const std::string& name) { return text::equal_ignoring_case(name, owner); };
    if (named(row.hub_org) || std::any_of(row.former.begin(), row.former.end(), named)) return &row;
  }
  return first->second;
}

bool Catalog::same_publisher(std::string_view owner, std::string_view other) const {
  if (owner.empty() || other.empty()) return false;
  if (text::equal_ignoring_case(owner, other)) return true;
  organization(owner);  // fills the owners
  const auto [a, a_end] = parts_->owners.equal_range(lower(owner));
  const auto [b, b_end] = parts_->owners.equal_range(lower(other));
  for (auto i = a; i != a_end; ++i) {
    for (auto j = b; j != b_end; ++j) {
      if (i->second == j->second) return true;
    }
  }
  return false;
}

std::vector<const Library*> Catalog::libraries(std::string_view matches, std::string_view name) const {
  std::vector<const Library*> out;
  for (const Library& l : parsed(parts_->libraries, catalog::read_libraries, *parts_, "architectures.json")) {
    if (l.matches == matches && std::binary_search(l.names.begin(), l.names.end(), name)) out.push_back(&l);
  }
  return out;
}

bool Catalog::evaluation_dataset(std::string_view id) const {
  return parsed(parts_->evaluation, catalog::read_evaluation, *parts_, "evaluation_datasets.json")
      .evaluation.contains(lower(id));
}

bool Catalog::also_training_dataset(std::string_view id) const {
  return parsed(parts_->evaluation, catalog::read_evaluation, *parts_, "evaluation_datasets.json")
      .also_training.contains(lower(id));
}

const ModelEntry* Catalog::model(std::string_view id) const {
  const auto& releases = parsed(parts_->releases, catalog::read_releases, *parts_, "releases/");
  const auto found = releases.by_id.find(lower(id));
  return found == releases.by_id.end() ? nullptr : &releases.models[found->second];
}

std::vector<const UnreleasedModel*> Catalog::releases() const {
  std::vector<const UnreleasedModel*> out;
  for (const auto& [name, r] :
       parsed(parts_->releases, catalog::read_releases, *parts_, "releases/").closed) {
    if (name == lower(r.name)) out.push_back(&r);
  }
  return out;
}

std::vector<const ModelEntry*> Catalog::models() const {
  std::vector<const ModelEntry*> out;
  for (const ModelEntry& m : parsed(parts_->releases, catalog::read_releases, *parts_, "releases/").models)
    out.push_back(&m);
  return out;
}

std::vector<const TrainingRepository*> Catalog::training_repository(std::string_view github) const {
  std::vector<const TrainingRepository*> out;
  for (const TrainingRepository& r :
       parsed(parts_->training, catalog::read_training, *parts_, "training_repositories.json")) {
    if (text::equal_ignoring_case(r.github, github)) out.push_back(&r);
  }
  return out;
}

std::vector<const TrainingRepository*> Catalog::training_of(std::string_view model) const {
  std::vector<const TrainingRepository*> out;
  const std::size_t slash = model.find('/');
  if (slash == std::string_view::npos) return out;
  const std::string_view owner = model.substr(0, slash);
  const bool known = organization(owner) != nullptr;  // or it has one name only
  const std::string name = lower(model.substr(slash + 1));
  for (const TrainingRepository& r :
       parsed(parts_->training, catalog::read_training, *parts_, "training_repositories.json")) {
    if (!known && !text::equal_ignoring_case(owner, r.hub_org)) continue;
    const bool named = r.trains && std::any_of(r.models.begin(), r.models.end(),
                                               [&](const std::string& p) { return text::glob(p, name); });
    if (named && same_publisher(owner, r.hub_org)) out.push_back(&r);
  }
  return out;
}

std::string Catalog::file(std::string_view name) const {
  auto documents = parts_->documents(name);
  return documents.empty() ? std::string() : std::move(documents.back().text);
}

const std::vector<ModelFamily>& Catalog::families() const {
  return parsed(parts_->families, catalog::read_families, *parts_, "families.json");
}

const WeightWords& Catalog::weight_words() const {
  return parsed(parts_->weights, catalog::read_weights, *parts_, "weights.json");
}

const TrainingWords& Catalog::training_words() const {
  return parsed(parts_->training_words, catalog::read_training_words, *parts_, "training.json");
}

const Hardware& Catalog::hardware() const {
  return parsed(parts_->hardware, catalog::read_hardware, *parts_, "hardware.json");
}

const RuleText* Catalog::rule(std::string_view id) const {
  const auto& rules = parsed(parts_->rules, catalog::read_rules, *parts_, "rules.json");
  const auto found = rules.find(id);
  return found == rules.end() ? nullptr : &found->second;
}

std::string Catalog::digest() const {
  std::string all;
  for (const catalog::EmbeddedFile& file : catalog::embedded_files()) {
    all += fmt::format("{}\n", file.name);
    all += file.text();
  }
  for (const CatalogFile& file : parts_->overlays) all += fmt::format("{}\n{}", file.name, file.text);
  return text::sha256(all);
}

std::string Catalog::as_of() const {
  // Every file of data/ opens with its date: the latest one is the catalog's.
  std::string latest;
  for (const catalog::EmbeddedFile& file : catalog::embedded_files()) {
    constexpr std::string_view kKey = "\"as_of\": \"";
    const std::string head = file.pieces.empty() ? std::string() : std::string(file.pieces[0].substr(0, 64));
    const auto at = head.find(kKey);
    if (at != std::string::npos) latest = std::max(latest, head.substr(at + kKey.size(), 10));
  }
  return latest;
}

}  // namespace howopen
