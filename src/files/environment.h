// What the environment of this process says: variables, and the folders and proxies that they name.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "fetch/transport.h"

namespace howopen::files {

/// Value of an environment variable, "" if it is not set.
std::string variable(const char* name);
/// Whether a variable holds one of the words that huggingface_hub takes for true.
bool is_true(const char* name);

/// Proxy variables that are set, as they are set.
std::vector<std::pair<std::string, std::string>> proxies();
/// Whether one of them names a proxy, and not only who is asked without.
bool proxied();

/// SSL_CERT_FILE and SSL_CERT_DIR, else the usual places.
fetch::Certificates certificates();

/// Our own cache: $HOWOPEN_CACHE, else $XDG_CACHE_HOME/howopen; "" where there is no home for it.
std::string cache_folder();
/// huggingface_hub's cache: $HF_HUB_CACHE, else $HF_HOME/hub.
std::string hub_cache_folder();
/// Where huggingface_hub keeps its token: $HF_TOKEN_PATH, else $HF_HOME/token.
std::string hub_token_file();
/// Ollama's store: $OLLAMA_MODELS, else ~/.ollama/models.
std::string ollama_store();
/// $XDG_DATA_HOME/howopen; "" where there is no home for it.
std::string user_data_folder();

/// `~/x` as a path.
std::string without_tilde(std::string path);

}  // namespace howopen::files
