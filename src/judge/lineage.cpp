// The license over the whole lineage, and where what was declared differs from what was found (rubric,
// sections 3.4 to 3.6). An ancestor's terms bind when its publisher is another one; a publisher may relicense
// its own work.
//
//   R1-Distill-Llama-8B: MIT text, base Llama-3.1-8B (Meta)  ->  MIT AND LicenseRef-Llama-3.1,
//   use-restricted,
//                                                                finding license.tag-vs-ancestor

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "catalog/expression.h"
#include "judge/parts.h"

namespace howopen::rules {
namespace {

class LineageJudge {
 public:
  LineageJudge(const Facts& facts, const Catalog& catalog, LicenseVerdict& out,
               std::vector<Finding>& findings)
      : facts_(facts), catalog_(catalog), out_(out), findings_(findings) {}

  void effective() {
    const LicenseFinding& own = *out_.weights;
    cls_ = own.cls;
    best_ = own.best;
    add_ids(own.concluded);
    nameless_ = own.concluded.empty() && own.best != LicenseClass::none;
    traits_ = own.traits;
    for (const Ancestor& a : facts_.lineage) ancestor(a);
    for (const RelatedFamily& k : facts_.related_families) kin(k);
    for (const Observation& s : facts_.unresolved) unresolved(s);
    // The card or the adapter's configuration would say what it was made from.
    const bool adapter_unread = facts_.weights.unread && !facts_.weights.sets.empty() &&
                                std::all_of(facts_.weights.sets.begin(), facts_.weights.sets.end(),
                                            [](const WeightSet& s) { return s.adapter; });
    if (facts_.lineage.empty() && (facts_.license.card_and_data().unknown() || adapter_unread))
      cls_ = stricter(cls_, LicenseClass::unknown);
    // Where a range shows nothing of it, since the rest is stricter than what is not known, the name does.
    const bool hidden = open_ && cls_ != LicenseClass::unknown && cls_ != LicenseClass::none;
    nameless_ = nameless_ || hidden;
    out_.effective.cls = cls_;
    out_.effective.best = best_;
    // What a base permits is of no help where the model itself permits nothing.
    const bool none = cls_ == LicenseClass::none && best_ == LicenseClass::none;
    // One that nobody can name binds beside those that have names.
    if (nameless_ && !ids_.empty()) ids_.insert("LicenseRef-unknown");
    out_.effective.expression = none           ? "NONE"
                                : ids_.empty() ? "NOASSERTION"
                                               : fmt::format("{}", fmt::join(ids_, " AND "));
    if (!none) out_.traits = join_traits(traits_);
  }

 private:
  void add_ids(const std::string& expression) {
    for (std::size_t at = 0; at < expression.size();) {
      const std::size_t end = expression.find(" AND ", at);
      ids_.insert(expression.substr(at, end == std::string::npos ? end : end - at));
      at = end == std::string::npos ? expression.size() : end + 5;
    }
  }

  void note(RuleId rule, const char* level, std::string message, std::vector<Evidence> evidence) {
    findings_.push_back({std::string(id_of(rule)), level, std::move(message), std::move(evidence)});
  }

  RuleId against_ancestor() const {
    const auto& basis = out_.weights->evidence;
    return !basis.empty() && claimed_by_head(facts_.license, basis.front().where)
               ? RuleId::license_header_vs_ancestor
               : RuleId::license_tag_vs_ancestor;
  }

  // Whether that family's models are this owner's.
  bool publishes(const std::string& owner, const std::string& name) const {
    return std::any_of(catalog_.families().begin(), catalog_.families().end(), [&](const ModelFamily& f) {
      return f.name == name &&
             std::any_of(f.publishers.begin(), f.publishers.end(),
                         [&](const std::string& p) { return catalog_.same_publisher(owner, p); });
    });
  }

  // Of one that nobody could see its name is all there is: a family's own model is under the family's
  // license. The terms of any other may be anything, whether it is gone, shut or gave no answer.
  void unseen(const Ancestor& a, bool anew) {
    const std::string owner = a.id.substr(0, a.id.find('/'));
    bool known = anew;
    std::string beyond;
    for (const RelatedFamily& k : a.related_families) {
      const bool own = publishes(owner, k.family);
      if (anew && own) continue;
      kin({k.family, k.license, FamilyMention::said, a.named});
      known = known || own;
      if (beyond.empty()) beyond = fmt::format(" beyond those of {}", k.family);
    }
    if (known) return;
    leave_unknown();
    const bool unread = a.repository.unknown();
    const bool shut = a.repository.why() == Unseen::denied;
    note(unread ? RuleId::lineage_ancestor_unread : RuleId::lineage_ancestor_missing, "warn",
         fmt::format("{}, which this model comes from, {}: its terms{} are not known", a.id,
                     unread ? fmt::format("could not be looked at ({})", reason(a.repository.why()))
                     : shut ? std::string("is not shown to everybody")
                            : std::string("is not there"),
                     beyond),
         {evidence(unread ? RuleId::lineage_ancestor_unread : RuleId::lineage_ancestor_missing, a.named)});
  }

  void ancestor(const Ancestor& a) {
    const bool anew = a.same_publisher || (a.own_step && licensed(a.child));
    if (!a.repository) return unseen(a, anew);
    std::vector<Evidence> named = {evidence(against_ancestor(), a.named)};
    if (a.repository.kind() == Kind::curated && facts_.origin != Origin::built_in)
      note(RuleId::lineage_ancestor_unread, "note",
           fmt::format("{}, which this model comes from, was not seen: what is said of it is from the {}",
                       a.id, a.repository.where()),
           {evidence(RuleId::lineage_ancestor_unread, a.named)});
    // Cards of bases are not always asked for; one that was asked for in vain is missed.
    const bool asked = a.license.card_and_data().why() != Unseen::not_asked;
    LicenseFinding theirs = conclude(a.license, Scope::weights, catalog_, asked);
    for (Evidence& e : theirs.evidence) e.where = fmt::format("{}: {}", a.id, e.where);
    for (const Observation& s : a.unresolved) unresolved(s);
    for (const RelatedFamily& k : a.related_families) {
      // Its own license is what its publisher says, who may not have had the right either.
      RelatedFamily inherited = k;
      inherited.seen.what = fmt::format("{}: {}", a.id, k.seen.what);
      kin(inherited);
    }
    if (anew) {
      if (stricter(theirs.cls, out_.weights->cls) != out_.weights->cls) {
        note(RuleId::license_relicensed_by_owner, "note",
             fmt::format("{} is under {}; its publisher licenses {} anew", a.id, name_of(theirs),
                         a.same_publisher ? std::string("this model") : a.child),
             theirs.evidence);
      }
      return;
    }
    const LicenseClass before = cls_;
    cls_ = stricter(cls_, theirs.cls);
    best_ = stricter(best_, theirs.best);
    const std::size_t known = ids_.size();
    add_ids(theirs.concluded);
    nameless_ = nameless_ || (theirs.concluded.empty() && theirs.best != LicenseClass::none);
    for (NamedTraits& t : theirs.traits) {
      const bool has =
          std::any_of(traits_.begin(), traits_.end(), [&](const NamedTraits& o) { return o.id == t.id; });
      if (!has) traits_.push_back(std::move(t));
    }
    if (ids_.size() > known || cls_ != before) out_.effective.from.push_back(a.id);
    if (stricter(theirs.cls, out_.weights->cls) != out_.weights->cls) {
      named.insert(named.end(), theirs.evidence.begin(), theirs.evidence.end());
      note(against_ancestor(), "warn",
           fmt::format("released under {}, but {} is under {}, whose terms stay with what is made from it",
                       name_of(*out_.weights), a.id, name_of(theirs)),
           std::move(named));
    }
  }

  // A family whose terms stay with what is made from it. A sentence of the card tells the lineage; a name
  // leaves open whether it does.
  void kin(const RelatedFamily& k) {
    const LicenseClass theirs = catalog::class_of(k.license, catalog_);
    // What is restricted already is so by its own license, or by an ancestor that was read.
    const bool free = best_ == LicenseClass::open || best_ == LicenseClass::permissive_with_conditions;
    if (!free || stricter(theirs, cls_) == cls_) return;
    const bool said = k.how == FamilyMention::said;
    const std::string family = catalog_.in_words(k.license);
    cls_ = stricter(cls_, theirs);
    if (said) {
      best_ = stricter(best_, theirs);
      add_ids(k.license);
      if (const LicenseEntry* entry = catalog_.license(k.license))
        traits_.push_back({k.license, entry->traits});
      out_.effective.from.push_back(k.family);
    }
    const RuleId rule = said ? against_ancestor() : RuleId::lineage_family_named;
    std::vector<Evidence> seen = {evidence(rule, k.seen, said ? Strength::decides : Strength::hints)};
    if (!out_.weights->evidence.empty()) seen.push_back(out_.weights->evidence.front());
    note(rule, "warn",
         said
             ? fmt::format("released under {}, but made from {}, which is under {}, whose terms stay with it",
                           name_of(*out_.weights), k.family, family)
             : fmt::format("{} and no base model is named: if it was made from {}, {} stays with it",
                           k.seen.what, k.family, family),
         std::move(seen));
  }

  // Terms that may be anything bind it.
  void leave_unknown() {
    cls_ = stricter(cls_, LicenseClass::unknown);
    open_ = true;
  }

  void unresolved(const Observation& named) {
    leave_unknown();
    note(RuleId::lineage_unresolved, "warn", named.what + ": its terms are not known",
         {evidence(RuleId::lineage_unresolved, named)});
  }

  // A publisher who put its own derived work under a license ends the chain there for whoever takes from it.
  bool licensed(const std::string& id) const {
    for (const Ancestor& a : facts_.lineage) {
      if (a.id == id && a.repository)
        return conclude(a.license, Scope::weights, catalog_, false).cls != LicenseClass::none;
    }
    return false;
  }

  std::string name_of(const LicenseFinding& l) const {
    if (!l.concluded.empty()) return catalog_.in_words(l.concluded);
    return l.cls == LicenseClass::none ? "no license" : "an unknown license";
  }

  const Facts& facts_;
  const Catalog& catalog_;
  LicenseVerdict& out_;
  std::vector<Finding>& findings_;
  std::set<std::string> ids_;
  bool nameless_ = false;  // a license that binds has no name
  bool open_ = false;      // of something it was made from nobody knows the terms
  std::vector<NamedTraits> traits_;
  LicenseClass cls_ = LicenseClass::unknown;
  LicenseClass best_ = LicenseClass::unknown;
};

bool is_conflict(const Finding& f) {
  for (const RuleId rule :
       {RuleId::license_tag_vs_text, RuleId::license_tag_vs_statement, RuleId::license_statement_vs_text,
        RuleId::license_tag_vs_ancestor, RuleId::license_header_vs_text, RuleId::license_header_vs_ancestor,
        RuleId::license_name_vs_text, RuleId::license_dangling_link}) {
    if (f.rule == id_of(rule)) return true;
  }
  return false;
}

// Texts and sentences of the publisher's repositories that name this model.
std::optional<License> said_elsewhere(const Facts& facts, const Catalog& catalog) {
  std::optional<License> out;
  for (const Linked& l : facts.linked) {
    if (!l.same_publisher || !l.names_model) continue;
    if (!out) out.emplace();
    out->texts.insert(out->texts.end(), l.license.texts.begin(), l.license.texts.end());
    out->statements.insert(out->statements.end(), l.license.statements.begin(), l.license.statements.end());
  }
  if (const auto curated = curated_restriction(facts, catalog)) {
    if (!out) out.emplace();
    out->statements.push_back(*curated);
  }
  return out;
}

// The publisher's repository would come before a bare tag, and did not answer: it may say something else.
// Only the one that is this model's, by its name or by the card's words on the license: weights under an open
// tag whose publisher has some repository that could not be reached are open at least (rubric, section 4).
void doubt_the_tag(const Facts& facts, LicenseFinding& out) {
  const bool bare = !out.evidence.empty() && (out.evidence.front().rule == id_of(RuleId::license_tag) ||
                                              out.evidence.front().rule == id_of(RuleId::license_missing));
  if (!bare) return;
  const auto lost = [](Unseen why) { return why == Unseen::failed || why == Unseen::unreadable; };
  std::string where;
  for (const Searched& place : facts.training_code.searched) {
    if (place.about && place.same_publisher && !place.read && lost(place.outcome)) where = place.where;
  }
  for (const Linked& l : facts.linked) {
    if (!l.same_publisher) continue;
    if (!l.license.card && lost(l.license.card.why())) where = l.license.card.where();
    for (const LicenseText& t : l.license.texts) {
      if (!t.identified && lost(t.identified.why())) where = t.identified.where();
    }
  }
  if (where.empty()) return;
  leave_open(evidence(RuleId::license_unreadable, "the publisher's repository: no answer", where, Kind::link,
                      Strength::supports),
             out);
}

LicenseVerdict closed(const Facts& f) {
  LicenseVerdict out;
  LicenseFinding proprietary;
  proprietary.concluded = "LicenseRef-proprietary";
  proprietary.cls = proprietary.best = LicenseClass::proprietary;
  proprietary.evidence = {
      evidence(RuleId::license_missing, f.release->license, f.release->source, Kind::curated)};
  out.effective = {"LicenseRef-proprietary", LicenseClass::proprietary, LicenseClass::proprietary, {}};
  out.weights = std::move(proprietary);
  return out;
}

}  // namespace

void leave_open(Evidence why, LicenseFinding& out) {
  const bool none = out.cls == LicenseClass::none;
  if (none) out.best = LicenseClass::open;
  out.cls = stricter(none ? LicenseClass::unknown : out.cls, LicenseClass::unknown);
  out.evidence.push_back(std::move(why));
}

LicenseVerdict judge_license(const Facts& facts, const Catalog& catalog, std::vector<Finding>& findings) {
  if (facts.release) return closed(facts);
  LicenseVerdict out;
  if (!facts.repository) {
    out.effective = {"NOASSERTION", LicenseClass::unknown, LicenseClass::open, {}};
    return out;
  }
  const std::optional<License> elsewhere = said_elsewhere(facts, catalog);
  out.weights = conclude(facts.license, Scope::weights, catalog, true, elsewhere ? &*elsewhere : nullptr);
  out.code = conclude(facts.license, Scope::code, catalog, true, elsewhere ? &*elsewhere : nullptr);
  doubt_the_tag(facts, *out.weights);
  doubt_the_tag(facts, *out.code);
  out.training_code = training_code_license(facts, catalog);
  out.training_data = training_data_license(facts, catalog);
  LineageJudge(facts, catalog, out, findings).effective();
  license_findings(facts, out, catalog, findings);
  compare_with_catalog(facts, catalog, out, findings);
  data_findings(facts, catalog, out, findings);
  for (const Finding& f : findings) {
    if (is_conflict(f)) out.conflicts.push_back(f);
  }
  return out;
}

}  // namespace howopen::rules
