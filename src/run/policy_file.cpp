// From the working directory to a policy: the file, what it extends (bound to a sha256 where it comes from
// elsewhere), and the values that the core made of them.
//
//   extends = ["https://policies.example.org/base.toml#sha256=9f2c…"]  ->  fetched once, kept by its digest

#include "run/policy_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <set>
#include <system_error>

#include "fetch/disk_cache.h"
#include "fetch/http.h"
#include "fetch/transport.h"
#include "files/environment.h"
#include "files/file_io.h"
#include "files/streams.h"
#include "run/hub_options.h"
#include "run/options.h"
#include "text/digest.h"
#include "text/limits.h"
#include "text/units.h"
#include "text/utf8.h"

namespace howopen::run {
namespace {

namespace fs = std::filesystem;

constexpr int kExtendsDepth = 5;
constexpr std::size_t kPolicyFiles = 16;

bool address(const std::string& s) {
  return s.starts_with("https://") || s.starts_with("http://");
}

// Whether a file lies in a folder or below it, links followed.
bool within(const fs::path& folder, const std::string& file) {
  std::error_code error;
  const fs::path top = fs::canonical(folder, error);
  if (error) return false;
  const fs::path inside = fs::canonical(file, error).lexically_relative(top);
  return !error && !inside.empty() && *inside.begin() != "..";
}

// The repository that a file lies in, or its folder.
fs::path repository_of(const std::string& file) {
  std::error_code error;
  const fs::path folder = fs::absolute(file, error).parent_path();
  const std::string root = files::repository_root(folder.generic_string());
  return root.empty() ? folder : fs::path(root);
}

// One file over the network: https only, and of a public address, unless the command line allows another; no
// token, three hops at most.
Result<std::string> download(std::string url, const Common& common, const PolicyLine& place) {
  const std::string where = fmt::format("{}:{}", place.file, place.line);
  TRY(fetch::OnlineOptions options, online_options(common));
  options.transport.public_only = !common.private_policies && files::proxies().empty();
  fetch::Transport transport(options.transport);
  for (int hop = 0; hop < 4; ++hop) {
    const auto origin = fetch::origin_of(url);
    const bool here = common.private_policies && origin && fetch::loopback(*origin);
    if (!origin || (origin->scheme != "https" && !here))
      return fail(Fault::usage, "a policy is fetched over https only", where, fetch::masked(url));
    if (!here && !common.private_policies && fetch::loopback(*origin))
      return fail(Fault::usage, "a policy is not fetched from this machine", where,
                  "--private-policies allows addresses of private networks");
    transport.start(0, {url, {"Accept: text/plain, application/toml, */*"}, limits::kPolicy, false});
    std::optional<fetch::Finished> done;
    while (!done && transport.running() > 0) done = transport.wait(std::chrono::milliseconds(1000));
    if (!done || done->failure)
      return fail(
          Fault::unanswered,
          "the policy could not be fetched: " + (done ? done->failure->message : std::string("no answer")),
          where, fetch::without_secrets(url));
    if (!done->redirect.empty()) {
      url = done->redirect;
      continue;
    }
    if (done->response.status != 200)
      return fail(Fault::unanswered,
                  fmt::format("the policy could not be fetched: status {}", done->response.status), where,
                  fetch::without_secrets(url));
    return std::move(done->body);
  }
  return fail(Fault::unanswered, "the policy could not be fetched: too many redirects", where, {});
}

class Loader {
 public:
  explicit Loader(const Common& common) : common_(common) {}

  std::vector<PolicyText> files;
  std::vector<Error> errors;

  void add(const std::string& path, const std::string& shown) {
    auto content = files::read_file(path, limits::kPolicy);
    if (!content) {
      Error error = content.error();
      std::error_code ignored;
      if (fs::is_directory(path, ignored))
        error = {Fault::usage, "a folder, where a policy is read", shown,
                 "howopen init writes a policy file"};
      errors.push_back(std::move(error));
      return;
    }
    repository_ = repository_of(path);
    add(path, PolicyText{shown, std::move(*content)}, 0);
  }

 private:
  // What it extends comes first, so that it wins.
  void add(const std::string& path, PolicyText text, int depth) {
    for (const Extends& e : extends_of(text)) extend(path, e, depth + 1);
    files.push_back(std::move(text));
  }

  void extend(const std::string& from, const Extends& e, int depth) {
    const std::string where = fmt::format("{}:{}", e.place.file, e.place.line);
    if (depth > kExtendsDepth || files.size() >= kPolicyFiles) {
      errors.push_back({Fault::usage, "extends too many files", where, {}});
      return;
    }
    const bool remote = address(e.from);
    if (remote && !text::is_hex(e.sha256, 64)) {
      errors.push_back({Fault::usage, "extends an address without its digest", where,
                        "write …#sha256= and 64 hex digits"});
      return;
    }
    if (!remote && address(from)) {
      errors.push_back(
          {Fault::usage, "a fetched policy extends a local file", where, "an address with its digest"});
      return;
    }
    const std::string path =
        remote ? e.from : (fs::path(from).parent_path() / e.from).lexically_normal().string();
    if (!remote && !within(repository_, path)) {
      std::error_code missing;
      const bool there = fs::exists(path, missing);
      errors.push_back({Fault::usage,
                        there ? "extends a file outside of its repository"
                              : "what it extends: no such file: " + text::printable(path),
                        where, there ? "keep it inside, or name an https address with its digest" : ""});
      return;
    }
    if (!seen_.insert(path).second) {
      errors.push_back({Fault::usage, "extends itself", where, {}});
      return;
    }
    auto content = remote ? fetched(e) : files::read_file(path, limits::kPolicy);
    if (!content) {
      Error error = content.error();
      if (!remote)
        error = {Fault::usage, fmt::format("what it extends: {}: {}", error.what, path), where, {}};
      errors.push_back(std::move(error));
      return;
    }
    if (!e.sha256.empty() && text::sha256(*content) != e.sha256) {
      errors.push_back({Fault::usage, "what it extends has another digest: " + text::sha256(*content), where,
                        "look at it, then change the digest"});
      return;
    }
    add(path, PolicyText{path, std::move(*content)}, depth);
    seen_.erase(path);
  }

  // A file known by its digest never changes: kept, it needs no network.
  Result<std::string> fetched(const Extends& e) {
    const std::string folder = common_.no_cache || files::cache_folder().empty()
                                   ? std::string()
                                   : files::cache_folder() + "/policies";
    const std::string kept = folder.empty() ? std::string() : folder + "/" + e.sha256;
    std::error_code ignored;
    if (!kept.empty() && fs::is_regular_file(kept, ignored)) {
      if (auto content = files::read_file(kept, limits::kPolicy);
          content && text::sha256(*content) == e.sha256)
        return content;
    }
    if (offline(common_))
      return fail(Fault::unanswered, "offline, and the policy it extends is not kept here",
                  fmt::format("{}:{}", e.place.file, e.place.line), e.from);
    TRY(std::string content, download(e.from, common_, e.place));
    if (!kept.empty() && text::sha256(content) == e.sha256) {
      fetch::make_cache_folder(files::cache_folder());
      fs::create_directories(folder, ignored);
      [[maybe_unused]] const auto written = files::write_file(kept, content);  // a cache only
    }
    return content;
  }

  const Common& common_;
  fs::path repository_;
  std::set<std::string> seen_;
};

}  // namespace

std::string find_policy() {
  std::error_code error;
  const fs::path start = fs::current_path(error);
  if (error) return {};
  // Without a repository around it, only the working directory itself counts.
  const std::string above = files::repository_root(start.generic_string());
  const fs::path root = above.empty() ? start : fs::path(above);
  for (fs::path p = start;; p = p.parent_path()) {
    for (const char* name : {"howopen.toml", ".howopen.toml", ".config/howopen.toml"}) {
      // Whatever is there by that name is meant: a folder or a pipe is an error, and no missing policy.
      const fs::file_status there = fs::symlink_status(p / name, error);
      if (there.type() != fs::file_type::not_found && there.type() != fs::file_type::none)
        return fs::proximate(p / name, start, error).generic_string();
      if (error && error != std::errc::no_such_file_or_directory && error != std::errc::not_a_directory)
        return fs::proximate(p / name, start, error).generic_string();
    }
    if (p == root || p == p.parent_path()) return {};
  }
}

void tell(const std::vector<Error>& errors) {
  for (const Error& e : errors) files::write_err(files::worded(e));
}

std::optional<Policy> load_policy(const Common& common, const Catalog& catalog) {
  const std::string path = common.no_policy         ? std::string()
                           : !common.policy.empty() ? common.policy
                                                    : find_policy();
  if (path.empty()) {
    if (!common.quiet)
      files::write_err("note: no policy file; the preset permissive applies; howopen init writes one\n");
    return preset_policy("permissive");
  }
  Loader loader(common);
  loader.add(path, path);
  ReadPolicy read = read_policy(loader.files, catalog);
  loader.errors.insert(loader.errors.end(), read.errors.begin(), read.errors.end());
  if (!loader.errors.empty()) {
    tell(loader.errors);
    return std::nullopt;
  }
  if (common.verbosity > 0) files::write_err(fmt::format("policy: {}\n", text::printable(path)));
  return std::move(read.policy);
}

Result<std::string> today(const Common& common) {
  if (!common.as_of.empty()) {
    if (!day_number(common.as_of))
      return fail(Fault::usage, "not a day", "--as-of " + text::printable(common.as_of), "write 2026-11-24");
    return common.as_of;
  }
  std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  const std::string epoch = files::variable("SOURCE_DATE_EPOCH");
  if (!epoch.empty() && epoch.size() < 12 && epoch.find_first_not_of("0123456789") == std::string::npos)
    now = static_cast<std::time_t>(std::stoll(epoch));
  std::tm utc{};
  gmtime_r(&now, &utc);
  return fmt::format("{:04}-{:02}-{:02}", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday);
}

Result<Common> with_policy(Common common, const Policy& policy) {
  if (common.endpoint.empty() && files::variable("HF_ENDPOINT").empty()) {
    common.endpoint = policy.endpoint.value;
    common.endpoint_of_policy = !common.endpoint.empty() && hub_url(common) != "https://huggingface.co";
    // Whoever may change the policy may have another Hub answer: never without a word.
    if (common.endpoint_of_policy)
      files::write_err(
          fmt::format("warning: models are looked up at {}, as {}:{} says; it gets no token but that of "
                      "--token-file\n",
                      text::printable(fetch::masked(common.endpoint)),
                      text::printable(policy.endpoint.place.file), policy.endpoint.place.line));
  }
  const auto duration = [](const Set<std::string>& set, long& out) -> Result<bool> {
    if (set.value.empty()) return true;
    const auto ms = text::parse_duration(set.value);
    if (!ms)
      return fail(Fault::usage, set.place.text + " is not a duration",
                  fmt::format("{}:{}", set.place.file, set.place.line), "write 30s or 5m");
    out = *ms;
    return true;
  };
  const Common defaults;
  if (common.timeout_ms == defaults.timeout_ms) {
    TRY([[maybe_unused]] const bool read, duration(policy.timeout, common.timeout_ms));
  }
  if (common.max_wait_ms == defaults.max_wait_ms) {
    TRY([[maybe_unused]] const bool read, duration(policy.max_wait, common.max_wait_ms));
  }
  return common;
}

std::string project_folder(const Policy& policy) {
  if (policy.file.empty()) return ".";
  fs::path folder = fs::path(policy.file).parent_path();
  if (folder.filename() == ".config") folder = folder.parent_path();
  return folder.empty() ? "." : folder.generic_string();
}

}  // namespace howopen::run
