// What a call says about models once its arguments are known.
//
//   PeftModel.from_pretrained(base, "a/b")          ->  a/b, high
//   from_pretrained(name), name = "a/b" above       ->  a/b, high, where it is written
//   from_pretrained(args.model)                     ->  unresolved: a variable

#include <algorithm>

#include "scan/code.h"
#include "scan/names.h"
#include "scan/statements.h"
#include "scan/tools.h"
#include "scan/words.h"

namespace howopen::scan {
namespace {

constexpr std::uint32_t kLongestValue = 24;

bool sentence_transformer(std::string_view callee) {
  return callee.starts_with("SentenceTransformer") || callee == "HuggingFaceEmbeddings" ||
         callee == "SparseEncoder";
}

// Of a method of a client: one that gives a model, and not one that asks who is logged in.
bool loads(std::string_view method) {
  const std::string name = folded(method);
  return is_one_of(name, {"load", "resolve", "download"}) || name.find("model") != std::string::npos ||
         name.find("tokenizer") != std::string::npos || name.find("pretrained") != std::string::npos;
}

}  // namespace

bool is_value_word(std::string_view w) {
  return w == "None" || w == "null" || w == "undefined" || w == "False" || w == "True" || w == "false" ||
         w == "true" || w == "nil" || (!w.empty() && is_digit(w[0]));
}

std::string_view Code::source_of(Range r) const {
  if (r.count == 0) return {};
  const Token& last = tokens[r.first + r.count - 1];
  const Token& first = tokens[r.first];
  const std::size_t from = first.at - (first.kind == Token::Kind::string && first.at > 0 ? 1 : 0);
  return s.text.substr(from, std::min<std::size_t>(last.at + last.size - from, 120));
}

std::string_view Code::revision_of(const std::vector<Argument>& arguments) const {
  for (const Argument& a : arguments) {
    if (!is_revision_argument(a.key)) continue;
    if (const auto token = only_string(a.value, true); token && !tokens[*token].formatted)
      return text(*token);
    const Values v = values(a.value, false);
    const auto known = v.names.size() == 1 ? constants.find(v.names[0]) : constants.end();
    if (known != constants.end() && known->second.size() == 1) return text(known->second.front());
  }
  return {};
}

bool Code::model_string(const CallRule& rule, std::string_view form, std::uint32_t token,
                        std::string_view revision, bool keyed, bool constant) {
  const std::string_view value = text(token);
  const std::size_t place = s.place(tokens[token].at);
  const bool always = rule.trust == CallRule::Trust::always || rule.name == "pipeline";
  if (tokens[token].formatted) {
    if (always || scan.aware) scan.sink.unresolved(place, value, form, "a variable in a string");
    return true;
  }
  if (is_cloud_model(value)) {
    scan.sink.unresolved(place, value, form, kServed);
    return true;
  }
  const Name name = read_name(value);
  switch (name.kind) {
    case Name::Kind::owned: {
      if (is_hosted_only(name.id)) {
        if (const std::string served = api_model(value); !served.empty())
          scan.sink.found(place, served, "", form, Confidence::medium, s.down, Registry::api);
        else if (always || rule.trust == CallRule::Trust::owned)
          scan.sink.unresolved(place, value, form, always ? kOtherRegistry : kServed);
        return true;
      }
      const bool sure =
          rule.trust != CallRule::Trust::aware || rule.name == "pipeline" || looks_like_model(name.id);
      const Confidence c = name.placeholder ? Confidence::low : sure ? Confidence::high : Confidence::medium;
      scan.sink.found(place + name.at, name.id, name.revision.empty() ? revision : name.revision, form, c,
                      s.down);
      return true;
    }
    case Name::Kind::bare: {
      // output, model, checkpoint: folders, as read_name knows of first halves.
      const std::string with_name = std::string(name.id) + "/x";
      const bool folder = read_name(with_name).kind == Name::Kind::path;
      // api.model("gpt2".to_string()) of hf_hub's crate, in a file that uses it.
      const bool crate = syntax == Syntax::rust && rule.name == "model";
      const bool method = ((rule.name.empty() && keyed) || crate) && is_legacy_model(name.id);
      if (!method && (!always || (constant && !keyed && !is_legacy_model(name.id) && folder))) {
        // KeyBERT("all-mpnet-base-v2"): handed to Sentence Transformers, which puts its owner before it.
        if (words().sentence_transformers.starts(name.id)) {
          scan.sink.found(place + name.at, "sentence-transformers/" + std::string(name.id), revision, form,
                          Confidence::high, s.down);
          return true;
        }
        if (rule.name == "WhisperModel" || rule.name == "from_preset")
          scan.sink.unresolved(place, value, form, kOwnName);
        return rule.trust != CallRule::Trust::aware;
      }
      if (folder) {
        scan.sink.unresolved(place, value, form, "a local path");
      } else if (sentence_transformer(form) && !is_legacy_model(name.id)) {
        // The library itself puts its owner before short names.
        scan.sink.found(place + name.at, "sentence-transformers/" + std::string(name.id), revision, form,
                        Confidence::high, s.down);
      } else {
        const bool sure = is_legacy_model(name.id) || looks_like_model(name.id) ||
                          name.id.find('-') != std::string_view::npos;
        scan.sink.found(place + name.at, name.id, revision, form,
                        sure ? Confidence::high : Confidence::medium, s.down);
      }
      return true;
    }
    case Name::Kind::path:
      // path/to/checkpoint stands for a name, as org/model does.
      if (always && is_placeholder_path(value)) return true;
      if (always) scan.sink.unresolved(place, value, form, "a local path");
      return always;
    case Name::Kind::variable:
      if (always) scan.sink.unresolved(place, value, form, "a variable in a string");
      return always;
    case Name::Kind::elsewhere:
      if (always && is_foreign_address(value, true))
        scan.sink.unresolved(place, value, form, kForeignAddress);
      return true;
    case Name::Kind::none:
      return false;
  }
  return false;
}

bool Code::joined_model(const CallRule& rule, std::string_view form, Range value, std::string_view id,
                        std::string_view revision) {
  const Name name = read_name(id);
  const std::size_t place = s.place(tokens[value.first].at);
  if (const std::string served = api_model(id); !served.empty())
    scan.sink.found(place, served, "", form, Confidence::medium, s.down, Registry::api);
  else if (name.kind == Name::Kind::owned && !is_hosted_only(name.id))
    scan.sink.found(place, name.id, revision, form, name.placeholder ? Confidence::low : Confidence::high,
                    s.down);
  else if (rule.trust == CallRule::Trust::always)
    scan.sink.unresolved(place, source_of(value), form, "an expression");
  return true;
}

bool Code::model_argument(const CallRule& rule, std::string_view form, const Argument& a, bool keyed,
                          std::string_view revision, bool definition) {
  if (const std::string id = joined(a.value); !id.empty())
    return joined_model(rule, form, a.value, id, revision);
  Values v = values(a.value, true);
  bool any = false;
  // from_pretrained(model_for("small")): of what a call makes of a string, only one that names a model by
  // itself is told.
  if (v.open)
    std::erase_if(v.strings, [&](std::uint32_t token) {
      const Name name = read_name(text(token));
      return name.kind == Name::Kind::bare && !is_legacy_model(name.id) && !looks_like_model(name.id);
    });
  const bool one = v.strings.size() == 1;
  for (const std::uint32_t token : v.strings) {
    // Of several strings some may be anything; of one all that can be told is told.
    if (one || read_name(text(token)).kind == Name::Kind::owned)
      any = model_string(rule, form, token, revision, keyed, false) || any;
  }
  if (one && v.names.empty()) {
    const std::string_view value = text(v.strings.front());
    if (!any && !definition && rule.trust == CallRule::Trust::always && value.size() > 1)
      scan.sink.unresolved(s.place(tokens[v.strings.front()].at), value, form, "not a name of the Hub");
    return any;
  }
  if (v.strings.empty() && !v.open && v.names.size() == 1 && is_value_word(v.names[0])) return false;
  v.names.insert(v.names.end(), v.calls.begin(), v.calls.end());
  for (const std::string_view name : v.names) {
    if (const auto whole = made.find(name);
        whole != made.end() && read_name(whole->second.text).kind == Name::Kind::owned) {
      any = joined_model(rule, form, {whole->second.token, 1}, whole->second.text, revision) || any;
      continue;
    }
    const auto known = constants.find(name);
    if (known == constants.end() || is_value_word(name)) continue;
    for (const std::uint32_t token : known->second) {
      // A bare name is sure as an argument, not as the value of something that is called alike; names of one
      // or two letters are many things in one file.
      const Name read = read_name(text(token));
      const bool owned = read.kind == Name::Kind::owned && (name.size() > 2 || looks_like_model(read.id));
      if (!owned && !(read.kind == Name::Kind::bare && name.size() > 2 && is_legacy_model(read.id))) continue;
      any = model_string(rule, form, token, revision, keyed, true) || any;
    }
  }
  for (const std::uint32_t token : table_values(v)) {
    const Name read = read_name(text(token));
    // What a common call takes may be one of many things.
    const bool owned =
        read.kind == Name::Kind::owned && (rule.trust != CallRule::Trust::aware || looks_like_model(read.id));
    if (denied[token] || !(owned || (read.kind == Name::Kind::bare && is_legacy_model(read.id)))) continue;
    any = model_string(rule, form, token, revision, keyed, true) || any;
  }
  if (any || a.told || definition) return true;
  const bool setter = rule.name.empty() && (keyed || kind(form).strength > 0 || loads(form));
  const bool tell = rule.trust == CallRule::Trust::always || (setter && scan.aware) ||
                    (scan.aware && (rule.trust == CallRule::Trust::owned || keyed));
  const Token& first = tokens[a.value.first];
  const bool variable = v.names.size() == 1 && v.strings.empty() && !v.open && v.calls.empty();
  want(v, s.place(first.at));
  if (tell)
    scan.sink.unresolved(s.place(first.at), source_of(a.value), form,
                         variable ? "a variable" : "an expression");
  return true;
}

// client.model("org", "name")
bool Code::owner_and_name(std::string_view form, const std::vector<const Argument*>& positional,
                          std::string_view revision) {
  if (!scan.aware || positional.size() < 2 || !words().owner_name_calls.has(form)) return false;
  const auto owner = only_string(positional[0]->value, false);
  const auto name = only_string(positional[1]->value, false);
  if (!owner || !name) return false;
  const std::string id = std::string(text(*owner)) + "/" + std::string(text(*name));
  const Name read = read_name(id);
  if (read.kind != Name::Kind::owned || read.id != id || read.placeholder) return false;
  scan.sink.found(s.place(tokens[*owner].at), id, revision, form,
                  looks_like_model(id) ? Confidence::high : Confidence::medium, s.down);
  return true;
}

// Calls that take models in a way of their own.
bool Code::special_call(std::string_view name, std::string_view of, const std::vector<Argument>& arguments) {
  static constexpr CallRule kHub{"from_pretrained", CallRule::Trust::always, 0};
  // parametrize("model_id,dtype", [("a/b", "bf16"), …])
  if (name == "parametrize" && arguments.size() >= 2 && arguments[0].value.count == 1) {
    std::string_view names = text(arguments[0].value.first);
    for (std::size_t end = 0; !names.empty(); names.remove_prefix(std::min(names.size(), end + 1))) {
      end = std::min(names.find(','), names.size());
      const std::string_view one = names.substr(0, end);
      if (key_strength(one) > 0) {
        pair(one, arguments[1].value, {}, true);
        return true;
      }
    }
    return false;
  }
  // partial(AutoModel.from_pretrained, "a/b")
  if (name == "partial" && arguments.size() >= 2 &&
      source_of(arguments[0].value).ends_with("from_pretrained"))
    return model_argument(kHub, "from_pretrained", arguments[1], false, revision_of(arguments), false);
  // A client of a Space.
  if (name == "Client" && !arguments.empty() && syntax == Syntax::python &&
      (arguments[0].key.empty() || arguments[0].key == "src")) {
    deny(arguments[0].value);
    return false;
  }
  // gr.load("models/a/b")
  if (name == "load" && of == "gr" && !arguments.empty() && is_string(arguments[0].value.first)) {
    constexpr std::string_view kModels = "models/";
    const std::string_view value = text(arguments[0].value.first);
    if (!value.starts_with(kModels)) return false;
    const Name id = read_name(value.substr(kModels.size()));
    if (id.kind != Name::Kind::owned) return false;
    scan.sink.found(s.place(tokens[arguments[0].value.first].at + kModels.size()), id.id, id.revision,
                    "gr.load", Confidence::high, s.down);
    return true;
  }
  // Hub.Repo(id: "a/b"), AutoTokenizer.from(pretrained: "a/b") of Swift
  for (const Argument& a : arguments) {
    if ((name == "Repo" && of == "Hub" && a.key == "id") || (name == "from" && a.key == "pretrained")) {
      pair("hf_repo", a.value, revision_of(arguments));
      return true;
    }
  }
  return false;
}

// pipeline("text-generation", …): the task says whose pipeline it is.
bool Code::takes_task(const std::vector<Argument>& arguments) const {
  return std::any_of(arguments.begin(), arguments.end(), [&](const Argument& a) {
    return (a.key.empty() || a.key == "task") && a.value.count == 1 && is_string(a.value.first) &&
           words().pipeline_tasks.has(text(a.value.first));
  });
}

std::string_view Code::call(const CallSite& site, const std::vector<Argument>& arguments) {
  // import("transformers")$AutoModel$from_pretrained("a/b") of R
  std::string_view name = text(site.callee);
  if (const std::size_t dollar = name.rfind('$');
      dollar != std::string_view::npos && dollar + 1 < name.size())
    name.remove_prefix(dollar + 1);
  bool other = false;
  const std::string_view option = option_of(name, arguments, other);
  if (other) {
    for (const Argument& a : arguments) deny(a.value);
    return option;
  }
  const CallRule* rule = callee_kind(name).rule;
  if (callee_kind(name).runs) tell_run(site);
  // A method of an object that was made of a class of the Hub's: source.resolve("a/b").
  static constexpr CallRule kMethod{"", CallRule::Trust::owned, 0};
  const std::string_view root = root_of(site.callee);
  const bool of_hub = is_hub_call(site.callee);
  const bool direct = site.callee >= 2 && is_word(site.callee - 2);
  if (of_hub && !direct && kind(name).strength == 2) rule = &kMethod;
  if (of_hub && direct && root != name && (rule == nullptr || rule->trust == CallRule::Trust::aware))
    rule = &kMethod;
  if (library_call(site, arguments)) return {};
  // AddHuggingFaceChatCompletion("a/b") of C#
  if (rule == nullptr && syntax != Syntax::python && is_hub_class(name)) rule = &kMethod;
  if (rule == nullptr && !site.names && !scan.store && !names_elsewhere(site, arguments)) return option;
  if (is_other_call(site.callee)) return {};
  if (site.registry || is_registry_call(site.callee)) {
    registry_call(name, arguments);
    return {};
  }
  const auto before = [&](std::uint32_t n) {
    return site.callee >= n && site.callee < tokens.size() ? text(site.callee - n) : std::string_view();
  };
  if (special_call(name, before(2), arguments)) return {};
  bool definition = site.definition;
  for (const std::string_view word : {"def", "fn", "func", "function", "class", "async"})
    definition = definition || before(1) == word;
  static constexpr CallRule kRepo{"Repo", CallRule::Trust::owned, 0};
  if (name == "new" && (before(2) == "Repo" || before(2).ends_with("ModelBuilder"))) rule = &kRepo;
  static constexpr CallRule kTask{"pipeline", CallRule::Trust::always, -1};
  if (rule == nullptr && words().hub_call_owners.has(root)) rule = &kMethod;
  if (name == "pipeline" && takes_task(arguments)) rule = &kTask;
  if (rule != nullptr && rule->trust == CallRule::Trust::aware && !scan.aware) rule = nullptr;
  if (name == "load" && before(2) == "hub") {  // torch.hub: repositories of GitHub
    if (!arguments.empty()) elsewhere("torch.hub.load", arguments[0].value);
    for (const Argument& a : arguments) deny(a.value);
    return {};
  }
  if (rule == nullptr) {
    CallSite same = site;
    same.definition = definition;
    other_call(same, option, arguments);
    return option;
  }
  for (const Argument& a : arguments) {
    for (std::uint32_t i = a.value.first; i < a.value.first + std::min(a.value.count, kLongestValue); ++i) {
      const std::string_view w = text(i);
      if (a.key == "repo_type" || a.key == "repoType" || a.key == "type" || is_word(i)) {
        if (w != "dataset" && w != "space" && w != "kernel" && w != "Dataset" && w != "Space" &&
            w != "REPO_TYPE_DATASET")
          continue;
        for (const Argument& each : arguments) deny(each.value);
        return {};
      }
    }
  }
  std::string_view revision = revision_of(arguments);
  bool done = false;
  std::vector<const Argument*> positional;
  for (const Argument& a : arguments) {
    if (a.key.empty()) {
      positional.push_back(&a);
    } else if (is_model_argument(a.key) ||
               (a.key == "id" && is_one_of(name, {"ModelConfiguration", "HuggingFace"}))) {
      const bool common = (a.key == "name" || a.key == "path") && !a.nested && name != "Embeddings" &&
                          rule->trust != CallRule::Trust::always;
      if (common) {
        if (!a.told) pair(a.key, a.value);
        continue;
      }
      done = model_argument(*rule, name, a, true, revision, definition) || done;
    } else if (!a.told) {
      pair(a.key, a.value);
    }
  }
  if (name == "with_revision" && positional.size() > 2) {
    if (const auto token = only_string(positional[2]->value, true)) revision = text(*token);
  }
  if (done || positional.empty() || owner_and_name(name, positional, revision)) return {};
  std::size_t at = 0;
  const auto owned = [&](const Argument& a) {
    const Values v = values(a.value, true);
    return std::any_of(v.strings.begin(), v.strings.end(),
                       [&](std::uint32_t token) { return read_name(text(token)).kind == Name::Kind::owned; });
  };
  if (rule->position == -1) {
    // pipeline("task", "a/b"); a task alone names no model.
    const bool first = owned(*positional[0]);
    if (positional.size() < 2 && !first) return {};
    at = first ? 0 : 1;
  } else if (positional.size() > 1 && values(positional[0]->value, true).strings.empty()) {
    // PeftModel.from_pretrained(base, "a/b")
    if (owned(*positional[1]) || before(2).starts_with("Peft")) at = 1;
  }
  model_argument(*rule, name, *positional[at], false, revision, definition);
  return {};
}

}  // namespace howopen::scan
