// The terminal's card of one model, and the table of several. Verdict first, then the five components, the
// license, what the next rung takes, and where it was all seen.
//
//   ✓ weights         available    163 of 163 shards, safetensors    as documented

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "report/layout.h"
#include "text/utf8.h"

namespace howopen::report {
namespace {

constexpr int kLabel = 11;  // columns of "  license  "

Color color_of_rung(Rung rung) {
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

std::string score(const Verdict& v) {
  if (v.points_low == v.points_high) return fmt::format("{:g} of 5", v.points_low);
  return fmt::format("{:g} to {:g} of 5", v.points_low, v.points_high);
}

std::string state_words(Component c, State s) {
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

std::string reference_words(Reference r) {
  switch (r) {
    case Reference::as_documented:
      return "as documented";
    case Reference::more_open:
      return "more open";
    case Reference::less_open:
      return "less open";
    case Reference::not_compared:
      return "";
  }
  return "";
}

std::string head(const Verdict& v, const Style& style) {
  std::string out = paint(shown(v.id, style), Color::bold, style);
  if (!v.revision.empty()) out += fmt::format(" @ {} ({})", shown(v.from, style), v.revision.substr(0, 7));
  if (v.asked != v.id && !v.asked.empty() && v.origin != Origin::catalog)
    out += fmt::format(", asked for as {}", shown(v.asked, style));
  return out + "\n";
}

// Says plainly when the facts are not from the Hub just now.
std::string origin(const Verdict& v, const Style& style) {
  switch (v.origin) {
    case Origin::hub:
      return {};
    case Origin::cache:
      return labeled("", "from the cache, not from the Hub", 0, style);
    case Origin::local:
      return labeled("",
                     fmt::format("from files of this machine, not from the Hub ({})", shown(v.ref, style)), 0,
                     style);
    case Origin::replay:
      return labeled("", "from a saved snapshot, not from the Hub", 0, style);
    case Origin::built_in:
      return labeled("",
                     fmt::format("from facts of {} that ship with howopen, not from the Hub ({})", v.as_of,
                                 shown(v.source, style)),
                     0, style);
    case Origin::catalog:
      return labeled("",
                     fmt::format("from the release catalog as of {} ({})", v.as_of, shown(v.source, style)),
                     0, style);
  }
  return {};
}

std::string verdict_lines(const Verdict& v, const Style& style) {
  const std::string name(title(v.rung));
  const std::string points = score(v);
  const bool long_name = name.size() > 18;
  const int indent = long_name ? 4 : std::max(17, static_cast<int>(name.size()) + 5);
  std::string out;
  if (long_name)
    out += fmt::format(
        "  {}  {}\n",
        paint(pad(name, style.width - 4 - text::display_width(points)), color_of_rung(v.rung), style),
        points);
  std::string all;
  for (const std::string& r : v.reasons) all += (all.empty() ? "" : "; ") + shown(r, style);
  if (!v.modifiers.empty()) all += fmt::format(" [{}]", fmt::join(v.modifiers, ", "));
  const auto lines = wrap(all, style.width - indent - static_cast<int>(points.size()) - 2);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool first = i == 0 && !long_name;
    out += first ? "  " + paint(name, color_of_rung(v.rung), style) +
                       std::string(static_cast<std::size_t>(indent - 2) - name.size(), ' ')
                 : std::string(static_cast<std::size_t>(indent), ' ');
    out += first ? pad(lines[i], style.width - indent - static_cast<int>(points.size())) + points : lines[i];
    out += '\n';
  }
  if (v.rung == Rung::undetermined && v.low != v.high) {
    out += fmt::format("{}between {} and {}\n", std::string(static_cast<std::size_t>(indent), ' '),
                       title(v.low), title(v.high));
  }
  return out;
}

std::string component_line(Component c, const ComponentVerdict& v, const Style& style) {
  const std::string reference = reference_words(v.reference);
  const int fixed = 4 + 16 + 14;
  const int room = std::max(16, style.width - fixed - 15);
  const auto lines = wrap(shown(v.summary, style), room);
  std::string out = fmt::format("  {} {}{}{}", paint(mark(v.state, style), color_of(v.state), style),
                                pad(words_of(c), 16), pad(state_words(c, v.state), 14), pad(lines[0], room));
  out += "  " + paint(reference, Color::dim, style);
  while (out.back() == ' ') out.pop_back();
  out += '\n';
  for (std::size_t i = 1; i < lines.size(); ++i)
    out += std::string(static_cast<std::size_t>(fixed), ' ') + lines[i] + "\n";
  return out;
}

std::string evidence_lines(const std::vector<Evidence>& evidence, const Style& style) {
  std::string out;
  for (const Evidence& e : evidence) {
    out += labeled("",
                   fmt::format("{}: {} [{}, {}] {}", shown(short_places(e.where), style),
                               shown(e.what, style), word(e.strength), word(e.kind), e.rule),
                   6, style);
  }
  return out;
}

std::string trait_words(const Verdict& v, const Style& style) {
  std::string out;
  const auto add = [&](std::string_view trait, std::string_view words) {
    for (const Trait& t : v.license.traits) {
      if (t.name == trait) out += fmt::format("{}{} {}", dot(style), words, t.value);
    }
  };
  add("commercial_use", "commercial");
  add("modification", "modify");
  add("redistribution", "redistribute");
  for (const auto& [trait, words] :
       {std::pair{"use_restrictions", "use restrictions"}, std::pair{"threshold", "threshold"},
        std::pair{"naming", "naming duty"}, std::pair{"territory", "territory limits"},
        std::pair{"outputs", "output limits"}}) {
    for (const Trait& t : v.license.traits) {
      if (t.name == trait && (t.value == "yes" || t.value == "conditional"))
        out += std::string(dot(style)) + words;
    }
  }
  return out;
}

std::string license_lines(const Verdict& v, const Style& style, const Catalog& catalog) {
  if (!v.license.weights) return {};
  const LicenseFinding& w = *v.license.weights;
  std::string text = v.license.effective.cls == LicenseClass::none
                         ? "none: nothing is granted"
                         : catalog.in_words(v.license.effective.expression);
  if (!w.file.empty())
    text += fmt::format(" (text of {}, {})", w.file, word(w.match));
  else if (w.claim_only && w.cls != LicenseClass::none)
    text += " (a claim, no text)";
  text += fmt::format("{}{}", dot(style), word(v.license.effective.cls));
  text += trait_words(v, style);
  std::string out = labeled("  license", shown(text, style), kLabel, style);
  if (v.license.code && !v.license.code->concluded.empty() && v.license.code->concluded != w.concluded) {
    out += labeled("", "code: " + shown(catalog.in_words(v.license.code->concluded), style), kLabel, style);
  }
  std::size_t ancestors = 0;
  for (const LineageEntry& e : v.lineage) {
    if (++ancestors > 3 && style.verbosity == 0) break;
    const bool binds = std::find(v.license.effective.from.begin(), v.license.effective.from.end(), e.id) !=
                       v.license.effective.from.end();
    out += labeled("",
                   fmt::format("from {} ({}): {}{}", shown(e.id, style), e.relation,
                               shown(catalog.in_words(e.license), style), binds ? ", whose terms stay" : ""),
                   kLabel, style);
  }
  return out;
}

std::string next_lines(const Verdict& v, const Style& style) {
  if (!v.next) return {};
  std::vector<std::string> needs = missing_words(v);
  if (needs.empty()) return {};
  const std::string last = needs.back();
  needs.pop_back();
  const std::string list = needs.empty() ? last : fmt::format("{} and {}", fmt::join(needs, ", "), last);
  return labeled("  next", fmt::format("{} needs {}", title(*v.next), list), kLabel, style);
}

// The same model in the words of other frameworks.
std::string crosswalk_lines(const Verdict& v, const Style& style) {
  const Crosswalk& c = v.crosswalk;
  const auto row = [&](std::string_view name, std::string_view answer,
                       const std::vector<std::string>& because) {
    return labeled("", fmt::format("{}: {} ({})", name, answer, fmt::join(because, "; ")), kLabel, style);
  };
  const auto meets = [](const Crossing& x) {
    return !x.meets ? "not determinable" : *x.meets ? "met" : "not met";
  };
  std::vector<std::string> mof = c.mof_because;
  if (!c.mof_missing.empty()) mof.push_back(fmt::format("missing: {}", fmt::join(c.mof_missing, ", ")));
  return "  elsewhere\n" +
         row("MOF 1.0", c.mof_class.empty() ? "not determinable" : "class " + c.mof_class, mof) +
         row("OSAID 1.0", meets(c.osaid), c.osaid.because) +
         row("EU AI Act, Art. 53(2)", meets(c.eu_ai_act), c.eu_ai_act.because);
}

// The places that decided, each once, without what every address of the Hub begins with.
std::string evidence_line(const Verdict& v, const Style& style) {
  std::vector<std::string> places;
  const auto add = [&](const std::vector<Evidence>& evidence) {
    if (evidence.empty() || evidence.front().where.empty() || evidence.front().where == v.source) return;
    std::string where = short_places(evidence.front().where);
    for (const std::string_view head : {"https://huggingface.co/", "https://"}) {
      if (where.starts_with(head)) where.erase(0, head.size());
    }
    if (std::find(places.begin(), places.end(), where) == places.end()) places.push_back(std::move(where));
  };
  for (const ComponentVerdict& c : v.components) {
    if (c.state != State::unknown) add(c.evidence);
  }
  if (v.license.weights) add(v.license.weights->evidence);
  if (places.empty()) return {};
  return labeled("  evidence", shown(fmt::format("{}", fmt::join(places, ", ")), style) + "; all of it: -v",
                 kLabel + 1, style);
}

std::string finding_lines(const Verdict& v, const Style& style) {
  std::string out;
  for (const Finding& f : v.findings) {
    const bool said = std::find(v.reasons.begin(), v.reasons.end(), f.message) != v.reasons.end();
    if ((f.level == "note" || said) && style.verbosity == 0) continue;
    out += labeled(fmt::format("  {}", f.level), fmt::format("{} ({})", shown(f.message, style), f.rule),
                   kLabel, style);
    if (style.verbosity > 0) out += evidence_lines(f.evidence, style);
  }
  return out;
}

std::string error_lines(const Verdict& v, const Style& style) {
  std::string out;
  for (const Miss& m : v.errors) {
    out +=
        labeled("  unseen",
                fmt::format("{}: {} ({})", shown(m.where, style), shown(m.message, style), word(m.trouble)),
                kLabel, style);
  }
  return out;
}

std::string card(const Verdict& v, const Style& style, const Catalog& catalog) {
  std::string out = head(v, style) + origin(v, style) + "\n" + verdict_lines(v, style);
  const bool nothing = v.rung == Rung::undetermined && v.low == v.high;
  if (!nothing) {
    out += '\n';
    for (std::size_t i = 0; i < kComponents; ++i) {
      out += component_line(static_cast<Component>(i), v.components[i], style);
      if (style.verbosity > 0) out += evidence_lines(v.components[i].evidence, style);
    }
    out += '\n' + license_lines(v, style, catalog);
    if (style.verbosity > 0 && v.license.weights) out += evidence_lines(v.license.weights->evidence, style);
    out += use_lines(v, style, catalog);
    out += next_lines(v, style);
    out += run_lines(v, style);
    out += data_lines(v, style);
    if (style.verbosity > 0) out += crosswalk_lines(v, style);
    out += finding_lines(v, style);
    if (style.verbosity == 0) out += evidence_line(v, style);
  }
  return out + error_lines(v, style);
}

std::string table(std::span<const Verdict> verdicts, const Style& style, const Catalog& catalog) {
  const auto license_of = [&](const Verdict& v) {
    return shown(v.license.weights ? catalog.in_words(v.license.effective.expression) : "", style);
  };
  int model = 5;
  int license = 7;
  for (const Verdict& v : verdicts) {
    model = std::max(model, text::display_width(shown(v.id, style)));
    license = std::max(license, text::display_width(license_of(v)));
  }
  if (style.terminal) {
    // Verdict, the five marks and the score have fixed widths; the names share what is left.
    const int rest = std::max(34, style.width - (18 + 9 + 8 + 4 * 2));
    license = std::min(license, std::max(12, rest - model));
    model = std::min(model, rest - license);
  }
  std::string out = fmt::format("{}  {}  {}  {}  license\n", pad("model", model), pad("verdict", 18),
                                pad("W I T D A", 9), pad("score", 8));
  for (const Verdict& v : verdicts) {
    std::string marks;
    for (const ComponentVerdict& c : v.components)
      marks += fmt::format("{}{}", marks.empty() ? "" : " ",
                           paint(mark(c.state, style), color_of(c.state), style));
    const std::string points = v.points_low == v.points_high
                                   ? fmt::format("{:g}", v.points_low)
                                   : fmt::format("{:g}-{:g}", v.points_low, v.points_high);
    const std::string name =
        v.rung == Rung::open_source_ai_open_data ? "Open Source AI +D" : std::string(title(v.rung));
    std::string line =
        fmt::format("{}  {}  {}  {}  {}", pad(cut_middle(shown(v.id, style), model, style), model),
                    paint(pad(name, 18), color_of_rung(v.rung), style), marks, pad(points, 8),
                    cut(license_of(v), license, style));
    while (line.back() == ' ') line.pop_back();
    out += line + "\n";
  }
  out += "\nW weights, I inference code, T training code, D training data, A API access";
  out += style.unicode ? "\n✓ available  ◐ partial  ✗ unavailable  ? could not look\n"
                       : "\n+ available  ~ partial  - unavailable  ? could not look\n";
  return out;
}

}  // namespace

std::string text_report(std::span<const Verdict> verdicts, const Style& style, const Catalog& catalog) {
  if (style.quiet) {
    std::string out;
    for (const Verdict& v : verdicts) out += fmt::format("{}\t{}\n", shown(v.id, style), word(v.rung));
    return out;
  }
  if (verdicts.size() == 1) return card(verdicts.front(), style, catalog);
  if (style.verbosity == 0) return table(verdicts, style, catalog);
  std::string out;
  for (const Verdict& v : verdicts) out += (out.empty() ? "" : "\n") + card(v, style, catalog);
  return out;
}

}  // namespace howopen::report
