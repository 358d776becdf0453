// What has become of a locked model: facts are compared, not commits. What could not be seen now is
// undecided, not gone.
//
//   same license text, gate, weights and base at another commit  ->  nothing
//   tag still mit, LICENSE now another text                      ->  license-changed, license-text-changed

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "gate/rules.h"
#include "howopen/lock.h"
#include "text/digest.h"

namespace howopen {
namespace {

struct Change {
  std::string_view rule;
  std::string then;
  std::string now;
  std::string message;
  bool unseen = false;
};

std::string fact(const LockedModel& m, const char* key) {
  const auto found = m.facts.find(key);
  return found == m.facts.end() ? std::string() : found->second;
}

// How much of a component is there; less than before is a loss.
int amount(std::string_view word) {
  if (word == "available" || word == "released") return 4;
  if (word == "partial" || word == "gated") return 3;
  if (word == "listed") return 2;
  if (word == "documented") return 1;
  return 0;
}

std::vector<std::string> ids(const std::vector<std::string>& base) {
  std::vector<std::string> out;
  for (const std::string& b : base) out.push_back(b.substr(0, b.find('@')));
  return out;
}

bool not_found(const Verdict& v) {
  return std::any_of(v.errors.begin(), v.errors.end(),
                     [](const Miss& m) { return m.trouble == Trouble::not_found; });
}

std::string or_none(const std::string& s) {
  return s.empty() ? "none" : s;
}

void lost(std::vector<Change>& out, std::string_view rule, const char* what, const LockedModel& then,
          const LockedModel& now, const char* key) {
  const std::string before = fact(then, key);
  const std::string after = fact(now, key);
  if (amount(before) == 0) return;
  if (after == "unknown")
    out.push_back(
        {rule, before, after, fmt::format("whether {} are still {} could not be seen", what, before), true});
  // A gate is a change of its own.
  else if (amount(after) < amount(before) &&
           !(rule == "weights-removed" && after == "partial" && now.gated != "no"))
    out.push_back({rule, before, after, fmt::format("{} were {}, now {}", what, before, after)});
}

// A text that is there and was not read, behind a gate say, has not changed for all anybody knows.
bool unread(const Facts& f, const std::string& path) {
  return std::any_of(f.license.texts.begin(), f.license.texts.end(),
                     [&](const LicenseText& t) { return t.path == path && !t.identified; });
}

std::vector<Change> changes(const Verdict& v, const Facts& f, const LockedModel& then) {
  std::vector<Change> out;
  const std::optional<LockedModel> now = locked(v, f);
  if (!now) {
    const bool gone = f.origin == Origin::hub && !f.repository.unknown() && not_found(v);
    const std::string why = v.errors.empty() ? "it has no commit" : v.errors.front().message;
    out.push_back({"repo-gone", then.id, "",
                   gone ? "the repository is gone, or no longer public" : "could not be looked at: " + why,
                   !gone});
    return out;
  }
  if (now->id != then.id)
    out.push_back({"repo-renamed", then.id, now->id, fmt::format("is called {} now", now->id)});
  if (now->concluded != then.concluded) {
    const bool unseen =
        now->concluded.empty() && v.license.weights && v.license.weights->cls != v.license.weights->best;
    out.push_back(
        {"license-changed", or_none(then.concluded), or_none(now->concluded),
         unseen ? "the license could not be seen"
                : fmt::format("license was {}, is {}", or_none(then.concluded), or_none(now->concluded)),
         unseen});
  }
  // A lock of before this was written down has none to compare with.
  if (!then.binds.empty() && now->concluded == then.concluded && now->binds != then.binds)
    out.push_back({"license-changed", then.binds, or_none(now->binds),
                   fmt::format("the license that binds was {}, is {}", then.binds,
                               now->binds.empty() ? or_none(now->concluded) : now->binds)});
  if (now->license_sha256 != then.license_sha256 && unread(f, then.license_file))
    out.push_back({"license-text-changed", or_none(then.license_sha256), "unknown",
                   fmt::format("the license text {} could not be read", then.license_file), true});
  else if (now->license_sha256 != then.license_sha256)
    out.push_back({"license-text-changed", or_none(then.license_sha256), or_none(now->license_sha256),
                   then.license_file.empty() ? fmt::format("a license text appeared: {}", now->license_file)
                   : now->license_file.empty()
                       ? fmt::format("the license text {} is gone", then.license_file)
                       : fmt::format("the license text {} is another", now->license_file)});
  if (then.gated == "no" && now->gated != "no")
    out.push_back(
        {"gated-on", then.gated, now->gated, fmt::format("a gate stands before its files ({})", now->gated)});
  lost(out, "weights-removed", "weights", then, *now, "weights");
  lost(out, "data-removed", "training data", then, *now, "training-data");
  if (ids(now->base) != ids(then.base))
    out.push_back(
        {"base-changed", fmt::format("{}", fmt::join(ids(then.base), ", ")),
         fmt::format("{}", fmt::join(ids(now->base), ", ")),
         fmt::format("base was {}, is {}", or_none(fmt::format("{}", fmt::join(ids(then.base), ", "))),
                     or_none(fmt::format("{}", fmt::join(ids(now->base), ", "))))});
  if (now->revision != then.revision)
    out.push_back(
        {"revision-moved", then.revision, now->revision,
         fmt::format("moved from {} to {}", then.revision.substr(0, 7), now->revision.substr(0, 7))});
  return out;
}

}  // namespace

void apply_drift(Verdict& now, const Facts& facts, const LockedModel& then, const Policy& policy,
                 const std::string& file) {
  std::vector<Finding> out;
  const std::vector<Change> all = changes(now, facts, then);
  for (const Change& c : all) {
    const Set<Level>& level = policy.drift.at(std::string(c.rule));
    if (level.value == Level::off) continue;
    Finding f;
    f.rule = fmt::format("drift.{}", c.rule);
    f.level = std::string(word(level.value));
    f.message = c.message;
    f.value = fmt::format("{} -> {}", c.then, c.now);
    f.policy = level.place;
    if (c.unseen) {
      f.undecided = policy.on_unknown.value != OnUnknown::deny;
      if (level.value == Level::deny && policy.on_unknown.value == OnUnknown::warn) f.level = "warn";
      if (level.value == Level::deny && policy.on_unknown.value == OnUnknown::allow) f.level = "note";
    }
    f.fix = c.unseen ? "try again, or set HF_TOKEN"
                     : fmt::format("look at it, then: howopen lock --update {}", then.id);
    f.evidence.push_back({f.rule, fmt::format("then: {}", c.then),
                          fmt::format("{}:{}", file, std::max(1, then.line)), Kind::file, Strength::decides});
    f.evidence.push_back({f.rule, fmt::format("now: {}", or_none(c.now)),
                          now.revision.empty()
                              ? "https://huggingface.co/" + now.id
                              : fmt::format("https://huggingface.co/{}/tree/{}", now.id, now.revision),
                          Kind::metadata, Strength::decides});
    f.fingerprint = text::fingerprint(f.rule, then.id, f.value);
    out.push_back(std::move(f));
  }
  for (const gate::DriftRule& rule : gate::kDriftRules) {
    const bool changed =
        std::any_of(all.begin(), all.end(), [&](const Change& c) { return c.rule == rule.id; });
    if (!changed && policy.drift.at(std::string(rule.id)).value != Level::off)
      now.passed.push_back(fmt::format("drift.{}", rule.id));
  }
  std::sort(now.passed.begin(), now.passed.end());
  now.decision = Decision::pass;
  for (const Finding& f : out) {
    if (f.level != "deny") continue;
    if (f.undecided) {
      if (now.decision == Decision::pass) now.decision = Decision::undecided;
    } else {
      now.decision = Decision::denied;
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const Finding& a, const Finding& b) {
    return from_word<Level>(a.level) > from_word<Level>(b.level);
  });
  now.findings = std::move(out);
  now.uses = {Use{file, std::max(1, then.line), 1, 1, fmt::format("[[model]] {}", then.id)}};
}

std::vector<std::string> lock_changes(const LockedModel& then, const LockedModel& now) {
  std::vector<std::string> out;
  const auto row = [&](std::string_view what, const std::string& a, const std::string& b) {
    if (a != b) out.push_back(fmt::format("{:<16}{} -> {}", what, or_none(a), or_none(b)));
  };
  row("license", then.concluded, now.concluded);
  row("binding license", then.binds, now.binds);
  row("license text", then.license_sha256.substr(0, 12), now.license_sha256.substr(0, 12));
  row("declared", then.declared, now.declared);
  row("gated", then.gated, now.gated);
  row("base", fmt::format("{}", fmt::join(then.base, ", ")), fmt::format("{}", fmt::join(now.base, ", ")));
  for (const auto& [key, value] : now.facts) row(key, fact(then, key.c_str()), value);
  row("revision", then.revision, now.revision);
  return out;
}

}  // namespace howopen
