// Licenses that somebody may have meant.
//
//   apache  ->  Apache-2.0      GPL3  ->  GPL-3.0-only

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "catalog/expression.h"
#include "text/ascii.h"
#include "text/object.h"
#include "text/utf8.h"

namespace howopen::catalog {
namespace {

// Letters and digits of a name, without a zero at its end: `GPL3`, `gpl-3.0` and `GPL-3.0-only` are `gpl3`.
std::string squeezed(std::string_view name) {
  std::string out;
  for (const std::string_view tail : {"-only", "-or-later"}) {
    if (name.ends_with(tail)) name.remove_suffix(tail.size());
  }
  if (name.starts_with("LicenseRef-")) name.remove_prefix(11);
  if (name.ends_with(".0")) name.remove_suffix(2);
  for (const char c : text::lower(name)) {
    if (text::is_alnum(c)) out += c;
  }
  return out;
}

}  // namespace

// Those of the same letters and digits, else the one that a typing error is nearest to, else those that begin
// so.
std::string nearest_licenses(const std::string& typed, const Catalog& catalog) {
  constexpr std::size_t kMost = 3;
  constexpr std::size_t kLongest = 64;
  if (typed.size() > kLongest) return {};
  const std::string key = squeezed(typed);
  std::vector<std::string> same, names, begin;
  for (const LicenseEntry* e : catalog.licenses()) {
    std::vector<std::string> all = {e->id};
    all.insert(all.end(), e->tags.begin(), e->tags.end());
    const auto fits = [&](auto test) { return std::any_of(all.begin(), all.end(), test); };
    if (fits([&](const std::string& n) { return squeezed(n) == key; })) same.push_back(e->id);
    if (key.size() >= 3 && fits([&](const std::string& n) { return squeezed(n).starts_with(key); }))
      begin.push_back(e->id);
    names.insert(names.end(), all.begin(), all.end());
  }
  if (same.empty()) {
    for (std::string& name : names) name = text::lower(name);
    const auto near = text::nearest(text::lower(typed), names);
    if (const LicenseEntry* entry = near ? catalog.license_named(*near) : nullptr) same = {entry->id};
  }
  if (same.empty()) same = begin;
  if (same.size() > kMost) same.resize(kMost);
  return fmt::format("{}", fmt::join(same, ", "));
}

}  // namespace howopen::catalog
