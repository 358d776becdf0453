// Foreign text in HTML and SVG.
#pragma once

#include <string>
#include <string_view>

#include "report/place.h"
#include "text/json.h"

namespace howopen::report {

/// No markup, no way out of an attribute, nothing that is not seen; at most so many characters.
std::string markup(std::string_view foreign, std::size_t most = 2000);

/// A link to where something was seen, else the place as it is written. The commit is cut to seven digits.
std::string place_markup(const Named& model, std::string_view where);

/// A model of the JSON report: id, revision, whether it is at the Hub.
Named named(const text::Json& model);

/// `●●○○◐`, and what each means.
std::string dots_of(const text::Json& model);
std::string dots_words(const text::Json& model);

/// The license that counts, short: `MIT`, `Llama-3.3 and MIT`; what is not known is said.
std::string short_license(const text::Json& model);

/// What a badge says of a model, or of a gate.
struct Badge {
  std::string label;
  std::string message;
  std::string color;  ///< `#rrggbb`
};
Badge badge_of(const text::Json& model);
std::string badge_svg(const Badge& badge);
std::string badge_endpoint(const Badge& badge);  ///< JSON for shields.io/endpoint
std::string badge_dots_svg(const text::Json& model);

}  // namespace howopen::report
