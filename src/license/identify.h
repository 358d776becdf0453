// Which license a text is, and what is left over.
#pragma once

#include <span>
#include <string_view>

#include "howopen/catalog.h"
#include "howopen/license.h"
#include "license/index.h"
#include "reading/lexicon.h"

namespace howopen::license {

using reading::Lexicon;

/// Compares a text with the reference texts, in time that grows with its size:
/// - exact: the words of a reference, but for title and notice of rights
/// - template: what its template allows, or with nothing beside it but titles, attributions and disclaimers
/// - incomplete: a part of a reference
/// - modified: words added, lost or changed inside
/// - extra-terms: a whole reference, with terms beside it
/// - multiple: several licenses
/// - unknown: a license text that no reference is near to
/// - none: no license text
Identified identify(std::string_view text, const Catalog& catalog);

/// The same for words without a text, as tests make them.
Identified identify(std::span<const Token> tokens, std::string_view text, const Index& index,
                    const Lexicon& lexicon, const Catalog* catalog = nullptr);

/// An error where the user's own texts (Catalog::own_texts()) cannot be compared with.
Result<bool> check_texts(const Catalog& catalog);

/// Reads the reference texts, which the first text would have to wait for. On any thread, and while
/// Catalog::prepare() runs on another.
void prepare_texts(const Catalog& catalog);
/// Makes the words of data/reading/ ready. It changes the catalog: before several threads ask it.
void prepare_words(const Catalog& catalog);
/// The same for languages that few cards are in, which are else made when the first is met.
void prepare_every_language(const Catalog& catalog);

}  // namespace howopen::license
