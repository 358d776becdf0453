// The Hub as facts about its API describe it: records, listings, files through a redirect, gates, renames,
// errors with their headers, rate limits on every answer.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "support/server.h"

namespace howopen::test {

struct FakeRepository {
  std::string record;  ///< whole JSON; made from the files when empty
  std::string extra;   ///< members put into a made record, with a comma behind
  std::string sha = "dddddddddddddddddddddddddddddddddddddddd";
  std::map<std::string, std::string> files;
  std::set<std::string> lfs;          ///< paths that answer by 302 to the CDN
  std::string gated;                  ///< "", auto or manual
  std::vector<std::string> branches;  ///< beside main
  bool disabled = false;
  bool is_private = false;
  std::string renamed_to;
  std::vector<FakeRepository> older;  ///< commits before this one, newest first, each with its own `sha`
};

/// A GitHub repository: its files at the default branch.
struct FakeGithub {
  std::map<std::string, std::string> files;
  std::string commit = "9999999999999999999999999999999999999999";
  bool truncated = false;
};

/// Requests that a service still answers in its window; the next one is refused with 429 (403 by GitHub).
struct FakeQuota {
  int remaining = 499;
  int quota = 500;
  int reset_s = 295;
  int refused = 0;  ///< how often
  int renewed = 0;  ///< what remains once the window ends: the first request that finds none left ends it
};

class FakeHub {
 public:
  FakeHub();

  FakeRepository& operator[](const std::string& id) { return repositories_[id]; }
  std::string url() const { return hub_.url(); }
  int port() const { return hub_.port(); }
  std::vector<HttpRequest> log() const { return hub_.log(); }
  /// Requests that were no redirect.
  std::size_t answered() const;
  /// The other host that large files come from.
  const Server& cdn() const { return cdn_; }
  /// GitHub's API, a host of its own.
  const Server& github_server() const { return github_server_; }
  /// What makes the program ask this Hub and this GitHub; `more` is added.
  std::map<std::string, std::string> environment(const std::map<std::string, std::string>& more = {}) const;

  std::map<std::string, std::string> datasets;  ///< records, by id
  std::map<std::string, FakeGithub> github;     ///< by owner/name
  std::map<std::string, FakeQuota> quotas;      ///< by bucket: api, resolvers, github; not metered when empty
  std::string github_token = "gh_valid";
  std::size_t page_size = 1000;                    ///< of listings
  std::map<std::string, std::string> collections;  ///< by slug

  std::string valid_token = "hf_valid";
  /// Looked at first; what it answers is sent.
  std::function<std::optional<HttpResponse>(const HttpRequest&)> intercept;

 private:
  HttpResponse answer(const HttpRequest& request);
  HttpResponse commits_of(const FakeRepository& r, const HttpRequest& request) const;
  HttpResponse record_of(const std::string& id, const HttpRequest& request);
  HttpResponse page_of(const HttpRequest& request);
  HttpResponse listing_of(const std::string& id);
  HttpResponse github_answer(const HttpRequest& request);
  bool spent(const std::string& bucket);
  HttpResponse file_of(const std::string& id, const std::string& revision, const std::string& path,
                       const HttpRequest& request, bool cached);
  bool may_read(const FakeRepository& repository, const HttpRequest& request) const;

  std::map<std::string, FakeRepository> repositories_;
  mutable std::mutex quota_mutex_;
  Server cdn_;
  Server github_server_;
  Server hub_;
};

HttpResponse json_response(std::string body, int status = 200);
HttpResponse error_response(int status, const std::string& message, const std::string& code = {});

}  // namespace howopen::test
