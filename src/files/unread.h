// What a walk through a tree does not read, and what may be in it all the same.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "files/handle.h"
#include "howopen/scan.h"

namespace howopen::files {

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

inline constexpr std::size_t kWeightsHead = 512;  // bytes by which weights are known
inline constexpr std::string_view kLfsPointer = "a pointer of Git LFS: what it stands for is not here";
inline constexpr std::string_view kOtherName = "weights under a name that does not say so";
/// Why a file with these first bytes is told: it is weights, or a pointer to some; "" for others.
std::string_view weights_by_content(std::string_view path, std::string_view head);
/// A folder with these files has one that says which model its weights are.
bool is_beside_config(const std::vector<std::string>& names);
/// x.pyc without x.py: a program that nobody can read here. `beside` is sorted.
bool is_lone_bytecode(std::string_view name, const std::vector<std::string>& beside);

/// Whether a link at `path` stays within the tree, by its target as it is written.
bool leads_inside(std::string_view path, std::string_view target);

/// Folders that .gitmodules names and that hold nothing.
std::vector<std::string> missing_submodules(const Handle& root);

/// `a/b` with a folder a/b beside it is that folder, as the libraries see it: unresolved.
void prefer_folders(const Handle& root, Scanned& scanned);

}  // namespace howopen::files
