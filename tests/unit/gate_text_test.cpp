// What a gate says in a terminal.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "howopen/report.h"
#include "support/gate_verdicts.h"
#include "text/utf8.h"

namespace howopen::test {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string gate(const std::vector<Verdict>& verdicts, const Style& style = {}) {
  static const Catalog catalog = std::move(*Catalog::load());
  const GateSummary summary = summary_of_mixed();
  return render(verdicts, Format::text, style, catalog, &summary);
}

TEST(GateText, NamesThePlacesInColumns) {
  EXPECT_EQ(gate({denied("acme/foo-7b")}),
            "error[license.not-allowed]: acme/foo-7b is under LicenseRef-Llama-3.1\n"
            "  used    src/app.py:3:32  AutoModel.from_pretrained(\"acme/foo-7b\")\n"
            "          src/b c.py:9:1   x\n"
            "          src/d.py:1:1     y\n"
            "          and 1 more\n"
            "  found   README.md:4      license: llama3.1 @ 0000000\n"
            "  policy  howopen.toml:26  licenses.ask\n"
            "  fix     howopen waive acme/foo-7b license.not-allowed --until 2027-03-31 --reason '…'\n");
}

TEST(GateText, WorstFirstAndWhatPassesIsQuiet) {
  const std::string out = gate(mixed());
  EXPECT_LT(out.find("error[license.not-allowed]: acme/foo-7b"),
            out.find("undecided[license.unknown]: acme/unread"));
  EXPECT_LT(out.find("undecided[license.unknown]"), out.find("warning[license.conflict]: acme/warned"));
  EXPECT_THAT(out, HasSubstr("  unseen  api/models/acme/unread  the Hub")) << out;
  EXPECT_THAT(out, HasSubstr("rate-limited"));
  EXPECT_THAT(out, Not(HasSubstr("acme/fine")));
  EXPECT_THAT(out, Not(HasSubstr("acme/waived")));
  EXPECT_THAT(out, Not(HasSubstr("data.published"))) << "a note";
  EXPECT_EQ(gate({passing("acme/fine")}), "");
}

TEST(GateText, TellsMoreWhenAsked) {
  Style style;
  style.verbosity = 1;
  const std::string out = gate(mixed(), style);
  EXPECT_THAT(out, HasSubstr("pass acme/fine: Open Weights, MIT\n"));
  EXPECT_THAT(out, HasSubstr("note[data.published]: acme/warned: training data are not published"));
  EXPECT_THAT(out, HasSubstr("src/e.py:2:1")) << "all uses";
  style = {};
  style.show_waived = true;
  EXPECT_THAT(gate(mixed(), style), HasSubstr("waived[license.not-allowed]: acme/waived is under"));
  EXPECT_THAT(gate(mixed(), style),
              HasSubstr("  waiver  howopen.toml:44  until 2027-03-31: LEGAL-412 (legal@"));
}

TEST(GateText, QuietIsALineAModel) {
  Style style;
  style.quiet = true;
  EXPECT_EQ(
      gate(mixed(), style),
      "acme/fine\tpass\nacme/foo-7b\tdenied\nacme/unread\tundecided\nacme/waived\tpass\nacme/warned\tpass\n");
}

TEST(GateText, WhatTheBaselineKnowsTakesOneLine) {
  std::vector<Verdict> verdicts = {denied("acme/a"), denied("acme/b")};
  for (Verdict& v : verdicts) v.findings[0].known = true;
  EXPECT_EQ(gate(verdicts),
            "known[license.not-allowed]: acme/a is under LicenseRef-Llama-3.1\n"
            "known[license.not-allowed]: acme/b is under LicenseRef-Llama-3.1\n");
}

TEST(GateText, AModelWithoutAVerdictSaysWhy) {
  Verdict v;
  v.id = v.ref = "acme/none";
  v.decision = Decision::undecided;
  v.errors = {{Trouble::not_found, "no such model", "https://huggingface.co/api/models/acme/none"}};
  EXPECT_EQ(gate({v}),
            "undecided[evidence.unavailable]: acme/none: cannot be judged: no such model\n"
            "  unseen  api/models/acme/none  no such model (not-found)\n");
}

TEST(GateText, NoticesOfWaiversCloseTheReport) {
  static const Catalog catalog = std::move(*Catalog::load());
  GateSummary summary;
  summary.notices = {{"warn", "the waiver of acme/x ended on 2026-01-01", {"howopen.toml", 40, "waiver"}},
                     {"note", "quiet", {}}};
  EXPECT_EQ(render({}, Format::text, {}, catalog, &summary),
            "warning: the waiver of acme/x ended on 2026-01-01\n  policy  howopen.toml:40  waiver\n");
}

TEST(GateText, StaysWithinItsColumns) {
  Verdict v = denied("acme/foo-7b");
  v.uses[0].file = "a/very/long/path/that/leads/somewhere/deep/inside.py";
  v.uses[0].text = std::string(400, 'y');
  v.findings[0].fix =
      "choose another model, or ask the owner of the policy to allow the license for this one";
  v.findings[0].message =
      "acme/foo-7b " + std::string(200, 'w') + " and many more words behind it, so that it wraps";
  for (const int width : {40, 60, 80, 120}) {
    Style style;
    style.width = width;
    std::string out = gate({v, undecided("acme/unread")}, style);
    for (std::size_t at = 0; at < out.size();) {
      const std::size_t end = out.find('\n', at);
      EXPECT_LE(text::display_width(out.substr(at, end - at)), width) << out.substr(at, end - at);
      at = end + 1;
    }
  }
}

TEST(GateText, ColorOnlyWhereItIsAskedForAndAsciiWhereItMust) {
  Style style;
  style.color = true;
  EXPECT_THAT(gate(mixed(), style), HasSubstr("\x1b[31merror[license.not-allowed]\x1b[0m: acme/foo-7b"));
  EXPECT_THAT(gate(mixed()), Not(HasSubstr("\x1b")));
  style = {};
  style.unicode = false;
  for (const char c : gate({denied("acme/foo-7b")}, style)) EXPECT_LT(static_cast<unsigned char>(c), 0x80);
  const GateSummary summary = summary_of_mixed();
  EXPECT_EQ(gate_line(summary, {}), "gate: 3 pass, 1 denied, 1 undecided, 1 waived → exit 1\n");
  EXPECT_EQ(gate_line(summary, style), "gate: 3 pass, 1 denied, 1 undecided, 1 waived -> exit 1\n");
}

}  // namespace
}  // namespace howopen::test
