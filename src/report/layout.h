// Columns, wrapping and colour for the text format.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "howopen/report.h"

namespace howopen::text {
class Json;
class JsonWriter;
}  // namespace howopen::text

namespace howopen::report {

/// What stands for a sign of markup in HTML and XML, `&lt;`; "" for other characters and for the apostrophe,
/// for which the two have names of their own.
std::string_view entity(std::uint32_t character);
enum class Color { none, bold, dim, green, yellow, red };

std::string paint(std::string_view text, Color color, const Style& style);

/// Text that leads to an address of the Hub or of GitHub where the terminal can; else the text alone.
std::string link(std::string_view text, std::string_view url, const Style& style);

/// Of lines that are read, on terminals that are wider.
inline constexpr int kWidest = 120;

/// Breaks at blanks into lines of at most `width` columns. Longer words are broken between their parts, and
/// within one where they must; addresses never.
std::vector<std::string> wrap(std::string_view text, int width);

/// `text` filled with blanks up to `width` columns.
std::string pad(std::string_view text, int width);

/// At most `width` columns: what is too much is left out at the end, or, of names that differ at both ends,
/// in the middle.
std::string cut(std::string_view text, int width, const Style& style);
std::string cut_middle(std::string_view text, int width, const Style& style);

/// Its id; of a closed family what was asked for as well: `claude-3-opus (claude)`.
std::string heading(const Verdict& v);
std::string heading(std::string_view id, std::string_view ref, bool closed);

/// Licenses as people name them.
std::string licenses_in_words(std::string_view expression, const Catalog& catalog);

/// Verdicts in an order of table_orders(); "" for that they were asked in.
std::vector<const Verdict*> sorted(std::span<const Verdict> verdicts, std::string_view order);

/// `label` in a column of its own, then the text wrapped beside it.
std::string labeled(std::string_view label, std::string_view text, int indent, const Style& style);

/// Marks for the four states.
std::string_view mark(State state, const Style& style);
Color color_of(State state);
std::string_view dot(const Style& style);  ///< between parts of a line
std::string marks_legend(const Style& style);
/// The fewest devices that run it of those whose owners can: `8 x H200 141 GB`; "" where that is not known.
std::string devices(const Practical& practical);
std::string_view answer_words(Permission answer);  ///< `with duties`

/// Foreign text, escaped, and in ASCII where the terminal knows no more.
std::string shown(std::string_view foreign, const Style& style);

/// Foreign text that is no markup, link or mention in Markdown, a cell of a table included.
std::string markdown_text(std::string_view foreign);

/// What the next rung takes, each in words: `training code`, `an open license`.
std::vector<std::string> missing_words(const Verdict& v);
std::string words_of(Component component);    ///< `inference code`
std::string words_of(std::string_view word);  ///< `training_code` -> `training code`
/// The answer to one question about a license, `outputs` and `yes` as "restricted"; another word stays.
std::string trait_words(std::string_view trait, std::string_view value);
std::string short_places(std::string where);  ///< 40 hex digits of a commit cut to seven

// One per format; see report.h.
/// Values of a license's terms: null, and nothing, where nobody read the text for them.
text::Json terms_json(const LicenseTerms& terms);
std::string terms_text(const LicenseTerms& terms, const Style& style, const Catalog& catalog);
/// null for "".
text::Json or_null(const std::string& s);
/// `1.3 GB`, `690 GB`, `90 MB`; never 0.
std::string gigabytes(std::int64_t bytes);
/// What it takes to run it, and where what one asks goes.
std::string run_lines(const Verdict& v, const Style& style);
std::string data_lines(const Verdict& v, const Style& style);
/// What may be done with a model, for the card.
std::string use_lines(const Verdict& v, const Style& style, const Catalog& catalog);
std::string text_report(std::span<const Verdict> verdicts, const Style& style, const Catalog& catalog);
std::string gate_report(std::span<const Verdict> verdicts, const Style& style, const Catalog& catalog,
                        const GateSummary& gate);
std::string jsonl_report(std::span<const Verdict> verdicts, const Catalog& catalog, const GateSummary* gate);
std::string sarif_report(std::span<const Verdict> verdicts, const Style& style, const Catalog& catalog,
                         const GateSummary* gate);
std::string junit_report(std::span<const Verdict> verdicts, const GateSummary* gate);
std::string github_report(std::span<const Verdict> verdicts, const GateSummary* gate);
std::string gitlab_report(std::span<const Verdict> verdicts, const Style& style, const GateSummary* gate);
std::string markdown_report(std::span<const Verdict> verdicts, const Style& style, const Catalog& catalog,
                            const GateSummary* gate);
std::string csv_report(std::span<const Verdict> verdicts, const Catalog& catalog);
std::string json_report(std::span<const Verdict> verdicts, const Catalog& catalog, const GateSummary* gate);
std::string html_report(std::span<const Verdict> verdicts, const Catalog& catalog, const GateSummary* gate);
std::string badge_report(std::span<const Verdict> verdicts, Format format, const Catalog& catalog,
                         const GateSummary* gate);
/// CycloneDX 1.7 or 1.6, and SPDX 3.0.1: one bill of all models.
std::string cyclonedx_report(std::span<const Verdict> verdicts, bool is_1_6, const Catalog& catalog);
std::string spdx_report(std::span<const Verdict> verdicts, const Catalog& catalog);

std::string fingerprint(const Verdict& v, const Finding& f);  ///< sha256 of rule, id and fact
// Parts of the JSON report that other formats share; report-1.json describes them.
void model_json(const Verdict& v, bool with_version, text::JsonWriter& out);
/// The member `next_rung`: the next rung of the ladder and what is missing for it; null at the top.
void next_rung_json(const Verdict& v, text::JsonWriter& out);
void evidence_json(const std::vector<Evidence>& list, text::JsonWriter& out);  ///< the member `evidence`
void tool_json(const Catalog& catalog, text::JsonWriter& out);                 ///< the member `tool`
/// Findings of the trees as the member `findings`.
void tree_json(const GateSummary& gate, text::JsonWriter& out);
void summary_json(std::span<const Verdict> verdicts, const GateSummary* gate,
                  text::JsonWriter& out);  ///< members
bool all_complete(std::span<const Verdict> verdicts);

}  // namespace howopen::report
