// Sentences that bind somebody, in whatever words.
#pragma once

#include <cstddef>
#include <string_view>

#include "reading/sense.h"

namespace howopen::reading {

/// Somebody is bound in what they may do with a model, in words that no term is made of: "Hospitals may not
/// run it.", "Use in Europe is excluded." `nearest` are the cues of the heading above: what a section on
/// limits or evaluation says binds nobody. Of whom the sentence speaks is the caller's matter.
bool binds_somebody(const Sense& sense, const Cues& nearest);

/// Chinese, Japanese and Korean put the head last: of "the data set that the model was trained on" the data
/// set is spoken of, in bytes [from, to) of `lower`.
bool head_is_data(const Sense& sense, std::string_view lower, std::size_t from, std::size_t to);

}  // namespace howopen::reading
