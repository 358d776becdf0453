// The page of one model or of many, as one file, and what a site is made of.
//
//   34 models  ->  a bar of verdicts, a table, 34 sections, conflicts first

#include "report/html.h"

#include <fmt/format.h>

#include <algorithm>

#include "howopen/page.h"
#include "report/issues.h"
#include "report/layout.h"
#include "report/markup.h"
#include "text/base64.h"
#include "text/digest.h"
#include "text/json_writer.h"

namespace howopen {
namespace report {

using text::Json;

namespace {

// The digest that lets a browser run this script and no other.
std::string script_hash(const std::string& script) {
  const std::string hex = text::sha256(script);
  std::string bytes;
  const auto digit = [](char c) { return c >= 'a' ? c - 'a' + 10 : c - '0'; };
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(static_cast<unsigned char>(digit(hex[i]) * 16 + digit(hex[i + 1])));
  return text::base64(bytes);
}

// A string of JSON that a browser does not take for the end of its script, or for a comment in it.
std::string json_line(std::string_view s) {
  std::string out;
  const std::string json = text::write_json(Json(s), false);
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char next = i + 1 < json.size() ? json[i + 1] : ' ';
    if (json[i] == '<' && (next == '/' || next == '!' || next == 's' || next == 'S'))
      out += "\\u003c";
    else
      out += json[i];
  }
  return out;
}

std::string lines_of(std::string_view id, const std::vector<std::string_view>& lines) {
  std::string out = fmt::format("<script type=\"application/json\" id=\"{}\">\n", id);
  for (const std::string_view line : lines) out += json_line(line) + "\n";
  return out + "</script>\n";
}

std::string bar(const std::map<std::string, std::int64_t, std::less<>>& verdicts) {
  std::string out = "<div class=\"bar\" role=\"group\" aria-label=\"models by verdict\">\n";
  for (const std::string_view verdict : Words<Rung>::names) {
    const auto found = verdicts.find(verdict);
    if (found == verdicts.end()) continue;
    out += fmt::format(
        "<button type=\"button\" class=\"v {0}\" data-verdict=\"{0}\" style=\"flex-grow:{1}\" title=\"{2}: "
        "{1}\">{2} <b>{1}</b></button>\n",
        verdict, found->second, title(*from_word<Rung>(verdict)));
  }
  return out + "</div>\n";
}

constexpr std::string_view kFilters = R"(<form id="filters" hidden>
<label>search <input type="search" name="q" autocomplete="off"></label>
<label>verdict <select name="v"><option value="">any</option></select></label>
<label>license <select name="l"><option value="">any</option></select></label>
<label>use <select name="u"><option value="">any</option></select></label>
<label><input type="checkbox" name="n"> conflicts only</label>
<button type="reset">all</button>
<output name="count"></output>
</form>
)";

constexpr std::string_view kTableHead = R"(<table id="models">
<thead><tr>
<th scope="col"><button type="button" data-sort="id">model</button></th>
<th scope="col"><button type="button" data-sort="r">verdict</button></th>
<th scope="col"><button type="button" data-sort="s" title="weights, inference code, training code, training data, API access">components</button></th>
<th scope="col"><button type="button" data-sort="l">license</button></th>
<th scope="col">uses</th>
<th scope="col"><button type="button" data-sort="n">conflicts</button></th>
</tr></thead>
<tbody>
)";

constexpr std::string_view kKey =
    "<p class=\"quiet\">Components: weights, inference code, training code, training data, API access; "
    "\xe2\x97\x8f available, \xe2\x97\x90 in part, \xe2\x97\x8b not available, ? not known.</p>\n"
    "<p class=\"quiet\">Uses, by their first letters (internal, product, host, finetune, train on outputs, "
    "or those "
    "that were asked for): <span class=\"uses\"><span class=\"a yes\">u</span></span> yes, <span "
    "class=\"uses\"><span class=\"a yes-if\">u</span></span> yes, with duties, <span class=\"uses\"><span "
    "class=\"a "
    "ask\">u</span></span> to be asked, <span class=\"uses\"><span class=\"a no\">u</span></span> no.</p>\n";

}  // namespace

std::string document(std::string_view title, const std::string& body, const Catalog& catalog, bool script) {
  const std::string js = script ? "\n" + catalog.file("report/page.js") : std::string();
  std::string out = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  out += fmt::format(
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'; img-src data: 'self'{}; base-uri 'none'; form-action 'none'\">\n",
      script ? "; script-src 'sha256-" + script_hash(js) + "'" : "");
  out +=
      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<meta name=\"color-scheme\" "
      "content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n";
  out += fmt::format("<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n{}</main>\n",
                     markup(title), catalog.file("report/page.css"), body);
  out +=
      fmt::format("<footer>howopen {}, catalog of {}. Facts with their places; no legal advice.</footer>\n",
                  HOWOPEN_VERSION, markup(catalog.as_of(), 20));
  if (script) out += "<script>" + js + "</script>\n";
  return out + "</body>\n</html>\n";
}

std::string gate_section(const GateSummary& gate) {
  std::string out = fmt::format("<p class=\"lead\">{}</p>\n", markup(counts_words(gate)));
  if (!gate.policy.empty())
    out += fmt::format("<p class=\"quiet\">policy {}</p>\n", markup(gate.policy, 300));
  std::string items;
  for (const Issue& i : issues_of(gate)) {
    items += fmt::format("<li class=\"{}\"><b>{}</b> {}", i.severity == Severity::denied ? "deny" : "warn",
                         markup(i.rule, 80), markup(i.message));
    for (const std::string& line : detail_lines(i))
      items += fmt::format("<p class=\"quiet\">{}</p>", markup(line));
    items += "</li>\n";
  }
  for (const Notice& n : gate.notices)
    items += fmt::format("<li class=\"{0}\"><b>{0}</b> {1}</li>\n", markup(n.level, 20), markup(n.message));
  return items.empty() ? out : out + "<ul class=\"findings\">\n" + items + "</ul>\n";
}

std::string html_report(std::span<const Verdict> verdicts, const Catalog& catalog, const GateSummary* gate) {
  Page page(catalog);
  for (const Verdict& v : verdicts) page.add(compared(v));
  return page.take(gate);
}

std::string page_path(std::string_view id) {
  std::string out = "models/";
  for (const char c : id) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       c == '-' || c == '_' || c == '.' || c == '/';
    out += plain ? std::string(1, c) : fmt::format("_{:02x}", static_cast<unsigned char>(c));
  }
  // Neither upwards nor hidden.
  for (std::size_t at = out.find("/."); at != std::string::npos; at = out.find("/.", at))
    out.replace(at, 2, "/_2e");
  for (std::size_t at = out.find("//"); at != std::string::npos; at = out.find("//", at))
    out.replace(at, 2, "/_/");
  return out;
}

}  // namespace report

using report::markup;
using text::Json;

Page::Page(const Catalog& catalog, bool linked) : catalog_(catalog), linked_(linked) {}

bool Page::add(std::string_view line) {
  const auto model = text::parse_json(line);
  if (!model || (*model)["id"].is_null() || !from_word<Rung>((*model)["verdict"].string_or(""))) return false;
  const std::string id((*model)["id"].string_or(""));
  const std::int64_t conflicts = report::conflicts_of(*model);
  const std::string_view decision = (*model)["decision"].string_or("");
  Row row;
  row.id = id;
  row.rank = (decision == "denied" ? 2'000'000 : decision == "undecided" ? 1'000'000 : 0) + conflicts;
  row.cells = report::model_row(
      *model, catalog_,
      linked_ ? report::percent_encoded(report::page_path(id)) + ".html" : "#" + report::percent_encoded(id));
  // Many are made brief as they come: how many there will be nobody knows.
  if (!linked_) row.section = report::model_section(*model, catalog_, rows_.size() >= kSections);
  rows_.push_back(std::move(row));
  ++verdicts_[std::string((*model)["verdict"].string_or(""))];
  if (conflicts > 0) ++conflicts_;
  return true;
}

std::string Page::take(const GateSummary* gate) {
  std::string body;
  if (rows_.size() == 1 && !linked_) {
    body = gate != nullptr ? "<h1>howopen gate</h1>\n" + report::gate_section(*gate) : std::string();
    return report::document("howopen: " + rows_.front().id, body + rows_.front().section, catalog_, false);
  }
  std::stable_sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) { return a.rank > b.rank; });
  const std::string heading = fmt::format("{} model{}", rows_.size(), rows_.size() == 1 ? "" : "s");
  body = fmt::format("<h1>howopen: {}</h1>\n", heading);
  if (gate != nullptr) body += report::gate_section(*gate);
  if (conflicts_ > 0)
    body += fmt::format("<p>{} of them {} a conflict about the license.</p>\n", conflicts_,
                        conflicts_ == 1 ? "has" : "have");
  body += report::bar(verdicts_);
  body += report::kFilters;
  body += report::kTableHead;
  const bool many = rows_.size() > kSections;
  for (std::size_t i = 0; i < rows_.size() && !(many && i == kSections); ++i) body += rows_[i].cells;
  body += "</tbody>\n</table>\n<p id=\"more\" hidden><button type=\"button\">show all</button></p>\n";
  body += report::kKey;
  if (!many && !linked_) {
    body += "<div id=\"sections\">\n";
    for (const Row& row : rows_) body += row.section;
    body += "</div>\n";
  }
  if (many) {
    std::vector<std::string_view> rows;
    std::vector<std::string_view> sections;
    for (const Row& row : rows_) {
      rows.push_back(row.cells);
      sections.push_back(row.section);
    }
    body +=
        "<noscript><p>More rows, and what was seen of each model, are shown by the script of this page; "
        "howopen "
        "site makes a page of each model that needs none.</p></noscript>\n";
    body += report::lines_of("rows", rows);
    if (!linked_)
      body += "<div id=\"detail\" aria-live=\"polite\"></div>\n" + report::lines_of("details", sections);
  }
  return report::document("howopen: " + heading, body, catalog_, true);
}

}  // namespace howopen
