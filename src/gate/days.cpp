// Days without a clock and without a locale.
//
//   day_number("1970-01-02")  ->  1;  day_number("2026-02-30")  ->  nothing

#include <fmt/format.h>

#include <optional>

#include "howopen/policy.h"

namespace howopen {

std::optional<long> day_number(std::string_view day) {
  if (day.size() != 10 || day[4] != '-' || day[7] != '-') return std::nullopt;
  const auto digits = [&](std::size_t from, std::size_t n) -> int {
    int out = 0;
    for (std::size_t i = from; i < from + n; ++i) {
      if (day[i] < '0' || day[i] > '9') return -1;
      out = out * 10 + (day[i] - '0');
    }
    return out;
  };
  const int y = digits(0, 4);
  const int m = digits(5, 2);
  const int d = digits(8, 2);
  if (y < 0 || m < 1 || m > 12 || d < 1) return std::nullopt;
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
  if (d > kDays[m - 1] + (m == 2 && leap ? 1 : 0)) return std::nullopt;
  // Years that begin in March, so that the leap day is the last of its year.
  const int year = m <= 2 ? y - 1 : y;
  const int era = year / 400;
  const int of_era = year - era * 400;
  const int of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
  const long day_of_era = of_era * 365L + of_era / 4 - of_era / 100 + of_year;
  return era * 146097L + day_of_era - 719468;
}

std::string day_of(long number) {
  const long z = number + 719468;
  const long era = (z >= 0 ? z : z - 146096) / 146097;
  const long of_era = z - era * 146097;
  const long year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const long of_year = of_era - (365 * year + year / 4 - year / 100);
  const long month = (5 * of_year + 2) / 153;
  const long d = of_year - (153 * month + 2) / 5 + 1;
  const long m = month < 10 ? month + 3 : month - 9;
  return fmt::format("{:04}-{:02}-{:02}", year + era * 400 + (m <= 2 ? 1 : 0), m, d);
}

}  // namespace howopen
