// What a sentence says beside the licenses that it names: its terms, and talk of licenses that was not
// understood.
//
//   "Not for commercial use."                            ->  restricted, non-commercial
//   "Do not use the fast tokenizer."                     ->  nothing
//   "Hosted copies are a matter for our sales team."     ->  unread

#include <algorithm>

#include "catalog/expression.h"
#include "reading/beside.h"
#include "reading/binding.h"
#include "reading/families.h"
#include "reading/license_reader.h"
#include "reading/scope.h"

namespace howopen::reading {
namespace {

using Kind = LicenseClaim::Kind;

constexpr int kMayBind = -100;  // weight of a sentence with a term from which on it may bind somebody

}  // namespace

void LicenseReader::restrictions(std::size_t from) {
  const Sense& s = read_.sense;
  for (const Hit& h : s.terms) {
    const std::size_t at = s.begin_of(h);
    if (within_mention(h)) continue;
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
    if (!commerce && !license_talk && !asks(h)) continue;
    const std::size_t begin = at >= from ? from : 0;
    // "The model must not be used to make data for …": of the model, whatever stands behind.
    std::optional<Scope> what = what_in(begin, at);
    if (what == Scope::data) what = std::nullopt;
    if (!what) what = what_in(begin, s.end_of(h));
    if (!what) what = what_in(begin, end());
    if (!what) what = what_in(0, end());
    // "To train other models" is what is forbidden, and not of whom.
    const bool object = h.cue == Cue::model_training || h.cue == Cue::field_of_use;
    Subject who = subject(begin, at);
    if (who == Subject::family && !object) who = subject(begin, end());
    if (who == Subject::family && !object) who = subject(0, end());
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
    if (!what && !section_ && who != Subject::here && !(commerce && h.end - h.begin > 2) && !asks(h) &&
        mentions_.empty())
      continue;
    if (wish(h)) {
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

std::optional<Subject> LicenseReader::subject_of_mention(std::size_t at) const {
  for (std::size_t i = 0; i < subjects_.size(); ++i) {
    if (at >= mentions_[i].at && at < mentions_[i].at + mentions_[i].size) return subjects_[i];
  }
  return std::nullopt;
}

bool LicenseReader::within_mention(const Hit& h) const {
  return std::any_of(mentions_.begin(), mentions_.end(), [&](const LicenseMention& m) {
    const bool tells = m.kind == LicenseMention::Kind::unknown &&
                       (h.cue == Cue::non_commercial || h.cue == Cue::research_only);
    return read_.sense.begin_of(h) >= m.at && read_.sense.begin_of(h) < m.at + m.size && !tells &&
           (h.cue != Cue::expiry || read_.sense.end_of(h) <= m.at + m.size);
  });
}

bool LicenseReader::asks(const Hit& h) const {
  return h.cue == Cue::registration && asks_for_a_license(read_.sense, h);
}

bool LicenseReader::wish(const Hit& h) const {
  const Sense& s = read_.sense;
  const bool commerce = h.cue == Cue::non_commercial || h.cue == Cue::research_only;
  if (states() || section_ || asks(h)) return false;
  const bool denied = denies(s, h, lexicon_) || s.has(Cue::prohibition);
  const bool of_abilities = h.cue == Cue::research_only || h.cue == Cue::field_of_use ||
                            h.cue == Cue::military || h.cue == Cue::persons;
  if (denied && !of_abilities && (h.cue != Cue::non_commercial || denies(s, h, lexicon_))) return false;
  return s.has(Cue::intent) || s.has(Cue::advice) ||
         (!commerce && read_.context.nearest.has(Cue::limits_section));
}

void LicenseReader::rest(bool points) {
  const Sense& s = read_.sense;
  if (defers_to_another()) return;
  if (points) return out_.push_back(claim_of_all(Kind::refers));
  const Subject spoken_of = subject(0, end());
  const bool names_one = (section_ && ((label() && labels_a_license()) || s.has(Cue::special))) ||
                         (s.has(Cue::special) && s.has(Cue::states) && s.terms.empty() &&
                          !s.cues.any(Cue::prohibition, Cue::obliges) && weight_ < BindingWords::kSure);
  // "The use of the models is subject to the Model License": it says where the terms are, and no more.
  const bool plain = s.has(Cue::states) && s.has(Cue::license_section) && s.terms.empty() &&
                     !s.cues.any(Cue::prohibition, Cue::obliges, Cue::denied, Cue::fee) &&
                     weight_ < BindingWords::kSure / 3 && points_by_name();
  if (binds_somebody(s, weight_, read_.context.nearest.has(Cue::license_section)) && !names_one && !plain &&
      spoken_of != Subject::sibling && spoken_of != Subject::base) {
    out_.push_back(claim(Kind::unread, Subject::here, Scope::everything, 0));
    return;
  }
  // "It is meant for research only": who means it so may mean it.
  if (closes_by_only() && !of_another(spoken_of) && may_bind(read_.context.nearest)) {
    out_.push_back(claim(Kind::unread, Subject::here, Scope::everything, 0));
    return;
  }
  // A term, of whom it does not say, in a sentence that may bind: "Others must ask."
  if (!s.terms.empty() && weight_ > kMayBind && !of_another(spoken_of) && !names_one &&
      !s.cues.any(Cue::permits, Cue::unrestricted, Cue::disclaimer, Cue::thanks, Cue::citation) &&
      (what_in(0, end()) != Scope::data || s.has(Cue::outputs))) {
    out_.push_back(claim(Kind::unread, Subject::here, Scope::everything, 0));
    return;
  }
  // "License: see our website": a website is no part of the model, and its license is.
  const bool told = s.has(Cue::binding) && s.has(Cue::license_section) && spoken_of == Subject::other;
  if ((sets_a_sure_term(s) || s.has(Cue::binding)) && may_bind(read_.context.nearest) &&
      (told || spoken_of == Subject::base || !of_another(spoken_of)) &&
      (what_in(0, end()) != Scope::data || s.has(Cue::outputs))) {
    out_.push_back(told || spoken_of == Subject::base
                       ? claim(Kind::unread, Subject::here, Scope::everything, 0)
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
    // "The license in LICENSE is for research": more than where it is.
    const bool more = section_ && weight_ > kMayBind && !points_by_name();
    out_.push_back(claim_of_all(more ? Kind::unread : Kind::refers));
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

bool LicenseReader::closes_by_only() const {
  const Sense& s = read_.sense;
  if (s.cues.any(Cue::permits, Cue::unrestricted)) return false;
  return std::any_of(s.terms.begin(), s.terms.end(), [&](const Hit& term) {
    return (term.cue == Cue::research_only || term.cue == Cue::non_commercial) &&
           std::any_of(s.hits.begin(), s.hits.end(), [&](const Hit& h) {
             return h.cue == Cue::prohibition && h.begin < term.end && term.begin < h.end;
           });
  });
}

bool LicenseReader::points_by_name() const {
  const auto& words = read_.sense.words;
  return std::all_of(words.begin(), words.end(), [&](const Token& t) {
    return lexicon_.pointing(t.word) || names_.is_part(read_.lower.substr(t.begin, t.end - t.begin));
  });
}

bool LicenseReader::beside_a_license() {
  const Sense& s = read_.sense;
  if (!read_.context.nearest.has(Cue::license_section) || s.cues.any(Cue::blank, Cue::pointer, Cue::aside) ||
      s.words.size() < 3)
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

bool LicenseReader::family_named() {
  const Sense& s = read_.sense;
  const bool column = read_.context.license_column;
  if (!column && (!s.has(Cue::states) || !s.has(Cue::license_section))) return false;
  const auto found = column ? family_in_a_cell(read_.lower, source_.catalog)
                            : family_behind_license(s, read_.lower, source_.catalog);
  if (!found) return false;
  of_family(*found);
  return true;
}

void LicenseReader::of_family(const NamedFamily& found) {
  const FamilyName& name = found.second;
  LicenseClaim c =
      claim(Kind::licensed, Subject::here, what_in(0, end()).value_or(Scope::everything), name.at);
  c.id = found.first->license;
  c.name = read_.original.substr(name.at, name.end - name.at);
  out_.push_back(std::move(c));
}

bool LicenseReader::defers_to_another() {
  const Sense& s = read_.sense;
  // Of the clause with the terms: "…, since the answers it was trained on …" is another.
  std::size_t clause = 0;
  for (const Hit& h : s.hits) {
    if (h.cue == Cue::defers || h.cue == Cue::inherits) clause = std::max(clause, s.end_of(h));
  }
  const auto said_of = [&](Scope what) { return what_in(0, clause) == what; };
  if (!s.cues.any(Cue::defers, Cue::inherits) || !may_bind(read_.context.nearest) ||
      s.cues.any(Cue::disclaimer, Cue::citation, Cue::thanks, Cue::permits, Cue::unrestricted) ||
      said_of(Scope::data) || said_of(Scope::code))
    return false;
  const Subject who = subject(0, end());
  // "Usage has to comply with OpenAI's terms": somebody's, whose model is not in it.
  if (subject(0, clause) == Subject::other && s.cues.any(Cue::obliges, Cue::prohibition)) {
    out_.push_back(claim(Kind::unread, Subject::here, Scope::everything, 0));
    return true;
  }
  // "The license of our 70B applies": a sibling, but "of the original Falcon-180B" is none, whatever its
  // size.
  if (who == Subject::sibling && !s.has(Cue::inherits)) return false;
  if (const auto found = family_in(read_.lower, source_.catalog); found && s.has(Cue::defers)) {
    // Under an open license that others of the family may not have: "the restrictions of Falcon-180B".
    if (catalog::closes(catalog::class_of(found->first->license, source_.catalog))) {
      of_family(*found);
      return true;
    }
  } else if (!s.has(Cue::inherits) && who != Subject::base) {
    return false;
  }
  out_.push_back(claim(Kind::inherits, Subject::here, Scope::everything, 0));
  return true;
}

bool LicenseReader::labels_a_license() const {
  const std::size_t colon = read_.lower.find(':');
  return read_.sense.within(Cue::license_section, 0, colon) && colon + 3 < end();
}

bool LicenseReader::strong() const {
  const Sense& s = read_.sense;
  const bool about = section_ || what_in(0, end()).has_value() || s.has(Cue::here);
  if (!about || s.words.size() < 3) return false;
  // Under a heading of licenses every sentence is of licenses, known words or none.
  if (section_) return true;
  // "It is restricted to English" has the words of a term, and is far from all that binds somebody.
  return s.has(Cue::prohibition) && s.has(Cue::talk) &&
         (weight_ == kNotWeighed || weight_ > BindingWords::kHarmless);
}

}  // namespace howopen::reading
