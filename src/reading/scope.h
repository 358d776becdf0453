// Weights, code, data or all of them: what a piece of a sentence speaks of.
#pragma once

#include <cstddef>
#include <optional>

#include "reading/claims.h"
#include "reading/sense.h"

namespace howopen::reading {

/// By the words within bytes [from, to); nothing where none of them tells. "The model license" and "the model
/// card" speak of no model.
std::optional<Scope> scope_in(const Sense& sense, std::size_t from, std::size_t to, const Lexicon& lexicon);

/// Whether a sentence in lower case names a file for a license of its own: `license-weights`,
/// `model_license.txt`; not `license.md`.
bool names_a_license_file(std::string_view lower);

/// Whether a sentence says where the license is, or what it is of, and not a word more: "the weights are
/// under the license in LICENSE". Any word beside may be a term.
bool points_at_the_license(const Sense& sense, const Lexicon& lexicon, std::string_view lower);

}  // namespace howopen::reading
