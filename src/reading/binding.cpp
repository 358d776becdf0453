// A sum over words and pairs of words against a threshold. The weights are those of a logistic regression, so
// a word that stands in conditions and in harmless sentences alike weighs nothing.
//
//   "Big firms have to ask us."            ->  above zero
//   "You need a GPU with 16 GB to run it." ->  far below

#include "reading/binding.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <string>

#include "reading/spelling.h"
#include "text/ascii.h"

namespace howopen::reading {
namespace {

constexpr Word kNumber = hash("0");

Word id_of(Feature::Kind kind, Word a, Word b = 0) {
  Word h = add(kBasis, static_cast<unsigned char>(kind));
  h = (h ^ a) * kPrime;
  h = (h ^ (h >> 29) ^ b) * kPrime;
  return h ^ (h >> 32);
}

bool is_number(std::string_view letters) {
  return std::all_of(letters.begin(), letters.end(), [](char c) { return text::is_digit(c); });
}

// Terms that are of licenses in any sentence.
bool sure_term(Cue c) {
  return c == Cue::policy || c == Cue::no_redistribution || c == Cue::no_derivatives || c == Cue::hosting ||
         c == Cue::naming || c == Cue::revocation || c == Cue::expiry || c == Cue::persons ||
         c == Cue::user_threshold || c == Cue::revenue_threshold || c == Cue::territory ||
         c == Cue::non_commercial || c == Cue::military;
}

// A word of the table.
Word listed(std::string_view spelt) {
  return spelt == "0" ? kNumber : word_of(spelt);
}

[[noreturn]] void bad_line(std::string_view line) {
  throw std::runtime_error("binding_words.txt: not a weight: " + std::string(line.substr(0, 80)));
}

std::size_t lines_in(std::string_view table) {
  return static_cast<std::size_t>(std::count(table.begin(), table.end(), '\n'));
}

}  // namespace

std::string_view beginning_of(std::string_view letters) {
  constexpr int kLetters = 5;
  if (letters.empty() || text::is_digit(letters.front())) return {};
  std::size_t end = 0;
  for (int n = 0; n < kLetters && end < letters.size(); ++n) {
    ++end;
    while (end < letters.size() && (static_cast<unsigned char>(letters[end]) & 0xC0) == 0x80) ++end;
  }
  return end < letters.size() ? letters.substr(0, end) : std::string_view();
}

std::vector<Feature> features_of(const Sense& sense, std::string_view text) {
  using Kind = Feature::Kind;
  const std::span<const Token> words = sense.words;
  std::vector<Feature> out;
  out.reserve(words.size() * 4 + 16);
  Word before = 0;
  Word last_but_one = 0;
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    const std::string_view letters = text.substr(words[i].begin, words[i].end - words[i].begin);
    const Word w = is_number(letters) ? kNumber : words[i].word;
    out.push_back({Kind::word, id_of(Kind::word, w), i, i});
    if (i == 0) out.push_back({Kind::first, id_of(Kind::first, w), i, i});
    if (i == 1) out.push_back({Kind::first_pair, id_of(Kind::first_pair, before, w), 0, 1});
    if (i > 0) out.push_back({Kind::pair, id_of(Kind::pair, before, w), i - 1, i});
    if (i > 1) out.push_back({Kind::around, id_of(Kind::around, last_but_one, w), i - 2, i});
    if (i + 1 == words.size()) out.push_back({Kind::last, id_of(Kind::last, w), i, i});
    if (const std::string_view begins = beginning_of(letters); !begins.empty())
      out.push_back({Kind::beginning, id_of(Kind::beginning, hash(begins)), i, i});
    last_but_one = before;
    before = w;
  }
  for (std::size_t c = 0; c < std::size(howopen::Words<Cue>::names); ++c) {
    const Cue cue = static_cast<Cue>(c);
    if (sense.has(cue)) out.push_back({Kind::cue, id_of(Kind::cue, c + 1), 0, 0, cue});
  }
  return out;
}

BindingWords::BindingWords(std::string_view table) : weights_(lines_in(table)) {
  for (std::size_t at = 0; at < table.size();) {
    const std::size_t end = std::min(table.find('\n', at), table.size());
    const std::string_view line = table.substr(at, end - at);
    at = end + 1;
    if (line.empty() || line.front() == '#') continue;
    const std::size_t tab = line.find('\t');
    int weight = 0;
    const auto read = std::from_chars(line.data(), line.data() + std::min(tab, line.size()), weight);
    if (tab == std::string_view::npos || read.ec != std::errc() || read.ptr != line.data() + tab)
      bad_line(line);
    const std::string_view rest = line.substr(tab + 1);
    if (rest == "bias") {
      start_ += weight;
    } else if (rest == "threshold") {
      start_ -= weight;
    } else {
      if (rest.size() < 3 || rest[1] != '\t') bad_line(line);
      const auto kind = static_cast<Feature::Kind>(rest[0]);
      const std::string_view spelt = rest.substr(2);
      const std::size_t blank = spelt.find(' ');
      if (kind == Feature::Kind::cue) {
        const auto cue = from_word<Cue>(spelt);
        if (!cue) bad_line(line);
        weights_.set(id_of(kind, static_cast<Word>(*cue) + 1), weight);
      } else if (kind == Feature::Kind::beginning) {
        weights_.set(id_of(kind, hash(spelt)), weight);
      } else if (blank == std::string_view::npos) {
        weights_.set(id_of(kind, listed(spelt)), weight);
      } else {
        weights_.set(id_of(kind, listed(spelt.substr(0, blank)), listed(spelt.substr(blank + 1))), weight);
      }
    }
  }
}

int BindingWords::weigh(const Sense& sense, std::string_view text) const {
  int sum = start_;
  for (const Feature& f : features_of(sense, text)) {
    if (const int* weight = weights_.find(f.id)) sum += *weight;
  }
  return sum;
}

bool BindingWords::knows_most(std::span<const Token> words, std::string_view text) const {
  std::size_t known = 0;
  std::size_t letters = 0;
  for (const Token& t : words) {
    const std::string_view spelt = text.substr(t.begin, t.end - t.begin);
    if (is_number(spelt)) continue;
    if (std::any_of(spelt.begin(), spelt.end(), text::is_beyond)) return false;
    ++letters;
    const std::string_view begins = beginning_of(spelt);
    if (weights_.find(id_of(Feature::Kind::word, t.word)) != nullptr ||
        (!begins.empty() && weights_.find(id_of(Feature::Kind::beginning, hash(begins))) != nullptr))
      ++known;
  }
  return letters >= 2 && known * 2 >= letters;
}

bool binds_somebody(const Sense& s, int weight, bool on_licenses) {
  if (weight <= 0 || s.cues.any(Cue::aside, Cue::unrestricted)) return false;
  if (weight > BindingWords::kSure) return true;
  // "Commercial use is permitted" stands in sections on licenses, and asks for nothing.
  const bool permission =
      s.has(Cue::permits) && !s.cues.any(Cue::obliges, Cue::prohibition) && s.terms.empty();
  if (on_licenses) return !permission || weight > BindingWords::kSure / 3;
  // What it is meant for and what is advised binds nobody.
  if (s.cues.any(Cue::intent, Cue::advice) && !s.has(Cue::prohibition))
    return s.has(Cue::denied) && weight > BindingWords::kSure / 3 && !s.has(Cue::disclaimer);
  if (s.cues.any(Cue::intent, Cue::advice)) return !s.has(Cue::disclaimer);
  return !s.has(Cue::permits) || s.cues.any(Cue::obliges, Cue::prohibition);
}

bool sets_a_sure_term(const Sense& s) {
  return !s.cues.any(Cue::disclaimer, Cue::citation, Cue::thanks, Cue::aside, Cue::permits, Cue::unrestricted,
                     Cue::intent, Cue::advice) &&
         std::any_of(s.terms.begin(), s.terms.end(), [](const Hit& h) { return sure_term(h.cue); });
}

bool may_bind(const Cues& nearest) {
  return !nearest.any(Cue::others_section, Cue::limits_section, Cue::evaluation_section,
                      Cue::training_section);
}

bool can_be_weighed(const Sense& s, std::string_view lower) {
  // One word is a heading or a cell, unless a stop makes a sentence of it: "Confidential."
  if (s.words.size() < 2 && (s.terms.empty() || !lower.ends_with('.'))) return false;
  // "-|-", "$3.50": signs and numbers say nothing.
  if (std::none_of(lower.begin(), lower.end(),
                   [](char c) { return text::is_lower(c) || text::is_beyond(c); }))
    return false;
  const auto signs = std::count_if(s.words.begin(), s.words.end(), [&](const Token& t) {
    return t.end < lower.size() && (lower[t.end] == '=' || lower[t.end] == '|' || lower[t.end] == '\t');
  });
  return static_cast<std::size_t>(signs) * 4 <= s.words.size();
}

bool head_is_data(const Sense& s, std::string_view lower, std::size_t from, std::size_t to) {
  std::size_t data = 0;
  std::size_t weights = 0;
  for (const Hit& h : s.hits) {
    if (s.begin_of(h) < from || s.end_of(h) > to || !text::is_beyond(lower[s.begin_of(h)])) continue;
    if (h.cue == Cue::data) data = std::max(data, s.end_of(h));
    if (h.cue == Cue::weights) weights = std::max(weights, s.end_of(h));
  }
  return data > weights;
}

}  // namespace howopen::reading
