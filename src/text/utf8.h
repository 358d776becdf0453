// UTF-8 of unknown origin: is it valid, how wide is it, what of it may reach a terminal.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace howopen::text {

/// The first character of `s` as its bytes, 1 to 4; empty when they are not valid UTF-8 (overlong forms,
/// surrogates and values above U+10FFFF included).
std::string_view next_utf8(std::string_view s);
/// Its code point; meaningful for what next_utf8 returned.
std::uint32_t code_point(std::string_view one);
bool is_utf8(std::string_view s);

/// Foreign text made fit to be shown: controls, escape sequences, direction overrides, zero-width and tag
/// characters become visible (`\x1b`, `\u{202e}`), invalid bytes `\xff`; line breaks and tabs a space.
std::string printable(std::string_view s);

/// Characters that are not seen, or that change how others are: controls, directions, joiners, tags.
bool is_hidden(std::uint32_t code_point);

/// Columns of a terminal that valid UTF-8 takes; East Asian wide characters take two.
int display_width(std::string_view s);

/// A text in UTF-16 as UTF-8: one that begins with a byte order mark, or whose every other byte is NUL at its
/// beginning. "" for any other.
std::string from_utf16(std::string_view s);
void append_utf8(std::string& out, std::uint32_t code_point);

/// ASCII letters in lower case; other bytes as they are. No locale.
std::string lower(std::string_view s);
void make_lower(std::string& s, std::size_t from);  ///< in place, from that byte on
bool equal_ignoring_case(std::string_view a, std::string_view b);
/// 40 hex digits in lower case: a commit, or a blob of git.
bool is_commit(std::string_view s);
std::string_view trim(std::string_view s);  ///< blanks, tabs, line breaks at both ends

}  // namespace howopen::text
