// Names are evidence of existence only: what they mean is judged elsewhere.
//
//   train.py, configs/pretrain.yaml, finetune/finetune.py, training_args.bin
//     ->  entry, configuration, recipe, trace

#include "facts/training_names.h"

#include <algorithm>

#include "facts/names.h"
#include "text/ascii.h"
#include "text/phrases.h"
#include "text/utf8.h"

namespace howopen::facts {
namespace {

using text::contains;
using text::lower;

bool any_of(const std::vector<std::string>& words, const auto& holds) {
  return words.empty() || std::any_of(words.begin(), words.end(), holds);
}

// What a repository's or a model's name says of the family: `smollm` of SmolLM3-3B-Base, `gptneox` of
// gpt-neox-20b. Sizes, versions and stages are in every name.
std::vector<std::string> family_of(std::string_view model, const TrainingWords& words) {
  const std::string publisher = plain(owner(model));
  const auto everywhere = [&](const std::string& word) {
    return std::find(words.every_model.begin(), words.every_model.end(), word) != words.every_model.end();
  };
  std::vector<std::string> parts;
  std::string part;
  for (const char c : lower(repository_name(model)) + "-") {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      part += c;
      continue;
    }
    while (!part.empty() && part.back() >= '0' && part.back() <= '9') part.pop_back();
    const bool size = part.empty() || (part[0] >= '0' && part[0] <= '9') || part.size() < 2;
    const bool version = part.size() > 1 && part[0] == 'v' && text::is_digit(part[1]);
    if (!size && !everywhere(part) && !version && part != publisher) parts.push_back(part);
    part.clear();
  }
  std::vector<std::string> out;
  if (parts.size() >= 2) out.push_back(parts[0] + parts[1]);
  if (!parts.empty() && parts[0].size() >= 3) out.push_back(parts[0]);
  return out;
}

}  // namespace

const TrainingWords::Row* training_row(std::string_view path, const std::vector<TrainingWords::Row>& rows) {
  const std::string file = lower(path);
  const std::string_view name = file_name(file);
  const std::string folders = std::string(folder(file)) + "/";
  for (const TrainingWords::Row& row : rows) {
    if (any_of(row.names, [&](std::string_view w) { return name == w; }) &&
        any_of(row.starts, [&](std::string_view w) { return name.starts_with(w); }) &&
        any_of(row.endings, [&](std::string_view w) { return name.ends_with(w); }) &&
        any_of(row.name_has, [&](std::string_view w) { return contains(name, w); }) &&
        any_of(row.path_has, [&](std::string_view w) { return contains(file, w); }) &&
        any_of(row.folder_has, [&](std::string_view w) { return contains(folders, w); }))
      return &row;
  }
  return nullptr;
}

Part part_of_training(std::string_view path, const TrainingWords& words) {
  if (path.ends_with(".safetensors")) return Part::none;  // as most files of most models
  const TrainingWords::Row* row = training_row(path, words.files);
  return row == nullptr ? Part::none : row->part;
}

std::string plain(std::string_view name) {
  std::string out;
  for (const char c : lower(name)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/') out += c;
  }
  return out;
}

namespace {

bool is_unit(std::string_view text, std::size_t at) {
  return at < text.size() && (text[at] == 'b' || text[at] == 'm') &&
         (at + 1 == text.size() || !text::is_alnum(text[at + 1]));
}

// A point between digits, or an underscore in its place: "2_5", but "2_1b" are a version and a size.
bool joins(std::string_view text, std::size_t at) {
  if (text[at] != '.' && text[at] != '_') return false;
  const std::size_t end = std::min(text.find_first_not_of("0123456789", at + 1), text.size());
  return end > at + 1 && (text[at] == '.' || !is_unit(text, end));
}

// "large" of train_large.sh; "base" says as often what a file is for.
std::vector<std::string> size_words(std::string_view path, const TrainingWords& words) {
  std::vector<std::string> out;
  std::string part;
  for (const char c : lower(path) + "/") {
    if (c >= 'a' && c <= 'z') {
      part += c;
      continue;
    }
    if (std::find(words.sizes.begin(), words.sizes.end(), part) != words.sizes.end()) out.push_back(part);
    part.clear();
  }
  return out;
}

// `v1/train.py`: a folder that is a version.
bool is_version_folder(std::string_view text, std::size_t at, std::size_t end) {
  const bool begins = at > 0 && text[at - 1] == 'v' && (at == 1 || text[at - 2] == '/');
  return begins && end < text.size() && text[end] == '/';
}

// A 1.7B is a 1B in names of files.
bool same_size(const std::string& a, const std::string& b) {
  const auto whole = [](const std::string& s) {
    return s.substr(0, s.find_first_not_of("0123456789")) + s.back();
  };
  const bool rounded = a.find('.') == std::string::npos || b.find('.') == std::string::npos;
  return a == b || (rounded && whole(a) == whole(b));
}

}  // namespace

Generation::Generation(std::string_view model, const TrainingWords& words)
    : known_(words), family_(family_of(model, words)) {
  const std::string name = lower(repository_name(model));
  read(name, version_, sizes_);
  words_ = size_words(name, known_);
}

bool Generation::other(std::string_view path) const {
  if (family_.empty()) return false;
  std::string version;
  std::vector<std::string> sizes;
  read(lower(path), version, sizes);
  if (!version.empty() && version != (version_.empty() ? "1" : version_)) return true;
  const std::vector<std::string> words = size_words(path, known_);
  if (!words_.empty() && !words.empty() &&
      std::none_of(words.begin(), words.end(), [&](const std::string& w) {
        return std::find(words_.begin(), words_.end(), w) != words_.end();
      }))
    return true;
  if (sizes.empty() || sizes_.empty()) return false;
  return std::none_of(sizes.begin(), sizes.end(), [&](const std::string& s) {
    return std::any_of(sizes_.begin(), sizes_.end(),
                       [&](const std::string& own) { return same_size(own, s); });
  });
}

// "2" of "olm-2-7b", "2.5" of "qwen2.5-7b", none of "pythia-6.9b"; "7b", "6.9b", "135m".
void Generation::read(std::string_view text, std::string& version, std::vector<std::string>& sizes) const {
  for (std::size_t at = 0; at < text.size();) {
    if (!text::is_digit(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    std::string number;
    while (end < text.size() && (text::is_digit(text[end]) || joins(text, end)))
      number += text[end] == '_' ? '.' : text[end], ++end;
    const bool unit = is_unit(text, end);
    if (unit)
      sizes.push_back(number + text[end]);
    else if (version.empty() && (end == text.size() || !text::is_alnum(text[end])) &&
             (behind_family(text.substr(0, at)) || (!version_.empty() && is_version_folder(text, at, end))))
      version = number;
    at = end;
  }
}

bool Generation::behind_family(std::string_view before) const {
  while (!before.empty() && !text::is_alnum(before.back())) before.remove_suffix(1);
  if (before.ends_with("v") && before.size() > 1 && !text::is_alnum(before[before.size() - 2]))
    before = before.substr(0, before.size() - 2);
  const std::string p = plain(before);
  return std::any_of(family_.begin(), family_.end(), [&](const std::string& f) { return p.ends_with(f); });
}

// Repositories that only run a model, by what they start.
bool starts_inference(std::string_view path, const TrainingWords& words) {
  const std::string name = lower(file_name(path));
  return name.ends_with(".py") &&
         std::any_of(words.inference.begin(), words.inference.end(),
                     [&](const std::string& head) { return name.starts_with(head); });
}

bool settings_of_a_run(std::string_view path, const TrainingWords& words) {
  const TrainingWords::Row* row = training_row(path, words.settings);
  return row != nullptr && row->part == Part::configuration;
}

std::string_view settings_in_card(std::string_view block, const TrainingWords& words) {
  const auto begins_a_line = [&](std::string_view key) {
    for (std::size_t at = 0; (at = block.find(key, at)) != std::string_view::npos; ++at)
      if (at == 0 || block[at - 1] == '\n') return true;
    return false;
  };
  for (const TrainingWords::CardSettings& row : words.card_settings)
    if (std::all_of(row.has.begin(), row.has.end(), begins_a_line)) return row.of;
  return {};
}

// Repositories for those who use a model, by their names.
bool for_users(std::string_view repository, const TrainingWords& words) {
  const std::string name = lower(repository_name(repository));
  return std::any_of(words.for_users.begin(), words.for_users.end(),
                     [&](const std::string& word) { return contains(name, word); });
}

bool for_users_path(std::string_view path, const TrainingWords& words) {
  const std::string folders = "/" + lower(folder(path)) + "/";
  return std::any_of(words.for_users_folders.begin(), words.for_users_folders.end(),
                     [&](const std::string& word) { return contains(folders, "/" + word); });
}

bool named_alike(std::string_view model, std::string_view text, const TrainingWords& words) {
  const std::vector<std::string> family = family_of(model, words);
  const std::string p = plain(text);
  return std::any_of(family.begin(), family.end(), [&](const std::string& f) { return contains(p, f); });
}

}  // namespace howopen::facts
