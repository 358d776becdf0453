// Licenses that are named beside a license text: the same once more, of somebody else's work, or another one.

#include "reading/beside_licenses.h"

#include <algorithm>

#include "catalog/traits.h"
#include "howopen/catalog.h"
#include "reading/beside_words.h"
#include "reading/licenses.h"
#include "text/utf8.h"

namespace howopen::reading {
namespace {

// "Either version 3 of the License, or any later version" above the text of version 3.
std::string_view without_later(std::string_view id) {
  for (const std::string_view tail : {"-only", "-or-later"}) {
    if (id.ends_with(tail)) return id.substr(0, id.size() - tail.size());
  }
  return id;
}
// "torch (BSD-3-Clause)": a name, and its license in brackets.
bool stands_in_brackets(std::span<const LicenseMention> all, std::string_view written) {
  if (all.empty()) return false;
  const std::size_t open = written.rfind('(', all.front().at);
  const std::size_t behind = all.back().at + all.back().size;
  return open != std::string_view::npos && open > 1 && all.front().at - open == 1 &&
         (behind >= written.size() || written[behind] == ')');
}

bool same_family(std::string_view id, std::string_view named) {
  constexpr std::string_view kFamily = "LicenseRef-family-";
  if (!named.starts_with(kFamily)) return false;
  return text::lower(id).starts_with(named.substr(kFamily.size()));
}

}  // namespace

bool names_another_license(const Beside& beside, BesideSentence& sentence) {
  constexpr std::size_t kLongest = 4000;  // bytes
  if (beside.catalog == nullptr || sentence.written().empty() || sentence.written().size() > kLongest)
    return false;
  for (const LicenseMention& m : sentence.mentions()) {
    if (m.kind == LicenseMention::Kind::unknown) return true;
    const auto same = [&](const std::string& id) {
      return id == m.id || id.starts_with(m.id + "-") || m.id.starts_with(id + "-") ||
             without_later(id) == without_later(m.id) || same_family(id, m.id);
    };
    if (std::none_of(beside.licenses.begin(), beside.licenses.end(), same)) return true;
  }
  return false;
}

bool bundles_open_work(const Beside& beside, const Sense& sense, bool mild, BesideSentence& sentence) {
  const std::string_view written = sentence.written();
  const auto& all = sentence.mentions();
  const bool of_parts =
      sense.cues.any(Cue::data, Cue::others) || names_a_folder(written) || stands_in_brackets(all, written);
  if (!(sense.has(Cue::bundled) || of_parts) ||
      sense.cues.any(Cue::prohibition, Cue::obliges, Cue::special, Cue::weights, Cue::uncovered, Cue::policy,
                     Cue::denied, Cue::fee))
    return false;
  if (!mild && !of_parts) return false;
  return std::all_of(all.begin(), all.end(), [&](const LicenseMention& m) {
    const LicenseEntry* entry = beside.catalog->license(m.id);
    return entry != nullptr && entry->cls == LicenseClass::open &&
           (of_parts || catalog::trait_is(*entry, "copyleft", "no"));
  });
}

bool says_it_again(const Beside& beside, const Sense& sense, BesideSentence& sentence) {
  if (beside.catalog == nullptr || !sense.terms.empty() ||
      sense.cues.any(Cue::prohibition, Cue::obliges, Cue::special, Cue::uncovered, Cue::policy, Cue::denied,
                     Cue::pointer))
    return false;
  return !sentence.mentions().empty();
}

bool own_notice(const Beside& beside, const Sense& sense, BesideSentence& sentence) {
  if (beside.catalog == nullptr || !sense.cues.any(Cue::aside, Cue::notice) ||
      sense.cues.any(Cue::prohibition, Cue::obliges, Cue::special, Cue::uncovered, Cue::policy, Cue::weights))
    return false;
  return !sentence.mentions().empty();
}

}  // namespace howopen::reading
