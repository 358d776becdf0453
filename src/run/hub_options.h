// Whom to ask and as whom, by the options of a run and the environment, read as huggingface_hub reads it.
#pragma once

#include <string>
#include <vector>

#include "fetch/online.h"
#include "howopen/catalog.h"
#include "howopen/result.h"
#include "run/options.h"

namespace howopen::run {

/// Endpoints, tokens, proxy and certificates for asking the Hub and GitHub.
Result<fetch::OnlineOptions> online_options(const Common& common);

/// --endpoint, else HF_ENDPOINT, else the Hub; without a slash at the end.
std::string hub_url(const Common& common);

/// A token and where it was found; both empty when there is none. Only `from` is ever shown.
struct Secret {
  std::string value;
  std::string from;
};
/// In the order of huggingface_hub: --token-file, HF_TOKEN, HUGGING_FACE_HUB_TOKEN, the file at
/// HF_TOKEN_PATH.
Result<Secret> hub_token(const Common& common);

/// --offline, HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE.
bool offline(const Common& common);

/// Files of the user's own catalog: of user_data_folder(), then of --data.
Result<std::vector<CatalogFile>> catalog_files(const Common& common);

}  // namespace howopen::run
