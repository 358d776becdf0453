// Answers that a newcomer took for others: each was wrong or misleading once.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "support/local_models.h"
#include "support/models.h"
#include "support/project.h"
#include "text/json.h"

namespace howopen::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

Ran offline(std::vector<std::string> words) {
  words.emplace_back("--offline");
  return run(words);
}

// What its base permits is no license of a model that has none.
TEST(Answers, NoLicenseIsNoneInEveryFormat) {
  const char* id = "deepseek-ai/dspark_qwen3_4b_block7";
  const auto json = text::parse_json(offline({"audit", id, "--json"}).out);
  ASSERT_TRUE(json);
  EXPECT_EQ((*json)["models"].items()[0]["license"]["effective"]["expression"].string_or(""), "NONE");
  for (const char* format : {"markdown", "csv", "badge-json", "text"}) {
    const std::string out = offline({"audit", id, "-o", format}).out;
    EXPECT_THAT(out, Not(HasSubstr("license: Apache-2.0"))) << format;
    EXPECT_THAT(out, Not(HasSubstr("| Apache-2.0"))) << format;
  }
  EXPECT_NE(offline({"combine", "--model", id, "--as", "MIT"}).exit, 0);
}

TEST(Answers, AFieldThatNoLicenseSpeaksOfIsAnError) {
  EXPECT_THAT(offline({"deepseek-ai/DeepSeek-V3", "--for", "product", "--field", "military"}).out,
              HasSubstr("no"));
  const Ran r = offline({"deepseek-ai/DeepSeek-V3", "--for", "product", "--field", "miltary"});
  EXPECT_EQ(r.exit, 2);
  EXPECT_THAT(r.err, HasSubstr("did you mean military?"));
}

TEST(Answers, ATextThatNobodyReadIsAskedAbout) {
  EXPECT_THAT(offline({"mistralai/Codestral-22B-v0.1", "--for", "redistribute"}).out,
              HasSubstr("its text was not read"));
}

TEST(Answers, AnotherNameIsSaid) {
  EXPECT_THAT(offline({"gpt-4-turbo"}).err,
              HasSubstr("note: gpt-4-turbo is answered by what is known of gpt-4"));
  EXPECT_THAT(offline({"gpt-4"}).err, Not(HasSubstr("note:")));
  EXPECT_THAT(offline({"deepseek-ai/DeepSeek-R1@v9"}).out,
              AllOf(HasSubstr("for its branch\nmain"), HasSubstr("revision v9")));
}

// A model that is served no more is asked nothing.
TEST(Answers, AWithdrawnModelTakesNoData) {
  const std::string out = offline({"gpt-3"}).out;
  EXPECT_THAT(out, HasSubstr("serves it no more"));
  EXPECT_THAT(out, Not(HasSubstr("what is asked goes to")));
}

TEST(Answers, ResultsThatAreNoneAreAnError) {
  const TempDir dir;
  EXPECT_EQ(run({"summary", dir.write("empty.jsonl", "")}).exit, 2);
  EXPECT_EQ(run({"summary", dir.write("x.txt", "no results\n")}).exit, 2);
  EXPECT_EQ(run({"site", dir.file("empty.jsonl"), "--output", dir.file("site")}).exit, 2);
}

TEST(Answers, ColumnsAreThoseOfTheEnvironment) {
  const Ran r = run({"gpt-4", "--offline"}, {{"COLUMNS", "40"}});
  for (std::size_t at = 0; at < r.out.size(); at = r.out.find('\n', at) + 1)
    EXPECT_LE(r.out.find('\n', at) - at, 60u) << r.out.substr(at, 80);
}

// Bytes under the name of weights are no weights.
TEST(Answers, AHeadThatIsNoneIsSaid) {
  const TempDir dir;
  std::string noise;
  for (int i = 0; i < 4000; ++i) noise += static_cast<char>(i * 37 + i / 7);
  dir.write("m/README.md", "---\nlicense: apache-2.0\n---\n# M\n\nTrained from scratch.\n");
  dir.write("m/LICENSE", kApache);
  dir.write("m/config.json", R"({"model_type":"llama","architectures":["LlamaForCausalLM"]})");
  dir.write("m/model.safetensors", noise);
  Ran r = offline({"audit", dir.path() + "/m"});
  EXPECT_EQ(r.exit, 3);
  EXPECT_THAT(flat(r.out), HasSubstr("model.safetensors: its head could not be read"));
  dir.write("m/model.safetensors", safetensors("{}"));
  r = offline({"audit", dir.path() + "/m"});
  EXPECT_EQ(r.exit, 0) << r.out;
  EXPECT_THAT(flat(r.out), HasSubstr("The weights are on this machine; they may be changed"));
}

TEST(Answers, FixesCanBePasted) {
  const Project p;
  p.put("src/app.py", "import os\nm = AutoModel.from_pretrained(os.environ[\"MODEL\"])\n");
  const std::string out = p.shell("howopen gate ./src --no-policy").out;
  EXPECT_THAT(out, Not(HasSubstr("\"os.environ[\"MODEL\"]\"")));
  EXPECT_EQ(
      p.shell("howopen init && howopen waive a/b license.denied --until 2027-01-01 --reason '…' --by x").exit,
      2);
}

// An archive in a tree is looked into, as --artifact does; what cannot be read to its end is said.
TEST(Answers, WeightsInAnArchiveOfATreeAreJudged) {
  const Project p;
  p.put("assets/model.tar",
        tar({{"m/model.gguf", gguf({{"general.architecture", "llama"}, {"general.license", "cc-by-nc-4.0"}})},
             {"m/config.json", "{}"}}));
  p.put("assets/code.tar", tar({{"x/main.py", "print(1)\n"}}));
  Ran r = p.shell("howopen gate ./assets --no-policy");
  EXPECT_NE(r.exit, 0) << r.out << r.err;
  EXPECT_THAT(r.out, HasSubstr("assets/model.tar"));
  // Programs in it are not read, which is told.
  EXPECT_THAT(flat(r.out), HasSubstr("an archive: looked through for weights alone"));
  EXPECT_THAT(r.out, HasSubstr("code.tar"));
  // One that is cut is named, and counts as not read.
  const std::string whole = slurp(p.dir.file("assets/model.tar"));
  p.put("assets/cut.tar", whole.substr(0, 2000));
  r = p.shell("howopen gate ./assets --no-policy --strict");
  EXPECT_THAT(flat(r.out), HasSubstr("could not be looked through to its end"));
  EXPECT_THAT(r.out, HasSubstr("assets/cut.tar"));
  EXPECT_THAT(p.shell("howopen audit --recursive dir:assets --offline").err, HasSubstr("assets/cut.tar"));
  fs::remove(p.dir.file("assets/cut.tar"));
  fs::remove(p.dir.file("assets/model.tar"));
  r = p.shell("howopen gate ./assets --no-policy");
  EXPECT_EQ(r.exit, 0) << r.out << r.err;
}

// A range is told as one.
TEST(Answers, WhatIsNotSettledIsNotStated) {
  const TempDir dir;
  dir.write("m/README.md",
            "---\nlicense: apache-2.0\n---\n# M\n\nOnly for research purposes, contact us for a commercial "
            "license.\n");
  dir.write("m/config.json", R"({"model_type":"llama","architectures":["LlamaForCausalLM"]})");
  dir.write("m/model.safetensors", safetensors("{}"));
  std::string out = offline({"audit", dir.path() + "/m"}).out;
  std::replace(out.begin(), out.end(), '\n', ' ');
  EXPECT_THAT(out, HasSubstr("is not settled: at worst not for commercial use, at best open"));
  EXPECT_THAT(out, Not(HasSubstr("but not use them commercially")));
}

}  // namespace
}  // namespace howopen::test
