// Exact identification by the digest of a text's words. The digests (data/license_digests.json) are made by
// tools/license_digests from reference texts that are not in this repository.
//
//   identify("The MIT License (MIT)\n\nCopyright …")  ->  exact, MIT, 1.0

#include "license/identify.h"

#include <algorithm>

#include "license/tokens.h"
#include "text/utf8.h"

namespace howopen::license {

Title title_of(std::string_view text, const Catalog& catalog) {
  const std::size_t start = text.find_first_not_of(" \t\r\n#=*");
  if (start == std::string_view::npos) return {};
  const std::string_view line = text.substr(start, text.find('\n', start) - start);
  if (line.size() > 100) return {};
  const std::vector<std::string> in_line = words(line);
  std::string name;
  for (const std::string& w : in_line) name += (name.empty() ? "" : " ") + w;
  // "The MIT License (MIT)" and "MIT License" are titles of MIT.
  for (std::string candidate : {name, name.starts_with("the ") ? name.substr(4) : name}) {
    for (int round = 0; round < 2; ++round) {
      const LicenseEntry* entry = catalog.license_named(candidate);
      if (entry != nullptr && !entry->family) return {in_line.size(), entry};
      const auto last = candidate.rfind(' ');
      if (last == std::string::npos) break;
      candidate.resize(last);
    }
  }
  return {};
}

Identified identify(std::string_view text, const Catalog& catalog) {
  const std::vector<std::string> all = words(text);
  if (all.empty()) return {Match::none, {}, 0};
  std::vector<std::string> ids = catalog.license_of_digest(digest_of(all));
  if (ids.empty()) {
    const Title title = title_of(text, catalog);
    if (title.license != nullptr && title.words < all.size()) {
      ids = catalog.license_of_digest(digest_of(all, title.words));
      // A title that names another license than the text is no title of it.
      if (std::find(ids.begin(), ids.end(), title.license->id) == ids.end()) ids.clear();
    }
  }
  if (ids.empty()) return {Match::unknown, {}, 0};
  return {Match::exact, {ids.front()}, 1};
}

}  // namespace howopen::license
