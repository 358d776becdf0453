// The lock of a project, as it is on disk.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "howopen/lock.h"
#include "howopen/policy.h"
#include "howopen/result.h"
#include "howopen/snapshot.h"

namespace howopen::run {

std::string lock_path(const Policy& policy);

/// The lock as it is; no models where there is none yet and that is fine.
Result<std::vector<LockedModel>> locked_models(const std::string& path, bool must_exist);

/// The name of a model of this machine in a lock: its path from the lock's folder, or the word of a store.
std::string name_in_lock(const std::string& word, const std::string& folder);
/// A locked model as it is asked for: at the head of its branch, or on disk.
ModelRef ref_of(const LockedModel& model, const std::string& folder);

/// The digest of each file of weights of a model of this machine, by name; `unknown` for one that cannot be
/// read. Errors: it is not there.
Result<std::map<std::string, std::string>> content_of(const ModelRef& model);

}  // namespace howopen::run
