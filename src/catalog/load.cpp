// JSON documents -> parts of the catalog. A document of the user replaces entries of the same name, so a
// house can add its own license or correct an entry without copying the file.
//
//   licenses.json: {"as_of": …, "licenses": [{"id": "MIT", …}]}  ->  {"MIT": LicenseEntry}

#include <fmt/format.h>

#include <algorithm>

#include "catalog/documents.h"
#include "catalog/parts.h"
#include "text/object.h"
#include "text/utf8.h"

namespace howopen::catalog {
namespace {

using text::Json;
using text::ObjectReader;

std::vector<Trait> read_traits(ObjectReader& license) {
  std::vector<Trait> out;
  const Json& traits = license.object("traits");
  for (const auto& [name, value] : traits.members()) {
    ObjectReader trait(value, fmt::format("{}.{}", license.place_of("traits"), name));
    Trait t{name, trait.required_string("value"), trait.string("clause")};
    if (t.value != "yes" && t.value != "no" && t.value != "conditional" && t.value != "unknown") {
      trait.wrong("value", "not one of yes, no, conditional, unknown");
    }
    out.push_back(std::move(t));
    if (auto e = trait.done()) license.take(Result<bool>(broken(*e)));
  }
  return out;
}

std::vector<ServedModel> read_served(ObjectReader& platform, std::string_view key) {
  std::vector<ServedModel> out;
  each_entry(platform, key, [&](ObjectReader& entry) {
    out.push_back({entry.required_string("name"), entry.strings("models"), entry.string("note")});
  });
  return out;
}

}  // namespace

Result<std::map<std::string, LicenseEntry, std::less<>>> read_licenses(
    const std::vector<CatalogFile>& documents) {
  std::map<std::string, LicenseEntry, std::less<>> out;
  TRY([[maybe_unused]] const bool read, each_document(documents, [&](ObjectReader& document) {
        each_entry(document, "licenses", [&](ObjectReader& entry) {
          LicenseEntry license;
          license.id = entry.required_string("id");
          license.name = entry.required_string("name");
          license.tags = entry.strings("tags");
          license.names = entry.strings("names");
          license.cls = entry.word("class", LicenseClass::unknown);
          license.family = entry.boolean("family");
          license.osi = entry.boolean("osi");
          license.traits = read_traits(entry);
          license.terms = read_terms(entry);
          license.source = entry.required_string("source");
          license.as_of = entry.required_string("as_of");
          entry.any("checked");
          entry.any("note");
          out[license.id] = std::move(license);
        });
      }));
  return out;
}

Result<std::map<std::string, KnownText, std::less<>>> read_blobs(const std::vector<CatalogFile>& documents) {
  std::map<std::string, KnownText, std::less<>> out;
  TRY([[maybe_unused]] const bool read, each_document(documents, [&](ObjectReader& document) {
        for (const auto& [blob, known] : document.object("blobs").members()) {
          const auto row = known.strings();  // a license alone will do
          if (row.empty() || row.size() > 2)
            document.wrong("blobs." + blob, "not a license and its sha256");
          else
            out[blob] = {std::string(row.front()), row.size() > 1 ? std::string(row.back()) : ""};
        }
      }));
  return out;
}

Result<std::vector<Catalog::Parts::LicenseGroup>> read_groups(const std::vector<CatalogFile>& documents) {
  std::vector<Catalog::Parts::LicenseGroup> out;
  TRY([[maybe_unused]] const bool read, each_document(documents, [&](ObjectReader& document) {
        const std::string as_of(document.string("as_of"));
        const auto keep = [&](ObjectReader& entry, Catalog::Parts::LicenseGroup group, bool sourced) {
          group.ids = entry.strings("ids");
          if (sourced) group.source = entry.required_string("source");
          group.as_of = as_of;
          out.push_back(std::move(group));
        };
        each_entry(document, "groups", [&](ObjectReader& entry) {
          Catalog::Parts::LicenseGroup group;
          entry.required_string("group");
          group.cls = entry.word("class", LicenseClass::unknown);
          group.traits = read_traits(entry);
          read_duties(entry, group.terms);
          keep(entry, std::move(group), true);
        });
        each_entry(document, "terms", [&](ObjectReader& entry) {
          Catalog::Parts::LicenseGroup group;
          group.terms_only = true;
          group.terms = read_terms(entry);
          keep(entry, std::move(group), true);
        });
        each_entry(document, "same_text", [&](ObjectReader& entry) {
          Catalog::Parts::LicenseGroup group;
          group.terms_only = true;
          group.same_text = entry.required_string("of");
          keep(entry, std::move(group), false);
        });
      }));
  return out;
}

void apply_groups(const std::vector<Catalog::Parts::LicenseGroup>& groups,
                  const std::map<std::string, LicenseEntry, std::less<>>& described,
                  std::map<std::string, LicenseEntry, std::less<>>& licenses) {
  for (const Catalog::Parts::LicenseGroup& group : groups) {
    for (const std::string& id : group.ids) {
      const auto at = licenses.find(text::lower(id));
      if (at == licenses.end()) continue;
      if (!group.same_text.empty()) {
        const auto of = described.find(group.same_text);
        if (of != described.end()) at->second.terms = of->second.terms;
        continue;
      }
      at->second.terms = group.terms;
      at->second.source = group.source;
      if (group.terms_only) continue;
      at->second.cls = group.cls;
      at->second.traits = group.traits;
      at->second.as_of = group.as_of;
    }
  }
}

Result<Catalog::Parts::SpdxList> read_spdx(const std::vector<CatalogFile>& documents) {
  Catalog::Parts::SpdxList out;
  for (const CatalogFile& file : documents) {
    const auto json = text::parse_json(file.text);
    if (!json) return fail(Fault::usage, "not JSON", file.where);
    const auto row = [](const Json& r, std::size_t i) {
      return i < r.items().size() ? std::string(r.items()[i].string_or("")) : std::string();
    };
    for (const char* key : {"approved", "licenses"}) {
      for (const Json& r : (*json)[key].items()) {
        LicenseEntry entry;
        entry.id = row(r, 0);
        entry.name = row(r, 1);
        entry.osi = std::string_view(key) == "approved";
        entry.cls = entry.osi ? LicenseClass::open : LicenseClass::unknown;
        entry.source = (*json)["source"].string_or("");
        entry.as_of = (*json)["as_of"].string_or("");
        out.licenses[text::lower(entry.id)] = std::move(entry);
      }
    }
    for (const Json& r : (*json)["exceptions"].items()) out.exceptions[text::lower(row(r, 0))] = row(r, 0);
  }
  return out;
}

Result<std::map<std::string, Organization, std::less<>>> read_organizations(
    const std::vector<CatalogFile>& documents) {
  std::map<std::string, Organization, std::less<>> out;
  TRY([[maybe_unused]] const bool read, each_document(documents, [&](ObjectReader& document) {
        each_entry(document, "organizations", [&](ObjectReader& entry) {
          Organization o;
          o.hub_org = entry.required_string("hub_org");
          o.former = entry.strings("former");
          o.name = entry.required_string("name");
          o.github_orgs = entry.strings("github_orgs");
          o.jurisdiction = entry.string("jurisdiction");
          o.source = entry.required_string("source");
          o.as_of = entry.required_string("as_of");
          if (entry.has("platform")) {
            ObjectReader p(entry.object("platform"), entry.place_of("platform"));
            OrganizationPlatform platform;
            platform.host = p.required_string("host");
            platform.docs = p.string("docs");
            platform.self_service = p.boolean("self_service");
            platform.served = read_served(p, "served");
            platform.withdrawn = read_served(p, "withdrawn");
            platform.as_of = p.string("as_of");
            if (auto e = p.done()) entry.take(Result<bool>(broken(*e)));
            o.platform = std::move(platform);
          }
          out[o.hub_org] = std::move(o);
        });
      }));
  return out;
}

Result<std::vector<Library>> read_libraries(const std::vector<CatalogFile>& documents) {
  std::vector<Library> out;
  TRY([[maybe_unused]] const bool read, each_document(documents, [&](ObjectReader& document) {
        each_entry(document, "libraries", [&](ObjectReader& entry) {
          Library l{entry.required_string("library"), entry.required_string("license"),
                    entry.required_string("matches"), entry.required_string("as_of"),
                    entry.strings("names"),           entry.strings("files")};
          entry.required_string("source");
          std::sort(l.names.begin(), l.names.end());
          out.push_back(std::move(l));
        });
      }));
  return out;
}

Result<Catalog::Parts::Evaluation> read_evaluation(const std::vector<CatalogFile>& documents) {
  Catalog::Parts::Evaluation out;
  TRY([[maybe_unused]] const bool read, each_document(documents, [&](ObjectReader& document) {
        for (const std::string& id : document.strings("evaluation")) out.evaluation.insert(text::lower(id));
        for (const std::string& id : document.strings("also_training"))
          out.also_training.insert(text::lower(id));
      }));
  return out;
}

Result<Catalog::Parts::Releases> read_releases(const std::vector<CatalogFile>& documents) {
  Catalog::Parts::Releases out;
  TRY([[maybe_unused]] const bool read, each_document(documents, [&](ObjectReader& document) {
        const std::string vendor = document.required_string("vendor");
        const std::string jurisdiction = document.string("jurisdiction");
        const std::string platform = document.string("platform");
        const bool self_service = document.boolean("self_service");
        each_entry(document, "models", [&](ObjectReader& entry) {
          UnreleasedModel r;
          r.vendor = vendor;
          r.jurisdiction = jurisdiction;
          r.platform = platform;
          r.self_service = self_service;
          r.name = entry.required_string("name");
          r.aliases = entry.strings("aliases");
          r.title = entry.required_string("title");
          r.license = entry.required_string("license");
          r.source = entry.required_string("source");
          r.as_of = entry.required_string("as_of");
          each_entry(entry, "members", [&](ObjectReader& member) {
            r.members.push_back(
                {member.required_string("name"), member.boolean("served"), member.string("date")});
          });
          r.covered_names = entry.strings("covers_names");
          r.covered_words = entry.strings("covers_words");
          for (const std::string& alias : r.aliases) out.closed[text::lower(alias)] = r;
          out.closed[text::lower(r.name)] = r;
        });
        each_entry(document, "repositories",
                   [&](ObjectReader& entry) { read_model(entry, vendor, out.models); });
      }));
  for (std::size_t i = 0; i < out.models.size(); ++i) {
    for (const std::string& id : out.models[i].ids) out.by_id[text::lower(id)] = i;
  }
  return out;
}

Result<Catalog::Parts::TypedNames> read_names(const std::vector<CatalogFile>& documents) {
  Catalog::Parts::TypedNames out;
  TRY([[maybe_unused]] const bool read, each_document(documents, [&](ObjectReader& document) {
        for (std::string& id : document.strings("known")) out.known.push_back(std::move(id));
        each_entry(document, "names", [&](ObjectReader& entry) {
          out.names[entry.required_string("name")] = entry.strings("ids");
        });
        each_entry(document, "ollama", [&](ObjectReader& entry) {
          const std::string name = entry.required_string("name");
          each_entry(entry, "tags", [&](ObjectReader& tag) {
            out.ollama[name][tag.required_string("tag")] = tag.required_string("id");
          });
        });
      }));
  return out;
}

Result<std::vector<ModelFamily>> read_families(const std::vector<CatalogFile>& documents) {
  std::vector<ModelFamily> out;
  TRY([[maybe_unused]] const bool read, each_document(documents, [&](ObjectReader& document) {
        const std::string as_of = document.string("as_of");
        each_entry(document, "families", [&](ObjectReader& entry) {
          ModelFamily f;
          f.name = entry.required_string("name");
          f.publishers = entry.strings("publishers");
          f.license = entry.required_string("license");
          f.names = entry.strings("names");
          f.except = entry.strings("except");
          f.said = entry.strings("said");
          f.source = entry.required_string("source");
          f.as_of = as_of;
          out.push_back(std::move(f));
        });
      }));
  return out;
}

Result<Hardware> read_hardware(const std::vector<CatalogFile>& documents) {
  Hardware out;
  TRY([[maybe_unused]] const bool read, each_document(documents, [&](ObjectReader& document) {
        Hardware h;
        h.overhead = document.real("overhead", 1);
        h.floor_bytes = document.integer("floor_bytes");
        h.usable = document.real("usable", 1);
        h.server = document.integer("server", 8);
        for (const Json& n : document.array("counts").items()) h.counts.push_back(n.integer_or(1));
        for (const auto& [key, value] : document.object("bytes_by_type").members())
          h.bytes_by_type[key] = value.real().value_or(0);
        for (const auto& [key, value] : document.object("bytes_by_quantization").members())
          h.bytes_by_quantization[key] = value.real().value_or(0);
        for (const auto& [method, types] : document.object("bytes_by_packed").members()) {
          for (const auto& [type, value] : types.members())
            h.bytes_by_packed[method][type] = value.real().value_or(0);
        }
        each_entry(document, "gpus", [&](ObjectReader& g) {
          h.gpus.push_back({g.required_string("name"), g.integer("bytes"), g.required_string("who")});
        });
        if (h.overhead < 1 || h.usable <= 0 || h.usable > 1 || h.counts.empty())
          document.wrong("overhead", "overhead, usable or counts make no sense");
        out = std::move(h);
      }));
  return out;
}

Result<WeightWords> read_weights(const std::vector<CatalogFile>& documents) {
  WeightWords out;
  TRY([[maybe_unused]] const bool read, each_document(documents, [&](ObjectReader& document) {
        each_entry(document, "helpers", [&](ObjectReader& h) {
          out.helpers.push_back({h.required_string("what"), h.boolean("loaded"), h.strings("words"),
                                 h.string("match"), h.string("other"), h.boolean("never_alone")});
        });
        for (const auto& [type, owners] : document.object("model_types").members()) {
          for (const std::string_view owner : owners.strings()) out.model_types[type].emplace_back(owner);
        }
        for (std::string& word : document.strings("parts")) out.parts.push_back(std::move(word));
        for (std::string& word : document.strings("copies")) out.copies.push_back(std::move(word));
        for (std::string& ending : document.strings("others")) out.others.push_back(std::move(ending));
      }));
  return out;
}

Result<std::vector<TrainingRepository>> read_training(const std::vector<CatalogFile>& documents) {
  std::vector<TrainingRepository> out;
  TRY([[maybe_unused]] const bool read, each_document(documents, [&](ObjectReader& document) {
        const std::string as_of = document.string("as_of");
        each_entry(document, "repositories", [&](ObjectReader& entry) {
          TrainingRepository r;
          r.github = entry.required_string("github");
          r.hub_org = entry.required_string("hub_org");
          r.trains = entry.boolean("trains");
          r.stage = entry.required_string("stage");
          r.files = entry.strings("files");
          r.models = entry.strings("models");
          r.why = entry.required_string("why");
          r.checked = entry.required_string("checked");
          r.source = entry.required_string("source");
          r.as_of = as_of;
          out.push_back(std::move(r));
        });
      }));
  return out;
}

// The rows of the last document: a table of the user's own stands for all of it.
Result<ReferenceTable> read_reference(const std::vector<CatalogFile>& documents) {
  ReferenceTable out;
  TRY([[maybe_unused]] const bool read, each_document(documents, [&](ObjectReader& document) {
        out = {document.required_string("name"), document.required_string("owner"), document.string("about"),
               document.string("source"),        document.string("as_of"),          {}};
        each_entry(document, "components", [&](ObjectReader& entry) {
          out.rows.push_back({entry.required_string("component"), entry.required_string("status"),
                              entry.required_string("says")});
        });
      }));
  return out;
}

Result<std::map<std::string, RuleText, std::less<>>> read_rules(const std::vector<CatalogFile>& documents) {
  std::map<std::string, RuleText, std::less<>> out;
  TRY([[maybe_unused]] const bool read, each_document(documents, [&](ObjectReader& document) {
        each_entry(document, "rules", [&](ObjectReader& entry) {
          RuleText r{entry.required_string("id"), entry.required_string("question"),
                     entry.required_string("why"), entry.required_string("how"), entry.string("fix")};
          entry.any("lifecycle");
          out[r.id] = std::move(r);
        });
      }));
  return out;
}

}  // namespace howopen::catalog
