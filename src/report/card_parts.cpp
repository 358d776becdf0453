// Parts of the card below the components: license and what it was made from, what is missing, what was seen
// where.
//
//   license MIT (open), by the text of LICENSE
//   base    DeepSeek-V3-Base (DeepSeek License 1.0), relicensed by its owner

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "hub/ids.h"
#include "report/card.h"
#include "report/place.h"
#include "text/utf8.h"

namespace howopen::report {
namespace {

constexpr std::string_view kHubAddress = "https://huggingface.co/";

// What settled which license it is.
std::string settled(const LicenseFinding& w, const std::string& as_of) {
  if (w.cls == LicenseClass::none) return {};
  if (w.file.empty()) {
    if (!w.claim_only) return {};
    const bool tag = !w.evidence.empty() && w.evidence.front().rule == "license.tag";
    return fmt::format(", by its {} alone: no text was read", tag ? "tag" : "card or page");
  }
  const std::string file = w.file == "extra_gated_prompt" ? "its gate" : w.file;
  switch (w.match) {
    case Match::exact:
      return fmt::format(", by the text of {}", file);
    case Match::modified:
      return fmt::format(", by the text of {}, which was changed", file);
    case Match::extra_terms:
      return fmt::format(", by the text of {}, with terms added", file);
    case Match::unknown:
      return fmt::format(", by {}, a text that is none of the known licenses", file);
    case Match::incomplete:
      return fmt::format(", by {}, which is not complete", file);
    case Match::multiple:
      return fmt::format(", by {}, which holds several", file);
    case Match::reference:
      return fmt::format(", by {}, which refers to it", file);
    case Match::template_:
      return fmt::format(", by the text of {}, with names filled in", file);
    case Match::recorded:
      return fmt::format(", by the text of {} as recorded on {}", file, as_of);
    case Match::none:
      break;
  }
  return fmt::format(", by the text of {}", file);
}

bool applies(const Verdict& v, std::string_view trait) {
  return std::any_of(v.license.traits.begin(), v.license.traits.end(), [&](const Trait& t) {
    return t.name == trait && (t.value == "yes" || t.value == "conditional");
  });
}

std::string limits(const Verdict& v) {
  std::vector<std::string> out;
  const bool by_size = applies(v, "threshold");
  for (const auto& [trait, words] :
       {std::pair{"commercial_use", "commercial use"}, std::pair{"modification", "changes"},
        std::pair{"redistribution", "passing it on"}}) {
    for (const Trait& t : v.license.traits) {
      if (t.name != trait || t.value == "yes") continue;
      // That a large user has to ask is said as such.
      if (t.value == "conditional" && t.name == "commercial_use" && by_size) continue;
      out.push_back(t.value == "no"            ? fmt::format("no {}", words)
                    : t.value == "conditional" ? fmt::format("{} on conditions", words)
                                               : fmt::format("{}: not said", words));
    }
  }
  for (const auto& [trait, words] :
       {std::pair{"use_restrictions", "forbidden uses"}, std::pair{"threshold", "size of user"},
        std::pair{"territory", "territory"}, std::pair{"outputs", "outputs"},
        std::pair{"naming", "a name to show"}}) {
    if (applies(v, trait)) out.emplace_back(words);
  }
  return fmt::format("{}", fmt::join(out, "; "));
}

std::string_view relation_words(std::string_view relation) {
  if (relation == "adapter") return ", which it adapts";
  if (relation == "quantized") return ", quantized";
  if (relation == "merge") return ", merged";
  if (relation == "distill") return ", distilled";
  return relation == "finetune" ? ", fine-tuned" : "";
}

bool warns(const Finding& f, const Style& style) {
  return f.level != "note" || style.verbosity > 0;
}

// An ancestor of which a line of its own says more.
bool told_elsewhere(const Verdict& v, const std::string& id, const Style& style) {
  return std::any_of(v.findings.begin(), v.findings.end(), [&](const Finding& f) {
    return warns(f, style) && f.message.find(id) != std::string::npos;
  });
}

// Ids of licenses within a sentence as people name them.
std::string with_names(std::string_view message, const Catalog& catalog) {
  constexpr std::string_view kRef = "LicenseRef-";
  std::string out;
  while (!message.empty()) {
    const std::size_t at = std::min(message.find(kRef), message.size());
    out += message.substr(0, at);
    message.remove_prefix(at);
    std::size_t end = std::min(message.find_first_of(" ,;:()", 0), message.size());
    while (end > 0 && message[end - 1] == '.') --end;
    if (end == 0) break;
    const std::string_view id = message.substr(0, end);
    out += licenses_in_words(id, catalog);
    message.remove_prefix(end);
  }
  return out.append(message);
}

bool relicensed(const Verdict& v, const std::string& id) {
  return std::any_of(v.findings.begin(), v.findings.end(), [&](const Finding& f) {
    return f.rule == "license.relicensed-by-owner" && f.message.starts_with(id + " ");
  });
}

constexpr std::size_t kParentsShown = 4;  // of a merge

std::string base_lines(const Verdict& v, const Style& style, const Catalog& catalog) {
  std::string out;
  std::size_t shown_ones = 0;
  const auto merged = [](const LineageEntry& e) { return e.relation == "merge"; };
  const auto parents = std::count_if(v.lineage.begin(), v.lineage.end(), merged);
  std::vector<const LineageEntry*> entries;
  for (const LineageEntry& e : v.lineage) entries.push_back(&e);
  // Of a merge every parent is told, and first the one whose terms stay.
  const auto binding = [&](const LineageEntry* e) {
    return std::find(v.license.effective.from.begin(), v.license.effective.from.end(), e->id) !=
           v.license.effective.from.end();
  };
  if (parents > 1) std::stable_partition(entries.begin(), entries.end(), binding);
  for (const LineageEntry* entry : entries) {
    const LineageEntry& e = *entry;
    const bool of_merge = parents > 1 && merged(e);
    if (style.verbosity == 0 && !of_merge && told_elsewhere(v, e.id, style)) continue;
    if (++shown_ones > (parents > 1 ? kParentsShown : 2) && style.verbosity == 0) break;
    const bool binds = std::find(v.license.effective.from.begin(), v.license.effective.from.end(), e.id) !=
                       v.license.effective.from.end();
    const bool anew = relicensed(v, e.id);
    // Of the same publisher the name is enough; and that it was made anew says less than under what.
    std::string line =
        anew && hub::owner(e.id) == hub::owner(v.id) ? std::string(hub::repository_name(e.id)) : e.id;
    if (!anew) line += relation_words(e.relation);
    if (!e.license.empty()) line += fmt::format(" ({})", licenses_in_words(e.license, catalog));
    if (binds)
      line += ", whose terms stay";
    else if (anew)
      line += ", relicensed by its owner";
    out += labeled(out.empty() ? "  base" : "", shown(line, style), kCardLabel, style);
  }
  return out;
}

// `path` of an address of a file at the Hub or at GitHub, behind `/blob/<revision>/`.
std::string path_of(std::string_view url) {
  const std::size_t blob = url.find("/blob/");
  if (blob == std::string_view::npos) return {};
  const std::size_t slash = url.find('/', blob + 6);
  return slash == std::string_view::npos ? std::string() : std::string(url.substr(slash + 1));
}

}  // namespace

std::string class_words(LicenseClass c) {
  switch (c) {
    case LicenseClass::open:
      return "open";
    case LicenseClass::permissive_with_conditions:
      return "permissive, with conditions";
    case LicenseClass::use_restricted:
      return "restricts uses";
    case LicenseClass::non_commercial:
      return "not for commercial use";
    case LicenseClass::proprietary:
      return "not an open license";
    case LicenseClass::none:
      return "no license";
    case LicenseClass::unknown:
      return "not known what it permits";
  }
  return "";
}

Spot seen_in(const Verdict& v, std::string_view where, const Style& style) {
  const Named named{v.id, v.revision, v.origin != Origin::local};
  const Located place = locate(named, where);
  Spot out{shown(short_places(std::string(where)), style), place.url};
  std::string_view rest = where;
  if (rest.starts_with(kHubAddress)) {
    rest.remove_prefix(kHubAddress.size());
    const bool record = rest.starts_with("api/models/");
    if (record) rest.remove_prefix(11);
    const std::string path = path_of(rest);
    const bool own = rest.starts_with(v.id);
    std::string whose =
        own ? "" : fmt::format("{}: ", rest.substr(0, path.empty() ? rest.size() : rest.find("/blob/")));
    if (!path.empty())
      out.words = shown(whose + path, style);
    else if (own && (record || rest.size() == v.id.size()))
      out.words = record ? "its Hub record" : "its Hub page";
    if (record && hub::is_repository_id(rest)) out.url = hub_page(rest, {});
  } else if (!place.path.empty()) {
    const std::size_t colon = where.find(": ");
    const std::string whose = colon != std::string_view::npos && hub::is_owned_id(where.substr(0, colon))
                                  ? std::string(where.substr(0, colon + 2))
                                  : std::string();
    out.words = shown(whose + place.path + (place.line > 0 ? fmt::format(":{}", place.line) : ""), style);
  } else if (rest.starts_with("https://github.com/") || rest.starts_with("github.com/")) {
    if (rest.starts_with("https://")) rest.remove_prefix(8);
    const std::string path = path_of(rest);
    if (!path.empty()) out.words = shown(path + " at GitHub", style);
  }
  return out;
}

std::string license_lines(const Verdict& v, const Style& style, const Catalog& catalog) {
  if (!v.license.weights) return {};
  const LicenseFinding& w = *v.license.weights;
  const EffectiveLicense& e = v.license.effective;
  std::string text = "none: nobody is permitted anything";
  if (e.cls != LicenseClass::none) {
    const bool named = !e.expression.empty() && e.expression != "NOASSERTION";
    const std::string classes =
        e.best == e.cls ? class_words(e.cls)
                        : fmt::format("at worst {}, at best {}", class_words(e.cls), class_words(e.best));
    text = named ? licenses_in_words(e.expression, catalog) : "unknown";
    // Which uses it forbids is said on the next line.
    if (e.best != e.cls || e.cls != LicenseClass::use_restricted || limits(v).empty())
      text += fmt::format(" ({})", classes);
    // Of several, what settled the weights' own; the others have lines of their own.
    const bool several = !w.concluded.empty() && w.concluded != e.expression;
    const std::string by = settled(w, v.as_of);
    if (several && !by.empty())
      text += fmt::format("; {}{}", licenses_in_words(w.concluded, catalog), by.substr(1));
    else
      text += by;
  }
  if (v.license.code && !v.license.code->concluded.empty() && v.license.code->concluded != w.concluded)
    text += "; code: " + licenses_in_words(v.license.code->concluded, catalog);
  std::string out = labeled("  license", shown(text, style), kCardLabel, style);
  if (const std::string what = limits(v); !what.empty()) out += labeled("  limits", what, kCardLabel, style);
  return out + base_lines(v, style, catalog);
}

std::string missing_lines(const Verdict& v, const Style& style) {
  if (!v.next) return {};
  std::vector<std::string> needs = missing_words(v);
  if (needs.empty()) return {};
  const std::string last = needs.back();
  needs.pop_back();
  const std::string list = needs.empty() ? last : fmt::format("{} and {}", fmt::join(needs, ", "), last);
  return labeled("  missing", fmt::format("for {}: {}", title(*v.next), list), kCardLabel, style);
}

std::string evidence_lines(const Verdict& v, const std::vector<Evidence>& evidence, const Style& style) {
  std::string out;
  for (const Evidence& e : evidence) {
    out += labeled(
        "", fmt::format("{} [{}, {}] {}", shown(e.what, style), word(e.strength), word(e.kind), e.rule), 6,
        style);
    if (e.where.empty()) continue;
    const Located place = locate({v.id, v.revision, v.origin != Origin::local}, e.where);
    if (place.url.empty())
      out += labeled("", shown(e.where, style), 8, style);
    else
      out += "        " + link(paint(shown(place.url, style), Color::dim, style), place.url, style) + "\n";
  }
  return out;
}

std::string seen_lines(const Verdict& v, const Style& style) {
  std::vector<Spot> places;
  const auto add = [&](const std::vector<Evidence>& evidence) {
    if (evidence.empty() || evidence.front().where.empty() || evidence.front().where == v.source) return;
    const std::string& rule = evidence.front().rule;
    if (rule == "license.unreadable" || rule.ends_with(".could-not-look")) return;  // it was not seen there
    Spot spot = seen_in(v, evidence.front().where, style);
    if (!v.card_seen && spot.words == "README.md") return;
    // Notes on where somebody looked are no places; -v has them.
    if (spot.url.empty() && v.origin != Origin::local && spot.words.find(' ') != std::string::npos) return;
    // Of a file the line is told where one place of it is all there is.
    const auto file = [](const std::string& words) {
      const std::size_t colon = words.rfind(':');
      const bool line = colon != std::string::npos && colon + 1 < words.size() &&
                        words.find_first_not_of("0123456789", colon + 1) == std::string::npos;
      return line ? words.substr(0, colon) : words;
    };
    const bool again = std::any_of(places.begin(), places.end(),
                                   [&](const Spot& s) { return file(s.words) == file(spot.words); });
    if (!again) places.push_back(std::move(spot));
  };
  for (const ComponentVerdict& c : v.components) {
    if (c.state != State::unknown) add(c.evidence);
  }
  if (v.license.weights) add(v.license.weights->evidence);
  if (places.empty()) return {};
  // A place that is longer than a line is broken between its parts, an address never.
  const int room = style.width - kCardLabel;
  std::vector<Spot> pieces;
  for (const Spot& place : places) {
    for (std::string& piece : wrap(place.words, room - 1)) pieces.push_back({std::move(piece), place.url});
    if (&place != &places.back()) pieces.back().words += ',';
  }
  std::string out = pad("  seen in", kCardLabel);
  int used = 0;
  for (const Spot& piece : pieces) {
    const int w = text::display_width(piece.words);
    if (used > 0 && used + 1 + w > room) {
      out += "\n" + std::string(kCardLabel, ' ');
      used = 0;
    } else if (used > 0) {
      out += ' ';
      ++used;
    }
    out += link(piece.words, piece.url, style);
    used += w;
  }
  return out + "\n";
}

std::string finding_lines(const Verdict& v, const Style& style, const Catalog& catalog) {
  std::string out;
  std::set<std::string> said;
  for (const Finding& f : v.findings) {
    if (!warns(f, style) || !said.insert(f.message).second) continue;
    // That there is no license is said by the line of the license.
    if (style.verbosity == 0 && f.rule == "license.missing" && v.license.effective.cls == LicenseClass::none)
      continue;
    std::string message = with_names(f.message, catalog);
    if (style.verbosity > 0) message += fmt::format(" ({})", f.rule);
    // Every such finding ends so; -v has it whole.
    constexpr std::string_view kTail = " with what is made from it";
    if (style.verbosity == 0 && message.ends_with(kTail)) message.resize(message.size() - kTail.size());
    out += labeled(f.level == "note" ? "  note" : "  caution", shown(message, style), kCardLabel, style);
    if (style.verbosity > 0) out += evidence_lines(v, f.evidence, style);
  }
  return out;
}

std::string error_lines(const Verdict& v, const Style& style) {
  std::string out;
  for (const LookupError& m : v.errors) {
    // That nobody was asked, or answered where built-in facts stand in, is said above the components.
    const bool said =
        m.offline || (v.origin == Origin::built_in && m.trouble == Trouble::network) || nothing_seen(v);
    if (said && style.verbosity == 0) continue;
    out += labeled("  unseen", shown(fmt::format("{} ({})", m.message, word(m.trouble)), style), kCardLabel,
                   style);
    if (m.message.find(m.where) == std::string::npos)
      out += std::string(kCardLabel, ' ') + shown(m.where, style) + "\n";
  }
  return out;
}

}  // namespace howopen::report
