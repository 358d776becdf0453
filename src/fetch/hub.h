// The Hub's HTTP, without doing any: which request answers a question, and what a response means.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "howopen/snapshot.h"

namespace howopen::fetch {

/// Scheme, host and port: what a token is given to.
struct Origin {
  std::string scheme;
  std::string host;
  std::string port;
  bool operator==(const Origin&) const = default;
};

/// This machine: plain http is safe there, and only an endpoint there may lead to one there.
bool loopback(const Origin& origin);

/// One request to the endpoint.
struct Request {
  std::string url;
  std::string accept;    ///< value of the Accept header
  std::size_t most = 0;  ///< bytes of body that are read; more is an error
};

Request request_for(const Want& want, const std::string& endpoint);

/// A response without its body: header names in lower case.
struct Response {
  long status = 0;
  std::map<std::string, std::string> headers;
  std::string url;  ///< that answered in the end, without query
};

/// What went wrong before there was a response.
struct Failure {
  Trouble trouble = Trouble::network;
  bool unreachable = false;
  std::string message;
};

/// Where a redirect leads, and whether it may be followed.
enum class Hop {
  keep_token,  ///< same origin: a rename, or the Hub's own cache of small files
  drop_token,  ///< another host over https: the CDN, whose address is signed
  refuse,      ///< anything else
};
Hop judge_hop(const Origin& endpoint, const Origin& from, const Origin& to);

/// Understands a final response (redirects followed). `token_sent` tells a wrong token from a missing one.
Answer interpret(const Want& want, const Response& response, std::string body, bool token_sent);
Answer failed(const Want& want, const Failure& failure, const std::string& url);

/// Percent-encodes everything but unreserved characters; a slash as well unless told to keep it.
std::string encode(std::string_view s, bool keep_slash);

/// Address without query and user information, fit for messages.
std::string without_secrets(std::string_view url);

}  // namespace howopen::fetch
