// The command line as a user meets it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "cli/options.h"
#include "howopen/policy.h"
#include "howopen/verdict.h"
#include "support/fake_hub.h"
#include "support/run.h"
#include "text/json.h"

namespace howopen::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(CommandLine, VersionAndHelp) {
  EXPECT_THAT(run({"--version"}).out, StartsWith("howopen 0."));
  EXPECT_EQ(run({"-V"}).out, run({"version"}).out);
  const Ran help = run({"--help"});
  EXPECT_EQ(help.exit, 0);
  EXPECT_THAT(help.out, HasSubstr("Exit codes:"));
  EXPECT_THAT(help.out, HasSubstr("HF_TOKEN"));
  EXPECT_THAT(run({"-h"}).out, Not(HasSubstr("Exit codes:")));
  EXPECT_THAT(run({"audit", "-h"}).out, HasSubstr("--offline"));
  EXPECT_EQ(run({"fetch", "--help"}).exit, 0) << "help needs no --output";
  EXPECT_THAT(run({"-h"}).out, HasSubstr("Examples:"));
}

TEST(CommandLine, MistakesNameTheFix) {
  struct Case {
    std::vector<std::string> arguments;
    std::string says;
  };
  for (const Case& c :
       std::vector<Case>{{{"adit", "a/b"}, "did you mean `howopen audit`?"},
                         {{"audi"}, "howopen audit audi"},
                         {{"audit"}, "no model named"},
                         {{"a/b", "--jsn"}, "did you mean --json?"},
                         {{"a/b", "-o", "xml"}, "text, json, jsonl"},
                         {{"a/b", "--timeout", "soon"}, "30s"},
                         {{"a/b", "-j", "0"}, "-j"},
                         {{"a/b", "--color", "sometimes"}, "auto, always or never"},
                         {{"a/b/c"}, "not the name of a model"},
                         {{"audit", "a/b@"}, "no revision after @"},
                         {{"https://example.org/a/b"}, "not an address of the Hub"},
                         {{"audit", "-x/../y"}, "error:"},
                         {{"fetch", "a/b"}, "output"},
                         {{"explain", "weights.gatd"}, "did you mean weights.gated?"},
                         {{"explain"}, "no rule named"},
                         {{"audit", "--replay", "/nonexistent"}, "no such file"},
                         {{"audit", "a/b", "--endpoint", "nonsense://x"}, "not an http or https address"}}) {
    const Ran r = run(c.arguments);
    EXPECT_EQ(r.exit, 2) << testing::PrintToString(c.arguments) << r.err;
    EXPECT_THAT(r.err, StartsWith("error: ")) << testing::PrintToString(c.arguments);
    EXPECT_THAT(r.err, HasSubstr(c.says)) << testing::PrintToString(c.arguments);
    EXPECT_EQ(r.out, "") << testing::PrintToString(c.arguments);
  }
}

TEST(CommandLine, HostileWordsAreEscaped) {
  const Ran r = run({"audit", "a/\x1b[2J\xe2\x80\xae"});
  EXPECT_EQ(r.exit, 2);
  EXPECT_THAT(r.err, Not(HasSubstr("\x1b")));
  EXPECT_THAT(r.err, HasSubstr("\\x1b"));
}

TEST(CommandLine, RefsAsPeoplePasteThem) {
  FakeHub hub;
  hub["acme/m"].files = {{"README.md", "x"}};
  for (const char* ref :
       {"acme/m", "hf://acme/m", "hf://models/acme/m@main", "https://huggingface.co/acme/m",
        "https://huggingface.co/acme/m/", "https://hf.co/acme/m?x=y#z",
        "https://huggingface.co/acme/m/tree/main", "https://huggingface.co/acme/m/blob/main/README.md",
        "pkg:huggingface/acme/m@main", " acme/m "}) {
    const Ran r = run({"audit", ref, "-q"}, {{"HF_ENDPOINT", hub.url()}});
    EXPECT_EQ(r.out, "acme/m\tclosed\n") << ref << r.err;
  }
  EXPECT_EQ(run({"audit", hub.url() + "/acme/m", "-q"}, {{"HF_ENDPOINT", hub.url()}}).out, "acme/m\tclosed\n")
      << "a page of the endpoint itself";
  EXPECT_EQ(run({"audit", "acme/m", "https://huggingface.co/acme/m", "-q"}, {{"HF_ENDPOINT", hub.url()}}).out,
            "acme/m\tclosed\n")
      << "the same model twice";
}

TEST(CommandLine, OptionsMayStandBeforeTheCommandAndInTheEnvironment) {
  EXPECT_EQ(run({"--offline", "audit", "gpt-4", "-q"}).out, "gpt-4\tapi-only\n");
  EXPECT_EQ(run({"--offline", "deepseek-ai/DeepSeek-R1", "-q"}).out,
            "deepseek-ai/DeepSeek-R1\topen-weights\n");
  EXPECT_THAT(run({"audit", "gpt-4"}, {{"HOWOPEN_FORMAT", "json"}}).out, StartsWith("{"));
  EXPECT_THAT(run({"audit", "gpt-4", "-o", "text"}, {{"HOWOPEN_FORMAT", "json"}}).out, StartsWith("gpt-4"))
      << "the option wins";
}

TEST(CommandLine, ColorFollowsTheConventions) {
  const std::vector<std::string> audit = {"audit", "gpt-4"};
  EXPECT_THAT(run(audit).out, Not(HasSubstr("\x1b["))) << "no terminal";
  EXPECT_THAT(run(audit, {{"FORCE_COLOR", "1"}}).out, HasSubstr("\x1b["));
  EXPECT_THAT(run(audit, {{"CLICOLOR_FORCE", "1"}}).out, HasSubstr("\x1b["));
  EXPECT_THAT(run(audit, {{"FORCE_COLOR", "1"}, {"NO_COLOR", "1"}}).out, Not(HasSubstr("\x1b[")));
  EXPECT_THAT(run({"audit", "gpt-4", "--color", "always"}, {{"NO_COLOR", "1"}}).out, HasSubstr("\x1b["));
  EXPECT_THAT(run({"audit", "gpt-4", "--color", "never"}, {{"FORCE_COLOR", "1"}}).out,
              Not(HasSubstr("\x1b[")));
}

TEST(CommandLine, TextFitsEightyColumns) {
  const Ran r = run({"audit", "deepseek-ai/DeepSeek-R1-Distill-Llama-70B", "--offline", "-v"});
  std::istringstream in(r.out);
  for (std::string line; std::getline(in, line);) {
    // An address is whole, and stands on a line of its own.
    if (line.find("://") != std::string::npos) {
      EXPECT_EQ(line.find_last_of(' ') + 1, line.find_first_not_of(' ')) << line;
      continue;
    }
    EXPECT_LE(std::count_if(line.begin(), line.end(),
                            [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }),
              80)
        << line;
  }
  const Ran card = run({"audit", "deepseek-ai/DeepSeek-R1-Distill-Llama-70B", "--offline"});
  EXPECT_LE(std::count(card.out.begin(), card.out.end(), '\n'), 23) << "one screen, with the prompt";
}

TEST(CommandLine, EveryRuleIsListedAndExplained) {
  const Ran list = run({"rules"});
  EXPECT_EQ(list.exit, 0);
  for (const std::string& id : policy_rules()) EXPECT_THAT(list.out, HasSubstr("  " + id + " "));
  for (const std::string& id : drift_rules()) {
    EXPECT_THAT(list.out, HasSubstr("  " + id + " "));
    EXPECT_EQ(run({"explain", id}).exit, 0) << id;
  }
  EXPECT_THAT(list.out, HasSubstr("  license.denied              deny  Does the policy deny"));
  EXPECT_THAT(run({"explain", "drift.repo-gon"}).err, HasSubstr("did you mean drift.repo-gone?"));
  const Ran one = run({"explain", "license.tag-vs-text"});
  EXPECT_EQ(one.exit, 0);
  EXPECT_THAT(one.out, HasSubstr("Does the tag differ from the text?"));
  EXPECT_TRUE(text::parse_json(run({"rules", "--json"}).out));
  EXPECT_TRUE(text::parse_json(run({"explain", "weights.gated", "--json"}).out));
}

TEST(CommandLine, AFullDiskIsNoSuccess) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "no /dev/full";
  const Ran r = run({"-c", std::string(HOWOPEN_BINARY) + " audit gpt-4 > /dev/full"}, {}, "/bin/sh");
  EXPECT_EQ(r.exit, 2);
  EXPECT_THAT(r.err, HasSubstr("cannot be written"));
}

TEST(Replay, SavedFactsAreJudgedToo) {
  const TempDir dir;
  const std::string facts =
      dir.write("facts.json", R"({"id": "acme/m", "repository": {"value": {"files": 1}, "where": "by hand"},
    "weights": {"sets": [{"format": "safetensors", "name": "model.safetensors", "present": 1, "expected": 1}]}, "license": {"card": {"value": true, "where": "README.md"}}})");
  const Ran r = run({"audit", "--replay", facts, "-q"});
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_EQ(r.out, "acme/m\tweights-available\n");
  const Ran bad = run({"audit", "--replay", dir.write("bad.json", R"({"id": "a/b", "wieghts": {}})")});
  EXPECT_EQ(bad.exit, 2);
  EXPECT_THAT(bad.err, HasSubstr("did you mean \"weights\"?"));
  EXPECT_EQ(run({"audit", "--replay", dir.write("no.json", "{")}).exit, 2);
  EXPECT_EQ(run({"audit", "--replay", dir.path()}).exit, 2) << "a folder";
}

TEST(CommandLine, TheCatalogSaysWhatItHoldsAndHowOldThatIs) {
  const Ran all = run({"catalog", "-o", "json"});
  EXPECT_EQ(all.exit, 0) << all.err;
  EXPECT_THAT(all.out, HasSubstr("\"id\": \"deepseek-ai/DeepSeek-R1\""));
  EXPECT_THAT(all.out, HasSubstr("\"kind\": \"closed\""));
  EXPECT_THAT(run({"catalog", "check", "--as-of", "2026-11-27"}).out, HasSubstr("0 models"));
  EXPECT_THAT(run({"catalog", "check", "--as-of", "2028-01-01"}).out, HasSubstr("DeepSeek-R1"));
  EXPECT_EQ(run({"catalog", "chek"}).exit, 2);
}

TEST(CommandLine, UsesAndWhoAsks) {
  const std::string model = "meta-llama/Llama-3.3-70B-Instruct";
  Ran r = run({"audit", model, "--offline", "--for", "product", "--users", "5k", "--in", "US"});
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("product: yes, if you"));
  EXPECT_THAT(r.out, HasSubstr("Built with Llama"));
  r = run({"audit", model, "--offline", "--for", "product", "--users", "800M", "--in", "US", "-o", "json"});
  EXPECT_THAT(r.out, HasSubstr("\"answer\": \"ask\""));
  EXPECT_THAT(r.out, HasSubstr("more than 700,000,000 monthly active users"));
  for (const std::vector<std::string>& bad : {std::vector<std::string>{"--for", "selling"},
                                              {"--users", "many"},
                                              {"--revenue", "20M"},
                                              {"--in", "Germany"},
                                              {"--as", "king"}}) {
    std::vector<std::string> words = {"audit", model, "--offline"};
    words.insert(words.end(), bad.begin(), bad.end());
    EXPECT_EQ(run(words).exit, 2) << bad[0];
  }
}

// What the README shows is what the program prints.
TEST(Readme, ScreensAndTablesAreReal) {
  const std::string readme = slurp(std::string(HOWOPEN_SOURCE_DIR) + "/README.md");
  const std::string screen = run({"audit", "deepseek-ai/DeepSeek-R1-Distill-Llama-70B", "--offline"}).out;
  EXPECT_NE(readme.find(screen), std::string::npos) << "the screen in README.md is not\n" << screen;
  for (const run::ExitMeaning& e : run::kExitMeanings)
    EXPECT_NE(readme.find("| " + std::to_string(e.code) + " | " + e.meaning + " |"), std::string::npos)
        << e.meaning;
}

// Text of a picture that tools/screens.py made, a line each.
std::vector<std::string> lines_of_picture(const std::string& svg) {
  std::vector<std::string> out;
  std::istringstream in(svg);
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("<text ")) continue;
    std::string text;
    bool tag = false;
    for (const char c : line) {
      if (c == '<' || c == '>')
        tag = c == '<';
      else if (!tag)
        text += c;
    }
    for (const auto& [entity, sign] :
         {std::pair{"&lt;", "<"}, std::pair{"&gt;", ">"}, std::pair{"&quot;", "\""}, std::pair{"&#x27;", "'"},
          std::pair{"&amp;", "&"}}) {
      for (std::size_t at = text.find(entity); at != std::string::npos; at = text.find(entity, at + 1))
        text.replace(at, std::string(entity).size(), sign);
    }
    out.push_back(std::move(text));
  }
  return out;
}

TEST(Readme, PicturesAreOfRealScreens) {
  const std::string folder = std::string(HOWOPEN_SOURCE_DIR) + "/docs/pictures/";
  for (const auto& [name, arguments] : std::map<std::string, std::vector<std::string>>{
           {"card.svg", {"audit", "deepseek-ai/DeepSeek-R1", "--offline"}},
           {"compare.svg", {"compare", "deepseek-ai/DeepSeek-V3", "deepseek-ai/DeepSeek-R1", "--offline"}}}) {
    const std::vector<std::string> lines = lines_of_picture(slurp(folder + name));
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    EXPECT_NE(text.find(run(arguments).out), std::string::npos)
        << name << ": tools/screens.py build/release/howopen docs/pictures draws it anew\n"
        << text;
  }
}

}  // namespace
}  // namespace howopen::test
