// What a walk through a tree does not read, and what may be in it all the same.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cli/handle.h"
#include "howopen/scan.h"

namespace howopen::cli {

/// Files of kinds that nobody reads here, by their endings. Pictures, sounds, libraries and their like are
/// not told.
class UnreadKinds {
 public:
  void count(std::string_view path);
  /// `3 files of kinds that are not read: .foo 2, .bar 1`; "" for none.
  std::string told() const;

 private:
  std::size_t files_ = 0;
  std::map<std::string, std::size_t, std::less<>> endings_;
};

/// The first bytes are those of GGUF or safetensors.
bool weights_by_content(std::string_view head);

/// Folders that .gitmodules names and that hold nothing.
std::vector<std::string> missing_submodules(const Handle& root);

/// `a/b` with a folder a/b beside it is that folder, as the libraries see it: unresolved.
void prefer_folders(const Handle& root, Scanned& scanned);

}  // namespace howopen::cli
