// A license as SPDX describes it in XML: its words, and which of them may be missing or replaced.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "license/index.h"

namespace howopen::tools {

/// A reference before its words have numbers. In patterns, 0 stands for words that could be a name.
struct Draft {
  std::vector<license::Word> words;
  struct Group {
    license::Group::Kind kind = license::Group::Kind::optional;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::vector<std::vector<license::Word>> patterns;
  };
  std::vector<Group> groups;
};

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

/// A text without markup: its title and its lines of copyright may be missing or different.
Draft plain_text(const std::string& text);

/// The texts that a regular expression of a template stands for, at most 64, with '\x01' for any words; of
/// the few constructs that templates use.
std::vector<std::string> expand(const std::string& expression);

}  // namespace howopen::tools
