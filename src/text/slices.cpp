// Finding brackets and quotes, and nothing more: a page of a thousand records is cut into records a hundred
// times faster than it is read. Linear; what is not closed or goes too deep gives nothing.
//
//   slice_array(R"([{"a":"]"},2])")        ->  {"a":"]"} and 2
//   slice_string(R"({"id":"a/b"})", "id")  ->  a/b

#include "text/slices.h"

#include <cstddef>

#include "text/limits.h"

namespace howopen::text {
namespace {

bool blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::size_t behind_blanks(std::string_view s, std::size_t at) {
  while (at < s.size() && blank(s[at])) ++at;
  return at;
}

// Behind the string that begins at `at`; npos when it does not end.
std::size_t behind_string(std::string_view s, std::size_t at) {
  for (++at; (at = s.find_first_of("\"\\", at)) != std::string_view::npos; at += 2) {
    if (s[at] == '"') return at + 1;
  }
  return std::string_view::npos;
}

// Behind the value that begins at `at`.
std::size_t behind_value(std::string_view s, std::size_t at) {
  int depth = 0;
  for (; at < s.size(); ++at) {
    const char c = s[at];
    if (c == '"') {
      at = behind_string(s, at);
      if (at == std::string_view::npos) return at;
      if (depth == 0) return at;
      --at;
    } else if (c == '[' || c == '{') {
      if (++depth > limits::kJsonDepth) return std::string_view::npos;
    } else if (c == ']' || c == '}') {
      if (depth == 0) return at;
      if (--depth == 0) return at + 1;
    } else if (depth == 0 && (c == ',' || blank(c))) {
      return at;
    }
  }
  return depth == 0 ? at : std::string_view::npos;
}

}  // namespace

std::optional<std::vector<std::string_view>> slice_array(std::string_view json) {
  std::size_t at = behind_blanks(json, 0);
  if (at >= json.size() || json[at] != '[') return std::nullopt;
  std::vector<std::string_view> out;
  at = behind_blanks(json, at + 1);
  if (at < json.size() && json[at] == ']') return out;
  while (at < json.size()) {
    const std::size_t end = behind_value(json, at);
    if (end == std::string_view::npos || end == at) return std::nullopt;
    out.push_back(json.substr(at, end - at));
    at = behind_blanks(json, end);
    if (at >= json.size()) return std::nullopt;
    if (json[at] == ']') return out;
    if (json[at] != ',') return std::nullopt;
    at = behind_blanks(json, at + 1);
  }
  return std::nullopt;
}

std::string_view slice_string(std::string_view json, std::string_view key) {
  std::size_t at = behind_blanks(json, 0);
  if (at >= json.size() || json[at] != '{') return {};
  at = behind_blanks(json, at + 1);
  while (at < json.size() && json[at] == '"') {
    const std::size_t end = behind_string(json, at);
    if (end == std::string_view::npos) return {};
    const std::string_view name = json.substr(at + 1, end - at - 2);
    at = behind_blanks(json, end);
    if (at >= json.size() || json[at] != ':') return {};
    at = behind_blanks(json, at + 1);
    const std::size_t behind = behind_value(json, at);
    if (behind == std::string_view::npos || behind == at) return {};
    if (name == key) {
      const std::string_view value = json.substr(at, behind - at);
      const bool plain =
          value.size() >= 2 && value.front() == '"' && value.find('\\') == std::string_view::npos;
      return plain ? value.substr(1, value.size() - 2) : std::string_view();
    }
    at = behind_blanks(json, behind);
    if (at >= json.size() || json[at] != ',') return {};
    at = behind_blanks(json, at + 1);
  }
  return {};
}

}  // namespace howopen::text
