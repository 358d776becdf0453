// GitHub: one request lists a whole repository, one more reads a file by its blob. Anonymous clients have 60
// an hour; what they do not get is unknown, never absent.
//
//   {github_tree, a/b}          ->  GET {endpoint}/repos/a/b/git/trees/HEAD?recursive=1
//   403, X-RateLimit-Remaining: 0  ->  failed, rate-limited

#include "fetch/github.h"

#include <fmt/format.h>

#include "text/limits.h"

namespace howopen::fetch {

Request github_request(const Want& want, const std::string& endpoint) {
  if (want.topic == Topic::github_quota)
    return {
        Service::github, endpoint + "/rate_limit", "application/vnd.github+json", "github", 1u << 16, false};
  const std::string repository = fmt::format("{}/repos/{}", endpoint, encode(want.id, true));
  if (want.topic == Topic::github_tree) {
    return {Service::github, repository + "/git/trees/HEAD?recursive=1", "application/vnd.github+json",
            "github", limits::kTree};
  }
  // By blob where the tree named it: then it is the file of that tree, whatever was pushed since.
  const std::string what =
      want.blob.empty() ? "/contents/" + encode(want.path, true) : "/git/blobs/" + encode(want.blob, false);
  return {Service::github, repository + what, "application/vnd.github.raw", "github", limits::kLicenseText};
}

Answer github_answer(const Want& want, const Response& r, std::string body) {
  Answer a;
  a.where = r.url;
  a.id = want.id;
  a.etag = header(r, "etag");
  if (r.status == 200) {
    a.outcome = Outcome::got;
    a.body = std::move(body);
    return a;
  }
  if (r.status == 304) {
    a.outcome = Outcome::got;
    a.unchanged = true;
    return a;
  }
  // A spent quota answers 403 as well as 429; a second one, against bursts, names no remainder.
  const bool spent = header(r, "x-ratelimit-remaining") == "0" || !header(r, "retry-after").empty();
  if (r.status == 429 || (r.status == 403 && spent)) {
    return refused(std::move(a), Outcome::failed, Trouble::rate_limited,
                   "too many requests for GitHub's quota; set GITHUB_TOKEN");
  }
  if (r.status == 401)
    return refused(std::move(a), Outcome::failed, Trouble::auth_required,
                   "GitHub refused the token; mend or unset GITHUB_TOKEN");
  // 409: a repository without a commit. 451: taken down.
  if (r.status == 404 || r.status == 409 || r.status == 410)
    return refused(std::move(a), Outcome::absent, Trouble::not_found,
                   fmt::format("github.com/{} is not there, empty or private", want.id));
  if (r.status == 403 || r.status == 451)
    return refused(std::move(a), Outcome::denied, Trouble::auth_required,
                   fmt::format("github.com/{} is not to be read", want.id));
  return refused(std::move(a), Outcome::failed, Trouble::network, fmt::format("HTTP status {}", r.status));
}

}  // namespace howopen::fetch
