// What names of models have in common, for places where any word with a slash might stand.
//
//   looks_like_model("acme/foo-7b")   ->  true: a size
//   looks_like_model("auth/user")     ->  false

#include <algorithm>
#include <array>

#include "scan/names.h"
#include "scan/words.h"
#include "text/utf8.h"

namespace howopen::scan {
namespace {

using text::lower;

constexpr std::array<std::string_view, 112> kFamilies = {
    "llama",     "qwen",      "qwq",       "mistral",   "mixtral",   "ministral", "devstral",   "magistral",
    "codestral", "pixtral",   "voxtral",   "gemma",     "phi-",      "falcon",    "deepseek",   "gpt",
    "bert",      "-t5",       "t5-",       "mt5",       "bart",      "clip",      "whisper",    "wav2vec",
    "hubert",    "vit-",      "resnet",    "convnext",  "diffusion", "sdxl",      "flux",       "bge-",
    "e5-",       "gte-",      "minilm",    "mpnet",     "opt-1",     "opt-6",     "bloom",      "pythia",
    "olmo",      "internlm",  "internvl",  "glm-",      "chatglm",   "baichuan",  "starcoder",  "codegen",
    "smollm",    "smolvlm",   "granite",   "nemotron",  "command-r", "dbrx",      "jamba",      "mamba",
    "rwkv",      "zephyr",    "vicuna",    "alpaca",    "openchat",  "hermes",    "stablelm",   "mpt-",
    "dolly",     "-lora",     "lora-",     "gguf",      "-awq",      "gptq",      "instruct",   "-chat",
    "embed",     "rerank",    "-it-",      "kokoro",    "xtts",      "musicgen",  "siglip",     "dino",
    "sam2",      "sam-vit",   "segformer", "detr-",     "yolo",      "layoutlm",  "donut-",     "trocr",
    "blip",      "llava",     "idefics",   "paligemma", "kimi",      "minimax",   "hunyuan",    "seamless",
    "nllb",      "opus-mt",   "m2m100",    "pegasus",   "electra",   "xlm-",      "longformer", "florence",
    "colpali",   "moondream", "aya-",      "exaone",    "solar-",    "ernie",     "-4bit",      "-8bit"};

// Owners that publish models and little else.
constexpr std::array<std::string_view, 48> kOwners = {"01-ai",
                                                      "ai21labs",
                                                      "baai",
                                                      "baichuan-inc",
                                                      "bartowski",
                                                      "bigcode",
                                                      "bigscience",
                                                      "black-forest-labs",
                                                      "cohereforai",
                                                      "coherelabs",
                                                      "compvis",
                                                      "cross-encoder",
                                                      "databricks",
                                                      "deepseek-ai",
                                                      "eleutherai",
                                                      "facebook",
                                                      "flair",
                                                      "ggml-org",
                                                      "google-bert",
                                                      "google-t5",
                                                      "helsinki-nlp",
                                                      "hf-internal-testing",
                                                      "huggingfaceh4",
                                                      "huggingfacetb",
                                                      "ibm-granite",
                                                      "intfloat",
                                                      "jinaai",
                                                      "laion",
                                                      "lmstudio-community",
                                                      "lmsys",
                                                      "meta-llama",
                                                      "mistralai",
                                                      "mlx-community",
                                                      "moonshotai",
                                                      "nomic-ai",
                                                      "nousresearch",
                                                      "onnx-community",
                                                      "openai-community",
                                                      "pyannote",
                                                      "qwen",
                                                      "runwayml",
                                                      "sentence-transformers",
                                                      "speechbrain",
                                                      "stabilityai",
                                                      "systran",
                                                      "thebloke",
                                                      "unsloth",
                                                      "xenova"};

constexpr std::array<std::string_view, 16> kLegacy = {
    "gpt2",        "distilgpt2",   "openai-gpt", "bert-",    "distilbert-", "roberta-", "distilroberta-",
    "albert-",     "xlm-roberta-", "xlm-mlm-",   "xlm-clm-", "xlnet-",      "t5-",      "camembert-",
    "transfo-xl-", "ctrl"};

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& list, std::string_view s) {
  return std::find(list.begin(), list.end(), s) != list.end();
}

// `7b`, `0.5B`, `350m` with a border before and behind.
bool has_size(std::string_view name) {
  for (std::size_t i = 1; i < name.size(); ++i) {
    const char c = name[i];
    if (c != 'b' && c != 'B' && c != 'm' && c != 'M') continue;
    if (!is_digit(name[i - 1]) || (i + 1 < name.size() && is_alnum(name[i + 1]))) continue;
    std::size_t start = i;
    while (start > 0 && (is_digit(name[start - 1]) || name[start - 1] == '.')) --start;
    if (start == 0 || !is_alnum(name[start - 1])) return true;
  }
  return false;
}

}  // namespace

bool is_legacy_model(std::string_view name) {
  return !name.empty() && std::any_of(kLegacy.begin(), kLegacy.end(), [&](std::string_view l) {
    if (l[0] != name[0]) return false;
    return l.ends_with('-') ? name.starts_with(l) && name.size() > l.size()
                            : name == l || (l == "gpt2" && name.starts_with("gpt2-"));
  });
}

bool looks_like_model(std::string_view id) {
  const std::size_t slash = id.find('/');
  const std::string owner = lower(id.substr(0, slash));
  const std::string name = lower(slash == std::string_view::npos ? id : id.substr(slash + 1));
  if (slash != std::string_view::npos && holds(kOwners, owner)) return true;
  if (has_size(name)) return true;
  return std::any_of(kFamilies.begin(), kFamilies.end(),
                     [&](std::string_view f) { return name.find(f) != std::string::npos; }) ||
         name.ends_with("-it");
}

bool is_surely_model(std::string_view id) {
  const std::size_t slash = id.find('/');
  if (slash == std::string_view::npos) return false;
  const std::string owner = lower(id.substr(0, slash));
  const std::string name = lower(id.substr(slash + 1));
  if (words().weight_folders.has(owner) || name.find('-') == std::string::npos ||
      std::none_of(name.begin(), name.end(), is_digit))
    return false;
  const auto families = std::count_if(kFamilies.begin(), kFamilies.end(),
                                      [&](std::string_view f) { return name.find(f) != std::string::npos; });
  return (holds(kOwners, owner) ? 1 : 0) + (has_size(name) ? 1 : 0) + families >= 2;
}

bool is_tagged_model(std::string_view value) {
  constexpr std::size_t kLongest = 80;
  const std::size_t colon = value.find(':');
  if (colon == std::string_view::npos || colon < 2 || colon + 2 > value.size() || value.size() > kLongest)
    return false;
  const std::string_view name = value.substr(0, colon);
  const std::string_view tag = value.substr(colon + 1);
  const bool good = text::is_letter(name.front()) && std::all_of(name.begin(), name.end(), is_name_char) &&
                    std::all_of(tag.begin(), tag.end(), is_name_char);
  return good && (tag.starts_with("latest") || has_size(" " + std::string(tag))) && looks_like_model(value);
}

bool is_hosted_only(std::string_view id) {
  const std::string s = lower(id);
  if (words().hosted_owners.has(std::string_view(s).substr(0, s.find('/')))) return true;
  // Model as a service, of Vertex AI: meta/llama-3.1-405b-instruct-maas
  if (s.ends_with("-maas")) return true;
  for (const std::string_view model :
       {"openai/gpt-3", "openai/gpt-4", "openai/gpt-5", "openai/chatgpt", "openai/o1", "openai/o3",
        "openai/o4", "openai/text-", "openai/dall", "openai/tts", "google/gemini-", "amazon/nova",
        "qwen/qwen-max", "qwen/qwen-plus"})
    if (s.starts_with(model)) return true;
  return false;
}

bool is_cloud_model(std::string_view value) {
  constexpr std::size_t kLongest = 100;
  if (value.size() < 8 || value.size() > kLongest || value.find('.') == std::string_view::npos ||
      value.find('-') == std::string_view::npos)
    return false;
  for (const char c : value)
    if (!is_name_char(c) && c != ':') return false;
  std::string name = lower(value);
  for (const std::string& region : words().api_prefixes.list()) {
    if (!name.starts_with(region)) continue;
    name.erase(0, region.size());
    break;
  }
  const std::size_t dot = std::min(name.find('.'), name.size());
  if (!words().cloud_vendors.has(std::string_view(name).substr(0, dot))) return false;
  name.erase(0, std::min(dot + 1, name.size()));
  const std::size_t colon = name.find(':');
  // The version that the cloud counts, or a name that no file and no setting has.
  if (colon != std::string::npos)
    return colon > 3 && name.size() == colon + 2 && is_digit(name.back());  // and no port
  const bool version = name.size() > 3 && name.substr(name.size() - 3, 2) == "-v" && is_digit(name.back());
  return version || looks_like_model(name);
}

std::string api_model(std::string_view value) {
  constexpr std::size_t kLongest = 100;
  if (value.size() < 2 || value.size() > kLongest) return {};
  for (const char c : value) {
    if (!is_alnum(c) && c != '-' && c != '.' && c != '/' && c != ':' && c != '@' && c != '_') return {};
  }
  std::string name = lower(value);
  for (std::size_t slash = name.find('/'); slash != std::string::npos; slash = name.find('/')) {
    if (!words().api_providers.has(std::string_view(name).substr(0, slash))) return {};
    name.erase(0, slash + 1);
  }
  const auto known = [&] {
    return std::any_of(words().api_models.list().begin(), words().api_models.list().end(),
                       [&](const std::string& model) {
                         // Most strings of a program begin as none does.
                         if (name.empty() || name.front() != model.front() || !name.starts_with(model))
                           return false;
                         // `o1` is no beginning of o1js, and gpt-4 one of gpt-4o.
                         const char next = name.size() > model.size() ? name[model.size()] : '-';
                         return !is_alnum(model.back()) || model.size() > 2 || next == '-' || next == '@';
                       });
  };
  for (bool cut = true; cut && !known();) {
    cut = false;
    for (const std::string& prefix : words().api_prefixes.list()) {
      if (name.empty() || name.front() != prefix.front() || !name.starts_with(prefix)) continue;
      name.erase(0, prefix.size());
      cut = true;
      break;
    }
  }
  if (!known()) return {};
  name.resize(std::min(name.find_first_of(":@"), name.size()));
  // The version that a cloud counts: -v1, -v2.
  if (name.size() > 3 && name.substr(name.size() - 3, 2) == "-v" && is_digit(name.back())) {
    const std::string plain = name.substr(0, name.size() - 3);
    if (plain.find('-') != std::string::npos && is_digit(plain.back())) name = plain;
  }
  // What people made and called after one is theirs: gpt-4-alpaca-lora.
  return words().api_others.within(name) ? std::string() : name;
}

}  // namespace howopen::scan
