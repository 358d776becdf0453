// May it be used for this? Every license that binds the model is asked: its traits, what its text says of the
// use itself, its thresholds and territories, its fields of use and its duties. The strictest answer holds.
//
//   Llama 3.3, product, 5,000 users  ->  yes-if: give a copy of the license (s.1(b)(i)), show "Built with …"
//   Llama 3.3, product               ->  ask: 700,000,000 monthly active users (s.2), and nobody said

#include "howopen/permit.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "catalog/duties.h"
#include "catalog/expression.h"
#include "catalog/served.h"
#include "howopen/verdict.h"
#include "judge/circumstances.h"
#include "judge/traits.h"

namespace howopen {
namespace {

using rules::clause_of;
using rules::hint_of;
using rules::holds;
using rules::lies_in;
using rules::Side;
using rules::side_of;
using rules::touches;
using rules::trait_is;
using rules::value_of;
using rules::words_of;
using rules::words_of_trait;

class Asking {
 public:
  Asking(const Verdict& v, const Catalog& catalog, Purpose use, const Circumstances& of)
      : v_(v), catalog_(catalog), use_(use), row_(catalog.uses().of(use)), of_(of) {}

  Permit answer() {
    if (catalog::only_served(v_)) return served();
    Permit out;
    const std::string expression = v_.license.effective.expression;
    if (v_.license.effective.cls == LicenseClass::none) {
      out = stop(Permission::no, "no license: nothing is granted", "", "", "");
    } else if (expression.empty() || expression == "NOASSERTION" || expression == "NONE") {
      out = of_nameless("its license is not known");
    } else if (const auto parsed = catalog::parse_expression(expression, catalog_)) {
      out = of_expression(*parsed);
    } else {
      out = stop(Permission::ask, "its license is not understood", "", expression, "");
    }
    const EffectiveLicense& e = v_.license.effective;
    if (e.cls != e.best && out.answer != Permission::no)
      add(out, Permission::ask, {"what binds it is not settled: " + unsettled(v_), "", expression, ""});
    const bool gated = std::any_of(v_.modifiers.begin(), v_.modifiers.end(),
                                   [](const std::string& m) { return m == "gated"; });
    if (gated && out.answer != Permission::no) duty(out, {"accept-terms", {}, "", ""}, "", "the gate");
    out.use = use_;
    // What one license asks about matters no more where another forbids it.
    if (out.answer != Permission::yes_if) out.duties.clear();
    std::erase_if(out.because, [&](const Clause& c) { return c.makes != out.answer; });
    return out;
  }

 private:
  static void add(Permit& out, Permission answer, Clause because) {
    out.answer = std::max(out.answer, answer);
    because.makes = answer;
    out.because.push_back(std::move(because));
  }
  void oblige(Permit& out, std::string text, std::string clause) const {
    out.answer = std::max(out.answer, Permission::yes_if);
    out.duties.push_back({std::move(text), std::move(clause), license_, where_});
  }
  Permit stop(Permission answer, std::string text, std::string clause, std::string license,
              std::string where) const {
    Permit out;
    out.use = use_;
    out.answer = answer;
    out.because.push_back({std::move(text), std::move(clause), std::move(license), std::move(where), answer});
    return out;
  }

  // Of a model that is only served: whose weights nobody has, nobody passes on.
  Permit served() const {
    if ((row_.passes_on && use_ != Purpose::product) || use_ == Purpose::finetune)
      return stop(Permission::no, "its weights are not published", "", v_.license.effective.expression, "");
    const Teacher* teacher = catalog_.teacher(v_.practical.vendor);
    if (use_ == Purpose::train_on_outputs && teacher != nullptr && teacher->outputs == "no")
      return stop(Permission::no, teacher->clause, "", "", teacher->source);
    return stop(Permission::ask, "the vendor's terms of service decide, and were not read", "",
                v_.license.effective.expression, v_.practical.api_host);
  }

  Permit of_expression(const catalog::Expression& e) {
    using Kind = catalog::Expression::Kind;
    if (e.kind == Kind::license) return of_license(e.id);
    std::optional<Permit> out;
    for (const catalog::Expression& part : e.parts) {
      Permit one = of_expression(part);
      if (!out) {
        out = std::move(one);
      } else if (e.kind == Kind::any) {
        // Of two that permit it, whoever chooses takes the one that asks for less.
        const bool less = one.answer == out->answer && one.answer == Permission::yes_if &&
                          one.duties.size() < out->duties.size();
        if (one.answer < out->answer || less) out = std::move(one);
      } else {
        out->answer = std::max(out->answer, one.answer);
        out->duties.insert(out->duties.end(), one.duties.begin(), one.duties.end());
        out->because.insert(out->because.end(), one.because.begin(), one.because.end());
      }
    }
    return out ? *out : stop(Permission::ask, "its license is not understood", "", "", "");
  }

  Permit of_license(const std::string& id) {
    license_ = id;
    where_ = place_of(id);
    if (const auto altered = altered_license(id)) return of_altered(altered->id);
    const LicenseEntry* entry = catalog_.license(id);
    const LicenseClass cls = catalog::class_of(id, catalog_);
    if (id == "LicenseRef-unknown") return of_nameless("a license that binds it is not known");
    if (entry == nullptr || cls == LicenseClass::unknown || entry->family)
      return stop(Permission::ask, "what it permits was not written down", "", id, where_);
    return of_entry(*entry, cls);
  }

  // A text that nobody knows may forbid, and permits nothing by itself.
  std::optional<Permit> forbidden() const {
    for (const std::string& need : row_.needs) {
      for (const Trait& t : v_.license.traits) {
        if (t.name == need && t.value == "no" && need != "outputs")
          return stop(Permission::no, fmt::format("{} no", words_of_trait(need)), t.clause, license_, where_);
      }
    }
    return std::nullopt;
  }
  Permit of_nameless(const char* why) const {
    if (auto no = forbidden()) return *no;
    return stop(Permission::ask, why, "", license_, where_);
  }

  // Nor does one that differs from the license's.
  Permit of_altered(const std::string& base) {
    if (auto no = forbidden()) return *no;
    const LicenseEntry* entry = catalog_.license(base);
    if (entry == nullptr) entry = catalog_.license("LicenseRef-" + base);
    if (entry != nullptr) {
      Permit plain = of_entry(*entry, entry->cls);
      if (plain.answer == Permission::no) return plain;
    }
    return stop(Permission::ask, fmt::format("the text is not quite that of {}", base), "", license_, where_);
  }

  Permit of_entry(const LicenseEntry& entry, LicenseClass cls) {
    Permit out;
    out.use = use_;
    out.answer = Permission::yes;
    const auto said = entry.terms.uses.find(use_);
    if (const Party* party = party_of(entry, out)) {
      if (party->answer == Permission::no || party->answer == Permission::ask) {
        add(out, party->answer,
            {fmt::format("{} as {}: {}", row_.words, party->who, word(party->answer)), party->clause,
             license_, where_});
        return out;
      }
      out.answer = party->answer;
    } else if (said != entry.terms.uses.end()) {
      if (said->second.answer == Permission::no || said->second.answer == Permission::ask) {
        add(out, said->second.answer,
            {fmt::format("{}: {}", row_.words, word(said->second.answer)), said->second.clause, license_,
             where_});
        return out;
      }
      out.answer = std::max(out.answer, said->second.answer);
    } else {
      for (const std::string& need : row_.needs) need_of(entry, cls, need, out);
      if (out.answer == Permission::no) return out;
      if (entry.source == "not read") no_copy(out);
    }
    thresholds(entry, out);
    territory(entry, out);
    fields(entry, out);
    duties(entry, out);
    return out;
  }

  // What the text says of who asks, and of a company where it sells nothing: what it does is business. Who
  // does not say who they are is asked where that matters.
  const Party* party_of(const LicenseEntry& entry, Permit& out) const {
    bool differs = false;
    for (const Party& p : entry.terms.parties) {
      if (!holds(p.when, use_)) continue;
      if (p.who == of_.as) return &p;
      differs = differs || p.answer == Permission::no;
    }
    const bool business =
        use_ == Purpose::finetune || use_ == Purpose::publish_finetune || use_ == Purpose::train_on_outputs;
    const bool no_commerce = business && trait_is(entry, "commercial_use", "no");
    if (of_.as.empty() && (differs || no_commerce))
      add(out, Permission::ask, {"it depends on who asks: say --as", "", license_, where_});
    if (of_.as == "company" && no_commerce)
      add(out, Permission::no,
          {"of a company it is commercial, and commercial use is not granted",
           clause_of(entry, "commercial_use"), license_, where_});
    return nullptr;
  }

  void need_of(const LicenseEntry& entry, LicenseClass cls, const std::string& need, Permit& out) const {
    const std::string_view value = value_of(entry, need);
    const std::string clause = clause_of(entry, need);
    const bool limit = need == "outputs";  // that trait says whether there is a limit
    if (value == (limit ? "no" : "yes")) return;
    const auto because = [&](Permission answer, std::string_view words) {
      add(out, answer, {fmt::format("{} {}", words_of_trait(need), words), clause, license_, where_});
    };
    if (value == "unknown") {
      if (cls != LicenseClass::open)
        add(out, Permission::ask, {words_of_trait(need) + " is not known", "", license_, where_});
    } else if (value == "conditional") {
      // What the condition is stands among the values; where nobody wrote them down, it is not known.
      if (!entry.terms.read) because(Permission::ask, "has conditions");
    } else {
      because(limit ? Permission::ask : Permission::no, limit ? "are limited" : "no");
    }
  }

  // What is asked in return stands in a text that howopen has no copy of, and so does what was noted of it.
  void no_copy(Permit& out) const {
    std::string text = "howopen has no copy of its text";
    std::string clause;
    for (const Clause& c : out.because) {
      text += (clause.empty() && text.find(':') == std::string::npos ? ": " : ", ") + c.text;
      if (clause.empty()) clause = c.clause;
    }
    out.because.clear();
    add(out, Permission::ask, {text + "; what it asks in return is not known", clause, license_, where_});
  }

  void thresholds(const LicenseEntry& entry, Permit& out) const {
    if (!entry.terms.read && trait_is(entry, "threshold", "yes")) {
      add(out, Permission::ask, {"there is a threshold", clause_of(entry, "threshold"), license_, where_});
    }
    for (const Threshold& t : entry.terms.thresholds) {
      if (!t.when.empty() && !holds(t.when, use_)) continue;
      const Side side = side_of(t, of_);
      if (side == Side::below || (side == Side::unsaid && !row_.earns)) continue;
      const std::string when = words_of(t);
      if (t.then == "display" || t.then == "register" || t.then == "pay") {
        const std::string condition = side == Side::above ? "" : fmt::format("with {}: ", when);
        oblige(out, condition + text_of_duty(t.then, t.words), t.clause);
      } else {
        add(out, Permission::ask,
            {side == Side::above ? when : fmt::format("{} need another license{}", when, hint_of(t, of_)),
             t.clause, license_, where_});
      }
    }
  }

  void territory(const LicenseEntry& entry, Permit& out) const {
    if (!entry.terms.read && trait_is(entry, "territory", "yes")) {
      add(out, Permission::ask,
          {"it holds in some countries only", clause_of(entry, "territory"), license_, where_});
    }
    for (const Territory& t : entry.terms.territory) {
      if (!t.about.empty() && !v_.modality.empty() && v_.modality != t.about) continue;
      const std::string list = fmt::format("{}", fmt::join(t.out.empty() ? t.only : t.out, ", "));
      const std::string about = t.about.empty() ? "" : fmt::format(" for {} models", t.about);
      if (of_.countries.empty()) {
        add(out, Permission::ask,
            {fmt::format("it grants {} {}{}: say --in", t.out.empty() ? "only in" : "nothing in", list,
                         about),
             t.clause, license_, where_});
        continue;
      }
      for (const std::string& country : of_.countries) {
        const bool outside = t.out.empty() ? !lies_in(country, t.only, catalog_.uses())
                                           : touches(country, t.out, catalog_.uses());
        if (!outside) continue;
        add(out, t.about.empty() || v_.modality == t.about ? Permission::no : Permission::ask,
            {fmt::format("nothing is granted in {}{}{}", country, about,
                         t.words.empty() ? "" : " to " + t.words),
             t.clause, license_, where_});
      }
    }
  }
  bool is_about(const FieldLimit& f, const std::string& field) const {
    if (f.kind == field) return true;
    const auto others = catalog_.uses().fields.find(field);
    return others != catalog_.uses().fields.end() &&
           std::find(others->second.begin(), others->second.end(), f.kind) != others->second.end();
  }

  void fields(const LicenseEntry& entry, Permit& out) const {
    const LicenseTerms& terms = entry.terms;
    const bool restricted = catalog::limits_fields(entry, catalog_.uses());
    const bool unread = std::any_of(terms.fields.begin(), terms.fields.end(),
                                    [](const FieldLimit& f) { return f.kind == "policy" && f.unclear; });
    for (const std::string& field : of_.fields) {
      const auto named = std::find_if(terms.fields.begin(), terms.fields.end(),
                                      [&](const FieldLimit& f) { return is_about(f, field); });
      if (named == terms.fields.end() ? unread : named->unclear) {
        add(out, Permission::ask,
            {fmt::format("whether {} is granted is not told by what was read", field),
             named == terms.fields.end() ? "" : named->clause, license_, where_});
      } else if (named != terms.fields.end() && named->partly) {
        oblige(out, fmt::format("keep from {}", named->words), named->clause);
      } else if (named != terms.fields.end()) {
        add(out, Permission::no,
            {fmt::format("{} is not granted{}", field, named->words.empty() ? "" : ": " + named->words),
             named->clause, license_, where_});
      } else if (restricted && !terms.read) {
        add(out, Permission::ask,
            {fmt::format("its restrictions of use may be about {}", field),
             clause_of(entry, "use_restrictions"), license_, where_});
      }
    }
    if (const auto policy = catalog::policy_of(entry, catalog_.uses()))
      oblige(out, text_of_duty(policy->duty, policy->words), policy->clause);
  }

  void duty(Permit& out, const Duty& d, const std::string& license, const std::string& where) const {
    const auto row = catalog_.uses().duties.find(d.duty);
    const bool aside = row != catalog_.uses().duties.end() && row->second.aside;
    if (!aside) out.answer = std::max(out.answer, Permission::yes_if);
    out.duties.push_back({text_of_duty(d.duty, d.words), d.clause, license, where});
  }

  void duties(const LicenseEntry& entry, Permit& out) const {
    for (const Duty& d : catalog::duties_of(entry, use_, catalog_.uses())) duty(out, d, license_, where_);
  }

  std::string text_of_duty(const std::string& duty, const std::string& words) const {
    return catalog::text_of_duty(duty, words, catalog_.uses());
  }

  // What put the model under this license.
  std::string place_of(const std::string& id) const {
    if (v_.license.weights && has(v_.license.weights->concluded, id))
      return v_.license.weights->file.empty() ? "the card" : v_.license.weights->file;
    for (const LineageEntry& e : v_.lineage) {
      if (has(e.license, id)) return e.id;
    }
    return v_.license.effective.from.empty() ? std::string() : v_.license.effective.from.front();
  }
  static bool has(std::string_view expression, std::string_view id) {
    const std::size_t at = expression.find(id);
    return at != std::string_view::npos &&
           (at + id.size() == expression.size() || expression[at + id.size()] == ' ' ||
            expression[at + id.size()] == ')');
  }

  const Verdict& v_;
  const Catalog& catalog_;
  Purpose use_;
  const Uses::Row& row_;
  const Circumstances& of_;
  std::string license_;
  std::string where_;
};

}  // namespace

Permit permit(const Verdict& verdict, const Catalog& catalog, Purpose use, const Circumstances& of) {
  return Asking(verdict, catalog, use, of).answer();
}

}  // namespace howopen
