// Who put what under which license, sentence by sentence; and what is talk of licenses and was not
// understood.
//
//   "MIT for the code and CC BY-NC 4.0 for the weights."  ->  code MIT; weights CC-BY-NC-4.0
//   "Small is Apache-2.0. Base and Large are CC-BY-NC-4.0" of Depth-V2-Large  ->  CC-BY-NC-4.0
//   "Hosted copies are a matter for our sales team."     ->  unread

#include <algorithm>

#include "reading/beside.h"
#include "reading/binding.h"
#include "reading/families.h"
#include "reading/license_terms.h"
#include "reading/licenses.h"
#include "reading/reader.h"
#include "reading/scope.h"
#include "text/utf8.h"

namespace howopen::reading {
namespace {

constexpr std::size_t kMostMentions = 12;  // licenses of one sentence; with more it is not understood

using Kind = LicenseClaim::Kind;

class LicenseReader {
 public:
  LicenseReader(const Read& read, const Source& source, const Names& names, const Lexicon& lexicon,
                std::vector<LicenseClaim>& out)
      : read_(read), source_(source), names_(names), lexicon_(lexicon), out_(out) {}

  std::optional<Subject> run() {
    const Sense& s = read_.sense;
    section_ = read_.context.sections.has(Cue::license_section) || read_.context.license_column ||
               (label() && labels_a_license());
    if (may_bind(read_.context.nearest) && can_be_weighed(s, read_.lower))
      weight_ = binding_words(source_.catalog).weigh(s.words, read_.lower);
    if (!section_ && weight_ <= 0 && !s.cues.any(Cue::talk, Cue::states, Cue::binding) && s.terms.empty())
      return std::nullopt;
    mentions_ = license_mentions(read_.original, read_.lower, source_.catalog, lexicon_);
    std::erase_if(mentions_, [&](const LicenseMention& m) { return names_a_model(m); });
    std::size_t from = 0;
    for (std::size_t i = 0; i < mentions_.size() && i < kMostMentions; ++i) from = mention(i, from);
    if (mentions_.size() > kMostMentions) out_.push_back(claim_of_all(Kind::unread));
    const bool points = points_at_the_license(read_.sense, lexicon_, read_.lower);
    if (!points) restrictions(from);
    // "MIT applies to the code alone": what it is not for is under something else.
    const bool uncovered =
        read_.sense.has(Cue::uncovered) && (!mentions_.empty() || read_.sense.has(Cue::license_section));
    if (uncovered && !of_another(subject(0, end()))) {
      out_.push_back(claim_of_all(Kind::unread));
      out_.back().what = Scope::weights;
    }
    if (!understood_) rest(points && what_in(0, end()) != Scope::code);
    return told_;
  }

 private:
  std::size_t end() const { return read_.lower.size(); }

  // "Llama license" within a model's name or address is none.
  bool names_a_model(const LicenseMention& m) const {
    const std::size_t behind = m.at + m.size;
    return (m.at > 0 && read_.lower[m.at - 1] == '/') ||
           (behind < end() && read_.lower[behind] == '/' && m.kind == LicenseMention::Kind::unknown);
  }

  // What a piece of a sentence is about.
  std::optional<Scope> what_in(std::size_t from, std::size_t to) const {
    return scope_in(read_.sense, from, to, lexicon_);
  }
  bool both(std::size_t from, std::size_t to) const {
    return read_.sense.within(Cue::weights, from, to) && read_.sense.within(Cue::code, from, to);
  }

  Subject subject(std::size_t from, std::size_t to) const {
    const Subject found = subject_of(read_.sense, read_.lower, from, to, names_, lexicon_);
    if (found == Subject::here && read_.context.continues) return *read_.context.continues;
    if (found != Subject::family) return found;
    if (read_.context.parent && *read_.context.parent != Subject::family) return *read_.context.parent;
    return found;
  }

  // One license that is named: what stands before it tells what is under it, or "for the code" behind it.
  std::size_t mention(std::size_t i, std::size_t from) {
    const LicenseMention& m = mentions_[i];
    const std::size_t next = i + 1 < mentions_.size() ? mentions_[i + 1].at : end();
    std::size_t behind = m.at + m.size;
    std::optional<Scope> what;
    std::size_t to = m.at;
    if (const std::size_t object = object_behind(read_.sense, read_.lower, behind, next); object > behind) {
      what = what_in(behind, object);
      if (what) {
        behind = object;
        to = object;
      }
    }
    if (!what) what = what_in(from, m.at);
    if (!what && i > 0 && same_object(i)) {
      // "Apache 2.0 and our own license": of the same thing as the one before.
      what = last_what_;
    }
    if (!what) what = what_in(0, m.at);
    if (!what) what = what_in(0, end());
    Subject who = subject(from, to);
    if (who == Subject::family && i == 0) who = subject(0, to);
    if (who == Subject::family && i > 0 && same_object(i) && last_subject_) who = *last_subject_;
    if (what == Scope::data && who == Subject::family) who = Subject::other;
    if (what == Scope::code && who == Subject::sibling) who = Subject::family;
    if (who == Subject::family && what == Scope::weights) who = Subject::here;
    // "Derived from X, which is originally licensed under": of X.
    if (read_.sense.within(Cue::formerly, from, m.at)) who = Subject::base;
    last_what_ = what;
    last_subject_ = who;
    subjects_.push_back(who);
    if (!told_) told_ = who;
    understood_ = true;
    if (who == Subject::other && !read_.context.nearest.has(Cue::license_section) && !states()) return behind;
    if (!section_ && !states() && !label() &&
        !what) {  // "compatible with Apache 2.0 tools", but "the Acme terms of service apply"
      if (m.kind == LicenseMention::Kind::unknown && !read_.sense.terms.empty()) understood_ = false;
      return behind;
    }
    LicenseClaim c = claim(Kind::licensed, who, what.value_or(Scope::everything), m.at);
    c.id = m.id;
    c.name = m.name;
    c.choice = mentions_.size() > 1 && read_.sense.has(Cue::choice) && between_is_choice(i);
    // "The code and the weights are under …" says it of each.
    if (what == Scope::everything && both(from, to)) {
      c.what = Scope::code;
      out_.push_back(c);
      c.what = Scope::weights;
      if (c.subject == Subject::family) c.subject = Subject::here;
    }
    out_.push_back(std::move(c));
    return behind;
  }

  bool states() const { return read_.sense.has(Cue::states); }
  bool label() const {
    const std::size_t colon = read_.lower.find(':');
    return colon != std::string_view::npos && colon < 40;
  }

  // Two licenses with nothing but "and", "or", a comma between them.
  bool same_object(std::size_t i) const {
    const std::size_t from = mentions_[i - 1].at + mentions_[i - 1].size;
    const std::size_t to = mentions_[i].at;
    return to >= from && to - from <= 24 && !what_in(from, to);
  }
  bool between_is_choice(std::size_t i) const {
    const auto choice = [&](std::size_t a, std::size_t b) {
      return same_object(b) &&
             read_.sense.within(Cue::choice, mentions_[a].at + mentions_[a].size, mentions_[b].at);
    };
    return (i > 0 && choice(i - 1, i)) || (i + 1 < mentions_.size() && choice(i, i + 1));
  }

  // Terms of the sentence that bind whoever uses this model.
  void restrictions(std::size_t from) {
    const Sense& s = read_.sense;
    for (const Hit& h : s.terms) {
      const std::size_t at = s.begin_of(h);
      if (within_mention(at, h.cue)) continue;
      // "The 70B is under the Acme Research License": of that one, whatever else the sentence speaks of.
      if (const auto named = subject_of_mention(at); named && of_another(*named)) {
        understood_ = true;
        continue;
      }
      const bool commerce = h.cue == Cue::non_commercial || h.cue == Cue::research_only;
      const bool license_talk = section_ || states() || s.has(Cue::prohibition) || !mentions_.empty();
      // "Non-commercial" by itself tells of data, systems, people, unless licenses are spoken of.
      if (commerce && h.end - h.begin == 1 && (!license_talk || names_data_behind(s, h))) continue;
      // "Open for academic research" opens something; "only for", "licensed for" close the rest.
      if (h.cue == Cue::research_only && !license_talk) continue;
      if (!commerce && !license_talk && !(h.cue == Cue::registration && asks_for_a_license(s, h))) continue;
      const std::size_t begin = at >= from ? from : 0;
      std::optional<Scope> what = what_in(begin, s.end_of(h));
      if (!what) what = what_in(begin, end());
      if (!what) what = what_in(0, end());
      Subject who = subject(begin, end());
      if (who == Subject::family) who = subject(0, end());
      // "Except for the 70B, which is non-commercial, …"
      if (const std::size_t which = relative_before(s, read_.lower, at); which > 0) {
        const auto edition = names_.edition(read_.lower, 0, which, lexicon_);
        if (edition == Subject::sibling && !s.within(Cue::here, 0, which)) who = Subject::sibling;
      }
      if (what == Scope::data || head_is_data(s, read_.lower, begin, at)) {
        understood_ = true;
        continue;
      }
      if (who == Subject::family && (what == Scope::weights || section_)) who = Subject::here;
      if (!told_) told_ = who;
      if (of_another(who)) {
        understood_ = true;
        continue;
      }
      // "Not for commercial use.": of whom is not said, and this model may well be meant.
      if (!what && !section_ && who != Subject::here && !(commerce && h.end - h.begin > 2)) continue;
      if (wish(commerce)) {
        understood_ = !s.cues.any(Cue::prohibition, Cue::binding);
        continue;
      }
      understood_ = true;
      LicenseClaim c = claim(Kind::restricted, who, what.value_or(Scope::everything), at);
      c.term = word(h.cue);
      const bool known = std::any_of(out_.begin(), out_.end(), [&](const LicenseClaim& o) {
        return o.kind == Kind::restricted && o.at.line == c.at.line && o.what == c.what &&
               (!commerce || o.term == c.term);
      });
      if (!known) out_.push_back(std::move(c));
    }
  }
  std::optional<Subject> subject_of_mention(std::size_t at) const {
    for (std::size_t i = 0; i < subjects_.size(); ++i) {
      if (at >= mentions_[i].at && at < mentions_[i].at + mentions_[i].size) return subjects_[i];
    }
    return std::nullopt;
  }
  // What a known license's name says is in its class; that of an unheard-of one says it itself.
  bool within_mention(std::size_t at, Cue cue) const {
    return std::any_of(mentions_.begin(), mentions_.end(), [&](const LicenseMention& m) {
      const bool tells = m.kind == LicenseMention::Kind::unknown &&
                         (cue == Cue::non_commercial || cue == Cue::research_only);
      return at >= m.at && at < m.at + m.size && !tells;
    });
  }
  // What somebody means it for, or advises against, binds nobody.
  bool wish(bool commerce) const {
    const Sense& s = read_.sense;
    return (s.has(Cue::intent) || s.has(Cue::advice) ||
            (!commerce && read_.context.nearest.has(Cue::limits_section))) &&
           !states() && !section_;
  }

  // Nothing was claimed: harmless talk, a license that is not named, or talk that nobody understood.
  void rest(bool points) {
    const Sense& s = read_.sense;
    if (points) return out_.push_back(claim_of_all(Kind::refers));
    const Subject spoken_of = subject(0, end());
    const bool names_one = section_ && ((label() && labels_a_license()) || s.has(Cue::special));
    if (binds_somebody(s, weight_, read_.context.nearest.has(Cue::license_section)) && !names_one &&
        spoken_of != Subject::sibling && spoken_of != Subject::base) {
      out_.push_back(claim(Kind::unread, Subject::here, Scope::everything, 0));
      return;
    }
    // "License: see our website": a website is no part of the model, and its license is.
    const bool told = s.has(Cue::binding) && s.has(Cue::license_section) && spoken_of == Subject::other;
    if ((sets_a_sure_term(s) || s.has(Cue::binding)) && may_bind(read_.context.nearest) &&
        (told || !of_another(spoken_of)) && (what_in(0, end()) != Scope::data || s.has(Cue::outputs))) {
      out_.push_back(told ? claim(Kind::unread, Subject::here, Scope::everything, 0)
                          : claim_of_all(Kind::unread));
      return;
    }
    if (!s.has(Cue::talk) && !section_) return;
    // "License: Acme Gentle Sharing": a name, be it unheard of.
    if (s.has(Cue::blank)) return;
    if (label() && s.words.size() >= 2 && labels_a_license() && !s.has(Cue::pointer)) {
      LicenseClaim c = claim_of_all(Kind::licensed);
      c.name = c.quote.substr(c.quote.find(':') + 1, 120);
      out_.push_back(std::move(c));
      return;
    }
    if (family_named()) return;
    if (!s.has(Cue::special) && beside_a_license()) return;
    if (s.cues.any(Cue::permits, Cue::unrestricted)) {
      out_.push_back(claim_of_all(Kind::permits));
      return;
    }
    if (s.cues.any(Cue::disclaimer, Cue::citation, Cue::thanks, Cue::intent, Cue::advice, Cue::aside)) return;
    if (read_.context.nearest.any(Cue::others_section, Cue::limits_section, Cue::evaluation_section) &&
        !states())
      return;
    const Subject who = subject(0, end());
    if (!told_ && who != Subject::family) told_ = who;
    if (of_another(who)) return;
    const std::optional<Scope> what = what_in(0, end());
    if (what == Scope::data) return;
    // "Model weights: see LICENSE-WEIGHTS": of the weights something holds that was not seen.
    const bool special = s.has(Cue::special) ||
                         (what == Scope::weights && s.has(Cue::pointer) && names_a_license_file(read_.lower));
    if (s.has(Cue::pointer) && !special) {
      out_.push_back(claim_of_all(Kind::refers));
      return;
    }
    if (special && (states() || section_ || what)) {
      LicenseClaim c = claim_of_all(Kind::licensed);
      c.name = c.quote;
      out_.push_back(std::move(c));
      return;
    }
    if (s.has(Cue::attribution) || s.has(Cue::contact)) return;
    if (s.has(Cue::states) && (what || section_)) {
      out_.push_back(claim_of_all(Kind::refers));
      return;
    }
    if (!strong()) return;
    out_.push_back(claim_of_all(Kind::unread));
  }

  // Under a heading of licenses a sentence is judged as one beside a license text: what is not understood as
  // harmless counts, whoever it is about, unless another model is named. True when it was a term.
  bool beside_a_license() {
    const Sense& s = read_.sense;
    if (!read_.context.nearest.has(Cue::license_section) ||
        s.cues.any(Cue::blank, Cue::pointer, Cue::aside) || s.words.size() < 3)
      return false;
    const auto named = names_.in(read_.lower, 0, end());
    if (named && *named == Subject::sibling) return false;
    if (!s.cues.any(Cue::obliges, Cue::prohibition) && s.terms.empty() && weight_ < BindingWords::kDoubt &&
        lexicon_.english(s.words))
      return false;
    Beside beside;
    beside.words = s.words;
    beside.text = read_.lower;
    const Leftover::Kind kind = judge_beside(beside, lexicon_);
    if (kind != Leftover::Kind::restriction && kind != Leftover::Kind::unexplained) return false;
    out_.push_back(claim(Kind::unread, Subject::here, Scope::everything, 0));
    return true;
  }

  // "Bound by the license of the original Llama-2 model": the license of a family, by the family's name.
  bool family_named() {
    const Sense& s = read_.sense;
    const bool column = read_.context.license_column;
    if (!column && (!s.has(Cue::states) || !s.has(Cue::license_section))) return false;
    const auto found = column ? family_in_a_cell(read_.lower, source_.catalog)
                              : family_behind_license(s, read_.lower, source_.catalog);
    if (!found) return false;
    const FamilyName& name = found->second;
    LicenseClaim c =
        claim(Kind::licensed, Subject::here, what_in(0, end()).value_or(Scope::everything), name.at);
    c.id = found->first->license;
    c.name = read_.original.substr(name.at, name.end - name.at);
    out_.push_back(std::move(c));
    return true;
  }

  bool labels_a_license() const {
    const std::size_t colon = read_.lower.find(':');
    return read_.sense.within(Cue::license_section, 0, colon) && colon + 3 < end();
  }

  // Talk that is worth a doubt: of this model, in words that are of licenses alone.
  bool strong() const {
    const Sense& s = read_.sense;
    const bool about = section_ || what_in(0, end()).has_value() || s.has(Cue::here);
    if (!about || s.words.size() < 3) return false;
    // Under a heading of licenses every sentence is of licenses, known words or none.
    if (section_) return true;
    return s.has(Cue::prohibition) && s.has(Cue::talk);
  }

  static bool of_another(Subject who) {
    return who == Subject::other || who == Subject::sibling || who == Subject::base;
  }

  // Of whom and what the whole sentence speaks of.
  LicenseClaim claim_of_all(Kind kind) const {
    return claim(kind, subject(0, end()), what_in(0, end()).value_or(Scope::everything), 0);
  }
  LicenseClaim claim(Kind kind, Subject who, Scope what, std::size_t at) const {
    LicenseClaim c;
    c.kind = kind;
    c.subject = who;
    c.what = what;
    c.at = read_.at;
    c.at.byte += at;
    c.quote = quote_of(read_.original);
    return c;
  }

  const Read& read_;
  const Source& source_;
  const Names& names_;
  const Lexicon& lexicon_;
  std::vector<LicenseClaim>& out_;
  std::vector<LicenseMention> mentions_;
  std::optional<Scope> last_what_;
  std::optional<Subject> last_subject_;
  std::vector<Subject> subjects_;  // of mentions_
  std::optional<Subject> told_;
  bool section_ = false;
  bool understood_ = false;
  int weight_ = -1'000;  // of a sentence that may bind somebody, above zero where it does
};

}  // namespace

std::optional<Subject> read_licenses(const Read& read, const Source& source, const Names& names,
                                     const Lexicon& lexicon, std::vector<LicenseClaim>& out) {
  return LicenseReader(read, source, names, lexicon, out).run();
}

}  // namespace howopen::reading
