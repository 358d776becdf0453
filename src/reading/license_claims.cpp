// Who put what under which license, sentence by sentence.
//
//   "MIT for the code and CC BY-NC 4.0 for the weights."  ->  code MIT; weights CC-BY-NC-4.0
//   "Small is Apache-2.0. Base and Large are CC-BY-NC-4.0" of Depth-V2-Large  ->  CC-BY-NC-4.0
//   "From v2 on, all Brook models are CC BY-NC 4.0." of Brook-7B-v1  ->  of a sibling

#include <algorithm>

#include "catalog/expression.h"
#include "reading/binding.h"
#include "reading/license_reader.h"
#include "reading/origin_heads.h"
#include "reading/scope.h"

namespace howopen::reading {
namespace {

constexpr std::size_t kMostMentions = 12;  // licenses of one sentence; with more it is not understood

using Kind = LicenseClaim::Kind;

}  // namespace

std::optional<Subject> LicenseReader::run() {
  const Sense& s = read_.sense;
  section_ = read_.context.sections.has(Cue::license_section) || read_.context.license_column ||
             (label() && labels_a_license());
  if (may_bind(read_.context.nearest) && can_be_weighed(s, read_.lower))
    weight_ = binding_words(source_.catalog).weigh(s, read_.lower);
  if (!section_ && weight_ <= 0 &&
      !s.cues.any(Cue::talk, Cue::states, Cue::binding, Cue::defers, Cue::inherits) && s.terms.empty())
    return std::nullopt;
  // "License notice:" is a heading that nobody marked as one.
  if (read_.lower.ends_with(':') && s.words.size() <= 3 && s.terms.empty() &&
      !s.cues.any(Cue::obliges, Cue::prohibition, Cue::special))
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
  // "Dual licensed: Apache-2.0 for open source projects, a commercial license for everyone else."
  if (understood_ && s.has(Cue::binding) && may_bind(read_.context.nearest)) {
    const Subject who = subject(0, end());
    // "In addition to MIT, the license of the base model applies."
    if (who == Subject::base)
      out_.push_back(claim(Kind::unread, Subject::here, Scope::everything, 0));
    else if (!of_another(who))
      out_.push_back(claim_of_all(Kind::unread));
  }
  // "All rights in the weights are reserved, MIT applies to the scripts": the license is of the scripts
  // alone.
  if (understood_ && weight_ > BindingWords::kSure && !mentions_.empty() && s.has(Cue::weights) &&
      may_bind(read_.context.nearest) && of_code_or_data_alone())
    out_.push_back(claim(Kind::unread, Subject::here, Scope::weights, 0));
  if (!understood_) rest(points && what_in(0, end()) != Scope::code);
  return told_;
}

bool LicenseReader::of_code_or_data_alone() const {
  // Claims stand in the order of their lines.
  for (auto c = out_.rbegin(); c != out_.rend() && c->at.line == read_.at.line; ++c) {
    if (c->what != Scope::code && c->what != Scope::data) return false;
  }
  return true;
}

bool LicenseReader::names_a_model(const LicenseMention& m) const {
  const std::size_t behind = m.at + m.size;
  return (m.at > 0 && read_.lower[m.at - 1] == '/') ||
         (behind < end() && read_.lower[behind] == '/' && m.kind == LicenseMention::Kind::unknown);
}

std::optional<Scope> LicenseReader::what_in(std::size_t from, std::size_t to) const {
  return scope_in(read_.sense, from, to, lexicon_);
}

bool LicenseReader::both(std::size_t from, std::size_t to) const {
  return read_.sense.within(Cue::weights, from, to) && read_.sense.within(Cue::code, from, to);
}

Subject LicenseReader::subject(std::size_t from, std::size_t to) const {
  // "From v2 on": the numbers of licenses stand in their names.
  std::size_t before_license = to;
  for (const LicenseMention& m : mentions_) {
    if (m.at >= from && m.at < before_license) before_license = m.at;
  }
  if (const auto version = names_.version(read_.sense, read_.lower, from, before_license, lexicon_))
    return *version;
  Subject found = subject_of(read_.sense, read_.lower, from, to, names_, lexicon_);
  if (found == Subject::sibling) {
    // "You accept the Acme Community Terms": a license that bears the maker's name, and no model.
    const std::size_t name = before_special(from, to);
    if (name < to) found = subject_of(read_.sense, read_.lower, from, name, names_, lexicon_);
  }
  if (found == Subject::here && read_.context.continues) return *read_.context.continues;
  if (found != Subject::family) return found;
  if (read_.context.parent && *read_.context.parent != Subject::family) return *read_.context.parent;
  return found;
}

std::size_t LicenseReader::before_special(std::size_t from, std::size_t to) const {
  const Sense& s = read_.sense;
  for (const Hit& h : s.hits) {
    const std::size_t at = s.begin_of(h);
    if (h.cue != Cue::special || h.begin == 0 || at <= from || s.end_of(h) > to) continue;
    const std::size_t name = s.words[h.begin - 1].begin;
    if (name >= from && names_.in(read_.lower, name, s.end_of(h)) == Subject::sibling) return name;
  }
  return to;
}

std::size_t LicenseReader::mention(std::size_t i, std::size_t from) {
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
  // "It succeeds Foo 1, which was released under …": of Foo 1.
  if (const std::size_t which = relative_before(read_.sense, read_.lower, m.at); which > from) {
    if (const auto named = antecedent(read_, names_, which); named == Subject::sibling) who = *named;
  }
  if (who == Subject::family && i == 0) who = subject(0, to);
  if (who == Subject::family && i > 0 && same_object(i) && last_subject_) who = *last_subject_;
  // "Because the data are CC BY-NC 4.0, so is the model."
  if (what == Scope::data && read_.sense.has(Cue::likewise)) {
    what = Scope::everything;
    who = Subject::here;
  }
  if (what == Scope::data && who == Subject::family) who = Subject::other;
  if (what == Scope::code && who == Subject::sibling) who = Subject::family;
  if (who == Subject::family && what == Scope::weights) who = Subject::here;
  // "Derived from X, which is originally licensed under": of X.
  const bool former = read_.sense.within(Cue::formerly, from, m.at);
  last_what_ = what;
  last_subject_ = former ? std::nullopt : std::optional(who);
  if (former) who = Subject::base;
  subjects_.push_back(who);
  if (!told_) told_ = who;
  understood_ = true;
  if (negated(m) && !of_another(who)) {
    out_.push_back(claim(Kind::unread, Subject::here, Scope::everything, m.at));
    return behind;
  }
  if (who == Subject::other && !read_.context.nearest.has(Cue::license_section) && !states()) return behind;
  if (!section_ && !states() && !label() && !asserted(m) && !alone(m) &&
      !what) {  // "compatible with Apache 2.0 tools", but "the Acme terms of service apply"
    // Why it is named nobody understood, in a sentence that surely binds: "The MIT tag is a placeholder."
    if ((m.kind == LicenseMention::Kind::unknown && !read_.sense.terms.empty()) ||
        weight_ > BindingWords::kSure)
      understood_ = false;
    // "OpenRAIL, see the end": why it is named nobody understood, and it would forbid something.
    if (closes(m) && may_bind(read_.context.nearest) && !of_another(who) && read_.sense.has(Cue::talk) &&
        !read_.sense.cues.any(Cue::others, Cue::compared, Cue::thanks, Cue::citation))
      out_.push_back(claim(Kind::unread, Subject::here, Scope::everything, m.at));
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

bool LicenseReader::asserted(const LicenseMention& m) const {
  const auto& words = read_.sense.words;
  const std::size_t at = first_from(words, m.at);
  if (at == 0) return false;
  const Token& last = words[at - 1];
  const std::string_view before = read_.lower.substr(last.begin, last.end - last.begin);
  return lexicon_.copula(last.word) || before == "it's" || before == "it\u2019s";
}

// "CC BY-ND.": a line, and nothing else in it.
bool LicenseReader::alone(const LicenseMention& m) const {
  const auto& words = read_.sense.words;
  return read_.context.parent == std::nullopt && may_bind(read_.context.nearest) && !words.empty() &&
         words.front().begin >= m.at && words.back().end <= m.at + m.size;
}

bool LicenseReader::closes(const LicenseMention& m) const {
  const LicenseEntry* named = source_.catalog.license_named(m.name);
  const LicenseClass cls = named != nullptr ? named->cls
                           : m.id.empty()   ? LicenseClass::unknown
                                            : catalog::class_of(m.id, source_.catalog);
  return catalog::closes(cls);
}

bool LicenseReader::negated(const LicenseMention& m) const {
  const auto& words = read_.sense.words;
  const LicenseEntry* entry = source_.catalog.license(m.id);
  if (entry == nullptr || entry->cls != LicenseClass::open) return false;
  return std::any_of(read_.sense.hits.begin(), read_.sense.hits.end(), [&](const Hit& h) {
    if (h.cue != Cue::denied || read_.sense.end_of(h) > m.at) return false;
    const auto between =
        std::count_if(words.begin() + h.end, words.end(), [&](const Token& t) { return t.begin < m.at; });
    return between <= 2;
  });
}

bool LicenseReader::label() const {
  const std::size_t colon = read_.lower.find(':');
  return colon != std::string_view::npos && colon < 40;
}

bool LicenseReader::same_object(std::size_t i) const {
  const std::size_t from = mentions_[i - 1].at + mentions_[i - 1].size;
  const std::size_t to = mentions_[i].at;
  return to >= from && to - from <= 24 && !what_in(from, to);
}

bool LicenseReader::between_is_choice(std::size_t i) const {
  const auto choice = [&](std::size_t a, std::size_t b) {
    return same_object(b) &&
           read_.sense.within(Cue::choice, mentions_[a].at + mentions_[a].size, mentions_[b].at);
  };
  return (i > 0 && choice(i - 1, i)) || (i + 1 < mentions_.size() && choice(i, i + 1));
}

bool LicenseReader::of_another(Subject who) {
  return who == Subject::other || who == Subject::sibling || who == Subject::base;
}

LicenseClaim LicenseReader::claim_of_all(Kind kind) const {
  return claim(kind, subject(0, end()), what_in(0, end()).value_or(Scope::everything), 0);
}

LicenseClaim LicenseReader::claim(Kind kind, Subject who, Scope what, std::size_t at) const {
  LicenseClaim c;
  c.kind = kind;
  c.subject = who;
  c.what = what;
  c.at = read_.at;
  c.at.byte += at;
  c.quote = quote_of(read_.original);
  return c;
}

std::optional<Subject> read_licenses(const Read& read, const Source& source, const Names& names,
                                     const Lexicon& lexicon, std::vector<LicenseClaim>& out) {
  return LicenseReader(read, source, names, lexicon, out).run();
}

}  // namespace howopen::reading
