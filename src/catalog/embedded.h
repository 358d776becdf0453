// The files of data/ as data/embed.cmake put them into the program.
#pragma once

#include <span>
#include <string_view>

namespace howopen::catalog {

struct EmbeddedFile {
  std::string_view name;                     // relative to data/
  std::span<const std::string_view> pieces;  // in order
};

/// Sorted by name.
std::span<const EmbeddedFile> embedded_files();

}  // namespace howopen::catalog
