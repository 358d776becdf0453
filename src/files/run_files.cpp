// python assets/logo.png in a script  ->  assets/logo.png is read as Python
//
// A path is looked for beside the file that runs it, then in the folders above it; of an absolute one, or one
// that begins with a variable, its end is looked for.

#include "files/run_files.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "text/ascii.h"

namespace howopen::files {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostPrograms = 2'000;
constexpr std::size_t kMostSteps = 16;  // of a path
constexpr std::size_t kMostOfProgram = 4u << 20;

// $HERE/x.dat, ${HERE}/x.dat, /app/x.dat: what may be a path of the tree.
std::vector<std::string> ends_of(std::string path) {
  std::replace(path.begin(), path.end(), '\\', '/');
  std::vector<std::string> out;
  const bool open = path.front() == '/' || path.front() == '$' || path.front() == '~' ||
                    path.front() == '%' || path.front() == '{';
  if (!open) out.push_back(path);
  for (std::size_t at = open ? path.find('/') : std::string::npos;
       at != std::string::npos && at + 1 < path.size() && out.size() < kMostSteps;
       at = path.find('/', at + 1))
    out.push_back(path.substr(at + 1));
  return out;
}

// Where it may be, the nearest first.
std::vector<std::string> places_of(const RunFile& run) {
  std::vector<std::string> out;
  for (const std::string& end : ends_of(run.path)) {
    std::string folder(text::folder_of(run.file));
    for (std::size_t n = 0; n < kMostSteps; ++n) {
      std::string path = (fs::path(folder) / end).lexically_normal().generic_string();
      if (!path.starts_with("..") && path != "." && path.find('$') == std::string::npos)
        out.push_back(std::move(path));
      if (folder.empty()) break;
      folder = std::string(text::folder_of(folder));
    }
  }
  return out;
}

}  // namespace

std::vector<Scanned> scan_run_files(const Handle& root, Scanned& scanned,
                                    const std::function<bool(const std::string&)>& allowed) {
  std::vector<Scanned> out;
  std::vector<RunFile> todo = std::move(scanned.runs);
  scanned.runs.clear();
  std::set<std::pair<std::string, std::string>> known;
  std::set<std::tuple<std::string, int, int>> read;
  for (std::size_t i = 0; i < todo.size() && i < kMostPrograms; ++i) {
    const RunFile run = todo[i];
    for (const std::string& path : places_of(run)) {
      std::string name;
      const Handle folder = open_parent(root, path, name);
      std::uint64_t size = 0;
      const auto bytes = folder.good() ? read_regular(folder.get(), name.c_str(), kMostOfProgram, false, size)
                                       : std::nullopt;
      if (!bytes) continue;
      if (!allowed(path)) break;
      read.emplace(run.file, run.line, run.column);
      if (!known.emplace(path, run.as).second) break;
      Scanned one;
      if (size > kMostOfProgram)
        one.skipped.push_back({path, "run as a program, and larger than 4 MiB"});
      else if (!is_readable_text(run.as, *bytes))
        one.skipped.push_back({path, "run as a program, and no text"});
      else
        one = scan_file_as(path, run.as, *bytes);
      todo.insert(todo.end(), one.runs.begin(), one.runs.end());
      one.runs.clear();
      one.files = 0;  // counted under its own name, or of a kind that is not read
      out.push_back(std::move(one));
      break;
    }
  }
  const auto settled = [&](const Unresolved& u) { return read.contains({u.file, u.line, u.column}); };
  std::erase_if(scanned.unresolved, settled);
  for (Scanned& one : out) std::erase_if(one.unresolved, settled);
  if (todo.size() > kMostPrograms) {
    Scanned rest;
    rest.skipped.push_back({"", "more files that are run than are read"});
    out.push_back(std::move(rest));
  }
  return out;
}

}  // namespace howopen::files
