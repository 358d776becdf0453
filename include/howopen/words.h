/// Names of enumerators as they stand in JSON, in reports and in data/: one table per enumeration.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace howopen {

/// Specialized beside each enumeration as `static constexpr std::string_view names[]`, in the order of
/// its enumerators.
template <class E>
struct Words;

template <class E>
constexpr std::string_view word(E e) {
  return Words<E>::names[static_cast<std::size_t>(e)];
}

template <class E>
constexpr std::optional<E> from_word(std::string_view name) {
  for (std::size_t i = 0; i < std::size(Words<E>::names); ++i) {
    if (Words<E>::names[i] == name) return static_cast<E>(i);
  }
  return std::nullopt;
}

}  // namespace howopen
