// Phrases by their first word; each is followed from there through a few gaps of bounded width, so a text
// costs its length times the phrases that begin with one word.
//
//   "not ... commercial purposes" in "may not be used for commercial purposes"  ->  words 1 to 7,
//   non-commercial

#include "reading/lexicon.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "howopen/catalog.h"
#include "reading/binding.h"
#include "reading/fold.h"
#include "reading/spelling.h"
#include "text/utf8.h"

namespace howopen::reading {
namespace {

constexpr std::uint32_t kGap = 8;
constexpr std::size_t kLongestWord = 40;

// Calls `with(hash, size)` for each beginning of a word as it is written, folded as its tokens are; until one
// says true.
template <class F>
bool any_beginning(std::string_view written, F with) {
  Word h = kBasis;
  std::size_t size = 0;
  const auto put = [&](unsigned char c) {
    h = add(h, c);
    ++size;
  };
  for (std::size_t i = 0; i < written.size() && size < kLongestWord;) {
    const char c = written[i];
    if (static_cast<unsigned char>(c) < 0x80) {
      ++i;
      const auto l = static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
      if (!((l >= 'a' && l <= 'z') || (l >= '0' && l <= '9'))) continue;  // "non-commercial" is one word
      put(l);
    } else {
      const std::string_view one = text::next_utf8(written.substr(i, 4));
      if (one.empty()) return false;
      i += one.size();
      const Folded f = fold(text::code_point(one));
      if (f.kind == Folded::Kind::letters) {
        for (const char letter : f.ascii) put(static_cast<unsigned char>(letter));
      } else if (f.kind == Folded::Kind::other || f.kind == Folded::Kind::ideograph) {
        for (int shift = 0; shift < 24; shift += 8) put(static_cast<unsigned char>(f.lower >> shift & 0xFF));
      } else {
        continue;
      }
    }
    if (with(h, size)) return true;
  }
  return false;
}

struct Stem {
  Word hash = kBasis;
  std::size_t size = 0;
};
Stem stem_of(std::string_view stem) {
  Stem out;
  any_beginning(stem, [&](Word h, std::size_t size) {
    out = {h, size};
    return false;
  });
  return out;
}

using Terms = std::vector<Phrase::Term>;
constexpr std::size_t kMostForms = 256;

// Every way to go on from each of `forms` with one of the alternatives of a written term. Those of one word
// are one term; those of several (most in Chinese) make a form each.
void go_on(std::vector<Terms>& forms, std::string_view written, bool& gap) {
  Phrase::Term one;
  std::vector<Terms> longer;
  for (std::size_t at = 0; at <= written.size();) {
    const std::size_t bar = std::min(written.find('|', at), written.size());
    std::string_view word = written.substr(at, bar - at);
    at = bar + 1;
    if (word.ends_with('*')) {
      word.remove_suffix(1);
      if (!word.empty()) one.stems.push_back(stem_of(word).hash);
      continue;
    }
    const std::vector<Token> all = tokens(word);
    if (all.size() == 1) one.words.push_back(all.front().word);
    if (all.size() < 2) continue;  // an article says nothing
    Terms row;
    for (const Token& t : all) row.push_back({{t.word}, {}, false});
    row.front().gap = gap;
    longer.push_back(std::move(row));
  }
  one.gap = gap;
  const bool single = !one.words.empty() || !one.stems.empty();
  if (!single && longer.empty()) return;
  gap = false;
  std::vector<Terms> out;
  for (const Terms& form : forms) {
    if (single) {
      out.push_back(form);
      out.back().push_back(one);
    }
    for (const Terms& row : longer) {
      if (out.size() >= kMostForms) break;
      out.push_back(form);
      out.back().insert(out.back().end(), row.begin(), row.end());
    }
  }
  forms = std::move(out);
}

std::vector<Terms> forms_of(std::string_view words) {
  std::vector<Terms> out(1);
  bool gap = false;
  for (std::size_t from = 0; from < words.size();) {
    const std::size_t blank = std::min(words.find(' ', from), words.size());
    const std::string_view written = words.substr(from, blank - from);
    from = blank + 1;
    if (written == "...")
      gap = true;
    else
      go_on(out, written, gap);
  }
  std::erase_if(out, [](const Terms& t) { return t.empty(); });
  return out;
}

}  // namespace

// Fills a lexicon from the files.
struct Builder {
  Lexicon& lexicon;

  std::unordered_set<Word>* set_of(std::string_view name) const {
    const std::pair<std::string_view, std::unordered_set<Word>*> sets[] = {
        {"suspicious", &lexicon.suspicious_},
        {"names", &lexicon.names_},
        {"organizations", &lexicon.organizations_},
        {"headings", &lexicon.headings_},
        {"weak", &lexicon.weak_},
        {"negations", &lexicon.negations_},
        {"ignorable", &lexicon.ignorable_},
        {"common", &lexicon.common_},
        {"abbreviations", &lexicon.abbreviations_},
        {"generic", &lexicon.generic_},
        {"variants", &lexicon.variants_},
        {"amounts", &lexicon.amounts_},
        {"compounds", &lexicon.compounds_},
        {"joining", &lexicon.joining_},
        {"copulas", &lexicon.copulas_},
        {"prepositions", &lexicon.prepositions_},
        {"releases", &lexicon.releases_},
        {"before_releases", &lexicon.before_releases_},
        {"license_hosts", &lexicon.license_hosts_},
        {"put_under", &lexicon.put_under_},
        {"no_licenses", &lexicon.no_licenses_},
        {"labels", &lexicon.labels_},
        {"granting", &lexicon.granting_},
        {"pointing", &lexicon.pointing_}};
    for (const auto& [key, set] : sets) {
      if (key == name) return set;
    }
    return nullptr;
  }

  void add(const catalog::Language& language) const {
    lexicon.thai_ = lexicon.thai_ || language.code == "th";
    for (const catalog::WordRow& row : language.words) {
      std::unordered_set<Word>* set = set_of(row.set);
      if (set == nullptr)
        throw std::runtime_error("reading/" + language.code + ": no set of words is called " + row.set);
      const bool common = row.set == "common";
      if (set == &lexicon.license_hosts_) {
        for (const std::string& host : row.words) set->insert(hash(host));
        continue;
      }
      for (const std::string& word : row.words) {
        set->insert(word_of(word));
        if (common) (language.code == "en" ? lexicon.english_ : lexicon.not_english_).insert(word_of(word));
      }
    }
    for (const auto& two : language.interchangeable)
      lexicon.interchangeable_[word_of(two[0])] = lexicon.interchangeable_[word_of(two[1])] = word_of(two[0]);
    for (const catalog::CueRow& row : language.cues) {
      for (const std::string& words : row.phrases) {
        std::vector<Terms> forms = forms_of(words);
        if (forms.empty()) throw std::runtime_error(row.where + ": no word in \"" + words + "\"");
        for (Terms& terms : forms)
          lexicon.phrases_.push_back({row.cue, std::move(terms), foreign(language.code)});
        note_stem_sizes(words);
      }
    }
  }

  static bool foreign(std::string_view code) {
    // Other scripts are no English words.
    for (const std::string_view c :
         {"en", "zh", "ja", "ko", "ru", "uk", "bg", "el", "ar", "fa", "ur", "he", "hi", "bn", "ta", "th"}) {
      if (code == c) return false;
    }
    return true;
  }

  void note_stem_sizes(std::string_view words) const {
    const std::string_view first = words.substr(0, words.find(' '));
    for (std::size_t at = 0; at <= first.size();) {
      const std::size_t bar = std::min(first.find('|', at), first.size());
      const std::string_view word = first.substr(at, bar - at);
      if (word.ends_with('*')) lexicon.stem_sizes_.push_back(stem_of(word.substr(0, word.size() - 1)).size);
      at = bar + 1;
    }
  }

  void finish() const {
    auto& sizes = lexicon.stem_sizes_;
    std::sort(sizes.begin(), sizes.end());
    sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
    for (std::uint32_t i = 0; i < lexicon.phrases_.size(); ++i) {
      for (Phrase::Term& t : lexicon.phrases_[i].terms) std::sort(t.stems.begin(), t.stems.end());
      const Phrase::Term& first = lexicon.phrases_[i].terms.front();
      for (const Word w : first.words) lexicon.by_first_word_[w].push_back(i);
      for (const Word w : first.stems) lexicon.by_first_stem_[w].push_back(i);
      for (const Word w : first.words) lexicon.may_begin_.set(w % lexicon.may_begin_.size());
      for (const Word w : first.stems) lexicon.may_begin_.set(w % lexicon.may_begin_.size());
    }
  }
};

Lexicon::Lexicon(const std::vector<catalog::Language>& languages) {
  const Builder builder{*this};
  for (const catalog::Language& language : languages) builder.add(language);
  builder.finish();
}

bool Lexicon::license_host(std::string_view host) const {
  return license_hosts_.contains(hash(host));
}

bool Lexicon::interchangeable(Word a, Word b) const {
  const auto x = interchangeable_.find(a);
  const auto y = interchangeable_.find(b);
  return x != interchangeable_.end() && y != interchangeable_.end() && x->second == y->second;
}

namespace {

template <class F>
bool any_stem(const Token& t, std::string_view text, F with) {
  if (t.end > text.size() || t.end <= t.begin) return false;
  return any_beginning(text.substr(t.begin, t.end - t.begin), with);
}

}  // namespace

bool Lexicon::matches(const Phrase::Term& term, const Spelt& s, std::uint32_t at) const {
  if (std::find(term.words.begin(), term.words.end(), s.words[at].word) != term.words.end()) return true;
  if (term.stems.empty()) return false;
  return any_stem(s.words[at], s.text, [&](Word h, std::size_t) {
    return std::binary_search(term.stems.begin(), term.stems.end(), h);
  });
}

// End of the phrase whose term `term` is looked for at `at`, 0 for none. A gap takes the nearest word that
// leads on.
std::uint32_t Lexicon::follow(const Phrase& p, const Spelt& s, std::uint32_t at, std::size_t term,
                              int& budget) const {
  if (term == p.terms.size()) return at;
  const Phrase::Term& t = p.terms[term];
  const auto size = static_cast<std::uint32_t>(s.words.size());
  const std::uint32_t last = t.gap ? std::min<std::uint32_t>(at + kGap, size) : at;
  for (std::uint32_t i = at; i <= last && i < size && budget > 0; ++i) {
    --budget;
    if (!matches(t, s, i)) continue;
    if (const std::uint32_t end = follow(p, s, i + 1, term + 1, budget); end != 0) return end;
  }
  return 0;
}

bool Lexicon::english(std::span<const Token> words) const {
  // "Le code est sous MIT, les poids sous CC BY": two words are English, and four French.
  int common = 0;
  int foreign = 0;
  static const Word cc = word_of("cc");
  Word before = 0;
  for (const Token& t : words) {
    // "CC BY" is a name in every language.
    common += english_.contains(t.word) && before != cc ? 1 : 0;
    before = t.word;
    foreign += not_english_.contains(t.word) ? 1 : 0;
  }
  return common >= 2 && common > foreign;
}

bool Lexicon::reads(std::span<const Token> words, std::string_view text) const {
  return common_words(words, text) > 0;
}
std::size_t Lexicon::common_words(std::span<const Token> words, std::string_view text) const {
  const auto common = [&](const Token& t) {
    if (english_.contains(t.word) || not_english_.contains(t.word)) return true;
    const std::string_view one = text::next_utf8(text.substr(t.begin, 4));
    if (one.empty()) return false;
    const std::uint32_t c = text::code_point(one);
    const bool kana_or_han = (c >= 0x3041 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF);
    return kana_or_han || (c >= 0xAC00 && c <= 0xD7A3) || (thai_ && c >= 0xE01 && c <= 0xE7F);
  };
  return static_cast<std::size_t>(std::count_if(words.begin(), words.end(), common));
}
bool Lexicon::only_english(std::span<const Token> words) const {
  return !holds_foreign(words) &&
         std::any_of(words.begin(), words.end(), [&](const Token& t) { return english_.contains(t.word); });
}
bool Lexicon::holds_foreign(std::span<const Token> words) const {
  return std::any_of(words.begin(), words.end(), [&](const Token& t) {
    return not_english_.contains(t.word) && !english_.contains(t.word);
  });
}

std::vector<Hit> Lexicon::find(std::span<const Token> words, std::string_view text) const {
  std::vector<Hit> out;
  const bool is_english = english(words);
  const Spelt s{words, text};
  const auto look = [&](const std::vector<std::uint32_t>& phrases, std::uint32_t i) {
    for (const std::uint32_t p : phrases) {
      if (is_english && phrases_[p].foreign) continue;
      int budget = 64;
      const std::uint32_t end = follow(phrases_[p], s, i + 1, 1, budget);
      // Languages share words: what a phrase of one has found another need not.
      const auto same = [&](const Hit& h) {
        return h.cue == phrases_[p].cue && h.begin == i && h.end == end && h.foreign == phrases_[p].foreign;
      };
      if (end != 0 &&
          std::none_of(out.rbegin(), out.rbegin() + std::min<std::ptrdiff_t>(std::ssize(out), 32), same))
        out.push_back({phrases_[p].cue, i, end, static_cast<std::uint16_t>(p), phrases_[p].foreign});
    }
  };
  const auto begun = [&](const std::unordered_map<Word, std::vector<std::uint32_t>>& phrases, Word w,
                         std::uint32_t i) {
    if (!may_begin_.test(w % may_begin_.size())) return;
    if (const auto found = phrases.find(w); found != phrases.end()) look(found->second, i);
  };
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    begun(by_first_word_, words[i].word, i);
    if (stem_sizes_.empty()) continue;
    any_stem(words[i], text, [&](Word h, std::size_t size) {
      if (std::binary_search(stem_sizes_.begin(), stem_sizes_.end(), size)) begun(by_first_stem_, h, i);
      return size >= stem_sizes_.back();
    });
  }
  return out;
}

}  // namespace howopen::reading
