// HTTP/2 where the server speaks it, keep-alive, parallel. Redirects are followed by hand, because each one
// has to be judged: the token stays on the endpoint's origin, and no answer leads into a private network.
//
//   ask(1, {file, a/b, <sha>, LICENSE})  ->  GET …/a/b/resolve/<sha>/LICENSE, 307 to …/api/resolve-cache/…,
//   200

#include "fetch/curl_source.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>

#include "fetch/hub.h"
#include "text/utf8.h"

namespace howopen::fetch {
namespace {

constexpr int kMostHops = 5;
constexpr std::size_t kMostHeaders = 128u << 10;
constexpr long kConnectMs = 10'000;

std::optional<Origin> origin_of(const std::string& url) {
  const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parts(curl_url(), curl_url_cleanup);
  if (!parts || curl_url_set(parts.get(), CURLUPART_URL, url.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK)
    return std::nullopt;
  const auto get = [&](CURLUPart part, unsigned flags) {
    char* value = nullptr;
    std::string out;
    if (curl_url_get(parts.get(), part, &value, flags) == CURLUE_OK && value != nullptr) out = value;
    curl_free(value);
    return out;
  };
  Origin origin{text::lower(get(CURLUPART_SCHEME, 0)), text::lower(get(CURLUPART_HOST, 0)),
                get(CURLUPART_PORT, CURLU_DEFAULT_PORT)};
  if (origin.host.empty()) return std::nullopt;
  return origin;
}

struct Transfer {
  CURL* easy = nullptr;
  curl_slist* headers = nullptr;
  std::size_t ticket = 0;
  Want want;
  Request request;
  std::string url;
  Origin origin;
  Response response;
  std::string commit;  // named by an earlier hop
  std::string body;
  std::size_t header_bytes = 0;
  int hops = 0;
  bool token = false;  // sent on this hop
  bool too_large = false;
  char error[CURL_ERROR_SIZE] = "";
};

std::size_t on_body(char* data, std::size_t, std::size_t n, void* self) {
  auto& t = *static_cast<Transfer*>(self);
  if (t.body.size() + n > t.request.most) {
    t.too_large = true;
    return 0;
  }
  t.body.append(data, n);
  return n;
}

std::size_t on_header(char* data, std::size_t, std::size_t n, void* self) {
  auto& t = *static_cast<Transfer*>(self);
  t.header_bytes += n;
  if (t.header_bytes > kMostHeaders) {
    t.too_large = true;
    return 0;
  }
  const std::string_view line(data, n);
  if (line.starts_with("HTTP/")) {
    t.response.headers.clear();  // of a proxy, or of 100 Continue
    return n;
  }
  const std::size_t colon = line.find(':');
  if (colon != std::string_view::npos) {
    t.response.headers.insert_or_assign(text::lower(text::trim(line.substr(0, colon))),
                                        std::string(text::trim(line.substr(colon + 1))));
  }
  return n;
}

Failure failure_of(CURLcode code, const Transfer& t, std::size_t most) {
  const std::string_view detail =
      t.error[0] != '\0' ? std::string_view(t.error) : std::string_view(curl_easy_strerror(code));
  if (t.too_large) {
    return {Trouble::too_large, false,
            fmt::format("the answer is larger than the {} bytes that are read of its kind", most)};
  }
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
      return {Trouble::network, true, std::string(detail)};
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
      return {Trouble::tls, false, std::string(detail)};
    default:
      return {Trouble::network, false, std::string(detail)};
  }
}

}  // namespace

struct CurlSource::Impl {
  CurlOptions options;
  Origin endpoint;
  CURLM* multi = nullptr;
  std::deque<std::pair<std::size_t, Want>> waiting;
  std::map<CURL*, std::unique_ptr<Transfer>> active;
  std::deque<Reply> ready;
  std::vector<CURL*> idle;  // handles to use again

  ~Impl() {
    for (auto& [easy, t] : active) {
      curl_multi_remove_handle(multi, easy);
      curl_slist_free_all(t->headers);
      curl_easy_cleanup(easy);
    }
    for (CURL* easy : idle) curl_easy_cleanup(easy);
    if (multi != nullptr) curl_multi_cleanup(multi);
  }

  // Sets a handle up for the transfer's current address.
  void prepare(Transfer& t) {
    curl_easy_reset(t.easy);
    curl_slist_free_all(t.headers);
    t.headers = curl_slist_append(nullptr, ("Accept: " + t.request.accept).c_str());
    t.token = !options.token.empty() && t.origin == endpoint;
    if (t.token) t.headers = curl_slist_append(t.headers, ("Authorization: Bearer " + options.token).c_str());
    t.body.clear();
    t.header_bytes = 0;
    t.response = {};
    const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(t.easy, option, value); };
    set(CURLOPT_URL, t.url.c_str());
    set(CURLOPT_HTTPHEADER, t.headers);
    set(CURLOPT_USERAGENT, "howopen/" HOWOPEN_VERSION);
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    set(CURLOPT_PIPEWAIT, 1L);
    set(CURLOPT_ACCEPT_ENCODING, "");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(CURLOPT_CONNECTTIMEOUT_MS, std::min(options.timeout_ms, kConnectMs));
    set(CURLOPT_LOW_SPEED_LIMIT, 64L);
    set(CURLOPT_LOW_SPEED_TIME, std::max(1L, options.timeout_ms / 1000));
    set(CURLOPT_TIMEOUT_MS, options.timeout_ms * 4);
    set(CURLOPT_WRITEFUNCTION, &on_body);
    set(CURLOPT_WRITEDATA, &t);
    set(CURLOPT_HEADERFUNCTION, &on_header);
    set(CURLOPT_HEADERDATA, &t);
    set(CURLOPT_ERRORBUFFER, t.error);
    if (!options.ca_file.empty()) set(CURLOPT_CAINFO, options.ca_file.c_str());
    if (!options.ca_folder.empty()) set(CURLOPT_CAPATH, options.ca_folder.c_str());
    if (!options.http_proxy.empty() && t.origin.scheme == "http")
      set(CURLOPT_PROXY, options.http_proxy.c_str());
  }

  void start() {
    while (!waiting.empty() && static_cast<int>(active.size()) < options.in_flight) {
      auto t = std::make_unique<Transfer>();
      t->ticket = waiting.front().first;
      t->want = std::move(waiting.front().second);
      waiting.pop_front();
      t->request = request_for(t->want, options.endpoint);
      t->url = t->request.url;
      t->origin = endpoint;
      if (idle.empty()) {
        t->easy = curl_easy_init();
      } else {
        t->easy = idle.back();
        idle.pop_back();
      }
      prepare(*t);
      curl_multi_add_handle(multi, t->easy);
      active.emplace(t->easy, std::move(t));
    }
  }

  // Follows a redirect; false when the transfer is over instead.
  bool follow(Transfer& t) {
    const long status = t.response.status;
    if (status != 301 && status != 302 && status != 303 && status != 307 && status != 308) return false;
    char* target = nullptr;
    curl_easy_getinfo(t.easy, CURLINFO_REDIRECT_URL, &target);
    const std::string url = target != nullptr ? target : "";
    const auto to = origin_of(url);
    std::string refusal;
    if (!to)
      refusal = "a redirect that leads nowhere";
    else if (++t.hops > kMostHops)
      refusal = fmt::format("more than {} redirects", kMostHops);
    else if (judge_hop(endpoint, t.origin, *to) == Hop::refuse)
      refusal = fmt::format("a redirect to {}://{}, which is not followed", to->scheme, to->host);
    if (!refusal.empty()) {
      finish(t, failed(t.want, {Trouble::network, false, refusal}, t.url));
      return true;
    }
    if (const auto it = t.response.headers.find("x-repo-commit"); it != t.response.headers.end())
      t.commit = it->second;
    t.url = url;
    t.origin = *to;
    curl_multi_remove_handle(multi, t.easy);
    prepare(t);
    curl_multi_add_handle(multi, t.easy);
    return true;
  }

  void finish(Transfer& t, Answer answer) {
    ready.push_back({t.ticket, t.want, std::move(answer)});
    curl_multi_remove_handle(multi, t.easy);
    curl_slist_free_all(t.headers);
    idle.push_back(t.easy);
    active.erase(t.easy);
  }

  void done(Transfer& t, CURLcode code) {
    curl_easy_getinfo(t.easy, CURLINFO_RESPONSE_CODE, &t.response.status);
    if (code != CURLE_OK) {
      finish(t, failed(t.want, failure_of(code, t, t.request.most), t.url));
      return;
    }
    if (follow(t)) return;
    t.response.url = without_secrets(t.url);
    if (!t.commit.empty()) t.response.headers.try_emplace("x-repo-commit", t.commit);
    finish(t, interpret(t.want, t.response, std::move(t.body), t.token));
  }
};

CurlSource::CurlSource(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
CurlSource::~CurlSource() = default;

Result<std::unique_ptr<CurlSource>> CurlSource::open(CurlOptions options) {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  if (!ready) return fail(Fault::internal, "libcurl cannot be used");
  const auto endpoint = origin_of(options.endpoint);
  if (!endpoint || (endpoint->scheme != "https" && endpoint->scheme != "http")) {
    return fail(Fault::usage, "not an http or https address", without_secrets(options.endpoint),
                "set HF_ENDPOINT or --endpoint to something like https://huggingface.co");
  }
  if (endpoint->scheme == "http" && !loopback(*endpoint)) options.token.clear();  // never in the clear
  auto impl = std::make_unique<Impl>();
  impl->options = std::move(options);
  impl->endpoint = *endpoint;
  impl->multi = curl_multi_init();
  curl_multi_setopt(impl->multi, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
  curl_multi_setopt(impl->multi, CURLMOPT_MAX_HOST_CONNECTIONS,
                    static_cast<long>(std::min(impl->options.in_flight, 32)));
  curl_multi_setopt(impl->multi, CURLMOPT_MAX_CONCURRENT_STREAMS, 64L);
  return std::unique_ptr<CurlSource>(new CurlSource(std::move(impl)));
}

void CurlSource::ask(std::size_t ticket, Want want) {
  impl_->waiting.emplace_back(ticket, std::move(want));
}

std::optional<Reply> CurlSource::next() {
  while (impl_->ready.empty()) {
    impl_->start();
    if (impl_->active.empty()) return std::nullopt;
    int running = 0;
    curl_multi_perform(impl_->multi, &running);
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(impl_->multi, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      const CURLcode code = message->data.result;
      const auto it = impl_->active.find(message->easy_handle);
      if (it != impl_->active.end()) impl_->done(*it->second, code);
    }
    if (impl_->ready.empty() && running > 0) curl_multi_poll(impl_->multi, nullptr, 0, 1000, nullptr);
  }
  Reply reply = std::move(impl_->ready.front());
  impl_->ready.pop_front();
  return reply;
}

}  // namespace howopen::fetch
