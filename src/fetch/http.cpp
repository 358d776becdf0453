// What is the same for every service: origins, redirects, addresses.
//
//   judge_hop(hub, hub, https://cdn-lfs.hf.co)  ->  follow without the token
//   judge_hop(hub, hub, http://10.0.0.1)        ->  refuse

#include "fetch/http.h"

#include <fmt/format.h>

namespace howopen::fetch {
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

std::string_view header(const Response& r, std::string_view name) {
  const auto it = r.headers.find(name);
  return it == r.headers.end() ? std::string_view() : std::string_view(it->second);
}

std::string encode(std::string_view s, bool keep_slash) {
  std::string out;
  for (const char c : s) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == '~' || (keep_slash && c == '/');
    if (plain)
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
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

std::string masked(std::string_view typed) {
  const std::size_t at = typed.rfind('@');
  if (at == std::string_view::npos) return without_secrets(typed);
  const std::size_t scheme = typed.find("://");
  const std::string_view head = scheme < at ? typed.substr(0, scheme + 3) : std::string_view();
  return std::string(head) + without_secrets(typed.substr(at + 1));
}

std::string without_logins(std::string_view message) {
  std::string out;
  while (!message.empty()) {
    constexpr std::string_view kParts = " \t\n\"'()<>,";
    const std::size_t end = std::min(message.find_first_of(kParts), message.size());
    const std::string_view word = message.substr(0, end);
    out += word.find('@') == std::string_view::npos ? std::string(word) : masked(word);
    if (end < message.size()) out += message[end];
    message.remove_prefix(std::min(end + 1, message.size()));
  }
  return out;
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
  a.moment = failure.moment;
  a.message = without_logins(failure.message);
  a.where = without_secrets(url);
  a.id = want.id;
  return a;
}

Answer refused(Answer a, Outcome outcome, Trouble trouble, std::string message) {
  a.outcome = outcome;
  a.trouble = trouble;
  a.message = std::move(message);
  return a;
}

}  // namespace howopen::fetch
