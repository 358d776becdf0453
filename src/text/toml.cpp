// Policy and lock files. toml++ parses; what it parsed is copied into plain values. It has bounds on nesting
// of its own.
//
//   parse_toml("version = 1\n")  ->  {"version": 1 (line 1)}

#include "text/toml.h"

#include <fmt/format.h>

#include <algorithm>

#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include "text/utf8.h"

namespace howopen::text {
namespace {

// toml++ keeps tables sorted by key; the order of lines is what a reader knows.
void in_order_of_lines(Json::Object& members) {
  std::stable_sort(members.begin(), members.end(), [](const Json::Member& a, const Json::Member& b) {
    return a.second.line < b.second.line;
  });
}

std::string written(const toml::date& d) {
  return fmt::format("{:04}-{:02}-{:02}", int{d.year}, int{d.month}, int{d.day});
}

std::string written(const toml::time& t) {
  return fmt::format("{:02}:{:02}:{:02}", int{t.hour}, int{t.minute}, int{t.second});
}

Json convert(const toml::node& node) {
  Json out;
  if (const auto* table = node.as_table()) {
    Json::Object members;
    for (const auto& [key, value] : *table) members.emplace_back(std::string(key.str()), convert(value));
    in_order_of_lines(members);
    out = Json(std::move(members));
  } else if (const auto* array = node.as_array()) {
    out = Json::array();
    for (const toml::node& item : *array) out.push(convert(item));
  } else if (const auto* s = node.as_string()) {
    out = Json(s->get());
  } else if (const auto* i = node.as_integer()) {
    out = Json(static_cast<std::int64_t>(i->get()));
  } else if (const auto* d = node.as_floating_point()) {
    out = Json(d->get());
  } else if (const auto* b = node.as_boolean()) {
    out = Json(b->get());
  } else if (const auto* date = node.as_date()) {
    out = Json(written(date->get()));
  } else if (const auto* time = node.as_time()) {
    out = Json(written(time->get()));
  } else if (const auto* when = node.as_date_time()) {
    out = Json(written(when->get().date) + "T" + written(when->get().time));
  }
  out.line = static_cast<int>(node.source().begin.line);
  return out;
}

// Values within values have a bound in toml++; keys with dots have none, and each dot is a table within a
// table. Line of the first key that goes too deep, 0 for none.
class KeyDepth {
 public:
  explicit KeyDepth(std::string_view s) : s_(s) {}

  int line() {
    while (at_ < s_.size()) {
      const char c = s_[at_];
      if (c == '"' || c == '\'') {
        pass_string(c);
        continue;
      }
      if (c == '#') {
        at_ = std::min(s_.find('\n', at_), s_.size());
        continue;
      }
      if (c == '\n') ++line_;
      if (c == '\n' || c == '=' || c == ',' || c == '{' || c == '[') dots_ = 0;
      if (c == '.' && ++dots_ > kMostDots) return line_;
      ++at_;
    }
    return 0;
  }

 private:
  static constexpr int kMostDots = 8;

  void pass_string(char quote) {
    const std::string three(3, quote);
    const bool lines = s_.substr(at_).starts_with(three);
    at_ += lines ? 3 : 1;
    while (at_ < s_.size()) {
      const char c = s_[at_];
      if (c == '\n') {
        ++line_;
        if (!lines) return;  // an error, which toml++ tells
      }
      if (c == '\\' && quote == '"' && at_ + 1 < s_.size()) {
        at_ += s_[at_ + 1] == '\n' ? 1 : 2;
        continue;
      }
      if (lines ? s_.substr(at_).starts_with(three) : c == quote) {
        at_ += lines ? 3 : 1;
        return;
      }
      ++at_;
    }
  }

  std::string_view s_;
  std::size_t at_ = 0;
  int line_ = 1;
  int dots_ = 0;
};

}  // namespace

Toml parse_toml(std::string_view bytes) {
  if (bytes.size() > limits::kPolicy)
    return {std::nullopt, TomlError{fmt::format("larger than {} bytes", limits::kPolicy), 0, 0}};
  if (const int line = KeyDepth(bytes).line(); line > 0)
    return {std::nullopt, TomlError{"a key with more parts than are read", line, 1}};
  try {
    return {convert(toml::parse(bytes)), std::nullopt};
  } catch (const toml::parse_error& e) {
    return {std::nullopt, TomlError{printable(e.description()), static_cast<int>(e.source().begin.line),
                                    static_cast<int>(e.source().begin.column)}};
  }
}

std::string toml_string(std::string_view s) {
  // JSON's escapes are TOML's, but for the slash, which is not escaped by the writer.
  return write_json(Json(s), false);
}

}  // namespace howopen::text
