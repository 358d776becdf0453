// Paths, names of Ollama's store and artifacts as models.
//
//   ./models/My Tune/    ->  local/My-Tune
//   ollama:*             ->  ollama:llama3.2:3b, ollama:qwen3:8b, each of them

#include "files/local.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <map>

#include "facts/names.h"
#include "fetch/local_heads.h"
#include "files/environment.h"
#include "files/local_find.h"
#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen::files {
namespace {

constexpr std::string_view kOllama = "ollama:";
constexpr std::string_view kOci = "oci:";
constexpr std::string_view kOciArchive = "oci-archive:";
constexpr std::string_view kTar = "tar:";
constexpr std::array<std::string_view, 6> kSchemes = {"file:", "dir:", kOllama, kOci, kOciArchive, kTar};

// What stands behind the scheme, in its parts.
struct Word {
  std::string_view scheme;  // "" for a path
  std::string path;         // of Ollama, the name
  std::string tag;          // behind `:` or `@`; of Ollama, the store
  std::string inner;        // behind `#`
  bool has_inner = false;
};

Word parts_of(const std::string& typed) {
  Word out;
  std::string_view rest = typed;
  for (const std::string_view scheme : kSchemes) {
    if (rest.starts_with(scheme)) {
      out.scheme = scheme;
      rest.remove_prefix(scheme.size());
      break;
    }
  }
  const bool packed = out.scheme == kOci || out.scheme == kOciArchive || out.scheme == kTar;
  if (const std::size_t hash = rest.rfind('#'); packed && hash != std::string_view::npos) {
    out.inner = rest.substr(hash + 1);
    out.has_inner = true;
    rest = rest.substr(0, hash);
  }
  if (out.scheme == kOllama) {
    const std::size_t at = rest.find('@');
    out.path = rest.substr(0, at);
    out.tag = at == std::string_view::npos ? ollama_store() : without_tilde(std::string(rest.substr(at + 1)));
    return out;
  }
  if (out.scheme == kOci || out.scheme == kOciArchive) {
    const std::size_t at = rest.rfind('@');
    const std::size_t slash = rest.rfind('/') == std::string_view::npos ? 0 : rest.rfind('/');
    const std::size_t colon = rest.find(':', slash);
    std::size_t split = at != std::string_view::npos && at > slash ? at : colon;
    // Tags have slashes and colons of their own, `layout:ai/kettle:3b`: what is on disk tells where they
    // begin.
    for (std::size_t i = rest.find_first_of(":@"); i != std::string_view::npos;
         i = rest.find_first_of(":@", i + 1)) {
      std::error_code error;
      if (!std::filesystem::exists(without_tilde(std::string(rest.substr(0, i))), error)) continue;
      split = i;
      break;
    }
    if (split != std::string_view::npos) {
      out.tag = rest.substr(split + 1);
      rest = rest.substr(0, split);
    }
  }
  out.path = without_tilde(std::string(rest));
  return out;
}

Result<fetch::LocalModel> packed_files(const Word& word, const std::string& id) {
  if (word.scheme == kTar) return fetch::tar_files(word.path, id);
  return fetch::oci_model(word.path, word.tag, word.scheme == kOciArchive, id);
}

Result<fetch::LocalModel> found(const ModelRef& model, std::map<std::string, fetch::LocalModel>& opened) {
  const Word word = parts_of(model.text);
  if (word.scheme == kOllama) return fetch::ollama_model(word.path, word.tag, model.id);
  if (word.scheme != kOci && word.scheme != kOciArchive && word.scheme != kTar) {
    std::error_code error;
    if (std::filesystem::is_regular_file(word.path, error) && !facts::weight_file(word.path))
      return fail(Fault::usage, "not a file of weights", text::printable(word.path),
                  "a .gguf or .safetensors file, or a model's folder");
    TRY(fetch::LocalModel out, fetch::local_model(word.path, model.id));
    if (out.files.empty())
      return fail(Fault::usage, "the folder is empty", text::printable(word.path), "the folder of a model");
    return out;
  }
  // Several models of one archive: it is opened once.
  const std::string key =
      model.text.substr(0, model.text.size() - (word.has_inner ? word.inner.size() + 1 : 0));
  auto at = opened.find(key);
  if (at == opened.end()) {
    TRY(fetch::LocalModel whole, packed_files(word, model.id));
    at = opened.emplace(key, std::move(whole)).first;
  }
  if (word.has_inner) {
    fetch::LocalModel out = model_among(at->second, word.inner);
    out.id = model.id;
    if (out.files.empty())
      return fail(Fault::usage, "no such model in it", text::printable(model.text), text::printable(key));
    return out;
  }
  fetch::LocalModel out = at->second;
  out.id = model.id;
  return out;
}

// All models of Ollama's store that match.
Result<LocalContent> of_ollama(const std::string& typed, const Word& word) {
  LocalContent out;
  const std::size_t at = typed.find('@');
  for (const std::string& name : fetch::ollama_names(word.tag, word.path))
    out.words.push_back(
        fmt::format("{}{}{}", kOllama, name, at == std::string::npos ? "" : typed.substr(at)));
  if (out.words.empty())
    return fail(Fault::usage, "no model of that name in Ollama's store " + text::printable(word.tag),
                text::printable(typed),
                "ollama list shows what there is\n$OLLAMA_MODELS names another store");
  return out;
}

// One artifact or archive: a model, or a file system with several.
Result<LocalContent> of_packed(const std::string& typed, const Word& word) {
  TRY(const fetch::LocalModel whole, packed_files(word, "local/model"));
  if (!whole.image) return LocalContent{{typed}, true, {}};
  LocalContent out{{}, whole.whole, {}};
  for (const std::string& inner : models_among(whole)) out.words.push_back(typed + "#" + inner);
  return out;
}

Result<LocalContent> of_layout(const std::string& typed, const Word& word) {
  TRY(const std::vector<std::string> tags, fetch::oci_tags(word.path, word.scheme == kOciArchive));
  LocalContent out;
  for (const std::string& tag : tags) {
    const bool digest = tag.starts_with("sha256:") || tag.starts_with("sha512:");
    const std::string one = typed + (digest ? "@" : ":") + tag;
    TRY(const LocalContent inside, of_packed(one, parts_of(one)));
    out.words.insert(out.words.end(), inside.words.begin(), inside.words.end());
    out.whole = out.whole && inside.whole;
  }
  return out;
}

// A file that somebody names is to be one of weights. One that is found in a tree is judged as it is.
Result<bool> may_be_weights(const std::string& typed) {
  const Word word = parts_of(typed);
  std::error_code error;
  const bool plain = word.scheme.empty() || word.scheme == "file:" || word.scheme == "dir:";
  if (!plain || !std::filesystem::is_regular_file(word.path, error)) return true;
  const auto size = static_cast<std::int64_t>(std::filesystem::file_size(word.path, error));
  if (error || !facts::weight_file(word.path)) return true;
  if (size == 0)
    return fail(Fault::usage, "not a file of weights: it is empty", text::printable(word.path),
                "a download that was broken off? get it again");
  if (fetch::lfs_pointer({word.path, size}))
    return fail(Fault::usage, "a pointer of Git LFS, not the weights", text::printable(word.path),
                "git lfs pull gets them");
  return true;
}

}  // namespace

bool names_store(std::string_view typed) {
  for (const std::string_view scheme : kSchemes) {
    if (typed.starts_with(scheme)) return true;
  }
  return false;
}

bool names_local(std::string_view typed) {
  for (const std::string_view begins : {"./", "../", "/", "~/"}) {
    if (typed.starts_with(begins)) return true;
  }
  return typed == "." || typed == ".." || names_store(typed);
}

bool line_names_local(std::string_view line) {
  return names_store(line) || (line.starts_with("./") && line.find("..") == std::string_view::npos);
}

ModelRef local_ref(const std::string& typed) {
  const Word word = parts_of(typed);
  std::string name = word.has_inner && !word.inner.empty() ? word.inner : word.path;
  if (word.scheme == kOci && !word.tag.empty() && !word.has_inner && word.tag.find(':') == std::string::npos)
    name += "-" + word.tag;
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

void make_unique(ModelRef& model, std::set<std::string>& taken) {
  const std::string id = model.id;
  for (int n = 2; !taken.insert(model.id).second; ++n) model.id = fmt::format("{}-{}", id, n);
}

Result<LocalContent> local_content(const std::string& typed, bool recursive) {
  const Word word = parts_of(typed);
  if (word.scheme == kOllama)
    return word.path.find_first_of("*?[") != std::string::npos
               ? of_ollama(typed, word)
               : Result<LocalContent>(LocalContent{{typed}, true, {}});
  const bool artifact = word.scheme == kOci || word.scheme == kOciArchive;
  if ((artifact || word.scheme == kTar) && !word.has_inner)
    return artifact && word.tag.empty() ? of_layout(typed, word) : of_packed(typed, word);
  std::error_code error;
  if (!recursive || word.has_inner || !std::filesystem::is_directory(word.path, error))
    return LocalContent{{typed}, true, {}};
  LocalContent out;
  out.words = find_local(word.path, {}, out.missed);
  out.whole = out.missed.empty();
  return out;
}

Result<std::vector<ModelRef>> local_refs(const std::string& typed, bool recursive) {
  TRY([[maybe_unused]] const bool weights, may_be_weights(typed));
  TRY(const LocalContent content, local_content(typed, recursive));
  if (!content.whole)
    return fail(Fault::usage, "it could not be looked through to its end",
                text::printable(content.missed.empty() ? typed : content.missed),
                "mend it or move it away, or name the models one by one");
  if (content.words.empty()) return fail(Fault::usage, "no model in it", text::printable(typed), {});
  std::vector<ModelRef> out;
  for (const std::string& word : content.words) out.push_back(local_ref(word));
  return out;
}

Result<std::vector<fetch::LocalModel>> local_models(const std::vector<ModelRef>& models) {
  std::vector<fetch::LocalModel> out;
  std::map<std::string, fetch::LocalModel> opened;
  for (const ModelRef& m : models) {
    if (!names_local(m.text)) continue;
    TRY(fetch::LocalModel model, found(m, opened));
    out.push_back(std::move(model));
  }
  return out;
}

}  // namespace howopen::files
