// Questions as requests and responses as answers, by the Hub's habits: a missing repository answers 401, a
// gated file 401 or 403 with GatedRepo, a disabled one 403 with a sentence, and a page that is no JSON is not
// the Hub at all.
//
//   {file, a/b, main, README.md}   ->  GET {endpoint}/a/b/resolve/main/README.md
//   401 "Invalid username or password."  ->  absent, not-found

#include "fetch/hub.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/json.h"
#include "text/limits.h"
#include "text/utf8.h"

namespace howopen::fetch {
namespace {

constexpr int kCommits = 1000;  // asked for at once; what the Hub does not list is told
constexpr std::string_view kBadToken = "Invalid credentials in Authorization header";
constexpr std::string_view kDisabled = "Access to this resource is disabled.";

std::string revision_of(const Want& want) {
  return encode(want.revision.empty() ? "main" : want.revision, false);
}

std::size_t most_of(std::string_view path) {
  const std::string name = text::lower(path);
  if (name.ends_with(".index.json")) return limits::kShardIndex;
  if (name.ends_with(".json")) return limits::kConfig;
  if (name.ends_with("readme.md") || (name.starts_with("readme") && name.ends_with(".md")))
    return limits::kCard;
  return limits::kLicenseText;
}

// What the Hub says is wrong: the header (HEAD and GET alike), else the body in one of its forms.
std::string error_message(const Response& r, std::string_view body) {
  if (const auto said = header(r, "x-error-message"); !said.empty()) return std::string(said);
  if (const auto json = text::parse_json(body.substr(0, 65536))) {
    const text::Json& error = (*json)["error"];
    if (const auto s = error.string()) return std::string(*s);
    for (const text::Json& item : error.items()) {
      if (const auto s = item.string()) return std::string(*s);
    }
    for (const text::Json& item : (*json)["errors"].items()) {
      if (const auto s = item["message"].string()) return std::string(*s);
    }
  }
  return {};
}

// `<https://huggingface.co/api/models?…&cursor=x>; rel="next"`: only the query is taken, and asked of the
// endpoint in use. The address is one of huggingface.co even behind a mirror, and a token goes nowhere else.
std::string next_page(const Response& r) {
  const std::string_view link = header(r, "link");
  for (std::size_t at = 0; (at = link.find('<', at)) != std::string_view::npos;) {
    const std::size_t end = link.find('>', at);
    if (end == std::string_view::npos) break;
    const std::string_view url = link.substr(at + 1, end - at - 1);
    const std::string_view rest = link.substr(end, link.find('<', end) - end);
    at = end;
    const std::size_t question = url.find('?');
    if (rest.find("rel=\"next\"") == std::string_view::npos || question == std::string_view::npos) continue;
    if (!url.substr(0, question).ends_with("/api/models")) continue;
    const std::string_view query = url.substr(question + 1, url.find('#') - question - 1);
    const bool sane = !query.empty() && query.size() <= 8192 &&
                      std::all_of(query.begin(), query.end(), [](char c) { return c > 0x20 && c < 0x7F; });
    return sane ? std::string(query) : std::string();
  }
  return {};
}

Answer answered(const Want& want, const Response& r) {
  Answer a;
  a.where = r.url;
  a.commit = header(r, "x-repo-commit");
  if (!text::is_commit(a.commit)) a.commit.clear();
  a.etag = header(r, "etag");
  if (a.etag.size() > 200) a.etag.clear();
  if (want.topic == Topic::listing) a.next = next_page(r);
  // Of commits only whether there are older ones.
  if (want.topic == Topic::commits && header(r, "link").find("rel=\"next\"") != std::string_view::npos)
    a.next = "older";
  return a;
}

Answer unauthorized(Answer a, const Want& want, const Response& r, const std::string& said, bool token_sent) {
  if (said == kBadToken) {
    return refused(std::move(a), Outcome::failed, Trouble::auth_required,
                   "the token was refused; log in again, or unset HF_TOKEN for public models");
  }
  if (r.status == 403)
    return refused(std::move(a), Outcome::denied, Trouble::auth_required,
                   said.empty() ? "access denied" : said);
  // The Hub does not tell strangers whether a private repository exists.
  return refused(std::move(a), Outcome::absent, Trouble::not_found,
                 fmt::format("{} does not exist or is private{}", want.id,
                             token_sent ? " to this token" : "; a private one needs a token"));
}

}  // namespace

Request hub_request(const Want& want, const std::string& endpoint) {
  const std::string id = encode(want.id, true);
  const auto api = [&](const std::string& path, std::size_t most) {
    return Request{Service::hub, endpoint + path, "application/json", "api", most};
  };
  const auto file = [&](std::size_t most, bool head_only) {
    return Request{
        Service::hub,
        fmt::format("{}/{}/resolve/{}/{}", endpoint, id, revision_of(want), encode(want.path, true)),
        "*/*",
        "resolvers",
        most,
        head_only};
  };
  switch (want.topic) {
    case Topic::model:
      return api(fmt::format("/api/models/{}{}?blobs=true", id,
                             want.revision.empty() ? "" : "/revision/" + revision_of(want)),
                 limits::kRecord);
    case Topic::refs:
      return api(fmt::format("/api/models/{}/refs", id), limits::kRecord);
    case Topic::commits:
      return api(fmt::format("/api/models/{}/commits/{}?limit={}", id, revision_of(want), kCommits),
                 limits::kListing);
    case Topic::providers:
      return api(fmt::format("/api/models/{}?expand=inferenceProviderMapping", id), limits::kConfig);
    case Topic::dataset:
      return api(fmt::format("/api/datasets/{}", id), limits::kRecord);
    case Topic::listing:
      return api("/api/models?" + want.path, limits::kListing);
    case Topic::collection:
      return api("/api/collections/" + id, limits::kRecord);
    case Topic::file:
      return file(most_of(want.path), false);
    case Topic::head:
      return file(limits::kTensorHead, true);
    default:
      return {};
  }
}

bool hub_refused_token(const Response& response, std::string_view body) {
  return response.status == 401 && error_message(response, body) == kBadToken;
}

Answer hub_answer(const Want& want, const Response& r, std::string body, bool token_sent) {
  Answer a = answered(want, r);
  a.id = want.id;
  const std::string said = r.status < 400 ? std::string() : error_message(r, body);
  const std::string_view code = header(r, "x-error-code");
  if (r.status == 200 || r.status == 206) {
    // A captive portal answers 200 as well, with a page of its own.
    const std::string_view type = header(r, "content-type");
    const bool file = want.topic == Topic::file || want.topic == Topic::head;
    if (type.find("text/html") != std::string_view::npos && (!file || a.commit.empty())) {
      return refused(std::move(a), Outcome::failed, Trouble::parse,
                     "a web page came in place of the answer: is this the Hub?");
    }
    a.outcome = Outcome::got;
    a.body = std::move(body);
    return a;
  }
  if (r.status == 304) {
    a.outcome = Outcome::got;
    a.unchanged = true;
    return a;
  }
  if (code == "RevisionNotFound")
    return refused(std::move(a), Outcome::absent, Trouble::not_found,
                   fmt::format("{} has no revision {}", want.id, want.revision));
  if (code == "EntryNotFound")
    return refused(std::move(a), Outcome::absent, Trouble::not_found,
                   fmt::format("{} has no file {}", want.id, want.path));
  if (code == "GatedRepo")
    return refused(std::move(a), Outcome::denied, Trouble::gated,
                   said.empty() ? "gated: access has to be granted" : said);
  if (r.status == 403 && said == kDisabled)
    return refused(std::move(a), Outcome::denied, Trouble::auth_required, "the Hub has disabled access");
  if (code == "RepoNotFound" || r.status == 401 || r.status == 403)
    return unauthorized(std::move(a), want, r, said, token_sent);
  if (r.status == 404 || r.status == 410)
    return refused(std::move(a), Outcome::absent, Trouble::not_found, said.empty() ? "not found" : said);
  if (r.status == 429)
    return refused(std::move(a), Outcome::failed, Trouble::rate_limited,
                   "too many requests for the Hub's quota");
  return refused(std::move(a), Outcome::failed, Trouble::network,
                 fmt::format("HTTP status {}{}{}", r.status, said.empty() ? "" : ": ", said));
}

}  // namespace howopen::fetch
