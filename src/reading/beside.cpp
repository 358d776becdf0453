// Sentence by sentence. A sentence that sets a term is a restriction; one that is understood as harmless is
// left out: who holds the rights, that there is no warranty, what the software is, whom to cite. Everything
// else is unexplained, be it short, be it in a language that nobody here reads.
//
//   "Copyright (c) 2024 Acme. All rights reserved."  ->  attribution
//   "Not for use in products that compete with ours." ->  restriction
//   "THIS SOFTWARE IS PROVIDED AS IS …"               ->  disclaimer

#include "reading/beside.h"

#include <algorithm>

#include "catalog/traits.h"
#include "howopen/catalog.h"
#include "reading/beside_licenses.h"
#include "reading/beside_parts.h"
#include "reading/beside_sentence.h"
#include "reading/beside_titles.h"
#include "reading/beside_words.h"
#include "reading/binding.h"
#include "reading/licenses.h"
#include "reading/sense.h"
#include "text/utf8.h"

namespace howopen::reading {
namespace {

constexpr std::size_t kShort = 12;       // words of a heading, a name, a note
constexpr std::size_t kLongNotice = 64;  // words of a notice of rights

const Word kCopyright = word_of("copyright");
const Word kCopyrighted = word_of("copyrighted");
const Word kLimited = word_of("limited");
const Word kTo = word_of("to");
const Word kLicense = word_of("license");
const Word kFor = word_of("for");
const Word kIn = word_of("in");
const Word kOutside = word_of("outside");
const Word kConcerning = word_of("concerning");
const Word kRights = word_of("rights");
const Word kReserved = word_of("reserved");

bool has(std::span<const Token> words, Word w) {
  return std::any_of(words.begin(), words.end(), [&](const Token& t) { return t.word == w; });
}

bool in_a_name(std::span<const Token> words, std::size_t i, const Lexicon& lexicon) {
  // "Acme Limited", but not "limited to".
  const bool limited =
      words[i].word == kLimited && i > 0 && (i + 1 == words.size() || words[i + 1].word != kTo);
  return limited || lexicon.of_a_name(words[i].word);
}

// "Digital Equipment Corporation, Maynard, Mass.", but not "For research."
bool a_name(std::span<const Token> s, const Lexicon& lexicon) {
  return s.front().word != kFor && could_be_name(s, lexicon) &&
         std::any_of(s.begin(), s.end(), [&](const Token& t) { return lexicon.organization(t.word); });
}

// "Modified BSD License", but not "Research License".
bool heading(std::span<const Token> s, const Lexicon& lexicon) {
  return has(s, kLicense) &&
         std::all_of(s.begin(), s.end(), [&](const Token& t) { return lexicon.of_a_heading(t.word); });
}

// A sentence beside a license, as far as it is about a name, a number, an address.
struct Words {
  std::size_t suspects = 0;
  std::size_t weak = 0;
  bool name = true;    // all of it could be a name
  bool silent = true;  // none of it says anything
};
Words weigh(std::span<const Token> s, std::string_view text, const Lexicon& lexicon) {
  Words out;
  for (const Token& t : s) {
    const bool address = in_address(t, text) || on_a_line_of_markup(t, text);
    out.silent = out.silent && (address || lexicon.ignorable(t.word) || number(t, text));
    if (!lexicon.suspicious(t.word) || address || number(t, text)) continue;
    ++out.suspects;
    out.weak += lexicon.weak(t.word) ? 1 : 0;
    out.name = out.name && in_a_name(s, static_cast<std::size_t>(&t - s.data()), lexicon);
  }
  return out;
}

class Judge {
 public:
  Judge(const Beside& beside, const Lexicon& lexicon) : in_(beside), lexicon_(lexicon) {}

  Leftover::Kind sentence(std::span<const Token> s, bool after_notice) {
    const Words w = weigh(s, in_.text, lexicon_);
    const bool rights = has(s, kCopyright) || has(s, kCopyrighted) || (has(s, kRights) && has(s, kReserved));
    if (rights && s.size() <= kLongNotice && w.name && plain_letters(s) && !reserved_for_a_use(s) &&
        sense_of(s).terms.empty())
      return Leftover::Kind::attribution;
    if (in_.position != Position::outside) return within(s, w, after_notice);
    BesideSentence told(in_, text_of(s, in_.text), lexicon_);
    const Leftover::Kind kind = outside(s, w, after_notice, told);
    if (kind == Leftover::Kind::ignorable && !heading(s, lexicon_) &&
        told.weighs_above(BindingWords::kLikely))
      return Leftover::Kind::unexplained;
    // What surely binds sets a term, whichever it is.
    const bool sure = kind == Leftover::Kind::unexplained && told.weighs_above(BindingWords::kSure);
    return sure ? Leftover::Kind::restriction : kind;
  }

 private:
  // Within a license any word may be a term.
  Leftover::Kind within(std::span<const Token> s, const Words& w, bool after_notice) const {
    const bool inside = in_.position == Position::inside;
    if (w.suspects == 0) {
      if (std::all_of(s.begin(), s.end(), [&](const Token& t) { return lexicon_.ignorable(t.word); }))
        return Leftover::Kind::ignorable;
      if (inside) return Leftover::Kind::unexplained;
    }
    const Sense sense = sense_of(s);
    if (!sense.terms.empty()) return Leftover::Kind::restriction;
    if (w.suspects == w.weak && !inside) {
      if (sense.has(Cue::attribution)) return Leftover::Kind::attribution;
      if (sense.has(Cue::disclaimer)) return Leftover::Kind::disclaimer;
      if (sense.has(Cue::notice)) return Leftover::Kind::ignorable;
    }
    if (w.suspects == 0) {
      if (after_notice && s.size() <= kLongNotice) return Leftover::Kind::attribution;  // more holders
      return s.size() <= kLongNotice && plain_letters(s) ? Leftover::Kind::attribution
                                                         : Leftover::Kind::unexplained;
    }
    if (sense.has(Cue::prohibition))
      return sense.has(Cue::disclaimer) ? Leftover::Kind::unexplained : Leftover::Kind::restriction;
    if (sense.has(Cue::disclaimer)) return Leftover::Kind::disclaimer;
    return Leftover::Kind::unexplained;
  }

  Leftover::Kind outside(std::span<const Token> s, const Words& w, bool after_notice,
                         BesideSentence& told) const {
    if (!plain_letters(s)) return Leftover::Kind::unexplained;
    if (w.silent) return Leftover::Kind::ignorable;
    const Sense sense = sense_of(s);
    const std::string_view written = told.written();
    const bool other = names_another_license(in_, told);
    // A title names the license; a name that holds "Research" restricts nothing.
    const bool organization = s.size() <= kShort && a_name(s, lexicon_) && !sense.has(Cue::states);
    if (!sense.terms.empty() && !organization) return Leftover::Kind::restriction;
    // Above a license stands its title, which may bear the name of what it is for.
    const bool title = s.size() <= kShort && heading(s, lexicon_) && !sense.has(Cue::prohibition);
    if ((title && in_.before) || only_titles(in_, s, sense, lexicon_)) return Leftover::Kind::ignorable;
    if (!in_.before && is_footnote(s.front(), in_.text)) return Leftover::Kind::unexplained;
    if (other && bundles_open_work(in_, sense, w.suspects <= w.weak || talks_of_licenses_alone(s), told))
      return Leftover::Kind::attribution;
    if (other) return Leftover::Kind::unexplained;
    if (title && !sense.cues.any(Cue::pointer, Cue::special, Cue::weights)) return Leftover::Kind::ignorable;
    // "Model weights: see LICENSE-WEIGHTS": of the weights something else holds. "Source-available." names a
    // kind of license, and nothing more.
    if (sense.has(Cue::pointer) && sense.has(Cue::weights)) return Leftover::Kind::unexplained;
    if (whole_is(sense, Cue::special)) return Leftover::Kind::unexplained;
    if (reserved_for_a_use(s)) return Leftover::Kind::restriction;
    if (w.suspects == 0 && ((s.size() <= kShort && signature(written)) || is_postal(s, in_.text)))
      return Leftover::Kind::attribution;
    if (sense.has(Cue::uncovered)) return Leftover::Kind::unexplained;
    if (labels_a_value(s, sense, w)) return Leftover::Kind::ignorable;
    // "Do what you like, but only on Sundays": the permission says nothing of the rest.
    const bool turned = std::any_of(s.begin(), s.end(), [&](const Token& t) {
      return lexicon_.negates(t.word) && !in_address(t, in_.text) && !number(t, in_.text) &&
             !within_aside(sense, static_cast<std::uint32_t>(&t - s.data()));
    });
    if (sense.cues.any(Cue::permits, Cue::unrestricted) && !sense.has(Cue::prohibition) && !turned)
      return Leftover::Kind::ignorable;
    // "The weights: Apache-2.0" beside its text.
    if (!turned && s.size() <= 2 * kShort && says_it_again(in_, sense, told) &&
        !told.weighs_above(BindingWords::kPlain))
      return Leftover::Kind::ignorable;
    if (!turned && s.size() <= kLongNotice && own_notice(in_, sense, told)) return Leftover::Kind::ignorable;
    // "No trademark license is granted.": most of it is of what binds no user.
    if (!turned && mostly_aside(sense) && !has_outside_aside(sense, Cue::special) &&
        !sense.cues.any(Cue::prohibition, Cue::obliges, Cue::uncovered))
      return Leftover::Kind::ignorable;
    if (sense.has(Cue::prohibition) && !sense.cues.any(Cue::disclaimer, Cue::citation, Cue::contact))
      return Leftover::Kind::restriction;
    if (sense.has(Cue::disclaimer)) return Leftover::Kind::disclaimer;
    if (organization) return Leftover::Kind::attribution;
    if (after_notice && w.suspects == w.weak && s.size() <= kLongNotice && w.name)
      return Leftover::Kind::attribution;
    const bool binds = sense.has(Cue::obliges) || turned;
    const bool mild = w.suspects == w.weak || (!binds && talks_of_licenses_alone(s));
    if (sense.has(Cue::attribution) && mild && !binds) return Leftover::Kind::attribution;
    const bool asks = sense.cues.any(Cue::citation, Cue::contact) && told.weighs_above(0);
    if (sense.cues.any(Cue::citation, Cue::thanks) && !binds && !asks) return Leftover::Kind::ignorable;
    if (sense.has(Cue::contact) && mild && !binds && !asks) return Leftover::Kind::ignorable;
    // "See LICENSE-2 for further terms": not this text.
    if (sense.has(Cue::notice) && !binds && s.size() <= kLongNotice && !sense.has(Cue::special))
      return Leftover::Kind::ignorable;
    if (sense.has(Cue::describes) && mild && !binds) return Leftover::Kind::ignorable;
    // Of the project, and not of anybody's rights: where its documentation is, what it was trained on.
    if (sense.has(Cue::project) && !binds &&
        !sense.cues.any(Cue::special, Cue::policy, Cue::legal, Cue::talk))
      return Leftover::Kind::ignorable;
    if (sense.has(Cue::title) && in_.before && s.size() <= 6 && mild && !binds && !told.weighs_above(0))
      return Leftover::Kind::ignorable;
    // What stands above a license is its title, or the name of what it is for.
    if (in_.before && s.size() <= kShort && w.suspects == 0 && !lexicon_.holds_foreign(s) &&
        (capitals(written) || written.find_first_of(" \n") == std::string_view::npos))
      return Leftover::Kind::ignorable;
    if (w.suspects == 0 && names_a_release(in_, s, sense)) return Leftover::Kind::ignorable;
    return says_nothing_of_rights(s, sense, w, told) ? Leftover::Kind::ignorable
                                                     : Leftover::Kind::unexplained;
  }

  static bool whole_is(const Sense& sense, Cue cue) {
    return std::any_of(sense.hits.begin(), sense.hits.end(), [&](const Hit& h) {
      return h.cue == cue && h.begin == 0 && h.end == sense.words.size();
    });
  }

  // "All rights reserved for medical use", but not "for Acme".
  bool reserved_for_a_use(std::span<const Token> s) const {
    for (std::size_t i = 0; i + 1 < s.size(); ++i) {
      if (s[i].word != kReserved) continue;
      const Word next = s[i + 1].word;
      if (next != kFor && next != kIn && next != kOutside && next != kConcerning) continue;
      if (i + 2 < s.size() && s[i + 2].begin < in_.text.size()) {
        const char c = in_.text[s[i + 2].begin];
        if (c >= 'a' && c <= 'z') return true;
      }
    }
    return false;
  }

  // "Homepage: https://acme.example", "Maintainer: Jane Doe", "ISBN 978-3-16", "Enjoy!": a word that leads to
  // nothing but names, numbers and addresses.
  bool labels_a_value(std::span<const Token> s, const Sense& sense, const Words& w) const {
    if (s.size() > kLongNotice || w.suspects > w.weak || !lexicon_.label(s.front().word) ||
        sense.cues.any(Cue::special, Cue::policy, Cue::prohibition, Cue::obliges, Cue::pointer, Cue::states))
      return false;
    const std::size_t colon = text_of(s, in_.text).find(':');
    bool value = colon == std::string_view::npos;
    return std::all_of(s.begin(), s.end(), [&](const Token& t) {
      if (t.begin >= in_.text.size()) return false;
      if (!value && t.begin - s.front().begin > colon) value = true;
      if (lexicon_.label(t.word) || in_address(t, in_.text) || in_domain(t, in_.text) ||
          number(t, in_.text) || in_file_name(t, in_.text))
        return true;
      const char c = in_.text[t.begin];
      return value && colon != std::string_view::npos && c >= 'A' && c <= 'Z';
    });
  }
  static bool mostly_aside(const Sense& sense) {
    return std::any_of(sense.hits.begin(), sense.hits.end(), [&](const Hit& h) {
      return h.cue == Cue::aside && (h.end - h.begin) * 2 > sense.words.size();
    });
  }

  static bool has_outside_aside(const Sense& sense, Cue cue) {
    return std::any_of(sense.hits.begin(), sense.hits.end(),
                       [&](const Hit& h) { return h.cue == cue && !within_aside(sense, h.begin); });
  }

  // "Unless otherwise noted": turns nothing round.
  static bool within_aside(const Sense& sense, std::uint32_t at) {
    return std::any_of(sense.hits.begin(), sense.hits.end(), [&](const Hit& h) {
      const bool harmless = h.cue == Cue::aside || h.cue == Cue::unrestricted || h.cue == Cue::permits;
      return harmless && h.begin <= at && at < h.end;
    });
  }

  // "Exports to ONNX.", "Kindergarten waiting list simulator": words that are known, and far from all
  // sentences that bind somebody; the farther, the more of them are of the kind that terms are made of.
  bool says_nothing_of_rights(std::span<const Token> s, const Sense& sense, const Words& w,
                              BesideSentence& told) const {
    if (in_.catalog == nullptr || s.size() < 2 || s.size() > kLongNotice ||
        (s.front().word == kFor &&
         !(sense.cues.any(Cue::code, Cue::others) && is_followed_by_colon(s, in_.text))) ||
        sense.cues.any(Cue::special, Cue::policy, Cue::states, Cue::prohibition, Cue::obliges, Cue::uncovered,
                       Cue::pointer))
      return false;
    const bool english = lexicon_.only_english(s) || told.is_known();
    if (!english && !lexicon_.reads(s, in_.text)) return false;
    const bool of_law = sense.cues.any(Cue::talk, Cue::legal);
    // Nobody would take it for a term; without a word that terms are made of a little less will do.
    const int least = of_law           ? BindingWords::kHarmless + BindingWords::kDoubt
                      : w.suspects > 0 ? BindingWords::kHarmless + BindingWords::kDoubt / 3
                      : english        ? BindingWords::kPlain
                                       : BindingWords::kHarmless;
    return told.weight() <= least;
  }
  Sense sense_of(std::span<const Token> s) const { return understand(s, in_.text, lexicon_); }

  // "Jane Doe, jane@acme.example 2000-05-05".
  static bool signature(std::string_view written) {
    const std::size_t at = written.find('@');
    return at != std::string_view::npos && at > 0 && written[at - 1] != ' ' && written[0] >= 'A' &&
           written[0] <= 'Z';
  }

  // All its suspicious words are those in which one speaks of licenses.
  bool talks_of_licenses_alone(std::span<const Token> s) const {
    return std::all_of(s.begin(), s.end(), [&](const Token& t) {
      return !lexicon_.suspicious(t.word) || lexicon_.weak(t.word) || lexicon_.of_a_heading(t.word);
    });
  }

  // Every word begins with a capital letter or is a sign.
  static bool capitals(std::string_view written) {
    bool any = false;
    for (std::size_t i = 0; i < written.size(); ++i) {
      const bool begins = i == 0 || written[i - 1] == ' ' || written[i - 1] == '\n';
      if (!begins) continue;
      if (written[i] >= 'a' && written[i] <= 'z') return false;
      // Scripts without capitals have no titles that could be told by them.
      const auto next = static_cast<unsigned char>(i + 1 < written.size() ? written[i + 1] : 0);
      const auto first = static_cast<unsigned char>(written[i]);
      const bool latin = first == 0xC3 && next >= 0x80 && next <= 0x9E;
      const bool cyrillic = first == 0xD0 && next >= 0x81 && next <= 0xAF;
      if (text::is_beyond(written[i]) && !latin && !cyrillic) return false;
      any = true;
    }
    return any;
  }

  bool plain_letters(std::span<const Token> s) const {
    return !mixes_scripts(text_of(s, in_.text)) && !letters_apart(s);
  }
  const Beside& in_;
  const Lexicon& lexicon_;
};

int badness(Leftover::Kind k) {
  switch (k) {
    case Leftover::Kind::ignorable:
      return 0;
    case Leftover::Kind::attribution:
      return 1;
    case Leftover::Kind::disclaimer:
      return 2;
    case Leftover::Kind::unexplained:
      return 3;
    case Leftover::Kind::restriction:
      return 4;
  }
  return 3;
}

}  // namespace

Leftover::Kind judge_beside(const Beside& given, const Lexicon& lexicon) {
  Beside beside = given;
  std::vector<Token> rest;
  if (given.position == Position::outside && given.text.find('@') != std::string_view::npos) {
    rest = without_citations(given.words, given.text, lexicon);
    beside.words = rest;
  }
  Leftover::Kind worst = Leftover::Kind::ignorable;
  Judge judge(beside, lexicon);
  bool after_notice = false;
  const auto all = sentences_of(beside.words, beside.text);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i + 1 < all.size() && answers_as_the_license(beside, all[i], all[i + 1])) {
      ++i;
      continue;
    }
    const Leftover::Kind kind = judge.sentence(all[i], after_notice);
    after_notice = kind == Leftover::Kind::attribution;
    if (badness(kind) > badness(worst)) worst = kind;
  }
  return worst;
}

bool goes_on_with_a_term(std::span<const Token> words, std::string_view text, const Lexicon& lexicon) {
  const auto all = sentences_of(words, text);
  return std::any_of(all.begin() + std::min<std::ptrdiff_t>(std::ssize(all), 1), all.end(),
                     [&](std::span<const Token> s) { return !understand(s, text, lexicon).terms.empty(); });
}

bool could_be_name(std::span<const Token> words, const Lexicon& lexicon) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!in_a_name(words, i, lexicon)) return false;
  }
  return true;
}

}  // namespace howopen::reading
