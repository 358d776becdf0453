// What all formats owe their readers: validity whatever strangers write, one order, nothing lost.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "report/issues.h"
#include "support/catalog.h"
#include "support/gate_verdicts.h"
#include "text/json.h"
#include "text/utf8.h"

namespace howopen::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string in(Format format, const std::vector<Verdict>& verdicts, const GateSummary* gate = nullptr,
               const Style& style = {}) {
  return render(verdicts, format, style, the_catalog(), gate);
}

std::vector<Format> all_formats() {
  std::vector<Format> out;
  for (std::size_t i = 0; i < std::size(Words<Format>::names); ++i) out.push_back(static_cast<Format>(i));
  return out;
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// Fields of a CSV document by RFC 4180, read by a second reader.
std::vector<std::vector<std::string>> csv_rows(const std::string& text) {
  std::vector<std::vector<std::string>> rows(1, {""});
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"')
        rows.back().back() += c;
      else if (i + 1 < text.size() && text[i + 1] == '"')
        rows.back().back() += text[++i];
      else
        quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      rows.back().emplace_back();
    } else if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') {
      ++i;
      rows.push_back({""});
    } else {
      rows.back().back() += c;
    }
  }
  rows.pop_back();
  return rows;
}

TEST(Formats, HostileTextReachesNobodyRaw) {
  const GateSummary gate = summary_of_mixed();
  Style loud;
  loud.verbosity = 1;
  loud.show_waived = true;
  for (const Format format : all_formats()) {
    for (const GateSummary* g : {static_cast<const GateSummary*>(nullptr), &gate}) {
      for (const auto& verdicts : {std::vector{hostile()}, std::vector{hostile(), passing("a/b")}}) {
        const std::string out = in(format, verdicts, g, loud);
        SCOPED_TRACE(std::string(word(format)) + (g != nullptr ? " gate" : ""));
        EXPECT_TRUE(text::is_utf8(out));
        for (const char c : out) {
          const auto byte = static_cast<unsigned char>(c);
          ASSERT_TRUE(byte >= 0x20 || c == '\n' || (c == '\r' && format == Format::csv)) << int{byte};
        }
        if (format == Format::json || format == Format::jsonl) continue;  // data; a reader decodes it anyway
        EXPECT_EQ(out.find("\xe2\x80\xae"), std::string::npos) << "a direction override";
        EXPECT_LT(out.size(), 200'000u) << "5,000 letters are not repeated in full everywhere";
      }
    }
  }
}

// The runner trims blanks before it looks for `::`, and looks for `##[` anywhere.
TEST(Formats, NoLineOfALogIsACommandButOurOwn) {
  const GateSummary gate = summary_of_mixed();
  Style narrow;
  narrow.width = 40;
  narrow.verbosity = 1;
  narrow.show_waived = true;
  for (const GateSummary* g : {static_cast<const GateSummary*>(nullptr), &gate}) {
    for (const Format format : all_formats()) {
      if (format == Format::github) continue;
      for (const std::string& line : lines(in(format, {hostile()}, g, narrow)))
        EXPECT_FALSE(text::trim(line).starts_with("::")) << word(format) << line;
    }
    for (const Format format : {Format::text, Format::markdown}) {
      for (const std::string& line : lines(in(format, {hostile()}, g, narrow)))
        EXPECT_EQ(line.find("##["), std::string::npos) << word(format) << line;
    }
    for (const std::string& line : lines(in(Format::github, {hostile()}, g))) {
      EXPECT_TRUE(line.starts_with("::error file=") || line.starts_with("::warning file=") ||
                  line.starts_with("::warning title=") || line.starts_with("::error title="))
          << line;
      EXPECT_EQ(line.find("##["), std::string::npos) << line;
      // Properties end at the first `::`; what follows is text.
      const std::string properties = line.substr(2, line.find("::", 2) - 2);
      EXPECT_EQ(std::count(properties.begin(), properties.end(), ':'), 0) << properties;
      EXPECT_THAT(properties, Not(HasSubstr("<script>alert(1)</script>,")));
    }
  }
}

TEST(Formats, OrderOfTheQuestionsDoesNotShow) {
  std::vector<Verdict> verdicts = mixed();
  verdicts.push_back(hostile());
  const GateSummary gate = summary_of_mixed();
  Style loud;
  loud.verbosity = 1;
  loud.show_waived = true;
  std::map<Format, std::string> first;
  for (int i = 0; i < 6; ++i) {
    for (const Format f :
         {Format::text, Format::sarif, Format::junit, Format::github, Format::gitlab, Format::markdown}) {
      const std::string out = in(f, verdicts, &gate, loud);
      const auto [at, added] = first.emplace(f, out);
      EXPECT_EQ(at->second, out) << word(f);
    }
    std::rotate(verdicts.begin(), verdicts.begin() + 1, verdicts.end());
    for (Verdict& v : verdicts) std::reverse(v.findings.begin(), v.findings.end());
  }
}

TEST(Formats, NothingAtAllIsADocumentToo) {
  const GateSummary gate;
  for (const GateSummary* g : {static_cast<const GateSummary*>(nullptr), &gate}) {
    const auto sarif = text::parse_json(in(Format::sarif, {}, g));
    ASSERT_TRUE(sarif);
    EXPECT_TRUE((*sarif)["runs"].items()[0]["results"].is_array());
    EXPECT_TRUE((*sarif)["runs"].items()[0]["tool"]["driver"]["rules"].is_array());
    EXPECT_EQ(in(Format::gitlab, {}, g), "[]\n");
    EXPECT_THAT(in(Format::junit, {}, g), HasSubstr("<testsuites name=\"howopen\" tests=\"0\""));
    EXPECT_EQ(csv_rows(in(Format::csv, {}, g)).size(), 1u);
    EXPECT_EQ(in(Format::github, {}, g), "");
    EXPECT_EQ(lines(in(Format::jsonl, {}, g)).size(), 1u);
    EXPECT_THAT(in(Format::markdown, {}, g), StartsWith("# howopen"));
    EXPECT_TRUE(text::parse_json(in(Format::json, {}, g)));
  }
  EXPECT_EQ(in(Format::text, {}, &gate), "");
}

TEST(Jsonl, IsTheModelsOfTheJsonAndASummary) {
  const GateSummary gate = summary_of_mixed();
  const auto out = lines(in(Format::jsonl, mixed(), &gate));
  ASSERT_EQ(out.size(), 6u);
  const auto json = text::parse_json(in(Format::json, mixed(), &gate));
  for (std::size_t i = 0; i < 5; ++i) {
    const auto line = text::parse_json(out[i]);
    ASSERT_TRUE(line);
    EXPECT_EQ((*line)["schema_version"].string_or(""), "1.0.0");
    const text::Json& model = (*json)["models"].items()[i];
    EXPECT_EQ(line->members().size(), model.members().size() + 1);
    for (const auto& [key, value] : model.members())
      EXPECT_EQ(text::write_json(value, false), text::write_json((*line)[key], false)) << key;
  }
  const auto last = text::parse_json(out[5]);
  EXPECT_EQ((*last)["type"].string_or(""), "summary");
  EXPECT_EQ((*last)["denied"].integer_or(-1), 1);
  EXPECT_EQ((*last)["exit"].integer_or(-1), 1);
  EXPECT_EQ((*last)["complete"].boolean_or(true), false);
}

TEST(Csv, HasTheSameFieldsInEveryLine) {
  std::vector<Verdict> verdicts = mixed();
  verdicts.push_back(hostile());
  verdicts[0].from = "x";
  verdicts[0].ref = "=HYPERLINK(\"http://evil\")";
  const auto rows = csv_rows(in(Format::csv, verdicts));
  ASSERT_EQ(rows.size(), 7u);
  const auto column = [&](const std::string& name) {
    return static_cast<std::size_t>(std::find(rows[0].begin(), rows[0].end(), name) - rows[0].begin());
  };
  for (const auto& row : rows) EXPECT_EQ(row.size(), rows[0].size());
  EXPECT_EQ(rows[1][0], "'=HYPERLINK(\"http://evil\")") << "no formula";
  EXPECT_EQ(rows[2][column("id")], "acme/foo-7b");
  EXPECT_EQ(rows[2][column("decision")], "denied");
  EXPECT_EQ(rows[2][column("denied")], "1");
  EXPECT_EQ(rows[2][column("rules")], "license.not-allowed");
  EXPECT_EQ(rows[2][column("used")], "src/app.py:3");
  EXPECT_EQ(rows[2][column("weights")], "available");
  EXPECT_EQ(rows[2][column("license")], "MIT");
  EXPECT_EQ(rows[3][column("undecided")], "1");
  EXPECT_EQ(rows[3][column("errors")], "rate-limited");
  EXPECT_EQ(rows[4][column("waived")], "1");
  EXPECT_EQ(rows[4][column("denied")], "0");
  EXPECT_EQ(rows[5][column("warnings")], "1");
  EXPECT_EQ(rows[5][column("notes")], "1");
}

TEST(Gitlab, ListsWhatStandsInAFile) {
  std::vector<Verdict> verdicts = mixed();
  verdicts.push_back(verdicts[1]);  // another revision of the same model
  const auto out = text::parse_json(in(Format::gitlab, verdicts));
  ASSERT_TRUE(out);
  std::map<std::string, std::string> by_rule;
  for (const text::Json& one : out->items()) {
    by_rule[std::string(one["check_name"].string_or(""))] = one["severity"].string_or("");
    EXPECT_NE(one["description"].string_or(""), "");
    EXPECT_NE(one["location"]["path"].string_or(""), "");
    EXPECT_GT(one["location"]["lines"]["begin"].integer_or(0), 0);
  }
  EXPECT_EQ(out->items().size(), 4u) << "each fingerprint once, nothing that was waived";
  EXPECT_EQ(by_rule["license.not-allowed"], "critical");
  EXPECT_EQ(by_rule["license.unknown"], "major");
  EXPECT_EQ(by_rule["license.conflict"], "minor");
  EXPECT_EQ(by_rule["data.published"], "info");
}

TEST(Github, ShowsTheWorstTenOfALevelAndCountsTheRest) {
  std::vector<Verdict> verdicts;
  for (int i = 0; i < 13; ++i) verdicts.push_back(denied("acme/m" + std::to_string(10 + i)));
  verdicts.push_back(undecided("acme/unread"));
  const auto out = lines(in(Format::github, verdicts));
  EXPECT_EQ(std::count_if(out.begin(), out.end(), [](auto& l) { return l.starts_with("::error "); }), 10);
  EXPECT_EQ(std::count_if(out.begin(), out.end(), [](auto& l) { return l.starts_with("::warning "); }), 1);
  EXPECT_THAT(out.back(), StartsWith("and 3 more at level error"));
  EXPECT_THAT(out[0], StartsWith("::error file=src/app.py,line=3,endLine=3,col=32,endColumn=43,"
                                 "title=license.not-allowed::acme/m10 is under LicenseRef-Llama-3.1%0A"));
  EXPECT_THAT(out[10], HasSubstr("title=undecided%3A license.unknown::acme/unread: the license text"));
}

TEST(Github, SaysNothingOfWhatIsWaivedOrKnown) {
  std::vector<Verdict> verdicts = {mixed()[3], denied("acme/old")};
  verdicts[1].findings[0].known = true;
  EXPECT_EQ(in(Format::github, verdicts), "");
}

TEST(JobSummary, FitsAndBreaksNowhere) {
  std::vector<Verdict> verdicts;
  for (int i = 0; i < 3000; ++i) verdicts.push_back(denied("acme/m" + std::to_string(1000 + i)));
  GateSummary gate = summary_of_mixed();
  gate.denied = 3000;
  const std::string whole = job_summary(verdicts, the_catalog(), &gate);
  EXPECT_LE(whole.size(), kJobSummary);
  EXPECT_GT(whole.size(), kJobSummary / 2);
  EXPECT_THAT(whole, HasSubstr(" more models"));
  EXPECT_LE(job_summary(verdicts, the_catalog(), &gate, 20'000).size(), 20'000u);
  EXPECT_LE(job_summary(verdicts, the_catalog(), nullptr, 20'000).size(), 20'000u);
}

TEST(MarkdownReport, StrangersWordsAreNoMarkup) {
  const GateSummary gate = summary_of_mixed();
  Style loud;
  loud.show_waived = true;
  for (const std::string& out :
       {in(Format::markdown, {hostile()}, &gate, loud), in(Format::markdown, {hostile()}),
        in(Format::markdown, {hostile(), hostile()}),
        job_summary(std::vector{hostile()}, the_catalog(), &gate)}) {
    std::string prose;  // what stands in no span of code
    bool code = false;
    for (std::size_t i = 0; i < out.size(); ++i) {
      if (out[i] == '\\' && !code)
        prose += out.substr(i++, 2);
      else if (out[i] == '`')
        code = !code;
      else if (!code)
        prose += out[i];
    }
    EXPECT_FALSE(code) << "a span that does not end";
    EXPECT_THAT(prose, Not(HasSubstr("<script>")));
    EXPECT_THAT(prose, Not(HasSubstr("[l](http")));
    EXPECT_THAT(prose, Not(HasSubstr("@team")));
    std::size_t columns = 0;  // a table has as many bars in each line
    for (const std::string& line : lines(out)) {
      if (!line.starts_with("|")) {
        columns = 0;
        EXPECT_FALSE(line.starts_with("::")) << line;
        continue;
      }
      std::size_t bars = 0;
      for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '\\')
          ++i;
        else if (line[i] == '|')
          ++bars;
      }
      if (columns == 0) columns = bars;
      EXPECT_EQ(bars, columns) << line;
    }
  }
  const std::string card = in(Format::markdown, {passing("acme/m")});
  EXPECT_THAT(card, StartsWith("# acme/m\n\n**Open Weights**, 2 of 5\n"));
  EXPECT_THAT(card, HasSubstr("| training data | available | there |  |\n"));
  const std::string table = in(Format::markdown, mixed(), &gate);
  EXPECT_THAT(table, StartsWith("# howopen: 3 pass, 1 denied, 1 undecided, 1 waived\n"));
  EXPECT_THAT(table, HasSubstr("| `acme/foo-7b` | **denied** | Open Weights | MIT | "
                               "`license.not-allowed` |\n"));
  EXPECT_LT(table.find("`acme/foo-7b` |"), table.find("`acme/unread` |")) << "worst first";
}

TEST(LineHash, IsWhatCodeqlComputes) {
  EXPECT_THAT(line_hashes(""), ElementsAre("c129715d7a2bc9a3:1"));
  EXPECT_THAT(line_hashes("import x\n"), ElementsAre("f4d88db22b764acc:1", "c129715d7a2bc9a3:1"));
  EXPECT_EQ(line_hashes("x = 1\r\n\ty"), line_hashes("x=1\n  y"))
      << "blanks and kinds of line ends do not count";
  const auto repeated = line_hashes(std::string(300, '\n'));
  EXPECT_EQ(repeated[0].substr(repeated[0].find(':')), ":1");
  EXPECT_EQ(repeated[150].substr(0, repeated[150].find(':')), repeated[0].substr(0, repeated[0].find(':')));
  EXPECT_EQ(repeated[150].substr(repeated[150].find(':')), ":151");
  EXPECT_EQ(line_hashes("\xf0\x9f\x99\x82\n\xff\n").size(), 3u);
}

// The definition, computed anew for each line: 100 characters from its first, the earliest counting most.
TEST(LineHash, IsItsDefinition) {
  std::string content;
  for (int i = 0; i < 200; ++i) content += "line " + std::to_string(i * i) + (i % 3 == 0 ? "\t\n\n" : "\r\n");
  std::vector<std::uint64_t> units;
  std::vector<std::size_t> starts;
  bool start = true;
  std::string unified = content;
  for (std::size_t at = 0; (at = unified.find("\r\n")) != std::string::npos;) unified.replace(at, 2, "\n");
  std::erase_if(unified, [](char c) { return c == ' ' || c == '\t'; });
  for (const char c : unified) {
    if (start) starts.push_back(units.size());
    start = c == '\n';
    units.push_back(static_cast<unsigned char>(c));
  }
  starts.push_back(units.size());
  units.push_back(65535);
  const auto hashes = line_hashes(content);
  ASSERT_EQ(hashes.size(), starts.size());
  for (std::size_t i = 0; i < starts.size(); ++i) {
    std::uint64_t hash = 0;
    for (std::size_t k = 0; k < 100; ++k)
      hash = hash * 37 + (starts[i] + k < units.size() ? units[starts[i] + k] : 0);
    EXPECT_EQ(std::stoull(hashes[i], nullptr, 16), hash) << i;
  }
}

TEST(Issues, NameTheirModel) {
  Verdict v = denied("acme/foo");
  v.findings[0].message = "acme/foo-7b is another one";
  EXPECT_EQ(report::issues_of(v)[0].message, "acme/foo: acme/foo-7b is another one");
  v.findings[0].message = "the license of acme/foo, as it is";
  EXPECT_EQ(report::issues_of(v)[0].message, v.findings[0].message);
}

TEST(Clip, CountsCharactersNotBytes) {
  EXPECT_EQ(report::clip("abc", 3), "abc");
  EXPECT_EQ(report::clip("abcd", 3), "ab…");
  EXPECT_EQ(report::clip("äöüß", 3), "äö…");
  EXPECT_EQ(report::clip("", 3), "");
  EXPECT_EQ(report::safe("a\nb\x1b", 100), "a b\\x1b");
}

}  // namespace
}  // namespace howopen::test
