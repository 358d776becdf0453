// Calls that take models by names that are none of the Hub's: of other registries, of libraries that have
// names of their own, and of providers that serve them. What they take is told as unresolved.
//
//   ChatOllama(model="llama3.1")        ->  llama3.1: a name of another registry
//   import whisper
//   whisper.load_model("large-v3")      ->  large-v3: a short name of the library's own
//   whisper.load_model(size)            ->  size: a variable

#include <algorithm>

#include "scan/code.h"
#include "scan/names.h"
#include "scan/statements.h"
#include "scan/words.h"

namespace howopen::scan {
namespace {

constexpr std::uint32_t kNamesOfImport = 200;  // of one import
constexpr int kLongestPath = 6;                // words of a dotted name

std::string_view root_of_module(std::string_view module) {
  return module.substr(0, module.find('.'));
}

bool is_library(std::string_view module) {
  const std::string_view root = root_of_module(module);
  return std::any_of(words().libraries.begin(), words().libraries.end(), [&](const Library& l) {
    return l.file.empty() && !l.module.empty() && root_of_module(l.module) == root;
  });
}

// a.b.c from `i` on, which is set to its last word.
std::string dotted(const Code& code, std::uint32_t& i) {
  std::string out(code.text(i));
  for (int n = 0; n < kLongestPath && code.is_mark(i + 1, ".") && code.is_word(i + 2); ++n) {
    i += 2;
    out += '.';
    out += code.text(i);
  }
  return out;
}

bool among(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// Whether `name`, a call by its full name, is one of the library's.
bool calls(const Library& library, std::string_view name) {
  if (library.module.empty() || !library.file.empty()) {
    return std::any_of(library.calls.begin(), library.calls.end(), [&](const std::string& call) {
      return name.ends_with(call) &&
             (name.size() == call.size() || name[name.size() - call.size() - 1] == '.');
    });
  }
  if (!name.starts_with(library.module) || name.size() <= library.module.size() + 1 ||
      name[library.module.size()] != '.')
    return false;
  return among(library.calls, "*") || among(library.calls, name.substr(library.module.size() + 1));
}

bool is_weights(std::string_view value) {
  return words().weight_endings.ends(value.substr(0, value.find_first_of("?#")));
}

// A model's argument by its name: `model` of any call, and not `name` or `path`, which are of many things.
bool bears_model(const Argument& a, std::string_view callee) {
  if (a.key == "id") return callee == "Ollama";
  return !a.key.empty() && is_model_argument(a.key) && key_strength(a.key) > 0;
}

}  // namespace

// import whisper, tensorflow_hub as hub; from ultralytics import YOLO
void find_libraries(Code& code) {
  if (code.syntax != Syntax::python) return;
  for (std::uint32_t i = 0; i + 1 < code.tokens.size(); ++i) {
    const std::uint32_t size = code.tokens[i].size;
    if ((size != 4 && size != 6) || !code.tokens[i].line || !code.is_word(i)) continue;
    if (code.text(i) == "import") {
      for (std::uint32_t n = 0; n < kNamesOfImport && code.is_word(i + 1); ++n) {
        ++i;
        const std::string_view first = code.text(i);
        const std::string module = dotted(code, i);
        const bool renamed = code.text(i + 1) == "as" && code.is_word(i + 2);
        if (renamed) i += 2;
        if (is_library(module))
          code.libraries[renamed ? code.text(i) : first] = renamed ? module : std::string(first);
        if (!code.is_mark(i + 1, ",")) break;
        ++i;
      }
    } else if (code.text(i) == "from" && code.is_word(i + 1) && is_library(code.text(i + 1))) {
      const std::string module = dotted(code, ++i);
      if (code.text(i + 1) != "import") continue;
      ++i;
      for (std::uint32_t n = 0; n < kNamesOfImport && i + 1 < code.tokens.size(); ++n) {
        if (code.is_mark(i + 1, ",") || code.is_mark(i + 1, "(")) {
          ++i;
          continue;
        }
        if (!code.is_word(i + 1) ||
            (code.tokens[i + 1].line && !code.is_mark(i, ",") && !code.is_mark(i, "(")))
          break;
        const std::string_view name = code.text(++i);
        if (code.text(i + 1) == "as" && code.is_word(i + 2)) i += 2;
        code.libraries[code.text(i)] = module + "." + std::string(name);
      }
    }
  }
}

// A library of another language than Python, by what its imports look like.
bool Code::speaks_of(const Library& library) const {
  const auto [at, added] = signs.try_emplace(&library);
  if (added)
    at->second =
        in_language_of(library.file, syntax) && s.text.find(library.module) != std::string_view::npos;
  return at->second;
}

const Library* Code::library_of(std::uint32_t callee) const {
  if (!is_word(callee)) return nullptr;
  const bool by_sign = syntax != Syntax::python && words().foreign_calls.has(text(callee));
  std::uint32_t root = callee;
  for (int n = 0; n < kLongestPath && root >= 2 && is_word(root - 2) &&
                  (is_mark(root - 1, ".") || (by_sign && is_mark(root - 1, "::")));
       ++n)
    root -= 2;
  const auto known = libraries.find(text(root));
  // Clients of providers are told by the end of what is called, and most calls by its last word already.
  if (known == libraries.end() && !by_sign && !words().served_calls.has(text(callee))) return nullptr;
  std::string name = known != libraries.end() ? known->second : std::string(text(root));
  for (std::uint32_t i = root; i < callee; i += 2) {
    name += '.';
    name += text(i + 2);
  }
  for (const Library& library : words().libraries) {
    if (calls(library, name) && (library.file.empty() || (by_sign && speaks_of(library)))) return &library;
  }
  return nullptr;
}

// What one value of such a call may be. False where it says nothing, or is the Hub's after all.
bool Code::own_names(const Library& library, std::string_view form, Range value) {
  const Values v = values(value, true);
  std::vector<std::uint32_t> strings = v.strings;
  bool variable = false;
  for (const auto* names : {&v.names, &v.calls}) {
    for (const std::string_view name : *names) {
      if (is_value_word(name)) continue;
      const auto constant = constants.find(name);
      variable = variable || constant == constants.end();
      if (constant != constants.end())
        strings.insert(strings.end(), constant->second.begin(), constant->second.end());
    }
  }
  // SIZES[size]
  for (const std::uint32_t token : table_values(v)) {
    variable = false;
    strings.push_back(token);
  }
  bool any = false;
  for (const std::uint32_t token : strings) {
    const std::string_view said = text(token);
    const std::size_t place = s.place(tokens[token].at);
    const Name name = read_name(said);
    std::string_view why = library.served ? kServed : kOwnName;
    switch (name.kind) {
      case Name::Kind::owned:
        continue;
      case Name::Kind::bare:
        if (library.files || (library.served && (!api_model(said).empty() || is_placeholder(said)))) continue;
        break;
      case Name::Kind::path:
        if (library.served || (library.files && !is_weights(said))) continue;
        // tts_models/en/vctk/vits is a name, and so is yolov8n.pt; models/mine.pt is none.
        if (library.files || is_one_of(said.substr(0, 1), {".", "/", "~"}) ||
            (said.find('/') != std::string_view::npos && is_weights(said)))
          why = "a local path";
        break;
      case Name::Kind::variable:
        if (library.served || library.files) continue;
        why = "a variable in a string";
        break;
      case Name::Kind::elsewhere:
        if (library.served || !is_foreign_address(said, true) || (library.files && !is_weights(said)))
          continue;
        why = kForeignAddress;
        break;
      case Name::Kind::none:
        continue;
    }
    any = true;
    if (tokens[token].formatted) why = "a variable in a string";
    scan.sink.unresolved(place, said, form, why);
  }
  if (any || (library.served && !library.open) || library.files || !strings.empty()) return any;
  const bool open = variable || (v.open && v.names.empty());
  if (open)
    scan.sink.unresolved(s.place(tokens[value.first].at), source_of(value), form,
                         variable && !v.open ? "a variable" : "an expression");
  return open;
}

bool Code::library_call(const CallSite& site, const std::vector<Argument>& arguments) {
  const Library* library = site.definition ? nullptr : library_of(site.callee);
  if (library == nullptr || (site.callee > 0 && is_one_of(text(site.callee - 1), {"def", "class"})))
    return false;
  const std::string_view form = text(site.callee);
  const auto given = [&](const Argument& a) {
    return among(library->needs, a.key) && a.value.count > 0 &&
           !is_one_of(text(a.value.first), {"None", "False", "0"});
  };
  if (!library->needs.empty() && std::none_of(arguments.begin(), arguments.end(), given)) return false;
  // models.resnet50(weights="DEFAULT"): the call itself is the name.
  if (library->arguments.empty()) {
    scan.sink.unresolved(s.place(tokens[site.callee].at), form, form, kOwnName);
    for (const Argument& a : arguments) deny(a.value);
    return true;
  }
  // A deployment and the model that it is of: each is told that is one of these.
  const Argument* first = nullptr;
  bool named = false;
  bool all = true;
  bool any = false;
  const auto take = [&](const Argument& model) {
    const bool own = !model.told && own_names(*library, form, model.value);
    if (own) deny(model.value);
    any = any || own;
    all = all && own;
  };
  for (const Argument& a : arguments) {
    if (a.key.empty() && first == nullptr) first = &a;
    if (!among(library->arguments, a.key)) {
      // AzureOpenAI(model="gpt-4o", azure_deployment="chat"): the call has more to say.
      all = all && !bears_model(a, form);
      continue;
    }
    if (library->served || !named) take(a);
    named = true;
  }
  if (!named && library->position == 0 && first != nullptr) take(*first);
  return any && all;
}

// Whether a call of another registry's names a model, though no string of it looks like one.
bool Code::names_elsewhere(const CallSite& site, const std::vector<Argument>& arguments) const {
  if (!site.registry && !is_registry_call(site.callee)) return false;
  const std::string_view name = text(site.callee);
  if (words().registry_model_calls.has(name) || kind(name).strength > 0) return true;
  if (std::any_of(arguments.begin(), arguments.end(),
                  [&](const Argument& a) { return bears_model(a, name); }))
    return true;
  // new OllamaChatClient(uri, "llama3.1")
  if (arguments.size() > 1 && arguments[1].key.empty() && arguments[1].value.count == 1 &&
      is_string(arguments[1].value.first) && !is_string(arguments[0].value.first) &&
      (is_tagged_model(text(arguments[1].value.first)) || looks_like_model(text(arguments[1].value.first))))
    return true;
  // ollama("llama3.1"), a function that is called as its registry is
  return callee_kind(name).registry && !arguments.empty() && arguments[0].key.empty() &&
         arguments[0].value.count == 1 && is_string(arguments[0].value.first) &&
         looks_like_model(text(arguments[0].value.first));
}

void Code::registry_call(std::string_view form, const std::vector<Argument>& arguments) {
  bool first = true;
  if (arguments.size() > 1 && arguments[0].key.empty() && arguments[1].key.empty() &&
      !is_string(arguments[0].value.first) && arguments[1].value.count == 1 &&
      is_string(arguments[1].value.first)) {
    elsewhere(form, arguments[1].value);
    first = false;
  }
  for (const Argument& a : arguments) {
    const bool named = !a.key.empty() && (is_model_argument(a.key) || bears_model(a, form));
    if (named || (a.key.empty() && std::exchange(first, false)))
      is_mark(a.value.first, "{") ? elsewhere_inside(form, a.value)
                                  : elsewhere(form, a.value, bears_model(a, form));
    else
      deny(a.value);
  }
}

bool Code::of_store(std::string_view key, Range value) {
  if (!scan.store || value.count != 1 || !is_string(value.first) || tokens[value.first].formatted)
    return false;
  const Name name = read_name(text(value.first));
  if (name.kind != Name::Kind::bare || !text::is_letter(name.id[0]) || is_placeholder(name.id) ||
      !api_model(name.id).empty() || !is_one_of(folded(key), {"model", "modelname", "modelid"}))
    return false;
  elsewhere(key, value);
  return true;
}

// chat({ model: 'llama3.1', messages })
void Code::elsewhere_inside(std::string_view form, Range object) {
  for (std::uint32_t i = object.first; i + 2 < object.first + object.count; ++i) {
    if (is_model_argument(text(i)) && is_mark(i + 1, ":") && is_string(i + 2)) elsewhere(form, {i + 2, 1});
  }
  deny(object);
}

void Code::elsewhere(std::string_view form, Range value, bool open) {
  const Values v = values(value, true);
  bool known = !v.strings.empty();
  const auto tell = [&](std::uint32_t token) {
    const Name::Kind kind = read_name(text(token)).kind;
    // google/foo/transformers/2b of Kaggle
    const bool deep = kind == Name::Kind::path && is_alnum(text(token)[0]) && !is_weights(text(token));
    if (kind == Name::Kind::owned || kind == Name::Kind::bare || (deep && form == "model_download"))
      scan.sink.unresolved(s.place(tokens[token].at), text(token), form, kOtherRegistry);
  };
  for (const std::uint32_t token : v.strings) tell(token);
  for (const std::string_view name : v.names) {
    const auto constant = open ? constants.find(name) : constants.end();
    known = known || is_value_word(name) || constant != constants.end();
    if (constant != constants.end())
      for (const std::uint32_t token : constant->second) tell(token);
  }
  if (open && !known && value.count > 0)
    scan.sink.unresolved(s.place(tokens[value.first].at), source_of(value), form,
                         v.names.size() == 1 && v.calls.empty() ? "a variable" : "an expression");
  deny(value);
}

}  // namespace howopen::scan
