// What opens and what closes: the brackets of a program, the arguments and statements in them.
//
//   TINY("a/b", 75)       of an enumeration of models  ->  pair model, "a/b"
//   { "small": "a/b" }    under MODELS                 ->  pair MODELS, "a/b"

#include <algorithm>
#include <utility>

#include "scan/tools.h"
#include "scan/walker.h"

namespace howopen::scan {
namespace {

constexpr std::size_t kMostFrames = 200;
constexpr std::size_t kMostArguments = 4'096;
constexpr std::uint8_t kMostLevels = 8;  // of objects in a call whose members are handed out to it

}  // namespace

void Walker::open(std::uint32_t i, char c) {
  // Deeper than any program: the brackets inside are passed over.
  if (frames_.size() > kMostFrames) {
    ++skipped_;
    code_.scan.sink.cut("brackets deeper than they are read");
    return;
  }
  Frame f;
  f.open = c;
  const Frame& around = frames_.back();
  if (c == '(' && i > 0 && code_.is_word(i - 1)) {
    f.has_callee = true;
    f.callee = i - 1;
    f.defines = code_.is_word(i - 2) && (code_.text(i - 2) == "def" || code_.text(i - 2) == "class");
  }
  f.denied = around.denied || denies(around) ||
             (f.has_callee && (code_.is_other_call(f.callee) || code_.is_registry_call(f.callee)));
  f.kept = c == '(' || (c == '{' && frames_.size() > 1 && around.kept && around.open != '[');
  const KeyKind& outer = code_.kind(around.argument_key);
  // "widgets_values": ["a/b-7b", …] of ComfyUI is loose, and for lists only.
  if (outer.strength > 0 || (c == '[' && outer.loose && !outer.other))
    f.key = around.argument_key;
  else if (around.open != '(' && !outer.other && !outer.registry)
    f.key = around.key;
  // variable "model_id" { default = "a/b" } of Terraform
  if (c == '{' && i > 1 && code_.is_string(i - 1) && code_.text(i - 2) == "variable")
    f.key = code_.text(i - 1);
  f.store = c == '{' && around.store;
  f.body = c == '{' && i > 0 && code_.is_mark(i - 1, ")");
  // const ( … ) of Go
  if (c == '(' && code_.syntax == Syntax::go && is_one_of(code_.text(i - 1), {"const", "var"})) {
    f.open = '{';
    f.has_callee = f.kept = false;
  }
  if (c == '{' && !python_ && code_.syntax != Syntax::json) f.of = body_of(code_, around.of, i);
  f.first = i + 1;
  f.finds = code_.scan.sink.count();
  frames_.push_back(std::move(f));
}

// `forced`: at the end of the file or of a cell, with no bracket.
void Walker::close(std::uint32_t i, bool forced) {
  if (skipped_ > 0 && !forced) {
    --skipped_;
    return;
  }
  if (forced) skipped_ = 0;
  if (frames_.size() == 1) {
    begin(i + 1, {}, false);
    return;
  }
  close_argument(i);
  const Frame f = std::move(frames_.back());
  frames_.pop_back();
  Frame& around = frames_.back();
  around.strings = around.strings || f.any_strings;
  around.names = around.names || f.any_names;
  around.any_strings = around.any_strings || f.any_strings;
  around.any_names = around.any_names || f.any_names;
  const bool chained = around.registry;
  around.registry = chained || (f.has_callee && code_.is_registry_call(f.callee));
  const bool nothing = !f.any_strings && !(f.has_callee && code_.scan.aware && code_.is_hub_call(f.callee)) &&
                       !(f.has_callee && (code_.library_of(f.callee) != nullptr ||
                                          code_.callee_kind(code_.text(f.callee)).registry ||
                                          code_.callee_kind(code_.text(f.callee)).rule != nullptr ||
                                          code_.kind(code_.text(f.callee)).strength == 2));
  if (nothing && f.open != '{') return;
  code_.named_value(f.name, f.value);
  if (f.kept && (f.at_hub || f.elsewhere)) {
    for (const Argument& a : f.arguments) {
      if (!by_type(f, a.key, a.value) && f.elsewhere) code_.deny(a.value);
    }
    if (f.elsewhere) return;
  }
  if (f.open == '(' && !f.has_callee && !f.key.empty()) {
    // ("base", "a/b") in a list of models
    for (const Argument& a : f.arguments) {
      if (a.key.empty() && !a.told && a.value.count == 1) code_.pair(f.key, a.value);
    }
  }
  // TINY("a/b", 75) of an enumeration
  if (f.open == '(' && f.has_callee && around.of.models && around.of.kind == Body::Kind::enumeration) {
    for (const Argument& a : f.arguments) {
      if (a.key.empty() && !a.told && stands_alone(code_, a.value)) code_.pair("model", a.value);
    }
  }
  if (f.open == '(') {
    const bool definition = python_ ? f.defines : code_.is_mark(i + 1, "{") || code_.is_mark(i + 1, "->");
    code_.command(f.arguments);
    const std::string_view option =
        code_.call({f.has_callee ? f.callee : static_cast<std::uint32_t>(code_.tokens.size()), i, f.key,
                    around.option, definition, chained, f.any_names},
                   f.arguments);
    if (!option.empty()) around.option = option;
  } else if (f.open == '[' || !f.kept) {
    code_.command(f.arguments);
  } else if (f.kept) {
    // An object in a call: its members are as good as named arguments.
    for (const Argument& a : f.arguments) {
      if (a.key.empty() || a.levels >= kMostLevels) continue;
      add(around, {a.key, a.value, a.told, true, static_cast<std::uint8_t>(a.levels + 1)});
    }
  }
}

// A member that says where the names beside it are kept.
void Walker::type(Frame& f, std::string_view key, Range value) const {
  if (key.empty() || key.size() > 16 || value.count != 1 || !code_.is_string(value.first)) return;
  const std::string_view said = code_.text(value.first);
  if (said.size() > 24 || !code_.kind(key).type) return;
  f.at_hub = f.at_hub || words().hub_words.has(folded(said));
  f.elsewhere = f.elsewhere || words().registry_types.has(folded(said));
  f.store = f.store || words().store_key_parts.has(folded(said));
}

// True when the type beside it says what the value is.
bool Walker::by_type(const Frame& f, std::string_view key, Range value) {
  if ((!f.at_hub && !f.elsewhere) || key.empty()) return false;
  const std::string k = folded(key);
  const bool place = words().part_keys.has(k) || words().repository_keys.has(k) || key_strength(key) > 0;
  if (!place) return false;
  if (!f.elsewhere) {
    code_.pair("hf_repo", value);
    return true;
  }
  if (key_strength(key) > 0)
    code_.elsewhere(key, value);
  else
    code_.deny(value);
  return true;
}

void Walker::add(Frame& f, const Argument& a) {
  if (f.arguments.size() < kMostArguments) {
    f.arguments.push_back(a);
    return;
  }
  // What holds no string names no model: tables of numbers are long.
  if (!has_string(code_, a.value.first, a.value.first + std::min(a.value.count, 64u))) return;
  // Elements of a list are read one by one anyway; only a command needs all of them.
  if (f.open == '[' &&
      !(code_.is_string(f.arguments[0].value.first) && is_model_tool(code_.text(f.arguments[0].value.first))))
    return;
  // Too many for one call: each is read by itself, without what the others say.
  code_.scan.sink.cut("a call or command with more than 4,096 words");
  if (!a.key.empty() && !a.nested) code_.pair(a.key, a.value);
}

void Walker::close_argument(std::uint32_t end) {
  Frame& f = frames_.back();
  while (end > f.first && code_.tokens[end - 1].kind == Token::Kind::comment) --end;
  if (end <= f.first) return;
  Range range{f.first, end - f.first};
  const bool told = code_.scan.sink.count() != f.finds;
  const bool annotation = python_ && f.annotated && (f.open == '(' || frames_.size() == 1);
  f.first = end;
  std::string_view name = f.argument_key;
  f.argument_key = {};
  f.annotated = false;
  const bool strings = std::exchange(f.strings, false);
  const bool names = std::exchange(f.names, false);
  if (annotation || f.header) return;  // a type and a condition are no values
  constexpr std::uint32_t kLongestCall = 12;
  const bool foreign = f.denied || f.registry || f.elsewhere;
  if (!names && !foreign && !name.empty() && range.count <= kLongestCall && code_.kind(name).strength > 0)
    code_.pair(name, range);  // a constant, or what a function returns
  if (!strings) {
    if (f.kept) add(f, {name, range, told, false, 0});
    return;
  }
  if (is_one_of(name, {"name", "Name", "key", "NAME", "Key", "ParameterKey"})) f.name = range;
  if (is_one_of(name, {"value", "Value", "VALUE", "default", "ParameterValue"})) f.value = range;
  type(f, name, range);
  if (f.kept || f.open == '[') add(f, {name, range, told, false, 0});
  // []string{"--model", "a/b"} of Go, new[] { … } of C#
  if (!f.kept && f.open == '{' && name.empty() && range.count == 1 && frames_.size() > 1 && !f.body)
    add(f, {name, range, told, false, 0});
  if (!names && !f.kept && code_.kind(name).store) return code_.pair(name, range);
  if (!names && !f.kept && code_.of_store(name, range)) return;
  if (!names && f.store && code_.kind(name).strength > 0) code_.elsewhere(name, range);
  if (f.kept || !names || by_type(f, name, range)) return;
  // { "small": "a/b" } under MODELS: the key outside tells what the values are.
  if (name.empty() || (!f.key.empty() && code_.kind(name).strength == 0 && !code_.kind(name).other &&
                       !code_.kind(name).registry))
    name = f.key;
  const bool silent = name.empty() || (code_.kind(name).strength == 0 && !code_.kind(name).other &&
                                       !code_.kind(name).registry);
  if (silent && models_ && frames_.size() == 1 && stands_alone(code_, range)) name = "model";
  if (silent && f.of.models && f.of.kind != Body::Kind::other && stands_alone(code_, range)) name = "model";
  if (silent) {
    if (const std::string_view key = fallback_key(code_, range); !key.empty())
      return code_.pair(key, {range.first + range.count - 1, 1});
  }
  if (frames_.size() == 1 && !section_.empty()) {
    if (code_.kind(section_).other) return code_.deny(range);
    // [app.models] embed = "a/b-7b": what it is about stands in its head, and the value looks like one.
    const bool part = words().part_keys.has(folded(name)) ||
                      (range.count == 1 && looks_like_model(code_.text(range.first)));
    if (silent && code_.kind(section_).strength > 0 && part) name = section_;
  }
  if (!name.empty()) code_.pair(name, range);
}

}  // namespace howopen::scan
