// Strict reading of our own documents.
//
//   {"id": "MIT", "clas": "open"}  ->  error: unknown key "clas"; licenses.json: licenses[0].clas;
//                                      did you mean "class"?

#include "text/object.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "text/utf8.h"

namespace howopen::text {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), row(b.size() + 1), next(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    next[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      next[j] = std::min({row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        next[j] = std::min(next[j], before[j - 2] + 1);
    }
    before.swap(row);
    row.swap(next);
  }
  return row[b.size()];
}

std::optional<std::string> nearest(std::string_view name, const std::vector<std::string>& candidates) {
  if (name.size() > 64) return std::nullopt;  // no typing error, and the comparison is quadratic
  std::optional<std::string> best;
  std::size_t least = std::max<std::size_t>(1, name.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > 64) continue;
    const std::size_t d = edit_distance(name, candidate);
    if (d < least) {
      least = d;
      best = candidate;
    }
  }
  return best;
}

ObjectReader::ObjectReader(const Json& object, std::string place)
    : object_(object), place_(std::move(place)) {
  if (!object.is_object()) error_ = Error{Fault::usage, "not a JSON object", place_, {}};
}

std::string ObjectReader::place_of(std::string_view key) const {
  return fmt::format("{}.{}", place_, key);
}

void ObjectReader::wrong(std::string_view key, std::string what, std::string fix) {
  if (!error_) error_ = Error{Fault::usage, std::move(what), place_of(key), std::move(fix)};
}

void ObjectReader::wrong_word(std::string_view key, const std::string& name,
                              const std::vector<std::string>& names) {
  const auto near = nearest(name, names);
  wrong(key, fmt::format("\"{}\" is not one of {}", printable(name), fmt::join(names, ", ")),
        near ? fmt::format("did you mean \"{}\"?", *near) : std::string());
}

const Json& ObjectReader::look(std::string_view key) {
  known_.push_back(key);
  return object_[key];
}

std::string ObjectReader::string(std::string_view key) {
  const Json& value = look(key);
  if (value.is_null()) return {};
  if (const auto s = value.string()) return std::string(*s);
  wrong(key, "not a string");
  return {};
}

std::string ObjectReader::required_string(std::string_view key) {
  std::string s = string(key);
  if (s.empty()) wrong(key, "missing or empty");
  return s;
}

std::int64_t ObjectReader::integer(std::string_view key, std::int64_t otherwise) {
  const Json& value = look(key);
  if (value.is_null()) return otherwise;
  if (const auto i = value.integer()) return *i;
  wrong(key, "not a whole number");
  return otherwise;
}

double ObjectReader::real(std::string_view key, double otherwise) {
  const Json& value = look(key);
  if (value.is_null()) return otherwise;
  if (const auto d = value.real()) return *d;
  wrong(key, "not a number");
  return otherwise;
}

bool ObjectReader::boolean(std::string_view key, bool otherwise) {
  const Json& value = look(key);
  if (value.is_null()) return otherwise;
  if (const auto b = value.boolean()) return *b;
  wrong(key, "neither true nor false");
  return otherwise;
}

std::vector<std::string> ObjectReader::strings(std::string_view key) {
  std::vector<std::string> out;
  for (const Json& item : array(key).items()) {
    if (const auto s = item.string())
      out.emplace_back(*s);
    else
      wrong(key, "not a list of strings");
  }
  return out;
}

const Json& ObjectReader::array(std::string_view key) {
  const Json& value = look(key);
  if (!value.is_null() && !value.is_array()) wrong(key, "not a list");
  return value;
}

const Json& ObjectReader::object(std::string_view key) {
  const Json& value = look(key);
  if (!value.is_null() && !value.is_object()) wrong(key, "not an object");
  return value;
}

const Json& ObjectReader::any(std::string_view key) {
  return look(key);
}

std::optional<Error> ObjectReader::done() {
  if (error_) return error_;
  for (const auto& [key, value] : object_.members()) {
    if (std::find(known_.begin(), known_.end(), key) != known_.end()) continue;
    const auto near = nearest(key, std::vector<std::string>(known_.begin(), known_.end()));
    return Error{Fault::usage, fmt::format("unknown key \"{}\"", printable(key)), place_of(printable(key)),
                 near ? fmt::format("did you mean \"{}\"?", *near) : std::string()};
  }
  return std::nullopt;
}

}  // namespace howopen::text
