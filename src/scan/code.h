// One piece of source code while it is read: its tokens and the constants among them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "scan/calls.h"
#include "scan/tokens.h"

namespace howopen::scan {

struct Library;

/// Tokens of one argument, element or right side.
struct Range {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

struct Argument {
  std::string_view key;  ///< "" without a name
  Range value;
  bool told = false;        ///< something in it has been reported already
  bool nested = false;      ///< of an object or dictionary within the call
  std::uint8_t levels = 0;  ///< how many objects it was handed out of
};

/// Where a call stands and what it is for.
struct CallSite {
  std::uint32_t callee = 0;  ///< its last word; behind the last token without one
  std::uint32_t close = 0;   ///< its closing bracket
  std::string_view key;      ///< what its result is assigned to
  std::string_view option;   ///< that a builder in front of it speaks of
  bool definition = false;
  bool registry = false;  ///< a builder in front of it is of another registry
  bool names = false;     ///< one of the strings in it may name a model
};

/// What an expression may come to.
struct Values {
  std::vector<std::uint32_t> strings;    ///< tokens
  std::vector<std::string_view> names;   ///< variables, by the last word of their path
  std::vector<std::string_view> calls;   ///< functions whose result it may be
  std::vector<std::string_view> tables;  ///< lists and dictionaries of which it is one value
  bool open = false;                     ///< something else, too
};

/// Where a name comes from, and what it is called there.
struct Imported {
  std::string module;
  std::string_view name;
};

/// What a key says of its value.
struct KeyKind {
  int strength = 0;       ///< as key_strength
  bool other = false;     ///< about something else than models
  bool registry = false;  ///< names another registry
  bool loose = false;     ///< may be about a model: the value tells
  bool type = false;      ///< its value says where the names beside it are kept
  bool store = false;     ///< OLLAMA_MODEL: its values are models of another registry
};

/// What the last word of a call says of it.
struct CalleeKind {
  const CallRule* rule = nullptr;
  bool other = false;     ///< about data sets, kernels, or writing
  bool registry = false;  ///< of the library of another registry
  bool runs = false;      ///< a file, or the text of one
};

struct Code {
  const Slice& s;
  Scan& scan;
  Syntax syntax = Syntax::python;
  std::vector<Token> tokens;
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> constants;  ///< name -> string tokens
  std::unordered_set<std::string_view> hub_objects;  ///< variables that hold a client of the Hub
  std::unordered_set<std::string_view> foreign;      ///< names imported from the library of another registry
  std::unordered_map<std::string_view, Imported> imports;
  /// Names that stand for strings put together from constants: MODEL = f"{ORG}/{NAME}".
  struct Made {
    std::uint32_t token = 0;  ///< where it is put together
    std::string text;
  };
  std::unordered_map<std::string_view, Made> made;
  std::vector<bool> denied;  ///< strings that are about something else than models

  mutable std::unordered_map<std::string_view, KeyKind> keys;  ///< those that were asked for before

  mutable std::unordered_map<std::string_view, CalleeKind> callees;

  /// What names stand for that come from libraries with names of their own: hub -> tensorflow_hub.
  std::unordered_map<std::string_view, std::string> libraries;

  /// Strings of lists and dictionaries by name, read when one is asked for.
  mutable std::unordered_map<std::string_view, std::vector<std::uint32_t>> tables;
  mutable bool tables_read = false;
  mutable std::unordered_map<const Library*, bool> signs;  ///< libraries that the file speaks of
  void read_tables() const;
  const std::vector<std::uint32_t>& table(std::string_view name) const;
  /// All that an expression may take from them.
  std::vector<std::uint32_t> table_values(const Values& v) const;

  const KeyKind& kind(std::string_view key) const;
  const CalleeKind& callee_kind(std::string_view name) const;
  std::string_view text(std::uint32_t i) const {
    return i < tokens.size() ? s.text.substr(tokens[i].at, tokens[i].size) : std::string_view();
  }
  bool is_mark(std::uint32_t i, std::string_view mark) const {
    return i < tokens.size() && tokens[i].kind == Token::Kind::mark && text(i) == mark;
  }
  bool is_string(std::uint32_t i) const { return i < tokens.size() && tokens[i].kind == Token::Kind::string; }
  bool is_word(std::uint32_t i) const { return i < tokens.size() && tokens[i].kind == Token::Kind::word; }

  /// With `calls` also what stands in calls that hand it on: `String::from("a/b")`, `getenv("X", "a/b")`.
  Values values(Range r, bool calls) const;
  /// The one string of a value; nothing when there are several, none, or it is put together from parts.
  std::optional<std::uint32_t> only_string(Range r, bool calls) const;
  std::string_view source_of(Range r) const;
  /// What an expression comes to that puts strings together, when all its parts are known: "org/" + "name",
  /// f"{ORG}/{NAME}", "%s/%s" % (ORG, NAME). "" for all else, and for a string by itself.
  std::string joined(Range r) const;

  /// Names of an expression that come from other files: told for join_imports. `place` is that of the value.
  void want(const Values& v, std::size_t place) const;
  /// A call with all its arguments. Gives the option that it defines: --model of option("--model").
  std::string_view call(const CallSite& site, const std::vector<Argument>& arguments);
  /// A call that is about data sets, kernels or writing.
  bool is_other_call(std::uint32_t callee) const;
  bool is_registry_call(std::uint32_t callee) const;
  /// Of a class of the Hub's, or an object that was made of one.
  bool is_hub_call(std::uint32_t callee) const;
  /// The library whose call this is, when it calls models by names of its own; nullptr for none.
  const Library* library_of(std::uint32_t callee) const;
  bool speaks_of(const Library& library) const;
  /// A value that is a name of another registry. With `open` also one that nobody knows.
  void elsewhere(std::string_view form, Range value, bool open = false);
  /// { model: "llama3.2" } in a file that speaks to Ollama. True when it was told.
  bool of_store(std::string_view key, Range value);
  void elsewhere_inside(std::string_view form, Range object);
  void deny(Range r);
  /// A list, or arguments, that may be the words of a command.
  void command(const std::vector<Argument>& items);
  /// With `lists` also the elements of lists, which the walk has not read by this key.
  void pair(std::string_view key, Range value, std::string_view revision = {}, bool lists = false);
  /// {name: "MODEL_ID", value: "a/b"} of an environment.
  void named_value(Range name, Range value);
  /// Ids that stand in no known place, in lists, as keys of a dictionary: of a file that uses the Hub those
  /// that look like models, of others those that can be nothing else.
  void loose_strings(std::size_t first_find);
  /// Programs that are started with a file: ["python", "x.bin"].
  void tell_runs() const;

 private:
  bool model_argument(const CallRule& rule, std::string_view form, const Argument& argument, bool keyed,
                      std::string_view revision, bool definition);
  void named_constants(std::string_view key, const Values& v, std::string_view revision);
  bool joined_model(const CallRule& rule, std::string_view form, Range value, std::string_view id,
                    std::string_view revision);
  bool model_string(const CallRule& rule, std::string_view form, std::uint32_t token,
                    std::string_view revision, bool keyed, bool constant);
  bool special_call(std::string_view name, std::string_view of, const std::vector<Argument>& arguments);
  bool owner_and_name(std::string_view form, const std::vector<const Argument*>& positional,
                      std::string_view revision);
  void registry_call(std::string_view form, const std::vector<Argument>& arguments);
  bool names_elsewhere(const CallSite& site, const std::vector<Argument>& arguments) const;
  /// whisper.load_model("large-v3"): true when it was one, and is told.
  bool library_call(const CallSite& site, const std::vector<Argument>& arguments);
  bool own_names(const Library& library, std::string_view form, Range value);
  /// exec(open("x.txt").read()): what is run is told.
  void tell_run(const CallSite& site) const;
  bool takes_task(const std::vector<Argument>& arguments) const;
  std::string_view revision_of(const std::vector<Argument>& arguments) const;
  void other_call(const CallSite& site, std::string_view option, const std::vector<Argument>& arguments);
  std::string_view option_of(std::string_view callee, const std::vector<Argument>& arguments,
                             bool& other) const;
  bool is_attribute(const CallSite& site) const;  ///< #[arg(…)]
  std::string_view default_key(const CallSite& site, std::string_view option) const;
  std::string_view root_of(std::uint32_t callee) const;
};

/// Whether a file of that name is written in the language.
bool in_language_of(std::string_view file, Syntax syntax);
/// None, false, 12: words that are values and no variables.
bool is_value_word(std::string_view word);
/// Names that an import brings in from libraries with names of their own.
void find_libraries(Code& code);

/// Whether a string could be an id, a legacy name or a template of one.
bool may_name_model(std::string_view value);
/// Names that other files of the tree give to models, and those that this one gives.
void find_imports(Code& code);
void tell_constants(Code& code);
/// Names that are given a string put together from constants.
void find_made(Code& code);
/// What functions return, among the constants.
void find_results(Code& code);
/// Reads all statements of a program.
void walk(Code& code);

}  // namespace howopen::scan
