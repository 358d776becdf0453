// Duties of licenses, and what somebody says of themselves to settle them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalog/traits.h"
#include "howopen/permit.h"
#include "howopen/policy.h"
#include "howopen/verdict.h"
#include "support/catalog.h"
#include "text/json.h"

namespace howopen::test {
namespace {

using testing::HasSubstr;

Permit asked(const std::string& license, Purpose use, const Circumstances& of = {}) {
  Verdict v;
  v.rung = Rung::weights_available;
  const LicenseEntry* entry = the_catalog().license(license);
  v.license.effective.expression = license;
  v.license.effective.cls = v.license.effective.best = entry == nullptr ? LicenseClass::open : entry->cls;
  return permit(v, the_catalog(), use, of);
}

bool tells(const Permit& p, std::string_view words) {
  return std::any_of(p.duties.begin(), p.duties.end(),
                     [&](const Clause& c) { return c.text.starts_with(words); });
}

std::vector<const LicenseEntry*> all_licenses() {
  std::vector<const LicenseEntry*> out = the_catalog().licenses();
  const auto spdx = text::parse_json(the_catalog().file("spdx.json"));
  for (const char* list : {"approved", "licenses"}) {
    for (const text::Json& row : (*spdx)[list].items())
      out.push_back(the_catalog().license(row.items()[0].string_or("")));
  }
  std::erase(out, nullptr);
  return out;
}

TEST(Duties, WhoServesAModelUnderNetworkCopyleftOffersTheSource) {
  int seen = 0;
  for (const LicenseEntry* entry : all_licenses()) {
    const std::string clause = catalog::clause_of(*entry, "copyleft");
    if (entry->family || clause.find("network") == std::string::npos) continue;
    ++seen;
    EXPECT_TRUE(tells(asked(entry->id, Purpose::host), "offer the source to users over a network"))
        << entry->id;
  }
  EXPECT_GE(seen, 20);
  // By their texts, whatever their group: anything that others use counts as deployment.
  for (const char* id : {"AGPL-1.0-only", "AGPL-1.0-or-later", "UCL-1.0", "RPSL-1.0"})
    EXPECT_TRUE(tells(asked(id, Purpose::host), "offer the source to users over a network")) << id;
}

TEST(Duties, WhoPassesOnACopyleftedModelPublishesItsSource) {
  for (const LicenseEntry* entry : all_licenses()) {
    const bool works = entry->id.starts_with("CC-") || entry->id.starts_with("OFL-") ||
                       entry->id.starts_with("ODbL") || entry->id.starts_with("CDLA") ||
                       entry->id.starts_with("LicenseRef-");
    if (works || entry->family || entry->cls != LicenseClass::open ||
        !catalog::trait_is(*entry, "copyleft", "yes"))
      continue;
    if (entry->id == "MS-PL" || entry->id == "LGPLLR") continue;  // source form alone stays under it
    EXPECT_TRUE(tells(asked(entry->id, Purpose::publish_finetune), "publish the source") ||
                tells(asked(entry->id, Purpose::host), "offer the source"))
        << entry->id;
  }
}

TEST(Circumstances, NumbersWithAPoint) {
  EXPECT_EQ(parse_amount("1.5M").value_or(-1), 1'500'000);
  EXPECT_EQ(parse_amount("0.25b").value_or(-1), 250'000'000);
  EXPECT_EQ(parse_amount("10.0k").value_or(-1), 10'000);
  EXPECT_EQ(parse_money("1.5M-USD").value_or(Circumstances::Money{}).amount, 1'500'000);
  for (const char* bad : {"1.5", ".5M", "1.M", "1.2.3M", "1.0005k", "1,5M", "."})
    EXPECT_FALSE(parse_amount(bad)) << bad;
}

TEST(Circumstances, RevenueInAnotherCurrencyIsAskedForInThatOfTheLicense) {
  Circumstances of;
  of.revenue = Circumstances::Money{500'000, "EUR"};
  const Permit p = asked("LicenseRef-Stability-AI-Community-2024", Purpose::internal, of);
  ASSERT_FALSE(p.because.empty());
  EXPECT_THAT(p.because.front().text, HasSubstr("say --revenue in USD"));
}

TEST(UseOfAPolicy, WithoutForNothingIsHeldAndThatIsSaid) {
  const auto errors = [](const std::string& toml) {
    std::string out;
    for (const Error& e : read_policy({{"howopen.toml", toml}}, the_catalog()).errors)
      out += e.what + " " + e.where + "\n";
    return out;
  };
  for (const char* line : {"in = [\"DE\"]", "as = \"company\"", "users = \"5k\"", "revenue = \"1M-USD\"",
                           "field = [\"military\"]"}) {
    const std::string key = std::string(line).substr(0, std::string(line).find(' '));
    EXPECT_EQ(errors(std::string("version = 1\n[use]\n") + line + "\n"),
              "use." + key + " has no effect without use.for howopen.toml:3\n");
    EXPECT_EQ(errors(std::string("version = 1\n[use]\nfor = [\"host\"]\n") + line + "\n"), "");
  }
  EXPECT_EQ(errors("version = 1\n[use]\n"), "");
}

}  // namespace
}  // namespace howopen::test
