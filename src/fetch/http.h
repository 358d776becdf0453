// HTTP as values: requests, responses, redirects, without doing any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "howopen/snapshot.h"

namespace howopen::fetch {

/// Who is asked. Each has an endpoint, a token and quotas of its own.
enum class Service { hub, github };

/// Scheme, host and port: what a token is given to.
struct Origin {
  std::string scheme;
  std::string host;
  std::string port;
  bool operator==(const Origin&) const = default;
};

/// This machine: plain http is safe there, and only an endpoint there may lead to one there.
bool loopback(const Origin& origin);

struct Request {
  Service service = Service::hub;
  std::string url;
  std::string accept;      ///< value of the Accept header
  std::string bucket;      ///< of the service's quota that it counts against
  std::size_t most = 0;    ///< bytes of body that are read; more is an error …
  bool head_only = false;  ///< … or is left unread, for the head of a file
};

/// A response without its body: header names in lower case.
struct Response {
  long status = 0;
  std::map<std::string, std::string, std::less<>> headers;
  std::string url;  ///< that answered in the end, without query
  /// The server's time of day, Unix seconds, where it names another time (x-ratelimit-reset, retry-after); -1
  /// if it did not say.
  std::int64_t date_s = -1;
  std::int64_t retry_after_s = -1;  ///< seconds to wait before asking again; -1 if it did not say
};

/// Value of a header, "" if it is not there.
std::string_view header(const Response& response, std::string_view name);

/// What went wrong before there was a response.
struct Failure {
  Trouble trouble = Trouble::network;
  bool unreachable = false;
  std::string message;
  bool connected = false;   ///< the service took the connection, and then did not answer
  bool unheard = false;     ///< a connection kept from before was gone: to be asked again at once
  std::string moment = {};  ///< how long it took, or is to be waited
};
Answer failed(const Want& want, const Failure& failure, const std::string& url);

/// Where a redirect leads, and whether it may be followed.
enum class Hop {
  keep_token,  ///< same origin: a rename, or the Hub's own cache of small files
  drop_token,  ///< another host over https: the CDN, whose address is signed
  refuse,      ///< anything else
};
Hop judge_hop(const Origin& endpoint, const Origin& from, const Origin& to);

/// Percent-encodes everything but unreserved characters; a slash as well unless told to keep it.
std::string encode(std::string_view s, bool keep_slash);

/// Address without query and user information, fit for messages.
std::string without_secrets(std::string_view url);
/// What a user gave for an address, be it malformed: all before its last `@` is left out but the scheme.
std::string masked(std::string_view typed);
/// A message of somebody else's, with masked() in place of each word that holds an `@`.
std::string without_logins(std::string_view message);

/// An answer with the status, error kind and words given.
Answer refused(Answer a, Outcome outcome, Trouble trouble, std::string message);

}  // namespace howopen::fetch
