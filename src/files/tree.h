// A source tree on disk, read without trusting it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "howopen/result.h"
#include "howopen/scan.h"

namespace howopen::files {

/// Why weights are skipped that nobody knows. Those that are judged as a model are none of them.
inline constexpr std::string_view kUnnamedWeights = "weights: nothing in them says of which model";

struct ScanOptions {
  Confidence least = Confidence::medium;  ///< references below are left out
  std::vector<std::string> include;       ///< globs of paths; empty: all
  std::vector<std::string> exclude;       ///< globs of paths
  /// Paths that are not read: policy, lock and reports name models that nobody uses there.
  std::vector<std::string> own = {"howopen.toml", ".howopen.toml", ".config/howopen.toml", "howopen.lock"};
  std::string base;                        ///< put before a path for these globs, `src/`
  std::vector<std::string> ignore_models;  ///< globs of ids that are left out
  /// Names that stand for models (of Ollama, of variables): what is written -> id of the Hub.
  std::map<std::string, std::string, std::less<>> aliases;
  std::size_t most_files = 1'000'000;
  std::uint64_t most_bytes = 16ull << 30;  ///< read in all
  int most_depth = 64;                     ///< folders within folders
  /// .gitignore hides what git does not track; without git it hides nothing, unless this says so.
  bool trust_gitignore = true;
  bool weights = false;  ///< files of weights are told, whatever is in them
  int threads = -1;      ///< beside the caller's, which changes nothing but the time; -1: for all processors
};

/// Everything below `dir`, in the order of names. No symbolic link is followed, nothing but regular files is
/// opened, nothing outside is read, nothing is run. .gitignore is honored but for files that git tracks, as
/// git does; .git and folders of packages are passed over. What was left out, and whether on purpose, is in
/// `skipped`.
Result<Scanned> scan_tree(const std::string& dir, const ScanOptions& options);

/// One file that somebody named, by its path from the working directory. A file of unknown kind holds
/// nothing; a link or what cannot be read is skipped.
Scanned scan_one(const std::string& path, const ScanOptions& options);

}  // namespace howopen::files
