// libcurl: one multi handle, HTTP/2 where the server speaks it, keep-alive, everything in parallel.
//
//   start(1, {"https://huggingface.co/api/models/a/b", {"Accept: application/json"}, 16 MiB})
//     ->  Finished 1: 307, redirect https://huggingface.co/api/models/a/c

#include "fetch/transport.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <deque>
#include <map>
#include <utility>

#include "text/utf8.h"

namespace howopen::fetch {
namespace {

constexpr std::size_t kMostHeaders = 128u << 10;
constexpr long kConnectMs = 10'000;
constexpr long kSlowestBytesPerSecond = 64;
constexpr long kLeastKept = 16;  // connections: a run talks to several hosts

struct Transfer {
  std::size_t id = 0;
  Exchange exchange;
  CURL* easy = nullptr;
  curl_slist* headers = nullptr;
  Finished finished;
  std::size_t header_bytes = 0;
  std::size_t* bytes = nullptr;  // of all transfers
  bool too_large = false;
  bool sent = false;
  bool unheard = false;
  bool head_complete = false;  // as much as was wanted of the head of a file
  char error[CURL_ERROR_SIZE] = "";
};

std::size_t on_body(char* data, std::size_t, std::size_t n, void* self) {
  auto& t = *static_cast<Transfer*>(self);
  std::string& body = t.finished.body;
  const std::size_t room = t.exchange.most - std::min(t.exchange.most, body.size());
  if (n > room) {
    // The head of a file ends where we say; anything else that goes on is more than was asked for.
    if (t.exchange.head_only) {
      body.append(data, room);
      *t.bytes += room;
    }
    (t.exchange.head_only ? t.head_complete : t.too_large) = true;
    return 0;
  }
  body.append(data, n);
  *t.bytes += n;
  return n;
}

// curl sends a request again by itself when a connection it had kept turns out to be gone. Each one counts at
// the service, so we do that ourselves.
int on_send(void* self, char*, char*, int, int) {
  auto& t = *static_cast<Transfer*>(self);
  t.unheard = std::exchange(t.sent, true);
  return t.unheard ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

// The server's own time, and how long it wants us to wait: in seconds, or as a date that only makes sense
// beside its own.
void read_times(Response& r) {
  const std::string after(header(r, "retry-after"));
  const auto date = header(r, "date");
  if (!date.empty() && !(after.empty() && header(r, "x-ratelimit-reset").empty()))
    r.date_s = curl_getdate(std::string(date).c_str(), nullptr);
  if (after.empty()) return;
  if (after.find_first_not_of("0123456789") == std::string::npos) {
    r.retry_after_s = after.size() < 8 ? std::stol(after) : -1;
  } else if (const std::int64_t at = curl_getdate(after.c_str(), nullptr); at >= 0 && r.date_s >= 0) {
    r.retry_after_s = std::max<std::int64_t>(0, at - r.date_s);
  }
}

std::size_t on_header(char* data, std::size_t, std::size_t n, void* self) {
  auto& t = *static_cast<Transfer*>(self);
  t.header_bytes += n;
  if (t.header_bytes > kMostHeaders) {
    t.too_large = true;
    return 0;
  }
  const std::string_view line(data, n);
  auto& headers = t.finished.response.headers;
  if (line.starts_with("HTTP/")) {
    headers.clear();  // those before were of a proxy, or of 100 Continue
    return n;
  }
  if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
    headers.insert_or_assign(text::lower(text::trim(line.substr(0, colon))),
                             std::string(text::trim(line.substr(colon + 1))));
  }
  return n;
}

bool is_public(const sockaddr* address) {
  if (address->sa_family == AF_INET) {
    const auto ip = ntohl(reinterpret_cast<const sockaddr_in*>(address)->sin_addr.s_addr);
    const auto in = [&](std::uint32_t net, int bits) { return (ip >> (32 - bits)) == (net >> (32 - bits)); };
    return !(in(0x00000000, 8) || in(0x0A000000, 8) || in(0x64400000, 10) || in(0x7F000000, 8) ||
             in(0xA9FE0000, 16) || in(0xAC100000, 12) || in(0xC0A80000, 16) || in(0xE0000000, 3));
  }
  if (address->sa_family != AF_INET6) return false;
  const auto& ip = reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr.s6_addr;
  return (ip[0] & 0xE0) == 0x20;  // 2000::/3, the addresses that are routed; no ::1, fc00::/7, fe80::/10
}

// Asked for a name's addresses once it was resolved, so that no name can lead inside.
curl_socket_t open_public(void*, curlsocktype, curl_sockaddr* address) {
  if (!is_public(&address->addr)) return CURL_SOCKET_BAD;
  return socket(address->family, address->socktype, address->protocol);
}

// What is the same for all transfers, once for each handle.
void set_up(CURL* easy, const TransportOptions& options) {
  const long timeout_ms = static_cast<long>(options.timeout.count());
  const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(easy, option, value); };
  set(CURLOPT_USERAGENT, "howopen/" HOWOPEN_VERSION);
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(CURLOPT_CONNECTTIMEOUT_MS, std::min(timeout_ms, kConnectMs));
  set(CURLOPT_LOW_SPEED_LIMIT, kSlowestBytesPerSecond);
  set(CURLOPT_LOW_SPEED_TIME, std::max(1L, timeout_ms / 1000));
  set(CURLOPT_TIMEOUT_MS, timeout_ms * 4);
  set(CURLOPT_WRITEFUNCTION, &on_body);
  set(CURLOPT_HEADERFUNCTION, &on_header);
  set(CURLOPT_PREREQFUNCTION, &on_send);
  if (options.public_only) set(CURLOPT_OPENSOCKETFUNCTION, &open_public);
  // A proxy may speak TLS as well.
  const Certificates& trusted = options.certificates;
  for (const CURLoption option : {CURLOPT_CAINFO, CURLOPT_PROXY_CAINFO})
    if (!trusted.file.empty()) set(option, trusted.file.c_str());
  for (const CURLoption option : {CURLOPT_CAPATH, CURLOPT_PROXY_CAPATH})
    if (!trusted.folder.empty()) set(option, trusted.folder.c_str());
}

// All that one transfer may have otherwise than the one before it on the same handle.
void prepare(Transfer& t, const TransportOptions& options) {
  for (const std::string& header : t.exchange.headers)
    t.headers = curl_slist_append(t.headers, header.c_str());
  const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(t.easy, option, value); };
  set(CURLOPT_URL, t.exchange.url.c_str());
  set(CURLOPT_HTTPHEADER, t.headers);
  // A part of a file cannot be asked for compressed.
  const bool part = t.exchange.head_only;
  set(CURLOPT_RANGE, part ? fmt::format("0-{}", t.exchange.most - 1).c_str() : nullptr);
  set(CURLOPT_ACCEPT_ENCODING, part ? nullptr : "");
  set(CURLOPT_WRITEDATA, &t);
  set(CURLOPT_HEADERDATA, &t);
  set(CURLOPT_PREREQDATA, &t);
  set(CURLOPT_ERRORBUFFER, t.error);
  const bool plain = t.exchange.url.starts_with("http:");
  // What may share a connection waits for the first to be known; without TLS none is shared, and waiting
  // would last until that one is answered.
  set(CURLOPT_PIPEWAIT, plain || !options.share ? 0L : 1L);
  if (!options.http_proxy.empty()) set(CURLOPT_PROXY, plain ? options.http_proxy.c_str() : nullptr);
}

// curl names whom it could not reach. Where that is not the host that was asked, it is a proxy.
//
//   "Failed to connect to 10.0.0.1 port 3128 after …", asked https://huggingface.co  ->  true
bool no_proxy_there(CURLcode code, std::string_view detail, const std::string& url) {
  if (code == CURLE_COULDNT_RESOLVE_PROXY) return true;
  constexpr std::string_view kHead = "Failed to connect to ";
  if (code != CURLE_COULDNT_CONNECT || !detail.starts_with(kHead)) return false;
  detail.remove_prefix(kHead.size());
  const auto asked = origin_of(url);
  if (!asked) return false;
  // An address of IPv6 has brackets in one of the two.
  const std::string_view host = asked->host;
  const bool brackets = host.starts_with("[") && host.ends_with("]");
  return !text::lower(detail).starts_with(
      fmt::format("{} port {} ", brackets ? host.substr(1, host.size() - 2) : host, asked->port));
}

// Takes out of curl's words how long it took: "Connection timed out after 30001 milliseconds: …".
std::string moment_of(std::string& detail) {
  constexpr std::string_view kHead = " after ";
  const std::size_t at = detail.find(kHead);
  const std::size_t number = at + kHead.size();
  if (at == std::string::npos || number >= detail.size() || detail[number] < '0' || detail[number] > '9')
    return {};
  const std::size_t end = std::min(detail.find_first_of(":;", number), detail.size());
  const std::string moment = detail.substr(at + 1, end - at - 1);
  detail.erase(at, end - at);
  return moment;
}

Failure failure_of(CURLcode code, const Transfer& t, const TransportOptions& options) {
  std::string detail = t.error[0] != '\0' ? t.error : curl_easy_strerror(code);
  // curl quotes a proxy's address as it stands in the environment, password and all.
  if (detail.find("proxy") != std::string::npos && detail.find('\'') != std::string::npos)
    detail = "the address of the proxy is malformed (HTTPS_PROXY, ALL_PROXY)";
  if (t.too_large) {
    return {Trouble::too_large, false,
            fmt::format("the answer is larger than the {} bytes that are read of its kind", t.exchange.most)};
  }
  if (no_proxy_there(code, detail, t.exchange.url)) detail = "the proxy cannot be reached: " + detail;
  if (t.unheard) return {Trouble::network, false, "the connection was gone", false, true};
  std::string moment;
  switch (code) {
    case CURLE_OUT_OF_MEMORY:  // also what curl says to a header line of more than 100 kB
      return {Trouble::too_large, false, "the head of the answer is larger than what is read"};
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
      moment = moment_of(detail);
      return {Trouble::network, true, detail, t.sent, false, moment};
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
      return {Trouble::tls, false, options.certificates.none ? no_certificates() : detail};
    default:
      moment = moment_of(detail);
      return {Trouble::network, false, detail, false, false, moment};
  }
}

}  // namespace

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

std::string libraries() {
  return curl_version();
}

bool has_login(const std::string& url) {
  const std::size_t scheme = url.find("://");
  const std::size_t from = scheme == std::string::npos ? 0 : scheme + 3;
  return url.substr(from, url.find_first_of("/?#", from) - from).find('@') != std::string::npos ||
         (scheme == std::string::npos && url.find('@') != std::string::npos);
}

struct Transport::Impl {
  TransportOptions options;
  CURLM* multi = curl_multi_init();
  std::map<CURL*, std::unique_ptr<Transfer>> active;
  std::vector<CURL*> idle;  // handles to use again
  std::deque<Finished> finished;
  std::size_t bytes = 0;

  ~Impl() {
    for (auto& [easy, t] : active) {
      curl_multi_remove_handle(multi, easy);
      curl_slist_free_all(t->headers);
      curl_easy_cleanup(easy);
    }
    for (CURL* easy : idle) curl_easy_cleanup(easy);
    if (multi != nullptr) curl_multi_cleanup(multi);
  }

  void end(Transfer& t, CURLcode code) {
    Finished& f = t.finished;
    f.id = t.id;
    curl_easy_getinfo(t.easy, CURLINFO_RESPONSE_CODE, &f.response.status);
    char* target = nullptr;
    if (curl_easy_getinfo(t.easy, CURLINFO_REDIRECT_URL, &target) == CURLE_OK && target != nullptr)
      f.redirect = target;
    f.response.url = without_secrets(t.exchange.url);
    read_times(f.response);
    if (code != CURLE_OK && !(code == CURLE_WRITE_ERROR && t.head_complete))
      f.failure = failure_of(code, t, options);
    finished.push_back(std::move(f));
    curl_multi_remove_handle(multi, t.easy);
    curl_slist_free_all(t.headers);
    // What curl remembers of a transfer that failed is nothing for the next: it counts connections that were
    // gone, and gives up at the sixth.
    if (code != CURLE_OK) {
      curl_easy_reset(t.easy);
      set_up(t.easy, options);
    }
    curl_easy_setopt(t.easy, CURLOPT_URL, nullptr);  // no headers ever go where the one before went
    idle.push_back(t.easy);
    active.erase(t.easy);
  }

  void collect() {
    int running = 0;
    curl_multi_perform(multi, &running);
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      const CURLcode code = message->data.result;  // the message is gone once the handle is removed
      const auto it = active.find(message->easy_handle);
      if (it != active.end()) end(*it->second, code);
    }
  }
};

Transport::Transport(TransportOptions options) {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  if (!ready) throw std::bad_alloc();  // nothing else makes it fail
  impl_ = std::make_unique<Impl>();
  impl_->options = std::move(options);
  curl_multi_setopt(impl_->multi, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
  const long connections = impl_->options.connections;
  curl_multi_setopt(impl_->multi, CURLMOPT_MAX_HOST_CONNECTIONS, connections);
  // Left to itself, curl keeps four for each transfer under way: when those ebb for a moment it closes what
  // is wanted again in the next.
  curl_multi_setopt(impl_->multi, CURLMOPT_MAXCONNECTS, std::max(2 * connections, kLeastKept));
  curl_multi_setopt(impl_->multi, CURLMOPT_MAX_CONCURRENT_STREAMS, 64L);
}
Transport::~Transport() = default;
Transport::Transport(Transport&&) noexcept = default;
Transport& Transport::operator=(Transport&&) noexcept = default;

void Transport::start(std::size_t id, Exchange exchange) {
  auto t = std::make_unique<Transfer>();
  t->id = id;
  t->bytes = &impl_->bytes;
  t->exchange = std::move(exchange);
  if (impl_->idle.empty()) {
    t->easy = curl_easy_init();
    set_up(t->easy, impl_->options);
  } else {
    t->easy = impl_->idle.back();
    impl_->idle.pop_back();
  }
  prepare(*t, impl_->options);
  curl_multi_add_handle(impl_->multi, t->easy);
  impl_->active.emplace(t->easy, std::move(t));
}

std::size_t Transport::running() const {
  return impl_->active.size();
}

std::size_t Transport::bytes() const {
  return impl_->bytes;
}

std::optional<Finished> Transport::wait(std::chrono::milliseconds at_most) {
  if (impl_->finished.empty()) impl_->collect();
  if (impl_->finished.empty() && at_most.count() > 0) {
    std::vector<curl_waitfd> watched;
    if (impl_->options.watch != nullptr) {
      for (const int fd : impl_->options.watch->files) watched.push_back({fd, CURL_WAIT_POLLIN, 0});
    }
    curl_multi_poll(impl_->multi, watched.data(), static_cast<unsigned>(watched.size()),
                    static_cast<int>(at_most.count()), nullptr);
    impl_->collect();
  }
  if (impl_->finished.empty()) return std::nullopt;
  Finished out = std::move(impl_->finished.front());
  impl_->finished.pop_front();
  impl_->bytes -= std::min(impl_->bytes, out.body.size());
  return out;
}

}  // namespace howopen::fetch
