// Sentence by sentence. A sentence that restricts anything is a restriction; one with words that terms are
// made of is unexplained, unless it says what everybody says: that there is no warranty, who holds the
// rights, where the license is.
//
//   "Copyright (c) 2024 Acme. All rights reserved."  ->  attribution
//   "Not for use in products that compete with ours." ->  restriction
//   "THIS SOFTWARE IS PROVIDED AS IS …"               ->  disclaimer

#include "license/leftover.h"

#include <algorithm>

namespace howopen::license {
namespace {

constexpr std::size_t kShort = 12;       // words of a heading, a name, a note
constexpr std::size_t kLongRemark = 16;  // words of a sentence that nobody needs to explain
constexpr std::size_t kLongNotice = 64;  // words of a notice of rights

const Word kCopyright = word_of("copyright");
const Word kCopyrighted = word_of("copyrighted");
const Word kLimited = word_of("limited");
const Word kTo = word_of("to");
const Word kLicense = word_of("license");
const Word kFor = word_of("for");
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

// Between two words ends a sentence: a stop and a blank, or an empty line.
bool parted(std::string_view between) {
  for (std::size_t i = 0; i < between.size(); ++i) {
    const char c = between[i];
    const bool stop = c == '.' || c == '!' || c == '?' || c == ';';
    const char next = i + 1 < between.size() ? between[i + 1] : 'x';  // "github.com" goes on
    if (stop && (next == ' ' || next == '\n' || next == '\r' || next == '"' || next == '<')) return true;
    if (c == '\n') {
      std::size_t k = i + 1;
      while (k < between.size() && (between[k] == ' ' || between[k] == '\t' || between[k] == '\r')) ++k;
      if (k < between.size() && between[k] == '\n') return true;
    }
  }
  return false;
}

struct Phrases {
  bool restriction = false;
  bool prohibition = false;
  bool disclaimer = false;
  bool attribution = false;
  bool notice = false;
};

Phrases phrases_in(std::span<const Token> sentence, const Lexicon& lexicon) {
  Phrases out;
  for (const Hit& hit : lexicon.find(sentence)) {
    switch (hit.phrase->kind) {
      case PhraseKind::restriction:
        out.restriction = true;
        break;
      case PhraseKind::prohibition:
        out.prohibition = true;
        break;
      case PhraseKind::disclaimer:
        out.disclaimer = true;
        break;
      case PhraseKind::attribution:
        out.attribution = true;
        break;
      case PhraseKind::notice:
        out.notice = true;
        break;
      case PhraseKind::legal:
        break;
    }
  }
  return out;
}

// "Digital Equipment Corporation, Maynard, Mass.", but not "For research."
bool a_name(std::span<const Token> s, const Lexicon& lexicon) {
  return s.front().word != kFor && could_be_name(s, lexicon) &&
         std::any_of(s.begin(), s.end(), [&](const Token& t) { return lexicon.organization(t.word); });
}

// `no` in someone@acme.no, `users` in users.noreply.github.com: parts of an address say nothing.
bool in_address(const Token& t, std::string_view text) {
  constexpr std::size_t kAround = 120;
  constexpr std::string_view kEnds = " \t\r\n<>()[]\"'`,;";
  if (t.end > text.size() || t.begin >= t.end) return false;
  const std::size_t from = t.begin - std::min<std::size_t>(t.begin, kAround);
  const std::string_view before = text.substr(from, t.begin - from);
  const std::string_view behind = text.substr(t.end, kAround);
  const std::size_t begin =
      before.find_last_of(kEnds) == std::string_view::npos ? from : from + before.find_last_of(kEnds) + 1;
  const std::size_t end = t.end + std::min(behind.find_first_of(kEnds), behind.size());
  const std::string_view chunk = text.substr(begin, end - begin);
  return chunk.find('@') != std::string_view::npos || chunk.find("://") != std::string_view::npos ||
         chunk.starts_with("www.");
}

// "Modified BSD License", but not "Research License".
bool heading(std::span<const Token> s, const Lexicon& lexicon) {
  return has(s, kLicense) &&
         std::all_of(s.begin(), s.end(), [&](const Token& t) { return lexicon.of_a_heading(t.word); });
}

Leftover::Kind sentence_kind(std::span<const Token> s, std::string_view text, Position position,
                             bool after_notice, const Lexicon& lexicon) {
  std::size_t suspects = 0;
  std::size_t weak = 0;
  bool name = true;
  for (const Token& t : s) {
    if (!lexicon.suspicious(t.word) || in_address(t, text)) continue;
    ++suspects;
    weak += lexicon.weak(t.word) ? 1 : 0;
    name = name && in_a_name(s, static_cast<std::size_t>(&t - s.data()), lexicon);
  }
  const bool copyright = has(s, kCopyright) || has(s, kCopyrighted) || (has(s, kRights) && has(s, kReserved));
  if (copyright && s.size() <= kLongNotice && name) return Leftover::Kind::attribution;
  if (suspects == 0) {
    const bool silent =
        std::all_of(s.begin(), s.end(), [&](const Token& t) { return lexicon.ignorable(t.word); });
    if (silent) return Leftover::Kind::ignorable;
    // Inside a license any word may be a term.
    if (position == Position::inside) return Leftover::Kind::unexplained;
  }
  const Phrases said = phrases_in(s, lexicon);
  if (said.restriction) return Leftover::Kind::restriction;
  if (suspects == weak && position != Position::inside) {
    if (said.attribution) return Leftover::Kind::attribution;
    if (said.disclaimer) return Leftover::Kind::disclaimer;
    if (said.notice) return Leftover::Kind::ignorable;
  }
  if (suspects == 0) {
    if (after_notice && s.size() <= kLongNotice) return Leftover::Kind::attribution;  // more holders
    if (position == Position::notice)
      return s.size() <= kLongNotice ? Leftover::Kind::attribution : Leftover::Kind::unexplained;
    return s.size() <= kLongRemark ? Leftover::Kind::ignorable : Leftover::Kind::unexplained;
  }
  if (position == Position::outside && s.size() <= kShort) {
    if (heading(s, lexicon)) return Leftover::Kind::ignorable;
    if (a_name(s, lexicon)) return Leftover::Kind::attribution;
  }
  if (said.prohibition) return said.disclaimer ? Leftover::Kind::unexplained : Leftover::Kind::restriction;
  if (said.disclaimer) return Leftover::Kind::disclaimer;
  if (position == Position::outside && said.notice) {
    // "is licensed under … subject to": words of reference to a license may stand in it, words that bind may
    // not.
    const bool binds =
        std::any_of(s.begin(), s.end(), [&](const Token& t) { return lexicon.negates(t.word); });
    if (!binds && s.size() <= kLongNotice) return Leftover::Kind::ignorable;
  }
  return Leftover::Kind::unexplained;
}

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

Leftover::Kind classify(std::span<const Token> piece, std::string_view text, Position position,
                        const Lexicon& lexicon) {
  Leftover::Kind worst = Leftover::Kind::ignorable;
  std::size_t from = 0;
  bool after_notice = false;
  for (std::size_t i = 1; i <= piece.size(); ++i) {
    const bool end =
        i == piece.size() || (piece[i].begin < text.size() && piece[i - 1].end <= piece[i].begin &&
                              parted(text.substr(piece[i - 1].end, piece[i].begin - piece[i - 1].end)));
    if (!end) continue;
    const Leftover::Kind kind =
        sentence_kind(piece.subspan(from, i - from), text, position, after_notice, lexicon);
    after_notice = kind == Leftover::Kind::attribution;
    if (badness(kind) > badness(worst)) worst = kind;
    from = i;
  }
  return worst;
}

bool could_be_name(std::span<const Token> words, const Lexicon& lexicon) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!in_a_name(words, i, lexicon)) return false;
  }
  return true;
}

}  // namespace howopen::license
