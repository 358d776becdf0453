// What howopen wrote itself is told by how it begins.
//
//   {"schema_version": "1.0.0", "tool": {"name": "howopen", …  ->  own

#include "howopen/scan.h"
#include "text/ascii.h"

namespace howopen {
namespace {

constexpr std::size_t kHead = 1024;

// The head without blanks between tokens: reports are written indented and in lines.
std::string dense(std::string_view bytes) {
  std::string out;
  for (const char c : bytes.substr(0, kHead)) {
    if (!text::is_blank(c) && c != '\r') out += c;
  }
  return out;
}

}  // namespace

bool is_own_document(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, kHead);
  for (const std::string_view start : {"# Made by howopen lock", "# howopen: "}) {
    if (head.starts_with(start)) return true;
  }
  if (head.starts_with("<?xml")) return text::contains(head, "<testsuites name=\"howopen\"");
  // Nearly all files end here: no other one is looked at for its tokens.
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || head[first] != '{') return false;
  const std::string json = dense(bytes);
  for (const std::string_view start :
       {"{\"howopen\":\"snapshot\"",
        "{\"schema_version\":\"1.0.0\",\"ref\":", "{\"type\":\"reference\",\"id\":",
        "{\"type\":\"unresolved\",\"text\":", "{\"type\":\"skipped\",\"file\":"}) {
    if (json.starts_with(start)) return true;
  }
  return text::contains(json, "\"tool\":{\"name\":\"howopen\",\"version\":") ||
         text::contains(json, "\"driver\":{\"name\":\"howopen\",");
}

}  // namespace howopen
