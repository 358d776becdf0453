// What the signs of a license text tell beside its words.

#include "license/marks.h"

#include <algorithm>

#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen::license {
namespace {

constexpr std::size_t kLongestUrl = 300;
constexpr std::size_t kMostStruck = 64;  // places that are told

struct Pair {
  std::string_view opens;
  std::string_view closes;
};
constexpr Pair kStrikes[] = {{"~~", "~~"}, {"<s>", "</s>"}, {"<del>", "</del>"}, {"<strike>", "</strike>"}};

// "~~sell~~", but no row of such signs, and no title between two rows.
bool holds_words(std::string_view between) {
  constexpr std::size_t kMost = 1000;  // bytes
  return !between.empty() && between.size() <= kMost && !text::is_blank(between.front()) &&
         !text::is_blank(between.back()) && between.front() != '~' && between.back() != '~' &&
         between.find("\n\n") == std::string_view::npos;
}

}  // namespace

std::vector<std::string> policies_named(std::string_view text) {
  std::vector<std::string> out;
  const std::string lower = text::lower(text);
  std::size_t named = lower.find("policy");  // the last time before the address
  for (std::size_t at = lower.find("http"); at != std::string::npos && out.size() < 8;
       at = lower.find("http", at + 4)) {
    std::string_view url = text.substr(at, kLongestUrl + 1);
    if (!url.starts_with("http://") && !url.starts_with("https://")) continue;
    for (std::size_t next = named; next < at; next = lower.find("policy", next + 1)) named = next;
    url = url.substr(0, url.find_first_of(" \n\r\t<>()[]\"'"));
    const bool policy = (named < at && at - named <= 160) || url.find("policy") != std::string_view::npos ||
                        url.find("prohibited") != std::string_view::npos;
    while (!url.empty() && (url.back() == '.' || url.back() == ',' || url.back() == ';'))
      url.remove_suffix(1);
    if (!policy || url.size() > kLongestUrl) continue;
    if (std::find(out.begin(), out.end(), url) == out.end()) out.emplace_back(url);
  }
  return out;
}

std::vector<Span> struck_out(std::string_view text) {
  std::vector<Span> out;
  const std::string lower = text::lower(text);
  for (const Pair& pair : kStrikes) {
    for (std::size_t at = lower.find(pair.opens); at != std::string::npos && out.size() < kMostStruck;
         at = lower.find(pair.opens, at)) {
      const std::size_t begin = at + pair.opens.size();
      const std::size_t end = lower.find(pair.closes, begin);
      if (end == std::string::npos) break;
      at = end + pair.closes.size();
      if (holds_words(std::string_view(lower).substr(begin, end - begin))) out.push_back({begin, end});
    }
  }
  return out;
}

}  // namespace howopen::license
