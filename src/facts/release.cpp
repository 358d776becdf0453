// Closed models: there is no repository to look at, only what the release catalog says of the vendor.
//
//   gpt-4  ->  never published; platform.openai.com serves gpt-4o-2024-08-06 (until 2027-01-14), has
//   withdrawn
//              gpt-4 (2026-10-23)

#include <fmt/format.h>

#include "howopen/catalog.h"
#include "howopen/facts.h"

namespace howopen {

Facts gather_release(const ModelRef& model, const ReleaseEntry& release) {
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
  for (const ReleaseMember& member : release.members) {
    // Dates are compared with the catalog's own, never with the clock.
    const bool over = member.served && !member.date.empty() && member.date < release.as_of;
    const std::string date =
        member.date.empty() ? std::string()
                            : fmt::format(" ({}{})", member.served && !over ? "until " : "", member.date);
    (member.served && !over ? platform.served : platform.withdrawn).push_back(member.name + date);
  }
  platform.serves_this = !platform.served.empty();
  platform.retired = !platform.withdrawn.empty();
  out.api.platform = std::move(platform);
  return out;
}

}  // namespace howopen
