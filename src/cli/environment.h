// What the environment says about the Hub, read as huggingface_hub reads it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cli/files.h"
#include "cli/options.h"
#include "fetch/online.h"

namespace howopen::cli {

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

/// Proxy variables that are set, as they are set.
std::vector<std::pair<std::string, std::string>> proxies();
/// Whether one of them names a proxy, and not only who is asked without.
bool proxied();
/// Value of an environment variable, "" if it is not set.
std::string variable(const char* name);

/// SSL_CERT_FILE and SSL_CERT_DIR, else the usual places.
fetch::Certificates certificates();

/// Our own cache: $HOWOPEN_CACHE, else $XDG_CACHE_HOME/howopen; "" where there is no home for it.
std::string cache_folder();
/// huggingface_hub's cache: $HF_HUB_CACHE, else $HF_HOME/hub.
std::string hub_cache_folder();

/// --offline, HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE.
bool offline(const Common& common);

/// Ollama's store: $OLLAMA_MODELS, else ~/.ollama/models.
std::string ollama_store();

/// `~/x` as a path.
std::string without_tilde(std::string path);

/// $XDG_DATA_HOME/howopen; "" where there is no home for it.
std::string user_data_folder();

/// Files of the user's own catalog: of user_data_folder(), then of --data.
Result<std::vector<CatalogFile>> catalog_files(const Common& common);

}  // namespace howopen::cli
