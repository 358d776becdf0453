// Between two words that agree there is a piece of the text and a piece of the template. If the template can
// be the text (optional words left out, an alternative taken, a name in the place of a name), all is well. If
// not, the words that differ are told one by one, and each is judged by what it does.
//
//   template  neither the name of <.+> nor the names        text  neither the name of Acme nor the names   ->
//   allowed template  neither the name of <.+> nor the names        text  neither the name of Acme, which you
//   must pay, nor the names                                      ->  inserted "which you must pay",
//   restriction

#include "license/explain.h"

#include <algorithm>
#include <string>

#include "reading/beside.h"
#include "text/utf8.h"

namespace howopen::license {
namespace {

using reading::could_be_name;
using reading::judge_beside;
using reading::Position;

constexpr std::uint32_t kMostAny = 48;  // words in the place of a name
constexpr std::uint32_t kTitle = 16;    // words that a license begins with
constexpr std::uint32_t kFewWords = 6;
constexpr std::uint32_t kLargestPiece = 600;  // words of a text that a template is tried on

const Word kNor = word_of("nor");  // neither the name of Acme, nor Emca, nor the names of

using Ends = std::vector<std::uint32_t>;  // places within a piece, ascending

class Explainer {
 public:
  Explainer(const Input& input, const Reference& reference, const Alignment& alignment,
            const Lexicon& lexicon, const Index& index)
      : in_(input),
        ref_(reference),
        align_(alignment),
        lexicon_(lexicon),
        index_(index),
        free_(reference.words.size(), 0) {
    for (const Group& g : ref_.groups) {
      // The words of an alternative and of a notice of rights hold nothing fast: others may stand there.
      const bool loose = g.kind == Group::Kind::alt || g.kind == Group::Kind::copyright;
      for (std::uint32_t r = g.begin; r < g.end; ++r) {
        free_[r] = static_cast<std::uint8_t>(free_[r] | (loose ? kLoose | kNotRequired : kNotRequired));
        if (g.kind == Group::Kind::title || g.kind == Group::Kind::copyright) free_[r] |= kNotice;
        if (g.kind == Group::Kind::alt) free_[r] |= kReplaced;
      }
    }
  }

  Explanation run() {
    const auto n = static_cast<std::uint32_t>(ref_.words.size());
    for (std::uint32_t r = 0; r < n; ++r) {
      out_.required += (free_[r] & kNotRequired) == 0 ? 1 : 0;
      out_.matched += align_.at[r] >= 0 && (free_[r] & kNotice) == 0 ? 1 : 0;
    }
    std::uint32_t r1 = 0;
    std::uint32_t t1 = align_.begin;
    for (std::uint32_t r = 0; r < n; ++r) {
      if (align_.at[r] < 0 || (free_[r] & kLoose) != 0) continue;
      const auto t = static_cast<std::uint32_t>(align_.at[r]);
      between(t1, t, r1, r);
      t1 = t + 1;
      r1 = r + 1;
    }
    between(t1, std::max(t1, align_.end), r1, n);
    return std::move(out_);
  }

 private:
  static constexpr std::uint8_t kLoose = 1;
  static constexpr std::uint8_t kNotRequired = 2;
  static constexpr std::uint8_t kNotice = 4;
  static constexpr std::uint8_t kReplaced = 8;

  // Words [t1, t2) of the text stand where words [r1, r2) of the reference should.
  void between(std::uint32_t t1, std::uint32_t t2, std::uint32_t r1, std::uint32_t r2) {
    if (t1 == t2 && r1 == r2) return;
    const bool same =
        t2 - t1 == r2 - r1 && std::equal(in_.ids.begin() + t1, in_.ids.begin() + t2, ref_.words.begin() + r1);
    if (same) return;
    if (t2 - t1 <= kLargestPiece && allowed(t1, t2, r1, r2) && !disguised(t1, t2)) {
      if (t2 > t1 || !only_notices(r1, r2)) out_.exact = false;
      return;
    }
    out_.exact = false;
    word_by_word(t1, t2, r1, r2);
  }

  bool only_notices(std::uint32_t r1, std::uint32_t r2) const {
    for (std::uint32_t r = r1; r < r2; ++r) {
      if ((free_[r] & kNotice) == 0) return false;
    }
    return true;
  }

  bool allowed(std::uint32_t t1, std::uint32_t t2, std::uint32_t r1, std::uint32_t r2) {
    piece_begin_ = t1;
    piece_end_ = t2;
    const Ends ends = parse({t1}, r1, r2, first_group(r1), true);
    return std::find(ends.begin(), ends.end(), t2) != ends.end();
  }

  std::size_t first_group(std::uint32_t r) const {
    std::size_t g = 0;
    while (g < ref_.groups.size() && ref_.groups[g].begin < r) ++g;
    return g;
  }

  // Where the text may have got to after the words [r1, r2) of the template. Groups that reach beyond are
  // there, since their other words are: their words count as plain ones.
  Ends parse(Ends from, std::uint32_t r1, std::uint32_t r2, std::size_t group, bool with_end) {
    std::uint32_t r = r1;
    while (!from.empty() && (r < r2 || with_end)) {
      const Group* g = nullptr;
      while (group < ref_.groups.size() && ref_.groups[group].begin <= r) {
        const Group& candidate = ref_.groups[group++];
        if (candidate.begin < r || candidate.end > r2) continue;
        g = &candidate;
        break;
      }
      if (g != nullptr) {
        from = through(*g, std::move(from), group);
        // Groups inside were taken care of there.
        while (group < ref_.groups.size() && ref_.groups[group].begin < g->end) ++group;
        r = std::max(r, g->end);
        continue;
      }
      if (r >= r2) break;
      // A word that says nothing may lack: "neither the name Acme".
      Ends next = step(from, ref_.words[r]);
      if (lexicon_.ignorable(index_.word(ref_.words[r]))) unite(next, from);
      from = std::move(next);
      ++r;
    }
    return from;
  }

  Ends through(const Group& g, Ends from, std::size_t inner) {
    Ends out = g.kind == Group::Kind::alt ? Ends{} : from;
    if (g.kind == Group::Kind::alt) {
      for (const auto& pattern : g.patterns) unite(out, match(pattern, from));
    } else if (g.kind == Group::Kind::copyright) {
      unite(out, names(from, 2 * kMostAny));
    } else {
      unite(out, parse(std::move(from), g.begin, g.end, inner, false));
    }
    return out;
  }

  Ends match(const std::vector<Id>& pattern, Ends from) {
    for (const Id id : pattern) {
      if (from.empty()) break;
      from = id == kAny ? names(from, kMostAny) : step(from, id, true);
    }
    return from;
  }

  // Templates name the one form of an alternative that their author saw: `name` where others write `names`.
  Ends step(const Ends& from, Id id, bool plurals = false) {
    Ends out;
    for (const std::uint32_t t : from) {
      if (t >= piece_end_) continue;
      if (in_.ids[t] == id || (plurals && plurals_ > 0 && in_.ids[t] != 0 && plural(t, index_.word(id))))
        out.push_back(t + 1);
    }
    return out;
  }
  bool plural(std::uint32_t t, Word w) {
    --plurals_;
    const std::string s = spelt(t);
    return s.size() >= 4 &&
           (word_of(s + "s") == w || (s.ends_with("s") && word_of(s.substr(0, s.size() - 1)) == w));
  }

  // From each place on, any words that could be a name.
  Ends names(const Ends& from, std::uint32_t most) const {
    Ends out;
    for (const std::uint32_t t : from) {
      std::uint32_t end = t;
      int small = 0;
      while (true) {
        if (out.empty() || out.back() < end) out.push_back(end);
        if (end >= piece_end_ || end - t >= most ||
            !(lexicon_.of_a_name(in_.tokens[end].word) || in_.tokens[end].word == kNor))
          break;
        // "Acme Research", "acme research", but not "private research and education copy".
        small += lexicon_.suspicious(in_.tokens[end].word) && small_letter(end) ? 1 : 0;
        if (small > 1) break;
        ++end;
      }
    }
    return out;
  }

  bool small_letter(std::uint32_t t) const {
    const std::size_t at = in_.tokens[t].begin;
    return at < in_.text.size() && in_.text[at] >= 'a' && in_.text[at] <= 'z' && in_.tokens[t].word != kNor;
  }

  static void unite(Ends& into, const Ends& more) {
    Ends all;
    std::set_union(into.begin(), into.end(), more.begin(), more.end(), std::back_inserter(all));
    into = std::move(all);
  }

  // Word by word
  // ----------------------------------------------------------------------------------------------------

  void word_by_word(std::uint32_t t1, std::uint32_t t2, std::uint32_t r1, std::uint32_t r2) {
    std::uint32_t t = t1;
    std::uint32_t r = r1;
    while (t < t2 || r < r2) {
      // The next pair that agrees ends a difference.
      std::uint32_t next = r;
      while (next < r2 && (align_.at[next] < 0 || static_cast<std::uint32_t>(align_.at[next]) < t)) ++next;
      const std::uint32_t until = next < r2 ? static_cast<std::uint32_t>(align_.at[next]) : t2;
      if (until > t || next > r) difference(t, until, r, next);
      if (next >= r2) break;
      t = until + 1;
      r = next + 1;
    }
  }

  void difference(std::uint32_t t1, std::uint32_t t2, std::uint32_t r1, std::uint32_t r2) {
    if (t2 - t1 <= kLargestPiece && allowed(t1, t2, r1, r2) && !disguised(t1, t2)) return;
    const std::uint32_t lost = missing(r1, r2);
    if (spelling(t1, t2, r1, r2, lost)) return;
    Difference d{Leftover::Kind::unexplained, t1, t2, r1, r2, lost};
    if (t2 > t1) {
      const bool notice = r1 < r2 ? only_notices(r1, r2) : near_notice(r1);
      const auto inserted = in_.tokens.subspan(t1, t2 - t1);
      d.kind = judge_beside({inserted, in_.text, notice ? Position::notice : Position::inside}, lexicon_);
      // Another name than the template's, in words that it does not insist on.
      if (lost == 0 && r2 > r1 && d.kind == Leftover::Kind::unexplained && inserted.size() <= kFewWords &&
          could_be_name(inserted, lexicon_))
        d.kind = Leftover::Kind::attribution;
      // A word that stands for another one is never nothing.
      if (lost > 0 && d.kind != Leftover::Kind::restriction) d.kind = Leftover::Kind::unexplained;
      if (d.kind == Leftover::Kind::unexplained || d.kind == Leftover::Kind::restriction)
        out_.inserted += t2 - t1;
    } else if (lost == 0) {
      return;
    }
    out_.missing += lost;
    out_.longest_gap = std::max(out_.longest_gap, lost);
    if (d.kind != Leftover::Kind::ignorable) out_.differences.push_back(d);
  }

  // A name in letters that only look like its own, or one that goes on with a term.
  bool disguised(std::uint32_t t1, std::uint32_t t2) const {
    if (t2 <= t1 || in_.tokens[t2 - 1].end > in_.text.size()) return false;
    const std::size_t from = in_.tokens[t1].begin;
    return reading::mixes_scripts(in_.text.substr(from, in_.tokens[t2 - 1].end - from)) ||
           reading::goes_on_with_a_term(in_.tokens.subspan(t1, t2 - t1), in_.text, lexicon_);
  }

  bool near_notice(std::uint32_t r) const {
    return (r > 0 && (free_[r - 1] & kNotice) != 0) || (r < free_.size() && (free_[r] & kNotice) != 0);
  }

  // Required words among [r1, r2). Of optional ones a part may lack, but not a single "not"; and none in the
  // place of an alternative, since no alternative was there.
  std::uint32_t missing(std::uint32_t r1, std::uint32_t r2) const {
    if (repeats_title(r1, r2)) return 0;
    std::uint32_t out = 0;
    for (std::uint32_t r = r1; r < r2; ++r) {
      if (align_.at[r] >= 0) continue;
      if ((free_[r] & kNotRequired) == 0) ++out;
    }
    if (out > 0) return out;
    for (std::uint32_t r = r1; r < r2; ++r) {
      const bool counts = (free_[r] & kReplaced) != 0 || ((free_[r] & kLoose) == 0 && r2 - r1 <= 2);
      out += counts && align_.at[r] < 0 && lexicon_.negates(index_.word(ref_.words[r])) ? 1 : 0;
    }
    return out;
  }

  // The name once more, as it stands above the terms of the GNU licenses.
  bool repeats_title(std::uint32_t r1, std::uint32_t r2) const {
    if (r1 == 0 || r2 == r1 || r2 - r1 > kTitle) return false;
    const std::size_t head = std::min<std::size_t>({r1, kTitle, ref_.words.size()});
    const auto title = ref_.words.first(head);
    const auto part = ref_.words.subspan(r1, r2 - r1);
    return part.size() >= 3 &&
           std::search(title.begin(), title.end(), part.begin(), part.end()) != title.end();
  }

  // Differences that are none: a plural, a slip of the pen, words written together.
  bool spelling(std::uint32_t t1, std::uint32_t t2, std::uint32_t r1, std::uint32_t r2,
                std::uint32_t lost) const {
    const std::uint32_t n = t2 - t1;
    const std::uint32_t m = r2 - r1;
    if (n == 0 || m == 0) {
      for (std::uint32_t t = t1; t < t2; ++t) {
        if (!silent(t)) return false;
      }
      for (std::uint32_t r = r1; r < r2; ++r) {
        if (((free_[r] & kNotRequired) == 0 || lost > 0) && !lexicon_.ignorable(index_.word(ref_.words[r])))
          return false;
      }
      return n > 0 || m > 0;
    }
    if (n == 1 && m == 1 && (free_[r1] & kNotRequired) != 0 && number(spelt(t1)))
      return true;  // of a version, in a notice
    if (n == m && n <= 4) {
      for (std::uint32_t i = 0; i < n; ++i) {
        if (!alike(t1 + i, index_.word(ref_.words[r1 + i]))) return false;
      }
      return true;
    }
    if (n == 2 && m == 1)
      return word_of(spelt(t1) + spelt(t1 + 1)) == index_.word(ref_.words[r1]) && !spelt(t1).empty();
    if (n == 1 && m == 2) {
      const std::string s = spelt(t1);
      for (std::size_t i = 2; i + 2 <= s.size(); ++i) {
        if (word_of(s.substr(0, i)) == index_.word(ref_.words[r1]) &&
            word_of(s.substr(i)) == index_.word(ref_.words[r1 + 1]))
          return true;
      }
    }
    return false;
  }

  // A word as it is written, in lower case; "" where there is no text.
  std::string spelt(std::uint32_t t) const {
    const Token& token = in_.tokens[t];
    if (token.end > in_.text.size() || token.end - token.begin > 40) return {};
    return text::lower(in_.text.substr(token.begin, token.end - token.begin));
  }

  bool silent(std::uint32_t t) const {
    if (lexicon_.ignorable(in_.tokens[t].word)) return true;
    const std::string s = spelt(t);  // the number of a clause that was written without a stop
    if (s.empty() || s.size() > 5) return false;
    return s.size() == 1 || number(s) || s.find_first_not_of("ivx") == std::string::npos;
  }
  // 2, 2.1, 2.1v
  static bool number(std::string_view s) {
    return !s.empty() && s[0] >= '0' && s[0] <= '9' &&
           s.substr(0, s.size() - 1).find_first_not_of("0123456789.") == std::string::npos;
  }

  bool alike(std::uint32_t t, Word w) const {
    const Word own = in_.tokens[t].word;
    if (own == w || lexicon_.interchangeable(own, w)) return true;
    if (lexicon_.negates(own) || lexicon_.negates(w)) return false;
    const std::string s = spelt(t);
    if (s.size() < 4) return false;
    if (word_of(s + "s") == w || word_of(s + "es") == w) return true;
    if (s.ends_with("s") && word_of(s.substr(0, s.size() - 1)) == w) return true;
    if (s.ends_with("es") && word_of(s.substr(0, s.size() - 2)) == w) return true;
    return in_.ids[t] == 0 && s.size() >= 6 && slips_ > 0 && slip(s, w);
  }

  // One letter too many, too few, another one, or two in the wrong order; only of a word that no license has.
  bool slip(const std::string& s, Word w) const {
    --slips_;
    for (std::size_t i = 0; i <= s.size(); ++i) {
      if (i < s.size()) {
        if (word_of(s.substr(0, i) + s.substr(i + 1)) == w) return true;
        if (i + 1 < s.size()) {
          std::string swapped = s;
          std::swap(swapped[i], swapped[i + 1]);
          if (word_of(swapped) == w) return true;
        }
      }
      for (char c = 'a'; c <= 'z'; ++c) {
        if (word_of(s.substr(0, i) + c + s.substr(i)) == w) return true;
        if (i < s.size() && word_of(s.substr(0, i) + c + s.substr(i + 1)) == w) return true;
      }
    }
    return false;
  }

  const Input& in_;
  const Reference& ref_;
  const Alignment& align_;
  const Lexicon& lexicon_;
  const Index& index_;
  std::vector<std::uint8_t> free_;
  int plurals_ = 64;  // trials are dear
  mutable int slips_ = 16;
  std::uint32_t piece_begin_ = 0;
  std::uint32_t piece_end_ = 0;
  Explanation out_;
};

}  // namespace

Explanation explain(const Input& input, const Reference& reference, const Alignment& alignment,
                    const Lexicon& lexicon, const Index& index) {
  return Explainer(input, reference, alignment, lexicon, index).run();
}

}  // namespace howopen::license
