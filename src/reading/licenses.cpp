// Names of licenses as people write them.
//
//   "CC BY NC 4.0", "Creative Commons Attribution-NonCommercial 4.0 International"  ->  CC-BY-NC-4.0
//   "GPL v3 or later"  ->  GPL-3.0-or-later     "the Acme Research License"  ->  unknown, by that name

#include "reading/licenses.h"

#include <algorithm>
#include <array>
#include <optional>

#include "reading/gnu_versions.h"
#include "reading/scanner.h"
#include "reading/under.h"
#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen::reading {
namespace {

using text::is_alnum;
using text::is_digit;
using text::is_letter;
using text::is_upper;

bool within(char c) {
  return is_alnum(c) || text::is_beyond(c);
}

struct Found {
  std::string id;
  bool family = false;
  std::size_t end = 0;
};

// Creative Commons: parts in any order and spelling.
std::optional<Found> creative_commons(std::string_view s, std::size_t at) {
  Scanner in(s, at);
  const bool words = in.take("creative");
  // "Attribution-ShareAlike 3.0 Unported", as badges of the licenses say.
  const bool bare = !words && s.substr(at).starts_with("attribution");
  if (words ? !in.take_any({"commons", "common"}) : !bare && !in.take("cc")) return std::nullopt;
  if (words) {
    in.take_any({"license", "licence"});
    in.take("cc");
  }
  if (in.take_any({"zero", "0", "public domain"})) {
    in.version();
    in.take_any({"universal"});
    return Found{"CC0-1.0", false, in.at()};
  }
  bool by = false, nc = false, sa = false, nd = false;
  std::size_t end = in.at();
  for (bool any = true; any;) {
    any = true;
    if (in.take_any({"attribution", "by"}))
      by = true;
    else if (in.take_any({"noncommercial", "nc", "non commercial", "non-commercial", "non–commercial"}))
      nc = true;
    else if (in.take_any({"sharealike", "sa", "share alike", "share-alike"}))
      sa = true;
    else if (in.take_any(
                 {"noderivatives", "noderivs", "nd", "no derivatives", "no-derivatives", "no derivs"}))
      nd = true;
    else
      any = false;
    if (any) end = in.at();
  }
  if (bare && (!(nc || sa || nd) || !by)) return std::nullopt;
  if (!by && !nc && !sa && !nd) return words ? std::optional(Found{"cc", true, end}) : std::nullopt;
  in.take_any({"license", "licence", "public license"});
  const auto version = in.version();
  if (version) end = in.at();
  if (in.take_any({"international", "unported", "generic", "intl"})) end = in.at();
  if (in.take_any({"public license", "license", "licence"})) end = in.at();
  std::string id = "CC-BY";
  if (nc) id += "-NC";
  if (nd) id += "-ND";
  if (sa && !nd) id += "-SA";
  // A version behind the word license, as in "CC BY-NC license (4.0)".
  const auto late = version ? version : in.version();
  if (late) end = std::max(end, in.at());
  if (late) return Found{id + "-" + *late, false, end};
  return Found{id, true, end};
}

std::optional<Found> gnu(std::string_view s, std::size_t at) {
  Scanner in(s, at);
  const bool owner = in.take("gnu");
  std::string id;
  if (in.take_any({"affero general public license", "affero general public licence", "affero gpl"}) ||
      in.take("agpl"))
    id = "AGPL";
  else if (in.take_any({"lesser general public license", "library general public license", "lesser gpl"}) ||
           in.take("lgpl"))
    id = "LGPL";
  else if (in.take_any({"general public license", "general public licence"}) || in.take("gpl"))
    id = "GPL";
  else if ((owner && in.take_any({"free documentation license", "free documentation licence", "fdl"})) ||
           in.take("gfdl"))
    id = "GFDL";
  else
    return std::nullopt;
  std::size_t end = in.at();
  in.take_any({"license", "licence"});
  const auto version = in.version();
  if (!version) {
    const auto far = gnu_version_around(s, at, end);
    if (!far) return Found{id, true, end};
    return Found{id + "-" + far->number + (far->later ? "-or-later" : "-only"), false,
                 std::max(end, far->end)};
  }
  end = in.at();
  if (in.take("+") || in.take_any({"or later", "or any later", "or, at your option, any later", "or newer"}))
    return Found{id + "-" + *version + "-or-later", false, in.at()};
  const GnuVersion beside = gnu_version_from(s, *version, end);
  return Found{id + "-" + *version + (beside.later ? "-or-later" : "-only"), false, beside.end};
}

std::optional<Found> others(std::string_view s, std::size_t at) {
  Scanner in(s, at);
  if (in.take("apache")) {
    in.take("software");
    const bool license = in.take_any({"license", "licence"});
    std::size_t end = in.at();
    if (const auto version = in.version()) {
      if (*version == "2.0" || *version == "1.1" || *version == "1.0")
        return Found{"Apache-" + *version, false, in.at()};
    }
    if (!license) return std::nullopt;
    return Found{"Apache-2.0", false, end};
  }
  struct Clauses {
    std::string_view words, id;
  };
  static constexpr std::array<Clauses, 9> kClauses = {{{"3-clause bsd", "BSD-3-Clause"},
                                                       {"three-clause bsd", "BSD-3-Clause"},
                                                       {"3 clause bsd", "BSD-3-Clause"},
                                                       {"2-clause bsd", "BSD-2-Clause"},
                                                       {"two-clause bsd", "BSD-2-Clause"},
                                                       {"2 clause bsd", "BSD-2-Clause"},
                                                       {"4-clause bsd", "BSD-4-Clause"},
                                                       {"new bsd", "BSD-3-Clause"},
                                                       {"simplified bsd", "BSD-2-Clause"}}};
  for (const Clauses& c : kClauses) {
    if (in.take(c.words)) return Found{std::string(c.id), false, in.at()};
  }
  // Two licenses share the letters: Boost's, which is open, and the Business Source License, which is none.
  if (in.take_any({"busl", "bsl", "business source license", "business source licence"})) {
    const bool boost = s.substr(at, 3) == "bsl";
    std::size_t end = in.at();
    const auto version = in.version();
    if (version) end = in.at();
    if (version == "1.0" && boost) return Found{"BSL-1.0", false, end};
    if (version == "1.1" || !boost) return Found{"BUSL-1.1", false, end};
    return Found{"BSL", false, end};
  }
  if (in.take("bsd")) {
    std::size_t end = in.at();
    for (const std::string_view n : {"2", "3", "4"}) {
      if (in.take(n)) {
        end = in.at();
        if (in.take("clause")) end = in.at();
        return Found{"BSD-" + std::string(n) + "-Clause", false, end};
      }
    }
    if (in.take_any({"license", "licence", "licensed"})) return Found{"bsd", true, in.at()};
    return std::nullopt;
  }
  if (in.take_any({"llama", "meta llama"})) {
    const auto version = in.version();
    in.take("community");
    if (!in.take_any({"license", "licence"})) return std::nullopt;
    std::size_t end = in.at();
    if (in.take("agreement")) end = in.at();
    if (!version) return Found{"llama license", true, end};
    const std::string n = version->ends_with(".0") ? version->substr(0, version->size() - 2) : *version;
    return Found{"LicenseRef-Llama-" + n, false, end};
  }
  struct Versioned {
    std::string_view words, id;
  };
  // clang-format off
  static constexpr std::array<Versioned, 15> kVersioned = {{
      {"mozilla public license", "MPL"}, {"mozilla public licence", "MPL"}, {"mpl", "MPL"}, {"eclipse public license", "EPL"},
      {"epl", "EPL"}, {"common development and distribution license", "CDDL"}, {"cddl", "CDDL"},
      {"european union public license", "EUPL"}, {"european union public licence", "EUPL"}, {"academic free license", "AFL"},
      {"open software license", "OSL"}, {"artistic license", "Artistic"}, {"artistic licence", "Artistic"},
      {"common public license", "CPL"}, {"boost software license", "BSL"}}};
  // clang-format on
  for (const Versioned& v : kVersioned) {
    Scanner at_name = in;
    if (!at_name.take(v.words)) continue;
    if (const auto version = at_name.version())
      return Found{std::string(v.id) + "-" + *version, false, at_name.at()};
  }
  if (in.take("mit") && in.take_any({"license", "licence", "licensed"})) return Found{"MIT", false, in.at()};
  if (in.take_any({"commons clause"})) return Found{"LicenseRef-Commons-Clause", false, in.at()};
  return std::nullopt;
}

// Families that no entry of the catalog stands for get the class of their least version; an id that is
// nowhere is unknown by that name.
LicenseMention mention_of(const Found& f, std::size_t at, std::string_view text, const Catalog& catalog) {
  LicenseMention out;
  out.at = at;
  out.size = f.end - at;
  out.name = text.substr(at, out.size);
  out.kind = f.family ? LicenseMention::Kind::family : LicenseMention::Kind::known;
  if (const LicenseEntry* entry = catalog.license_named(f.id); entry != nullptr)
    out.id = entry->id;
  else if (const LicenseEntry* spdx = catalog.license(f.id); spdx != nullptr)
    out.id = spdx->id;
  else
    out.id = f.id.starts_with("LicenseRef-") ? f.id : "LicenseRef-" + f.id;
  return out;
}

// Names that end in such a word and stand in no list.
constexpr std::array<std::string_view, 8> kEnds = {"license agreement", "licence agreement", "license",
                                                   "licence",           "agreement",         "eula",
                                                   "terms of use",      "terms of service"};

class UnknownNames {
 public:
  UnknownNames(std::string_view text, const Lexicon& lexicon) : text_(text), lexicon_(lexicon) {}

  // The name that ends with the word at `at`; nothing where no word of a name stands before it.
  std::optional<LicenseMention> ending_at(std::size_t at, std::string_view end) const {
    std::size_t begin = at;
    bool named = false;
    for (int words = 0; words < 6; ++words) {
      const auto [from, to] = word_before(begin);
      if (from == to) break;
      const std::string_view word = text_.substr(from, to - from);
      const bool capital = is_upper(word[0]) || is_digit(word[0]) || text::is_beyond(word[0]);
      const bool generic = lexicon_.generic(word_of(word)) || word_of(word) == 0;
      if (!capital && !joins(word)) break;
      if (joins(word) && words == 0) break;
      named = named || (capital && !generic && is_letter(word.back()));
      begin = from;
    }
    if (!named) return std::nullopt;
    LicenseMention out;
    out.kind = LicenseMention::Kind::unknown;
    out.at = trim_front(begin, at);
    out.size = at + end.size() - out.at;
    out.name = text_.substr(out.at, std::min<std::size_t>(out.size, 120));
    return out;
  }

 private:
  static bool joins(std::string_view word) {
    return word == "of" || word == "&" || word == "and" || word == "for";
  }

  std::pair<std::size_t, std::size_t> word_before(std::size_t at) const {
    std::size_t to = at;
    int skipped = 0;
    while (to > 0 && (text_[to - 1] == ' ' || text_[to - 1] == '-' || text_[to - 1] == '\n')) --to, ++skipped;
    if (skipped == 0 || skipped > 2) return {to, to};
    std::size_t from = to;
    while (from > 0 && (within(text_[from - 1]) || text_[from - 1] == '.' || text_[from - 1] == '&' ||
                        text_[from - 1] == '\''))
      --from;
    if (to > from && text_[to - 1] == '.') return {to, to};
    return {from, to};
  }

  // Generic words at the front are no part of it: "The Model License" begins with none.
  std::size_t trim_front(std::size_t begin, std::size_t at) const {
    while (begin < at) {
      std::size_t end = begin;
      while (end < at && text_[end] != ' ' && text_[end] != '-' && text_[end] != '\n') ++end;
      const std::string_view word = text_.substr(begin, end - begin);
      if (!word.empty() && !lexicon_.generic(word_of(word)) && word_of(word) != 0 && !joins(word)) break;
      begin = end + 1;
    }
    return std::min(begin, at);
  }

  std::string_view text_;
  const Lexicon& lexicon_;
};

bool begins_word(std::string_view s, std::size_t at) {
  return !text::word_before(s, at);
}

}  // namespace

std::vector<LicenseMention> license_mentions(std::string_view text, std::string_view lower,
                                             const Catalog& catalog, const Lexicon& lexicon) {
  std::vector<LicenseMention> all;
  for (const Catalog::Mention& m : catalog.licenses_in(lower)) {
    LicenseMention out;
    out.kind = m.license->family ? LicenseMention::Kind::family : LicenseMention::Kind::known;
    out.id = m.license->id;
    out.at = m.at;
    out.size = m.size;
    out.name = text.substr(m.at, m.size);
    all.push_back(std::move(out));
  }
  // By grammar: the longest reading of a place counts.
  for (std::size_t at = 0; at < lower.size(); ++at) {
    const char c = lower[at];
    if (c != 'c' && c != 'g' && c != 'a' && c != 'l' && c != 'b' && c != 'e' && c != 'm' && c != 'n' &&
        c != 'o' && c != 's' && c != 't' && !is_digit(c))
      continue;
    if (!begins_word(lower, at)) continue;
    std::optional<Found> found;
    if (c == 'c' || c == 'a') found = creative_commons(lower, at);
    if (!found && (c == 'g' || c == 'a' || c == 'l')) found = gnu(lower, at);
    if (!found) found = others(lower, at);
    if (!found || found->end <= at) continue;
    if (text::word_behind(lower, found->end) && within(lower[found->end - 1])) continue;
    all.push_back(mention_of(*found, at, text, catalog));
    at = found->end - 1;
  }
  const UnknownNames names(text, lexicon);
  for (const std::string_view end : kEnds) {
    for (std::size_t at = lower.find(end); at != std::string_view::npos; at = lower.find(end, at + 1)) {
      if (!begins_word(lower, at)) continue;
      const std::size_t behind = at + end.size();
      if (text::word_behind(lower, behind) || (behind < lower.size() && lower[behind] == '-'))
        continue;  // SPDX-License-Identifier
      if (auto name = names.ending_at(at, end)) all.push_back(std::move(*name));
    }
  }
  for (LicenseMention& m : named_behind_under(text, lower, catalog, lexicon)) all.push_back(std::move(m));
  // Of overlapping ones the known before the unknown, then the longer.
  std::stable_sort(all.begin(), all.end(), [](const LicenseMention& a, const LicenseMention& b) {
    const bool x = a.kind == LicenseMention::Kind::unknown;
    const bool y = b.kind == LicenseMention::Kind::unknown;
    if (x != y) return y;
    return a.size > b.size;
  });
  std::vector<LicenseMention> out;
  for (LicenseMention& m : all) {
    const bool overlaps = std::any_of(out.begin(), out.end(), [&](const LicenseMention& o) {
      return m.at < o.at + o.size && o.at < m.at + m.size;
    });
    if (!overlaps && out.size() < 32) out.push_back(std::move(m));
  }
  std::sort(out.begin(), out.end(),
            [](const LicenseMention& a, const LicenseMention& b) { return a.at < b.at; });
  return out;
}

}  // namespace howopen::reading
