// Normalization of license texts.
//
//   words("MIT License\n\nCopyright (c) 2023 Acme\n\nPermission is")  ->  mit license permission is

#include "license/tokens.h"

#include <algorithm>
#include <array>

#include "text/digest.h"
#include "text/utf8.h"

namespace howopen::license {
namespace {

bool ascii_alnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Quotes, dashes, blanks, bullets and signs beyond ASCII; letters of other scripts are kept.
bool separator(std::uint32_t c) {
  return c == 0xA0 || (c >= 0xA1 && c <= 0xBF) || c == 0xD7 || (c >= 0x2000 && c <= 0x206F) ||
         (c >= 0x20A0 && c <= 0x2BFF) || (c >= 0x3000 && c <= 0x303F) || c == 0xFEFF || c == 0xFFFD ||
         (c >= 0xFF01 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20);
}

void split(std::string_view line, std::vector<std::string>& out) {
  std::string word;
  const auto flush = [&] {
    if (!word.empty()) out.push_back(std::move(word));
    word.clear();
  };
  while (!line.empty()) {
    const std::string_view one = text::next_utf8(line);
    const std::size_t n = std::max<std::size_t>(one.size(), 1);
    if (one.size() == 1 && ascii_alnum(line[0]))
      word += text::lower(one);
    else if (one.size() > 1 && !separator(text::code_point(one)))
      word += one;
    else
      flush();
    line.remove_prefix(n);
  }
  flush();
}

// A notice names years and holders. What says more ("… for non-commercial use only") is part of the text.
bool copyright_notice(const std::vector<std::string>& line) {
  if (line.empty() || line.size() > 16) return false;
  if (line[0] != "copyright" && !(line[0] == "c" && line.size() > 1)) {
    const bool reserved =
        line.size() == 3 && line[0] == "all" && line[1] == "rights" && line[2] == "reserved";
    return reserved;
  }
  constexpr std::array<std::string_view, 5> kYear = {"yyyy", "year", "years", "xxxx", "present"};
  const bool dated = std::any_of(line.begin(), line.end(), [&](const std::string& w) {
    const bool digits = w.size() == 4 && w.find_first_not_of("0123456789") == std::string::npos;
    return digits || std::find(kYear.begin(), kYear.end(), w) != kYear.end();
  });
  if (!dated) return false;
  constexpr std::array<std::string_view, 26> kSaysMore = {
      "commercial", "noncommercial", "use",        "used",   "uses",    "only",     "not",
      "no",         "must",          "may",        "shall",  "license", "licensed", "permission",
      "permitted",  "prohibited",    "restricted", "except", "without", "research", "personal",
      "subject",    "terms",         "grant",      "if",     "unless"};
  return std::none_of(line.begin(), line.end(), [&](const std::string& w) {
    return std::find(kSaysMore.begin(), kSaysMore.end(), w) != kSaysMore.end();
  });
}

}  // namespace

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> out;
  std::vector<std::string> line;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    line.clear();
    split(text.substr(0, end), line);
    if (!copyright_notice(line)) std::move(line.begin(), line.end(), std::back_inserter(out));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return out;
}

std::string digest_of(const std::vector<std::string>& words, std::size_t first) {
  std::string joined;
  for (std::size_t i = first; i < words.size(); ++i) {
    if (i > first) joined += ' ';
    joined += words[i];
  }
  return text::sha256(joined);
}

}  // namespace howopen::license
