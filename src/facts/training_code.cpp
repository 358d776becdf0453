// Code and settings of the training run, as far as the repository itself shows them, and which other places
// would have to be searched. Names are evidence of existence only: what they mean is judged elsewhere.
//
//   train.py, configs/pretrain.yaml, finetune/finetune.py, training_args.bin
//     ->  entry, configuration, recipe, trace; a link to github.com/org/repo  ->  searched: not yet read

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "facts/names.h"
#include "facts/parts.h"
#include "hub/addresses.h"
#include "text/phrases.h"
#include "text/utf8.h"

namespace howopen::facts {
namespace {

using text::lower;

constexpr std::size_t kMostFiles = 12;

enum class Part { none, entry, configuration, recipe, trace };

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// The scripts that trainers are given for a task: run_mlm.py, run_t5_mlm_flax.py,
// run_speech_recognition_ctc.py.
bool runs_a_task(std::string_view name) {
  if (!name.starts_with("run_") || !name.ends_with(".py")) return false;
  for (const std::string_view task :
       {"mlm", "clm", "plm", "speech_recognition", "summarization", "translation", "seq2seq", "glue", "squad",
        "_qa", "_ner", "classification", "hybrid_clip", "pretrain"}) {
    if (has(name, task)) return true;
  }
  return false;
}

// Those of them that begin with a model that was pre-trained elsewhere.
bool tunes(std::string_view path) {
  const std::string name = lower(file_name(path));
  if (!runs_a_task(name)) return false;
  for (const std::string_view task : {"speech_recognition", "summarization", "translation", "seq2seq", "glue",
                                      "squad", "_qa", "_ner", "classification"}) {
    if (has(name, task)) return true;
  }
  return false;
}

Part part_of_training(std::string_view path) {
  if (path.ends_with(".safetensors")) return Part::none;  // as most files of most models
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
  // What is not about training the model: its tokenizer, running it, measuring it.
  for (const std::string_view other : {"tokenizer", "infer", "eval", "test", "deploy", "serv", "export"}) {
    if (has(name, other)) return Part::none;
  }
  const bool about_training = has(name, "train") || has(folder(file), "train");
  // Modeling code is imported for training too: modeling_x.py in train/ is not a start.
  if (script && (about_training || runs_a_task(name))) return Part::entry;
  if (name == "config.cfg") return Part::configuration;  // of spaCy: all settings of the run
  if (settings && (about_training || has(folder(file), "config"))) return Part::configuration;
  return Part::none;
}

using List = std::vector<Sighting> TrainingCode::*;

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

void add(TrainingCode& out, List list, std::string what, std::string where, Kind kind = Kind::file) {
  if (list != nullptr && (out.*list).size() < kMostFiles)
    (out.*list).push_back({std::move(what), std::move(where), kind});
}

std::string plain(std::string_view name) {
  std::string out;
  for (const char c : lower(name)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/') out += c;
  }
  return out;
}

// What a repository's or a model's name says of the family: `smollm` of SmolLM3-3B-Base, `gptneox` of
// gpt-neox-20b. Sizes, versions and stages are in every name.
std::vector<std::string> family_of(std::string_view model) {
  const std::string publisher = plain(owner(model));
  static const std::set<std::string, std::less<>> kEverywhere = {
      "instruct", "chat",  "base",  "hf",     "it",      "sft",  "dpo", "rl",   "rlhf",
      "preview",  "small", "large", "xl",     "tiny",    "mini", "pro", "lite", "model",
      "llm",      "lm",    "text",  "vision", "vl",      "moe",  "fp8", "gguf", "awq",
      "gptq",     "4bit",  "8bit",  "onnx",   "distill", "open", "the"};
  std::vector<std::string> parts;
  std::string part;
  for (const char c : lower(repository_name(model)) + "-") {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      part += c;
      continue;
    }
    while (!part.empty() && part.back() >= '0' && part.back() <= '9') part.pop_back();
    const bool size = part.empty() || (part[0] >= '0' && part[0] <= '9') || part.size() < 2;
    if (!size && !kEverywhere.contains(part) && part[0] != 'v' && part != publisher) parts.push_back(part);
    part.clear();
  }
  std::vector<std::string> out;
  if (parts.size() >= 2) out.push_back(parts[0] + parts[1]);
  if (!parts.empty() && parts[0].size() >= 3) out.push_back(parts[0]);
  return out;
}

bool settings_of_a_run(std::string_view path) {
  const std::string file = lower(path);
  const std::string_view name = file_name(file);
  if (has(name, "infer") || has(name, "eval") || has(file, "finetun") || has(folder(file), "infer"))
    return false;
  return name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".toml") ||
         name.ends_with(".gin") || (has(folder(file), "config") && name.ends_with(".py"));
}

// Repositories for those who use a model, by their names.
bool for_users(std::string_view repository) {
  const std::string name = lower(repository_name(repository));
  return text::contains_any(name, {"cookbook", "recipe", "example", "finetun", "fine-tun", "quickstart",
                                   "tutorial", "eval", "bench", "demo", "inference", "agent", "awesome"});
}

bool for_users_path(std::string_view path) {
  const std::string folder_name = "/" + lower(folder(path)) + "/";
  return text::contains_any(
      folder_name, {"/example", "/demo", "/test", "/eval", "/benchmark", "/doc", "/tutorial", "/cookbook",
                    "/third_party", "/vendor", "/playground", "/tool"});
}

// A repository at GitHub: what the catalog says of it, else what its files and names say.
class LinkedCode {
 public:
  LinkedCode(const Repo& repo, const Place& place, const GithubTree& tree, const Catalog& catalog)
      : repo_(repo), place_(place), tree_(tree), catalog_(catalog) {}

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
    } else if (for_users(place_.id)) {
      searched.why = "for users of the model, by its name";
      by_names(out, searched.why);
    } else {
      by_names(out, "");
    }
  }

 private:
  std::string what(std::string_view path) const { return fmt::format("{} of {}", path, place_.id); }
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
      add(out, &TrainingCode::entries, what(wanted), where(found->path));
      add(out, &TrainingCode::configurations, what(wanted), where(found->path));
      any = true;
    }
    return any;
  }

  // Names alone: a start or settings count where family and repository or path bear the same name; else it is
  // a trainer for everybody. With a reason why nothing here counts, all of it is for users.
  void by_names(TrainingCode& out, const std::string& reason) const {
    const auto named = [&](std::string_view text) { return named_alike(repo_.id(), text); };
    const bool repository_named = named(repository_name(place_.id)) || place_.for_training;
    // A repository for nothing but training: main.py starts a run there.
    const bool trainer = has(lower(repository_name(place_.id)), "train") && reason.empty();
    for (const File& file : tree_.files) {
      Part part = part_of_training(file.path);
      const std::string name = lower(file_name(file.path));
      if (trainer && part == Part::none && folder(file.path).empty()) {
        if (name == "main.py" || name == "run.sh" || name == "launch.sh") part = Part::entry;
        if (name.starts_with("config") &&
            (name.ends_with(".json") || name.ends_with(".yaml") || name.ends_with(".yml")))
          part = Part::configuration;
        if (name == "run.sh") add(out, &TrainingCode::configurations, what(file.path), where(file.path));
      }
      // pythia-12b.yml of EleutherAI/pythia, config/dspark/dspark_qwen3_4b.py: settings that bear the name.
      if (part == Part::none && repository_named && named(name) && settings_of_a_run(file.path))
        part = Part::configuration;
      if (part == Part::none) continue;
      if (part == Part::entry || part == Part::configuration) {
        if (!reason.empty() || for_users_path(file.path)) {
          if (part == Part::entry)
            add(out, &TrainingCode::recipes,
                what(file.path) + (reason.empty() ? ": for users" : ": " + reason), where(file.path));
          continue;
        }
        if (!repository_named && !trainer && !named(file.path)) {
          if (part == Part::entry)
            add(out, &TrainingCode::recipes, what(file.path) + ": a trainer, no run of this model",
                where(file.path));
          continue;
        }
      }
      add(out, list_of(part), what(file.path), where(file.path));
      // A script that bears the name, or launches the run, holds the settings too.
      if (part == Part::entry && (named(name) || name.ends_with(".sh") || name.ends_with(".sbatch")))
        add(out, &TrainingCode::configurations, what(file.path), where(file.path));
    }
  }

  const Repo& repo_;
  const Place& place_;
  const GithubTree& tree_;
  const Catalog& catalog_;
};

// The publisher's own repositories that the card links to; others are named and not read.
void linked(const Repo& repo, const Readings::Impl& readings, const Catalog& catalog, TrainingCode& out) {
  for (const Place& place : places_of(repo, catalog)) {
    Searched searched{
        "github.com/" + place.id, place.where, place.same_publisher, Unseen::not_asked, false, "", false};
    const std::string name = plain(repository_name(place.id));
    const std::string own = plain(repository_name(repo.id()));
    searched.about = place.for_license || name == own || named_alike(repo.id(), name) ||
                     (name.size() >= 3 && has(own, name));
    const Reading* reading = readings.find(tree_want(place.id));
    if (reading != nullptr) searched.outcome = unseen(reading->answer, reading->unreadable);
    // Not asked because a quota was spent: it was wanted, and nobody knows.
    if (reading != nullptr && reading->answer.outcome == Outcome::skipped) searched.outcome = Unseen::failed;
    if (const auto* tree = readings.get<GithubTree>(tree_want(place.id))) {
      searched.read = !tree->truncated;
      LinkedCode(repo, place, *tree, catalog).into(out, searched);
    }
    out.searched.push_back(std::move(searched));
  }
}

// Trainers that anybody may use, where the card names one by a link. With settings of this model's own run
// they are its training code: nobody copies a trainer beside each model.
void named_trainer(const Repo& repo, TrainingCode& out) {
  const Card* card = repo.card();
  if (card == nullptr || !out.entries.empty() || out.configurations.empty()) return;
  static constexpr std::array<std::string_view, 18> kTrainers = {
      "nanotron",      "gpt-neox",          "megatron-lm", "megatron-deepspeed",
      "llm-foundry",   "torchtitan",        "olmo-core",   "levanter",
      "litgpt",        "maxtext",           "t5x",         "fairseq",
      "metaseq",       "axolotl",           "trl",         "llama-factory",
      "open-instruct", "alignment-handbook"};
  for (const text::Link& link : card->text.links) {
    const auto github = hub::github_link(link.url);
    // Credit to where a part of the model is from is no word about its training.
    const std::string around = link.block == text::Block::kNone
                                   ? std::string()
                                   : lower(card->text.blocks[link.block].text.substr(0, 4000));
    if (!github || !text::contains_any(around, {"train", "library", "framework"})) continue;
    if (std::find(kTrainers.begin(), kTrainers.end(), lower(github->name)) == kTrainers.end()) continue;
    out.entries.push_back(
        {github->name + ", the trainer that the card names", repo.place("README.md", link.line), Kind::link});
    return;
  }
}

}  // namespace

bool named_alike(std::string_view model, std::string_view text) {
  const std::vector<std::string> family = family_of(model);
  const std::string p = plain(text);
  return std::any_of(family.begin(), family.end(), [&](const std::string& f) { return has(p, f); });
}

TrainingCode gather_training_code(const Repo& repo, const Readings::Impl& readings, const Catalog& catalog) {
  TrainingCode out;
  if (repo.info() == nullptr) return out;
  for (const File& file : repo.info()->files) {
    const Part part = part_of_training(file.path);
    if (part == Part::none) continue;
    const bool tuning = part == Part::entry && tunes(file.path);
    add(out, list_of(part), file.path + (tuning ? ": tunes a pre-trained model" : ""), repo.place(file.path));
  }
  // A shell script beside the start of a run calls it, with its settings.
  for (const File& file : repo.info()->files) {
    if (out.entries.empty()) break;
    const std::string name = lower(file.path);
    if (name == "run.sh" || name == "train.sh" || name == "launch.sh" || name == "run_training.sh")
      add(out, &TrainingCode::configurations, file.path, repo.place(file.path));
  }
  out.searched.push_back({"the model's repository", repo.record_place(), true, Unseen::not_asked,
                          repo.info()->listed, "", true});
  linked(repo, readings, catalog, out);
  named_trainer(repo, out);
  return out;
}

}  // namespace howopen::facts
