// Several reports of one run, and the script of the action, as a CI calls them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>

#include "support/fake_hub.h"
#include "support/run.h"
#include "support/validate.h"
#include "text/json.h"

namespace howopen::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    out.push_back(entry.path().filename().string());
  std::sort(out.begin(), out.end());
  return out;
}

TEST(Outputs, EveryFormatFromOneRun) {
  const TempDir dir;
  std::vector<std::string> words = {"audit", "gpt-4", "claude"};
  const std::vector<std::string> formats = {"json",     "jsonl", "sarif", "junit",     "github", "gitlab",
                                            "markdown", "csv",   "html",  "cyclonedx", "spdx",   "text"};
  for (const std::string& f : formats) {
    words.emplace_back("-o");
    words.push_back(f + "=" + dir.file(f));
  }
  words.insert(words.end(), {"-o", "text", "--color", "always"});
  const Ran r = run(words);
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("\x1b[")) << "colour for standard output";
  for (const std::string& f : formats) {
    const std::string content = slurp(dir.file(f));
    EXPECT_THAT(content, Not(HasSubstr("\x1b"))) << f;
    EXPECT_TRUE(!content.empty() || f == "github") << f;
  }
  EXPECT_EQ(names_in(dir.path()).size(), formats.size()) << "nothing else is left behind";
  EXPECT_EQ(slurp(dir.file("json")), run({"audit", "gpt-4", "claude", "--json"}).out);
  EXPECT_EQ(slurp(dir.file("text")), run({"audit", "gpt-4", "claude"}).out);
}

TEST(Outputs, FilesAloneLeaveStandardOutputEmpty) {
  const TempDir dir;
  const Ran r = run({"audit", "gpt-4", "-o", "json=" + dir.file("a.json")});
  EXPECT_EQ(r.out, "");
  EXPECT_TRUE(text::parse_json(slurp(dir.file("a.json"))));
  EXPECT_THAT(run({"audit", "gpt-4", "-o", "json=-"}).out, StartsWith("{"));
}

// A version of CycloneDX stands where a file would, and the file behind it.
TEST(Outputs, CycloneDxOfEitherVersion) {
  const TempDir dir;
  const auto version = [](const std::string& json) {
    const auto document = text::parse_json(json);
    return document ? std::string((*document)["specVersion"].string_or("")) : std::string();
  };
  EXPECT_EQ(version(run({"audit", "gpt-4", "-o", "cyclonedx"}).out), "1.7");
  EXPECT_EQ(version(run({"audit", "gpt-4", "-o", "cyclonedx=1.6"}).out), "1.6");
  EXPECT_EQ(version(run({"audit", "gpt-4", "-o", "cyclonedx=1.7"}).out), "1.7");
  EXPECT_EQ(run({"audit", "gpt-4", "-o", "cyclonedx=1.6=" + dir.file("a.json"), "-o",
                 "cyclonedx=" + dir.file("b.json")})
                .out,
            "");
  EXPECT_EQ(version(slurp(dir.file("a.json"))), "1.6");
  EXPECT_EQ(version(slurp(dir.file("b.json"))), "1.7");
}

TEST(Outputs, AVersionOfCycloneDxThatNobodyWritesIsNoFile) {
  const Ran r = run({"audit", "gpt-4", "-o", "cyclonedx=1.5"});
  EXPECT_EQ(r.exit, 2);
  EXPECT_THAT(r.err, HasSubstr("not a version of CycloneDX"));
  EXPECT_FALSE(std::filesystem::exists("1.5"));
}

// What a gate wrote into the tree it looks at is no use of a model the next time.
TEST(Outputs, ReportsInTheTreeAreNotRead) {
  const TempDir dir;
  dir.write("app.py", "m = AutoModel.from_pretrained('deepseek-ai/DeepSeek-R1-Distill-Llama-70B')\n");
  const std::string before = run({"scan", dir.path(), "-q"}).out;
  std::vector<std::string> words = {"gate", dir.path(), "--offline", "--no-policy"};
  for (const char* f : {"html", "cyclonedx", "cyclonedx-1.6", "spdx"}) {
    words.emplace_back("-o");
    words.push_back(std::string(f) + "=" +
                    dir.file(std::string(f) + (f == std::string("html") ? ".html" : ".json")));
  }
  run(words);
  ASSERT_EQ(names_in(dir.path()).size(), 5u);
  EXPECT_EQ(run({"scan", dir.path(), "-q"}).out, before);
}

TEST(Outputs, ABadgeShowsOneModelOrAGate) {
  const Ran two = run({"audit", "gpt-4", "claude", "-o", "badge"});
  EXPECT_EQ(two.exit, 2);
  EXPECT_THAT(two.err, HasSubstr("a badge shows one model"));
  EXPECT_THAT(run({"audit", "gpt-4", "-o", "badge"}).out, StartsWith("<svg "));
  const Ran gate = run({"gate", "gpt-4", "claude", "--no-policy", "-o", "badge-json"});
  EXPECT_THAT(gate.out, HasSubstr("\"label\": \"models\"")) << gate.err;
}

TEST(Outputs, ResultsOfABatchAsAPageAndAsASite) {
  const TempDir dir;
  const std::string lines = run({"audit", "gpt-4", "claude", "-o", "jsonl"}).out;
  const std::string results = dir.write("r.jsonl", lines);
  EXPECT_THAT(run({"summary", results, "-o", "html"}).out, HasSubstr("howopen: 2 models"));
  const std::string site = dir.file("site");
  const Ran r = run({"site", results, "--output", site});
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_THAT(slurp(site + "/index.html"), HasSubstr("href=\"models/gpt-4.html\""));
  EXPECT_THAT(slurp(site + "/models/gpt-4.html"), HasSubstr("src=\"../badges/gpt-4.svg\""));
  EXPECT_THAT(slurp(site + "/badges/gpt-4.json"), HasSubstr("\"schemaVersion\": 1"));
  const auto feed = text::parse_json(slurp(site + "/feed.json"));
  ASSERT_TRUE(feed);
  EXPECT_EQ((*feed)["models"].items().size(), 2u);
  EXPECT_EQ(run({"site", results, "--output", site}).exit, 0) << "made anew";
  const Ran elsewhere = run({"site", results, "--output", dir.path()});
  EXPECT_EQ(elsewhere.exit, 2);
  EXPECT_THAT(elsewhere.err, HasSubstr("a folder that holds something else"));
  EXPECT_EQ(run({"site", results}).exit, 2);
}

TEST(Outputs, MistakesAreSaidBeforeAnybodyIsAsked) {
  const TempDir dir;
  FakeHub hub;
  hub["a/b"].files = {{"README.md", "x"}};
  struct Case {
    std::vector<std::string> words;
    std::string says;
  };
  for (const Case& c : std::vector<Case>{
           {{"-o", "srif"}, "did you mean sarif?"},
           {{"-o", "xml"}, "text, json, jsonl, sarif"},
           {{"-o", "text", "-o", "json"}, "two formats on standard output"},
           {{"--json", "-o", "csv"}, "two formats on standard output"},
           {{"-o", "json=" + dir.file("x"), "-o", "csv=" + dir.file("x")}, "two formats in one file"},
           {{"-o", "json="}, "no file named"},
           {{"-o", "json=" + dir.path()}, "a folder, not a file"},
           {{"-o", "json=" + dir.file("no/such/folder/x")}, "cannot be written"}}) {
    std::vector<std::string> words = {"audit", "a/b"};
    words.insert(words.end(), c.words.begin(), c.words.end());
    const Ran r = run(words, {{"HF_ENDPOINT", hub.url()}});
    EXPECT_EQ(r.exit, 2) << testing::PrintToString(c.words) << r.err;
    EXPECT_THAT(r.err, HasSubstr(c.says));
    EXPECT_EQ(r.out, "");
  }
  EXPECT_EQ(hub.log().size(), 0u);
  EXPECT_EQ(names_in(dir.path()).size(), 0u);
}

TEST(Outputs, CommandsThatJudgeNothingKnowTextAndJson) {
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"rules"},
                                             {"explain", "weights.gated"},
                                             {"license", "mit"},
                                             {"cache", "ls"},
                                             {"doctor", "--offline"}}) {
    std::vector<std::string> all = words;
    all.insert(all.end(), {"-o", "sarif"});
    const Ran r = run(all);
    EXPECT_EQ(r.exit, 2) << words[0];
    EXPECT_THAT(r.err, HasSubstr("this command does not know the format: sarif\n  hint: text or json"))
        << words[0];
    all.back() = "json";
    EXPECT_TRUE(text::parse_json(run(all).out)) << words[0];
  }
}

TEST(Outputs, TheEnvironmentsTwinGivesWay) {
  EXPECT_THAT(run({"audit", "gpt-4"}, {{"HOWOPEN_FORMAT", "csv"}}).out, StartsWith("ref,id,"));
  EXPECT_THAT(run({"audit", "gpt-4", "--json"}, {{"HOWOPEN_FORMAT", "csv"}}).out, StartsWith("{"));
  EXPECT_THAT(run({"audit", "gpt-4", "-o", "text"}, {{"HOWOPEN_FORMAT", "csv"}}).out, StartsWith("gpt-4"));
  EXPECT_THAT(run({"audit", "gpt-4", "--json", "-o", "json"}).out, StartsWith("{")) << "twice the same";
  EXPECT_EQ(run({"rules"}, {{"HOWOPEN_FORMAT", "sarif"}}).exit, 0) << "it is set for a whole job";
}

TEST(Outputs, TakesOneWordAndLeavesTheModels) {
  EXPECT_THAT(run({"audit", "-o", "csv", "gpt-4", "claude"}).out, HasSubstr("\r\nclaude,"));
  const TempDir dir;
  const Ran r = run({"-o", "json=" + dir.file("a"), "-o", "csv", "audit", "gpt-4", "claude"});
  EXPECT_THAT(r.out, HasSubstr("\r\nclaude,")) << r.err;
  EXPECT_THAT(slurp(dir.file("a")), HasSubstr("\"claude\""));
}

TEST(Outputs, ReplacesTheOldFileAsAWhole) {
  const TempDir dir;
  const std::string file = dir.write("a.json", "old");
  EXPECT_EQ(run({"audit", "nobody/nothing/x", "-o", "json=" + file}).exit, 2);
  EXPECT_EQ(slurp(file), "old");
  EXPECT_EQ(run({"audit", "gpt-4", "-o", "json=" + file}).exit, 0);
  EXPECT_THAT(slurp(file), StartsWith("{"));
  EXPECT_EQ(run({"audit", "gpt-4", "-o", "json=/dev/null"}).exit, 0);
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
}

TEST(Outputs, TheJobSummaryIsWrittenForGithubOnly) {
  const TempDir dir;
  const std::string summary = dir.write("summary.md", "before\n");
  const std::map<std::string, std::string> actions = {{"GITHUB_STEP_SUMMARY", summary},
                                                      {"GITHUB_ACTIONS", "true"}};
  EXPECT_EQ(run({"audit", "gpt-4", "-o", "markdown"}, actions).exit, 0);
  EXPECT_EQ(slurp(summary), "before\n");
  EXPECT_EQ(run({"audit", "gpt-4", "-o", "github"}, actions).exit, 0);
  EXPECT_THAT(slurp(summary), StartsWith("before\n# gpt-4\n\n**API Only**"));
  const std::string once = slurp(summary);
  EXPECT_EQ(run({"audit", "gpt-4", "-o", "github"}, {{"GITHUB_STEP_SUMMARY", "/nonexistent/x"}}).exit, 0);
  dir.write("summary.md", std::string(899'000, 'x'));
  const Ran full = run({"audit", "gpt-4", "-o", "github"}, actions);
  EXPECT_EQ(full.exit, 0);
  EXPECT_THAT(full.err, HasSubstr("the job summary is full"));
}

TEST(Outputs, SarifOfAnAuditSaysWhatItLeavesOut) {
  FakeHub hub;
  hub["a/b"].files = {{"README.md", "---\nlicense: nonsense::error::x\n---\n"}, {"model.safetensors", "x"}};
  const Ran r = run({"audit", "a/b", "-o", "sarif"}, {{"HF_ENDPOINT", hub.url()}});
  EXPECT_THAT(r.err, HasSubstr("in no file of the repository and"));
  const Checked valid = check_json(foreign_schema("sarif-schema-2.1.0.json"), r.out);
  if (valid.validity == Validity::cannot_tell) GTEST_SKIP() << valid.says;
  EXPECT_EQ(valid.validity, Validity::valid) << valid.says;
}

// The script that action.yml runs, with a howopen that writes down what it was told.
class Action : public testing::Test {
 protected:
  Ran act(const std::map<std::string, std::string>& inputs, int exit = 0) {
    dir_.write("bin/howopen",
               "#!/bin/sh\nprintf '<%s>' \"$@\" > " + dir_.file("words") +
                   "\nfor w in \"$@\"; do case $w in *=*) echo x > \"${w#*=}\";; esac; done\nexit " +
                   std::to_string(exit) + "\n");
    chmod(dir_.file("bin/howopen").c_str(), 0755);
    std::map<std::string, std::string> all = {{"PATH", dir_.file("bin") + ":/usr/bin:/bin"},
                                              {"GITHUB_OUTPUT", dir_.file("outputs")},
                                              {"RUNNER_TEMP", dir_.path()}};
    for (const auto& [name, value] : inputs) all[name] = value;
    std::filesystem::remove(dir_.file("outputs"));
    std::filesystem::remove(dir_.file("words"));
    std::filesystem::create_directories(dir_.file("work"));
    return run({"-c", "cd " + dir_.file("work") + " && exec sh " + std::string(HOWOPEN_SOURCE_DIR) +
                          "/action/run.sh"},
               all, "/bin/sh");
  }
  std::string words() { return slurp(dir_.file("words")); }
  std::string outputs() { return slurp(dir_.file("outputs")); }
  TempDir dir_;
};

TEST_F(Action, TurnsInputsIntoOptions) {
  EXPECT_EQ(act({}).exit, 0);
  EXPECT_EQ(words(), "<gate><-o><github>");
  EXPECT_EQ(outputs(), "exit-code=0\n");
  EXPECT_EQ(act({{"INPUT_ARGS", "--frozen ."},
                 {"INPUT_POLICY", "my policy.toml"},
                 {"INPUT_FORMAT", "text,junit, csv"}})
                .exit,
            0);
  EXPECT_EQ(words(),
            "<gate><--frozen><.><--policy><my "
            "policy.toml><-o><text><-o><junit=howopen.junit.xml><-o><csv=howopen.csv>");
  EXPECT_EQ(act({{"INPUT_FORMAT", "sarif"}}, 1).exit, 1);
  EXPECT_EQ(words(), "<gate><-o><sarif=howopen.sarif><-o><text>");
  EXPECT_EQ(outputs(), "exit-code=1\nsarif=howopen.sarif\n");
  EXPECT_EQ(act({{"INPUT_UPLOAD_SARIF", "true"}}, 3).exit, 3);
  EXPECT_EQ(words(), "<gate><-o><github><-o><sarif=howopen.sarif>");
  EXPECT_EQ(act({{"INPUT_UPLOAD_SARIF", "true"}}, 2).exit, 2);
  EXPECT_EQ(outputs(), "exit-code=2\n") << "nothing was judged, nothing is uploaded";
}

// A comment on a pull request: posted once, then changed; never with the token in an argument.
TEST_F(Action, CommentsOnAPullRequest) {
  EXPECT_EQ(act({{"INPUT_COMMENT", "true"}, {"INPUT_BASELINE", "base.lock"}}, 1).exit, 1);
  EXPECT_EQ(words(), "<gate><--baseline><base.lock><-o><github><-o><markdown=howopen.md>");
  EXPECT_EQ(outputs(), "exit-code=1\nmarkdown=howopen.md\n");
  if (run({"-c", "command -v python3"}, {}, "/bin/sh").exit != 0) GTEST_SKIP() << "no python3";
  // A curl that writes down what it was asked, and answers with the comments there are.
  const auto comment = [&](const std::string& comments, const std::string& event) {
    std::filesystem::create_directories(dir_.file("fake"));
    dir_.write("comments.json", comments);
    dir_.write("event.json", event);
    dir_.write("report.md", "# howopen: 1 denied\n\n\"quoted\" `$(touch " + dir_.file("trap") + ")`\n");
    dir_.write("fake/curl", "#!/bin/sh\necho \"$@\" >> " + dir_.file("asked") +
                                "\nfor w in \"$@\"; do case $w in @/*) cat \"${w#@}\" >> " +
                                dir_.file("sent") + ";; esac; done\ncat " + dir_.file("comments.json") +
                                "\n");
    chmod(dir_.file("fake/curl").c_str(), 0755);
    for (const char* file : {"asked", "sent"}) std::filesystem::remove(dir_.file(file));
    return run(
        {"-c", "exec sh " + std::string(HOWOPEN_SOURCE_DIR) + "/action/comment.sh " + dir_.file("report.md")},
        {{"PATH", dir_.file("fake") + ":/usr/bin:/bin"},
         {"GITHUB_TOKEN", "ghs_secret"},
         {"GITHUB_API_URL", "https://api.github.com"},
         {"GITHUB_REPOSITORY", "acme/app"},
         {"GITHUB_EVENT_PATH", dir_.file("event.json")}},
        "/bin/sh");
  };
  const std::string pull = R"({"pull_request":{"number":7}})";
  EXPECT_EQ(comment("[]", pull).exit, 0);
  std::string asked = slurp(dir_.file("asked"));
  EXPECT_THAT(asked, HasSubstr("--request POST"));
  EXPECT_THAT(asked, HasSubstr("https://api.github.com/repos/acme/app/issues/7/comments"));
  EXPECT_THAT(asked, Not(HasSubstr("ghs_secret")));
  EXPECT_THAT(slurp(dir_.file("sent")),
              HasSubstr("{\"body\": \"<!-- howopen -->\\n# howopen: 1 denied\\n\\n\\\"quoted\\\""));
  EXPECT_FALSE(std::filesystem::exists(dir_.file("trap")));
  EXPECT_EQ(comment(R"([{"id":1,"body":"hi"},{"id":42,"body":"<!-- howopen -->\nold"}])", pull).exit, 0);
  EXPECT_THAT(slurp(dir_.file("asked")), HasSubstr("--request PATCH"));
  EXPECT_THAT(slurp(dir_.file("asked")), HasSubstr("/repos/acme/app/issues/comments/42"));
  // What fails fails no gate, and is said.
  for (const char* event : {"{}", "[", R"({"pull_request":{"number":"7;touch x"}})"}) {
    const Ran r = comment("[]", event);
    EXPECT_EQ(r.exit, 0) << event;
    EXPECT_THAT(r.err, HasSubstr("howopen: no comment")) << event;
    EXPECT_FALSE(std::filesystem::exists(dir_.file("asked"))) << event;
  }
  EXPECT_THAT(comment("not JSON", pull).err, HasSubstr("the comments cannot be read"));
}

TEST_F(Action, EvaluatesNothing) {
  const std::string trap = dir_.file("trap");
  EXPECT_EQ(act({{"INPUT_ARGS", "$(touch " + trap + ") `touch " + trap + "` * ;touch"},
                 {"INPUT_POLICY", "$(touch " + trap + ")"}})
                .exit,
            0);
  EXPECT_FALSE(std::filesystem::exists(trap));
  EXPECT_THAT(words(), HasSubstr("<*><;touch>"));
  EXPECT_EQ(act({{"INPUT_FORMAT", "html;touch"}}).exit, 2);
  EXPECT_EQ(words(), "");
  EXPECT_EQ(act({{"INPUT_FORMAT", "text,github"}}).exit, 2);
  EXPECT_EQ(act({{"INPUT_VERSION", "../../x"}}).exit, 2);
}

TEST_F(Action, RunsOnlyWhatHasTheHash) {
  if (run({"-c", "command -v curl"}, {}, "/bin/sh").exit != 0) GTEST_SKIP() << "no curl: nothing was fetched";
  // A release in a folder.
  const Ran made = run(
      {"-c",
       "cd " + dir_.path() +
           " && name=howopen-1.2.3-$(uname -s | tr A-Z a-z)-$(uname -m) rel=$PWD/rel/download/v1.2.3"
           " && mkdir -p pack/$name/bin pack/$name/share/bash-completion/completions $rel rel/latest/download"
           " && printf '#!/bin/sh\\necho fetched \"$@\"\\n' > pack/$name/bin/howopen"
           " && echo false > pack/$name/share/bash-completion/completions/howopen"
           " && tar -czf $rel/$name.tar.gz -C pack $name && cd $rel && sha256sum *.tar.gz"},
      {}, "/bin/sh");
  ASSERT_EQ(made.exit, 0) << made.err;
  const std::string hash = made.out.substr(0, 64);
  std::map<std::string, std::string> inputs = {
      {"INPUT_VERSION", "1.2.3"}, {"INPUT_SHA256", hash}, {"HOWOPEN_RELEASES", "file://" + dir_.file("rel")}};
  const Ran unknown = act({{"INPUT_VERSION", "9.9.9"}, {"HOWOPEN_RELEASES", "file://" + dir_.file("rel")}});
  EXPECT_EQ(unknown.exit, 2);
  EXPECT_THAT(unknown.err, HasSubstr("cannot be fetched"));
  const Ran good = act(inputs);
  EXPECT_EQ(good.exit, 0) << good.err;
  EXPECT_EQ(good.out, "fetched gate -o github\n");
  inputs["INPUT_SHA256"] = std::string(64, '0');
  const Ran bad = act(inputs);
  EXPECT_EQ(bad.exit, 2);
  EXPECT_THAT(bad.err, HasSubstr("nothing was run"));
  EXPECT_EQ(bad.out, "");

  // The hashes of the release itself, and the newest one.
  dir_.write("rel/latest/download/SHA256SUMS", made.out);
  EXPECT_EQ(act({{"INPUT_VERSION", "latest"}, {"HOWOPEN_RELEASES", "file://" + dir_.file("rel")}}).out,
            "fetched gate -o github\n");
  dir_.write("rel/download/v1.2.3/SHA256SUMS", std::string(64, '1') + made.out.substr(64));
  inputs.erase("INPUT_SHA256");
  EXPECT_THAT(act(inputs).err, HasSubstr("nothing was run"));
  dir_.write("rel/download/v1.2.3/SHA256SUMS", std::string(64, '1') + "  other.tar.gz\n");
  EXPECT_THAT(act(inputs).err, HasSubstr("no hash is known"));
}

TEST_F(Action, IsPlainShell) {
  const Ran r = run({"-c", "exec shellcheck -s sh " + std::string(HOWOPEN_SOURCE_DIR) + "/action/run.sh " +
                               std::string(HOWOPEN_SOURCE_DIR) + "/action/comment.sh"},
                    {}, "/bin/sh");
  if (r.exit == 127) GTEST_SKIP() << "no shellcheck";
  EXPECT_EQ(r.exit, 0) << r.out;
}

}  // namespace
}  // namespace howopen::test
