// What words say of training data.
#pragma once

#include <string_view>

#include "facts/parts.h"

namespace howopen::facts {

/// What a sentence in lower case that names a dataset says about it.
DatasetRole role_said(std::string_view sentence);
/// It tells of the training of another model: "based on T5, which was pre-trained on C4".
bool of_the_base(std::string_view sentence);
/// A sample of a format, a paper's comparison, somebody's reproduction: it says nothing about this model.
bool only_mentioned(std::string_view text);
/// Whether a model was trained after its pre-training, by its name, its kind or its card.
bool is_tuned(const Repo& repo);

/// A heading, in lower case, of what the model was trained on: "training data".
bool heads_data(std::string_view heading);

/// A sentence, in lower case, that says of something that everybody can have it.
bool is_released(std::string_view sentence);

}  // namespace howopen::facts
