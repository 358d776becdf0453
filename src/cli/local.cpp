// Paths and names of Ollama's store as models.
//
//   ./models/My Tune/  ->  local/My-Tune

#include "cli/local.h"

#include "cli/environment.h"
#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

constexpr std::string_view kOllama = "ollama:";

std::string path_of(std::string_view typed) {
  for (const std::string_view scheme : {"file:", "dir:"}) {
    if (typed.starts_with(scheme)) typed.remove_prefix(scheme.size());
  }
  return without_tilde(std::string(typed));
}

}  // namespace

bool names_local(std::string_view typed) {
  for (const std::string_view begins : {"./", "../", "/", "~/", "file:", "dir:", "ollama:"}) {
    if (typed.starts_with(begins)) return true;
  }
  return typed == "." || typed == "..";
}

ModelRef local_ref(const std::string& typed) {
  std::string name = typed.starts_with(kOllama) ? typed.substr(kOllama.size()) : path_of(typed);
  while (name.size() > 1 && name.ends_with('/')) name.pop_back();
  name = name.substr(name.rfind('/') + 1);
  std::string id;
  for (const char c : name) {
    const bool fits = text::is_alnum(c) || c == '.' || c == '_';
    if (fits)
      id += c;
    else if (!id.empty() && id.back() != '-')
      id += '-';
  }
  while (!id.empty() && (id.back() == '-' || id.back() == '.')) id.pop_back();
  while (!id.empty() && (id.front() == '-' || id.front() == '.')) id.erase(0, 1);
  if (id.size() > 90) id.resize(90);
  return {typed, "local/" + (id.empty() ? "model" : id), ""};
}

Result<std::vector<fetch::LocalModel>> local_models(const std::vector<ModelRef>& models) {
  std::vector<fetch::LocalModel> out;
  for (const ModelRef& m : models) {
    if (!names_local(m.text)) continue;
    TRY(fetch::LocalModel model,
        m.text.starts_with(kOllama) ? fetch::ollama_model(m.text.substr(kOllama.size()), ollama_store(), m.id)
                                    : fetch::local_model(path_of(m.text), m.id));
    out.push_back(std::move(model));
  }
  return out;
}

}  // namespace howopen::cli
