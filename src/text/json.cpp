// JSON in. What is plain goes through quick_json; the parser that decides is nlohmann's, driven
// through its event interface so that depth and size are bounded while reading (its tree reader recurses when
// it is destroyed: 2 million `[` end the process).
//
//   parse_json(R"({"a":[1,"x"]})")   ->  Json with ["a"].items()[0].integer() == 1

#include "text/json.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "text/quick_json.h"

namespace howopen::text {
namespace {

const Json kNull;

// Builds the tree. `open_` points into containers that do not move while they are open: a parent grows only
// after its child is closed.
class Builder {
 public:
  Builder(std::initializer_list<std::string_view> skip) : skip_(skip) {}

  bool null() { return scalar(Json()); }
  bool boolean(bool b) { return scalar(Json(b)); }
  bool number_integer(std::int64_t i) { return scalar(Json(i)); }
  bool number_unsigned(std::uint64_t u) {
    if (u > static_cast<std::uint64_t>(INT64_MAX)) return scalar(Json(static_cast<double>(u)));
    return scalar(Json(static_cast<std::int64_t>(u)));
  }
  bool number_float(double d, const std::string&) { return scalar(Json(d)); }
  bool string(std::string& s) { return scalar(Json(std::move(s))); }
  bool binary(std::vector<std::uint8_t>&) { return false; }
  bool start_object(std::size_t) { return open(Json::object()); }
  bool start_array(std::size_t) { return open(Json::array()); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(std::string& k) {
    if (skipping_ > 0) return true;
    key_ = std::move(k);
    if (stack_.size() == 1 && std::find(skip_.begin(), skip_.end(), key_) != skip_.end()) skip_next_ = true;
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) { return false; }

  Json take() { return std::move(root_); }

 private:
  bool scalar(Json value) {
    if (skipping_ > 0) return true;
    if (skip_next_) {
      skip_next_ = false;
      return true;
    }
    return place(std::move(value)) != nullptr;
  }
  bool open(Json container) {
    if (skipping_ > 0 || skip_next_) {
      skip_next_ = false;
      // A skipped part is bounded too: the parser itself keeps one bit a level.
      return ++skipping_ <= limits::kJsonDepth;
    }
    if (static_cast<int>(stack_.size()) >= limits::kJsonDepth) return false;
    Json* at = place(std::move(container));
    if (at == nullptr) return false;
    stack_.push_back(at);
    return true;
  }
  bool close() {
    if (skipping_ > 0) {
      --skipping_;
      return true;
    }
    stack_.pop_back();
    return true;
  }
  Json* place(Json value) {
    if (++values_ > limits::kJsonValues) return nullptr;
    if (stack_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    Json& parent = *stack_.back();
    return parent.is_object() ? &parent.set(key_, std::move(value)) : &parent.push(std::move(value));
  }

  std::initializer_list<std::string_view> skip_;
  Json root_;
  std::vector<Json*> stack_;
  std::string key_;
  std::size_t values_ = 0;
  int skipping_ = 0;
  bool skip_next_ = false;
};

class Walker {
 public:
  using Visit = std::function<void(std::span<const std::string>, std::string_view)>;
  explicit Walker(const Visit& visit) : visit_(visit) {}

  bool null() { return true; }
  bool boolean(bool) { return true; }
  bool number_integer(std::int64_t) { return true; }
  bool number_unsigned(std::uint64_t) { return true; }
  bool number_float(double, const std::string&) { return true; }
  bool binary(std::vector<std::uint8_t>&) { return false; }
  bool string(std::string& s) {
    visit_(keys_, s);
    return true;
  }
  bool start_object(std::size_t) {
    keys_.emplace_back();
    return deeper();
  }
  bool end_object() {
    keys_.pop_back();
    --depth_;
    return true;
  }
  bool start_array(std::size_t) { return deeper(); }
  bool end_array() {
    --depth_;
    return true;
  }
  bool key(std::string& k) {
    keys_.back() = std::move(k);
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) { return false; }

 private:
  bool deeper() { return ++depth_ <= limits::kJsonDepth; }
  const Visit& visit_;
  std::vector<std::string> keys_;
  int depth_ = 0;
};

}  // namespace

const Json* Json::find(std::string_view key) const {
  const auto* object = std::get_if<Object>(&value_);
  if (object == nullptr) return nullptr;
  for (auto it = object->rbegin(); it != object->rend(); ++it) {
    if (it->first == key) return &it->second;
  }
  return nullptr;
}

const Json& Json::operator[](std::string_view key) const {
  const Json* found = find(key);
  return found != nullptr ? *found : kNull;
}

Json Json::take(std::string_view key) {
  const Json* found = find(key);
  return found != nullptr ? std::exchange(const_cast<Json&>(*found), Json()) : Json();
}

std::span<const Json> Json::items() const {
  const auto* array = std::get_if<Array>(&value_);
  return array != nullptr ? std::span<const Json>(*array) : std::span<const Json>();
}

std::span<const Json::Member> Json::members() const {
  const auto* object = std::get_if<Object>(&value_);
  return object != nullptr ? std::span<const Member>(*object) : std::span<const Member>();
}

std::optional<std::string_view> Json::string() const {
  if (const auto* s = std::get_if<std::string>(&value_)) return *s;
  return std::nullopt;
}

std::optional<std::int64_t> Json::integer() const {
  if (const auto* i = std::get_if<std::int64_t>(&value_)) return *i;
  if (const auto* d = std::get_if<double>(&value_)) {
    if (std::fabs(*d) < 9e15 && *d == std::floor(*d)) return static_cast<std::int64_t>(*d);
  }
  return std::nullopt;
}

std::optional<double> Json::real() const {
  if (const auto* d = std::get_if<double>(&value_)) return *d;
  if (const auto* i = std::get_if<std::int64_t>(&value_)) return static_cast<double>(*i);
  return std::nullopt;
}

std::optional<bool> Json::boolean() const {
  if (const auto* b = std::get_if<bool>(&value_)) return *b;
  return std::nullopt;
}

std::vector<std::string_view> Json::strings() const {
  std::vector<std::string_view> out;
  if (const auto s = string()) out.push_back(*s);
  for (const Json& item : items()) {
    if (const auto s = item.string()) out.push_back(*s);
  }
  return out;
}

Json& Json::set(std::string_view key, Json value) {
  if (!is_object()) value_ = Object{};
  auto& members = std::get<Object>(value_);
  return members.emplace_back(std::string(key), std::move(value)).second;
}

Json& Json::push(Json value) {
  if (!is_array()) value_ = Array{};
  return std::get<Array>(value_).emplace_back(std::move(value));
}

std::optional<Json> parse_json(std::string_view bytes, std::initializer_list<std::string_view> skip) {
  if (auto plain = quick_json(bytes, skip)) return plain;
  Builder builder(skip);
  if (!nlohmann::json::sax_parse(bytes.begin(), bytes.end(), &builder)) return std::nullopt;
  return builder.take();
}

bool walk_json(std::string_view bytes,
               const std::function<void(std::span<const std::string>, std::string_view)>& visit) {
  Walker walker(visit);
  return nlohmann::json::sax_parse(bytes.begin(), bytes.end(), &walker);
}

}  // namespace howopen::text
