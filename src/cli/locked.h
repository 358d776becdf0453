// The lock of a project, as it is on disk.
#pragma once

#include <string>
#include <vector>

#include "howopen/lock.h"
#include "howopen/policy.h"
#include "howopen/result.h"

namespace howopen::cli {

std::string lock_path(const Policy& policy);

/// The lock as it is; no models where there is none yet and that is fine.
Result<std::vector<LockedModel>> locked_models(const std::string& path, bool must_exist);

}  // namespace howopen::cli
