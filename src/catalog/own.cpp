// What a user adds to the catalog, and what other rooms make of it.
//
//   texts/LicenseRef-Acme-1.0.txt  ->  {"LicenseRef-Acme-1.0", "…"}

#include <algorithm>

#include "catalog/parts.h"
#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen {
namespace catalog {

bool own_id(std::string_view id) {
  constexpr std::string_view kPrefix = "LicenseRef-";
  constexpr std::size_t kLongest = 100;
  return id.starts_with(kPrefix) && id.size() > kPrefix.size() && id.size() <= kLongest &&
         std::all_of(id.begin(), id.end(), [](char c) { return text::is_alnum(c) || c == '-' || c == '.'; });
}

Result<std::vector<OwnText>> read_texts(const std::vector<CatalogFile>& documents) {
  std::vector<OwnText> out;
  for (const CatalogFile& file : documents) {
    std::string_view name = file.name;
    name.remove_prefix(std::min(name.size(), name.rfind('/') + 1));
    if (name.ends_with(".txt")) name.remove_suffix(4);
    if (!own_id(name))
      return fail(Fault::usage, "a license text that is not named after its license", file.where,
                  "name it texts/LicenseRef-NAME.txt");
    if (text::trim(file.text).empty())
      return fail(Fault::usage, "a license text that is empty", file.where,
                  "remove it, or write the text into it");
    out.push_back({std::string(name), file.text});
  }
  return out;
}

}  // namespace catalog

bool Catalog::has_own_texts() const {
  return std::any_of(parts_->overlays.begin(), parts_->overlays.end(),
                     [](const CatalogFile& file) { return file.name.starts_with("texts/"); });
}

std::vector<OwnText> Catalog::own_texts() const {
  // load() has read them once.
  return catalog::read_texts(parts_->documents("texts/")).value_or(std::vector<OwnText>());
}

const void* Catalog::made(Product product, Make make) const {
  auto& kept = parts_->made[static_cast<std::size_t>(product)];
  if (!kept) kept = make(*this);
  return kept.get();
}

}  // namespace howopen
