// Phrases by their first word; each is followed from there through a few gaps of bounded width, so a text
// costs its length times the phrases that begin with one word.
//
//   "not ... commercial purposes" in "may not be used for commercial purposes"  ->  words 1 to 7,
//   non-commercial

#include "license/lexicon.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "text/json.h"

namespace howopen::license {
namespace {

constexpr std::uint32_t kGap = 8;

// Words of a term, parted by `|`.
std::vector<Word> alternatives(std::string_view term) {
  std::vector<Word> out;
  for (std::size_t from = 0; from <= term.size();) {
    const std::size_t bar = std::min(term.find('|', from), term.size());
    for (const Token& t : tokens(term.substr(from, bar - from))) out.push_back(t.word);
    from = bar + 1;
  }
  return out;
}

std::vector<Phrase::Term> terms_of(std::string_view words) {
  std::vector<Phrase::Term> out;
  bool gap = false;
  for (std::size_t from = 0; from < words.size();) {
    const std::size_t blank = std::min(words.find(' ', from), words.size());
    const std::string_view term = words.substr(from, blank - from);
    from = blank + 1;
    if (term == "...") {
      gap = true;
      continue;
    }
    std::vector<Word> any = alternatives(term);
    if (any.empty()) continue;                       // an article
    if (term.find('|') == std::string_view::npos) {  // signs that are words each stand in a row
      for (const Word w : any) out.push_back({{w}, std::exchange(gap, false)});
    } else {
      out.push_back({std::move(any), std::exchange(gap, false)});
    }
  }
  return out;
}

// End of the phrase whose term `term` is looked for at `at`, 0 for none. A gap takes the nearest word that
// leads on.
std::uint32_t follow(const Phrase& p, std::span<const Token> text, std::uint32_t at, std::size_t term,
                     int& budget) {
  if (term == p.terms.size()) return at;
  const Phrase::Term& t = p.terms[term];
  const std::uint32_t last =
      t.gap ? std::min<std::uint32_t>(at + kGap, static_cast<std::uint32_t>(text.size())) : at;
  for (std::uint32_t i = at; i <= last && i < text.size() && budget > 0; ++i) {
    --budget;
    if (std::find(t.words.begin(), t.words.end(), text[i].word) == t.words.end()) continue;
    if (const std::uint32_t end = follow(p, text, i + 1, term + 1, budget); end != 0) return end;
  }
  return 0;
}

}  // namespace

Lexicon::Lexicon(std::string_view json) {
  const auto file = text::parse_json(json);
  if (!file) throw std::runtime_error("license lexicon: not JSON");
  const auto words = [&](const char* key, std::unordered_set<Word>& out) {
    for (const std::string_view s : (*file)[key].strings()) out.insert(word_of(s));
    if (out.empty()) throw std::runtime_error(std::string("license lexicon: no ") + key);
  };
  words("suspicious", suspicious_);
  words("names", names_);
  words("organizations", organizations_);
  words("headings", headings_);
  words("weak", weak_);
  words("negations", negations_);
  words("ignorable", ignorable_);
  for (const text::Json& pair : (*file)["interchangeable"].items()) {
    const auto two = pair.strings();
    if (two.size() == 2)
      interchangeable_[word_of(two[0])] = interchangeable_[word_of(two[1])] = word_of(two[0]);
  }
  const auto add = [&](PhraseKind kind, std::string_view name, std::string_view words_of_phrase) {
    Phrase p{kind, std::string(name), terms_of(words_of_phrase)};
    if (p.terms.empty()) throw std::runtime_error("license lexicon: an empty phrase");
    phrases_.push_back(std::move(p));
  };
  for (const text::Json& r : (*file)["restrictions"].items())
    add(PhraseKind::restriction, r["kind"].string_or(""), r["words"].string_or(""));
  for (const auto& [key, kind] :
       {std::pair{"prohibitions", PhraseKind::prohibition}, std::pair{"disclaimers", PhraseKind::disclaimer},
        std::pair{"attributions", PhraseKind::attribution}, std::pair{"notices", PhraseKind::notice},
        std::pair{"legal", PhraseKind::legal}}) {
    for (const std::string_view s : (*file)[key].strings()) add(kind, key, s);
  }
  for (std::uint32_t i = 0; i < phrases_.size(); ++i) {
    for (const Word w : phrases_[i].terms.front().words) by_first_word_[w].push_back(i);
  }
}

bool Lexicon::interchangeable(Word a, Word b) const {
  const auto x = interchangeable_.find(a);
  const auto y = interchangeable_.find(b);
  return x != interchangeable_.end() && y != interchangeable_.end() && x->second == y->second;
}

std::vector<Hit> Lexicon::find(std::span<const Token> text) const {
  std::vector<Hit> out;
  for (std::uint32_t i = 0; i < text.size(); ++i) {
    const auto found = by_first_word_.find(text[i].word);
    if (found == by_first_word_.end()) continue;
    for (const std::uint32_t p : found->second) {
      int budget = 64;
      const std::uint32_t end = follow(phrases_[p], text, i + 1, 1, budget);
      if (end != 0) out.push_back({&phrases_[p], i, end});
    }
  }
  return out;
}

const Lexicon& lexicon(const Catalog& catalog) {
  static const Lexicon the_lexicon(catalog.file("license_lexicon.json"));
  return the_lexicon;
}

}  // namespace howopen::license
