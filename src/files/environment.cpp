// The environment of this process, read as huggingface_hub reads it.
//
//   HF_HOME='$DATA/hf', DATA=/data  ->  the Hub's cache is /data/hf/hub

#include "files/environment.h"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "text/utf8.h"

namespace howopen::files {
namespace {

std::string home(const std::string& below) {
  const std::string home = variable("HOME");
  return home.empty() ? std::string() : home + "/" + below;
}

// `~` at the head, and $NAME or ${NAME}.
std::string expanded(std::string path) {
  if (path == "~" || path.starts_with("~/")) path = variable("HOME") + path.substr(1);
  std::string out;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] != '$') {
      out += path[i];
      continue;
    }
    const bool braces = i + 1 < path.size() && path[i + 1] == '{';
    std::size_t end = i + (braces ? 2 : 1);
    const std::size_t start = end;
    while (end < path.size() &&
           (std::isalnum(static_cast<unsigned char>(path[end])) != 0 || path[end] == '_'))
      ++end;
    if (end == start) {
      out += path[i];
      continue;
    }
    out += variable(path.substr(start, end - start).c_str());
    i = braces && end < path.size() && path[end] == '}' ? end : end - 1;
  }
  return out;
}

std::string hf_home() {
  if (const std::string set = variable("HF_HOME"); !set.empty()) return expanded(set);
  if (const std::string cache = variable("XDG_CACHE_HOME"); !cache.empty())
    return expanded(cache) + "/huggingface";
  return home(".cache/huggingface");
}

}  // namespace

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

bool is_true(const char* name) {
  const std::string value = text::lower(variable(name));
  return value == "1" || value == "on" || value == "yes" || value == "true";
}

std::string hub_token_file() {
  const std::string set = variable("HF_TOKEN_PATH");
  return !set.empty() ? expanded(set) : hf_home() + "/token";
}

std::vector<std::pair<std::string, std::string>> proxies() {
  std::vector<std::pair<std::string, std::string>> out;
  for (const char* name : {"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy",
                           "NO_PROXY", "no_proxy"}) {
    if (std::string value = variable(name); !value.empty()) out.emplace_back(name, std::move(value));
  }
  return out;
}

bool proxied() {
  const auto set = proxies();
  return std::any_of(set.begin(), set.end(),
                     [](const auto& v) { return v.first != "NO_PROXY" && v.first != "no_proxy"; });
}

fetch::Certificates certificates() {
  return fetch::find_certificates(variable("SSL_CERT_FILE"), variable("SSL_CERT_DIR"),
                                  [](const std::string& path) { return access(path.c_str(), R_OK) == 0; });
}

std::string cache_folder() {
  if (const std::string set = variable("HOWOPEN_CACHE"); !set.empty()) return expanded(set);
  const std::string xdg = variable("XDG_CACHE_HOME");
  const std::string base = xdg.empty() ? home(".cache") : xdg;
  return base.empty() ? std::string() : base + "/howopen";
}

std::string hub_cache_folder() {
  for (const char* name : {"HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"}) {
    if (const std::string set = variable(name); !set.empty()) return expanded(set);
  }
  return hf_home() + "/hub";
}

std::string ollama_store() {
  const std::string set = variable("OLLAMA_MODELS");
  return set.empty() ? home(".ollama/models") : expanded(set);
}

std::string without_tilde(std::string path) {
  return path == "~" || path.starts_with("~/") ? variable("HOME") + path.substr(1) : path;
}

std::string user_data_folder() {
  const std::string xdg = variable("XDG_DATA_HOME");
  const std::string base = xdg.empty() ? home(".local/share") : xdg;
  return base.empty() ? std::string() : base + "/howopen";
}

}  // namespace howopen::files
