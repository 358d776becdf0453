// Where what was declared differs from what was found, and what a reader of the license has to know beside
// its class (rubric, sections 3.3 and 3.8).
//
//   tag mit, LICENSE is Llama 3.1  ->  license.tag-vs-text
//   LICENSE is MIT, card: "for research only"  ->  license.statement-vs-text

#include <fmt/format.h>

#include <algorithm>

#include "catalog/expression.h"
#include "judge/parts.h"
#include "judge/said.h"

namespace howopen::rules {
namespace {

Finding finding(RuleId rule, const char* level, std::string message, std::vector<Evidence> evidence) {
  return {std::string(id_of(rule)), level, std::move(message), std::move(evidence)};
}

// Does the tag say the same as what was concluded? A family covers its members.
bool agrees(const LicenseEntry& tag, const std::string& concluded) {
  if (concluded.empty() || tag.id == concluded) return true;
  if (tag.id == "LicenseRef-other" || tag.id == "LicenseRef-unknown") return true;
  if (!tag.family) return false;
  const std::string tagged = tag.tags.empty() ? std::string() : tag.tags.front();
  const auto starts = [&](std::string_view head) { return concluded.starts_with(head); };
  return (tagged == "gpl" && starts("GPL")) || (tagged == "lgpl" && starts("LGPL")) ||
         (tagged == "bsd" && starts("BSD")) || (tagged == "cc" && starts("CC")) ||
         (tagged == "gfdl" && starts("GFDL")) ||
         (tagged == "openrail" && concluded.find("RAIL") != std::string::npos) || tagged.empty();
}

// What the head of a weight file claims against the text or the card that governs.
void head_conflicts(const Facts& f, const Catalog& catalog, const LicenseFinding& weights,
                    std::vector<Finding>& out) {
  if (weights.evidence.empty() || weights.concluded.empty() ||
      claimed_by_head(f.license, weights.evidence.front().where))
    return;
  for (const Seen<std::string>& head : f.license.heads) {
    if (!head) continue;
    const LicenseEntry* entry = catalog.license_named(*head);
    if (entry != nullptr ? agrees(*entry, weights.concluded) : agree(*head, weights.concluded)) continue;
    out.push_back(
        finding(RuleId::license_header_vs_text, "warn",
                fmt::format("{} says {}, the {} {}", head.where(), entry != nullptr ? entry->id : *head,
                            weights.file.empty() ? "card says" : "license text is", weights.concluded),
                {evidence(RuleId::license_header_vs_text, "license: " + *head, head.where(), head.kind()),
                 weights.evidence.front()}));
  }
}

void tag_conflicts(const Facts& f, const Catalog& catalog, const LicenseFinding& weights,
                   std::vector<Finding>& out) {
  const Evidence* basis = weights.evidence.empty() ? nullptr : &weights.evidence.front();
  for (const Seen<std::string>& tag : f.license.tags) {
    const bool head = claimed_by_head(f.license, tag.where());
    const LicenseEntry* entry = catalog.license_named(*tag);
    if (entry == nullptr) {
      out.push_back(
          finding(RuleId::license_unknown, "warn", fmt::format("the tag \"{}\" names no license", *tag),
                  {evidence(RuleId::license_unknown, "license: " + *tag, tag.where(), tag.kind())}));
      continue;
    }
    if (entry->family && entry->id != "LicenseRef-other" && entry->id != "LicenseRef-unknown") {
      out.push_back(
          finding(RuleId::license_family_tag, "note",
                  fmt::format("the tag \"{}\" names a family, not a version", *tag),
                  {evidence(RuleId::license_family_tag, "license: " + *tag, tag.where(), tag.kind())}));
    }
    if (weights.claim_only && basis != nullptr && basis->rule == id_of(RuleId::license_tag)) continue;
    if (head || weights.concluded.find(" AND ") != std::string::npos || agrees(*entry, weights.concluded))
      continue;
    const bool text = !weights.file.empty();
    const RuleId rule = text ? RuleId::license_tag_vs_text : RuleId::license_tag_vs_statement;
    std::vector<Evidence> both = {evidence(rule, "license: " + *tag, tag.where(), tag.kind())};
    if (basis != nullptr) both.push_back(*basis);
    // A tag that is the stricter one changes nothing, and a reader wants to know why.
    const LicenseClass governs = catalog::class_of(weights.concluded, catalog);
    const bool stricter_one = entry->cls != governs && stricter(entry->cls, governs) == entry->cls;
    out.push_back(finding(rule, "warn",
                          fmt::format("the tag says {}, the {} says {}{}", entry->id,
                                      text ? "license text" : "card", weights.concluded,
                                      !stricter_one ? ""
                                      : text ? "; the text beside the weights governs, a tag is only a claim"
                                             : "; the card's own sentence governs over its tag"),
                          std::move(both)));
  }
  if (!f.license.name.empty() && !weights.file.empty() && !weights.concluded.empty()) {
    const LicenseEntry* named = catalog.license_named(f.license.name);
    if (named != nullptr && !named->family && !agrees(*named, weights.concluded)) {
      out.push_back(
          finding(RuleId::license_name_vs_text, "warn",
                  fmt::format("license_name says {}, the license text is {}", named->id, weights.concluded),
                  {evidence(RuleId::license_name_vs_text, "license_name: " + f.license.name,
                            f.license.card.where(), Kind::metadata)}));
    }
  }
}

// A term that the card sets beside a license of its tag or of another sentence.
void terms_beside(const Facts& f, const LicenseFinding& weights, std::vector<Finding>& out) {
  const Said said = said_of(f.license, Scope::weights, true);
  for (const LicenseStatement* s : said.terms) {
    const auto counted = [&](const Evidence& e) {
      return e.rule == id_of(RuleId::license_statement) && e.where == s->said.where;
    };
    if (weights.declared.empty() || std::none_of(weights.evidence.begin(), weights.evidence.end(), counted))
      continue;
    out.push_back(finding(RuleId::license_tag_vs_statement, "warn",
                          fmt::format("the tag says {}, the {}", weights.declared, s->said.what),
                          {evidence(RuleId::license_tag_vs_statement, s->said)}));
  }
}

// What sentences say of the weights and the text that governs does not, and the other way round.
void sentences_against(const Facts& f, const Catalog& catalog, std::vector<Finding>& out) {
  const LicenseText* text = nullptr;
  for (const LicenseText& t : f.license.texts) {
    const bool about = t.scope == Scope::everything || t.scope == Scope::weights;
    if (about && t.identified && !t.identified->licenses.empty() && text == nullptr) text = &t;
  }
  if (text == nullptr) return;
  const std::string id = text->identified->licenses.front();
  const Said said = said_of(f.license, Scope::weights, true);
  const auto differ = [&](const LicenseStatement& s, std::string says) {
    out.push_back(finding(RuleId::license_statement_vs_text, "warn",
                          fmt::format("the card says {}, {} is {}", says, text->path, id),
                          {evidence(RuleId::license_statement_vs_text, s.said),
                           evidence(RuleId::license_statement_vs_text, text->path + " is " + id,
                                    text->identified.where(), text->identified.kind())}));
  };
  for (const LicenseStatement* s : said.named) {
    if (!s->license.empty() && !agree(s->license, id)) {
      differ(*s, s->license);
      break;
    }
  }
  const bool open = catalog::class_of(id, catalog) == LicenseClass::open;
  if (open && !said.terms.empty()) differ(*said.terms.front(), said.terms.front()->term);
}

void other_findings(const Facts& f, const LicenseVerdict& v, const Catalog& catalog,
                    std::vector<Finding>& out) {
  const LicenseFinding& weights = *v.weights;
  if (!f.license.link && f.license.link.why() == Unseen::absent && !f.license.link.where().empty()) {
    out.push_back(
        finding(RuleId::license_dangling_link, "warn",
                fmt::format("license_link names {}, which is not there or empty", f.license.link.where()),
                {evidence(RuleId::license_dangling_link, "license_link: " + f.license.link.where(),
                          f.license.card.where(), Kind::metadata)}));
  }
  for (const LicenseText& t : f.license.texts) {
    if (t.identified && t.identified->match == Match::none && t.identified->words == 0)
      out.push_back(finding(
          RuleId::license_dangling_link, "warn", t.path + " is empty",
          {evidence(RuleId::license_dangling_link, t.path + " is empty", t.identified.where(), Kind::file)}));
    if (t.scope == Scope::policy)
      out.push_back(
          finding(RuleId::license_policy_beside, "note", fmt::format("{} stands beside the license", t.path),
                  {evidence(RuleId::license_policy_beside, t.path, t.identified.where(), Kind::file)}));
  }
  for (const auto* part : {&v.weights, &v.code}) {
    for (const Evidence& e : (*part)->evidence) {
      const bool said = std::any_of(out.begin(), out.end(), [&](const Finding& o) {
        return o.rule == e.rule && !o.evidence.empty() && o.evidence.front().where == e.where;
      });
      if (e.rule == id_of(RuleId::license_extra_terms) && !said)
        out.push_back(finding(RuleId::license_extra_terms, "warn", e.what, {e}));
    }
  }
  for (const Evidence& e : weights.evidence) {
    if (e.rule == id_of(RuleId::license_not_understood))
      out.push_back(finding(RuleId::license_not_understood, "warn",
                            e.what.starts_with("sentence ") ? "a " + e.what : e.what, {e}));
  }
  sentences_against(f, catalog, out);
  if (weights.file.empty()) terms_beside(f, weights, out);
  // A gate lets nobody read what would govern.
  for (const LicenseText& t : f.license.texts) {
    const bool governs = t.scope == Scope::everything || t.scope == Scope::weights;
    if (!governs || t.identified || t.identified.why() != Unseen::denied || !weights.file.empty()) continue;
    out.push_back(finding(RuleId::license_unreadable, "warn",
                          fmt::format("{} may say something else than {}: access to it was denied", t.path,
                                      weights.declared.empty() ? "the card" : "the tag"),
                          {evidence(RuleId::license_unreadable, t.path + ": access denied",
                                    t.identified.where(), Kind::file)}));
    break;
  }
  if (weights.cls == LicenseClass::none) {
    out.push_back(
        finding(RuleId::license_missing, "warn", "no license at all: nothing is granted", weights.evidence));
  } else if (weights.cls == LicenseClass::unknown && weights.best == LicenseClass::unknown) {
    out.push_back(finding(RuleId::license_unknown, "warn",
                          weights.file.empty() ? "which license it is under is not said"
                                               : weights.file + " is no known license text",
                          weights.evidence));
  }
  if (weights.claim_only && weights.cls != LicenseClass::unknown) {
    out.push_back(finding(RuleId::license_claim_only, "note",
                          fmt::format("{} is claimed; there is no license text", weights.concluded),
                          weights.evidence));
  }
  if (v.code && !v.code->concluded.empty() && !weights.concluded.empty() &&
      v.code->concluded != weights.concluded) {
    std::vector<Evidence> both = v.code->evidence;
    both.insert(both.end(), weights.evidence.begin(), weights.evidence.end());
    out.push_back(
        finding(RuleId::license_code_vs_weights, "note",
                fmt::format("code is under {}, weights are under {}", v.code->concluded, weights.concluded),
                std::move(both)));
  }
}

}  // namespace

void license_findings(const Facts& facts, const LicenseVerdict& v, const Catalog& catalog,
                      std::vector<Finding>& findings) {
  tag_conflicts(facts, catalog, *v.weights, findings);
  head_conflicts(facts, catalog, *v.weights, findings);
  other_findings(facts, v, catalog, findings);
}

}  // namespace howopen::rules
