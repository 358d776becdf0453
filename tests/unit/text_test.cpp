// Small readers: UTF-8, digests, base64, patterns, phrases.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "text/base64.h"
#include "text/digest.h"
#include "text/glob.h"
#include "text/phrases.h"
#include "text/utf8.h"

namespace howopen::text {
namespace {

TEST(Utf8, TellsValidFromInvalid) {
  for (const char* good : {"", "a", "\xC3\xBC", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"})
    EXPECT_TRUE(is_utf8(good)) << good;
  for (const char* bad : {"\xff", "\xC3", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                          "\xF5\x80\x80\x80", "\x80"})
    EXPECT_FALSE(is_utf8(bad));
}

TEST(Utf8, PrintableShowsWhatCouldActOrHide) {
  EXPECT_EQ(printable("plain ü 模型"), "plain ü 模型");
  EXPECT_EQ(printable("\x1b[31mred"), "\\x1b[31mred");
  EXPECT_EQ(printable("a\nb\tc\r\nd"), "a b c d") << "nothing foreign begins a line";
  EXPECT_EQ(printable("a\xE2\x80\xAE"
                      "b"),
            "a\\u{202e}b");
  EXPECT_EQ(printable("a\xE2\x80\x8B"
                      "b"),
            "a\\u{200b}b");
  EXPECT_EQ(printable("\xF3\xA0\x80\x81"), "\\u{e0001}");
  EXPECT_EQ(printable("\xC2\x9B"), "\\u{9b}") << "C1 controls act like escapes";
  EXPECT_EQ(printable("\xff"), "\\xff");
}

TEST(Utf8, WidthCountsColumns) {
  EXPECT_EQ(display_width("abc"), 3);
  EXPECT_EQ(display_width("✓ ü"), 3);
  EXPECT_EQ(display_width("模型"), 4);
}

TEST(Digest, KnownValues) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(git_blob(""), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
  EXPECT_EQ(git_blob("hello\n"), "ce013625030ba8dba906f756967f9e9ca394464a");
}

TEST(Base64, RoundTrip) {
  EXPECT_EQ(base64("\xff"), "/w==");
  for (const std::string& bytes :
       {std::string(), std::string("a"), std::string("ab"), std::string("abc"), std::string("\0\xff\x80", 3)})
    EXPECT_EQ(from_base64(base64(bytes)), bytes);
  for (const char* bad : {"a", "a===", "====", "ab=c", "a\nbc"}) EXPECT_FALSE(from_base64(bad)) << bad;
}

TEST(Glob, Stars) {
  EXPECT_TRUE(glob("*.whl", "en_core-3.0.whl"));
  EXPECT_TRUE(glob("gemma-3-*", "gemma-3-27b-it"));
  EXPECT_FALSE(glob("gemma-3-*", "gemma-30b"));
  EXPECT_TRUE(glob("*", ""));
  EXPECT_TRUE(glob("a*b*c", "a-x-b-y-c"));
  EXPECT_FALSE(glob("abc", "abcd"));
  EXPECT_FALSE(glob("*a*a*a*a*b", std::string(5000, 'a')));
}

TEST(Phrases, TokenCountsInEnglishAndChinese) {
  const auto first = [](std::string_view s) {
    const auto found = token_counts(s);
    return found.empty() ? std::string() : found.front().amount;
  };
  EXPECT_EQ(first("pretrained on 14.8 trillion diverse and high-quality tokens"), "14.8 trillion");
  EXPECT_EQ(first("a corpus comprising 8.1t tokens"), "8.1t");
  EXPECT_EQ(first("on 1,500b tokens of refinedweb"), "1,500b");
  EXPECT_EQ(first("在 3 万亿 tokens 上预训练"), "3 万亿");
  EXPECT_EQ(first("使用2万亿个token"), "2万亿");
  EXPECT_EQ(first("a 7b model"), "");
  EXPECT_EQ(first("7b parameters. tokens are words"), "") << "another sentence";
  EXPECT_EQ(first("llama3b tokens"), "") << "part of a name";
}

TEST(Phrases, WordsStandAlone) {
  EXPECT_TRUE(contains_word("the code is", "code"));
  EXPECT_FALSE(contains_word("encoder", "code"));
  EXPECT_TRUE(contains_word("code", "code"));
}

TEST(Phrases, FindWhatASearchForEachWouldFind) {
  static constexpr Phrases kSome("we", "api ", "open-source", "模型", "licen", "ab\xff");
  const auto slow = [&](std::string_view text) {
    return std::any_of(kSome.begin(), kSome.end(),
                       [&](std::string_view p) { return text.find(p) != std::string_view::npos; });
  };
  std::mt19937 random(7);
  const std::string_view letters = "weapi licnos-urm\xe6\xa8\xa1\xff";
  int found = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (auto n = random() % 12; n > 0; --n) text += letters[random() % letters.size()];
    ASSERT_EQ(kSome.in(text), slow(text)) << text;
    found += kSome.in(text) ? 1 : 0;
  }
  EXPECT_GT(found, 100);
  for (const std::string_view text : {"we", "xwe", "the api ", "模型", "ab\xff"})
    EXPECT_TRUE(kSome.in(text)) << text;
  for (const std::string_view text : {"", "w", "api", "e", "模", "ab"}) EXPECT_FALSE(kSome.in(text)) << text;
}

TEST(Trigrams, NeverDenyWhatIsThere) {
  Trigrams seen;
  const std::string text = "the model is released under mit; 权重";
  seen.add(text);
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (std::size_t n = 0; at + n <= text.size(); ++n) EXPECT_TRUE(seen.may_hold(text.substr(at, n)));
  }
  static constexpr Phrases kThere("nowhere at all", "mit;");
  static constexpr Phrases kElsewhere("nowhere at all", "apache");
  EXPECT_TRUE(seen.some_of(kThere).in(text));
  EXPECT_TRUE(seen.some_of(kThere));
  EXPECT_FALSE(seen.some_of(kElsewhere));
  EXPECT_FALSE(Phrases::Some().in(text));
  EXPECT_FALSE(seen.some_of(kThere).in(std::string_view())) << "an empty text has no address";
  for (const std::string_view word : {"the", "model", "mit", "is", "权重"})
    EXPECT_TRUE(seen.may_begin(word)) << word;
  for (const std::string_view within : {"odel", "eleased", "it;", "nder"})
    EXPECT_FALSE(seen.may_begin(within)) << within;
  EXPECT_FALSE(seen.may_begin("重")) << "within a word, as bytes beyond ASCII are";
  // More of them than are searched for one by one.
  static constexpr Phrases kMany("is released", "the model", "apache", "under mit", "odel is",
                                 "nowhere at all");
  const Phrases::Some many = seen.some_of(kMany);
  for (const std::string_view part : {"it is released", "the model", "be under mit.", "a model is"})
    EXPECT_TRUE(many.in(part)) << part;
  for (const std::string_view part : {"it was released", "the mode", "apache", "nowhere at all", "x"})
    EXPECT_FALSE(many.in(part)) << part;
}

}  // namespace
}  // namespace howopen::text
