// What it takes to run a model: bytes of the weights as they are stored, a rule for what comes on top, and
// which devices hold that. Bytes come from files and their heads; only where nobody saw those, from the count
// of parameters.
//
//   65.5 GB of BF16 shards  ->  78.6 GB to run: 2 x 48 GB GPU, 1 x H200; one server

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "judge/parts.h"

namespace howopen::rules {
namespace {

constexpr std::ptrdiff_t kQuantizedShown = 20;

struct Bytes {
  std::int64_t bytes = -1;
  std::string basis;
};

const WeightSet* complete_set(const Facts& f) {
  if (!f.weights.components.empty()) return nullptr;  // a pipeline's parts are several sets
  for (const WeightSet& s : f.weights.sets) {
    if (!s.adapter && s.present > 0 && s.present >= s.expected && s.missing.empty()) return &s;
  }
  return nullptr;
}

Bytes to_load(const Facts& f, const Hardware& h, const WeightSet* set) {
  std::int64_t sum = 0;
  for (const auto& [type, bytes] : f.weights.tensor_bytes) sum += bytes;
  if (sum > 0) return {sum, "the heads of the weight files"};
  double elements = 0;
  bool known = !f.weights.elements.empty();
  for (const auto& [type, n] : f.weights.elements) {
    const auto size = h.bytes_by_type.find(type);
    known = known && size != h.bytes_by_type.end();
    if (known) elements += static_cast<double>(n) * size->second;
  }
  if (known) return {static_cast<std::int64_t>(elements), "the stored elements that the Hub counted"};
  if (set != nullptr && set->bytes >= 0) return {set->bytes, "the sizes of the weight files"};
  const auto factor = h.bytes_by_quantization.find(f.weights.quantization);
  if (f.weights.parameters > 0 && factor != h.bytes_by_quantization.end()) {
    return {static_cast<std::int64_t>(static_cast<double>(f.weights.parameters) * factor->second),
            fmt::format("{} parameters at {:g} bytes, since no size of a file is known", f.weights.parameters,
                        factor->second)};
  }
  return {};
}

}  // namespace

Practical practical(const Facts& facts, const Catalog& catalog) {
  Practical out;
  const Hardware& h = catalog.hardware();
  const WeightSet* set = complete_set(facts);
  if (set != nullptr && set->bytes >= 0) out.weights_bytes = set->bytes;
  const Bytes load = set != nullptr ? to_load(facts, h, set) : Bytes{};
  if (load.bytes >= 0) {
    out.load_bytes = load.bytes;
    out.basis = load.basis;
    const double run = static_cast<double>(load.bytes) * h.overhead;
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

}  // namespace howopen::rules
