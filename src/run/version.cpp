// What a report of an error has to name.
//
//   version(false)  ->  howopen 0.1.0
//   version(true)   ->  the same, commit 1a2b3c4d5e6f, catalog 2026-11-24 and its digest, index, libraries

#include "run/version.h"

#include <fmt/format.h>

#include "catalog/embedded.h"
#include "fetch/transport.h"
#include "howopen/catalog.h"

namespace howopen::run {
namespace {

// `… from SPDX license list after 3.28.0 (e4c1f276, 2026-07-16)`, in the head of the index.
std::string index_version() {
  for (const catalog::EmbeddedFile& file : catalog::embedded_files()) {
    if (file.name != "license_index.txt" || file.pieces.empty()) continue;
    const std::string_view head = file.pieces.front();
    const std::size_t at = head.find(" from ");
    if (at != std::string_view::npos) return std::string(head.substr(at + 6, head.find('\n', at) - at - 6));
  }
  return "unknown";
}

}  // namespace

std::string version(bool at_length) {
  std::string out = "howopen " HOWOPEN_VERSION "\n";
  if (!at_length) return out;
  out += "commit     " HOWOPEN_COMMIT "\n";
  if (const auto catalog = Catalog::load({}))
    out += fmt::format("catalog    {}, SHA-256 {}\n", catalog->as_of(), catalog->digest());
  out += fmt::format("licenses   {}\n", index_version());
  out += fmt::format("libraries  {}; " HOWOPEN_LIBRARIES "\n", fetch::libraries());
  return out;
}

std::string build() {
  return HOWOPEN_VERSION " " HOWOPEN_COMMIT;
}

}  // namespace howopen::run
