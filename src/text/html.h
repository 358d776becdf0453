// What little of HTML stands in Markdown: tags, attributes, entities.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace howopen::text {

/// Value of an attribute within a tag, "" if it is not there. Names are matched without regard to case;
/// values with either quote or none.
std::string_view attribute(std::string_view tag, std::string_view name);

/// What stands for a picture in a text: its alternative text; for a badge what it shows, where that text is
/// missing or only its label.
std::string picture_text(std::string_view alternative, std::string_view url);

/// What a badge of shields.io shows, by its address: `…/badge/Code_License-MIT-blue` is "Code License: MIT".
/// "" for any other address.
std::string badge_text(std::string_view url);

/// Whether an element of this name, in lower case, begins a line of its own in a browser.
bool breaks_line(std::string_view element);

/// Appends what `&amp;`, `&#169;`, `&#xA9;` at the front of `s` stand for. Gives the bytes read, 0 for none.
std::size_t append_entity(std::string_view s, std::string& out);

}  // namespace howopen::text
