// The Hub's API: which request answers a question, and what a response means.
#pragma once

#include <string>

#include "fetch/http.h"

namespace howopen::fetch {

Request hub_request(const Want& want, const std::string& endpoint);

/// Understands a final response (redirects followed). `token_sent` tells a wrong token from a missing one.
Answer hub_answer(const Want& want, const Response& response, std::string body, bool token_sent);

/// The Hub did not take the token: public data can still be had without it.
bool hub_refused_token(const Response& response, std::string_view body);

}  // namespace howopen::fetch
