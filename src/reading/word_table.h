// Words to small values: open addressing, since a word is already a good hash.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "reading/tokens.h"

namespace howopen::reading {

template <class Value>
class WordTable {
 public:
  /// A table for at most `n` words; more than that are an error of the caller.
  explicit WordTable(std::size_t n = 0) {
    std::size_t size = 8;
    while (size < n * 2 + 2) size *= 2;
    slots_.resize(size);
  }

  void set(Word w, Value v) {
    std::size_t at = place(w);
    slots_[at] = {w, std::move(v), true};
  }
  /// The value of a word, null for none.
  const Value* find(Word w) const {
    const Slot& s = slots_[place(w)];
    return s.used ? &s.value : nullptr;
  }
  bool contains(Word w) const { return slots_[place(w)].used; }

 private:
  struct Slot {
    Word word = 0;
    Value value{};
    bool used = false;
  };
  std::size_t place(Word w) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = static_cast<std::size_t>(w ^ w >> 32) & mask;
    while (slots_[at].used && slots_[at].word != w) at = (at + 1) & mask;
    return at;
  }
  std::vector<Slot> slots_;
};

}  // namespace howopen::reading
