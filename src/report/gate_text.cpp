// What a gate says in a terminal: nothing of what passes, and of what does not the places: where the model is
// used, what was found, which line of the policy asks, what mends it.
//
//   error[license.not-allowed]: acme/foo-7b is under LicenseRef-Llama-3.1
//     used    src/app.py:3:32  AutoModel.from_pretrained("acme/foo-7b")
//     found   README.md:4      license: llama3.1  @ 0123456
//     policy  howopen.toml:26  licenses.ask
//     fix     howopen waive acme/foo-7b license.not-allowed --until 2027-03-31 --reason '…'

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "report/issues.h"
#include "report/layout.h"
#include "text/utf8.h"

namespace howopen::report {
namespace {

constexpr int kLabel = 10;  // columns of "  policy  "
constexpr int kPlace = 30;  // of a place that texts stand beside
constexpr std::size_t kUses = 3;
constexpr std::size_t kEvidence = 2;

struct Row {
  std::string_view label;
  std::string place;
  std::string text;
  bool whole = false;  // a command: broken into lines nobody could copy it
};

std::vector<Row> use_rows(const Issue& issue, const Style& style) {
  std::vector<Row> out;
  const std::string_view label = issue.model != nullptr ? "used" : "at";
  const std::size_t most = style.verbosity > 0 ? issue.uses.size() : std::min(kUses, issue.uses.size());
  for (std::size_t i = 0; i < most; ++i) {
    const Use& u = issue.uses[i];
    std::string place = shown(u.file, style);
    if (u.line > 0) place += fmt::format(":{}", u.line);
    if (u.column > 0) place += fmt::format(":{}", u.column);
    out.push_back({label, std::move(place), shown(clip(text::trim(u.text), 200), style)});
  }
  if (issue.uses.size() > most)
    out.push_back({label, fmt::format("and {} more", issue.uses.size() - most), ""});
  return out;
}

std::string place_words(const PolicyLine& line, const Style& style) {
  return shown(line.file, style) + (line.line > 0 ? fmt::format(":{}", line.line) : "");
}

// As much of a list as is shown without -v.
template <class T>
std::span<const T> some(const std::vector<T>& list, std::size_t most, const Style& style) {
  return std::span(list).first(style.verbosity > 0 ? list.size() : std::min(most, list.size()));
}

int columns_of(const Style& style) {
  return std::min(style.width, kWidest);
}

void finding_rows(const Finding& f, const Style& style, std::vector<Row>& out) {
  for (const Evidence& e : some(f.evidence, kEvidence, style)) {
    const Seat seat = seat_of(e.where);
    std::string text = shown(clip(e.what, 300), style);
    if (!seat.commit.empty()) text += " @ " + seat.commit;
    out.push_back({"found", shown(seat.place, style), std::move(text)});
  }
  if (f.policy) out.push_back({"policy", place_words(*f.policy, style), shown(f.policy->text, style)});
  if (f.waiver) {
    const std::string text =
        fmt::format("until {}: {} ({})", f.waiver->until, clip(f.waiver->reason, 300), f.waiver->by);
    out.push_back({"waiver", place_words(f.waiver->place, style), shown(text, style)});
  } else if (!f.fix.empty()) {
    out.push_back({"fix", "", shown(f.fix, style), f.fix.starts_with("howopen ")});
  }
}

std::vector<Row> rows_of(const Issue& i, const Style& style) {
  std::vector<Row> out = use_rows(i, style);
  if (i.model != nullptr && i.severity == Severity::undecided &&
      (i.finding == nullptr || i.finding->evidence.empty())) {
    for (const LookupError& m : some(i.model->errors, kEvidence, style))
      out.push_back({"unseen", shown(seat_of(m.where).place, style),
                     shown(fmt::format("{} ({})", clip(m.message, 300), word(m.trouble)), style)});
  }
  if (i.finding != nullptr) finding_rows(*i.finding, style, out);
  return out;
}

// Places in a column of their own as far as they are short.
std::string laid_out(const std::vector<Row>& rows, const Style& style) {
  const int most = std::min(kPlace, (columns_of(style) - kLabel) / 2 - 2);
  int width = 0;
  for (const Row& r : rows) {
    const int w = text::display_width(r.place);
    if (w <= most && !r.text.empty() && !r.place.empty()) width = std::max(width, w);
  }
  std::string out;
  std::string_view last;
  for (const Row& row : rows) {
    Row r = row;
    // A line of code is cut, not broken: pieces of a name are no name.
    if ((r.label == "used" || r.label == "at") && !r.text.empty())
      r.text = cut(r.text, columns_of(style) - kLabel - width - 2, style);
    const std::string label = pad(r.label == last ? std::string() : fmt::format("  {}", r.label), kLabel);
    last = r.label;
    if (r.place.empty()) {
      out += r.whole ? label + r.text + "\n" : labeled(label, r.text, kLabel, style);
      continue;
    }
    if (r.text.empty() || text::display_width(r.place) > width) {
      out += labeled(label, r.place, kLabel, style);
      if (!r.text.empty()) out += labeled("", r.text, kLabel + 2, style);
      continue;
    }
    out += labeled(label + pad(r.place, width) + "  ", r.text, kLabel + width + 2, style);
  }
  return out;
}

struct Head {
  std::string_view word;
  Color color;
};
Head head_of(const Issue& i) {
  if (i.waived) return {"waived", Color::dim};
  switch (i.severity) {
    case Severity::denied:
      return {"error", Color::red};
    case Severity::undecided:
      return {"undecided", Color::yellow};
    case Severity::warning:
      return {"warning", Color::yellow};
    case Severity::note:
      return {"note", Color::dim};
  }
  return {"note", Color::dim};
}

// The first line, wrapped; the colour is put on behind, for wrapping counts columns.
std::string title_of(std::string_view word, Color color, const std::string& rule, const std::string& message,
                     const Style& style) {
  const std::string head = rule.empty() ? std::string(word) : fmt::format("{}[{}]", word, rule);
  std::string out;
  for (const std::string& line : wrap(fmt::format("{}: {}", head, message), columns_of(style) - 2))
    out.append(out.empty() ? "" : "  ").append(line).append("\n");
  if (out.starts_with(head)) out.replace(0, head.size(), paint(head, color, style));
  return out;
}

std::string issue_text(const Issue& i, const Style& style) {
  const std::string message = shown(clip(i.message, 600), style);
  const std::string rule = shown(i.rule, style);
  if (i.known && !i.waived) {
    std::string line = cut(fmt::format("known[{}]: {}", rule, message), columns_of(style), style);
    return paint(line, Color::dim, style) + "\n";
  }
  const Head head = head_of(i);
  return title_of(head.word, head.color, rule, message, style) + laid_out(rows_of(i, style), style);
}

bool told(const Issue& i, const Style& style) {
  if (i.waived) return style.show_waived;
  return i.severity != Severity::note || style.verbosity > 0;
}

std::string pass_line(const Verdict& v, const Style& style, const Catalog& catalog) {
  std::string out =
      fmt::format("{} {}: {}", paint("pass", Color::green, style), shown(v.id, style), title(v.rung));
  if (!v.license.effective.expression.empty())
    out += ", " + shown(catalog.in_words(v.license.effective.expression), style);
  return out + "\n";
}

std::string notice_text(const Notice& n, const Style& style) {
  const bool warns = n.level == "warn";
  std::string out = title_of(warns ? "warning" : "note", warns ? Color::yellow : Color::dim, "",
                             shown(clip(n.message, 600), style), style);
  if (n.place.file.empty()) return out;
  return out + laid_out({{"policy", place_words(n.place, style), shown(n.place.text, style)}}, style);
}

}  // namespace

std::string gate_report(std::span<const Verdict> verdicts, const Style& style, const Catalog& catalog,
                        const GateSummary& gate) {
  std::string out;
  if (style.quiet) {
    for (const Verdict& v : verdicts) out += fmt::format("{}\t{}\n", shown(v.id, style), word(v.decision));
    return out;
  }
  std::string passes;
  bool close = false;  // one-line findings stand close together, others apart
  const auto tell = [&](const std::vector<Issue>& issues) {
    for (const Issue& i : issues) {
      if (!told(i, style)) continue;
      const bool one_line = i.known && !i.waived;
      if (!out.empty() && !(one_line && close)) out += '\n';
      out += issue_text(i, style);
      close = one_line;
    }
  };
  tell(issues_of(gate));
  for (const Verdict* v : worst_first(verdicts)) {
    tell(issues_of(*v));
    if (v->decision == Decision::pass && style.verbosity > 0) passes += pass_line(*v, style, catalog);
  }
  for (const Notice& n : gate.notices) {
    if (n.level != "warn" && style.verbosity == 0) continue;
    out += (out.empty() ? "" : "\n") + notice_text(n, style);
  }
  if (!passes.empty()) out += (out.empty() ? "" : "\n") + passes;
  return out;
}

}  // namespace howopen::report

namespace howopen {

std::string gate_line(const GateSummary& gate, const Style& style, std::string_view command) {
  return fmt::format("{}: {} {} exit {}\n", command, report::counts_words(gate), style.unicode ? "→" : "->",
                     gate.exit);
}

}  // namespace howopen
