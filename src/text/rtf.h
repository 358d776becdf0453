// Rich Text Format, which office programs write.
#pragma once

#include <string>
#include <string_view>

namespace howopen::text {

/// What a reader sees of a text in RTF, as UTF-8, with a line a paragraph; "" for what is none. Tables of
/// fonts and colors, pictures and notes for programs are left out. Time is linear in the size.
std::string from_rtf(std::string_view s);

}  // namespace howopen::text
