// Reading the index, and finding four words in a row in it. Texts repeat each other (a third of all licenses
// holds the disclaimer of BSD), so a text is written as what is new in it and copies of what came before.
//
//   literal 3 words, copy 40 words from 1,200 back, …  ->  the words of a reference

#include "license/index.h"

#include <algorithm>
#include <stdexcept>

#include "license/draft.h"
#include "text/base64.h"

namespace howopen::license {
namespace {

// Long texts are told from each other by every eighth gram; short ones need all they have.
constexpr std::size_t kShort = 256;
constexpr int kSampling = 61;
constexpr std::size_t kMostNumbers = 65'535;  // that have numbers

class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : rest_(bytes) {}

  std::uint64_t number() {
    std::uint64_t out = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const auto c = static_cast<unsigned char>(byte());
      out |= static_cast<std::uint64_t>(c & 0x7F) << shift;
      if ((c & 0x80) == 0) return out;
    }
    throw std::runtime_error("license index: a number without end");
  }
  std::string_view take(std::size_t n) {
    if (n > rest_.size()) throw std::runtime_error("license index: it ends too early");
    const std::string_view out = rest_.substr(0, n);
    rest_.remove_prefix(n);
    return out;
  }
  char byte() { return take(1)[0]; }
  std::string string() { return std::string(take(static_cast<std::size_t>(number()))); }

 private:
  std::string_view rest_;
};

// The numbers behind the head of the file, which is for people. Its lines are base64, each by itself.
std::string decoded(std::string_view file) {
  const std::size_t blank = file.find("\n\n");
  std::string out;
  out.reserve(file.size());
  std::string_view rest = blank == std::string_view::npos ? "" : file.substr(blank + 2);
  while (!rest.empty()) {
    const std::size_t line = std::min(rest.find('\n'), rest.size());
    const auto bytes = text::from_base64(rest.substr(0, line));
    if (!bytes) throw std::runtime_error("license index: not base64");
    out += *bytes;
    rest.remove_prefix(std::min(line + 1, rest.size()));
  }
  if (!out.starts_with("HLI1")) throw std::runtime_error("license index: not one");
  return out;
}

void check(bool ok) {
  if (!ok) throw std::runtime_error("license index: it contradicts itself");
}

}  // namespace

Index::Index(std::string_view file, std::span<const OwnText> own) {
  const std::string bytes = decoded(file);
  Bytes in(std::string_view(bytes).substr(4));
  version_ = in.string();
  const std::size_t words = static_cast<std::size_t>(in.number());
  check(words < kMostNumbers);
  words_.resize(words + 1);
  ids_ = WordTable<Id>(words);
  for (std::size_t id = 1; id <= words; ++id) {
    const std::string_view hash = in.take(8);
    for (std::size_t i = 8; i-- > 0;) words_[id] = words_[id] << 8 | static_cast<unsigned char>(hash[i]);
    ids_.set(words_[id], static_cast<Id>(id));
  }
  const auto id = [&] {
    const std::uint64_t n = in.number();
    check(n <= words);
    return static_cast<Id>(n);
  };
  const std::size_t total = static_cast<std::size_t>(in.number());
  const std::size_t references = static_cast<std::size_t>(in.number());
  check(total < 50'000'000 && references < kMostNumbers);
  pool_.resize(total);
  references_.resize(references);
  std::size_t end = 0;  // of what is read of the pool
  for (Reference& r : references_) {
    r.id = in.string();
    r.text = in.string();
    r.kind = static_cast<TextKind>(in.byte());
    r.preference = static_cast<std::uint8_t>(in.byte());
    r.alias_of = static_cast<std::uint16_t>(in.number());
    check(r.alias_of < references);
    const std::size_t from = end;
    const std::size_t n = static_cast<std::size_t>(in.number());
    check(n <= total - from);
    while (end < from + n) {
      const std::uint64_t op = in.number();
      const std::size_t length = static_cast<std::size_t>(op >> 1);
      check(length > 0 && length <= from + n - end);
      if ((op & 1) == 0) {
        for (std::size_t i = 0; i < length; ++i) pool_[end++] = id();
      } else {
        const std::size_t back = static_cast<std::size_t>(in.number());
        check(back > 0 && back <= end);
        for (std::size_t i = 0; i < length; ++i, ++end) pool_[end] = pool_[end - back];
      }
    }
    r.words = std::span<const Id>(pool_.data() + from, n);
    r.groups.resize(static_cast<std::size_t>(in.number()));
    for (Group& g : r.groups) {
      g.kind = static_cast<Group::Kind>(in.byte());
      g.begin = static_cast<std::uint32_t>(in.number());
      g.end = g.begin + static_cast<std::uint32_t>(in.number());
      check(g.end <= n);
      g.patterns.resize(static_cast<std::size_t>(in.number()));
      for (auto& pattern : g.patterns) {
        const std::size_t length = static_cast<std::size_t>(in.number());
        for (std::size_t i = 0; i < length; ++i) pattern.push_back(id());
      }
    }
  }
  if (!own.empty()) add(own);
  collect_grams();
}

// A text of the user is compared like those that ship, and named before one with the same words.
void Index::add(std::span<const OwnText> own) {
  constexpr std::uint8_t kPreference = 16;
  std::vector<Draft> drafts;
  std::size_t more = 0;
  for (const OwnText& o : own) {
    drafts.push_back(plain_text(o.text));
    more += drafts.back().words.size();
  }
  WordTable<Id> ids(words_.size() + more);
  for (std::size_t id = 1; id < words_.size(); ++id) ids.set(words_[id], static_cast<Id>(id));
  ids_ = std::move(ids);
  // The references point into the pool, which moves.
  std::vector<std::size_t> begins;
  for (const Reference& r : references_)
    begins.push_back(static_cast<std::size_t>(r.words.data() - pool_.data()));
  for (std::size_t i = 0; i < own.size(); ++i) {
    Reference r;
    r.id = own[i].id;
    r.text = own[i].id;
    r.preference = kPreference;
    r.alias_of = static_cast<std::uint16_t>(references_.size());
    begins.push_back(pool_.size());
    for (const Word word : drafts[i].words) {
      Id id = id_of(word);
      if (id == kAny) {
        if (words_.size() >= kMostNumbers || references_.size() >= kMostNumbers)
          throw std::runtime_error("the license texts hold too many different words");
        id = static_cast<Id>(words_.size());
        words_.push_back(word);
        ids_.set(word, id);
      }
      pool_.push_back(id);
    }
    r.words = {pool_.data(), drafts[i].words.size()};
    for (const Draft::Group& g : drafts[i].groups) r.groups.push_back({g.kind, g.begin, g.end, {}});
    references_.push_back(std::move(r));
  }
  for (std::size_t i = 0; i < references_.size(); ++i)
    references_[i].words = {pool_.data() + begins[i], references_[i].words.size()};
}

// Numbers each gram as it turns up, then counts them into place, so that no list has to be sorted.
void Index::collect_grams() {
  constexpr std::uint32_t kFree = ~0U;
  free_ = kFree;
  table_.assign(1u << 17, {0, kFree});  // as many as the texts of today need
  grams_of_.resize(references_.size());
  std::vector<std::uint32_t> counts;
  std::vector<std::uint32_t> numbers;  // of each gram in turn
  std::vector<Place> places;
  numbers.reserve(pool_.size() / 4);
  places.reserve(pool_.size() / 4);
  for (std::size_t r = 0; r < references_.size(); ++r) {
    const std::span<const Id> words = references_[r].words;
    const bool all = words.size() < kShort;
    for (std::size_t at = 0; at + kGram <= words.size() && at < 65'535; ++at) {
      const std::uint64_t g = gram(words.data() + at);
      if (!all && spread(g) >> kSampling != 0) continue;
      if (counts.size() * 2 >= table_.size()) grow();
      Slot& s = table_[place_of(g)];
      if (s.number == kFree) {
        s = {g, static_cast<std::uint32_t>(counts.size())};
        counts.push_back(0);
      }
      ++counts[s.number];
      ++grams_of_[r];
      numbers.push_back(s.number);
      places.push_back({static_cast<std::uint16_t>(r), static_cast<std::uint16_t>(at)});
    }
  }
  first_.resize(counts.size() + 1);
  for (std::size_t i = 0; i < counts.size(); ++i) first_[i + 1] = first_[i] + counts[i];
  places_.resize(places.size());
  std::vector<std::uint32_t> next = first_;
  for (std::size_t i = 0; i < places.size(); ++i) places_[next[numbers[i]]++] = places[i];
  for (Slot& s : table_) {
    if (s.number == kFree) s.number = grams();
  }
  free_ = grams();
}

void Index::grow() {
  std::vector<Slot> old(table_.size() * 2, {0, free_});
  old.swap(table_);
  for (const Slot& s : old) {
    if (s.number != free_) table_[place_of(s.gram)] = s;
  }
}

const Index& index(const Catalog& catalog) {
  if (!catalog.has_own_texts()) {
    static const Index shipped(catalog.file("license_index.txt"));
    return shipped;
  }
  const void* made =
      catalog.made(Catalog::Product::texts, [](const Catalog& c) -> std::shared_ptr<const void> {
        return std::make_shared<const Index>(c.file("license_index.txt"), c.own_texts());
      });
  return *static_cast<const Index*>(made);
}

}  // namespace howopen::license
