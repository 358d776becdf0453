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

// Text without its line ends and indents.
std::string even(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n';
    if (!blank || (!out.empty() && out.back() != ' ')) out += blank ? ' ' : c;
  }
  return out;
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
              HasSubstr("howopen has no copy of its text"));
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

// What a row of the catalog does not say is not known; what somebody looked for and did not find is not
// there.
TEST(Answers, ARowWithoutAWordOnDataSaysNothingOfThem) {
  const auto data_of = [](const char* id) {
    const auto json = text::parse_json(offline({"audit", id, "--json"}).out);
    return json ? (*json)["models"].items()[0]["components"]["training_data"] : text::Json();
  };
  EXPECT_EQ(data_of("microsoft/Phi-3-mini-4k-instruct")["status"].string_or(""), "unknown");
  EXPECT_EQ(data_of("meta-llama/Llama-3.3-70B-Instruct")["status"].string_or(""), "unavailable");
  EXPECT_EQ(data_of("swiss-ai/Apertus-70B-2509")["status"].string_or(""), "available");
  EXPECT_EQ(data_of("allenai/Olmo-3.1-32B-Think")["status"].string_or(""), "available");
  EXPECT_EQ(data_of("nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16")["status"].string_or(""), "partial");
  for (const char* id : {"microsoft/Phi-3-mini-4k-instruct", "meta-llama/Llama-3.3-70B-Instruct"})
    EXPECT_THAT(offline({id}).out, Not(HasSubstr("nothing said"))) << id;
  EXPECT_THAT(even(offline({"microsoft/Phi-3-mini-4k-instruct"}).out),
              HasSubstr("Whether training code and training data are published is not known"));
  // No row of the catalog is called silent: that is what a card may be.
  EXPECT_THAT(offline({"microsoft/phi-4", "Qwen/Qwen3-8B", "google/gemma-3-27b-it", "-v"}).out,
              Not(HasSubstr("training-data.silent")));
}

TEST(Answers, ATextThatIsKnownByItsTagAloneIsNotCalledRead) {
  EXPECT_THAT(even(offline({"Qwen/Qwen2.5-72B-Instruct"}).out), HasSubstr("by its tag alone"));
  EXPECT_THAT(even(offline({"xai-org/grok-2"}).out), HasSubstr("by its tag alone"));
  const auto json = text::parse_json(offline({"meta-llama/Llama-3.3-70B-Instruct", "--json"}).out);
  ASSERT_TRUE(json);
  const text::Json& weights = (*json)["models"].items()[0]["license"]["weights"];
  EXPECT_EQ(weights["match"].string_or(""), "recorded");
  EXPECT_TRUE(weights["confidence"].is_null());
  EXPECT_THAT(even(offline({"meta-llama/Llama-3.3-70B-Instruct"}).out),
              HasSubstr("by the text of LICENSE as recorded on 2026-11-23"));
  EXPECT_THAT(offline({"notice", "meta-llama/Llama-3.3-70B-Instruct"}).out,
              HasSubstr("LICENSE was not asked for: howopen's facts hold no license texts"));
}

TEST(Answers, DatesOfClosedModelsAreOnTheFirstScreen) {
  const std::string out = even(offline({"gpt-4"}).out);
  EXPECT_THAT(out, HasSubstr("gpt-4 itself was withdrawn on 2026-10-23"));
  EXPECT_THAT(out, HasSubstr("gpt-4o-2024-08-06 (until 2027-01-14)"));
  EXPECT_THAT(even(offline({"claude"}).out), HasSubstr("claude-sonnet-4-5 (until 2026-11-30)"));
}

TEST(Answers, AMemberOfAClosedFamilyIsAnsweredForItself) {
  for (const char* name : {"claude-3-opus", "claude-17-opus", "gpt-4.5-preview", "gpt-4-turbo-9999",
                           "gemini-2.5-pro", "gpt-4o-mini", "grok-3"}) {
    const Ran ran = offline({name});
    EXPECT_EQ(ran.exit, 3) << name << ": between Closed and API Only, by what is recorded";
    EXPECT_THAT(ran.out, HasSubstr("Undetermined"));
    EXPECT_THAT(even(ran.out),
                HasSubstr("whether " + std::string(name) + " itself is still served is not recorded"));
    for (const char* format : {"text", "markdown", "html"})
      EXPECT_THAT(offline({name, "-o", format}).out, HasSubstr(std::string(name) + " (")) << format;
  }
  EXPECT_THAT(even(offline({"gpt-4-turbo"}).out),
              HasSubstr("gpt-4-turbo itself was withdrawn on 2026-10-23"));
  EXPECT_THAT(offline({"gpt-4-turbo"}).out, HasSubstr("Closed"));
  for (const char* name :
       {"gpt-4o", "gpt4o", "gpt-4", "claude", "claude-sonnet-4-5", "gpt-4o-2024-08-06", "o3"})
    EXPECT_THAT(offline({name}).out, HasSubstr("\u2713 API access")) << name;
  EXPECT_EQ(offline({"chatgpt"}).exit, 2);
  EXPECT_THAT(offline({"chatgpt"}).err, HasSubstr("did you mean"));
}

TEST(Answers, WhatIsMissingAndWhatToDoAreNamed) {
  EXPECT_THAT(even(offline({"HuggingFaceTB/SmolLM3-3B"}).out), Not(HasSubstr("the same of every ancestor")));
  EXPECT_THAT(even(offline({"HuggingFaceTB/SmolLM3-3B"}).out),
              HasSubstr("an open license of the training data"));
  EXPECT_THAT(even(offline({"swiss-ai/Apertus-8B-2509", "-v"}).out),
              HasSubstr("given out behind a gate alone"));
  EXPECT_EQ(offline({"meta-llama/Llama-4-Scout-17B-16E-Instruct", "--for", "product", "--in", "XX"}).exit, 2);
  const std::string once = even(offline({"tiiuae/falcon-180B", "--for", "product"}).out);
  EXPECT_EQ(once.find("- ", once.find("product: ask")), once.rfind("- ", once.find("missing for"))) << once;
}

TEST(Answers, AStricterTagBesideATextSaysWhyItPasses) {
  const TempDir dir;
  dir.write("m/README.md", "---\nlicense: cc-by-nc-4.0\n---\n# M\n");
  dir.write("m/LICENSE", kApache);
  dir.write("m/config.json", R"({"model_type":"llama","architectures":["LlamaForCausalLM"]})");
  dir.write("m/model.safetensors", safetensors("{}"));
  EXPECT_THAT(even(offline({"audit", dir.path() + "/m"}).out),
              HasSubstr("the text beside the weights governs, a tag is only a claim"));
}

// A reader does not have to guess which way a "yes" points.
TEST(Answers, TermsAreWordsAndNoPolarities) {
  const std::string out = offline({"compare", "meta-llama/Llama-2-7b-hf", "deepseek-ai/DeepSeek-R1"}).out;
  EXPECT_THAT(out, HasSubstr("not restricted"));
  EXPECT_THAT(out, HasSubstr("some uses forbidden"));
  const std::string license = run({"license", "llama2"}).out;
  EXPECT_THAT(license, HasSubstr("restricted"));
  EXPECT_THAT(license, Not(HasSubstr(" yes \xC2\xB7")));
}

TEST(Answers, APlatformThatNeverServedAModelIsNotNamed) {
  EXPECT_THAT(offline({"deepseek-ai/deepseek-coder-6.7b-base"}).out, Not(HasSubstr("platform.deepseek.com")));
  EXPECT_THAT(even(offline({"deepseek-ai/DeepSeek-R1"}).out), HasSubstr("serves it no more"));
}

TEST(Answers, ARenamedOrganizationIsTheSame) {
  for (const char* name : {"c4ai-command-r-v01", "aya-expanse-8b"}) {
    std::string then = offline({std::string("CohereForAI/") + name}).out;
    const std::string now = offline({std::string("CohereLabs/") + name}).out;
    EXPECT_EQ(then.substr(then.find('\n')), now.substr(now.find('\n')));
  }
}

// A list is read for names; a path in it has to say that it is one.
TEST(Answers, AListReadsNoPathThatDoesNotSaySo) {
  const TempDir dir;
  dir.write("m/README.md", "---\nlicense: mit\n---\n# M\n");
  dir.write("list", "../../etc\n/etc\n~/x\n./../etc\n" + dir.path() + "/m\ndir:" + dir.path() + "/m\n");
  const Ran r = offline({"batch", dir.file("list")});
  EXPECT_EQ(r.exit, 3);
  std::size_t local = 0;
  for (std::size_t at = r.out.find("\"source\":\"local\""); at != std::string::npos;
       at = r.out.find("\"source\":\"local\"", at + 1))
    ++local;
  EXPECT_EQ(local, 1u) << r.out;
  EXPECT_THAT(r.out, HasSubstr("write dir: or file: before a path outside ./"));
}

TEST(Answers, ATextOfTheGplSaysNothingOfLaterVersions) {
  const TempDir dir;
  const std::string gpl = slurp("/usr/share/common-licenses/GPL-3");
  if (gpl.empty()) GTEST_SKIP() << "no text of the GPL on this machine";
  dir.write("COPYING", gpl);
  EXPECT_THAT(even(run({"license", dir.file("COPYING")}).out),
              HasSubstr("does not say whether a later one may be chosen"));
  const auto json = text::parse_json(run({"license", dir.file("COPYING"), "--json"}).out);
  EXPECT_EQ((*json)["later_versions"].string_or(""), "not said");
}

TEST(Answers, ErrorsHaveTheirHintOnALineOfItsOwn) {
  const std::pair<std::vector<std::string>, const char*> cases[] = {
      {{"audit", "deepseek-v4"},
       "error: no model is certain to be meant: deepseek-v4\n  hint: did you mean "},
      {{"audit", "Mistral 7B"}, "  hint: did you mean mistralai/Mistral-7B-v0.1"},
      {{"audit", "Llama 4 Scout"}, "  hint: did you mean meta-llama/Llama-4-Scout-17B-16E-Instruct"},
      {{"license", "GPL3"},
       "error: no such file, and no license of this name: GPL3\n  hint: did you mean GPL-3.0"},
      {{"license", "GLP-3.0"}, "hint: did you mean GPL-3.0"},
      {{"compare"}, "error: nothing to compare\n  hint: howopen compare"},
      {{"catalog", "chek"}, "error: unknown action: chek\n  hint: list or check"},
      {{"audit", "--jsn"}, "error: unknown option: --jsn\n  hint: did you mean --json?"},
      {{"notice", "--lock", "a/b"}, "\n  hint: howopen notice --lock"},
  };
  for (const auto& [words, says] : cases) {
    const bool asks = words[0] == "audit" || words[0] == "compare" || words[0] == "notice";
    const Ran r = asks ? offline(words) : run(words);
    EXPECT_EQ(r.exit, 2) << words.back();
    EXPECT_THAT(r.err, HasSubstr(says));
    EXPECT_THAT(r.err, Not(HasSubstr("; "))) << words.back();
  }
}

}  // namespace
}  // namespace howopen::test
