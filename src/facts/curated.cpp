// Facts from the release catalog: of a model that nobody can look at just now, and what a card leaves out.
//
//   entry of DeepSeek-V3: 163 files, LICENSE-MODEL  ->  a complete set, weights under the DeepSeek License,
//   each marked as curated, with the entry's source

#include "facts/curated.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "facts/names.h"
#include "facts/parts.h"
#include "text/limits.h"
#include "text/utf8.h"

namespace howopen {
namespace facts {
namespace {

std::string hub_page(std::string_view id) {
  return fmt::format("https://huggingface.co/{}", id);
}
std::string hub_file(std::string_view id, std::string_view path) {
  return fmt::format("https://huggingface.co/{}/blob/main/{}", id, path);
}
std::string github_file(std::string_view id, std::string_view path) {
  return fmt::format("https://github.com/{}/blob/main/{}", id, path);
}

class Expander {
 public:
  Expander(std::string id, const ModelEntry& entry, const Catalog& catalog)
      : id_(std::move(id)), entry_(entry), catalog_(catalog) {}

  Repository repository() const {
    Repository out;
    out.gate = from_word<AccessGate>(entry_.gate).value_or(AccessGate::none);
    return out;
  }

  Weights weights() const {
    Weights out;
    WeightSet set;
    set.format = from_word<WeightFormat>(entry_.format).value_or(WeightFormat::other);
    set.name = set.format == WeightFormat::safetensors ? "model.safetensors" : "weights";
    set.adapter = entry_.adapter;
    set.uncounted = entry_.files < 0;
    set.expected = std::max<std::int64_t>(entry_.files, 1);
    set.present = entry_.present >= 0 ? entry_.present : set.expected;
    set.bytes = entry_.bytes;
    out.sets.push_back(std::move(set));
    out.quantization = entry_.quantization;
    // Of a pipeline the count is of one of its parts, and no measure of what is loaded.
    const bool pipeline = std::any_of(entry_.loads.begin(), entry_.loads.end(),
                                      [](const std::string& s) { return s.starts_with("pipeline "); });
    if (!pipeline || entry_.bytes >= 0) out.parameters = entry_.parameters;
    if (!entry_.type.empty() && entry_.parameters > 0) out.elements[entry_.type] = entry_.parameters;
    return out;
  }

  InferenceCode inference_code() const {
    InferenceCode out;
    out.config = {true, hub_file(id_, "config.json"), Kind::curated};
    for (const std::string& what : entry_.loads) {
      const std::size_t blank = what.find(' ');
      look_up(out, what.substr(0, blank), blank == std::string::npos ? "" : what.substr(blank + 1),
              out.config.where(), catalog_);
    }
    for (const std::string& file : entry_.remote) out.remote.push_back({file, "", true, hub_file(id_, file)});
    for (const std::string& file : entry_.scripts)
      out.scripts.push_back({file, hub_file(id_, file), Kind::curated});
    for (const CuratedRepository& g : entry_.github) {
      for (const std::string& file : g.scripts)
        out.scripts.push_back({fmt::format("{} of {}", file, g.id), github_file(g.id, file), Kind::curated});
    }
    if (out.loaders.empty() && !entry_.loads.empty() && out.declared.empty()) out.declared = entry_.loads;
    return out;
  }

  License license() const {
    License out;
    for (const std::string& tag : entry_.tags)
      out.tags.push_back({tag, hub_file(id_, "README.md"), Kind::curated});
    out.name = entry_.license_name;
    if (!entry_.dangling.empty()) out.link = {Unseen::absent, entry_.dangling};
    for (const auto& [path, license] : entry_.texts)
      out.texts.push_back(text(path, license, hub_file(id_, path)));
    for (const CuratedStatement& s : entry_.says)
      out.statements.push_back(statement(s, hub_file(id_, "README.md"), "the card"));
    if (!entry_.gate_text.empty()) {
      Identified i;
      i.match = Match::recorded;
      i.licenses = {entry_.gate_text};
      out.gate_prompt = {std::move(i), hub_page(id_), Kind::curated};
    } else {
      out.gate_prompt = {Unseen::absent, hub_page(id_)};
    }
    out.card = {true, hub_file(id_, "README.md"), Kind::curated};
    return out;
  }

  std::vector<Linked> linked() const {
    std::vector<Linked> out;
    for (const CuratedRepository& g : entry_.github) {
      Linked l;
      l.id = g.id;
      l.where = hub_file(id_, "README.md");
      l.same_publisher = true;
      l.names_model = true;
      for (const auto& [path, license] : g.texts)
        l.license.texts.push_back(text(path, license, github_file(g.id, path)));
      for (const CuratedStatement& s : g.says)
        l.license.statements.push_back(statement(s, github_file(g.id, "README.md"), "the README of " + g.id));
      out.push_back(std::move(l));
    }
    return out;
  }

  TrainingCode training_code() const {
    TrainingCode out;
    // A row of general knowledge searched nothing.
    const bool looked = entry_.code_searched;
    out.searched.push_back({"the model's repository", hub_page(id_), true, Unseen::not_asked, looked, ""});
    std::set<std::string> searched;
    const auto search = [&](const std::string& github) {
      if (!searched.insert(text::lower(github)).second) return;
      std::string why = reason(github);
      const bool read = looked || !why.empty();
      out.searched.push_back({"github.com/" + github, "https://github.com/" + github, true, Unseen::not_asked,
                              read, std::move(why)});
    };
    for (const CuratedRepository& g : entry_.github) {
      search(g.id);
      for (const std::string& f : g.entries)
        out.entries.push_back(
            {{fmt::format("{} of {}", f, g.id), github_file(g.id, f), Kind::curated}, g.id});
      for (const std::string& f : g.configurations)
        out.configurations.push_back(
            {{fmt::format("{} of {}", f, g.id), github_file(g.id, f), Kind::curated}, g.id});
      for (const std::string& f : g.recipes)
        out.recipes.push_back(
            {{fmt::format("{} of {}", f, g.id), github_file(g.id, f), Kind::curated}, g.id});
    }
    for (const TrainingRepository* row : catalog_.training_of(id_)) {
      search(row->github);
      const std::string file = script_of(*row);
      const TrainingFile seen{
          {fmt::format("{} of {}: {}", file.empty() ? row->stage : file, row->github, row->why),
           file.empty() ? "https://github.com/" + row->github : github_file(row->github, file),
           Kind::curated},
          row->github};
      out.entries.push_back(seen);
      out.configurations.push_back(seen);
    }
    return out;
  }

  TrainingData training_data() const {
    TrainingData out;
    for (const CuratedDataset& d : entry_.datasets) out.datasets.push_back(dataset(d, true));
    for (const CuratedPlace& p : entry_.data)
      out.statements.push_back(
          {p.what, p.where.empty() ? hub_file(id_, "README.md") : p.where, Kind::curated});
    if (!entry_.data_reason.empty())
      out.reason = Observation{entry_.data_reason, entry_.source, Kind::curated};
    if (!entry_.data_withheld.empty())
      out.withheld = Observation{fmt::format("none of it is published ({})", entry_.data_withheld),
                                 entry_.source, Kind::curated};
    out.unrecorded = out.datasets.empty() && out.statements.empty() && !out.withheld;
    return out;
  }

  std::vector<Observation> claims() const {
    std::vector<Observation> out;
    for (const CuratedPlace& p : entry_.claims)
      out.push_back({p.what, p.where.empty() ? hub_file(id_, "README.md") : p.where, Kind::curated});
    return out;
  }

  Observation origin(const CuratedOrigin& o) const {
    return {"the release catalog", o.where.empty() ? entry_.source : o.where, Kind::curated};
  }

  static Dataset dataset(const CuratedDataset& d, bool with_record) {
    Dataset out;
    out.name = d.id;
    out.role = from_word<DatasetRole>(d.role).value_or(DatasetRole::unstated);
    out.declared = d.declared;
    out.hub_id = is_owned_id(d.id);
    out.named = {"the release catalog", d.where, Kind::curated};
    if (with_record) {
      DatasetRecord record;
      record.id = d.id;
      record.gate = d.state == "gated" ? AccessGate::manual : AccessGate::none;
      record.bytes = d.state == "empty" ? 0 : -1;
      record.license = d.license.empty() ? "unknown" : d.license;
      out.record = {record, d.where, Kind::curated};
    }
    return out;
  }

 private:
  // Of the files of a row the one that is most likely this model's: by how its name begins, then by how much
  // else of it the path holds. "" for a row without files.
  std::string script_of(const TrainingRepository& row) const {
    const std::string name = text::lower(repository_name(id_));
    std::string best;
    std::pair<std::size_t, std::size_t> most{};
    for (const std::string& file : row.files) {
      const std::string path = text::lower(file);
      std::size_t head = name.size();
      while (head > 0 && path.find(name.substr(0, head)) == std::string::npos) --head;
      std::size_t parts = 0;
      for (std::size_t at = 0; at < name.size(); at = name.find_first_of("-_", at) + 1) {
        const std::size_t end = std::min(name.find_first_of("-_", at), name.size());
        parts += path.find(name.substr(at, end - at)) != std::string::npos ? 1 : 0;
        if (end == name.size()) break;
      }
      if (best.empty() || std::pair(head, parts) > most) best = file, most = {head, parts};
    }
    return best;
  }

  // Why a repository holds no training code.
  std::string reason(const std::string& github) const {
    for (const TrainingRepository* row : catalog_.training_repository(github)) {
      if (!row->trains) return fmt::format("{}: {}", row->stage, row->why);
    }
    return {};
  }

  static LicenseText text(const std::string& path, const std::string& license, std::string where) {
    LicenseText out{path, license_file(path).value_or(Scope::everything), -1, {}};
    Identified i;
    i.match = license.empty() ? Match::unknown : Match::recorded;
    i.words = 1;
    if (!license.empty()) i.licenses = {license};
    out.identified = {std::move(i), std::move(where), Kind::curated};
    return out;
  }

  LicenseStatement statement(const CuratedStatement& s, const std::string& where,
                             const std::string& who) const {
    const Scope scope = from_word<Scope>(s.scope).value_or(Scope::everything);
    const char* what = scope == Scope::code      ? "code is"
                       : scope == Scope::weights ? "weights are"
                                                 : "code and weights are";
    return {scope,
            s.license,
            "",
            {fmt::format("{} under {}, says {}", what, catalog_.name_of(s.license), who),
             s.where.empty() ? where : s.where, Kind::curated}};
  }

  std::string id_;
  const ModelEntry& entry_;
  const Catalog& catalog_;
};

// The entry's own spelling of an id.
std::string spelt(const ModelEntry& entry, const std::string& id) {
  const auto found = std::find_if(entry.ids.begin(), entry.ids.end(),
                                  [&](const std::string& s) { return text::equal_ignoring_case(s, id); });
  return found == entry.ids.end() ? id : *found;
}

void lineage(const std::string& child, const ModelEntry& entry, int depth, const Catalog& catalog,
             std::set<std::string>& seen, Facts& out) {
  if (depth > limits::kLineageDepth) return;
  for (const CuratedOrigin& o : entry.origins) {
    if (!seen.insert(text::lower(o.id)).second) continue;
    Ancestor a;
    a.id = o.id;
    a.child = child;
    a.relation = from_word<Relation>(o.relation).value_or(Relation::unstated);
    a.named = Expander(child, entry, catalog).origin(o);
    a.depth = depth;
    a.same_publisher = catalog.same_publisher(owner(out.id), owner(o.id));
    const ModelEntry* known = catalog.model(o.id);
    if (known != nullptr)
      fill_ancestor(*known, true, catalog, a);
    else
      a.repository = {Unseen::not_asked, hub_page(o.id)};
    out.lineage.push_back(std::move(a));
    if (known != nullptr) lineage(o.id, *known, depth + 1, catalog, seen, out);
  }
}

}  // namespace

void fill_ancestor(const ModelEntry& known, bool searched, const Catalog& catalog, Ancestor& a) {
  const Expander e(a.id, known, catalog);
  a.repository = {e.repository(), hub_page(a.id), Kind::curated};
  a.license = e.license();
  a.code = e.inference_code();
  if (searched) {
    a.training_code = e.training_code();
    a.training_data = e.training_data();
  }
  if (!known.adapter) a.weights_bytes = known.bytes;
  a.weights_complete = !known.adapter && (known.present < 0 || known.present >= known.files);
}

std::vector<Parent> curated_parents(const std::string& id, const Catalog& catalog) {
  std::vector<Parent> out;
  const ModelEntry* entry = catalog.model(id);
  if (entry == nullptr) return out;
  for (const CuratedOrigin& o : entry->origins)
    out.push_back({o.id, from_word<Relation>(o.relation).value_or(Relation::unstated),
                   Expander(id, *entry, catalog).origin(o)});
  return out;
}

std::vector<Place> curated_places(const std::string& id, const Catalog& catalog) {
  std::vector<Place> out;
  if (const ModelEntry* entry = catalog.model(id)) {
    for (const CuratedRepository& g : entry->github)
      out.push_back({g.id, "release catalog, " + entry->as_of, true});
  }
  for (const TrainingRepository* row : catalog.training_of(id))
    out.push_back({row->github, "catalog of training repositories, " + row->as_of, true});
  return out;
}

std::vector<Dataset> curated_datasets(const std::string& id, const Catalog& catalog) {
  std::vector<Dataset> out;
  const ModelEntry* entry = catalog.model(id);
  if (entry == nullptr) return out;
  for (const CuratedDataset& d : entry->datasets) out.push_back(Expander::dataset(d, false));
  return out;
}

}  // namespace facts

Facts gather_model(const ModelRef& model, const ModelEntry& entry, const Catalog& catalog) {
  Facts out;
  out.ref = model.text;
  out.id = out.asked = facts::spelt(entry, model.id);
  out.from = "main";
  out.origin = Origin::built_in;
  out.as_of = entry.as_of;
  out.source = entry.source;
  const facts::Expander e(out.id, entry, catalog);
  out.repository = {e.repository(), entry.source, Kind::curated};
  out.weights = e.weights();
  out.inference_code = e.inference_code();
  out.training_code = e.training_code();
  out.training_data = e.training_data();
  if (!entry.config.empty())
    out.cache = facts::noted_cache(entry.config, facts::hub_file(out.id, "config.json"));
  out.license = e.license();
  out.linked = e.linked();
  out.claims = e.claims();
  out.api.platform = facts::platform_for(out.id, catalog);
  out.api.providers = {Unseen::not_asked, "offline"};
  std::set<std::string> seen{text::lower(out.id)};
  facts::lineage(out.id, entry, 1, catalog, seen, out);
  return out;
}

}  // namespace howopen
