// Questions as requests and responses as answers, by the Hub's habits: a missing repository answers 401, a
// gated file 401 or 403 with GatedRepo, a disabled one 403 with a sentence, and a page that is no JSON is not
// the Hub at all.
//
//   {file, a/b, main, README.md}   ->  GET {endpoint}/a/b/resolve/main/README.md
//   401 "Invalid username or password."  ->  absent, not-found

#include "fetch/hub.h"

#include <fmt/format.h>

#include "text/json.h"
#include "text/limits.h"
#include "text/utf8.h"

namespace howopen::fetch {
namespace {

constexpr std::string_view kBadToken = "Invalid credentials in Authorization header";
constexpr std::string_view kDisabled = "Access to this resource is disabled.";

std::string_view header(const Response& r, const std::string& name) {
  const auto it = r.headers.find(name);
  return it == r.headers.end() ? std::string_view() : std::string_view(it->second);
}

std::string revision_of(const Want& want) {
  return encode(want.revision.empty() ? "main" : want.revision, false);
}

std::size_t most_of(std::string_view path) {
  const std::string name = text::lower(path);
  if (name.ends_with(".index.json")) return limits::kShardIndex;
  if (name.ends_with(".json")) return limits::kConfig;
  if (name.ends_with("readme.md")) return limits::kCard;
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

Answer answered(const Want&, const Response& r) {
  Answer a;
  a.where = r.url;
  a.commit = header(r, "x-repo-commit");
  if (a.commit.size() != 40 || a.commit.find_first_not_of("0123456789abcdef") != std::string::npos)
    a.commit.clear();
  return a;
}

Answer refused(Answer a, Outcome outcome, Trouble trouble, std::string message) {
  a.outcome = outcome;
  a.trouble = trouble;
  a.message = std::move(message);
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

namespace {

// Address of a private network, given in digits.
bool private_address(std::string_view host) {
  for (const std::string_view head : {"10.", "192.168.", "169.254.", "0.", "[fc", "[fd", "[fe8", "[fe9",
                                      "[fea", "[feb", "[::ffff:", "[::]"}) {
    if (host.starts_with(head)) return true;
  }
  for (int second = 16; second < 32; ++second) {
    if (host.starts_with(fmt::format("172.{}.", second))) return true;
  }
  return host.ends_with(".internal") || host.ends_with(".local");
}

}  // namespace

bool loopback(const Origin& origin) {
  return origin.host == "localhost" || origin.host.starts_with("127.") || origin.host == "::1" ||
         origin.host == "[::1]";
}

std::string encode(std::string_view s, bool keep_slash) {
  std::string out;
  for (const char c : s) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == '~' || (keep_slash && c == '/');
    if (plain)
      out += c;
    else
      fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

std::string without_secrets(std::string_view url) {
  std::string out(url.substr(0, url.find_first_of("?#")));
  const std::size_t host = out.find("://");
  if (host == std::string::npos) return out;
  const std::size_t slash = out.find('/', host + 3);
  const std::size_t at = out.rfind('@', slash);
  if (at != std::string::npos && at > host) out.erase(host + 3, at - host - 2);
  return out;
}

Request request_for(const Want& want, const std::string& endpoint) {
  const std::string id = encode(want.id, true);
  switch (want.topic) {
    case Topic::model: {
      const std::string at = want.revision.empty() ? std::string() : "/revision/" + revision_of(want);
      return {fmt::format("{}/api/models/{}{}?blobs=true", endpoint, id, at), "application/json",
              limits::kRecord};
    }
    case Topic::providers:
      return {fmt::format("{}/api/models/{}?expand=inferenceProviderMapping", endpoint, id),
              "application/json", limits::kConfig};
    case Topic::file:
      return {fmt::format("{}/{}/resolve/{}/{}", endpoint, id, revision_of(want), encode(want.path, true)),
              "*/*", most_of(want.path)};
  }
  return {};
}

Hop judge_hop(const Origin& endpoint, const Origin& from, const Origin& to) {
  if (to.scheme != "https" && to.scheme != "http") return Hop::refuse;
  // To this machine or into a private network only from an endpoint on this machine: whoever answers must not
  // make us ask what only we can reach.
  if (to != endpoint && (loopback(to) || private_address(to.host)) && !loopback(endpoint)) return Hop::refuse;
  if (from.scheme == "https" && to.scheme != "https") return Hop::refuse;
  if (to.scheme == "http" && !loopback(to) && to != endpoint) return Hop::refuse;
  return to == endpoint ? Hop::keep_token : Hop::drop_token;
}

Answer failed(const Want& want, const Failure& failure, const std::string& url) {
  Answer a;
  a.outcome = Outcome::failed;
  a.trouble = failure.trouble;
  a.unreachable = failure.unreachable;
  a.message = failure.message;
  a.where = without_secrets(url);
  a.id = want.id;
  return a;
}

Answer interpret(const Want& want, const Response& r, std::string body, bool token_sent) {
  Answer a = answered(want, r);
  a.id = want.id;
  const std::string said = r.status < 400 ? std::string() : error_message(r, body);
  const std::string_view code = header(r, "x-error-code");
  if (r.status == 200 || r.status == 206) {
    // A captive portal answers 200 as well, with a page of its own.
    const std::string_view type = header(r, "content-type");
    if (type.find("text/html") != std::string_view::npos && (want.topic != Topic::file || a.commit.empty())) {
      return refused(std::move(a), Outcome::failed, Trouble::parse,
                     "a web page came in place of the answer: is this the Hub?");
    }
    a.outcome = Outcome::got;
    a.body = std::move(body);
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
