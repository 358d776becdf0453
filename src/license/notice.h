// Notices: words that put something under a license without being its text.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "howopen/catalog.h"
#include "howopen/license.h"
#include "reading/lexicon.h"

namespace howopen::license {

/// The license that a notice names: the header of a GNU license with any program's name, "Licensed under the
/// Apache License, Version 2.0", `SPDX-License-Identifier: MIT`, a pointer to where one license stands.
/// Nothing where a sentence is not understood, sets a term, or names another license: all of it counts.
/// `words` are those of `text`.
std::optional<Identified> read_notice(std::span<const reading::Token> words, std::string_view text,
                                      const Catalog& catalog, const reading::Lexicon& lexicon);

}  // namespace howopen::license
