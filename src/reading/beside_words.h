// Words of a license file by where they stand.
#pragma once

#include <span>
#include <string_view>

#include "reading/tokens.h"

namespace howopen::reading {

/// What words were read from, the signs between them included; "" where they do not stand in the text.
std::string_view text_of(std::span<const Token> words, std::string_view text);

/// `no` in someone@acme.no, `users` in users.noreply.github.com: parts of an address say nothing.
bool in_address(const Token& t, std::string_view text);
/// A host without a scheme: "acme.example".
bool in_domain(const Token& t, std::string_view text);
/// `\end{verbatim}` of LaTeX and `#+END_SRC` of Org stand around a text and are none of it.
bool on_a_line_of_markup(const Token& t, std::string_view text);
/// "N O N - C O M M E R C I A L": words whose letters were set apart, which no phrase would find.
bool letters_apart(std::span<const Token> words);

/// "* on up to three GPUs", where something before it says "free of charge*": a part of what stands there.
bool is_footnote(const Token& first, std::string_view text);
/// "2024", "1.0", "v2.1", and the word before it in "grant no. 7".
bool number(const Token& t, std::string_view text);

/// `kestrel` and `1` in kestrel-1.4.tar.gz.
bool in_file_name(const Token& t, std::string_view text);

/// "For the jsonlite component:".
bool is_followed_by_colon(std::span<const Token> words, std::string_view text);

/// "third_party/json/ is MIT", but not "and/or".
bool names_a_folder(std::string_view text);

/// "Calle de Alcala 14, 28014 Madrid, Spain": names, numbers, and little words between them.
bool is_postal(std::span<const Token> words, std::string_view text);

}  // namespace howopen::reading
