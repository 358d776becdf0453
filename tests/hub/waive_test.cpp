// Waivers as they are written from the command line.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/project.h"

namespace howopen::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string kRest = " --until 2027-03-31 --reason 'LEGAL-7' --by legal@example.org";

TEST(Waive, AMisspeltModelIsToldWithTheNearest) {
  const Project p;
  p.put("howopen.toml", "version = 1\n");
  Ran r = p.shell("howopen waive acme/closd-7b license.not-allowed" + kRest);
  EXPECT_EQ(r.exit, 0) << "it may come tomorrow";
  EXPECT_THAT(r.err,
              HasSubstr("note: nothing in this folder uses acme/closd-7b; did you mean acme/closed-7b?"));
  for (const char* good : {"acme/closed-7b", "'acme/*'", "'*'", "'*/closed-7b'"}) {
    r = p.shell(std::string("howopen waive ") + good + " license.not-allowed" + kRest);
    EXPECT_EQ(r.exit, 0) << r.err;
    EXPECT_THAT(r.err, Not(HasSubstr("nothing in this folder"))) << good;
  }
  r = p.shell("howopen waive other/thing license.not-allowed" + kRest);
  EXPECT_THAT(r.err, HasSubstr("nothing in this folder uses other/thing"));
  EXPECT_EQ(p.shell("howopen waive -q acme/closd-7b license.not-allowed" + kRest).err, "");
}

TEST(Waive, TheModelComesFirst) {
  const Project p;
  p.put("howopen.toml", "version = 1\n");
  for (const char* rule : {"license.not-allowed", "license.not-alowed"}) {
    const Ran r = p.shell(std::string("howopen waive ") + rule + " acme/closed-7b" + kRest);
    EXPECT_EQ(r.exit, 2);
    EXPECT_THAT(r.err, AllOf(HasSubstr("the model comes first, then the rule"),
                             HasSubstr("howopen waive acme/closed-7b license.not-allowed")))
        << rule;
  }
  const Ran r = p.shell("howopen waive acme/closed-7b license.asc" + kRest);
  EXPECT_THAT(r.err, AllOf(HasSubstr("unknown rule: license.asc"), HasSubstr("did you mean license.ask?")));
  EXPECT_EQ(slurp(p.dir.file("howopen.toml")), "version = 1\n");
}

TEST(Waive, SaysWhatIsMissing) {
  const Project p;
  p.put("howopen.toml", "version = 1\n");
  EXPECT_THAT(p.shell("howopen waive acme/closed-7b license.ask --until 2027-03-31").err,
              HasSubstr("error: no reason given: --reason"));
  EXPECT_THAT(p.shell("howopen waive acme/closed-7b license.ask --reason x").err,
              HasSubstr("error: no last day given: --until"));
}

TEST(Waive, KeepsTheLineEndsOfTheFile) {
  const Project p;
  for (const std::string start :
       {"version = 1\r\n[rules]\r\n\"license.ask\" = \"deny\"\r\n",
        "version = 1\r\n[rules]\r\n\"license.ask\" = \"deny\"", "version = 1\n", ""}) {
    const bool cr = start.find('\r') != std::string::npos;
    if (start.empty()) continue;
    p.put("howopen.toml", start);
    ASSERT_EQ(p.shell("howopen waive acme/closed-7b license.not-allowed" + kRest).exit, 0);
    const std::string after = slurp(p.dir.file("howopen.toml"));
    EXPECT_TRUE(after.starts_with(start));
    const auto ends = std::count(after.begin(), after.end(), '\n');
    EXPECT_EQ(std::count(after.begin(), after.end(), '\r'), cr ? ends : 0) << after;
    EXPECT_THAT(after, HasSubstr(cr ? "[[waiver]]\r\nrule" : "[[waiver]]\nrule"));
    EXPECT_EQ(p.shell("howopen policy check").exit, 0);
  }
}

}  // namespace
}  // namespace howopen::test
