// What a context takes in memory: keys and values of each layer, a compressed form of them, a window of them,
// or a state that does not grow. By the fields of config.json; a configuration with layers of a kind that is
// not known here gives nothing, since half a sum is no answer.
//
//   32 layers, 8 heads of keys of 128              ->  {32, 2,048 a token}                  (Llama 3 8B)
//   61 layers, kv_lora_rank 512, rope 64           ->  {61, 576 a token}                    (DeepSeek V3)
//   layer_types 13 full, 13 sliding, window 128    ->  {13, …}, {13, …, window 128}         (gpt-oss)

#include <algorithm>
#include <initializer_list>

#include "facts/names.h"
#include "facts/parts.h"

namespace howopen::facts {
namespace {

using text::Json;
constexpr std::int64_t kMost = 1'000'000;  // of any field: what is larger is no configuration
constexpr std::int64_t kMostLayers = 10'000;

// The first field that is there and is a number, whatever the family calls it.
std::int64_t first(const Json& c, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const std::int64_t n = c[name].integer_or(-1);
    if (n > 0 && n <= kMost) return n;
  }
  return 0;
}

class Configuration {
 public:
  explicit Configuration(const Json& c) : c_(c) {
    layers_ = first(c, {"num_hidden_layers", "n_layer", "n_layers", "num_layers"});
    hidden_ = first(c, {"hidden_size", "n_embd", "d_model", "model_dim"});
    heads_ = first(c, {"num_attention_heads", "n_head", "n_heads", "num_heads"});
    type_ = c["model_type"].string_or("");
  }

  std::vector<CacheLayers> read() const {
    if (layers_ == 0 || layers_ > kMostLayers) return {};
    const std::string kinds = kinds_of_layers();
    std::int64_t full = 0;
    std::int64_t sliding = 0;
    std::int64_t stateful = 0;
    // Layers at the end may use what earlier ones keep.
    const std::int64_t own = layers_ - std::min(layers_, first(c_, {"num_kv_shared_layers"}));
    for (std::size_t i = 0; i < kinds.size() && i < static_cast<std::size_t>(own); ++i) {
      full += kinds[i] == 'f' || kinds[i] == 'b' ? 1 : 0;
      sliding += kinds[i] == 's' ? 1 : 0;
      stateful += kinds[i] == 'r' || kinds[i] == 'b' ? 1 : 0;
    }
    if (c_["use_cla"].boolean_or(false)) {
      const std::int64_t share = std::max<std::int64_t>(first(c_, {"cla_share_factor"}), 1);
      full = (full + share - 1) / share;
    }
    std::vector<CacheLayers> out;
    const auto add = [&](std::int64_t layers, CacheLayers of) {
      if (layers == 0) return true;
      of.layers = layers;
      out.push_back(of);
      return of.per_token > 0 || of.state > 0;
    };
    const bool complete =
        static_cast<std::int64_t>(kinds.size()) == layers_ && add(full, {0, per_token(true), 0, 0}) &&
        add(sliding, {0, per_token(false), window(), 0}) && add(stateful, {0, 0, 0, state()});
    return complete ? out : std::vector<CacheLayers>();
  }

 private:
  // A letter a layer: f(ull attention), s(liding window), r(ecurrent or convolution), b(oth f and r), -
  // nothing to keep; "" for what is not understood.
  std::string kinds_of_layers() const {
    const auto all = [&](char kind) { return std::string(static_cast<std::size_t>(layers_), kind); };
    if (type_ == "mamba" || type_ == "falcon_mamba" || type_ == "mamba2") return all('r');
    if (type_ == "falcon_h1") return all('b');
    if (c_["layer_types"].is_array()) return by_types();
    if (const auto pattern = c_["hybrid_override_pattern"].string()) return by_pattern(*pattern);
    if (c_["attn_type_list"].is_array()) return by_list("attn_type_list", 'r', 'f');
    if (c_["no_rope_layers"].is_array()) return by_list("no_rope_layers", 'f', 's');
    if (c_["full_attn_idxs"].is_array()) return by_indices();
    if (c_["attention_layers"].is_array()) return by_words("attention_layers", "global", "local", 's');
    if (c_["block_types"].is_array()) return by_words("block_types", "attention", "recurrent", 'r');
    if (const auto pattern = c_["sliding_window_pattern"].string()) return by_letters(*pattern);
    if (const std::int64_t period = first(c_, {"attn_layer_period"}); period > 0)
      return every(period, std::max<std::int64_t>(c_["attn_layer_offset"].integer_or(0), 0), 'r');
    if (const std::int64_t period = first(c_, {"full_attention_interval"}); period > 0)
      return every(period, period - 1, 'r');
    if (recurrent()) return {};
    if (window() == 0) return all('f');
    if (const std::int64_t period = first(c_, {"sliding_window_pattern"}); period > 0)
      return every(period, period - 1, 's');
    // Families that leave the pattern to their class.
    if (type_.starts_with("gemma3") || type_.starts_with("gemma4")) return every(6, 5, 's');
    if (type_ == "gemma2") return every(2, 1, 's');
    return all('s');
  }

  std::string by_types() const {
    std::string out;
    for (const std::string_view type : c_["layer_types"].strings()) {
      if (type == "full_attention" || type == "attention")
        out += 'f';
      else if (type == "sliding_attention" || type == "chunked_attention")
        out += window() > 0 ? 's' : 'f';
      else if (type == "linear_attention" || type == "conv" || type == "mamba")
        out += 'r';
      else
        return {};
    }
    return out;
  }
  static std::string by_pattern(std::string_view pattern) {
    std::string out;
    for (const char c : pattern) {
      if (c != 'M' && c != '*' && c != '-' && c != 'E') return {};
      out += c == 'M' ? 'r' : c == '*' ? 'f' : '-';
    }
    return out;
  }
  std::string by_list(const char* key, char zero, char one) const {
    std::string out;
    for (const Json& n : c_[key].items()) out += n.integer_or(0) == 0 ? zero : one;
    return out;
  }
  // `["recurrent", "recurrent", "attention"]`, again and again. Attention beside a state has a window.
  std::string by_words(const char* key, std::string_view attends, std::string_view other,
                       char of_other) const {
    const auto words = c_[key].strings();
    std::string out;
    for (std::int64_t i = 0; i < layers_ && !words.empty(); ++i) {
      const std::string_view word = words[static_cast<std::size_t>(i) % words.size()];
      if (word != attends && word != other) return {};
      const char attention = of_other == 'r' && window() > 0 ? 's' : 'f';
      out += word == attends ? attention : of_other;
    }
    return out;
  }
  // "LLLG": three layers with a window, one without, again and again.
  std::string by_letters(std::string_view pattern) const {
    std::string out;
    for (std::int64_t i = 0; i < layers_ && !pattern.empty(); ++i) {
      const char c = pattern[static_cast<std::size_t>(i) % pattern.size()];
      if (c != 'L' && c != 'G') return {};
      out += c == 'G' || window() == 0 ? 'f' : 's';
    }
    return out;
  }
  std::string by_indices() const {
    std::string out(static_cast<std::size_t>(layers_), 'r');
    for (const Json& n : c_["full_attn_idxs"].items()) {
      const std::int64_t i = n.integer_or(-1);
      if (i < 0 || i >= layers_) return {};
      out[static_cast<std::size_t>(i)] = 'f';
    }
    return out;
  }
  std::string every(std::int64_t period, std::int64_t offset, char otherwise) const {
    std::string out;
    for (std::int64_t i = 0; i < layers_; ++i) out += i % period == offset ? 'f' : otherwise;
    return out;
  }

  // Fields of layers with a state, of a family that was not told apart above.
  bool recurrent() const {
    return std::any_of(c_.members().begin(), c_.members().end(), [](const auto& member) {
      if (member.second.is_null()) return false;
      for (const std::string_view part : {"mamba", "ssm", "linear_", "rwkv", "recurrent", "hybrid",
                                          "layers_block_type", "conv_L", "lru_"}) {
        if (member.first.find(part) != std::string::npos) return true;
      }
      return false;
    });
  }

  std::int64_t per_token(bool full) const {
    if (const std::int64_t rank = first(c_, {"kv_lora_rank"}); rank > 0) {
      // An indexer keeps a key of bytes and a scale of four more.
      const std::int64_t index = first(c_, {"index_head_dim"});
      return rank + first(c_, {"qk_rope_head_dim"}) + (index > 0 ? (index + 4) / 2 : 0);
    }
    std::int64_t kv = first(c_, {"num_key_value_heads", "num_kv_heads", "n_head_kv"});
    if (c_["multi_query_attention"].boolean_or(false)) kv = first(c_, {"multi_query_group_num"});
    if (c_["multi_query"].boolean_or(false) && !c_["new_decoder_architecture"].boolean_or(false))
      kv = 1;
    else if (kv == 0)
      kv = heads_;
    std::int64_t size = first(c_, {"head_dim", "kv_channels", "attention_head_dim"});
    if (size == 0 && heads_ > 0) size = hidden_ / heads_;
    if (full && first(c_, {"global_head_dim"}) > 0) {
      size = first(c_, {"global_head_dim"});
      if (const std::int64_t global = first(c_, {"num_global_key_value_heads"}); global > 0) kv = global;
    }
    return 2 * kv * size;
  }

  std::int64_t window() const {
    if (c_.has("use_sliding_window") && !c_["use_sliding_window"].boolean_or(false)) return 0;
    if (c_["attention_layers"].is_array()) return first(c_, {"window_size"});
    return first(c_, {"sliding_window", "attention_chunk_size", "attention_window", "attention_window_size"});
  }

  // What a layer keeps however long the context is; 0 for a kind whose sizes are not told.
  std::int64_t state() const {
    const std::int64_t kernel = std::max<std::int64_t>(
        first(c_, {"conv_kernel", "mamba_d_conv", "linear_conv_kernel_dim", "conv_L_cache"}) - 1, 0);
    if (c_["attn_type_list"].is_array()) {  // lightning attention: a matrix a head
      const std::int64_t size = first(c_, {"head_dim"});
      return heads_ * size * size;
    }
    if (first(c_, {"conv_L_cache"}) > 0) return hidden_ * kernel;
    if (const std::int64_t heads = first(c_, {"linear_num_value_heads"}); heads > 0) {  // gated delta net
      const std::int64_t key = first(c_, {"linear_key_head_dim"});
      const std::int64_t value = first(c_, {"linear_value_head_dim"});
      return heads * value * key + (2 * first(c_, {"linear_num_key_heads"}) * key + heads * value) * kernel;
    }
    if (const std::int64_t width = first(c_, {"lru_width"}); width > 0)  // a gated linear recurrence
      return width * std::max<std::int64_t>(first(c_, {"conv1d_width"}), 1);
    const std::int64_t states = first(c_, {"state_size", "mamba_d_state", "ssm_state_size"});
    // The second Mamba has heads, and groups that share their states.
    if (const std::int64_t heads = first(c_, {"mamba_n_heads", "mamba_num_heads"}); heads > 0) {
      const std::int64_t inner = heads * first(c_, {"mamba_d_head", "mamba_head_dim"});
      const std::int64_t groups = first(c_, {"mamba_n_groups", "n_groups"});
      return (inner + 2 * groups * states) * kernel + inner * states;
    }
    const std::int64_t expand = first(c_, {"mamba_expand"});
    const std::int64_t inner = expand > 0 ? expand * hidden_ : first(c_, {"intermediate_size"});
    return states == 0 ? 0 : inner * (kernel + states);
  }

  const Json& c_;
  std::int64_t layers_ = 0;
  std::int64_t hidden_ = 0;
  std::int64_t heads_ = 0;
  std::string type_;
};

// Only what generates keeps a context.
bool generates(const Json& config) {
  for (const std::string_view a : config["architectures"].strings()) {
    for (const std::string_view part : {"CausalLM", "LMHead", "ForConditionalGeneration"}) {
      if (a.find(part) != std::string_view::npos) return !config["is_encoder_decoder"].boolean_or(false);
    }
  }
  return false;
}

// Models that see or hear keep the part that speaks apart.
const Json& part_that_speaks(const Json& config) {
  const Json* text = &config;
  for (const char* name : {"text_config", "llm_config", "language_config"}) {
    if (config[name].is_object()) text = &config[name];
  }
  return *text;
}

}  // namespace

Seen<std::vector<CacheLayers>> gather_cache(const Repo& repo) {
  const auto* config = repo.get<Json>("config.json");
  const std::string place = repo.place("config.json");
  if (config == nullptr) return {repo.why("config.json"), place};
  if (!generates(*config)) return {Unseen::absent, place};
  auto layers = Configuration(part_that_speaks(*config)).read();
  if (layers.empty()) return {Unseen::unreadable, place};
  return {std::move(layers), place};
}

Seen<std::vector<CacheLayers>> noted_cache(std::string_view config, std::string where) {
  const auto json = text::parse_json(std::string(config));
  auto layers = json ? Configuration(part_that_speaks(*json)).read() : std::vector<CacheLayers>();
  if (layers.empty()) return {Unseen::unreadable, std::move(where)};
  return {std::move(layers), std::move(where), Kind::curated};
}

}  // namespace howopen::facts
