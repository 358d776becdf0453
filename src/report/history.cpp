// The commits of a repository that changed what matters, newest first, and the one that changed a verdict.
//
//   2025-02-24  8a58a13  license tag other became mit; LICENSE changed
//                        Update license

#include "howopen/history.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/layout.h"
#include "text/json.h"

namespace howopen {
namespace {

using report::Color;
using report::labeled;
using report::paint;
using report::shown;
using text::Json;

constexpr int kCommit = 21;  // day and commit

std::string day_of(const Commit& c) {
  return c.date.substr(0, 10);
}

std::string page_of(const std::string& id, const Commit& c) {
  return fmt::format("https://huggingface.co/{}/commit/{}", id, c.id);
}

Json commit_json(const std::string& id, const Commit& c) {
  Json out;
  out.set("commit", Json(c.id));
  out.set("date", c.date.empty() ? Json() : Json(c.date));
  out.set("title", Json(c.title));
  out.set("url", Json(page_of(id, c)));
  return out;
}

Json strings(const std::vector<std::string>& list) {
  Json out = Json::array();
  for (const std::string& s : list) out.push(Json(s));
  return out;
}

std::string commits_words(std::size_t n, bool older) {
  return fmt::format("{}{} commit{}", older ? "the newest " : "", n, n == 1 ? "" : "s");
}

std::string commit_line(const std::string& id, const Commit& c, const std::string& words,
                        const Style& style) {
  const std::string label =
      fmt::format("{:10}  {}", shown(day_of(c), style),
                  report::link(paint(c.id.substr(0, 7), Color::dim, style), page_of(id, c), style));
  std::string out = labeled(label, words, kCommit, style);
  if (!c.title.empty()) out += labeled("", paint(shown(c.title, style), Color::dim, style), kCommit, style);
  return out;
}

}  // namespace

std::string render_history(const History& h, Format format, const Style& style) {
  if (format == Format::json) {
    Json out;
    out.set("schema_version", Json(std::string(kSchemaVersion)));
    out.set("id", Json(h.id));
    out.set("from", Json(h.from));
    out.set("gate_today", h.gate.empty() ? Json() : Json(h.gate));
    out.set("commits", Json(static_cast<std::int64_t>(h.commits)));
    out.set("older_not_listed", Json(h.older));
    out.set("looked_at", Json(static_cast<std::int64_t>(h.looked)));
    Json& changes = out.set("changes", Json::array());
    for (const CommitChanges& c : h.changes) {
      Json one = commit_json(h.id, c.commit);
      one.set("changes", strings(c.what));
      one.set("or_before", Json(static_cast<std::int64_t>(c.or_before)));
      changes.push(std::move(one));
    }
    out.set("unseen", strings(h.unseen));
    return text::write_json(out, true);
  }
  if (style.quiet) {
    std::string out;
    for (const CommitChanges& c : h.changes) out += c.commit.id + "\n";
    return out;
  }
  std::string out = fmt::format("{}{}{}\n", paint(shown(h.id, style), Color::bold, style), report::dot(style),
                                shown(h.from, style));
  for (const CommitChanges& c : h.changes) {
    std::string words = fmt::format("{}", fmt::join(c.what, "; "));
    if (c.or_before > 0)
      words = fmt::format("in this commit or one of the {} before it: {}", c.or_before, words);
    out += commit_line(h.id, c.commit, shown(words, style), style);
  }
  if (h.changes.empty()) out += "no commit changed card, license, base model or weights\n";
  out += "\n";
  for (const std::string& miss : h.unseen) out += labeled("unseen", shown(miss, style), kCommit, style);
  std::string looked = fmt::format("{} of {}", h.looked, commits_words(h.commits, h.older));
  if (h.looked < h.commits)
    looked +=
        "; those between two that are alike were left out, so what was changed and changed back may be "
        "missing (--all looks at each)";
  if (h.older) looked += "; older ones were not listed";
  out += labeled("looked at", looked, kCommit, style);
  if (!h.gate.empty())
    out += labeled("gate", fmt::format("{} today; the Hub keeps no record of earlier ones", h.gate), kCommit,
                   style);
  return out;
}

std::string render_bisection(const Bisection& b, Format format, const Style& style) {
  if (format == Format::json) {
    Json out;
    out.set("schema_version", Json(std::string(kSchemaVersion)));
    out.set("id", Json(b.id));
    out.set("topic", Json(b.topic));
    out.set("commits", Json(static_cast<std::int64_t>(b.commits)));
    out.set("older_not_listed", Json(b.older));
    out.set("audits", Json(static_cast<std::int64_t>(b.audits)));
    out.set("found", Json(b.found));
    out.set("first", commit_json(b.id, b.first));
    out.set("before", b.found ? commit_json(b.id, b.before) : Json());
    out.set("was", b.found ? Json(b.was) : Json());
    out.set("is", Json(b.is));
    return text::write_json(out, true);
  }
  if (style.quiet) return b.found ? b.first.id + "\n" : std::string();
  std::string out = fmt::format("{}{}{}\n", paint(shown(b.id, style), Color::bold, style), report::dot(style),
                                shown(b.topic, style));
  if (b.found) {
    out += commit_line(b.id, b.first, shown(b.is, style), style);
    out += commit_line(b.id, b.before, "before: " + shown(b.was, style), style);
  } else {
    out += fmt::format("the same at both ends: {}\n", shown(b.is, style));
    if (b.commits > b.audits)
      out += "what changed between them and changed back is not seen; howopen history --all looks at each\n";
  }
  const std::string of = commits_words(b.commits, b.older);
  return out + "\n" +
         labeled("audits",
                 fmt::format("{} over {}{}", b.audits, of,
                             b.commits > b.audits && b.found
                                 ? "; where it changed more than once, this is one of the changes"
                                 : ""),
                 kCommit, style);
}

}  // namespace howopen
