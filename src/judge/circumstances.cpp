// Numbers against thresholds, countries against territories.
//
//   more than 700,000,000, of 700,000,000 users  ->  below      DE, of a list with EU  ->  lies in it

#include "judge/circumstances.h"

#include <fmt/format.h>

#include <algorithm>

namespace howopen::rules {
namespace {

constexpr std::int64_t kMonths = 12;

std::string grouped(std::int64_t n) {
  std::string out = std::to_string(n);
  for (std::size_t at = out.size(); at > 3; at -= 3) out.insert(at - 3, ",");
  return out;
}

Side compare(std::int64_t least, std::int64_t most, const Threshold& t) {
  const std::int64_t bites = t.more_than >= 0 ? t.more_than + 1 : t.at_least;
  if (most < bites) return Side::below;
  return least >= bites ? Side::above : Side::unsaid;
}

const std::vector<std::string>* countries_of(const std::string& region, const Uses& uses) {
  const auto at = uses.regions.find(region);
  return at == uses.regions.end() ? nullptr : &at->second;
}

}  // namespace

std::string words_of(const Threshold& t) {
  std::string of = t.of;
  std::replace(of.begin(), of.end(), '-', ' ');
  const bool above = t.more_than >= 0;
  return fmt::format("{} {}{} {}", above ? "more than" : "at least",
                     t.currency.empty() ? "" : t.currency + " ", grouped(above ? t.more_than : t.at_least),
                     of);
}

std::string hint_of(const Threshold& t, const Circumstances& of) {
  if (t.of == "monthly-active-users") return ": say --users";
  if (t.currency.empty()) return {};
  const bool other = of.revenue && of.revenue->currency != t.currency;
  return other ? ": say --revenue in " + t.currency : ": say --revenue";
}

Side side_of(const Threshold& t, const Circumstances& of) {
  if (t.of == "monthly-active-users") return of.users ? compare(*of.users, *of.users, t) : Side::unsaid;
  if (t.currency.empty()) return of.users == 0 ? Side::below : Side::unsaid;
  if (!of.revenue || of.revenue->currency != t.currency) return Side::unsaid;
  if (t.of == "annual-revenue") return compare(of.revenue->amount, of.revenue->amount, t);
  // Of a year's revenue some month has a twelfth or more, and none more than all of it.
  if (t.of == "monthly-revenue") return compare(of.revenue->amount / kMonths, of.revenue->amount, t);
  return Side::unsaid;
}

bool lies_in(const std::string& country, const std::vector<std::string>& list, const Uses& uses) {
  return std::any_of(list.begin(), list.end(), [&](const std::string& region) {
    const auto* countries = countries_of(region, uses);
    return region == country ||
           (countries != nullptr && std::count(countries->begin(), countries->end(), country) > 0);
  });
}

bool touches(const std::string& region, const std::vector<std::string>& list, const Uses& uses) {
  const auto* countries = countries_of(region, uses);
  return lies_in(region, list, uses) ||
         (countries != nullptr && std::any_of(countries->begin(), countries->end(),
                                              [&](const std::string& c) { return lies_in(c, list, uses); }));
}

}  // namespace howopen::rules
