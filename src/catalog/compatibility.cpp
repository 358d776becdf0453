// Which licenses may become which.
//
//   {"ids": ["CC-BY-SA-3.0"], "into": ["CC-BY-SA-4.0"]}  ->  rows["CC-BY-SA-3.0"]

#include "catalog/documents.h"
#include "catalog/parts.h"
#include "text/object.h"

namespace howopen {
namespace catalog {

using text::ObjectReader;

Result<Compatibility> read_compatibility(const std::vector<CatalogFile>& documents) {
  Compatibility out;
  TRY([[maybe_unused]] const bool read, each_document(documents, [&](ObjectReader& document) {
        each_entry(document, "rows", [&](ObjectReader& entry) {
          Compatibility::Row row;
          row.into = entry.strings("into");
          row.ask = entry.strings("ask");
          row.beside = entry.strings("beside");
          row.not_into = entry.strings("not");
          row.permissive = entry.boolean("permissive");
          row.why = entry.required_string("why");
          for (const std::string& id : entry.strings("ids")) out.rows[id] = row;
        });
        for (std::string& id : document.strings("results-free")) out.results_free.insert(std::move(id));
        for (std::string& id : document.strings("outputs-are-derivatives"))
          out.outputs_are_derivatives.insert(std::move(id));
      }));
  return out;
}

}  // namespace catalog

const Compatibility& Catalog::compatibility() const {
  return catalog::parsed(parts_->compatibility, catalog::read_compatibility, *parts_, "compatibility.json");
}

}  // namespace howopen
