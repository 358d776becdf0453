// Front matter and other YAML. yaml-cpp parses; what it parsed is copied into plain values with a budget of
// nodes, since ten lines of anchors and aliases can stand for a billion of them.
//
//   parse_yaml("license: mit\n", 2)  ->  {"license": "mit" (line 2)}

#include "text/yaml.h"

#include <yaml-cpp/yaml.h>

namespace howopen::text {
namespace {

struct Budget {
  std::size_t nodes = limits::kYamlNodes;
  int first_line = 1;
};

// Throws YAML::Exception when the budget is spent; only parse_yaml calls it.
Json convert(const YAML::Node& node, int depth, Budget& budget) {
  if (budget.nodes == 0) throw YAML::ParserException(node.Mark(), "more values than a card can hold");
  --budget.nodes;
  if (depth > limits::kYamlDepth) throw YAML::ParserException(node.Mark(), "nested too deeply");
  Json out;
  if (node.IsScalar()) {
    const std::string& s = node.Scalar();
    const bool plain = node.Tag() != "!";  // quoted scalars carry the tag "!"
    if (plain && (s == "true" || s == "True" || s == "TRUE"))
      out = Json(true);
    else if (plain && (s == "false" || s == "False" || s == "FALSE"))
      out = Json(false);
    else
      out = Json(s);
  } else if (node.IsSequence()) {
    out = Json::array();
    for (const auto& item : node) out.push(convert(item, depth + 1, budget));
  } else if (node.IsMap()) {
    out = Json::object();
    for (const auto& member : node) {
      if (!member.first.IsScalar()) continue;
      out.set(member.first.Scalar(), convert(member.second, depth + 1, budget));
    }
  }
  out.line = node.Mark().is_null() ? 0 : node.Mark().line + budget.first_line;
  return out;
}

}  // namespace

Yaml parse_yaml(std::string_view bytes, int first_line) {
  if (bytes.size() > limits::kFrontMatter)
    return {std::nullopt, YamlError{"front matter is too large", first_line}};
  try {
    Budget budget{limits::kYamlNodes, first_line};
    return {convert(YAML::Load(std::string(bytes)), 0, budget), std::nullopt};
  } catch (const YAML::Exception& e) {
    const int line = e.mark.is_null() ? first_line : e.mark.line + first_line;
    return {std::nullopt, YamlError{e.msg, line}};
  }
}

}  // namespace howopen::text
