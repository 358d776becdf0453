// JSON as it is written: straight into the text, no tree in between.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/json.h"

namespace howopen::text {

/// Writes one JSON document, part by part in the order of the calls:
///
///     JsonWriter out(JsonWriter::Layout::line);
///     out.object([&] { out.member("id", "acme/m"); });      // {"id":"acme/m"}
///
/// Any bytes are welcome: invalid UTF-8 becomes U+FFFD; control characters and U+2028/2029 are escaped. A
/// member is named by its caller, once: names are not compared.
class JsonWriter {
 public:
  enum class Layout { line, indented };  ///< without blanks, or one value a line, two blanks a level
  explicit JsonWriter(Layout layout);

  template <class Write>
  void object(Write&& write) {
    open('{');
    write();
    close('}');
  }
  template <class Write>
  void array(Write&& write) {
    open('[');
    write();
    close(']');
  }
  void key(std::string_view name);
  /// A member that is an object.
  template <class Write>
  void object(std::string_view name, Write&& write) {
    key(name);
    object(write);
  }
  /// A member that is an object, or null where `it` is empty; `write` gets what it holds.
  template <class T, class Write>
  void object_or_null(std::string_view name, const T& it, Write&& write) {
    key(name);
    it ? object([&] { write(*it); }) : value(nullptr);
  }
  /// A member that is a list of objects, one for each element of `list`.
  template <class List, class Write>
  void objects(std::string_view name, const List& list, Write&& write) {
    key(name);
    array([&] {
      for (const auto& one : list) object([&] { write(one); });
    });
  }

  void value(std::nullptr_t) { raw("null"); }
  void value(std::same_as<bool> auto b) { raw(b ? "true" : "false"); }
  void value(std::int64_t i);
  void value(int i) { value(std::int64_t{i}); }
  void value(double d);  ///< always with a point or an exponent; null for what is no number
  void value(const std::convertible_to<std::string_view> auto& s) { string(s); }
  void value(const Json& tree);
  template <class T>
  void value(const std::vector<T>& list) {
    array([&] {
      for (const T& one : list) value(one);
    });
  }
  template <class T>
  void value(const std::optional<T>& some) {
    some ? value(*some) : value(nullptr);
  }

  template <class T>
  void member(std::string_view name, const T& v) {
    key(name);
    value(v);
  }

  std::string take();  ///< the document; a line of its own where it is indented

 private:
  void open(char bracket);
  void close(char bracket);
  void separate();
  void line();
  void raw(std::string_view text);
  void string(std::string_view s);

  std::string out_;
  bool indent_;
  bool named_ = false;  // a key waits for its value
  std::size_t level_ = 0;
};

/// Null in place of an empty string.
inline std::optional<std::string_view> or_null(std::string_view s) {
  return s.empty() ? std::nullopt : std::optional(s);
}

}  // namespace howopen::text
