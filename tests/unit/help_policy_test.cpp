// The page on howopen.toml against the reader of the file: no key that the page leaves out, none that it
// makes up, and defaults that are those.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "cli/help.h"
#include "howopen/policy.h"
#include "support/catalog.h"

namespace howopen::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

// The lines of the page that are TOML: all of the file, and with `examples` what stands as a comment too.
std::string file_of_the_page(bool examples) {
  std::istringstream page(cli::topic_text("policy"));
  std::string out;
  std::string line;
  while (std::getline(page, line) && line != "A small one:") {
    if (!line.starts_with("  ")) continue;
    line.erase(0, 2);
    if (examples && line.starts_with("# ")) line.erase(0, 2);
    out += line + "\n";
  }
  const std::string digest = "64 hex digits";
  if (const std::size_t at = out.find(digest); at != std::string::npos)
    out.replace(at, digest.size(), std::string(64, 'a'));
  return out;
}

std::vector<std::string> errors_of(const std::string& content) {
  std::vector<std::string> out;
  for (const Error& e : read_policy({{"howopen.toml", content}}, the_catalog()).errors)
    out.push_back(e.what + "; " + e.where + "; " + e.fix);
  return out;
}

// The reader says which keys a table has where it meets one that it has not.
std::set<std::string> known_keys(const std::string& table) {
  const std::string content = "version = 1\n" + table + "\nqqqqqqqqqqqqqqqqqqqq = 1\n";
  for (const Error& e : read_policy({{"howopen.toml", content}}, the_catalog()).errors) {
    const std::string start = "known are: ";
    if (!e.fix.starts_with(start)) continue;
    std::set<std::string> out;
    std::istringstream names(e.fix.substr(start.size()));
    for (std::string name; std::getline(names >> std::ws, name, ',');) out.insert(name);
    return out;
  }
  return {};
}

TEST(PolicyPage, HasEveryKeyOfTheReader) {
  const std::string page = file_of_the_page(true);
  for (const char* table : {"", "[gate]", "[licenses]", "[use]", "[jurisdiction]", "[[license-exception]]",
                            "[[clarify]]", "[[waiver]]", "[scan]", "[lock]", "[lock.drift]", "[hub]"}) {
    const std::set<std::string> keys = known_keys(table);
    ASSERT_GE(keys.size(), 2u) << table;
    const std::string name = table;
    // The part of the page under this head, up to the next one.
    const std::size_t begin = name.empty() ? 0 : page.find(name);
    ASSERT_NE(begin, std::string::npos) << table << "\n" << page;
    const std::string part = page.substr(begin, page.find("\n[", begin + 1) - begin);
    for (const std::string& key : keys) {
      const bool there =
          part.find("\n" + key + " = ") != std::string::npos || part.starts_with(key + " = ") ||
          page.find("[" + key + "]") != std::string::npos ||
          page.find("[" + name.substr(name.empty() ? 0 : 1, name.size() - (name.empty() ? 0 : 2)) + "." +
                    key + "]") != std::string::npos;
      EXPECT_TRUE(there) << table << " " << key << "\n" << part;
    }
  }
}

TEST(PolicyPage, IsAFileThatIsRead) {
  EXPECT_THAT(errors_of(file_of_the_page(false)), IsEmpty());
  EXPECT_THAT(errors_of(file_of_the_page(true)), IsEmpty()) << file_of_the_page(true);
  const std::string page = cli::topic_text("policy");
  const std::size_t small = page.find("A small one:\n");
  ASSERT_NE(small, std::string::npos);
  EXPECT_THAT(errors_of(page.substr(small + 13, page.find("\nhowopen policy check") - small - 13)),
              IsEmpty());
}

TEST(PolicyPage, ItsDefaultsAreThose) {
  const Policy said = read_policy({{"howopen.toml", file_of_the_page(false)}}, the_catalog()).policy;
  const Policy is = preset_policy("permissive");
  EXPECT_EQ(said.preset, is.preset);
  EXPECT_EQ(said.fail_on.value, is.fail_on.value);
  EXPECT_EQ(said.on_unknown.value, is.on_unknown.value);
  EXPECT_EQ(said.expiry_notice_days.value, is.expiry_notice_days.value);
  EXPECT_EQ(said.catalog_days.value, is.catalog_days.value);
  EXPECT_EQ(said.confidence.value, is.confidence.value);
  EXPECT_EQ(said.require_file.value, is.require_file.value);
  EXPECT_EQ(said.applies_to.value, is.applies_to.value);
  EXPECT_EQ(said.allow.ids.size(), is.allow.ids.size());
  EXPECT_EQ(said.scan.min_confidence, is.scan.min_confidence);
  EXPECT_EQ(said.scan.respect_gitignore, is.scan.respect_gitignore);
  EXPECT_EQ(said.lock_file.value, is.lock_file.value);
  for (const auto& [rule, set] : is.drift) EXPECT_EQ(said.drift.at(rule).value, set.value) << rule;
  for (const auto& [rule, set] : is.levels) EXPECT_EQ(said.levels.at(rule).value, set.value) << rule;
  EXPECT_THAT(cli::topic_text("policy"), HasSubstr("timeout = \"30s\""));
}

TEST(PolicyErrors, AnEndpointThatIsNoAddress) {
  const auto error = [](const std::string& url) {
    const auto all = errors_of("version = 1\n\n[hub]\nendpoint = \"" + url + "\"\n");
    return all.empty() ? std::string() : all.front();
  };
  EXPECT_EQ(error("huggingface.co"),
            "hub.endpoint is \"huggingface.co\", not an http or https address; howopen.toml:4; endpoint = "
            "\"https://huggingface.co\"");
  EXPECT_THAT(error("hub.acme.org:8080/mirror"),
              HasSubstr("endpoint = \"https://hub.acme.org:8080/mirror\""));
  for (const char* bad : {"", "ftp://huggingface.co", "https://", "http:/x", "the Hub", "https://a b/c",
                          "//hub", "file:///etc/passwd", "https://hub.acme.org\\u0007"})
    EXPECT_THAT(error(bad), HasSubstr("not an http or https address; howopen.toml:4; endpoint = ")) << bad;
  const std::string login = error("https://me:secret@hub.acme.org");
  EXPECT_THAT(login, HasSubstr("a user's name or password"));
  EXPECT_EQ(login.find("secret"), std::string::npos);
  for (const char* good : {"https://huggingface.co", "https://huggingface.co/", "HTTPS://HF.CO",
                           "http://127.0.0.1:8080", "http://[::1]:80/hub", "https://hub.acme.org/mirror"})
    EXPECT_EQ(error(good), "") << good;
}

TEST(PolicyErrors, ALicenseThatIsNoneHasTheNearest) {
  const auto all =
      errors_of("version = 1\n[licenses]\nallow = [\"apache\", \"MTI\", \"acme-own\", \"MIT AND\"]\n");
  ASSERT_EQ(all.size(), 4u);
  EXPECT_THAT(all[0], testing::StartsWith(
                          "\"apache\" is no license of SPDX's list or of the catalog; howopen.toml:3; "
                          "did you mean Apache-2.0"));
  EXPECT_THAT(all[1], HasSubstr("did you mean MIT?"));
  EXPECT_THAT(all[2], HasSubstr("name your own as LicenseRef-"));
  EXPECT_THAT(all[3], testing::StartsWith("\"MIT AND\" is no license: "));
}

TEST(PolicyErrors, AFieldThatNoLicenseSpeaksOf) {
  const auto all = errors_of(
      "version = 1\n[use]\nfor = [\"product\"]\nas = \"Company\"\nfield = [\"Medical\", \"medcal\"]\n");
  ASSERT_EQ(all.size(), 1u);
  EXPECT_THAT(all[0], HasSubstr("use.field is \"medcal\"; howopen.toml:5; did you mean \"medical\"?"));
}

}  // namespace
}  // namespace howopen::test
