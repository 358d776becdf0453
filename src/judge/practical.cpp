// What it takes to run a model: bytes of the weights as they are stored, a rule for what comes on top, and
// which devices hold that. Bytes come from files and their heads; only where nobody saw those, from the count
// of parameters.
//
//   65.5 GB of BF16 shards  ->  78.6 GB to run: 2 x 48 GB GPU, 1 x H200; one server

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "judge/parts.h"

namespace howopen {
namespace rules {
namespace {

constexpr std::ptrdiff_t kQuantizedShown = 20;

struct Bytes {
  std::int64_t bytes = -1;
  std::string basis;
};

// The model that an adapter, or files that replace a part of it, are loaded over.
const Ancestor* base_of(const Facts& f) {
  const auto base = std::find_if(f.lineage.begin(), f.lineage.end(),
                                 [](const Ancestor& a) { return a.depth == 1 && a.weights_bytes >= 0; });
  return base == f.lineage.end() ? nullptr : &*base;
}

std::string size_of(std::int64_t bytes) {
  const auto size = static_cast<double>(bytes);
  return size < 1e9 ? fmt::format("{:.0f} MB", std::max(1.0, size / 1e6))
                    : fmt::format("{:.1f} GB", size / 1e9);
}

// `Q4_K_M` of `llama-2-7b.Q4_K_M.gguf`; the whole name where no part of it looks like one.
std::string quantization_in(std::string_view name) {
  const std::string_view stem = name.substr(0, name.rfind('.'));
  std::string found(stem);
  for (std::size_t at = 0; at < stem.size();) {
    const std::size_t end = std::min(stem.find_first_of("-.", at), stem.size());
    const std::string_view word = stem.substr(at, end - at);
    const std::size_t digits = word.find_first_of("0123456789");
    const std::string_view letters = word.substr(0, digits);
    const auto is = [&](std::string_view small, std::string_view capital) {
      return letters == small || letters == capital;
    };
    const bool kind = is("q", "Q") || is("iq", "IQ") || is("f", "F") || is("fp", "FP") || is("bf", "BF") ||
                      is("tq", "TQ") || is("mxfp", "MXFP");
    if (digits != std::string_view::npos && kind) found = word;
    at = end + 1;
  }
  return found;
}

// Which of several quantizations: "Q4_K_M of 14, 2.8 to 7.2 GB".
std::string choice_of(const LoadedSets& loaded) {
  if (loaded.choices.empty()) return {};
  std::int64_t least = -1;
  std::int64_t most = -1;
  for (const WeightSet* s : loaded.choices) {
    if (s->bytes < 0) continue;
    least = least < 0 ? s->bytes : std::min(least, s->bytes);
    most = std::max(most, s->bytes);
  }
  const std::string which =
      fmt::format("{} of {}", quantization_in(loaded.model.front()->name), loaded.choices.size());
  return least < 0 ? which : fmt::format("{}, {} to {}", which, size_of(least), size_of(most));
}

// What the sizes of files tell, in words.
Bytes by_files(const Facts& f, const LoadedSets& loaded) {
  const std::int64_t bytes = loaded.bytes();
  if (bytes >= 0) {
    Bytes out{bytes, "the sizes of the weight files"};
    const std::size_t parts = loaded.model.size() + loaded.helpers.size();
    if (parts > 1)
      out.basis += fmt::format(" of {} parts", parts);
    else if (!loaded.choices.empty())
      out.basis += ": " + choice_of(loaded);
    return out;
  }
  // Files that change another model's weights are loaded with those.
  const Ancestor* base = base_of(f);
  if (base == nullptr || !loaded.model.empty() || !f.weights.components.empty()) return {};
  if (loaded.adapter != nullptr && loaded.adapter->bytes >= 0) {
    return {loaded.adapter->bytes + base->weights_bytes,
            fmt::format("the sizes of the weight files of the adapter and of {}", base->id)};
  }
  const auto some = std::find_if(f.weights.sets.begin(), f.weights.sets.end(), [](const WeightSet& s) {
    return !s.adapter && s.helper.empty() && s.present > 0 && s.bytes > 0;
  });
  if (some == f.weights.sets.end() || some->bytes > base->weights_bytes / 2) return {};
  return {some->bytes + base->weights_bytes,
          fmt::format("the sizes of the files that are there, {} of {}, and of {}", some->present,
                      some->expected, base->id)};
}

// Counts of elements, each at what its type takes as it is stored.
std::optional<double> by_elements(const Facts& f, const std::map<std::string, double>& sizes,
                                  const std::map<std::string, double>& packed) {
  double out = 0;
  for (const auto& [type, n] : f.weights.elements) {
    const auto own = packed.find(type);
    const auto usual = sizes.find(type);
    if (own == packed.end() && usual == sizes.end()) return std::nullopt;
    out += static_cast<double>(n) * (own != packed.end() ? own->second : usual->second);
  }
  return f.weights.elements.empty() ? std::nullopt : std::optional(out);
}

// Files that are pointers, and files of this machine whose heads are none of a model: their sizes tell
// nothing.
bool sizes_mean_nothing(const Facts& f) {
  const bool pointers = std::any_of(f.weights.sets.begin(), f.weights.sets.end(), [](const WeightSet& s) {
    return s.helper.empty() && s.pointer_sized > 0;
  });
  return pointers || (f.origin == Origin::local && std::any_of(f.license.heads.begin(), f.license.heads.end(),
                                                               [](const auto& head) { return !head; }));
}

Bytes to_load(const Facts& f, const Hardware& h, const LoadedSets& loaded) {
  if (sizes_mean_nothing(f)) return {};
  if (const Bytes files = by_files(f, loaded); files.bytes >= 0) return files;
  if (loaded.model.empty() || !f.weights.components.empty()) return {};
  std::int64_t sum = 0;
  for (const auto& [type, bytes] : f.weights.tensor_bytes) sum += bytes;
  if (sum > 0) return {sum, "the heads of the weight files"};
  // Counts are of what is held: of packed weights (MXFP4, GPTQ) more or fewer than what is stored.
  const auto packed = h.bytes_by_packed.find(f.weights.quantization);
  static const std::map<std::string, double> kNone;
  const auto elements =
      by_elements(f, h.bytes_by_type, packed == h.bytes_by_packed.end() ? kNone : packed->second);
  const Bytes counted{elements ? static_cast<std::int64_t>(*elements) : -1,
                      "the number of stored elements and their types"};
  if (elements && (f.weights.quantization.empty() || packed != h.bytes_by_packed.end())) return counted;
  const auto factor = h.bytes_by_quantization.find(f.weights.quantization);
  if (f.weights.parameters > 0 && factor != h.bytes_by_quantization.end()) {
    return {static_cast<std::int64_t>(static_cast<double>(f.weights.parameters) * factor->second),
            fmt::format("{} parameters at {:g} bytes, since no size of a file is known", f.weights.parameters,
                        factor->second)};
  }
  return elements ? counted : Bytes{};
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
  const LoadedSets loaded = loaded_sets(facts.weights);
  LoadedSets alone = loaded;
  alone.helpers.clear();
  if (loaded.adapter != nullptr) alone.model = {loaded.adapter};
  if (const std::int64_t bytes = alone.bytes(); bytes >= 0 && !sizes_mean_nothing(facts))
    out.weights_bytes = bytes;
  if (loaded.bytes() >= 0 && loaded.model.size() + loaded.helpers.size() == 1) out.choice = choice_of(loaded);
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
    // A platform that never had the model answers for another one.
    const Platform& p = *facts.api.platform;
    out.api_serves = p.serves_this;
    if (p.serves_this || p.retired || facts.release) out.api_host = p.host;
    out.api_served = p.served;
    out.api_withdrawn = p.withdrawn;
    out.api_as_of = facts.api.platform->as_of;
  }
  return out;
}

}  // namespace howopen
