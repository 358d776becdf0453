// A cue that takes, keeps or asks for something, and one of what licenses are about: both in one sentence
// that wishes, thanks and warrants nothing.
//
//   "Big firms have to ask us."            ->  binds
//   "You need a GPU with 16 GB to run it." ->  does not

#include "reading/binding.h"

#include <algorithm>

#include "text/ascii.h"

namespace howopen::reading {
namespace {

// Terms that are of licenses in any sentence.
bool sure_term(Cue c) {
  return c == Cue::policy || c == Cue::no_redistribution || c == Cue::no_derivatives || c == Cue::hosting ||
         c == Cue::naming || c == Cue::revocation || c == Cue::expiry || c == Cue::persons ||
         c == Cue::user_threshold || c == Cue::revenue_threshold || c == Cue::territory ||
         c == Cue::non_commercial || c == Cue::military;
}

}  // namespace

bool binds_somebody(const Sense& s, const Cues& nearest) {
  const bool term =
      std::any_of(s.terms.begin(), s.terms.end(), [](const Hit& h) { return sure_term(h.cue); });
  const bool asks = s.cues.any(Cue::binds, Cue::prohibition);
  if (!term && !s.has(Cue::lawful) && !(asks && s.has(Cue::rights))) return false;
  if (s.cues.any(Cue::disclaimer, Cue::citation, Cue::thanks, Cue::aside, Cue::permits, Cue::unrestricted))
    return false;
  // What it is meant for, and what it cannot do, binds nobody.
  if (s.cues.any(Cue::intent, Cue::advice) && !s.cues.any(Cue::binds, Cue::lawful)) return false;
  return !nearest.any(Cue::others_section, Cue::limits_section, Cue::evaluation_section,
                      Cue::training_section);
}

bool head_is_data(const Sense& s, std::string_view lower, std::size_t from, std::size_t to) {
  std::size_t data = 0;
  std::size_t weights = 0;
  for (const Hit& h : s.hits) {
    if (s.begin_of(h) < from || s.end_of(h) > to || !text::is_beyond(lower[s.begin_of(h)])) continue;
    if (h.cue == Cue::data) data = std::max(data, s.end_of(h));
    if (h.cue == Cue::weights) weights = std::max(weights, s.end_of(h));
  }
  return data > weights;
}

}  // namespace howopen::reading
