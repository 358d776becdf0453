// GitHub's REST API: trees and files of the repositories that cards link to.
#pragma once

#include <string>

#include "fetch/http.h"

namespace howopen::fetch {

Request github_request(const Want& want, const std::string& endpoint);
Answer github_answer(const Want& want, const Response& response, std::string body);

}  // namespace howopen::fetch
