// Closed models: there is no repository to look at, only what the release catalog says of the vendor.
//
//   gpt-4  ->  never published; platform.openai.com serves gpt-4o-2024-08-06 (until 2027-01-14), has
//   withdrawn
//              gpt-4 (2026-10-23)

#include <fmt/format.h>

#include <algorithm>

#include "howopen/catalog.h"
#include "howopen/facts.h"
#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen {
namespace {

// Letters and digits: "GPT 4 Turbo" and gpt-4-turbo are the same name.
std::string squeezed(std::string_view name) {
  std::string out;
  for (const char c : text::lower(name)) {
    if (text::is_alnum(c)) out += c;
  }
  return out;
}

// Whether the family itself is asked for, and not one of its members.
bool names_family(const UnreleasedModel& release, const std::string& asked) {
  const std::string vendor = squeezed(release.vendor);
  const auto is = [&](const std::string& name) {
    return squeezed(name) == asked || vendor + squeezed(name) == asked;
  };
  return is(release.name) || std::any_of(release.aliases.begin(), release.aliases.end(), is);
}

// `gpt-4o-2024-08-06` is a state of gpt-4o.
bool dated(std::string_view member, std::string_view asked) {
  if (!member.starts_with(asked)) return false;
  member.remove_prefix(asked.size());
  return member.size() >= 6 && std::all_of(member.begin(), member.end(), text::is_digit);
}

}  // namespace

Facts gather_release(const ModelRef& model, const UnreleasedModel& release) {
  Facts out;
  out.ref = model.text;
  out.asked = model.id;
  out.id = release.name;
  out.origin = Origin::catalog;
  out.as_of = release.as_of;
  out.source = release.source;
  out.repository = {Unseen::absent, release.source};
  out.release = Release{release.name, release.vendor, release.license, release.source, release.as_of};
  Platform platform;
  platform.vendor = release.vendor;
  platform.host = release.platform;
  platform.self_service = release.self_service;
  platform.jurisdiction = release.jurisdiction;
  platform.source = release.source;
  platform.as_of = release.as_of;
  const std::string asked = squeezed(model.id);
  const bool family = names_family(release, asked);
  bool named = false;
  bool named_served = false;
  for (const ReleaseMember& member : release.members) {
    // Dates are compared with the catalog's own, never with the clock.
    const bool over = member.served && !member.date.empty() && member.date < release.as_of;
    const std::string date =
        member.date.empty() ? std::string()
                            : fmt::format(" ({}{})", member.served && !over ? "until " : "", member.date);
    (member.served && !over ? platform.served : platform.withdrawn).push_back(member.name + date);
    if (const std::string name = squeezed(member.name); name == asked || dated(name, asked)) {
      named = true;
      named_served = named_served || (member.served && !over);
    }
  }
  // Of a family a member that is served is enough; of a member the others say nothing.
  platform.serves_this = family || !named ? !platform.served.empty() : named_served;
  platform.retired = !platform.withdrawn.empty();
  if (!family && !named && platform.serves_this) {
    platform.serves_this = false;
    platform.unrecorded = model.id;
  }
  out.api.platform = std::move(platform);
  return out;
}

}  // namespace howopen
