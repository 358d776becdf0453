// What a tree itself says is no part of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace howopen::files {

/// Folders of packages of others, and what tools keep for themselves: `node_modules`, `.venv`, `.git`.
bool passed_over(std::string_view folder);

/// Lines of .gitignore files, outermost first. The last one that matches decides.
class Ignore {
 public:
  /// Adds the lines of a file in `folder` ("" at the top).
  void enter(std::string_view folder, std::string_view content);
  /// Forgets what the folders deeper than `level` files said; see depth().
  void leave(std::size_t size) { lines_.resize(size); }
  std::size_t size() const { return lines_.size(); }
  bool full() const { return full_; }
  bool ignores(std::string_view path, bool folder) const;

 private:
  struct Line {
    std::string base;  // folder of the file, with a slash behind, or ""
    std::string pattern;
    bool negated = false;
    bool folders_only = false;
    bool whole = false;  // about the path below base, else about any name
    bool plain = false;  // no wildcards
  };
  std::vector<Line> lines_;
  bool full_ = false;
};

}  // namespace howopen::files
