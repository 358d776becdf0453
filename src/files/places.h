// Places in files as people and editors see them.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace howopen::files {

/// Lines of files, for the places that are shown; each file is read once.
class LinesOfFiles {
 public:
  /// "" for a line that is not there. Links are not followed.
  std::string_view operator()(const std::string& path, int line);

 private:
  struct File {
    std::string content;
    std::vector<std::size_t> starts;
  };
  std::map<std::string, File> files_;
};

/// A line without outer blanks, cut to what can be shown.
std::string shown_line(std::string_view line);
/// Columns of editors and of GitHub count UTF-16 units; a scan counts characters.
int utf16_column(std::string_view line, int characters);
int characters(std::string_view s);

/// A path as it is written from the working directory.
std::string from_here(const std::string& path);

/// The same path as seen from the top of the repository around the working directory, which is what those
/// read it against who show it at a line; as it is where there is no repository.
class FromRoot {
 public:
  FromRoot();
  bool moves() const { return !root_.empty(); }  ///< whether any path looks another way from there
  std::string operator()(const std::string& path) const;

 private:
  std::string here_;
  std::string root_;
};
/// `path` as it is written from `folder`, with a slash behind; nothing where it lies elsewhere.
std::optional<std::string> below(const std::string& folder, const std::string& path);

}  // namespace howopen::files
