// What a call says about models once its arguments are known.
//
//   PeftModel.from_pretrained(base, "a/b")          ->  a/b, high
//   from_pretrained(name), name = "a/b" above       ->  a/b, high, where it is written
//   from_pretrained(args.model)                     ->  unresolved: a variable

#include <algorithm>
#include <array>

#include "scan/code.h"
#include "scan/names.h"
#include "scan/tools.h"

namespace howopen::scan {
namespace {

constexpr std::uint32_t kLongestValue = 24;

// Calls that write, or are about datasets: their ids are of no model in use.
bool is_other_business(std::string_view callee) {
  return callee.find("dataset") != std::string_view::npos ||
         callee.find("Dataset") != std::string_view::npos || callee.starts_with("upload_") ||
         callee.starts_with("push_") || callee.starts_with("create_repo") || callee.starts_with("delete_") ||
         callee == "Repository";
}

constexpr std::array<std::string_view, 30> kPlainCalls = {
    "print",  "println", "printf", "log",  "info",   "debug",   "warning", "warn",   "error",      "open",
    "join",   "get",     "post",   "put",  "format", "Path",    "replace", "split",  "startswith", "endswith",
    "append", "add",     "set",    "skip", "raise",  "require", "import",  "exists", "fetch",      "resolve"};

bool sentence_transformer(std::string_view callee) {
  return callee.starts_with("SentenceTransformer") || callee == "HuggingFaceEmbeddings" ||
         callee == "SparseEncoder";
}

bool is_value_word(std::string_view w) {
  return w == "None" || w == "null" || w == "undefined" || w == "False" || w == "True" || w == "false" ||
         w == "true" || w == "nil" || (!w.empty() && is_digit(w[0]));
}

}  // namespace

std::optional<std::uint32_t> Code::only_string(Range r, bool through_calls) const {
  if (r.count == 0 || r.count > kLongestValue) return std::nullopt;
  std::optional<std::uint32_t> out;
  int depth = 0;
  for (std::uint32_t i = r.first; i < r.first + r.count; ++i) {
    if (is_string(i)) {
      if (out || (depth > 0 && !through_calls)) return std::nullopt;
      out = i;
    } else if (tokens[i].kind == Token::Kind::mark) {
      const std::string_view m = text(i);
      if (m == "+" || m == "%" || m == "/") return std::nullopt;
      if (m == "(" || m == "[" || m == "{") ++depth;
      if (m == ")" || m == "]" || m == "}") --depth;
    } else if (text(i) == "join" || text(i) == "format") {
      return std::nullopt;
    } else if (out && tokens[i].kind == Token::Kind::word && tokens[i].at > tokens[*out].at &&
               s.text.substr(tokens[*out].at, tokens[i].at - tokens[*out].at).find('\n') !=
                   std::string_view::npos) {
      return out;  // the next statement of a language without semicolons
    }
  }
  return out;
}

std::string_view Code::name_of(Range r) const {
  std::string_view name;
  std::uint32_t end = std::min(r.count, kLongestValue);
  for (std::uint32_t i = r.first; i < r.first + end; ++i) {
    if (is_word(i) || (is_string(i) && i > r.first && is_mark(i - 1, "["))) {
      if (text(i) == "clone" || text(i) == "to_string" || text(i) == "as_str") continue;
      name = text(i);
    } else if (const std::string_view m = text(i); m != "." && m != "&" && m != "[" && m != "]" &&
                                                   m != "::" && m != "(" && m != ")" && m != "!" &&
                                                   m != "?") {
      return {};
    }
  }
  return r.count <= kLongestValue ? name : std::string_view();
}

std::string_view Code::source_of(Range r) const {
  if (r.count == 0) return {};
  const Token& last = tokens[r.first + r.count - 1];
  const Token& first = tokens[r.first];
  const std::size_t from = first.at - (first.kind == Token::Kind::string && first.at > 0 ? 1 : 0);
  return s.text.substr(from, std::min<std::size_t>(last.at + last.size - from, 120));
}

void Code::pair(std::string_view key, Range value) {
  if (key_strength(key) == 0) return;
  const auto token = only_string(value, false);
  if (!token || tokens[*token].formatted) return;
  // {"model": "a/b", "revision": "v1"}: the pairs behind it may say which.
  std::string_view revision;
  for (std::uint32_t i = value.first + value.count; i < value.first + value.count + 12; i += 4) {
    if (!is_mark(i, ",") || !(is_mark(i + 2, ":") || is_mark(i + 2, "="))) break;
    if (is_revision_argument(text(i + 1)) && is_string(i + 3) && !tokens[i + 3].formatted)
      revision = text(i + 3);
  }
  scan_pair(key, text(*token), s.place(tokens[*token].at), s.down, scan, revision);
}

std::string_view Code::revision_of(const std::vector<Argument>& arguments) const {
  for (const Argument& a : arguments) {
    if (!is_revision_argument(a.key)) continue;
    if (const auto token = only_string(a.value, true); token && !tokens[*token].formatted)
      return text(*token);
    const auto known = constants.find(name_of(a.value));
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
  const Name name = read_name(value);
  switch (name.kind) {
    case Name::Kind::owned: {
      if (is_hosted_only(name.id)) return true;
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
      if (!always || (constant && !keyed && !is_legacy_model(name.id) && folder)) {
        if (rule.name == "WhisperModel" || rule.name == "from_preset")
          scan.sink.unresolved(place, value, form, "a short name of the library's own");
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
      if (always) scan.sink.unresolved(place, value, form, "a local path");
      return always;
    case Name::Kind::variable:
      if (always) scan.sink.unresolved(place, value, form, "a variable in a string");
      return always;
    case Name::Kind::elsewhere:
      return true;
    case Name::Kind::none:
      return false;
  }
  return false;
}

bool Code::model_argument(const CallRule& rule, std::string_view form, const Argument& a, bool keyed,
                          std::string_view revision, bool definition) {
  if (const auto token = only_string(a.value, true))
    return model_string(rule, form, *token, revision, keyed, false);
  const std::string_view name = name_of(a.value);
  if (!name.empty()) {
    if (is_value_word(name)) return false;
    bool any = false;
    if (const auto known = constants.find(name); known != constants.end()) {
      for (const std::uint32_t token : known->second) {
        const Name read = read_name(text(token));
        if (read.kind != Name::Kind::owned && read.kind != Name::Kind::bare) continue;
        any = model_string(rule, form, token, revision, keyed, true) || any;
      }
    }
    if (any) return true;
  }
  // Several strings: "a/b" if small else "c/d".
  bool any = false;
  for (std::uint32_t i = a.value.first; i < a.value.first + std::min(a.value.count, kLongestValue); ++i) {
    if (is_string(i) && read_name(text(i)).kind == Name::Kind::owned)
      any = model_string(rule, form, i, revision, keyed, false) || any;
  }
  if (any || a.told || definition) return true;
  const bool tell = rule.trust == CallRule::Trust::always ||
                    (scan.aware && (rule.trust == CallRule::Trust::owned || keyed));
  const Token& first = tokens[a.value.first];
  if (tell)
    scan.sink.unresolved(s.place(first.at), source_of(a.value), form,
                         name.empty() ? "an expression" : "a variable");
  return true;
}

void Code::call(std::uint32_t callee, std::string_view key, const std::vector<Argument>& arguments,
                bool definition) {
  std::string_view name = callee < tokens.size() ? text(callee) : std::string_view();
  if (is_other_business(name)) return;
  const auto before = [&](std::uint32_t n) {
    return callee >= n && callee < tokens.size() ? text(callee - n) : std::string_view();
  };
  for (const std::string_view word : {"def", "fn", "func", "function", "class", "async"})
    definition = definition || before(1) == word;
  const CallRule* rule = call_rule(name);
  static constexpr CallRule kRepo{"Repo", CallRule::Trust::owned, 0};
  if (name == "new" && before(2) == "Repo") rule = &kRepo;
  if (rule != nullptr && rule->trust == CallRule::Trust::aware && !scan.aware) rule = nullptr;
  if (name == "load" && before(2) == "hub") return;  // torch.hub: repositories of GitHub
  if (rule == nullptr) return other_call(name, key, arguments, definition);
  for (const Argument& a : arguments) {
    for (std::uint32_t i = a.value.first; i < a.value.first + std::min(a.value.count, kLongestValue); ++i) {
      const std::string_view w = text(i);
      if (a.key == "repo_type" || a.key == "repoType" || a.key == "type" || is_word(i)) {
        if (w == "dataset" || w == "space" || w == "Dataset" || w == "Space" || w == "REPO_TYPE_DATASET")
          return;
      }
    }
  }
  std::string_view revision = revision_of(arguments);
  bool done = false;
  std::vector<const Argument*> positional;
  for (const Argument& a : arguments) {
    if (a.key.empty()) {
      positional.push_back(&a);
    } else if (is_model_argument(a.key) &&
               !((a.key == "name" || a.key == "path") && !a.nested && name != "Embeddings" &&
                 rule->trust != CallRule::Trust::always)) {
      done = model_argument(*rule, name, a, true, revision, definition) || done;
    } else if (!a.told) {
      pair(a.key, a.value);
    }
  }
  if (name == "with_revision" && positional.size() > 2) {
    if (const auto token = only_string(positional[2]->value, true)) revision = text(*token);
  }
  if (done || positional.empty()) return;
  std::size_t at = 0;
  const bool text_first = only_string(positional[0]->value, true).has_value();
  if (rule->position == -1) {
    // pipeline("task", "a/b"); a task alone names no model.
    const auto only = only_string(positional[0]->value, true);
    const bool first = only && read_name(text(*only)).kind == Name::Kind::owned;
    if (positional.size() < 2 && !first) return;
    at = first ? 0 : 1;
  } else if (positional.size() > 1 && !text_first) {
    // PeftModel.from_pretrained(base, "a/b")
    const auto second = only_string(positional[1]->value, true);
    if (second && read_name(text(*second)).kind == Name::Kind::owned)
      at = 1;
    else if (before(2).starts_with("Peft"))
      at = 1;
  }
  model_argument(*rule, name, *positional[at], false, revision, definition);
}

// Calls that are in no table: options with a default, variables of the environment, and in files that use the
// Hub anything that is given a model.
void Code::other_call(std::string_view callee, std::string_view key, const std::vector<Argument>& arguments,
                      bool definition) {
  std::string_view option;
  std::string_view revision = revision_of(arguments);
  for (const Argument& a : arguments) {
    if (!a.key.empty() || !option.empty()) continue;
    const auto token = only_string(a.value, false);
    if (token && key_strength(text(*token).substr(0, text(*token).find(' '))) > 0 &&
        tokens[*token].size < 60 && text(*token).find('/') == std::string_view::npos)
      option = text(*token).substr(0, text(*token).find(' '));
  }
  bool first = true;
  for (const Argument& a : arguments) {
    const auto token = only_string(a.value, false);
    const bool is_first = first && a.key.empty();
    if (a.key.empty()) first = false;
    if (!token || tokens[*token].formatted) continue;
    const std::size_t place = s.place(tokens[*token].at);
    const std::string_view value = text(*token);
    if (!a.key.empty()) {
      const bool is_default = a.key.starts_with("default");
      const std::string_view what = is_default ? (!option.empty() ? option
                                                  : !key.empty()  ? key
                                                                  : "model")
                                               : a.key;
      scan_pair(what, value, place, s.down, scan, revision);
      continue;
    }
    const std::size_t count = scan.sink.count();
    if (!option.empty() && value != option) scan_pair(option, value, place, s.down, scan, revision);
    if (!key.empty() && count == scan.sink.count()) scan_pair(key, value, place, s.down, scan, revision);
    const bool plain = std::find(kPlainCalls.begin(), kPlainCalls.end(), callee) != kPlainCalls.end();
    if (!is_first || count != scan.sink.count() || !scan.aware || plain || callee.empty() || definition)
      continue;
    const Name name = read_name(value);
    if (name.kind != Name::Kind::owned || is_hosted_only(name.id)) continue;
    scan.sink.found(place + name.at, name.id, name.revision.empty() ? revision : name.revision, callee,
                    looks_like_model(name.id) ? Confidence::medium : Confidence::low, s.down);
  }
}

void Code::command(const std::vector<Argument>& items) {
  if (items.size() < 2) return;
  bool option = false;
  bool tool = false;
  for (const Argument& a : items) {
    if (a.value.count != 1 || !is_string(a.value.first)) continue;
    const std::string_view w = text(a.value.first);
    option = option || w.starts_with("--") || w.starts_with("-hf");
    tool = tool || is_model_tool(w);
  }
  if (!option && !tool) return;
  std::vector<Word> words;
  for (const Argument& a : items) {
    Word w;
    if (a.value.count == 1 && is_string(a.value.first) && a.key.empty()) {
      const Token& t = tokens[a.value.first];
      const std::string_view value = text(a.value.first).substr(0, 400);
      for (std::size_t i = 0; i < value.size(); ++i) w.value.add(value[i], s.place(t.at + i));
      w.variable = t.formatted;
    } else {
      const std::string_view source = source_of(a.value);
      for (std::size_t i = 0; i < source.size(); ++i)
        w.value.add(source[i], s.place(tokens[a.value.first].at + i));
      w.variable = true;
    }
    words.push_back(std::move(w));
  }
  scan_command(words, s.down, scan);
}

}  // namespace howopen::scan
