// Names of families of models (data/families.json) in prose and in names.
#pragma once

#include <bitset>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "howopen/catalog.h"
#include "reading/sense.h"

namespace howopen::reading {

struct FamilyName {
  std::size_t at = 0;
  std::size_t end = 0;
};

/// Whether a name may begin, or end, at a place of a lower-case text: no letter or digit goes on with it.
/// Chinese, Japanese and Korean have no blank between a name and the words around it.
bool name_begins(std::string_view text, std::size_t at);
bool name_ends(std::string_view text, std::size_t at);

/// The letters that a pattern begins with, up to its first sign.
std::string_view head_of(std::string_view pattern);

/// Which pairs of neighboring bytes a text has, as far as 1,024 bits tell them apart. Of many names that are
/// looked for in many sentences, nearly all are told not to be there by their first letters.
class Pairs {
 public:
  explicit Pairs(std::string_view text) {
    for (std::size_t i = 1; i < text.size(); ++i) bits_.set(number(text[i - 1], text[i]));
  }
  /// False where what the pattern begins with stands nowhere in the text.
  bool may_hold(std::string_view pattern) const {
    const std::string_view head = head_of(pattern);
    for (std::size_t i = 1; i < head.size(); ++i) {
      if (!bits_.test(number(head[i - 1], head[i]))) return false;
    }
    return true;
  }

 private:
  static std::size_t number(char a, char b) {
    return (static_cast<unsigned char>(a) * 37u + static_cast<unsigned char>(b)) % 1024;
  }
  std::bitset<1024> bits_;
};

/// First place from `from` on, in lower-case text, that bears the family's name and is no part of another's.
/// `prose` allows what is a name in sentences alone.
std::optional<FamilyName> find_family(std::string_view text, const ModelFamily& family, bool prose,
                                      std::size_t from = 0);

using NamedFamily = std::pair<const ModelFamily*, FamilyName>;

/// The first family, in the order of the table, whose name stands in a sentence.
std::optional<NamedFamily> family_in(std::string_view lower, const Catalog& catalog);

/// A family whose name stands closely behind a word for licenses: "the license of the original Llama 2".
std::optional<NamedFamily> family_behind_license(const Sense& sense, std::string_view lower,
                                                 const Catalog& catalog);

/// A cell of a row, parted by tabs, that is a family's name and nothing more: "Llama 2" below "License".
std::optional<NamedFamily> family_in_a_cell(std::string_view lower, const Catalog& catalog);

}  // namespace howopen::reading
