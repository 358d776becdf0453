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
constexpr std::size_t kMostPlaces = 12;

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

void searched_links(const Repo& repo, const Catalog& catalog, TrainingCode& out) {
  const Card* card = repo.card();
  if (card == nullptr) return;
  std::set<std::string> seen;
  for (const text::Link& link : card->text.links) {
    const auto github = github_link(link.url);
    if (!github || out.searched.size() >= kMostPlaces) continue;
    const std::string what = fmt::format("github.com/{}/{}", github->owner, github->name);
    if (!seen.insert(lower(what)).second) continue;
    Searched place;
    place.what = what;
    place.where = repo.place("README.md", link.line);
    place.same_publisher = catalog.same_publisher(owner(repo.id()), github->owner);
    out.searched.push_back(std::move(place));
  }
}

}  // namespace

TrainingCode gather_training_code(const Repo& repo, const Catalog& catalog) {
  TrainingCode out;
  if (repo.info() == nullptr) return out;
  for (const File& file : repo.info()->files) {
    std::vector<Sighting>* list = nullptr;
    switch (part_of_training(file.path)) {
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
        break;
    }
    if (list != nullptr && list->size() < kMostFiles)
      list->push_back({file.path, repo.place(file.path), Kind::file});
  }
  out.searched.push_back(
      {"the model's repository", repo.record_place(), true, Unseen::not_asked, repo.info()->listed});
  searched_links(repo, catalog, out);
  return out;
}

}  // namespace howopen::facts
