// What leaves open which license binds a model, in words.
//
//   MIT, its base gone/nowhere is not there  ->  "its license is open or unknown; gone/nowhere, which this
//   model
//                                                comes from, is not there: its terms are not known"

#include <fmt/format.h>

#include "howopen/permit.h"
#include "howopen/verdict.h"

namespace howopen {
namespace {

// Findings that may be why; the first that is there says it best.
constexpr std::string_view kWhy[] = {"lineage.ancestor-missing", "lineage.ancestor-unread",
                                     "lineage.unresolved", "lineage.family-named"};

}  // namespace

std::string unsettled(const Verdict& v) {
  const EffectiveLicense& e = v.license.effective;
  if (e.cls == e.best) return {};
  const std::string range = fmt::format("its license is {} or {}", word(e.best), word(e.cls));
  for (const std::string_view rule : kWhy) {
    for (const Finding& f : v.findings) {
      if (f.rule == rule && f.level != "note") return fmt::format("{}; {}", range, f.message);
    }
  }
  return range;
}

}  // namespace howopen
