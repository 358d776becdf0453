// data/reading/: languages, the phrases of each with sentences that show them.
//
//   {"language": "en", "cues": [{"cue": "fee", "phrases": ["must pay"], "match": ["You must pay."], "other":
//   ["Pay attention."]}]}  ->  Language en, one row

#include "catalog/cues.h"

#include "catalog/documents.h"
#include "catalog/parts.h"

namespace howopen {

const std::vector<catalog::Language>& Catalog::languages() const {
  return catalog::parsed(parts_->languages, catalog::read_languages, *parts_, "reading/");
}

const std::vector<catalog::Language>& Catalog::more_languages() const {
  return catalog::parsed(parts_->more_languages, catalog::read_languages, *parts_, "reading/more/");
}

}  // namespace howopen

namespace howopen::catalog {

Result<std::vector<Language>> read_languages(const std::vector<CatalogFile>& documents) {
  std::vector<Language> out;
  TRY([[maybe_unused]] const bool read, each_document(documents, [&](ObjectReader& document) {
        Language language;
        language.code = document.required_string("language");
        each_entry(document, "cues", [&](ObjectReader& entry) {
          CueRow row;
          entry.required_string("cue");
          row.cue = entry.word("cue", Cue::talk);
          row.phrases = entry.strings("phrases");
          row.match = entry.strings("match");
          row.other = entry.strings("other");
          row.where = entry.place_of("cue");
          if (row.phrases.empty()) entry.wrong("phrases", "no phrase");
          if (row.match.empty() || row.other.empty())
            entry.wrong("match",
                        "no example: a sentence that must match, and under `other` one that must not");
          language.cues.push_back(std::move(row));
        });
        const Json& words = document.object("words");
        for (const auto& [set, list] : words.members()) {
          WordRow row{set, {}};
          for (const std::string_view word : list.strings()) row.words.emplace_back(word);
          language.words.push_back(std::move(row));
        }
        for (const Json& pair : document.array("interchangeable").items()) {
          std::vector<std::string> two;
          for (const std::string_view word : pair.strings()) two.emplace_back(word);
          if (two.size() != 2) document.wrong("interchangeable", "not a pair of words");
          language.interchangeable.push_back(std::move(two));
        }
        out.push_back(std::move(language));
      }));
  return out;
}

}  // namespace howopen::catalog
