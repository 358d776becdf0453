// May it be made of these parts, and passed on under that license? Each part is asked whether a derivative
// may stand under the license of the whole; the strictest answer holds.
//
//   a Llama 3 model, as MIT                   ->  no: its own agreement goes along (s.1(b)(i))
//   an Apache-2.0 model, CC-BY-SA data, as MIT ->  ask: whether terms of data reach weights is disputed
//   MPL-2.0 code, as GPL-3.0-only              ->  yes-if: keep its notices

#include "howopen/combine.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/duties.h"
#include "catalog/expression.h"
#include "howopen/verdict.h"
#include "judge/traits.h"

namespace howopen {
namespace {

using rules::clause_of;
using rules::value_of;

using Role = Part::Role;

bool matches(const std::vector<std::string>& patterns, std::string_view id) {
  return std::any_of(patterns.begin(), patterns.end(), [&](std::string_view p) {
    return p.ends_with('*') ? id.starts_with(p.substr(0, p.size() - 1)) : p == id;
  });
}

bool has_duty(const LicenseEntry& entry, std::string_view duty) {
  return std::any_of(entry.terms.duties.begin(), entry.terms.duties.end(),
                     [&](const Duty& d) { return d.duty == duty; });
}

class Combining {
 public:
  Combining(const std::vector<Part>& parts, const std::string& as, std::optional<Purpose> use,
            const Circumstances& of, const Catalog& catalog)
      : parts_(parts), as_(as), use_(use), of_(of), catalog_(catalog) {}

  Combination run() {
    const LicenseEntry* target = catalog_.license(as_);
    if (target == nullptr || target->family || class_of(as_) == LicenseClass::unknown) {
      say(Permission::ask, "what it permits was not written down", "", as_, "as");
      return finish();
    }
    if (parts_.empty()) say(Permission::ask, "no part was named", "", "", "");
    for (const Part& p : parts_) part(p);
    if (use_) allows(as_, "as");
    return finish();
  }

 private:
  LicenseClass class_of(const std::string& id) const { return catalog::class_of(id, catalog_); }

  void say(Permission answer, std::string text, std::string clause, std::string license, std::string where) {
    out_.because.push_back(
        {std::move(text), std::move(clause), std::move(license), std::move(where), answer});
  }

  Combination finish() {
    out_.answer = out_.duties.empty() ? Permission::yes : Permission::yes_if;
    for (const Clause& c : out_.because) out_.answer = std::max(out_.answer, c.makes);
    std::erase_if(out_.because, [&](const Clause& c) { return c.makes != out_.answer; });
    if (out_.answer == Permission::no || out_.answer == Permission::ask) out_.duties.clear();
    return std::move(out_);
  }

  void part(const Part& p) {
    const std::string where = fmt::format("{} {}", word(p.role), p.name);
    if (!p.refused.empty()) {
      say(Permission::no, p.refused, "", "", where);
      return;
    }
    const auto parsed = catalog::parse_expression(p.license, catalog_);
    if (p.license.empty() || !parsed) {
      say(Permission::ask, p.why.empty() ? "its license is not known" : p.why, "", p.license, where);
      return;
    }
    expression(p, *parsed, where);
  }

  // Of alternatives the best counts, and of those the one that asks for least; of what holds together each.
  void expression(const Part& p, const catalog::Expression& e, const std::string& where) {
    using Kind = catalog::Expression::Kind;
    if (e.kind == Kind::license) {
      one(p, e.id, where);
      return;
    }
    if (e.kind == Kind::all) {
      for (const catalog::Expression& x : e.parts) expression(p, x, where);
      return;
    }
    std::optional<Combination> best;
    for (const catalog::Expression& x : e.parts) {
      Combining alone(parts_, as_, use_, of_, catalog_);
      alone.expression(p, x, where);
      Combination c = alone.finish();
      const bool less = best && c.answer == best->answer && c.duties.size() < best->duties.size();
      if (!best || c.answer < best->answer || less) best = std::move(c);
    }
    if (!best) return;
    out_.because.insert(out_.because.end(), best->because.begin(), best->because.end());
    for (Clause& c : best->duties) oblige(std::move(c));
  }

  void one(const Part& p, const std::string& id, const std::string& where) {
    const LicenseEntry* entry = catalog_.license(id);
    const LicenseClass cls = class_of(id);
    if (cls == LicenseClass::none) {
      say(Permission::no, "no license: nothing is granted", "", id, where);
    } else if (entry == nullptr || entry->family || cls == LicenseClass::unknown || altered_license(id)) {
      say(Permission::ask, "what it permits was not written down", "", id, where);
    } else if (p.role == Role::data) {
      data(*entry, cls, where);
    } else if (p.role == Role::teacher) {
      teacher(p, *entry, where);
    } else {
      derivative(*entry, cls, where);
      if (use_) allows(id, where);
    }
  }

  // What was made from it becomes part of the whole.
  void derivative(const LicenseEntry& entry, LicenseClass cls, const std::string& where) {
    if (!right(entry, "modification", where) || !right(entry, "redistribution", where)) return;
    const Into into = becomes(entry, cls);
    if (into.answer != Permission::yes) {
      say(into.answer, into.why, into.clause, entry.id, where);
      return;
    }
    oblige(entry, Purpose::publish_finetune, where);
  }
  void oblige(const Duty& d, const std::string& license, const std::string& where) {
    oblige({catalog::text_of_duty(d.duty, d.words, catalog_.uses()), d.clause, license, where,
            Permission::yes_if});
  }
  void oblige(Clause duty) {
    const bool known = std::any_of(out_.duties.begin(), out_.duties.end(), [&](const Clause& c) {
      const bool same_place = c.where == duty.where || duty.where == "as";
      return c.text == duty.text && c.license == duty.license && same_place;
    });
    if (!known) out_.duties.push_back(std::move(duty));
  }
  void oblige(const LicenseEntry& entry, Purpose use, const std::string& where) {
    if (const auto policy = catalog::policy_of(entry, catalog_.uses())) oblige(*policy, entry.id, where);
    for (const Duty& d : catalog::duties_of(entry, use, catalog_.uses())) oblige(d, entry.id, where);
  }
  bool right(const LicenseEntry& entry, const char* trait, const std::string& where) {
    const std::string_view value = value_of(entry, trait);
    if (value == "yes" || value == "conditional") {
      // No changed copies: "conditional" where changed ones may be made and not shared.
      const bool kept = value == "conditional" && std::string_view(trait) == "modification" &&
                        entry.id.find("-ND-") != std::string::npos;
      if (!kept) return true;
    }
    const bool no = value != "unknown";
    say(no ? Permission::no : Permission::ask,
        no ? fmt::format("it gives no right of {}", trait)
           : fmt::format("whether it permits {} is not known", trait),
        clause_of(entry, trait), entry.id, where);
    return false;
  }

  struct Into {
    Permission answer = Permission::yes;
    std::string why;
    std::string clause;
  };
  Into becomes(const LicenseEntry& entry, LicenseClass cls) const {
    if (entry.id == as_) return {};
    const auto no = [&](std::string why, std::string clause = {}) {
      return Into{Permission::no, std::move(why), std::move(clause)};
    };
    const auto& rows = catalog_.compatibility().rows;
    const auto found = rows.find(entry.id);
    const bool carried = has_duty(entry, "share-alike") || has_duty(entry, "pass-on") ||
                         has_duty(entry, "policy") || value_of(entry, "use_restrictions") == "yes";
    if (found != rows.end()) {
      const Compatibility::Row& row = found->second;
      if (matches(row.not_into, as_)) return no(fmt::format("not under {}: {}", as_, row.why));
      if (matches(row.into, as_)) return {};
      if (matches(row.beside, as_)) {
        if (std::any_of(parts_.begin(), parts_.end(), [&](const Part& p) { return p.license == as_; }))
          return {};
        return {Permission::ask, fmt::format("under {} by itself: {}", as_, row.why), ""};
      }
      if (matches(row.ask, as_)) return {Permission::ask, fmt::format("under {}: {}", as_, row.why), ""};
    }
    const LicenseClass target = class_of(as_);
    const bool copyleft = value_of(entry, "copyleft") == "yes";
    if (cls == LicenseClass::non_commercial) {
      if (target != LicenseClass::non_commercial)
        return no("it is for non-commercial use alone", clause_of(entry, "commercial_use"));
      return copyleft || carried
                 ? no("what is made from it stays under its own terms", clause_of(entry, "copyleft"))
                 : Into{Permission::ask,
                        "two licenses for non-commercial use: which limits meet is not settled", ""};
    }
    if (cls == LicenseClass::use_restricted || cls == LicenseClass::proprietary)
      return no("what is made from it stays under its own terms", terms_clause(entry));
    if (cls == LicenseClass::permissive_with_conditions) {
      if (value_of(*catalog_.license(as_), "copyleft") == "yes")
        return no("its condition is a further restriction there", terms_clause(entry));
      return {Permission::ask, "its condition stays with what is made from it", terms_clause(entry)};
    }
    if (found != rows.end() && found->second.permissive) return {};
    if (copyleft || has_duty(entry, "share-alike"))
      return no("what is made from it stays under its own license", clause_of(entry, "copyleft"));
    if (value_of(entry, "copyleft") != "no") {
      return {Permission::ask, "whether what is made from it stays under its license is not known",
              clause_of(entry, "copyleft")};
    }
    return {};
  }
  static std::string terms_clause(const LicenseEntry& entry) {
    for (const char* duty : {"share-alike", "pass-on", "license-copy", "display", "policy"}) {
      for (const Duty& d : entry.terms.duties) {
        if (d.duty == duty) return d.clause;
      }
    }
    return clause_of(entry, "use_restrictions");
  }

  // Whether the terms of data reach weights is disputed: only what asks for nothing more is settled.
  void data(const LicenseEntry& entry, LicenseClass cls, const std::string& where) {
    const Compatibility& c = catalog_.compatibility();
    if (c.results_free.contains(entry.id)) return;
    const Into into = entry.id == as_ ? Into{} : becomes(entry, cls);
    const bool permissive = cls == LicenseClass::open && value_of(entry, "copyleft") == "no";
    if (into.answer == Permission::yes || permissive) {
      if (has_duty(entry, "notice") || value_of(entry, "attribution") == "yes") {
        out_.duties.push_back(
            {"credit it as its license asks, to be safe: whether the terms of data reach the "
             "weights trained on them is disputed",
             clause_of(entry, "attribution"), entry.id, where, Permission::yes_if});
      }
      return;
    }
    say(Permission::ask, "whether the terms of data reach the weights trained on them is disputed", "",
        entry.id, where);
  }

  void teacher(const Part& p, const LicenseEntry& entry, const std::string& where) {
    const auto of_same = [&] {
      return as_ == entry.id || std::any_of(parts_.begin(), parts_.end(), [&](const Part& o) {
               return o.role == Role::model && o.license == p.license;
             });
    };
    if (catalog_.compatibility().outputs_are_derivatives.contains(entry.id)) {
      if (as_ != entry.id)
        say(Permission::no, "what is trained on its outputs is a derivative, by its text",
            clause_of(entry, "outputs"), entry.id, where);
      return;
    }
    const auto told = entry.terms.uses.find(Purpose::train_on_outputs);
    const std::string_view outputs = value_of(entry, "outputs");
    const bool forbids =
        told != entry.terms.uses.end() ? told->second.answer == Permission::no : outputs == "yes";
    const std::string clause =
        told != entry.terms.uses.end() ? told->second.clause : clause_of(entry, "outputs");
    if (forbids && !of_same()) {
      say(Permission::no, "its outputs may not train other models", clause, entry.id, where);
      return;
    }
    const LicenseClass cls = class_of(entry.id);
    const bool answered = told != entry.terms.uses.end() && told->second.answer != Permission::ask;
    // Of share-alike licenses for works that are no software nobody has settled whether outputs are adapted
    // material.
    const bool disputed = cls == LicenseClass::open && !entry.osi && value_of(entry, "copyleft") == "yes";
    const bool silent = entry.terms.read && outputs != "unknown" && cls != LicenseClass::non_commercial;
    const bool settled = answered || (!disputed && (cls == LicenseClass::open || silent));
    if (!settled && !of_same()) {
      say(Permission::ask, "whether its outputs may train others is not told", clause, entry.id, where);
      return;
    }
    if (use_) allows(entry.id, where);
    oblige(entry, Purpose::train_on_outputs, where);
  }

  // Whether it may be used as somebody wants to.
  void allows(const std::string& id, const std::string& where) {
    Verdict v;
    v.rung = Rung::weights_available;
    v.license.effective = {id, class_of(id), class_of(id), {}};
    const Permit permit = howopen::permit(v, catalog_, *use_, of_);
    for (const Clause& c : permit.duties) oblige({c.text, c.clause, id, where, Permission::yes_if});
    if (permit.answer != Permission::no && permit.answer != Permission::ask) return;
    for (const Clause& c : permit.because) say(permit.answer, asked_here(c.text), c.clause, id, where);
  }

  // Here `--as` is a license.
  static std::string asked_here(std::string text) {
    constexpr std::string_view kAs = ": say --as";
    if (text.ends_with(kAs)) text.replace(text.size() - kAs.size(), kAs.size(), ": say --who");
    return text;
  }

  const std::vector<Part>& parts_;
  const std::string& as_;
  std::optional<Purpose> use_;
  const Circumstances& of_;
  const Catalog& catalog_;
  Combination out_;
};

}  // namespace

Combination combine(const std::vector<Part>& parts, const std::string& as, std::optional<Purpose> use,
                    const Circumstances& of, const Catalog& catalog) {
  return Combining(parts, as, use, of, catalog).run();
}

}  // namespace howopen
