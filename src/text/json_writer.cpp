// The writer of JSON is ours: small, and it never throws at foreign bytes.
//
//   write_json(Json().set("a", 1), false)  ->  {"a":1}

#include "text/json_writer.h"

#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <utility>

#include "text/utf8.h"

namespace howopen::text {
namespace {

// Whether none of eight bytes needs an escape: all of them at once, by Mycroft's test for a zero byte.
bool plain_eight(const char* bytes) {
  constexpr std::uint64_t kOnes = 0x0101010101010101U;
  constexpr std::uint64_t kTops = 0x8080808080808080U;
  std::uint64_t all = 0;
  std::memcpy(&all, bytes, sizeof all);
  const auto holds = [&](std::uint64_t byte) {
    const std::uint64_t zero = all ^ (byte * kOnes);
    return (zero - kOnes) & ~zero;
  };
  const std::uint64_t below_blank = (all - 0x20 * kOnes) & ~all;
  return ((all | below_blank | holds('"') | holds('\\') | holds(0x7F)) & kTops) == 0;
}

// How many bytes at the start of `s` are written as they are.
std::size_t plain_head(std::string_view s) {
  std::size_t i = 0;
  while (i + 8 <= s.size() && plain_eight(s.data() + i)) i += 8;
  if (s.size() >= 8 && i + 8 > s.size() && plain_eight(s.data() + s.size() - 8)) return s.size();
  while (i < s.size() && static_cast<signed char>(s[i]) >= 0x20 && s[i] != '"' && s[i] != '\\' &&
         s[i] != 0x7F)
    ++i;
  return i;
}

// Writes the character that `s` begins with, one that is not plain; gives its bytes.
std::size_t write_other(std::string_view s, std::string& out) {
  const auto c = static_cast<unsigned char>(s[0]);
  if (c >= 0x80) {
    const std::string_view one = next_utf8(s);
    if (one.empty()) {
      out += "\xEF\xBF\xBD";
      return 1;
    }
    const std::uint32_t point = code_point(one);
    if (!is_hidden(point)) {
      out += one;
    } else if (point < 0x10000) {  // what turns the direction of text, ends a line of JavaScript, is not seen
      out += fmt::format("\\u{:04x}", point);
    } else {
      out += fmt::format("\\u{:04x}\\u{:04x}", 0xD800 + ((point - 0x10000) >> 10),
                         0xDC00 + ((point - 0x10000) & 0x3FF));
    }
    return one.size();
  }
  switch (c) {
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\r':
      out += "\\r";
      break;
    case '\t':
      out += "\\t";
      break;
    default:
      out += fmt::format("\\u{:04x}", c);
  }
  return 1;
}

// What needs no escape but for logs: runners obey `##[command]` and `##vso[command]` in them.
void write_plain(std::string_view s, std::string& out) {
  for (std::size_t at = s.find("##"); at != std::string_view::npos; at = s.find("##")) {
    out += s.substr(0, at + 1);
    out += "\\u0023";
    s.remove_prefix(at + 2);
  }
  out += s;
}

void write_string(std::string_view s, std::string& out) {
  std::size_t plain = plain_head(s);
  if (plain == s.size() && s.find("##") == std::string_view::npos) {  // as most of what is written: in one go
    const std::size_t at = out.size();
    out.append(s.size() + 2, '"');
    s.copy(out.data() + at + 1, s.size());
    return;
  }
  out += '"';
  for (;; plain = plain_head(s)) {
    write_plain(s.substr(0, plain), out);
    s.remove_prefix(plain);
    if (s.empty()) break;
    s.remove_prefix(write_other(s, out));
  }
  out += '"';
}

}  // namespace

JsonWriter::JsonWriter(Layout layout) : indent_(layout == Layout::indented) {
  out_.reserve(8192);
}

void JsonWriter::key(std::string_view name) {
  separate();
  write_string(name, out_);
  out_ += indent_ ? ": " : ":";
  named_ = true;
}

void JsonWriter::value(std::int64_t i) {
  raw(fmt::format_int(i).c_str());
}

void JsonWriter::value(double d) {
  if (!std::isfinite(d)) return value(nullptr);
  // Always with a point: 3.0 stays a number with a fraction in every reader's eyes.
  raw(d == std::floor(d) && std::fabs(d) < 1e15 ? fmt::format("{:.1f}", d) : fmt::format("{}", d));
}

// Trees are no deeper than what is read (limits.h) or what is built here.
void JsonWriter::value(const Json& tree) {
  if (tree.is_object()) {
    object([&] {
      for (const auto& [name, v] : tree.members()) member(name, v);
    });
  } else if (tree.is_array()) {
    array([&] {
      for (const Json& item : tree.items()) value(item);
    });
  } else if (const auto s = tree.string()) {
    string(*s);
  } else if (const auto b = tree.boolean()) {
    value(*b);
  } else if (tree.is_null()) {
    value(nullptr);
  } else if (const auto i = tree.integer(); i && !tree.is_real()) {
    value(*i);
  } else {
    value(*tree.real());
  }
}

std::string JsonWriter::take() {
  if (indent_) out_ += '\n';
  return std::exchange(out_, {});
}

void JsonWriter::open(char bracket) {
  separate();
  out_ += bracket;
  ++level_;
}

void JsonWriter::close(char bracket) {
  --level_;
  if (out_.back() != '{' && out_.back() != '[') line();  // an empty one stays as it is
  out_ += bracket;
}

// What comes before a key or a value: nothing after a key and at the start of it all.
void JsonWriter::separate() {
  if (std::exchange(named_, false) || level_ == 0) return;
  if (out_.back() != '{' && out_.back() != '[') out_ += ',';
  line();
}

void JsonWriter::line() {
  if (!indent_) return;
  out_ += '\n';
  out_.append(level_ * 2, ' ');
}

void JsonWriter::raw(std::string_view text) {
  separate();
  out_ += text;
}

void JsonWriter::string(std::string_view s) {
  separate();
  write_string(s, out_);
}

std::string write_json(const Json& value, bool indent) {
  JsonWriter out(indent ? JsonWriter::Layout::indented : JsonWriter::Layout::line);
  out.value(value);
  return out.take();
}

}  // namespace howopen::text
