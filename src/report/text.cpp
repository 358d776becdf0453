// The terminal's card of one model: name and verdict, what that means, the five components, the license,
// what the next rung takes, and where it was all seen.
//
//   acme/m · Open Weights                                                  2.5 of 5
//   ✓ weights         available    163 of 163 shards, safetensors

#include <fmt/format.h>

#include <algorithm>

#include "hub/ids.h"
#include "report/card.h"
#include "text/utf8.h"

namespace howopen::report {
namespace {

constexpr int kReference = 10;
constexpr int kFixed = 4 + 16 + 14;       // mark, component, status
constexpr int kWideEnough = kFixed + 24;  // for a summary beside them

std::string state_words(const Verdict& v, Component c) {
  const State s = v[c].state;
  if (c == Component::weights && s == State::partial && v[c].summary.starts_with("gated")) return "gated";
  if (s != State::unavailable) return std::string(word(s));
  switch (c) {
    case Component::weights:
      return "not published";
    case Component::training_data:
      return "not released";
    case Component::api_access:
      return "none known";
    default:
      return "none found";
  }
}

std::string summary_words(const Verdict& v, Component c) {
  const ComponentVerdict& one = v[c];
  if (c == Component::weights && one.state == State::partial && one.summary.starts_with("gated"))
    return one.summary.find("manual") != std::string::npos ? "accept terms first; approved by hand"
                                                           : "accept terms first";
  // What the score may turn out to be is said where it is not known.
  const auto points = [](State s) { return s == State::available ? 1.0 : s == State::partial ? 0.5 : 0.0; };
  if (one.state != State::unknown || one.best == one.worst) return one.summary;
  return fmt::format("{} ({:g} to {:g})", one.summary, points(one.worst), points(one.best));
}

std::string reference_words(Comparison r) {
  switch (r) {
    case Comparison::as_documented:
      return "as listed";
    case Comparison::more_open:
      return "more open";
    case Comparison::less_open:
      return "less open";
    case Comparison::not_compared:
      return "";
  }
  return "";
}

// Name, verdict and score on one line as far as they fit.
std::string title_lines(const Verdict& v, const Style& style) {
  const std::string verdict = verdict_words(v);
  const std::string score = nothing_seen(v) ? std::string() : score_words(v);
  const std::string name = shown(heading(v), style);
  const int both = text::display_width(name) + 3 + text::display_width(verdict);
  const int third = text::display_width(score);
  std::string out;
  int used = both;
  // Rather the name alone than the score.
  if (both + (score.empty() ? 0 : 2 + third) <= style.width) {
    out = paint(name, Color::bold, style) + std::string(dot(style));
  } else {
    for (const std::string& line : wrap(name, style.width)) out += paint(line, Color::bold, style) + "\n";
    used = text::display_width(verdict);
  }
  out += paint(verdict, color_of(v.rung), style);
  if (score.empty()) return out + "\n";
  if (used + 2 + third <= style.width)
    return out + std::string(static_cast<std::size_t>(style.width - used - third), ' ') + score + "\n";
  return out + "\n" + score + "\n";
}

// What it was judged from, said once: at which commit, or that the Hub was not asked.
std::string origin_words(const Verdict& v, const Style& style) {
  const bool full = style.verbosity > 0;
  const bool failed = std::any_of(v.errors.begin(), v.errors.end(), [](const LookupError& m) {
    return m.trouble == Trouble::network && !m.offline;
  });
  std::string out;
  switch (v.origin) {
    case Origin::hub:
      out = "seen at the Hub";
      break;
    case Origin::cache:
      out = "seen in the cache; the Hub was not asked";
      break;
    case Origin::local:
      out = fmt::format("seen in files of this machine, not at the Hub: {}", v.ref);
      break;
    case Origin::replay:
      out = "seen in a saved snapshot; the Hub was not asked";
      break;
    case Origin::built_in:
      out = fmt::format("from howopen's facts of {}; the Hub {}", v.as_of,
                        failed ? "could not be reached" : "was not asked");
      break;
    case Origin::catalog:
      out = fmt::format("from the release catalog of {}; nobody was asked", v.as_of);
      break;
  }
  if (nothing_seen(v)) out.clear();
  if (full && !v.source.empty()) out += fmt::format(" ({})", v.source);
  if (!v.revision.empty())
    out = fmt::format("{} at commit {}{}{}", v.from, v.revision.substr(0, 7), out.empty() ? "" : ", ", out);
  if (v.asked != v.id && !v.asked.empty() && v.origin != Origin::catalog)
    out += fmt::format("{}asked for as {}", out.empty() ? "" : ", ", v.asked);
  return out;
}

// The last line above the components, with the head of the column that compares them on its right where there
// is one and it has room.
std::string origin_lines(const Verdict& v, bool compared, const Style& style, const Catalog& catalog) {
  const std::string words = shown(origin_words(v, style), style);
  std::string out;
  int used = 0;
  if (!words.empty()) {
    for (const std::string& line : wrap(words, style.width)) {
      out += (out.empty() ? "" : "\n") + paint(line, Color::dim, style);
      used = text::display_width(line);
    }
  }
  if (nothing_seen(v)) return out.empty() ? out : out + "\n";
  if (!compared || style.width < kWideEnough) return out + "\n\n";
  const std::string head = fmt::format("vs. {} table", catalog.reference().name);
  const int wide = text::display_width(head);
  if (used + 2 + wide > style.width) out += '\n', used = 0;
  return out + std::string(static_cast<std::size_t>(std::max(0, style.width - used - wide)), ' ') +
         paint(head, Color::dim, style) + "\n";
}

std::string component_line(const Verdict& v, Component c, bool compared, const Style& style) {
  const ComponentVerdict& one = v[c];
  const bool narrow = style.width < kWideEnough;
  const std::string reference = compared && !narrow ? reference_words(one.reference) : std::string();
  const int indent = narrow ? 6 : kFixed;
  const int room = style.width - indent - (compared && !narrow ? kReference : 0);
  const auto lines = wrap(shown(summary_words(v, c), style), room);
  const std::string url =
      one.evidence.empty() ? std::string() : seen_in(v, one.evidence.front().where, style).url;
  std::string out = fmt::format("  {} {}{}", paint(mark(one.state, style), color_of(one.state), style),
                                pad(words_of(c), 16), pad(state_words(v, c), 14));
  std::size_t first = 0;
  if (!narrow) {
    out += link(lines[0], url, style);
    first = 1;
    if (!reference.empty()) {
      const int used = text::display_width(lines[0]) + text::display_width(reference);
      out += std::string(static_cast<std::size_t>(std::max(1, room + kReference - used)), ' ') +
             paint(reference, Color::dim, style);
    }
  }
  while (out.back() == ' ') out.pop_back();
  out += '\n';
  for (std::size_t i = first; i < lines.size(); ++i) {
    if (!lines[i].empty())
      out += std::string(static_cast<std::size_t>(indent), ' ') + link(lines[i], url, style) + "\n";
  }
  return out;
}

std::string components(const Verdict& v, bool compared, const Style& style) {
  std::string out;
  for (std::size_t i = 0; i < kComponents; ++i) {
    out += component_line(v, static_cast<Component>(i), compared, style);
    if (style.verbosity > 0) out += evidence_lines(v, v.components[i].evidence, style);
  }
  return out;
}

// What to type to learn more.
std::string more_line(const Verdict& v, const Style& style) {
  std::string out = "-v shows all evidence";
  const bool asked = !v.permissions.empty() && v.permissions.front().asked;
  if (!v.permissions.empty() && !asked)
    out += fmt::format("{}--for product tells duties and clauses", dot(style));
  if (v.origin != Origin::local) {
    const std::string why = fmt::format("howopen why {}", shown(v.id, style));
    if (kCardLabel + text::display_width(out) + 3 + text::display_width(why) <= style.width)
      out += std::string(dot(style)) + why;
  }
  return labeled("  more", out, kCardLabel, style);
}

// The first part of a source, as far as a line holds it; -v has it whole.
std::string first_words(std::string_view source, int room) {
  source = source.substr(0, source.find(';'));
  std::size_t end = source.size();
  while (text::display_width(source.substr(0, end)) > room) {
    const std::size_t comma = source.substr(0, end).rfind(',');
    if (comma == std::string_view::npos) break;
    end = comma;
  }
  return std::string(source.substr(0, end));
}

std::string card(const Verdict& v, Style style, const Catalog& catalog) {
  style.width = std::min(style.width, kWidest);
  std::string out = title_lines(v, style);
  for (const std::string& line : wrap(shown(plain_words(v, catalog), style), style.width)) out += line + "\n";
  const bool compared = style.verbosity > 0 || hub::owner(v.id) == catalog.reference().owner;
  out += origin_lines(v, compared, style, catalog);
  if (!nothing_seen(v)) {
    out += components(v, compared, style);
    out += '\n' + license_lines(v, style, catalog);
    if (style.verbosity > 0 && v.license.weights)
      out += evidence_lines(v, v.license.weights->evidence, style);
    out += use_lines(v, style, catalog);
    out += finding_lines(v, style, catalog);
    out += missing_lines(v, style);
    out += run_lines(v, style);
    out += data_lines(v, style);
    if (style.verbosity > 0) out += crosswalk_lines(v, style);
    // Nothing of facts that ship with the tool was seen now: who wrote them down, and from what, is said
    // instead.
    if (style.verbosity == 0 && v.origin == Origin::built_in)
      out += labeled("  source", shown(first_words(v.source, style.width - kCardLabel), style), kCardLabel,
                     style);
    else if (style.verbosity == 0)
      out += seen_lines(v, style);
  }
  out += error_lines(v, style);
  if (!nothing_seen(v) && style.verbosity == 0) out += more_line(v, style);
  return out;
}

}  // namespace

Color color_of(Rung rung) {
  switch (rung) {
    case Rung::open_source_ai_open_data:
    case Rung::open_source_ai:
    case Rung::open_weights:
      return Color::green;
    case Rung::weights_available:
    case Rung::undetermined:
      return Color::yellow;
    default:
      return Color::red;
  }
}

std::string score_words(const Verdict& v) {
  if (v.points_low == v.points_high) return fmt::format("{:g} of 5", v.points_low);
  return fmt::format("{:g} to {:g} of 5", v.points_low, v.points_high);
}

std::string text_report(std::span<const Verdict> verdicts, const Style& style, const Catalog& catalog) {
  if (style.quiet) {
    std::string out;
    for (const Verdict& v : verdicts) out += fmt::format("{}\t{}\n", shown(v.id, style), word(v.rung));
    return out;
  }
  if (verdicts.size() == 1 && style.columns.empty()) return card(verdicts.front(), style, catalog);
  if (style.verbosity == 0) return models_table(verdicts, style, catalog);
  std::string out;
  for (const Verdict* v : sorted(verdicts, style.sort))
    out += (out.empty() ? "" : "\n") + card(*v, style, catalog);
  return out;
}

}  // namespace howopen::report
