// Which weights are there. Names decide, sizes support; what an index calls for counts as much as what the
// names count to. The same weights often lie in a repository twice (original/, onnx/, .bin beside
// safetensors): each copy is a set of its own here, and nobody adds them up.
//
//   model-00001-of-00002.safetensors alone  ->  one set, 1 of 2, missing model-00002-of-00002.safetensors

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "facts/names.h"
#include "facts/parts.h"
#include "text/ascii.h"
#include "text/limits.h"
#include "text/utf8.h"

namespace howopen::facts {
namespace {

constexpr std::int64_t kPointerSize = 200;  // a Git LFS pointer has about 130 bytes
constexpr std::size_t kMissingNamed = 8;

struct Group {
  WeightSet set;
  std::set<std::int64_t> shards;
  std::int64_t named_shards = 0;  // as the names count them
  std::string example;            // a name to derive the missing ones from
  std::set<std::string> files;    // full paths
};

std::string shard_name(const std::string& example, std::int64_t number) {
  const auto shard = shard_of(example);
  if (!shard) return {};
  // Same width as the example's number.
  const std::size_t digits_at = example.find_first_of("0123456789", shard->at);
  const std::size_t width = example.find("-of-", digits_at) - digits_at;
  std::string out = example;
  out.replace(digits_at, width, fmt::format("{:0{}}", number, width));
  return out;
}

void miss(WeightSet& set, std::string name) {
  if (set.missing.size() < kMissingNamed) set.missing.push_back(std::move(name));
}

void finish(Group& group) {
  WeightSet& set = group.set;
  set.present = static_cast<std::int64_t>(group.files.size());
  set.expected = set.present;
  if (group.named_shards > 0) {
    set.expected = group.named_shards;
    set.present = static_cast<std::int64_t>(group.shards.size());
    // Counted from 1, or from 0 by TensorFlow and a few others.
    const std::int64_t first = group.shards.contains(0) ? 0 : 1;
    for (std::int64_t n = first; n < first + group.named_shards && set.missing.size() < kMissingNamed; ++n) {
      if (!group.shards.contains(n)) miss(set, shard_name(group.example, n));
    }
  } else if (!group.shards.empty() &&
             *group.shards.rbegin() > static_cast<std::int64_t>(group.shards.size()) &&
             set.format == WeightFormat::pytorch) {
    set.expected = *group.shards.rbegin();  // consolidated.00 … .03 without .01
    for (std::int64_t n = 1; n <= set.expected; ++n) {
      if (!group.shards.contains(n)) miss(set, fmt::format("part {:02}", n - 1));
    }
  }
}

// An index names the files of a set; files it names and nobody uploaded are missing.
void apply_index(const Repo& repo, const ModelFile& index, std::map<std::string, Group>& groups) {
  const auto* names = repo.get<ShardNames>(index.path);
  if (names == nullptr || names->files.empty()) return;
  const std::string in(folder(index.path));
  const auto path_of = [&](const std::string& name) { return in.empty() ? name : in + "/" + name; };
  Group* target = nullptr;
  std::int64_t present = 0;
  std::vector<std::string> missing;
  for (const std::string& name : names->files) {
    const std::string path = path_of(name);
    if (const ModelFile* file = repo.info()->file(path)) {
      ++present;
      if (file->weight && target == nullptr) {
        const auto it = groups.find(file->weight->set);
        if (it != groups.end()) target = &it->second;
      }
    } else {
      missing.push_back(name);
    }
  }
  if (target == nullptr) {
    Group& group = groups[index.path];
    group.set.format = index.index_of.value_or(WeightFormat::other);
    group.set.folder = in;
    group.set.name = names->files.front();
    target = &group;
  }
  WeightSet& set = target->set;
  set.index = index.path;
  set.expected = static_cast<std::int64_t>(names->files.size());
  set.present = present;
  set.missing.clear();
  for (std::string& name : missing) miss(set, std::move(name));
}

// The parts of a diffusers pipeline that carry weights: model_index.json names them all, the scheduler, the
// tokenizers and the processors among them have none.
void read_pipeline(const Repo& repo, const std::map<std::string, Group>& groups, Weights& out) {
  const auto* index = repo.get<text::Json>("model_index.json");
  if (index == nullptr) return;
  for (const auto& [key, value] : index->members()) {
    const std::string& name = key;  // clang 14 captures no structured bindings
    if (name.starts_with("_") || value.items().size() != 2) continue;
    const std::string type(value.items()[1].string_or(""));
    if (type.empty() || !value.items()[0].is_string()) continue;
    const auto has = [&](std::string_view part) { return type.find(part) != std::string::npos; };
    if (has("Scheduler") || has("Tokenizer") || has("Processor") || has("FeatureExtractor")) continue;
    out.components.push_back(name);
    const bool there = std::any_of(groups.begin(), groups.end(), [&](const auto& g) {
      return g.second.set.folder == name && complete(g.second.set);
    });
    if (!there) out.components_missing.push_back(name);
  }
}

// What libraries look for before anything else: `model-00001-of-00002.safetensors`, not `model.fp32-…`.
bool plain_name(std::string_view name) {
  std::string stem(name);
  if (const auto shard = shard_of(stem)) stem.erase(shard->at, shard->size);
  stem.resize(std::min(stem.rfind('.'), stem.size()));
  for (const std::string_view plain :
       {"model", "pytorch_model", "diffusion_pytorch_model", "tf_model", "flax_model"}) {
    if (stem == plain) return true;
  }
  return false;
}

// What the name of a GGUF file says of its precision: `Q4_K_M`, `iq2_xs` are quantized, `F16` and `BF16` are
// not.
std::optional<bool> quantized_by_name(std::string_view file) {
  const std::string name = text::lower(file);
  std::optional<bool> out;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t end = std::min(name.find_first_of("-.", at), name.size());
    const std::string_view word = std::string_view(name).substr(at, end - at);
    at = end + 1;
    for (const std::string_view full : {"f16", "f32", "bf16", "fp16", "fp32"}) {
      if (word == full || word.ends_with("_" + std::string(full))) out = false;
    }
    for (const std::string_view head : {"q", "iq", "tq", "mxfp"}) {
      if (word.starts_with(head) && word.size() > head.size() && text::is_digit(word[head.size()]))
        out = true;
    }
  }
  return out;
}

// Whether GGUF files are quantized, by what their heads, names and sizes say: `F16`, `BF16` and `F32` are
// not. Nothing where nothing tells.
std::optional<bool> quantized_gguf(const Repo& repo, const Readings::Impl& readings, const Weights& weights) {
  std::string type = repo.info()->gguf_type;
  for (const std::string& path : heads_to_read(repo)) {
    const auto* head = readings.get<TensorHead>(repo.head(path));
    if (type.empty() && head != nullptr) type = head->type;
  }
  // The head knows better than the name.
  // Of llama.cpp's file types 0 is F32, 1 is F16, 32 is BF16, and 1024 stands for a guess.
  if (weights.sets.size() == 1 && !type.empty()) return type != "0" && type != "1" && type != "32";
  bool full = false;
  for (const WeightSet& s : weights.sets) {
    if (!s.helper.empty() || s.format != WeightFormat::gguf) continue;
    const auto named = quantized_by_name(s.name);
    if (named && *named) return true;
    full = full || named;
  }
  if (full) return false;
  const std::int64_t parameters = repo.info()->parameters;
  const WeightSet& first = weights.sets.front();
  if (parameters <= 0 || first.bytes <= 0) return std::nullopt;
  return first.bytes / parameters < 2;  // bytes of an element
}

std::string quantization_of(const Repo& repo, const Readings::Impl& readings, const Weights& weights) {
  for (const text::Json* config : {repo.get<text::Json>("config.json"), &repo.info()->config}) {
    if (config == nullptr) continue;
    const text::Json& q = (*config)["quantization_config"];
    if (!q.is_object()) continue;
    if (const auto method = q["quant_method"].string()) return std::string(*method);
    if (q["load_in_4bit"].boolean_or(false) || q["load_in_8bit"].boolean_or(false)) return "bitsandbytes";
    return "quantized";
  }
  for (const char* name : {"quantize_config.json", "quant_config.json"}) {
    if (repo.info()->file(name) != nullptr) return "gptq";
  }
  const bool gguf =
      !weights.sets.empty() && std::all_of(weights.sets.begin(), weights.sets.end(),
                                           [](const WeightSet& s) { return s.format == WeightFormat::gguf; });
  return gguf && quantized_gguf(repo, readings, weights).value_or(false) ? "gguf" : "";
}

// What the heads of the files say, where all of them were read: the Hub counts the tensors of most
// repositories, not of all.
void read_heads(const Repo& repo, const Readings::Impl& readings, Weights& out) {
  std::map<std::string, std::int64_t> elements;
  const auto paths = heads_to_read(repo);
  for (const std::string& path : paths) {
    const auto* head = readings.get<TensorHead>(repo.head(path));
    if (head == nullptr || head->bytes.empty()) return;
  }
  for (const std::string& path : paths) {
    const auto* head = readings.get<TensorHead>(repo.head(path));
    for (const auto& [type, n] : head->elements) elements[type] += n;
    for (const auto& [type, n] : head->bytes) out.tensor_bytes[type] += n;
  }
  if (out.elements.empty()) out.elements = std::move(elements);
}

// The largest file that may be weights and that nobody knows.
std::optional<Observation> unknown_format(const Repo& repo, const WeightWords& words) {
  constexpr std::int64_t kLarge = 20'000'000;
  const ModelFile* largest = nullptr;
  for (const ModelFile& file : repo.info()->files) {
    const std::string name = text::lower(file_name(file.path));
    const std::size_t dot = name.rfind('.');
    const std::string ending = dot == std::string::npos ? std::string() : name.substr(dot + 1);
    const bool other = std::find(words.others.begin(), words.others.end(), ending) != words.others.end();
    if (file.size < kLarge || other || file.license || no_weights(name) ||
        (largest != nullptr && file.size <= largest->size))
      continue;
    largest = &file;
  }
  if (largest == nullptr) return std::nullopt;
  const auto size = static_cast<double>(largest->size);
  const std::string bytes =
      size < 1e9 ? fmt::format("{:.0f} MB", size / 1e6) : fmt::format("{:.1f} GB", size / 1e9);
  return Observation{fmt::format("{}, {} of an unknown kind", largest->path, bytes),
                     repo.place(largest->path), Kind::file};
}

// Asked and not answered: what it would have said may be that something is missing.
void find_unread(const Repo& repo, Weights& out) {
  std::vector<std::string> telling = indexes_to_read(repo);
  const std::size_t indexes = telling.size();
  telling.emplace_back("model_index.json");
  for (std::string& path : adapters_to_read(repo)) telling.push_back(std::move(path));
  for (std::size_t i = 0; i < telling.size(); ++i) {
    const std::string& path = telling[i];
    if (repo.info()->file(path) == nullptr || repo.find(path) == nullptr) continue;
    const Unseen why = repo.why(path);
    if (why != Unseen::failed && why != Unseen::unreadable) continue;
    out.unread = Observation{path + " could not be read", repo.place(path), Kind::file};
    out.unread_index = i < indexes;
    return;
  }
}

Seen<Observation> seen_on_branch(const Want& want, const Readings::Impl& readings) {
  const Reading* reading = readings.find(want);
  if (reading == nullptr) return {Unseen::not_asked, want.id + "@" + want.revision};
  const std::string& where = reading->answer.where;
  const auto* info = std::get_if<ModelInfo>(&reading->value);
  if (info == nullptr) return {unseen(reading->answer, reading->unreadable), where};
  const auto file = std::find_if(info->files.begin(), info->files.end(),
                                 [](const ModelFile& f) { return f.weight && f.size != 0; });
  if (file == info->files.end()) return {Unseen::absent, where};
  return {Observation{fmt::format("branch {} holds {}", want.revision, file->path), where, Kind::metadata},
          where};
}

}  // namespace

std::vector<std::string> indexes_to_read(const Repo& repo) {
  constexpr std::size_t kMostIndexes = 4;
  std::vector<std::string> out;
  for (const ModelFile& index : repo.info()->files) {
    if (!index.index_of || index.size > static_cast<std::int64_t>(limits::kShardIndex)) continue;
    if (out.size() < kMostIndexes) out.push_back(index.path);
  }
  return out;
}

std::vector<std::string> adapters_to_read(const Repo& repo, std::size_t* left_out) {
  constexpr std::size_t kMostAdapters = 8;
  constexpr std::string_view kName = "adapter_config.json";
  if (repo.info()->file(kName) != nullptr) return {std::string(kName)};
  std::vector<std::string> out;
  for (const ModelFile& file : repo.info()->files) {
    if (file_name(file.path) != kName) continue;
    if (out.size() < kMostAdapters)
      out.push_back(file.path);
    else if (left_out != nullptr)
      ++*left_out;
  }
  return out;
}

std::vector<std::string> heads_to_read(const Repo& repo) {
  std::vector<std::string> out;
  if (repo.info() == nullptr || repo.info()->repository.gate != AccessGate::none) return out;
  std::string gguf;
  const bool counted = !repo.info()->elements.empty();
  for (const ModelFile& file : repo.info()->files) {
    const auto& name = file.weight;
    if (!name || name->adapter || !folder(file.path).empty()) continue;
    if (name->format == WeightFormat::safetensors && !counted) out.push_back(file.path);
    if (name->format == WeightFormat::gguf && repo.info()->gguf_architecture.empty() && gguf.empty())
      gguf = file.path;
  }
  if (out.size() > limits::kHeads) out.clear();  // a part of the sum is no sum
  if (out.empty() && !gguf.empty()) out.push_back(gguf);
  return out;
}

namespace {

std::vector<WeightFile> files_of(const ModelInfo& info) {
  std::vector<WeightFile> out;
  for (const ModelFile& file : info.files) {
    if (!file.weight) continue;
    WeightFile& one = out.emplace_back(WeightFile{file.path, {}});
    if (!file.sha256.empty())
      one.digest = "sha256:" + file.sha256;
    else if (!file.lfs && file.blob.size() == 40)
      one.digest = "git:" + file.blob;
  }
  return out;
}

}  // namespace

Weights gather_weights(const Repo& repo, const Readings::Impl& readings, const Catalog& catalog) {
  Weights out;
  if (repo.info() == nullptr) return out;
  std::map<std::string, Group> groups;
  for (const ModelFile& file : repo.info()->files) {
    const auto& name = file.weight;
    if (!name) continue;
    Group& group = groups[name->set];
    if (group.files.empty()) {
      group.set.format = name->format;
      group.set.folder = folder(file.path);
      group.set.name = file_name(file.path);
      group.set.bytes = 0;
      group.set.adapter = name->adapter;
      group.example = file_name(file.path);
      group.named_shards = name->shards;
    }
    group.files.insert(file.path);
    if (name->shard > 0 || name->shards > 0) group.shards.insert(name->shard);
    if (file.size < 0) group.set.bytes = -1;
    if (group.set.bytes >= 0) group.set.bytes += file.size;
    if (file.size >= 0 && file.size <= kPointerSize && !file.lfs) ++group.set.pointer_sized;
  }
  out.files = files_of(*repo.info());
  for (auto& [key, group] : groups) finish(group);
  for (const ModelFile& file : repo.info()->files) {
    if (file.index_of) apply_index(repo, file, groups);
  }
  read_pipeline(repo, groups, out);
  // A folder of a pipeline is no set by itself worth naming first: the top of the repository comes first.
  for (auto& [key, group] : groups) out.sets.push_back(std::move(group.set));
  std::stable_sort(out.sets.begin(), out.sets.end(), [](const WeightSet& a, const WeightSet& b) {
    const auto rank = [](const WeightSet& s) {
      return std::tuple(!s.folder.empty(), s.adapter, !complete(s), s.format, !plain_name(s.name));
    };
    return rank(a) < rank(b);
  });
  if (out.components.empty()) tell_roles(catalog.weight_words(), out.sets);
  if (out.sets.empty()) out.unknown_format = unknown_format(repo, catalog.weight_words());
  const std::string name = text::lower(repository_name(repo.id()));
  // The card says it; of one that was not read the name is all there is.
  const Card* card = repo.card();
  out.delta = card != nullptr ? card->claims.delta || name.ends_with("-delta") ||
                                    name.find("-delta-") != std::string::npos
                              : name.find("-delta") != std::string::npos;
  out.quantization = quantization_of(repo, readings, out);
  out.elements = repo.info()->elements;
  out.parameters = repo.info()->parameters;
  read_heads(repo, readings, out);
  find_unread(repo, out);
  if (const auto want = refs_want(repo)) {
    if (const auto* branches = readings.get<Branches>(*want))
      out.branches = {branches->names, readings.find(*want)->answer.where};
    else if (const Reading* reading = readings.find(*want))
      out.branches = {unseen(reading->answer, reading->unreadable), reading->answer.where};
  }
  if (const auto want = branch_want(repo, readings)) out.on_branch = seen_on_branch(*want, readings);
  return out;
}

}  // namespace howopen::facts
