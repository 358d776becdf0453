// What the environment says about the Hub, read as huggingface_hub reads it.
#pragma once

#include <string>

#include "cli/options.h"
#include "fetch/curl_source.h"

namespace howopen::cli {

/// Endpoint, token, proxy and certificates for asking the Hub.
Result<fetch::CurlOptions> hub_options(const Common& common);

/// --offline, HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE.
bool offline(const Common& common);

/// Files of the user's own catalog: $XDG_DATA_HOME/howopen, then --data.
Result<std::vector<CatalogFile>> catalog_files(const Common& common);

/// A whole file, at most `most` bytes.
Result<std::string> read_file(const std::string& path, std::size_t most);

/// Writes a file so that it is either the old one or the whole new one.
Result<bool> write_file(const std::string& path, const std::string& content);

}  // namespace howopen::cli
