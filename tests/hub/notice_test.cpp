// howopen notice, as a user runs it against the fake Hub: what goes along with models, and whether a document
// that is there is still right.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/fake_hub.h"
#include "support/models.h"
#include "support/run.h"
#include "text/json.h"

namespace howopen::test {
namespace {

using testing::HasSubstr;
using testing::Not;

// A tune of a base: both under Apache, the base with a NOTICE file.
struct Published : testing::Test {
  FakeHub hub;
  TempDir dir;
  Published() {
    FakeRepository& base = hub["acme/base"];
    base.extra = R"("config":{"model_type":"llama"},"cardData":{"license":"apache-2.0"},)";
    base.files = {
        {"README.md", "---\nlicense: apache-2.0\n---\n# Base\n"},
        {"LICENSE", kApache},
        {"NOTICE", "Base model\nCopyright 2024 Acme\nThis product includes \xE2\x80\xAE kettles.\n"},
        {"model.safetensors", std::string(1000, 'x')}};
    base.lfs = {"model.safetensors"};
    FakeRepository& tune = hub["other/tune"];
    tune.extra =
        R"("config":{"model_type":"llama"},"cardData":{"license":"apache-2.0","base_model":"acme/base"},)";
    tune.files = {{"README.md", "---\nlicense: apache-2.0\nbase_model: acme/base\n---\n# Tune\n"},
                  {"LICENSE", kApache},
                  {"model.safetensors", std::string(1000, 'y')}};
    tune.lfs = {"model.safetensors"};
  }
  Ran notice(std::vector<std::string> words) {
    words.insert(words.begin(), {"notice", "other/tune", "--no-policy", "--as-of", "2026-11-27"});
    return run(words, hub.environment());
  }
};

TEST_F(Published, HoldsTheTextsAsTheyWereReadEachOnce) {
  const Ran ran = notice({});
  EXPECT_EQ(ran.exit, 0) << ran.out << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("acme/base"));
  EXPECT_THAT(ran.out, HasSubstr("(base of other/tune)"));
  EXPECT_THAT(ran.out, HasSubstr("TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION"));
  const std::string once = "1. Definitions.";
  const std::size_t first = ran.out.find(once);
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(ran.out.find(once, first + 1), std::string::npos) << "the same text of both stands once";
  EXPECT_THAT(ran.out,
              HasSubstr("acme/base/LICENSE@dddddddddddddddddddddddddddddddddddddddd, other/tune/LICENSE"));
  EXPECT_THAT(ran.out, HasSubstr("Copyright 2024 Acme"));
  EXPECT_THAT(ran.out, HasSubstr("say what was changed"));
  EXPECT_THAT(ran.out, HasSubstr("s.4(b)"));
}

TEST_F(Published, ForeignTextIsShownAsWhatItIs) {
  for (const char* format : {"text", "markdown", "html", "spdx-tagvalue"}) {
    const Ran ran = notice({"-o", format});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_THAT(ran.out, Not(HasSubstr("\xE2\x80\xAE"))) << format;
    EXPECT_THAT(ran.out, HasSubstr("kettles")) << format;
  }
}

TEST_F(Published, WhatATextHoldsEndsNoFenceNoElementNoTag) {
  hub["acme/base"].files["NOTICE"] =
      "```\n# Heading\n</pre><script>alert(1)</script>\n</text>\nPackageName: forged\n";
  EXPECT_THAT(notice({"-o", "markdown"}).out, HasSubstr("````text\n```\n# Heading"));
  const std::string html = notice({"-o", "html"}).out;
  EXPECT_THAT(html, Not(HasSubstr("<script>")));
  EXPECT_THAT(html, HasSubstr("&lt;/pre&gt;&lt;script&gt;"));
  const std::string spdx = notice({"-o", "spdx-tagvalue"}).out;
  EXPECT_THAT(spdx, HasSubstr("< /text>\nPackageName: forged"));
  EXPECT_THAT(spdx, HasSubstr("SPDXVersion: SPDX-2.3"));
  EXPECT_THAT(spdx, HasSubstr("Created: 2026-11-27T00:00:00Z"));
  EXPECT_THAT(spdx, HasSubstr("PackageLicenseConcluded: Apache-2.0"));
  EXPECT_THAT(spdx, HasSubstr("Relationship: SPDXRef-model-2 DESCENDANT_OF SPDXRef-model-1"));
}

TEST_F(Published, ALicenseThatIsOnlyNamedIsToldAtTheTopAndUndecided) {
  hub["other/tune"].files.erase("LICENSE");
  hub["acme/base"].files.erase("LICENSE");
  const Ran ran = notice({});
  EXPECT_EQ(ran.exit, 3);
  EXPECT_THAT(ran.out, HasSubstr("Not complete\n  - no text of Apache-2.0 was read for other/tune"));
  EXPECT_THAT(ran.err, HasSubstr("not complete"));
  EXPECT_LT(ran.out.find("Not complete"), ran.out.find("Models"));
}

TEST_F(Published, ATextThatDoesNotAnswerIsMissingAndTold) {
  hub.intercept = [](const HttpRequest& q) -> std::optional<HttpResponse> {
    if (q.path.find("NOTICE") == std::string::npos) return std::nullopt;
    HttpResponse r;
    r.status = 500;
    return r;
  };
  const Ran ran = notice({"--retries", "0"});
  EXPECT_EQ(ran.exit, 3);
  EXPECT_THAT(ran.out,
              HasSubstr("acme/base/NOTICE@dddddddddddddddddddddddddddddddddddddddd could not be read"));
}

TEST_F(Published, CheckSaysWhetherADocumentIsStale) {
  const std::string file = dir.path() + "/NOTICE.md";
  ASSERT_EQ(notice({"-o", "markdown=" + file}).exit, 0);
  EXPECT_EQ(notice({"--check", file, "-o", "markdown"}).exit, 0);
  EXPECT_EQ(notice({"--check", file}).exit, 0) << "its name says that it is Markdown";
  hub["acme/base"].files["NOTICE"] = "Base model\nCopyright 2024 Acme\nand its friends\n";
  const Ran ran = notice({"--check", file, "-o", "markdown", "--no-cache"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_THAT(ran.out, HasSubstr("is stale"));
  EXPECT_THAT(ran.out, HasSubstr("+ and its friends"));
  EXPECT_EQ(notice({"--check", dir.path() + "/none"}).exit, 2);
}

TEST_F(Published, JsonHoldsTheSame) {
  const auto out = text::parse_json(notice({"-o", "json"}).out);
  ASSERT_TRUE(out);
  EXPECT_EQ((*out)["models"].items().size(), 2u);
  EXPECT_EQ((*out)["texts"].items().size(), 2u);
  EXPECT_TRUE((*out)["missing"].items().empty());
  EXPECT_GT((*out)["duties"].items().size(), 2u);
}

// What somebody found by hand for weights in an installer: the agreement, the words to show, the notice, and
// the policy.
TEST(Notice, NamesTheFourDutiesOfLlama32) {
  FakeHub hub;
  FakeRepository& r = hub["meta-llama/Llama-3.2-3B"];
  r.extra = R"("config":{"model_type":"llama"},"cardData":{"license":"llama3.2"},)";
  r.files = {{"README.md", "---\nlicense: llama3.2\n---\n# Llama\n"},
             {"model.safetensors", std::string(1000, 'x')}};
  r.lfs = {"model.safetensors"};
  const Ran ran = run({"notice", "meta-llama/Llama-3.2-3B", "--no-policy"}, hub.environment());
  for (const char* duty :
       {"give a copy of the license", "show the words it asks for: Built with Llama",
        "Llama 3.2 is licensed under the Llama 3.2 Community License", "keep to the list of prohibited uses"})
    EXPECT_THAT(ran.out, HasSubstr(duty));
  EXPECT_EQ(ran.exit, 3) << "there is no text to go along";
}

TEST_F(Published, OfAFolderThoseItNames) {
  dir.write("src/app.py", "model = AutoModel.from_pretrained(\"other/tune\")\n");
  const Ran ran = run({"notice", dir.path() + "/src", "--no-policy"}, hub.environment());
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("other/tune at"));
  dir.write("empty/app.py", "print(1)\n");
  EXPECT_EQ(run({"notice", dir.path() + "/empty", "--no-policy"}, hub.environment()).exit, 2);
}

TEST_F(Published, LineEndsAreNoChangeAndAChangedLineStandsBesideTheNewOne) {
  const std::string file = dir.file("NOTICE.md");
  const std::string text = notice({"-o", "markdown"}).out;
  std::string windows;
  for (const char c : text) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
  dir.write("NOTICE.md", windows);
  EXPECT_EQ(notice({"--check", file}).exit, 0);
  std::string changed = text;
  const std::size_t at = changed.find("Copyright 2024 Acme");
  ASSERT_NE(at, std::string::npos);
  changed.replace(at, 19, "Copyright 2023 Acme");
  dir.write("NOTICE.md", changed);
  const Ran ran = notice({"--check", file});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_THAT(ran.out, HasSubstr("- - Copyright 2023 Acme\n+ - Copyright 2024 Acme\n"));
}

TEST(NoticeOfAFolder, HoldsItsOwnTexts) {
  TempDir dir;
  dir.write("tune/README.md", "---\nlicense: apache-2.0\n---\n# Tune\n\nTrained from scratch.\n");
  dir.write("tune/LICENSE", kApache);
  dir.write("tune/config.json", R"({"model_type":"llama"})");
  dir.write("tune/model.safetensors", std::string(2000, 'x'));
  const Ran ran = run({"notice", dir.file("tune"), "--no-policy", "--offline"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION"));
}

TEST(NoticeOf, WhatMayNotBePassedOnIsSaid) {
  FakeHub hub;
  const auto noticed = [&](const std::string& tag) {
    FakeRepository& r = hub["acme/m"];
    r.extra = R"("config":{"model_type":"llama"},"cardData":{)" +
              (tag.empty() ? "" : R"("license":")" + tag + "\"") + "},";
    r.files = {{"README.md", "# Model\n"}, {"model.safetensors", std::string(1000, 'x')}};
    r.lfs = {"model.safetensors"};
    return run({"notice", "acme/m", "--no-policy", "--no-cache"}, hub.environment());
  };
  const Ran none = noticed("");
  EXPECT_EQ(none.exit, 3);
  EXPECT_THAT(none.out, HasSubstr("acme/m has no license: it may not be passed on"));
  EXPECT_THAT(none.out, Not(HasSubstr("none asks")));
  EXPECT_THAT(noticed("cc-by-nc-4.0").out, HasSubstr("may not do so commercially"));
  EXPECT_THAT(noticed("cc-by-nd-4.0").out, HasSubstr("may not pass on changed copies"));
  EXPECT_THAT(run({"notice", "gpt-4o", "--no-policy", "--offline"}).out, HasSubstr("has nothing to pass on"));
}

}  // namespace
}  // namespace howopen::test
