// Where statements end, and which name a value is for.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "scan/code.h"

namespace howopen::scan {

inline bool is_one_of(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// How a token changes the depth of brackets: 1 for one that opens, -1 for one that closes, else 0.
inline int nesting(const Code& code, std::uint32_t i) {
  if (code.tokens[i].kind != Token::Kind::mark) return 0;
  const std::string_view mark = code.text(i);
  return is_one_of(mark, {"(", "[", "{"}) ? 1 : is_one_of(mark, {")", "]", "}"}) ? -1 : 0;
}

/// Whether token `i` begins a block of Python: if, for, def …
bool is_header(const Code& code, std::uint32_t i);
/// Whether the line that begins with token `i` is a statement of its own, in a language with braces.
bool line_ends(const Code& code, std::uint32_t first, std::uint32_t i);
/// The name that a value is for: the last word or string of the tokens in front of the mark.
std::string_view target(const Code& code, std::uint32_t first, std::uint32_t end);
/// The name of `string ModelId { get; set; } = …`; "" for all else.
std::string_view property(const Code& code, std::uint32_t equals);

bool has_string(const Code& code, std::uint32_t from, std::uint32_t to);
/// Among the first few.
bool has_word(const Code& code, std::uint32_t from, std::uint32_t to, std::string_view word);

/// What follows a question mark that has a colon further on: `a?.b`, `a?` and `a?: T` have none.
bool begins_choice(std::string_view next);

/// What a brace opens: `enum WhisperModel { … }`, `fun modelFor(…) = when (…) { … }`. The name tells what the
/// strings in it are.
struct Body {
  enum class Kind { other, enumeration, function } kind = Kind::other;
  bool models = false;
};
/// By the words in front of the brace; without a definition there, that of the body around.
Body body_of(const Code& code, const Body& around, std::uint32_t brace);
/// `=` of `<Chat model="a/b">` in a program, with no blank around it.
bool is_attribute(const Code& code, std::uint32_t equals);
/// `class Models(str, Enum)` of Python, at its first word.
bool enumerates_models(const Code& code, std::uint32_t i);
/// A string by itself, or behind `return`.
bool stands_alone(const Code& code, Range r);
/// `getenv("MODEL") ?: "a/b"`, `x.model ?? "a/b"`: what stands in front and names models; "" for none.
std::string_view fallback_key(const Code& code, Range r);

/// `[model]`, `[[dataset.sources]]` of TOML: the last part of its name, or the first that is about something
/// else than models.
struct SectionHead {
  std::string_view name;
  std::uint32_t last = 0;  ///< token
};
std::optional<SectionHead> section_head(const Code& code, std::uint32_t i);

}  // namespace howopen::scan
