// What a batch says at its end, and what is made of its lines.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "support/project.h"

namespace howopen::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(BatchEnd, AWordOnNoModels) {
  const Project p;
  p.put("empty.txt", "\n");
  for (const auto& [line, word] : std::map<std::string, std::string>{
           {"--author nobody", "warning: the Hub lists no model of nobody: is the name right?"},
           {"empty.txt", "warning: no model is named in empty.txt"}}) {
    const Ran r = p.shell("howopen batch " + line);
    EXPECT_EQ(r.exit, 0) << line << r.err;
    EXPECT_THAT(r.err, HasSubstr(word)) << line;
    EXPECT_THAT(p.shell("howopen batch -q " + line).err, "") << line;
  }
  EXPECT_THAT(p.shell("howopen batch --author acme").err, Not(HasSubstr("warning")));
}

TEST(BatchEnd, WhatWasNotAnsweredIsAskedAgainByUpdate) {
  Project p;
  p.put("ids.txt", "acme/open-7b\nacme/closed-7b\ngpt-4o\n");
  const Ran dead = p.shell(
      "HF_ENDPOINT=http://127.0.0.1:9 howopen batch ids.txt --output r.jsonl --retries 0 --timeout 2s");
  EXPECT_EQ(dead.exit, 3) << dead.err;
  EXPECT_THAT(dead.err, HasSubstr("hint: howopen batch --update r.jsonl --output NEW asks again"));
  Ran r = p.shell("howopen batch --update r.jsonl --output new.jsonl");
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_THAT(r.err, Not(HasSubstr("hint:")));
  // Nobody was asked, or everybody answered: nothing to do again.
  EXPECT_THAT(p.shell("printf 'acme/none\\nno model\\n' | howopen batch -").err, Not(HasSubstr("--update")));
  EXPECT_THAT(p.shell("printf 'acme/none\\n' | howopen batch - --offline").err, Not(HasSubstr("--update")));
}

TEST(BatchEnd, TheSummaryNamesNoOtherCodeThanTheError) {
  Project p;
  p.put("three.txt", "acme/open-7b\nacme/none\nacme/closed-7b\n");
  p.put("two.txt", "acme/open-7b\nacme/none\n");
  ASSERT_EQ(p.shell("howopen batch three.txt --output r.jsonl").exit, 3);
  const Ran r = p.shell("howopen batch two.txt --output r.jsonl --resume");
  EXPECT_EQ(r.exit, 2);
  EXPECT_THAT(r.err, AllOf(HasSubstr("of no line of the input"), Not(HasSubstr("exit 3"))));
}

TEST(BatchEnd, ATableHasARowAModel) {
  Project p;
  p.put("ids.txt", "acme/open-7b\nacme/none\ngpt-4o\nnot a model\nacme/closed-7b\n");
  ASSERT_EQ(p.shell("howopen batch ids.txt --output r.jsonl --for product,host").exit, 3);
  ASSERT_EQ(p.shell("howopen summary r.jsonl -o csv=models.csv -o json=counts.json").exit, 0);
  const std::string table = slurp(p.dir.file("models.csv"));
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 6);
  EXPECT_THAT(table, StartsWith("ref,id,revision,source,as_of,verdict,"));
  EXPECT_THAT(table, AllOf(HasSubstr("\r\nacme/open-7b,acme/open-7b,dddd"),
                           HasSubstr("product=yes-if host=yes"), HasSubstr("not-found\r\n")));
  // The same cells as in the report of an audit, as far as both have them.
  const std::string report =
      p.shell("howopen audit acme/open-7b acme/none gpt-4o acme/closed-7b --for product,host -o csv").out;
  std::istringstream rows(report);
  int same = 0;
  for (std::string row; std::getline(rows, row);) {
    std::size_t end = 0;
    for (int commas = 0; commas < 25 && end != std::string::npos; ++commas) end = row.find(',', end + 1);
    // Fields with a comma of their own are quoted, which moves the count: those rows are compared to there.
    EXPECT_THAT(table, HasSubstr(row.substr(0, end))) << row;
    ++same;
  }
  EXPECT_EQ(same, 5);
  const std::string counts = slurp(p.dir.file("counts.json"));
  EXPECT_THAT(counts, AllOf(HasSubstr("\"by_use\""), HasSubstr("\"product\"")));
  EXPECT_THAT(p.shell("howopen summary r.jsonl").out, HasSubstr("use: product"));
  const Ran r = p.shell("howopen batch ids.txt -o csv");
  EXPECT_EQ(r.exit, 2);
  EXPECT_THAT(r.err, HasSubstr("howopen summary RESULTS -o csv=models.csv"));
}

TEST(BatchEnd, QuietSaysWhatItLeavesOut) {
  const Project p;
  EXPECT_THAT(flat(p.shell("howopen batch -h").out), Not(HasSubstr("Only ids and verdicts")));
  EXPECT_THAT(flat(p.shell("howopen audit -h").out), HasSubstr("Only ids and verdicts"));
}

}  // namespace
}  // namespace howopen::test
