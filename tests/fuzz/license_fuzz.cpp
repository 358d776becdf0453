// Bytes as a license text, a name and an expression. What it says must be true of the text: spans and lines
// within it.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "catalog/expression.h"
#include "howopen/verdict.h"
#include "license/identify.h"

namespace {

void check(bool ok) {
  if (!ok) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace howopen;
  static const Catalog catalog = std::move(*Catalog::load());
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Identified i = license::identify(text, catalog);
  std::int64_t lines = 1;
  for (const char c : text) lines += c == '\n' ? 1 : 0;
  for (const FoundLicense& f : i.found) {
    check(f.begin >= 0 && f.begin < f.end && f.end <= static_cast<std::int64_t>(size));
    check(f.lines.first >= 1 && f.lines.first <= f.lines.last && f.lines.last <= lines);
    check(f.confidence >= 0 && f.confidence <= 1);
  }
  for (const Leftover& l : i.leftover)
    check(l.lines.first >= 1 && l.lines.last <= lines && l.quote.size() < 300);
  for (const Restriction& r : i.restrictions) check(r.lines.first >= 1 && r.lines.last <= lines);
  check((i.match == Match::none || i.match == Match::unknown) == i.licenses.empty());
  LicenseText t{"LICENSE", Scope::everything, static_cast<std::int64_t>(size), {}};
  t.identified = {i, "LICENSE", Kind::file};
  judge_text(t, catalog);
  if (const auto e = catalog::parse_expression(text, catalog)) {
    const auto again = catalog::parse_expression(e->text(), catalog);
    check(again && again->text() == e->text());
  }
  return 0;
}
