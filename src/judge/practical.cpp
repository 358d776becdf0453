// What it takes to run a model: bytes of the weights as they are stored, a rule for what comes on top, and
// which devices hold that. Bytes come from files and their heads; only where nobody saw those, from the count
// of parameters.
//
//   65.5 GB of BF16 shards  ->  78.6 GB to run: 2 x 48 GB GPU, 1 x H200; one server

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "judge/parts.h"

namespace howopen {
namespace rules {
namespace {

constexpr std::ptrdiff_t kQuantizedShown = 20;

struct Bytes {
  std::int64_t bytes = -1;
  std::string basis;
};

bool is_complete(const WeightSet& s) {
  return s.present > 0 && s.present >= s.expected && s.missing.empty();
}

// What is run of several quantizations: what llama.cpp takes where nothing else is said.
bool usual_quantization(const WeightSet& s) {
  return s.name.find("Q4_K_M") != std::string::npos || s.name.find("q4_k_m") != std::string::npos;
}

// The sets that are in memory together when the model runs.
class Loaded {
 public:
  explicit Loaded(const Facts& f) : f_(f) {
    if (!f.weights.components.empty())
      pipeline();
    else if (std::any_of(f.weights.sets.begin(), f.weights.sets.end(),
                         [](const WeightSet& s) { return s.part; }))
      parts();
    else
      one();
    if (model.empty() || !f.weights.components.empty()) return;
    std::set<std::string> known;
    for (const WeightSet& s : f.weights.sets) {
      if (!s.helper.empty() && s.loaded && is_complete(s) && known.insert(s.helper).second)
        helpers.push_back(&s);
    }
  }

  std::vector<const WeightSet*> model;
  std::vector<const WeightSet*> helpers;
  const Ancestor* base = nullptr;         ///< that an adapter is loaded over
  std::vector<const WeightSet*> choices;  ///< quantizations, of which `model` is one

  static std::int64_t sum(const std::vector<const WeightSet*>& sets) {
    std::int64_t out = 0;
    for (const WeightSet* s : sets) {
      if (s->bytes < 0) return -1;
      out += s->bytes;
    }
    return out;
  }

 private:
  // In each folder the format that comes first, and of its variants the full one.
  void pipeline() {
    for (const std::string& component : f_.weights.components) {
      const WeightSet* best = nullptr;
      for (const WeightSet& s : f_.weights.sets) {
        if (s.folder != component || s.adapter || !is_complete(s)) continue;
        if (best == nullptr || (s.format == best->format && s.bytes > best->bytes)) best = &s;
      }
      if (best == nullptr) return model.clear();
      model.push_back(best);
    }
  }
  void parts() {
    for (const WeightSet& s : f_.weights.sets) {
      if (!s.part) continue;
      if (!is_complete(s)) return model.clear();
      model.push_back(&s);
    }
  }
  void one() {
    const WeightSet* first = nullptr;
    const WeightSet* adapter = nullptr;
    for (const WeightSet& s : f_.weights.sets) {
      if (!is_complete(s) || !s.helper.empty()) continue;
      if (s.adapter) {
        if (adapter == nullptr) adapter = &s;
        continue;
      }
      if (first == nullptr) first = &s;
      if (s.format == WeightFormat::gguf && s.format == first->format) choices.push_back(&s);
    }
    if (choices.size() < 2) choices.clear();
    const auto usual = std::find_if(choices.begin(), choices.end(),
                                    [](const WeightSet* s) { return usual_quantization(*s); });
    if (usual != choices.end()) first = *usual;
    if (first != nullptr) return model.push_back(first);
    for (const Ancestor& a : f_.lineage) {
      if (adapter == nullptr || a.depth != 1 || a.weights_bytes < 0 || base != nullptr) continue;
      base = &a;
      model.push_back(adapter);
    }
  }

  const Facts& f_;
};

std::string size_of(std::int64_t bytes) {
  return fmt::format("{:.1f} GB", static_cast<double>(bytes) / 1e9);
}

// What the sizes of files tell, in words.
Bytes by_files(const Loaded& loaded) {
  const std::int64_t model = Loaded::sum(loaded.model);
  const std::int64_t helpers = Loaded::sum(loaded.helpers);
  if (loaded.model.empty() || model < 0 || helpers < 0) return {};
  Bytes out{model + helpers, "the sizes of the weight files"};
  if (loaded.base != nullptr) {
    out.bytes += loaded.base->weights_bytes;
    out.basis += fmt::format(", of the adapter and of {}", loaded.base->id);
  }
  if (loaded.model.size() + loaded.helpers.size() > 1) {
    out.basis += fmt::format(" of {} parts", loaded.model.size() + loaded.helpers.size());
  } else if (!loaded.choices.empty()) {
    const auto [least, most] =
        std::minmax_element(loaded.choices.begin(), loaded.choices.end(),
                            [](const WeightSet* a, const WeightSet* b) { return a->bytes < b->bytes; });
    out.basis += fmt::format(": {}, of {} from {} to {}", loaded.model.front()->name, loaded.choices.size(),
                             size_of((*least)->bytes), size_of((*most)->bytes));
  }
  return out;
}

Bytes to_load(const Facts& f, const Hardware& h, const Loaded& loaded) {
  if (const Bytes files = by_files(loaded); files.bytes >= 0) return files;
  if (loaded.model.empty() || !f.weights.components.empty()) return {};
  std::int64_t sum = 0;
  for (const auto& [type, bytes] : f.weights.tensor_bytes) sum += bytes;
  if (sum > 0) return {sum, "the heads of the weight files"};
  // Counts are of what is held: of packed weights (MXFP4, GPTQ) more or fewer than what is stored.
  double elements = 0;
  bool known = !f.weights.elements.empty();
  for (const auto& [type, n] : f.weights.elements) {
    const auto size = h.bytes_by_type.find(type);
    known = known && size != h.bytes_by_type.end();
    if (known) elements += static_cast<double>(n) * size->second;
  }
  if (known && f.weights.quantization.empty())
    return {static_cast<std::int64_t>(elements), "the stored elements that the Hub counted"};
  const auto factor = h.bytes_by_quantization.find(f.weights.quantization);
  if (f.weights.parameters > 0 && factor != h.bytes_by_quantization.end()) {
    return {static_cast<std::int64_t>(static_cast<double>(f.weights.parameters) * factor->second),
            fmt::format("{} parameters at {:g} bytes, since no size of a file is known", f.weights.parameters,
                        factor->second)};
  }
  if (known) return {static_cast<std::int64_t>(elements), "the stored elements that the Hub counted"};
  return {};
}

// Keys and values of one context, at two bytes an element; nothing where the configuration was not read.
std::optional<std::int64_t> cache_bytes(const Facts& facts, std::int64_t context) {
  if (!facts.cache || context <= 0) return std::nullopt;
  constexpr double kMost = 4e18;
  double elements = 0;
  for (const CacheLayers& l : *facts.cache) {
    const std::int64_t kept = l.window > 0 ? std::min(l.window, context) : context;
    elements += static_cast<double>(l.layers) *
                (static_cast<double>(l.per_token) * static_cast<double>(kept) + static_cast<double>(l.state));
  }
  if (elements < 0 || elements * 2 > kMost) return std::nullopt;
  return static_cast<std::int64_t>(elements) * 2;
}

}  // namespace
}  // namespace rules

Practical practical_for(const Facts& facts, const Catalog& catalog, std::int64_t context) {
  using namespace rules;  // NOLINT(google-build-using-namespace): the steps above are its contents
  Practical out;
  out.cache_bytes = cache_bytes(facts, context);
  if (context > 0) out.context = context;
  const Hardware& h = catalog.hardware();
  const Loaded loaded(facts);
  if (const std::int64_t bytes = Loaded::sum(loaded.model); !loaded.model.empty() && bytes >= 0)
    out.weights_bytes = bytes;
  const Bytes load = to_load(facts, h, loaded);
  if (load.bytes >= 0) {
    out.load_bytes = load.bytes;
    out.basis = load.basis;
    const double run =
        static_cast<double>(load.bytes) * h.overhead + static_cast<double>(out.cache_bytes.value_or(0));
    out.run_bytes = static_cast<std::int64_t>(run) + h.floor_bytes;
    for (const Hardware::Gpu& gpu : h.gpus) {
      const double usable = static_cast<double>(gpu.bytes) * h.usable - static_cast<double>(h.floor_bytes);
      const auto needed = static_cast<std::int64_t>(std::ceil(run / usable));
      const auto count =
          std::find_if(h.counts.begin(), h.counts.end(), [&](std::int64_t n) { return n >= needed; });
      if (count == h.counts.end()) continue;
      if (*count > 1 && gpu.who == "a laptop GPU") continue;
      if (*count > h.server && &gpu != &h.gpus.back()) continue;
      if (out.who.empty() && (*count == 1 || (*count <= h.server && gpu.who == "one server")))
        out.who = gpu.who;
      out.gpus.push_back({gpu.name, static_cast<int>(*count), gpu.who});
    }
    if (out.who.empty()) out.who = "a cluster";
  }
  if (facts.quantized) {
    const std::vector<std::string>& models = facts.quantized->models;
    out.quantized.assign(models.begin(),
                         models.begin() + std::min<std::ptrdiff_t>(kQuantizedShown, std::ssize(models)));
    // How many there are is known when one page holds them all.
    if (!facts.quantized->more) out.quantized_count = std::ssize(models);
  }
  if (facts.api.platform) {
    out.jurisdiction = facts.api.platform->jurisdiction;
    out.vendor = facts.api.platform->vendor;
    out.api_host = facts.api.platform->host;
    out.api_as_of = facts.api.platform->as_of;
  }
  return out;
}

}  // namespace howopen
