// Two runs with the same basis make the same line of the same answers.
//
//   --depth card, online, no token  ->  {"tool": "0.1.0 bf2727d1a2b3", "catalog": 16 hex digits, "options":
//   16}

#include "run/basis.h"

#include <fmt/format.h>

#include "files/environment.h"
#include "run/hub_options.h"
#include "run/options.h"
#include "run/version.h"
#include "text/digest.h"

namespace howopen::run {

Result<Basis> basis_of_run(const Common& common, const Catalog& catalog, std::string_view asked) {
  // Whose token it is does not matter: what it opens is no part of a line that is kept.
  bool hub = false;
  if (asked == "online") {
    TRY(const Secret token, hub_token(common));
    hub = !token.value.empty();
  }
  std::string all =
      fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}\n", asked, hub_url(common), files::variable("GITHUB_API_URL"),
                  hub, !files::variable("GITHUB_TOKEN").empty(), word(common.depth), common.context);
  for (const Purpose use : common.uses) all += fmt::format("use {}\n", word(use));
  const Circumstances& c = common.circumstances;
  if (c.users) all += fmt::format("users {}\n", *c.users);
  if (c.revenue) all += fmt::format("revenue {} {}\n", c.revenue->amount, c.revenue->currency);
  for (const std::string& country : c.countries) all += fmt::format("in {}\n", country);
  for (const std::string& field : c.fields) all += fmt::format("field {}\n", field);
  all += fmt::format("as {}\n", c.as);
  return Basis{build(), catalog.digest().substr(0, 16), text::sha256(all).substr(0, 16), {}};
}

}  // namespace howopen::run
