// What stands before a phrase that leads to a base: `head` is where the phrase begins, in bytes.
#pragma once

#include <cstddef>
#include <optional>

#include "reading/reader.h"

namespace howopen::reading {

/// Whom a relative clause is about that begins right before the phrase, by the name that it stands behind:
/// "Foo 2 succeeds Foo 1, which was tuned from …" is of Foo 1.
std::optional<Subject> before_relative(const Read& read, const Names& names, std::size_t head);

/// Whom a relative clause is about that begins at `relative`, by the name right before it.
std::optional<Subject> antecedent(const Read& read, const Names& names, std::size_t relative);

/// "Like its predecessor, it is tuned from …": of this one as well.
bool likened(const Read& read, std::size_t head);

/// "We distilled this model into Foo": what came of it, and not where it comes from.
bool leads_away(const Read& read, const Names& names, const Hit& phrase);

/// "Unlike its predecessor, Foo-2 starts from …": behind its own name the comparison is over.
bool compared_before(const Read& read, const Names& names, std::size_t head);

/// "It is not derived from Llama 2."
bool denied(const Read& read, std::size_t head);

/// "The tokenizer comes from Llama 2": of what stands right before, and of no weights.
bool of_its_manner(const Read& read, std::size_t head);

}  // namespace howopen::reading
