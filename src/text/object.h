// Reading our own JSON documents (data/, saved snapshots and facts) strictly: a wrong type, a missing or an
// unknown key is an error that names the place and, for a typing error, the nearest right name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "howopen/result.h"
#include "howopen/words.h"
#include "text/json.h"

namespace howopen::text {

/// Steps that make one of the other: a letter more, less, another, or two that changed places.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate that differs from `name` in the fewest letters, if that is at most a third of them.
std::optional<std::string> nearest(std::string_view name, const std::vector<std::string>& candidates);

/// Reads the members of one object. Getters return an empty value when something is wrong; done() tells the
/// first thing that was. Keys are remembered as they are given, and have to outlive the reader.
class ObjectReader {
 public:
  /// `place` is put before the key in messages: `licenses.json: licenses[3]`.
  ObjectReader(const Json& object, std::string place);

  std::string string(std::string_view key);  ///< "" when absent or null
  std::string required_string(std::string_view key);
  std::int64_t integer(std::string_view key, std::int64_t otherwise = 0);
  double real(std::string_view key, double otherwise = 0);
  bool boolean(std::string_view key, bool otherwise = false);
  std::vector<std::string> strings(std::string_view key);
  const Json& array(std::string_view key);   ///< a null value when absent
  const Json& object(std::string_view key);  ///< a null value when absent
  /// A member that may be of any type, read by the caller.
  const Json& any(std::string_view key);
  bool has(std::string_view key) const { return object_[key].is_null() == false; }

  template <class E>
  E word(std::string_view key, E otherwise) {
    const std::string name = string(key);
    if (name.empty()) return otherwise;
    if (const auto e = from_word<E>(name)) return *e;
    std::vector<std::string> names(std::begin(Words<E>::names), std::end(Words<E>::names));
    wrong_word(key, name, names);
    return otherwise;
  }

  std::string place_of(std::string_view key) const;
  void wrong(std::string_view key, std::string what, std::string fix = {});
  /// Takes over the error of a nested read.
  template <class T>
  std::optional<T> take(Result<T> result) {
    if (result) return std::move(*result);
    if (!error_) error_ = result.error();
    return std::nullopt;
  }

  /// The first error, unknown keys included.
  std::optional<Error> done();

 private:
  const Json& look(std::string_view key);
  void wrong_word(std::string_view key, const std::string& name, const std::vector<std::string>& names);

  const Json& object_;
  std::string place_;
  std::vector<std::string_view> known_;  // few
  std::optional<Error> error_;
};

}  // namespace howopen::text
