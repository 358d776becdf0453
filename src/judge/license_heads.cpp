// What stands beside the text or the card that governs: what the heads of weight files claim, and a NOTICE.
//
//   LICENSE is Apache-2.0, general.license says cc-by-nc-4.0  ->  a range down to non-commercial

#include <fmt/format.h>

#include <algorithm>

#include "catalog/expression.h"
#include "judge/parts.h"

namespace howopen::rules {

bool claimed_by_head(const License& license, const std::string& where) {
  return std::any_of(license.heads.begin(), license.heads.end(),
                     [&](const Seen<std::string>& head) { return head.where() == where; });
}

void doubt(LicenseClass cls, Evidence why, LicenseFinding& out) {
  if (stricter(out.cls, cls) == out.cls) return;
  out.cls = stricter(out.cls, cls);
  out.evidence.push_back(std::move(why));
}

void doubt_by_heads(const License& license, const Catalog& catalog, LicenseFinding& out) {
  for (const Seen<std::string>& head : license.heads) {
    if (!head) {
      leave_open(evidence(RuleId::license_unreadable, head.where() + " could not be read", head.where(),
                          Kind::metadata, Strength::supports),
                 out);
      continue;
    }
    const LicenseEntry* entry = catalog.license_named(*head);
    if (entry != nullptr && (entry->id == "LicenseRef-other" || entry->id == "LicenseRef-unknown")) continue;
    LicenseClass cls = entry != nullptr ? entry->cls : LicenseClass::unknown;
    if (entry == nullptr) {
      if (const auto parsed = catalog::parse_expression(*head, catalog); parsed && !parsed->parts.empty())
        cls = catalog::class_of(*parsed, catalog);
    }
    doubt(cls,
          evidence(RuleId::license_tag, "license: " + *head, head.where(), head.kind(), Strength::supports),
          out);
  }
}

void doubt_by_notice(const License& license, bool card_must_be_read, LicenseFinding& out) {
  // The first is the one that is read for terms.
  const auto notice = std::find_if(license.texts.begin(), license.texts.end(),
                                   [](const LicenseText& t) { return t.scope == Scope::notice; });
  if (notice == license.texts.end() || notice->bytes == 0 || !notice->identified.unknown()) return;
  const Unseen why = notice->identified.why();
  // With no card read either, it is the card that is said to be missing.
  if (why == Unseen::not_asked && (!card_must_be_read || license.card_and_data().unknown())) return;
  leave_open(evidence(RuleId::license_unreadable, fmt::format("{}: {}", notice->path, reason(why)),
                      notice->identified.where(), Kind::file, Strength::supports),
             out);
}

}  // namespace howopen::rules
