// A model as somebody names it.
#pragma once

#include <string>

#include "howopen/result.h"
#include "howopen/snapshot.h"

namespace howopen::run {

/// `org/name`, `org/name@rev`, hf://…, a page of the Hub, pkg:huggingface/…, or a bare name.
Result<ModelRef> parse_ref(const std::string& text, const std::string& endpoint);

}  // namespace howopen::run
