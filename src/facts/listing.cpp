// Pages of a listing, taken apart: each element is a record of its own, and answers the question for its
// model.
//
//   [{"id":"a/b","sha":"…"},{"id":"a/c"}]  ->  {model, a/b} {"id":"a/b",…}, {model, a/c} {"id":"a/c"}

#include "facts/names.h"
#include "facts/readings.h"
#include "text/slices.h"

namespace howopen {
namespace facts {

std::optional<Listed> read_listing(std::string_view json) {
  const auto elements = text::slice_array(json);
  if (!elements) return std::nullopt;
  Listed out;
  for (const std::string_view element : *elements) {
    if (const std::string_view id = id_in_record(element); !id.empty()) out.ids.emplace_back(id);
  }
  return out;
}

}  // namespace facts

std::string_view id_in_record(std::string_view record) {
  // Records of 2022 call it modelId.
  for (const std::string_view key : {"id", "modelId"}) {
    const std::string_view id = text::slice_string(record, key);
    if (facts::is_repository_id(id)) return id;
  }
  return {};
}

std::optional<std::vector<std::string>> models_in_collection(std::string_view json) {
  const auto collection = text::parse_json(json);
  if (!collection || !(*collection)["items"].is_array()) return std::nullopt;
  std::vector<std::string> out;
  // Datasets, spaces and papers are items as well.
  for (const text::Json& item : (*collection)["items"].items()) {
    const std::string_view id = item["id"].string_or("");
    if (item["type"].string_or("") == "model" && facts::is_repository_id(id)) out.emplace_back(id);
  }
  return out;
}

std::optional<std::vector<std::pair<Want, Answer>>> split_listing(const Answer& page) {
  const auto elements = text::slice_array(page.body);
  if (!elements) return std::nullopt;
  std::vector<std::pair<Want, Answer>> out;
  for (const std::string_view element : *elements) {
    const std::string_view id = id_in_record(element);
    if (id.empty()) continue;
    Answer answer;
    answer.outcome = Outcome::got;
    answer.id = id;
    answer.personal = page.personal;
    // Where it can be looked at again: the listing is another one tomorrow.
    answer.where = page.where + "/" + std::string(id);
    answer.body = element;
    out.emplace_back(Want{Topic::model, std::string(id), "", "", ""}, std::move(answer));
  }
  return out;
}

}  // namespace howopen
