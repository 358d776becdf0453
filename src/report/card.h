// Parts of the terminal's card.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/layout.h"

namespace howopen::report {

inline constexpr int kCardLabel = 10;  // columns of "  license "

/// The verdict as people write it; of one that is not certain its range.
std::string verdict_words(const Verdict& v);
/// Not even a range: there was no record to judge.
bool nothing_seen(const Verdict& v);
/// What it means, in sentences. Holds foreign text.
std::string plain_words(const Verdict& v, const Catalog& catalog);
Color color_of(Rung rung);
std::string class_words(LicenseClass cls);  ///< `restricts uses`
std::string score_words(const Verdict& v);

/// Where something was seen: words that are short, and the address where there is one.
struct Spot {
  std::string words;
  std::string url;
};
Spot seen_in(const Verdict& v, std::string_view where, const Style& style);

std::string license_lines(const Verdict& v, const Style& style, const Catalog& catalog);
std::string missing_lines(const Verdict& v, const Style& style);
std::string crosswalk_lines(const Verdict& v, const Style& style);
std::string finding_lines(const Verdict& v, const Style& style, const Catalog& catalog);
std::string error_lines(const Verdict& v, const Style& style);
/// All evidence of a part, each with its whole address on a line of its own.
std::string evidence_lines(const Verdict& v, const std::vector<Evidence>& evidence, const Style& style);
/// The places that decided, each once.
std::string seen_lines(const Verdict& v, const Style& style);

/// The table of several models, and a line of counts below it.
std::string models_table(std::span<const Verdict> verdicts, const Style& style, const Catalog& catalog);

}  // namespace howopen::report
