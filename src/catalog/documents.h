// Reading documents of data/ entry by entry.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "howopen/catalog.h"
#include "text/object.h"

namespace howopen::catalog {

using text::Json;
using text::ObjectReader;

inline tl::unexpected<Error> broken(Error e) {
  return tl::unexpected<Error>(std::move(e));
}

// Calls `read(document, reader)` for the outermost object of each document and checks that nothing in it
// was unknown.
template <class F>
Result<bool> each_document(const std::vector<CatalogFile>& documents, F read) {
  for (const CatalogFile& file : documents) {
    const auto json = text::parse_json(file.text);
    if (!json) return fail(Fault::usage, "not JSON", file.where);
    ObjectReader reader(*json, file.where);
    for (const char* common : {"as_of", "about", "source"}) reader.any(common);
    read(reader);
    if (auto e = reader.done()) return broken(*e);
  }
  return true;
}

// Calls `read(entry)` for each object of a list, and takes over its errors.
template <class F>
void each_entry(ObjectReader& parent, std::string_view key, F read) {
  const Json& list = parent.array(key);
  for (std::size_t i = 0; i < list.items().size(); ++i) {
    ObjectReader entry(list.items()[i], parent.place_of(key) + "[" + std::to_string(i) + "]");
    read(entry);
    if (auto e = entry.done()) {
      parent.take(Result<bool>(broken(*e)));
      return;
    }
  }
}

}  // namespace howopen::catalog
