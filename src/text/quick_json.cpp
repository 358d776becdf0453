// Most JSON that is read is plain: records of the Hub, a few kilobytes each, thousands in a batch. simdjson
// reads those. It accepts less than nlohmann's parser does and means the same by all it accepts, so whatever
// it refuses goes the other way, which alone decides what is no JSON.
//
//   quick_json(R"({"a":[1,"x"]})", {})  ->  Json with ["a"].items()[0].integer() == 1
//   quick_json(R"({"a":1)", {})         ->  nothing, and parse_json finds the same out

#include "text/quick_json.h"

#include <simdjson.h>

#include <algorithm>

namespace howopen::text {
namespace {

namespace dom = simdjson::dom;

// Its buffers take 14 bytes for each of the document.
constexpr std::size_t kLargest = 1u << 20;
// simdjson counts the outermost level and the innermost value as well.
constexpr std::size_t kLevels = limits::kJsonDepth;
static_assert(kLargest / 2 < limits::kJsonValues);

Json planted(const dom::element& from);

Json planted(const dom::array& from) {
  Json::Array out;
  out.reserve(from.size());
  for (const dom::element item : from) out.push_back(planted(item));
  return Json(std::move(out));
}

Json planted(const dom::object& from, std::initializer_list<std::string_view> skip) {
  Json::Object out;
  out.reserve(from.size());
  for (const dom::key_value_pair member : from) {
    if (std::find(skip.begin(), skip.end(), member.key) == skip.end())
      out.emplace_back(std::string(member.key), planted(member.value));
  }
  return Json(std::move(out));
}

// No deeper than kLevels.
Json planted(const dom::element& from) {
  switch (from.type()) {
    case dom::element_type::ARRAY:
      return planted(dom::array(from));
    case dom::element_type::OBJECT:
      return planted(dom::object(from), {});
    case dom::element_type::STRING:
      return Json(std::string_view(from));
    case dom::element_type::INT64:
      return Json(std::int64_t(from));
    case dom::element_type::UINT64:  // only those beyond an int64
      return Json(static_cast<double>(std::uint64_t(from)));
    case dom::element_type::DOUBLE:
      return Json(double(from));
    case dom::element_type::BOOL:
      return Json(bool(from));
    case dom::element_type::NULL_VALUE:
      break;
  }
  return Json();
}

}  // namespace

std::optional<Json> quick_json(std::string_view bytes, std::initializer_list<std::string_view> skip) {
  if (bytes.size() > kLargest) return std::nullopt;
  dom::parser parser(kLargest);
  dom::element root;
  if (parser.allocate(bytes.size(), kLevels) != simdjson::SUCCESS ||
      parser.parse(bytes.data(), bytes.size()).get(root) != simdjson::SUCCESS)
    return std::nullopt;
  if (root.is_object()) return planted(dom::object(root), skip);
  return planted(root);
}

}  // namespace howopen::text
