// What follows from a license's id or class alone.
//
//   altered_id("MIT", Match::extra_terms)  ->  LicenseRef-MIT-with-extra-terms
//   stricter(open, non_commercial)         ->  non_commercial

#include <fmt/format.h>

#include <array>

#include "howopen/catalog.h"

namespace howopen {
namespace {

constexpr std::array<std::pair<Match, std::string_view>, 3> kAltered = {
    {{Match::extra_terms, "-with-extra-terms"},
     {Match::modified, "-modified"},
     {Match::incomplete, "-incomplete"}}};

int rank(LicenseClass c) {
  switch (c) {
    case LicenseClass::open:
      return 0;
    case LicenseClass::permissive_with_conditions:
      return 1;
    case LicenseClass::unknown:
      return 2;
    case LicenseClass::use_restricted:
      return 3;
    case LicenseClass::non_commercial:
      return 4;
    case LicenseClass::proprietary:
      return 5;
    case LicenseClass::none:
      return 6;
  }
  return 2;
}

}  // namespace

LicenseClass stricter(LicenseClass a, LicenseClass b) {
  return rank(a) >= rank(b) ? a : b;
}

std::string altered_id(std::string_view id, Match how) {
  std::string base(id.starts_with("LicenseRef-") ? id.substr(11) : id);
  for (char& c : base) c = c == '+' || c == ' ' ? '-' : c;
  for (const auto& [match, suffix] : kAltered) {
    if (match == how) return fmt::format("LicenseRef-{}{}", base, suffix);
  }
  return std::string(id);
}

std::optional<AlteredLicense> altered_license(std::string_view id) {
  if (!id.starts_with("LicenseRef-")) return std::nullopt;
  for (const auto& [match, suffix] : kAltered) {
    if (id.size() > 11 + suffix.size() && id.ends_with(suffix))
      return AlteredLicense{std::string(id.substr(11, id.size() - 11 - suffix.size())), match};
  }
  return std::nullopt;
}

}  // namespace howopen
