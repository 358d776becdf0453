// Which license a repository's weights or code are under (rubric, section 3.3). First present governs: a text
// beside the weights, the card's own sentence about them, the tag. What could not be read leaves a range.
//
//   LICENSE-MODEL is the DeepSeek License, no tag                ->  LicenseRef-DeepSeek-Model-1.0, text
//   tag mit, card: "models are subject to DeepSeek Model License" ->  LicenseRef-DeepSeek-Model-1.0, claim
//   only

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "judge/parts.h"

namespace howopen::rules {
namespace {

// Restrictiveness. A text nobody knows may hold anything: it ranks behind those known to be free.
int rank(LicenseClass c) {
  switch (c) {
    case LicenseClass::open:
      return 0;
    case LicenseClass::permissive_with_conditions:
      return 1;
    case LicenseClass::unknown:
      return 2;
    case LicenseClass::use_restricted:
      return 3;
    case LicenseClass::non_commercial:
      return 4;
    case LicenseClass::proprietary:
      return 5;
    case LicenseClass::none:
      return 6;
  }
  return 2;
}

struct Concluded {
  std::set<std::string> ids;
  LicenseClass cls = LicenseClass::open;
  LicenseClass best = LicenseClass::open;
  bool any = false;

  void add(const std::string& id, LicenseClass c) { add(id, c, c); }
  void add(const std::string& id, LicenseClass c, LicenseClass b) {
    if (!id.empty()) ids.insert(id);
    cls = any ? stricter(cls, c) : c;
    best = any ? stricter(best, b) : b;
    any = true;
  }
  void into(LicenseFinding& out) const {
    out.concluded = fmt::format("{}", fmt::join(ids, " AND "));
    out.cls = cls;
    out.best = best;
  }
};

// Texts that are about what is asked: those named for it, else those without qualification.
std::vector<const LicenseText*> texts_about(const License& license, Scope scope) {
  for (const Scope wanted : {scope, Scope::everything}) {
    std::vector<const LicenseText*> out;
    for (const LicenseText& t : license.texts) {
      const bool empty = t.identified && t.identified->match == Match::none;
      const bool gone = !t.identified && t.identified.why() == Unseen::absent;
      if (t.scope == wanted && !empty && !gone) out.push_back(&t);
    }
    if (!out.empty()) return out;
  }
  return {};
}

const LicenseStatement* statement_about(const License& license, Scope scope) {
  for (const Scope wanted : {scope, Scope::everything}) {
    for (const LicenseStatement& s : license.statements) {
      if (s.scope == wanted && !s.license.empty()) return &s;
    }
  }
  return nullptr;
}

// A sentence that names a license nobody knows: it is unknown, which is not the same as none.
const LicenseStatement* unnamed_statement(const License& license, Scope scope) {
  for (const LicenseStatement& s : license.statements) {
    if (s.license.empty() && (s.scope == scope || s.scope == Scope::everything)) return &s;
  }
  return nullptr;
}

// "The code is MIT (LICENSE), the weights are CC-BY-NC": then LICENSE, though named without qualification, is
// not about the weights.
bool qualified_away(const License& license, const LicenseText& text, Scope scope) {
  if (text.scope != Scope::everything || !text.identified || text.identified->licenses.empty()) return false;
  const std::string& id = text.identified->licenses.front();
  const Scope other = scope == Scope::weights ? Scope::code : Scope::weights;
  bool other_has_it = false;
  bool own_is_different = false;
  for (const LicenseStatement& s : license.statements) {
    if (s.license.empty()) continue;
    if (s.scope == other && s.license == id) other_has_it = true;
    if (s.scope == scope && s.license != id) own_is_different = true;
  }
  return other_has_it && own_is_different;
}

void by_texts(const std::vector<const LicenseText*>& texts, const Catalog& catalog, LicenseFinding& out) {
  Concluded all;
  for (const LicenseText* t : texts) {
    if (!t->identified) {
      // Listed, and nobody could read it.
      all.add("", LicenseClass::unknown, LicenseClass::open);
      out.evidence.push_back(evidence(RuleId::license_unreadable,
                                      fmt::format("{}: {}", t->path, reason(t->identified.why())),
                                      t->identified.where(), Kind::file));
      continue;
    }
    if (out.file.empty()) {
      out.file = t->path;
      out.match = t->identified->match;
      out.confidence = t->identified->confidence;
    }
    if (t->identified->licenses.empty()) {
      all.add("", LicenseClass::unknown);
      out.evidence.push_back(evidence(RuleId::license_unknown,
                                      fmt::format("{} is no known license text", t->path),
                                      t->identified.where(), t->identified.kind()));
      continue;
    }
    for (const std::string& id : t->identified->licenses) {
      const LicenseEntry* entry = catalog.license(id);
      all.add(id, entry != nullptr ? entry->cls : LicenseClass::unknown);
    }
    out.evidence.push_back(
        evidence(RuleId::license_text,
                 fmt::format("{} is {} ({})", t->path, fmt::join(t->identified->licenses, " and "),
                             word(t->identified->match)),
                 t->identified.where(), t->identified.kind()));
  }
  all.into(out);
}

void by_tags(const License& license, const Catalog& catalog, LicenseFinding& out) {
  Concluded all;
  for (const Seen<std::string>& tag : license.tags) {
    const LicenseEntry* entry = catalog.license_named(*tag);
    // `other` says nothing; the name beside it may.
    if ((entry == nullptr || entry->id == "LicenseRef-other") && !license.name.empty()) {
      if (const LicenseEntry* named = catalog.license_named(license.name)) entry = named;
    }
    const bool known =
        entry != nullptr && entry->id != "LicenseRef-other" && entry->id != "LicenseRef-unknown";
    all.add(known ? entry->id : "", entry != nullptr ? entry->cls : LicenseClass::unknown);
    out.evidence.push_back(evidence(RuleId::license_tag,
                                    license.name.empty()
                                        ? "license: " + *tag
                                        : fmt::format("license: {}, license_name: {}", *tag, license.name),
                                    tag.where(), tag.kind()));
  }
  all.into(out);
}

}  // namespace

LicenseClass stricter(LicenseClass a, LicenseClass b) {
  return rank(a) >= rank(b) ? a : b;
}

LicenseFinding conclude(const License& license, Scope scope, const Catalog& catalog, bool card_must_be_read) {
  LicenseFinding out;
  for (const Seen<std::string>& tag : license.tags) out.declared += (out.declared.empty() ? "" : ", ") + *tag;
  auto texts = texts_about(license, scope);
  std::erase_if(texts, [&](const LicenseText* t) { return qualified_away(license, *t, scope); });
  // A gate that denies the files leaves what is public: the tag, and the text of the gate.
  const bool denied = !texts.empty() && std::all_of(texts.begin(), texts.end(), [](const LicenseText* t) {
    return !t->identified && t->identified.why() == Unseen::denied;
  });
  const bool gate_names = license.gate_prompt && !license.gate_prompt->licenses.empty();
  const LicenseStatement* said = statement_about(license, scope);

  if (!texts.empty() && !denied) {
    by_texts(texts, catalog, out);
  } else if (gate_names) {
    const LicenseText gate{"extra_gated_prompt", Scope::everything, -1, license.gate_prompt};
    by_texts({&gate}, catalog, out);
  } else if (said != nullptr) {
    const LicenseEntry* entry = catalog.license(said->license);
    out.concluded = said->license;
    out.cls = out.best = entry != nullptr ? entry->cls : LicenseClass::unknown;
    out.claim_only = true;
    out.evidence.push_back(evidence(RuleId::license_statement, said->said));
  } else if (!license.tags.empty()) {
    by_tags(license, catalog, out);
    out.claim_only = true;
  } else if (const LicenseStatement* unnamed = unnamed_statement(license, scope)) {
    out.claim_only = true;
    out.evidence.push_back(evidence(RuleId::license_unknown, unnamed->said));
  } else {
    out.cls = out.best = LicenseClass::none;
    out.evidence.push_back(
        evidence(RuleId::license_missing, "no license text, sentence or tag",
                 license.card.where().empty() ? std::string("the model's repository") : license.card.where(),
                 Kind::metadata));
  }
  if (denied) {
    out.evidence.push_back(evidence(RuleId::license_unreadable,
                                    fmt::format("{}: access denied", texts.front()->path),
                                    texts.front()->identified.where(), Kind::file, Strength::supports));
  }
  // A text that nobody saw would govern.
  if (license.unlisted && out.file.empty()) {
    out.best = out.cls == LicenseClass::none ? LicenseClass::open : out.best;
    out.cls =
        stricter(out.cls == LicenseClass::none ? LicenseClass::unknown : out.cls, LicenseClass::unknown);
    out.evidence.push_back(evidence(RuleId::license_unreadable, "not all files are listed",
                                    license.card.where(), Kind::metadata, Strength::supports));
  }
  // A card that could not be read may say that a text is about the code alone, or name another model.
  const bool named_for_it = !texts.empty() && texts.front()->scope == scope;
  if (card_must_be_read && !license.card && license.card.unknown() && !named_for_it) {
    out.best = out.cls == LicenseClass::none ? LicenseClass::open : out.best;
    out.cls =
        stricter(out.cls == LicenseClass::none ? LicenseClass::unknown : out.cls, LicenseClass::unknown);
    out.evidence.push_back(evidence(RuleId::license_unreadable,
                                    fmt::format("the card: {}", reason(license.card.why())),
                                    license.card.where(), Kind::file, Strength::supports));
  }
  return out;
}

std::vector<Trait> join_traits(const std::vector<const LicenseEntry*>& licenses) {
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
  for (const LicenseEntry* entry : licenses) {
    for (const Trait& t : entry->traits) {
      Trait named = t;
      if (licenses.size() > 1 && !named.clause.empty()) named.clause = entry->id + ": " + named.clause;
      const auto known =
          std::find_if(out.begin(), out.end(), [&](const Trait& o) { return o.name == t.name; });
      if (known == out.end())
        out.push_back(std::move(named));
      else if (weight(t.name, t.value) > weight(t.name, known->value))
        *known = std::move(named);
    }
  }
  return out;
}

}  // namespace howopen::rules
