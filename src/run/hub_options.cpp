// Whom to ask and as whom: the options of the command line before what the environment says.
//
//   HF_TOKEN=" hf_x\n"   ->  token hf_x      HF_TOKEN=""  ->  as if unset: the token file is read
//   HF_HUB_OFFLINE=true  ->  offline         HF_HUB_OFFLINE=0  ->  not

#include "run/hub_options.h"

#include <algorithm>
#include <filesystem>

#include "files/environment.h"
#include "files/file_io.h"
#include "run/options.h"
#include "text/limits.h"

namespace howopen::run {
namespace {

namespace fs = std::filesystem;

std::string cleaned(std::string token) {
  std::erase_if(token, [](char c) { return c == '\r' || c == '\n' || c == ' ' || c == '\t'; });
  return token;
}

}  // namespace

Result<Secret> hub_token(const Common& common) {
  if (!common.token_file.empty()) {
    TRY(const std::string content, files::read_file(common.token_file, 4096));
    return Secret{cleaned(content), common.token_file};
  }
  if (common.endpoint_of_policy || files::is_true("HF_HUB_DISABLE_IMPLICIT_TOKEN")) return Secret{};
  for (const char* name : {"HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"}) {
    if (std::string set = cleaned(files::variable(name)); !set.empty()) return Secret{set, name};
  }
  const std::string path = files::hub_token_file();
  // No token file is no error: most users have none.
  if (auto content = files::read_file(path, 4096)) {
    if (std::string token = cleaned(*content); !token.empty()) return Secret{token, path};
  }
  return Secret{};
}

bool offline(const Common& common) {
  return common.offline || files::is_true("HF_HUB_OFFLINE") || files::is_true("TRANSFORMERS_OFFLINE");
}

std::string hub_url(const Common& common) {
  std::string url = !common.endpoint.empty() ? common.endpoint : files::variable("HF_ENDPOINT");
  while (url.ends_with('/')) url.pop_back();
  return url.empty() ? "https://huggingface.co" : url;
}

Result<fetch::OnlineOptions> online_options(const Common& common) {
  fetch::OnlineOptions out;
  out.hub.url = hub_url(common);
  if (std::string url = files::variable("GITHUB_API_URL"); !url.empty()) {
    while (url.ends_with('/')) url.pop_back();
    out.github.url = url;
  }
  TRY(const Secret token, hub_token(common));
  out.hub.token = token.value;
  out.github.token = cleaned(files::variable("GITHUB_TOKEN"));
  out.transport.certificates = files::certificates();
  // curl reads http_proxy in lower case only (a web server would let a client set the other); a program that
  // is no CGI script may take both, as httpx does.
  if (files::variable("http_proxy").empty() && files::variable("REQUEST_METHOD").empty())
    out.transport.http_proxy = files::variable("HTTP_PROXY");
  out.transport.timeout = std::chrono::milliseconds(common.timeout_ms);
  out.transport.connections = std::min(common.jobs, 32);
  out.in_flight = common.jobs;
  out.attempts = common.retries + 1;
  out.most_per_second = common.max_rps;
  out.most_requests = common.quota;
  out.max_wait = std::chrono::milliseconds(common.max_wait_ms);
  return out;
}

Result<std::vector<CatalogFile>> catalog_files(const Common& common) {
  std::vector<CatalogFile> out;
  for (const std::string& folder : {files::user_data_folder(), common.data}) {
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
          files::read_file(path, name.ends_with(".txt") ? limits::kLicenseText : limits::kRecord));
      out.push_back({name, path, std::move(content)});
    }
  }
  return out;
}

}  // namespace howopen::run
