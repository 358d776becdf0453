// Where links of Markdown lead: `(address "title")`, and addresses that stand elsewhere under a label.
//
//   "(LICENSE 'the license') more", 0  ->  LICENSE, behind the bracket

#include "text/markdown_links.h"

#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen::text {

bool read_destination(std::string_view raw, std::size_t last_parenthesis, std::size_t& end,
                      std::string& url) {
  std::size_t at = end;
  if (at >= raw.size() || raw[at] != '(') return false;
  if (last_parenthesis == std::string_view::npos || last_parenthesis < at) return false;
  const auto skip = [&] {
    while (at < raw.size() && is_blank(raw[at])) ++at;
  };
  ++at;
  skip();
  const std::size_t most = std::min(raw.size(), at + kLongestUrl);
  if (at < raw.size() && raw[at] == '<') {
    const std::size_t close = raw.substr(0, most).find_first_of("<>\n", at + 1);
    if (close == std::string_view::npos || raw[close] != '>') return false;
    url = raw.substr(at + 1, close - at - 1);
    at = close + 1;
  } else {
    const std::size_t begin = at;
    int depth = 0;
    while (at < most && !is_blank(raw[at])) {
      if (raw[at] == '\\' && at + 1 < most && is_punctuation(raw[at + 1])) {
        at += 2;
        continue;
      }
      if (raw[at] == '(' && ++depth > 16) return false;
      if (raw[at] == ')' && depth-- == 0) break;
      ++at;
    }
    url = raw.substr(begin, std::min(at, raw.size()) - begin);
  }
  std::erase(url, '\\');
  skip();
  if (at < raw.size() && (raw[at] == '"' || raw[at] == '\'' || raw[at] == '(')) {
    const char quote = raw[at] == '(' ? ')' : raw[at];
    const std::size_t close = raw.substr(0, std::min(raw.size(), at + kLongestUrl)).find(quote, at + 1);
    if (close == std::string_view::npos) return false;
    at = close + 1;
    skip();
  }
  if (at >= raw.size() || raw[at] != ')') return false;
  end = at + 1;
  return true;
}

void References::add(std::string_view label, std::string_view url) {
  if (urls_.size() < 10'000) urls_.try_emplace(lower(trim(label)), url);
}

std::string_view References::find(std::string_view label) {
  const auto found = urls_.find(lower(trim(label)));
  if (found == urls_.end()) return {};
  if (found->second.size() > budget_) {
    budget_ = 0;
    return {};
  }
  budget_ -= found->second.size();
  return found->second;
}

}  // namespace howopen::text
