// The files of data/ as data/embed.cmake put them into the program.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace howopen::catalog {

struct EmbeddedFile {
  std::string_view name;                     // relative to data/
  std::span<const std::string_view> pieces;  // in order

  std::string text() const {
    std::string out;
    std::size_t size = 0;
    for (const std::string_view piece : pieces) size += piece.size();
    out.reserve(size);
    for (const std::string_view piece : pieces) out += piece;
    return out;
  }
};

/// Sorted by name.
std::span<const EmbeddedFile> embedded_files();

/// The bytes of one of them; "" where there is none of that name.
inline std::string embedded_text(std::string_view name) {
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.name == name) return file.text();
  }
  return {};
}

}  // namespace howopen::catalog
