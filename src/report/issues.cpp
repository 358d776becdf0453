// The findings of a run as every format needs them.
//
//   finding {license.not-allowed, deny, "is under X"} of acme/m, used at src/app.py:3
//     ->  denied, "acme/m: is under X", src/app.py line 3

#include "report/issues.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "text/utf8.h"

namespace howopen::report {
namespace {

Severity severity_of(const Verdict& v, const Finding& f) {
  if (f.level == "deny") {
    if (!f.undecided) return Severity::denied;
    // A policy may say that what is not known passes.
    return v.decision == Decision::pass ? Severity::warning : Severity::undecided;
  }
  return f.level == "warn" ? Severity::warning : Severity::note;
}

// `acme/m2` in a message does not name acme/m.
std::string naming(const Verdict& v, const std::string& message) {
  const auto in_name = [&](std::size_t at) {
    if (at >= message.size()) return false;
    const char c = message[at];
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-_/").find(c) != std::string_view::npos;
  };
  for (std::size_t at = message.find(v.id); at != std::string::npos; at = message.find(v.id, at + 1)) {
    if ((at == 0 || !in_name(at - 1)) && !in_name(at + v.id.size())) return message;
  }
  return v.id + ": " + message;
}

std::string why_undecided(const Verdict& v) {
  if (!v.errors.empty()) return v.errors.front().message;
  if (v.low != v.high) return fmt::format("it lies between {} and {}", title(v.low), title(v.high));
  return "it could not be looked at";
}

// A path below the working directory, as it is written in a repository.
std::optional<std::string> repository_path(std::string path) {
  while (path.starts_with("./")) path.erase(0, 2);
  const bool outside = path.empty() || path.starts_with('/') || path == ".." || path.starts_with("../") ||
                       path.find("/../") != std::string::npos || path.find("://") != std::string::npos;
  if (outside || path == "-" || path.starts_with("preset ")) return std::nullopt;
  return path;
}

}  // namespace

std::string_view level_of(Severity s, std::string_view note) {
  switch (s) {
    case Severity::denied:
      return "error";
    case Severity::undecided:
    case Severity::warning:
      return "warning";
    case Severity::note:
      break;
  }
  return note;
}

std::vector<Issue> issues_of(const Verdict& v) {
  std::vector<Issue> out;
  bool explained = false;
  for (const Finding& f : v.findings) {
    const Severity severity = severity_of(v, f);
    explained = explained || (severity == Severity::undecided && !f.waiver);
    out.push_back({&v, &f, v.uses, severity, f.known, f.waiver.has_value(), f.rule, naming(v, f.message)});
  }
  const bool undecided =
      v.decision == Decision::undecided || (v.decision == Decision::none && v.rung == Rung::undetermined);
  if (undecided && !explained) {
    out.push_back({&v, nullptr, v.uses, Severity::undecided, false, false, std::string(kUnavailable),
                   naming(v, "cannot be judged: " + why_undecided(v))});
  }
  const auto key = [](const Issue& i) {
    return std::tuple(i.waived, i.known, i.severity, std::string_view(i.rule), std::string_view(i.message));
  };
  std::stable_sort(out.begin(), out.end(), [&](const Issue& a, const Issue& b) { return key(a) < key(b); });
  return out;
}

std::vector<Issue> issues_of(const GateSummary& gate) {
  std::vector<Issue> out;
  for (const TreeFinding& t : gate.tree) {
    const Finding& f = t.finding;
    const Severity severity = f.undecided         ? Severity::undecided
                              : f.level == "deny" ? Severity::denied
                              : f.level == "warn" ? Severity::warning
                                                  : Severity::note;
    out.push_back({nullptr, &f, t.places, severity, f.known, false, f.rule, f.message});
  }
  return out;
}

std::vector<const Verdict*> worst_first(std::span<const Verdict> verdicts) {
  struct Ranked {
    int rank;
    const Verdict* v;
  };
  std::vector<Ranked> ranked;
  for (const Verdict& v : verdicts) {
    int rank = v.decision == Decision::denied ? 0 : v.decision == Decision::undecided ? 1 : 9;
    for (const Issue& i : issues_of(v)) {
      if (i.counts()) rank = std::min(rank, static_cast<int>(i.severity));
    }
    ranked.push_back({rank, &v});
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const Ranked& a, const Ranked& b) {
    return std::tie(a.rank, a.v->id, a.v->revision, a.v->ref) <
           std::tie(b.rank, b.v->id, b.v->revision, b.v->ref);
  });
  std::vector<const Verdict*> out;
  out.reserve(ranked.size());
  for (const Ranked& r : ranked) out.push_back(r.v);
  return out;
}

std::optional<Place> place_of(const Issue& issue) {
  for (const Use& u : issue.uses) {
    // A file as a whole is shown at its first line, the tree as a whole nowhere.
    const bool whole = u.line == 0 && issue.model == nullptr && issue.rule == "scan.skipped";
    if (const auto path = repository_path(u.file); path && (u.line > 0 || whole))
      return Place{*path, std::max(1, u.line), u.column, u.length};
  }
  if (issue.finding == nullptr || !issue.finding->policy) return std::nullopt;
  const PolicyLine& line = *issue.finding->policy;
  if (const auto path = repository_path(line.file); path && line.line > 0)
    return Place{*path, line.line, 0, 0};
  return std::nullopt;
}

std::string clip(std::string_view s, std::size_t most) {
  std::size_t characters = 0;
  std::size_t keep = 0;  // bytes of the first most - 1 characters
  for (std::string_view rest = s; !rest.empty(); ++characters) {
    if (characters == most) return std::string(s.substr(0, keep)) + "…";
    const std::size_t n = std::max<std::size_t>(text::next_utf8(rest).size(), 1);
    if (characters + 1 < most) keep += n;
    rest.remove_prefix(n);
  }
  return std::string(s);
}

std::string safe(std::string_view foreign, std::size_t most) {
  // No character takes more than four bytes: what is far too long need not be looked at to its end.
  return clip(text::printable(foreign.substr(0, most * 4 + 4)), most);
}

Seat seat_of(std::string_view where) {
  Seat out;
  const std::size_t at = where.rfind('@');
  if (at != std::string_view::npos && text::is_commit(where.substr(at + 1))) {
    out.commit = where.substr(at + 1, 7);
    where = where.substr(0, at);
  }
  for (const std::string_view head : {"https://huggingface.co/", "https://"}) {
    if (where.starts_with(head)) where.remove_prefix(head.size());
  }
  out.place = where;
  return out;
}

namespace {

std::string found_line(const Evidence& e) {
  const Seat seat = seat_of(e.where);
  return fmt::format("found: {}{}{}{}", safe(seat.place, 300), seat.place.empty() ? "" : ": ", safe(e.what),
                     seat.commit.empty() ? "" : " @ " + seat.commit);
}

}  // namespace

std::string counts_words(const GateSummary& gate) {
  std::string out = fmt::format("{} pass, {} denied, {} undecided, {} waived", gate.pass, gate.denied,
                                gate.undecided, gate.waived);
  for (const auto& [rule, words] :
       {std::pair{"scan.skipped", "not read"}, std::pair{"scan.unresolved", "unresolved"},
        std::pair{"lock.missing", "not locked"}}) {
    if (const std::size_t n = places_of(gate, rule); n > 0) out += fmt::format(", {} {}", n, words);
  }
  return out;
}

std::vector<std::string> detail_lines(const Issue& issue) {
  constexpr std::size_t kPlaces = 3;
  std::vector<std::string> out;
  for (std::size_t i = 0; i < issue.uses.size() && i < kPlaces; ++i) {
    const Use& u = issue.uses[i];
    out.push_back(u.line > 0 ? fmt::format("used: {}:{}:{}", safe(u.file, 300), u.line, u.column)
                             : "used: " + safe(u.file, 300));
  }
  if (issue.uses.size() > kPlaces)
    out.push_back(fmt::format("used: and {} more", issue.uses.size() - kPlaces));
  if (issue.finding == nullptr) {
    const Verdict& v = *issue.model;
    for (std::size_t i = 0; i < v.errors.size() && i < kPlaces; ++i) {
      const std::string where = safe(v.errors[i].where, 300);
      out.push_back(
          fmt::format("unseen: {}{}{}", where, where.empty() ? "" : " ", safe(v.errors[i].message)));
    }
    return out;
  }
  const Finding& f = *issue.finding;
  for (std::size_t i = 0; i < f.evidence.size() && i < kPlaces; ++i) out.push_back(found_line(f.evidence[i]));
  if (f.policy)
    out.push_back(f.policy->line > 0
                      ? fmt::format("policy: {}:{} {}", safe(f.policy->file, 300), f.policy->line,
                                    safe(f.policy->text, 300))
                      : fmt::format("policy: {} {}", safe(f.policy->file, 300), safe(f.policy->text, 300)));
  if (f.waiver)
    out.push_back(fmt::format("waived: until {}: {} ({})", safe(f.waiver->until, 20), safe(f.waiver->reason),
                              safe(f.waiver->by, 100)));
  if (!f.fix.empty()) out.push_back("fix: " + safe(f.fix));
  return out;
}

}  // namespace howopen::report
