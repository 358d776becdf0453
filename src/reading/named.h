// Models that a sentence names, and the phrases that lead to them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "reading/reader.h"

namespace howopen::reading {

constexpr std::size_t kClose = 26;  ///< bytes behind a name or a phrase that still speak of it

/// A phrase of origin: what it says of how, and whether of weights, and not, as "based on" may, of an
/// architecture.
struct Leads {
  Cue cue;
  Relation how;
  bool weights;
};
/// Of a cue; none for what leads to no base.
const Leads* leads(Cue c);
/// Whether a sentence holds any.
bool tells_origin(const Sense& sense);
bool tells_weights(const Sense& sense);

/// A model by its id at the Hub, by its family, or by a word that names of models look like.
struct Named {
  std::string id;
  std::string family;
  std::string name;
  std::size_t at = 0;
  std::size_t end = 0;
};
std::vector<Named> models_named(const Read& read, const Source& source, const Names& names);

/// The id of a known model that has just this name, signs and letter case aside: "GPT-2" is
/// openai-community/gpt2; "" for none.
std::string exact_id(std::string_view name, const Catalog& catalog);

/// "image/png", which editors write under pictures.
bool is_media_type(std::string_view id);

/// "Base model: …".
bool is_label(std::string_view lower);

}  // namespace howopen::reading
