// What runs the model: an open library that knows its architecture, code in the repository, or a file format
// that open runtimes load. The Hub's generated "how to use" is not in the card and counts for nothing.
//
//   config {"model_type": "deepseek_v3", "auto_map": {"AutoModelForCausalLM": "modeling_deepseek.X"}}
//     ->  loader transformers by model_type; remote code modeling_deepseek.py, present

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "facts/names.h"
#include "facts/parts.h"
#include "facts/training_names.h"
#include "text/glob.h"
#include "text/utf8.h"

namespace howopen::facts {
namespace {

using text::Json;
using text::lower;

// config.json where it was read, else the record's digest of it; with the place of either.
struct Config {
  const Json* value = nullptr;
  std::string where;
};

Config config_of(const Repo& repo) {
  if (const auto* file = repo.get<Json>("config.json")) return {file, repo.place("config.json")};
  if (repo.info() != nullptr && !repo.info()->config.members().empty())
    return {&repo.info()->config, repo.record_place()};
  return {};
}

void add_loader(InferenceCode& out, const Library& library, std::string by, std::string where) {
  const bool known = std::any_of(out.loaders.begin(), out.loaders.end(),
                                 [&](const Loader& l) { return l.library == library.name; });
  if (!known) out.loaders.push_back({library.name, std::move(by), std::move(where), library.as_of});
}

void by_tables(const Repo& repo, const Catalog& catalog, InferenceCode& out) {
  const auto look = [&](std::string_view matches, std::string_view name, const std::string& where) {
    look_up(out, matches, name, where, catalog);
  };
  if (const Config config = config_of(repo); config.value != nullptr) {
    if (const auto type = (*config.value)["model_type"].string()) look("model_type", *type, config.where);
    for (const std::string_view a : (*config.value)["architectures"].strings())
      look("architecture", a, config.where);
    if (const auto p = (*config.value)["diffusers"]["_class_name"].string())
      look("pipeline", *p, config.where);
    if (const auto p = (*config.value)["diffusers"]["class_name"].string())
      look("pipeline", *p, config.where);
  }
  if (const auto* pipeline = repo.get<Json>("model_index.json")) {
    if (const auto p = (*pipeline)["_class_name"].string())
      look("pipeline", *p, repo.place("model_index.json"));
  }
  if (!repo.info()->gguf_architecture.empty())
    look("gguf", repo.info()->gguf_architecture, repo.record_place());

  const std::string name = lower(repo.info()->repository.library);
  for (const Library* library : catalog.libraries("library_name", name)) {
    const auto there = [&](const std::string& pattern) {
      return std::any_of(repo.info()->files.begin(), repo.info()->files.end(),
                         [&](const File& f) { return text::glob(pattern, f.path); });
    };
    if (library->files.empty() || std::any_of(library->files.begin(), library->files.end(), there)) {
      add_loader(out, *library, "library_name " + name, repo.record_place());
    }
  }
}

// Libraries by files that only they write; and a checkpoint as the older transformers wrote it: its
// config.json names no type, and the class that reads it is chosen by the reader.
void by_files(const Repo& repo, const Catalog& catalog, InferenceCode& out) {
  if (!out.loaders.empty()) return;
  const auto there = [&](const std::string& pattern) {
    return std::any_of(repo.info()->files.begin(), repo.info()->files.end(),
                       [&](const File& f) { return text::glob(pattern, f.path); });
  };
  const auto look = [&](std::string_view matches) {
    for (const File& file : repo.info()->files) {
      if (file.path.find('/') != std::string::npos) continue;
      for (const Library* library : catalog.libraries(matches, file.path)) {
        if (library->files.empty() || std::any_of(library->files.begin(), library->files.end(), there))
          add_loader(out, *library, "file " + file.path, repo.place(file.path));
      }
    }
  };
  look("file");
  const std::string library = lower(repo.info()->repository.library);
  const Unseen why = repo.why("config.json");
  const bool lost = repo.find("config.json") != nullptr &&
                    (why == Unseen::failed || why == Unseen::unreadable || why == Unseen::denied);
  if (out.loaders.empty() && out.declared.empty() && !lost && repo.info()->file("config.json") != nullptr &&
      (library.empty() || library == "transformers" || library == "sentence-transformers") &&
      repo.find("config.json") != nullptr)
    look("checkpoint");
}

// A GGUF file names its architecture itself, where the Hub has not read it.
void by_head(const Repo& repo, const Readings::Impl& readings, const Catalog& catalog, InferenceCode& out) {
  for (const std::string& path : heads_to_read(repo)) {
    const auto* head = readings.get<TensorHead>(repo.head(path));
    if (head != nullptr && !head->architecture.empty())
      look_up(out, "gguf", head->architecture, repo.place(path), catalog);
  }
}

// auto_map: {"AutoModel": "modeling_x.Class"}, or "other-org/repo--modeling_x.Class", or a list of such.
void remote_code(const Repo& repo, InferenceCode& out) {
  const Config config = config_of(repo);
  if (config.value == nullptr) return;
  std::set<std::pair<std::string, std::string>> seen;
  for (const auto& [role, value] : (*config.value)["auto_map"].members()) {
    // A configuration, a vocabulary run nothing.
    if (role == "AutoConfig" || role.find("Tokenizer") != std::string::npos ||
        role.find("Processor") != std::string::npos)
      continue;
    for (const std::string_view target : value.strings()) {
      RemoteCode code;
      std::string_view module = target;
      if (const auto dashes = module.find("--"); dashes != std::string_view::npos) {
        code.repository = module.substr(0, dashes);
        module.remove_prefix(dashes + 2);
        if (text::equal_ignoring_case(code.repository, repo.id())) code.repository.clear();
      }
      module = module.substr(0, module.find('.'));
      if (module.empty()) continue;
      code.file = fmt::format("{}.py", module);
      code.present = code.repository.empty() && repo.info()->file(code.file) != nullptr;
      code.where = config.where;
      if (seen.emplace(code.repository, code.file).second) out.remote.push_back(std::move(code));
    }
  }
}

bool runs_inference(std::string_view path) {
  const auto ends = [&](std::string_view ending) {
    return path.size() >= ending.size() &&
           text::equal_ignoring_case(path.substr(path.size() - ending.size()), ending);
  };
  if (!ends(".py") && !ends(".cpp") && !ends(".js")) return false;
  const std::string file = lower(path);
  const std::string_view name = file_name(file);
  if (name.starts_with("test")) return false;
  const std::string_view in = folder(file);
  const bool in_folder = in == "inference" || in.starts_with("inference/") || in.ends_with("/inference");
  constexpr std::array<std::string_view, 10> kHeads = {"inference",     "generate", "infer",    "predict",
                                                       "run_inference", "cli_demo", "web_demo", "demo",
                                                       "chat",          "sample"};
  const bool by_name = std::any_of(kHeads.begin(), kHeads.end(), [&](std::string_view h) {
    return name.starts_with(h) && (name.size() == h.size() || name[h.size()] == '.' || name[h.size()] == '_');
  });
  const bool tail =
      name.ends_with("_demo.py") || name.ends_with("_inference.py") || name.ends_with("_infer.py");
  // The handlers that the Hub's endpoints run, and modeling code without auto_map.
  return in_folder || by_name || tail || name == "handler.py" || name == "pipeline.py" ||
         name.starts_with("modeling_");
}

// The head of a file, and it is none: nobody knows what would load it.
bool head_unread(const Repo& repo, const Readings::Impl& readings, const std::string& path) {
  const auto& heads = repo.info()->heads;
  const bool local = std::any_of(heads.begin(), heads.end(), [&](const Seen<std::string>& h) {
    return h.unknown() && h.where() == path + ": its head";
  });
  const Reading* reading = readings.find(repo.head(path));
  return local || (reading != nullptr && reading->unreadable);
}

// What a GGUF file whose head could not be read leaves open is returned: what it takes to run it.
const ModelFile* files(const Repo& repo, const Readings::Impl& readings, InferenceCode& out) {
  bool gguf = false;
  bool onnx = false;
  const ModelFile* unread = nullptr;
  for (const ModelFile& file : repo.info()->files) {
    if (runs_inference(file.path) && out.scripts.size() < 8) {
      out.scripts.push_back({file.path, repo.place(file.path), Kind::file});
    }
    const auto& weight = file.weight;
    if (!weight) continue;
    if (weight->format == WeightFormat::gguf && !gguf &&
        lower(file.path).find("mmproj") == std::string::npos) {
      if (repo.info()->gguf_architecture.empty() && head_unread(repo, readings, file.path)) {
        unread = unread == nullptr ? &file : unread;
        continue;
      }
      gguf = true;
      out.formats.push_back({"GGUF, which llama.cpp loads", repo.place(file.path), Kind::file});
    }
    if (weight->format == WeightFormat::onnx && !onnx) {
      onnx = true;
      out.formats.push_back({"ONNX, which ONNX Runtime loads", repo.place(file.path), Kind::file});
    }
  }
  return out.formats.empty() ? unread : nullptr;
}

// Code in the publisher's own repository at GitHub, where that is named like the model's family: what runs
// some other product of the house does not run this model.
void linked_code(const Repo& repo, const Readings::Impl& readings, const Catalog& catalog,
                 InferenceCode& out) {
  for (const Place& place : places_of(repo, catalog)) {
    if (!place.same_publisher || !named_alike(repo.id(), repository_name(place.id), catalog.training_words()))
      continue;
    const auto* tree = readings.get<GithubTree>(tree_want(place.id));
    if (tree == nullptr) continue;
    for (const File& file : tree->files) {
      // A repository of its own may call it just that: run.py beside model.py.
      if (!runs_inference(file.path) && file.path != "run.py" && file.path != "model.py") continue;
      if (out.scripts.size() >= 8) break;
      out.scripts.push_back(
          {fmt::format("{} of {}", file.path, place.id),
           fmt::format("https://github.com/{}/blob/{}/{}", place.id, tree->commit, file.path), Kind::file});
    }
  }
}

void card_text(const Repo& repo, InferenceCode& out) {
  const Card* card = repo.card();
  if (card == nullptr) return;
  for (const text::Block& block : card->text.blocks) {
    if (block.kind != text::Block::Kind::code || out.snippets.size() >= 3) continue;
    for (const std::string_view call :
         {"from_pretrained(", "pipeline(", "vllm serve", "import ", "llama-cli", "ollama run"}) {
      if (block.text.find(call) != std::string::npos) {
        out.snippets.push_back({"code in the card", repo.place("README.md", block.line), Kind::text});
        break;
      }
    }
  }
  constexpr std::array<std::string_view, 8> kEngines = {
      "vLLM",      "SGLang",   "LMDeploy", "TensorRT-LLM",
      "llama.cpp", "LightLLM", "Ollama",   "text-generation-inference"};
  for (const std::string_view engine : kEngines) {
    const std::string wanted = lower(engine);
    if (!card->prose.may_say(wanted)) continue;
    for (std::size_t i = 0; i < card->text.blocks.size(); ++i) {
      if (card->prose.block(i).find(wanted) == std::string_view::npos) continue;
      out.engines.push_back(
          {std::string(engine), repo.place("README.md", card->text.blocks[i].line), Kind::text});
      break;
    }
  }
}

}  // namespace

bool needs_config(const Repo& repo, const Catalog& catalog) {
  if (!repo.may_have("config.json") || repo.info()->repository.unlisted) return false;
  const Json& digest = repo.info()->config;
  if (repo.info()->custom_code || digest.has("auto_map")) return true;
  if (digest.has("diffusers")) return false;
  if (const auto type = digest["model_type"].string()) {
    if (!catalog.libraries("model_type", *type).empty()) return false;
  }
  for (const std::string_view a : digest["architectures"].strings()) {
    if (!catalog.libraries("architecture", a).empty()) return false;
  }
  return true;
}

void look_up(InferenceCode& out, std::string_view matches, std::string_view name, const std::string& where,
             const Catalog& catalog) {
  const std::string by = fmt::format("{} {}", matches, name);
  const auto libraries = catalog.libraries(matches, name);
  for (const Library* library : libraries) add_loader(out, *library, by, where);
  if (libraries.empty()) out.declared.push_back(by);
}

InferenceCode gather_inference_code(const Repo& repo, const Readings::Impl& readings,
                                    const Catalog& catalog) {
  InferenceCode out;
  if (repo.info() == nullptr) return out;
  by_tables(repo, catalog, out);
  by_head(repo, readings, catalog, out);
  remote_code(repo, out);
  if (out.remote.empty()) by_files(repo, catalog, out);
  const ModelFile* headless = files(repo, readings, out);
  card_text(repo, out);
  linked_code(repo, readings, catalog, out);
  const Unseen why = repo.why("config.json");
  const bool lost =  // the record has a digest of it, which leaves out where the code is
      repo.find("config.json") != nullptr && (why == Unseen::failed || why == Unseen::unreadable);
  if (const Config config = config_of(repo); config.value != nullptr && !lost) {
    out.config = {true, config.where};
  } else {
    // A pipeline is configured by model_index.json.
    const char* file = repo.info()->file("model_index.json") != nullptr ? "model_index.json" : "config.json";
    const Unseen there = repo.why(file);
    // Listed and answered as absent: one of the two is wrong, so nothing is known of it.
    const bool at_odds = there == Unseen::absent && repo.info()->file(file) != nullptr;
    out.config = {at_odds ? Unseen::unreadable : there, repo.place(file)};
    if (repo.get<Json>(file) != nullptr) out.config = {true, repo.place(file)};
  }
  if (headless != nullptr) out.config = {Unseen::unreadable, repo.place(headless->path)};
  return out;
}

}  // namespace howopen::facts
