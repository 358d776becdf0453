// Exact identification. The only license text at hand is this project's own; the others are tested where
// ../shared is.

#include <gtest/gtest.h>

#include <filesystem>

#include "howopen/catalog.h"
#include "license/identify.h"
#include "license/tokens.h"
#include "support/temp_dir.h"

namespace howopen::license {
namespace {

const Catalog& the_catalog() {
  static const Catalog catalog = std::move(*Catalog::load());
  return catalog;
}

const std::string kApache = test::slurp(std::string(HOWOPEN_SOURCE_DIR) + "/LICENSE");

std::string id_of(const std::string& text) {
  const Identified i = identify(text, the_catalog());
  return i.licenses.empty() ? std::string(word(i.match)) : i.licenses.front();
}

TEST(Identify, WrappingCaseAndPunctuationDoNotMatter) {
  EXPECT_EQ(id_of(kApache), "Apache-2.0");
  std::string quoted;
  for (const char c : kApache)
    quoted += c == '\n' ? std::string("\r\n > ") : c == ' ' ? std::string("\t") : std::string(1, c);
  EXPECT_EQ(id_of(quoted), "Apache-2.0");
  std::string upper = kApache;
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  EXPECT_EQ(id_of(upper), "Apache-2.0");
}

TEST(Identify, WithoutTheAppendix) {
  EXPECT_EQ(id_of(kApache.substr(0, kApache.find("END OF TERMS AND CONDITIONS") + 27)), "Apache-2.0");
}

TEST(Identify, AnyChangeOfWordsIsNoLongerTheLicense) {
  EXPECT_EQ(id_of(kApache + "\nNot for use by companies with more than 100 employees.\n"), "unknown");
  EXPECT_EQ(id_of("For non-commercial use only.\n" + kApache), "unknown");
  std::string negated = kApache;
  negated.replace(negated.find("hereby grants"), 13, "hereby does not grant");
  EXPECT_EQ(id_of(negated), "unknown");
  EXPECT_EQ(id_of(kApache.substr(0, kApache.size() / 2)), "unknown");
  EXPECT_EQ(id_of(""), "none");
  EXPECT_EQ(id_of(" \n\t "), "none");
}

TEST(Tokens, CopyrightNoticesDifferFromCopyToCopy) {
  EXPECT_EQ(words("A\nCopyright (c) 2023 DeepSeek\nB"),
            words("A\nCopyright 2019-2024 The X Authors. All rights reserved.\nB"));
  EXPECT_EQ(words("A\nCopyright (c) 2023 DeepSeek\nB"), words("A\nB"));
  // What says more is part of the text, wherever it hides.
  EXPECT_NE(words("A\nCopyright (c) 2023 X, for research use only\nB"), words("A\nB"));
  EXPECT_NE(words("A\nCopyright (c) 2023 X. Commercial users must pay.\nB"), words("A\nB"));
  EXPECT_NE(words("A\nCopyright and related rights\nB"), words("A\nB"));
}

TEST(Tokens, QuotesDashesAndScripts) {
  EXPECT_EQ(words("\xE2\x80\x9CLicense\xE2\x80\x9D \xE2\x80\x94 \xC2\xA9 it's"),
            (std::vector<std::string>{"license", "it", "s"}));
  EXPECT_EQ(words("许可 MIT"), (std::vector<std::string>{"许可", "mit"}));
  EXPECT_EQ(words("\xff\xfe x"), (std::vector<std::string>{"x"}));
}

TEST(Shared, EveryReferenceTextIsIdentifiedAsItself) {
  const std::filesystem::path texts = std::filesystem::path(HOWOPEN_SOURCE_DIR) / "../shared/licenses/texts";
  if (!std::filesystem::exists(texts)) GTEST_SKIP() << "no ../shared/licenses: nothing was checked";
  int checked = 0;
  for (const auto& entry : std::filesystem::directory_iterator(texts)) {
    const std::string id = entry.path().stem().string();
    if (entry.path().extension() != ".txt" || the_catalog().license(id) == nullptr) continue;
    const std::string text = test::slurp(entry.path().string());
    if (words(text).size() < 20) continue;
    ++checked;
    EXPECT_EQ(id_of(text), id);
    EXPECT_NE(id_of(text + "\nNon-commercial use only.\n"), id);
  }
  EXPECT_GT(checked, 60);
}

}  // namespace
}  // namespace howopen::license
