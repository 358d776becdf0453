// Models of the command line that are on this machine.
#pragma once

#include <string_view>
#include <vector>

#include "fetch/local.h"
#include "howopen/result.h"
#include "howopen/snapshot.h"

namespace howopen::cli {

/// `./model.gguf`, `../folder`, `/models/tune`, `~/tune`, `file:tune`, `dir:tune`, `ollama:llama3.2:3b`.
bool names_local(std::string_view typed);

/// The same as a model, whose id is `local/` and its last name.
ModelRef local_ref(const std::string& typed);

/// Those of the models that are local, looked for on disk.
Result<std::vector<fetch::LocalModel>> local_models(const std::vector<ModelRef>& models);

}  // namespace howopen::cli
