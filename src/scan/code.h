// One piece of source code while it is read: its tokens and the constants among them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "scan/calls.h"
#include "scan/tokens.h"

namespace howopen::scan {

/// Tokens of one argument, element or right side.
struct Range {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

struct Argument {
  std::string_view key;  ///< "" without a name
  Range value;
  bool told = false;    ///< something in it has been reported already
  bool nested = false;  ///< of an object or dictionary within the call
};

struct Code {
  const Slice& s;
  Scan& scan;
  Syntax syntax = Syntax::python;
  std::vector<Token> tokens;
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> constants;  ///< name -> string tokens

  std::string_view text(std::uint32_t i) const {
    return i < tokens.size() ? s.text.substr(tokens[i].at, tokens[i].size) : std::string_view();
  }
  bool is_mark(std::uint32_t i, std::string_view mark) const {
    return i < tokens.size() && tokens[i].kind == Token::Kind::mark && text(i) == mark;
  }
  bool is_string(std::uint32_t i) const { return i < tokens.size() && tokens[i].kind == Token::Kind::string; }
  bool is_word(std::uint32_t i) const { return i < tokens.size() && tokens[i].kind == Token::Kind::word; }

  /// The one string of a value; nothing when there are several, none, or it is put together from parts.
  /// With `through_calls` also one inside `String::from(…)` and its like.
  std::optional<std::uint32_t> only_string(Range r, bool through_calls) const;
  /// `x`, `self.x`, `config["x"]`: the name whose value is asked for; "" for anything else.
  std::string_view name_of(Range r) const;
  std::string_view source_of(Range r) const;

  /// A call with all its arguments. `key` is what its result is assigned to.
  void call(std::uint32_t callee, std::string_view key, const std::vector<Argument>& arguments,
            bool definition);
  /// A list, or arguments, that may be the words of a command.
  void command(const std::vector<Argument>& items);
  void pair(std::string_view key, Range value);

 private:
  bool model_argument(const CallRule& rule, std::string_view form, const Argument& argument, bool keyed,
                      std::string_view revision, bool definition);
  bool model_string(const CallRule& rule, std::string_view form, std::uint32_t token,
                    std::string_view revision, bool keyed, bool constant);
  std::string_view revision_of(const std::vector<Argument>& arguments) const;
  void other_call(std::string_view callee, std::string_view key, const std::vector<Argument>& arguments,
                  bool definition);
};

}  // namespace howopen::scan
