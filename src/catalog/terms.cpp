// Terms of licenses as values, uses of models, terms of data sets: JSON documents -> parts of the catalog.
//
//   "terms": {"thresholds": [{"of": "monthly-active-users", "more_than": 700000000, "then": "ask",
//             "clause": "s.2"}]}  ->  LicenseTerms with one Threshold

#include <fmt/format.h>

#include <algorithm>

#include "catalog/documents.h"
#include "catalog/parts.h"
#include "text/utf8.h"

namespace howopen::catalog {
namespace {

std::vector<Purpose> purposes(ObjectReader& from, std::string_view key) {
  std::vector<Purpose> out;
  for (const std::string& name : from.strings(key)) {
    if (name == "any") {
      for (std::size_t i = 0; i < kPurposes; ++i) out.push_back(static_cast<Purpose>(i));
    } else if (const auto use = from_word<Purpose>(name)) {
      out.push_back(*use);
    } else {
      from.wrong(key, fmt::format("no use of this name: {}", name));
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

void read_thresholds(ObjectReader& terms, LicenseTerms& out) {
  each_entry(terms, "thresholds", [&](ObjectReader& entry) {
    Threshold t;
    t.of = entry.required_string("of");
    t.more_than = entry.integer("more_than", -1);
    t.at_least = entry.integer("at_least", -1);
    t.currency = entry.string("currency");
    t.counted = entry.string("counted");
    t.then = entry.required_string("then");
    t.words = entry.string("words");
    t.when = purposes(entry, "when");
    t.clause = entry.required_string("clause");
    if ((t.more_than < 0) == (t.at_least < 0)) entry.wrong("more_than", "one of more_than and at_least");
    out.thresholds.push_back(std::move(t));
  });
}

}  // namespace

void read_duties(ObjectReader& terms, LicenseTerms& out) {
  each_entry(terms, "duties", [&](ObjectReader& entry) {
    Duty d;
    d.duty = entry.required_string("duty");
    d.when = purposes(entry, "when");
    d.words = entry.string("words");
    d.clause = out.read ? entry.required_string("clause") : "";
    out.duties.push_back(std::move(d));
  });
}

LicenseTerms read_terms(ObjectReader& license) {
  LicenseTerms out;
  if (!license.has("terms")) return out;
  ObjectReader terms(license.object("terms"), license.place_of("terms"));
  out.read = true;
  read_thresholds(terms, out);
  each_entry(terms, "territory", [&](ObjectReader& entry) {
    out.territory.push_back({entry.strings("out"), entry.strings("only"), entry.string("for"),
                             entry.string("words"), entry.required_string("clause")});
  });
  each_entry(terms, "fields", [&](ObjectReader& entry) {
    out.fields.push_back({entry.required_string("kind"), entry.string("words"),
                          entry.required_string("clause"), entry.boolean("partly"),
                          entry.boolean("unclear")});
  });
  read_duties(terms, out);
  each_entry(terms, "parties", [&](ObjectReader& entry) {
    Party p;
    p.who = entry.required_string("who");
    p.when = purposes(entry, "when");
    p.answer = entry.word("answer", Permission::ask);
    p.clause = entry.required_string("clause");
    out.parties.push_back(std::move(p));
  });
  for (const auto& [name, value] : terms.object("uses").members()) {
    const auto use = from_word<Purpose>(name);
    if (!use) {
      terms.wrong("uses", fmt::format("no use of this name: {}", name));
      continue;
    }
    ObjectReader entry(value, fmt::format("{}.{}", terms.place_of("uses"), name));
    UseTerm term;
    term.answer = entry.word("answer", Permission::ask);
    term.clause = entry.required_string("clause");
    out.uses[*use] = std::move(term);
    if (auto e = entry.done()) terms.take(Result<bool>(broken(*e)));
  }
  if (auto e = terms.done()) license.take(Result<bool>(broken(*e)));
  return out;
}

Result<Uses> read_uses(const std::vector<CatalogFile>& documents) {
  Uses out;
  out.rows.resize(kPurposes);
  TRY([[maybe_unused]] const bool read, each_document(documents, [&](ObjectReader& document) {
        each_entry(document, "uses", [&](ObjectReader& entry) {
          Uses::Row row;
          row.use = entry.word("use", Purpose::research);
          row.words = entry.required_string("words");
          row.title = entry.required_string("short");
          row.needs = entry.strings("needs");
          row.earns = entry.boolean("earns");
          row.passes_on = entry.boolean("passes_on");
          row.usual = entry.boolean("usual");
          out.rows[static_cast<std::size_t>(row.use)] = row;
        });
        each_entry(document, "duties", [&](ObjectReader& entry) {
          out.duties[entry.required_string("duty")] = {entry.required_string("words"),
                                                       entry.boolean("aside")};
        });
        each_entry(document, "fields", [&](ObjectReader& entry) {
          out.fields[entry.required_string("field")] = entry.strings("kinds");
        });
        for (std::string& kind : document.strings("purposes")) out.purposes.push_back(std::move(kind));
        each_entry(document, "regions", [&](ObjectReader& entry) {
          out.regions[entry.required_string("region")] = entry.strings("countries");
        });
        each_entry(document, "modalities", [&](ObjectReader& entry) {
          out.modalities.push_back(
              {entry.required_string("modality"), entry.strings("tasks"), entry.strings("model_types")});
        });
      }));
  return out;
}

Result<Catalog::Parts::DataTerms> read_dataset_terms(const std::vector<CatalogFile>& documents) {
  Catalog::Parts::DataTerms out;
  TRY([[maybe_unused]] const bool read, each_document(documents, [&](ObjectReader& document) {
        const std::string as_of = document.string("as_of");
        each_entry(document, "datasets", [&](ObjectReader& entry) {
          DatasetTerms row;
          row.ids = entry.strings("ids");
          row.names = entry.strings("names");
          row.license = entry.string("license");
          row.teacher = entry.string("teacher");
          row.note = entry.string("note");
          row.source = entry.required_string("source");
          row.as_of = as_of;
          out.sets.push_back(std::move(row));
        });
        each_entry(document, "teachers", [&](ObjectReader& entry) {
          Teacher t;
          t.name = entry.required_string("teacher");
          t.names = entry.strings("names");
          t.outputs = entry.required_string("outputs");
          t.clause = entry.required_string("clause");
          t.source = entry.required_string("source");
          t.as_of = as_of;
          out.teachers.push_back(std::move(t));
        });
      }));
  for (std::size_t i = 0; i < out.sets.size(); ++i) {
    for (const auto* names : {&out.sets[i].ids, &out.sets[i].names}) {
      for (const std::string& name : *names) out.by_name[text::lower(name)] = i;
    }
  }
  return out;
}

}  // namespace howopen::catalog

namespace howopen {

const Uses& Catalog::uses() const {
  return catalog::parsed(parts_->uses, catalog::read_uses, *parts_, "uses.json");
}

const DatasetTerms* Catalog::dataset_terms(std::string_view name) const {
  const auto& rows =
      catalog::parsed(parts_->data_terms, catalog::read_dataset_terms, *parts_, "dataset_terms.json");
  const auto found = rows.by_name.find(text::lower(name));
  return found == rows.by_name.end() ? nullptr : &rows.sets[found->second];
}

const Teacher* Catalog::teacher(std::string_view name) const {
  const std::string wanted = text::lower(name);
  for (const Teacher& t : teachers()) {
    if (t.name == wanted) return &t;
  }
  return nullptr;
}

const std::vector<Teacher>& Catalog::teachers() const {
  return catalog::parsed(parts_->data_terms, catalog::read_dataset_terms, *parts_, "dataset_terms.json")
      .teachers;
}

}  // namespace howopen
