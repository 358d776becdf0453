// What a report has to tell, the same for every format: which findings, how bad, in what order, and where
// they stand.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "howopen/report.h"

namespace howopen::report {

enum class Severity { denied, undecided, warning, note };

/// In the words that machines share, `error` and `warning`; what they call a note differs.
std::string_view level_of(Severity severity, std::string_view note);

struct Issue {
  const Verdict* model = nullptr;    ///< null: a finding of the tree
  const Finding* finding = nullptr;  ///< null: the model as a whole has no verdict
  std::span<const Use> uses;         ///< where it stands
  Severity severity = Severity::note;
  bool known = false;
  bool waived = false;
  std::string rule;
  std::string message;  ///< names the model; foreign, not escaped

  bool counts() const { return !known && !waived; }
};

/// Rule of what could not be judged, whichever question it was.
inline constexpr std::string_view kUnavailable = "evidence.unavailable";

/// Of one model, worst first. A model without a verdict has an issue even where no finding says so.
std::vector<Issue> issues_of(const Verdict& v);

/// Of the trees, by rule.
std::vector<Issue> issues_of(const GateSummary& gate);

/// Models with what is worst first, then by name: the same order whatever order they were asked in.
std::vector<const Verdict*> worst_first(std::span<const Verdict> verdicts);

/// The line of the repository that an issue belongs to: the first use of the model, else the line of the
/// policy. Nothing where neither is a file below the working directory; no path is ever made up.
struct Place {
  std::string path;
  int line = 0;
  int column = 0;  ///< 1-based, UTF-16 units; 0: unknown
  int length = 0;
};
std::optional<Place> place_of(const Issue& issue);

/// Foreign text for machines that show it: controls, direction overrides and invalid bytes spelled out, one
/// line, at most so many characters.
std::string safe(std::string_view foreign, std::size_t most = 1000);
/// At most `most` characters, with an ellipsis for the rest.
std::string clip(std::string_view s, std::size_t most);

/// `README.md:4@0123…` as its place and its commit, the commit in seven digits.
struct Seat {
  std::string place;
  std::string commit;
};
Seat seat_of(std::string_view where);

/// `2 denied, 1 undecided, 3 waived, 41 pass`.
std::string counts_words(const GateSummary& gate);

/// Places of `used`, `found`, `policy` and `fix` as lines of plain text, for formats that hold a paragraph.
std::vector<std::string> detail_lines(const Issue& issue);

}  // namespace howopen::report
