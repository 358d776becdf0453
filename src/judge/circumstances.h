// Who asks, held against what a license says: numbers against thresholds, countries against territories.
#pragma once

#include <string>
#include <vector>

#include "howopen/permit.h"

namespace howopen::rules {

/// "more than 700,000,000 monthly active users".
std::string words_of(const Threshold& t);
/// What somebody can say to settle it: ": say --users", ": say --revenue in USD" to who said it in another
/// currency; "" for nothing.
std::string hint_of(const Threshold& t, const Circumstances& of);

/// `unsaid`: the circumstances do not tell, or in another measure or currency.
enum class Side { below, above, unsaid };
Side side_of(const Threshold& t, const Circumstances& of);

/// Whether a country or union is, or lies in, one of the list.
bool lies_in(const std::string& country, const std::vector<std::string>& list, const Uses& uses);
/// The same, or one of its countries does.
bool touches(const std::string& region, const std::vector<std::string>& list, const Uses& uses);

}  // namespace howopen::rules
