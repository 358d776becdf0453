// The lexicons of a catalog: of the usual languages for most cards, of all for the others. To read all
// languages takes twice as long as to judge a card.
//
//   "Model nesmí být používán ke komerčním účelům."  ->  every_language()

#include <memory>
#include <string_view>
#include <vector>

#include "howopen/catalog.h"
#include "reading/binding.h"
#include "reading/fold.h"
#include "reading/lexicon.h"
#include "text/ascii.h"
#include "text/utf8.h"

namespace howopen::reading {
namespace {

struct Made {
  Lexicon lexicon;
  BindingWords binding;
};
const Made& made_of(const Catalog& catalog) {
  const void* made =
      catalog.made(Catalog::Product::words, [](const Catalog& c) -> std::shared_ptr<const void> {
        return std::make_shared<const Made>(
            Made{Lexicon(c.languages()), BindingWords(c.file("binding_words.txt"))});
      });
  return *static_cast<const Made*>(made);
}

}  // namespace

const Lexicon& lexicon(const Catalog& catalog) {
  return made_of(catalog).lexicon;
}

const Lexicon& every_language(const Catalog& catalog) {
  const void* made =
      catalog.made(Catalog::Product::more_words, [](const Catalog& c) -> std::shared_ptr<const void> {
        std::vector<catalog::Language> all = c.languages();
        all.insert(all.end(), c.more_languages().begin(), c.more_languages().end());
        return std::make_shared<const Lexicon>(all);
      });
  return *static_cast<const Lexicon*>(made);
}

const Lexicon& lexicon_for(std::string_view text, const Catalog& catalog) {
  constexpr int kLetters = 8;  // of names there are fewer
  int letters = 0;
  for (std::size_t at = 0; at < text.size() && letters < kLetters; ++at) {
    if (!text::is_beyond(text[at])) continue;
    const std::string_view one = text::next_utf8(text.substr(at, 4));
    if (one.empty()) continue;
    const auto kind = fold(text::code_point(one)).kind;
    letters += kind == Folded::Kind::letters || kind == Folded::Kind::other ||
                       (kind == Folded::Kind::ideograph && text::code_point(one) < 0x2E80)
                   ? 1
                   : 0;
    at += one.size() - 1;
  }
  return letters < kLetters ? lexicon(catalog) : every_language(catalog);
}

const BindingWords& binding_words(const Catalog& catalog) {
  return made_of(catalog).binding;
}

}  // namespace howopen::reading
