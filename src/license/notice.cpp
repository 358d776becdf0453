// A notice is understood sentence by sentence: one says what is under which license, all others say nothing
// that matters.
//
//   "Acme-7B is free software; … GNU General Public License, version 2 or any later version. … WITHOUT ANY
//   WARRANTY …"  ->  GPL-2.0-or-later
//   "Licensed under the Apache License 2.0. Not for war."  ->  nothing: the second sentence is a term

#include "license/notice.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "catalog/expression.h"
#include "catalog/traits.h"
#include "reading/beside.h"
#include "reading/licenses.h"
#include "reading/sense.h"
#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen::license {
namespace {

using reading::Lexicon;
using reading::LicenseMention;
using reading::Token;

constexpr std::size_t kMostWords = 500;
constexpr std::size_t kPointer = 60;  // words of a file that only says where a license stands
constexpr std::size_t kMostSentences = 40;

struct Sentence {
  std::span<const Token> words;
  std::string_view written;
  std::vector<LicenseMention> mentions;
};

bool ends_between(std::string_view between) {
  if (between.find("\n\n") != std::string_view::npos) return true;
  for (std::size_t i = 0; i < between.size(); ++i) {
    const bool stop = between[i] == '.' || between[i] == '!' || between[i] == '?';
    if (stop && i + 1 < between.size() && (text::is_blank(between[i + 1]) || between[i + 1] == '\r'))
      return true;
  }
  return false;
}

// A semicolon ends none: "you can redistribute it under …; either version 2, or any later version".
std::vector<Sentence> sentences_of(std::span<const Token> words, std::string_view text,
                                   const Catalog& catalog, const Lexicon& lexicon) {
  std::vector<Sentence> out;
  for (std::size_t from = 0, i = 1; i <= words.size(); ++i) {
    const bool end =
        i == words.size() || (words[i].begin > words[i - 1].end && !lexicon.abbreviation(words[i - 1].word) &&
                              ends_between(text.substr(words[i - 1].end, words[i].begin - words[i - 1].end)));
    if (!end) continue;
    Sentence s;
    s.words = words.subspan(from, i - from);
    // Up to the next: "version 3." may be the number of a clause, and "+" belongs to an id.
    const std::size_t next = i < words.size() ? words[i].begin : text.size();
    s.written = text::trim(text.substr(s.words.front().begin, next - s.words.front().begin));
    const std::string lower = text::lower(s.written);
    s.mentions = reading::license_mentions(s.written, lower, catalog, lexicon);
    out.push_back(std::move(s));
    from = i;
  }
  return out;
}

// A GNU license without a version is of any that was ever published, as its section on versions says.
struct AnyVersion {
  std::string_view family, id;
};
constexpr AnyVersion kAnyVersion[] = {{"LicenseRef-family-gpl", "GPL-1.0-or-later"},
                                      {"LicenseRef-family-lgpl", "LGPL-2.0-or-later"},
                                      {"LicenseRef-family-agpl", "AGPL-1.0-or-later"},
                                      {"LicenseRef-family-gfdl", "GFDL-1.1-or-later"}};
std::string any_version(const std::string& id) {
  for (const AnyVersion& any : kAnyVersion) {
    if (id == any.family) return std::string(any.id);
  }
  return id;
}
bool without_version(std::string_view id) {
  return id.starts_with("LicenseRef-family-");
}

bool is_gnu(std::string_view id) {
  for (const std::string_view family : {"GPL-", "LGPL-", "AGPL-", "GFDL-"}) {
    if (id.starts_with(family)) return true;
  }
  return std::any_of(std::begin(kAnyVersion), std::end(kAnyVersion),
                     [&](const AnyVersion& any) { return id == any.family; });
}

// On one line a paragraph, without the signs of comments: a name may not be broken in two.
std::string flowing(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (!line.empty() && std::string_view(" \t\r#*/;|>").find(line.front()) != std::string_view::npos)
      line.remove_prefix(1);
    bool blank = true;
    for (const char c : line) {
      const bool space = c == ' ' || c == '\t' || c == '\r';
      if (space && !out.empty() && (out.back() == ' ' || out.back() == '\n')) continue;
      if (!space && blank && !out.empty() && out.back() != ' ' && out.back() != '\n') out += ' ';
      blank = blank && space;
      out += space ? ' ' : c;
    }
    if (blank && !out.empty() && !out.ends_with("\n\n")) out += "\n\n";
  }
  return out;
}

// A text of one line, without the marks of a comment and without "License:" before what it says; "" for
// every other text.
std::string_view one_line(std::string_view text) {
  std::string_view line = text::trim(text);
  while (!line.empty() && std::string_view("/#*;-<! ").find(line.front()) != std::string_view::npos)
    line.remove_prefix(1);
  while (!line.empty() && std::string_view("/#*;->. \n").find(line.back()) != std::string_view::npos)
    line.remove_suffix(1);
  if (line.size() > 120 || line.find('\n') != std::string_view::npos) return {};
  const std::string lower = text::lower(line);
  for (const std::string_view key : {"spdx-license-identifier:", "license:", "licence:"}) {
    if (lower.starts_with(key)) line = text::trim(line.substr(key.size()));
  }
  return line;
}

class Reader {
 public:
  Reader(std::span<const Token> words, std::string_view text, const Catalog& catalog, const Lexicon& lexicon)
      : words_(words), text_(text), catalog_(catalog), lexicon_(lexicon) {}

  std::optional<std::string> run() {
    if (auto id = alone()) return id;
    sentences_ = sentences_of(words_, text_, catalog_, lexicon_);
    if (sentences_.size() > kMostSentences) return std::nullopt;
    if (!paths_are_named()) return std::nullopt;
    std::set<std::string> granted;
    std::set<std::string> pointed;
    for (const Sentence& s : sentences_) {
      for (const LicenseMention& m : s.mentions) {
        // A statement that something is in the public domain is not CC0.
        if (m.kind == LicenseMention::Kind::unknown || text::lower(m.name) == "public domain")
          return std::nullopt;
        (grants(s, m) ? granted : pointed).insert(m.id);
      }
    }
    std::set<std::string> ids = granted.empty() && words_.size() <= kPointer ? pointed : granted;
    // A name without a version beside one with it is the same.
    if (ids.size() > 1) std::erase_if(ids, [](const std::string& id) { return without_version(id); });
    if (ids.size() != 1) return std::nullopt;
    const std::string id = any_version(*ids.begin());
    if (without_version(id) || catalog_.license(id) == nullptr) return std::nullopt;
    allowed_ = {id, *ids.begin()};
    for (const std::string& other : pointed) {
      if (is_gnu(id) && is_gnu(other)) allowed_.push_back(other);
    }
    for (const std::string& other : granted) allowed_.push_back(other);
    bool before = true;  // the sentence that names the license
    for (const Sentence& s : sentences_) {
      before = before && s.mentions.empty();
      if (!harmless(s, before)) return std::nullopt;
    }
    return id;
  }

 private:
  // `SPDX-License-Identifier: MIT`, `License: Apache-2.0`, "MIT License": the name alone.
  std::optional<std::string> alone() const {
    std::string_view line = one_line(text_);
    if (line.empty()) return std::nullopt;
    if (line.starts_with("the ") || line.starts_with("The ")) line.remove_prefix(4);
    const LicenseEntry* entry = catalog_.license_named(line);
    if (entry == nullptr || entry->family || entry->id == "LicenseRef-other" ||
        entry->id == "LicenseRef-unknown")
      return std::nullopt;
    return entry->id;
  }

  // /usr/share/common-licenses/Artistic names a license, whatever the sentences name.
  bool paths_are_named() const {
    constexpr std::string_view kFolder = "common-licenses/";
    for (const Sentence& s : sentences_) {
      for (std::size_t at = s.written.find(kFolder); at != std::string_view::npos;
           at = s.written.find(kFolder, at + 1)) {
        const std::size_t name = at + kFolder.size();
        const bool named = std::any_of(s.mentions.begin(), s.mentions.end(), [&](const LicenseMention& m) {
          return m.at <= name + 1 && name < m.at + m.size;
        });
        // `GPL-2`, `GPL` and `LGPL-2.1` are names; what is none stands alone.
        const bool gnu =
            s.written.substr(name).starts_with("GPL") || s.written.substr(name).starts_with("LGPL");
        if (!named && !gnu) return false;
      }
    }
    return true;
  }

  // Whether the sentence puts something under the license, and does not only point at it.
  static bool grants(const Sentence& s, const LicenseMention& m) {
    const std::string before = text::lower(s.written.substr(0, m.at));
    for (const std::string_view word : {"see ", "received", "copy of", "text of", "refer to", "found in"}) {
      if (before.find(word) != std::string::npos) return false;
    }
    for (const std::string_view word :
         {"under", "licensed", "licenced", "subject to", "terms of", "governed by", "covered by",
          "license is", "license:", "available as", "released"}) {
      if (before.find(word) != std::string::npos) return true;
    }
    return false;
  }

  bool harmless(const Sentence& s, bool before) const {
    reading::Beside piece{s.words, text_, reading::Position::outside};
    piece.before = before;
    piece.catalog = &catalog_;
    piece.licenses = allowed_;
    const Leftover::Kind kind = reading::judge_beside(piece, lexicon_);
    if (kind != Leftover::Kind::restriction && kind != Leftover::Kind::unexplained) return true;
    return formula(s);
  }

  // The sentence names the license, and all words that could set a term are those that one grants with, or
  // stand in a phrase that is known to bind nobody further.
  bool formula(const Sentence& s) const {
    const reading::Sense sense = reading::understand(s.words, text_, lexicon_);
    if (!sense.terms.empty()) return false;
    const auto known = [&](std::uint32_t i) {
      return std::any_of(sense.hits.begin(), sense.hits.end(), [&](const reading::Hit& h) {
        return h.cue == reading::Cue::aside && h.begin <= i && i < h.end;
      });
    };
    const auto named = [&](const Token& t) {
      const std::size_t at = t.begin - s.words.front().begin;
      return std::any_of(s.mentions.begin(), s.mentions.end(),
                         [&](const LicenseMention& m) { return at >= m.at && at < m.at + m.size; });
    };
    for (const reading::Hit& h : sense.hits) {
      const bool condition = h.cue == reading::Cue::prohibition || h.cue == reading::Cue::special;
      if (condition && !known(h.begin) && !named(s.words[h.begin])) return false;
    }
    for (std::uint32_t i = 0; i < s.words.size(); ++i) {
      const Token& t = s.words[i];
      if (lexicon_.suspicious(t.word) && !lexicon_.granting(t.word) && !known(i) && !named(t)) return false;
    }
    const bool of_it_alone = std::all_of(s.mentions.begin(), s.mentions.end(), [&](const LicenseMention& m) {
      return std::find(allowed_.begin(), allowed_.end(), m.id) != allowed_.end();
    });
    return of_it_alone &&
           (!s.mentions.empty() || sense.cues.any(reading::Cue::aside, reading::Cue::disclaimer));
  }

  std::span<const Token> words_;
  std::string_view text_;
  const Catalog& catalog_;
  const Lexicon& lexicon_;
  std::vector<Sentence> sentences_;
  std::vector<std::string> allowed_;
};

// Whether what `a` leaves to whoever takes it is more than what `b` does: by class, then without copyleft.
bool freer(const catalog::Expression& a, const catalog::Expression& b, const Catalog& catalog) {
  const LicenseClass x = class_of(a, catalog);
  const LicenseClass y = class_of(b, catalog);
  if (x != y) return stricter(x, y) == y;
  const auto copyleft = [&](const catalog::Expression& e) {
    const std::vector<std::string> ids = e.licenses();
    return std::any_of(ids.begin(), ids.end(), [&](const std::string& id) {
      const LicenseEntry* entry = catalog.license(catalog::without_exception(id));
      const Trait* trait = entry != nullptr ? catalog::trait_of(*entry, "copyleft") : nullptr;
      return entry == nullptr || (trait != nullptr && trait->value != "no");
    });
  };
  return !copyleft(a) && copyleft(b);
}

// Of what may be chosen the freest, of what holds together all.
std::vector<std::string> taken(const catalog::Expression& e, const Catalog& catalog) {
  using Kind = catalog::Expression::Kind;
  if (e.kind == Kind::license) return e.licenses();
  std::vector<std::string> out;
  const catalog::Expression* best = nullptr;
  for (const catalog::Expression& part : e.parts) {
    if (e.kind == Kind::any && (best == nullptr || freer(part, *best, catalog))) best = &part;
    if (e.kind != Kind::all) continue;
    for (std::string& id : taken(part, catalog)) out.push_back(std::move(id));
  }
  return best != nullptr ? taken(*best, catalog) : out;
}

// `SPDX-License-Identifier: MIT OR Apache-2.0`: nothing where the text is no expression, an empty list where
// a license of it is not known.
std::optional<std::vector<std::string>> expression_alone(std::string_view text, const Catalog& catalog) {
  const std::string_view line = one_line(text);
  if (line.find(" AND ") == std::string_view::npos && line.find(" OR ") == std::string_view::npos)
    return std::nullopt;
  const auto parsed = catalog::parse_expression(line, catalog);
  if (!parsed) return std::nullopt;
  for (const std::string& id : parsed->licenses()) {
    const LicenseEntry* entry = catalog.license(catalog::without_exception(id));
    if (entry == nullptr || entry->family || entry->cls == LicenseClass::unknown)
      return std::vector<std::string>();
  }
  return taken(*parsed, catalog);
}

}  // namespace

std::optional<Identified> read_notice(std::span<const Token> words, std::string_view text,
                                      const Catalog& catalog, const Lexicon& lexicon) {
  if (words.empty() || words.size() > kMostWords || words.back().end > text.size()) return std::nullopt;
  const auto line = [&](std::size_t at) {
    return std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1;
  };
  const auto expression = expression_alone(text, catalog);
  if (expression && expression->empty()) return std::nullopt;
  std::vector<std::string> ids = expression.value_or(std::vector<std::string>());
  const std::string plain = flowing(text);
  const std::vector<Token> own = reading::tokens(plain);
  if (own.empty()) return std::nullopt;
  if (ids.empty()) {
    auto id = Reader(own, plain, catalog, lexicon).run();
    if (!id) return std::nullopt;
    ids.push_back(std::move(*id));
  }
  Identified out{ids.size() > 1 ? Match::multiple : Match::reference, ids, 1,
                 static_cast<std::int64_t>(words.size())};
  for (const std::string& id : ids) {
    FoundLicense found{
        id, TextKind::header, Match::reference, 1, {line(words.front().begin), line(words.back().begin)}};
    found.begin = words.front().begin;
    found.end = words.back().end;
    out.found.push_back(std::move(found));
  }
  return out;
}

}  // namespace howopen::license
