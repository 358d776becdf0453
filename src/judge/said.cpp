// Sentences about one scope in order: first what is said of it alone and of this model for certain.
//
//   "Code is MIT. The weights are CC BY-NC 4.0 and our own agreement." for weights
//     ->  primary CC-BY-NC-4.0, together with a license nobody lists

#include "judge/said.h"

#include <algorithm>
#include <tuple>

#include "catalog/expression.h"
#include "judge/parts.h"

namespace howopen::rules {
namespace {

LicenseClass class_of_term(const LicenseStatement& s, const Catalog& catalog) {
  if (s.term == "naming") return LicenseClass::permissive_with_conditions;
  return catalog::class_of(s.license, catalog);
}

std::string lower(std::string_view s) {
  std::string out(s);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  return out;
}

void add_id(std::string& concluded, const std::string& id) {
  if (concluded == id || concluded.find(id + " AND ") != std::string::npos ||
      concluded.ends_with(" AND " + id))
    return;
  // Sorted, as all conclusions are.
  if (concluded.empty())
    concluded = id;
  else
    concluded = id < concluded ? id + " AND " + concluded : concluded + " AND " + id;
}

}  // namespace

Said said_of(const License& license, Scope scope, bool everything) {
  Said out;
  const auto rank = [&](const LicenseStatement& s) {
    return std::tuple(s.scope != scope, s.doubtful, s.license.empty());
  };
  for (const LicenseStatement& s : license.statements) {
    const bool about = s.scope == scope || (everything && s.scope == Scope::everything);
    if (!about) continue;
    switch (s.says) {
      case Says::licensed:
        out.named.push_back(&s);
        if (out.primary == nullptr || rank(s) < rank(*out.primary)) out.primary = &s;
        break;
      case Says::restricted:
        out.terms.push_back(&s);
        break;
      case Says::unread:
        out.unread.push_back(&s);
        break;
      case Says::refers:
        // A file that is linked is read, or missed, as a file.
        if (out.refers == nullptr && s.file.empty()) out.refers = &s;
        break;
    }
  }
  for (const LicenseStatement* s : out.named) {
    if (s->said.where == out.primary->said.where && s->scope == out.primary->scope &&
        s->doubtful == out.primary->doubtful)
      out.together.push_back(s);
  }
  return out;
}

bool agree(std::string_view named, std::string_view concluded) {
  for (std::size_t at = 0; at <= concluded.size();) {
    const std::size_t end = std::min(concluded.find(" AND ", at), concluded.size());
    std::string_view id = concluded.substr(at, end - at);
    at = end + 5;
    if (id == named) return true;
    const auto version = [](std::string_view s) {
      for (const std::string_view tail : {"-only", "-or-later"}) {
        if (s.ends_with(tail)) s.remove_suffix(tail.size());
      }
      return s;
    };
    if (version(id) == version(named)) return true;
    constexpr std::string_view kFamily = "LicenseRef-family-";
    std::string family;
    if (named.starts_with(kFamily)) family = named.substr(kFamily.size());
    if (id.starts_with(kFamily)) family = id.substr(kFamily.size()), id = named;
    const std::string bare = lower(id.starts_with("LicenseRef-") ? id.substr(11) : id);
    if (!family.empty() && bare.starts_with(family)) return true;
    if (family == "openrail" && bare.find("rail") != std::string::npos) return true;
  }
  return concluded.empty();
}

void by_terms(const Said& said, const Catalog& catalog, bool alone, LicenseFinding& out) {
  for (const LicenseStatement* s : said.terms) {
    const LicenseClass cls = class_of_term(*s, catalog);
    const bool certain = alone && !s->doubtful;
    if (stricter(out.cls, cls) == out.cls && !(certain && out.best != out.cls)) continue;
    // `none` grants nothing that a term could take back.
    if (out.cls == LicenseClass::none) continue;
    out.cls = stricter(out.cls, cls);
    if (certain) {
      const bool nothing_named = out.best == LicenseClass::unknown;
      out.best = nothing_named ? cls : stricter(out.best, cls);
      if (nothing_named) out.cls = cls;
      add_id(out.concluded, s->license);
      if (const LicenseEntry* entry = catalog.license(s->license))
        out.traits.push_back({s->license, entry->traits});
    }
    out.evidence.insert(
        certain ? out.evidence.begin() : out.evidence.end(),
        evidence(RuleId::license_statement, s->said, certain ? Strength::decides : Strength::supports));
  }
  for (const LicenseStatement* s : said.unread) {
    if (out.cls == LicenseClass::none) {
      // There is a license, or terms: which is not known.
      out.best = LicenseClass::unknown;
      out.cls = LicenseClass::unknown;
    }
    if (stricter(out.cls, LicenseClass::unknown) != out.cls) out.cls = LicenseClass::unknown;
    out.evidence.push_back(evidence(RuleId::license_not_understood, s->said, Strength::supports));
  }
}

}  // namespace howopen::rules
