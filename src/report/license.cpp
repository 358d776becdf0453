// License texts and licenses, for people and as JSON.
//
//   MIT with extra terms   LICENSE, use-restricted
//     + line 10   restriction   "The software may not be used for commercial purposes"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "howopen/report.h"
#include "report/layout.h"
#include "text/json.h"

namespace howopen {
namespace {

using report::Color;
using report::labeled;
using report::paint;
using report::shown;
using text::Json;

constexpr int kLabel = 24;

// `3.1` of LicenseRef-Llama-3.1, "" of MIT.
std::string version_of(std::string_view id) {
  for (std::size_t i = 0; i + 1 < id.size(); ++i) {
    if (id[i] != '-' || id[i + 1] < '0' || id[i + 1] > '9') continue;
    const std::size_t end = std::min(id.find('-', i + 1), id.size());
    const std::string_view version = id.substr(i + 1, end - i - 1);
    if (version.find_first_not_of("0123456789.abcdefghijklmnopqrstuvwxyz") == std::string_view::npos &&
        version.size() <= 8)
      return std::string(version);
  }
  return {};
}

// A text of the GNU family by itself: whether a later version may be chosen is said where it is applied, in a
// notice, and the text does not say it.
bool leaves_version_open(const Identified& i, std::string_view concluded) {
  return concluded.ends_with("-only") && concluded.find(' ') == std::string_view::npos && !i.found.empty() &&
         std::all_of(i.found.begin(), i.found.end(),
                     [&](const FoundLicense& l) { return l.kind == TextKind::license && l.id == concluded; });
}

std::string lines_words(const Lines& l) {
  return l.last > l.first ? fmt::format("lines {} to {}", l.first, l.last) : fmt::format("line {}", l.first);
}

Json lines_json(const Lines& l) {
  Json out;
  out.set("first", Json(l.first));
  out.set("last", Json(l.last));
  return out;
}

Json traits_json(const std::vector<Trait>& traits) {
  Json out = Json::object();
  for (const Trait& t : traits) {
    Json& trait = out.set(t.name, Json::object());
    trait.set("value", Json(t.value));
    trait.set("clause", t.clause.empty() ? Json() : Json(t.clause));
  }
  return out;
}

std::string traits_text(const std::vector<Trait>& traits, const Style& style) {
  std::string out;
  for (const Trait& t : traits) {
    std::string words = report::trait_words(t.name, t.value);
    // Which law that is says more than that one is named.
    const bool alone = t.name == "governing_law" && t.value == "yes" && !t.clause.empty();
    if (alone)
      words = shown(t.clause, style);
    else if (!t.clause.empty())
      words += report::dot(style).data() + shown(t.clause, style);
    out += labeled("  " + report::words_of(t.name), words, kLabel, style);
  }
  return out;
}

std::string text_json(const LicenseText& t, const LicenseFinding& f, const std::vector<Trait>& traits) {
  const Identified& i = *t.identified;
  Json out;
  out.set("schema_version", Json(std::string(kSchemaVersion)));
  out.set("file", Json(t.path));
  out.set("match", Json(word(i.match)));
  out.set("confidence", Json(i.confidence));
  out.set("concluded", f.concluded.empty() ? Json() : Json(f.concluded));
  out.set("class", Json(word(f.cls)));
  out.set("later_versions", leaves_version_open(i, f.concluded) ? Json("not said") : Json());
  Json& licenses = out.set("licenses", Json::array());
  for (const FoundLicense& l : i.found) {
    Json one;
    one.set("id", Json(l.id));
    const std::string version = version_of(l.id);
    one.set("version", version.empty() ? Json() : Json(version));
    one.set("kind", Json(word(l.kind)));
    one.set("match", Json(word(l.match)));
    one.set("confidence", Json(l.confidence));
    Json span = lines_json(l.lines);
    span.set("begin", Json(l.begin));
    span.set("end", Json(l.end));
    one.set("span", std::move(span));
    licenses.push(std::move(one));
  }
  Json& leftover = out.set("leftover", Json::array());
  for (const Leftover& l : i.leftover) {
    Json one;
    one.set("kind", Json(word(l.kind)));
    one.set("change", Json(word(l.change)));
    one.set("lines", lines_json(l.lines));
    one.set("quote", l.quote.empty() ? Json() : Json(l.quote));
    leftover.push(std::move(one));
  }
  Json& restrictions = out.set("restrictions", Json::array());
  for (const Restriction& r : i.restrictions) {
    Json one;
    one.set("kind", Json(r.kind));
    one.set("lines", lines_json(r.lines));
    one.set("quote", Json(r.quote));
    restrictions.push(std::move(one));
  }
  Json& policies = out.set("policies", Json::array());
  for (const std::string& url : i.policies) {
    Json one;
    one.set("url", Json(url));
    one.set("status", Json("external, mutable, not read"));
    policies.push(std::move(one));
  }
  out.set("traits", traits_json(traits));
  return text::write_json(out, true);
}

// What each license permits, under its name where there are several: the strictest first, since that is what
// holds of the whole.
std::string traits_of_each(const LicenseText& t, const LicenseFinding& f, const Style& style,
                           const Catalog& catalog) {
  std::vector<const NamedTraits*> lists;
  for (const NamedTraits& n : f.traits) {
    if (!n.traits.empty()) lists.push_back(&n);
  }
  const auto rank = [&](const NamedTraits* n) {
    const LicenseEntry* entry = catalog.license(n->id);
    return entry == nullptr ? LicenseClass::unknown : entry->cls;
  };
  std::stable_sort(lists.begin(), lists.end(), [&](const NamedTraits* a, const NamedTraits* b) {
    const LicenseClass x = rank(a);
    const LicenseClass y = rank(b);
    return x != y && stricter(x, y) == x;
  });
  std::string out;
  for (const NamedTraits* n : lists) {
    out += '\n';
    if (lists.size() > 1) {
      const auto& found = t.identified->found;
      const auto at =
          std::find_if(found.begin(), found.end(), [&](const FoundLicense& l) { return l.id == n->id; });
      out += fmt::format("  {}{}\n", paint(shown(catalog.in_words(n->id), style), Color::bold, style),
                         at == found.end() ? "" : ", " + lines_words(at->lines));
    }
    out += traits_text(n->traits, style);
  }
  return out;
}

std::string difference(const Leftover& l, const std::vector<Restriction>& restrictions, const Style& style) {
  const bool missing = l.change == Leftover::Change::missing;
  std::set<std::string> kinds;
  for (const Restriction& r : restrictions) {
    if (!missing && r.lines.first >= l.lines.first && r.lines.last <= l.lines.last) kinds.insert(r.kind);
  }
  const std::string what =
      missing
          ? "words of the license are missing here"
          : fmt::format("{} {}{}", word(l.kind), l.change == Leftover::Change::beside ? "beside it" : "in it",
                        kinds.empty() ? "" : fmt::format(" ({})", fmt::join(kinds, ", ")));
  const std::string quote = l.quote.empty() ? "" : fmt::format(": \"{}\"", shown(l.quote, style));
  return labeled(fmt::format("  {} {}", missing ? "-" : "+", lines_words(l.lines)), what + quote, kLabel,
                 style);
}

}  // namespace

std::string render_text(const LicenseText& t, const LicenseFinding& f, bool all, Format format,
                        const Style& style, const Catalog& catalog) {
  const Identified& i = *t.identified;
  std::vector<Trait> traits;
  for (const NamedTraits& n : f.traits) {
    for (const Trait& trait : n.traits) traits.push_back(trait);
  }
  if (format == Format::json) return text_json(t, f, traits);
  const std::string name = !f.concluded.empty()     ? catalog.in_words(f.concluded)
                           : i.words == 0           ? "an empty text"
                           : i.match == Match::none ? "no license text"
                                                    : "a license that is not known";
  std::string out = paint(shown(name, style), Color::bold, style) + "\n";
  if (style.quiet) return (f.concluded.empty() ? std::string(word(i.match)) : f.concluded) + "\n";
  out += labeled("  text", fmt::format("{}, {} words", shown(t.path, style), i.words), kLabel, style);
  out += labeled("  match", std::string(word(i.match)), kLabel, style);
  if (i.match != Match::none) out += labeled("  class", std::string(word(f.cls)), kLabel, style);
  if (leaves_version_open(i, f.concluded))
    out += labeled("  version",
                   "the text does not say whether a later one may be chosen; a notice beside it would. Taken "
                   "as -only, which permits less",
                   kLabel, style);
  for (const FoundLicense& l : i.found) {
    const std::string kind = l.kind == TextKind::license ? "" : fmt::format(" ({})", word(l.kind));
    out +=
        labeled("  " + lines_words(l.lines),
                fmt::format("{}{}, {}, {:.0f} % of its words", l.id, kind, word(l.match), l.confidence * 100),
                kLabel, style);
  }
  for (const Leftover& l : i.leftover) {
    const bool term = l.kind == Leftover::Kind::restriction || l.kind == Leftover::Kind::unexplained;
    if (all || term) out += difference(l, i.restrictions, style);
  }
  for (const Restriction& r : i.restrictions) {
    const bool told = std::any_of(i.leftover.begin(), i.leftover.end(), [&](const Leftover& l) {
      return l.change != Leftover::Change::missing && r.lines.first >= l.lines.first &&
             r.lines.last <= l.lines.last;
    });
    if (told) continue;
    out += labeled("  " + lines_words(r.lines), fmt::format("{}: \"{}\"", r.kind, shown(r.quote, style)),
                   kLabel, style);
  }
  for (const std::string& url : i.policies)
    out += labeled("  policy", fmt::format("{} (external, mutable, not read)", shown(url, style)), kLabel,
                   style);
  return out + traits_of_each(t, f, style, catalog);
}

std::string render_license(const std::string& expression, LicenseClass cls, const std::vector<Trait>& traits,
                           Format format, const Style& style, const Catalog& catalog) {
  const LicenseEntry* entry = catalog.license(expression);
  if (format == Format::json) {
    Json out;
    out.set("schema_version", Json(std::string(kSchemaVersion)));
    out.set("id", Json(expression));
    out.set("name", entry != nullptr ? Json(entry->name) : Json());
    const std::string version = version_of(expression);
    out.set("version", version.empty() ? Json() : Json(version));
    out.set("class", Json(word(cls)));
    out.set("osi_approved", entry != nullptr ? Json(entry->osi) : Json());
    out.set("family", entry != nullptr ? Json(entry->family) : Json());
    out.set("traits", traits_json(traits));
    out.set("terms", entry != nullptr ? report::terms_json(entry->terms) : Json());
    out.set("source", entry != nullptr ? Json(entry->source) : Json());
    out.set("as_of", entry != nullptr ? Json(entry->as_of) : Json());
    return text::write_json(out, true);
  }
  if (style.quiet) return expression + "\n";
  std::string out =
      paint(shown(entry != nullptr ? entry->name : expression, style), Color::bold, style) + "\n";
  out += labeled("  id", shown(expression, style), kLabel, style);
  out += labeled("  class", std::string(word(cls)), kLabel, style);
  if (entry != nullptr) {
    if (entry->osi) out += labeled("  approved", "by the OSI", kLabel, style);
    if (entry->family) out += labeled("  version", "unspecified: the name of a family", kLabel, style);
    if (!entry->tags.empty())
      out += labeled("  tag", fmt::format("{}", fmt::join(entry->tags, ", ")), kLabel, style);
    out += labeled("  from", fmt::format("{}, {}", shown(entry->source, style), entry->as_of), kLabel, style);
  }
  if (expression.find(" OR ") != std::string::npos)
    out += "\n  one of them may be chosen: howopen license ID shows what each permits\n";
  else
    out += traits.empty() ? "\n  what it permits was not written down\n" : "\n" + traits_text(traits, style);
  if (entry != nullptr && entry->terms.read && style.verbosity > 0)
    out += "\n" + report::terms_text(entry->terms, style, catalog);
  return out;
}

std::string render_licenses(Format format, const Style& style, const Catalog& catalog) {
  if (format == Format::json) {
    Json out;
    out.set("schema_version", Json(std::string(kSchemaVersion)));
    Json& list = out.set("licenses", Json::array());
    for (const LicenseEntry* e : catalog.licenses()) {
      Json one;
      one.set("id", Json(e->id));
      one.set("name", Json(e->name));
      one.set("class", Json(word(e->cls)));
      Json tags = Json::array();
      for (const std::string& tag : e->tags) tags.push(Json(tag));
      one.set("tags", std::move(tags));
      list.push(std::move(one));
    }
    return text::write_json(out, true);
  }
  std::string out;
  for (const LicenseEntry* e : catalog.licenses()) {
    out += style.quiet ? e->id + "\n"
                       : fmt::format("{}  {}  {}\n", report::pad(e->id, 40), report::pad(word(e->cls), 26),
                                     shown(e->name, style));
  }
  return out;
}

}  // namespace howopen
