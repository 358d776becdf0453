// The inside of a block of Markdown: links, code spans, HTML, entities; what is left is its text.
#pragma once

#include <string_view>

#include "text/markdown.h"
#include "text/markdown_links.h"

namespace howopen::text {

/// Appends the text of `raw`, lines of one block of the source, to the last block of `out`, and its links.
/// HTML that begins a block (`<p>`, `<td>`, `<br>`) begins one; a heading of HTML gives a heading. `line` is
/// that of the first byte.
void read_inline(std::string_view raw, int line, References& references, Markdown& out);

/// Keeps what stands in a comment of HTML.
void add_comment(Markdown& out, std::string_view text, int line);

}  // namespace howopen::text
