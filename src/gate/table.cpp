// One table of a TOML file: typed getters that remember which keys were asked for, so that the others are
// errors.
//
//   [gate] fail_on = "deny"  ->  error: unknown key; howopen.toml:2, gate.fail_on; did you mean fail-on?

#include "gate/table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "text/object.h"
#include "text/toml.h"
#include "text/utf8.h"

namespace howopen::gate {

using text::Json;

namespace {

// The first table with more of them; null for none. Depth is bounded by the parser.
const Json* too_wide(const Json& value) {
  if (value.is_object() && value.members().size() > kMostKeys) return &value;
  if (value.is_object()) {
    for (const auto& [key, member] : value.members()) {
      if (const Json* wide = too_wide(member)) return wide;
    }
  } else if (value.is_array()) {
    for (const Json& item : value.items()) {
      if (const Json* wide = too_wide(item)) return wide;
    }
  }
  return nullptr;
}

}  // namespace

std::optional<Json> parse_document(const PolicyText& file, std::vector<Error>& errors, std::string fix) {
  text::Toml toml = text::parse_toml(file.content);
  if (toml.value) {
    const Json* wide = too_wide(*toml.value);
    if (wide == nullptr) return std::move(toml.value);
    errors.push_back({Fault::usage, fmt::format("a table with more than {} keys", kMostKeys),
                      fmt::format("{}:{}", file.name, std::max(1, wide->line)), std::move(fix)});
    return std::nullopt;
  }
  const std::string where = toml.error->line == 0
                                ? file.name
                                : fmt::format("{}:{}:{}", file.name, toml.error->line, toml.error->column);
  errors.push_back({Fault::usage, "not TOML: " + toml.error->what, where, std::move(fix)});
  return std::nullopt;
}

Table::Table(const Json& table, std::string name, std::string file, std::vector<Error>& errors)
    : table_(table), name_(std::move(name)), file_(std::move(file)), errors_(errors) {
  if (!table_.is_null() && !table_.is_object())
    wrong_at(table_.line, fmt::format("{} is not a table", name_));
}

const Json* Table::find(std::string_view key) {
  known_.emplace(key);
  return table_.has(key) ? &table_[key] : nullptr;
}

const Json& Table::table(std::string_view key) {
  static const Json kEmpty;
  const Json* found = find(key);
  return found != nullptr ? *found : kEmpty;
}

std::vector<const Json*> Table::tables(std::string_view key) {
  std::vector<const Json*> out;
  const Json* found = find(key);
  if (found == nullptr) return out;
  if (found->is_object()) out.push_back(found);
  for (const Json& item : found->items()) out.push_back(&item);
  if (out.empty() && !found->is_array()) wrong(key, "is not a table", fmt::format("write [[{}]]", key));
  return out;
}

namespace {

// A number or a truth value that stands in quotes, without them; "" for other strings.
std::string_view unquoted(const Json& value, bool truth) {
  const std::string_view s = value.string_or("");
  if (truth) return s == "true" || s == "false" ? s : std::string_view();
  const bool number =
      !s.empty() && s.size() < 20 && s.find_first_not_of("0123456789.") == std::string_view::npos;
  return number ? s : std::string_view();
}

// What a string that is missing its quotes says; "" for lists and tables.
std::string plain(const Json& value) {
  if (const auto n = value.integer()) return fmt::format("{}", *n);
  if (const auto b = value.boolean()) return *b ? "true" : "false";
  if (const auto n = value.real()) return fmt::format("{}", *n);
  return {};
}

}  // namespace

std::string Table::without_quotes(std::string_view key, bool truth) const {
  const std::string_view meant = table_.has(key) ? unquoted(table_[key], truth) : std::string_view();
  return meant.empty() ? std::string() : fmt::format("write {} = {}, without the quotes", key, meant);
}

std::string Table::as_list(std::string_view key) const {
  const std::string_view one = table_.has(key) ? table_[key].string_or("") : std::string_view();
  const bool shown = !one.empty() && one.size() < 80 && one.find_first_of("\"\\\n") == std::string_view::npos;
  return fmt::format("write {} = [\"{}\"]", key, shown ? text::printable(one) : "…");
}

bool Table::string(std::string_view key, std::string& out) {
  const Json* found = find(key);
  if (found == nullptr) return false;
  const auto s = found->string();
  if (!s) {
    const std::string meant = plain(*found);
    const bool one = found->is_array() && found->items().size() == 1 && found->items()[0].is_string();
    wrong(key, "is not a string",
          !meant.empty() ? fmt::format("put it in quotes: {} = \"{}\"", key, meant)
          : one          ? "one string, without the brackets"
                         : "one string, in quotes");
    return false;
  }
  out = std::string(*s);
  return true;
}

bool Table::number(std::string_view key, double& out) {
  const Json* found = find(key);
  if (found == nullptr) return false;
  if (const auto n = found->real()) {
    out = *n;
    return true;
  }
  if (const auto n = found->integer()) {
    out = static_cast<double>(*n);
    return true;
  }
  wrong(key, "is not a number", without_quotes(key, false));
  return false;
}

bool Table::boolean(std::string_view key, bool& out) {
  const Json* found = find(key);
  if (found == nullptr) return false;
  const auto b = found->boolean();
  if (b)
    out = *b;
  else
    wrong(key, "is neither true nor false", without_quotes(key, true));
  return b.has_value();
}

bool Table::strings(std::string_view key, std::vector<std::string>& out) {
  const Json* found = find(key);
  if (found == nullptr) return false;
  if (!found->is_array()) {
    wrong(key, "is not a list", as_list(key));
    return false;
  }
  out.clear();
  for (const Json& item : found->items()) {
    if (const auto s = item.string())
      out.emplace_back(*s);
    else
      wrong_at(item.line, fmt::format("{} holds something that is not a string", dotted(key)));
  }
  return true;
}

std::string Table::required(std::string_view key) {
  std::string out;
  if (!table_.is_null() && !table_.is_object()) return out;  // that was said
  const bool there = table_.has(key);
  string(key, out);
  if (!there || (text::trim(out).empty() && table_[key].is_string())) wrong(key, "is required");
  return out;
}

bool Table::days(std::string_view key, int& out) {
  const Json* found = find(key);
  if (found == nullptr) return false;
  if (const auto n = found->integer(); n && *n >= 0 && *n <= 36500) {
    out = static_cast<int>(*n);
    return true;
  }
  const std::string_view s = found->string_or("");
  std::size_t digits = 0;
  int n = 0;
  while (digits < s.size() && digits < 5 && s[digits] >= '0' && s[digits] <= '9')
    n = n * 10 + (s[digits++] - '0');
  const std::string_view unit = s.substr(digits);
  if (digits == 0 || (unit != "d" && unit != "w" && !unit.empty())) {
    wrong(key, "is not a number of days", "write \"14d\" or \"2w\"");
    return false;
  }
  out = unit == "w" ? n * 7 : n;
  return true;
}

void Table::wrong(std::string_view key, std::string what, std::string fix) {
  const int line = table_.has(key) ? table_[key].line : table_.line;
  errors_.push_back({Fault::usage, fmt::format("{} {}", dotted(key), what),
                     fmt::format("{}:{}", file_, std::max(1, line)), std::move(fix)});
}

void Table::wrong_at(int line, std::string what, std::string fix) {
  errors_.push_back(
      {Fault::usage, std::move(what), fmt::format("{}:{}", file_, std::max(1, line)), std::move(fix)});
}

void Table::wrong_word(std::string_view key, const std::string& name, const std::vector<std::string>& names) {
  const auto near = text::nearest(name, names);
  wrong(key, fmt::format("is \"{}\"", text::printable(name)),
        near ? fmt::format("did you mean \"{}\"?", *near) : fmt::format("one of {}", fmt::join(names, ", ")));
}

std::string Table::dotted(std::string_view key) const {
  const std::string shown = text::printable(key);
  const bool bare =
      shown.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") ==
      std::string::npos;
  const std::string written = bare ? shown : "\"" + shown + "\"";
  return name_.empty() ? written : name_ + "." + written;
}

PolicyLine Table::line_of(std::string_view key) const {
  return {file_, table_.has(key) ? table_[key].line : table_.line, dotted(key)};
}

PolicyLine Table::line_of(std::string_view key, std::string_view value) const {
  PolicyLine out = line_of(key);
  out.text += fmt::format(" = {}", value);
  return out;
}

void Table::done() {
  const std::vector<std::string> names(known_.begin(), known_.end());
  for (const auto& [key, value] : table_.members()) {
    if (known_.contains(key)) continue;
    const auto near = text::nearest(key, names);
    errors_.push_back({Fault::usage, "unknown key " + dotted(key),
                       fmt::format("{}:{}", file_, std::max(1, value.line)),
                       near ? fmt::format("did you mean {}?", *near)
                            : fmt::format("known are: {}", fmt::join(names, ", "))});
  }
}

}  // namespace howopen::gate
