// Settings of a training run that lie in a repository: which files they are, and the model that they name as
// the one the run starts from. They are read line by line: settings with tags and templates are no YAML that
// a reader of YAML takes.
//
//   axolotl.yml: base_model: acme/Foo-7B   ->  base_model, acme/Foo-7B, line 1

#include <algorithm>

#include "facts/names.h"
#include "facts/parts.h"
#include "facts/training_names.h"
#include "text/utf8.h"

namespace howopen::facts {
namespace {

constexpr std::size_t kMostStarts = 16;

// The value behind a colon, without quotes and comment.
std::string_view scalar(std::string_view rest) {
  rest = text::trim(rest);
  if (!rest.empty() && (rest.front() == '"' || rest.front() == '\'')) {
    const std::size_t close = rest.find(rest.front(), 1);
    return close == std::string_view::npos ? rest.substr(1) : rest.substr(1, close - 1);
  }
  if (rest.starts_with('#')) return {};
  for (std::size_t hash = rest.find('#'); hash != std::string_view::npos; hash = rest.find('#', hash + 1)) {
    if (rest[hash - 1] == ' ' || rest[hash - 1] == '\t') return text::trim(rest.substr(0, hash));
  }
  return rest;
}

bool has(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool says_nothing(std::string_view value) {
  const std::string low = text::lower(value);
  return low.empty() || low == "null" || low == "~" || low == "none" || low == "false" || low == "true";
}

}  // namespace

RunSettings read_run_settings(std::string_view yaml, const TrainingWords& words) {
  RunSettings out;
  // mergekit's: each model that it names is a part of the result.
  const bool merge = yaml.find("merge_method:") != std::string_view::npos ||
                     yaml.find("gate_mode:") != std::string_view::npos;
  int line = 0;
  for (std::size_t at = 0; at < yaml.size() && out.starts.size() < kMostStarts;) {
    const std::size_t end = std::min(yaml.find('\n', at), yaml.size());
    const std::string_view written = text::trim(yaml.substr(at, end - at));
    at = end + 1;
    ++line;
    const std::size_t colon = written.find(':');
    if (colon == std::string_view::npos || colon > 64) continue;
    std::string_view written_key = written.substr(0, colon);
    if (merge && written_key.starts_with("- ")) written_key = text::trim(written_key.substr(2));
    const std::string key = text::lower(scalar(written_key));
    const bool part = merge && (key == "model" || key == "source_model");
    if (!part &&
        std::find(words.starts_from.begin(), words.starts_from.end(), key) == words.starts_from.end())
      continue;
    const std::string_view value = scalar(written.substr(colon + 1)).substr(0, 300);
    if (!says_nothing(value)) out.starts.push_back({key, std::string(value), line});
  }
  return out;
}

std::vector<std::string> settings_to_read(const Repo& repo, const Catalog& catalog, std::size_t* left_out) {
  constexpr std::size_t kMostSettings = 8;
  constexpr std::int64_t kLongest = 256 * 1024;
  std::vector<std::string> out;
  if (repo.info() == nullptr) return out;
  const TrainingWords& words = catalog.training_words();
  // Files that are settings by their whole name go first.
  for (const bool named : {true, false}) {
    for (const ModelFile& file : repo.info()->files) {
      const std::string path = text::lower(file.path);
      if (!path.ends_with(".yaml") && !path.ends_with(".yml")) continue;
      const bool merge = has(words.merges, path);
      if (merge && named) out.push_back(file.path);
      const TrainingWords::Row* row = training_row(file.path, words.files);
      if (merge || row == nullptr || row->part != Part::configuration || row->names.empty() == named)
        continue;
      if (out.size() < kMostSettings && file.size <= kLongest)
        out.push_back(file.path);
      else if (left_out != nullptr)
        ++*left_out;
    }
  }
  return out;
}

}  // namespace howopen::facts
