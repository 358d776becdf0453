// Code and settings of the training run, as far as the repository itself shows them, and which other places
// would have to be searched. Names are evidence of existence only: what they mean is judged elsewhere.
//
//   train.py, configs/pretrain.yaml, finetune/finetune.py, training_args.bin
//     ->  entry, configuration, recipe, trace; a link to github.com/org/repo  ->  searched: not yet read

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "facts/links.h"
#include "facts/names.h"
#include "facts/parts.h"
#include "text/utf8.h"

namespace howopen::facts {
namespace {

using text::lower;

constexpr std::size_t kMostFiles = 12;

enum class Part { none, entry, configuration, recipe, trace };

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

Part part_of_training(std::string_view path) {
  const std::string file = lower(path);
  const std::string_view name = file_name(file);
  for (const std::string_view trace :
       {"training_args.bin", "trainer_state.json", "optimizer.pt", "scheduler.pt", "train_results.json",
        "all_results.json", "trainer_log.jsonl"}) {
    if (name == trace) return Part::trace;
  }
  const bool script = name.ends_with(".py") || name.ends_with(".sh") || name.ends_with(".ipynb");
  const bool settings = name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".toml") ||
                        name.ends_with(".gin") || (name.ends_with(".json") && has(name, "ds_config"));
  // Recipes for users come first: finetune_train.sh is one of them.
  if (has(file, "finetun") || has(file, "fine_tun") || has(file, "fine-tun") || has(name, "lora")) {
    return script || settings ? Part::recipe : Part::none;
  }
  const bool about_training = has(name, "train") || has(folder(file), "train");
  if (script && (about_training || name.starts_with("run_mlm") || name.starts_with("run_clm"))) {
    // Modeling code is imported for training too: modeling_x.py in train/ is not a start.
    return has(name, "test") || has(name, "eval") ? Part::none : Part::entry;
  }
  if (settings && (about_training || has(folder(file), "config"))) return Part::configuration;
  return Part::none;
}

void add(TrainingCode& out, std::string_view path, std::string what, std::string where) {
  std::vector<Sighting>* list = nullptr;
  switch (part_of_training(path)) {
    case Part::entry:
      list = &out.entries;
      break;
    case Part::configuration:
      list = &out.configurations;
      break;
    case Part::recipe:
      list = &out.recipes;
      break;
    case Part::trace:
      list = &out.traces;
      break;
    case Part::none:
      return;
  }
  if (list->size() < kMostFiles) list->push_back({std::move(what), std::move(where), Kind::file});
}

// The publisher's own repositories that the card links to; others are named and not read.
void linked(const Repo& repo, const Readings::Impl& readings, const Catalog& catalog, TrainingCode& out) {
  for (const Place& place : places_of(repo, catalog)) {
    Searched searched{"github.com/" + place.id, place.where, place.same_publisher, Unseen::not_asked, false};
    const Reading* reading = readings.find(tree_want(place.id));
    if (reading != nullptr) searched.outcome = unseen(reading->answer, reading->unreadable);
    if (const auto* tree = readings.get<GithubTree>(tree_want(place.id))) {
      searched.read = !tree->truncated;
      for (const File& file : tree->files) {
        add(out, file.path, fmt::format("{} of {}", file.path, place.id),
            fmt::format("https://github.com/{}/blob/{}/{}", place.id, tree->commit, file.path));
      }
    }
    out.searched.push_back(std::move(searched));
  }
}

}  // namespace

TrainingCode gather_training_code(const Repo& repo, const Readings::Impl& readings, const Catalog& catalog) {
  TrainingCode out;
  if (repo.info() == nullptr) return out;
  for (const File& file : repo.info()->files) add(out, file.path, file.path, repo.place(file.path));
  out.searched.push_back(
      {"the model's repository", repo.record_place(), true, Unseen::not_asked, repo.info()->listed});
  linked(repo, readings, catalog, out);
  return out;
}

}  // namespace howopen::facts
