// What to ask next. The record comes first; it lists the files, and everything else is read at the commit it
// names. Each question is one request against the Hub's quota, so each must be able to decide something.
//
//   nothing answered              ->  the record of the model
//   record of a sharded Llama     ->  README.md, LICENSE, model.safetensors.index.json, record of its base
//   model

#include <algorithm>
#include <set>

#include "facts/names.h"
#include "facts/parts.h"
#include "howopen/release.h"
#include "text/limits.h"
#include "text/utf8.h"

namespace howopen {
namespace facts {
namespace {

class Asker {
 public:
  Asker(const Readings::Impl& readings, const Catalog& catalog) : readings_(readings), catalog_(catalog) {}

  void ask(Want want) {
    if (readings_.find(want) == nullptr) wants_.insert(std::move(want));
  }

  // A gate that denies the card denies every file, so nothing else is asked before the card was answered.
  // Gives whether files may be asked for.
  bool card(const Repo& repo) {
    const bool listed = repo.may_have("README.md");
    if (listed) ask(repo.file("README.md"));
    if (repo.info()->repository.gate == AccessGate::none) return true;
    return !listed || (repo.find("README.md") != nullptr && !repo.shut());
  }

  void licenses(const Repo& repo) {
    for (const ModelFile* file : license_texts(*repo.info())) {
      const bool readable = file->size != 0 && file->size <= static_cast<std::int64_t>(limits::kLicenseText);
      if (readable && known_text(*file, catalog_) == nullptr) ask(repo.file(file->path));
      // A symbolic link leads on, once.
      if (const auto* link = repo.get<LinkedText>(file->path)) {
        const ModelFile* target = repo.info()->file(link->target);
        if (target != nullptr && known_text(*target, catalog_) == nullptr) ask(repo.file(link->target));
      }
    }
  }

  // A NOTICE tells whose work is in it, and at times sets a term.
  void notice(const Repo& repo) {
    const ModelFile* file = notice_of(*repo.info());
    if (file != nullptr && file->size <= static_cast<std::int64_t>(limits::kLicenseText))
      ask(repo.file(file->path));
  }

  void translated(const Repo& repo) {
    for (const ModelFile* file : translated_cards(*repo.info())) {
      if (file->size <= static_cast<std::int64_t>(limits::kCard)) ask(repo.file(file->path));
    }
  }

  // Which GitHub repositories hold what the card promises is told by their files.
  void linked(const Repo& repo) {
    const bool own_text = !license_texts(*repo.info()).empty();
    std::size_t read = 0;
    for (const Place& place : places_of(repo, catalog_)) {
      if (!place.same_publisher || read++ >= limits::kLinkedRepositories) continue;
      ask(tree_want(place.id));
      if (const auto* tree = readings_.get<GithubTree>(tree_want(place.id))) {
        for (const File* file : deciding_files(*tree, !own_text, catalog_))
          ask(github_file_want(place.id, *tree, *file));
      }
    }
    for (const std::string& id : datasets_to_look_up(repo, catalog_)) ask(dataset_want(id));
  }

  // What a context takes.
  void config(const Repo& repo) {
    if (repo.may_have("config.json") && repo.info()->file("config.json") != nullptr)
      ask(repo.file("config.json"));
  }

  // Settings of a run may name the base that neither record nor card does.
  void settings(const Repo& repo) {
    const bool waits = repo.may_have("README.md") && repo.find("README.md") == nullptr;
    if (waits || !bases_of(repo, catalog_).parents.empty()) return;
    for (const std::string& path : settings_to_read(repo, catalog_)) ask(repo.file(path));
  }

  // Heads of the weight files, where the Hub has not looked into them.
  void heads(const Repo& repo) {
    for (const std::string& path : heads_to_read(repo)) ask(repo.head(path));
  }

  void model(const Repo& repo) {
    if (repo.info()->repository.disabled) return;  // its files are not served
    if (repo.info()->warm.value_or(true) && !repo.info()->providers) ask(providers_want(repo.id()));
    if (!card(repo)) {
      // A gate before the model is none before its public repositories elsewhere.
      if (repo.shut()) linked(repo);
      return;
    }
    licenses(repo);
    notice(repo);
    translated(repo);
    if (const auto refs = refs_want(repo)) ask(*refs);
    if (const auto branch = branch_want(repo, readings_)) ask(*branch);
    if (needs_config(repo, catalog_)) ask(repo.file("config.json"));
    if (repo.info()->file("model_index.json") != nullptr) ask(repo.file("model_index.json"));
    for (const std::string& path : adapters_to_read(repo)) ask(repo.file(path));
    for (const std::string& path : indexes_to_read(repo)) ask(repo.file(path));
    settings(repo);
    linked(repo);
  }

  // Of an ancestor only the license counts, and where it came from itself. Its card is read when neither a
  // text nor a telling tag is there, or when only the card can say what it was made from: a distillation
  // under MIT may stand on a base that is not (R1-Distill-Llama).
  void ancestor(const Repo& repo) {
    if (repo.info() == nullptr || repo.info()->repository.disabled) return;
    const bool has_text = !license_texts(*repo.info()).empty();
    const auto tags = card_licenses(repo.info()->card).values;
    const bool telling = std::any_of(tags.begin(), tags.end(), [&](std::string_view tag) {
      const LicenseEntry* entry = catalog_.license_named(tag);
      return entry != nullptr && entry->cls != LicenseClass::unknown;
    });
    if (repo.info()->repository.gate != AccessGate::none) {
      if (!card(repo)) return;
    } else if ((!has_text && !telling) || bases_of(repo, catalog_).parents.empty()) {
      card(repo);
    }
    licenses(repo);
    notice(repo);
    settings(repo);
  }

  // How an ancestor was made, where that decides.
  void origins(const Repo& repo) {
    if (!repo.info()->repository.disabled && card(repo)) linked(repo);
  }

  std::vector<Want> take() { return {wants_.begin(), wants_.end()}; }

 private:
  const Readings::Impl& readings_;
  const Catalog& catalog_;
  std::set<Want> wants_;
};

}  // namespace

std::optional<Want> refs_want(const Repo& repo) {
  const auto& info = repo.info();
  if (info->repository.unlisted || info->repository.gate != AccessGate::none ||
      !repo.record().revision.empty() ||
      std::any_of(info->files.begin(), info->files.end(),
                  [](const ModelFile& f) { return f.weight.has_value(); }))
    return std::nullopt;
  return Want{Topic::refs, repo.id(), "", "", ""};
}

std::optional<Want> branch_want(const Repo& repo, const Readings::Impl& readings) {
  const auto refs = refs_want(repo);
  const auto* branches = refs ? readings.get<Branches>(*refs) : nullptr;
  if (branches == nullptr || branches->names.empty()) return std::nullopt;
  const auto in_the_card = [&](const std::string& name) {
    if (repo.card() == nullptr) return false;
    const auto& links = repo.card()->text.links;
    return std::any_of(links.begin(), links.end(),
                       [&](const text::Link& link) { return link.url.ends_with("/tree/" + name); });
  };
  const auto named = std::find_if(branches->names.begin(), branches->names.end(), in_the_card);
  return Want{Topic::model, repo.id(), named != branches->names.end() ? *named : branches->names.front(), "",
              ""};
}

Want quantized_want(const Repo& repo) {
  return {Topic::listing, repo.id(), "",
          "filter=base_model:quantized:" + repo.id() + "&sort=downloads&limit=500&expand=downloads", ""};
}

namespace {

// Where nothing is known of a model: the names that most cards, licenses and configurations have.
void guess_files(const ModelRef& model, const ModelEntry* known, Depth depth, std::vector<Want>& out) {
  const auto file = [&](std::string path) {
    out.push_back({Topic::file, model.id, model.revision, std::move(path), ""});
  };
  file("README.md");
  if (known == nullptr) file("LICENSE");
  // A text whose blob is known is not read; another one has to be.
  if (known != nullptr) {
    for (const auto& [path, license] : known->texts)
      if (license.empty()) file(path);
  }
  if (depth == Depth::full) file("config.json");
}

}  // namespace
}  // namespace facts

Want providers_want(const std::string& id) {
  return {Topic::providers, id, "", "", ""};
}

std::vector<Want> likely_wants(const ModelRef& model, const Catalog& catalog, Depth depth) {
  std::vector<Want> out;
  if (depth == Depth::metadata) return out;
  const bool at_main = model.revision.empty() || model.revision == "main";
  const ModelEntry* known = at_main ? catalog.model(model.id) : nullptr;
  facts::guess_files(model, known, depth, out);
  if (known == nullptr) return out;
  // What is well known is served by somebody.
  out.push_back(providers_want(model.id));
  for (const CuratedRepository& repository : known->github) out.push_back(facts::tree_want(repository.id));
  std::set<std::string> seen{text::lower(model.id)};
  std::vector<const ModelEntry*> children{known};
  for (std::size_t i = 0; i < children.size() && children.size() <= limits::kLineageDepth; ++i) {
    for (const CuratedOrigin& origin : children[i]->origins) {
      if (!seen.insert(text::lower(origin.id)).second) continue;
      out.push_back({Topic::model, origin.id, "", "", ""});
      if (const ModelEntry* next = catalog.model(origin.id)) children.push_back(next);
    }
  }
  return out;
}

std::vector<Want> wants(const ModelRef& model, const Readings& readings, const Catalog& catalog,
                        Depth depth) {
  const Readings::Impl& answers = readings.impl();
  facts::Asker asker(answers, catalog);
  const facts::Repo repo(model.id, model.revision, answers);
  asker.ask(repo.record());
  if (repo.info() != nullptr && depth != Depth::metadata) {
    asker.model(repo);
    if (depth == Depth::full) {
      asker.heads(repo);
      asker.config(repo);
      asker.ask(facts::quantized_want(repo));
    }
    const auto links = facts::ancestors_of(repo, answers, catalog).links;
    const bool matter = !links.empty() && facts::ancestors_matter(repo, answers, catalog);
    for (const facts::Link& link : links) {
      const facts::Repo ancestor(link.parent.id, "", answers);
      asker.ask(ancestor.record());
      if (ancestor.info() == nullptr) continue;
      asker.ancestor(ancestor);
      if (matter) asker.origins(ancestor);
    }
  }
  return asker.take();
}

}  // namespace howopen
