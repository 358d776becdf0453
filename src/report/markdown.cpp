// Markdown: a card of one model, a table and cards of several, and, with a gate, decisions and findings,
// worst first. Strangers' words are escaped so that they can be no markup, no link, no mention and no command
// of a CI log.
//
//   md("see [x](http://y) @team")  ->  see \[x\](http\://y) @<!-- -->team

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "report/issues.h"
#include "report/layout.h"

namespace howopen::report {
namespace {

std::string md(std::string_view foreign, std::size_t most = 1000) {
  std::string out;
  const std::string text = safe(foreign, most);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const std::string_view rest = std::string_view(text).substr(i);
    if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '&')
      out += "&amp;";
    else if (c == '@')
      out += "@<!-- -->";  // mentions nobody
    else if (std::string_view("\\`*_[]|~#$").find(c) != std::string_view::npos || rest.starts_with("://") ||
             rest.starts_with("::"))
      out += std::string("\\") + c;
    else if (rest.starts_with("www.") || rest.starts_with("WWW."))
      out += std::string(1, c) + "<!-- -->";  // or it would become a link
    else
      out += c;
  }
  // At the head of a line these begin lists, titles and rules.
  if (!out.empty() && std::string_view("-+=").find(out.front()) != std::string_view::npos)
    out.insert(0, "\\");
  return out;
}

// A span of code, also within a table, where a bar would end the cell.
std::string code(std::string_view foreign, bool cell = true) {
  std::string out;
  for (const char c : safe(foreign, 400)) {
    if (c == '`')
      out += "\\x60";
    else if (c == '|' && cell)
      out += "\\|";
    else if (c == '[' && out.ends_with("##"))
      out += "\\x5b";  // an old command of GitHub's log
    else
      out += c;
  }
  return out.empty() ? out : "`" + out + "`";
}

std::string score(const Verdict& v) {
  return v.points_low == v.points_high ? fmt::format("{:g} of 5", v.points_low)
                                       : fmt::format("{:g} to {:g} of 5", v.points_low, v.points_high);
}

std::string license_words(const Verdict& v, const Catalog& catalog) {
  return v.license.effective.expression.empty() ? std::string(word(v.license.effective.cls))
                                                : md(catalog.in_words(v.license.effective.expression), 300);
}

std::string_view severity_word(const Issue& i) {
  if (i.waived) return "waived";
  if (i.known) return "known";
  switch (i.severity) {
    case Severity::denied:
      return "error";
    case Severity::undecided:
      return "undecided";
    case Severity::warning:
      return "warning";
    case Severity::note:
      return "note";
  }
  return "note";
}

std::string issue_lines(const Issue& i) {
  std::string out = fmt::format("- **{}** {}: {}\n", severity_word(i), code(i.rule, false), md(i.message));
  for (const std::string& line : detail_lines(i)) {
    const std::size_t colon = line.find(": ");
    const std::string_view label = std::string_view(line).substr(0, colon);
    const std::string_view text = std::string_view(line).substr(colon + 2);
    out += label == "fix" && text.starts_with("howopen ")
               ? fmt::format("  - {}: {}\n", label, code(text, false))
               : fmt::format("  - {}: {}\n", label, md(text));
  }
  return out;
}

std::string where_of(const ComponentVerdict& c) {
  if (c.evidence.empty()) return {};
  const Seat seat = seat_of(c.evidence.front().where);
  return code(seat.commit.empty() ? seat.place : seat.place + "@" + seat.commit);
}

// The answers to --for, with what has to be done or what is in the way; else a line of the usual uses.
std::string uses(const Verdict& v, const Catalog& catalog) {
  std::string out;
  for (const Permit& p : v.permissions) {
    const std::string& use = catalog.uses().of(p.use).title;
    if (!p.asked) {
      out += fmt::format("{}{}: {}", out.empty() ? "- uses: " : "; ", use, answer_words(p.answer));
      continue;
    }
    out +=
        fmt::format("- **{}: {}**\n", use, p.answer == Permission::yes_if ? "yes, if you" : word(p.answer));
    for (const Clause& c : p.answer == Permission::yes_if ? p.duties : p.because) {
      const std::string license = c.license.empty() ? "" : md(catalog.in_words(c.license), 200);
      const std::string of =
          fmt::format("{}{}{}", license, license.empty() || c.clause.empty() ? "" : ", ", md(c.clause, 200));
      out += fmt::format("  - {}{}\n", md(c.text), of.empty() ? "" : fmt::format(" ({})", of));
    }
  }
  return out.empty() || out.ends_with('\n') ? out : out + "\n";
}

std::string card(const Verdict& v, const Catalog& catalog, std::string_view level) {
  std::string out = fmt::format("{} {}\n\n", level, md(heading(v), 300));
  out += fmt::format("**{}**, {}", title(v.rung), score(v));
  if (!v.modifiers.empty()) out += fmt::format(" ({})", md(fmt::format("{}", fmt::join(v.modifiers, ", "))));
  out += "\n\n";
  for (const std::string& reason : v.reasons) out += md(reason) + "\n\n";
  out += "| component | status | what | where |\n|---|---|---|---|\n";
  for (std::size_t i = 0; i < kComponents; ++i) {
    const ComponentVerdict& c = v.components[i];
    out += fmt::format("| {} | {} | {} | {} |\n", words_of(static_cast<Component>(i)), word(c.state),
                       md(c.summary, 300), where_of(c));
  }
  out += fmt::format("\n- license: {} ({})\n", license_words(v, catalog), word(v.license.effective.cls));
  out += uses(v, catalog);
  for (const LineageEntry& e : v.lineage)
    out += fmt::format("- made from {} ({}): {}\n", code(e.id, false), md(e.relation, 40),
                       md(catalog.in_words(e.license), 200));
  if (v.next && !v.missing.empty())
    out += fmt::format("- {} needs: {}\n", title(*v.next),
                       md(words_of(fmt::format("{}", fmt::join(v.missing, ", ")))));
  if (!v.revision.empty()) out += fmt::format("- revision: {}\n", code(v.revision, false));
  if (!v.as_of.empty()) out += fmt::format("- facts of {}\n", md(v.as_of, 40));
  std::string lines;
  for (const Issue& i : issues_of(v)) lines += issue_lines(i);
  return lines.empty() ? out : out + "\n" + lines;
}

std::string verdict_row(const Verdict& v, const Catalog& catalog) {
  std::string cells = fmt::format("| {} | {} |", code(heading(v)), title(v.rung));
  for (const ComponentVerdict& c : v.components) cells += fmt::format(" {} |", word(c.state));
  return cells + fmt::format(" {} | {} |\n", score(v), license_words(v, catalog));
}

constexpr std::string_view kVerdictHead =
    "| model | verdict | weights | inference code | training code | training data | API access | score | "
    "license "
    "|\n|---|---|---|---|---|---|---|---|---|\n";
constexpr std::string_view kDecisionHead =
    "| model | decision | verdict | license | because |\n|---|---|---|---|---|\n";

std::string decision_row(const Verdict& v, const Catalog& catalog) {
  std::vector<std::string> rules;
  for (const Issue& i : issues_of(v)) {
    if (!i.counts() || i.severity == Severity::note) continue;
    const std::string rule = code(i.rule);
    if (std::find(rules.begin(), rules.end(), rule) == rules.end()) rules.push_back(rule);
  }
  const bool bold = v.decision == Decision::denied || v.decision == Decision::undecided;
  return fmt::format("| {} | {}{}{} | {} | {} | {} |\n", code(v.id), bold ? "**" : "", word(v.decision),
                     bold ? "**" : "", title(v.rung), license_words(v, catalog), fmt::join(rules, " "));
}

// Whether a model was not there before, or something is found of it that was not.
bool news(const Verdict& v, const Baseline& before) {
  if (!before.models.empty() && !before.models.contains(v.id + "@" + v.revision)) return true;
  const auto issues = issues_of(v);
  return std::any_of(issues.begin(), issues.end(),
                     [](const Issue& i) { return i.counts() && i.severity != Severity::note; });
}

// Findings of one model; "" where there is nothing to tell.
std::string section(const Verdict& v, bool waived, bool only_new) {
  std::string lines;
  for (const Issue& i : issues_of(v)) {
    if (i.severity == Severity::note || (i.waived && !waived) || (i.known && only_new)) continue;
    lines += issue_lines(i);
  }
  return lines.empty() ? lines : fmt::format("\n## {}\n\n{}", md(v.id, 300), lines);
}

// As many pieces as there is room for, whole ones.
class Pages {
 public:
  explicit Pages(std::size_t most) : most_(most) {}
  void head(std::string_view piece) { out_ += piece; }
  void add(const std::string& piece) {
    if (piece.empty()) return;
    if (out_.size() + piece.size() + kRest > most_)
      ++left_;
    else
      out_ += piece;
  }
  void close(std::string_view what) {
    if (left_ > 0)
      out_ += fmt::format("\nand {} more {}: no room for them here; -o json has them all\n", left_, what);
    left_ = 0;
  }
  std::string take() { return std::move(out_); }

 private:
  static constexpr std::size_t kRest = 400;  // for what close() says, twice
  std::size_t most_;
  std::size_t left_ = 0;
  std::string out_;
};

// What is counted above and not shown below.
std::string left_out_words(const std::vector<const Verdict*>& verdicts, const GateSummary& gate) {
  std::size_t denied = 0;
  std::size_t undecided = 0;
  for (const Verdict* v : verdicts) {
    if (news(*v, gate.before)) continue;
    denied += v->decision == Decision::denied ? 1 : 0;
    undecided += v->decision == Decision::undecided ? 1 : 0;
  }
  if (denied + undecided == 0) return {};
  std::string out = denied > 0 ? fmt::format("{} denied", denied) : std::string();
  if (undecided > 0) out += fmt::format("{}{} undecided", out.empty() ? "" : " and ", undecided);
  return fmt::format(" Known before and not shown here: {}.", out);
}

std::string gate_pages(std::span<const Verdict> verdicts, const Catalog& catalog, const GateSummary& gate,
                       bool waived, std::size_t most) {
  std::vector<const Verdict*> sorted = worst_first(verdicts);
  const std::size_t all = sorted.size();
  // A comment on a change tells what the change brings.
  const std::string known = gate.before.given ? left_out_words(sorted, gate) : std::string();
  if (gate.before.given) std::erase_if(sorted, [&](const Verdict* v) { return !news(*v, gate.before); });
  Pages pages(most);
  pages.head(fmt::format("# howopen: {}\n\n", counts_words(gate)));
  if (!gate.policy.empty()) pages.head(fmt::format("Policy: {}\n\n", code(gate.policy, false)));
  if (gate.before.given)
    pages.head(fmt::format("New against the baseline: {} of {} model{}.{}\n\n", sorted.size(), all,
                           all == 1 ? "" : "s", known));
  for (const Issue& i : issues_of(gate)) {
    if (i.known && gate.before.given) continue;
    pages.add(fmt::format("- {} {}: {}\n", i.severity == Severity::denied ? "denied" : i.finding->level,
                          code(i.rule, false), md(i.message)));
    for (const std::string& line : detail_lines(i)) pages.add(fmt::format("  - {}\n", md(line)));
  }
  if (!gate.tree.empty()) pages.head("\n");
  for (const Notice& n : gate.notices) pages.add(fmt::format("- {}: {}\n", md(n.level, 10), md(n.message)));
  if (!gate.notices.empty()) pages.head("\n");
  if (!sorted.empty()) pages.head(kDecisionHead);
  for (const Verdict* v : sorted) pages.add(decision_row(*v, catalog));
  pages.close("models");
  for (const Verdict* v : sorted) pages.add(section(*v, waived, gate.before.given));
  pages.close("models with findings");
  return pages.take();
}

std::string audit_pages(std::span<const Verdict> verdicts, const Catalog& catalog, std::size_t most) {
  Pages pages(most);
  if (verdicts.size() == 1) {
    pages.add(card(verdicts.front(), catalog, "#"));
    pages.close("models");
    return pages.take();
  }
  pages.head(fmt::format("# howopen: {} models\n\n", verdicts.size()));
  if (!verdicts.empty()) pages.head(kVerdictHead);
  for (const Verdict& v : verdicts) pages.add(verdict_row(v, catalog));
  pages.close("models");
  for (const Verdict& v : verdicts) pages.add("\n" + card(v, catalog, "##"));
  pages.close("cards");
  return pages.take();
}

}  // namespace

std::string markdown_text(std::string_view foreign) {
  return md(foreign);
}

std::string markdown_report(std::span<const Verdict> verdicts, const Style& style, const Catalog& catalog,
                            const GateSummary* gate) {
  return gate != nullptr ? gate_pages(verdicts, catalog, *gate, style.show_waived, std::string::npos / 2)
                         : audit_pages(verdicts, catalog, std::string::npos / 2);
}

}  // namespace howopen::report

namespace howopen {

std::string job_summary(std::span<const Verdict> verdicts, const Catalog& catalog, const GateSummary* gate,
                        std::size_t most) {
  return gate != nullptr ? report::gate_pages(verdicts, catalog, *gate, true, most)
                         : report::audit_pages(verdicts, catalog, most);
}

}  // namespace howopen
