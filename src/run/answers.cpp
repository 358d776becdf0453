// What the command line and the library answer alike, from bytes that are there.
//
//   a snapshot of a/b  ->  facts of a/b, as `howopen audit --replay` sees them

#include "run/answers.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "catalog/fields.h"
#include "fetch/replay.h"
#include "license/identify.h"
#include "run/look.h"
#include "run/model_facts.h"
#include "run/options.h"
#include "text/object.h"
#include "text/utf8.h"

namespace howopen::run {

Result<std::vector<Facts>> facts_of_saved(std::string_view json, const std::string& path,
                                          const std::vector<ModelRef>& models, Depth depth,
                                          const Catalog& catalog) {
  if (!fetch::is_bundle(json)) {
    TRY(Facts facts, load_facts(json, path));
    if (facts.ref.empty()) facts.ref = facts.id;
    facts.origin = Origin::replay;
    return std::vector<Facts>{std::move(facts)};
  }
  TRY(Bundle bundle, fetch::load_bundle(json, path));
  const std::vector<ModelRef>& asked = models.empty() ? bundle.models : models;
  fetch::Replay source(std::move(bundle.answers));
  std::vector<Facts> out = look(source, asked, catalog, depth).facts;
  for (Facts& f : out) f.origin = Origin::replay;
  return out;
}

LicenseText license_text(const std::string& content, const std::string& path, const Catalog& catalog) {
  LicenseText text;
  text.path = path;
  text.bytes = static_cast<std::int64_t>(content.size());
  text.identified = {howopen::license::identify(content, catalog), text.path, Kind::file};
  return text;
}

Result<void> check_fields(const std::vector<std::string>& given, std::string_view where,
                          const Catalog& catalog) {
  if (given.empty()) return {};
  const std::vector<std::string> known = catalog::known_fields(catalog);
  for (const std::string& field : given) {
    if (std::binary_search(known.begin(), known.end(), field)) continue;
    const auto near = text::nearest(field, known);
    return fail(
        Fault::usage, "no license speaks of this field", fmt::format("{} {}", where, text::printable(field)),
        near ? fmt::format("did you mean {}?", *near) : fmt::format("one of {}", fmt::join(known, ", ")));
  }
  return {};
}

Verdict judged(const Facts& facts, const Common& common, const Catalog& catalog) {
  Verdict v = judge(facts, catalog);
  const Circumstances& c = common.circumstances;
  const bool told = c.users || c.revenue || !c.countries.empty() || !c.as.empty() || !c.fields.empty();
  if (told || !common.uses.empty()) {
    v.permissions.clear();
    for (const Purpose use : common.uses.empty() ? usual_purposes(catalog) : common.uses) {
      v.permissions.push_back(permit(v, catalog, use, c));
      v.permissions.back().asked = true;
    }
  }
  if (common.context > 0) v.practical = practical_for(facts, catalog, common.context);
  return v;
}

}  // namespace howopen::run
