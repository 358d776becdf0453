// [hub] of a policy: where models are looked up, and how long is waited.
//
//   endpoint = "huggingface.co"  ->  error: hub.endpoint is "huggingface.co", not an http or https address;
//   howopen.toml:9; endpoint = "https://huggingface.co"

#include <fmt/format.h>

#include "gate/table.h"
#include "text/ascii.h"
#include "text/units.h"
#include "text/utf8.h"

namespace howopen::gate {
namespace {

constexpr const char* kHub = "endpoint = \"https://huggingface.co\"";

// `hub.example.org:8080`, by its letters.
bool host(std::string_view s) {
  for (const char c : s) {
    if (!text::is_alnum(c) && !text::is_beyond(c) &&
        std::string_view(".-_:[]").find(c) == std::string_view::npos)
      return false;
  }
  return !s.empty();
}

void check_endpoint(Table& t, const std::string& url) {
  const std::size_t scheme = url.find("://");
  const std::string_view rest = std::string_view(url).substr(scheme == std::string::npos ? 0 : scheme + 3);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  // A password is not said again.
  if (authority.find('@') != std::string_view::npos)
    return t.wrong("endpoint", "is an address with a user's name or password",
                   "leave it out; a token is read from --token-file or HF_TOKEN");
  const std::string before = scheme == std::string::npos ? std::string() : text::lower(url.substr(0, scheme));
  if ((before == "https" || before == "http") && host(authority)) return;
  const bool bare =
      scheme == std::string::npos && host(authority) && authority.find('.') != std::string_view::npos;
  t.wrong("endpoint", fmt::format("is \"{}\", not an http or https address", text::printable(url)),
          bare ? fmt::format("endpoint = \"https://{}\"", text::printable(url)) : kHub);
}

}  // namespace

void read_hub(Table t, Policy& policy) {
  for (auto [key, set] : {std::pair{"endpoint", &policy.endpoint}, std::pair{"timeout", &policy.timeout},
                          std::pair{"max-wait", &policy.max_wait}}) {
    if (!t.string(key, set->value)) continue;
    set->place = t.line_of(key, set->value);
    if (set == &policy.endpoint)
      check_endpoint(t, set->value);
    else if (!text::parse_duration(set->value))
      t.wrong(key, fmt::format("is \"{}\", not a duration", text::printable(set->value)), "write 30s or 5m");
  }
  t.done();
}

}  // namespace howopen::gate
