// A reference text before its words have numbers: what an index is made of.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "license/index.h"

namespace howopen::license {

/// In patterns, 0 stands for words that could be a name.
struct Draft {
  std::vector<Word> words;
  struct Group {
    license::Group::Kind kind = license::Group::Kind::optional;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::vector<std::vector<Word>> patterns;
  };
  std::vector<Group> groups;
};

/// A text with the pieces of it that are groups, in bytes.
struct Written {
  struct Span {
    Group::Kind kind = Group::Kind::optional;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::vector<std::string> variants;  ///< of an alt, with '\x01' for any words
  };
  std::string text;
  std::vector<Span> spans;
};

/// Reads the words once, so that pieces of words (`distribution<optional>s</optional>`) are seen for what
/// they are.
Draft read_words(const Written& written);

/// A text without markup: its title and its lines of copyright may be missing or different.
Draft plain_text(const std::string& text);

}  // namespace howopen::license
