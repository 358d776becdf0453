// The commits of a repository, as the Hub lists them.
#pragma once

#include <vector>

#include "howopen/history.h"
#include "howopen/source.h"

namespace howopen::run {

struct CommitList {
  std::vector<Commit> commits;  ///< newest first, at least one
  bool older = false;           ///< there are more than the Hub lists at once
};

/// One request. `model` with its default branch, or the revision that it names.
Result<CommitList> commits_of(Source& hub, const ModelRef& model);

}  // namespace howopen::run
