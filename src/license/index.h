// The reference texts, as numbers: words by hash, texts as sequences of words, templates as groups of words
// that may be missing or replaced. It is made by tools/license_index from texts that are not in this
// repository, and holds none.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "howopen/catalog.h"
#include "howopen/license.h"
#include "reading/tokens.h"
#include "reading/word_table.h"

namespace howopen::license {

using reading::Token;
using reading::Word;
using reading::word_of;
using reading::WordTable;

/// Number of a word within the index, by how often it occurs; 0 is every word that no reference has.
using Id = std::uint16_t;

/// In a pattern: any words that could be a name.
inline constexpr Id kAny = 0;

/// Words of a reference that a copy may lack or have in another form (SPDX's matching guidelines).
struct Group {
  enum class Kind : std::uint8_t {
    optional,   ///< there, or not there at all
    title,      ///< the license's name above it
    copyright,  ///< who holds the rights, since when
    alt,        ///< one of the patterns stands in its place
  };
  Kind kind = Kind::optional;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;                  ///< may be equal to `begin`: something may stand there
  std::vector<std::vector<Id>> patterns;  ///< of an alt
};

struct Reference {
  std::string id;    ///< SPDX id, or LicenseRef-…
  std::string text;  ///< which text of it, for tests and the curious
  TextKind kind = TextKind::license;
  std::uint8_t preference = 0;  ///< of two that explain a text alike, the greater one is named
  std::uint16_t alias_of =
      0;  ///< number of the reference with the same words that is named instead; itself if none
  std::span<const Id> words;
  std::vector<Group> groups;  ///< sorted by begin; an alt may lie within an optional group
};

/// Where four words in a row stand.
struct Place {
  std::uint16_t reference = 0;
  std::uint16_t at = 0;
};

class Index {
 public:
  /// Reads the file that tools/license_index wrote; throws std::runtime_error at one it did not, and where
  /// `own` texts hold more different words than can be numbered.
  explicit Index(std::string_view file, std::span<const OwnText> own = {});

  Id id_of(Word word) const {
    const Id* found = ids_.find(word);
    return found == nullptr ? Id{0} : *found;
  }
  /// The word of a number, for tests that make texts of them.
  Word word(Id id) const { return words_[id]; }
  std::size_t words() const { return words_.size(); }

  const std::vector<Reference>& references() const { return references_; }
  const std::string& version() const { return version_; }

  static constexpr std::size_t kGram = 4;
  /// kGram numbers in a row as one.
  static std::uint64_t gram(const Id* ids) {
    static_assert(kGram * sizeof(Id) == sizeof(std::uint64_t));
    std::uint64_t out;
    std::memcpy(&out, ids, sizeof out);
    return out;
  }
  /// Number of a gram, below grams(); grams() for one that is in no reference, or is left out of a long one.
  std::uint32_t find(std::uint64_t gram) const { return table_[place_of(gram)].number; }
  /// Fetches what find() will look at: the table is larger than a cache.
  void expect(std::uint64_t gram) const { __builtin_prefetch(&table_[first_place_of(gram)]); }
  std::uint32_t grams() const { return static_cast<std::uint32_t>(first_.size() - 1); }
  /// Where a gram stands, in order of the references.
  std::span<const Place> places(std::uint32_t number) const {
    return {places_.data() + first_[number], first_[number + 1] - first_[number]};
  }
  /// How many grams of a reference can be found.
  std::uint32_t grams_of(std::size_t reference) const { return grams_of_[reference]; }

 private:
  void add(std::span<const OwnText> own);
  void collect_grams();
  void grow();

  std::string version_;
  std::vector<Word> words_;  // by id; words_[0] is none
  WordTable<Id> ids_;
  std::vector<Id> pool_;  // all references' words
  std::vector<Reference> references_;
  struct Slot {
    std::uint64_t gram = 0;
    std::uint32_t number = 0;  // grams() while nothing is there
  };
  static std::uint64_t spread(std::uint64_t gram) { return (gram ^ gram >> 32) * 0x9E3779B97F4A7C15ULL; }
  std::size_t first_place_of(std::uint64_t gram) const {
    return static_cast<std::size_t>(spread(gram) >> 20) & (table_.size() - 1);
  }
  std::size_t place_of(std::uint64_t gram) const {
    const std::size_t mask = table_.size() - 1;
    std::size_t at = first_place_of(gram);
    while (table_[at].number != free_ && table_[at].gram != gram) at = (at + 1) & mask;
    return at;
  }
  std::vector<Slot> table_;           // open addressing, a power of two, at most half of it used
  std::uint32_t free_ = 0;            // number that marks a free place
  std::vector<std::uint32_t> first_;  // of each gram's places; one more at the end
  std::vector<Place> places_;
  std::vector<std::uint32_t> grams_of_;
};

/// The index that ships with the tool and the user's own texts, read once a catalog.
const Index& index(const Catalog& catalog);

}  // namespace howopen::license
