// License rules. A license that is not known fails; a license that could not be seen is not known to fail.
//
//   weights under LicenseRef-Gemma, ask = ["LicenseRef-Gemma"]  ->  license.ask, with the line of the list

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "catalog/expression.h"
#include "gate/checks.h"
#include "text/glob.h"

namespace howopen::gate {
namespace {

using catalog::Expression;

// "GPL-2.0-or-later" leaves the choice: it is allowed where that version, or a later one, is.
bool may_choose(std::string_view offered, std::string_view allowed) {
  const auto split = [](std::string_view id) {
    for (const std::string_view tail : {"-or-later", "-only"}) {
      if (id.ends_with(tail)) {
        id.remove_suffix(tail.size());
        const std::size_t dash = id.rfind('-');
        if (dash != std::string_view::npos) return std::pair(id.substr(0, dash), id.substr(dash + 1));
      }
    }
    return std::pair(std::string_view(), std::string_view());
  };
  if (!offered.ends_with("-or-later")) return false;
  const auto [family, version] = split(offered);
  const auto [allowed_family, allowed_version] = split(allowed);
  return !family.empty() && family == allowed_family && version <= allowed_version;
}

// One license: what is denied wins over what is asked for, that over what is allowed. A license with an
// exception grants no less than without: it is allowed with it.
Standing standing_of(const Expression& e, const Policy& p, std::string_view model) {
  const std::string whole = e.text();
  const auto in = [&](const LicenseList& list, bool bare) -> const Set<std::string>* {
    for (const Set<std::string>& id : list.ids) {
      if (id.value == whole || (bare && !e.exception.empty() && id.value == e.id)) return &id;
    }
    return nullptr;
  };
  if (const auto* line = in(p.deny, true)) return {Stand::denied, line->place, whole};
  for (const LicenseException& x : p.exceptions) {
    if (text::glob(x.model, model) && std::find(x.allow.begin(), x.allow.end(), whole) != x.allow.end())
      return {Stand::allowed, x.place, whole};
  }
  if (const auto* line = in(p.ask, true)) return {Stand::ask, line->place, whole};
  if (const auto* line = in(p.allow, true)) return {Stand::allowed, line->place, whole};
  for (const Set<std::string>& id : p.allow.ids) {
    if (may_choose(e.id, id.value)) return {Stand::allowed, id.place, whole};
  }
  return {Stand::not_allowed, p.allow.place, whole};
}

Standing standing_in(const Expression& e, const Policy& p, std::string_view model) {
  if (e.kind == Expression::Kind::license) return standing_of(e, p, model);
  Standing out = standing_in(e.parts.front(), p, model);
  for (std::size_t i = 1; i < e.parts.size(); ++i) {
    Standing part = standing_in(e.parts[i], p, model);
    const bool takes = e.kind == Expression::Kind::all ? part.stand > out.stand : part.stand < out.stand;
    if (takes) out = std::move(part);
  }
  return out;
}

std::string waive(const Asked& a, std::string_view rule) {
  // A quarter is a proposal that can be pasted; whoever signs may choose.
  const auto today = day_number(a.today);
  return fmt::format("howopen waive {} {} --until {} --reason '…'", a.verdict.id, rule,
                     today ? day_of(*today + 90) : "YYYY-MM-DD");
}

// Whether a text is the one that speaks for a part of the model: the license of the code says nothing of the
// weights.
bool speaks_for(const LicenseText& t, const LicenseFinding& l, Scope part) {
  if (!l.file.empty()) return t.path == l.file;
  return t.scope == Scope::everything || t.scope == part;
}

// What a [[clarify]] says, as long as the file it was said of is still the same. One that has become void is
// told: somebody relied on it.
const Clarify* clarified(const Asked& a, const LicenseFinding& l, Scope part, std::string& told) {
  for (const Clarify& c : a.policy.clarifications) {
    if (!text::glob(c.model, a.verdict.id)) continue;
    bool there = false;
    for (const LicenseText& t : a.facts.license.texts) {
      if (t.path != c.path) continue;
      there = true;
      if (!t.identified || t.identified->sha256.empty())
        told = fmt::format("; the clarification at {}:{} could not be checked: {} was not read", c.place.file,
                           c.place.line, c.path);
      else if (t.identified->sha256 != c.sha256)
        told = fmt::format("; the clarification at {}:{} is void: {} is another file now", c.place.file,
                           c.place.line, c.path);
      else if (speaks_for(t, l, part))
        return &c;
    }
    if (!there)
      told = fmt::format("; the clarification at {}:{} is void: there is no {}", c.place.file, c.place.line,
                         c.path);
  }
  return nullptr;
}

const char* rule_of(Stand stand) {
  switch (stand) {
    case Stand::denied:
      return "license.denied";
    case Stand::ask:
      return "license.ask";
    case Stand::not_allowed:
      return "license.not-allowed";
    case Stand::allowed:
      break;
  }
  return "";
}

const char* words_of(Stand stand) {
  switch (stand) {
    case Stand::denied:
      return "which the policy denies";
    case Stand::ask:
      return "which needs a waiver signed off";
    case Stand::not_allowed:
      return "which the policy does not allow";
    case Stand::allowed:
      break;
  }
  return "";
}

bool listed(const Policy& p, const std::string& id) {
  const auto in = [&](const LicenseList& list) {
    return std::any_of(list.ids.begin(), list.ids.end(),
                       [&](const Set<std::string>& s) { return s.value == id; });
  };
  return in(p.allow) || in(p.ask) || in(p.deny);
}

// The license of one part of the model; the check that fails, if one does.
Check ask_license(const Asked& a, const LicenseFinding& l, Scope scope, std::string_view what) {
  Check out;
  out.evidence = l.evidence;
  const std::string name = l.concluded.empty() ? l.declared : l.concluded;
  out.value = name.empty() ? std::string(word(l.cls)) : name;
  std::string told;
  const auto fails = [&](const char* rule, std::string message, std::string fix,
                         Answer answer = Answer::fail) {
    out.rule = rule;
    out.answer = answer;
    out.message = std::move(message) + told;
    out.fix = std::move(fix);
    return out;
  };
  if (const Clarify* c = clarified(a, l, scope, told)) {
    told.clear();
    const Standing s = standing(c->license, a.policy, a.verdict.id, a.catalog);
    out.value = c->license;
    out.line = s.stand == Stand::allowed ? c->place : s.line;
    if (s.stand == Stand::allowed) return out;
    return fails(rule_of(s.stand),
                 fmt::format("{} clarified to be under {}, {}", what, c->license, words_of(s.stand)),
                 waive(a, rule_of(s.stand)));
  }
  if (l.cls == LicenseClass::none)
    return fails("license.missing", fmt::format("{} come without a license: nothing is granted", what),
                 "ask the publisher for a license, or choose another model");
  const bool unread = l.best != l.cls;
  if (l.concluded.empty() || (l.cls == LicenseClass::unknown && !listed(a.policy, l.concluded))) {
    if (unread)
      return fails("license.unknown", fmt::format("the license of the {} could not be seen", what), "",
                   Answer::unknown);
    return fails("license.unknown",
                 fmt::format("{} under a license that is not known{}", what, name.empty() ? "" : ": " + name),
                 fmt::format("read it, then: {}", waive(a, "license.unknown")));
  }
  const bool altered =
      l.match == Match::extra_terms || l.match == Match::modified || l.match == Match::incomplete;
  if (altered && !listed(a.policy, l.concluded))
    return fails(
        "license.extra-terms",
        fmt::format("{} under {}: the text of {} is not the plain license", what, l.concluded, l.file),
        fmt::format("howopen license shows what differs; then: {}", waive(a, "license.extra-terms")));
  // What somebody read and recorded was not measured.
  const bool measured = !l.file.empty() && l.match != Match::recorded;
  if (measured && l.confidence < a.policy.confidence.value && !altered) {
    out.line = a.policy.confidence.place;
    return fails("license.unknown",
                 fmt::format("{} under a text like {}, by {:.2f}, less than the {:g} the policy asks for",
                             what, l.concluded, l.confidence, a.policy.confidence.value),
                 waive(a, "license.unknown"));
  }
  const Standing s = standing(l.concluded, a.policy, a.verdict.id, a.catalog);
  if (s.stand == Stand::allowed) return out;
  out.line = s.line;
  return fails(rule_of(s.stand), fmt::format("{} under {}, {}", what, s.license, words_of(s.stand)),
               waive(a, rule_of(s.stand)));
}

// Each rule once: the failures of all parts, else one pass.
void put(std::vector<Check>& out, std::vector<Check> failed, std::string_view rule) {
  bool any = false;
  for (Check& c : failed) {
    if (c.rule != rule || c.answer == Answer::pass) continue;
    any = true;
    out.push_back(std::move(c));
  }
  if (!any) out.push_back({std::string(rule), Answer::pass, {}, {}, {}, {}, {}});
}

void ask_lineage(const Asked& a, std::vector<Check>& out) {
  const Verdict& v = a.verdict;
  constexpr const char* kRule = "lineage.base-allowed";
  std::vector<Check> failed;
  for (const LineageEntry& e : v.lineage) {
    const auto& from = v.license.effective.from;
    const bool binds = std::find(from.begin(), from.end(), e.id) != from.end();
    if (!binds) continue;
    const Standing s = standing(e.license, a.policy, v.id, a.catalog);
    if (s.stand == Stand::allowed) continue;
    std::vector<Evidence> evidence;
    for (const Finding& f : v.license.conflicts) {
      if (f.message.find(e.id) != std::string::npos)
        evidence.insert(evidence.end(), f.evidence.begin(), f.evidence.end());
    }
    if (evidence.empty())
      evidence.push_back({kRule, e.id + " is under " + e.license, "https://huggingface.co/" + e.id,
                          Kind::metadata, Strength::decides});
    failed.push_back({kRule, Answer::fail, e.id + " " + e.license,
                      fmt::format("made from {} ({}), which is under {}, {}", e.id, e.relation, e.license,
                                  words_of(s.stand)),
                      std::move(evidence), waive(a, kRule), s.line});
  }
  // An ancestor nobody could read may bind too.
  const EffectiveLicense& effective = v.license.effective;
  const bool own_known = v.license.weights && v.license.weights->cls == v.license.weights->best;
  if (failed.empty() && own_known && effective.cls != effective.best) {
    std::vector<Evidence> evidence;
    for (const Finding& f : v.findings) {
      if (f.rule.starts_with("lineage."))
        evidence.insert(evidence.end(), f.evidence.begin(), f.evidence.end());
    }
    failed.push_back({kRule,
                      Answer::unknown,
                      {},
                      "what it was made from could not be read, and may add terms",
                      std::move(evidence),
                      {},
                      {}});
  }
  put(out, std::move(failed), kRule);
}

}  // namespace

Standing standing(std::string_view expression, const Policy& policy, std::string_view model,
                  const Catalog& catalog) {
  const auto parsed = catalog::parse_expression(expression, catalog);
  if (!parsed) return {Stand::not_allowed, policy.allow.place, std::string(expression)};
  return standing_in(*parsed, policy, model);
}

void check_licenses(const Asked& a, std::vector<Check>& out) {
  const Verdict& v = a.verdict;
  std::vector<Check> asked;
  std::vector<Evidence> claims;
  std::vector<std::string> claimed;
  const auto applies = [&](std::string_view what) {
    const auto& to = a.policy.applies_to.value;
    return std::find(to.begin(), to.end(), what) != to.end();
  };
  const auto part = [&](Scope scope, std::string_view what, const std::optional<LicenseFinding>& l) {
    if (!applies(word(scope)) || !l) return;
    asked.push_back(ask_license(a, *l, scope, what));
    if (!l->claim_only || l->cls == LicenseClass::none || asked.back().rule == "license.unknown") return;
    claims.insert(claims.end(), l->evidence.begin(), l->evidence.end());
    claimed.push_back(l->concluded.empty() ? l->declared : l->concluded);
  };
  const bool weights = v[Component::weights].state != State::unavailable;
  if (weights) part(Scope::weights, "weights", v.license.weights);
  part(Scope::code, "code", v.license.code);
  part(Scope::code, "training code", v.license.training_code);
  part(Scope::data, "training data", v.license.training_data);
  for (const char* rule : {"license.not-allowed", "license.denied", "license.ask", "license.missing",
                           "license.unknown", "license.extra-terms"})
    put(out, asked, rule);
  if (claims.empty()) {
    out.push_back({"license.claim-only", Answer::pass, {}, {}, {}, {}, {}});
  } else {
    std::sort(claimed.begin(), claimed.end());
    claimed.erase(std::unique(claimed.begin(), claimed.end()), claimed.end());
    out.push_back({"license.claim-only", Answer::fail, fmt::format("{}", fmt::join(claimed, ", ")),
                   fmt::format("{} is claimed; there is no license text", fmt::join(claimed, " and ")),
                   std::move(claims), "ask the publisher for a license text",
                   a.policy.require_file.value ? a.policy.require_file.place : PolicyLine{}});
  }
  std::vector<Check> conflicts;
  for (const Finding& f : v.license.conflicts)
    conflicts.push_back({"license.conflict",
                         Answer::fail,
                         f.rule + ": " + f.message,
                         f.message,
                         f.evidence,
                         "howopen why " + v.id + " " + f.rule,
                         {}});
  put(out, std::move(conflicts), "license.conflict");
  if (weights) ask_lineage(a, out);
}

}  // namespace howopen::gate
