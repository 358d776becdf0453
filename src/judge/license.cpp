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

#include "catalog/expression.h"
#include "judge/parts.h"
#include "judge/said.h"

namespace howopen::rules {
namespace {

struct Concluded {
  std::set<std::string> ids;
  std::vector<NamedTraits> traits;
  LicenseClass cls = LicenseClass::open;
  LicenseClass best = LicenseClass::open;
  bool any = false;

  void add(LicenseClass c) { add(c, c); }
  void add(LicenseClass c, LicenseClass b) {
    cls = any ? stricter(cls, c) : c;
    best = any ? stricter(best, b) : b;
    any = true;
  }
  void add(const std::string& id, const Catalog& catalog) {
    add(catalog::class_of(id, catalog));
    name(id);
    if (const LicenseEntry* entry = catalog.license(id)) traits.push_back({id, entry->traits});
  }
  void name(const std::string& id) { ids.insert(id); }
  void into(LicenseFinding& out) const {
    out.concluded = fmt::format("{}", fmt::join(ids, " AND "));
    out.cls = cls;
    out.best = best;
    out.traits = traits;
  }
};

// Texts that are about what is asked: those named for it, else those without qualification.
std::vector<const LicenseText*> texts_about(const License& license, Scope scope) {
  for (const Scope wanted : {scope, Scope::everything}) {
    std::vector<const LicenseText*> out;
    for (const LicenseText& t : license.texts) {
      const bool empty = t.identified && t.identified->match == Match::none && t.identified->words == 0;
      const bool gone = !t.identified && t.identified.why() == Unseen::absent;
      // COPYRIGHT, LEGAL: who holds the rights, and no license.
      const bool notice = t.identified && t.identified->match == Match::none && t.identified->words > 0 &&
                          t.identified->leftover.empty() && t.identified.kind() != Kind::curated;
      if (t.scope == wanted && !empty && !gone && !notice) out.push_back(&t);
    }
    if (!out.empty()) return out;
  }
  return {};
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
    if (s.license.empty() || (s.says != Says::licensed && s.says != Says::restricted)) continue;
    if (s.scope == other && s.license == id) other_has_it = true;
    // "The code is Apache-2.0, the weights are for research only": a term is different, too.
    if (s.scope == scope && s.license != id && !(s.doubtful && s.says == Says::restricted))
      own_is_different = true;
  }
  return other_has_it && own_is_different;
}

void by_texts(const std::vector<const LicenseText*>& texts, const Catalog& catalog, LicenseFinding& out) {
  Concluded all;
  bool text = false;
  for (const LicenseText* t : texts) {
    if (!t->identified) {
      // Listed, and nobody could read it.
      all.add(LicenseClass::unknown, LicenseClass::open);
      text = true;
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
    Terms terms = terms_of(*t, catalog);
    all.add(terms.cls);
    for (const std::string& id : terms.ids) all.name(id);
    std::move(terms.traits.begin(), terms.traits.end(), std::back_inserter(all.traits));
    text = text || !terms.notice_only;
    if (terms.ids.empty()) {
      out.evidence.push_back(evidence(RuleId::license_unknown,
                                      fmt::format("{} is no known license text", t->path),
                                      t->identified.where(), t->identified.kind()));
      continue;
    }
    const std::string left = terms.altered ? what_is_left(*t) : std::string();
    out.evidence.push_back(
        evidence(terms.altered ? RuleId::license_extra_terms : RuleId::license_text,
                 fmt::format("{} is {} ({}){}{}", t->path, fmt::join(t->identified->licenses, " and "),
                             terms.notice_only ? "its notice" : word(t->identified->match),
                             left.empty() ? "" : ", ", left),
                 t->identified.where(), t->identified.kind()));
  }
  all.into(out);
  out.claim_only = !text;
}

// `license_name: yi-34b` is the Yi license: the name of a model stands for that of its license.
const LicenseEntry* license_of_a_family(const std::string& name, const Catalog& catalog) {
  const std::string family = name.substr(0, name.find_first_of("-_ 0123456789"));
  if (family.size() < 2) return nullptr;
  const LicenseEntry* entry = catalog.license_named(family + " license");
  return entry != nullptr && entry->cls != LicenseClass::open ? entry : nullptr;
}

void by_tags(const License& license, const Catalog& catalog, LicenseFinding& out) {
  Concluded all;
  for (const Seen<std::string>& tag : license.tags) {
    const LicenseEntry* entry = catalog.license_named(*tag);
    const auto nameless = [](const LicenseEntry* e) {
      return e == nullptr || e->id == "LicenseRef-other" || e->id == "LicenseRef-unknown";
    };
    std::optional<catalog::Expression> expression;
    if (nameless(entry)) {
      // `other` says nothing; the name beside it may. Both may be expressions.
      if (const LicenseEntry* named = catalog.license_named(license.name); !nameless(named)) entry = named;
      if (nameless(entry)) {
        if (const LicenseEntry* named = license_of_a_family(license.name, catalog)) entry = named;
      }
      if (nameless(entry)) {
        for (const std::string& name : {*tag, license.name}) {
          if (auto parsed = catalog::parse_expression(name, catalog);
              parsed && !parsed->parts.empty() && !expression)
            expression = std::move(*parsed);
        }
      }
    }
    if (expression) {
      all.add(catalog::class_of(*expression, catalog));
      all.name(expression->kind == catalog::Expression::Kind::any ? "(" + expression->text() + ")"
                                                                  : expression->text());
    } else if (nameless(entry)) {
      all.add(LicenseClass::unknown);
    } else {
      all.add(entry->id, catalog);
    }
    out.evidence.push_back(evidence(RuleId::license_tag,
                                    license.name.empty()
                                        ? "license: " + *tag
                                        : fmt::format("license: {}, license_name: {}", *tag, license.name),
                                    tag.where(), tag.kind()));
  }
  all.into(out);
  out.claim_only = true;
}

// All licenses that a sentence names together, or the choice between them.
void by_statement(const Said& said, const Catalog& catalog, LicenseFinding& out) {
  Concluded all;
  if (said.primary->choice) {
    std::set<std::string> ids;
    LicenseClass best = catalog::class_of(said.primary->license, catalog);
    for (const LicenseStatement* s : said.together) {
      ids.insert(s->license);
      const LicenseClass cls = catalog::class_of(s->license, catalog);
      if (stricter(cls, best) == best) best = cls;
    }
    all.add(best);
    all.name(ids.size() > 1 ? fmt::format("({})", fmt::join(ids, " OR ")) : *ids.begin());
  } else {
    for (const LicenseStatement* s : said.together) {
      if (s->license.empty())
        all.add(LicenseClass::unknown);  // a name that nobody lists
      else
        all.add(s->license, catalog);
    }
  }
  all.into(out);
  out.claim_only = true;
  for (const LicenseStatement* s : said.together)
    out.evidence.push_back(evidence(RuleId::license_statement, s->said));
}

// What the publisher's own repository says of this model: a text that is named for weights, a sentence about
// them. A text without qualification is the license of that repository's code.
bool by_elsewhere(const License& license, Scope scope, const Catalog& catalog, LicenseFinding& out) {
  std::vector<const LicenseText*> texts;
  for (const LicenseText& t : license.texts) {
    const bool about = t.scope == scope || (scope == Scope::code && t.scope == Scope::everything);
    if (about && t.identified &&
        t.identified->words + static_cast<std::int64_t>(t.identified->licenses.size()) > 0)
      texts.push_back(&t);
  }
  if (!texts.empty()) {
    by_texts(texts, catalog, out);
    return true;
  }
  const Said said = said_of(license, scope, false);
  if (said.primary != nullptr && said.primary->scope == scope) {
    by_statement(said, catalog, out);
    by_terms(said, catalog, true, out);
    return true;
  }
  return false;
}

// What the tag says more strictly than the sentence that comes before it.
void doubt_by_tags(const License& license, const Catalog& catalog, LicenseFinding& out) {
  for (const Seen<std::string>& tag : license.tags) {
    const LicenseEntry* entry = catalog.license_named(*tag);
    if (entry == nullptr || entry->cls == LicenseClass::unknown) continue;
    doubt(entry->cls,
          evidence(RuleId::license_tag, "license: " + *tag, tag.where(), tag.kind(), Strength::supports),
          out);
  }
}

// A sentence about these weights against a text that is about the repository without qualification: it leaves
// the text to the code. Where the text is the stricter one it may be meant after all.
bool sentence_governs(const Said& said, const std::vector<const LicenseText*>& texts, Scope scope,
                      const LicenseFinding& by_text) {
  if (said.primary == nullptr || said.primary->doubtful || said.primary->scope != scope ||
      scope == Scope::everything)
    return false;
  if (said.primary->license.empty()) return false;
  return texts.front()->scope == Scope::everything && !agree(said.primary->license, by_text.concluded);
}

// What sentences say against texts that govern: the class becomes a range down to the stricter one.
void doubt_by_sentences(const Said& said, const Catalog& catalog, LicenseFinding& out) {
  for (const LicenseStatement* s : said.named) {
    if (s->license.empty())
      doubt(LicenseClass::unknown, evidence(RuleId::license_not_understood, s->said, Strength::supports),
            out);
    else if (!agree(s->license, out.concluded))
      doubt(catalog::class_of(s->license, catalog),
            evidence(RuleId::license_statement, s->said, Strength::supports), out);
  }
}

}  // namespace

LicenseFinding conclude(const License& license, Scope scope, const Catalog& catalog, bool card_must_be_read,
                        const License* elsewhere) {
  LicenseFinding out;
  for (const Seen<std::string>& tag : license.tags) out.declared += (out.declared.empty() ? "" : ", ") + *tag;
  auto texts = texts_about(license, scope);
  std::erase_if(texts, [&](const LicenseText* t) { return qualified_away(license, *t, scope); });
  // A gate that denies the files leaves what is public: the tag, and the text of the gate.
  const bool denied = !texts.empty() && std::all_of(texts.begin(), texts.end(), [](const LicenseText* t) {
    return !t->identified && t->identified.why() == Unseen::denied;
  });
  const bool gate_names = license.gate_prompt && !license.gate_prompt->licenses.empty();
  const Said said = said_of(license, scope, true);

  // A text for the code alone, in the publisher's repository of the code, says more than one for all of the
  // weights' one.
  const bool code_text_elsewhere =
      scope == Scope::code && elsewhere != nullptr &&
      std::none_of(texts.begin(), texts.end(),
                   [](const LicenseText* t) { return t->scope == Scope::code; }) &&
      std::any_of(elsewhere->texts.begin(), elsewhere->texts.end(), [](const LicenseText& t) {
        return t.scope == Scope::code && t.identified && !t.identified->licenses.empty();
      });
  bool governed = false;  // by a text
  if (code_text_elsewhere && by_elsewhere(*elsewhere, scope, catalog, out)) {
    governed = true;
  } else if (!texts.empty() && !denied) {
    by_texts(texts, catalog, out);
    if (sentence_governs(said, texts, scope, out)) {
      LicenseFinding by_sentence;
      by_sentence.declared = out.declared;
      by_statement(said, catalog, by_sentence);
      by_sentence.cls = stricter(by_sentence.cls, out.cls);
      for (Evidence& e : out.evidence) {
        e.strength = Strength::supports;
        by_sentence.evidence.push_back(std::move(e));
      }
      out = std::move(by_sentence);
    } else {
      governed = true;
    }
  } else if (gate_names) {
    const LicenseText gate{"extra_gated_prompt", Scope::everything, -1, license.gate_prompt};
    by_texts({&gate}, catalog, out);
    governed = true;
  } else if (said.primary != nullptr && (!said.primary->license.empty() || license.tags.empty())) {
    by_statement(said, catalog, out);
    doubt_by_tags(license, catalog, out);
  } else if (elsewhere != nullptr && by_elsewhere(*elsewhere, scope, catalog, out)) {
  } else if (!license.tags.empty()) {
    by_tags(license, catalog, out);
  } else if (!said.terms.empty()) {
    // Terms by themselves: what they are of is not said.
    out.cls = out.best = LicenseClass::unknown;
    out.claim_only = true;
  } else if (said.refers != nullptr) {
    out.claim_only = true;
    out.evidence.push_back(evidence(RuleId::license_unknown, said.refers->said));
  } else {
    out.cls = out.best = LicenseClass::none;
    out.evidence.push_back(
        evidence(RuleId::license_missing, "no license text, sentence or tag",
                 license.card.where().empty() ? std::string("the model's repository") : license.card.where(),
                 Kind::metadata));
  }
  doubt_by_sentences(said, catalog, out);
  if (scope != Scope::code) {
    doubt_by_heads(license, catalog, out);
    doubt_by_notice(license, card_must_be_read, out);
  }
  by_terms(said, catalog, !governed, out);
  if (denied) {
    out.evidence.push_back(evidence(RuleId::license_unreadable,
                                    fmt::format("{}: access denied", texts.front()->path),
                                    texts.front()->identified.where(), Kind::file, Strength::supports));
  }
  // A text that nobody saw would govern.
  if (license.unlisted && out.file.empty()) {
    leave_open(evidence(RuleId::license_unreadable, "not all files are listed", license.card.where(),
                        Kind::metadata, Strength::supports),
               out);
  }
  // A card that could not be read may say that a text is about the code alone, or name another model.
  const bool named_for_it = !texts.empty() && texts.front()->scope == scope;
  if (const auto& card = license.card_and_data(); card_must_be_read && card.unknown() && !named_for_it) {
    leave_open(evidence(RuleId::license_unreadable, fmt::format("the card: {}", reason(card.why())),
                        card.where(), Kind::file, Strength::supports),
               out);
  }
  return out;
}

std::optional<LicenseFinding> training_code_license(const Facts& facts, const Catalog& catalog) {
  if (facts.training_code.entries.empty()) return std::nullopt;
  // Of a file in another repository that one's license; of one beside the weights, the license of the code.
  const std::string& repository = facts.training_code.entries.front().repository;
  for (const Linked& l : facts.linked) {
    if (repository.empty() || l.id != repository) continue;
    LicenseFinding out;
    if (by_elsewhere(l.license, Scope::code, catalog, out)) return out;
    return conclude(l.license, Scope::code, catalog, false);
  }
  return std::nullopt;
}

std::optional<LicenseFinding> training_data_license(const Facts& facts, const Catalog& catalog) {
  Concluded all;
  LicenseFinding out;
  for (const Dataset& d : facts.training_data.datasets) {
    if (d.role != DatasetRole::training || !d.record) continue;
    const LicenseEntry* entry = catalog.license_named(d.record->license);
    const bool known =
        entry != nullptr && entry->id != "LicenseRef-other" && entry->id != "LicenseRef-unknown";
    if (known)
      all.add(entry->id, catalog);
    else
      all.add(d.record->license.empty() ? LicenseClass::none : LicenseClass::unknown);
    out.declared += (out.declared.empty() ? "" : ", ") +
                    (d.record->license.empty() ? std::string("none") : d.record->license);
    out.evidence.push_back(evidence(
        RuleId::license_tag,
        fmt::format("{}: license {}", d.name, d.record->license.empty() ? "none" : d.record->license),
        d.record.where(), d.record.kind()));
  }
  if (!all.any) return std::nullopt;
  all.into(out);
  out.claim_only = true;
  return out;
}

}  // namespace howopen::rules

howopen::LicenseFinding howopen::judge_text(const LicenseText& text, const Catalog& catalog) {
  LicenseFinding out;
  rules::by_texts({&text}, catalog, out);
  return out;
}
