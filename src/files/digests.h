// Digests of files on this machine, and those that a lock, the Hub or its cache expects.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "fetch/local.h"
#include "howopen/facts.h"
#include "howopen/lock.h"
#include "howopen/verify.h"

namespace howopen::files {

using LocalFiles = std::map<std::string, fetch::LocalModel::File>;

/// What the shards of a set share, by the name of one; "" for a name that tells nothing.
std::string set_of(const std::string& path);

/// Its files of weights.
LocalFiles weights_of(const fetch::LocalModel& model);

/// Of each file of each model, in their order; read to the end, on all processors.
std::vector<std::vector<DiskFile>> digests_of(const std::vector<LocalFiles>& models);

ExpectedFiles expected_of(const LockedModel& model, const std::string& lock);
/// Nothing for facts that were not seen at the Hub or in its cache.
std::optional<ExpectedFiles> expected_of(const Facts& facts);

}  // namespace howopen::files
