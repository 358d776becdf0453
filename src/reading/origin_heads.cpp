// What stands before the phrase that leads to a base, and tells that this model is not what was made from it.

#include "reading/origin_heads.h"

#include <algorithm>

namespace howopen::reading {
namespace {

constexpr std::size_t kMostHead = 16;  // bytes before what a sentence is about
constexpr std::size_t kMostVerb = 12;  // bytes of "is", "has been", between a thing and what it is made from

// Where the last name of this model's relatives begins.
std::size_t last_name(const Read& read, const Names& names, std::size_t from, std::size_t to) {
  std::size_t out = from;
  for (std::size_t at = from; at < to; ++at) {
    if (read.lower[at] == ' ' && names.in(read.lower, at + 1, to)) out = at + 1;
  }
  return out;
}

}  // namespace

std::optional<Subject> antecedent(const Read& read, const Names& names, std::size_t relative) {
  constexpr std::size_t kName = 32;  // bytes
  const std::size_t from = read.lower.find_first_of(' ', relative - std::min(relative, kName));
  return from < relative ? names.in(read.lower, last_name(read, names, from, relative), relative)
                         : std::nullopt;
}

std::optional<Subject> before_relative(const Read& read, const Names& names, std::size_t head) {
  const Sense& s = read.sense;
  for (const Hit& h : s.hits) {
    const std::size_t at = s.begin_of(h);
    if (h.cue != Cue::relative || at > head || head > s.end_of(h) + kMostVerb) continue;
    return antecedent(read, names, at);
  }
  return std::nullopt;
}

bool likened(const Read& read, std::size_t head) {
  const Sense& s = read.sense;
  for (const Hit& sibling : s.hits) {
    if (sibling.cue != Cue::siblings || s.end_of(sibling) > head) continue;
    const bool like = std::any_of(s.hits.begin(), s.hits.end(), [&](const Hit& h) {
      return h.cue == Cue::manner && h.end <= sibling.begin && sibling.begin - h.end <= 1;
    });
    const std::size_t comma = read.lower.find(',', s.end_of(sibling));
    if (like && comma < head && s.within(Cue::here, comma, head)) return true;
  }
  return false;
}

bool leads_away(const Read& read, const Names& names, const Hit& h) {
  const Sense& s = read.sense;
  const std::size_t from = s.begin_of(h);
  const std::size_t to = s.end_of(h);
  if (h.cue != Cue::distilled_from) return false;
  if (s.within(Cue::here, from, to) || names.in(read.lower, from, to) == Subject::here) return true;
  // "This model was distilled into": nothing stands between, so the model is what was distilled.
  const std::string_view phrase = read.lower.substr(from, to - from);
  const bool passive = h.end - h.begin == 2 && (phrase.ends_with(" into") || phrase.ends_with(" onto"));
  return passive && (s.within(Cue::here, 0, from) || names.in(read.lower, 0, from) == Subject::here);
}

bool compared_before(const Read& read, const Names& names, std::size_t head) {
  std::size_t last = std::string_view::npos;
  for (const Hit& h : read.sense.hits) {
    if (h.cue == Cue::compared && read.sense.end_of(h) <= head) last = read.sense.end_of(h);
  }
  if (last == std::string_view::npos) return false;
  const auto own = names.in(read.lower, last, head);
  const std::size_t comma = read.lower.rfind(',', head);
  // "Like its predecessor, it is tuned from …" is of this one as well.
  const bool here = (own && *own == Subject::here) || read.sense.within(Cue::here, last, head);
  return !(here && comma != std::string_view::npos && comma >= last);
}

bool denied(const Read& read, std::size_t head) {
  const Sense& s = read.sense;
  return std::any_of(s.hits.begin(), s.hits.end(), [&](const Hit& h) {
    return h.cue == Cue::denied && s.end_of(h) <= head && head - s.end_of(h) <= 2;
  });
}

bool of_its_manner(const Read& read, std::size_t head) {
  const Sense& s = read.sense;
  for (const Hit& h : s.hits) {
    const std::size_t end = s.end_of(h);
    if (h.cue != Cue::manner || end > head || head - end > kMostVerb || s.begin_of(h) > kMostHead) continue;
    if (!s.within(Cue::elsewhere, s.begin_of(h), end) || s.within(Cue::here, s.begin_of(h), end) ||
        s.within(Cue::weights, s.begin_of(h), end) || s.within(Cue::data, s.begin_of(h), end))
      continue;
    const std::string_view between = read.lower.substr(end, head - end);
    if (between.find_first_of(",;:.") == std::string_view::npos &&
        std::count(between.begin(), between.end(), ' ') <= 2)
      return true;
  }
  return false;
}

}  // namespace howopen::reading
