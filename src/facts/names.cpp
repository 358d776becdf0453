// File names as evidence. Numbers of shards come with five digits and with six (DeepSeek-V3:
// model-00001-of-000163.safetensors), and some sets only count (Llama: consolidated.00.pth).
//
//   weight_file("model-00001-of-000163.safetensors")  ->  safetensors, shard 1 of 163
//   license_file("LICENSE-MODEL")                     ->  weights
//   weight_file("optimizer.pt")                       ->  nothing: a trace of training

#include "facts/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "text/ascii.h"
#include "text/phrases.h"
#include "text/utf8.h"

namespace howopen::facts {
namespace {

using text::is_alnum;
using text::is_digit;
using text::lower;

struct Extension {
  std::string_view ending;
  WeightFormat format;
};

// Longest endings first where one ends another.
constexpr std::array<Extension, 42> kExtensions = {{
    {".safetensors", WeightFormat::safetensors},
    {".gguf", WeightFormat::gguf},
    {".ggml", WeightFormat::gguf},
    {".bin", WeightFormat::pytorch},
    {".pth", WeightFormat::pytorch},
    {".pt", WeightFormat::pytorch},
    {".ckpt", WeightFormat::pytorch},
    {".onnx", WeightFormat::onnx},
    {".h5", WeightFormat::tensorflow},
    {".keras", WeightFormat::tensorflow},
    {".tflite", WeightFormat::tensorflow},
    {".pb", WeightFormat::tensorflow},
    {".msgpack", WeightFormat::flax},
    {".nemo", WeightFormat::nemo},
    {".npz", WeightFormat::other},
    {".ot", WeightFormat::other},
    {".mlmodel", WeightFormat::other},
    {".joblib", WeightFormat::other},
    {".pkl", WeightFormat::other},
    {".pickle", WeightFormat::other},
    {".whl", WeightFormat::other},
    {".mlpackage", WeightFormat::other},
    {".pdparams", WeightFormat::other},
    {".pdiparams", WeightFormat::other},
    {".hdf5", WeightFormat::tensorflow},
    {".th", WeightFormat::pytorch},
    {".jit", WeightFormat::pytorch},
    {".pte", WeightFormat::pytorch},
    {".litertlm", WeightFormat::tensorflow},
    {".task", WeightFormat::tensorflow},
    {".vectors.npy", WeightFormat::other},
    {".llamafile", WeightFormat::gguf},
    {".rkllm", WeightFormat::other},
    {".rknn", WeightFormat::other},
    {".mlmodelc", WeightFormat::other},
    {".engine", WeightFormat::other},
    {".skops", WeightFormat::other},
    {".ftz", WeightFormat::other},
    {".distcp", WeightFormat::other},
    {".hef", WeightFormat::other},
    {".params", WeightFormat::other},
    {".exl2", WeightFormat::other},
}};

// State of a training run, vocabularies and the like share endings with weights.
constexpr std::array<std::string_view, 19> kNoWeights = {
    "optimizer",     "optim",         "scheduler", "lr_scheduler", "scaler",    "rng_state", "random_states",
    "training_args", "trainer_state", "args.",     "vocab",        "tokenizer", "dict.",     "sentencepiece",
    "merges",        "events.out",    "latest",    "word2idx",     "label"};

bool adapter_name(std::string_view name) {
  return name.starts_with("adapter_model") || name.starts_with("pytorch_lora_weights") ||
         name.starts_with("adapters.") || name.starts_with("pytorch_adapter") ||
         name.starts_with("learned_embeds") || name.starts_with("pytorch_model_head");
}

// Archives of agents are called after the algorithm.
bool agent_name(std::string_view name) {
  for (const std::string_view algorithm :
       {"ppo", "a2c", "dqn", "sac", "td3", "tqc", "ddpg", "qrdqn", "trpo"}) {
    if (name.starts_with(algorithm) && name.size() > algorithm.size() &&
        (name[algorithm.size()] == '-' || name[algorithm.size()] == '_'))
      return true;
  }
  return false;
}

// `…part1of5`, as split GGUF files were once named.
std::optional<Shard> part_of(std::string_view name) {
  const std::size_t at = name.rfind("part");
  if (at == std::string_view::npos) return std::nullopt;
  Shard s{at, 0, 0, 0};
  std::size_t i = at + 4;
  while (i < name.size() && is_digit(name[i]) && s.number < 1'000'000)
    s.number = s.number * 10 + (name[i++] - '0');
  if (name.substr(i, 2) != "of" || i == at + 4) return std::nullopt;
  for (i += 2; i < name.size() && is_digit(name[i]) && s.of < 1'000'000; ++i)
    s.of = s.of * 10 + (name[i] - '0');
  s.size = i - at;
  if (s.of == 0 || s.number == 0) return std::nullopt;
  return s;
}

// `consolidated.00.pth`, `pytorch_model.03.bin`: a number of two digits before the ending. Three are the size
// of vectors (`cc.en.300.bin`).
std::optional<Shard> counted_part(std::string_view stem) {
  const std::size_t dot = stem.rfind('.');
  if (dot == std::string_view::npos || stem.size() - dot != 3) return std::nullopt;
  std::int64_t n = 0;
  for (std::size_t i = dot + 1; i < stem.size(); ++i) {
    if (!is_digit(stem[i])) return std::nullopt;
    n = n * 10 + (stem[i] - '0');
  }
  return Shard{dot, stem.size() - dot, n + 1, 0};
}

}  // namespace

bool no_weights(std::string_view name) {
  if (name.find("optim_states") != std::string_view::npos) return true;
  return std::any_of(kNoWeights.begin(), kNoWeights.end(), [&](std::string_view s) {
    return !name.empty() && name.front() == s.front() && name.starts_with(s);
  });
}

std::string_view file_name(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string_view folder(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

bool safe_path(std::string_view path) {
  if (path.empty() || path.size() > 1024) return false;
  std::string_view rest = path;
  for (;;) {
    const std::size_t end = rest.find_first_of("/\\");
    const std::string_view part = rest.substr(0, end);
    if (part.empty() || part == "." || part == "..") return false;
    if (part.size() > 1 && part[1] == ':') return false;  // a drive, of Windows
    if (end == std::string_view::npos) return true;
    rest.remove_prefix(end + 1);
  }
}

std::optional<Scope> license_file(std::string_view path) {
  const std::string name = lower(file_name(path));
  static constexpr text::Phrases kSome("licen", "copying", "agreement", "policy", "acceptable", "notice",
                                       "third", "terms", "eula", "copyright", "legal", "clause");
  // LICENSES/MIT.txt, as REUSE wants them.
  const bool reuse = path.starts_with("LICENSES/") && name.ends_with(".txt");
  if (!reuse && !kSome.in(name)) return std::nullopt;  // as most files are
  const auto starts = [&](std::string_view head) {
    return name.starts_with(head) && (name.size() == head.size() || !is_alnum(name[head.size()]));
  };
  const auto has = [&](std::string_view part) { return name.find(part) != std::string::npos; };
  // Not texts: programs that deal with licenses, data about them.
  for (const std::string_view ending : {".py", ".json", ".yaml", ".yml", ".png", ".svg", ".js", ".csv"}) {
    if (name.ends_with(ending)) return std::nullopt;
  }
  for (const Extension& weights : kExtensions) {  // license_plate.onnx
    if (name.ends_with(weights.ending)) return std::nullopt;
  }
  if (has("use_policy") || has("usage_policy") || has("use-policy") || has("usage-policy") ||
      has("acceptable_use") || has("acceptable-use"))
    return Scope::policy;
  if (starts("notice") || has("third_party") || has("third-party") || has("thirdparty")) return Scope::notice;
  if (reuse) return Scope::everything;
  const bool license = starts("terms") || starts("eula") || starts("copyright") || starts("legal") ||
                       starts("additional_terms") || starts("additional-terms") || starts("commons-clause") ||
                       starts("commons_clause") || starts("license") || starts("licence") ||
                       starts("licenses") || starts("copying") || starts("unlicense") ||
                       starts("model_license") || starts("model-license") || starts("license_model") ||
                       has("_license") || has("-license") || has("model_agreement");
  if (!license) return std::nullopt;
  if (has("code")) return Scope::code;
  if (has("model") || has("weight")) return Scope::weights;
  if (has("data")) return Scope::data;
  return Scope::everything;
}

bool translated_card(std::string_view path) {
  const std::string name = lower(path);
  constexpr std::string_view kHead = "readme";
  constexpr std::string_view kEnd = ".md";
  if (!name.starts_with(kHead) || !name.ends_with(kEnd)) return false;
  const std::string_view language =
      std::string_view(name).substr(kHead.size(), name.size() - kHead.size() - kEnd.size());
  return language.size() >= 3 && language.size() <= 12 &&
         std::string_view("-_.").find(language[0]) != std::string_view::npos &&
         std::all_of(language.begin() + 1, language.end(),
                     [](char c) { return text::is_lower(c) || c == '-' || c == '_'; });
}

std::optional<Shard> shard_of(std::string_view name) {
  for (std::size_t of = name.find("-of-"); of != std::string_view::npos; of = name.find("-of-", of + 1)) {
    Shard s;
    std::size_t start = of;
    while (start > 0 && is_digit(name[start - 1]) && of - start < 6) --start;
    std::size_t end = of + 4;
    while (end < name.size() && is_digit(name[end]) && end - of < 10) ++end;
    if (start == of || end == of + 4) continue;
    for (std::size_t i = start; i < of; ++i) s.number = s.number * 10 + (name[i] - '0');
    for (std::size_t i = of + 4; i < end; ++i) s.of = s.of * 10 + (name[i] - '0');
    if (s.of == 0) continue;
    s.at = start > 0 && (name[start - 1] == '-' || name[start - 1] == '_' || name[start - 1] == '.')
               ? start - 1
               : start;
    s.size = end - s.at;
    return s;
  }
  return std::nullopt;
}

std::optional<WeightFormat> shard_index(std::string_view path) {
  if (!path.ends_with('n') && !path.ends_with('N')) return std::nullopt;
  const std::string name = lower(file_name(path));
  if (name.ends_with(".safetensors.index.json")) return WeightFormat::safetensors;
  if (name.ends_with(".bin.index.json")) return WeightFormat::pytorch;
  return std::nullopt;
}

std::optional<WeightName> weight_file(std::string_view path) {
  const std::string name = lower(file_name(path));
  WeightName out;
  std::string_view stem = name;

  // TensorFlow checkpoints: model.ckpt-1000.data-00000-of-00001, counted from zero.
  if (const std::size_t data = name.find(".data-"); data != std::string::npos) {
    const auto shard = shard_of(name);
    if (!shard) return std::nullopt;
    out.format = WeightFormat::tensorflow;
    out.shard = shard->number + 1;
    out.shards = shard->of;
    out.set = fmt::format("{}|{}|tf|{}", folder(path), name.substr(0, data), shard->of);
    return out;
  }
  // The JAX checkpoint of Grok-1: ckpt-0/tensor00000_000.
  if (name.starts_with("tensor") && name.size() > 8 && is_digit(name[6]) &&
      path.find("ckpt-") != std::string_view::npos) {
    out.format = WeightFormat::jax;
    out.shard = 1;
    out.set = fmt::format("{}|tensor|jax|0", folder(path));
    return out;
  }
  // Archives that libraries load as they are: model.tar.gz of AllenNLP, ppo-LunarLander-v2.zip of
  // reinforcement learning.
  if ((name.starts_with("model") && name.ends_with(".tar.gz")) ||
      (name.ends_with(".zip") && agent_name(name))) {
    out.set = fmt::format("{}|{}|archive|0", folder(path), name);
    return out;
  }
  const auto part = part_of(name);
  if (part)
    stem =
        stem.substr(0, part->at > 0 && (stem[part->at - 1] == '.' || stem[part->at - 1] == '-') ? part->at - 1
                                                                                                : part->at);
  const auto ending = std::find_if(kExtensions.begin(), kExtensions.end(), [&](const Extension& e) {
    return !stem.empty() && stem.back() == e.ending.back() && stem.ends_with(e.ending);
  });
  if (ending == kExtensions.end() || no_weights(name)) return std::nullopt;
  out.format = ending->format;
  if (name.starts_with("ggml") && ending->ending == ".bin") out.format = WeightFormat::gguf;
  stem.remove_suffix(ending->ending.size());
  out.adapter = adapter_name(name);

  std::string set(stem);
  if (part) {
    out.shard = part->number;
    out.shards = part->of;
  } else if (const auto shard = shard_of(stem)) {
    out.shard = shard->number;
    out.shards = shard->of;
    set.erase(shard->at, shard->size);
  } else if (const auto counted = counted_part(stem); counted && out.format == WeightFormat::pytorch) {
    out.shard = counted->number;
    set.erase(counted->at, counted->size);
  }
  out.set = folder(path);
  out.set += '|';
  out.set += set;
  out.set += '|';
  out.set += word(out.format);
  out.set += '|';
  out.set += std::to_string(out.shards);
  return out;
}

bool archive_file(std::string_view path) {
  const std::string lower = text::lower(file_name(path));
  return lower.ends_with(".tar") || lower.ends_with(".tar.gz") || lower.ends_with(".tgz");
}

}  // namespace howopen::facts
