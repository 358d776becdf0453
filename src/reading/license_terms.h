// What stands around a license or a term in its sentence.
#pragma once

#include <cstddef>
#include <string_view>

#include "reading/sense.h"

namespace howopen::reading {

/// Where "for the code" or "(weights)" behind a license ends; `behind` where no such words stand there. The
/// next license begins at `next`.
std::size_t object_behind(const Sense& sense, std::string_view lower, std::size_t behind, std::size_t next);

/// "For commercial use, please apply", but not "contact us".
bool asks_for_a_license(const Sense& sense, const Hit& term);

/// Whether a word within the term turns round what follows: "not use it commercially".
bool denies(const Sense& sense, const Hit& term, const Lexicon& lexicon);

/// "Non-commercial data sets": of data, systems, people.
bool names_data_behind(const Sense& sense, const Hit& term);

/// Where "which" stands that makes a term one of what is named before it; 0 where none does.
std::size_t relative_before(const Sense& sense, std::string_view lower, std::size_t term);

}  // namespace howopen::reading
