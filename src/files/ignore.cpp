// .gitignore, as git reads it.
//
//   "build/\n!keep.py\n/top/*.log"  ->  folders named build anywhere; not keep.py; logs in top at this place

#include "files/ignore.h"

#include <algorithm>
#include <array>

#include "text/glob.h"

namespace howopen::files {
namespace {

// A tree may not make the walk slow with lines: those beyond are not read.
constexpr std::size_t kMostLines = 2'000;
constexpr std::size_t kLongestLine = 512;

}  // namespace

bool passed_over(std::string_view folder) {
  constexpr std::array<std::string_view, 22> kNames = {".git",          ".hg",
                                                       ".svn",          ".venv",
                                                       "venv",          "node_modules",
                                                       "__pycache__",   ".mypy_cache",
                                                       ".pytest_cache", ".ruff_cache",
                                                       ".tox",          ".nox",
                                                       "site-packages", "bower_components",
                                                       ".terraform",    ".gradle",
                                                       ".next",         ".nuxt",
                                                       ".yarn",         ".pnpm-store",
                                                       ".eggs",         ".ipynb_checkpoints"};
  return std::find(kNames.begin(), kNames.end(), folder) != kNames.end();
}

void Ignore::enter(std::string_view folder, std::string_view content) {
  for (std::size_t i = 0; i < content.size();) {
    const std::size_t end = std::min(content.find('\n', i), content.size());
    std::string_view line = content.substr(i, end - i);
    i = end + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    while (line.ends_with(' ') && !line.ends_with("\\ ")) line.remove_suffix(1);
    if (line.empty() || line[0] == '#' || line.size() > kLongestLine) continue;
    if (lines_.size() >= kMostLines) {
      full_ = true;
      return;
    }
    Line out;
    if (line[0] == '!') {
      out.negated = true;
      line.remove_prefix(1);
    }
    if (line.ends_with('/')) {
      out.folders_only = true;
      line.remove_suffix(1);
    }
    if (line.empty()) continue;
    out.whole = line.find('/') != std::string_view::npos;
    if (line[0] == '/') line.remove_prefix(1);
    out.base = folder.empty() ? std::string() : std::string(folder) + "/";
    out.pattern = line;
    out.plain = line.find_first_of("*?[\\") == std::string_view::npos;
    lines_.push_back(std::move(out));
  }
}

bool Ignore::ignores(std::string_view path, bool folder) const {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  for (std::size_t i = lines_.size(); i-- > 0;) {
    const Line& l = lines_[i];
    if (l.folders_only && !folder) continue;
    const std::string_view what = l.whole ? path.substr(l.base.size()) : name;
    if (l.plain ? l.pattern == what : text::path_glob(l.pattern, what)) return !l.negated;
  }
  return false;
}

}  // namespace howopen::files
