/// Verdicts as text: one function per format, which decides nothing.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "howopen/catalog.h"
#include "howopen/combine.h"
#include "howopen/policy.h"
#include "howopen/scan.h"
#include "howopen/verdict.h"
#include "howopen/verify.h"

namespace howopen {

/// `schema_version` of every JSON document: its first number grows when a member changes its meaning or goes.
inline constexpr std::string_view kSchemaVersion = "1.0.0";

enum class Format {
  text,
  json,
  jsonl,
  sarif,
  junit,
  github,
  gitlab,
  markdown,
  csv,
  html,
  spdx,
  spdx_3,
  cyclonedx,
  cyclonedx_1_6,
  badge,
  badge_dots,
  badge_json
};
template <>
struct Words<Format> {
  static constexpr std::string_view names[] = {
      "text",      "json",          "jsonl", "sarif",      "junit",         "github",
      "gitlab",    "markdown",      "csv",   "html",       "spdx-tagvalue", "spdx",
      "cyclonedx", "cyclonedx-1.6", "badge", "badge-dots", "badge-json"};
};
/// A badge shows one model, or a gate as a whole.
constexpr bool is_badge(Format f) {
  return f == Format::badge || f == Format::badge_dots || f == Format::badge_json;
}

/// How text may look. Colour adds nothing that cannot be read without it.
struct Style {
  bool color = false;
  bool unicode = true;  ///< else marks and dots in ASCII
  bool links = false;   ///< the terminal can lead from words to an address
  int width = 80;
  bool terminal = false;     ///< else tables are not cut to the width
  bool quiet = false;        ///< id and verdict only
  int verbosity = 0;         ///< 1: every piece of evidence with its place
  bool show_waived = false;  ///< findings that somebody signed for, too
  bool notes = false;        ///< findings of level note, in SARIF and GitLab's report
  std::string sort{};        ///< order of the table of models, a word of table_orders(); "" as asked
  std::vector<std::string> columns{};  ///< of that table, words of table_columns(); none: the usual ones
};

/// One document for all verdicts. Text shows one model as a card and several as a table; with a gate, what is
/// denied, undecided or to be told, each with its three places. Every foreign string is escaped for the
/// format.
std::string render(std::span<const Verdict> verdicts, Format format, const Style& style,
                   const Catalog& catalog, const GateSummary* gate = nullptr);

/// What the table of models may show, and by what it may be sorted.
std::vector<std::string> table_columns();
std::vector<std::string> table_orders();

/// A model as one line of JSON, with its line end: an element of `models` of the JSON report, and
/// `schema_version`.
std::string render_line(const Verdict& verdict);

/// What judged a line, and what its facts rest on: enough to tell later whether it would be the same line.
struct Basis {
  std::string tool;     ///< version and commit
  std::string catalog;  ///< its digest, shortened
  std::string options;  ///< a digest of those that a line depends on
  std::vector<Rest> rests;
};
/// The same line with its basis as the last member.
std::string render_line(const Verdict& verdict, const Basis& basis);

/// What a report in this format leaves out and its reader must hear of otherwise: findings that stand in no
/// file of the repository have no place in SARIF and GitLab's Code Quality.
std::vector<std::string> left_out(std::span<const Verdict> verdicts, Format format);

/// The job summary that belongs to `github`: Markdown, worst first, at most `most` bytes. GitHub refuses a
/// whole summary above 1 MiB.
inline constexpr std::size_t kJobSummary = 900'000;
std::string job_summary(std::span<const Verdict> verdicts, const Catalog& catalog,
                        const GateSummary* gate = nullptr, std::size_t most = kJobSummary);

/// The last line of a gate, with its line end: `gate: 41 pass, 2 denied, 1 undecided, 3 waived → exit 1`.
std::string gate_line(const GateSummary& gate, const Style& style, std::string_view command = "gate");

/// A hash for each line of a file, as GitHub's codeql-action computes them: the value of
/// `primaryLocationLineHash`.
std::vector<std::string> line_hashes(std::string_view content);

/// What may be made of parts under a license: text and JSON.
std::string render_combination(const std::vector<Part>& parts, const std::string& as, const Combination& c,
                               Format format, const Style& style, const Catalog& catalog);

/// Files on disk against what they should be: text and JSON.
std::string render_verified(const std::vector<Checked>& all, Format format, const Style& style);

/// A license text: what it is, what differs, what that grants. With `all`, names and notices that differ too.
std::string render_text(const LicenseText& text, const LicenseFinding& finding, bool all, Format format,
                        const Style& style, const Catalog& catalog);
/// A license or an expression of licenses: class and traits with their clauses.
std::string render_license(const std::string& expression, LicenseClass cls, const std::vector<Trait>& traits,
                           Format format, const Style& style, const Catalog& catalog);
/// Everything the release catalog knows a model by: what ships with howopen, each row with its date. `before`
/// leaves out what is of that day or later; "" for none.
std::string render_catalog(const Catalog& catalog, const std::string& before, Format format,
                           const Style& style);
/// All licenses that were described.
std::string render_licenses(Format format, const Style& style, const Catalog& catalog);

/// Models that a source tree names. Quiet: their ids alone.
std::string render_scan(const Scanned& scanned, Format format, const Style& style);

/// Why a model is judged as it is: from what was seen to each status to the verdict, what was looked at and
/// found empty, and which single change would move it. `topic` is a component, `license`, a rule, or "" for
/// all.
std::string render_why(const Verdict& verdict, std::string_view topic, Format format, const Style& style,
                       const Catalog& catalog);
/// Whether there is something to say on a topic: a component, `license`, or a rule that is known.
bool is_topic(std::string_view topic, const Catalog& catalog);

/// Models side by side, what differs first. Each is an element of `models` of the JSON report, as text.
struct Compared {
  std::string text;  ///< text, JSON or Markdown
  bool differs = false;
};
Compared render_compare(const std::vector<std::string>& models, Format format, const Style& style,
                        const Catalog& catalog);
/// A verdict as such an element.
std::string compared(const Verdict& verdict);

/// The list of all rules with their levels under a policy, and what one rule means; "" for an unknown rule.
std::string render_rules(const Catalog& catalog, const Policy& policy, Format format, const Style& style);
std::string render_rule(const Catalog& catalog, std::string_view id, Format format, const Style& style);
/// The table that the right-hand column of the card compares with.
std::string render_reference(const Catalog& catalog, Format format, const Style& style);

}  // namespace howopen
