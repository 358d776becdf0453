// JSON of unknown origin: read with bounds, held as plain values, written as plain text.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "text/limits.h"

namespace howopen::text {

/// A JSON (or YAML) value. Looking for what is not there, or is of another type, gives a null value or
/// nothing; it never throws.
class Json {
 public:
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;  // in document order

  Json() = default;
  Json(bool b) : value_(b) {}                           // NOLINT(google-explicit-constructor)
  Json(std::int64_t i) : value_(i) {}                   // NOLINT(google-explicit-constructor)
  Json(int i) : value_(std::int64_t{i}) {}              // NOLINT(google-explicit-constructor)
  Json(double d) : value_(d) {}                         // NOLINT(google-explicit-constructor)
  Json(std::string s) : value_(std::move(s)) {}         // NOLINT(google-explicit-constructor)
  Json(std::string_view s) : value_(std::string(s)) {}  // NOLINT(google-explicit-constructor)
  Json(const char* s) : value_(std::string(s)) {}       // NOLINT(google-explicit-constructor)
  Json(Array a) : value_(std::move(a)) {}               // NOLINT(google-explicit-constructor)
  Json(Object o) : value_(std::move(o)) {}              // NOLINT(google-explicit-constructor)
  static Json object() { return Json(Object{}); }
  static Json array() { return Json(Array{}); }

  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  bool is_object() const { return std::holds_alternative<Object>(value_); }
  bool is_array() const { return std::holds_alternative<Array>(value_); }
  bool is_string() const { return std::holds_alternative<std::string>(value_); }
  bool is_real() const { return std::holds_alternative<double>(value_); }

  /// Member of an object; a null value when there is none. Of equal keys the last counts, as in a browser.
  const Json& operator[](std::string_view key) const;
  bool has(std::string_view key) const { return find(key) != nullptr; }

  /// Elements of an array, members of an object; empty for everything else.
  std::span<const Json> items() const;
  std::span<const Member> members() const;

  std::optional<std::string_view> string() const;
  std::optional<std::int64_t> integer() const;  ///< also of a real number without fraction
  std::optional<double> real() const;
  std::optional<bool> boolean() const;
  std::string_view string_or(std::string_view otherwise) const { return string().value_or(otherwise); }
  std::int64_t integer_or(std::int64_t otherwise) const { return integer().value_or(otherwise); }
  bool boolean_or(bool otherwise) const { return boolean().value_or(otherwise); }
  /// A string as one string, an array as its strings: cards write `license: mit` and `license: [mit]`.
  std::vector<std::string_view> strings() const;

  /// A member of an object, taken out of it; a null value when there is none.
  Json take(std::string_view key);

  /// Builds: adds a member to an object (a null value becomes an object) or an element to an array.
  Json& set(std::string_view key, Json value);
  Json& push(Json value);

  /// Line of the source, 1 for the first; 0 where it was not recorded (JSON). YAML records it.
  int line = 0;

 private:
  const Json* find(std::string_view key) const;
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> value_;
};

/// Reads one JSON document. Nothing for text that is not JSON, not UTF-8, or beyond the limits of depth
/// and size in limits.h. `skip` names members of the outermost object that are not kept: a model's record
/// holds far more than is asked of it.
std::optional<Json> parse_json(std::string_view bytes, std::initializer_list<std::string_view> skip = {});

/// Reads a JSON document without holding it: `visit` sees each string with the keys that lead to it (array
/// elements add no key). For documents of 60 MB. False for what is not JSON or too deep.
bool walk_json(std::string_view bytes,
               const std::function<void(std::span<const std::string> keys, std::string_view value)>& visit);

/// One line without blanks, or indented by two. Invalid UTF-8 becomes U+FFFD; control characters and
/// U+2028/2029 are escaped.
std::string write_json(const Json& value, bool indent);

}  // namespace howopen::text
