// The environment and the file system, as far as the command line needs them.
//
//   HF_TOKEN=" hf_x\n"   ->  token hf_x      HF_TOKEN=""  ->  as if unset: the token file is read
//   HF_HUB_OFFLINE=true  ->  offline         HF_HUB_OFFLINE=0  ->  not

#include "cli/environment.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "text/limits.h"
#include "text/utf8.h"

namespace howopen::cli {
namespace {

namespace fs = std::filesystem;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

// Exactly the words huggingface_hub takes for true.
bool truth(const char* name) {
  const std::string value = text::lower(environment(name));
  return value == "1" || value == "on" || value == "yes" || value == "true";
}

std::string home(const std::string& below) {
  const std::string home = environment("HOME");
  return home.empty() ? std::string() : home + "/" + below;
}

// `~` at the head, and $NAME or ${NAME}.
std::string expanded(std::string path) {
  if (path == "~" || path.starts_with("~/")) path = environment("HOME") + path.substr(1);
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
    out += environment(path.substr(start, end - start).c_str());
    i = braces && end < path.size() && path[end] == '}' ? end : end - 1;
  }
  return out;
}

std::string hf_home() {
  if (const std::string set = environment("HF_HOME"); !set.empty()) return expanded(set);
  if (const std::string cache = environment("XDG_CACHE_HOME"); !cache.empty())
    return expanded(cache) + "/huggingface";
  return home(".cache/huggingface");
}

std::string cleaned(std::string token) {
  std::erase_if(token, [](char c) { return c == '\r' || c == '\n' || c == ' ' || c == '\t'; });
  return token;
}

}  // namespace

Result<Secret> hub_token(const Common& common) {
  if (!common.token_file.empty()) {
    TRY(const std::string content, read_file(common.token_file, 4096));
    return Secret{cleaned(content), common.token_file};
  }
  if (common.endpoint_of_policy || truth("HF_HUB_DISABLE_IMPLICIT_TOKEN")) return Secret{};
  for (const char* name : {"HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"}) {
    if (std::string set = cleaned(environment(name)); !set.empty()) return Secret{set, name};
  }
  const std::string set = environment("HF_TOKEN_PATH");
  const std::string path = !set.empty() ? expanded(set) : hf_home() + "/token";
  // No token file is no error: most users have none.
  if (auto content = read_file(path, 4096)) {
    if (std::string token = cleaned(*content); !token.empty()) return Secret{token, path};
  }
  return Secret{};
}

std::vector<std::pair<std::string, std::string>> proxies() {
  std::vector<std::pair<std::string, std::string>> out;
  for (const char* name : {"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy",
                           "NO_PROXY", "no_proxy"}) {
    if (std::string value = environment(name); !value.empty()) out.emplace_back(name, std::move(value));
  }
  return out;
}

bool proxied() {
  const auto set = proxies();
  return std::any_of(set.begin(), set.end(),
                     [](const auto& v) { return v.first != "NO_PROXY" && v.first != "no_proxy"; });
}

std::string variable(const char* name) {
  return environment(name);
}

fetch::Certificates certificates() {
  return fetch::find_certificates(environment("SSL_CERT_FILE"), environment("SSL_CERT_DIR"),
                                  [](const std::string& path) { return access(path.c_str(), R_OK) == 0; });
}

bool offline(const Common& common) {
  return common.offline || truth("HF_HUB_OFFLINE") || truth("TRANSFORMERS_OFFLINE");
}

std::string hub_url(const Common& common) {
  std::string url = !common.endpoint.empty() ? common.endpoint : environment("HF_ENDPOINT");
  while (url.ends_with('/')) url.pop_back();
  return url.empty() ? "https://huggingface.co" : url;
}

Result<fetch::OnlineOptions> online_options(const Common& common) {
  fetch::OnlineOptions out;
  out.hub.url = hub_url(common);
  if (std::string url = environment("GITHUB_API_URL"); !url.empty()) {
    while (url.ends_with('/')) url.pop_back();
    out.github.url = url;
  }
  TRY(const Secret token, hub_token(common));
  out.hub.token = token.value;
  out.github.token = cleaned(environment("GITHUB_TOKEN"));
  out.transport.certificates = certificates();
  // curl reads http_proxy in lower case only (a web server would let a client set the other); a program that
  // is no CGI script may take both, as httpx does.
  if (environment("http_proxy").empty() && environment("REQUEST_METHOD").empty())
    out.transport.http_proxy = environment("HTTP_PROXY");
  out.transport.timeout = std::chrono::milliseconds(common.timeout_ms);
  out.transport.connections = std::min(common.jobs, 32);
  out.in_flight = common.jobs;
  out.attempts = common.retries + 1;
  out.most_per_second = common.max_rps;
  out.most_requests = common.quota;
  out.max_wait = std::chrono::milliseconds(common.max_wait_ms);
  return out;
}

std::string cache_folder() {
  if (const std::string set = environment("HOWOPEN_CACHE"); !set.empty()) return expanded(set);
  const std::string xdg = environment("XDG_CACHE_HOME");
  const std::string base = xdg.empty() ? home(".cache") : xdg;
  return base.empty() ? std::string() : base + "/howopen";
}

std::string hub_cache_folder() {
  for (const char* name : {"HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"}) {
    if (const std::string set = environment(name); !set.empty()) return expanded(set);
  }
  return hf_home() + "/hub";
}

std::string ollama_store() {
  const std::string set = environment("OLLAMA_MODELS");
  return set.empty() ? home(".ollama/models") : expanded(set);
}

std::string without_tilde(std::string path) {
  return path == "~" || path.starts_with("~/") ? environment("HOME") + path.substr(1) : path;
}

std::string user_data_folder() {
  const std::string xdg = environment("XDG_DATA_HOME");
  const std::string base = xdg.empty() ? home(".local/share") : xdg;
  return base.empty() ? std::string() : base + "/howopen";
}

Result<std::vector<CatalogFile>> catalog_files(const Common& common) {
  std::vector<CatalogFile> out;
  for (const std::string& folder : {user_data_folder(), common.data}) {
    if (folder.empty()) continue;
    std::error_code error;
    if (!fs::is_directory(folder, error)) {
      if (folder == common.data) return fail(Fault::usage, "no such folder", "--data " + folder);
      continue;
    }
    std::vector<std::string> names;
    fs::recursive_directory_iterator files(folder, error);
    for (; !error && files != fs::recursive_directory_iterator(); files.increment(error)) {
      if (files.depth() >= 1) files.disable_recursion_pending();
      std::error_code ignored;
      const std::string name = files->path().lexically_relative(folder).generic_string();
      if ((name.ends_with(".json") || (name.starts_with("texts/") && name.ends_with(".txt"))) &&
          files->is_regular_file(ignored))
        names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) {
      const std::string path = folder + "/" + name;
      TRY(std::string content,
          read_file(path, name.ends_with(".txt") ? limits::kLicenseText : limits::kRecord));
      out.push_back({name, path, std::move(content)});
    }
  }
  return out;
}

}  // namespace howopen::cli
