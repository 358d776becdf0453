// What howopen says of itself: help, man pages, completions in real shells.

#include "cli/help.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <sstream>

#include "fetch/certificates.h"
#include "support/run.h"

namespace howopen::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

bool is_there(const std::string& program) {
  return run({"-c", "command -v " + program}, {{"PATH", "/usr/bin:/bin"}}, "/bin/sh").exit == 0;
}

TEST(Help, AloneItSaysWhatToDo) {
  const Ran r = run({});
  EXPECT_EQ(r.exit, 0);
  EXPECT_EQ(std::count(r.out.begin(), r.out.end(), '\n'), 7);
  for (const char* line :
       {"howopen deepseek-ai/DeepSeek-R1 ", "howopen scan . ", "howopen init && howopen gate . "})
    EXPECT_THAT(r.out, HasSubstr(line));
}

TEST(Help, EveryCommandHasUsageExamplesAndItsOwnFormats) {
  for (const cli::Command& c : cli::commands()) {
    const std::string name = c.name;
    const Ran r = run({name, "-h"});
    EXPECT_EQ(r.exit, 0) << name;
    EXPECT_THAT(r.out, HasSubstr("Usage: howopen " + name)) << name;
    EXPECT_THAT(r.out, HasSubstr("Examples:\n  howopen ")) << name;
    // `help policy` is the page on the file.
    if (name != "policy") {
      EXPECT_EQ(run({"help", name}).out, run({name, "--help"}).out) << name;
    }
    EXPECT_THAT(run({name, "--help"}).out, HasSubstr("Exit codes:")) << name;
    EXPECT_THAT(run({"man", name}).out, StartsWith(".TH HOWOPEN\\-")) << name;
  }
  EXPECT_THAT(run({"gate", "-h"}).out, HasSubstr("sarif"));
  EXPECT_THAT(run({"scan", "-h"}).out, Not(HasSubstr("sarif")));
  EXPECT_THAT(run({"help", "-h"}).out, Not(HasSubstr("--format")));
}

TEST(Help, LinesFitEightyColumns) {
  std::vector<std::vector<std::string>> pages = {
      {"help"}, {}, {"help", "refs"}, {"help", "policy"}, {"help", "environment"}, {"help", "exit-codes"}};
  for (const cli::Command& c : cli::commands()) pages.push_back({c.name, "--help"});
  for (const auto& page : pages) {
    std::istringstream lines(run(page).out);
    for (std::string line; std::getline(lines, line);) {
      const auto width = std::count_if(line.begin(), line.end(),
                                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
      EXPECT_LE(width, 80) << testing::PrintToString(page) << ": " << line;
    }
  }
}

// What the command line says to a line, as a shell would split it; "" where it is understood.
std::string misunderstood(const std::string& line) {
  std::istringstream split(line);
  std::vector<std::string> words = {"howopen"};
  for (std::string w; split >> w;) {
    std::erase(w, '\'');
    words.push_back(w);
  }
  std::vector<const char*> argv;
  for (const std::string& w : words) argv.push_back(w.c_str());
  const cli::Plan plan = cli::read_command_line(static_cast<int>(argv.size()), argv.data());
  const auto* say = std::get_if<cli::SayPlan>(&plan.command);
  return say == nullptr || say->exit == 0 ? "" : say->err;
}

TEST(Help, ExamplesAreCommandLines) {
  std::set<std::string> seen;
  for (const cli::Example& e : cli::examples()) {
    EXPECT_EQ(misunderstood(e.line), "") << e.line;
    seen.insert(e.command);
  }
  for (const cli::Command& c : cli::commands()) EXPECT_TRUE(seen.contains(c.name)) << c.name;
}

// And so are the lines of docs/ that begin with `howopen `.
TEST(Help, LinesOfTheDocsAreCommandLines) {
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(HOWOPEN_SOURCE_DIR) + "/docs")) {
    if (entry.path().extension() != ".md") continue;
    std::istringstream lines(slurp(entry.path().string()));
    bool code = false;
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("```")) code = !code;
      if (!code || !line.starts_with("howopen ")) continue;
      line = line.substr(8, line.find(" # ") - 8);
      // Files that a page speaks of are not there.
      const std::string error = misunderstood(line);
      EXPECT_TRUE(error.empty() || error.find("no such f") != std::string::npos)
          << entry.path() << ": " << line << "\n"
          << error;
      ++count;
    }
  }
  EXPECT_GE(count, 40);
}

TEST(Help, TopicsAndTypingErrors) {
  for (const cli::HelpTopic& t : cli::topics()) EXPECT_FALSE(run({"help", t.name}).out.empty()) << t.name;
  const Ran r = run({"help", "gat"});
  EXPECT_EQ(r.exit, 2);
  EXPECT_THAT(r.err, HasSubstr("did you mean gate?"));
  EXPECT_EQ(run({"completion", "tcsh"}).exit, 2);
  EXPECT_EQ(run({"man", "nothing"}).exit, 2);
}

TEST(Help, AWrongValueNamesTheVariableItCameFrom) {
  struct Case {
    const char* variable;
    const char* value;
    const char* says;
  };
  for (const Case& c : {Case{"HOWOPEN_OFFLINE", "maybe", "HOWOPEN_OFFLINE is neither yes nor no: maybe"},
                        Case{"HOWOPEN_JOBS", "many", "HOWOPEN_JOBS is not a number from 1 to 256: many"},
                        Case{"HOWOPEN_TIMEOUT", "soon", "HOWOPEN_TIMEOUT=soon"},
                        Case{"HOWOPEN_COLOR", "red", "HOWOPEN_COLOR"}}) {
    const Ran r = run({"audit", "gpt-4"}, {{c.variable, c.value}});
    EXPECT_EQ(r.exit, 2) << c.variable;
    EXPECT_THAT(r.err, HasSubstr(c.says));
  }
  EXPECT_EQ(run({"audit", "gpt-4", "-q"}, {{"HOWOPEN_OFFLINE", "0"}}).exit, 0);
}

TEST(Help, WordsAreReadAsShellsUsersWriteThem) {
  EXPECT_EQ(run({"-qj8", "audit", "gpt-4", "--depth=card"}).out, "gpt-4\tapi-only\n");
  EXPECT_EQ(run({"audit", "-q", "--", "gpt-4"}).out, "gpt-4\tapi-only\n");
  EXPECT_THAT(run({"audit", "gpt-4", "--depth"}).err,
              HasSubstr("takes a value: --depth\n  hint: --depth WHAT"));
  EXPECT_THAT(run({"audit", "gpt-4", "--depth", "--json"}).err, HasSubstr("takes a value"));
  EXPECT_THAT(run({"audit", "gpt-4", "--depth", "card", "--depth", "full"}).err, HasSubstr("given twice"));
  EXPECT_THAT(run({"audit", "gpt-4", "--json=yes"}).err, HasSubstr("takes no value"));
  EXPECT_THAT(run({"scan", ".", "more"}).err, HasSubstr("unexpected word: more"));
}

TEST(Version, AtLengthNamesWhatAReportOfAnErrorNeeds) {
  const Ran r = run({"--version", "-v"});
  for (const char* what : {"commit ", "catalog ", "SHA-256", "licenses ", "libcurl/", "simdjson "})
    EXPECT_THAT(r.out, HasSubstr(what));
}

TEST(Man, PagesAreRoffWithoutErrors) {
  const TempDir dir;
  ASSERT_EQ(run({"man", "--output", dir.file("pages")}).exit, 0);
  EXPECT_TRUE(std::filesystem::exists(dir.file("pages/howopen.1")));
  EXPECT_TRUE(std::filesystem::exists(dir.file("pages/howopen-gate.1")));
  if (!is_there("mandoc")) GTEST_SKIP() << "no mandoc";
  const Ran r = run({"-c", "exec mandoc -Tlint -Werror " + dir.file("pages") + "/*.1"}, {}, "/bin/sh");
  EXPECT_EQ(r.exit, 0) << r.out << r.err;
}

class Completion : public testing::Test {
 protected:
  // What bash offers for the last of these words.
  static std::string bash(const std::string& words) {
    const Ran r =
        run({"-c", "source <(" + std::string(HOWOPEN_BINARY) + " completion bash); COMP_WORDS=(" + words +
                       "); COMP_CWORD=$((${#COMP_WORDS[@]}-1)); _howopen; echo ${COMPREPLY[@]}"},
            {{"PATH", "/usr/bin:/bin"}}, "/bin/bash");
    return r.out + r.err;
  }
};

TEST_F(Completion, Bash) {
  if (!is_there("bash")) GTEST_SKIP() << "no bash";
  EXPECT_EQ(bash("howopen gat"), "gate\n");
  EXPECT_EQ(bash("howopen audit --dep"), "--depth\n");
  EXPECT_EQ(bash("howopen audit --depth ''"), "metadata card full\n");
  EXPECT_EQ(bash("howopen -q cache p"), "path prune\n");
  EXPECT_EQ(bash("howopen explain license.tag-vs-te"), "license.tag-vs-text\n");
  EXPECT_EQ(bash("howopen scan -o s"), "\n") << "scan knows no sarif";
  EXPECT_EQ(bash("howopen gate -o sa"), "sarif\n");
}

TEST_F(Completion, Fish) {
  if (!is_there("fish")) GTEST_SKIP() << "no fish";
  const auto fish = [](const std::string& line) {
    return run({"-c", "exec fish --no-config -c '" + std::string(HOWOPEN_BINARY) +
                          " completion fish | source; complete -C\"" + line + "\"'"},
               {{"PATH", "/usr/bin:/bin"}}, "/bin/sh")
        .out;
  };
  EXPECT_THAT(fish("howopen gat"), StartsWith("gate\t"));
  EXPECT_THAT(fish("howopen audit --dept"), HasSubstr("--depth"));
  EXPECT_THAT(fish("howopen audit --depth fu"), StartsWith("full\t"));
  EXPECT_THAT(fish("howopen cache pru"), StartsWith("prune\t"));
}

TEST_F(Completion, ZshReadsIt) {
  if (!is_there("zsh")) GTEST_SKIP() << "no zsh";
  const Ran r = run({"-c", std::string(HOWOPEN_BINARY) + " completion zsh | zsh -fn /dev/stdin"},
                    {{"PATH", "/usr/bin:/bin"}}, "/bin/sh");
  EXPECT_EQ(r.exit, 0) << r.err;
  EXPECT_EQ(r.err, "");
}

TEST(Certificates, AreLookedForInTheUsualPlaces) {
  const auto at = [](const std::string& there) {
    return fetch::find_certificates("", "", [&](const std::string& path) { return path == there; });
  };
  for (const char* place : {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
                            "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"})
    EXPECT_EQ(at(place).file, place);
  EXPECT_TRUE(at("/nowhere").none);
  EXPECT_THAT(fetch::no_certificates(), HasSubstr("ca-certificates"));
  const auto set = fetch::find_certificates("/mine.pem", "", [](const std::string&) { return false; });
  EXPECT_EQ(set.file, "/mine.pem");
  EXPECT_FALSE(set.none);
}

}  // namespace
}  // namespace howopen::test
