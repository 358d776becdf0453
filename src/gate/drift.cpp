// What has become of a locked model: facts are compared, not commits. What could not be seen now is
// undecided, not gone.
//
//   same license text, gate, weights and base at another commit  ->  nothing
//   tag still mit, LICENSE now another text                      ->  license-changed, license-text-changed

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "gate/rules.h"
#include "howopen/lock.h"
#include "text/digest.h"

namespace howopen {
namespace {

constexpr std::string_view kNoDigest =
    "files of weights could not be compared: the lock holds no digest of them";

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

std::string ids(const std::vector<std::string>& base) {
  std::vector<std::string> out;
  for (const std::string& b : base) out.push_back(b.substr(0, b.find('@')));
  return fmt::format("{}", fmt::join(out, ", "));
}

bool contains(const std::vector<std::string>& list, std::string_view one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

bool not_found(const Verdict& v) {
  return std::any_of(v.errors.begin(), v.errors.end(),
                     [](const LookupError& m) { return m.trouble == Trouble::not_found; });
}

std::string or_none(const std::string& s) {
  return s.empty() ? "none" : s;
}

// What was, or is, not seen can be compared with nothing: then it is told, and true.
bool unseen(std::vector<Change>& out, std::string_view rule, const std::string& what, const std::string& then,
            const std::string& now) {
  if (then != kNotSeen && now != kNotSeen) return false;
  out.push_back({rule, or_none(then), or_none(now),
                 what + (now == kNotSeen ? " could not be seen" : " was not seen when it was locked"), true});
  return true;
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

// Files of weights that have come, gone or become others; by name, the first three.
void other_weights(std::vector<Change>& out, const LockedModel& then, const LockedModel& now) {
  if (unseen(out, "weights-changed", "the content of weights", then.digest, now.digest) ||
      now.digest == then.digest)
    return;
  std::set<std::string> names;
  for (const auto& [from, to] : {std::pair{&then.files, &now.files}, std::pair{&now.files, &then.files}}) {
    for (const auto& [path, digest] : *from) {
      const auto other = to->find(path);
      if (other == to->end() || other->second != digest) names.insert(path);
    }
  }
  const std::vector<std::string> first(
      names.begin(),
      std::next(names.begin(), std::min<std::ptrdiff_t>(3, static_cast<std::ptrdiff_t>(names.size()))));
  out.push_back({"weights-changed", then.digest, now.digest,
                 names.size() > 3 ? fmt::format("{} files of weights are others: {}, …", names.size(),
                                                fmt::join(first, ", "))
                                  : fmt::format("files of weights are others: {}", fmt::join(first, ", "))});
}

// A commit holds the same bytes for ever. At another one, what a lock of before digests says of weights
// cannot be told.
void compare_weights(std::vector<Change>& out, const LockedModel& then, const LockedModel& now) {
  if (!then.digest.empty())
    other_weights(out, then, now);
  else if ((then.local() || now.revision != then.revision) && now.digest != "none")
    out.push_back({"weights-changed", "no digest", now.digest, std::string(kNoDigest), true});
}

// A text that is there and was not read, behind a gate say, has not changed for all anybody knows.
bool unread(const Facts& f, const std::string& path) {
  return std::any_of(f.license.texts.begin(), f.license.texts.end(),
                     [&](const LicenseText& t) { return t.path == path && !t.identified; });
}

std::vector<Change> changes(const Verdict& v, const Facts& f, const std::optional<LockedModel>& now,
                            const LockedModel& then) {
  std::vector<Change> out;
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
  if (!unseen(out, "license-changed", "the license", then.concluded, now->concluded) &&
      now->concluded != then.concluded)
    out.push_back({"license-changed", or_none(then.concluded), or_none(now->concluded),
                   fmt::format("license was {}, is {}", or_none(then.concluded), or_none(now->concluded))});
  // A lock of before this was written down has none to compare with.
  if (!then.binds.empty() && now->concluded == then.concluded && now->binds != then.binds)
    out.push_back({"license-changed", then.binds, or_none(now->binds),
                   fmt::format("the license that binds was {}, is {}", then.binds,
                               now->binds.empty() ? or_none(now->concluded) : now->binds)});
  const std::string& text = then.license_file.empty() ? now->license_file : then.license_file;
  const std::string digest = unread(f, then.license_file) ? std::string(kNotSeen) : now->license_sha256;
  if (!unseen(out, "license-text-changed", "the license text " + text, then.license_sha256, digest) &&
      digest != then.license_sha256)
    out.push_back({"license-text-changed", or_none(then.license_sha256), or_none(digest),
                   then.license_file.empty()   ? "a license text appeared: " + text
                   : now->license_file.empty() ? fmt::format("the license text {} is gone", text)
                                               : fmt::format("the license text {} is another", text)});
  if (then.gated == "no" && now->gated != "no")
    out.push_back(
        {"gated-on", then.gated, now->gated, fmt::format("a gate stands before its files ({})", now->gated)});
  lost(out, "weights-removed", "weights", then, *now, "weights");
  const bool removed = !out.empty() && out.back().rule == "weights-removed";
  if (!removed) compare_weights(out, then, *now);
  lost(out, "data-removed", "training data", then, *now, "training-data");
  const std::string base_then = ids(then.base);
  const std::string base_now = ids(now->base);
  const bool base_unseen = base_then != base_now && contains(now->base, kNotSeen);
  if (base_unseen || contains(then.base, kNotSeen))
    unseen(out, "base-changed", "what it is made from", base_unseen ? base_then : std::string(kNotSeen),
           base_unseen ? std::string(kNotSeen) : base_now);
  else if (base_now != base_then)
    out.push_back({"base-changed", base_then, base_now,
                   fmt::format("base was {}, is {}", or_none(base_then), or_none(base_now))});
  if (now->revision != then.revision)
    out.push_back(
        {"revision-moved", then.revision, now->revision,
         fmt::format("moved from {} to {}", then.revision.substr(0, 7), now->revision.substr(0, 7))});
  return out;
}

}  // namespace

void apply_drift(Verdict& now, const Facts& facts, const std::optional<LockedModel>& state,
                 const LockedModel& then, const Policy& policy, const std::string& file) {
  std::vector<Finding> out;
  const std::vector<Change> all = changes(now, facts, state, then);
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
    const bool nothing_locked = c.message == kNoDigest;
    f.fix = c.unseen && !nothing_locked ? "try again, or set HF_TOKEN"
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
  if (!then.digest.empty()) row("digest", then.digest, now.digest);
  for (const auto& [key, value] : now.facts) row(key, fact(then, key.c_str()), value);
  row("revision", then.revision, now.revision);
  return out;
}

}  // namespace howopen
