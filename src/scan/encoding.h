// Bytes of a file as text that the readers know.
#pragma once

#include <string>
#include <string_view>

namespace howopen::scan {

struct Readable {
  std::string own;         ///< the text, where it had to be written anew
  std::string_view bytes;  ///< the text otherwise
  std::size_t skip = 0;    ///< a mark of the order of bytes in front
  std::string_view why;    ///< it is not read, or not all of it says what it seems to say
  bool text = true;
  std::string_view all() const { return own.empty() ? bytes : std::string_view(own); }
};
/// UTF-16 and UTF-32 become UTF-8; a carriage return by itself ends a line.
Readable readable(std::string_view path, std::string_view bytes);

}  // namespace howopen::scan
