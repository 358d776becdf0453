// Tags, attributes and entities.
//
//   attribute("a href='LICENSE' class=x", "href")  ->  LICENSE     append_entity("&copy; 2024")  ->  ©, 6
//   bytes

#include "text/html.h"

#include <array>
#include <cstdint>

#include "text/utf8.h"

namespace howopen::text {
namespace {

struct Entity {
  std::string_view name, text;
};
constexpr std::array<Entity, 16> kEntities = {{{"amp", "&"},
                                               {"lt", "<"},
                                               {"gt", ">"},
                                               {"quot", "\""},
                                               {"apos", "'"},
                                               {"nbsp", " "},
                                               {"copy", "©"},
                                               {"reg", "®"},
                                               {"trade", "™"},
                                               {"mdash", "—"},
                                               {"ndash", "–"},
                                               {"lsquo", "‘"},
                                               {"rsquo", "’"},
                                               {"ldquo", "“"},
                                               {"rdquo", "”"},
                                               {"hellip", "…"}}};

}  // namespace

std::string badge_text(std::string_view url) {
  constexpr std::string_view kBadge = "shields.io/badge/";
  const std::size_t at = url.find(kBadge);
  if (at == std::string_view::npos || url.size() > 400) return {};
  std::string_view s = url.substr(at + kBadge.size());
  s = s.substr(0, s.find_first_of("?#"));
  // Hyphens part label, message and color; doubled ones are hyphens, underscores blanks.
  std::string out;
  int part = 0;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const bool twice = i + 1 < s.size() && s[i + 1] == s[i];
    if (s[i] == '-' && !twice) {
      if (++part == 2) break;
      out += ": ";
    } else if (s[i] == '_' && !twice) {
      out += ' ';
    } else if (s.substr(i, 3) == "%20") {
      out += ' ';
      i += 2;
    } else {
      out += s[i];
      if ((s[i] == '-' || s[i] == '_') && twice) ++i;
    }
  }
  return part == 2 ? out : std::string();
}

std::string picture_text(std::string_view alternative, std::string_view url) {
  std::string badge = badge_text(url);
  const bool label = badge.size() > alternative.size() &&
                     equal_ignoring_case(badge.substr(0, alternative.size()), alternative) &&
                     (alternative.empty() || badge[alternative.size()] == ':');
  return label ? badge : std::string(alternative);
}

bool breaks_line(std::string_view name) {
  for (const std::string_view n : {"br", "p",  "div",    "li",      "ul",      "ol",      "table",
                                   "tr", "hr", "center", "section", "details", "summary", "blockquote",
                                   "dt", "dd", "dl",     "pre",     "article", "header",  "footer"}) {
    if (name == n) return true;
  }
  return false;
}

std::size_t append_entity(std::string_view s, std::string& out) {
  const std::size_t end = s.find(';');
  if (end == std::string_view::npos || end < 2 || s[0] != '&') return 0;
  const std::string_view name = s.substr(1, end - 1);
  if (name[0] != '#') {
    for (const Entity& e : kEntities) {
      if (e.name != name) continue;
      out += e.text;
      return end + 1;
    }
    return 0;
  }
  const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
  const std::string_view digits = name.substr(hex ? 2 : 1);
  std::uint32_t value = 0;
  for (const char c : digits) {
    const int digit = c >= '0' && c <= '9'          ? c - '0'
                      : hex && c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : hex && c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                    : -1;
    if (digit < 0) return 0;
    value = value * (hex ? 16 : 10) + static_cast<std::uint32_t>(digit);
  }
  if (digits.empty()) return 0;
  append_utf8(out, value);
  return end + 1;
}

std::string_view attribute(std::string_view tag, std::string_view name) {
  for (std::size_t at = 0; at + name.size() < tag.size(); ++at) {
    if (!equal_ignoring_case(tag.substr(at, name.size()), name)) continue;
    if (at > 0 && tag[at - 1] != ' ' && tag[at - 1] != '\n' && tag[at - 1] != '\t') continue;
    std::size_t i = tag.find_first_not_of(" \n\t", at + name.size());
    if (i == std::string_view::npos || tag[i] != '=') continue;
    i = tag.find_first_not_of(" \n\t", i + 1);
    if (i == std::string_view::npos) return {};
    if (tag[i] == '"' || tag[i] == '\'') {
      const std::size_t end = tag.find(tag[i], i + 1);
      return end == std::string_view::npos ? std::string_view() : tag.substr(i + 1, end - i - 1);
    }
    return tag.substr(i, tag.find_first_of(" \n\t>", i) - i);
  }
  return {};
}

}  // namespace howopen::text
