// The policy in force: found, read with what it extends, or a preset.
#pragma once

#include <optional>
#include <string>

#include "howopen/catalog.h"
#include "howopen/policy.h"
#include "howopen/result.h"
#include "run/options.h"

namespace howopen::run {

/// `howopen.toml`, `.howopen.toml` or `.config/howopen.toml`, in the working directory or above it, up to the
/// root of the repository; "" for none. Never from a folder that is scanned.
std::string find_policy();

/// --policy, or the file that is found, or the preset `permissive`, which is said on stderr. All errors of
/// all files are told on stderr; then there is nothing.
std::optional<Policy> load_policy(const Common& common, const Catalog& catalog);

/// Every error on a line of its own.
void tell(const std::vector<Error>& errors);

/// --as-of, else SOURCE_DATE_EPOCH, else today, in UTC.
Result<std::string> today(const Common& common);

/// The options in force: the policy's `[hub]` where neither the command line nor the environment said
/// anything.
Result<Common> with_policy(Common common, const Policy& policy);

/// Where the policy's relative paths begin: the folder of its file, else the working directory.
std::string project_folder(const Policy& policy);

}  // namespace howopen::run
