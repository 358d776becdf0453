/// Values with the place where they were seen, or the reason why they were not.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "howopen/words.h"

namespace howopen {

/// What kind of thing a piece of evidence is.
enum class Kind { file, metadata, link, text, curated };
template <>
struct Words<Kind> {
  static constexpr std::string_view names[] = {"file", "metadata", "link", "text", "curated"};
};

/// One thing that was seen. `where` is `path@commit`, `path:line@commit`, or a URL.
struct Observation {
  std::string what;
  std::string where;
  Kind kind = Kind::metadata;
};

/// Why there is nothing to see. `absent` and `denied` are answers; the others are not.
enum class Unseen { not_asked, absent, denied, failed, unreadable };
template <>
struct Words<Unseen> {
  static constexpr std::string_view names[] = {"not-asked", "absent", "denied", "failed", "unreadable"};
};

/// A value with the place where it was seen, or the reason why it was not. A failed answer can therefore
/// never be mistaken for an empty one.
template <class T>
class Seen {
 public:
  Seen() = default;
  Seen(Unseen why, std::string where) : why_(why), where_(std::move(where)) {}
  Seen(T value, std::string where, Kind kind = Kind::metadata)
      : value_(std::move(value)), where_(std::move(where)), kind_(kind) {}

  explicit operator bool() const { return value_.has_value(); }
  const T& operator*() const { return *value_; }
  const T* operator->() const { return &*value_; }
  T* operator->() { return &*value_; }
  /// Meaningful when there is no value.
  Unseen why() const { return why_; }
  const std::string& where() const { return where_; }
  Kind kind() const { return kind_; }
  /// Nobody knows: asked in vain or not asked. An absence and a shut door are known.
  bool unknown() const { return !value_ && why_ != Unseen::absent && why_ != Unseen::denied; }

 private:
  std::optional<T> value_;
  Unseen why_ = Unseen::not_asked;
  std::string where_;
  Kind kind_ = Kind::metadata;
};

}  // namespace howopen
