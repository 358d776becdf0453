// What a file names, in words: models, and what is no model of the Hub.
#pragma once

#include <string>
#include <string_view>

#include "howopen/scan.h"

namespace howopen::test {

/// `llama3: a name of another registry, not of the Hub`, with "; " between several.
inline std::string open_names(std::string_view file, std::string_view text) {
  std::string out;
  for (const Unresolved& u : scan_file(file, text).unresolved)
    out += (out.empty() ? "" : "; ") + u.text + ": " + u.why;
  return out;
}

/// Ids of the models that a file names for certain or likely, each once, with a blank between.
inline std::string ids(std::string_view file, std::string_view text) {
  std::string out;
  for (const ModelReference& r : scan_file(file, text).references)
    if (r.confidence >= Confidence::medium && out.find(r.id) == std::string::npos)
      out += (out.empty() ? "" : " ") + r.id;
  return out;
}

/// What it leaves open, as it is written.
inline std::string open_texts(std::string_view file, std::string_view text) {
  std::string out;
  for (const Unresolved& u : scan_file(file, text).unresolved) out += (out.empty() ? "" : " ") + u.text;
  return out;
}

}  // namespace howopen::test
