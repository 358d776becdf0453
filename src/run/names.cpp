// howopen audit "DeepSeek R1"   ->  note on stderr, deepseek-ai/DeepSeek-R1
// howopen audit "llama 3.3"     ->  error: which model is "llama 3.3"? with three ids to choose from

#include "run/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "fetch/http.h"
#include "files/local.h"
#include "files/local_find.h"
#include "files/streams.h"
#include "hub/addresses.h"
#include "hub/ids.h"
#include "run/hub_options.h"
#include "run/named_thing.h"
#include "run/options.h"
#include "run/ref.h"
#include "run/world.h"
#include "text/ascii.h"
#include "text/json.h"
#include "text/utf8.h"

namespace howopen::run {
namespace {

constexpr std::size_t kLongestName = 100;
constexpr std::size_t kMostFound = 3;

bool may_be_a_name(std::string_view typed) {
  if (typed.empty() || typed.size() > kLongestName || typed.front() == '-') return false;
  if (hub::github_link(typed)) return true;
  if (typed.find('/') != std::string_view::npos || typed.find('@') != std::string_view::npos) return false;
  return text::printable(typed) == typed && std::any_of(typed.begin(), typed.end(), [](char c) {
           return text::is_alnum(c) || text::is_beyond(c);
         });
}

std::string choice(const std::vector<std::string>& ids) {
  std::string out;
  for (std::size_t i = 0; i < ids.size() && i < kMostFound; ++i) {
    if (i > 0) out += i + 1 == std::min(ids.size(), kMostFound) ? " or " : ", ";
    out += ids[i];
  }
  return out;
}

// Of another version nobody is told to type it.
std::string to_type(const std::vector<std::string>& ids, bool other_version = false) {
  return other_version ? fmt::format("nearest are {}", choice(ids))
                       : fmt::format("did you mean {}?\nhowopen audit {}", choice(ids), ids.front());
}

Error unknown_name(const ModelRef& model, const NameAnswer& answer) {
  const auto& near = answer.nearest;
  return {Fault::usage, "no model is certain to be meant", text::printable(model.text),
          near.empty() ? std::string("names look like org/name\nhowopen batch --search WORDS asks the Hub")
                       : to_type(near, answer.other_version)};
}

Error github_repository(const ModelRef& model, const hub::GithubLink& github, const Catalog& catalog) {
  const std::string repository = github.owner + "/" + github.name;
  std::vector<std::string> ids = catalog.models_of_github(repository);
  if (ids.empty() && catalog.model(repository) != nullptr) ids.push_back(repository);
  return {Fault::usage, "a repository at GitHub, not a model", text::printable(model.text),
          ids.empty() ? std::string("name the model as at the Hub: org/name") : to_type(ids)};
}

// The model that a word means; nothing where the Hub is to be asked for it as it is.
Result<std::string> meant(const ModelRef& model, const Common& common, const Catalog& catalog) {
  if (files::names_local(model.text)) return model.id;
  if (const auto github = hub::github_link(model.id))
    return tl::unexpected<Error>(github_repository(model, *github, catalog));
  if (const UnreleasedModel* release = catalog.release(model.id)) {
    if (!common.quiet && !text::equal_ignoring_case(release->name, model.id))
      files::write_err(fmt::format("note: {} is answered by what is known of {}\n",
                                   text::printable(model.text), release->name));
    return model.id;
  }
  if (model.id.find('/') != std::string::npos) {
    // `org/name/`, as completion leaves it, is the model all the same.
    auto here = model.text.ends_with('/') ? std::nullopt : what_stands_here(model, true);
    if (here) return tl::unexpected<Error>(std::move(*here));
    std::error_code error;
    if (!common.quiet && !model.text.ends_with('/') && std::filesystem::is_directory(model.text, error))
      files::write_err(fmt::format("note: {0} is asked for at the Hub; the folder of this name is ./{0}\n",
                                   text::printable(model.text)));
    return model.id;
  }
  // An author's page, or the name alone of somebody who publishes models.
  if (catalog.organization(model.id) != nullptr) {
    return fail(Fault::usage, "an author, not a model", text::printable(model.text),
                fmt::format("for all their models: howopen batch --author {}", model.id));
  }
  NameAnswer answer = catalog.named(model.id);
  if (!answer.id.empty()) {
    if (!common.quiet && !text::equal_ignoring_case(answer.id, model.id))
      files::write_err(fmt::format("note: {} is taken for {}\n", text::printable(model.text), answer.id));
    return answer.id;
  }
  const bool at_the_hub = hub::is_repository_id(model.id) && !offline(common);
  if (auto here = what_stands_here(model, at_the_hub)) return tl::unexpected<Error>(std::move(*here));
  if (at_the_hub) return model.id;
  for (std::string& id : found_at_the_hub(model.id, common)) answer.nearest.push_back(std::move(id));
  return tl::unexpected<Error>(unknown_name(model, answer));
}

}  // namespace

std::optional<Error> what_stands_here(const ModelRef& model, bool sure) {
  namespace fs = std::filesystem;
  std::error_code error;
  const std::string shown = text::printable(model.text);
  if (fs::is_directory(model.text, error)) {
    if (sure && !model.text.ends_with('/')) return std::nullopt;
    const std::string path = shown.starts_with("/") ? shown : "./" + shown;
    return Error{
        Fault::usage, "a folder here, not a model", shown,
        fmt::format("howopen audit {0} for the model in it\nhowopen scan {0} for those that its files "
                    "name",
                    path)};
  }
  if (!fs::is_regular_file(model.text, error)) return std::nullopt;
  const bool weights =
      files::lone_weights(model.text, static_cast<std::int64_t>(fs::file_size(model.text, error)));
  const bool list = is_list_file(model.text);
  if (sure && !weights && !list) return std::nullopt;
  return Error{Fault::usage, "a file here, not a model", shown,
               weights ? "howopen audit ./" + shown
               : list  ? "howopen batch " + shown
                       : "howopen scan . tells which models files name\nhowopen license " + shown +
                            " for a license text"};
}

std::vector<std::string> found_at_the_hub(const std::string& name, const Common& common) {
  std::vector<std::string> out;
  if (offline(common)) return out;
  const auto world = World::open(common);
  if (!world) return out;
  Source& hub = (*world)->source();
  hub.ask(0, {Topic::listing, "", "",
              fmt::format("search={}&sort=downloads&limit={}", fetch::encode(name, true), kMostFound), ""});
  const auto page = hub.next();
  if (!page || page->answer.outcome != Outcome::got) return out;
  const auto list = text::parse_json(page->answer.body);
  if (!list) return out;
  for (const text::Json& entry : list->items()) {
    const std::string id(entry["id"].string_or(""));
    if (hub::is_repository_id(id) && out.size() < kMostFound) out.push_back(id);
  }
  return out;
}

Result<std::vector<ModelRef>> parse_names(const std::vector<std::string>& typed, const std::string& endpoint,
                                          bool recursive) {
  std::vector<ModelRef> out;
  std::set<std::string> local;  // ids
  for (const std::string& word : typed) {
    if (files::names_local(word)) {
      TRY(std::vector<ModelRef> models, files::local_refs(word, recursive));
      for (ModelRef& model : models) {
        const bool again =
            std::any_of(out.begin(), out.end(), [&](const ModelRef& m) { return m.text == model.text; });
        if (again) continue;
        files::make_unique(model, local);
        out.push_back(std::move(model));
      }
      continue;
    }
    Result<ModelRef> parsed = parse_ref(word, endpoint);
    if (!parsed) {
      const std::string trimmed(text::trim(word));
      if (!may_be_a_name(trimmed)) {
        auto here = what_stands_here({word, word, {}}, false);
        return tl::unexpected<Error>(here ? std::move(*here) : parsed.error());
      }
      parsed = ModelRef{trimmed, trimmed, {}};
    }
    const bool again = std::any_of(out.begin(), out.end(), [&](const ModelRef& m) {
      return m.id == parsed->id && m.revision == parsed->revision;
    });
    if (!again) out.push_back(std::move(*parsed));
  }
  return out;
}

Result<std::vector<ModelRef>> named_models(std::vector<ModelRef> models, const Common& common,
                                           const Catalog& catalog) {
  std::vector<Error> errors;
  for (ModelRef& model : models) {
    Result<std::string> id = meant(model, common, catalog);
    if (id)
      model.id = std::move(*id);
    else
      errors.push_back(std::move(id.error()));
  }
  if (errors.empty()) return models;
  // All that is wrong in one run; the last is told by whoever asked.
  for (std::size_t i = 0; i + 1 < errors.size(); ++i) files::write_err(files::worded(errors[i]));
  return tl::unexpected<Error>(std::move(errors.back()));
}

std::string nearest_names(const ModelRef& model, const Common& common, const Catalog& catalog) {
  const std::string name(hub::repository_name(model.id));
  NameAnswer answer = catalog.named(name);
  std::vector<std::string> near = std::move(answer.nearest);
  if (!answer.id.empty()) near = {std::move(answer.id)};
  for (std::string& id : found_at_the_hub(name, common)) {
    if (std::find(near.begin(), near.end(), id) == near.end()) near.push_back(std::move(id));
  }
  std::erase_if(near, [&](const std::string& id) { return text::equal_ignoring_case(id, model.id); });
  return near.empty() ? std::string() : to_type(near, answer.other_version);
}

}  // namespace howopen::run
