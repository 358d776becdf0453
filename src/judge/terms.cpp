// What a license text says, once it was identified. A text that is not quite a license's text is not that
// license: it gets an id of its own, and the class that what was added to it, or taken from it, leaves.
//
//   MIT, line 10 "may not be used for commercial purposes"  ->  LicenseRef-MIT-with-extra-terms,
//   non-commercial,
//                                                               commercial_use no, by LICENSE:10

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "catalog/expression.h"
#include "judge/parts.h"

namespace howopen::rules {
namespace {

struct Forbids {
  std::string_view restriction;
  std::string_view trait;
  std::string_view value;
};
constexpr std::size_t kLongestClause = 400;
constexpr std::array<Forbids, 19> kForbids = {{
    {"non-commercial", "commercial_use", "no"},
    {"research-only", "commercial_use", "no"},
    {"hosting", "commercial_use", "conditional"},
    {"fee", "commercial_use", "conditional"},
    {"registration", "commercial_use", "conditional"},
    {"user-threshold", "threshold", "yes"},
    {"revenue-threshold", "threshold", "yes"},
    {"territory", "territory", "yes"},
    {"field-of-use", "use_restrictions", "yes"},
    {"military", "use_restrictions", "yes"},
    {"model-training", "outputs", "conditional"},
    {"naming", "naming", "yes"},
    {"revocation", "termination", "yes"},
    {"no-derivatives", "modification", "no"},
    {"no-redistribution", "redistribution", "no"},
    {"expiry", "termination", "yes"},
    {"persons", "use_restrictions", "yes"},
    {"confidential", "redistribution", "no"},
    {"policy", "use_restrictions", "yes"},
}};

std::string line_of(const LicenseText& t, const Lines& lines) {
  return fmt::format("{}:{}", t.path, lines.first);
}

std::vector<Trait> traits_added(const LicenseText& t) {
  const Identified& i = *t.identified;
  std::vector<Trait> out;
  for (const Restriction& r : i.restrictions) {
    for (const Forbids& f : kForbids) {
      if (f.restriction == r.kind)
        out.push_back({std::string(f.trait), std::string(f.value),
                       fmt::format("{} \"{}\"", line_of(t, r.lines), r.quote)});
    }
  }
  const bool open_question = std::any_of(i.leftover.begin(), i.leftover.end(), [](const Leftover& l) {
    return l.kind == Leftover::Kind::unexplained;
  });
  if (open_question || i.match == Match::incomplete) {
    for (const char* right : {"commercial_use", "modification", "redistribution"})
      out.push_back({right, "unknown",
                     i.match == Match::none ? t.path + " was not understood"
                                            : fmt::format("{} is {}", t.path, word(i.match))});
  }
  return out;
}

// What words that are not the license's leave of it.
LicenseClass class_added(const Identified& i) {
  LicenseClass out = LicenseClass::open;
  for (const Restriction& r : i.restrictions) {
    const bool commerce = r.kind == "non-commercial" || r.kind == "research-only";
    out = stricter(out, commerce             ? LicenseClass::non_commercial
                        : r.kind == "naming" ? LicenseClass::permissive_with_conditions
                                             : LicenseClass::use_restricted);
  }
  for (const Leftover& l : i.leftover) {
    if (l.kind == Leftover::Kind::unexplained) out = stricter(out, LicenseClass::unknown);
    if (l.kind == Leftover::Kind::restriction && i.restrictions.empty())
      out = stricter(out, LicenseClass::use_restricted);
  }
  return i.match == Match::incomplete ? stricter(out, LicenseClass::unknown) : out;
}

bool is_term(const Leftover& l) {
  return l.kind == Leftover::Kind::restriction || l.kind == Leftover::Kind::unexplained;
}

// Facts written by hand, and texts known by their bytes, name the licenses alone.
std::vector<FoundLicense> parts_of(const Identified& i) {
  if (!i.found.empty()) return i.found;
  std::vector<FoundLicense> out;
  for (const std::string& id : i.licenses) {
    FoundLicense f;
    f.id = id;
    f.match = i.match == Match::multiple ? Match::template_ : i.match;
    out.push_back(std::move(f));
  }
  return out;
}

}  // namespace

bool as_it_stands(Match m) {
  return m == Match::exact || m == Match::template_ || m == Match::reference || m == Match::recorded;
}

Terms terms_of(const LicenseText& text, const Catalog& catalog) {
  const Identified& i = *text.identified;
  Terms out;
  std::vector<std::string> exceptions;
  std::vector<FoundLicense> parts = parts_of(i);
  const bool beside = std::any_of(i.leftover.begin(), i.leftover.end(), [](const Leftover& l) {
    return l.change == Leftover::Change::beside && is_term(l);
  });
  bool first = true;
  out.notice_only = true;
  for (const FoundLicense& f : parts) {
    if (f.kind == TextKind::policy) continue;
    if (f.kind == TextKind::exception) {
      exceptions.push_back(f.id);
      continue;
    }
    out.notice_only = out.notice_only && f.kind == TextKind::header;
    // Terms that stand beside licenses are counted to the first.
    Match match = f.match;
    if (as_it_stands(match) && first && beside) match = Match::extra_terms;
    first = false;
    LicenseClass cls =
        f.kind == TextKind::attachment ? LicenseClass::use_restricted : catalog::class_of(f.id, catalog);
    std::vector<Trait> traits;
    if (const LicenseEntry* entry = catalog.license(f.id)) traits = entry->traits;
    std::string id = f.id;
    if (!as_it_stands(match)) {
      id = altered_id(f.id, match);
      cls = stricter(cls, class_added(i));
      const std::vector<Trait> added = traits_added(text);
      // A whole license with terms beside it says what it says; of one that was changed it has to be marked.
      std::string from = f.id;
      if (match != Match::extra_terms) {
        for (Trait& t : traits)
          t.clause = fmt::format("as in {}, of which this text differs{}{}", f.id,
                                 t.clause.empty() ? "" : ": ", t.clause);
        from.clear();
      }
      traits = join_traits({{from, traits}, {id, added}});
      out.altered = true;
    }
    if (std::find(out.ids.begin(), out.ids.end(), id) == out.ids.end()) {
      out.ids.push_back(id);
      out.traits.push_back({id, std::move(traits)});
    }
    out.cls = out.ids.size() == 1 ? cls : stricter(out.cls, cls);
  }
  if (out.ids.empty()) {
    out.notice_only = false;
    // Whatever else it says, it is no freer than what was read of it.
    out.cls =
        class_added(i) == LicenseClass::non_commercial ? LicenseClass::non_commercial : LicenseClass::unknown;
    if (const auto added = traits_added(text); !added.empty()) out.traits.push_back({"", added});
  }
  if (out.ids.size() == 1 && !out.altered) {
    for (const std::string& e : exceptions) out.ids.front() += " WITH " + e;
  }
  return out;
}

std::string what_is_left(const LicenseText& text) {
  for (const auto wanted : {Leftover::Kind::restriction, Leftover::Kind::unexplained}) {
    for (const Leftover& l : text.identified->leftover) {
      if (l.kind != wanted) continue;
      const std::string_view change =
          l.change == Leftover::Change::missing ? "words are missing at line" : "line";
      return l.quote.empty() ? fmt::format("{} {}", change, l.lines.first)
                             : fmt::format("{} {}: \"{}\"", change, l.lines.first, l.quote);
    }
  }
  return {};
}

std::vector<Trait> join_traits(const std::vector<NamedTraits>& licenses) {
  // What permits least comes last.
  const auto weight = [](const std::string& trait, const std::string& value) {
    const bool right = trait == "commercial_use" || trait == "modification" || trait == "redistribution" ||
                       trait == "patents";
    if (value == "unknown") return 1;
    if (value == "conditional") return 2;
    if (value == "no") return right ? 3 : 0;
    return right ? 0 : 3;
  };
  std::vector<Trait> out;
  std::vector<const NamedTraits*> sorted;
  sorted.reserve(licenses.size());
  for (const NamedTraits& license : licenses) sorted.push_back(&license);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const NamedTraits* a, const NamedTraits* b) { return a->id < b->id; });
  for (const NamedTraits* from : sorted) {
    const NamedTraits& license = *from;
    for (const Trait& t : license.traits) {
      Trait named = t;
      if (licenses.size() > 1 && !named.clause.empty() && !license.id.empty() && !altered_license(license.id))
        named.clause = license.id + ": " + named.clause;
      const auto known =
          std::find_if(out.begin(), out.end(), [&](const Trait& o) { return o.name == t.name; });
      if (known == out.end())
        out.push_back(std::move(named));
      else if (weight(t.name, t.value) > weight(t.name, known->value))
        *known = std::move(named);
      else if (t.value == known->value && !named.clause.empty() &&
               known->clause.find(named.clause) == std::string::npos && known->clause.size() < kLongestClause)
        known->clause += (known->clause.empty() ? "" : "; ") + named.clause;  // duties add up
    }
  }
  return out;
}

}  // namespace howopen::rules
