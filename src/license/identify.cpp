// A text is what is found in it: one reference as it stands, one with words too many or too few, several, or
// none. What lies beside and between them is looked at sentence by sentence.
//
//   MIT text, then "You may not sell this."  ->  extra-terms, MIT, leftover restriction at the last line
//   half of Apache-2.0                       ->  incomplete, Apache-2.0

#include "license/identify.h"

#include <algorithm>
#include <optional>
#include <set>

#include "catalog/expression.h"
#include "license/marks.h"
#include "license/notice.h"
#include "license/pages.h"
#include "license/search.h"
#include "reading/beside.h"
#include "reading/licenses.h"
#include "reading/sense.h"
#include "text/ascii.h"
#include "text/digest.h"
#include "text/rtf.h"
#include "text/utf8.h"

namespace howopen::license {
namespace {

constexpr std::size_t kMostFound = 64;
constexpr std::uint32_t kTerms = 40;  // words
constexpr std::size_t kMostLeftovers = 24;
constexpr std::size_t kLongestQuote = 200;

class Reporter {
 public:
  Reporter(const Input& input, Occurrences occurrences, const Index& index, const Lexicon& lexicon,
           const Catalog* catalog)
      : in_(input),
        index_(index),
        catalog_(catalog),
        lexicon_(lexicon),
        found_(std::move(occurrences.found)),
        covered_(std::move(occurrences.covered)) {
    for (std::size_t at = in_.text.find('\n'); at != std::string_view::npos; at = in_.text.find('\n', at + 1))
      breaks_.push_back(static_cast<std::uint32_t>(at));
  }

  Identified run() { return found_.empty() ? unfamiliar() : report(); }

 private:
  std::int64_t line_of(std::uint32_t byte) const {
    return std::lower_bound(breaks_.begin(), breaks_.end(), byte) - breaks_.begin() + 1;
  }
  Lines lines(std::uint32_t t1, std::uint32_t t2) const {
    if (in_.tokens.empty()) return {};
    const Token& first = in_.tokens[std::min<std::size_t>(t1, in_.tokens.size() - 1)];
    const Token& last = in_.tokens[t2 > t1 ? t2 - 1 : std::min<std::size_t>(t1, in_.tokens.size() - 1)];
    return {line_of(first.begin), line_of(last.begin)};
  }
  std::string quote(std::uint32_t t1, std::uint32_t t2) const {
    if (t1 >= t2 || in_.tokens[t2 - 1].end > in_.text.size()) return {};
    std::string_view s = in_.text.substr(in_.tokens[t1].begin, in_.tokens[t2 - 1].end - in_.tokens[t1].begin);
    const bool cut = s.size() > kLongestQuote;
    s = text::first_bytes(s, kLongestQuote);
    std::string out;
    for (const char c : s) {
      const bool blank = c == '\n' || c == '\r' || c == '\t' || c == ' ';
      if (!blank)
        out += c;
      else if (!out.empty() && out.back() != ' ')
        out += ' ';
    }
    return cut ? out + " …" : out;
  }

  void add_leftover(Identified& out, Leftover::Kind kind, Leftover::Change change, std::uint32_t t1,
                    std::uint32_t t2) {
    if (kind == Leftover::Kind::ignorable || out.leftover.size() >= kMostLeftovers) return;
    out.leftover.push_back({kind, change, lines(t1, t2), quote(t1, t2)});
  }

  static bool term(Leftover::Kind k) {
    return k == Leftover::Kind::restriction || k == Leftover::Kind::unexplained;
  }

  // What the words between licenses are.
  bool beside(Identified& out) {
    bool terms = false;
    for (std::uint32_t t = 0; t < covered_.size();) {
      if (covered_[t]) {
        ++t;
        continue;
      }
      std::uint32_t end = t;
      while (end < covered_.size() && !covered_[end]) ++end;
      reading::Beside piece{in_.tokens.subspan(t, end - t), in_.text, reading::Position::outside};
      piece.before = t == 0;
      piece.catalog = catalog_;
      piece.licenses = out.licenses;
      const Leftover::Kind kind = reading::judge_beside(piece, lexicon_);
      if (term(kind)) {
        terms = true;
        restrictions(out, t, end);
      }
      add_leftover(out, kind, Leftover::Change::beside, t, end);
      t = end;
    }
    return terms;
  }

  void restrictions(Identified& out, std::uint32_t t1, std::uint32_t t2) {
    for (const std::span<const Token> words :
         reading::sentences_of(in_.tokens.subspan(t1, t2 - t1), in_.text)) {
      const auto from = static_cast<std::uint32_t>(words.data() - in_.tokens.data());
      restrictions_of(out, from, from + static_cast<std::uint32_t>(words.size()));
    }
  }

  void restrictions_of(Identified& out, std::uint32_t t1, std::uint32_t t2) {
    std::uint32_t behind = 0;
    std::string last;
    const auto words = in_.tokens.subspan(t1, t2 - t1);
    for (const reading::Hit& hit : reading::understand(words, in_.text, lexicon_).terms) {
      if (out.restrictions.size() >= kMostLeftovers) continue;
      const std::string name(word(hit.cue));
      if (hit.begin < behind && name == last) continue;
      const bool known = std::any_of(out.restrictions.begin(), out.restrictions.end(),
                                     [&](const Restriction& r) { return r.kind == name; });
      behind = hit.end;
      last = name;
      if (known && out.restrictions.size() >= 12) continue;
      // The clause around it is quoted, not the phrase alone.
      const std::uint32_t from = t1 + (hit.begin > 6 ? hit.begin - 6 : 0);
      const std::uint32_t to = std::min(t2, t1 + hit.end + 6);
      out.restrictions.push_back({name, lines(t1 + hit.begin, t1 + hit.end), quote(from, to)});
    }
  }

  static Match match_of(const Occurrence& f) {
    const Explanation& e = f.explanation;
    if (f.clean()) return e.exact ? Match::exact : Match::template_;
    // A part that is gone in one piece leaves the rest as it was.
    const bool torn = e.inserted == 0 && (e.longest_gap * 2 >= e.missing || e.missing * 10 >= e.required) &&
                      e.longest_gap >= 12;
    return torn ? Match::incomplete : Match::modified;
  }

  static double confidence_of(const Occurrence& f) {
    const Explanation& e = f.explanation;
    const double whole = static_cast<double>(e.required) + e.inserted;
    return whole == 0 ? 0 : std::max(0.0, (static_cast<double>(e.required) - e.missing) / whole);
  }

  // Words that are struck out are there for a reader, and hold no more.
  bool struck(Identified& out) {
    const auto token_at = [&](std::size_t byte) {
      return static_cast<std::uint32_t>(reading::first_from(in_.tokens, byte));
    };
    const std::vector<Span> all = struck_out(in_.text);
    for (const Span& s : all)
      add_leftover(out, Leftover::Kind::unexplained, Leftover::Change::missing, token_at(s.begin),
                   token_at(s.end));
    return !all.empty();
  }

  Identified report() {
    Identified out;
    bool changed = false;
    bool torn = false;
    bool exact = true;
    double least = 1;
    std::set<std::string> ids;  // of licenses
    for (const Occurrence& f : found_) {
      const Reference& r = index_.references()[index_.references()[f.reference].alias_of];
      const Match match = match_of(f);
      FoundLicense one{r.id, r.kind, match, confidence_of(f), lines(f.alignment.begin, f.alignment.end),
                       0,    0};
      one.begin = in_.tokens[f.alignment.begin].begin;
      one.end = in_.tokens[f.alignment.end - 1].end;
      least = std::min(least, one.confidence);
      exact = exact && match == Match::exact;
      changed = changed || match == Match::modified;
      torn = torn || match == Match::incomplete;
      if (std::find(out.licenses.begin(), out.licenses.end(), r.id) == out.licenses.end())
        out.licenses.push_back(r.id);
      if (r.kind == TextKind::license || r.kind == TextKind::header) ids.insert(r.id);
      for (const Difference& d : f.explanation.differences) {
        const bool missing = d.begin == d.end;
        add_leftover(out, d.kind, missing ? Leftover::Change::missing : Leftover::Change::inserted, d.begin,
                     d.end);
        if (!missing && term(d.kind)) restrictions(out, d.begin, d.end);
      }
      if (out.found.size() < kMostFound) out.found.push_back(std::move(one));
    }
    const bool terms = beside(out);
    changed = struck(out) || changed;
    out.policies = policies_named(in_.text);
    out.confidence = least;
    const bool nothing_beside = std::none_of(out.leftover.begin(), out.leftover.end(), [](const Leftover& l) {
      return l.kind == Leftover::Kind::disclaimer;
    });
    if (changed)
      out.match = Match::modified;
    else if (torn)
      out.match = Match::incomplete;
    else if (terms)
      out.match = Match::extra_terms;
    else
      out.match = exact && nothing_beside ? Match::exact : Match::template_;
    // Several licenses are several, whatever stands between them; what is wrong with one stays with it. An
    // exception, a policy, an attachment belong to the license they stand with.
    if (ids.size() > 1) out.match = Match::multiple;
    out.words = static_cast<std::int64_t>(in_.tokens.size());
    return out;
  }

  // No reference is near: is it a license at all, and what does it forbid?
  Identified unfamiliar() {
    Identified out;
    std::set<std::uint16_t> legal;
    for (const reading::Hit& hit : lexicon_.find(in_.tokens, in_.text)) {
      if (hit.cue == reading::Cue::legal) legal.insert(hit.phrase);
    }
    const auto count = static_cast<std::uint32_t>(in_.tokens.size());
    restrictions(out, 0, count);
    out.policies = policies_named(in_.text);
    bool license = legal.size() >= 4 || (legal.size() >= 2 && !out.restrictions.empty()) ||
                   (count <= 400 && !out.restrictions.empty() && legal.size() + out.restrictions.size() >= 2);
    // A notice of rights is all that some files hold; what binds somebody at some length is terms, in
    // whatever words.
    if (!license && count > 0) {
      const Leftover::Kind kind =
          reading::judge_beside({in_.tokens, in_.text, reading::Position::outside, true, catalog_}, lexicon_);
      if (term(kind))
        add_leftover(out, kind, Leftover::Change::beside, 0, std::min<std::uint32_t>(count, 40));
      license = term(kind) && count >= kTerms;
    }
    out.match = license ? Match::unknown : Match::none;
    if (!license) out.restrictions.clear();
    out.words = count;
    return out;
  }

  const Input& in_;
  const Index& index_;
  const Catalog* catalog_;
  const Lexicon& lexicon_;
  std::vector<Occurrence> found_;
  std::vector<bool> covered_;
  std::vector<std::uint32_t> breaks_;  // where lines end
};

// A notice is near to the notices of the index at best; its words are read instead, without the exceptions
// that stand in it.
std::optional<Identified> notice_in(std::string_view text, std::span<const Token> words,
                                    const std::vector<FoundLicense>& found, const Catalog& catalog) {
  std::vector<FoundLicense> exceptions;
  std::string rest;
  for (const FoundLicense& f : found) {
    const bool whole = f.match == Match::exact || f.match == Match::template_;
    if (f.kind != TextKind::header && (f.kind != TextKind::exception || !whole)) return std::nullopt;
    if (f.kind == TextKind::header) continue;
    if (rest.empty()) rest = text;
    // Lines stay where they are.
    std::replace_if(
        rest.begin() + static_cast<std::ptrdiff_t>(f.begin),
        rest.begin() + static_cast<std::ptrdiff_t>(f.end), [](char c) { return c != '\n'; }, ' ');
    exceptions.push_back(f);
  }
  const Lexicon& lexicon = reading::lexicon_for(text, catalog);
  if (exceptions.empty()) return read_notice(words, text, catalog, lexicon);
  auto out = read_notice(reading::tokens(rest), rest, catalog, lexicon);
  if (!out) return out;
  for (FoundLicense& f : exceptions) {
    out->licenses.push_back(f.id);
    out->found.push_back(std::move(f));
  }
  return out;
}

// `SPDX-License-Identifier: CC-BY-NC-4.0` above the text of another license.
void other_ids(std::string_view text, const Catalog& catalog, Identified& out) {
  constexpr std::string_view kKey = "SPDX-License-Identifier:";
  constexpr std::size_t kHeadOfText = 300;  // bytes
  const bool stands = out.match == Match::exact || out.match == Match::template_;
  if (!stands || out.found.empty()) return;
  const auto plain = [](std::string id) {
    for (const std::string_view suffix : {"-only", "-or-later", "+"}) {
      if (id.ends_with(suffix)) id.resize(id.size() - suffix.size());
    }
    return id;
  };
  for (std::size_t at = text.find(kKey); at != std::string_view::npos; at = text.find(kKey, at + 1)) {
    // Some licenses tell how to write such a line.
    const bool within = std::any_of(out.found.begin(), out.found.end(), [&](const FoundLicense& f) {
      const auto begin = static_cast<std::size_t>(f.begin);
      return at >= begin + kHeadOfText && at < static_cast<std::size_t>(f.end);
    });
    if (within) continue;
    const std::size_t from = at + kKey.size();
    const std::string_view written =
        text::trim(text.substr(from, std::min(text.find('\n', from), text.size()) - from));
    const auto parsed =
        catalog::parse_expression(std::string(written.substr(0, written.find("*/"))), catalog);
    bool same = parsed.has_value();
    for (const std::string& id : parsed ? parsed->licenses() : std::vector<std::string>()) {
      const std::string license = plain(std::string(catalog::without_exception(id)));
      same = same && std::any_of(out.licenses.begin(), out.licenses.end(),
                                 [&](const std::string& found) { return plain(found) == license; });
    }
    if (same) continue;
    const auto line = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1;
    out.leftover.push_back({Leftover::Kind::unexplained,
                            Leftover::Change::beside,
                            {line, line},
                            std::string(written.substr(0, kLongestQuote))});
    out.match = Match::extra_terms;
    out.found.front().match = Match::extra_terms;
    return;
  }
}

// A license that is named and cannot be told is no silence: "covered by the FooBar Public License".
void name_what_is_named(std::string_view text, const Catalog& catalog, Identified& out) {
  constexpr std::size_t kMost = 4'000;  // bytes: what is longer is a text and no notice
  if (text.size() > kMost) return;
  const std::string lower = text::lower(text);
  const auto mentions = reading::license_mentions(text, lower, catalog, reading::lexicon(catalog));
  if (mentions.empty()) return;
  const reading::LicenseMention& m = mentions.front();
  const auto line = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(m.at), '\n') + 1;
  out.leftover.push_back({Leftover::Kind::unexplained,
                          Leftover::Change::beside,
                          {line, line},
                          std::string(text.substr(m.at, m.size))});
}

}  // namespace

Identified identify(std::span<const Token> tokens, std::string_view text, const Index& index,
                    const Lexicon& lexicon, const Catalog* catalog) {
  std::vector<Id> ids;
  ids.reserve(tokens.size());
  for (const Token& t : tokens) ids.push_back(index.id_of(t.word));
  const Input input{text, tokens, ids};
  return Reporter(input, search(input, index, lexicon), index, lexicon, catalog).run();
}

Identified identify(std::string_view text, const Catalog& catalog) {
  std::string plain = text::from_utf16(text);  // "" for what is none
  if (plain.empty()) plain = text::from_rtf(text);
  std::string_view readable = plain.empty() ? text : std::string_view(plain);
  const Lexicon& lexicon = reading::lexicon_for(readable, catalog);
  const std::string flowing = without_pages(readable, lexicon);
  if (!flowing.empty()) readable = flowing;
  const std::vector<Token> words = reading::tokens(readable);
  Identified out = identify(words, readable, index(catalog), lexicon, &catalog);
  if (out.match != Match::exact && out.match != Match::template_) {
    if (auto notice = notice_in(readable, words, out.found, catalog)) out = std::move(*notice);
  }
  other_ids(readable, catalog, out);
  if (out.match == Match::none && out.leftover.empty()) name_what_is_named(readable, catalog, out);
  out.sha256 = text::sha256(text);
  return out;
}

Result<bool> check_texts(const Catalog& catalog) {
  if (!catalog.has_own_texts()) return true;  // what ships is tested
  try {
    index(catalog);
  } catch (const std::runtime_error& e) {
    return fail(Fault::usage, e.what(), "texts/", "remove some of your own license texts");
  }
  return true;
}

void prepare_texts(const Catalog& catalog) {
  index(catalog);
}

void prepare_words(const Catalog& catalog) {
  reading::lexicon(catalog);
}

void prepare_every_language(const Catalog& catalog) {
  reading::every_language(catalog);
}

}  // namespace howopen::license
