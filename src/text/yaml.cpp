// Front matter and other YAML. libyaml parses, the grammar that the Hub's own Python client reads cards by;
// what it finds is kept as plain values with a budget of nodes and bytes, since ten lines of anchors and
// aliases can stand for a billion of them.
//
//   parse_yaml("license: mit\n", 2)  ->  {"license": "mit" (line 2)}

#include "text/yaml.h"

#include <yaml.h>

#include <algorithm>
#include <functional>
#include <map>

namespace howopen::text {
namespace {

// What a value takes of the budget; an alias takes it again.
struct Weight {
  std::size_t nodes = 0;
  std::size_t bytes = 0;
  int height = 0;  // levels below

  void hold(const Weight& inner) {
    nodes += inner.nodes;
    bytes += inner.bytes;
    height = std::max(height, inner.height + 1);
  }
};

std::string_view chars(const yaml_char_t* s, std::size_t size) {
  return {reinterpret_cast<const char*>(s), size};
}
std::string_view chars(const yaml_char_t* s) {
  return s == nullptr ? std::string_view() : reinterpret_cast<const char*>(s);
}

class Reader {
 public:
  Reader(std::string_view bytes, int first_line) : first_line_(first_line) {
    yaml_parser_initialize(&parser_);
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(bytes.data()),
                                 bytes.size());
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() {
    yaml_event_delete(&event_);
    yaml_parser_delete(&parser_);
  }

  Yaml read() {
    Json value;
    Weight weight;
    const auto is = [this](yaml_event_type_t type) { return event_.type == type; };
    if (!next() || !next()) return {std::nullopt, error_};  // the stream, then the document if there is one
    if (is(YAML_STREAM_END_EVENT)) return {value, std::nullopt};
    if (!next() || !node(0, value, weight)) return {std::nullopt, error_};
    // What follows may be another document, which nobody reads, and not a stray brace.
    if (!next() || !next()) return {std::nullopt, error_};
    return {std::move(value), std::nullopt};
  }

 private:
  struct Anchored {
    Json value;
    Weight weight;
  };

  bool next() {
    yaml_event_delete(&event_);
    if (yaml_parser_parse(&parser_, &event_) != 0) return true;
    const std::string_view what =
        parser_.problem != nullptr ? std::string_view(parser_.problem) : std::string_view("no YAML");
    // An error of the reader (bytes that are no text) has no line.
    const bool placed = parser_.error != YAML_READER_ERROR && parser_.error != YAML_MEMORY_ERROR;
    error_ = YamlError{std::string(what),
                       first_line_ + (placed ? static_cast<int>(parser_.problem_mark.line) : 0)};
    return false;
  }

  bool refuse(std::string what) {
    error_ = YamlError{std::move(what), line()};
    return false;
  }
  int line() const { return first_line_ + static_cast<int>(event_.start_mark.line); }

  bool spend(const Weight& weight) {
    nodes_ += weight.nodes;
    bytes_ += weight.bytes;
    return (nodes_ <= limits::kYamlNodes && bytes_ <= limits::kYamlBytes) ||
           refuse("more values than a card can hold");
  }

  // Reads the value that the current event begins.
  bool node(int depth, Json& out, Weight& weight) {
    if (depth > limits::kYamlDepth) return refuse("nested too deeply");
    if (event_.type == YAML_ALIAS_EVENT) return alias(depth, out, weight);
    const std::string anchor(anchor_of(event_));
    const int at = line();
    weight = {1, 0, 0};
    if (event_.type == YAML_SCALAR_EVENT) {
      weight.bytes = event_.data.scalar.length;
      if (!spend(weight)) return false;
      out = scalar(event_);
    } else {
      if (!spend(weight)) return false;
      anchors_.erase(anchor);  // within the value its own name means nothing yet
      if (!(event_.type == YAML_SEQUENCE_START_EVENT ? sequence(depth, out, weight)
                                                     : mapping(depth, out, weight)))
        return false;
    }
    out.line = at;
    if (!anchor.empty()) anchors_.insert_or_assign(anchor, Anchored{out, weight});
    return true;
  }

  bool sequence(int depth, Json& out, Weight& weight) {
    out = Json::array();
    while (next()) {
      if (event_.type == YAML_SEQUENCE_END_EVENT) return true;
      Json item;
      Weight inner;
      if (!node(depth + 1, item, inner)) return false;
      weight.hold(inner);
      out.push(std::move(item));
    }
    return false;
  }

  bool mapping(int depth, Json& out, Weight& weight) {
    out = Json::object();
    while (next()) {
      if (event_.type == YAML_MAPPING_END_EVENT) return true;
      Json key;
      Json value;
      Weight inner;
      if (!node(depth + 1, key, inner)) return false;
      weight.hold(inner);
      if (!next() || !node(depth + 1, value, inner)) return false;
      weight.hold(inner);
      // A key is what it is written as; null, and what is no scalar, is nobody's.
      if (const auto word = key.string())
        out.set(*word, std::move(value));
      else if (const auto truth = key.boolean())
        out.set(*truth ? "true" : "false", std::move(value));
    }
    return false;
  }

  bool alias(int depth, Json& out, Weight& weight) {
    const auto found = anchors_.find(chars(event_.data.alias.anchor));
    if (found == anchors_.end()) return refuse("an alias to nothing before it");
    weight = found->second.weight;
    if (depth + weight.height > limits::kYamlDepth) return refuse("nested too deeply");
    if (!spend(weight)) return false;
    out = found->second.value;
    return true;
  }

  static std::string_view anchor_of(const yaml_event_t& event) {
    switch (event.type) {
      case YAML_SCALAR_EVENT:
        return chars(event.data.scalar.anchor);
      case YAML_SEQUENCE_START_EVENT:
        return chars(event.data.sequence_start.anchor);
      case YAML_MAPPING_START_EVENT:
        return chars(event.data.mapping_start.anchor);
      default:
        return {};
    }
  }

  static Json scalar(const yaml_event_t& event) {
    const auto& from = event.data.scalar;
    const std::string_view s = chars(from.value, from.length);
    const std::string_view tag = chars(from.tag);
    if (from.style == YAML_PLAIN_SCALAR_STYLE && tag != "!" && tag != YAML_STR_TAG) {
      if (s.empty() || s == "~" || s == "null" || s == "Null" || s == "NULL") return Json();
      if (s == "true" || s == "True" || s == "TRUE") return Json(true);
      if (s == "false" || s == "False" || s == "FALSE") return Json(false);
    }
    return Json(s);
  }

  yaml_parser_t parser_{};
  yaml_event_t event_{};
  int first_line_;
  std::size_t nodes_ = 0;
  std::size_t bytes_ = 0;
  std::map<std::string, Anchored, std::less<>> anchors_;
  std::optional<YamlError> error_;
};

}  // namespace

Yaml parse_yaml(std::string_view bytes, int first_line) {
  if (bytes.size() > limits::kFrontMatter)
    return {std::nullopt, YamlError{"front matter is too large", first_line}};
  // libyaml looks through all %TAG lines at each of them: 10,000 take a second. No card has one.
  if (bytes.starts_with('%') || bytes.find("\n%") != std::string_view::npos)
    return {std::nullopt, YamlError{"directives are not read", first_line}};
  return Reader(bytes, first_line).read();
}

}  // namespace howopen::text
