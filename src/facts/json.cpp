// Facts as JSON and back, by the lists of members in fields.h. What is empty is left out, so that facts can
// be written by hand; what is seen is {"value": …, "where": …}, what is not is {"unseen": "denied", "where":
// …}.
//
//   Seen<bool>(true, "config.json")  <->  {"value": true, "where": "config.json", "kind": "metadata"}

#include <fmt/format.h>

#include <type_traits>

#include "facts/fields.h"
#include "text/object.h"

namespace howopen {
namespace facts {
namespace {

using text::Json;

template <class T>
concept Named = requires {
  Words<T>::names[0];
};

class Saver {
 public:
  Json take() { return std::move(out_); }

  template <class T>
  void operator()(std::string_view name, T& value) {
    Json json = to_json(value);
    if (!empty(json)) out_.set(name, std::move(json));
  }

 private:
  static bool empty(const Json& j) {
    return j.is_null() || (j.is_string() && j.string()->empty()) || (j.is_array() && j.items().empty()) ||
           (j.is_object() && j.members().empty());
  }

  static Json to_json(const std::string& s) { return Json(s); }
  static Json to_json(bool b) { return b ? Json(true) : Json(); }
  static Json to_json(double d) { return Json(d); }
  static Json to_json(int i) { return Json(i); }
  static Json to_json(std::int64_t i) { return Json(i); }
  template <Named E>
  static Json to_json(const E& e) {
    return Json(word(e));
  }
  template <class T>
  static Json to_json(std::optional<T>& o) {
    return o ? to_json(*o) : Json();
  }
  template <class T>
  static Json to_json(std::vector<T>& v) {
    Json out = Json::array();
    for (T& item : v) out.push(to_json(item));
    return out;
  }
  static Json to_json(std::map<std::string, std::int64_t>& m) {
    Json out = Json::object();
    for (const auto& [key, value] : m) out.set(key, Json(value));
    return out;
  }
  template <class T>
  static Json to_json(Seen<T>& s) {
    Json out = Json::object();
    if (s) {
      T value = *s;
      if constexpr (std::is_same_v<T, bool>)
        out.set("value", Json(value));
      else
        out.set("value", to_json(value));
      out.set("where", Json(s.where()));
      out.set("kind", Json(word(s.kind())));
    } else {
      if (s.why() == Unseen::not_asked && s.where().empty()) return {};
      out.set("unseen", Json(word(s.why())));
      out.set("where", Json(s.where()));
    }
    return out;
  }
  template <class T>
  requires(std::is_class_v<T> && !std::is_same_v<T, std::string>) static Json to_json(T& value) {
    Saver nested;
    fields(nested, value);
    return nested.take();
  }

  Json out_ = Json::object();
};

class Filler {
 public:
  explicit Filler(text::ObjectReader& in) : in_(in) {}

  template <class T>
  void operator()(std::string_view name, T& value) {
    from(name, value);
  }

 private:
  void from(std::string_view name, std::string& s) { s = in_.string(name); }
  void from(std::string_view name, bool& b) { b = in_.boolean(name, b); }
  void from(std::string_view name, double& d) { d = in_.real(name, d); }
  void from(std::string_view name, int& i) { i = static_cast<int>(in_.integer(name, i)); }
  void from(std::string_view name, std::int64_t& i) { i = in_.integer(name, i); }
  void from(std::string_view name, std::vector<std::string>& v) { v = in_.strings(name); }
  template <Named E>
  void from(std::string_view name, E& e) {
    e = in_.word(name, e);
  }
  template <class T>
  void from(std::string_view name, std::optional<T>& o) {
    if (!in_.has(name)) {
      in_.any(name);
      return;
    }
    o.emplace();
    nested(in_.object(name), in_.place_of(name), *o);
  }
  template <class T>
  void from(std::string_view name, std::vector<T>& v) {
    const Json& list = in_.array(name);
    for (std::size_t i = 0; i < list.items().size(); ++i) {
      v.emplace_back();
      nested(list.items()[i], fmt::format("{}[{}]", in_.place_of(name), i), v.back());
    }
  }
  void from(std::string_view name, std::map<std::string, std::int64_t>& m) {
    for (const auto& [key, value] : in_.object(name).members()) {
      if (const auto i = value.integer())
        m[key] = *i;
      else
        in_.wrong(name, fmt::format("\"{}\" is not a whole number", key));
    }
  }
  template <class T>
  void from(std::string_view name, Seen<T>& s) {
    if (!in_.has(name)) {
      in_.any(name);
      return;
    }
    seen(in_.object(name), in_.place_of(name), s);
  }
  template <class T>
  requires(std::is_class_v<T> && !std::is_same_v<T, std::string>) void from(std::string_view name, T& value) {
    if (!in_.has(name)) {
      in_.any(name);
      return;
    }
    nested(in_.object(name), in_.place_of(name), value);
  }

  template <class T>
  void nested(const Json& json, const std::string& place, Seen<T>& value) {
    seen(json, place, value);
  }
  template <class T>
  void nested(const Json& json, const std::string& place, T& value) {
    text::ObjectReader object(json, place);
    Filler loader(object);
    fields(loader, value);
    finish(object);
  }
  template <class T>
  void seen(const Json& json, const std::string& place, Seen<T>& s) {
    text::ObjectReader object(json, place);
    const std::string where = object.string("where");
    const Kind kind = object.word("kind", Kind::metadata);
    if (object.has("unseen")) {
      s = {object.word("unseen", Unseen::not_asked), where};
    } else {
      Filler loader(object);
      T value{};
      loader.from("value", value);
      if (!object.has("value")) object.wrong("value", "neither value nor unseen is there");
      s = {std::move(value), where, kind};
    }
    finish(object);
  }
  void finish(text::ObjectReader& object) {
    if (auto e = object.done()) in_.take(Result<bool>(tl::unexpected<Error>(std::move(*e))));
  }

  text::ObjectReader& in_;
};

}  // namespace
}  // namespace facts

std::string save_facts(const Facts& facts) {
  Facts copy = facts;  // the lists of members are for reading and writing alike
  facts::Saver saver;
  facts::fields(saver, copy);
  return text::write_json(saver.take(), true);
}

Result<Facts> load_facts(std::string_view json, const std::string& where) {
  const auto value = text::parse_json(json);
  if (!value) return fail(Fault::usage, "not JSON", where);
  text::ObjectReader reader(*value, where);
  facts::Filler loader(reader);
  Facts out;
  facts::fields(loader, out);
  if (auto e = reader.done()) return tl::unexpected<Error>(std::move(*e));
  return out;
}

}  // namespace howopen
