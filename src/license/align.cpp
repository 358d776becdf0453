// Anchors are chained into occurrences, each to the one before that bends the chain least; they are grown
// while the words agree, and what is left between them is compared by a table of bounded size.
//
//   text       permission is hereby NOT granted free of charge
//   reference  permission is hereby     granted free of charge   ->  0 1 2 4 5 6 7

#include "license/align.h"

#include <algorithm>
#include <bit>

namespace howopen::license {
namespace {

constexpr std::uint32_t kMostSkew = 1500;  // words that may be inserted or missing between two anchors
constexpr std::size_t kLookBack = 48;      // anchors that an anchor may be linked to
constexpr std::size_t kChance = 8;         // times as many anchors has a run that says something
constexpr std::size_t kTable = 1u << 16;   // cells of a comparison word by word
constexpr std::uint32_t kEdge = 96;        // words looked at before the first anchor and behind the last

// How much further apart two anchors are in one of the texts than in the other.
std::uint32_t skew(const Anchor& from, const Anchor& to) {
  const std::int64_t a = std::int64_t{to.text} - from.text;
  const std::int64_t b = std::int64_t{to.reference} - from.reference;
  return static_cast<std::uint32_t>(std::abs(a - b));
}

// What a link costs, in 64ths of an anchor: little for a word here and there, as much as six anchors for a
// page.
std::int32_t cost(std::uint32_t skew) {
  if (skew == 0) return 0;
  return static_cast<std::int32_t>(skew / 3) + 32 * static_cast<std::int32_t>(std::bit_width(skew));
}

// Pairs of equal words in two short ranges, ascending: a longest common subsequence.
class Comparison {
 public:
  Comparison(std::span<const Id> text, std::span<const Id> reference, Alignment& out)
      : text_(text), reference_(reference), out_(out) {}

  // Of several ways to pair most words the one whose pairs stand first, or last with `late`.
  void gap(std::uint32_t t1, std::uint32_t t2, std::uint32_t r1, std::uint32_t r2, bool late = false) {
    // What agrees at both ends needs no table.
    const auto heads = [&] {
      while (t1 < t2 && r1 < r2 && same(t1, r1)) pair(t1++, r1++);
    };
    if (!late) heads();
    while (t1 < t2 && r1 < r2 && same(t2 - 1, r2 - 1)) pair(--t2, --r2);
    const std::size_t n = t2 - t1;
    const std::size_t m = r2 - r1;
    if (n == 0 || m == 0) return;
    if ((n + 1) * (m + 1) > kTable) return resynchronize(t1, t2, r1, r2);
    const auto text_at = [&](std::size_t i) {
      return late ? t2 - 1 - static_cast<std::uint32_t>(i) : t1 + static_cast<std::uint32_t>(i);
    };
    const auto reference_at = [&](std::size_t j) {
      return late ? r2 - 1 - static_cast<std::uint32_t>(j) : r1 + static_cast<std::uint32_t>(j);
    };
    table_.assign((n + 1) * (m + 1), 0);
    const auto cell = [&](std::size_t i, std::size_t j) -> std::uint16_t& { return table_[i * (m + 1) + j]; };
    for (std::size_t i = n; i-- > 0;) {
      for (std::size_t j = m; j-- > 0;) {
        cell(i, j) = same(text_at(i), reference_at(j)) ? static_cast<std::uint16_t>(cell(i + 1, j + 1) + 1)
                                                       : std::max(cell(i + 1, j), cell(i, j + 1));
      }
    }
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < n && j < m) {
      if (same(text_at(i), reference_at(j)) && cell(i, j) == cell(i + 1, j + 1) + 1) {
        pair(text_at(i), reference_at(j));
        ++i;
        ++j;
      } else if (cell(i + 1, j) >= cell(i, j + 1)) {
        ++i;
      } else {
        ++j;
      }
    }
  }

 private:
  bool same(std::uint32_t t, std::uint32_t r) const { return text_[t] != 0 && text_[t] == reference_[r]; }
  void pair(std::uint32_t t, std::uint32_t r) { out_.at[r] = static_cast<std::int32_t>(t); }

  // A large gap: the ends of it, compared as far as the table goes. The middle is another text.
  void resynchronize(std::uint32_t t1, std::uint32_t t2, std::uint32_t r1, std::uint32_t r2) {
    constexpr std::uint32_t kSide = 120;
    const std::uint32_t n = std::min(kSide, (t2 - t1) / 2);
    const std::uint32_t m = std::min(kSide, (r2 - r1) / 2);
    gap(t1, t1 + n, r1, r1 + m);
    gap(t2 - n, t2, r2 - m, r2);
  }

  std::span<const Id> text_;
  std::span<const Id> reference_;
  Alignment& out_;
  std::vector<std::uint16_t> table_;
};

// Lone pairs in the middle of a large difference are chance: "of" and "the" are in every text.
void drop_chance(Alignment& a) {
  const auto n = static_cast<std::int64_t>(a.at.size());
  for (std::int64_t r = 0; r < n; ++r) {
    if (a.at[static_cast<std::size_t>(r)] < 0) continue;
    std::int64_t last = r;  // the block of pairs in a row on both sides
    while (last + 1 < n &&
           a.at[static_cast<std::size_t>(last + 1)] == a.at[static_cast<std::size_t>(last)] + 1)
      ++last;
    std::int64_t before = r;
    while (before > 0 && a.at[static_cast<std::size_t>(before - 1)] < 0) --before;
    std::int64_t behind = last;
    while (behind + 1 < n && a.at[static_cast<std::size_t>(behind + 1)] < 0) ++behind;
    const std::int64_t length = last - r + 1;
    const std::int64_t missing = std::min(r - before, behind - last);
    if (length <= 2 && missing >= 4 * length) {
      for (std::int64_t k = r; k <= last; ++k) a.at[static_cast<std::size_t>(k)] = Alignment::kMissing;
    }
    r = last;
  }
}

// "The MIT license is used here." above a text: a word of the title far before the rest of it is chance.
void drop_far_head(Alignment& a) {
  constexpr std::int32_t kHead = 4;  // words
  const std::size_t n = a.at.size();
  for (std::size_t r = 0; r < n;) {
    if (a.at[r] < 0) {
      ++r;
      continue;
    }
    std::size_t last = r;
    while (last + 1 < n && a.at[last + 1] == a.at[last] + 1) ++last;
    std::size_t next = last + 1;
    while (next < n && a.at[next] < 0) ++next;
    const auto length = static_cast<std::int32_t>(last - r + 1);
    if (next == n || length > kHead || a.at[next] - a.at[last] - 1 < 2 * length) return;
    std::fill(a.at.begin() + static_cast<std::ptrdiff_t>(r), a.at.begin() + static_cast<std::ptrdiff_t>(next),
              Alignment::kMissing);
    r = next;
  }
}

}  // namespace

std::vector<Run> runs_of(const std::vector<Anchor>& anchors) {
  const std::size_t n = anchors.size();
  constexpr std::int32_t kAnchor = 64;
  std::vector<std::int32_t> weight(n);
  std::vector<std::uint32_t> before(n, static_cast<std::uint32_t>(n));
  for (std::size_t i = 0; i < n; ++i) {
    weight[i] = kAnchor;
    std::size_t looked = 0;
    for (std::size_t k = i; k-- > 0 && looked < kLookBack; ++looked) {
      const Anchor& from = anchors[k];
      const Anchor& to = anchors[i];
      if (to.text <= from.text || to.reference <= from.reference) continue;
      const std::uint32_t bend = skew(from, to);
      if (bend > kMostSkew) continue;
      const std::int32_t linked = weight[k] + kAnchor - cost(bend);
      if (linked > weight[i]) {
        weight[i] = linked;
        before[i] = static_cast<std::uint32_t>(k);
      }
      if (bend == 0 && to.text - from.text < 64) break;  // nothing links better than going straight on
    }
  }
  std::vector<std::uint32_t> by_weight(n);
  for (std::size_t i = 0; i < n; ++i) by_weight[i] = static_cast<std::uint32_t>(i);
  std::stable_sort(by_weight.begin(), by_weight.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return weight[a] > weight[b]; });
  std::vector<bool> used(n, false);
  std::vector<Run> out;
  for (const std::uint32_t end : by_weight) {
    if (used[end]) continue;
    Run run;
    for (std::size_t i = end; i < n && !used[i]; i = before[i]) {
      used[i] = true;
      run.anchors.push_back(anchors[i]);
    }
    std::reverse(run.anchors.begin(), run.anchors.end());
    out.push_back(std::move(run));
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Run& a, const Run& b) { return a.anchors.size() > b.anchors.size(); });
  // Chance is all that most of them are.
  const auto chance = std::find_if(out.begin(), out.end(), [&](const Run& r) {
    return r.anchors.size() * kChance < out[0].anchors.size();
  });
  out.erase(chance, out.end());
  return out;
}

Alignment align(std::span<const Id> text, std::uint32_t from, std::uint32_t to, std::span<const Id> reference,
                const Run& run) {
  Alignment out;
  out.at.assign(reference.size(), Alignment::kMissing);
  Comparison compare(text, reference, out);
  const auto size = static_cast<std::uint32_t>(reference.size());
  // Blocks: each anchor grown to both sides as far as the words agree.
  std::uint32_t t = from;
  std::uint32_t r = 0;
  bool first = true;
  for (const Anchor& a : run.anchors) {
    if (!first && (a.text < t || a.reference < r)) continue;  // within the block before
    std::uint32_t t1 = a.text;
    std::uint32_t r1 = a.reference;
    while (t1 > t && r1 > r && text[t1 - 1] != 0 && text[t1 - 1] == reference[r1 - 1]) --t1, --r1;
    if (first) {
      // What stands before: at most so many words belong to the head of the reference, the last that do.
      const std::uint32_t room = std::min({t1 - from, r1 + r1 / 2 + 16, kEdge});
      compare.gap(t1 - room, t1, r1 - std::min(r1, kEdge), r1, true);
      first = false;
    } else {
      compare.gap(t, t1, r, r1);
    }
    std::uint32_t t2 = t1;
    std::uint32_t r2 = r1;
    while (t2 < to && r2 < size && text[t2] != 0 && text[t2] == reference[r2])
      out.at[r2++] = static_cast<std::int32_t>(t2++);
    t = t2;
    r = r2;
  }
  if (!first) {
    const std::uint32_t left = size - r;
    const std::uint32_t room = std::min({to - t, left + left / 2 + 16, kEdge});
    compare.gap(t, t + room, r, r + std::min(left, kEdge));
  }
  drop_chance(out);
  drop_far_head(out);
  out.measure();
  return out;
}

void Alignment::measure() {
  begin = end = matched = 0;
  for (const std::int32_t place : at) {
    if (place < 0) continue;
    const auto t = static_cast<std::uint32_t>(place);
    if (matched++ == 0) begin = t;
    end = t + 1;
  }
}

}  // namespace howopen::license
