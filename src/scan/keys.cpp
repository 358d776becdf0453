// Keys that stand before models: base_model, MODEL_ID, modelName. How they are written (case, dashes) does
// not matter.
//
//   scan_pair("model_name_or_path", "a/b-7b", …)  ->  a/b-7b, medium
//   scan_pair("model", "auth/user", …)            ->  nothing, or low in a file that speaks of the Hub

#include <algorithm>

#include "scan/names.h"
#include "scan/parts.h"
#include "scan/words.h"
#include "text/utf8.h"

namespace howopen::scan {

bool is_other_key(std::string_view key) {
  const std::string k = folded(key);
  return words().other_key_parts.within(k) || words().other_key_starts.starts(k) ||
         words().other_key_ends.ends(k);
}

bool names_registry(std::string_view key) {
  constexpr std::size_t kLongest = 200;  // its end tells, and it is asked of every value
  if (key.size() > kLongest) key.remove_prefix(key.size() - kLongest);
  const std::string k =
      folded(key.substr(key.find_last_of(".:") == std::string_view::npos ? 0 : key.find_last_of(".:") + 1));
  return words().registry_words.has(k);
}

bool is_store_key(std::string_view key) {
  const std::string k = folded(key);
  return words().store_key_parts.within(k) && !words().other_key_ends.ends(k) &&
         (words().strong_keys.ends(k) || words().weak_keys.ends(k));
}

int key_strength(std::string_view key) {
  if (key.empty()) return 0;
  const std::string k = folded(key);
  if (k.empty()) return 0;
  if (words().strong_keys.ends(k)) return is_other_key(key) ? 0 : 2;
  // vLLM is a program, not a model.
  if (k.ends_with("vllm")) return 0;
  const std::size_t llm = k.find("llm");
  const bool vllm = llm != std::string::npos && llm > 0 && k[llm - 1] == 'v';
  // MODEL_7B, MODEL_DRAFT, defaultModelForChat
  const bool weak = words().weak_keys.ends(k) || k.starts_with("model") || k.starts_with("defaultmodel") ||
                    (llm != std::string::npos && !vllm);
  return weak && !is_other_key(key) ? 1 : 0;
}

// ${{ inputs.x || 'a/b' }} of workflows, too.
std::string_view otherwise_of(std::string_view value) {
  if (value.starts_with("${") && !value.starts_with("${{") && value.ends_with('}')) {
    const std::size_t otherwise = value.find(":-");
    return otherwise == std::string_view::npos ? std::string_view()
                                               : value.substr(otherwise + 2, value.size() - otherwise - 3);
  }
  if (value.find("{{") == std::string_view::npos) return {};
  for (std::size_t i = value.find_first_of("\"'"); i < value.size();) {
    const std::size_t close = value.find(value[i], i + 1);
    if (close == std::string_view::npos) return {};
    const std::string_view quoted = value.substr(i + 1, close - i - 1);
    if (read_name(quoted).kind == Name::Kind::owned) return quoted;
    i = value.find_first_of("\"'", close + 1);
  }
  return {};
}

namespace {

// Names without an owner are names of architectures, too: LLM_ARCH_NAMES, BertConfig and tokenizer_model do
// not load what they name.
bool takes_legacy_name(std::string_view key, std::string_view name) {
  const std::string k = folded(key);
  if (words().weak_keys.has(k)) return true;
  if (name.find('-') == std::string_view::npos) return false;
  for (const std::string_view end :
       {"model", "models", "modelname", "modelid", "modelpath", "checkpoint", "pretrained"}) {
    if (k.ends_with(end)) return true;
  }
  return k.starts_with("model");
}

// lumenlab/norn-base, and neither text/plain nor img/logo.svg.
bool may_be_id(std::string_view id) {
  const std::size_t slash = id.find('/');
  if (slash == std::string_view::npos || slash < 2) return false;
  const std::string_view name = id.substr(slash + 1);
  const std::size_t dot = name.rfind('.');
  const bool ending = dot != std::string_view::npos && name.size() - dot <= 5 &&
                      std::none_of(name.begin() + static_cast<std::ptrdiff_t>(dot), name.end(),
                                   [](char c) { return c >= '0' && c <= '9'; });
  return !ending && name.size() > 3 && name.find_first_of("-_0123456789") != std::string_view::npos;
}

}  // namespace

namespace {

bool is_one_of_values(std::string_view word) {
  const std::string w = text::lower(word);
  return w == "true" || w == "false" || w == "none" || w == "null" || w == "auto" || w == "default";
}

// OLLAMA_MODEL: llama3.2
bool scan_store_pair(std::string_view key, std::string_view value, std::size_t place, Scan& scan) {
  if (const std::string_view otherwise = otherwise_of(value); !otherwise.empty()) {
    place += static_cast<std::size_t>(otherwise.data() - value.data());
    value = otherwise;
  }
  const Name name = read_name(value);
  if (name.kind == Name::Kind::variable) {
    if (value.find(' ') != std::string_view::npos) return false;
    scan.sink.unresolved(place, value, key, "a variable");
    return true;
  }
  const bool named =
      (name.kind == Name::Kind::bare && text::is_letter(name.id.front()) && !is_one_of_values(name.id)) ||
      name.kind == Name::Kind::owned;
  if (named && !is_placeholder(name.id)) scan.sink.unresolved(place, value, key, kOtherRegistry);
  return named;
}

}  // namespace

bool scan_pair(std::string_view key, std::string_view value, std::size_t place, int down, Scan& scan,
               std::string_view revision) {
  if (value.empty() || value.size() > 300) return false;
  int strength = key_strength(key);
  if (strength == 0 && is_store_key(key)) return scan_store_pair(key, value, place, scan);
  if (strength == 0) {
    // encoder: acme/foo-7b; the key alone would be too little.
    if (value.find('/') == std::string_view::npos || is_other_key(key) || names_registry(key)) return false;
    const bool loose = words().loose_keys.ends(folded(key)) && looks_like_model(value);
    const Name id = read_name(value);
    if (!loose && !(id.kind == Name::Kind::owned && is_surely_model(id.id))) return false;
    strength = 1;
  }
  if (const std::string_view otherwise = otherwise_of(value); !otherwise.empty()) {
    place += static_cast<std::size_t>(otherwise.data() - value.data());
    value = otherwise;
  }
  // A model and an adapter on it, as mergekit writes them.
  if (const std::size_t plus = value.find('+'); plus != std::string_view::npos &&
                                                value.find('+', plus + 1) == std::string_view::npos &&
                                                read_name(value.substr(0, plus)).kind == Name::Kind::owned &&
                                                read_name(value.substr(plus + 1)).kind == Name::Kind::owned) {
    const bool first = scan_pair(key, value.substr(0, plus), place, down, scan, revision);
    return scan_pair(key, value.substr(plus + 1), place + plus + 1, down, scan) || first;
  }
  if (const std::string served = api_model(value);
      served.size() > 3 ||
      (!served.empty() && (scan.served || folded(key).find("llm") != std::string::npos))) {
    scan.sink.found(place, served, "", key, Confidence::medium, down, Registry::api);
    return true;
  }
  if (is_cloud_model(value)) {
    scan.sink.unresolved(place, value, key, kServed);
    return true;
  }
  const Name name = read_name(value);
  if (name.kind != Name::Kind::owned) {
    const bool legacy = name.kind == Name::Kind::bare && is_legacy_model(name.id) &&
                        (strength == 2 || (scan.aware && takes_legacy_name(key, name.id)));
    // The library itself puts its owner before these.
    if (name.kind == Name::Kind::bare && words().sentence_transformers.starts(name.id)) {
      scan.sink.found(place + name.at, "sentence-transformers/" + std::string(name.id), revision, key,
                      Confidence::medium, down);
      return true;
    }
    if (!legacy) {
      if (name.kind == Name::Kind::bare && is_tagged_model(value)) {
        scan.sink.unresolved(place, value, key, kOtherRegistry);
        return true;
      }
      if (name.kind == Name::Kind::variable && is_joined_template(value))
        scan.sink.unresolved(place, value, key, kJoined);
      else if (name.kind == Name::Kind::variable && strength == 2 && scan.aware)
        scan.sink.unresolved(place, value, key, "a variable");
      // A pattern of files belongs to the repository that is named beside it.
      const bool weights = is_weights_file(value) && value.find('*') == std::string_view::npos;
      const bool address = is_foreign_address(value, strength == 2);
      if (weights || address)
        scan.sink.unresolved(place, value, key, address ? kForeignAddress : "a local path");
      return weights || address;
    }
    scan.sink.found(place + name.at, name.id, revision, key, Confidence::medium, down);
    return true;
  }
  if (name.domain) return false;
  if (is_hosted_only(name.id)) {
    if (name.id.starts_with("kernels-community/")) return false;
    scan.sink.unresolved(place, value, key,
                         name.id.starts_with("ai/") ? "a name of Docker's catalog, not of the Hub" : kServed);
    return true;
  }
  const bool likely = looks_like_model(name.id);
  // `model`, `MODELS`, `defaultModelId`: the key says enough for an id that looks like no model.
  const bool sure = strength == 2 || likely || scan.aware ||
                    (words().sure_key_ends.ends(folded(key)) && may_be_id(name.id));
  if (!sure) return false;
  // What tests and comments cost is made up for by a name that can be nothing else.
  const bool certain = down > 0 && ((strength == 2 && likely) || is_surely_model(name.id));
  const Confidence confidence = name.placeholder ? Confidence::low
                                : certain        ? Confidence::high
                                                 : Confidence::medium;
  scan.sink.found(place + name.at, name.id, name.revision.empty() ? revision : name.revision, key, confidence,
                  down);
  return true;
}

}  // namespace howopen::scan
