// That a model was trained from nothing: "trained from scratch on 1T tokens".

#include "reading/reader.h"

namespace howopen::reading {
namespace {

// "The projector was trained from scratch": the first that is spoken of is a part, and nothing joins it.
bool of_a_part(const Read& read, const Names& names, std::size_t head) {
  const Sense& s = read.sense;
  for (const Hit& h : s.hits) {
    const std::size_t at = s.begin_of(h);
    if (at >= head) return false;
    if (names.in(read.lower, 0, at)) return false;
    if (h.cue == Cue::weights) return false;
    if (h.cue == Cue::part) return read.lower.substr(0, head).find(" and ", at) == std::string_view::npos;
  }
  return false;
}

}  // namespace

void read_scratch(const Read& read, const Names& names, const Lexicon& lexicon, Claims& out) {
  const Sense& s = read.sense;
  if (!s.has(Cue::scratch) || s.cues.any(Cue::compared, Cue::unrestricted) || s.has(Cue::tuned_on)) return;
  for (const Hit& h : s.hits) {
    if (h.cue != Cue::scratch) continue;
    // What trainers write where they know no base: "was trained from scratch on the None dataset".
    if (read.lower.substr(s.end_of(h)).starts_with(" on the ")) return;
    if (!s.cues.any(Cue::trained_on, Cue::pretrained_on) && !read.sense.has(Cue::made_from)) return;
    const std::size_t head = s.begin_of(h);
    const Subject who = subject_of(s, read.lower, 0, head, names, lexicon);
    if (who == Subject::sibling || who == Subject::other) return;
    if (of_a_part(read, names, head)) return;
    const bool about = s.within(Cue::weights, 0, head) || s.within(Cue::here, 0, head) ||
                       names.in(read.lower, 0, head) ||
                       (head < 24 && s.cues.any(Cue::trained_on, Cue::pretrained_on));
    if (!about) return;
    OriginClaim c;
    c.scratch = true;
    c.at = read.at;
    out.origins.push_back(std::move(c));
    return;
  }
}

}  // namespace howopen::reading
