// What the bytes of a file are: text as it stands, text in another encoding, or something that nobody reads
// here, which is told.

#include "scan/encoding.h"

#include <algorithm>
#include <cstdint>

#include "scan/kinds.h"
#include "scan/words.h"
#include "text/utf8.h"

namespace howopen::scan {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kPointer = "version https://git-lfs.github.com/spec/";

std::string from_utf32(std::string_view s) {
  const bool little = s.starts_with("\xFF\xFE\0\0"sv);
  if (!little && !s.starts_with("\0\0\xFE\xFF"sv)) return {};
  std::string out;
  for (std::size_t i = 4; i + 4 <= s.size(); i += 4) {
    std::uint32_t c = 0;
    for (std::size_t k = 0; k < 4; ++k)
      c = c << 8 | static_cast<unsigned char>(s[little ? i + 3 - k : i + k]);
    text::append_utf8(out, c);
  }
  return out;
}

bool is_utf16(std::string_view bytes) {
  return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
}

// Bytes of no encoding that has ASCII in it: next to nothing is a letter, and it is no UTF-8.
bool is_foreign(std::string_view bytes) {
  constexpr std::size_t kLooked = 4'096;
  std::string_view head = bytes.substr(0, kLooked);
  while (head.size() < bytes.size() && !head.empty() &&
         (static_cast<unsigned char>(bytes[head.size()]) & 0xC0) == 0x80)
    head.remove_suffix(1);
  const auto high = static_cast<std::size_t>(
      std::count_if(head.begin(), head.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }));
  // Those that have ASCII in them have its blanks and ends of lines, too.
  return head.size() >= 16 && high * 10 > head.size() * 6 &&
         head.find_first_of(" \n") == std::string_view::npos && !text::is_utf8(head);
}

// # -*- coding: utf-7 -*- in the first two lines of Python
bool says_other_encoding(std::string_view bytes) {
  std::size_t end = std::min(bytes.find('\n'), bytes.size());
  end = std::min(bytes.find('\n', std::min(end + 1, bytes.size())), bytes.size());
  const std::string_view head = bytes.substr(0, std::min<std::size_t>(end, 400));
  const std::size_t word = head.find("coding");
  if (word == std::string_view::npos || head.rfind('#', word) == std::string_view::npos) return false;
  std::size_t i = word + 6;
  if (i >= head.size() || (head[i] != ':' && head[i] != '=')) return false;
  i = std::min(head.find_first_not_of(" \t", i + 1), head.size());
  const std::size_t last = std::min(head.find_first_of(" \t\r\n;", i), head.size());
  std::string name = text::lower(head.substr(i, last - i));
  std::replace(name.begin(), name.end(), '_', '-');
  return !name.empty() && !words().source_encodings.starts(name);
}

}  // namespace

Readable readable(std::string_view path, std::string_view bytes) {
  Readable out;
  out.bytes = bytes;
  const auto not_text = [&](std::string_view why) {
    out.why = why;
    out.text = false;
    return out;
  };
  if (bytes.starts_with("GGUF") && bytes.substr(5, 3) == "\0\0\0"sv)
    return not_text("weights under a name that does not say so");
  if (bytes.starts_with(kPointer)) return not_text("a pointer of Git LFS: what it stands for is not here");
  out.own = from_utf32(bytes);
  if (out.own.empty() && (bytes.find('\0') != std::string_view::npos || is_utf16(bytes))) {
    out.own = text::from_utf16(bytes);
    if (out.own.empty() || out.own.find('\0') != std::string::npos) {
      // A file without an ending may be a program; one that is named as text, or begins as a script, is to be
      // text.
      return not_text(is_named_text(path) || bytes.starts_with("#!") ? "no text: it holds NUL bytes" : "");
    }
  }
  if (out.own.empty() && bytes.starts_with("\xEF\xBB\xBF")) out.skip = 3;
  const std::string_view all = out.all();
  if (out.own.empty() && is_foreign(all)) out.why = "an encoding that is not known";
  if (kind_of(path) == Kind::python && says_other_encoding(all))
    out.why = "it says that it is in an encoding that is not read";
  // `# c\rm = …` is two lines for most languages.
  for (std::size_t i = all.find('\r'); i != std::string_view::npos; i = all.find('\r', i + 1)) {
    if (i + 1 < all.size() && all[i + 1] == '\n') continue;
    if (out.own.empty()) out.own = bytes;
    break;
  }
  for (std::size_t i = 0; i < out.own.size(); ++i) {
    if (out.own[i] == '\r' && (i + 1 == out.own.size() || out.own[i + 1] != '\n')) out.own[i] = '\n';
  }
  return out;
}

}  // namespace howopen::scan
