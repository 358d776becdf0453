// Whatever is done to a license's words, it is not that license any more. The references' own words are
// changed, as the index has them: no text is needed for that.
//
// A seeded sample is tried; all of them with HOWOPEN_THOROUGH=1.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "howopen/catalog.h"
#include "license/identify.h"
#include "license/index.h"
#include "reading/lexicon.h"
#include "support/catalog.h"

namespace howopen::license {
namespace {

using test::the_catalog;

using reading::lexicon;
using reading::tokens;
using Words = std::vector<Token>;

constexpr const char* kSentences[] = {
    "You may not use the software for commercial purposes",
    "This license does not apply to companies with more than one hundred employees",
    "Use is limited to research and evaluation",
    "You must display our logo prominently in your product",
    "Military use is prohibited",
    "A fee must be paid for each copy",
    "The software must not be used to train other models",
    "Only members of the consortium are licensed",
    "We may revoke this license at any time",
    "Not available to residents of the European Union",
    "Users with annual revenue above one million dollars need a separate license",
    "For personal use only",
};

bool thorough() {
  return std::getenv("HOWOPEN_THOROUGH") != nullptr;
}

class Mutation : public testing::Test {
 protected:
  const Index& index_ = index(the_catalog());
  const Lexicon& lexicon_ = lexicon(the_catalog());
  std::mt19937 random_{20261124};
  std::size_t tried_ = 0;
  std::size_t wrong_ = 0;

  Words words_of(const Reference& r) const {
    Words out;
    for (const Id id : r.words) out.push_back({index_.word(id), 0, 0});
    return out;
  }
  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }

  const std::string& name(const Reference& r) const { return index_.references()[r.alias_of].id; }

  // Wrong is to call it by the name of the reference, or any other, as it stands, that the words do not bear
  // out.
  void expect_changed(const Words& changed, const Reference& r, const std::string& what) {
    ++tried_;
    const Identified i = identify(changed, "", index_, lexicon_);
    const bool as_it_stands = i.match == Match::exact || i.match == Match::template_;
    if (!as_it_stands || (i.licenses.size() == 1 && i.licenses.front() != name(r))) return;
    if (++wrong_ <= 40)
      ADD_FAILURE() << r.text << ": " << what << " is " << word(i.match) << " " << i.licenses.front();
  }

  // Where something may be inserted: between any two words, and at both ends.
  std::vector<std::size_t> places(const Reference& r) {
    std::vector<std::size_t> out;
    const std::size_t n = r.words.size();
    if (thorough()) {
      const std::size_t step = std::max<std::size_t>(1, n / 200);
      for (std::size_t at = 0; at <= n; at += step) out.push_back(at);
      for (const Group& g : r.groups) out.insert(out.end(), {g.begin, (g.begin + g.end) / 2, g.end});
    } else {
      out = {0, n, below(n + 1)};
      if (!r.groups.empty()) {
        const Group& g = r.groups[below(r.groups.size())];
        out.push_back((g.begin + g.end) / 2);
      }
    }
    return out;
  }

  void TearDown() override { fmt::print("{} changed texts, {} taken for the license\n", tried_, wrong_); }
};

TEST_F(Mutation, ARestrictionAddedAnywhere) {
  std::vector<Words> sentences;
  for (const char* s : kSentences) {
    sentences.emplace_back();
    for (const Token& t : tokens(s)) sentences.back().push_back({t.word, 0, 0});
  }
  for (const Reference& r : index_.references()) {
    for (const std::size_t at : places(r)) {
      const std::size_t s = below(sentences.size());
      Words changed = words_of(r);
      changed.insert(changed.begin() + static_cast<std::ptrdiff_t>(at), sentences[s].begin(),
                     sentences[s].end());
      expect_changed(changed, r, fmt::format("with \"{}\" at {} of {}", kSentences[s], at, r.words.size()));
    }
  }
}

TEST_F(Mutation, ANotAdded) {
  const Token no{word_of("not"), 0, 0};
  for (const Reference& r : index_.references()) {
    for (const std::size_t at : places(r)) {
      Words changed = words_of(r);
      changed.insert(changed.begin() + static_cast<std::ptrdiff_t>(at), no);
      expect_changed(changed, r, fmt::format("with \"not\" at {} of {}", at, r.words.size()));
    }
  }
}

TEST_F(Mutation, ANotLost) {
  std::vector<Word> negations;
  for (const char* s : {"not", "no", "nor", "without", "never", "cannot", "neither", "except", "unless"})
    negations.push_back(word_of(s));
  for (const Reference& r : index_.references()) {
    const Words all = words_of(r);
    // A name may be any name, and a notice of rights any notice, by the template's own words.
    std::vector<bool> any(all.size(), false);
    for (const Group& g : r.groups) {
      const bool wild = std::any_of(g.patterns.begin(), g.patterns.end(),
                                    [](const auto& p) { return std::count(p.begin(), p.end(), kAny) > 0; });
      if (g.kind != Group::Kind::title && g.kind != Group::Kind::copyright && !wild) continue;
      for (std::size_t k = g.begin; k < g.end; ++k) any[k] = true;
    }
    std::vector<std::size_t> at;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (!any[i] && std::find(negations.begin(), negations.end(), all[i].word) != negations.end())
        at.push_back(i);
    }
    for (std::size_t k = 0; k < at.size(); ++k) {
      if (!thorough() && k != at.size() / 2) continue;
      Words changed = all;
      changed.erase(changed.begin() + static_cast<std::ptrdiff_t>(at[k]));
      expect_changed(changed, r, fmt::format("without \"not\" at {} of {}", at[k], all.size()));
    }
  }
}

TEST_F(Mutation, AClauseLost) {
  for (const Reference& r : index_.references()) {
    std::vector<bool> may_lack(r.words.size(), false);
    for (const Group& g : r.groups) {
      for (std::size_t k = g.begin; k < g.end; ++k) may_lack[k] = true;
    }
    const std::size_t tries = thorough() ? 24 : 2;
    for (std::size_t t = 0; t < tries; ++t) {
      const std::size_t length = 8 + below(32);
      if (r.words.size() <= length) continue;
      const std::size_t at = below(r.words.size() - length);
      const auto first = may_lack.begin() + static_cast<std::ptrdiff_t>(at);
      if (std::find(first, first + static_cast<std::ptrdiff_t>(length), true) !=
          first + static_cast<std::ptrdiff_t>(length))
        continue;
      Words changed = words_of(r);
      changed.erase(changed.begin() + static_cast<std::ptrdiff_t>(at),
                    changed.begin() + static_cast<std::ptrdiff_t>(at + length));
      expect_changed(changed, r,
                     fmt::format("without words {} to {} of {}", at, at + length, r.words.size()));
    }
  }
}

// The references themselves, for all of this means nothing if nothing is ever recognized.
TEST_F(Mutation, NothingChanged) {
  for (const Reference& r : index_.references()) {
    const Identified i = identify(words_of(r), "", index_, lexicon_);
    const bool as_it_stands = i.match == Match::exact || i.match == Match::template_;
    if (!as_it_stands) ADD_FAILURE() << r.text << " is " << word(i.match);
  }
}

}  // namespace
}  // namespace howopen::license
