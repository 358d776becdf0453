// Values behind keys, and the calls of no table: options with a default, variables of the environment,
// setters of builders; in files that use the Hub anything that is given a model.
//
//   add_argument("--model", default="a/b")     ->  pair --model, "a/b"
//   add_argument("--dataset", default="a/b")   ->  nothing: the option is about something else
//   EnvVar{Name: "MODEL_ID", Value: "a/b"}     ->  pair MODEL_ID, "a/b"
//   WithModelName("a/b"), .modelId("a/b")      ->  pair ModelName, "a/b"

#include <algorithm>

#include "scan/code.h"
#include "scan/names.h"
#include "scan/tools.h"
#include "scan/words.h"

namespace howopen::scan {
namespace {

constexpr std::uint32_t kMostDenied = 64;  // what is longer consists of brackets that were denied already

// `WithModelName` -> ModelName; a name that is no setter of a model gives nothing.
std::string_view setter_key(std::string_view callee, bool method) {
  for (const std::string& start : words().setter_starts.list()) {
    if (callee.size() <= start.size() + 2) continue;
    std::string head(callee.substr(0, start.size()));
    for (char& c : head) c = static_cast<char>(c | 0x20);
    const char next = callee[start.size()];
    if (head != start || !(text::is_upper(next) || next == '_')) continue;
    const std::string_view rest = callee.substr(start.size());
    const bool loose = !is_other_key(rest) && words().loose_keys.has(folded(rest));
    return key_strength(rest) > 0 || loose ? rest : std::string_view();
  }
  if (!method || is_other_key(callee)) return {};
  const std::string k = folded(callee);
  return words().strong_keys.has(k) || words().weak_keys.has(k) || words().loose_keys.has(k)
             ? callee
             : std::string_view();
}

}  // namespace

// A string that is no id, no legacy name and no template needs no look at its key.
bool may_name_model(std::string_view value) {
  for (const char c : value) {
    if (c == '/' || c == '{' || c == '$' || c == '<') return true;
  }
  return is_tagged_model(value) || is_legacy_model(value) || words().sentence_transformers.starts(value) ||
         !api_model(value).empty() || is_cloud_model(value);
}

// Programs use few names many times.
const KeyKind& Code::kind(std::string_view key) const {
  const auto [at, added] = keys.try_emplace(key);
  if (added && !key.empty()) {
    const std::string k = folded(key);
    // A path or an address is no key, whatever it ends with.
    const bool loose = key.find('/') == std::string_view::npos && words().loose_keys.ends(k);
    at->second = {
        key_strength(key), is_other_key(key), names_registry(key), loose, words().hub_type_keys.has(k),
        is_store_key(key)};
  }
  return at->second;
}

const CalleeKind& Code::callee_kind(std::string_view name) const {
  const auto [at, added] = callees.try_emplace(name);
  if (added && !name.empty())
    at->second = {call_rule(name), words().other_calls.within(name) || name == "Repository",
                  words().registry_calls.within(name), words().run_calls.has(name)};
  return at->second;
}

void Code::deny(Range r) {
  for (std::uint32_t i = r.first; i < r.first + std::min(r.count, kMostDenied); ++i) {
    if (is_string(i)) denied[i] = true;
  }
}

std::string_view Code::root_of(std::uint32_t callee) const {
  constexpr std::uint32_t kFar = 48;
  std::uint32_t i = callee;
  for (int n = 0; n < 8 && i >= 2 && (is_mark(i - 1, ".") || is_mark(i - 1, "::")); ++n) {
    std::uint32_t before = i - 2;
    // X.builder().model(…): what stands in front of the brackets
    if (is_mark(before, ")")) {
      int depth = 0;
      while (before > 0 && callee - before < kFar) {
        depth += is_mark(before, ")") ? 1 : is_mark(before, "(") ? -1 : 0;
        if (depth == 0) break;
        --before;
      }
      if (depth != 0 || before == 0) break;
      --before;
    }
    if (!is_word(before)) break;
    i = before;
  }
  return text(i);
}

bool Code::is_hub_call(std::uint32_t callee) const {
  if (syntax == Syntax::python) return false;
  const std::string_view root = root_of(callee);
  return hub_objects.contains(root) || is_hub_class(root);
}

bool Code::is_other_call(std::uint32_t callee) const {
  if (callee_kind(text(callee)).other) return true;
  // Dataset.from_hub, datasets.load
  std::uint32_t i = callee;
  for (int n = 0; n < 4 && i >= 2 && (is_mark(i - 1, ".") || is_mark(i - 1, "::")) && is_word(i - 2); ++n) {
    i -= 2;
    if (words().other_call_owners.has(text(i)) || text(i).ends_with("Dataset")) return true;
  }
  return false;
}

// ollama.chat, ChatOllama, MsDataset: what they name is of another registry.
bool Code::is_registry_call(std::uint32_t callee) const {
  if (text(callee).empty()) return false;
  const std::string_view root = root_of(callee);
  return callee_kind(text(callee)).registry || callee_kind(root).registry ||
         words().registry_modules.has(root) || foreign.count(root) > 0;
}

void Code::pair(std::string_view key, Range value, std::string_view revision, bool lists) {
  if (of_store(key, value)) return;
  // "unet_name": "foo.safetensors" of ComfyUI
  if (value.count == 1 && is_string(value.first) && kind(key).loose && is_weights_file(text(value.first))) {
    scan.sink.unresolved(s.place(tokens[value.first].at), text(value.first), key, "a local path");
    return;
  }
  if (kind(key).store && !is_mark(value.first, "{")) {
    for (const std::uint32_t token : values(value, true).strings) {
      if (!tokens[token].formatted) scan_pair(key, text(token), s.place(tokens[token].at), s.down, scan);
    }
    return deny(value);
  }
  if (value.count == 1 &&
      !(is_string(value.first) ? may_name_model(text(value.first))
                               : constants.contains(text(value.first)) || made.contains(text(value.first)) ||
                                     imports.contains(text(value.first))))
    return;
  const KeyKind& about = kind(key);
  if (about.registry) {
    // GITHUB = "org/repository", DOCKER = "org/image" are of something else unless they look like models.
    const bool mixed =
        words().mixed_registries.has(folded(key)) && value.count == 1 && !looks_like_model(text(value.first));
    if (scan.aware && !mixed) elsewhere(key, value);
    return deny(value);
  }
  if (about.other) return deny(value);
  if (about.strength == 0 && !about.loose) {
    // {name: "a/b", type: "model"}
    const std::uint32_t next = value.first + value.count;
    if (scan.aware && key == "name" && is_mark(next, ",") && text(next + 1) == "type" &&
        is_mark(next + 2, ":") && text(next + 3) == "model")
      pair("hf_repo", value, revision, lists);
    return;
  }
  if (const std::string id = joined(value); id.find('/') != std::string::npos && about.strength > 0) {
    scan_pair(key, id, s.place(tokens[value.first].at), s.down, scan, revision);
    return;
  }
  const Values v = values(value, lists);
  if (about.strength > 0) {
    named_constants(key, v, revision);
    want(v, s.place(tokens[value.first].at));
  }
  // {"model": "a/b", "revision": "v1"}: the pairs behind it may say which.
  for (std::uint32_t i = value.first + value.count; i < value.first + value.count + 12; i += 4) {
    if (!is_mark(i, ",") || !(is_mark(i + 2, ":") || is_mark(i + 2, "="))) break;
    if (is_revision_argument(text(i + 1)) && is_string(i + 3) && !tokens[i + 3].formatted)
      revision = text(i + 3);
  }
  for (const std::uint32_t token : v.strings) {
    if (!tokens[token].formatted)
      scan_pair(key, text(token), s.place(tokens[token].at), s.down, scan, revision);
  }
}

// { model: SMALL } and { model: pick(x) }: what the file gives that name, or returns from it.
void Code::named_constants(std::string_view key, const Values& v, std::string_view revision) {
  for (const auto* names : {&v.names, &v.calls}) {
    for (const std::string_view name : *names) {
      if (const auto whole = made.find(name); whole != made.end() && !denied[whole->second.token])
        scan_pair(key, whole->second.text, s.place(tokens[whole->second.token].at), s.down, scan, revision);
      const auto known = name.size() > 2 ? constants.find(name) : constants.end();
      if (known == constants.end()) continue;
      for (const std::uint32_t token : known->second) {
        if (!denied[token] && may_name_model(text(token)))
          scan_pair(key, text(token), s.place(tokens[token].at), s.down, scan, revision);
      }
    }
  }
  // { model: SIZES[size] }
  if (v.tables.empty()) return;
  for (const std::uint32_t token : table_values(v)) {
    if (!denied[token] && may_name_model(text(token)))
      scan_pair(key, text(token), s.place(tokens[token].at), s.down, scan, revision);
  }
}

void Code::named_value(Range name, Range value) {
  if (name.count != 1 || value.count == 0 || !is_string(name.first)) return;
  // {name: "DATASET_ID", value: "a/b-7b"}: a variable of another kind, while {name: "Foo 7B", …} may be a
  // choice.
  const std::string_view called = text(name.first);
  const bool variable =
      called.find('_') != std::string_view::npos &&
      std::none_of(called.begin(), called.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  if (kind(called).strength == 0 && (kind(called).other || variable)) return deny(value);
  // value: { string_value: "a/b" } of Triton
  if (kind(text(name.first)).strength > 0) pair(text(name.first), value, {}, is_mark(value.first, "{"));
}

// The option that a call defines. `other` when it is one that takes no model.
std::string_view Code::option_of(std::string_view callee, const std::vector<Argument>& arguments,
                                 bool& other) const {
  const bool defines = words().option_calls.has(callee);
  std::string_view option;
  bool first = true;
  for (const Argument& a : arguments) {
    if (!a.key.empty()) continue;
    const bool is_first = std::exchange(first, false);
    if (a.value.count != 1 || !is_string(a.value.first)) continue;
    std::string_view w = text(a.value.first);
    if (w.size() >= 60 || w.find('/') != std::string_view::npos) continue;
    // "-m, --model <id>" of Commander
    if (const std::size_t dashes = w.find("--"); dashes != std::string_view::npos) w.remove_prefix(dashes);
    w = w.substr(0, w.find_first_of(" =,<"));
    if (w.empty()) continue;
    if (kind(w).strength > 0 && (option.empty() || kind(option).strength == 0))
      option = w;
    else if (defines && option.empty() && (w.starts_with('-') || is_first))
      option = w;
  }
  const KeyKind& about = kind(option);
  other = defines && !option.empty() && about.strength == 0 && (about.other || !about.loose);
  return option;
}

bool Code::is_attribute(const CallSite& site) const {
  return site.callee >= 2 && is_mark(site.callee - 1, "[") && is_mark(site.callee - 2, "#");
}

// What the default of a call is for.
std::string_view Code::default_key(const CallSite& site, std::string_view option) const {
  if (!option.empty()) return option;
  if (!site.key.empty()) return site.key;
  // #[arg(default_value = "a/b")] in front of `model_id: String`
  if (!is_attribute(site)) return {};
  std::uint32_t i = site.close + 1;
  for (int n = 0; n < 40 && i < tokens.size(); ++n, ++i) {
    if (is_word(i) && is_mark(i + 1, ":")) return key_strength(text(i)) > 0 ? "model" : std::string_view();
  }
  return {};
}

void Code::other_call(const CallSite& site, std::string_view option, const std::vector<Argument>& arguments) {
  const std::string_view callee = text(site.callee);
  const std::string_view revision = revision_of(arguments);
  const bool method = site.callee > 0 && is_mark(site.callee - 1, ".");
  const std::string_view setter = setter_key(callee, method);
  const bool is_default = words().default_calls.has(callee) && !site.option.empty();
  const bool plain = words().plain_calls.has(callee);
  bool first = true;
  for (const Argument& a : arguments) {
    const bool is_first = a.key.empty() && std::exchange(first, false);
    if (!a.key.empty()) {
      const bool by_default = a.key.starts_with("default") || a.key == "getDefaultValue" ||
                              (a.key == "choices" && !option.empty());
      const std::string_view key = by_default ? default_key(site, option) : a.key;
      if (key.empty() && is_attribute(site))
        deny(a.value);
      else if (!key.empty())
        pair(key, a.value, revision, by_default);
      continue;
    }
    if (is_default && key_strength(site.option) == 0) deny(a.value);
    if (plain) deny(a.value);
    if (a.value.count == 1 && !is_string(a.value.first)) continue;
    // "fast" to "a/b" of Kotlin
    const bool pair_of =
        a.value.count == 3 && text(a.value.first + 1) == "to" && is_string(a.value.first + 2);
    const Range meant = pair_of ? Range{a.value.first + 2, 1} : a.value;
    for (const std::uint32_t token : values(meant, false).strings) {
      const std::string_view value = text(token);
      if (tokens[token].formatted || !may_name_model(value)) continue;
      const std::size_t place = s.place(tokens[token].at);
      const std::size_t count = scan.sink.count();
      for (const std::string_view key :
           {option, site.key, setter, is_default ? site.option : std::string_view()}) {
        if (!key.empty() && value != key && count == scan.sink.count())
          scan_pair(key, value, place, s.down, scan, revision);
      }
      // ChatOpenAI("gpt-4o"): nothing else is called so.
      if (const std::string served = api_model(value);
          is_first && served.size() > 3 && count == scan.sink.count() && !plain && !denied[token]) {
        scan.sink.found(place, served, "", callee, Confidence::medium, s.down, Registry::api);
        continue;
      }
      if (!is_first || count != scan.sink.count() || !scan.aware || plain || callee.empty() ||
          site.definition || denied[token])
        continue;
      const Name name = read_name(value);
      if (name.kind != Name::Kind::owned || name.domain || is_hosted_only(name.id)) continue;
      scan.sink.found(place + name.at, name.id, name.revision.empty() ? revision : name.revision, callee,
                      looks_like_model(name.id) ? Confidence::medium : Confidence::low, s.down);
    }
  }
}

namespace {

// The key of a string that is all of its value: topic = "x", val topic: String = "x".
std::string_view key_before(const Code& code, std::uint32_t i) {
  if (i < 2 || !(code.is_mark(i - 1, "=") || code.is_mark(i - 1, ":") || code.is_mark(i - 1, ":=")))
    return {};
  const bool typed = i > 3 && code.is_mark(i - 1, "=") && code.is_mark(i - 3, ":");
  return code.text(typed ? i - 4 : i - 2);
}

// events/embeddings: words of prose on both sides, as topics, routes and folders have them.
bool plain_words(std::string_view id) {
  return std::all_of(id.begin(), id.end(), [](char c) { return c == '/' || (c >= 'a' && c <= 'z'); });
}

}  // namespace

void Code::loose_strings(std::size_t first_find) {
  const bool loose = scan.aware && syntax != Syntax::json;
  const std::vector<std::size_t> places = scan.sink.places_since(first_find);
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    if (!is_string(i) || denied[i] || tokens[i].formatted || tokens[i].size > 120) continue;
    const std::string_view value = text(i);
    if (value.find('/') == std::string_view::npos) continue;
    const Name name = read_name(value);
    const bool certain = name.kind == Name::Kind::owned && is_surely_model(name.id);
    if (name.kind != Name::Kind::owned || name.domain || is_hosted_only(name.id) ||
        !(certain || (loose && looks_like_model(name.id) && !plain_words(name.id))))
      continue;
    if (!certain && words().topic_keys.ends(folded(key_before(*this, i)))) continue;
    const std::string_view before = i > 0 ? text(i - 1) : std::string_view();
    if (before == "from" || before == "import" || before == "include" || before == "require") continue;
    const std::size_t place = s.place(tokens[i].at) + name.at;
    if (std::binary_search(places.begin(), places.end(), place)) continue;
    const bool compared = before == "==" || before == "!=" || is_mark(i + 1, "==") || is_mark(i + 1, "!=");
    const Confidence confidence = compared                ? Confidence::low
                                  : certain && s.down > 0 ? Confidence::high
                                                          : Confidence::medium;
    scan.sink.found(place, name.id, name.revision, "string", confidence, s.down);
  }
}

}  // namespace howopen::scan
