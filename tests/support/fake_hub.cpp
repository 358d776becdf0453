// See fake_hub.h. What it does is written down with its sources in the notes on the Hub's API: a missing
// repository answers 401 to a stranger and has no error code, a rename answers 307 with a relative address
// and keeps the query, small files come through /api/resolve-cache, large ones from another host.

#include "support/fake_hub.h"

#include "text/digest.h"
#include "text/json.h"

namespace howopen::test {
namespace {

void add_limits(HttpResponse& response, const std::string& path) {
  const std::string bucket = path.starts_with("/api/") ? "api" : "resolvers";
  response.headers.emplace_back("RateLimit", "\"" + bucket + "\";r=499;t=295");
  response.headers.emplace_back("RateLimit-Policy", "\"fixed window\";\"" + bucket + "\";q=500;w=300");
}

std::string made_record(const std::string& id, const FakeRepository& r) {
  std::string out = "{\"_id\":\"000000000000000000000000\",\"id\":\"" + id +
                    "\",\"private\":false,\"sha\":\"" + r.sha + "\",\"gated\":";
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
        return r;
      }),
      hub_([this](const HttpRequest& request) {
        if (intercept) {
          if (auto response = intercept(request)) return *response;
        }
        HttpResponse response = answer(request);
        add_limits(response, request.path);
        return response;
      }) {}

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
  return json_response(r.record.empty() ? made_record(id, r) : r.record);
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
  if (revision != r.sha && revision != "main")
    return error_response(404, "Invalid rev id: " + revision, "RevisionNotFound");
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
  if (request.path.starts_with("/api/models/")) {
    const std::string tail = request.path.substr(12);
    if (split(tail, "/tree/", id, rest) && repositories_.contains(id)) return listing_of(id);
    if (!split(tail, "/revision/", id, rest)) id = tail;
    const auto found = repositories_.find(id);
    if (!rest.empty() && found != repositories_.end() && rest != "main" && rest != found->second.sha)
      return error_response(404, "Invalid rev id: " + rest, "RevisionNotFound");
    return record_of(id, request);
  }
  if (split(request.path.substr(1), "/resolve/", id, rest)) {
    const auto slash = rest.find('/');
    return file_of(id, rest.substr(0, slash), rest.substr(slash + 1), request, false);
  }
  return error_response(404, "Sorry, we can't find the page you are looking for.");
}

}  // namespace howopen::test
