// Whole runs over snapshots written for it: tests/golden/<case>/snapshot.json -> facts.json, verdict.json,
// report.txt; of some, the formats that are passed on. `about` says which aspect a case is for.
// HOWOPEN_BLESS=1 writes the expected files anew.
//
// A body "@LICENSE" in a snapshot stands for this project's own LICENSE (Apache-2.0), the only license text
// in the repository.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "fetch/replay.h"
#include "howopen/catalog.h"
#include "howopen/report.h"
#include "run/look.h"
#include "support/temp_dir.h"

namespace howopen {
namespace {

namespace fs = std::filesystem;
const fs::path kCases = fs::path(HOWOPEN_SOURCE_DIR) / "tests/golden";

std::vector<std::string> cases() {
  std::vector<std::string> out;
  for (const auto& entry : fs::directory_iterator(kCases)) {
    if (entry.is_directory()) out.push_back(entry.path().filename().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

const Catalog& the_catalog() {
  static const Catalog catalog = std::move(*Catalog::load());
  return catalog;
}

// The digest of the catalog changes with every entry of data/; it is not what a case is about.
std::string without_digest(std::string json) {
  const std::string key = "\"digest\": \"";
  if (const auto at = json.find(key); at != std::string::npos) json.replace(at + key.size(), 64, "…");
  return json;
}

// The same for documents that name the catalog's day and carry a number made of all they say. A page is
// compared without its style and script.
std::string without_chance(std::string text, const std::string& uuid) {
  const auto replace = [&](const std::string& what, const std::string& by) {
    for (std::size_t at = 0; !what.empty() && (at = text.find(what, at)) != std::string::npos;
         at += by.size())
      text.replace(at, what.size(), by);
  };
  replace(the_catalog().digest(), "…");
  replace(uuid, "…");
  replace(the_catalog().as_of() + "T", "…T");
  replace("catalog of " + the_catalog().as_of(), "catalog of …");
  replace("\"value\": \"" + the_catalog().as_of(), "\"value\": \"…");
  if (const auto style = text.find("<style>"); style != std::string::npos)
    text.erase(style, text.find("</style>") - style);
  if (const auto hash = text.find("'sha256-"); hash != std::string::npos) text.replace(hash + 8, 44, "…");
  if (const auto script = text.find("<script>"); script != std::string::npos)
    text.erase(script, text.find("</script>", script) - script);
  return text;
}

// Cases that are written down in the formats that are passed on, too.
bool passed_on(const std::string& name) {
  return name == "ancestor-terms" || name == "complete-open" || name == "hostile-text" || name == "several";
}

void compare(const fs::path& file, const std::string& actual) {
  if (std::getenv("HOWOPEN_BLESS") != nullptr) {
    std::ofstream(file, std::ios::binary) << actual;
    return;
  }
  EXPECT_EQ(test::slurp(file.string()), actual) << file << "; HOWOPEN_BLESS=1 writes it anew";
}

class Golden : public testing::TestWithParam<std::string> {};

TEST_P(Golden, IsAsExpected) {
  const fs::path folder = kCases / GetParam();
  auto bundle = fetch::load_bundle(test::slurp((folder / "snapshot.json").string()), "snapshot.json");
  ASSERT_TRUE(bundle) << bundle.error().what << " " << bundle.error().where;
  ASSERT_TRUE(fs::exists(folder / "about"));
  for (auto& [want, answer] : bundle->answers) {
    if (answer.body == "@LICENSE") answer.body = test::slurp(std::string(HOWOPEN_SOURCE_DIR) + "/LICENSE");
  }
  fetch::Replay source(bundle->answers);
  std::vector<Facts> facts = run::look(source, bundle->models, the_catalog()).facts;
  std::vector<Verdict> verdicts;
  std::string saved;
  for (Facts& f : facts) {
    f.origin = Origin::replay;
    saved += save_facts(f);
    // Saving and loading changes nothing.
    const auto again = load_facts(save_facts(f), "facts");
    ASSERT_TRUE(again) << again.error().what << " " << again.error().where;
    EXPECT_EQ(save_facts(*again), save_facts(f));
    verdicts.push_back(judge(f, the_catalog()));
    EXPECT_EQ(render(std::vector{judge(*again, the_catalog())}, Format::json, {}, the_catalog()),
              render(std::vector{verdicts.back()}, Format::json, {}, the_catalog()));
  }
  compare(folder / "facts.json", saved);
  compare(folder / "verdict.json", without_digest(render(verdicts, Format::json, {}, the_catalog())));
  if (passed_on(GetParam())) {
    for (const auto& [format, file] :
         {std::pair(Format::cyclonedx, "bill.cdx.json"), std::pair(Format::spdx_3, "bill.spdx.json"),
          std::pair(Format::html, "page.html"), std::pair(Format::badge, "badge.svg"),
          std::pair(Format::badge_dots, "badge-dots.svg"), std::pair(Format::badge_json, "badge.json")}) {
      const std::string document = render(verdicts, format, {}, the_catalog());
      const std::size_t uuid = document.find("urn:uuid:");
      compare(folder / file,
              without_chance(document, uuid == std::string::npos ? "" : document.substr(uuid + 9, 36)));
    }
  }
  std::string text = render(verdicts, Format::text, {}, the_catalog());
  Style verbose;
  verbose.verbosity = 1;
  text += "\n--- with -v ---\n" + render(verdicts, Format::text, verbose, the_catalog());
  compare(folder / "report.txt", text);
  for (std::istringstream lines(text); std::getline(lines, text);)
    EXPECT_EQ(text.find('\x1b'), std::string::npos) << "an escape character in a report";
}

INSTANTIATE_TEST_SUITE_P(Cases, Golden, testing::ValuesIn(cases()), [](const auto& one) {
  std::string name = one.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace howopen
