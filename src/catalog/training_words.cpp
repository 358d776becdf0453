// What names of files tell of the training of a model: data/training.json -> a part of the catalog.
//
//   {"part": "trace", "names": ["trainer_state.json"]}  ->  a row that any trainer_state.json fits

#include <fmt/format.h>

#include <array>

#include "catalog/documents.h"
#include "catalog/parts.h"
#include "text/utf8.h"

namespace howopen::catalog {
namespace {

constexpr std::array<std::string_view, 5> kParts = {"none", "entry", "configuration", "recipe", "trace"};

TrainingWords::Part part_in(ObjectReader& row) {
  const std::string name = row.required_string("part");
  for (std::size_t i = 0; i < kParts.size(); ++i)
    if (name == kParts[i]) return static_cast<TrainingWords::Part>(i);
  row.wrong("part", fmt::format("no part of this name: {}", name));
  return TrainingWords::Part::none;
}

std::vector<std::string> lowered(std::vector<std::string> words) {
  for (std::string& word : words) word = text::lower(word);
  return words;
}

std::vector<TrainingWords::Row> rows_in(ObjectReader& document, const char* key) {
  std::vector<TrainingWords::Row> out;
  each_entry(document, key, [&](ObjectReader& row) {
    TrainingWords::Row r;
    r.part = part_in(row);
    r.tunes = row.boolean("tunes");
    r.names = lowered(row.strings("names"));
    r.starts = lowered(row.strings("starts"));
    r.endings = lowered(row.strings("endings"));
    r.name_has = lowered(row.strings("name_has"));
    r.path_has = lowered(row.strings("path_has"));
    r.folder_has = lowered(row.strings("folder_has"));
    r.match = row.string("match");
    r.other = row.string("other");
    out.push_back(std::move(r));
  });
  return out;
}

void append(std::vector<std::string>& to, std::vector<std::string> words) {
  for (std::string& word : lowered(std::move(words))) to.push_back(std::move(word));
}

}  // namespace

Result<TrainingWords> read_training_words(const std::vector<CatalogFile>& documents) {
  TrainingWords out;
  TRY([[maybe_unused]] const bool read, each_document(documents, [&](ObjectReader& document) {
        for (TrainingWords::Row& row : rows_in(document, "files")) out.files.push_back(std::move(row));
        for (TrainingWords::Row& row : rows_in(document, "settings")) out.settings.push_back(std::move(row));
        each_entry(document, "card_settings", [&](ObjectReader& row) {
          out.card_settings.push_back(
              {row.strings("has"), row.required_string("of"), row.string("match"), row.string("other")});
        });
        append(out.starts_from, document.strings("starts_from"));
        append(out.merges, document.strings("merges"));
        append(out.launchers, document.strings("launchers"));
        append(out.inference, document.strings("inference"));
        append(out.for_users, document.strings("for_users"));
        append(out.for_users_folders, document.strings("for_users_folders"));
        append(out.trainers, document.strings("trainers"));
        append(out.every_model, document.strings("every_model"));
        append(out.sizes, document.strings("sizes"));
      }));
  return out;
}

}  // namespace howopen::catalog
