// data/releases/*.json: the published models among them.
//
//   {"ids": ["org/a", "org/b"], "license": {"tags": ["mit"]}, …}  ->  one ModelEntry, found by either id

#include <fmt/format.h>

#include <algorithm>

#include "catalog/documents.h"
#include "catalog/parts.h"
#include "text/glob.h"
#include "text/object.h"
#include "text/utf8.h"

namespace howopen::catalog {
namespace {

using text::Json;
using text::ObjectReader;

template <class F>
void each(ObjectReader& parent, std::string_view key, F read) {
  const Json& list = parent.array(key);
  for (std::size_t i = 0; i < list.items().size(); ++i) {
    ObjectReader entry(list.items()[i], fmt::format("{}[{}]", parent.place_of(key), i));
    read(entry);
    if (auto e = entry.done()) {
      parent.take(Result<bool>(tl::unexpected<Error>(std::move(*e))));
      return;
    }
  }
}

std::map<std::string, std::string> texts_of(ObjectReader& parent) {
  std::map<std::string, std::string> out;
  const Json& object = parent.object("texts");
  if (!object.is_object()) return out;
  ObjectReader texts(object, parent.place_of("texts"));
  for (const auto& [path, id] : object.members()) out[path] = texts.string(path);
  return out;
}

std::vector<CuratedStatement> statements_of(ObjectReader& parent) {
  std::vector<CuratedStatement> out;
  each(parent, "says", [&](ObjectReader& s) {
    out.push_back({s.required_string("scope"), s.required_string("license"), s.string("where")});
  });
  return out;
}

// `"14.8 trillion tokens"` or {"what": …, "where": …}.
std::vector<CuratedPlace> places_of(ObjectReader& parent, std::string_view key) {
  std::vector<CuratedPlace> out;
  for (const Json& one : parent.array(key).items()) {
    if (const auto s = one.string())
      out.push_back({std::string(*s), ""});
    else
      out.push_back({std::string(one["what"].string_or("")), std::string(one["where"].string_or(""))});
    if (out.back().what.empty()) parent.wrong(key, "not a text, nor an object with `what` and `where`");
  }
  return out;
}

void read_license(ObjectReader& entry, ModelEntry& out) {
  const Json& object = entry.object("license");
  if (!object.is_object()) return;
  ObjectReader license(object, entry.place_of("license"));
  out.tags = license.strings("tags");
  out.license_name = license.string("name");
  out.dangling = license.string("dangling");
  out.gate_text = license.string("gate");
  out.texts = texts_of(license);
  out.says = statements_of(license);
  if (auto e = license.done()) entry.take(Result<bool>(tl::unexpected<Error>(std::move(*e))));
}

}  // namespace

void read_model(ObjectReader& entry, const std::string& vendor, std::vector<ModelEntry>& out) {
  ModelEntry m;
  m.vendor = vendor;
  m.ids = entry.strings("ids");
  if (m.ids.empty()) entry.wrong("ids", "no id");
  m.title = entry.required_string("title");
  m.released = entry.string("released");
  if (const std::string gate = entry.string("gate"); !gate.empty()) m.gate = gate;
  if (const std::string format = entry.string("format"); !format.empty()) m.format = format;
  m.files = entry.integer("files", -1);
  m.present = entry.integer("present", -1);
  m.adapter = entry.boolean("adapter");
  m.parameters = entry.integer("parameters", -1);
  m.bytes = entry.integer("bytes", -1);
  m.quantization = entry.string("quantization");
  m.type = entry.string("type");
  if (const Json& config = entry.object("config"); config.is_object())
    m.config = text::write_json(config, false);
  m.loads = entry.strings("loads");
  m.remote = entry.strings("remote");
  m.scripts = entry.strings("scripts");
  read_license(entry, m);
  each(entry, "from", [&](ObjectReader& o) {
    m.origins.push_back({o.required_string("id"), o.string("relation"), o.string("where")});
  });
  each(entry, "github", [&](ObjectReader& g) {
    CuratedRepository r;
    r.id = g.required_string("id");
    r.texts = texts_of(g);
    r.says = statements_of(g);
    r.entries = g.strings("entries");
    r.configurations = g.strings("configurations");
    r.recipes = g.strings("recipes");
    r.scripts = g.strings("scripts");
    m.github.push_back(std::move(r));
  });
  each(entry, "datasets", [&](ObjectReader& d) {
    CuratedDataset s;
    s.id = d.required_string("id");
    s.role = d.string("role");
    if (const std::string state = d.string("state"); !state.empty()) s.state = state;
    s.declared = d.boolean("declared");
    s.license = d.string("license");
    s.where = d.string("where");
    m.datasets.push_back(std::move(s));
  });
  m.data = places_of(entry, "data");
  m.data_reason = entry.string("data_reason");
  m.data_withheld = entry.string("data_withheld");
  m.code_searched = entry.boolean("code_searched");
  m.claims = places_of(entry, "claims");
  m.source = entry.required_string("source");
  m.as_of = entry.required_string("as_of");
  out.push_back(std::move(m));
}

Result<TrainingSummaries> read_training_summaries(const std::vector<CatalogFile>& documents) {
  TrainingSummaries out;
  TRY([[maybe_unused]] const bool read, each_document(documents, [&](ObjectReader& document) {
        const std::string as_of = document.string("as_of");
        const auto append = [&](const char* key, std::vector<std::string>& list) {
          for (std::string& s : document.strings(key)) list.push_back(std::move(s));
        };
        append("names", out.names);
        append("titles", out.titles);
        each_entry(document, "sections", [&](ObjectReader& entry) {
          out.sections.push_back(
              {entry.required_string("number"), entry.required_string("title"), entry.strings("words")});
        });
        each_entry(document, "places", [&](ObjectReader& entry) {
          out.places.push_back({entry.strings("models"), entry.required_string("url"),
                                entry.required_string("source"), as_of});
          entry.any("example");
        });
      }));
  return out;
}

}  // namespace howopen::catalog

namespace howopen {

const TrainingSummaries& Catalog::training_summaries() const {
  return catalog::parsed(parts_->training_summaries, catalog::read_training_summaries, *parts_,
                         "training_summaries.json");
}

std::vector<TrainingSummaries::Place> Catalog::summary_places(std::string_view model) const {
  std::vector<TrainingSummaries::Place> out;
  const std::string id = text::lower(model);
  for (const TrainingSummaries::Place& p : training_summaries().places) {
    if (std::any_of(p.models.begin(), p.models.end(),
                    [&](const std::string& m) { return text::glob(m, id); }))
      out.push_back(p);
  }
  return out;
}

const ReferenceTable& Catalog::reference() const {
  return catalog::parsed(parts_->reference, catalog::read_reference, *parts_, "reference.json");
}

std::string Catalog::reference_status(std::string_view component) const {
  for (const ReferenceTable::Row& row : reference().rows) {
    if (row.component == component) return row.status;
  }
  return {};
}

}  // namespace howopen
