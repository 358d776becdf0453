// A policy over a verdict: each rule's answer gets the level of the policy, a waiver where one was signed,
// and the model its decision.
//
//   license.ask fails, level deny, no waiver            ->  denied
//   verdict undetermined, on-unknown "undecided"        ->  undecided, which is neither pass nor denied

#include <fmt/format.h>

#include <algorithm>

#include "catalog/served.h"
#include "gate/checks.h"
#include "gate/rules.h"
#include "text/digest.h"
#include "text/glob.h"

namespace howopen {
namespace {

using gate::Answer;
using gate::Check;

// Judged by the gate itself, so that the judge's own finding would say it twice.
bool covered(const Verdict& v, const Finding& f) {
  for (const gate::GateRule& rule : gate::kGateRules) {
    if (f.rule == rule.id) return true;
  }
  return std::any_of(v.license.conflicts.begin(), v.license.conflicts.end(),
                     [&](const Finding& c) { return c.rule == f.rule; });
}

Level level_word(std::string_view level) {
  return from_word<Level>(level).value_or(Level::note);
}

// What helps against not having seen something.
std::string remedy(const Facts& facts) {
  for (const LookupError& m : facts.lookup_errors) {
    if (m.offline) return "leave --offline out, or have it in a cache";
    if (m.trouble == Trouble::not_found) return "check the name; of a private model set HF_TOKEN";
    if (m.trouble == Trouble::rate_limited) return "wait, or set HF_TOKEN: more may be asked with a token";
    if (m.trouble == Trouble::gated || m.trouble == Trouble::auth_required)
      return "accept its terms at the Hub, then set HF_TOKEN";
  }
  // Everything was answered, and the answers leave it open.
  if (facts.lookup_errors.empty())
    return fmt::format("howopen why {} license tells what is open; [[clarify]] of the policy settles it",
                       facts.ref);
  return "try again; howopen doctor looks at the network";
}

class Application {
 public:
  Application(Verdict& verdict, const Facts& facts, const GateRequest& request, std::vector<int>& used)
      : v_(verdict),
        facts_(facts),
        policy_(request.policy),
        catalog_(request.catalog),
        today_(request.today),
        request_(request),
        used_(used) {}

  void run() {
    std::vector<Check> checks;
    const gate::Asked asked{v_, facts_, policy_, catalog_, today_};
    gate::check_licenses(asked, checks);
    gate::check_openness(asked, checks);
    gate::check_uses(asked, checks);
    if (only_served()) {
      std::erase_if(checks, [](const Check& c) { return !asked_of_served(c.rule); });
    }
    std::vector<Finding> findings;
    for (Check& c : checks) {
      if (c.answer == Answer::pass) v_.passed.push_back(c.rule);
      if (c.answer == Answer::fail || c.answer == Answer::unknown) put(findings, std::move(c));
    }
    for (Finding& f : findings) waive(f);
    no_verdict(findings);
    for (Finding& f : v_.findings) {
      if (covered(v_, f)) continue;
      if (const auto set = policy_.levels.find(f.rule); set != policy_.levels.end()) {
        if (set->second.value == Level::off) continue;
        f.level = std::string(word(set->second.value));
        f.policy = set->second.place;
      }
      waive(f);
      findings.push_back(std::move(f));
    }
    cap(findings);
    for (Finding& f : findings) {
      f.fingerprint = text::fingerprint(f.rule, v_.id, f.value.empty() ? f.message : f.value);
      f.known = request_.known.has(f.fingerprint, v_.id, v_.revision);
    }
    std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
      const Level x = level_word(a.level);
      const Level y = level_word(b.level);
      return x != y ? x > y : a.rule != b.rule ? a.rule < b.rule : a.value < b.value;
    });
    std::sort(v_.passed.begin(), v_.passed.end());
    v_.findings = std::move(findings);
    decide();
  }

 private:
  // Code that calls a vendor's API takes no weights in: what a policy asks of weights is not asked of it. Nor
  // is it of a vendor's model that is named by itself.
  bool only_served() const {
    return catalog::only_served(v_) && (!v_.uses.empty() || facts_.release) &&
           std::all_of(v_.uses.begin(), v_.uses.end(), [](const Use& u) { return u.served; });
  }
  static bool asked_of_served(std::string_view rule) {
    return rule == "access.api-only" || rule == "verdict.minimum" || rule == "jurisdiction.denied" ||
           rule == "catalog.stale" || rule.starts_with("use.");
  }

  // Files of some roles count less; a model that stands elsewhere too counts fully.
  void cap(std::vector<Finding>& findings) const {
    Level most = Level::off;
    for (const Use& u : v_.uses) {
      const auto set = policy_.scan.roles.find(u.role);
      if (set == policy_.scan.roles.end()) return;
      most = std::max(most, set->second);
    }
    if (v_.uses.empty()) return;
    if (most == Level::off) findings.clear();
    for (Finding& f : findings) {
      if (level_word(f.level) > most) f.level = std::string(word(most));
    }
  }

  void put(std::vector<Finding>& out, Check c) {
    Set<Level> set = policy_.levels.at(c.rule);
    // A demand of its own key is as good as the rule's level.
    if (c.rule == "license.claim-only" && policy_.require_file.value && set.place.file == "built-in")
      set.value = Level::deny;
    if (set.value == Level::off) return;
    Finding f;
    f.rule = std::move(c.rule);
    f.level = std::string(word(set.value));
    f.message = std::move(c.message);
    f.evidence = std::move(c.evidence);
    f.value = std::move(c.value);
    f.fix = std::move(c.fix);
    f.policy = c.line.file.empty() ? set.place : std::move(c.line);
    if (c.answer == Answer::unknown) unanswered(f, set.value);
    out.push_back(std::move(f));
  }

  // Whether a finding of this level fails the gate.
  bool fails(Level level) const {
    return level == Level::deny || (policy_.fail_on.value != Level::off && level >= policy_.fail_on.value);
  }

  // A question that had no answer is not passed: where the answer could have failed the gate, the model is
  // undecided, or what the policy says.
  void unanswered(Finding& f, Level level) {
    f.undecided = true;
    // A rule that knows better says so itself.
    if (f.fix.empty()) f.fix = remedy(facts_);
    if (!v_.errors.empty() && f.message.find(v_.errors.front().message) == std::string::npos)
      f.message += ": " + v_.errors.front().message;
    if (!fails(level)) return;
    told_ = true;
    const Set<OnUnknown>& on = policy_.on_unknown;
    if (!on.place.file.empty()) f.policy = on.place;
    f.level = on.value == OnUnknown::warn ? "warn" : on.value == OnUnknown::allow ? "note" : "deny";
    if (on.value == OnUnknown::deny) f.undecided = false;
  }

  // Without a verdict there is no pass, whatever the rules found.
  void no_verdict(std::vector<Finding>& out) {
    if (v_.rung != Rung::undetermined) return;
    // Code that calls an API has its answer: there are no weights, whether or not that member is served.
    if (!v_.uses.empty() && only_served()) return;
    // A waiver of one question is none of all the others.
    const bool signed_for =
        std::any_of(out.begin(), out.end(), [](const Finding& f) { return f.undecided && f.waiver; });
    if (told_ && !signed_for) return;
    const bool lenient =
        policy_.on_unknown.value == OnUnknown::warn || policy_.on_unknown.value == OnUnknown::allow;
    if (std::any_of(out.begin(), out.end(), [&](const Finding& f) {
          return f.rule == "verdict.minimum" && (lenient || f.level == "deny");
        }))
      return;
    Finding f;
    f.rule = "verdict.minimum";
    f.level = "deny";
    f.value = "undetermined";
    f.message = v_.low == v_.high
                    ? "has no verdict"
                    : fmt::format("has no verdict: it lies between {} and {}", title(v_.low), title(v_.high));
    for (const LookupError& m : v_.errors) {
      f.message += fmt::format(": {}", m.message);
      f.evidence.push_back({"verdict.minimum", fmt::format("{} ({})", m.message, word(m.trouble)), m.where,
                            Kind::metadata, Strength::decides});
      break;
    }
    unanswered(f, Level::deny);
    waive(f);
    out.push_back(std::move(f));
  }

  void waive(Finding& f) const {
    if (f.level == "note") return;
    for (std::size_t i = 0; i < policy_.waivers.size(); ++i) {
      const Waiver& w = policy_.waivers[i];
      if (w.rule != f.rule || w.until < today_ || !text::glob(w.model, v_.id)) continue;
      if (!w.value.empty() && w.value != f.value) continue;
      ++used_[i];
      if (!f.waiver) f.waiver = WaiverNote{w.until, w.reason, w.by, w.place};
    }
  }

  void decide() {
    v_.decision = Decision::pass;
    bool undecided = false;
    for (const Finding& f : v_.findings) {
      // What could not be seen is not what the baseline saw.
      if (f.waiver || (f.known && request_.new_only && !f.undecided)) continue;
      if (f.undecided && f.level == "deny")
        undecided = true;
      else if (policy_.fail_on.value != Level::off && level_word(f.level) >= policy_.fail_on.value)
        v_.decision = Decision::denied;
    }
    if (undecided && v_.decision == Decision::pass) v_.decision = Decision::undecided;
  }

  Verdict& v_;
  const Facts& facts_;
  const Policy& policy_;
  const Catalog& catalog_;
  std::string_view today_;
  const GateRequest& request_;
  std::vector<int>& used_;
  bool told_ = false;  // some finding says that the gate's question could not be answered
};

}  // namespace

void apply_policy(Verdict& verdict, const Facts& facts, const GateRequest& request, std::vector<int>& used) {
  used.resize(request.policy.waivers.size());
  Application(verdict, facts, request, used).run();
}

void count(GateSummary& summary, const Verdict& v) {
  if (v.decision == Decision::pass) ++summary.pass;
  if (v.decision == Decision::denied) ++summary.denied;
  if (v.decision == Decision::undecided) ++summary.undecided;
  for (const Finding& f : v.findings) summary.waived += f.waiver ? 1 : 0;
}

std::string name_of(const Policy& policy) {
  return policy.file.empty() ? "preset " + policy.preset : policy.file;
}

std::vector<Notice> waiver_notices(const Policy& policy, const std::vector<int>& used,
                                   std::string_view today) {
  std::vector<Notice> out;
  const auto now = day_number(today);
  for (std::size_t i = 0; i < policy.waivers.size(); ++i) {
    const Waiver& w = policy.waivers[i];
    const auto until = day_number(w.until);
    if (!now || !until) continue;
    const long left = *until - *now;
    const std::string what = fmt::format("the waiver of {} for {}", w.rule, w.model);
    if (left < 0)
      out.push_back({"warn", fmt::format("{} ended on {} and does not apply", what, w.until), w.place});
    else if (i < used.size() && used[i] == 0)
      out.push_back({"warn",
                     fmt::format("{} waives nothing{}", what,
                                 w.value.empty() ? "" : ": nothing was found with the value " + w.value),
                     w.place});
    else if (left <= policy.expiry_notice_days.value)
      out.push_back(
          {"warn",
           left == 0 ? fmt::format("{} ends today", what)
                     : fmt::format("{} ends on {}, in {} day{}", what, w.until, left, left == 1 ? "" : "s"),
           w.place});
  }
  return out;
}

}  // namespace howopen
