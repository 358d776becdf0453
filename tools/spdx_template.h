// A license as SPDX describes it in XML: its words, and which of them may be missing or replaced.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "license/draft.h"

namespace howopen::tools {

using license::Draft;

struct Template {
  std::string id;
  bool exception = false;
  bool deprecated = false;
  bool osi_approved = false;
  std::string name;
  Draft text;
  std::optional<Draft> header;  ///< the standard header, where there is one
};

/// Nothing for a file that is no template.
std::optional<Template> read_template(const std::string& path);

/// The texts that a regular expression of a template stands for, at most 64, with '\x01' for any words; of
/// the few constructs that templates use.
std::vector<std::string> expand(const std::string& expression);

}  // namespace howopen::tools
