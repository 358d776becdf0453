// Code and settings of the training run, as far as the repository itself shows them, and which other places
// would have to be searched. Names are evidence of existence only: what they mean is judged elsewhere.
//
//   train.py, configs/pretrain.yaml, finetune/finetune.py, training_args.bin
//     ->  entry, configuration, recipe, trace; a link to github.com/org/repo  ->  searched: not yet read

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "facts/names.h"
#include "facts/parts.h"
#include "facts/training_names.h"
#include "hub/addresses.h"
#include "text/ascii.h"
#include "text/phrases.h"
#include "text/utf8.h"

namespace howopen::facts {
namespace {

using text::contains;
using text::lower;

constexpr std::size_t kMostFiles = 12;

using List = std::vector<TrainingFile> TrainingCode::*;

List list_of(Part part) {
  switch (part) {
    case Part::entry:
      return &TrainingCode::entries;
    case Part::configuration:
      return &TrainingCode::configurations;
    case Part::recipe:
      return &TrainingCode::recipes;
    case Part::trace:
      return &TrainingCode::traces;
    case Part::none:
      break;
  }
  return nullptr;
}

void add(TrainingCode& out, List list, TrainingFile file) {
  if (list != nullptr && (out.*list).size() < kMostFiles) (out.*list).push_back(std::move(file));
}

// A repository at GitHub: what the catalog says of it, else what its files and names say.
class LinkedCode {
 public:
  LinkedCode(const Repo& repo, const Place& place, const GithubTree& tree, const Catalog& catalog)
      : repo_(repo), place_(place), tree_(tree), catalog_(catalog), words_(catalog.training_words()) {}

  void into(TrainingCode& out, Searched& searched) {
    for (const TrainingRepository* row : catalog_.training_of(repo_.id())) {
      if (text::equal_ignoring_case(row->github, place_.id) && listed(*row, out)) {
        searched.why = fmt::format("{}: {}", row->stage, row->why);
        return;
      }
    }
    const auto rows = catalog_.training_repository(place_.id);
    const auto other =
        std::find_if(rows.begin(), rows.end(), [](const TrainingRepository* r) { return !r->trains; });
    if (other != rows.end()) {
      searched.why = fmt::format("{}: {} (catalog, {})", (*other)->stage, (*other)->why, (*other)->as_of);
      by_names(out, searched.why);
    } else if (for_users(place_.id, words_)) {
      searched.why = "for users of the model, by its name";
      by_names(out, searched.why);
    } else {
      by_names(out, "");
    }
  }

 private:
  // A file of the repository; `aside` says why it is no run of this model.
  TrainingFile at(std::string_view path, std::string_view aside = {}) const {
    return seen(path, path, aside);
  }
  TrainingFile seen(std::string_view path, std::string_view at, std::string_view aside = {}) const {
    return {{fmt::format("{} of {}{}{}", path, place_.id, aside.empty() ? "" : ": ", aside), where(at),
             Kind::file},
            place_.id};
  }
  std::string where(std::string_view path) const {
    return fmt::format("https://github.com/{}/blob/{}/{}", place_.id, tree_.commit, path);
  }

  // Files that the catalog names for this model, as far as they are there: start and settings of the run in
  // one.
  bool listed(const TrainingRepository& row, TrainingCode& out) const {
    bool any = false;
    for (const std::string& wanted : row.files) {
      const auto found = std::find_if(tree_.files.begin(), tree_.files.end(), [&](const File& f) {
        return f.path == wanted || (wanted.ends_with('/') && std::string_view(f.path).starts_with(wanted)) ||
               (std::string_view(f.path).starts_with(wanted) && f.path.size() > wanted.size() &&
                f.path[wanted.size()] == '/');
      });
      if (found == tree_.files.end()) continue;
      add(out, &TrainingCode::entries, seen(wanted, found->path));
      add(out, &TrainingCode::configurations, seen(wanted, found->path));
      any = true;
    }
    return any;
  }

  // Names alone: a start or settings count where family and repository or path bear the same name; else it is
  // a trainer for everybody. With a reason why nothing here counts, all of it is for users.
  void by_names(TrainingCode& out, const std::string& reason) const {
    const auto named = [&](std::string_view text) { return named_alike(repo_.id(), text, words_); };
    const bool repository_named = named(repository_name(place_.id)) || place_.for_training;
    // A repository for nothing but training: main.py starts a run there.
    const bool trainer = contains(lower(repository_name(place_.id)), "train") && reason.empty();
    const Generation generation(repo_.id(), words_);
    const bool starts_run = std::any_of(tree_.files.begin(), tree_.files.end(), [&](const File& f) {
      return part_of_training(f.path, words_) == Part::entry && !for_users_path(f.path, words_);
    });
    // Settings beside a script that generates, where nothing trains, are shapes for that script.
    const bool inference_only = !starts_run && !trainer && !place_.for_training &&
                                std::any_of(tree_.files.begin(), tree_.files.end(),
                                            [&](const File& f) { return starts_inference(f.path, words_); });
    for (const File& file : tree_.files) {
      Part part = part_of_training(file.path, words_);
      const std::string name = lower(file_name(file.path));
      if (trainer && part == Part::none && folder(file.path).empty()) {
        if (name == "main.py" || name == "run.sh" || name == "launch.sh") part = Part::entry;
        if (name.starts_with("config") &&
            (name.ends_with(".json") || name.ends_with(".yaml") || name.ends_with(".yml")))
          part = Part::configuration;
        if (name == "run.sh") add(out, &TrainingCode::configurations, at(file.path));
      }
      // pythia-12b.yml of EleutherAI/pythia, config/dspark/dspark_qwen3_4b.py: settings that bear the name.
      if (part == Part::none && repository_named && named(name) && settings_of_a_run(file.path, words_))
        part = Part::configuration;
      if (part == Part::none ||
          (part == Part::configuration && inference_only && !contains(lower(file.path), "train")))
        continue;
      if ((part == Part::entry || part == Part::configuration) && generation.other(file.path)) {
        if (part == Part::entry)
          add(out, &TrainingCode::recipes, at(file.path, "of another generation or size"));
        continue;
      }
      if (part == Part::entry || part == Part::configuration) {
        if (!reason.empty() || for_users_path(file.path, words_)) {
          if (part == Part::entry)
            add(out, &TrainingCode::recipes, at(file.path, reason.empty() ? "for users" : reason));
          continue;
        }
        if (!repository_named && !trainer && !named(file.path)) {
          if (part == Part::entry) {
            TrainingFile any = at(file.path, "a trainer, no run of this model");
            any.trainer = true;
            add(out, &TrainingCode::recipes, std::move(any));
          }
          continue;
        }
      }
      add(out, list_of(part), at(file.path));
      // A script that bears the name, or launches the run, holds the settings too.
      if (part == Part::entry &&
          (named(name) || name.ends_with(".sh") || name.ends_with(".sbatch") || name.ends_with(".slurm")))
        add(out, &TrainingCode::configurations, at(file.path));
    }
  }

  const Repo& repo_;
  const Place& place_;
  const GithubTree& tree_;
  const Catalog& catalog_;
  const TrainingWords& words_;
};

// What somebody once saw there, where nobody can look now.
void curated_code(const Repo& repo, const Place& place, const Catalog& catalog, TrainingCode& out) {
  for (const TrainingRepository* row : catalog.training_of(repo.id())) {
    if (!text::equal_ignoring_case(row->github, place.id)) continue;
    const Generation generation(repo.id(), catalog.training_words());
    for (const std::string& file : row->files) {
      if (generation.other(file)) continue;
      const std::string what = fmt::format("{} of {}, as of {}", file, place.id, row->as_of);
      add(out, &TrainingCode::entries, {{what, row->source, Kind::curated}, place.id});
      add(out, &TrainingCode::configurations, {{what, row->source, Kind::curated}, place.id});
    }
  }
}

// The publisher's own repositories that the card links to; others are named and not read.
void linked(const Repo& repo, const Readings::Impl& readings, const Catalog& catalog, TrainingCode& out) {
  for (const Place& place : places_of(repo, catalog)) {
    Searched searched{
        "github.com/" + place.id, place.where, place.same_publisher, Unseen::not_asked, false, "", false};
    const std::string name = plain(repository_name(place.id));
    const std::string own = plain(repository_name(repo.id()));
    searched.about = place.for_license || name == own ||
                     named_alike(repo.id(), name, catalog.training_words()) ||
                     (name.size() >= 3 && contains(own, name));
    const Reading* reading = readings.find(tree_want(place.id));
    if (reading != nullptr) searched.outcome = unseen(reading->answer, reading->unreadable);
    // Not asked because a quota was spent: it was wanted, and nobody knows.
    if (reading != nullptr && reading->answer.outcome == Outcome::skipped) searched.outcome = Unseen::failed;
    if (const auto* tree = readings.get<GithubTree>(tree_want(place.id))) {
      searched.read = !tree->truncated;
      LinkedCode(repo, place, *tree, catalog).into(out, searched);
    } else if (searched.outcome == Unseen::not_asked || searched.outcome == Unseen::failed) {
      curated_code(repo, place, catalog, out);
    }
    out.searched.push_back(std::move(searched));
  }
}

// Settings of a run that the card shows; those that start from this model are for users who tune it.
void settings_shown(const Repo& repo, const TrainingWords& words, TrainingCode& out) {
  const Card* card = repo.card();
  if (card == nullptr) return;
  for (const text::Block& block : card->text.blocks) {
    if (block.kind != text::Block::Kind::code) continue;
    const std::string_view of = settings_in_card(block.text, words);
    if (of.empty()) continue;
    const bool for_others = contains(lower(block.text), lower(repo.id()));
    add(out, for_others ? &TrainingCode::recipes : &TrainingCode::configurations,
        {{fmt::format("settings for {} in the card", of), repo.place("README.md", block.line), Kind::text}});
  }
}

// Trainers that anybody may use, where the card names one by a link. With settings of this model's own run
// they are its training code: nobody copies a trainer beside each model.
void named_trainer(const Repo& repo, const Catalog& catalog, TrainingCode& out) {
  const Card* card = repo.card();
  if (card == nullptr || !out.entries.empty() || out.configurations.empty()) return;
  const std::vector<std::string>& trainers = catalog.training_words().trainers;
  for (const text::Link& link : card->text.links) {
    const auto github = hub::github_link(link.url);
    // Credit to where a part of the model is from is no word about its training.
    const std::string around = link.block == text::Block::kNone
                                   ? std::string()
                                   : lower(card->text.blocks[link.block].text.substr(0, 4000));
    if (!github || !text::contains_any(around, {"train", "library", "framework"})) continue;
    if (std::find(trainers.begin(), trainers.end(), lower(github->name)) == trainers.end()) continue;
    out.entries.push_back({{github->name + ", the trainer that the card names",
                            repo.place("README.md", link.line), Kind::link}});
    return;
  }
}

}  // namespace

TrainingCode gather_training_code(const Repo& repo, const Readings::Impl& readings, const Catalog& catalog) {
  TrainingCode out;
  if (repo.info() == nullptr) return out;
  const TrainingWords& words = catalog.training_words();
  for (const File& file : repo.info()->files) {
    if (file.path.ends_with(".safetensors")) continue;  // as most files of most models
    const TrainingWords::Row* row = training_row(file.path, words.files);
    if (row == nullptr || row->part == Part::none) continue;
    if (row->part == Part::entry && out.entries.empty()) out.tunes = row->tunes;
    add(out, list_of(row->part), {{file.path, repo.place(file.path), Kind::file}});
  }
  settings_shown(repo, words, out);
  // A shell script beside the start of a run calls it, with its settings.
  for (const File& file : repo.info()->files) {
    if (out.entries.empty()) break;
    if (std::find(words.launchers.begin(), words.launchers.end(), lower(file.path)) != words.launchers.end())
      add(out, &TrainingCode::configurations, {{file.path, repo.place(file.path), Kind::file}});
  }
  out.searched.push_back({"the model's repository", repo.record_place(), true, Unseen::not_asked,
                          repo.info()->listed, "", true});
  linked(repo, readings, catalog, out);
  named_trainer(repo, catalog, out);
  return out;
}

}  // namespace howopen::facts
