// What somebody says of a use and of themselves, as values.
//
//   "internal,product"  ->  two uses        "20M-USD"  ->  20,000,000 of USD        "EU,UK"  ->  EU, GB

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "catalog/embedded.h"
#include "howopen/permit.h"
#include "text/ascii.h"
#include "text/json.h"
#include "text/object.h"
#include "text/utf8.h"

namespace howopen {
namespace {

void upper(std::string& s) {
  for (char& c : s) {
    if (text::is_lower(c)) c = static_cast<char>(c - 'a' + 'A');
  }
}

// Calls `take` for each word between commas, without outer blanks.
template <class F>
void each_word(std::string_view list, F take) {
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    const std::string_view word = text::trim(list.substr(0, comma));
    if (!word.empty()) take(word);
    list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
  }
}

// Codes of countries, other ways to write them, and names.
struct Countries {
  std::map<std::string, std::string, std::less<>> names;   // of each code
  std::map<std::string, std::string, std::less<>> others;  // code of what is written
};

Countries read_countries() {
  Countries out;
  const text::Json json = text::parse_json(catalog::embedded_text("countries.json")).value_or(text::Json());
  for (const text::Json& row : json["countries"].items())
    out.names.emplace(row["code"].string_or(""), row["name"].string_or(""));
  for (const text::Json& row : json["others"].items())
    out.others.emplace(row["written"].string_or(""), row["code"].string_or(""));
  return out;
}

const Countries& countries() {
  static const Countries kCountries = read_countries();
  return kCountries;
}

// `DE` for Germany; what else can be done for what is neither code nor name.
std::string meant(std::string_view written) {
  for (const auto& [code, name] : countries().names) {
    if (text::equal_ignoring_case(name, written)) return fmt::format("did you mean {}?", code);
  }
  return "two letters each: --in EU,GB,KR";
}

}  // namespace

std::vector<Purpose> usual_purposes(const Catalog& catalog) {
  std::vector<Purpose> out;
  for (const Uses::Row& row : catalog.uses().rows) {
    if (row.usual) out.push_back(row.use);
  }
  return out;
}

Result<std::vector<Purpose>> parse_purposes(std::string_view words) {
  std::vector<Purpose> out;
  std::optional<Error> error;
  each_word(words, [&](std::string_view name) {
    if (const auto use = from_word<Purpose>(text::lower(name))) {
      if (std::find(out.begin(), out.end(), *use) == out.end()) out.push_back(*use);
      return;
    }
    const std::vector<std::string> all(std::begin(Words<Purpose>::names), std::end(Words<Purpose>::names));
    const auto near = text::nearest(name, all);
    if (!error)
      error = Error{Fault::usage, "no use of this name", text::printable(name),
                    near ? "did you mean " + *near + "?" : fmt::format("one of {}", fmt::join(all, ", "))};
  });
  if (error) return tl::unexpected<Error>(*error);
  if (out.empty()) return fail(Fault::usage, "no use is named", text::printable(words), "--for internal");
  return out;
}

Result<std::int64_t> parse_amount(std::string_view text) {
  std::int64_t value = 0;
  std::int64_t parts = 1;  // of one: 10 for 1.5
  std::size_t at = 0;
  bool point = false;
  for (; at < text.size() && at < 15; ++at) {
    if (text[at] == '.' && !point && at > 0) {
      point = true;
      continue;
    }
    if (!text::is_digit(text[at])) break;
    value = value * 10 + (text[at] - '0');
    if (point) parts *= 10;
  }
  const bool hangs = at > 0 && text[at - 1] == '.';
  const std::string unit = text::lower(text.substr(at));
  const std::int64_t times = unit.empty() ? 1 : unit == "k" ? 1'000 : unit == "m" ? 1'000'000 : 1'000'000'000;
  const bool known = unit.empty() || unit == "k" || unit == "m" || unit == "b";
  if (at == 0 || hangs || !known || value > INT64_C(1'000'000'000'000'000) / times)
    return fail(Fault::usage, "not a number", text::printable(text), "write 5000, 10k, 1.5M, 700M or 2B");
  if (value * times % parts != 0)
    return fail(Fault::usage, "not a whole number", text::printable(text), "write 5000, 10k, 1.5M or 2B");
  return value * times / parts;
}

Result<Circumstances::Money> parse_money(std::string_view text) {
  const std::size_t dash = text.find('-');
  const std::string_view currency = dash == std::string_view::npos ? "" : text.substr(dash + 1);
  const bool letters = currency.size() == 3 && std::all_of(currency.begin(), currency.end(),
                                                           [](char c) { return text::is_letter(c); });
  const auto amount = parse_amount(text.substr(0, dash));
  if (!letters || !amount)
    return fail(Fault::usage, "not an amount of money", text::printable(text),
                "write 20M-USD, 1.5M-USD or 500k-EUR");
  Circumstances::Money out{*amount, std::string(currency)};
  upper(out.currency);
  return out;
}

bool is_kind_of_user(std::string_view word) {
  return word == "company" || word == "person" || word == "academic" || word == "public";
}

Result<std::vector<std::string>> parse_countries(std::string_view text) {
  std::vector<std::string> out;
  std::string wrong;
  each_word(text, [&](std::string_view name) {
    std::string country(name);
    upper(country);
    const auto other = countries().others.find(country);
    if (other != countries().others.end()) country = other->second;
    if (wrong.empty() && !countries().names.contains(country)) wrong = name;
    if (std::find(out.begin(), out.end(), country) == out.end()) out.push_back(std::move(country));
  });
  if (!wrong.empty()) return fail(Fault::usage, "not a country", text::printable(wrong), meant(wrong));
  if (out.empty()) return fail(Fault::usage, "not a list of countries", text::printable(text), meant(text));
  return out;
}

}  // namespace howopen
