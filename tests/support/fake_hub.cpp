// See fake_hub.h. What it does is written down with its sources in the notes on the Hub's API: a missing
// repository answers 401 to a stranger and has no error code, a rename answers 307 with a relative address
// and keeps the query, small files come through /api/resolve-cache, large ones from another host.

#include "support/fake_hub.h"

#include "text/digest.h"
#include "text/json.h"

namespace howopen::test {
namespace {

std::string bucket_of(const std::string& path) {
  return path.starts_with("/api/") && !path.starts_with("/api/resolve-cache/") ? "api" : "resolvers";
}

void add_limits(HttpResponse& response, const std::string& bucket, const FakeQuota& quota) {
  response.headers.emplace_back("RateLimit", "\"" + bucket + "\";r=" + std::to_string(quota.remaining) +
                                                 ";t=" + std::to_string(quota.reset_s));
  response.headers.emplace_back(
      "RateLimit-Policy", "\"fixed window\";\"" + bucket + "\";q=" + std::to_string(quota.quota) + ";w=300");
}

// The part of a body that was asked for, as servers of files answer.
void cut_to_range(HttpResponse& response, const HttpRequest& request) {
  const auto range = request.headers.find("range");
  if (range == request.headers.end() || !range->second.starts_with("bytes=")) return;
  const std::size_t dash = range->second.find('-');
  const std::size_t from = std::stoul(range->second.substr(6, dash - 6));
  const std::size_t to = std::stoul(range->second.substr(dash + 1));
  const std::size_t size = response.body.size();
  if (from >= size) {
    response.status = 416;
    response.body.clear();
    return;
  }
  response.status = 206;
  response.body = response.body.substr(from, to - from + 1);
  response.headers.emplace_back("Content-Range", "bytes " + std::to_string(from) + "-" +
                                                     std::to_string(from + response.body.size() - 1) + "/" +
                                                     std::to_string(size));
}

// An answer with its etag, or 304 for somebody who has it.
HttpResponse conditional(HttpResponse response, const HttpRequest& request) {
  const std::string etag = "W/\"" + text::git_blob(response.body).substr(0, 20) + "\"";
  response.headers.emplace_back("ETag", etag);
  const auto known = request.headers.find("if-none-match");
  if (response.status == 200 && known != request.headers.end() && known->second == etag) {
    response.status = 304;
    response.body.clear();
  }
  return response;
}

std::string made_record(const std::string& id, const FakeRepository& r) {
  std::string out = "{\"_id\":\"000000000000000000000000\",\"id\":\"" + id +
                    "\",\"private\":" + (r.is_private ? "true" : "false") + ",\"sha\":\"" + r.sha +
                    "\",\"gated\":";
  out += r.gated.empty() ? "false" : "\"" + r.gated + "\"";
  out += std::string(",\"disabled\":") + (r.disabled ? "true" : "false") + ",\"tags\":[],\"usedStorage\":1," +
         r.extra + "\"siblings\":[";
  bool first = true;
  for (const auto& [path, body] : r.files) {
    out += std::string(first ? "" : ",") + "{\"rfilename\":" + text::write_json(text::Json(path), false) +
           ",\"size\":" + std::to_string(body.size()) + ",\"blobId\":\"" + text::git_blob(body) + "\"" +
           (r.lfs.contains(path) ? ",\"lfs\":{\"sha256\":\"" + text::sha256(body) +
                                       "\",\"size\":" + std::to_string(body.size()) + ",\"pointerSize\":134}"
                                 : "") +
           "}";
    first = false;
  }
  return out + "]}";
}

}  // namespace

HttpResponse json_response(std::string body, int status) {
  HttpResponse r;
  r.status = status;
  r.headers = {{"Content-Type", "application/json; charset=utf-8"}};
  r.body = std::move(body);
  return r;
}

HttpResponse error_response(int status, const std::string& message, const std::string& code) {
  HttpResponse r = json_response("{\"error\":\"" + message + "\"}", status);
  r.headers.emplace_back("X-Error-Message", message);
  if (!code.empty()) r.headers.emplace_back("X-Error-Code", code);
  return r;
}

FakeHub::FakeHub()
    : cdn_([this](const HttpRequest& request) {
        // /<repository id>/-/<path>
        const auto mark = request.path.find("/-/");
        HttpResponse r;
        if (mark != std::string::npos)
          r.body = repositories_[request.path.substr(1, mark - 1)].files[request.path.substr(mark + 3)];
        cut_to_range(r, request);
        return r;
      }),
      github_server_([this](const HttpRequest& request) { return github_answer(request); }),
      hub_([this](const HttpRequest& request) {
        if (intercept) {
          if (auto response = intercept(request)) return *response;
        }
        const std::string bucket = bucket_of(request.path);
        HttpResponse response = spent(bucket) ? error_response(429, "Too many requests") : answer(request);
        const std::lock_guard lock(quota_mutex_);
        const auto quota = quotas.find(bucket);
        add_limits(response, bucket, quota == quotas.end() ? FakeQuota{} : quota->second);
        return response;
      }) {}

bool FakeHub::spent(const std::string& bucket) {
  const std::lock_guard lock(quota_mutex_);
  const auto quota = quotas.find(bucket);
  if (quota == quotas.end()) return false;
  if (quota->second.remaining == 0) quota->second.remaining = std::exchange(quota->second.renewed, 0);
  if (quota->second.remaining == 0) {
    ++quota->second.refused;
    return true;
  }
  --quota->second.remaining;
  return false;
}

std::map<std::string, std::string> FakeHub::environment(
    const std::map<std::string, std::string>& more) const {
  std::map<std::string, std::string> out = {{"HF_ENDPOINT", url()}, {"GITHUB_API_URL", github_server_.url()}};
  for (const auto& [name, value] : more) out[name] = value;
  return out;
}

HttpResponse FakeHub::github_answer(const HttpRequest& request) {
  const auto token = request.headers.find("authorization");
  HttpResponse out;
  if (token != request.headers.end() && token->second != "Bearer " + github_token) {
    out = json_response(R"({"message":"Bad credentials"})", 401);
  } else if (request.path == "/rate_limit") {
    out = json_response("{}");
  } else if (spent("github")) {
    out = json_response(R"({"message":"API rate limit exceeded"})", 403);
  } else {
    out = json_response(R"({"message":"Not Found"})", 404);
    for (const auto& [id, repository] : github) {
      const std::string head = "/repos/" + id;
      if (request.path == head + "/git/trees/HEAD") {
        text::Json tree;
        tree.set("sha", text::Json(repository.commit));
        text::Json& list = tree.set("tree", text::Json::array());
        for (const auto& [path, body] : repository.files) {
          text::Json one;
          one.set("path", text::Json(path));
          one.set("type", text::Json("blob"));
          one.set("sha", text::Json(text::git_blob(body)));
          one.set("size", text::Json(static_cast<std::int64_t>(body.size())));
          list.push(std::move(one));
        }
        tree.set("truncated", text::Json(repository.truncated));
        out = conditional(json_response(text::write_json(tree, false)), request);
      }
      for (const auto& [path, body] : repository.files) {
        if (request.path != head + "/git/blobs/" + text::git_blob(body)) continue;
        out = HttpResponse{200, {{"Content-Type", "application/vnd.github.raw"}}, body, {}};
      }
    }
  }
  // The end of the window is a time of day: it is told beside the server's own.
  const auto quota = quotas.find("github");
  const int remaining = quota == quotas.end() ? 59 : quota->second.remaining;
  const int reset = quota == quotas.end() ? 3000 : quota->second.reset_s;
  out.headers.emplace_back("Date", "Tue, 01 Jan 2030 00:00:00 GMT");
  out.headers.emplace_back("X-RateLimit-Limit", "60");
  out.headers.emplace_back("X-RateLimit-Remaining", std::to_string(remaining));
  out.headers.emplace_back("X-RateLimit-Reset", std::to_string(1893456000 + reset));
  return out;
}

namespace {

// What the repository was at a commit; null for one that it never had.
const FakeRepository* at_commit(const FakeRepository& r, const std::string& revision) {
  if (revision.empty() || revision == "main" || revision == r.sha) return &r;
  for (const FakeRepository& old : r.older) {
    if (old.sha == revision) return &old;
  }
  return nullptr;
}

}  // namespace

std::size_t FakeHub::answered() const {
  std::size_t n = 0;
  for (const HttpRequest& r : log()) {
    const bool cached = r.path.starts_with("/api/resolve-cache/");
    const bool renamed = r.path.starts_with("/api/models/") && repositories_.contains(r.path.substr(12)) &&
                         !repositories_.at(r.path.substr(12)).renamed_to.empty();
    if (!cached && !renamed) ++n;
  }
  return n;
}

bool FakeHub::may_read(const FakeRepository& r, const HttpRequest& request) const {
  if (r.gated.empty() && !r.is_private) return true;
  const auto token = request.headers.find("authorization");
  return token != request.headers.end() && token->second == "Bearer " + valid_token;
}

HttpResponse FakeHub::record_of(const std::string& id, const HttpRequest& request) {
  const auto found = repositories_.find(id);
  const auto token = request.headers.find("authorization");
  if (token != request.headers.end() && token->second != "Bearer " + valid_token)
    return error_response(401, "Invalid credentials in Authorization header");
  if (found == repositories_.end() || (found->second.is_private && token == request.headers.end())) {
    return token == request.headers.end() ? error_response(401, "Invalid username or password.")
                                          : error_response(404, "Repository not found", "RepoNotFound");
  }
  const FakeRepository& r = found->second;
  if (!r.renamed_to.empty()) {
    HttpResponse hop;
    hop.status = 307;
    hop.headers = {
        {"Location", "/api/models/" + r.renamed_to + (request.query.empty() ? "" : "?" + request.query)},
        {"Content-Type", "text/plain; charset=utf-8"}};
    hop.body = "Temporary Redirect. Redirecting to /api/models/" + r.renamed_to;
    return hop;
  }
  if (request.query.find("expand") != std::string::npos) {
    const auto record = text::parse_json(r.record.empty() ? made_record(id, r) : r.record);
    text::Json out;
    out.set("_id", text::Json("000000000000000000000000"));
    out.set("id", text::Json(id));
    if (record && record->has("inferenceProviderMapping"))
      out.set("inferenceProviderMapping", (*record)["inferenceProviderMapping"]);
    return json_response(text::write_json(out, false));
  }
  return conditional(json_response(r.record.empty() ? made_record(id, r) : r.record), request);
}

HttpResponse FakeHub::commits_of(const FakeRepository& r, const HttpRequest& request) const {
  if (!may_read(r, request)) return error_response(401, "Access is restricted.", "GatedRepo");
  std::string body;
  const auto put = [&](const std::string& sha, std::size_t n) {
    body += (body.empty() ? "" : ",") + (R"({"id":")" + sha) + R"(","title":"step )" + std::to_string(n) +
            R"(","message":"","authors":[],"date":"2025-01-01T00:00:00.000Z"})";
  };
  put(r.sha, r.older.size());
  for (std::size_t i = 0; i < r.older.size(); ++i) put(r.older[i].sha, r.older.size() - 1 - i);
  return json_response("[" + body + "]");
}

// A page of models, sorted by id; `cursor` is the number of the first. The next one is named by an address of
// huggingface.co, as it is behind mirrors.
HttpResponse FakeHub::page_of(const HttpRequest& request) {
  const auto value = [&](const std::string& key) {
    const auto at = ("&" + request.query).find("&" + key + "=");
    if (at == std::string::npos) return std::string();
    const std::string rest = request.query.substr(at + key.size() + 1);
    return rest.substr(0, rest.find('&'));
  };
  const std::string author = value("author");
  const std::size_t from = value("cursor").empty() ? 0 : std::stoul(value("cursor"));
  std::string body = "[";
  std::size_t n = 0;
  bool more = false;
  for (const auto& [id, repository] : repositories_) {
    if (!author.empty() && !id.starts_with(author + "/")) continue;
    if (!value("filter").empty() && repository.extra.find(value("filter")) == std::string::npos) continue;
    if (n++ < from) continue;
    more = n > from + page_size;
    if (more) break;
    body += (body.size() > 1 ? "," : "") +
            (repository.record.empty() ? made_record(id, repository) : repository.record);
  }
  HttpResponse out = json_response(body + "]");
  if (more) {
    std::string query = request.query;
    if (const auto at = query.find("&cursor="); at != std::string::npos) query.resize(at);
    out.headers.emplace_back("Link", "<https://huggingface.co/api/models?" + query +
                                         "&cursor=" + std::to_string(from + page_size) + ">; rel=\"next\"");
  }
  return out;
}

HttpResponse FakeHub::listing_of(const std::string& id) {
  const FakeRepository& r = repositories_.at(id);
  text::Json out = text::Json::array();
  for (const auto& [path, body] : r.files) {
    text::Json one;
    one.set("type", text::Json("file"));
    one.set("oid", text::Json(text::git_blob(body)));
    one.set("size", text::Json(static_cast<std::int64_t>(body.size())));
    one.set("path", text::Json(path));
    out.push(std::move(one));
  }
  return json_response(text::write_json(out, false));
}

HttpResponse FakeHub::file_of(const std::string& id, const std::string& revision, const std::string& path,
                              const HttpRequest& request, bool cached) {
  const auto found = repositories_.find(id);
  if (found == repositories_.end()) return error_response(401, "Invalid username or password.");
  const FakeRepository& r = found->second;
  if (r.disabled) return error_response(403, "Access to this resource is disabled.");
  if (!may_read(r, request)) {
    const bool token = request.headers.contains("authorization");
    return error_response(
        token ? 403 : 401,
        "Access to model " + id +
            " is restricted. You must have access to it and be authenticated to access it. Please log in.",
        "GatedRepo");
  }
  const FakeRepository* then = at_commit(r, revision);
  if (then == nullptr) return error_response(404, "Invalid rev id: " + revision, "RevisionNotFound");
  if (then != &r) {
    const auto old = then->files.find(path);
    HttpResponse out = old == then->files.end() ? error_response(404, "Entry not found", "EntryNotFound")
                                                : HttpResponse{200, {}, old->second, {}};
    out.headers.emplace_back("X-Repo-Commit", then->sha);
    return out;
  }
  const auto file = r.files.find(path);
  if (file == r.files.end()) {
    HttpResponse none = error_response(404, "Entry not found", "EntryNotFound");
    none.headers.emplace_back("X-Repo-Commit", r.sha);
    return none;
  }
  HttpResponse out;
  out.headers = {{"X-Repo-Commit", r.sha}};
  if (r.lfs.contains(path)) {
    out.status = 302;
    out.headers.emplace_back("X-Linked-Size", std::to_string(file->second.size()));
    out.headers.emplace_back("Location",
                             cdn_.url() + "/" + id + "/-/" + path + "?Expires=1&Signature=secret");
  } else if (!cached) {
    out.status = 307;
    out.headers.emplace_back("Location", "/api/resolve-cache/models/" + id + "/" + r.sha + "/" + path);
  } else {
    out.headers.emplace_back("Content-Type", "text/plain; charset=utf-8");
    out.headers.emplace_back("ETag", "\"" + text::git_blob(file->second) + "\"");
    out.body = file->second;
    cut_to_range(out, request);
  }
  return out;
}

HttpResponse FakeHub::answer(const HttpRequest& request) {
  // Ids have one or two parts; what follows decides which.
  const auto split = [](const std::string& rest, const std::string& marker, std::string& id,
                        std::string& after) {
    const auto at = rest.find(marker);
    if (at == std::string::npos) return false;
    id = rest.substr(0, at);
    after = rest.substr(at + marker.size());
    return true;
  };
  std::string id;
  std::string rest;
  if (request.path.starts_with("/api/resolve-cache/models/")) {
    const std::string tail = request.path.substr(26);
    for (const auto& [name, repository] : repositories_) {
      const std::string head = name + "/" + repository.sha + "/";
      if (tail.starts_with(head))
        return file_of(name, repository.sha, tail.substr(head.size()), request, true);
    }
    return error_response(404, "Entry not found", "EntryNotFound");
  }
  if (request.path.starts_with("/api/datasets/")) {
    const auto dataset = datasets.find(request.path.substr(14));
    return dataset == datasets.end() ? error_response(401, "Invalid username or password.")
                                     : conditional(json_response(dataset->second), request);
  }
  if (request.path.starts_with("/api/collections/")) {
    const auto collection = collections.find(request.path.substr(17));
    return collection == collections.end() ? error_response(404, "Collection not found")
                                           : json_response(collection->second);
  }
  if (request.path == "/api/models") return page_of(request);
  if (request.path.starts_with("/api/models/")) {
    const std::string tail = request.path.substr(12);
    if (split(tail, "/tree/", id, rest) && repositories_.contains(id)) return listing_of(id);
    if (tail.ends_with("/refs") && repositories_.contains(tail.substr(0, tail.size() - 5))) {
      std::string names = R"({"name":"main"})";
      for (const std::string& name : repositories_[tail.substr(0, tail.size() - 5)].branches)
        names += R"(,{"name":")" + name + "\"}";
      return json_response(R"({"branches":[)" + names + R"(],"tags":[],"converts":[]})");
    }
    if (split(tail, "/commits/", id, rest) && repositories_.contains(id))
      return commits_of(repositories_.at(id), request);
    if (!split(tail, "/revision/", id, rest)) id = tail;
    const auto found = repositories_.find(id);
    if (!rest.empty() && found != repositories_.end()) {
      const FakeRepository* then = at_commit(found->second, rest);
      if (then == nullptr) return error_response(404, "Invalid rev id: " + rest, "RevisionNotFound");
      if (then != &found->second) return json_response(made_record(id, *then));
    }
    return record_of(id, request);
  }
  if (split(request.path.substr(1), "/resolve/", id, rest)) {
    const auto slash = rest.find('/');
    return file_of(id, rest.substr(0, slash), rest.substr(slash + 1), request, false);
  }
  return error_response(404, "Sorry, we can't find the page you are looking for.");
}

}  // namespace howopen::test
